"""The ledger as text: how many promises were met, then every target ever stated and what became of it."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.domain.units import NO_UNIT, Unit, as_unit
from gztrack.export.board_text import due_text
from gztrack.export.cells import Column, table, wrapped
from gztrack.export.glyphs import glyph, signs
from gztrack.export.phrases import (
    dropped_text,
    evidence_text,
    goal_text,
    replaced_text,
    revises_text,
    stated_text,
    verdict_text,
    where_text,
)
from gztrack.export.wording import counted, headed, listed, told
from gztrack.language import ntr, ptr, tr
from gztrack.services.board.ledger import ledger_counts, promises, reason_counts, restated, stated
from gztrack.services.views import ERRORS, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def counts_text(targets: Iterable[TargetView]) -> str:
    """The line of counts: ``3 met, 1 met late, 4 missed, 5 no verdict``."""
    return listed(counted(count, word) for word, count in ledger_counts(targets).items()) or tr("no targets")


def summary_lines(targets: Sequence[TargetView]) -> list[str]:
    """What a reader wants first: how many promises there are, how many of them were kept, and why none can tell.

    Returns:
        "9 promises: 1 met, 1 missed, 7 no verdict"; then, where there are any without a verdict,
        "no verdict: 4 no reading for the period, 3 ...".
    """
    count, entries = len(promises(targets)), sum(view.state not in ERRORS for view in targets)
    if not count:
        return [tr("no targets")]
    said = ntr("{n:,} promise", "{n:,} promises", count)
    if entries > count:
        said = tr(
            "{promises} in {entries:,} entries ({once})", promises=said, entries=entries, once=_once(targets)
        )
    lines = [headed(said, counts_text(targets))]
    if reasons := reason_counts(targets):
        why = listed(counted(count, reason) for reason, count in reasons.items())
        lines.append(headed(tr("no verdict"), why))
    return lines


def _once(targets: Iterable[TargetView]) -> str:
    """How many promises are stated more than once: "one stated twice counts once"."""
    times = [len(entries) for entries in stated(targets).values() if len(entries) > 1]
    if len(times) > 1:
        return tr("{promises:,} stated more than once count once each", promises=len(times))
    if times == [2]:
        return tr("one stated twice counts once")
    return tr("one stated {times} times counts once", times=times[0])


def ledger_text(
    targets: Sequence[TargetView],
    *,
    units: Mapping[str, str | Unit] | None = None,
    names: Mapping[str, str] | None = None,
    related: Iterable[TargetView] = (),
    width: int = 100,
    ascii: bool = False,  # noqa: A002
) -> str:
    """How many promises were met, then each with its story.

    Args:
        targets: The targets, in the order in which to show them.
        units: Id of an indicator to its unit; without it figures are bare.
        names: Id of an indicator to its name.
        related: Targets that are not shown but may be named as what replaced one that is.
        width: Cells of a line.
        ascii: ASCII glyphs and signs.
    """
    if not targets:
        return tr("no targets") + "\n"
    known = {slug: as_unit(unit) for slug, unit in (units or {}).items()}
    lines = [line for said in summary_lines(targets) for line in wrapped(said, width)]
    lines += [
        "",
        *promise_lines(targets, units=known, names=names, related=related, width=width, ascii=ascii),
    ]
    return "\n".join([*lines, ""])


def promise_lines(
    targets: Sequence[TargetView],
    *,
    units: Mapping[str, Unit],
    names: Mapping[str, str] | None = None,
    related: Iterable[TargetView] = (),
    indicator: bool = True,
    width: int = 100,
    ascii: bool = False,  # noqa: A002
) -> list[str]:
    """A line of due date, figure and verdict for each target, and below it its `story`.

    Args:
        targets: As in `ledger_text`, and so the rest.
        units: Id of an indicator to its unit.
        names: Id of an indicator to its name.
        related: Targets that may be named.
        indicator: Whether to say of which indicator each one is.
        width: Cells of a line.
        ascii: ASCII glyphs and signs.
    """
    columns = [
        Column("  " + tr("due")),
        Column(tr("indicator"), least=12),
        Column(tr("target"), at_right=True),
        Column(tr("verdict")),
        Column(ptr("of a fact", "id")),
    ]
    never = tr("none")
    rows = [
        [
            f"{signs(mark(view), ascii=ascii)} {due_text(view) or never}",
            view.indicator if indicator else "",
            goal_text(view, units.get(view.indicator, NO_UNIT), None, ascii=ascii),
            tr(view.state if view.state in ERRORS else view.verdict),
            view.handle,
        ]
        for view in targets
    ]
    first, *lines = table(columns, rows, width, ".." if ascii else "…", gap=1 if width < 90 else 2)
    later = {view.id: view for view in (*related, *targets)}
    same = restated(later.values())
    text = [first]
    for view, line in zip(targets, lines, strict=True):
        text.append(line)
        parts = story(view, later, units.get(view.indicator, NO_UNIT))
        if names and (name := clean(names.get(view.indicator, ""))):
            parts = [headed(name, parts[0]), *parts[1:]]
        if view.id in same:
            first_one = tr("the same promise as {id}", id=same[view.id].handle)
            parts = [parts[0], first_one, *parts[1:]]
        for part in parts:
            text += wrapped(signs(part, ascii=ascii), width, "    ", "      ")
    return text


def mark(view: TargetView) -> str:
    """The glyph of a target's verdict; an entry error has none but a dash."""
    return "–" if view.state in ERRORS else glyph(view.verdict)


def story(
    view: TargetView, known: Mapping[str, TargetView], unit: Unit = NO_UNIT, *, notes: bool = True
) -> list[str]:
    """Who stated a target, when, in what words and where; its verdict with evidence; what replaced it.

    Args:
        view: The target.
        known: Id to each target that may be named.
        unit: Of the indicator.
        notes: Its note too.

    Returns:
        One thing to tell each, in their order; the first is there for every target.
    """
    said = listed((stated_text(view), where_text(view.origin)))
    if view.quote:
        said = headed(said, tr('"{quote}"', quote=view.quote))
    replaced, evidence = replaced_text(view, known), evidence_text(view, unit)
    verdict = verdict_text(view)
    # The table has the bare word already, and what replaced a target says more than that it was.
    judged = (
        [verdict] if verdict != tr(view.verdict) and not (replaced and view.verdict == "superseded") else []
    )
    judged += [tr("evidence {evidence}", evidence=evidence)] if evidence else []
    changed = (dropped_text(view), replaced, revises_text(view, known))
    return [
        said,
        *([told(judged)] if judged else []),
        *(text for text in changed if text),
        *([tr("headline by a pin: {why}", why=view.pin_reason)] if view.pinned and view.pin_reason else []),
        *([tr("note: {note}", note=view.note)] if view.note and notes else []),
    ]
