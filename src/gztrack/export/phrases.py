"""Phrases that texts and snapshots share: a figure, a status with its reason, what became of a promise."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal, percent, signed
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.text import clean
from gztrack.domain.units import NO_UNIT, Unit
from gztrack.domain.verdicts import ERROR
from gztrack.export.board_text import due_text
from gztrack.export.wording import FIELDS, headed, listed, noted, read_for, totalled
from gztrack.language import language, tr
from gztrack.services.views import ERRORS, Origin, ReadingView, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gztrack.domain.reckoning.bounds import Figure


def explained(status: str, reason: str) -> str:
    """A status or verdict with its reason, which may begin with the very words of it."""
    said = tr(status)
    if reason.startswith(said) or brief(status, reason) != reason:
        return reason
    return headed(said, reason)


def brief(verdict: str, reason: str) -> str:
    """A reason that stands beside its verdict, without saying that again."""
    before, _, after = tr("cannot tell at the due date; met by {day}").partition("{day}")
    if verdict != "cannot tell" or not (reason.startswith(before) and reason.endswith(after)):
        return reason
    return tr("met by {day}", day=reason[len(before) : len(reason) - len(after)])


def share_text(figure: Figure | None) -> str:
    """An attainment or a path: "72.0 %", ">50.0 %"; empty where it was refused."""
    return percent(figure.value, figure.qualifier, room=12) if figure else ""


def said_flags(reading: ReadingView) -> str:
    """What the flags of a reading mean, in words; empty where it has none."""
    said = [tr("provisional")] if reading.provisional else []
    said += [tr("{field} inferred", field=_field(name)) for name in reading.inferred]
    return listed(said)


def _field(name: str) -> str:
    """What a field is called; in English by its own name."""
    return name if language() == "en" else tr(FIELDS.get(name, name))


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
    return listed((clean(origin.short), origin.published)) if origin.short else ""


def margin_text(view: TargetView) -> str:
    """How far the evidence is beyond the target or short of it; from a bound a bound: ``>+700,000``."""
    if view.margin is None:
        return ""
    return sign_of(view.margin_qualifier) + signed(view.margin)


def promise_text(view: TargetView, unit: Unit = NO_UNIT, decimals: int | None = None) -> str:
    """A target in full with its date: ``≥300,000 vehicles/year by 2020-12-31``."""
    goal = exact_goal(view.value, view.high, view.comparator, unit, decimals=decimals)
    return dated(totalled(goal, clean(view.over)), due_text(view))


def dated(goal: str, due: str, *, inferred: bool = False) -> str:
    """A goal with its due date: ``≥300,000 by 2020-12-31 (date inferred)``, ``≥300,000 without a due date``."""
    if not due:
        return tr("{goal} without a due date", goal=goal)
    if inferred:
        return tr("{goal} by {due} (date inferred)", goal=goal, due=due)
    return tr("{goal} by {due}", goal=goal, due=due)


def stated_text(view: TargetView) -> str:
    """Who stated a target and when: ``stated 2019-Q4 (inferred) by City``."""
    said = tr("stated {date}", date=view.stated_on) if view.stated_on else tr("stated on an unknown date")
    if view.stated_on and "stated_on" in view.inferred:
        said = tr("stated {date} (inferred)", date=view.stated_on)
    return stated_by(said, view.stated_by)


def stated_by(stated: str, who: str) -> str:
    """When a target was stated, with who did, where that is known."""
    return tr("{stated} by {who}", stated=stated, who=who) if who else stated


def verdict_text(view: TargetView) -> str:
    """A verdict with its reason; an entry error is called one."""
    if view.state in ERRORS:
        why = "" if view.reason in (ERROR, tr(ERROR)) else view.reason
        return noted(tr(ERROR), headed(tr(view.state), why))
    return explained(view.verdict, view.reason)


def evidence_text(view: TargetView, unit: Unit = NO_UNIT) -> str:
    """The reading that decided, and by how much: ``48,000 for 2020 (slyday.com), margin +33,400``."""
    if not view.evidence:
        return ""
    margin = tr("margin {margin}", margin=margin_text(view)) if view.margin is not None else ""
    return listed((noted(proof_text(view, unit), view.evidence_origin.short), margin))


def proof_text(view: TargetView, unit: Unit) -> str:
    """The reading that decided, with its figure where it is one: ``48,000 for 2020``, ``the sum up to 2023``."""
    if view.evidence_value is not None:
        figure = exact(view.evidence_value, unit, view.evidence_qualifier, with_unit=unit.percent)
        return read_for(figure, view.evidence)
    return (
        tr("the sum up to {period}", period=view.evidence) if view.evidence and view.over else view.evidence
    )


def replaced_text(view: TargetView, known: Mapping[str, TargetView]) -> str:
    """What took a target's place: ``replaced on 2022-03-17 by >2,000,000 by 2025-12-31: raised by ...``."""
    new = known.get(view.replaced_by)
    if new is None or view.state in ERRORS:
        return ""
    target, when = promise_text(new), view.ended_on
    if not when:
        said = tr("replaced by {target}", target=target)
    elif len(when) == len("2022-03-17"):
        said = tr("replaced on {date} by {target}", date=when, target=target)
    else:
        said = tr("replaced in {date} by {target}", date=when, target=target)
    return headed(said, new.change)


def revises_text(view: TargetView, known: Mapping[str, TargetView]) -> str:
    """What a target took the place of: ``revises ≥300,000 by 2020-12-31: same figure, three years later``."""
    if not view.change:
        return ""
    old = known.get(view.replaces)
    said = tr("revises {target}", target=promise_text(old)) if old else tr("revises an earlier one")
    return headed(said, view.change)


def dropped_text(view: TargetView) -> str:
    """When a target was withdrawn and why; empty where it was not."""
    if not view.dropped_on or view.state in ERRORS:
        return ""
    said = tr("withdrawn on {date}", date=view.dropped_on)
    if view.state != "dropped":
        said = tr("withdrawn on {date}, after it was due", date=view.dropped_on)
    return headed(said, view.dropped_why)


def where_text(origin: Origin) -> str:
    """Where something was said: the source in words, and the host of the page."""
    return listed(dict.fromkeys((origin.source, origin.short)))
