"""What an open form is about, and the same form on what that has become meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from gztrack.light import NamedTuple
from gztrack.services.entering.meanwhile import WHOLE
from gztrack.services.views import Detail, ReadingView, TargetView
from gztrack.tui.dialogs.fields import Dialog
from gztrack.tui.dialogs.goal import GoalDialog
from gztrack.tui.dialogs.indicator import IndicatorDialog
from gztrack.tui.dialogs.reading import CorrectDialog, DropDialog, LogDialog, RetractDialog
from gztrack.tui.dialogs.settings import MethodDialog, PinDialog, SettingsDialog

Fact = TypeVar("Fact", ReadingView, TargetView)

_EVERY = frozenset({"indicators", "undos"})
READINGS = _EVERY | {"readings", "retractions"}
_TARGETS = _EVERY | {"targets", "retractions", "pins"}

_OVER = ("retracted", "dropped", "replaced", "corrected", "undone")
"""States in which there is nothing left to correct or to withdraw."""


def concerns(dialog: Dialog) -> tuple[str, frozenset[str]]:
    """Return the indicator that a form is about, and the tables in which a change matters to it.

    Returns:
        An empty id for a form that is about nothing that others could change; `WHOLE` for the whole database.
    """
    match dialog:
        case LogDialog(row) | CorrectDialog(row):
            return row.id, READINGS
        case GoalDialog(row) | DropDialog(row):
            return row.id, _TARGETS
        case RetractDialog(row, fact):
            return row.id, READINGS if isinstance(fact, ReadingView) else _TARGETS
        case IndicatorDialog(row) if row is not None:
            return row.id, _EVERY
        case MethodDialog(row):
            return row.id, _EVERY
        case PinDialog(row, fact):
            return row.id, READINGS | {"pins"} if isinstance(fact, ReadingView) else _TARGETS
        case SettingsDialog():
            return WHOLE, frozenset({"settings"})
    return "", frozenset()


class Titles(NamedTuple):
    """What a database is called, in English and in Chinese."""

    title: str
    title_zh: str


def renewed(dialog: Dialog, subject: Detail | Titles) -> Dialog | None:
    """Return the form as it would open now, or None where what it was about is gone.

    Args:
        dialog: The form as it is open.
        subject: The indicator as it is now; for a form about the whole database, its titles.
    """
    if isinstance(subject, Titles):
        return SettingsDialog(*subject)
    detail, row = subject, subject.row
    match dialog:
        case LogDialog():
            return LogDialog(row)
        case MethodDialog():
            return MethodDialog(row)
        case IndicatorDialog():
            return replace(dialog, row=row, facts=detail.facts)
        case GoalDialog(_, None, None):
            return GoalDialog(row)
        case GoalDialog(_, None, TargetView() as revised):
            now = _now(revised, detail.targets)
            return GoalDialog(row, revising=now) if now else GoalDialog(row)
        case GoalDialog(_, TargetView() as corrected, _):
            now = _now(corrected, detail.targets)
            return GoalDialog(row, correcting=now) if now else None
        case DropDialog(_, target):
            now = _now(target, detail.targets)
            return DropDialog(row, now) if now else None
        case CorrectDialog(_, reading):
            read = _now(reading, detail.readings)
            return CorrectDialog(row, read) if read else None
        case RetractDialog(_, ReadingView() as reading):
            read = _now(reading, detail.readings)
            return RetractDialog(row, read) if read else None
        case RetractDialog(_, TargetView() as target):
            now = _now(target, detail.targets)
            return RetractDialog(row, now) if now else None
        case PinDialog(_, ReadingView() as reading):
            read = _now(reading, detail.readings)
            return PinDialog(row, read) if read and not read.pinned else None
        case PinDialog(_, TargetView() as target):
            now = _now(target, detail.targets)
            return PinDialog(row, now) if now and not now.pinned else None
    return dialog


def _now(fact: Fact, known: Sequence[Fact]) -> Fact | None:
    """Return what has taken a fact's place, itself where nothing has, or None where it is gone."""
    found = next((each for each in known if each.id == fact.id), None)
    seen: set[str] = set()
    at = fact.id
    while at not in seen:
        seen.add(at)
        later = next((each for each in known if each.replaces == at), None)
        if later is not None:
            found, at = later, later.id
    if found is None:
        return None
    state = found.standing if isinstance(found, ReadingView) else found.state
    return None if state in _OVER else found
