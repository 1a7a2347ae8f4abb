"""Colour roles and how they become terminal styles.

Colours are named by role everywhere else. A key is a role with an optional ground:
``"muted"``, ``"strong@select"``. Contrast and colour-blind distances were measured for the
hex values of the dark and the light palette; change them together or not at all. Terminals
with fewer colours have palettes of their own (`gztrack.tui.palettes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.theme import Theme

from gztrack.tui import palettes
from gztrack.tui.capabilities import TRUECOLOR
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
ANSI_GROUNDS = palettes.grounds_of_16("default")

MONO = dict.fromkeys(ANSI, "default")

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

    @property
    def native(self) -> bool:
        """Its ground is the terminal's own."""
        return self.grounds[""] == "default"

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
        shaded = back not in ("reverse", "underline")
        return Style(
            color=color,
            bgcolor=back if shaded else self.grounds[""],
            bold=(role in BOLD or (self.name == "mono" and role in palettes.MONO_BOLD)) or None,
            dim=(self.native and role in ("faint", "rest")) or None,
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
    "mono": Palette("mono", MONO, palettes.MONO_GROUNDS),
}
"""Every theme, as a terminal shows it that has any colour."""

FEWER = {
    ("dark", 256): Palette("dark", DARK | palettes.DARK_256, palettes.DARK_256_GROUNDS),
    ("light", 256): Palette("light", LIGHT | palettes.LIGHT_256, palettes.LIGHT_256_GROUNDS),
    ("dark", 16): Palette("dark", DARK | palettes.DARK_16, palettes.DARK_16_GROUNDS),
    ("light", 16): Palette("light", LIGHT | palettes.LIGHT_16, palettes.LIGHT_16_GROUNDS),
}
"""The same for terminals with fewer."""


def palette_for(name: str, colours: int = TRUECOLOR) -> Palette:
    """Return a theme's palette for a terminal of so many colours (16 stands in for none: it was asked for)."""
    return FEWER.get((name, max(colours, 16)), PALETTES[name])


def theme_name(name: str) -> str:
    """Return the name under which Textual knows one of our palettes."""
    return f"gztrack-{name}"


def textual_theme(name: str, colours: int = TRUECOLOR) -> Theme:
    """Return the Textual theme that goes with a palette; fields and the command palette use it."""
    palette = palette_for(name, colours)
    return _native_theme(name) if palette.native else _theme(palette)


def _native_theme(name: str) -> Theme:
    """The theme on the terminal's own ground, with its own colours or with none."""

    def own(colour: str) -> str:
        return f"ansi_{colour}" if name == "ansi" else "ansi_default"

    cursor = {} if name == "ansi" else {"input-cursor-text-style": "reverse"}
    return Theme(
        name=theme_name(name),
        ansi=True,
        primary=own("cyan"),
        secondary=own("cyan"),
        warning=own("yellow"),
        error=own("red"),
        success=own("green"),
        accent=own("cyan"),
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=True,
        variables={
            "field": "ansi_default",
            "field-focus": "ansi_default",
            "ansi-background": own("black"),
            "ansi-foreground": own("white"),
            "border-blurred": own("black"),
            "block-cursor-foreground": own("black"),
            "block-cursor-background": own("white"),
            "input-cursor-background": own("white"),
            "input-cursor-foreground": own("black"),
            "input-selection-background": own("bright_blue"),
            "input-selection-foreground": own("black"),
            **cursor,
        },
    )


def _theme(palette: Palette) -> Theme:
    """The theme on a ground of our own."""
    roles = palette.roles

    def ground(name: str, otherwise: str) -> str:
        # Where there is no second shade of the ground, something else has to tell the two apart.
        return palette.grounds[name] if palette.grounds[name].startswith("#") else otherwise

    base = palette.grounds[""]
    return Theme(
        name=theme_name(palette.name),
        primary=roles["accent"],
        secondary=roles["group"],
        warning=roles["behind"],
        error=roles["error"],
        success=roles["good"],
        accent=roles["accent"],
        foreground=roles["text"],
        background=base,
        surface=ground("raised", base),
        panel=ground("raised", base),
        boost=ground("select", base),
        dark=palette.name == "dark",
        variables={
            "field": ground("field", roles["faint"]),
            "field-focus": ground("select", roles["faint"]),
            "input-cursor-background": roles["text"],
            "input-cursor-foreground": base,
            "input-selection-background": ground("select", roles["accent"]),
            **({} if palette.grounds["select"].startswith("#") else {"input-selection-foreground": base}),
        },
    )
