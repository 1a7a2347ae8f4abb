"""The ledger's filter: by what it finds a promise, what is shown, how it is cleared."""

from __future__ import annotations

import pytest

import books
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.tracker import Tracker
from gztrack.services.views import TargetView
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from gztrack.tui.screens.ledger import LedgerScreen
from tui.conftest import Board, Started


def tracker() -> Tracker:
    """Promises of several indicators, one of them in somebody's words."""
    found = books.followed()
    found.set_target(
        GoalEntry("tech-centres", ">=700", "2027", stated_by="Science bureau", quote="not one fewer")
    )
    return found


def found(b: Board) -> list[str]:
    """Indicators of the promises on the screen."""
    screen = b.app.screen
    assert isinstance(screen, LedgerScreen)
    return [item.fact.indicator for item in screen.list.items if isinstance(item.fact, TargetView)]


@pytest.mark.parametrize(
    ("words", "indicators"),
    [
        ("capacity", {"nev-capacity"}),
        ("CAPA annual", {"nev-capacity"}),
        ("nev-cap", {"nev-capacity"}),
        ("science bureau", {"tech-centres"}),
        ("one fewer", {"tech-centres"}),
        ("cri.cn", {"uhd-output"}),
        ("definition", {"uhd-output"}),
        ("capacity bureau", set()),
    ],
)
async def test_a_filter_finds_promises_by_names_people_words_and_places(
    board: Started, words: str, indicators: set[str]
) -> None:
    async with board(tracker(), size=(120, 40)) as b:
        await b.press("p")
        total = len(found(b))
        await b.press("/")
        await b.type(words)
        assert set(found(b)) == indicators
        assert b.line(f" / {words} ").rstrip().endswith(f"{len(found(b))} of {total}")
        assert ("no promise matches; escape clears the filter" in b.text) is (not indicators)


async def test_a_kept_filter_lets_the_ledgers_keys_through_and_escape_clears_it(board: Started) -> None:
    async with board(tracker()) as b:
        await b.press("p", "/")
        assert "enter keep  escape clear" in b.lines[23]
        await b.type("capacity")
        await b.press("down", "enter")
        assert "escape clear" in b.lines[23]
        assert "/ filter" in b.lines[23]
        await b.press("enter")
        assert isinstance(b.app.screen, DetailScreen)
        assert b.app.screen.indicator == "nev-capacity"
        await b.press("escape")
        assert set(found(b)) == {"nev-capacity"}
        await b.press("escape")
        assert "tech-centres" in found(b)
        assert "escape back" in b.lines[23]
        await b.press("escape")
        assert isinstance(b.app.screen, BoardScreen)


async def test_a_filter_given_up_leads_back_to_where_it_began(board: Started) -> None:
    async with board(tracker()) as b:
        await b.press("p", "G")
        assert isinstance(b.app.screen, LedgerScreen)
        before = b.app.screen.list.promise
        await b.press("/")
        await b.type("capacity")
        await b.press("escape")
        assert b.app.screen.list.promise == before
        assert " promises" in b.lines[0]


async def test_letters_are_text_while_it_is_typed(board: Started) -> None:
    async with board(tracker()) as b:
        await b.press("p", "/", *"gq")
        assert isinstance(b.app.screen, LedgerScreen)
        assert b.app.screen.form is None
        assert b.lines[0].startswith(" / gq")


async def test_what_was_found_is_marked_in_the_name(board: Started) -> None:
    async with board(tracker(), size=(120, 40)) as b:
        await b.press("p", "/")
        await b.type("capacity")
        screen = b.app.screen
        assert isinstance(screen, LedgerScreen)
        marked = [text for text, role in screen.list.line(0) if role.startswith("match")]
        assert marked == ["capacity"]


async def test_a_promise_that_is_asked_for_is_shown_whatever_the_filter_says(board: Started) -> None:
    async with board(tracker()) as b:
        await b.press("p", "/")
        await b.type("capacity")
        await b.press("enter")
        screen = b.app.screen
        assert isinstance(screen, LedgerScreen)
        assert screen.find("tech-centres")
        assert screen.list.promise is not None
        assert screen.list.promise.indicator == "tech-centres"
        assert not screen.words


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_field_stands_where_the_counts_stood_at_any_size(
    board: Started, size: tuple[int, int]
) -> None:
    async with board(tracker(), size=(100, 30)) as b:
        await b.press("p", "/", "c")
        await b.pilot.resize_terminal(*size)
        await b.settle()
        assert b.lines[size[1] >= 28].startswith(" / c")


async def test_the_help_names_the_filter(board: Started) -> None:
    async with board(tracker()) as b:
        await b.press("p", "question_mark")
        assert " /           filter; escape clears it" in b.text
