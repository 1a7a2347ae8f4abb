"""The pieces of the report picture: text that is safe and measured, status marks, target bars.

Marks are drawn, not set in type, so that no font can lack one. Colours are those of the board's
light theme.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from gztrack.domain.amounts import Number
from gztrack.domain.text import clean
from gztrack.export.cells import parted
from gztrack.export.glyphs import role_of
from gztrack.export.trends import LEAST
from gztrack.language import language
from gztrack.light import lru_cache
from gztrack.services.views import Bar

COLOURS = {
    "ground": "#fbfaf7",
    "raised": "#f1f0ec",
    "text": "#23282e",
    "strong": "#0b0e11",
    "muted": "#5a636d",
    "rest": "#c4c9cf",
    "group": "#3d464f",
    "good": "#00734a",
    "on": "#0b55b4",
    "behind": "#7d6000",
    "off": "#861a00",
    "away": "#8a0f86",
    "tell": "#5f5878",
    "accent": "#1a5fb4",
}
"""Role to colour, of pictures that stand alone."""

FONTS = (
    "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'DejaVu Sans', sans-serif"
)

Paint = Callable[[str], str]
"""From a role of `COLOURS` to what SVG calls the colour."""

TREND_MOST = 30
"""Values that a trend shows."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROW, _WIDE = "iljtfrI.,:;'|!()[] ", "mwMW@%━"


def plain(role: str) -> str:
    """The colour itself: for files, which must not need a style sheet."""
    return COLOURS[role]


def css(role: str) -> str:
    """A custom property of a style sheet around the picture: ``var(--strong)``."""
    return f"var(--{role})"


@lru_cache(maxsize=1 << 12)  # a page says the same few words and periods a hundred times each
def xml(text: str) -> str:
    """User text as XML may hold it."""
    return escape(_FORBIDDEN.sub("", clean(text)), quote=True)


def _ems(char: str) -> float:
    if ord(char) > 0x2E7F:
        return 1.0
    if char in _NARROW:
        return 0.34
    if char in _WIDE:
        return 0.92
    return 0.7 if char.isupper() else 0.6


_ASCII_EMS = {char: _ems(char) for char in map(chr, range(128))}


def extent(text: str, size: float) -> float:
    """About how wide a text is set, in pixels; rather too wide than too narrow."""
    return size * _ems_of(text)


@lru_cache(maxsize=1 << 12)  # the same periods stand at the axes of all charts
def _ems_of(text: str) -> float:
    known = _ASCII_EMS
    return sum([known[char] if char in known else _ems(char) for char in text])


def fitted(text: str, size: float, room: float) -> str:
    """The text cut so that it fits, with an ellipsis."""
    text = clean(text)
    if extent(text, size) <= room:
        return text
    while text and extent(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def broken(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most ``most`` lines that fit, broken at blanks or else anywhere; the last one is cut."""
    lines: list[str] = []
    rest = clean(text)
    while rest and len(lines) < most - 1 and extent(rest, size) > room:
        end = 1
        while end < len(rest) and extent(rest[: end + 1], size) <= room:
            end += 1
        end = _break(rest, end)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*lines, fitted(rest, size, room)] if rest or not lines else lines


def _break(text: str, most: int) -> int:
    """Where a line ends that has room for ``most`` characters: at a blank, in Chinese also inside a word."""
    blank = text.rfind(" ", 0, most + 1)
    if language() == "zh":
        inside = (at for at in range(most, max(blank, 0), -1) if parted(text, at))
        return next(inside, blank if blank > 0 else most)
    return blank if blank > 0 else most


def words(
    x: float,
    y: float,
    text: str,
    size: float = 13,
    *,
    colour: str = "text",
    anchor: str = "",
    bold: bool = False,
    source: int = 0,
    flags: str = "",
    apart: bool = False,
    paint: Paint = plain,
) -> str:
    """A text element.

    Args:
        x: Left end, or right end with ``anchor`` "end".
        y: Base line.
        text: What it says; escaped here.
        size: Of the type, in pixels.
        colour: A role of `COLOURS`.
        anchor: "end" to set it flush right, "middle" to set it around ``x``.
        bold: Set bold.
        source: Number of a source, set small and raised behind it.
        flags: Letters that touch it in the colour of warnings.
        apart: With a little ground around it, for what stands over lines.
        paint: What colours are called.
    """
    style = f' text-anchor="{anchor}"' if anchor else ""
    style += ' font-weight="600"' if bold else ""
    if apart:
        style += f' stroke="{paint("ground")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    more = f'<tspan fill="{paint("behind")}">{xml(flags)}</tspan>' if flags else ""
    if source:
        more += f'<tspan dx="2" dy="-4" font-size="9" fill="{paint("muted")}">{source}</tspan>'
    return (
        f'<text x="{px(x)}" y="{px(y)}" font-size="{px(size)}" fill="{paint(colour)}"{style}>'
        f"{xml(text)}{more}</text>"
    )


def rule(x1: float, x2: float, y: float) -> str:
    """A thin horizontal line."""
    return f'<path d="M{px(x1)} {px(y)}H{px(x2)}" stroke="{COLOURS["rest"]}" stroke-width="1"/>'


def mark(status: str, x: float, y: float, paint: Paint = plain) -> str:
    """The mark of a status around a point, about 12 pixels wide; nothing for what is still open."""
    colour = paint(role_of(status))
    line = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    left, right, top, foot = px(x - 5), px(x + 5), px(y - 5), px(y + 5)
    circle = f'<circle cx="{px(x)}" cy="{px(y)}" r="5"'
    if status in ("achieved", "met", "met late", "reached"):
        return f'<path d="M{left} {px(y)}l3.5 4.5l6.5 -9" {line}/>'
    if status == "on track":
        return f'{circle} fill="{colour}"/>'
    if status == "behind":
        half = f'<path d="M{px(x)} {top}A5 5 0 0 0 {px(x)} {foot}Z" fill="{colour}"/>'
        return f"{circle} {line}/>{half}"
    if status == "off track":
        return f"{circle} {line}/>"
    if status == "no reading":
        return f'{circle} {line} stroke-dasharray="1 4.2"/>'
    if status == "moving away":
        return f'<path d="M{left} {px(y)}L{right} {top}V{foot}Z" fill="{colour}"/>'
    if status == "missed":
        return f'<path d="M{left} {top}L{right} {foot}M{right} {top}L{left} {foot}" {line}/>'
    if status == "no target":
        return f'<circle cx="{px(x)}" cy="{px(y)}" r="1.8" fill="{colour}"/>'
    if status in ("superseded", "dropped"):
        return f'<path d="M{left} {px(y)}H{right}" {line}/>'
    sign = {"cannot tell": "?", "not assessable": "~"}.get(status, "")
    if not sign:
        return ""
    return (
        f'<text x="{px(x)}" y="{px(y + 5)}" font-size="15" font-weight="600" text-anchor="middle"'
        f' fill="{colour}">{sign}</text>'
    )


def target_bar(
    bar: Bar,
    status: str,
    x: float,
    y: float,
    length: float,
    beyond: float,
    paint: Paint = plain,
) -> str:
    """A target bar, true to scale up to ``beyond`` behind its goal post, an arrow where it goes on.

    Args:
        bar: What to draw, in fractions of the target.
        status: For its colour.
        x: Where nothing is.
        y: Its middle.
        length: Pixels from nothing to the goal post.
        beyond: Pixels kept after the post.
        paint: What colours are called.
    """
    colour = paint(role_of(status))
    post = x + length
    parts = [f'<path d="M{px(x)} {px(y)}H{px(post)}" stroke="{paint("rest")}" stroke-width="2"/>']
    if bar.fill is not None and bar.fill < 0:
        parts.append(_tip(x + 8, y, colour, -8))
    elif bar.fill:
        parts += _filled(bar, colour, x, y, length, beyond)
    width, tint = (4.0, paint("text")) if bar.overdue else (1.5, paint("muted"))
    upright = f'<path d="M{px(post)} {px(y - 9)}V{px(y + 9)}"'
    # A little ground on both sides keeps the post apart from what runs through it.
    parts.append(f'{upright} stroke="{paint("ground")}" stroke-width="{px(width + 3)}"/>')
    parts.append(f'{upright} stroke="{tint}" stroke-width="{px(width)}"/>')
    if bar.marker is not None and not bar.overdue:
        at = x + length * min(1.0, max(0.0, bar.marker))
        parts.append(
            f'<path d="M{px(at)} {px(y - 8)}V{px(y + 8)}" stroke="{paint("text")}" stroke-width="1.5"'
            ' stroke-dasharray="3 2"/>'
        )
    return "".join(parts)


def _filled(bar: Bar, colour: str, x: float, y: float, length: float, beyond: float) -> list[str]:
    reach = (bar.fill or 0) * length
    end = x + max(1.5, min(reach, length + beyond))
    goes_on = reach > length + beyond
    dashes = ' stroke-dasharray="4 2.5"' if bar.bound == "upper" else ""
    if bar.bound == "lower" and not goes_on:
        # Open-ended: it is at least this much, and nobody says how much more.
        parts = [_stroke(x, end, y, colour, ""), _stroke(end + 3, end + 6, y, colour, "")]
        return [*parts, _tip(end + 9, y, colour, 9)]
    if goes_on:
        return [_stroke(x, end - 8, y, colour, dashes), _tip(end - 8, y, colour, 8)]
    return [_stroke(x, end, y, colour, dashes)]


def _stroke(x1: float, x2: float, y: float, colour: str, more: str) -> str:
    return f'<path d="M{px(x1)} {px(y)}H{px(x2)}" stroke="{colour}" stroke-width="6"{more}/>'


def _tip(x: float, y: float, colour: str, length: float) -> str:
    return f'<path d="M{px(x)} {px(y - 5)}L{px(x + length)} {px(y)}L{px(x)} {px(y + 5)}Z" fill="{colour}"/>'


def trend_line(
    values: Sequence[Number], x: float, y: float, width: float, height: float, paint: Paint = plain
) -> str:
    """The latest values as a line that ends in a point; nothing where they are no trend.

    Args:
        values: Oldest first.
        x: Its left end.
        y: Its top.
        width: Pixels.
        height: As ``width``.
        paint: What colours are called.
    """
    shown = values[-TREND_MOST:]
    if len(shown) < LEAST:
        return ""
    low, high = min(shown), max(shown)
    step = (width - 4) / (len(shown) - 1)
    places = [
        (x + 2 + step * at, y + height * (1 - (value - low) / (high - low) if high > low else 0.5))
        for at, value in enumerate(shown)
    ]
    way = " ".join(f"{px(left)},{px(top)}" for left, top in places)
    end = places[-1]
    return (
        f'<polyline points="{way}" fill="none" stroke="{paint("accent")}" stroke-width="1.3"'
        ' stroke-linejoin="round"/>'
        f'<circle cx="{px(end[0])}" cy="{px(end[1])}" r="2" fill="{paint("accent")}"/>'
    )


def px(number: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    text = f"{number:.1f}"
    return text[:-2] if text[-1] == "0" else text
