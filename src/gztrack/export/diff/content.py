"""A snapshot's data taken apart and checked: whoever wrote it, everything that a diff looks at is what it should be."""

from __future__ import annotations

from operator import itemgetter

from gztrack.domain.records import COMPARATORS, METHODS, QUALIFIERS
from gztrack.domain.units import NO_UNIT, Unit, parse_unit
from gztrack.errors import InputError
from gztrack.export.diff.columns import among, days, fields, flags, maybe, numbers, shares, texts, things
from gztrack.export.diff.views import Reading, Side, Standing, Subject, Target
from gztrack.light import NamedTuple
from gztrack.services.views import STANDINGS, STATES, STATUS_ORDER, VERDICTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from gztrack.export.diff.columns import Checks


class MisfitError(Exception):
    """Data that no snapshot has; the message is where, as a path of keys."""


class Row(NamedTuple):
    """An indicator of a snapshot with its readings."""

    subject: Subject
    standing: Standing
    readings: Sequence[Reading]


class Content(NamedTuple):
    """What a diff looks at: a snapshot's indicators and ledger, by id, in their order.

    Attributes:
        named: Indicators that the ledger names; those that are off the board are named nowhere else.
    """

    side: Side
    rows: dict[str, Row]
    targets: dict[str, list[Target]]
    named: dict[str, Subject]


_READING: dict[str, Checks] = {
    "series": maybe(texts),
    "period_start": days,
    "period_end": days,
    "source": maybe(texts),
    "source_url": maybe(texts),
    "value": numbers,
    "qualifier": among(QUALIFIERS),
    "provisional": flags,
    "note": maybe(texts),
    "published": maybe(days),
    "inferred": fields,
    "period": texts,
    "standing": among(STANDINGS),
    "pinned": flags,
    "pin_reason": maybe(texts),
}
"""Keys of a reading in the order of `Reading`, and what is right for a column of them."""

_TARGET: dict[str, Checks] = {
    "value": numbers,
    "high": maybe(numbers),
    "comparator": among(COMPARATORS),
    "due": maybe(days),
    "over": maybe(texts),
    "stated_on": maybe(texts),
    "source": maybe(texts),
    "source_url": maybe(texts),
    "stated_by": maybe(texts),
    "quote": maybe(texts),
    "note": maybe(texts),
    "published": maybe(days),
    "inferred": fields,
    "due_label": texts,
    "state": among(STATES),
    "verdict": among(VERDICTS),
    "reason": maybe(texts),
    "evidence": maybe(texts),
    "evidence_value": maybe(numbers),
    "evidence_qualifier": maybe(among(QUALIFIERS)),
    "evidence_source": maybe(texts),
    "evidence_source_url": maybe(texts),
    "margin": maybe(shares),
    "margin_qualifier": maybe(among(QUALIFIERS)),
    "ended_on": maybe(texts),
    "change": maybe(texts),
}
"""The same of a target, in the order of `Target`; ``replaces`` and ``replaced_by`` come behind."""

_NAMED: dict[str, Checks] = {
    "value": numbers,
    "high": maybe(numbers),
    "comparator": among(COMPARATORS),
    "due_label": texts,
}

_ROW: dict[str, Checks] = {
    "id": texts,
    "name": texts,
    "name_zh": maybe(texts),
    "unit": texts,
    "group": maybe(texts),
    "status": among(STATUS_ORDER),
    "reason": maybe(texts),
    "attainment": maybe(shares),
    "attainment_qualifier": maybe(among(QUALIFIERS)),
    "method": among(METHODS),
}

_LATER: dict[str, Checks] = {"unit_zh": maybe(texts), "group_zh": maybe(texts)}
"""Keys of an indicator that the first snapshots did not have."""

_NAMES: dict[str, Checks] = {
    "indicator": texts,
    "name": maybe(texts),
    "name_zh": maybe(texts),
    "unit": maybe(texts),
    "unit_zh": maybe(texts),
    "dropped_why": maybe(texts),
}
"""Keys of a promise; the first snapshots had none but its indicator."""

_HEAD: dict[str, Checks] = {
    "title": texts,
    "as_of": days,
    "logged_by": maybe(days),
    "published_by": maybe(days),
    "method": among(METHODS),
}


def content(data: Mapping[str, Any]) -> Content:
    """What a diff looks at in a snapshot's data.

    Args:
        data: As `gztrack.export.report.Report.data` has it, or as a file says that it has.

    Raises:
        MisfitError: Something is missing or is not what it should be; where, is told.
    """
    (head,) = _rows([data], _HEAD, "")
    side = Side(*(value or "" for value in head))
    items = _list(data, "indicators")
    rows: dict[str, Row] = {}
    values, more = _rows(items, _ROW, "indicators"), _rows(items, _LATER, "indicators", optional=True)
    for number, (item, found, chinese) in enumerate(zip(items, values, more, strict=True)):
        slug, name, name_zh, unit, group, *standing = found
        if slug in rows:
            raise MisfitError(f"indicators[{number}].id")
        meant = _unit(unit, f"indicators[{number}].unit")
        subject = Subject(slug, name, name_zh or "", meant, group or "", *(text or "" for text in chinese))
        where = f"indicators[{number}].readings"
        rows[slug] = Row(subject, Standing(*standing), _readings(_list(item, "readings", where), where))
    return Content(side, rows, *_ledger(_list(data, "ledger"), rows))


def _readings(items: list[Any], where: str) -> list[Reading]:
    return [
        Reading(*(*values[:10], tuple(values[10]), *values[11:])) for values in _rows(items, _READING, where)
    ]


def _ledger(items: list[Any], rows: Mapping[str, Row]) -> tuple[dict[str, list[Target]], dict[str, Subject]]:
    targets: dict[str, list[Target]] = {}
    named: dict[str, Subject] = {}
    plain = _rows(items, _TARGET, "ledger")
    links = _rows(items, {"replaces": things, "replaced_by": things}, "ledger")
    names = _rows(items, _NAMES, "ledger", optional=True)
    published = _published(
        rows.values(), _rows(items, {"indicator": texts, "evidence": maybe(texts)}, "ledger")
    )
    for number, (values, (old, new), told) in enumerate(zip(plain, links, names, strict=True)):
        slug, name, name_zh, unit, unit_zh, why = told
        replaced = _rows([old], _NAMED, f"ledger[{number}].replaces")[0] if old is not None else None
        stated = Target._make(
            (*values[:12], tuple(values[12]), *values[13:], replaced, new is not None, why, None)
        )
        if (stated.high is None) == (stated.comparator == "between"):
            raise MisfitError(f"ledger[{number}].high")
        proof = (slug, stated.evidence, stated.evidence_source, stated.evidence_url)
        targets.setdefault(slug, []).append(stated._replace(evidence_published=published.get(proof)))
        if slug not in named:
            meant = _unit(unit or "", f"ledger[{number}].unit")
            named[slug] = Subject(slug, name or slug, name_zh or "", meant, unit_zh=unit_zh or "")
    return targets, named


def _published(
    rows: Iterable[Row], evidence: Iterable[tuple[str, str | None]]
) -> dict[tuple[str | None, ...], str | None]:
    """When readings that decide were published, which the ledger does not say: by indicator, period and source."""
    wanted = set(evidence)
    return {
        (row.subject.id, reading.period, reading.source, reading.url): reading.published
        for row in rows
        for reading in row.readings
        if (row.subject.id, reading.period) in wanted
    }


def _rows(
    items: Sequence[Any], keys: Mapping[str, Checks], where: str, *, optional: bool = False
) -> list[Any]:
    """The values of these keys, item by item, checked column by column: that is the quickest.

    Args:
        items: Objects, or what stands in their place.
        keys: What is wanted, and what is right for it.
        where: Path of the list.
        optional: Keys may be missing.
    """
    pick = itemgetter(*keys)
    try:
        rows = [tuple(map(item.get, keys)) if optional else pick(item) for item in items]
    except (KeyError, TypeError, IndexError, AttributeError):
        raise MisfitError(_first_without(items, keys, where)) from None
    for place, (key, right) in enumerate(keys.items()):
        if not right([row[place] for row in rows]):
            number = next((n for n, row in enumerate(rows) if not right([row[place]])), 0)
            raise MisfitError(_path(where, number, key))
    return rows


def _first_without(items: Sequence[Any], keys: Iterable[str], where: str) -> str:
    for number, item in enumerate(items):
        if type(item) is not dict:
            return f"{where}[{number}]"
        for key in keys:
            if key not in item:
                return _path(where, number, key)
    return where


def _path(where: str, number: int, key: str) -> str:
    if where.endswith(".replaces"):
        return f"{where}.{key}"
    return f"{where}[{number}].{key}" if where else key


def _list(data: Mapping[str, Any], key: str, where: str = "") -> list[Any]:
    found = data.get(key)
    if type(found) is not list:
        raise MisfitError(where or key)
    return found


def _unit(text: str, where: str) -> Unit:
    try:
        return parse_unit(text) if text else NO_UNIT
    except InputError:
        raise MisfitError(where) from None
