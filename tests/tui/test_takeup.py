"""Every form's draft leads back to that form, and has a heading in the list of unfinished entries."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from gztrack.services.views import Board, Detail, ReadingView, TargetView
from gztrack.tui import dialogs
from gztrack.tui.dialogs.fields import Dialog
from gztrack.tui.dialogs.files import ImportDialog, SnapshotDialog
from gztrack.tui.dialogs.goal import GoalDialog
from gztrack.tui.dialogs.indicator import IndicatorDialog
from gztrack.tui.dialogs.reading import CorrectDialog, DropDialog, LogDialog, RetractDialog
from gztrack.tui.dialogs.settings import MethodDialog, PinDialog, SettingsDialog
from gztrack.tui.drafttext import heading
from gztrack.tui.takeup import dialog_of
from tui.two import SLUG, two


def every_class() -> set[type]:
    """Every class of a form that there is."""
    modules = [
        importlib.import_module(f"{dialogs.__name__}.{module.name}")
        for module in pkgutil.iter_modules(dialogs.__path__)
    ]
    known = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return {each for each in known if each.__name__.endswith("Dialog") and each is not Dialog}


def every_dialog(detail: Detail, board: Board) -> list[Dialog]:
    """Each form, about whatever it can be about."""
    row = detail.row
    reading: ReadingView = detail.readings[0]
    target: TargetView = detail.targets[0]
    return [
        LogDialog(row),
        CorrectDialog(row, reading),
        RetractDialog(row, reading),
        RetractDialog(row, target),
        DropDialog(row, target),
        GoalDialog(row),
        GoalDialog(row, correcting=target),
        GoalDialog(row, revising=target),
        IndicatorDialog(),
        IndicatorDialog(row, facts=detail.facts),
        ImportDialog(""),
        SnapshotDialog(board.as_of),
        MethodDialog(row),
        PinDialog(row, reading),
        PinDialog(row, target),
        SettingsDialog(board.title),
    ]


async def test_the_draft_of_every_form_leads_back_to_it(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        desk = board.app.desk
        shown, detail = await desk.call(desk.board), await desk.call(desk.detail, SLUG)
        known = every_dialog(detail, shown)
        assert {type(dialog) for dialog in known} == every_class()
        for dialog in known:
            found = await dialog_of(desk, dialog.draft, shown)
            assert type(found) is type(dialog), dialog.draft
            assert found.draft == dialog.draft
            assert found.subject == dialog.subject


async def test_what_is_offered_in_the_list_opens(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("E", "end", *" 2", "escape", "D")
        assert "title and method  title" in board.text
        await board.press("enter")
        form = board.app.screen.form  # type: ignore[attr-defined]
        assert form.dialog.draft == "settings"
        assert form.texts["title"].endswith(" 2")


def test_a_draft_about_the_whole_database_is_named_in_words() -> None:
    assert heading("settings", ()) == "title and method"
