"""Who did it is shown, and never instead of what one did oneself."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.services.entering.entries import IndicatorEntry, LogEntry
from gztrack.services.views import News
from gztrack.tui.news import told
from tui.two import SLUG, two


def news(
    said: str = "logged 650 for 2026-Q2", author: str = "bob", name: str = "Centres", **more: object
) -> News:
    known = {"own": False, "indicator": name.lower(), "table": "readings", "changes": 1, "at": "2026"}
    return News(author=author, name=name, said=said, **(known | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], ""),
        ([news()], "bob logged 650 for 2026-Q2: Centres"),
        ([news(own=True)], "you, in another session, logged 650 for 2026-Q2: Centres"),
        ([news(), news()], "bob: 2 changes to Centres"),
        ([news(changes=1400), news(name="Labs")], "bob: 1,401 changes"),
        ([news(own=True, changes=2)], "you, in another session: 2 changes to Centres"),
        (
            [news(), news("set ≥5 by 2030", "eve", "Labs")],
            "bob logged 650 for 2026-Q2: Centres; eve set ≥5 by 2030: Labs",
        ),
        (
            [news(author=name) for name in "abcde"],
            "a logged 650 for 2026-Q2: Centres; b logged 650 for 2026-Q2: Centres; 3 others too",
        ),
        ([news("undid it", name="")], "bob undid it"),
        (
            [news("logged \x1b]52;c;x\x07[red]5[/] for 2020", "b\u202eob", "C\nD")],
            "bob logged [red]5[/] for 2020: C D",
        ),
    ],
)
def test_the_line(found: list[News], line: str) -> None:
    assert told(found) == line


async def test_another_persons_reading_is_told_with_their_name_until_the_next_key(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        board.bob.log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        assert "bob logged 650 for 2020: Enterprise technology centres" in board.footer
        await board.press("j")
        assert "bob" not in board.footer
        assert "q quit" in board.footer


async def test_changes_are_summed_while_nobody_has_pressed_a_key(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        board.bob.log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        board.bob.log(LogEntry("key-labs-national", "20", "2020"))
        await board.hear()
        assert "bob: 2 changes" in board.footer


async def test_ones_own_other_session_is_told_as_such(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        board.session("ann").log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        assert "you, in another session, logged 650 for 2020" in board.footer


async def test_the_message_of_ones_own_save_stays_and_news_come_after_it(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("l", *"640", "tab", *"2021", "enter")
        assert "u undoes it" in board.footer
        board.bob.log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        assert "u undoes it" in board.footer
        await board.press("j")
        assert "bob logged 650 for 2020" in board.footer
        await board.press("j")
        assert "bob" not in board.footer


async def test_a_hint_is_withdrawn_once_ones_own_other_session_has_something_later_to_undo(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as board:
        await board.press("l", *"640", "tab", *"2021", "enter")
        assert "u undoes it" in board.footer
        board.session("ann").log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        assert "640 centres" in board.footer
        assert "undoes it" not in board.footer


async def test_news_wait_while_a_form_is_open(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("x")
        board.bob.log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        assert "bob" not in board.text
        await board.press("escape")
        assert "bob logged 650 for 2020" in board.footer


async def test_a_name_that_pretends_to_be_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    async with two(tmp_path, size=(160, 40)) as board:
        board.session("[red]eve[/]").edit_indicator(IndicatorEntry(SLUG, name="[@click=app.quit]x"))
        await board.hear()
        assert "[red]eve[/] changed its name: [@click=app.quit]x" in board.footer
