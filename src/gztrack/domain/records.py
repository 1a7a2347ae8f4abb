"""Checked plain records: the facts as the journal keeps them, built without Pydantic.

Every rule about a field lives here once, as a plain function that returns the checked value
or raises `InputError`; the Pydantic models of `gztrack.domain.model` use the same functions
as validators, so both accept and refuse the same input (a property test proves it). Light.

A record holds only what was given: an absent field is a missing key, never null or "".
"""

from __future__ import annotations

import math
from datetime import date

from gztrack.domain.text import LONGEST_NAME, checked, choices, clean, field_name, listed, meant, slug
from gztrack.errors import FieldError, InputError
from gztrack.language import term, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    Any = object

Number = int | float
Record = dict[str, Any]

SEED_AUTHOR = "seed"
"""Whose action the facts are that a database starts with: nobody's, so nobody can undo them or pose as it."""

MEASURES = (term("level"), term("flow"), term("rate"))
DIRECTIONS = ("up", "down")
QUALIFIERS = ("exact", "at least", "more than", "about", "at most", "less than")
COMPARATORS = ("at least", "more than", "at most", "less than", term("between"), "about")
STATUSES = (term("final"), term("provisional"))
METHODS = ("linear", "open-sdg", "un-chart")
"""How a status is reckoned; see `gztrack.domain.reckoning.methods`."""

USUAL = METHODS[0]
"""What is gone by where nobody chose a method."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST = 10**18

_URL = r"(?i)https?://[^\s<>\"]+"


def number(value: object, field: str = "value") -> Number:
    """A finite number below 10^18; integral floats become ints, -0 becomes 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FieldError(
            field, tr("{field}: {value} is no number", field=field_name(field), value=repr(clean(str(value))))
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise FieldError(
            field,
            tr(
                "{field}: {value} is no figure that can be kept; give a finite number",
                field=field_name(field),
                value=value,
            ),
        )
    if abs(value) >= LARGEST:
        raise FieldError(
            field,
            tr(
                "{field}: {value:.3g} is too large; figures below 10^18 are kept",
                field=field_name(field),
                value=value,
            ),
        )
    return int(value) if isinstance(value, float) and value.is_integer() else value


def day(value: object, field: str) -> date:
    """A date between 1900 and 2200."""
    if not isinstance(value, date):
        raise FieldError(
            field, tr("{field}: {value} is no date", field=field_name(field), value=repr(clean(str(value))))
        )
    if not FIRST_DAY <= value <= LAST_DAY:
        raise FieldError(
            field, tr("{field}: {value} lies outside 1900 to 2200", field=field_name(field), value=value)
        )
    return value


def word(value: object, field: str, words: tuple[str, ...]) -> str:
    """One of the given words, in any language; hyphens and underscores stand for blanks, as on the command line."""
    found = meant(str(value), words, "better")
    if not found:
        raise FieldError(
            field,
            tr(
                "{field}: no such word: '{word}'; one of {words}",
                field=field_name(field),
                word=clean(str(value)),
                words=choices(words, "better" if words == DIRECTIONS else ""),
            ),
        )
    return found


def url(value: str, field: str = "url") -> str:
    """A web address, or empty."""
    text = checked(value, field)
    if not text:
        return text
    import re  # few readings have an address, and every start would pay

    if not re.fullmatch(_URL, text):
        raise FieldError(
            field,
            tr(
                "{field}: no web address: '{text}'; it starts with https:// or http://",
                field=field_name(field),
                text=text[:60],
            ),
        )
    return text


def decimals(value: object) -> int:
    """How many decimals a figure is shown with at least: 0 to 9."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 9:
        raise InputError(
            tr("decimals: {value} is not a whole number from 0 to 9", value=repr(clean(str(value))))
        )
    return value


def chosen_method(text: str) -> str:
    """A method's name, in any case."""
    name = clean(text).lower().replace("_", "-").replace(" ", "-")
    if name not in METHODS:
        raise InputError(
            tr(
                "method: no such method: '{text}'; there are {methods}",
                text=clean(text),
                methods=listed(METHODS),
            )
        )
    return name


def fields(value: object, known: tuple[str, ...]) -> list[str]:
    """Names of inferred fields, each known, sorted, without repeats."""
    if not isinstance(value, list | tuple):
        raise InputError(tr("inferred: give names of fields"))
    for name in value:
        if name not in known:
            raise InputError(
                tr(
                    "inferred: no such field: '{name}'; one of {fields}",
                    name=clean(str(name)),
                    fields=listed(known),
                )
            )
    return sorted(set(value))


READING_FIELDS = ("value", "period", "qualifier", "series")
TARGET_FIELDS = ("value", "due", "comparator", "stated_on", "stated_by", "over", "baseline")
INDICATOR_FIELDS = ("name", "unit", "measure", "direction", "group")
SETTINGS = (term("title"), term("title_zh"), term("method"))


def indicator(
    *,
    indicator: str,
    name: str,
    unit: str,
    measure: str = "level",
    direction: str = "up",
    group: str = "",
    name_zh: str = "",
    group_zh: str = "",
    unit_zh: str = "",
    definition: str = "",
    part_of: str = "",
    decimals: int | None = None,
    series: str = "",
    method: str = "",
    archived: bool = False,
    inferred: list[str] | tuple[str, ...] = (),
    replaces: str = "",
) -> Record:
    """An indicator's record; without a method it goes by the database's.

    Raises:
        InputError: A field breaks its rule; the message names the field.
    """
    record: Record = {
        "indicator": slug(indicator),
        "name": _needed(name, "name", LONGEST_NAME),
        "unit": _needed(unit, "unit", LONGEST_NAME),
        "measure": word(measure, "measure", MEASURES),
        "direction": word(direction, "direction", DIRECTIONS),
        "group": checked(group, "group", LONGEST_NAME),
        "name_zh": checked(name_zh, "name_zh", LONGEST_NAME),
        "group_zh": checked(group_zh, "group_zh", LONGEST_NAME),
        "unit_zh": checked(unit_zh, "unit_zh", LONGEST_NAME),
        "definition": checked(definition, "definition"),
        "part_of": slug(part_of) if clean(part_of) else "",
        "series": checked(series, "series", LONGEST_NAME),
        "method": chosen_method(method) if clean(method) else "",
        "inferred": fields(inferred, INDICATOR_FIELDS),
        "replaces": replaces,
    }
    if record["part_of"] == record["indicator"]:
        raise InputError(tr("part_of: an indicator is no part of itself"))
    if archived:
        record["archived"] = True
    if decimals is not None:
        record["decimals"] = _decimals(decimals)
    return _given(record)


def reading(
    *,
    indicator: str,
    value: Number,
    period: str,
    start: date,
    end: date,
    qualifier: str = "exact",
    series: str = "",
    status: str = "final",
    source: str = "",
    source_url: str = "",
    published: date | None = None,
    note: str = "",
    inferred: list[str] | tuple[str, ...] = (),
    replaces: str = "",
    reason: str = "",
) -> Record:
    """A reading's record; ``exact`` and ``final`` are what a missing qualifier and status mean.

    Raises:
        InputError: A field breaks its rule; the message names the field.
    """
    record: Record = {
        "indicator": slug(indicator),
        "value": number(value),
        "period": _needed(period, "period", LONGEST_NAME),
        **_span(start, end, "period"),
        "qualifier": word(qualifier, "qualifier", QUALIFIERS),
        "series": checked(series, "series", LONGEST_NAME),
        "status": word(status, "status", STATUSES),
        **_origin(source, source_url, published, note),
        "inferred": fields(inferred, READING_FIELDS),
        "replaces": replaces,
        "reason": checked(reason, "reason"),
    }
    if record["qualifier"] == "exact":
        del record["qualifier"]
    if record["status"] == "final":
        del record["status"]
    return _given(record)


def target(
    *,
    indicator: str,
    value: Number,
    comparator: str,
    high: Number | None = None,
    due: str = "",
    due_start: date | None = None,
    due_end: date | None = None,
    over: str = "",
    over_start: date | None = None,
    over_end: date | None = None,
    stated_on: str = "",
    stated_start: date | None = None,
    stated_end: date | None = None,
    stated_by: str = "",
    quote: str = "",
    baseline: Number | None = None,
    baseline_period: str = "",
    baseline_start: date | None = None,
    baseline_end: date | None = None,
    source: str = "",
    source_url: str = "",
    published: date | None = None,
    note: str = "",
    inferred: list[str] | tuple[str, ...] = (),
    replaces: str = "",
    how: str = "",
    reason: str = "",
) -> Record:
    """A target's record; a missing due date means that none was stated.

    Raises:
        InputError: A field breaks its rule, or fields contradict each other.
    """
    for field, each in (
        ("due", (due_start, due_end)),
        ("over", (over_start, over_end)),
        ("stated_on", (stated_start, stated_end)),
        ("baseline_period", (baseline_start, baseline_end)),
    ):
        for given in each:
            if given is not None:
                day(given, field)
    record: Record = {
        "indicator": slug(indicator),
        "value": number(value),
        "comparator": word(comparator, "comparator", COMPARATORS),
    }
    if (record["comparator"] == "between") != (high is not None):
        raise InputError(tr("target: 'between' takes two limits, LOW..HIGH, and no other comparator does"))
    if high is not None:
        record["high"] = number(high)
        if record["high"] <= record["value"]:
            raise InputError(
                tr("target: {low}..{high} runs backwards; the lower limit comes first", low=value, high=high)
            )
    if due_end is not None:
        record |= {"due": _needed(due, "due", LONGEST_NAME), "due_end": day(due_end, "due").isoformat()}
        if due_start is not None and due_start != due_end:
            record["due_start"] = day(due_start, "due").isoformat()
    for name, label, first, last in (
        ("over", over, over_start, over_end),
        ("stated", stated_on, stated_start, stated_end),
        ("baseline", baseline_period, baseline_start, baseline_end),
    ):
        if first is not None and last is not None:
            key = {"over": "over", "stated": "stated_on", "baseline": "baseline_period"}[name]
            record[key] = _needed(label, key, LONGEST_NAME)
            span = _span(first, last, key)
            record |= {f"{name}_start": span["start"], f"{name}_end": span["end"]}
    if baseline is not None:
        if baseline_end is None:
            raise InputError(tr("baseline: name the period that it stands for (--baseline-for)"))
        record["baseline"] = number(baseline, "baseline")
    elif baseline_end is not None:
        raise InputError(tr("baseline: name its value too (--baseline)"))
    record |= {
        "stated_by": checked(stated_by, "stated_by", LONGEST_NAME),
        "quote": checked(quote, "quote"),
        **_origin(source, source_url, published, note),
        "inferred": fields(inferred, TARGET_FIELDS),
        "replaces": replaces,
        "reason": checked(reason, "reason"),
    }
    if replaces:
        record["how"] = word(how, "how", ("revision", "correction"))
    return _given(record)


def retraction(*, of: str, what: str, how: str, on: date, reason: str) -> Record:
    """A withdrawal's record: an entry error (``retracted``) or a dropped target."""
    return _given(
        {
            "of": of,
            "what": word(what, "what", ("readings", "targets")),
            "how": word(how, "how", ("retracted", "dropped")),
            "on": day(on, "on").isoformat(),
            "reason": _needed(reason, "reason"),
        }
    )


def pin(*, of: str, what: str, reason: str = "") -> Record:
    """A pin's record: this one of several counts."""
    return _given(
        {"of": of, "what": word(what, "what", ("readings", "targets")), "reason": checked(reason, "reason")}
    )


def setting(*, name: str, value: str) -> Record:
    """A setting's record: ``title``, ``title_zh`` or the usual ``method`` of the whole database."""
    if name not in SETTINGS:
        raise InputError(
            tr("setting: no such word: '{name}'; one of {names}", name=clean(name), names=listed(SETTINGS))
        )
    text = chosen_method(value) if name == "method" else _needed(value, name, LONGEST_NAME)
    return {"name": name, "value": text}


def source(
    *, source: str = "", source_url: str = "", published: date | None = None, note: str = ""
) -> Record:
    """The fields of a provenance, as readings and targets carry them."""
    return _given(_origin(source, source_url, published, note))


_decimals = decimals


def _needed(value: str, field: str, longest: int = 4000) -> str:
    text = checked(value, field, longest)
    if not text:
        raise FieldError(field, tr("{field}: nothing was given", field=field_name(field)))
    return text


def _span(start: date, end: date, field: str) -> Record:
    if day(start, field) > day(end, field):
        raise FieldError(field, tr("{field}: it ends before it starts", field=field_name(field)))
    return {"start": start.isoformat(), "end": end.isoformat()}


def _origin(source: str, source_url: str, published: date | None, note: str) -> Record:
    return {
        "source": checked(source, "source"),
        "source_url": url(source_url, "source_url"),
        "published": day(published, "published").isoformat() if published is not None else "",
        "note": checked(note, "note"),
    }


def _given(record: Record) -> Record:
    return {key: value for key, value in record.items() if value not in ("", [], ())}
