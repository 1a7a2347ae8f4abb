"""From a typed reading to a checked record, its echo and the guard's question.

The same plan serves the board's form, ``gztrack log``, ``correct`` and each line of a batch.
Light: the logging path imports this and little else.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain import guard, records
from gztrack.domain.amounts import Amount, exact, parse_amount, parse_change, percent
from gztrack.domain.attainment import attainment
from gztrack.domain.periods import Period, last_complete, parse_day, parse_period
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.errors import GuardError, InputError
from gztrack.language import ptr, tr
from gztrack.light import NamedTuple
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.references import known_indicator
from gztrack.services.naming import name_of, typed_unit, unit_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gztrack.storage.store import Transaction

UNSAID = ("at least", "between")
"""Comparators that the echo leaves out: "at least" is what everybody expects, a range shows that it is one."""


class Plan(NamedTuple):
    """A reading that is ready to be written.

    Attributes:
        record: The checked record.
        indicator: The indicator's fact.
        period: The period understood.
        guard: The guard's question, or empty.
        echo: One line with everything that was understood.
        beside: What to add to it while the reading is new: another one of its period that counts so far, or empty.
    """

    record: records.Record
    indicator: Fact
    period: Period
    guard: str
    echo: str
    beside: str


def plan_reading(
    entry: LogEntry, register: Register, moment: Moment, correcting: Fact | None = None, reason: str = ""
) -> Plan:
    """Understand a reading.

    Args:
        entry: What was typed.
        register: What is known.
        moment: Today, all clocks open.
        correcting: The reading that this one replaces; its fields stand where the entry says nothing.
        reason: Why it is corrected.

    Raises:
        InputError: Something cannot be understood or does not fit.
    """
    indicator = known_indicator(register, entry.indicator, moment)
    period = understood_period(entry.period, indicator, moment.day, correcting)
    series = series_of(entry, correcting or indicator)
    every = register.counting(indicator["indicator"], moment).of_series(series)
    counting = [fact for fact in every if fact["id"] != (correcting or {}).get("id")]
    near = nearest_reading(counting, indicator["measure"], period) or correcting
    amount = understood_amount(entry, indicator, correcting, counting, period)
    record = record_of(entry, indicator, period, amount, series, moment.day, correcting, reason)
    head = register.headline(indicator["indicator"], moment)
    question = question_about(record, indicator, period, near, head, moment.day)
    span = record["start"], record["end"]
    there = next((fact for fact in counting if (fact["start"], fact["end"]) == span), None)
    echo = echo_of(record, indicator, period, head, moment.day)
    return Plan(record, indicator, period, question, echo, beside_of(there))


def record_of(
    entry: LogEntry,
    indicator: Fact,
    period: Period,
    amount: Amount,
    series: str,
    today: date,
    correcting: Fact | None = None,
    reason: str = "",
) -> records.Record:
    """The checked record of a reading that was understood.

    Raises:
        InputError: A field breaks its rule.
    """
    before = correcting or {}
    return records.reading(
        indicator=indicator["indicator"],
        value=amount.value,
        qualifier=amount.qualifier,
        period=period.label,
        start=period.start,
        end=period.end,
        series=series,
        status=_status(entry, before),
        source=entry.source or before.get("source", ""),
        source_url=entry.url or before.get("source_url", ""),
        published=_published(entry.published or before.get("published", ""), today),
        note=entry.note or before.get("note", ""),
        inferred=_still_inferred(
            before, value=entry.value or entry.by, period=entry.period, series=entry.series
        ),
        replaces=before.get("id", ""),
        reason=reason,
    )


def series_of(entry: LogEntry, usual: Fact) -> str:
    """The series typed, else the usual one."""
    return clean(entry.series) or str(usual.get("series", ""))


def _status(entry: LogEntry, before: Fact) -> str:
    """Final or provisional, as said; in a correction that says nothing as it was."""
    if entry.provisional is None:
        return str(before.get("status", "final"))
    return "provisional" if entry.provisional else "final"


def understood_period(text: str, indicator: Fact, today: date, correcting: Fact | None = None) -> Period:
    """The period typed, else that of the corrected reading, else today for a level.

    Raises:
        InputError: It cannot be read, or a flow or rate was given none.
    """
    if text:
        return parse_period(text, today)
    if correcting:
        return parse_period(correcting["period"], today)
    if indicator["measure"] == "level":
        return parse_period("today", today)
    year, quarter = last_complete(12, today).label, last_complete(3, today).label
    raise InputError(
        tr(
            "a flow needs the period that it covers: --for {year}, or --for {quarter}",
            year=year,
            quarter=quarter,
        )
        if indicator["measure"] == "flow"
        else tr(
            "a rate needs the period that it covers: --for {year}, or --for {quarter}",
            year=year,
            quarter=quarter,
        )
    )


def understood_amount(
    entry: LogEntry,
    indicator: Fact,
    correcting: Fact | None,
    counting: list[Fact],
    period: Period | None = None,
) -> Amount:
    """The value typed, or the latest reading changed by what was typed.

    Raises:
        InputError: It cannot be read, or nothing was given.
    """
    unit = typed_unit(indicator)
    if entry.by:
        change = parse_change(entry.by, unit)
        last = correcting or _last_alike(counting, indicator["measure"], period)
        if last is None:
            slug = indicator["indicator"]
            raise InputError(
                tr("{id} has no reading of that length to change; give a value", id=slug)
                if counting
                else tr("{id} has no reading to change; give a value", id=slug)
            )
        return Amount(exact_sum(last["value"], change.value), last.get("qualifier", "exact"), False)
    if entry.value:
        return parse_amount(entry.value, unit)
    if correcting:
        return Amount(correcting["value"], correcting.get("qualifier", "exact"), False)
    raise InputError(tr("no value was given; for example 310000, 310k, 31万 or '>10000'"))


def _last_alike(counting: list[Fact], measure: str, period: Period | None) -> Fact | None:
    """The latest reading that a change can start from: of a flow or a rate one of the same coverage."""
    for fact in reversed(counting):
        start, end = date.fromisoformat(fact["start"]), date.fromisoformat(fact["end"])
        if (
            measure == "level"
            or period is None
            or months_of(start, end) == months_of(period.start, period.end)
        ):
            return fact
    return None


def exact_sum(a: records.Number, b: records.Number) -> records.Number:
    """The sum without a float's tail: 0.1 + 0.2 is 0.3. Kept to twelve decimals."""
    return records.number(a + b if isinstance(a, int) and isinstance(b, int) else round(a + b, 12))


def nearest_reading(counting: list[Fact], measure: str, period: Period) -> Fact | None:
    """Of one series' counting readings the one of the same coverage that ends nearest, or None."""
    length = months_of(period.start, period.end)
    best: tuple[int, Fact] | None = None
    for fact in counting:
        end = date.fromisoformat(fact["end"])
        if measure != "level" and months_of(date.fromisoformat(fact["start"]), end) != length:
            continue
        away = abs((end - period.end).days)
        if best is None or away <= best[0]:
            best = (away, fact)
    return best[1] if best else None


def months_of(start: date, end: date) -> int:
    """About how many months a period is long; near enough to tell coverages apart."""
    return round(((end - start).days + 1) / 30.4375)


def plan_all(entries: Sequence[LogEntry], register: Register, moment: Moment) -> list[Plan]:
    """Understand readings that are one action, the guard's questions answered.

    Raises:
        InputError: One cannot be understood.
        GuardError: One is probably a slip, and its ``yes`` was not given.
    """
    plans = []
    for entry in entries:
        plan = plan_reading(entry, register, moment)
        insist(plan, entry.yes)
        plans.append(plan)
    return plans


def insist(plan: Plan, yes: bool) -> None:
    """Raise the guard's question unless it has been answered.

    Raises:
        GuardError: The value or the period is probably a slip.
    """
    if plan.guard and not yes:
        slug = plan.record["indicator"]
        raise GuardError(tr("{id}: {question} --yes logs it as it is", id=slug, question=plan.guard))


def repeated(echoes: Iterable[str]) -> tuple[str, ...]:
    """What is told where a key was logged before: that first, so that nobody takes the echo for a new reading."""
    return tr("already logged with this key; nothing was added"), *echoes


def insist_same(
    key: str, records_: list[records.Record], there: Transaction | None, *, relative: bool = False
) -> None:
    """Refuse a key that was used before for something else.

    Args:
        relative: A value was given as a change, which a retry adds to another base; it is not compared.

    Raises:
        InputError: It was; what it was used for is named.
    """
    known = [record for _, record in there.facts] if there else []
    compared = 2 if relative else 3
    if [_said(r)[:compared] for r in records_] != [_said(r)[:compared] for r in known]:
        before = "; ".join(
            tr("{id} {value} for {period}", id=slug, value=exact(value, ""), period=label)
            for slug, label, value in map(_said, known)
        )
        raise InputError(
            tr(
                "the key '{key}' was used before, for {before}; use another key",
                key=clean(key),
                before=before,
            )
        )


def _said(record: records.Record) -> tuple[str, str, records.Number]:
    return record["indicator"], record["period"], record["value"]


def question_about(
    record: records.Record, indicator: Fact, period: Period, near: Fact | None, head: Fact | None, today: date
) -> str:
    """The guard's question about a record; empty where it looks right.

    Args:
        record: It.
        indicator: Its indicator.
        period: Its period.
        near: The reading that it is held against.
        head: The headline target, which it is held against where there is no reading.
        today: What has not ended by then is asked about.
    """
    against = near or (head if head is not None and not head.get("over") else None)
    beside: guard.Beside | None = None
    rate = indicator["measure"] == "rate"
    if against is not None and guard.is_far(
        record["value"], against["value"], rate=rate, target=near is None
    ):
        shown = exact(against["value"], "", against.get("qualifier", "exact"))
        if near is not None:
            shown = tr("{value} in {period}", value=shown, period=near["period"])
        beside = guard.Beside(against["value"], shown, target=near is None)
    slips = (
        guard.value_slip(record["value"], beside, rate=rate),
        guard.period_slip(period.label, period.end, today),
    )
    value_slip, period_slip = slips
    return tr("{slip} {more}", slip=value_slip, more=period_slip) if all(slips) else value_slip or period_slip


def echo_of(record: records.Record, indicator: Fact, period: Period, head: Fact | None, today: date) -> str:
    """One line with everything that was understood."""
    ends = period.end.isoformat()
    span = (
        tr("for {period}", period=period.label)
        if period.label == ends
        else tr("for {period} (ends {end})", period=period.label, end=ends)
    )
    parts = [
        name_of(indicator),
        exact(record["value"], unit_of(indicator), record.get("qualifier", "exact")),
        tr("{period} provisional", period=span) if record.get("status") == "provisional" else span,
    ]
    if record.get("series"):
        parts.insert(1, tr("series {name}", name=record["series"]))
    if head is not None:
        goal = _goal(head)
        share = attainment(
            record["value"], period, head, measure=indicator["measure"], direction=indicator["direction"]
        )
        if share is not None and not record.get("series"):
            reached = attained(share, record.get("qualifier", "exact"))
            parts.append(ptr("preview", "{share} of {goal}", share=reached, goal=goal))
        else:
            parts.append(tr("target {goal}", goal=goal))
    if period.end > today:
        parts.append(tr("counts from {day}", day=period.end))
    return "  ".join(parts)


def beside_of(there: Fact | None) -> str:
    """What the echo adds about the reading of the same period and series that counts so far; empty without one."""
    if there is None:
        return ""
    value = exact(there["value"], "", there.get("qualifier", "exact"))
    return tr("stands beside {value}, logged for {period} before", value=value, period=there["period"])


def _goal(target: Fact) -> str:
    """A target as short as an echo has it: "1,500,000 by 2027-12-31", "at most 40"."""
    figure = exact(target["value"], "")
    if "high" in target:
        figure += f"..{exact(target['high'], '')}"
    if target["comparator"] not in UNSAID:
        figure = tr("{comparator} {value}", comparator=tr(target["comparator"]), value=figure)
    return tr("{goal} by {day}", goal=figure, day=target["due_end"]) if "due_end" in target else figure


def attained(share: float, qualifier: str) -> str:
    """An attainment with one decimal for an echo: "103.3 %", ">50.0 %"."""
    return percent(share, qualifier, room=12)


def _still_inferred(before: Fact, **given: str) -> list[str]:
    """Fields that the corrected reading only inferred and that the correction leaves alone."""
    settled = {name for name, text in given.items() if text} | ({"qualifier"} if given["value"] else set())
    return [name for name in before.get("inferred", ()) if name not in settled]


def _published(text: str, today: date) -> date | None:
    return parse_day(text, today) if text else None
