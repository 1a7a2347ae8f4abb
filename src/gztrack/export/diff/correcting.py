"""Corrections in words: what a figure was and is, and every other field that differs."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.export.diff.phrasing import (
    Clause,
    field_text,
    figure_of,
    inferred_text,
    promise_of,
    reading_of,
    span_of,
)
from gztrack.export.diff.views import Correction, Reading, Target
from gztrack.export.wording import headed
from gztrack.language import term, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.domain.units import Unit
    from gztrack.export.report_parts import Sources

LABELS = {
    "url": term("page"),
    "over": term("span"),
    "quote": term("words"),
    "stated_on": term("statement date"),
    "stated_by": term("stated by"),
}
"""What fields are called that a diff alone names."""


def correction_clauses(correction: Correction, sources: Sources) -> Iterable[Clause]:
    """What is said of a correction."""
    old, new, unit = correction.old, correction.new, correction.subject.shown_unit
    number = sources.number((new or old).origin)
    if new is None:
        yield Clause(_said(old, unit), number)
        yield Clause(tr("withdrawn"))
        return
    if isinstance(old, Reading) and isinstance(new, Reading):
        if correction.kind == "counts":
            yield Clause(tr("{reading} counts now", reading=reading_of(new, unit)), number)
            before = tr("no longer {figure}", figure=figure_of(old, unit))
            yield Clause(before, sources.number(old.origin))
            yield Clause(clean(new.pin_reason or ""))
            return
        figures, periods = figure_of(old, unit), clean(old.period)
        if (old.value, old.qualifier) != (new.value, new.qualifier):
            figures = span_of(figures, figure_of(new, unit))
        if old.place[1:] != new.place[1:]:
            periods = span_of(periods, clean(new.period))
        yield Clause(reading_of(new, unit, figures, periods), number)
        if old.provisional != new.provisional:
            words = [tr("provisional") if each.provisional else tr("final") for each in (old, new)]
            yield Clause(span_of(*words))
    elif isinstance(old, Target) and isinstance(new, Target):
        before, after = promise_of(old, unit), promise_of(new, unit)
        said = span_of(before, after) if before != after else after
        yield Clause(tr("target {goal}", goal=said), number)
    if old.origin._replace(published="") != new.origin._replace(published=""):
        yield Clause(tr("before by another source"), sources.number(old.origin))
    yield from _others(correction)


def _said(entry: Reading | Target, unit: Unit) -> str:
    if isinstance(entry, Reading):
        return reading_of(entry, unit)
    return tr("target {goal}", goal=promise_of(entry, unit))


_TOLD = frozenset(
    (
        "value",
        "qualifier",
        "start",
        "end",
        "provisional",
        "source",
        "url",
        "high",
        "comparator",
        "due",
        "over",
    )
)
"""Fields that the figure, the promise and the source tell."""


def _others(correction: Correction) -> Iterable[Clause]:
    """Every other field: what it was, and what it is."""
    for name in correction.changed:
        if name in _TOLD:
            continue
        old, new = getattr(correction.old, name), getattr(correction.new, name)
        if name == "inferred":
            gone, came = (tuple(f for f in a if f not in b) for a, b in ((old, new), (new, old)))
            yield Clause(tr("no longer so: {what}", what=inferred_text(gone)) if gone else "")
            yield Clause(inferred_text(came))
            continue
        label = tr(LABELS[name]) if name in LABELS else field_text(name)
        yield Clause(headed(label, span_of(_quoted(old), _quoted(new)) if old else _quoted(new)))


def _quoted(text: str | None) -> str:
    return tr("“{quote}”", quote=clean(text)) if text else tr("none")
