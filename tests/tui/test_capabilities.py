"""What a terminal can show, told by its environment; and that each theme sends what was chosen for it."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.palette import Palette as Colours
from rich.style import Style

from gztrack.tui.capabilities import TRUECOLOR, Capabilities, capabilities, theme_for
from gztrack.tui.palettes import sent_as
from gztrack.tui.themes import FEWER, PALETTES, Palette, palette_for

STATUSES = ("good", "on", "behind", "off", "away", "tell")
TEXTS = ("text", "strong", "muted", "accent", "group", *STATUSES, "error")
"""Roles that words are written in; the others are decoration."""


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUECOLOR),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, TRUECOLOR),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "screen-256color"}, 256),
        ({"TERM": "tmux-256color", "COLORTERM": ""}, 256),
        ({"TERM": "xterm-kitty"}, 256),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "screen"}, 16),
        ({"TERM": "linux"}, 16),
        ({"TERM": "linux-16color"}, 16),
        ({"TERM": "vt100"}, 0),
        ({"TERM": "vt220"}, 0),
        ({"TERM": "xterm-mono"}, 0),
        ({"TERM": "dumb"}, 0),
        ({}, 0),
    ],
)
def test_colours_are_told_by_the_environment(environ: dict[str, str], colours: int) -> None:
    assert capabilities(environ).colours == colours


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "screen-256color"},
        {"TERM": "xterm-kitty"},
        {"TERM": "alacritty"},
        {"TERM": "xterm", "COLORTERM": "TrueColor"},
        {"TERM": "xterm-256color", "COLORTERM": "yes"},
    ],
)
def test_they_are_counted_as_the_library_does_that_writes_the_codes(environ: Mapping[str, str]) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, _environ=dict(environ))
    names = {16: "standard", 256: "256", TRUECOLOR: "truecolor"}
    assert names[capabilities(environ).colours] == console.color_system


@pytest.mark.parametrize(
    ("asked", "found", "theme"),
    [
        ("auto", Capabilities(), "dark"),
        ("auto", Capabilities(256), "dark"),
        ("auto", Capabilities(light=True), "light"),
        ("auto", Capabilities(16), "ansi"),
        ("auto", Capabilities(16, light=True), "ansi"),
        ("auto", Capabilities(0), "mono"),
        ("auto", Capabilities(wanted=False), "mono"),
        ("dark", Capabilities(wanted=False), "dark"),
        ("light", Capabilities(16), "light"),
        ("ansi", Capabilities(0), "ansi"),
        ("mono", Capabilities(), "mono"),
    ],
)
def test_the_theme_is_the_one_asked_for_else_what_the_terminal_can(
    asked: str, found: Capabilities, theme: str
) -> None:
    assert theme_for(asked, found) == theme


@pytest.mark.parametrize(
    ("environ", "wanted", "light"),
    [
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"COLORFGBG": "0;15"}, True, True),
        ({"COLORFGBG": "0;default;7"}, True, True),
        ({"COLORFGBG": "15;0"}, True, False),
    ],
)
def test_what_a_person_wants_and_a_terminal_says_of_itself(
    environ: dict[str, str], wanted: bool, light: bool
) -> None:
    found = capabilities({"TERM": "xterm-256color", **environ})
    assert (found.wanted, found.light) == (wanted, light)


@pytest.mark.parametrize("index", [16, 17, 22, 75, 110, 146, 209, 231, *range(232, 256)])
def test_a_colour_of_256_is_sent_as_exactly_that_one(index: int) -> None:
    assert Color.parse(sent_as(index)).downgrade(ColorSystem.EIGHT_BIT).number == index


@pytest.mark.parametrize(("name", "colours"), FEWER)
def test_with_fewer_colours_grounds_and_roles_stay_apart(name: str, colours: int) -> None:
    palette = palette_for(name, colours)
    system = ColorSystem.EIGHT_BIT if colours == 256 else ColorSystem.STANDARD
    sent = {role: Color.parse(value).downgrade(system).number for role, value in palette.roles.items()}
    assert len({sent[role] for role in STATUSES}) == len(STATUSES)
    grounds = {
        ground: Color.parse(value).downgrade(system).number
        for ground, value in palette.grounds.items()
        if value.startswith("#")
    }
    if colours == 256:
        assert len({grounds[ground] for ground in ("", "raised", "select", "field")}) == 4
    assert not {sent[role] for role in TEXTS} & {grounds[""]}


def shown(palette: Palette, key: str, system: ColorSystem) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Foreground and ground as the terminal shows them, in 0..1."""
    style: Style = palette.style(key)
    assert style.color is not None
    assert style.bgcolor is not None
    return rgb(style.color, system), rgb(style.bgcolor, system)


def rgb(colour: Color, system: ColorSystem) -> tuple[float, ...]:
    from rich._palettes import EIGHT_BIT_PALETTE

    table: Colours = EIGHT_BIT_PALETTE
    sent = colour.downgrade(system)
    triplet = table[sent.number] if sent.number is not None else sent.triplet
    assert triplet is not None
    return tuple(channel / 255 for channel in triplet)


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: tuple[float, ...]) -> float:
    return sum(weight * linear(c) for weight, c in zip((0.2126, 0.7152, 0.0722), colour, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG 2.1's ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


FULL = [(PALETTES[name], ColorSystem.TRUECOLOR) for name in ("dark", "light")]
CHOSEN = [(FEWER[name, 256], ColorSystem.EIGHT_BIT) for name in ("dark", "light")]


@pytest.mark.parametrize(("palette", "system"), [*FULL, *CHOSEN])
@pytest.mark.parametrize(("ground", "least"), [("", 5.6), ("raised", 5.0), ("select", 4.6)])
def test_words_can_be_read_on_every_ground(
    palette: Palette, system: ColorSystem, ground: str, least: float
) -> None:
    ratios = {role: contrast(*shown(palette, f"{role}@{ground}", system)) for role in TEXTS}
    assert min(ratios.values()) >= least, ratios


# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour: tuple[float, ...], sight: str) -> tuple[float, float, float]:
    """CIE Lab (D65) of a colour as somebody of that sight sees it."""
    lin = [linear(channel) for channel in colour]
    r, g, b = (min(1.0, max(0.0, sum(w * c for w, c in zip(row, lin, strict=True)))) for row in SIGHT[sight])
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize(
    ("palette", "system", "least"),
    [(*FULL[0], 13.9), (*FULL[1], 12.9), (*CHOSEN[0], 12.8), (*CHOSEN[1], 13.0)],
)
def test_no_two_statuses_look_alike_to_anybody(palette: Palette, system: ColorSystem, least: float) -> None:
    """ΔE76 of every two status hues, for usual sight and the three colour deficiencies."""
    found = {}
    for sight in SIGHT:
        labs = {role: seen(shown(palette, role, system)[0], sight) for role in STATUSES}
        for one in STATUSES:
            for other in STATUSES[STATUSES.index(one) + 1 :]:
                pair = zip(labs[one], labs[other], strict=True)
                found[sight, one, other] = sum((a - b) ** 2 for a, b in pair) ** 0.5
    nearest = min(found, key=lambda key: found[key])
    assert found[nearest] >= least, (nearest, found[nearest])


def test_mono_sends_no_colour_whatever_the_role() -> None:
    palette = PALETTES["mono"]
    for role in PALETTES["dark"].roles:
        for ground in palette.grounds:
            style = palette.style(f"{role}@{ground}")
            assert {c.name for c in (style.color, style.bgcolor) if c is not None} <= {"default"}


def test_mono_tells_bad_news_marks_and_decoration_without_colour() -> None:
    style = PALETTES["mono"].style
    assert all(style(role).bold for role in ("off", "away", "strong", "group", "error", "key"))
    assert not any(style(role).bold for role in ("text", "muted", "good", "on", "behind", "tell"))
    assert style("strong@select").reverse
    assert style("rest").dim
    assert style("text@field").underline
