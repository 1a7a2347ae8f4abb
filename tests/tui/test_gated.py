"""A board behind a gate shows and does what is allowed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.errors import RefusedError, StoreError
from gztrack.services.permits import permit
from gztrack.tui.drafts import Drafts
from gztrack.tui.screens.quickentry import QuickEntryScreen
from gztrack.tui.widgets.form import Form
from tui.conftest import Board, Started
from tui.fake import FakeTracker, first_run, row

NEV = "log:nev-*"


def gated(*allowed: str, tracker: FakeTracker | None = None) -> FakeTracker:
    fake = tracker or FakeTracker()
    fake.permit = permit(("board", *allowed))
    return fake


def forms(b: Board) -> list[str]:
    return [form.dialog.word for form in b.app.screen.query(Form)]


async def test_footer_help_and_palette_have_only_what_is_allowed(board: Started) -> None:
    async with board(gated("log"), size=(120, 40)) as b:
        assert "l log" in b.lines[-1]
        for word in ("goal", "snapshot", "undo"):
            assert word not in b.lines[-1]
        await b.press("question_mark")
        assert "log a reading, several" in b.text
        for words in (
            "set a goal",
            "correct",
            "new, edit",
            "undo",
            "import",
            "snapshot",
            "config.toml",
            "title",
        ):
            assert words not in b.text
        await b.press("escape", "ctrl+p")
        assert "log several readings in one go" in b.text
        for words in ("set or revise a goal", "snapshot", "import", "undo", "gztrack status", "gztrack show"):
            assert words not in b.text


async def test_going_to_an_indicator_from_the_palette_names_no_command_that_is_refused(
    board: Started,
) -> None:
    async with board(gated("log"), size=(120, 40)) as b:
        await b.press("ctrl+p", *"NEV")
        assert "go to" in b.text
        assert "gztrack show" not in b.text


async def test_a_key_that_is_not_allowed_says_what_is(board: Started) -> None:
    tracker = gated("status", NEV)
    async with board(tracker, size=(120, 40)) as b:
        for key, said in (
            ("g", "target is not allowed here; allowed: board, status, log:nev-*"),
            ("x", "files are neither read nor written here"),
            ("i", "files are neither read nor written here"),
            ("u", "undo is not allowed here"),
            ("E", "edit is not allowed here"),
        ):
            await b.press(key)
            assert said in b.lines[-1]
            assert forms(b) == []
    assert tracker.asked == []


async def test_an_indicator_that_is_not_on_the_list_is_refused_in_one_line(board: Started) -> None:
    tracker = gated(NEV, "correct:nev-*", "archive:nev-*", "edit:nev-*")
    async with board(tracker, size=(120, 40)) as b:
        await b.press("slash", *"base", "enter")
        for key, command in (("l", "log"), ("c", "correct"), ("A", "archive"), ("e", "edit"), ("M", "edit")):
            await b.press(key)
            assert f"{command} 5g-base-stations is not allowed here; allowed: board, log:nev-*" in b.lines[-1]
            assert forms(b) == []
    assert tracker.asked == []


async def test_an_indicator_on_the_list_is_logged(board: Started) -> None:
    tracker = gated(NEV)
    async with board(tracker) as b:
        await b.press("slash", *"NEV output", "enter", "l")
        assert forms(b) == ["log"]
        await b.type("790k")
        await b.press("enter")
        assert [name for name, _ in tracker.asked] == ["log"]
        assert "undo" not in b.lines[-1]


async def test_quick_entry_has_the_rows_that_may_be_logged_and_no_others(
    board: Started, tmp_path: Path
) -> None:
    path = tmp_path / "drafts.json"
    Drafts(path).keep("quick", {"value 5g-base-stations": "5", "value nev-output": "7"})
    tracker = gated(NEV)
    async with board(tracker, drafts=path) as b:
        await b.press("L")
        screen = b.app.screen
        assert isinstance(screen, QuickEntryScreen)
        assert {each.id.partition("-")[0] for each in screen.sheet.rows} == {"nev"}
        await b.press("enter")
    assert [[each.indicator for each in entries] for _, (entries,) in tracker.asked] == [["nev-output"]]


async def test_a_paste_into_another_row_is_refused(board: Started) -> None:
    async with board(gated(NEV)) as b:
        await b.press("L")
        screen = b.app.screen
        assert isinstance(screen, QuickEntryScreen)
        await b.press("tab", "tab")
        screen.field.post_message(screen.field.Spread("5g-base-stations\t90000\nnev-output\t5"))
        await b.settle()
        assert "no row here is called 5g-base-stations; nothing was taken" in b.text


async def test_where_no_row_may_be_logged_quick_entry_says_so(board: Started) -> None:
    async with board(gated("log:other"), size=(120, 40)) as b:
        await b.press("L")
        assert not isinstance(b.app.screen, QuickEntryScreen)
        assert "is not allowed here; allowed: board, log:other" in b.lines[-1]


async def test_a_new_indicator_is_refused_beside_its_id(board: Started) -> None:
    tracker = gated("add:nev-*")
    async with board(tracker, size=(120, 40)) as b:
        await b.press("n")
        await b.type("tech-x")
        await b.press("tab")
        await b.type("Some name")
        assert "add tech-x is not allowed here" in b.line(" id ")
        await b.press("enter")
        assert tracker.asked == []


@pytest.mark.parametrize(
    ("allowed", "said", "unsaid"),
    [
        ((), "? explains all", ("Start here", "l log", "sets a goal", "brings in")),
        (("log",), "Start here: l logs, ? explains all", ("goal", "i brings")),
        (
            ("log", "target", "import"),
            "l logs a reading, g sets a goal, ? explains all",
            ("brings in", "later data"),
        ),
    ],
)
async def test_the_first_line_invites_to_what_is_allowed(
    board: Started, allowed: tuple[str, ...], said: str, unsaid: tuple[str, ...]
) -> None:
    async with board(gated(*allowed, tracker=FakeTracker(first_run(), first_run=True)), size=(120, 40)) as b:
        assert said in b.text
        assert b.app.desk.offer == ""
        top = "\n".join(b.lines[:4])
        assert [words for words in unsaid if words in top] == []


async def test_no_text_names_a_key_for_what_is_not_allowed(board: Started) -> None:
    for keys in ((), ("enter",)):
        async with board(gated(), size=(120, 40)) as b:
            for _ in b.tracker.rows:
                await b.press(*keys)
                for words in ("logs one", "sets one", "logs the first", "sets a goal"):
                    assert words not in b.text
                await b.press(*(("escape",) if keys else ()), "j")


async def test_an_empty_board_offers_neither_a_new_indicator_nor_an_import(board: Started) -> None:
    async with board(gated(tracker=FakeTracker(rows=()))) as b:
        assert "nothing is tracked yet" in b.text
        assert "adds an indicator" not in b.text
        await b.press("enter")
        assert "there is no indicator yet" in b.lines[-1]


async def test_drafts_of_what_is_not_allowed_are_not_taken_up(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    kept = Drafts(path)
    for name in (
        "import",
        "snapshot",
        "settings",
        "goal nev-output",
        "log 5g-base-stations",
        "log nev-output",
    ):
        kept.keep(
            name, {"value": "1", "path": "/srv/secret/file.csv"} if name == "import" else {"value": "1"}
        )
    async with board(gated(NEV), drafts=path) as b:
        assert "unfinished: log" in b.lines[-1]
        await b.press("D")
        assert "secret" not in b.text
        assert [line for line in b.lines[2:6] if line.strip()] == [b.line("▌")]
        await b.press("enter")
        assert forms(b) == ["log"]


async def test_a_refusal_by_the_tracker_is_said_in_the_form(board: Started) -> None:
    tracker = gated("log")
    async with board(tracker, size=(120, 40)) as b:
        tracker.refuse = RefusedError("log nev-output is not allowed here; allowed: status")
        await b.press("l")
        await b.type("310k")
        await b.press("enter")
        assert "log nev-output is not allowed here; allowed: status" in b.text
        assert forms(b) == ["log"]
        assert tracker.asked == []


async def test_a_refusal_by_the_tracker_is_said_on_the_board(board: Started) -> None:
    tracker = gated("undo")
    async with board(tracker, size=(120, 40)) as b:
        tracker.refuse = RefusedError("undo is not allowed here; allowed: status")
        await b.press("u")
        assert "undo is not allowed here; allowed: status" in b.lines[-1]


async def test_the_board_says_whose_name_is_written(board: Started) -> None:
    async with board(gated("log"), size=(120, 40)) as b:
        assert "you are mei" in b.lines[0]
        await b.press("question_mark")
        assert b.lines[0].endswith("you are mei")
    async with board(FakeTracker(), size=(120, 40)) as b:
        assert "you are" not in b.text


async def test_a_long_name_gives_way_to_title_and_counts(board: Started) -> None:
    tracker = gated("log")
    tracker.author = "x" * 80
    async with board(tracker) as b:
        assert "2026-11-24" in b.lines[0]
        assert "xxx" not in b.lines[0]


@pytest.mark.parametrize(
    "error",
    [
        StoreError("/srv/figures/journal.jsonl:3: does not match its checksum"),
        StoreError("cannot write /home/track/.local/state/gztrack/x.json: No space left on device"),
        OSError(28, "No space left on device", "/srv/figures/journal.jsonl"),
    ],
)
async def test_an_error_names_no_path(board: Started, error: Exception) -> None:
    tracker = gated("log", "undo")
    async with board(tracker, size=(120, 40)) as b:
        tracker.refuse = error  # type: ignore[assignment]
        await b.press("u")
        assert any(words in b.lines[-1] for words in ("checksum", "No space"))
        assert "/" not in b.lines[-1]
        tracker.refuse = error  # type: ignore[assignment]
        await b.press("l")
        await b.type("310k")
        await b.press("enter")
        assert forms(b) == ["log"]
        assert "/srv" not in b.text
        assert "/home" not in b.text


async def test_notices_name_no_path_and_the_settings_of_the_account_are_not_told(board: Started) -> None:
    tracker = gated("log")
    tracker.notices = ["/srv/figures/journal.jsonl: a torn line was put aside at /srv/figures/torn-1"]
    notice = ("/home/track/.config/gztrack/config.toml: no such key", "gztrack config --check")
    async with board(tracker, size=(120, 40), notice=notice) as b:
        assert "torn line was put aside" in b.text
        assert "config" not in b.text
        assert "/srv" not in b.text
        await b.press("T")
        assert "config.toml" not in b.text


async def test_settings_of_the_account_cannot_be_named_in_a_forms_help(board: Started) -> None:
    async with board(gated("log"), size=(120, 40), keymap={}) as b:
        await b.press("l", "ctrl+g")
        assert "letters are text here" in b.text
        assert "config.toml" not in b.text


async def test_ctrl_z_does_not_leave_the_board(board: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(gated("log")) as b:
        monkeypatch.setattr(type(b.app._driver), "can_suspend", True)
        await b.press("ctrl+z")
        assert "there is no shell to go back to here" in b.lines[-1]


async def test_a_reading_that_is_not_there_names_no_key_to_log_it(board: Started) -> None:
    rows = (row("nev-x", "NEV x", "", "vehicles", status="no reading"),)
    async with board(gated("correct", tracker=FakeTracker(rows=rows))) as b:
        await b.press("c")
        assert b.lines[-1].strip().endswith("there is no reading to correct")
