"""The board's rows and summary, built from assessed cases."""

from __future__ import annotations

from datetime import date

from gztrack.domain.amounts import percent
from gztrack.domain.assessment import Assessment
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.series import Series
from gztrack.domain.text import clean
from gztrack.domain.units import parse_unit
from gztrack.domain.verdicts import verdict
from gztrack.language import term, tr
from gztrack.services.board.assessing import Case, case, goal
from gztrack.services.board.circles import heads
from gztrack.services.entering.references import handle
from gztrack.services.views import SUMMARY_FOLD, Bar, Origin, ReadingView, Row, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUMMARY_ORDER = ("off track", "missed", "behind", "on track", "reached", "cannot tell", "no reading", "no target",
                 "superseded", "dropped", term("archived"))  # fmt: skip
"""Worst first, as the summary line shows the folded statuses."""


def row(
    register: Register,
    indicator: Fact,
    moment: Moment,
    method: str,
    *,
    depth: int = 0,
    project: bool = False,
) -> Row:
    """One indicator as the board shows it; with its forecast where asked for."""
    found = case(register, indicator, moment, method, project=project)
    return row_of(register, found, moment, depth=depth)


def row_of(register: Register, found: Case, moment: Moment, *, depth: int = 0) -> Row:
    """The row of an assessed case."""
    indicator, assessment = found.indicator, found.assessment
    latest = _shown(found)
    headline = found.headline
    return Row(
        id=indicator["indicator"],
        name=clean(indicator["name"]),
        name_zh=clean(indicator.get("name_zh", "")),
        group=clean(indicator.get("group", "")),
        depth=depth,
        unit=parse_unit(indicator["unit"]),
        decimals=indicator.get("decimals"),
        measure=indicator["measure"],
        direction=indicator["direction"],
        reading=reading_view(register, latest, "counts", pin=register.pin(latest, moment))
        if latest
        else None,
        target=target_view(register, found, headline, moment) if headline else None,
        bar=bar(assessment) if headline else None,
        percent=percentage(assessment),
        status=assessment.status,
        reason=assessment.reason,
        assessment=assessment,
        trend=tuple(Series.of(assessment.counted).values[-40:]),
        archived=bool(indicator.get("archived")),
        group_zh=clean(indicator.get("group_zh", "")),
        unit_zh=clean(indicator.get("unit_zh", "")),
    )


def _shown(found: Case) -> Fact | None:
    """The reading a row shows: the latest of the coverage that counts, else the latest at all."""
    latest = found.assessment.latest
    if latest is not None:
        return next((f for f in reversed(found.own) if f["id"] == latest.id), None)
    return found.own[-1] if found.own else None


def percentage(assessment: Assessment) -> str:
    """The row's one percentage: attainment, or path where lower is better; empty where both are refused."""
    figure = assessment.share
    return percent(figure.value, figure.qualifier) if figure is not None else ""


def bar(assessment: Assessment) -> Bar:
    """The row's bar in fractions of the target."""
    figure = assessment.share
    if figure is None:
        return Bar(None, marker=None, overdue=assessment.overdue)
    bound = (
        "lower" if figure.qualifier in LOWER_BOUNDS else "upper" if figure.qualifier in UPPER_BOUNDS else ""
    )
    return Bar(figure.value, bound, assessment.marker, assessment.overdue)


def origin(fact: Fact) -> Origin:
    """Where a fact comes from."""
    return Origin(clean(fact.get("source", "")), clean(fact.get("source_url", "")), fact.get("published", ""))


def reading_view(
    register: Register, fact: Fact, standing: str, reason: str = "", pin: Fact | None = None
) -> ReadingView:
    """A reading ready to show.

    Args:
        register: Whose fact it is, and in whose zone it was logged.
        fact: The reading's.
        standing: What became of it.
        reason: Why.
        pin: The latest pin on it.
    """
    return ReadingView(
        id=fact["id"],
        handle=handle(fact["id"]),
        period=fact["period"],
        start=date.fromisoformat(fact["start"]),
        end=date.fromisoformat(fact["end"]),
        value=fact["value"],
        qualifier=fact.get("qualifier", "exact"),
        provisional=fact.get("status") == "provisional",
        series=clean(fact.get("series", "")),
        origin=origin(fact),
        note=clean(fact.get("note", "")),
        author=clean(fact["author"]),
        logged_at=fact["at"],
        logged=register.local_time(fact["at"]),
        standing=standing,
        replaces=fact.get("replaces", ""),
        reason=reason or clean(fact.get("reason", "")),
        inferred=tuple(fact.get("inferred", ())),
        pinned=pin is not None,
        pin_reason=clean(pin.get("reason", "")) if pin else "",
    )


def target_view(register: Register, found: Case, fact: Fact, moment: Moment) -> TargetView:
    """A target with its verdict as of the moment."""
    state, by = register.target_state(fact, moment)
    indicator = found.indicator
    headline = found.headline is not None and found.headline["id"] == fact["id"]
    if headline and found.goal is not None and found.assessment.verdict is not None:
        aim, judged = found.goal, found.assessment.verdict
    else:
        aim = goal(register, fact, moment)
        measure, direction = indicator["measure"], indicator["direction"]
        judged = verdict(found.points, aim, measure=measure, direction=direction, today=moment.day)
    if state == "corrected" and by is not None and "of" in by:
        state = "retracted"
    standing = term("due passed") if aim.overdue(moment.day) else "open"
    evidence, why = judged.evidence, clean(by.get("reason", "")) if by else ""
    proof = register.get(evidence.id) if evidence else None
    new, pin = _taken_over(register, fact, by, moment), register.pin(fact, moment)
    gone, revised = _withdrawn(register, fact, state, by, moment), register.revised(fact, moment)
    return TargetView(
        id=fact["id"],
        handle=handle(fact["id"]),
        indicator=fact["indicator"],
        value=fact["value"],
        high=fact.get("high"),
        comparator=fact["comparator"],
        due=fact.get("due", "none"),
        due_end=aim.due,
        over=fact.get("over", ""),
        stated_on=fact.get("stated_on", ""),
        stated_by=clean(fact.get("stated_by", "")),
        quote=clean(fact.get("quote", "")),
        origin=origin(fact),
        note=clean(fact.get("note", "")),
        author=clean(fact["author"]),
        logged_at=fact["at"],
        logged=register.local_time(fact["at"]),
        state=standing if state == "standing" else state,
        verdict=judged.status,
        reason=why if judged.status == "corrected" and why else judged.reason or why,
        evidence=evidence.period if evidence else "",
        evidence_id=evidence.id if evidence else "",
        margin=judged.margin,
        margin_qualifier=judged.qualifier,
        evidence_value=None if evidence is None or aim.span else evidence.value,
        evidence_qualifier=evidence.qualifier if evidence else "exact",
        evidence_origin=origin(proof[1]) if proof else Origin(),
        replaced_by=new["id"] if new is not None else "",
        ended_on=_ended(new) or (register.said_on(gone) if gone else ""),
        dropped_on=register.said_on(gone) if gone else "",
        dropped_why=clean(gone.get("reason", "")) if gone else "",
        replaces=revised[0]["id"] if revised else fact.get("replaces", ""),
        change=_change(revised[0], fact, revised[1]) if revised else "",
        headline=headline,
        pinned=pin is not None,
        pin_reason=clean(pin.get("reason", "")) if pin else "",
        inferred=tuple(fact.get("inferred", ())),
        lack=judged.cause,
    )


def _taken_over(register: Register, fact: Fact, by: Fact | None, moment: Moment) -> Fact | None:
    """The target that stands in another one's place, also where it came only after the due date."""
    if by is not None:
        return by if "value" in by else None
    new = register.successor(fact, moment)
    return new if new and register.said_on(new) <= moment.day.isoformat() else None


def _withdrawn(register: Register, fact: Fact, state: str, by: Fact | None, moment: Moment) -> Fact | None:
    """The withdrawal of a target, also one that came only after the due date."""
    gone = by if state == "dropped" else register.drop(fact, moment)
    return gone if gone and register.said_on(gone) <= moment.day.isoformat() else None


def _ended(new: Fact | None) -> str:
    """When a target was replaced, as far as that was said; entry errors have no such date."""
    return str(new.get("stated_on", "")) if new and new.get("how") == "revision" else ""


def _change(old: Fact, new: Fact, moved: Fact) -> str:
    """What a revision changed, and why it was made: "raised by 50, one year later (mid-term review)"."""
    from gztrack.services.entering.goals import change_text  # only of a promise that was moved

    why = clean(moved.get("reason", ""))
    change = change_text(old, new)
    return tr("{change} ({reason})", change=change, reason=why) if why else change


def arranged(indicators: Iterable[Fact]) -> list[tuple[Fact, int]]:
    """Indicators in board order with their depth: groups as first stated, parts right after their whole."""
    groups: dict[str, list[Fact]] = {}
    for fact in indicators:
        groups.setdefault(fact.get("group", ""), []).append(fact)
    ordered: list[tuple[Fact, int]] = []
    for members in groups.values():
        ordered += _with_parts(members)
    return ordered


def _with_parts(members: Sequence[Fact]) -> list[tuple[Fact, int]]:
    """A group's indicators with their depth, each once, whatever it is part of: a circle starts with its first."""
    tops = heads({fact["indicator"]: fact.get("part_of", "") for fact in members})
    parts: dict[str, list[Fact]] = {}
    waiting: list[tuple[Fact, int]] = []
    for fact in reversed(members):  # the first waits last, to be taken first
        if fact["indicator"] in tops:
            waiting.append((fact, 0))
        else:
            parts.setdefault(fact["part_of"], []).append(fact)
    ordered: list[tuple[Fact, int]] = []
    while waiting:
        fact, depth = waiting.pop()
        ordered.append((fact, depth))
        waiting += [(part, depth + 1) for part in parts.get(fact["indicator"], ())]
    return ordered


def counts(rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    """The summary, worst first, zeros omitted; archived rows are counted apart."""
    words = [SUMMARY_FOLD.get(row.shown_status, row.shown_status) for row in rows]
    return tuple((word, words.count(word)) for word in SUMMARY_ORDER if word in words)
