"""What the full detail of one indicator says: figures, every reading and target, the marked one in full. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gztrack.domain.text import clean, listed
from gztrack.language import ptr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.views import Detail, Origin, ReadingView, Row, TargetView
from gztrack.tui import headlines
from gztrack.tui.cells import Line, cut, cut_line, line_width, spread, wrap
from gztrack.tui.charttext import LEAST_CELLS, chart_lines
from gztrack.tui.geometry import TITLE_HEIGHT
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import rule
from gztrack.tui.ledgerpane import Part, folded, parts, rows_wanted, told_lines
from gztrack.tui.listings import none_yet, reading_line, reading_widths, target_line, target_widths
from gztrack.tui.panes import (
    figure_lines,
    figures_rows,
    nature,
    reason_beside,
    status_line,
    value_text,
)
from gztrack.tui.rows import name_of

ABOUT_ROWS = 5
"""Rows about the marked reading: a rule and four lines; a note or the story of a target may take more."""
ABOUT_HEIGHT = 20
"""Fewer rows than this: nothing is told of the marked fact."""
BOTH_HEIGHT = 30
"""Fewer rows than this: chart or lists, and a key that goes from one to the other."""
CHART_HEIGHT = 14
"""Fewer rows than this: no chart."""
FACTS_HEIGHT, ALL_HEIGHT = 32, 48
"""From here on every figure and fact has a line of its own, without and with the chart."""
LISTS_LEAST = 7
"""Rows of the lists under a chart."""

FACTS = (term("warning"), term("part of"), term("parts"), term("rest"))
"""Which facts come first where there are few lines for them."""

SAID_ABOVE = (term("measure"), term("unit"))
"""Facts that stand over the lists already."""

REASON_ROWS = 3
"""Rows that the reason of the status may take."""


class Item(NamedTuple):
    """One line of the body; the marked one is always an item with a fact."""

    line: Line
    fact: ReadingView | TargetView | None = None


class Looked(NamedTuple):
    """How the indicator is looked at.

    Attributes:
        title: What is tracked.
        as_of: The day as of which all is reckoned.
        travelling: It is not today.
        charted: The chart is shown.
        marked: Id of the marked reading or target, or empty.
    """

    title: str
    as_of: date
    travelling: bool = False
    charted: bool = False
    marked: str = ""


def head(detail: Detail, looked: Looked, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return the lines over the lists: date and method, name, status with its reason, chart, figures.

    Args:
        detail: The indicator.
        looked: How it is looked at.
        cells: Width of the screen.
        rows: Its height.
        glyphs: Which characters the terminal can show.
    """
    lines = _title(detail, looked, cells, rows, glyphs)
    figures = _figures(detail, looked, cells, rows, glyphs)
    left_over = rows - len(lines) - len(figures) - 1
    chart: list[Line] = []
    if looked.charted and detail.chart is not None:
        # With the lists below about half of the screen, else all that the marked fact leaves.
        below = ABOUT_ROWS if rows >= ABOUT_HEIGHT else 0
        wanted = (
            min(rows // 2 - 2, left_over - below - LISTS_LEAST) if rows >= BOTH_HEIGHT else left_over - below
        )
        left_over -= below + 1

        def drawn(room: int) -> list[Line]:
            assert detail.chart is not None
            return chart_lines(
                detail.chart, cells - 1, room, glyphs, travelling=looked.travelling, marked=looked.marked
            )

        chart = drawn(wanted)
        if rows >= BOTH_HEIGHT and left_over - len(chart) == _before_targets(detail) + 1:
            # The heading of the targets would be the last line there is: one of them stands below it.
            chart = drawn(wanted - 1)
    lines += [*chart, *figures]
    if not looked.charted or rows >= BOTH_HEIGHT:
        lines.append([])
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines]


def _before_targets(detail: Detail) -> int:
    """Lines of the body above the heading of the targets."""
    return 1 + max(1, len(detail.readings)) + 1


def room_for_chart(cells: int, rows: int) -> bool:
    """Whether a screen of this size has room for a chart at all."""
    return cells > LEAST_CELLS and rows >= CHART_HEIGHT


def _title(detail: Detail, looked: Looked, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    row = detail.row
    titled = rows >= TITLE_HEIGHT
    dates = headlines.dates(
        looked.as_of, looked.travelling, row.assessment.method, brief=not titled, always_method=True
    )
    lines = [headlines.title_line(looked.title, dates, cells, glyphs)] if titled else []
    name: Line = [(cut(name_of(row), max(8, cells - 40), glyphs.ellipsis), "strong")]
    lines.append(rule(name, ptr("parts", ", ").join((row.shown_unit.text, nature(row))), cells, glyphs))
    reason = reason_beside(detail, glyphs, travelling=looked.travelling)
    status: Line = [*status_line(row, glyphs), ("  ", "text")]
    end: Line = [] if titled else [*dates, (" ", "text")]
    room = cells - line_width(status) - (line_width(end) + 2 if end else 0)
    first, *more = wrap(reason, max(16, room), REASON_ROWS, glyphs.ellipsis) or [""]
    lines.append(spread([*status, (first, "text")], end, cells, glyphs.ellipsis))
    return lines + [[(" " * line_width(status) + text, "text")] for text in more]


def _figures(detail: Detail, looked: Looked, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Figures and facts: side by side where rows are few, else one below the other."""
    if rows < FACTS_HEIGHT or (looked.charted and rows < ALL_HEIGHT):
        if rows < FACTS_HEIGHT:
            return figures_rows(detail.figures, cells, 2 if rows >= BOTH_HEIGHT else 1, glyphs)
        known = [(label, text) for label, text in detail.facts if not _among(label, (*SAID_ABOVE, "id"))]
        known.sort(key=lambda pair: _place(pair[0], FACTS))
        return figures_rows(detail.figures, cells, 2, glyphs) + figures_rows(known, cells, 2, glyphs)
    lines: list[Line] = [[]]
    lines += [[(" ", "text"), *line] for line in figure_lines(detail.figures, cells - 1, glyphs)]
    facts = [(label, text) for label, text in detail.facts if not _among(label, SAID_ABOVE)]
    lines += [[(" ", "text"), *line] for line in figure_lines(facts, cells - 1, glyphs)]
    return lines


def _place(label: str, labels: Sequence[str]) -> int:
    """Where a label stands among others, in English or as people read it; behind them where it is none of them."""
    return next((at for at, known in enumerate(labels) if label in (known, tr(known))), len(labels))


def _among(label: str, labels: Sequence[str]) -> bool:
    return _place(label, labels) < len(labels)


def body(detail: Detail, cells: int, glyphs: Glyphs) -> list[Item]:
    """Return readings and targets, each on a line that can be marked."""
    row = detail.row
    items = [Item(_heading(tr("readings"), len(detail.readings)))]
    if not detail.readings:
        items.append(Item(none_yet("detail.log", row, glyphs)))
    period, value = reading_widths(detail.readings, row, glyphs)
    items += [Item(reading_line(r, row, period, value, cells, glyphs), r) for r in detail.readings]
    items += [Item([]), Item(_heading(tr("targets"), len(detail.targets)))]
    if not detail.targets:
        items.append(Item(none_yet("detail.goal", row, glyphs)))
    due, value = target_widths(detail.targets, row, glyphs)
    known = {target.id: target for target in detail.targets}
    items += [Item(target_line(t, row, due, value, cells, glyphs, known), t) for t in detail.targets]
    return items


def _heading(word: str, count: int) -> Line:
    """A heading says how many there are: those below may be out of sight."""
    return [(f" {word}", "group"), *([(f"  {count:,}", "muted")] if count else [])]


def marked(line: Line, glyphs: Glyphs) -> Line:
    """Return a line of the body with the cursor on it: gutter and first word are tinted."""
    (_, _), (first, _), *rest = line
    return [(glyphs.selected, "accent@edge"), (first, "strong@select"), *rest]


def about(
    fact: ReadingView | TargetView, detail: Detail, cells: int, rows: int, glyphs: Glyphs, at: int = 0
) -> list[Line]:
    """Return everything about the marked reading, or the story of the marked target, from a line on.

    Args:
        fact: The marked one.
        detail: Its indicator.
        cells: Width of the screen.
        rows: Rows there are, the rule over it included.
        glyphs: Which characters the terminal can show.
        at: The first line to show, where not all fit.
    """
    if isinstance(fact, ReadingView):
        title = tr("reading {period}", period=fact.period)
    else:
        title = tr("target {due}", due=ptr("due date", "none") if fact.due == "none" else fact.due)
    told, room = _told(fact, detail, cells, glyphs), rows - 1
    shown, note = told[at : at + room], fact.handle
    if len(told) > room:
        note = tr(
            "{first} to {last} of {total} lines: space reads on",
            first=at + 1,
            last=at + len(shown),
            total=len(told),
        )
    lines = [rule([(clean(title), "strong")], note, cells, glyphs), *shown]
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines[: max(0, rows)]]


def about_wanted(fact: ReadingView | TargetView, detail: Detail, cells: int, glyphs: Glyphs) -> int:
    """Return the rows that `about` takes where nothing is cut."""
    return max(ABOUT_ROWS, 1 + len(_told(fact, detail, cells, glyphs)))


def read_on(
    fact: ReadingView | TargetView, detail: Detail, cells: int, rows: int, glyphs: Glyphs, at: int
) -> int:
    """Return the first line to show next: one screenful on, a line of it kept; after the end the first one."""
    told, room = len(_told(fact, detail, cells, glyphs)), rows - 1
    return 0 if at + room >= told or room < 1 else min(at + max(1, room - 1), told - room)


def _told(fact: ReadingView | TargetView, detail: Detail, cells: int, glyphs: Glyphs) -> list[Line]:
    """All there is to tell, nothing of it cut."""
    if not isinstance(fact, ReadingView):
        story = _story(fact, detail, glyphs)
        return told_lines(story, cells, rows_wanted(story, cells), glyphs)
    said = (
        (glyphs.signs(_reading_words(fact, detail.row, glyphs)), "text"),
        (_origin_words(fact.origin), "muted"),
        (glyphs.signs(clean(fact.note)), "text"),
        (_logged_words(fact), "muted"),
    )
    return [
        [(" ", "text"), (line, role)]
        for text, role in said
        if text
        for line in folded(text, max(1, cells - 2))
    ]


def _story(target: TargetView, detail: Detail, glyphs: Glyphs) -> list[Part]:
    return parts(target, detail.row, {view.id: view for view in detail.targets}, glyphs)


def _reading_words(reading: ReadingView, row: Row, glyphs: Glyphs) -> str:
    parts = [value_text(reading, row.shown_unit, row.decimals, glyphs)]
    parts.append(tr("{start} to {end}", start=reading.start.isoformat(), end=reading.end.isoformat()))
    parts += [tr("provisional")] if reading.provisional else []
    if reading.inferred:
        parts.append(tr("inferred: {fields}", fields=listed(map(tr, reading.inferred))))
    parts += [tr("series {series}", series=reading.series)] if reading.series else []
    parts += [tr(reading.standing)] if reading.standing not in ("counts", "") else []
    parts += [tr("counts: {why}", why=reading.preferred)] if reading.preferred else []
    return ptr("parts", ", ").join(parts)


def _origin_words(origin: Origin) -> str:
    published = tr("published {date}", date=origin.published) if origin.published else ""
    parts = (origin.source, origin.url, published)
    return ptr("parts", ", ").join(part for part in parts if part) or tr("no source was given")


def _logged_words(fact: ReadingView) -> str:
    if fact.reason:
        said = tr(
            "logged {time} by {author}: {reason}", time=fact.logged, author=fact.author, reason=fact.reason
        )
    else:
        said = tr("logged {time} by {author}", time=fact.logged, author=fact.author)
    return clean(said)
