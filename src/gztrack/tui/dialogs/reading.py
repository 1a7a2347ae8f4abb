"""Forms about readings: log one, correct one, retract one (or a target); and the one that drops a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.services.entering.entries import LogEntry
from gztrack.services.views import ReadingView, Row, TargetView
from gztrack.tui.dialogs.fields import FieldSpec, agreed
from gztrack.tui.dialogs.requests import Correct, Drop, Log, Request, Retract
from gztrack.tui.glyphs import UNICODE
from gztrack.tui.goaltext import promise_text


def _more() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("url", tr("url"), tr("the page it was seen on"), more=True, completes="url"),
        FieldSpec("published", tr("published"), tr("a date or a month"), more=True),
        FieldSpec(
            "series", tr("series"), tr("empty for the usual one"), more=True, completes="series", blank=True
        ),
        FieldSpec("provisional", tr("provisional"), tr("y if it is not final"), more=True),
    )


@dataclass(frozen=True)
class LogDialog:
    """Log a reading of an indicator."""

    row: Row

    word = "log"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def subject(self) -> str:
        """The indicator's name."""
        return self.row.shown_name

    @property
    def note(self) -> str:
        """Unit, measure and the last reading."""
        last = self.row.reading
        # What it was last stands first: where there is no room, the rest can be seen in the list.
        unit, measure = clean(self.row.shown_unit.text), tr(self.row.measure)
        if not last:
            return tr("{unit}, {measure}", unit=unit, measure=measure)
        return tr(
            "last {value} in {period}; {unit}, {measure}",
            value=exact(last.value, "", last.qualifier),
            period=last.period,
            unit=unit,
            measure=measure,
        )

    @property
    def draft(self) -> str:
        """One draft for each indicator."""
        return f"log {self.row.id}"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Value and period first; the rest is where it comes from."""
        today = self.row.measure == "level"
        hint = tr("empty for today") if today else tr("for example 2025 or 2025-Q3")
        return (
            FieldSpec("value", tr("value"), tr("like 310k, 1.5m, >10,000")),
            FieldSpec("period", tr("period"), hint, completes="period", blank=today),
            FieldSpec("source", tr("source"), tr("who published it"), prose=True, completes="source"),
            FieldSpec("note", tr("note"), tr("optional"), prose=True),
            *_more(),
        )

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing: a source that nobody typed would be claimed for a figure that it never gave."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return the entry as typed."""
        return Log(_entry(self.row.id, values, yes))


@dataclass(frozen=True)
class CorrectDialog:
    """Correct a reading; it starts with what the reading says."""

    row: Row
    reading: ReadingView

    word = "correct"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def subject(self) -> str:
        """The indicator's name and the reading's period."""
        return tr("{name}, {period}", name=self.row.shown_name, period=self.reading.period)

    @property
    def note(self) -> str:
        """What the reading says now."""
        return tr("now {value}", value=exact(self.reading.value, self.row.shown_unit, self.reading.qualifier))

    @property
    def draft(self) -> str:
        """One draft for each reading."""
        return f"correct {self.reading.id}"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Those of a reading, and why."""
        as_before = tr("as before")
        return (
            FieldSpec("value", tr("value"), as_before),
            FieldSpec("period", tr("period"), as_before),
            FieldSpec("source", tr("source"), as_before, prose=True, completes="source"),
            FieldSpec("note", tr("note"), as_before, prose=True),
            FieldSpec("reason", tr("reason"), tr("why it is corrected"), prose=True),
            *_more(),
        )

    @property
    def initial(self) -> Mapping[str, str]:
        """What the reading says now."""
        old = self.reading
        return {
            "value": exact(old.value, self.row.shown_unit, old.qualifier, with_unit=False),
            "period": old.period,
            "source": old.origin.source,
            "note": old.note,
            "url": old.origin.url,
            "published": old.origin.published,
            "series": old.series,
            "provisional": "y" if old.provisional else "",
        }

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return the entry as typed."""
        return Correct(self.reading.id, _entry(self.row.id, values, yes), values.get("reason", ""))


@dataclass(frozen=True)
class RetractDialog:
    """Withdraw a reading or a target as an entry error; asks why."""

    row: Row
    fact: ReadingView | TargetView

    word = "retract"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def subject(self) -> str:
        """What is withdrawn, in words."""
        fact, name = self.fact, self.row.shown_name
        if isinstance(fact, ReadingView):
            value = exact(fact.value, self.row.shown_unit, fact.qualifier)
            return tr("{name}, {value} in {period}", name=name, value=value, period=fact.period)
        text = exact_goal(fact.value, fact.high, fact.comparator, self.row.shown_unit, with_unit=False)
        return tr("{name}, target {goal} by {due}", name=name, goal=text, due=fact.due)

    @property
    def note(self) -> str:
        """That nothing is lost."""
        return tr("it stays in the history")

    @property
    def draft(self) -> str:
        """One draft for each fact."""
        return f"retract {self.fact.id}"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Only the reason."""
        return (FieldSpec("reason", tr("reason"), tr("why it is withdrawn"), prose=True),)

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:  # noqa: ARG002
        """Return which fact and why."""
        return Retract(self.fact.id, values.get("reason", ""))


@dataclass(frozen=True)
class DropDialog:
    """Record that a promise was withdrawn by whoever made it; asks why."""

    row: Row
    target: TargetView

    word = "drop"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def subject(self) -> str:
        """The promise in words."""
        promise = promise_text(self.row, self.target, UNICODE)
        return tr("{name}, {promise}", name=self.row.shown_name, promise=promise)

    @property
    def note(self) -> str:
        """That it is no entry error, and what becomes of its verdict."""
        late = self.target.state == "due passed"
        return tr("its verdict stays") if late else tr("it stays in the ledger, as dropped")

    @property
    def draft(self) -> str:
        """One draft for each promise."""
        return f"drop {self.target.id}"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Only the reason."""
        return (FieldSpec("reason", tr("reason"), tr("why it no longer holds"), prose=True),)

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:  # noqa: ARG002
        """Return which promise and why."""
        return Drop(self.target.id, values.get("reason", ""))


def _entry(indicator: str, values: Mapping[str, str], yes: bool) -> LogEntry:
    return LogEntry(
        indicator,
        value=values.get("value", ""),
        period=values.get("period", ""),
        series=values.get("series", ""),
        note=values.get("note", ""),
        source=values.get("source", ""),
        url=values.get("url", ""),
        published=values.get("published", ""),
        provisional=agreed(values.get("provisional", "")),
        yes=yes,
    )
