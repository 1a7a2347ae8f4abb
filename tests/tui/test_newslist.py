"""The list of what others wrote since the board was opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack import language
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.views import News
from gztrack.tui.cells import line_width, plain
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.news import Heard, list_lines
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.news import NewsScreen
from tui.fake import states
from tui.two import SLUG, Two, two

OTHER = "key-labs-national"


def lines(board: Two) -> list[str]:
    """The lines of the list."""
    assert isinstance(board.app.screen, NewsScreen)
    return [plain(line) for line in board.app.screen.body.lines]


async def missed(board: Two) -> None:
    """Bob writes three times, and ann has read the footer each time."""
    board.bob.log(LogEntry(SLUG, "650", "2020"))
    await board.hear()
    board.bob.log(LogEntry(OTHER, "20", "2020"))
    await board.hear()
    board.session("eve").set_target(GoalEntry(SLUG, ">=900", "2030"))
    await board.hear()
    await board.press("j", "k")
    assert "bob" not in board.footer


async def test_what_was_missed_can_be_read_the_latest_first(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await missed(board)
        await board.press("r")
        first, second, third = lines(board)
        assert "eve  set ≥900 by 2030" in first
        assert first.startswith("▌ 20")
        assert first.rstrip().endswith("Enterprise technology centres")
        assert "bob  logged 20 for 2020" in second
        assert "bob  logged 650 for 2020" in third


async def test_enter_goes_to_the_indicator_on_the_board(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await missed(board)
        await board.press("/", *"nev", "enter", "r", "j", "enter")
        screen = board.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.row is not None
        assert screen.row.id == OTHER
        assert not screen.words


@pytest.mark.parametrize("key", ["escape", "q", "r"])
async def test_it_is_left_as_it_was_come_to(tmp_path: Path, key: str) -> None:
    async with two(tmp_path) as board:
        await missed(board)
        await board.press("r", "j", key)
        screen = board.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.row is not None
        assert screen.row.id == SLUG


async def test_what_comes_in_meanwhile_is_on_top_and_the_cursor_stays_on_its_line(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await missed(board)
        await board.press("r", "j")
        board.bob.log(LogEntry(SLUG, "660", "2021"))
        await board.hear()
        assert "logged 660 for 2021" in lines(board)[0]
        assert lines(board)[2].startswith("▌")
        assert "logged 20 for 2020" in lines(board)[2]


async def test_without_news_it_says_so(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("r")
        assert "nobody else has written anything" in board.text
        await board.press("enter", "j", "G")
        assert isinstance(board.app.screen, NewsScreen)


async def test_news_of_the_whole_database_lead_nowhere(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        board.bob.edit_database(SettingsEntry(title="Other"))
        await board.hear()
        await board.press("r", "enter")
        assert isinstance(board.app.screen, NewsScreen)
        assert "this is about no single indicator" in board.footer


async def test_an_indicator_that_is_off_the_board_is_said(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        board.bob.archive(OTHER)
        await board.hear()
        await board.press("r", "enter")
        assert isinstance(board.app.screen, BoardScreen)
        assert "it is not on the board; a shows what is archived" in board.footer


async def test_a_long_list_scrolls_with_its_cursor(tmp_path: Path) -> None:
    async with two(tmp_path, size=(80, 24)) as board:
        for year in range(1950, 1990):
            board.session(f"bob{year}").log(LogEntry(SLUG, "400", str(year)))
        await board.hear()
        await board.press("r", "G")
        assert len(lines(board)) == 21
        assert lines(board)[-1].startswith("▌")
        assert "bob1950" in lines(board)[-1]
        await board.press("home")
        assert "bob1989" in lines(board)[0]


HOSTILE = "x\x1b[31m[bold]\u202e"


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("cells", [60, 80, 120, 200])
@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_lines_fit_and_are_clean(cells: int, glyphs: Glyphs, tongue: str) -> None:
    language.use(tongue)
    rows = [row._replace(name=HOSTILE) for row in states()[:1]]
    news = [
        News("bob", False, rows[0].id, "n", "readings", 1, "logged 650 for 2026-Q2", "2026"),
        News(HOSTILE * 9, False, "gone", HOSTILE * 9, "targets", 12, HOSTILE * 9, "2026"),
        News("李" * 40, True, "", "", "settings", 1, "x" * 90, "2026"),
    ]
    drawn = list_lines([Heard("2026-11-24 08:00", each) for each in news], rows, 1, cells, glyphs)
    assert len(drawn) == 3
    for line in drawn:
        assert line_width(line) < cells
        assert not set(plain(line)) & set("\x1b\u202e")
    assert plain(drawn[0]).count("650") == 1
    assert ("12" in plain(drawn[1])) or cells < 200
