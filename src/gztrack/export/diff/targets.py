"""What is new in the ledger of one indicator: targets, corrections of entries, and verdicts."""

from __future__ import annotations

from datetime import date

from gztrack.errors import InputError
from gztrack.export.diff.pairing import paired
from gztrack.export.diff.views import Correction, Subject, Target, TargetChange, VerdictChange
from gztrack.language import speaking
from gztrack.services.entering.goals import change_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELDS = Target._fields[:13]


def targets_between(
    subject: Subject, old: Sequence[Target], new: Sequence[Target]
) -> tuple[list[TargetChange], list[Correction], list[VerdictChange]]:
    """Targets that are new, moved or dropped; entry errors put right or withdrawn; and changed verdicts.

    The ledger keeps every promise, so one that is missing was an entry error, and no promise.
    """
    pairs, gone, _ = paired(
        old,
        new,
        (lambda each: each.content, lambda each: each.identity),
        (
            lambda each: each.goal,
            lambda each: (each.due, each.source, each.url),
            lambda each: (each.value, each.high, each.comparator, each.source, each.url),
        ),
    )
    there = {target.named: target for target in new}
    goals = {target.goal for target in old}
    before_of = {id(after): before for before, after in pairs}
    changes: list[TargetChange] = []
    for target in new:
        before = before_of.get(id(target))
        if target.replaces is not None and (before is None or before.replaces is None):
            first = there.get(target.replaces)
            changes.append(
                TargetChange(subject, "moved", target, first, _reason(first, target) if first else "")
            )
        elif before is None:
            changes.append(TargetChange(subject, "new", target, restated=target.goal in goals))
        if target.dropped and not (before and before.dropped):
            changes.append(TargetChange(subject, "dropped", target))
    corrections = [
        Correction(subject, "corrected", before, after, changed)
        for before, after in pairs
        if (changed := _changed(before, after))
    ]
    corrections += [Correction(subject, "withdrawn", target) for target in gone]
    told = {id(change.target) for change in changes if change.kind == "dropped"}
    moved = {change.target.replaces for change in changes if change.kind == "moved"}
    verdicts = [
        VerdictChange(subject, before, after)
        for before, after in pairs
        if _became(before) != _became(after)
        and not (after.verdict == "superseded" and after.named in moved)
        and not (after.verdict == "dropped" and id(after) in told)
    ]
    return changes, corrections, verdicts


def _changed(before: Target, after: Target) -> tuple[str, ...]:
    """Fields that differ; of how a due date was typed nothing is said."""
    return tuple(name for name, a, b in zip(_FIELDS, before.content, after.content, strict=True) if a != b)


def _became(target: Target) -> tuple[str, bool]:
    """What became of a promise: that nobody can tell at its date is one thing, that it was met later another."""
    return target.verdict, target.verdict == "cannot tell" and target.evidence is not None


def moved_by(old: Target, new: Target) -> str:
    """What a revision changed, in one line, as people are answered; empty where the step is no figure that is kept."""
    try:
        return change_text(_typed(old), _typed(new))
    except InputError:  # from one end of what can be kept to the other
        return ""


def days_later(old: Target, new: Target) -> int | None:
    """By how many days the due date came to lie later; None where one has none."""
    if old.due is None or new.due is None:
        return None
    return (date.fromisoformat(new.due) - date.fromisoformat(old.due)).days


def _reason(old: Target, new: Target) -> str:
    """Why a target was moved, if somebody said: it stands in brackets behind what changed."""
    with speaking("en"):
        said = moved_by(old, new)
    change = new.change or ""
    if change.startswith(f"{said} (") and change.endswith(")"):
        return change[len(said) + 2 : -1]
    return ""


def _typed(target: Target) -> dict[str, object]:
    """As the record of a target has it, as far as a change is told by it."""
    found = {
        "value": target.value,
        "high": target.high,
        "comparator": target.comparator,
        "due_end": target.due,
    }
    return {name: value for name, value in found.items() if value is not None}
