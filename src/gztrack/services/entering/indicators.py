"""From a typed indicator to a checked record: new, edited, archived. Light."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gztrack.domain import records
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean, listed, meant
from gztrack.domain.units import parse_unit
from gztrack.errors import GuardError, InputError
from gztrack.language import ptr, term, tr
from gztrack.services.board.circles import circle
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.entering.references import known_indicator
from gztrack.services.naming import name_of, unit_of

_TEXTS = ("name", "unit", "group", "measure", "direction", "name_zh", "group_zh", "unit_zh", "definition",
          "part_of", "series")  # fmt: skip
USUAL = term("usual")
"""Typed for a method: none of its own. Typed for a series: the unnamed one."""

NOTHING = "none"
"""Typed for what it is part of: no longer part of anything."""

_MEANING = (term("unit"), term("measure"), term("direction"))
_ENVELOPE = ("id", "tx", "at", "author", "login", "replaces")


def plan_new(entry: IndicatorEntry, register: Register, moment: Moment) -> records.Record:
    """Understand a new indicator.

    Raises:
        InputError: A field does not fit, or the id is taken.
    """
    given = _fields(entry, register, moment)
    if meant(given.get("series", ""), (USUAL,)):
        given["series"] = ""
    record = records.indicator(indicator=entry.id, **({"name": "", "unit": ""} | given))
    there = register.indicator(record["indicator"], moment)
    if there:
        raise InputError(_taken(there))
    check_units(record)
    _check_circle(record, register, moment)
    return record


def check_units(record: records.Record) -> None:
    """See that the unit can be understood, and that the one in Chinese is the same.

    Raises:
        InputError: One carries a number or a scale, or only one of them is a currency or per cent.
    """
    unit, chinese = parse_unit(record["unit"]), parse_unit(record.get("unit_zh", ""))
    if chinese.text and (unit.percent, unit.currency) != (chinese.percent, chinese.currency):
        raise InputError(
            tr(
                "unit_zh: '{chinese}' is not '{unit}' in Chinese: per cent and currency have to be the same",
                chinese=chinese.text,
                unit=unit.text,
            )
        )


def _taken(there: Fact) -> str:
    """That an id is taken, and how to change what has it."""
    slug, name = there["indicator"], name_of(there)
    if there.get("archived"):
        return tr(
            "'{id}' is there already ({name}, archived; bring it back: gztrack archive --undo {id});"
            " change it: gztrack edit",
            id=slug,
            name=name,
        )
    return tr("'{id}' is there already ({name}); change it: gztrack edit", id=slug, name=name)


def plan_edit(entry: IndicatorEntry, register: Register, moment: Moment) -> records.Record:
    """Understand an edit; an empty field stays as it was.

    Raises:
        InputError: A field does not fit, or nothing changes.
        GuardError: Unit, measure or direction of an indicator with readings would change.
    """
    there = known_indicator(register, entry.id, moment)
    given = _fields(entry, register, moment)
    if not given:
        raise InputError(tr("nothing to change was given; for example --name, --group, --definition"))
    if "series" in given:
        given["series"] = understood_series(entry.series, there["indicator"], register, moment)
    record = records.indicator(
        **(_plain(there) | _without_old_chinese(given, there) | given), replaces=there["id"]
    )
    check_units(record)
    if record.get("part_of") != there.get("part_of"):
        _check_circle(record, register, moment)
    if {k: v for k, v in record.items() if k != "replaces"} == _plain(there):
        raise InputError(tr("'{id}' says so already; nothing to change", id=there["indicator"]))
    changed = [f for f in _MEANING if record[f] != there[f]]
    if changed and not entry.yes and register.standing_readings(there["indicator"], moment):
        what = _changes(changed, there, record)
        raise GuardError(
            tr(
                "{id} has readings; changing {what} changes what they say. --yes does it",
                id=there["indicator"],
                what=what,
            )
        )
    return record


def _without_old_chinese(given: Mapping[str, Any], there: Fact) -> dict[str, str]:
    """The Chinese name, unit or group goes with the one that it said in Chinese."""
    return {
        f"{field}_zh": ""
        for field in ("unit", "group")
        if given.get(field, there.get(field, "")) != there.get(field, "")
    }


def _changes(changed: list[str], old: Fact, new: Fact) -> str:
    """What an edit changes of what readings say: "unit from t to kt and measure from level to flow"."""
    told = ""
    for field in changed:
        before, after = (_meant(field, fact) for fact in (old, new))
        if before == after:  # the unit's name in Chinese stays
            after = str(new[field])
        said = tr("{field} from {before} to {after}", field=tr(field), before=before, after=after)
        told = tr("{a} and {b}", a=told, b=said) if told else said
    return told


def _meant(field: str, fact: Fact) -> str:
    """A unit, measure or direction in words."""
    text = str(fact[field])
    if field == "direction":
        return better(text)
    if field == "unit":
        return unit_of(fact)
    return tr(text) if text in records.MEASURES else text


def better(direction: str) -> str:
    """Which way is better, in words."""
    return ptr("better", "down") if direction == "down" else ptr("better", "up")


def plan_archive(slug: str, register: Register, moment: Moment, *, back: bool) -> records.Record:
    """Understand that an indicator leaves the board, or comes back.

    Raises:
        InputError: It is there already.
    """
    there = known_indicator(register, slug, moment)
    if bool(there.get("archived")) != back:
        raise InputError(
            tr("'{id}' is not archived", id=there["indicator"])
            if back
            else tr("'{id}' is archived already", id=there["indicator"])
        )
    return records.indicator(**(_plain(there) | {"archived": not back}), replaces=there["id"])


def understood_series(text: str, slug: str, register: Register, moment: Moment) -> str:
    """A series as typed; empty for `USUAL`, unless one is called so.

    Raises:
        InputError: It has no reading.
    """
    name = clean(text)
    known = {clean(series) for series in register.standing_readings(slug, moment).column("series", "")}
    if meant(name, (USUAL,)) and name not in known:
        return ""
    if name not in known:
        names = listed(sorted(known - {""}))
        raise InputError(
            tr("series: no reading of '{name}' yet; there is {names}", name=name, names=names)
            if names
            else tr("series: no reading of '{name}' yet; there is none but the unnamed", name=name)
        )
    return name


def understood_method(text: str) -> str:
    """A method as typed; empty for `USUAL`.

    Raises:
        InputError: There is no such method.
    """
    return "" if meant(text, (USUAL,)) else records.chosen_method(text)


def _fields(entry: IndicatorEntry, register: Register, moment: Moment) -> dict[str, Any]:
    given: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS if clean(getattr(entry, name))}
    if "part_of" in given:
        given["part_of"] = understood_whole(entry.part_of, register, moment)
    if clean(entry.decimals):
        text = clean(entry.decimals)
        given["decimals"] = records.decimals(int(text) if text.isdecimal() and len(text) < 3 else text)
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
    if meant(text, (NOTHING,)):
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
        raise InputError(
            tr("part_of: {id} would be part of itself through {part}", id=ring[0], part=ring[-1])
        )
