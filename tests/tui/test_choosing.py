"""Filter, only off track, sort, headings."""

from __future__ import annotations

from datetime import date

import pytest

from gztrack.services.views import Board
from gztrack.tui.choosing import chosen, entries, next_method
from tui.fake import states

ROWS = states()


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("nev", ["nev-capacity", "nev-output", "nev-output-growth"]),
        ("NEV growth", ["nev-output-growth"]),
        ("growth nev", ["nev-output-growth"]),
        ("基站", ["5g-base-stations"]),
        ("key-labs", ["key-labs-national", "key-labs-provincial"]),
        ("support", ["subsidies"]),
        ("nothing like it", []),
    ],
)
def test_every_word_must_occur(words: str, ids: list[str]) -> None:
    assert [row.id for row in chosen(ROWS, words=words)] == ids


def test_only_off_track_is_bad_news_only() -> None:
    found = chosen(ROWS, off_track=True)
    assert {row.status for row in found} == {"off track", "moving away", "missed"}


def test_worst_first() -> None:
    found = chosen(ROWS, sort="worst first")
    assert found[0].status == "off track"
    assert found[-1].status == "no target"


def test_by_name() -> None:
    names = [row.name.casefold() for row in chosen(ROWS, sort="name")]
    assert names == sorted(names)


def test_by_due_date_undated_last() -> None:
    found = chosen(ROWS, sort="due date")
    assert found[0].id == "key-labs-national"
    assert found[-1].id == "subsidies"


def test_headings_stand_where_the_group_changes() -> None:
    found = entries(ROWS, headings=True, blanks=True)
    assert [entry.kind for entry in found[:6]] == ["heading", "row", "row", "row", "blank", "heading"]
    assert len(found) == 13 + 6 + 5


def test_a_sorted_list_has_no_headings() -> None:
    assert {entry.kind for entry in entries(ROWS, headings=False, blanks=True)} == {"row"}


@pytest.mark.parametrize(
    ("usual", "own", "round_trip"),
    [
        ("linear", 0, ["", "open-sdg", "un-chart", ""]),
        ("open-sdg", 0, ["", "linear", "un-chart", ""]),
        ("linear", 2, ["", "linear", "open-sdg", "un-chart", ""]),
    ],
)
def test_every_method_is_gone_through_once(usual: str, own: int, round_trip: list[str]) -> None:
    board = Board("", (), (), date(2026, 11, 24), False, usual, False, usual, own)
    found = [""]
    while len(found) < len(round_trip):
        found.append(next_method(found[-1], board))

    assert found == round_trip
