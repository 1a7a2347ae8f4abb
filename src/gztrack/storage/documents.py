"""What TinyDB's inserts may put into the tables that gztrack reckons with.

Other tables take any document, as TinyDB's do. A light check: what must be there is there, and
what is there has the right kind of value. Whether a figure makes sense beside the others is for
the commands to say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gztrack.domain import records
from gztrack.domain.register import NEEDED
from gztrack.domain.text import clean, listed
from gztrack.domain.units import parse_unit
from gztrack.errors import InputError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class DocumentError(InputError, ValueError):
    """A document that a table does not take; a ValueError too, as TinyDB's own refusals are."""


def check(table: str, document: Mapping[str, Any]) -> None:
    """Refuse a document that a table of gztrack's could not be read with.

    Raises:
        DocumentError: A field is missing or holds what it never holds; the message names it.
    """
    kinds = KINDS.get(table)
    if kinds is None:
        return
    needed = NEEDED[table]
    for name in needed:
        if name not in document:
            raise DocumentError(
                tr(
                    "{table}: {name!r} is missing; needed are {needed}",
                    table=table,
                    name=name,
                    needed=listed(needed),
                )
            )
    for name, kind in kinds.items():
        if name in document:
            try:
                kind(document[name], name)
            except InputError as error:
                raise DocumentError(tr("{place}: {what}", place=table, what=error)) from error
    for first, last in SPANS:
        if first in document and last in document and document[first] > document[last]:
            raise DocumentError(
                tr(
                    "{table}: {first} {start} comes after {last} {end}",
                    table=table,
                    first=first,
                    start=document[first],
                    last=last,
                    end=document[last],
                )
            )


def _text(value: object, field: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise InputError(tr("{field}: {value!r} is no text", field=field, value=value))


def _unit(value: object, field: str) -> None:
    """One that `add` takes: with another no figure of the indicator could be shown."""
    _text(value, field)
    unit = str(value)
    if clean(unit) != unit:
        raise InputError(tr("{field}: {value!r} is no unit", field=field, value=value))
    try:
        parse_unit(unit)
    except InputError as error:
        raise InputError(tr("{field}: {problem}", field=field, problem=error)) from None


def _texts(value: object, field: str) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise InputError(tr("{field}: {value!r} is no list of texts", field=field, value=value))


def _day(value: object, field: str) -> None:
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise InputError(
            tr("{field}: {value!r} is no date; dates are like 2020-12-31", field=field, value=value)
        )
    records.day(day, field)


def _truth(value: object, field: str) -> None:
    if not isinstance(value, bool):
        raise InputError(tr("{field}: {value!r} is neither true nor false", field=field, value=value))


def _decimals(value: object, _field: str) -> None:
    records.decimals(value)


def _one_of(words: tuple[str, ...]) -> Kind:
    def kind(value: object, field: str) -> None:
        if value not in words:
            raise InputError(
                tr(
                    "{field}: {value!r} is not one of {words}",
                    field=field,
                    value=value,
                    words=listed(words),
                )
            )

    return kind


Kind = Callable[[Any, str], object]
"""Refuses a value that a field never holds, by raising InputError with the field's name."""

_ORIGIN: dict[str, Kind] = {
    **dict.fromkeys(("source", "source_url", "note", "reason", "replaces", "series", "quote"), _text),
    "published": _day,
    "inferred": _texts,
}
_ABOUT: dict[str, Kind] = {"of": _text, "what": _one_of(("readings", "targets")), "reason": _text}

KINDS: dict[str, dict[str, Kind]] = {
    "indicators": {
        **dict.fromkeys(
            ("indicator", "name", "name_zh", "group_zh", "unit_zh", "group", "definition", "part_of"),
            _text,
        ),
        "unit": _unit,
        "measure": _one_of(records.MEASURES),
        "direction": _one_of(records.DIRECTIONS),
        "archived": _truth,
        "decimals": _decimals,
        "method": _one_of(records.METHODS),
        **_ORIGIN,
    },
    "readings": {
        **dict.fromkeys(("indicator", "period"), _text),
        **dict.fromkeys(("start", "end"), _day),
        "value": records.number,
        "qualifier": _one_of(records.QUALIFIERS),
        "status": _one_of(records.STATUSES),
        **_ORIGIN,
    },
    "targets": {
        **dict.fromkeys(("indicator", "due", "over", "stated_on", "stated_by", "baseline_period"), _text),
        **dict.fromkeys(
            (f"{span}_{end}" for span in ("due", "over", "stated", "baseline") for end in ("start", "end")),
            _day,
        ),
        **dict.fromkeys(("value", "high", "baseline"), records.number),
        "comparator": _one_of(records.COMPARATORS),
        "how": _one_of(("revision", "correction")),
        **_ORIGIN,
    },
    "retractions": {**_ABOUT, "how": _one_of(("retracted", "dropped")), "on": _day},
    "pins": _ABOUT,
    "undos": {"of": _text},
    "settings": {"name": _one_of(records.SETTINGS), "value": _text},
}
"""Table to field to what is checked of it."""

SPANS = tuple((f"{name}start", f"{name}end") for name in ("", "due_", "over_", "stated_", "baseline_"))
"""Fields that are the first and the last day of one span."""
