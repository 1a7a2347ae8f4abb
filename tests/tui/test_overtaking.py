"""Two people at one thing: the form says so at once, and nothing is saved over it without a question."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gztrack import language
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.meanwhile import said
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.views import News
from tui.two import SLUG, Two, two


def goals(board: Two) -> list[tuple[float, str]]:
    """Figure and state of every goal of the indicator."""
    return [(view.value, view.state) for view in board.session("eve").ledger([SLUG])]


def handle_of(board: Two) -> str:
    target = board.session("eve").detail(SLUG).row.target
    assert target is not None
    return target.handle


async def revise(board: Two, value: str = ">=900", due: str = "2030") -> None:
    board.bob.refresh()
    board.bob.set_target(GoalEntry(SLUG, value, due, replaces=handle_of(board), reason="moved"))


async def type_goal(board: Two) -> None:
    await board.press("g", *">=800", "tab", *"2028", "tab", "tab", "tab", "tab", *"why")


async def test_an_open_goal_form_tells_of_a_revision_and_revises_that_one(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await type_goal(board)
        assert "revises ≥700 by 2027-12-31" in board.text
        await revise(board)
        await board.hear()
        assert "bob set ≥900 by 2030 just now" in board.text
        assert "revises ≥900 by 2030-12-31" in board.text
        await board.press("enter")
        assert "Save all the same?" in board.text
        assert "escape look again" in board.text
        assert len(goals(board)) == 2
        await board.press("enter")
        assert sorted(goals(board)) == [(700, "superseded"), (800, "open"), (900, "superseded")]


async def test_a_revision_that_the_board_has_not_heard_of_is_caught_at_the_moment_of_saving(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as board:
        await type_goal(board)
        await revise(board)
        await board.press("enter")
        assert "bob set ≥900 by 2030 just now" in board.text
        assert "Save all the same?" in board.text
        assert len(goals(board)) == 2
        await board.press("escape", "escape")
        assert len(goals(board)) == 2


async def test_a_second_change_after_the_question_is_asked_about_again(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await type_goal(board)
        await revise(board)
        await board.press("enter")
        await revise(board, ">=950", "2031")
        await board.press("enter")
        assert "bob set ≥950 by 2031" in " ".join(board.text.split())
        assert len(goals(board)) == 3


async def test_the_command_line_counts_as_somebody_else(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await type_goal(board)
        words = [
            "target",
            SLUG,
            ">=900",
            "--due",
            "2030",
            "--replaces",
            handle_of(board),
            "--reason",
            "moved",
        ]
        command = [sys.executable, "-m", "gztrack", "--db", board.directory, "--as", "carol", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        await board.press("enter")
        assert "carol set ≥900 by 2030 just now" in board.text


async def test_a_goal_that_somebody_set_where_there_was_none_asks_for_a_reason_now(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.find("key-labs-national")
        await board.press("g", *">=30", "tab", *"2030")
        assert "revises" not in board.text
        board.bob.set_target(GoalEntry("key-labs-national", ">=25", "2028"))
        await board.hear()
        assert "bob set ≥25 by 2028 just now" in board.text
        assert "revises ≥25 by 2028-12-31" in board.text


async def test_an_edit_keeps_what_the_other_changed_and_names_what_both_did(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("e")
        await board.press("end", *" (all)")
        board.bob.edit_indicator(IndicatorEntry(SLUG, name="Centres", group="Firms"))
        await board.hear()
        assert "bob changed its group and name just now" in board.text
        await board.press("enter")
        assert "Both of you changed: name." in " ".join(board.text.split())
        await board.press("enter")
        row = board.session("eve").detail(SLUG).row
        assert (row.name, row.group) == ("Enterprise technology centres (all)", "Firms")


async def test_a_correction_goes_on_from_the_others_correction(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("c", "tab", "tab", "tab", *"checked")
        board.bob.correct(f"{SLUG}@last", LogEntry("", "510"))
        await board.hear()
        assert "bob corrected 2019-Q3 to 510 just now" in board.text
        await board.press("enter", "enter")
        last = board.session("eve").detail(SLUG).readings[0]
        assert (last.value, last.note) == (510, "checked")


@pytest.mark.parametrize("key", ["c", "d"])
async def test_what_was_retracted_meanwhile_cannot_be_corrected_or_retracted(
    tmp_path: Path, key: str
) -> None:
    async with two(tmp_path) as board:
        await board.press(key, *"5")
        board.bob.retract(f"{SLUG}@last", "a slip")
        await board.hear()
        assert "bob retracted 495 for 2019-Q3 just now" in board.text
        await board.press("enter")
        assert "nothing is left to" in " ".join(board.text.split())


async def test_a_dropped_goal_cannot_be_dropped_again(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("enter", "end", "D", *"why")
        assert board.app.screen.form is not None  # type: ignore[attr-defined]
        board.bob.drop_target(handle_of(board), "gone")
        await board.hear()
        assert "bob dropped ≥700 by 2027 just now" in board.text
        await board.press("enter")
        assert "nothing is left to drop" in " ".join(board.text.split())


async def test_a_reading_of_the_same_indicator_is_asked_about_and_of_another_is_not(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("l", *"640", "tab", *"2021")
        board.bob.log(LogEntry("key-labs-national", "20", "2020"))
        await board.hear()
        assert "bob" not in board.text
        board.bob.log(LogEntry(SLUG, "650", "2021"))
        await board.press("enter")
        assert "bob logged 650 for 2021 just now. Save all the same?" in " ".join(board.text.split())
        await board.press("enter")
        assert [r.value for r in board.session("eve").detail(SLUG).readings if r.period == "2021"] == [
            640,
            650,
        ]


async def test_ones_own_earlier_save_asks_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("l", *"640", "tab", *"2021", "enter")
        await board.press("l", *"660", "tab", *"2022", "enter")
        assert "u undoes it" in board.footer


async def test_the_draft_follows_the_correction_that_it_is_about(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("c", "tab", "tab", "tab", *"checked")
        board.bob.correct(f"{SLUG}@last", LogEntry("", "510"))
        await board.hear()
        await board.press("escape")
        (draft,) = json.loads((tmp_path / "drafts.json").read_text("utf-8")).values()
        assert draft["note"] == "checked"
        await board.press("c")
        assert "your draft from before" in board.text


async def test_a_form_of_the_method_tells_of_anothers_choice(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("M", *"un-chart")
        board.bob.edit_indicator(IndicatorEntry(SLUG, method="open-sdg"))
        await board.hear()
        assert "bob changed its method just now" in board.text
        assert "now open-sdg" in board.text
        await board.press("enter")
        assert "bob changed its method just now. Save all the same?" in " ".join(board.text.split())
        await board.press("enter")
        assert board.session("eve").detail(SLUG).row.assessment.method == "un-chart"


@pytest.mark.parametrize("marked", ["home", "end"])
async def test_what_somebody_pinned_meanwhile_is_not_pinned_again(tmp_path: Path, marked: str) -> None:
    async with two(tmp_path) as board:
        await board.press("enter", marked, "P", *"why")
        form = board.app.screen.form  # type: ignore[attr-defined]
        board.bob.refresh()
        board.bob.pin(form.dialog.fact.id, "mine", target=marked == "end")
        await board.hear()
        assert "bob pinned " in board.text
        await board.press("enter")
        assert "nothing is left to pin" in " ".join(board.text.split())


async def test_a_pin_follows_the_correction_of_what_it_is_about(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("c", "escape", "enter", "home", "P", *"why")
        form = board.app.screen.form  # type: ignore[attr-defined]
        before = form.dialog.fact.id
        board.bob.correct(before, LogEntry("", "510"))
        await board.hear()
        assert form.dialog.fact.id != before
        assert form.dialog.fact.value == 510
        await board.press("enter", "enter")
        (pinned,) = [view for view in board.session("eve").detail(SLUG).readings if view.pinned]
        assert pinned.value == 510


async def test_another_title_in_chinese_is_followed_in_its_own_field(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        language.use_names(("zh", "en"))
        title = board.session("eve").title
        await board.press("E")
        board.bob.edit_database(SettingsEntry(title_zh="承诺"))
        await board.hear()
        form = board.app.screen.form  # type: ignore[attr-defined]
        assert form.texts == {"title": title, "title_zh": "承诺", "method": ""}


async def test_the_form_of_the_database_tells_of_anothers_title_and_follows_it(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("E", "tab", *"un-chart")
        board.bob.edit_database(SettingsEntry(title="Promises"))
        await board.hear()
        assert "bob set the database's title to Promises just now" in board.text
        form = board.app.screen.form  # type: ignore[attr-defined]
        assert form.texts == {"title": "Promises", "title_zh": "广州产业升级", "method": "un-chart"}
        await board.press("enter", "enter")
        assert board.session("eve").title == "Promises"
        assert board.session("eve").board().rows[0].assessment.method == "un-chart"


async def test_two_new_titles_are_asked_about_at_the_moment_of_saving(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("E", "end", *" 2")
        board.bob.edit_database(SettingsEntry(title="Promises"))
        await board.press("enter")
        assert "Both of you changed: title." in " ".join(board.text.split())
        assert board.session("eve").title == "Promises"
        await board.press("enter")
        assert board.session("eve").title.endswith(" 2")


def done(words: str, at: str, author: str = "bob", changes: int = 1) -> News:
    return News(author, False, "x", "X", "targets", changes, words, at)


@pytest.mark.parametrize(
    ("at", "age"),
    [
        ("2026-11-24T09:29:30.000000Z", "just now"),
        ("2026-11-24T09:20:00.000000Z", "10 minutes ago"),
        ("2026-11-20T09:20:00.000000Z", "meanwhile"),
        ("2026-11-24T09:31:00.000000Z", "meanwhile"),
        ("", "meanwhile"),
    ],
)
def test_the_age_of_a_change(at: str, age: str) -> None:
    assert (
        said([done("set ≥900 by 2030", at)], "2026-11-24T09:30:00.000000Z") == f"bob set ≥900 by 2030 {age}"
    )


def test_more_than_two_changes_are_counted() -> None:
    many = [done("set 1", "t", "a"), done("set 2", "t", "b", changes=3), done("set 3", "t", "c")]
    assert said(many, "") == "b set 2 and c set 3, with 3 more changes, meanwhile"


async def test_what_was_logged_and_taken_back_again_is_not_told(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await type_goal(board)
        await revise(board)
        board.bob.undo()
        await board.hear()
        assert "bob" not in board.text
        assert "revises ≥700 by 2027-12-31" in board.text
        await board.press("enter")
        assert sorted(goals(board)) == [(700, "superseded"), (800, "open")]


async def test_what_was_told_goes_once_it_is_taken_back_and_comes_once_it_is_brought_back(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as board:
        await type_goal(board)
        await revise(board)
        await board.hear()
        assert "bob set ≥900 by 2030 just now" in board.text
        board.bob.undo()
        await board.hear()
        assert "bob" not in board.text
        assert "revises ≥700 by 2027-12-31" in board.text
        board.bob.redo()
        await board.hear()
        assert "bob set ≥900 by 2030" in board.text


async def test_an_undo_of_what_was_there_before_is_told(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await revise(board)
        await board.hear()
        await type_goal(board)
        board.bob.undo()
        await board.hear()
        assert "bob took back ≥900 by 2030" in board.text
