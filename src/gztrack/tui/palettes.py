"""Colour roles for terminals of 256 and of 16 colours, and for none: chosen, not rounded by a library.

A library that rounds the truecolor hex values takes the nearest of each: the pane's ground falls on the
screen's, a field turns navy blue, and on 16 colours most roles turn the same grey.
"""

from __future__ import annotations

from collections.abc import Mapping


def sent_as(index: int) -> str:
    """Return the colour that Textual and Rich send as exactly this one of 256.

    They take numbers for truecolor values on the way and round them back: greys by their lightness
    in 25 steps (which is not the grey's own at the light end), colours by the channel.

    Args:
        index: 16 to 231 of the colour cube, 232 to 255 of the greys.
    """
    if index >= 232:
        level = round((index - 231) / 25 * 255)
        return f"#{level:02x}{level:02x}{level:02x}"
    levels = (0, 95, 135, 175, 215, 255)
    cube = index - 16
    return "#" + "".join(f"{levels[step]:02x}" for step in (cube // 36, cube // 6 % 6, cube % 6))


def _of_256(chosen: Mapping[str, int]) -> dict[str, str]:
    return {role: sent_as(index) for role, index in chosen.items()}


DARK_256 = _of_256(
    {
        "text": 252,
        "strong": 231,
        "muted": 248,
        "faint": 240,
        "rest": 239,
        "accent": 111,
        "group": 110,
        "good": 114,
        "on": 39,
        "behind": 221,
        "off": 209,
        "away": 212,
        "tell": 189,
        "error": 210,
    }
)
DARK_256_GROUNDS = _of_256({"": 233, "raised": 235, "select": 237, "edge": 237, "field": 236})

LIGHT_256 = _of_256(
    {
        "text": 235,
        "strong": 16,
        "muted": 240,
        "faint": 250,
        "rest": 251,
        "accent": 25,
        "group": 238,
        "good": 23,
        "on": 26,
        "behind": 58,
        "off": 52,
        "away": 90,
        "tell": 60,
        "error": 124,
    }
)
LIGHT_256_GROUNDS = _of_256({"": 231, "raised": 255, "select": 195, "edge": 195, "field": 254})

_BLACK, _RED, _GREEN, _YELLOW, _BLUE, _MAGENTA, _CYAN, _GREY = (
    "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
)  # fmt: skip
_DARK_GREY, _RED_B, _GREEN_B, _YELLOW_B, _BLUE_B, _MAGENTA_B, _CYAN_B, _WHITE = (
    "#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
)  # fmt: skip
"""The sixteen colours as Rich has them: it sends exactly that one for each."""

DARK_16 = {
    "text": _GREY,
    "strong": _WHITE,
    "muted": _GREY,
    "faint": _DARK_GREY,
    "rest": _DARK_GREY,
    "accent": _CYAN_B,
    "group": _WHITE,
    "good": _GREEN_B,
    "on": _BLUE_B,
    "behind": _YELLOW_B,
    "off": _RED_B,
    "away": _MAGENTA_B,
    "tell": _GREY,
    "error": _RED_B,
}
LIGHT_16 = {
    "text": _BLACK,
    "strong": _BLACK,
    "muted": _DARK_GREY,
    "faint": _GREY,
    "rest": _GREY,
    "accent": _BLUE,
    "group": _BLACK,
    "good": _GREEN,
    "on": _BLUE,
    "behind": _YELLOW,
    "off": _RED,
    "away": _MAGENTA,
    "tell": _DARK_GREY,
    "error": _RED,
    "behind-word": _BLACK,
}


def grounds_of_16(ground: str) -> dict[str, str]:
    """Return the grounds where there is no second shade of one: reverse marks, a line underlines a field."""
    return {"": ground, "raised": ground, "select": "reverse", "edge": ground, "field": "underline"}


DARK_16_GROUNDS = grounds_of_16(_BLACK)
LIGHT_16_GROUNDS = grounds_of_16(_WHITE)

MONO_GROUNDS = grounds_of_16("default")
MONO_BOLD = frozenset({"error"})
"""What is bold beside the usual where no colour can say it."""
