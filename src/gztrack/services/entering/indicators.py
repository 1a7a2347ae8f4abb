"""From a typed indicator to a checked record: new, edited, archived. Light."""

from __future__ import annotations

from typing import Any

from gztrack.domain import records
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.domain.units import parse_unit
from gztrack.errors import GuardError, InputError
from gztrack.services.board.circles import circle
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.entering.references import known_indicator

_TEXTS = ("name", "unit", "group", "measure", "direction", "name_zh", "group_zh", "unit_zh", "definition",
          "part_of", "series")  # fmt: skip
USUAL = "usual"
"""Typed for a method: none of its own. Typed for a series: the unnamed one."""

NOTHING = "none"
"""Typed for what it is part of: no longer part of anything."""

_MEANING = ("unit", "measure", "direction")
_ENVELOPE = ("id", "tx", "at", "author", "login", "replaces")


def plan_new(entry: IndicatorEntry, register: Register, moment: Moment) -> records.Record:
    """Understand a new indicator.

    Raises:
        InputError: A field does not fit, or the id is taken.
    """
    given = _fields(entry, register, moment)
    if given.get("series", "").lower() == USUAL:
        given["series"] = ""
    record = records.indicator(indicator=entry.id, **({"name": "", "unit": ""} | given))
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
    _check_circle(record, register, moment)
    return record


def plan_edit(entry: IndicatorEntry, register: Register, moment: Moment) -> records.Record:
    """Understand an edit; an empty field stays as it was.

    Raises:
        InputError: A field does not fit, or nothing changes.
        GuardError: Unit, measure or direction of an indicator with readings would change.
    """
    there = known_indicator(register, entry.id, moment)
    given = _fields(entry, register, moment)
    if not given:
        raise InputError("nothing to change was given; for example --name, --group, --definition")
    if "series" in given:
        given["series"] = understood_series(entry.series, there["indicator"], register, moment)
    record = records.indicator(**(_plain(there) | given), replaces=there["id"])
    parse_unit(record["unit"])
    if record.get("part_of") != there.get("part_of"):
        _check_circle(record, register, moment)
    if {k: v for k, v in record.items() if k != "replaces"} == _plain(there):
        raise InputError(f"'{there['indicator']}' says so already; nothing to change")
    changed = [f for f in _MEANING if record[f] != there[f]]
    if changed and not entry.yes and register.standing_readings(there["indicator"], moment):
        what = " and ".join(f"{f} from {there[f]} to {record[f]}" for f in changed)
        raise GuardError(
            f"{there['indicator']} has readings; changing {what} changes what they say. --yes does it"
        )
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


def understood_series(text: str, slug: str, register: Register, moment: Moment) -> str:
    """A series as typed; empty for `USUAL`, unless one is called so.

    Raises:
        InputError: It has no reading.
    """
    name = clean(text)
    known = {clean(series) for series in register.standing_readings(slug, moment).column("series", "")}
    if name.lower() == USUAL and name not in known:
        return ""
    if name not in known:
        names = ", ".join(sorted(known - {""})) or "none but the unnamed"
        raise InputError(f"series: no reading of '{name}' yet; there is {names}")
    return name


def understood_method(text: str) -> str:
    """A method as typed; empty for `USUAL`.

    Raises:
        InputError: There is no such method.
    """
    return "" if clean(text).lower() == USUAL else records.chosen_method(text)


def _fields(entry: IndicatorEntry, register: Register, moment: Moment) -> dict[str, Any]:
    given: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS if clean(getattr(entry, name))}
    if "part_of" in given:
        given["part_of"] = understood_whole(entry.part_of, register, moment)
    if clean(entry.decimals):
        text = clean(entry.decimals)
        given["decimals"] = records.decimals(int(text) if text.isdecimal() else text)
    if clean(entry.method):
        given["method"] = understood_method(entry.method)
    return given


def _plain(fact: Fact) -> dict[str, Any]:
    return {key: value for key, value in fact.items() if key not in _ENVELOPE}


def understood_whole(text: str, register: Register, moment: Moment) -> str:
    """What an indicator is part of, as typed; empty for `NOTHING`, which no indicator is called.

    Raises:
        InputError: There is no such indicator.
    """
    if clean(text).lower() == NOTHING:
        return ""
    return str(known_indicator(register, text, moment)["indicator"])


def _check_circle(record: records.Record, register: Register, moment: Moment) -> None:
    """Refuse what would make an indicator part of itself; circles that it is not on are no matter of its own.

    Raises:
        InputError: It would.
    """

    def whole_of(slug: str) -> str:
        there = record if slug == record["indicator"] else register.indicator(slug, moment)
        return str(there.get("part_of", "")) if there else ""

    if ring := circle(record["indicator"], whole_of):
        raise InputError(f"part_of: {ring[0]} would be part of itself through {ring[-1]}")
