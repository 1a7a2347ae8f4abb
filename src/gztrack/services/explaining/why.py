"""``gztrack why``: every figure behind a row with its sum, each number traceable to its source.

Nothing is decided here that the row does not know: the results are those of the assessment, and
what stands beside them is asked of the same functions that made them.
"""

from __future__ import annotations

from gztrack.domain.assessment import Assessment
from gztrack.domain.register import Moment, Register
from gztrack.language import tr
from gztrack.services.board.assessing import case, goal
from gztrack.services.board.details import targets
from gztrack.services.board.rows import row_of
from gztrack.services.entering.references import known_indicator
from gztrack.services.explaining.figures import figures
from gztrack.services.explaining.forecast import forecast
from gztrack.services.explaining.inputs import inputs
from gztrack.services.explaining.methods import agreement, methods
from gztrack.services.explaining.subject import Sources, Subject
from gztrack.services.explaining.verdicts import explained
from gztrack.services.explaining.views import VerdictSums, Why


def why(register: Register, slug: str, moment: Moment, method: str = "") -> Why:
    """Everything behind one indicator's row as of the moment.

    Args:
        register: The facts.
        slug: The indicator.
        moment: As of when.
        method: How the status is reckoned; empty for the indicator's own way.

    Raises:
        InputError: There is no such indicator.
    """
    indicator = known_indicator(register, slug, moment)
    found = case(register, indicator, moment, method, project=True)
    aim = goal(register, found.headline, moment) if found.headline else None
    subject = Subject(register, moment, found, aim, Sources())
    row = row_of(register, found, moment)
    went_in = inputs(subject, row)
    by_method = methods(subject)
    agree, said = agreement(by_method)
    headline, others = _verdicts(subject)
    rule, text = status_rule(found.assessment)
    return Why(
        row=row,
        as_of=moment.day,
        logged_by=moment.logged_by,
        published_by=moment.published_by,
        rule=rule,
        rule_text=text,
        inputs=went_in,
        figures=figures(subject),
        methods=by_method,
        agree=agree,
        agreement=said,
        verdict=headline,
        others=others,
        forecast=forecast(subject),
        sources=subject.sources.listed(),
    )


def _verdicts(subject: Subject) -> tuple[VerdictSums | None, tuple[VerdictSums, ...]]:
    """The headline target's verdict, and those of the indicator's other targets."""
    headline: VerdictSums | None = None
    others: list[VerdictSums] = []
    for view in targets(subject.register, subject.found, subject.moment):
        known = subject.register.get(view.id)
        if known is None:
            continue
        if view.headline:
            headline = explained(subject, view, known[1])
        else:
            others.append(explained(subject, view, known[1]))
    return headline, tuple(others)


def status_rule(found: Assessment) -> tuple[int, str]:
    """Which rule gave the status, the first that applies, and that in words."""
    status, judged = found.status, found.verdict
    if status == "no reading":
        return 1, tr("there is no reading that counts")
    if status == "no target":
        return 2, tr("there is no target, and {method} needs one", method=found.method)
    if judged is not None and judged.status != "open":
        if judged.status == "superseded":
            return 3, tr("the target was superseded before it was due")
        if judged.status == "dropped":
            return 3, tr("the target was dropped before it was due")
        return 3, tr("the due date has passed, so the verdict stands")
    if status == "achieved":
        return 4, tr("the latest reading meets the target, whatever the trend")
    if status == "not assessable":
        return 5, tr("{method} cannot assess it", method=found.method)
    if status == "cannot tell":
        return 6, tr("the class that {method} gives is left open", method=found.method)
    return 6, tr("the class that {method} gives", method=found.method)
