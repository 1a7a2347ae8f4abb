"""Glyphs of statuses, each with an ASCII twin, and the colour role of each: one list for text and pictures."""

from __future__ import annotations

from gztrack.language import term

GLYPHS: dict[str, tuple[str, str]] = {
    term("achieved"): ("✓", "+"),
    term("met"): ("✓", "+"),
    term("met late"): ("✓", "+"),
    term("reached"): ("✓", "+"),
    term("on track"): ("●", "*"),
    term("behind"): ("◐", "-"),
    term("off track"): ("○", "!"),
    term("moving away"): ("◂", "<"),
    term("missed"): ("✗", "x"),
    term("cannot tell"): ("?", "?"),
    term("not assessable"): ("~", "~"),
    term("no reading"): ("◌", "o"),
    term("no target"): ("·", "."),
    term("superseded"): ("–", "-"),
    term("dropped"): ("–", "-"),
    term("archived"): ("–", "-"),
}
"""Status or verdict to its glyph and the same in ASCII."""

ROLES: dict[str, str] = {
    "achieved": "good",
    "met": "good",
    "met late": "good",
    "reached": "good",
    "on track": "on",
    "behind": "behind",
    "off track": "off",
    "missed": "off",
    "moving away": "away",
    "cannot tell": "tell",
    "not assessable": "tell",
}
"""Status to colour role; what is missing here is muted."""


def glyph(status: str, *, ascii: bool = False) -> str:  # noqa: A002
    """The glyph of a status; a blank for one that is still open."""
    return GLYPHS.get(status, (" ", " "))[ascii]


def role_of(status: str) -> str:
    """The colour role of a status or verdict."""
    return ROLES.get(status, "muted")


def signs(text: str, *, ascii: bool) -> str:  # noqa: A002
    """The text with signs that an ASCII terminal can show."""
    if not ascii:
        return text
    return text.replace("≥", ">=").replace("≤", "<=").replace("…", "..").replace("–", "-")
