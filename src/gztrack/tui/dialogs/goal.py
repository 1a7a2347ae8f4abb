"""The form for a target: set one, revise the open one, or correct an entry error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.views import Row, TargetView
from gztrack.tui.dialogs.fields import FieldSpec, agreed
from gztrack.tui.dialogs.requests import Goal, Request


def _more() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("over", tr("over"), tr("a span whose total counts: 2021..2025"), more=True),
        FieldSpec("baseline", tr("base value"), tr("where the path starts"), more=True),
        FieldSpec("baseline_for", tr("base period"), tr("of the base value"), more=True),
        FieldSpec(
            "stated_by", tr("stated by"), tr("who promised it"), more=True, prose=True, completes="stated_by"
        ),
        FieldSpec("quote", tr("quote"), tr("in whose words"), more=True, prose=True),
        FieldSpec("url", tr("url"), tr("the page it was seen on"), more=True, completes="url"),
        FieldSpec("published", tr("published"), tr("a date or a month"), more=True),
        FieldSpec("note", tr("note"), tr("optional"), more=True, prose=True),
    )


def _sign(target: TargetView) -> str:
    return "" if target.comparator == "between" else target.comparator


@dataclass(frozen=True)
class GoalDialog:
    """Set a target, or revise the one that stands.

    Attributes:
        correcting: A target that was entered wrongly; None sets or revises.
        revising: The target that is probably revised; None for the one that the row shows.
    """

    row: Row
    correcting: TargetView | None = None
    revising: TargetView | None = None

    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def word(self) -> str:
        """What is done."""
        return "correct goal" if self.correcting else "goal"

    @property
    def subject(self) -> str:
        """The indicator's name."""
        return self.row.shown_name

    @property
    def note(self) -> str:
        """Unit, measure and where things stand."""
        now = self.row.reading
        unit, measure = clean(self.row.shown_unit.text), tr(self.row.measure)
        if not now:
            return tr("{unit}, {measure}", unit=unit, measure=measure)
        period = now.period + ("p" if now.provisional else "")
        return tr(
            "now {value} in {period}; {unit}, {measure}",
            value=exact(now.value, "", now.qualifier),
            period=period,
            unit=unit,
            measure=measure,
        )

    @property
    def draft(self) -> str:
        """One draft for each indicator, others for each target that is corrected or revised."""
        if self.correcting:
            return f"correct {self.correcting.id}"
        return f"revise {self.revising.id}" if self.revising else f"goal {self.row.id}"

    @property
    def _replaces(self) -> FieldSpec:
        """An open target is probably revised, so it stands there; one whose date has passed is only offered."""
        target = self.row.target
        if target is None or self.revisable:
            return FieldSpec("replaces", tr("revises"), tr("empty: a further target"), blank=True)
        said = exact_goal(target.value, target.high, _sign(target), self.row.shown_unit, with_unit=False)
        hint = tr("y if it replaces {target} by {due}", target=said, due=target.due)
        return FieldSpec("replaces", tr("revises"), hint)

    @property
    def revisable(self) -> TargetView | None:
        """What a new figure probably revises: the target asked about, else the headline one while it is open."""
        if self.revising:
            return self.revising
        target = self.row.target
        return target if target and target.state == "open" else None

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Target and due date first; what it replaces only where there is something to replace."""
        sign = "<=" if self.row.direction == "down" else ">="
        fields = (
            FieldSpec("value", tr("target"), tr("like {sign}1.5m, 40..60", sign=sign)),
            FieldSpec("due", tr("due"), tr("a date, a year, or none")),
            FieldSpec("stated_on", tr("stated on"), tr("empty for today"), blank=True),
            FieldSpec("source", tr("source"), tr("optional"), prose=True, completes="source"),
        )
        reason = FieldSpec("reason", tr("reason"), tr("why it moved"), prose=True)
        if self.correcting:
            return (*fields, reason._replace(hint=tr("what was entered wrongly")), *_more())
        if self.row.target or self.revising:
            return (*fields, self._replaces, reason, *_more())
        return (*fields, *_more())

    @property
    def initial(self) -> Mapping[str, str]:
        """What a corrected target says now; of a new one only which target it revises."""
        old = self.correcting
        if old is None:
            return {"replaces": self.revisable.handle} if self.revisable else {}
        return {
            "value": exact_goal(old.value, old.high, old.comparator, self.row.shown_unit, with_unit=False),
            "due": old.due,
            "stated_on": old.stated_on,
            "source": old.origin.source,
            "over": old.over,
            "stated_by": old.stated_by,
            "quote": old.quote,
            "url": old.origin.url,
            "published": old.origin.published,
            "note": old.note,
        }

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:  # noqa: ARG002  # nothing is asked of a goal
        """Return the entry as typed."""
        names = ("value", "due", "over", "stated_on", "stated_by", "quote", "baseline", "baseline_for")
        given = {
            name: values.get(name, "") for name in (*names, "source", "url", "published", "note", "reason")
        }
        replaces = self.correcting.handle if self.correcting else values.get("replaces", "").strip()
        if replaces and self.row.target and agreed(replaces):
            replaces = self.row.target.handle
        correction = self.correcting is not None
        return Goal(GoalEntry(self.row.id, **given, replaces=replaces, correction=correction))
