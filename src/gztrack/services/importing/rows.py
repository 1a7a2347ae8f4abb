"""From one row of a CSV to a checked record: the grammars read it, the Pydantic models judge it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from gztrack.domain import records
from gztrack.domain.amounts import Amount, parse_amount
from gztrack.domain.many import MOST
from gztrack.domain.model import Indicator, Reading, Target
from gztrack.domain.periods import Due, Period, parse_day, parse_due, parse_period
from gztrack.domain.register import Fact
from gztrack.domain.text import clean, field_name, nearest
from gztrack.domain.units import Unit
from gztrack.errors import FieldError, InputError
from gztrack.language import term, tr
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.entering.goals import due_of_total, understood_baseline, understood_value
from gztrack.services.entering.indicators import check_units
from gztrack.services.importing.columns import Place
from gztrack.services.importing.decimals import may_have_comma
from gztrack.services.importing.entries import Entry
from gztrack.services.naming import typed_unit

KINDS = ("indicator", "reading", "target")
_FOREIGN = {
    "indicator": term("an indicator takes no {field} ('{text}')"),
    "reading": term("a reading takes no {field} ('{text}')"),
    "target": term("a target takes no {field} ('{text}')"),
}
_TEXTS = ("indicator", "name", "unit", "group", "name_zh", "unit_zh", "group_zh", "definition", "part_of",
          "series", "method")  # fmt: skip

_GAPS = frozenset({"-", "--", "---", "–", "—", "―", "−", "n/a", "na", "n.a.", "nan", "null", "none", "nil", ".", "..",
                   "...", "…", "……", ":", "/", "*", "?", "无", "暂无", "缺"})  # fmt: skip
"""What statistics offices write where they have no figure."""

Understood = TypeVar("Understood")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one row states, checked, before anybody looks whether it is there already.

    Attributes:
        line: The line its row begins on.
        where: Its place for messages.
        table: ``indicators``, ``readings`` or ``targets``.
        record: The checked record, without what it replaces.
        replaces: The due date of the target that this one replaces, or None.
    """

    line: int
    where: Place
    table: str
    record: records.Record
    replaces: Due | None = None


class RowReader:
    """Reads the rows of readings and targets against the indicators that are there and those that the file defines.

    Args:
        indicators: Id to the indicator's fact or record.
        unreadable: Id to the place of a row that should have defined it and could not be read.
        today: What the words of the grammars go by.
    """

    def __init__(self, indicators: Mapping[str, Fact], unreadable: Mapping[str, Place], today: date) -> None:
        self._indicators = indicators
        self._unreadable = unreadable
        self._today = today
        self._periods: dict[str, Period] = {}
        self._units: dict[tuple[str, str], Unit] = {}
        self._names: dict[str, Fact | None] | None = None

    def read(self, entry: Entry) -> Draft | None:
        """The row's draft; None where it states no value.

        Raises:
            InputError: Something cannot be understood, does not fit, or has no place in its kind of row.
        """
        kind = kind_of(entry)
        _refuse_foreign(entry, kind)
        indicator = self._indicator(entry.get("indicator"))
        if not entry.get("value"):
            return None
        return self._reading(entry, indicator) if kind == "reading" else self._target(entry, indicator)

    def _indicator(self, text: str) -> Fact:
        slug = clean(text)
        if not slug:
            raise FieldError("indicator", tr("no indicator is named"))
        if (
            slug in self._unreadable
        ):  # also one that is there: what its row says it means may not be what it does
            raise FieldError(
                "indicator",
                tr("{id} is defined in {place}, which cannot be read", id=slug, place=self._unreadable[slug]),
            )
        found = self._indicators.get(slug) or self._called(slug)
        if found is not None:
            return found
        near = nearest(slug, list(self._indicators))
        raise FieldError(
            "indicator",
            tr(
                "no such indicator: '{id}'; did you mean {near}? (a row of kind indicator defines one)",
                id=slug[:64],
                near=near,
            )
            if near
            else tr("no such indicator: '{id}' (a row of kind indicator defines one)", id=slug[:64]),
        )

    def _called(self, name: str) -> Fact | None:
        """The indicator that has this name, in English or in Chinese; None where none has it, or several."""
        if self._names is None:
            self._names = {}
            for fact in self._indicators.values():
                for known in {fact["name"].casefold(), fact.get("name_zh", "").casefold()} - {""}:
                    self._names[known] = None if known in self._names else fact
        return self._names.get(name.casefold())

    def _reading(self, entry: Entry, indicator: Fact) -> Draft:
        period = self._period("period", entry.get("period"))
        amount = _figure(entry.get("value"), self._unit(indicator))
        stated = entry.get("qualifier")
        qualifier = records.word(stated, "qualifier", records.QUALIFIERS) if stated else amount.qualifier
        if amount.qualifier not in ("exact", qualifier):
            raise FieldError(
                "value",
                tr(
                    "value: '{text}' says {own}, the qualifier column says {qualifier}",
                    text=clean(entry.get("value")),
                    own=tr(amount.qualifier),
                    qualifier=tr(qualifier),
                ),
            )
        record = self._record(
            entry, indicator, period, amount._replace(qualifier=qualifier), entry.get("note")
        )
        return Draft(entry.line, entry.where, "readings", record)

    def usual(self, entry: Entry) -> tuple[Fact, records.Record, str]:
        """What the row of a reading says besides its value, period and note.

        Returns:
            The indicator; a record with a value and a period that mean nothing; the qualifier that has
            a column of its own, or empty.

        Raises:
            InputError: As `read`.
        """
        _refuse_foreign(entry, "reading")
        indicator = self._indicator(entry.get("indicator"))
        stated = entry.get("qualifier")
        qualifier = records.word(stated, "qualifier", records.QUALIFIERS) if stated else ""
        anything = parse_period("today", self._today)
        record = self._record(entry, indicator, anything, Amount(0, "exact", False), "")
        return indicator, record, qualifier

    def _record(
        self, entry: Entry, indicator: Fact, period: Period, amount: Amount, note: str
    ) -> records.Record:
        return Reading.read(
            {
                "indicator": indicator["indicator"],
                "value": amount.value,
                "qualifier": amount.qualifier,
                "period": period.label,
                "start": period.start,
                "end": period.end,
                "series": entry.get("series"),
                "status": records.word(entry.get("status") or "final", "status", records.STATUSES),
                "inferred": _names(entry, records.READING_FIELDS),
                **self._origin(entry),
                "note": note,
            }
        ).record

    def _target(self, entry: Entry, indicator: Fact) -> Draft:
        goal = GoalEntry("", value=entry.get("value"), comparator=entry.get("comparator"))
        value, high, comparator = _field("value", understood_value, goal, indicator, None)
        target = Target.read(
            {
                "indicator": indicator["indicator"],
                "value": value,
                "high": high,
                "comparator": comparator,
                "stated_by": entry.get("stated_by"),
                "quote": entry.get("quote"),
                "inferred": _names(entry, records.TARGET_FIELDS),
                **self._due(entry),
                **self._stated(entry),
                **self._baseline(entry, typed_unit(indicator)),
                **self._origin(entry),
            }
        )
        before = entry.get("replaces")
        replaces = _field("replaces", parse_due, before, self._today) if before else None
        return Draft(entry.line, entry.where, "targets", target.record, replaces)

    def _due(self, entry: Entry) -> dict[str, object]:
        text, over = entry.get("due"), entry.get("over")
        found: dict[str, object] = {}
        span = self._period("over", over) if over else None
        if span is not None:
            found |= {"over": span.label, "over_start": span.start, "over_end": span.end}
        if not text and span is None:
            raise FieldError("due", tr("due: a target has a date, a period or the word none"))
        due = _field("due", parse_due, text, self._today) if text else None
        if span is not None:
            due = due_of_total(due, span.end)
        if due is not None and due.end is not None:
            found |= {"due": due.label, "due_start": due.start, "due_end": due.end}
        return found

    def _stated(self, entry: Entry) -> dict[str, object]:
        text = entry.get("stated_on")
        if not text:
            return {}
        stated = self._period("stated_on", text)
        if stated.start > self._today:
            raise FieldError(
                "stated_on",
                tr("stated_on: {day} lies after today ({today})", day=stated.label, today=self._today),
            )
        return {"stated_on": stated.label, "stated_start": stated.start, "stated_end": stated.end}

    def _baseline(self, entry: Entry, unit: Unit) -> dict[str, object]:
        value, label = entry.get("baseline"), entry.get("baseline_period")
        if bool(value) != bool(label):
            raise FieldError(
                "baseline", tr("baseline: value and period (baseline_period) go together; give both or none")
            )
        if not value:
            return {}
        period = self._period("baseline_period", label)
        return {
            "baseline": _field("baseline", understood_baseline, value, unit),
            "baseline_period": period.label,
            "baseline_start": period.start,
            "baseline_end": period.end,
        }

    def _origin(self, entry: Entry) -> dict[str, object]:
        published = entry.get("published")
        return {
            "source": entry.get("source"),
            "source_url": entry.get("source_url"),
            "published": _field("published", parse_day, published, self._today) if published else None,
            "note": entry.get("note"),
        }

    def _unit(self, indicator: Fact) -> Unit:
        known = indicator["unit"], indicator.get("unit_zh", "")
        found = self._units.get(known)
        if found is None:
            found = self._units[known] = typed_unit(indicator)
        return found

    def _period(self, field: str, text: str) -> Period:
        """A period; a file names the same few again and again."""
        found = self._periods.get(text)
        if found is None:
            if not text:
                raise FieldError(
                    field,
                    tr(
                        "{field}: empty; write a period, like 2020, 2019-Q3 or 2020-05",
                        field=field_name(field),
                    ),
                )
            if len(self._periods) >= MOST:
                self._periods.clear()
            found = self._periods[text] = _field(field, parse_period, text, self._today)
        return found


def definition(entry: Entry, there: Fact | None) -> Draft:
    """The draft of a row that defines an indicator.

    Args:
        entry: The row.
        there: The indicator of that id, if there is one; what the row leaves empty is as it is there.

    Raises:
        InputError: A field does not fit.
    """
    _refuse_foreign(entry, "indicator")
    data = {key: value for key, value in (there or {}).items() if key in Indicator.model_fields}
    data |= {f: entry.get(f) for f in _TEXTS if entry.get(f)} | {"replaces": ""}
    for field, words in (("measure", records.MEASURES), ("direction", records.DIRECTIONS)):
        if entry.get(field):
            data[field] = records.word(entry.get(field), field, words)
    decimals = entry.get("decimals")
    if decimals:
        data["decimals"] = records.decimals(int(decimals) if decimals.isdecimal() else decimals)
    data["inferred"] = _names(entry, records.INDICATOR_FIELDS) or tuple(data.get("inferred", ()))
    record = Indicator.read({"indicator": "", "name": "", "unit": "", **data}).record
    _field("unit", check_units, record)
    return Draft(entry.line, entry.where, "indicators", record)


def kind_of(entry: Entry) -> str:
    """What a row is about; a reading where it does not say.

    Raises:
        InputError: It says something else.
    """
    return records.word(entry.get("kind") or "reading", "kind", KINDS)


def _refuse_foreign(entry: Entry, kind: str) -> None:
    """Refuse what a row of this kind has no place for, rather than lose it."""
    foreign = entry.foreign(kind)
    if foreign == ["status"] and clean(entry.get("status")).lower() == "final":
        return
    if foreign:
        raise FieldError(
            foreign[0],
            tr(_FOREIGN[kind], field=field_name(foreign[0]), text=clean(entry.get(foreign[0]))[:40]),
        )


def _names(entry: Entry, known: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(clean(entry.get("inferred")).replace(",", " ").split())
    try:
        records.fields(names, known)
    except InputError as error:
        raise FieldError("inferred", str(error)) from None
    return names


def _figure(text: str, unit: Unit) -> Amount:
    """A value; of what may stand for a gap, or have a decimal comma, it is told how to say so.

    Raises:
        InputError: It is none.
    """
    try:
        return _field("value", parse_amount, text, unit)
    except FieldError as error:
        if clean(text).casefold() in _GAPS:
            hint = tr("if it means that there is no figure: --missing '{text}'", text=clean(text))
        elif may_have_comma(text):
            hint = tr("if the comma is a decimal comma: --decimal ,")
        else:
            raise
        raise FieldError("value", tr("; ").join((str(error), hint))) from None


def _field(field: str, read: Callable[..., Understood], *arguments: object) -> Understood:
    """Read one cell; what is wrong with it is said with the column's name.

    Raises:
        InputError: It cannot be understood.
    """
    try:
        return read(*arguments)
    except FieldError:
        raise
    except InputError as error:
        raise FieldError(field, tr("{field}: {problem}", field=field_name(field), problem=error)) from None
