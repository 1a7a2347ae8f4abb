"""Colours of the page by role: the board's, light and dark; on paper always the light ones."""

from __future__ import annotations

from gztrack.export.svg_shapes import COLOURS, FONTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = {
    "ground": "#15181d",
    "raised": "#1d2128",
    "text": "#d9dee5",
    "strong": "#f3f5f8",
    "muted": "#97a1ad",
    "rest": "#3a424c",
    "group": "#9db2cc",
    "good": "#74dca4",
    "on": "#4fa9ee",
    "behind": "#e8bf45",
    "off": "#f4755c",
    "away": "#e570b0",
    "tell": "#c3bbdc",
    "accent": "#8ab4f8",
}
"""Role to colour as the board's dark theme has it; `COLOURS` is its light one."""


def themes() -> str:
    """Custom properties for both themes, and the fonts that a system may have."""
    return (
        f":root{{color-scheme:light dark;--fonts:{FONTS};{_properties(COLOURS)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(DARK)}}}}}\n"
        "@media print{:root{color-scheme:light;--ground:#fff}}\n"
    )


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in colours.items())
