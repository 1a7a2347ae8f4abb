"""What somebody asks a gate for: the words of ``SSH_ORIGINAL_COMMAND``, parted without a shell.

Quotes and backslashes part words as in a shell, and nothing else means anything: ``;``, ``|``, ``$(...)`` and
backticks are signs like any other. What no person types is refused outright.
"""

from __future__ import annotations

import os
import unicodedata

from gztrack.errors import RefusedError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "SSH_ORIGINAL_COMMAND"

LONGEST = 64 * 1024
"""Bytes of a command."""

PROGRAM = "gztrack"
"""People type it, out of habit; it says nothing here."""


def asked(environ: Mapping[str, str]) -> str:
    """What was asked for, as it came; empty for nothing. Bytes that are no UTF-8 stand as surrogates."""
    return os.fsencode(environ.get(VARIABLE, "")).decode("utf-8", "surrogateescape")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a command, without the program's own name.

    Raises:
        RefusedError: It is too long, no text, more than one line, or a quote is left open.
    """
    size = len(text.encode("utf-8", "surrogateescape"))
    if size > LONGEST:
        raise RefusedError(
            tr("a command of {n:,} bytes is too long: at most {most:,}", n=size, most=LONGEST), "too-long"
        )
    kinds = {unicodedata.category(char) for char in set(text)}
    if "Cs" in kinds:
        raise RefusedError(tr("that command is not UTF-8"), "not-text")
    if kinds & {"Cc", "Zl", "Zp"}:
        raise RefusedError(
            tr("a command is one line without control characters; several readings go to: gztrack log -"),
            "not-text",
        )
    from shlex import split

    try:
        words = split(text)
    except ValueError:
        raise RefusedError(tr("a quote is not closed in that command"), "open-quote") from None
    return tuple(words[1:] if words[:1] == [PROGRAM] else words)
