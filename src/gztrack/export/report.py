"""What a snapshot says, whatever its format: rows, promises, numbered sources, remarks, and a hash of it all.

Nothing in it depends on who asks, when, or on how facts happen to be numbered: the same facts
and date give the same report.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gztrack.domain.register import Moment, Register
from gztrack.export.asked import asked, scope, some
from gztrack.export.board_text import named
from gztrack.export.diff.form import diff_form
from gztrack.export.ledger_text import summary_lines
from gztrack.export.report_data import Stated, counted, data_of, digest_of
from gztrack.export.report_parts import Line, News, Promise, Sources, line_of, promises_of, remarks
from gztrack.language import language, ptr, speaking, tr
from gztrack.services.board.assessing import Case
from gztrack.services.board.details import Standing, all_standing
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.explaining.wording import parts
from gztrack.services.progress import Progress
from gztrack.services.reader import NOW, Clocks, Reader
from gztrack.services.views import (
    Board,
    Origin,
    shown_groups,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from gztrack.export.diff.views import Diff
    from gztrack.services.board.chart_view import Chart

NONE = frozenset({""})
"""Ids of no indicator."""

SHOWN = 16
"""Hex digits of the hash that a reader sees; enough to tell two snapshots apart."""


@dataclass(frozen=True, slots=True)
class Report:
    """A snapshot before it is given a format.

    Attributes:
        groups: (heading, its rows), in board order.
        promises: The ledger, by due date.
        sources: The sources of what rows and promises show, numbered from 1 in the order of first use.
        remarks: (figures, remark) pairs: what is inferred or provisional, and the figures' notes.
        reasons: (name, status, reason) of every row that has one.
        charts: Of each row, by id, its readings and targets over time; empty where nobody asked for charts.
        news: What is new since a day, where somebody asked for that.
        data: All of it as the JSON form has it, without the hash; in English whatever the language.
        digest: SHA-256 of the canonical JSON of ``data``, 64 hex digits.
    """

    board: Board
    clocks: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    promises: tuple[Promise, ...]
    sources: tuple[Origin, ...]
    remarks: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str, str], ...]
    data: dict[str, Any] = field(hash=False)
    digest: str
    charts: Mapping[str, Chart] = field(default_factory=dict, hash=False)
    news: News | None = None

    @property
    def title(self) -> str:
        """The database's title, or a word for it."""
        return self.board.shown_title or ptr("a title", "Progress")

    @property
    def method(self) -> str:
        """By which method, and which indicators go by another one of their own."""
        own: dict[str, list[str]] = {}
        for row in self.board.rows:
            if row.assessment.method != self.board.method:
                own.setdefault(row.assessment.method, []).append(named(row))
        said = [
            tr("{method} for {indicators}", method=name, indicators=some(rows))
            for name, rows in sorted(own.items())
        ]
        return parts([tr("method {method}", method=self.board.method), *said])

    @property
    def short_digest(self) -> str:
        """The hash as a reader sees it."""
        return self.digest[:SHOWN]

    @property
    def ledger_summary(self) -> list[str]:
        """How many promises there are and how many were kept, then why others have no verdict."""
        return summary_lines([promise.view for promise in self.promises])

    @property
    def lines(self) -> Iterable[Line]:
        """Every row with its sources."""
        return (line for _, lines in self.groups for line in lines)


def build(
    tracker: Reader,
    clocks: Clocks = NOW,
    method: str = "",
    progress: Progress | None = None,
    *,
    only: Selection = EVERYTHING,
    charted: bool = False,
    since: date | None = None,
) -> Report:
    """Everything that a snapshot says.

    Args:
        tracker: Whose facts.
        clocks: As of when.
        method: How statuses are reckoned; empty for each indicator's own method.
        progress: Told how many indicators are done.
        only: Rows that are asked for; the ledger is theirs.
        charted: Each row's chart too.
        since: Tell what is new since this day too.

    Raises:
        InputError: There is no such method or date, or the report is of a day before ``since``.
        Cancelled: ``progress`` called it off.
    """
    with tracker.turn:
        board, cases, ledger = asked(tracker, clocks, method, only)
        board_data, ledger_data = board, ledger
        if language() != "en":
            with speaking("en"):
                board_data, _, ledger_data = asked(tracker, clocks, method, only)
        facts = {fact["indicator"]: fact for fact in tracker.indicators(clocks, archived=True)}
        moment, register = tracker.moment(clocks), tracker.register
        readings: dict[str, list[Standing]] = {}
        charts: dict[str, Chart] = {}
        for row in counted(board.rows, "reading", progress):
            readings[row.id] = all_standing(register, cases[row.id], moment)
            if charted:
                charts[row.id] = _charted(register, cases[row.id], moment)
    stated = Stated(board_data, ledger_data, facts, readings, clocks, only)
    sources = Sources()
    lines = [line_of(row, sources) for row in board.rows]
    promises = promises_of(ledger, facts, sources)
    news, new = None, {}
    if since is not None:
        # What is new is told apart in data that has all readings; its sources come before theirs.
        diff = _new_since(since, stated, tracker, method)
        news, new = _news(since, diff, sources), {"since": diff_form(diff)}
    cited = tuple(sources.known)
    data = data_of(stated, sources, progress) | new
    return Report(
        board=board,
        clocks=tuple(scope(clocks, only, board)),
        groups=_grouped(lines),
        promises=promises,
        sources=cited,
        remarks=remarks(lines, promises),
        reasons=tuple((named(row), row.status, row.reason) for row in board.rows if row.reason),
        data=data,
        digest=digest_of(data),
        charts=charts,
        news=news,
    )


def _new_since(day: date, stated: Stated, tracker: Reader, method: str) -> Diff:
    from gztrack.export.diff.sides import since  # which builds a report itself

    only = stated.only
    if only != EVERYTHING:  # the same indicators, however they stood
        only = Selection(frozenset(row.id for row in stated.board.rows) or NONE)
    return since(day, data_of(stated, Sources()), tracker, stated.clocks, method, only=only)


def _news(day: date, diff: Diff, sources: Sources) -> News:
    from gztrack.export.diff.words import head_lines, told

    return News(tr("What is new since {day}", day=day), tuple(head_lines(diff)), told(diff, sources))


def _charted(register: Register, found: Case, moment: Moment) -> Chart:
    from gztrack.services.board.chart import chart  # most formats draw none

    return chart(register, found, moment)


def _grouped(lines: Iterable[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    lines = tuple(lines)
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.row.group, []).append(line)
    called = shown_groups(line.row for line in lines)
    return tuple((called[group], tuple(members)) for group, members in groups.items())
