"""A snapshot as a picture for reports: SVG, drawn here line by line, on a light ground."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.board_text import due_text, named, period_text, unit_text
from gztrack.export.cells import DEEPEST
from gztrack.export.glyphs import role_of
from gztrack.export.phrases import (
    brief,
    dropped_text,
    margin_text,
    replaced_text,
    revises_text,
    stated_by,
    verdict_text,
)
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, Promise
from gztrack.export.svg_shapes import (
    COLOURS,
    FONTS,
    broken,
    extent,
    fitted,
    mark,
    rule,
    target_bar,
    words,
    xml,
)
from gztrack.export.wording import counted, headed, listed, published, totalled
from gztrack.language import language, term, tr
from gztrack.services.views import Origin, counted_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 1320
EDGE = 40
MARK = EDGE + 8
NAME, NAME_ROOM = EDGE + 26, 290
READING, UNIT, UNIT_ROOM = 506, 512, 104
PERIOD = 624
TARGET = 836
DUE = 856
BAR, LENGTH, BEYOND = 946, 130, 24
PERCENT = 1166
STATUS = 1178

STATED, VERDICT, EVIDENCE, MARGIN = 700, 940, 1060, WIDTH - EDGE
LEDGER_NAME = EDGE + 126
ASIDE = 900
"""Pixels that date, method and clocks may take beside the title."""

LEGEND = term(
    "Bars: a thin post is the target, a thick one a target whose date has passed; the dashed line is where the line"
    " from the baseline would be; a dashed end with a tip is a lower bound. ? inferred, p provisional. Small numbers"
    " name the source."
)


class _Page:
    """A page that grows downwards.

    Attributes:
        y: Where the next thing begins.
    """

    def __init__(self) -> None:
        self.y = 0.0
        self.parts: list[str] = []

    def add(self, *parts: str) -> None:
        """Draw something."""
        self.parts += [part for part in parts if part]

    def small(self, text: str, x: float = EDGE, most: int = 3, hang: float = 0) -> None:
        """Draw a remark in small type over the whole width, broken into lines."""
        for number, line in enumerate(broken(text, 11, WIDTH - EDGE - x - hang, most)):
            self.y += 17
            self.add(words(x + (hang if number else 0), self.y, line, 11, colour="muted"))

    def heading(self, text: str, after: str = "") -> None:
        """Draw the heading of a section."""
        self.y += 46
        self.add(words(EDGE, self.y, text, 16, colour="strong", bold=True))
        self.add(words(EDGE + extent(text, 16) + 16, self.y, after, 13, colour="muted"))
        self.y += 10
        self.add(rule(EDGE, WIDTH - EDGE, self.y))


def render(report: Report) -> bytes:
    """The report as an SVG picture in UTF-8."""
    page = _Page()
    _top(page, report)
    _heads(page)
    for group, lines in report.groups:
        page.y += 32
        page.add(words(EDGE, page.y, group or tr("without a group"), 13, colour="group", bold=True))
        for line in lines:
            _row(page, line)
    page.y += 8
    page.small(tr(LEGEND))
    if report.promises:
        first, *rest = report.ledger_summary
        page.heading(tr("Promises"), first)
        for said in rest:
            page.small(said)
        for promise in report.promises:
            _promise(page, promise)
    if report.remarks:
        page.heading(tr("Remarks"))
        for what, remark in report.remarks:
            page.small(headed(what, remark))
    if report.sources:
        page.heading(tr("Sources"))
        for number, origin in enumerate(report.sources, 1):
            page.small(f"{number}  {_source(origin)}", most=2, hang=16)
    page.y += 34
    whole = tr("Content hash {hash}", hash=report.short_digest)
    page.add(words(EDGE, page.y, whole, 11, colour="muted"))
    return _whole(page, report)


def _whole(page: _Page, report: Report) -> bytes:
    height = round(page.y + 28)
    title = xml(listed((report.title, tr("as of {date}", date=report.board.as_of))))
    # One code point is drawn in more than one way where Chinese characters are used.
    spoken = "" if language() == "en" else ' xml:lang="zh-Hans"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img"{spoken} font-family="{xml(FONTS)}"'
        ' style="font-variant-numeric: tabular-nums">'
    )
    counts = listed(counted(count, word) for word, count in report.board.counts)
    told = tr("{counts}; content hash sha256:{hash}", counts=counts, hash=report.digest)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        head,
        f"<title>{title}</title>",
        f"<desc>{xml(told)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="{COLOURS["ground"]}"/>',
        *page.parts,
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _top(page: _Page, report: Report) -> None:
    board = report.board
    said = listed((tr("as of {date}", date=board.as_of), report.method, *report.clocks))
    said = fitted(said, 13, ASIDE)
    room = WIDTH - 2 * EDGE - extent(said, 13) - 24
    page.y = 58
    page.add(words(EDGE, page.y, fitted(report.title, 24, room), 24, colour="strong", bold=True))
    page.add(words(WIDTH - EDGE, page.y, said, 13, colour="muted", anchor="end"))
    page.y += 36
    x: float = MARK
    for word, count in board.counts:
        page.add(mark(word, x, page.y - 5))
        page.add(words(x + 14, page.y, str(count), 14, colour="strong", bold=True))
        x += 14 + extent(str(count), 14) + 6
        page.add(words(x, page.y, counted_word(word), 14, colour="muted"))
        x += extent(counted_word(word), 14) + 30


def _heads(page: _Page) -> None:
    page.y += 40
    for x, text, anchor in (
        (NAME, tr("indicator"), ""),
        (READING, tr("reading"), "end"),
        (PERIOD, tr("period"), ""),
        (TARGET, tr("target"), "end"),
        (DUE, tr("due"), ""),
        (BAR, tr("progress"), ""),
        (STATUS, tr("status"), ""),
    ):
        page.add(words(x, page.y, text, 12, colour="muted", anchor=anchor))
    page.y += 9
    page.add(rule(EDGE, WIDTH - EDGE, page.y))


def _row(page: _Page, line: Line) -> None:
    row, reading, target = line.row, line.row.reading, line.row.target
    indent = 18 * min(row.depth, DEEPEST)
    names = broken(named(row), 13, NAME_ROOM - indent, 2)
    page.y += 25
    y = page.y
    page.add(mark(row.status, MARK, y - 4.5))
    for number, name in enumerate(names):
        page.add(words(NAME + indent, y + 16 * number, name))
    if reading:
        figure = exact(
            reading.value,
            row.shown_unit,
            reading.qualifier,
            with_unit=row.shown_unit.percent,
            decimals=row.decimals,
        )
        unit = fitted(unit_text(row.shown_unit), 11, UNIT_ROOM - 12)
        page.add(words(READING, y, figure, colour="strong", anchor="end"))
        page.add(words(UNIT, y, unit, 11, colour="muted", source=line.reading_source))
        period, flags = _flagged(clean(reading.period), period_text(reading))
        page.add(words(PERIOD, y, fitted(period, 13, 100), colour="muted", flags=flags))
    if target:
        page.add(words(TARGET, y, _goal(line, row.shown_unit), colour="strong", anchor="end"))
        page.add(words(TARGET + 1, y, "", 11, source=line.target_source) if line.target_source else "")
        due, flags = _flagged("" if target.due == "none" else clean(target.due), due_text(target))
        page.add(words(DUE, y, due, colour="muted", flags=flags))
    if row.bar:
        page.add(target_bar(row.bar, row.status, BAR, y - 4.5, LENGTH, BEYOND))
    page.add(words(PERCENT, y, row.percent, anchor="end"))
    bad = row.status in ("off track", "moving away", "missed")
    page.add(words(STATUS, y, tr(row.status), colour=role_of(row.status), bold=bad))
    below = 16.0 * (len(names) - 1)
    if row.reason and target:
        said = broken(brief(row.status, row.reason), 11, WIDTH - EDGE - BAR, 2)
        for number, text in enumerate(said, 1):
            page.add(words(BAR, y + 1 + 15 * number, text, 11, colour="muted"))
        below = max(below, 15.0 * len(said) + 1)
    page.y += below


def _goal(line: Line, unit: Unit) -> str:
    target = line.row.target
    if target is None:
        return ""
    bare = unit._replace(currency="") if line.row.reading else unit
    return exact_goal(
        target.value,
        target.high,
        target.comparator,
        bare,
        with_unit=unit.percent,
        decimals=line.row.decimals,
    )


def _flagged(text: str, flagged: str) -> tuple[str, str]:
    """A date and the flags that touch it."""
    return text, flagged.removeprefix(text)


def _promise(page: _Page, promise: Promise) -> None:
    view = promise.view
    page.y += 27
    y = page.y
    goal = totalled(exact_goal(view.value, view.high, view.comparator, promise.unit), view.over)
    goal_room = min(extent(goal, 13), 330)
    page.add(mark(view.verdict, MARK, y - 4.5))
    due, flags = _flagged("" if view.due == "none" else clean(view.due), due_text(view))
    page.add(words(NAME, y, fitted(due or tr("no date"), 13, 90), colour="muted", flags=flags))
    room = STATED - LEDGER_NAME - goal_room - 40
    page.add(words(LEDGER_NAME, y, fitted(named(promise), 13, room)))
    shown = fitted(goal, 13, goal_room + 1)
    page.add(words(STATED - 24, y, shown, colour="strong", anchor="end"))
    page.add(words(STATED - 23, y, "", 11, source=promise.source) if promise.source else "")
    stated, room = _stated(promise), VERDICT - STATED - 14
    by = stated_by(stated, view.stated_by)
    whole = extent(by, 13) <= room
    page.add(words(STATED, y, by if whole else fitted(stated, 13, room), colour="muted"))
    bad = view.verdict == "missed"
    page.add(words(VERDICT, y, tr(view.verdict), colour=role_of(view.verdict), bold=bad))
    if view.evidence and view.margin is not None:
        evidence = fitted(tr("evidence {evidence}", evidence=view.evidence), 13, 110)
        page.add(words(EVIDENCE, y, evidence, colour="muted", source=promise.proof))
        page.add(words(MARGIN, y, margin_text(view), colour="muted", anchor="end"))
    for said in _story(promise, by=bool(view.stated_by) and not whole):
        for number, text in enumerate(broken(said, 11, WIDTH - EDGE - LEDGER_NAME, 3)):
            page.y += 16
            page.add(words(LEDGER_NAME + (12 if number else 0), page.y, text, 11, colour="muted"))


def _stated(promise: Promise) -> str:
    view = promise.view
    flag = "?" if "stated_on" in view.inferred else ""
    if not view.stated_on:
        return tr("stated on an unknown date")
    return tr("stated {date}", date=view.stated_on + flag)


def _story(promise: Promise, *, by: bool) -> Iterable[str]:
    """What is said below a promise, a line for each thing.

    Args:
        promise: The promise.
        by: Who stated it is still to be said.
    """
    view = promise.view
    who = tr("by {who}", who=view.stated_by) if by else ""
    quote = f"“{view.quote}”" if view.quote else ""
    if who or quote:
        yield headed(who, quote) if who else quote
    if view.reason and not (promise.new and view.verdict == "superseded"):
        yield verdict_text(view)
    for text in (
        dropped_text(view),
        replaced_text(view, promise.known),
        revises_text(view, promise.known),
    ):
        if text:
            yield text


def _source(origin: Origin) -> str:
    return listed((origin.source, origin.url, published(origin.published)))
