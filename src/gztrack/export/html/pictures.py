"""The small pictures of a row: its bar, true to scale, and its trend; each says in words what it shows."""

from __future__ import annotations

from gztrack.domain.amounts import exact
from gztrack.export.svg_shapes import TREND_MOST, css, target_bar, trend_line, xml
from gztrack.export.wording import listed
from gztrack.language import ntr, tr
from gztrack.services.views import Bar, Row

LENGTH, BEYOND, TIP = 120, 24, 18
"""Pixels of a bar: to its post, beyond it, and for the tip of an open end."""

_TREND_WIDE, _TREND_HIGH = 72, 20


def bar_picture(row: Row, attained: str, way: str) -> str:
    """The target bar of a row; nothing without a target.

    Args:
        row: Whose bar.
        attained: Its attainment in words.
        way: Its path in words.
    """
    if row.bar is None:
        return ""
    drawn = target_bar(row.bar, row.status, 0, 10, LENGTH, BEYOND, css)
    return _picture("bar", LENGTH + BEYOND + TIP, 20, _bar_words(row, attained, way), drawn)


def _bar_words(row: Row, attained: str, way: str) -> str:
    """What the bar of a row shows, in words."""
    bar = row.bar
    return listed(
        (
            tr("{share} of the target", share=attained) if attained else "",
            tr("{share} of the way from the baseline", share=way) if way else "",
            "" if row.reading else tr("no reading"),
            tr("due date passed") if bar and bar.overdue else "",
            tr(row.status),
        )
    )


def sample(bar: Bar, status: str) -> str:
    """A bar for a legend, for eyes alone."""
    drawn = target_bar(bar, status, 0, 10, 36, 8, css)
    return f'<svg class="sample" viewBox="0 0 46 20" aria-hidden="true">{drawn}</svg>'


def trend_picture(row: Row) -> str:
    """The latest readings as a line that ends in a point; nothing where they are no trend."""
    line = trend_line(row.trend, 0, 4, _TREND_WIDE, _TREND_HIGH - 8, css)
    return _picture("trend", _TREND_WIDE, _TREND_HIGH, _trend_words(row), line) if line else ""


def _trend_words(row: Row) -> str:
    shown = row.trend[-TREND_MOST:]
    first, last = (
        exact(value, row.shown_unit, with_unit=row.shown_unit.percent, decimals=row.decimals)
        for value in (shown[0], shown[-1])
    )
    return ntr(
        "{n:,} reading, from {first} to {last}",
        "{n:,} readings, from {first} to {last}",
        len(shown),
        first=first,
        last=last,
    )


def _picture(kind: str, wide: int, high: int, said: str, drawn: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {wide} {high}" role="img" aria-label="{xml(said)}">{drawn}</svg>'
    )
