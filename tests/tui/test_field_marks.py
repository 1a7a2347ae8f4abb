"""A text that is longer than its field: what is hidden is marked at either end, and never under the cursor."""

from __future__ import annotations

import pytest

from gztrack.services.entering.suggestions import Suggestions
from gztrack.tui.cells import width
from gztrack.tui.widgets.field import Field
from tui.conftest import Board, Started
from tui.fake import FakeTracker

URL = ("j", "l", "ctrl+o", "tab", "tab", "tab", "tab")
"""To a field that stays in one row."""

LATIN = "Guangzhou Municipal Bureau of Industry and Information Technology"
CHINESE = "广州市工业和信息化局关于汽车产业发展情况的通报及其附件材料汇编"
MIXED = "广州GAC集团2025年NEV产量达到790k辆by the end of the year据统计局公报"


def shown(b: Board) -> str:
    """What the focused field paints, its padding left out."""
    field = b.app.focused
    assert isinstance(field, Field)
    return field.render_line(0).crop(0, field.content_size.width).text


def under(b: Board) -> str:
    """The character that is painted where the cursor stands."""
    field = b.app.focused
    assert isinstance(field, Field)
    at = width(field.value[: field.cursor_position]) - field.scroll_offset.x
    return field.render_line(0).crop(at, at + (width(field.value[field.cursor_position :][:1]) or 1)).text


@pytest.mark.parametrize(
    ("text", "ascii_only", "mark"),
    [(LATIN, False, "…"), (CHINESE, False, "…"), (MIXED, False, "…"), (MIXED, True, "..")],
)
async def test_the_cursor_goes_through_a_long_text_beside_the_marks(
    board: Started, text: str, ascii_only: bool, mark: str
) -> None:
    async with board(ascii=ascii_only) as b:
        await b.press(*URL)
        await b.type(text)
        field = b.app.focused
        assert isinstance(field, Field)
        assert shown(b).startswith(mark)
        assert shown(b).rstrip().endswith(text[-5:])
        length = len(text)
        for at in [*range(length, -1, -2), *range(1, length + 1, 2)]:
            field.cursor_position = at
            await b.pilot.pause()
            row = shown(b)
            assert under(b) == (text[at] if at < length else " ")
            assert row.startswith(mark) is (field.scroll_offset.x > 0)
            goes_on = width(text) - field.scroll_offset.x > field.content_size.width
            assert row.endswith(mark) is goes_on
            assert width(row) == field.content_size.width


async def test_a_field_without_the_cursor_shows_the_beginning(board: Started) -> None:
    async with board() as b:
        await b.press(*URL)
        await b.type(LATIN)
        await b.press("tab")
        await b.pilot.pause()
        assert "Guangzhou Municipal Bur…" in b.line(" url")


async def test_a_text_that_fits_has_no_mark(board: Started) -> None:
    async with board() as b:
        await b.press(*URL)
        await b.type("x" * 23)
        assert shown(b) == "x" * 23 + " "


async def test_an_offer_that_finds_no_room_is_marked(board: Started) -> None:
    tracker = FakeTracker()
    tracker.used = Suggestions(sources=(("bureau", LATIN),))
    async with board(tracker) as b:
        await b.press(*URL)
        assert shown(b) == "Guangzhou Municipal Bur…"
        await b.press("G", "u")
        await b.pilot.pause()
        assert shown(b) == "Guangzhou Municipal Bur…"


PROSE = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
HAN = "广州市工业和信息化局关于汽车产业发展情况的通报及其附件材料汇编" * 3


@pytest.mark.parametrize("text", [PROSE, HAN])
async def test_a_click_puts_the_cursor_where_it_points_in_every_row(board: Started, text: str) -> None:
    async with board() as b:
        await b.press("j", "l", "tab", "tab", "tab")
        await b.type(text)
        await b.pilot.pause()
        field = b.app.focused
        assert isinstance(field, Field)
        assert field.content_size.height > 1
        for y in range(field.content_size.height):
            for x in (1, 8, 31):
                await b.pilot.click(field, offset=(x, y))
                await b.pilot.pause()
                piece = field.pieces[field.first_row(field.pieces, field.content_size.height) + y]
                before = field.value[piece.start : field.cursor_position]
                end = min(x - 1, width(field.value[piece.start : piece.end]))
                assert width(before) in (end, end - 1)


async def test_a_click_into_a_long_text_without_the_cursor_counts_from_its_beginning(board: Started) -> None:
    async with board() as b:
        await b.press(*URL)
        await b.type(LATIN)
        url = b.app.focused
        await b.press("tab", "up", "up", "up")
        note = b.app.focused
        assert isinstance(url, Field)
        assert isinstance(note, Field)
        await b.type(PROSE)
        await b.press("up")
        await b.pilot.pause()
        for field in (url, note):
            await b.pilot.click(field, offset=(6, 0))
            await b.pilot.pause()
            assert (b.app.focused, field.cursor_position) == (field, 5)


async def test_a_drag_marks_over_rows(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l", "tab", "tab", "tab")
        await b.type(PROSE)
        await b.pilot.pause()
        field = b.app.focused
        assert isinstance(field, Field)
        first, second = field.pieces[:2]
        await b.pilot.mouse_down(field, offset=(1, 0))
        await b.pilot.hover(field, offset=(4, 1))
        await b.pilot.mouse_up(field, offset=(4, 1))
        assert field.selected_text == PROSE[first.start : second.start + 3]
