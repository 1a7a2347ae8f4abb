"""The ledger as text: every target ever stated, by whom, what became of it, and how many were met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gztrack.domain.amounts import exact_goal, signed
from gztrack.domain.units import NO_UNIT, Unit, as_unit
from gztrack.export.board_text import due_text
from gztrack.export.cells import Column, table, wrapped
from gztrack.export.detail_text import brief, goal_text
from gztrack.export.glyphs import glyph, signs
from gztrack.services.views import TargetView

COUNTED = ("met", "met late", "missed", "no verdict", "open", "superseded", "dropped")
"""The words of the line of counts, in its order."""

NO_VERDICT = ("cannot tell", "no reading", "not assessable", "no target")


def ledger_counts(targets: Iterable[TargetView]) -> dict[str, int]:
    """How many promises were met, met late, missed and so on, zeros left out.

    A promise that a second source restates (same indicator, figure and due date) counts once;
    entry errors, which are no promises, do not count.
    """
    promises = {
        (view.indicator, view.value, view.high, view.comparator, view.due_end, view.over, _folded(view)): view
        for view in targets
        if view.state not in ("corrected", "retracted")
    }
    tally = dict.fromkeys(COUNTED, 0)
    for view in promises.values():
        tally[_folded(view)] += 1
    return {word: count for word, count in tally.items() if count}


def _folded(view: TargetView) -> str:
    if view.verdict in NO_VERDICT:
        return "no verdict"
    return view.verdict if view.verdict in COUNTED else "open"


def counts_text(targets: Iterable[TargetView]) -> str:
    """The line of counts: ``3 met, 1 met late, 4 missed, 5 no verdict``."""
    return ", ".join(f"{count} {word}" for word, count in ledger_counts(targets).items()) or "no targets"


def ledger_text(
    targets: Sequence[TargetView],
    *,
    units: Mapping[str, str | Unit] | None = None,
    width: int = 100,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Every target in two lines, then how many were met.

    The first line has due date, figure, verdict, the reading that is the evidence and how far
    beyond or short of the target it is; the second one who stated it, when, in what words and
    where, why the verdict is what it is, and what took its place.

    Args:
        targets: The targets, in the order in which to show them.
        units: Id of an indicator to its unit; without it figures are bare.
        width: Cells of a line.
        ascii: ASCII glyphs and signs.
    """
    if not targets:
        return "no targets\n"
    known = {slug: as_unit(unit) for slug, unit in (units or {}).items()}
    columns = [
        Column("  due"),
        Column("indicator", least=12),
        Column("target", at_right=True),
        Column("verdict"),
        Column("evidence", least=8),
        Column("margin", at_right=True),
        Column("id"),
    ]
    rows = [
        [
            f"{signs(_mark(view), ascii=ascii)} {due_text(view) or 'none'}",
            view.indicator,
            goal_text(view, known.get(view.indicator, NO_UNIT), None, ascii=ascii),
            view.verdict,
            view.evidence,
            "" if view.margin is None else signed(view.margin),
            view.handle,
        ]
        for view in targets
    ]
    ellipsis = ".." if ascii else "…"
    first, *lines = table(columns, rows, width, ellipsis, gap=1 if width < 90 else 2)
    later = {view.id: view for view in targets}
    text = [first]
    for view, line in zip(targets, lines, strict=True):
        text += [line, *wrapped(signs(story(view, later), ascii=ascii), width, "    ", "    ")]
    return "\n".join([*text, "", counts_text(targets), ""])


def _mark(view: TargetView) -> str:
    return "–" if view.state in ("corrected", "retracted") else glyph(view.verdict)


def story(view: TargetView, known: Mapping[str, TargetView]) -> str:
    """Who stated a target, when, in what words and where; why its verdict; what took its place.

    Args:
        view: The target.
        known: Id to each target whose due date may be named.
    """
    inferred = " (inferred)" if "stated_on" in view.inferred else ""
    stated = f"stated {view.stated_on}{inferred}" if view.stated_on else "stated on an unknown date"
    said = f"{stated} by {view.stated_by}" if view.stated_by else stated
    if view.origin.short:
        said += f", {view.origin.short}"
    if view.quote:
        said += f': "{view.quote}"'
    new = known.get(view.replaced_by)
    parts = [said, brief(view.verdict, view.reason)]
    if new is not None:
        parts.append(f"now {exact_goal(new.value, new.high, new.comparator, '')} by {new.due}")
    if view.change:
        parts.append(f"revises an earlier one: {view.change}")
    return "; ".join(part for part in parts if part)
