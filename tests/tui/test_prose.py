"""Long texts in rows: every character keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gztrack.tui.cells import width
from gztrack.tui.prose import Piece, index_at, row_of, rows, window


def test_a_text_breaks_at_blanks() -> None:
    text = "the figure covers all"
    assert [text[a:b] for a, b in rows(text, 11)] == ["the figure ", "covers all"]


def test_chinese_breaks_where_its_cells_end() -> None:
    text = "新能源汽车产量"
    assert [text[a:b] for a, b in rows(text, 6)] == ["新能源", "汽车产", "量"]


def test_a_full_row_leaves_the_cursor_a_row_of_its_own() -> None:
    assert rows("abcd", 4) == [Piece(0, 4), Piece(4, 4)]


@given(st.text(st.sampled_from("ab 新源"), max_size=80), st.integers(2, 20))
def test_the_rows_are_the_text_and_fit(text: str, cells: int) -> None:
    found = rows(text, cells)
    assert "".join(text[a:b] for a, b in found) == text
    assert all(width(text[a:b]) <= cells for a, b in found)
    for cursor in range(len(text) + 1):
        piece = found[row_of(found, cursor)]
        assert piece.start <= cursor <= piece.end


@given(st.integers(1, 30), st.integers(1, 5), st.integers(0, 40), st.data())
def test_the_cursors_row_is_in_view(count: int, shown: int, top: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, count - 1))
    first = window(count, at, shown, top)
    assert first <= at < first + shown


@given(st.text(st.sampled_from("ab 新源"), max_size=80), st.integers(2, 20), st.integers(0, 25))
def test_a_cell_of_a_row_is_a_place_in_that_row(text: str, cells: int, at: int) -> None:
    found = rows(text, cells)
    for place, piece in enumerate(found):
        index = index_at(text, piece, at)
        assert piece.start <= index <= piece.end
        if piece.end > piece.start or place == len(found) - 1:
            assert row_of(found, index) == place or piece.end == len(text)
        if at < width(text[piece.start : piece.end]):
            assert width(text[piece.start : index]) <= at < width(text[piece.start : index + 1])
