"""The two streams: data on stdout, narration and errors on stderr. Nothing else writes to them.

What can be wrong with a stream is settled here: a reader that has gone away, a full disk, an
encoding that lacks a character, a stream that was never open. Light.
"""

from __future__ import annotations

import os
import sys

from gztrack.errors import StoreError
from gztrack.language import tr

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

WIDTH = 100
"""Columns of text where stdout is no terminal and ``COLUMNS`` says nothing."""

UNCUT = 1 << 20
"""The same for a table of which nothing may be missing in a file."""

NARROWEST, WIDEST = 40, 400

_GLYPHS = "━╸─│┃┊▸✓●◐○✗–≥"


def ready() -> None:
    """Let the streams show what they can: a character that an encoding lacks becomes ``?``."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at this end."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def somebody_sits_here() -> bool:
    """Whether somebody types into this process and reads what it shows."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def width(otherwise: int = WIDTH) -> int:
    """Columns to write text for: the terminal's, else ``COLUMNS``, else as told."""
    columns = 0
    if is_terminal(sys.stdout):
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH
        except (OSError, ValueError):
            columns = WIDTH
    else:
        wanted = os.environ.get("COLUMNS", "")
        columns = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 0
    return min(max(columns, NARROWEST), WIDEST) if columns else otherwise


def lacks_glyphs() -> bool:
    """Whether bars and glyphs have to be ASCII: the encoding or the terminal cannot do more."""
    if is_terminal(sys.stdout) and (
        os.environ.get("TERM", "") in ("linux", "dumb") or not speaks_utf8(as_started())
    ):
        return True
    try:
        _GLYPHS.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def speaks_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale says that the terminal takes UTF-8.

    In a C locale Python's own streams are UTF-8 all the same (PEP 538, PEP 540), so they do not tell.

    Args:
        environ: ``LC_ALL``, ``LC_CTYPE`` and ``LANG``: the first that is set counts, as everywhere.
    """
    name = next((environ[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(key)), "C")
    charset = name.partition("@")[0].partition(".")[2] or name.partition("@")[0]
    return charset.replace("-", "").lower() == "utf8"


def as_started() -> Mapping[str, str]:
    """The environment without the locale that Python sets by itself where there is none (PEP 538).

    Only the system remembers what was there before. Where it does not tell (macOS), terminals are UTF-8.
    """
    if os.environ.get("LC_CTYPE") not in ("C.UTF-8", "C.utf8", "UTF-8"):
        return os.environ
    try:
        with open("/proc/self/environ", "rb") as file:
            given = file.read().split(b"\0")
    except OSError:
        return os.environ
    said = next((each[9:] for each in given if each.startswith(b"LC_CTYPE=")), b"")
    return {**os.environ, "LC_CTYPE": os.fsdecode(said)}


def say(data: str | bytes) -> None:
    """Write data to stdout, all of it, now.

    Raises:
        BrokenPipeError: Nobody reads any more.
        StoreError: It cannot be written.
    """
    stream = sys.stdout
    if stream is None or not data:
        return
    try:
        if isinstance(data, str):
            stream.write("".join(f"{shown(line)}\n" for line in data.rstrip("\n").split("\n")))
        else:
            stream.flush()
            buffer = getattr(stream, "buffer", None)
            if buffer is None:
                stream.write(data.decode("utf-8", "replace"))
            else:
                buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        let_go(stream)
        raise
    except (OSError, ValueError) as error:
        let_go(stream)
        from gztrack.domain.reasons import reason_of

        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise StoreError(tr("standard output cannot be written: {reason}", reason=reason.lower())) from None


def tell(lines: Iterable[str]) -> None:
    """Write narration to stderr; where that cannot be written nobody is there to hear."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        for line in lines:
            stream.write(f"gztrack: {shown(line)}\n")
        stream.flush()
    except (OSError, ValueError):
        let_go(stream)


def begin_line() -> None:
    """Go to a line of its own on stderr."""
    stream = sys.stderr
    try:
        if stream is not None:
            stream.write("\n")
    except (OSError, ValueError):
        let_go(stream)


def let_go(stream: TextIO | None) -> None:
    """Give up on a stream, so that the interpreter does not trip over it again on its way out."""
    try:
        if stream is not None:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)
    except (OSError, ValueError):
        return


def shown(line: str) -> str:
    """A line that no terminal takes for a command, whatever went into it; blanks stay as they are."""
    if line.isprintable():
        return line
    from gztrack.domain.text import clean

    # Columns are parted by runs of blanks, which cleaning would join.
    return "".join(char if char.isprintable() else clean(char) or " " * char.isspace() for char in line)
