"""What stands under the fields of a form is said whole while there is room, and in the terminal's own signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.errors import GuardError, GztrackError, InputError
from gztrack.services.views import Preview
from gztrack.tui.cells import Line, plain, width
from gztrack.tui.formtext import FieldText, problem_lines, question_lines, status_lines, wrapped
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.screens.board import BoardScreen
from tui.conftest import Board, Started
from tui.writing import Noting

LONG = " ".join(f"word{n}" for n in range(40))
ROWS = (
    "figures.csv: 5 rows cannot be read, nothing was imported: line 2: no such indicator: 'trams';"
    " line 4: ambiguous: write 1.23 or 123; line 9: a flow needs the period that it covers;"
    " line 10: a very long explanation of what is wrong there, and of what would be right in its place;"
    " and 1 more"
)


def said(lines: list[Line]) -> list[str]:
    return [plain(line).strip() for line in lines]


@pytest.mark.parametrize("text", [LONG, "/a/very/long/path" * 12, "新能源汽车产量" * 20, "one", ""])
def test_a_wrapped_text_is_whole_and_no_line_is_too_wide(text: str) -> None:
    lines = wrapped(text, 30)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= 30 for line in lines)


def test_a_question_takes_as_many_rows_as_it_needs() -> None:
    lines = said(question_lines(LONG, "save anyway", 80, UNICODE))
    assert len(lines) > 2
    assert " ".join(lines) == f"! {LONG}"


@pytest.mark.parametrize(("glyphs", "ellipsis"), [(UNICODE, "…"), (ASCII, "..")])
def test_without_room_the_last_row_shows_that_it_was_cut(glyphs: Glyphs, ellipsis: str) -> None:
    for lines in (
        question_lines(LONG, "save", 80, glyphs, 2),
        problem_lines(LONG, 80, glyphs, 2),
        status_lines(Preview(), [FieldText("value", True, LONG, "", False)], (), 80, glyphs, 3),
    ):
        assert plain(lines[-1]).endswith(ellipsis)
        assert all(width(plain(line)) <= 80 for line in lines)
        if glyphs is ASCII:
            assert "".join(map(plain, lines)).isascii()


def test_rows_that_cannot_be_read_have_a_line_each() -> None:
    lines = said(problem_lines(ROWS, 120, UNICODE))
    assert lines == [
        "✗ figures.csv: 5 rows cannot be read, nothing was imported",
        "line 2: no such indicator: 'trams'",
        "line 4: ambiguous: write 1.23 or 123",
        "line 9: a flow needs the period that it covers",
        "line 10: a very long explanation of what is wrong there, and of what would be right in its place",
        "and 1 more",
    ]


@pytest.mark.parametrize(("most", "shown", "more"), [(3, 1, 4), (4, 2, 3), (5, 3, 2), (6, 3, 2), (7, 4, 1)])
def test_rows_that_find_no_room_are_counted(most: int, shown: int, more: int) -> None:
    lines = said(problem_lines(ROWS, 80, UNICODE, most))
    assert len(lines) <= most
    assert sum(line.startswith("line ") for line in lines) == shown
    assert lines[-1] == f"and {more} more"
    assert "…" not in "".join(lines)


def test_an_error_is_said_whole_below_its_field() -> None:
    lines = said(status_lines(Preview(), [FieldText("value", True, LONG, "", False)], (), 80, UNICODE))
    assert " ".join(lines[1:]) == f"value: {LONG}"


async def refused(b: Board, error: GztrackError) -> None:
    b.tracker.refuse = error
    await b.press("j", "l")
    await b.type("5")
    await b.press("enter")


async def test_a_form_asks_for_the_rows_of_a_question_and_gives_them_back(board: Started) -> None:
    async with board() as b:
        await refused(b, GuardError(f"nev-output: {LONG}. Is that right? --yes logs it as it is"))
        assert all(f"word{n}" in b.text for n in range(40))
        assert "Is that right?" in b.text
        assert all(b.line(label) for label in ("value", "period", "source"))
        above = next(n for n, line in enumerate(b.lines) if line.startswith("─ log"))
        await b.press("escape")
        assert "word1 " not in b.text
        assert next(n for n, line in enumerate(b.lines) if line.startswith("─ log")) > above


async def test_two_questions_are_asked_as_one(board: Started) -> None:
    async with board() as b:
        await refused(
            b, GuardError("x: 13 times. Is that right? 2027 ends later. Is that right? --yes logs it")
        )
        assert "! 13 times; 2027 ends later. Is that right?" in b.text


@pytest.mark.parametrize("size", [(80, 24), (80, 16), (60, 16)])
async def test_on_any_terminal_a_problem_leaves_the_field_with_the_cursor(
    board: Started, size: tuple[int, int]
) -> None:
    async with board(size=size) as b:
        await refused(b, InputError(LONG * 2))
        assert "✗ word0" in b.text
        assert b.line("value")
        assert b.lines[-2].strip().endswith(("word39", "…")) or size == (80, 24)


async def test_ascii_problems_are_cut_with_ascii(board: Started) -> None:
    async with board(ascii=True, size=(80, 16)) as b:
        await refused(b, InputError(LONG * 3))
        form = "\n".join(b.lines[next(n for n, line in enumerate(b.lines) if line.startswith("- log")) :])
        assert ".." in form
        assert "…" not in b.text


async def test_a_directory_is_said_to_be_one_and_only_figures_are_offered(
    board: Started, tmp_path: Path
) -> None:
    (tmp_path / "CHANGELOG.md").touch()
    (tmp_path / "folder").mkdir()
    async with board() as b:
        await b.press("i")
        await b.type(f"{tmp_path}/CH")
        assert "takes it" not in b.text
        await b.press("ctrl+u")
        await b.type(f"{tmp_path}/folder")
        assert "takes it" in b.line("file ")
        await b.press("enter")
        assert "this is a directory" in b.text


async def test_a_snapshot_is_offered_files_of_its_format(board: Started, tmp_path: Path) -> None:
    for name in ("old.md", "old.csv"):
        (tmp_path / name).touch()
    async with board(snapshot=Noting()) as b:
        await b.press("x", "ctrl+u")
        await b.type("csv")
        await b.press("tab", "ctrl+u")
        await b.type(f"{tmp_path}/ol")
        await b.press("right")
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.form
        assert screen.form.texts["path"] == f"{tmp_path}/old.csv"
