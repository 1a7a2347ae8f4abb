"""Phrases of a diff: a figure with its period, a promise with its date, one thing that became another."""

from __future__ import annotations

from datetime import date

from gztrack.domain.amounts import Number, exact, exact_goal
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.phrases import dated
from gztrack.export.wording import FIELDS, listed, noted, read_for, totalled
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.views import TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.export.diff.views import Reading, Subject, Target


class Clause(NamedTuple):
    """Something that is said, with the number of its source; 0 where it has none."""

    text: str
    source: int = 0


def span_of(old: str, new: str) -> str:
    """What something was and what it is: ``behind → met``."""
    return tr("{old} → {new}", old=old, new=new)


def figure_of(reading: Reading, unit: Unit) -> str:
    """A reading's figure with its unit."""
    return exact(reading.value, unit, reading.qualifier)


def reading_of(reading: Reading, unit: Unit, figure: str = "", period: str = "") -> str:
    """A figure for its period, with what marks it: ``48,000 for 2020 (province, provisional)``."""
    said = read_for(figure or figure_of(reading, unit), period or clean(reading.period))
    marks = [tr("series {series}", series=clean(reading.series)) if reading.series else ""]
    marks += [tr("provisional") if reading.provisional else "", inferred_text(reading.inferred)]
    return noted(said, listed(marks))


def inferred_text(names: Iterable[str]) -> str:
    """Which fields are inferred: ``period inferred``."""
    return listed(tr("{field} inferred", field=field_text(name)) for name in names)


def field_text(name: str) -> str:
    """What a field is called."""
    return tr(FIELDS.get(name, clean(name))).replace("_", " ")


def promise_of(target: Target, unit: Unit) -> str:
    """A target with its due date; a mark of interrogation behind one that is inferred."""
    due = target.due_label if target.due_label != "none" else ""
    goal = exact_goal(target.value, target.high, target.comparator, unit)
    mark = "?" if due and "due" in target.inferred else ""
    return dated(totalled(goal, clean(target.over or "")), clean(due) + mark)


def goal_of(value: Number, high: Number | None, comparator: str, due: str, unit: Unit) -> str:
    """A target of which no more is known than another one names."""
    return dated(exact_goal(value, high, comparator, unit), "" if due == "none" else due)


def view_of(subject: Subject, target: Target) -> TargetView:
    """A target as phrases that others share take it; without ids, which snapshots have none of."""
    return TargetView(
        id="",
        handle="",
        indicator=subject.id,
        value=target.value,
        high=target.high,
        comparator=target.comparator,
        due=target.due_label,
        due_end=date.fromisoformat(target.due) if target.due else None,
        over=target.over or "",
        stated_on=clean(target.stated_on or ""),
        stated_by=clean(target.stated_by or ""),
        quote=clean(target.quote or ""),
        origin=target.origin,
        note=clean(target.note or ""),
        author="",
        logged_at="",
        logged="",
        state=target.state,
        verdict=target.verdict,
        reason=target.reason or "",
        evidence=clean(target.evidence or ""),
        evidence_id="",
        margin=target.margin,
        inferred=target.inferred,
        margin_qualifier=target.margin_qualifier or "exact",
        evidence_value=target.evidence_value,
        evidence_qualifier=target.evidence_qualifier or "exact",
        evidence_origin=target.evidence_origin,
    )
