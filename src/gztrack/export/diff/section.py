"""A diff of two snapshots' data."""

from __future__ import annotations

from gztrack.export.diff.content import Content, content
from gztrack.export.diff.readings import readings_between
from gztrack.export.diff.targets import targets_between
from gztrack.export.diff.views import (
    Correction,
    Diff,
    NewReading,
    StatusChange,
    TargetChange,
    VerdictChange,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def section(old: Mapping[str, Any], new: Mapping[str, Any]) -> Diff:
    """What is new between two snapshots: a function of their data alone.

    Args:
        old: The earlier one's, as `gztrack.export.report.Report.data` has it.
        new: The later one's.

    Raises:
        MisfitError: One of them is no snapshot's data.
    """
    return between(content(old), content(new))


def between(old: Content, new: Content) -> Diff:
    """What is new between two snapshots that were taken apart already."""
    readings: list[NewReading] = []
    corrections: list[Correction] = []
    targets: list[TargetChange] = []
    statuses: list[StatusChange] = []
    verdicts: list[VerdictChange] = []
    for slug in dict.fromkeys((*new.rows, *old.rows, *new.targets, *old.targets)):
        before, after = old.rows.get(slug), new.rows.get(slug)
        row = after or before
        subject = row.subject if row else new.named.get(slug) or old.named[slug]
        # One that only the ledger has was archived: its readings are out of sight, and neither new nor gone.
        if after and (before or slug not in old.targets):
            fresh, put_right = readings_between(subject, before.readings if before else (), after.readings)
            readings += fresh
            corrections += put_right
        was, now = (each.standing if each else None for each in (before, after))
        if (was and was.status) != (now and now.status):
            statuses.append(StatusChange(subject, was, now))
        # Of one that left the board nothing more is told; of one that was archived before its promises are.
        if slug in new.targets or after or not before:
            changes, put_right, judged = targets_between(
                subject, old.targets.get(slug, ()), new.targets.get(slug, ())
            )
            targets += changes
            corrections += put_right
            verdicts += judged
    return Diff(
        old.side,
        new.side,
        tuple(readings),
        tuple(corrections),
        tuple(targets),
        tuple(statuses),
        tuple(verdicts),
    )
