"""From a typed indicator to a checked record: new, edited, archived. Light."""

from __future__ import annotations

from typing import Any

from gztrack.domain import records
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.domain.units import parse_unit
from gztrack.errors import GuardError, InputError
from gztrack.services.entries import IndicatorEntry
from gztrack.services.references import known_indicator

_TEXTS = ("name", "unit", "group", "measure", "direction", "name_zh", "definition", "part_of", "series")
USUAL = "usual"
"""Typed for a method: none of its own."""

_MEANING = ("unit", "measure", "direction")
_ENVELOPE = ("id", "tx", "at", "author", "login", "replaces")


def plan_new(entry: IndicatorEntry, register: Register, moment: Moment) -> records.Record:
    """Understand a new indicator.

    Raises:
        InputError: A field does not fit, or the id is taken.
    """
    record = records.indicator(indicator=entry.id, **({"name": "", "unit": ""} | _fields(entry)))
    there = register.indicator(record["indicator"], moment)
    if there:
        archived = (
            ", archived; bring it back: gztrack archive --undo " + there["indicator"]
            if there.get("archived")
            else ""
        )
        raise InputError(
            f"'{record['indicator']}' is there already ({clean(there['name'])}{archived}); change it: gztrack edit"
        )
    parse_unit(record["unit"])
    _check_parent(record, register, moment)
    return record


def plan_edit(entry: IndicatorEntry, register: Register, moment: Moment) -> records.Record:
    """Understand an edit; an empty field stays as it was.

    Raises:
        InputError: A field does not fit, or nothing changes.
        GuardError: Unit, measure or direction of an indicator with readings would change.
    """
    there = known_indicator(register, entry.id, moment)
    given = _fields(entry)
    if not given:
        raise InputError("nothing to change was given; for example --name, --group, --definition")
    record = records.indicator(**(_plain(there) | given), replaces=there["id"])
    parse_unit(record["unit"])
    _check_parent(record, register, moment)
    if {k: v for k, v in record.items() if k != "replaces"} == _plain(there):
        raise InputError(f"'{there['indicator']}' says so already; nothing to change")
    changed = [f for f in _MEANING if record[f] != there[f]]
    if changed and not entry.yes and register.standing_readings(there["indicator"], moment):
        what = " and ".join(f"{f} from {there[f]} to {record[f]}" for f in changed)
        raise GuardError(
            f"{there['indicator']} has readings; changing {what} changes what they say. --yes does it"
        )
    if record.get("series"):
        known = {f.get("series", "") for f in register.standing_readings(there["indicator"], moment)}
        if record["series"] not in known:
            names = ", ".join(sorted(known - {""})) or "none but the unnamed"
            raise InputError(f"series: no reading of '{record['series']}' yet; there is {names}")
    return record


def plan_archive(slug: str, register: Register, moment: Moment, *, back: bool) -> records.Record:
    """Understand that an indicator leaves the board, or comes back.

    Raises:
        InputError: It is there already.
    """
    there = known_indicator(register, slug, moment)
    if bool(there.get("archived")) != back:
        raise InputError(f"'{there['indicator']}' is {'not archived' if back else 'archived already'}")
    return records.indicator(**(_plain(there) | {"archived": not back}), replaces=there["id"])


def understood_method(text: str) -> str:
    """A method as typed; empty for `USUAL`.

    Raises:
        InputError: There is no such method.
    """
    return "" if clean(text).lower() == USUAL else records.chosen_method(text)


def _fields(entry: IndicatorEntry) -> dict[str, Any]:
    given: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS if clean(getattr(entry, name))}
    if clean(entry.decimals):
        text = clean(entry.decimals)
        given["decimals"] = records.decimals(int(text) if text.isdecimal() else text)
    if clean(entry.method):
        given["method"] = understood_method(entry.method)
    return given


def _plain(fact: Fact) -> dict[str, Any]:
    return {key: value for key, value in fact.items() if key not in _ENVELOPE}


def _check_parent(record: records.Record, register: Register, moment: Moment) -> None:
    parent = record.get("part_of")
    seen = {record["indicator"]}
    while parent:
        if parent in seen:
            raise InputError(f"part_of: {record['indicator']} would be part of itself through {parent}")
        seen.add(parent)
        parent = known_indicator(register, parent, moment).get("part_of")
