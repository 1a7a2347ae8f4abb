"""A report as data, and its hash: in English, and without anything that depends on who entered facts, or how.

The same facts and date give the same data, whatever the language and the format.
"""

from __future__ import annotations

import hashlib
from typing import TypeVar

from gztrack.domain.register import Fact
from gztrack.domain.text import clean
from gztrack.domain.units import parse_unit
from gztrack.export.asked import only_form
from gztrack.export.exact_json import canonical, is_plain
from gztrack.export.forms import Item, status_item, target_form
from gztrack.export.report_parts import Line, Promise, Sources, line_of, promises_of
from gztrack.export.report_readings import ReadingForms
from gztrack.language import speaking
from gztrack.light import NamedTuple
from gztrack.services.board.details import Standing
from gztrack.services.board.ledger import ledger_counts, reason_counts
from gztrack.services.board.selecting import Selection
from gztrack.services.progress import Progress
from gztrack.services.reader import Clocks
from gztrack.services.views import Board, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

VERSION = 1
"""Of the JSON form."""

STEP = 20
"""After how many indicators progress is told."""

_ACCIDENTAL = ("id", "handle", "evidence_id", "replaced_by", "replaces", "author", "logged_at")
"""What depends on how or by whom facts were entered, not on what they say."""

Each = TypeVar("Each")


class Stated(NamedTuple):
    """What the data of a report is made of, in English."""

    board: Board
    ledger: Sequence[TargetView]
    facts: dict[str, Fact]
    readings: Mapping[str, Sequence[Standing]]
    clocks: Clocks
    only: Selection


def data_of(stated: Stated, sources: Sources, progress: Progress | None = None) -> dict[str, Any]:
    """A report as the JSON snapshot has it, without the hash.

    Args:
        stated: What it is made of.
        sources: Numbers the sources; those of rows and promises have their numbers already.
        progress: Told how many indicators are done.
    """
    board, ledger, facts, readings, clocks, only = stated
    forms = ReadingForms(sources)
    with speaking("en"):
        counts, reasons = ledger_counts(ledger), reason_counts(ledger)
    return {
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
            {**_indicator(line_of(row, sources)), "readings": forms.of(readings[row.id])}
            for row in counted(board.rows, "writing", progress)
        ],
        "ledger_counts": counts,
        "ledger_no_verdict": reasons,
        "ledger": [
            _promise(promise, facts[promise.view.indicator])
            for promise in promises_of(ledger, facts, sources)
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
        "since": None,
    }


def counted(items: Sequence[Each], doing: str, progress: Progress | None) -> Iterator[Each]:
    """Items one by one, telling how many there were."""
    for number, item in enumerate(items):
        if progress is not None and number % STEP == 0:
            progress(number, len(items), doing, "indicators")
        yield item


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


def is_plain_item(item: Item) -> bool:
    """Whether `is_plain`, of an indicator, a promise or a source of a report's own data."""
    readings = item.get("readings")
    if not readings:
        return is_plain(item)
    # There may be a hundred thousand of them, and their value is all that can be no whole number.
    return is_plain({**item, "readings": [reading["value"] for reading in readings]})


def digest_of(data: Mapping[str, Any], *, plain: Callable[[Any], bool] = is_plain_item) -> str:
    """SHA-256 of the canonical JSON, written in pieces: nothing else could run while the whole of it is.

    Args:
        data: What is hashed.
        plain: Whether an item of one of its lists `is_plain`.

    Raises:
        ValueError: It holds a number that JSON does not have, or a text that no file can hold.
    """
    sha = hashlib.sha256(b"{")
    for number, name in enumerate(sorted(data)):
        sha.update(b"," * (number > 0) + canonical(name) + b":")
        if isinstance(data[name], list):
            for place, item in enumerate(data[name]):
                sha.update((b"," if place else b"[") + canonical(item, plain=plain(item)))
            sha.update(b"]" if data[name] else b"[]")
        else:
            sha.update(canonical(data[name]))
    sha.update(b"}")
    return sha.hexdigest()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
