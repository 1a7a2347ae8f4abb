"""From the name of a draft back to the form that it was typed into."""

from __future__ import annotations

from gztrack.services.views import Board, Detail, ReadingView, TargetView
from gztrack.tui.desk import Desk
from gztrack.tui.dialogs.fields import Dialog
from gztrack.tui.dialogs.files import ImportDialog, SnapshotDialog
from gztrack.tui.dialogs.goal import GoalDialog
from gztrack.tui.dialogs.indicator import IndicatorDialog
from gztrack.tui.dialogs.reading import CorrectDialog, DropDialog, LogDialog, RetractDialog
from gztrack.tui.dialogs.settings import MethodDialog, PinDialog, SettingsDialog

OF_FACTS = frozenset({"correct", "revise", "retract", "drop", "pin"})
"""Drafts that are named by a reading or a target; all others name an indicator, or nothing."""


async def dialog_of(desk: Desk, name: str, board: Board) -> Dialog | None:
    """Return the form of a draft, or None where what it is about is no longer there.

    Args:
        desk: Where the tracker is asked.
        name: The name that the draft is kept under.
        board: As it is shown.
    """
    whole: dict[str, Dialog] = {
        "new": IndicatorDialog(),
        "snapshot": SnapshotDialog(board.as_of),
        "import": ImportDialog(desk.offer),
        "settings": SettingsDialog(board.title, board.title_zh),
    }
    if name in whole:
        return whole[name]
    word, _, about = name.partition(" ")
    slug = await desk.call(_indicator_of, desk, about) if word in OF_FACTS else about
    if not any(row.id == slug for row in board.rows):
        return None
    detail = await desk.call(desk.detail, slug)
    if word in OF_FACTS:
        return _about_fact(word, about, detail)
    forms: dict[str, Dialog] = {
        "log": LogDialog(detail.row),
        "goal": GoalDialog(detail.row),
        "edit": IndicatorDialog(detail.row, facts=detail.facts),
        "method": MethodDialog(detail.row),
    }
    return forms.get(word)


def _indicator_of(desk: Desk, fact: str) -> str:
    """Id of the indicator that a reading or a target is about, or empty."""
    found = desk.book.register.get(fact)
    return str(found[1].get("indicator", "")) if found else ""


def _about_fact(word: str, fact: str, detail: Detail) -> Dialog | None:
    views: list[ReadingView | TargetView] = [*detail.readings, *detail.targets]
    view = next((view for view in views if view.id == fact), None)
    if view is None:
        return None
    if isinstance(view, ReadingView):
        readings: dict[str, Dialog] = {
            "correct": CorrectDialog(detail.row, view),
            "retract": RetractDialog(detail.row, view),
            "pin": PinDialog(detail.row, view),
        }
        return readings.get(word)
    targets: dict[str, Dialog] = {
        "correct": GoalDialog(detail.row, correcting=view),
        "revise": GoalDialog(detail.row, revising=view),
        "retract": RetractDialog(detail.row, view),
        "drop": DropDialog(detail.row, view),
        "pin": PinDialog(detail.row, view),
    }
    return targets.get(word)
