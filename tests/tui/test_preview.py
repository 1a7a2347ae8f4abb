"""What a snapshot or an import would do, looked at before it is done."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events

import books
from gztrack.domain.text import listed
from gztrack.errors import GuardError, InputError
from gztrack.export.snapshot import render
from gztrack.language import tr, use
from gztrack.services.board.selecting import EVERYTHING
from gztrack.services.progress import Progress
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done
from gztrack.tui import previewtext
from gztrack.tui.cells import line_width, plain, width
from gztrack.tui.dialogs.files import FORMATS
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.screens import reviewing
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.help import HelpScreen
from gztrack.tui.screens.preview import PreviewScreen
from gztrack.tui.widgets.form import Form
from gztrack.tui.wording import Outcome, outcome
from tui.conftest import Board, Started
from tui.fake import FakeTracker
from tui.writing import Noting, Real

LOOK = "ctrl+y"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def form(b: Board) -> Form:
    """The open form."""
    assert isinstance(b.app.screen, BoardScreen)
    found = b.app.screen.form
    assert found is not None
    return found


def preview(b: Board) -> PreviewScreen:
    """The screen on top."""
    found = b.app.screen
    assert isinstance(found, PreviewScreen)
    return found


def shown(b: Board) -> str:
    """Every line of the text, in view or not."""
    return "\n".join(map(plain, preview(b).text.lines))


def files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


# A snapshot


async def test_the_form_says_what_the_snapshot_would_hold(board: Started, folder: Path) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x")
        rows = len(tracker.board().rows)
        size = len(render(tracker, "md"))
        assert f"{rows} indicators, " in b.text
        assert f" {size:,} bytes" in b.text
        assert "content hash " in b.text
        assert f"{LOOK} preview" in b.lines[23]
    assert files(folder) == []


async def test_a_high_terminal_shows_the_beginning_in_the_form(board: Started, folder: Path) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker), size=(120, 40)) as b:
        await b.press("x")
        head = next(at for at, line in enumerate(b.lines) if "snapshot  as of" in line)
        assert tracker.shown_title in "\n".join(b.lines[head:])
        assert "as of 2026-11-24, method linear" in "\n".join(b.lines[head:])
        await b.pilot.resize_terminal(80, 24)
        await b.settle()
        assert "enter save" in b.lines[23]
        assert all(width(line) <= 80 for line in b.lines)


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_snapshot_of_every_format_is_previewed_left_and_written(
    board: Started, folder: Path, kind: str
) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x", "ctrl+u")
        await b.type(kind)
        await b.press(LOOK)
        size = len(render(tracker, kind))
        assert f" {size:,} bytes, hash " in b.lines[0]
        assert f"gztrack-2026-11-24.{kind}" in b.lines[0]
        assert b.lines[1] == f" {tracker.shown_title}"
        assert "enter write it" in b.lines[23]
        assert files(folder) == []
        await b.press("escape")
        assert form(b).texts == {"format": kind, "path": f"gztrack-2026-11-24.{kind}"}
        assert b.app.focused is not None
        assert b.app.focused.name == "format"
        await b.press(LOOK, "enter")
        assert "✓ wrote" in b.lines[23]
    assert (folder / f"gztrack-2026-11-24.{kind}").read_bytes() == render(tracker, kind)


async def test_the_text_of_the_file_itself_is_on_the_other_side(board: Started, folder: Path) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker), size=(100, 30)) as b:
        await b.press("x", "ctrl+u")
        await b.type("json")
        await b.press(LOOK, "end", "v")
        assert b.lines[1:3] == [" {", '   "gztrack": "snapshot",']
        whole = "".join(plain(line)[1:] for line in preview(b).text.lines)
        assert whole == render(tracker, "json").decode().replace("\n", "")
        await b.press("v")
        assert b.lines[1] == f" {tracker.shown_title}"


async def test_the_preview_is_of_the_boards_date_and_method(board: Started, folder: Path) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("[", "m", "x", LOOK)
        lens = b.app.desk.lens
        assert isinstance(lens.as_of, date)
        assert lens.method
        assert f"as of {lens.as_of}, method {lens.method}" in b.lines[2]
        await b.press("enter")
        expected = render(tracker, "md", Clocks(as_of=lens.as_of), lens.method)
        assert (folder / f"gztrack-{lens.as_of}.md").read_bytes() == expected


async def test_where_a_filter_is_on_only_what_it_leaves_can_be_written(board: Started, folder: Path) -> None:
    tracker = books.states()
    total = len(tracker.board().rows)
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x")
        assert "rows" not in form(b).texts
        await b.press("escape", "/")
        await b.type("key lab")
        await b.press("enter", "x")
        assert form(b).texts["rows"] == "all"
        assert f"{total} of {total}" in b.line("rows ")
        assert f"{total} indicators, " in b.text
        await b.press("tab")
        await b.type("some")
        assert "✗ one of all, shown" in b.line("rows ")
        await b.press("ctrl+u")
        await b.type("sh")
        assert f"2 of {total}" in b.line("rows ")
        assert "2 indicators, " in b.text
        await b.press(LOOK)
        text = shown(b)
        assert "National key laboratories" in text
        assert "NEV annual production capacity" not in text
        await b.press("enter")
    written = (folder / "gztrack-2026-11-24.md").read_text("utf-8")
    assert "Provincial key laboratories" in written
    assert "NEV annual production capacity" not in written


async def test_a_file_that_is_there_is_asked_about_after_the_preview_too(
    board: Started, folder: Path
) -> None:
    tracker = books.states()
    there = folder / "gztrack-2026-11-24.md"
    there.write_text("old")
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x", LOOK, "enter")
        assert "is there already. Overwrite it?" in b.text
        assert there.read_text() == "old"
        await b.press(LOOK, "enter")
        assert "is there already. Overwrite it?" in b.text
        assert there.read_text() == "old"
        await b.press("enter")
    assert there.read_bytes() == render(tracker, "md")


async def test_a_wrong_format_is_said_and_a_wrong_folder_still_lets_one_look(
    board: Started, folder: Path
) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x", "ctrl+u")
        await b.type("doc")
        await b.press(LOOK)
        assert f"✗ one of {listed(FORMATS)}"[:20] in b.line("format ")
        await b.press("ctrl+u")
        await b.type("txt")
        await b.press("tab", "ctrl+u")
        await b.type("~/no/such/folder.txt")
        assert "✗ there is no folder" in b.line("file ")
        await b.press(LOOK)
        assert preview(b).sheet.lines
        await b.press("enter")
        assert "✗ there is no folder" in b.line("file ")
        assert form(b).texts["path"] == "~/no/such/folder.txt"


async def test_what_a_format_needs_and_is_not_there_is_said_beside_it(board: Started, folder: Path) -> None:
    class Lacking(Noting):
        def proof(self, **_: Any) -> Any:
            raise InputError("md needs the extra md: pip install gztrack[md]")

    async with board(FakeTracker(), snapshot=Lacking()) as b:
        await b.press("x")
        await b.press("tab")
        await b.type("b.md")
        assert "✗ md needs the extra" in b.text
        await b.press(LOOK)
        assert "md needs the extra md: pip install gztrack[md]" in b.text
        assert form(b).texts["path"] == "b.md"


async def test_looking_again_makes_it_only_anew_where_something_changed(board: Started, folder: Path) -> None:
    tracker = books.states()
    writer = Real(tracker)
    async with board(tracker, snapshot=writer) as b:
        await b.press("x")
        assert writer.looked == 1
        await b.press(LOOK, "v", "v", "escape", "tab", "ctrl+u")
        await b.type("other.md")
        assert writer.looked == 1
        await b.press("shift+tab", "ctrl+u")
        await b.type("txt")
        assert writer.looked == 2
        await b.press(LOOK)
        await b.pilot.resize_terminal(100, 30)
        await b.settle()
        assert writer.looked == 3
        assert "of " in b.lines[29]


async def test_of_a_large_board_nothing_is_made_until_somebody_asks(
    board: Started, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "AHEAD_MOST", 5)
    tracker = books.states()
    writer = Real(tracker)
    async with board(tracker, snapshot=writer, size=(120, 40)) as b:
        await b.press("x")
        assert f"{len(tracker.board().rows)} indicators" in b.text
        assert f"{LOOK} shows what it would hold" in b.text
        assert writer.looked == 0
        await b.press(LOOK, "escape", "tab", "ctrl+u")
        await b.type("b.md")
        assert writer.looked == 1
        assert "content hash" in b.text


async def test_a_preview_that_takes_long_is_called_off_by_escape(board: Started, folder: Path) -> None:
    class Slow(Real):
        def proof(self, *, progress: Progress | None = None, **more: Any) -> Any:
            if more["pictures"]:
                for number in range(1_000_000):
                    assert progress is not None
                    progress(number, 1_000_000)
            return super().proof(progress=progress, **more)

    tracker = books.states()
    async with board(tracker, snapshot=Slow(tracker)) as b:
        b.app.desk.proof = None
        await b.press("x", "ctrl+u")
        await b.type("txt")
        b.app.desk.proof = None
        b.app.post_message(events.Key(LOOK, None))
        b.app.post_message(events.Key("escape", "\x1b"))
        await b.until(lambda: "nothing was written" in b.text)
        assert form(b).texts["format"] == "txt"
        assert not form(b).busy


# Keys of the screen


async def test_it_scrolls_says_where_it_is_and_has_a_help(board: Started, folder: Path) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x", LOOK)
        count = len(preview(b).text.lines)
        assert b.lines[23].endswith(f"1 to 22 of {count}")
        await b.press("3", "j")
        assert b.lines[23].endswith(f"4 to 25 of {count}")
        await b.press("G")
        assert b.lines[23].endswith(f" of {count}")
        assert "Content hash" in "\n".join(b.lines[-4:])
        await b.press("question_mark")
        assert isinstance(b.app.screen, HelpScreen)
        assert "the file itself" in b.text
        await b.press("escape")
        assert preview(b).text.at == count - 22


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (200, 50)])
@pytest.mark.parametrize("plain_signs", [False, True])
async def test_it_fits_every_size(
    board: Started, folder: Path, size: tuple[int, int], plain_signs: bool
) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker), size=size, ascii=plain_signs) as b:
        await b.press("x")
        assert all(width(line) <= size[0] for line in b.lines)
        await b.press(LOOK)
        for line in preview(b).text.lines:
            assert line_width(line) <= size[0]
        if plain_signs:
            drawn = set("━╸╍▸◂─│┃┊●◐○✓✗◌≥≤…")
            assert drawn.isdisjoint(shown(b))


async def test_on_a_terminal_that_shrinks_too_far_it_waits(board: Started, folder: Path) -> None:
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x", LOOK)
        await b.pilot.resize_terminal(40, 10)
        await b.settle()
        assert "gztrack needs 60x16" in b.text
        await b.pilot.resize_terminal(80, 24)
        await b.settle()
        assert preview(b).text.lines


async def test_it_is_in_the_boards_language(board: Started, folder: Path) -> None:
    use("zh")
    tracker = books.states()
    async with board(tracker, snapshot=Real(tracker)) as b:
        await b.press("x")
        assert "内容哈希" in b.text
        assert f"{LOOK} 预览" in b.lines[23]
        await b.press(LOOK)
        assert "enter 写入" in b.lines[23]
        assert "截至 2026-11-24" in b.lines[2]


# An import


class Listing(FakeTracker):
    """Its dry run tells every row before the counts."""

    def __init__(self, rows: int = 60) -> None:
        super().__init__()
        self.rows_told = tuple(
            f"line {n}: NEV output 2025 revised {n:,} -> {n + 1:,}" for n in range(2, rows + 2)
        )
        self.wrong: InputError | None = None

    def import_file(
        self, path: str, dry_run: bool = False, yes: bool = False, *, progress: Progress | None = None
    ) -> Done:
        if self.wrong is not None:
            raise self.wrong
        done = super().import_file(path, dry_run, yes, progress=progress)
        if not dry_run:
            return done
        return Done(
            (
                *self.rows_told,
                "a.csv: 1 new, 59 revised, 0 same",
                "line 9: 13 times the last value",
                done.lines[-1],
            )
        )


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A file to import."""
    found = tmp_path / "a.csv"
    found.write_text("x")
    return str(found)


async def test_an_import_lists_what_would_happen_and_the_second_enter_does_it(
    board: Started, path: str
) -> None:
    tracker = Listing()
    async with board(tracker) as b:
        await b.press("i")
        assert "CSV, JSON or a pack" in b.text
        await b.type(path)
        await b.press("enter")
        assert b.lines[1:5] == [
            " a.csv: 1 new, 59 revised, 0 same",
            " line 9: 13 times the last value",
            "",
            " line 2: NEV output 2025 revised 2 -> 3",
        ]
        assert b.lines[23].startswith(" enter bring them in")
        assert b.lines[23].endswith("1 to 22 of 63")
        assert "a dry run" not in shown(b)
        await b.press("end")
        assert "line 61: NEV output" in b.lines[22]
        assert [asked[1][1:] for asked in tracker.asked] == [(True, False)]
        await b.press("enter")
        assert [asked[1][1:] for asked in tracker.asked] == [(True, False), (False, True)]
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.form is None


async def test_escape_goes_back_to_the_question_and_then_to_the_form(board: Started, path: str) -> None:
    tracker = Listing()
    async with board(tracker) as b:
        await b.press("i")
        await b.type(path)
        await b.press(LOOK, "escape")
        assert "! 1 new, 59 revised, 0 same. Bring them in?" in b.text
        await b.press(LOOK)
        assert "line 2: NEV output" in b.text
        assert len(tracker.asked) == 1
        await b.press("q", "escape")
        assert "Bring them in?" not in b.text
        assert form(b).texts["path"] == path
        assert len(tracker.asked) == 1
        await b.type("x")
        assert "✗ there is no such file" in b.line("file ")


async def test_the_list_of_one_file_is_not_shown_for_the_next(
    board: Started, path: str, tmp_path: Path
) -> None:
    tracker = Listing()
    async with board(tracker) as b:
        await b.press("i")
        await b.type(path)
        await b.press("enter", "enter", "i")
        tracker.rows_told = ()
        tracker.refuse = GuardError("line 3: 13 times the last value. Is that right?")
        await b.type(path)
        await b.press("enter")
        assert "! line 3: 13 times" in b.text
        await b.press(LOOK)
        assert "line 2: NEV output" not in b.text
        assert len(tracker.asked) == 3


async def test_what_is_wrong_with_a_file_is_listed_whole(board: Started, path: str) -> None:
    tracker = Listing()
    tracker.wrong = InputError("a.csv: 40 rows cannot be read, nothing was imported")
    tracker.wrong.further = tuple(f"line {n}, column 3: no number: 'n/a'" for n in range(2, 42))
    async with board(tracker) as b:
        await b.press("i")
        await b.type(path)
        await b.press("enter")
        assert b.lines[1] == " ✗ a.csv: 40 rows cannot be read, nothing was imported"
        assert b.lines[3] == " line 2, column 3: no number: 'n/a'"
        assert "enter" not in b.lines[23]
        await b.press("enter", "G")
        assert "line 41, column 3" in b.lines[22]
        await b.press("escape")
        assert "✗ a.csv: 40 rows cannot be read" in b.text
        assert form(b).texts["path"] == path
        assert tracker.asked == []


async def test_a_guard_that_asks_at_the_end_still_asks(board: Started, path: str) -> None:
    tracker = Listing()
    async with board(tracker) as b:
        await b.press("i")
        await b.type(path)
        await b.press("enter")
        tracker.refuse = GuardError("line 9: 13 times the last value. Is that right?")
        await b.press("enter")
        assert "! line 9: 13 times the last value. Is that right?" in b.text
        await b.press("enter")
        assert len(tracker.asked) == 2


async def test_a_real_file_is_listed_and_brought_in(board: Started, tmp_path: Path) -> None:
    tracker: Tracker = books.states()
    file = tmp_path / "b.csv"
    file.write_text("indicator,value,period\ntech-centres,2000,2026-11\nno-such,1,2025\n", "utf-8")
    async with board(tracker) as b:
        await b.press("i")
        await b.type(str(file))
        await b.press("enter")
        assert "no-such" in b.text
        await b.press("escape")
        before = tracker.store.cursor
        file.write_text("indicator,value,period\ntech-centres,1090,2026-10\n", "utf-8")
        await b.press("enter")
        assert "1 new, 0 revised, 0 same" in b.text
        assert "tech-centres@2026-10 1,090" in b.text, "row by row, before it is done"
        assert tracker.store.cursor == before
        await b.press("enter")
        assert tracker.store.cursor != before


async def test_files_that_can_be_brought_in_are_offered(board: Started, tmp_path: Path) -> None:
    for name in ("r.csv", "r.json", "r.jsonl", "r.pack", "r.md"):
        (tmp_path / name).touch()
    async with board() as b:
        await b.press("i")
        await b.type(f"{tmp_path}/r")
        offered = [offer.text.rpartition("/")[2] for offer in b.app.focused.fits]
        assert offered == ["r.csv", "r.json", "r.jsonl", "r.pack"]


# The lines


@pytest.mark.parametrize("language", ["en", "zh"])
def test_counts_are_found_wherever_they_stand(language: str) -> None:
    use(language)
    counts = tr("{new:,} new, {revised:,} revised, {same:,} same", new=1204, revised=0, same=33)
    whole = tr("{name}: {counts}", name="a.csv", counts=counts)
    closing = tr("nothing was written: a dry run")
    for rows in ((), ("line 2: a", "line 3: b")):
        found = outcome(Done((*rows, whole, "read as GB18030", closing)))
        assert found == Outcome(counts, whole, rows, ["read as GB18030"])
    assert outcome(Done(())) == Outcome("", "", (), [])
    assert outcome(Done(("restored",))).counts == "restored"


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_statuses_have_their_colours_and_remarks_have_none(glyphs: Any) -> None:
    tracker = books.states()
    page = (
        Real(tracker)
        .proof(
            format="md",
            as_of=tracker.today,
            method="",
            only=EVERYTHING,
            width=98,
            ascii=glyphs.ascii,
            pictures=True,
        )
        .page
    )
    lines = previewtext.page_lines(page, 100, glyphs)
    assert [plain(line).strip() for line in lines] == [text.strip() for text in page]
    roles = {role for line in lines for _, role in line}
    assert {"strong", "group", "good", "on", "behind", "off", "away", "tell", "muted"} <= roles
    assert ({"rest", "post"} <= roles) == (not glyphs.ascii)
    remarks = [plain(line).strip() for line in lines].index("Remarks")
    assert {role for line in lines[remarks + 1 :] for _, role in line} <= {"text", "group"}


def test_a_long_list_ends_with_how_much_more_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewtext, "MOST", 10)
    rows = [f"line {n}" for n in range(25)]
    found = previewtext.outcome_lines(Outcome("1 new", "1 new", rows, []), 80, UNICODE)
    assert [plain(line) for line in found][-2:] == [" line 9", " and 15 more"]
    found = previewtext.file_lines("\n".join(rows) + "\n", 80)
    assert [plain(line) for line in found][-2:] == [" line 9", " and 15 more"]
    found = previewtext.page_lines(rows, 80, UNICODE)
    assert [plain(line) for line in found][-2:] == [" line 9", " and 15 more"]


@pytest.mark.parametrize("text", ["a" * 300, "广州" * 90, "a广" * 77, "", "  blanks   stay  "])
@pytest.mark.parametrize("cells", [20, 61, 80])
def test_long_lines_of_a_file_are_broken_and_nothing_is_lost(text: str, cells: int) -> None:
    lines = previewtext.file_lines(text + "\n", cells)
    assert "".join(plain(line)[1:] for line in lines) == text
    assert all(line_width(line) < cells for line in lines)
