"""What a snapshot says, whatever its format: rows, promises, numbered sources, remarks, and a hash of it all.

Nothing in it depends on who asks, when, or on how facts happen to be numbered: the same facts
and date give the same report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gztrack.domain.register import Fact
from gztrack.domain.text import clean
from gztrack.domain.units import Unit, parse_unit
from gztrack.export.forms import Item, reading_form, status_item, target_form
from gztrack.export.ledger_text import ledger_counts
from gztrack.services.reader import NOW, Clocks, Reader
from gztrack.services.views import Board, Origin, ReadingView, Row, TargetView

SHOWN = 16
"""Hex digits of the hash that a reader sees; enough to tell two snapshots apart."""

VERSION = 1
"""Of the JSON form."""

_CALLED = {"due": "due date", "stated_on": "statement date", "stated_by": "who stated it"}
"""What fields are called in remarks, where not by their name."""

_ACCIDENTAL = ("id", "handle", "evidence_id", "replaced_by", "replaces", "author", "logged_at")
"""What depends on how or by whom facts were entered, not on what they say."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board with the numbers of its sources; 0 where none was given."""

    row: Row
    reading_source: int
    target_source: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A target of the ledger with what it is a target of.

    Attributes:
        name: The indicator's name.
        unit: The indicator's unit.
        source: Number of its source, 0 where none was given.
        new: The target that took its place, or None.
    """

    view: TargetView
    name: str
    unit: Unit
    source: int
    new: TargetView | None


@dataclass(frozen=True, slots=True)
class Report:
    """A snapshot before it is given a format.

    Attributes:
        groups: (heading, its rows), in board order.
        promises: The ledger, by due date.
        sources: The sources of what rows and promises show, numbered from 1 in the order of first use.
        remarks: (figures, remark) pairs: what is inferred or provisional, and the figures' notes.
        reasons: (name, status, reason) of every row that has one.
        data: All of it as the JSON form has it, without the hash.
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

    @property
    def title(self) -> str:
        """The database's title, or a word for it."""
        return self.board.title or "Progress"

    @property
    def short_digest(self) -> str:
        """The hash as a reader sees it."""
        return self.digest[:SHOWN]

    @property
    def lines(self) -> Iterable[Line]:
        """Every row with its sources."""
        return (line for _, lines in self.groups for line in lines)


class _Sources:
    """Numbers sources in the order in which they are first named."""

    def __init__(self) -> None:
        self.known: dict[Origin, int] = {}

    def number(self, origin: Origin | None) -> int:
        """The number of a source; 0 for none."""
        if origin is None or not (origin.source or origin.url):
            return 0
        return self.known.setdefault(origin, len(self.known) + 1)


def build(tracker: Reader, clocks: Clocks = NOW, method: str = "linear") -> Report:
    """Everything that a snapshot says.

    Args:
        tracker: Whose facts.
        clocks: As of when.
        method: How statuses are reckoned.

    Raises:
        InputError: There is no such method or date.
    """
    with tracker.turn:
        board = tracker.board(clocks, method)
        ledger = tracker.ledger(clocks=clocks)
        readings = {row.id: tracker.detail(row.id, clocks, method).readings for row in board.rows}
        facts = {fact["indicator"]: fact for fact in tracker.indicators(clocks, archived=True)}
    sources = _Sources()
    lines = [_line(row, sources) for row in board.rows]
    promises = _promises(ledger, facts, sources)
    cited = tuple(sources.known)
    data = {
        "gztrack": "snapshot",
        "version": VERSION,
        "title": board.title,
        "as_of": board.as_of.isoformat(),
        "logged_by": _iso(clocks.logged_by),
        "published_by": _iso(clocks.published_by),
        "method": method,
        "counts": dict(board.counts),
        "indicators": [_indicator(line, readings[line.row.id], sources) for line in lines],
        "ledger_counts": ledger_counts(ledger),
        "ledger": [_promise(promise) for promise in promises],
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
        clocks=_said(clocks),
        groups=_grouped(lines),
        promises=promises,
        sources=cited,
        remarks=_remarks(lines, promises),
        reasons=tuple((row.name, row.status, row.reason) for row in board.rows if row.reason),
        data=data,
        digest=hashlib.sha256(canonical(data)).hexdigest(),
    )


def canonical(data: object) -> bytes:
    """JSON with sorted keys and no blanks, the form that is hashed.

    Raises:
        ValueError: It holds a number that JSON does not have.
    """
    return json.dumps(
        data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(clocks: Clocks) -> tuple[str, ...]:
    said = []
    if clocks.logged_by:
        said.append(f"only what was logged up to {clocks.logged_by}")
    if clocks.published_by:
        said.append(f"only readings published up to {clocks.published_by}")
    return tuple(said)


def _line(row: Row, sources: _Sources) -> Line:
    first = sources.number(row.reading.origin if row.reading else None)
    return Line(row, first, sources.number(row.target.origin if row.target else None))


def _grouped(lines: Iterable[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.row.group, []).append(line)
    return tuple((group, tuple(members)) for group, members in groups.items())


def _promises(ledger: Iterable[TargetView], facts: dict[str, Fact], sources: _Sources) -> tuple[Promise, ...]:
    known = {view.id: view for view in ledger}
    return tuple(
        Promise(
            view,
            clean(facts[view.indicator]["name"]),
            parse_unit(facts[view.indicator]["unit"]),
            sources.number(view.origin),
            known.get(view.replaced_by),
        )
        for view in known.values()
    )


def _indicator(line: Line, readings: Iterable[ReadingView], sources: _Sources) -> Item:
    item = status_item(line.row)
    for name, number in (("reading", line.reading_source), ("target", line.target_source)):
        if item[name] is not None:
            item[name] = _without_accidents(item[name]) | {"source_number": number or None}
    item["readings"] = [
        _without_accidents(reading_form(view))
        | {"standing": view.standing, "source_number": sources.number(view.origin) or None}
        for view in readings
    ]
    return item


def _promise(promise: Promise) -> Item:
    new = promise.new
    return {
        "indicator": promise.view.indicator,
        **_without_accidents(target_form(promise.view)),
        "source_number": promise.source or None,
        "replaced_by": {"value": new.value, "comparator": new.comparator, "due_label": new.due}
        if new
        else None,
    }


def _without_accidents(item: Item) -> Item:
    return {key: value for key, value in item.items() if key not in _ACCIDENTAL}


def _remarks(lines: Iterable[Line], promises: Iterable[Promise]) -> tuple[tuple[str, str], ...]:
    found: dict[str, list[str]] = {}
    for line in lines:
        view = line.row.reading
        if view is not None:
            said = ["provisional"] if view.provisional else []
            text = _joined(said, view.inferred, view.note)
            found.setdefault(text, []).append(f"{line.row.name}, {view.period}")
    for promise in promises:
        target = promise.view
        due = "without a due date" if target.due == "none" else f"by {target.due}"
        text = _joined([], target.inferred, target.note)
        found.setdefault(text, []).append(f"{promise.name}, target {due}")
    return tuple(("; ".join(dict.fromkeys(what)), text) for text, what in found.items() if text)


def _joined(said: list[str], inferred: Iterable[str], note: str) -> str:
    words = [_CALLED.get(name, name.replace("_", " ")) for name in inferred]
    said = [*said, f"{' and '.join(words)} inferred"] if words else said
    return "; ".join(part for part in (", ".join(said), note) if part)
