"""Where a person's ``config.toml`` is, and the two settings in it that every command needs. Light.

`gztrack.services.preferences` understands the whole file, for the board; a command that logs one reading
cannot wait for that.
"""

from __future__ import annotations

import os

from gztrack.language import AUTO, LANGUAGES

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 256 * 1024
"""Bytes; whatever is larger is no config file."""


def place(environ: Mapping[str, str]) -> str:
    """The path of the file.

    Args:
        environ: ``XDG_CONFIG_HOME`` and ``HOME``. The XDG specification has relative paths ignored.
    """
    base = environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".config")
    return os.path.join(base, "gztrack", "config.toml")


def speech(environ: Mapping[str, str]) -> tuple[str, str]:
    """``lang`` and ``numbers`` as the file has them; `AUTO` where it does not say, or not in a way to be understood."""
    try:
        with open(place(environ), "rb") as file:
            data = file.read(LARGEST)
    except OSError:
        return AUTO, AUTO  # most accounts have no such file, and `re` is for those that have one
    import re

    wanted = rb"""^[ \t]*(lang|numbers)[ \t]*=[ \t]*["']([a-z]+)["'][ \t]*(?:#.*)?\r?$"""
    head = re.split(rb"(?m)^[ \t]*\[", data, maxsplit=1)[0]
    said = {name.decode(): value.decode() for name, value in re.findall(wanted, head, re.MULTILINE)}
    lang, numbers = (
        found if (found := said.get(name)) in LANGUAGES else AUTO for name in ("lang", "numbers")
    )
    return lang, numbers
