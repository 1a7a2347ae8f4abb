"""Phrases that texts and snapshots share: a figure, a status with its reason, what became of a promise."""

from __future__ import annotations

from collections.abc import Mapping

from gztrack.domain.amounts import exact, exact_goal, signed
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.text import clean
from gztrack.domain.units import NO_UNIT, Unit
from gztrack.domain.verdicts import ERROR
from gztrack.export.board_text import due_text
from gztrack.services.views import ERRORS, Origin, ReadingView, TargetView


def explained(status: str, reason: str) -> str:
    """A status or verdict with its reason, which may begin with the very words of it."""
    return reason if reason.startswith(status) else f"{status}: {reason}" if reason else status


def brief(verdict: str, reason: str) -> str:
    """A reason that stands beside its verdict, without saying that again."""
    return reason.removeprefix(f"{verdict} at the due date; ")


def said_flags(reading: ReadingView) -> str:
    """What the flags of a reading mean, in words."""
    said = ["provisional"] if reading.provisional else []
    said += [f"{name} inferred" for name in reading.inferred]
    return f" ({', '.join(said)})" if said else ""


def figure_text(view: ReadingView, unit: Unit, decimals: int | None, *, ascii: bool) -> str:  # noqa: A002
    """A reading's figure in full, without the words of its unit."""
    return exact(view.value, unit, view.qualifier, with_unit=unit.percent, decimals=decimals, ascii=ascii)


def goal_text(view: TargetView, unit: Unit, decimals: int | None, *, ascii: bool) -> str:  # noqa: A002
    """A target's figure in full, without the words of its unit."""
    return exact_goal(
        view.value,
        view.high,
        view.comparator,
        unit,
        with_unit=unit.percent,
        decimals=decimals,
        ascii=ascii,
    )


def source_text(origin: Origin) -> str:
    """The shortest name of a source, with its date."""
    return clean(origin.short + (f", {origin.published}" if origin.published and origin.short else ""))


def margin_text(view: TargetView, *, ascii: bool = False) -> str:  # noqa: A002
    """How far the evidence is beyond the target or short of it; from a bound a bound: ``>+700,000``."""
    if view.margin is None:
        return ""
    return sign_of(view.margin_qualifier, ascii=ascii) + signed(view.margin)


def promise_text(view: TargetView, unit: Unit = NO_UNIT, decimals: int | None = None) -> str:
    """A target in full with its date: ``≥300,000 vehicles/year by 2020-12-31``."""
    goal = exact_goal(view.value, view.high, view.comparator, unit, decimals=decimals)
    over = f" in total over {clean(view.over)}" if view.over else ""
    return f"{goal}{over} {dated(view)}"


def dated(view: TargetView) -> str:
    """When a target is due: ``by 2020-12-31?``, ``without a due date``."""
    due = due_text(view)
    return f"by {due}" if due else "without a due date"


def stated_text(view: TargetView) -> str:
    """Who stated a target and when: ``stated 2019-Q4 (inferred) by City``."""
    inferred = " (inferred)" if "stated_on" in view.inferred else ""
    said = f"stated {view.stated_on}{inferred}" if view.stated_on else "stated on an unknown date"
    return f"{said} by {view.stated_by}" if view.stated_by else said


def verdict_text(view: TargetView) -> str:
    """A verdict with its reason; an entry error is called one."""
    if view.state in ERRORS:
        why = f": {view.reason}" if view.reason and view.reason != ERROR else ""
        return f"{ERROR} ({view.state}{why})"
    return explained(view.verdict, view.reason)


def evidence_text(view: TargetView, unit: Unit = NO_UNIT) -> str:
    """The reading that decided, and by how much: ``48,000 for 2020 (slyday.com), margin +33,400``."""
    if not view.evidence:
        return ""
    figure = "the sum up to " if view.over else ""
    if view.evidence_value is not None:
        figure = exact(view.evidence_value, unit, view.evidence_qualifier, with_unit=unit.percent) + " for "
    source = f" ({view.evidence_origin.short})" if view.evidence_origin.short else ""
    margin = f", margin {margin_text(view)}" if view.margin is not None else ""
    return f"{figure}{view.evidence}{source}{margin}"


def replaced_text(view: TargetView, known: Mapping[str, TargetView]) -> str:
    """What took a target's place: ``replaced on 2022-03-17 by >2,000,000 by 2025-12-31: raised by ...``."""
    new = known.get(view.replaced_by)
    if new is None or view.state in ERRORS:
        return ""
    change = f": {new.change}" if new.change else ""
    return f"replaced{_when(view)} by {promise_text(new)}{change}"


def _when(view: TargetView) -> str:
    """``on 2022-03-17`` or ``in 2022``, with a blank before it; empty where nobody knows."""
    day = len(view.ended_on) == len("2022-03-17")
    return f" {'on' if day else 'in'} {view.ended_on}" if view.ended_on else ""


def revises_text(view: TargetView, known: Mapping[str, TargetView]) -> str:
    """What a target took the place of: ``revises ≥300,000 by 2020-12-31: same figure, three years later``."""
    if not view.change:
        return ""
    old = known.get(view.replaces)
    return f"revises {promise_text(old) if old else 'an earlier one'}: {view.change}"


def dropped_text(view: TargetView) -> str:
    """When a target was withdrawn and why; empty where it was not."""
    if not view.dropped_on or view.state in ERRORS:
        return ""
    late = "" if view.state == "dropped" else ", after it was due"
    why = f": {view.dropped_why}" if view.dropped_why else ""
    return f"withdrawn on {view.dropped_on}{late}{why}"


def where_text(origin: Origin) -> str:
    """Where something was said: the source in words, and the host of the page."""
    return ", ".join(dict.fromkeys(part for part in (origin.source, origin.short) if part))
