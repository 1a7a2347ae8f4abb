"""Filter, only off track, methods."""

from __future__ import annotations

from datetime import date

import pytest

from gztrack.services.views import Board
from gztrack.tui.choosing import Chooser, next_method
from gztrack.tui.grouping import Order
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
    assert [row.id for row in Chooser(ROWS).chosen(words=words)] == ids


def test_only_off_track_is_bad_news_only() -> None:
    found = Chooser(ROWS).chosen(off_track=True)
    assert {row.status for row in found} == {"off track", "moving away", "missed"}


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


def test_archived_rows_are_not_off_track() -> None:
    rows = [row._replace(archived=True) for row in ROWS]
    assert Chooser(rows).chosen(off_track=True) == []


def test_a_letter_more_is_looked_for_among_the_last_hits_only() -> None:
    chooser = Chooser(ROWS)
    looked_at = []
    for words in ("n", "ne", "nev", "nev g", "nev gr"):
        before = chooser.chosen(words=words)
        looked_at.append((chooser.looked_at, len(before)))
    assert [hits for _, hits in looked_at][:-1] == [at for at, _ in looked_at][1:]
    assert looked_at[-1][0] < len(ROWS)


@pytest.mark.parametrize("words", ["ne", "nev", "v", "off", "", "gr nev", "NEV", "nev "])
@pytest.mark.parametrize("before", ["nev", "n", "growth", "ne ", "nev growth", ""])
def test_what_was_typed_before_changes_nothing_of_what_is_found(before: str, words: str) -> None:
    chooser = Chooser(ROWS)
    chooser.chosen(words=before)
    assert chooser.chosen(words=words) == Chooser(ROWS).chosen(words=words)


def test_another_order_or_off_track_is_chosen_anew() -> None:
    chooser = Chooser(ROWS)
    chooser.chosen(words="nev")
    assert len(chooser.chosen(words="nev", off_track=True)) == 1
    assert len(chooser.chosen(words="nev", order=Order("none", "name"))) == 3
    assert len(chooser.chosen(words="nev")) == 3
