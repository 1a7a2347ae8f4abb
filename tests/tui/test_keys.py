"""Keys as a person set them: they work, the old ones do not, and every text that names a key names the new one."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget

from gztrack.services.entering.suggestions import Suggestions
from gztrack.services.keymap import keymap
from gztrack.services.screens import FILTER, FORM, SCREENS
from gztrack.tui.dialogs.settings import MethodDialog, PinDialog, SettingsDialog
from gztrack.tui.drafts import Drafts
from gztrack.tui.formkeys import form_keys
from gztrack.tui.keys import NO_KEY, textual_keymap, textual_keys
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from gztrack.tui.screens.help import HelpScreen
from gztrack.tui.screens.ledger import LedgerScreen
from gztrack.tui.screens.preview import PreviewScreen
from gztrack.tui.screens.quickentry import QuickEntryScreen
from gztrack.tui.screens.why import WhyScreen
from gztrack.tui.widgets.field import Field
from gztrack.tui.widgets.filterfield import FilterField
from gztrack.tui.widgets.form import Form
from tui.conftest import Started
from tui.fake import FakeTracker, first_run


def keys(**sections: dict[str, object]) -> dict[str, str]:
    made = keymap({"" if name == "every" else name: given for name, given in sections.items()})
    assert made.problems == ()
    return dict(made.keys)


@pytest.mark.parametrize(
    ("holder", "screen"),
    [
        (BoardScreen, "board"),
        (DetailScreen, "detail"),
        (LedgerScreen, "ledger"),
        (WhyScreen, "why"),
        (PreviewScreen, "preview"),
        (Form, "form"),
        (FilterField, "filter"),
    ],
)
def test_every_binding_is_in_the_registry_and_every_action_has_one(holder: type[Widget], screen: str) -> None:
    bound = {binding.id: binding.key for binding in holder.__dict__["BINDINGS"]}
    assert bound == {f"{screen}.{action.name}": ",".join(action.keys) for action in SCREENS[screen]}


def test_every_action_of_a_form_is_carried_out_by_the_form_or_its_field() -> None:
    bound = [*Form.__dict__["BINDINGS"], *Field.__dict__["BINDINGS"]]
    calls = {binding.id: binding.action.partition("(")[0] for binding in bound}
    able = [action for action in FORM if action.name]
    assert [
        a.name
        for a in able
        if not any(hasattr(holder, f"action_{calls[f'form.{a.name}']}") for holder in (Form, Field))
    ] == []


def test_keys_are_called_as_textual_calls_them() -> None:
    assert textual_keys(("?", "comma", "L", "ctrl+t", "编")) == [
        "question_mark",
        "comma",
        "L",
        "ctrl+t",
        "编",
    ]
    assert textual_keymap({"board.archive": ""})["board.archive"] == NO_KEY


async def test_a_key_set_for_one_screen_leaves_the_others(board: Started) -> None:
    async with board(keymap=keys(detail={"log": "b"})) as b:
        await b.press("enter")
        assert "b log" in b.lines[23]
        await b.press("l")
        assert "enter save" not in b.text
        await b.press("b")
        assert "enter save" in b.text
        await b.press("escape", "escape", "l")
        assert "enter save" in b.text


async def test_two_actions_that_change_places_do(board: Started) -> None:
    async with board(keymap=keys(every={"log": "g", "goal": "l"}, ledger={"revise": "b"})) as b:
        await b.press("g")
        assert "─ log " in b.text
        await b.press("escape", "l")
        assert "─ goal " in b.text


async def test_a_character_can_be_a_key(board: Started) -> None:
    async with board(keymap=keys(board={"log": ["+", "comma"]})) as b:
        for key in ("plus", "comma"):
            await b.press(key)
            assert "enter save" in b.text
            await b.press("escape")
        assert "+ log" in b.lines[23]


async def test_an_offer_and_a_question_name_the_keys_that_are_set(board: Started) -> None:
    tracker = FakeTracker()
    tracker.used = Suggestions(sources=(("City bureau", ""), ("Yearbook", "")))
    async with board(tracker, keymap=keys(form={"later": "f6", "save": "f2", "leave": "f4"})) as b:
        await b.press("j", "l", "tab", "tab")
        assert "→ takes it; f6: 1 of 2" in b.line("source")
        await b.press("f6")
        assert "f6: 2 of 2" in b.line("source")
        b.app.screen.query_one(Form).ask("Really?")
        await b.settle()
        assert "f2: save anyway; f4 goes back" in b.text


async def test_quick_entry_names_the_keys_that_are_set(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    Drafts(path).keep("quick", {"value nev-output": "5"})
    tracker = FakeTracker()
    tracker.used = Suggestions(sources=(("City bureau", ""), ("Yearbook", "")))
    set_here = keys(quick={"afresh": "f8", "save": "f2", "back": "f4"}, form={"offer": "f7"})
    async with board(tracker, keymap=set_here, drafts=path) as b:
        await b.press("L")
        assert "f8 starts afresh" in b.lines[23]
        await b.press("tab")
        assert "→ takes it; f7: 1 of 2" in b.line(" source")
        await b.press("f7")
        assert "f7: 2 of 2" in b.line(" source")
        await b.press("f8", "f8")
        assert "f8 throws a draft from before away" in b.lines[23]
        screen = b.app.screen
        assert isinstance(screen, QuickEntryScreen)
        screen.question, screen.message = "Really?", ("", "", "")
        screen.show_footer()
        await b.settle()
        assert "f2: save it as it is; f4 goes back" in b.text
        assert "f2 save it as it is" in b.lines[23]


async def test_an_action_without_a_key_is_in_the_palette_only(board: Started) -> None:
    async with board(keymap=keys(board={"archive": []})) as b:
        await b.press("A")
        assert b.tracker.asked == []
        await b.app.screen.run_action("archive")
        await b.settle()
        assert b.tracker.asked == [("archive", ("nev-capacity",))]


async def test_messages_and_invitations_name_the_keys_as_they_are_set(board: Started) -> None:
    mine = keys(
        every={
            "undo": "b",
            "redo": "B",
            "log": "Y",
            "goal": "f",
            "off_track": "h",
            "import": "I",
            "help": "H",
        }
    )
    async with board(FakeTracker(first_run(), first_run=True), size=(120, 40), keymap=mine) as b:
        assert b.lines[2].startswith(" Start here: Y logs a reading, f sets a goal, I brings in")
        assert "none yet: Y logs the first one" in b.text
        await b.press("c")
        assert "there is no reading to correct: Y logs the first one" in b.lines[39]
        await b.press("A")
        assert "b brings it back" in b.lines[39]
        await b.press("b")
        assert "B brings it back" in b.lines[39]
        await b.press("h")
        assert "nothing is off track; h shows everything again" in b.text
        await b.press("H")
        assert isinstance(b.app.screen, HelpScreen)
        assert " b B " in b.text


async def test_keys_of_forms_and_of_the_filter_can_be_set(board: Started) -> None:
    mine = keys(form={"more": "ctrl+t", "save": "ctrl+s"}, filter={"leave": "ctrl+y"})
    async with board(keymap=mine) as b:
        await b.press("l")
        assert "ctrl+s save" in b.lines[23]
        assert "ctrl+t more" in b.lines[23]
        await b.press("ctrl+t")
        assert "published" in b.text
        await b.type("800k")
        await b.press("ctrl+s")
        assert b.tracker.asked[0][0] == "log"
        await b.press("slash")
        await b.type("nev")
        assert "ctrl+y clear" in b.lines[23]
        await b.press("ctrl+y")
        assert "q quit" in b.lines[23]


async def test_a_form_explains_itself_and_goes_on(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.type("790k")
        await b.press("ctrl+g")
        assert "what fields understand" in b.text
        assert "ctrl+o" in b.text
        await b.press("x")
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert isinstance(screen.form, Form)
        assert screen.form.texts["value"] == "790k"


@pytest.mark.parametrize("cells", range(20, 140, 7))
@pytest.mark.parametrize("restored", [False, True])
def test_a_form_names_as_many_keys_as_fit_and_saving_always(cells: int, restored: bool) -> None:
    found = form_keys(FORM, cells, agree="", restored=restored, more="more fields")
    assert found[0] == ("enter", "save")
    assert "escape" in dict(found)
    assert (("ctrl+r", "start afresh") in found) is restored
    if cells >= 100 and not restored:
        assert dict(found)["ctrl+o"] == "more fields"
        assert dict(found)["ctrl+g"] == "help"


def test_a_question_has_two_answers() -> None:
    found = form_keys(FORM, 80, agree="save anyway", restored=False, more="more fields")
    assert found == [("enter", "save anyway"), ("escape", "change")]


def test_the_filter_says_its_keys() -> None:
    assert [action.footer for action in FILTER if action.footer] == ["keep", "clear", "row"]


async def test_problems_of_the_config_file_stand_in_the_message_line(board: Started) -> None:
    async with board(
        notice=("config.toml, line 3: keys.log: no such key: 'x'", "gztrack config --check")
    ) as b:
        assert "✗ config.toml, line 3: keys.log" in b.lines[23]
        assert b.lines[23].rstrip().endswith("gztrack config --check")
        await b.press("j")
        assert "l log" in b.lines[23]


async def test_names_begin_as_they_are_set(board: Started) -> None:
    async with board(names=("zh",), size=(160, 40)) as b:
        assert "新能源汽车产量" in b.text
        await b.press("N")
        assert "NEV output 新能源汽车产量" in b.text
        await b.press("N")
        assert "新能源汽车产量" not in b.text


async def test_a_reading_is_pinned_from_the_detail(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "P")
        assert isinstance(b.app.screen, DetailScreen)
        form = b.app.screen.form
        assert isinstance(form, Form)
        assert isinstance(form.dialog, PinDialog)
        await b.type("city figure")
        await b.press("enter")
        (name, (fact, reason, target)) = b.tracker.asked[0]
        assert (name, reason, target) == ("pin", "city figure", False)
        assert fact == form.dialog.fact.id


async def test_the_method_of_one_and_title_and_method_of_all_are_set_from_the_board(board: Started) -> None:
    async with board() as b:
        await b.press("M")
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert isinstance(screen.form, Form)
        assert isinstance(screen.form.dialog, MethodDialog)
        await b.type("un-chart")
        await b.press("enter")
        assert b.tracker.asked[0][1][0].method == "un-chart"
        await b.press("E")
        assert isinstance(screen.form.dialog, SettingsDialog)
        await b.press("tab")
        await b.type("newest")
        assert "one of linear" in b.text
        await b.press("ctrl+u")
        await b.type("open-sdg")
        await b.press("enter")
        assert b.tracker.asked[1] == ("edit_database", (("", "", "open-sdg"),))
