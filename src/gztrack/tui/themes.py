"""Colour roles and how they become terminal styles.

Colours are named by role everywhere else. A key is a role with an optional ground:
``"muted"``, ``"strong@select"``. Contrast and colour-blind distances were measured for the
hex values of the dark and the light palette; change them together or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.theme import Theme

from gztrack.tui.cells import Line, cut_line, line_width

DARK = {
    "text": "#d9dee5",
    "strong": "#f3f5f8",
    "muted": "#97a1ad",
    "faint": "#4a535e",
    "rest": "#3a424c",
    "accent": "#8ab4f8",
    "group": "#9db2cc",
    "good": "#74dca4",
    "on": "#4fa9ee",
    "behind": "#e8bf45",
    "off": "#f4755c",
    "away": "#e570b0",
    "tell": "#c3bbdc",
    "error": "#ff8a75",
}
DARK_GROUNDS = {
    "": "#15181d",
    "raised": "#1d2128",
    "select": "#26303d",
    "edge": "#26303d",
    "field": "#262c35",
}

LIGHT = {
    "text": "#23282e",
    "strong": "#0b0e11",
    "muted": "#5a636d",
    "faint": "#b9bfc6",
    "rest": "#c4c9cf",
    "accent": "#1a5fb4",
    "group": "#3d464f",
    "good": "#00734a",
    "on": "#0b55b4",
    "behind": "#7d6000",
    "off": "#861a00",
    "away": "#8a0f86",
    "tell": "#5f5878",
    "error": "#a3200f",
}
LIGHT_GROUNDS = {
    "": "#fbfaf7",
    "raised": "#f1f0ec",
    "select": "#dfe8f4",
    "edge": "#dfe8f4",
    "field": "#e6e6e1",
}

ANSI = {
    "text": "default",
    "strong": "default",
    "muted": "default",
    "faint": "default",
    "rest": "default",
    "accent": "cyan",
    "group": "default",
    "good": "green",
    "on": "cyan",
    "behind": "yellow",
    "off": "red",
    "away": "magenta",
    "tell": "default",
    "error": "red",
    # Yellow words are hard to read on the white ground that a terminal may have.
    "behind-word": "default",
    "guard": "default",
}
ANSI_GROUNDS = {
    "": "default",
    "raised": "default",
    "select": "reverse",
    "edge": "default",
    "field": "underline",
}

ALIASES = {
    "match": "strong",
    "warn": "behind",
    "guard": "behind",
    "behind-word": "behind",
    "key": "accent",
    "post": "muted",
}
"""Roles that share another role's colour where a palette does not set them apart."""

BOLD = frozenset({"strong", "group", "off", "away", "key", "guard", "match"})
"""Only bad news, headings and what is marked are bold."""

UNDERLINED = frozenset({"match"})
"""What a filter found."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colour roles as terminal styles."""

    name: str
    roles: Mapping[str, str]
    grounds: Mapping[str, str]
    _made: dict[str, Style] = field(default_factory=dict)

    def style(self, key: str) -> Style:
        """Return the style of a key (a role, or ``role@ground``)."""
        style = self._made.get(key)
        if style is None:
            style = self._made[key] = self._make(key)
        return style

    def _make(self, key: str) -> Style:
        role, _, ground = key.partition("@")
        color = self.roles.get(role) or self.roles[ALIASES.get(role, role)]
        back = self.grounds[ground]
        native = self.name == "ansi"
        return Style(
            color=color,
            bgcolor="default" if native else back,
            bold=role in BOLD or None,
            dim=(native and role in ("faint", "rest")) or None,
            reverse=back == "reverse" or None,
            underline=(back == "underline" or role in UNDERLINED) or None,
        )

    def paint(self, line: Line, cells: int, ground: str = "", ellipsis: str = "…") -> Strip:
        """Return a line as a strip of exactly ``cells`` cells on a ground.

        The one door to the terminal: whatever is not printable becomes a blank here, even
        if an earlier cleaning forgot it.
        """
        segments = [
            Segment(
                text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text),
                self.style(key if "@" in key or not ground else f"{key}@{ground}"),
            )
            for text, key in cut_line(line, cells, ellipsis)
            if text
        ]
        used = line_width([(segment.text, "") for segment in segments])
        if used < cells:
            segments.append(Segment(" " * (cells - used), self.style(f"text@{ground}" if ground else "text")))
            used = cells
        strip = Strip(segments, used)
        return strip if used == cells else strip.crop(0, cells)


PALETTES = {
    "dark": Palette("dark", DARK, DARK_GROUNDS),
    "light": Palette("light", LIGHT, LIGHT_GROUNDS),
    "ansi": Palette("ansi", ANSI, ANSI_GROUNDS),
}


def theme_name(name: str) -> str:
    """Return the name under which Textual knows one of our palettes."""
    return f"gztrack-{name}"


def textual_theme(name: str) -> Theme:
    """Return the Textual theme that goes with a palette; fields and the command palette use it."""
    if name == "ansi":
        return Theme(
            name=theme_name(name),
            ansi=True,
            primary="ansi_cyan",
            secondary="ansi_cyan",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            accent="ansi_cyan",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            dark=True,
            variables={
                "field": "ansi_default",
                "field-focus": "ansi_default",
                "ansi-background": "ansi_black",
                "ansi-foreground": "ansi_white",
                "border-blurred": "ansi_black",
                "block-cursor-foreground": "ansi_black",
                "block-cursor-background": "ansi_white",
                "input-cursor-background": "ansi_white",
                "input-cursor-foreground": "ansi_black",
                "input-selection-background": "ansi_bright_blue",
                "input-selection-foreground": "ansi_black",
            },
        )
    palette = PALETTES[name]
    roles, grounds = palette.roles, palette.grounds
    return Theme(
        name=theme_name(name),
        primary=roles["accent"],
        secondary=roles["group"],
        warning=roles["behind"],
        error=roles["error"],
        success=roles["good"],
        accent=roles["accent"],
        foreground=roles["text"],
        background=grounds[""],
        surface=grounds["raised"],
        panel=grounds["raised"],
        boost=grounds["select"],
        dark=name == "dark",
        variables={
            "field": grounds["field"],
            "field-focus": grounds["select"],
            "input-cursor-background": roles["text"],
            "input-cursor-foreground": grounds[""],
            "input-selection-background": grounds["select"],
        },
    )
