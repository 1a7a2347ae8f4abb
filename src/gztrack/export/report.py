"""What a snapshot says, whatever its format: rows, promises, numbered sources, remarks, and a hash of it all.

Nothing in it depends on who asks, when, or on how facts happen to be numbered: the same facts
and date give the same report.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TypeVar

from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.domain.units import parse_unit
from gztrack.export.asked import asked, only_form, scope, some
from gztrack.export.board_text import named
from gztrack.export.forms import Item, status_item, target_form
from gztrack.export.ledger_text import summary_lines
from gztrack.export.report_parts import Line, Promise, Sources, remarks
from gztrack.export.report_readings import ReadingForms, compact
from gztrack.language import language, ptr, speaking, tr
from gztrack.services.board.assessing import Case
from gztrack.services.board.details import Standing, all_standing
from gztrack.services.board.ledger import ledger_counts, reason_counts
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.explaining.wording import parts
from gztrack.services.naming import unit_of
from gztrack.services.progress import Progress
from gztrack.services.reader import NOW, Clocks, Reader
from gztrack.services.views import (
    Board,
    Origin,
    Row,
    TargetView,
    shown_groups,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from gztrack.services.board.chart_view import Chart

SHOWN = 16
"""Hex digits of the hash that a reader sees; enough to tell two snapshots apart."""

STEP = 20
"""After how many indicators progress is told."""

Each = TypeVar("Each")

VERSION = 1
"""Of the JSON form."""

_ACCIDENTAL = ("id", "handle", "evidence_id", "replaced_by", "replaces", "author", "logged_at")
"""What depends on how or by whom facts were entered, not on what they say."""


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
) -> Report:
    """Everything that a snapshot says.

    Args:
        tracker: Whose facts.
        clocks: As of when.
        method: How statuses are reckoned; empty for each indicator's own method.
        progress: Told how many indicators are done.
        only: Rows that are asked for; the ledger is theirs.
        charted: Each row's chart too.

    Raises:
        InputError: There is no such method or date.
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
        for row in _counted(board.rows, "reading", progress):
            readings[row.id] = all_standing(register, cases[row.id], moment)
            if charted:
                charts[row.id] = _charted(register, cases[row.id], moment)
    sources = Sources()
    lines = [_line(row, sources) for row in board.rows]
    promises = _promises(ledger, facts, sources)
    cited = tuple(sources.known)
    forms = ReadingForms(sources)
    with speaking("en"):
        counts, reasons = ledger_counts(ledger_data), reason_counts(ledger_data)
    data = {
        "gztrack": "snapshot",
        "version": VERSION,
        "title": board.title,
        "as_of": board.as_of.isoformat(),
        "logged_by": _iso(clocks.logged_by),
        "published_by": _iso(clocks.published_by),
        "method": board.method,
        "only": only_form(only),
        "counts": dict(board.counts),
        "indicators": [
            {**_indicator(_line(row, sources)), "readings": forms.of(readings[row.id])}
            for row in _counted(board_data.rows, "writing", progress)
        ],
        "ledger_counts": counts,
        "ledger_no_verdict": reasons,
        "ledger": [
            _promise(promise, facts[promise.view.indicator])
            for promise in _promises(ledger_data, facts, sources)
        ],
        "sources": [
            {
                "number": n,
                "source": o.source or None,
                "source_url": o.url or None,
                "published": o.published or None,
            }
            for o, n in sources.known.items()
        ],
    }
    return Report(
        board=board,
        clocks=tuple(scope(clocks, only, board)),
        groups=_grouped(lines),
        promises=promises,
        sources=cited,
        remarks=remarks(lines, promises),
        reasons=tuple((named(row), row.status, row.reason) for row in board.rows if row.reason),
        data=data,
        digest=_digest(data),
        charts=charts,
    )


def _charted(register: Register, found: Case, moment: Moment) -> Chart:
    from gztrack.services.board.chart import chart  # most formats draw none

    return chart(register, found, moment)


def _counted(items: Sequence[Each], doing: str, progress: Progress | None) -> Iterator[Each]:
    for number, item in enumerate(items):
        if progress is not None and number % STEP == 0:
            progress(number, len(items), doing, "indicators")
        yield item


def canonical(data: object) -> bytes:
    """JSON with sorted keys and no blanks, the form that is hashed.

    Raises:
        ValueError: It holds a number that JSON does not have.
    """
    return json.dumps(
        data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")


def _digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, written in pieces: nothing else could run while the whole of it is."""
    sha = hashlib.sha256(b"{")
    for number, name in enumerate(sorted(data)):
        sha.update(b"," * (number > 0) + canonical(name) + b":")
        if isinstance(data[name], list):
            written = _canonical_indicator if name == "indicators" else canonical
            for place, item in enumerate(data[name]):
                sha.update((b"," if place else b"[") + written(item))
            sha.update(b"]" if data[name] else b"[]")
        else:
            sha.update(canonical(data[name]))
    sha.update(b"}")
    return sha.hexdigest()


def _canonical_indicator(item: Item) -> bytes:
    before = {name: value for name, value in item.items() if name < "readings"}
    after = {name: value for name, value in item.items() if name > "readings"}
    parts = canonical(before)[1:-1], b'"readings":' + compact(item["readings"]), canonical(after)[1:-1]
    return b"{%b}" % b",".join(parts)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _line(row: Row, sources: Sources) -> Line:
    first = sources.number(row.reading.origin if row.reading else None)
    return Line(row, first, sources.number(row.target.origin if row.target else None))


def _grouped(lines: Iterable[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    lines = tuple(lines)
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.row.group, []).append(line)
    called = shown_groups(line.row for line in lines)
    return tuple((called[group], tuple(members)) for group, members in groups.items())


def _promises(ledger: Iterable[TargetView], facts: dict[str, Fact], sources: Sources) -> tuple[Promise, ...]:
    known = {view.id: view for view in ledger}
    return tuple(
        Promise(
            view,
            clean(facts[view.indicator]["name"]),
            parse_unit(unit_of(facts[view.indicator])),
            sources.number(view.origin),
            sources.number(view.evidence_origin) if view.evidence else 0,
            known.get(view.replaced_by),
            known.get(view.replaces),
            clean(facts[view.indicator].get("name_zh", "")),
        )
        for view in known.values()
    )


def _indicator(line: Line) -> Item:
    item = {
        **status_item(line.row),
        "unit_zh": line.row.unit_zh or None,
        "group_zh": line.row.group_zh or None,
    }
    for name, number in (("reading", line.reading_source), ("target", line.target_source)):
        if item[name] is not None:
            item[name] = _without_accidents(item[name]) | {"source_number": number or None}
    return item


def _promise(promise: Promise, indicator: Fact) -> Item:
    return {
        "indicator": promise.view.indicator,
        "name": promise.name,
        "name_zh": promise.name_zh or None,
        "unit": parse_unit(indicator["unit"]).text,
        "unit_zh": clean(indicator.get("unit_zh", "")) or None,
        **_without_accidents(target_form(promise.view)),
        "source_number": promise.source or None,
        "evidence_source_number": promise.proof or None,
        "replaced_by": _named(promise.new),
        "replaces": _named(promise.old),
        "dropped_on": promise.view.dropped_on or None,
        "dropped_why": promise.view.dropped_why or None,
    }


def _named(view: TargetView | None) -> Item | None:
    """A target as another one's story names it."""
    if view is None:
        return None
    return {"value": view.value, "high": view.high, "comparator": view.comparator, "due_label": view.due}


def _without_accidents(item: Item) -> Item:
    return {key: value for key, value in item.items() if key not in _ACCIDENTAL}
