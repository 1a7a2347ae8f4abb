"""What a terminal can show, told by the environment: how many colours, and on which ground. Pure.

Nothing is asked of the terminal itself: an answer takes a round trip, over SSH longer than the
first paint, and some never come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from gztrack.light import NamedTuple

TRUECOLOR: Final = 1 << 24
AUTO: Final = "auto"

_FAMILIES: Final = {"256color": 256, "kitty": 256, "direct": TRUECOLOR, "16color": 16, "mono": 0, "m": 0}
"""What the end of a TERM says. Colours as Rich counts them, which writes the codes."""

_MONOCHROME: Final = r"vt[1-3][0-9]{2}|sun|hp.*|wy.*|lft|cons25-m"
"""Terminals that never had a colour: the VT100 family and its like."""


class Capabilities(NamedTuple):
    """What the terminal can show.

    Attributes:
        colours: 0, 16, 256 or `TRUECOLOR`.
        wanted: Colours are wanted: ``NO_COLOR`` is not set.
        light: It says of itself that its ground is light.
    """

    colours: int = TRUECOLOR
    wanted: bool = True
    light: bool = False


def capabilities(environ: Mapping[str, str]) -> Capabilities:
    """Return what the environment tells of the terminal.

    Args:
        environ: ``TERM``, ``COLORTERM``, ``NO_COLOR`` (https://no-color.org: set, and not empty), and
            ``COLORFGBG``, which some terminals set to their colours ("15;0", the ground last).
    """
    wanted = not environ.get("NO_COLOR")
    light = environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    return Capabilities(_colours(environ), wanted, light)


def _colours(environ: Mapping[str, str]) -> int:
    term = environ.get("TERM", "").strip().lower()
    if term in ("", "dumb", "unknown") or re.fullmatch(_MONOCHROME, term.partition("-")[0]):
        return 0
    family = _FAMILIES.get(term.rpartition("-")[2], 16)
    if family and environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUECOLOR
    return family


def theme_for(asked: str, found: Capabilities) -> str:
    """Return the theme to begin with.

    Who names a theme gets it, whatever the terminal says of itself: ``NO_COLOR`` asks that options and settings
    of a program go before it.

    Args:
        asked: ``auto``, or the name of a theme.
        found: What the terminal can show.
    """
    if asked != AUTO:
        return asked
    if not found.colours or not found.wanted:
        return "mono"
    if found.colours <= 16:
        # Its sixteen colours are the user's own choice; nobody else knows what they look like.
        return "ansi"
    return "light" if found.light else "dark"
