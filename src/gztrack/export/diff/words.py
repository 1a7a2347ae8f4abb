"""A diff in words: parts with a heading, lines about an indicator, clauses with the numbers of their sources.

Whatever shows it - text, Markdown, a page, a sheet - lays these out in its own way. They are as people are
answered, and not escaped for any format.
"""

from __future__ import annotations

from gztrack.domain.amounts import percent
from gztrack.domain.text import clean
from gztrack.export.diff.correcting import correction_clauses
from gztrack.export.diff.phrasing import (
    Clause,
    figure_of,
    goal_of,
    promise_of,
    reading_of,
    span_of,
    view_of,
)
from gztrack.export.diff.retelling import retold
from gztrack.export.diff.targets import moved_by
from gztrack.export.phrases import brief, explained, margin_text, proof_text, stated_text
from gztrack.export.wording import headed, listed, noted
from gztrack.language import named, term, tr
from gztrack.light import NamedTuple
from gztrack.services.naming import change_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.export.diff.views import (
        Diff,
        NewReading,
        Side,
        Standing,
        StatusChange,
        Subject,
        TargetChange,
        VerdictChange,
    )
    from gztrack.export.report_parts import Sources


HEADINGS = {
    "readings": term("New readings"),
    "corrections": term("Corrections"),
    "new": term("New targets"),
    "moved": term("Moved targets"),
    "dropped": term("Dropped targets"),
    "statuses": term("Changed statuses"),
    "verdicts": term("Changed verdicts"),
}
"""Parts of a diff in the order in which they are told; empty ones are left out."""

NOTHING = term("Nothing is new.")

_FULL = 12
"""Characters that an attainment may take: it is written with one decimal."""


class Line(NamedTuple):
    """What is said of an indicator.

    Attributes:
        indicator: Its id.
        name: Its name as it is shown.
        clauses: What is said, in a row.
        note: What was noted beside the figure, or empty.
    """

    indicator: str
    name: str
    clauses: tuple[Clause, ...]
    note: str = ""


class Part(NamedTuple):
    """Lines under one heading.

    Attributes:
        key: One of `HEADINGS`.
        heading: With the count: ``New readings (17)``.
    """

    key: str
    heading: str
    lines: tuple[Line, ...]


def told(diff: Diff, sources: Sources) -> tuple[Part, ...]:
    """A diff in words.

    Args:
        diff: What is new.
        sources: Numbers the sources, those of the diff behind what it has already.
    """
    lines: dict[str, list[Line]] = {key: [] for key in HEADINGS}
    for fresh in diff.readings:
        lines["readings"].append(_line(fresh.subject, _reading(fresh, sources), fresh.reading.note))
    for correction in diff.corrections:
        lines["corrections"].append(_line(correction.subject, correction_clauses(correction, sources)))
    for change in diff.targets:
        note = change.target.note if change.kind != "dropped" else None
        lines[change.kind].append(_line(change.subject, _target(change, sources), note))
    for status in diff.statuses:
        lines["statuses"].append(_line(status.subject, _status(status)))
    for verdict in diff.verdicts:
        lines["verdicts"].append(_line(verdict.subject, _verdict(verdict, sources)))
    return tuple(
        Part(key, noted(tr(heading), f"{len(lines[key]):,}"), tuple(lines[key]))
        for key, heading in HEADINGS.items()
        if lines[key]
    )


def head_lines(diff: Diff) -> list[str]:
    """From when to when, and where the two sides are not of a kind."""
    said = [tr("From {old} to {new}", old=side_text(diff.old), new=side_text(diff.new))]
    if diff.old.title != diff.new.title:
        old, new = (clean(side.title) or tr("untitled") for side in (diff.old, diff.new))
        said.append(tr("Two databases: {old}, then {new}", old=old, new=new))
    if diff.old.method != diff.new.method:
        old, new = diff.old.method, diff.new.method
        said.append(tr("Two methods, which alone changes statuses: {old}, then {new}", old=old, new=new))
    return said


def side_text(side: Side) -> str:
    """As of when a side is, from which file, and what was known."""
    notes = [clean(side.file)]
    if side.begun:
        notes.append(tr("before the first entry, of {day}", day=side.begun))
    if side.logged_by and side.logged_by == side.as_of:
        notes.append(tr("as it was known that day"))
    elif side.logged_by and side.file:
        notes.append(tr("only what was logged up to {day}", day=side.logged_by))
    elif side.logged_by:
        notes.append(tr("in hindsight: with what was logged up to {day}", day=side.logged_by))
    elif not side.file:
        notes.append(tr("with all that is known now"))
    if side.published_by:
        notes.append(tr("only readings published up to {day}", day=side.published_by))
    return noted(side.as_of, listed(notes))


def _line(subject: Subject, clauses: Iterable[Clause], note: str | None = None) -> Line:
    name = named(clean(subject.name), clean(subject.name_zh))
    return Line(subject.id, name, tuple(clause for clause in clauses if clause.text), clean(note or ""))


def _reading(fresh: NewReading, sources: Sources) -> Iterable[Clause]:
    reading, unit = fresh.reading, fresh.subject.shown_unit
    number = sources.number(reading.origin)
    yield Clause(reading_of(reading, unit), number)
    if not number:
        yield Clause(tr("no source given"))
    if reading.standing == "future":
        yield Clause(tr("its period is not over"))
    if fresh.instead is not None:
        before = figure_of(fresh.instead, unit)
        yield Clause(tr("counts instead of {figure}", figure=before), sources.number(fresh.instead.origin))


def _target(change: TargetChange, sources: Sources) -> Iterable[Clause]:
    target, unit = change.target, change.subject.shown_unit
    number, view = sources.number(target.origin), view_of(change.subject, target)
    if change.kind == "dropped":
        yield Clause(promise_of(target, unit), number)
        yield Clause(tr("withdrawn on {date}", date=clean(target.ended_on)) if target.ended_on else "")
        yield Clause(clean(target.dropped_why or ""))
        return
    if change.kind == "moved":
        yield Clause(span_of(_before(change), promise_of(target, unit)), number)
        if change.old is not None:
            by = change_in(unit.text, moved_by(change.old, target))
            yield Clause(headed(by, clean(change.reason)) if by else "")
        else:
            yield Clause(clean(target.change or ""))
    else:
        yield Clause(promise_of(target, unit), number)
        yield Clause(tr("the same promise as before, by another source") if change.restated else "")
    if not number:
        yield Clause(tr("no source given"))
    if target.stated_on or target.stated_by:
        yield Clause(stated_text(view))
    yield Clause(tr("“{quote}”", quote=clean(target.quote)) if target.quote else "")
    if change.kind == "new" and target.verdict not in ("open", "superseded", "dropped"):
        yield Clause(explained(target.verdict, _why(target.reason)))


def _before(change: TargetChange) -> str:
    """The target that was moved; of one that the ledger lacks as the new one names it."""
    if change.old is not None:
        return promise_of(change.old, change.subject.shown_unit)
    value, high, comparator, due = change.target.replaces or (0, None, "", "none")
    return goal_of(value, high, comparator, clean(due), change.subject.shown_unit)


def _status(change: StatusChange) -> Iterable[Clause]:
    old, new = change.old, change.new
    if new is None:
        yield Clause(tr("no longer on the board"))
        yield Clause(tr("was {status}", status=tr(old.status)) if old else "")
        return
    if old is None:
        yield Clause(noted(tr(new.status), tr("new on the board")))
    else:
        yield Clause(span_of(tr(old.status), tr(new.status)))
    yield Clause(brief(new.status, _why(new.reason)))
    if share := _attainment(new):
        before = _attainment(old) if old else ""
        share = span_of(before, share) if before not in ("", share) else share
        yield Clause(tr("attainment {share}", share=share))
    if old and old.method != new.method:
        yield Clause(tr("method {method}", method=span_of(old.method, new.method)))


def _why(reason: str | None) -> str:
    return clean(retold(reason or ""))


def _attainment(standing: Standing) -> str:
    if standing.attainment is None:
        return ""
    return percent(standing.attainment, standing.attainment_qualifier or "exact", room=_FULL)


def _verdict(change: VerdictChange, sources: Sources) -> Iterable[Clause]:
    old, new, unit = change.old, change.new, change.subject.shown_unit
    view, reason = view_of(change.subject, new), _why(new.reason)
    number, proof = sources.number(new.origin), sources.number(new.evidence_origin)
    yield Clause(promise_of(new, unit), number)
    if old.verdict != new.verdict:
        yield Clause(span_of(tr(old.verdict), tr(new.verdict)))
        yield Clause(brief(new.verdict, reason))
    else:
        yield Clause(explained(new.verdict, reason))
    yield Clause(proof_text(view, unit), proof)
    yield Clause(tr("margin {margin}", margin=margin_text(view)) if new.margin is not None else "")
