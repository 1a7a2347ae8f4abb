"""Order of the list: grouping, sorts inside groups, the other way round, headings, folded groups."""

from __future__ import annotations

from itertools import groupby

import pytest

from gztrack.services.views import STATUS_ORDER
from gztrack.tui.grouping import GROUPINGS, SORTS, USUAL, Order, arranged, entries, group_of, line_count
from tui.fake import states

ROWS = states()
FLAT = Order("none")


def ids(order: Order) -> list[str]:
    return [row.id for row in arranged(ROWS, order)]


def groups(order: Order) -> list[str]:
    return [key for key, _ in groupby(arranged(ROWS, order), lambda row: group_of(row, order.grouping))]


def test_the_usual_order_is_the_board_s() -> None:
    assert ids(USUAL) == [row.id for row in ROWS]


@pytest.mark.parametrize("grouping", GROUPINGS)
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("reverse", [False, True])
def test_every_order_keeps_every_row_and_each_group_together(grouping: str, sort: str, reverse: bool) -> None:
    order = Order(grouping, sort, reverse)
    assert sorted(ids(order)) == sorted(row.id for row in ROWS)
    assert len(groups(order)) == len(set(groups(order)))


@pytest.mark.parametrize(
    ("sort", "reverse", "first", "last"),
    [
        ("worst first", False, "hightech-share", "subsidies"),
        ("worst first", True, "key-labs-national", "subsidies"),
        ("name", False, "tech-centres-provincial", "uhd-output"),
        ("name", True, "uhd-output", "tech-centres-provincial"),
        ("due date", False, "key-labs-national", "subsidies"),
        ("due date", True, "nev-output", "subsidies"),
        ("percent", False, "5g-enterprises", "subsidies"),
        ("percent", True, "tech-centres", "subsidies"),
    ],
)
def test_a_sort_and_its_reverse_leave_what_they_cannot_place_at_the_end(
    sort: str, reverse: bool, first: str, last: str
) -> None:
    found = ids(FLAT._replace(sort=sort, reverse=reverse))
    assert (found[0], found[-1]) == (first, last)


def test_the_newest_reading_comes_first() -> None:
    ends = [row.reading.end for row in arranged(ROWS, FLAT._replace(sort="latest reading")) if row.reading]
    assert ends == sorted(ends, reverse=True)


def test_a_sort_works_inside_groups_and_brings_the_worst_group_forward() -> None:
    order = Order(sort="worst first")
    assert groups(order)[0] == "Manufacturing"
    made = [row.id for row in arranged(ROWS, order) if row.group == "Manufacturing"]
    assert made == ["hightech-share", "hightech-growth"]


def test_groups_by_status_go_from_the_worst() -> None:
    found = groups(Order("status"))
    assert found == sorted(found, key=STATUS_ORDER.index)


def test_groups_by_due_year_go_on_in_time_and_the_undated_end() -> None:
    assert groups(Order("due year")) == [
        "due 2020", "due 2022", "due 2023", "due 2025", "due 2026", "due 2027", "no due date",
    ]  # fmt: skip


def test_archived_rows_are_a_group_of_their_own_at_the_end() -> None:
    rows = [ROWS[0]._replace(archived=True), *ROWS[1:]]
    assert arranged(rows, Order("status"))[-1].id == ROWS[0].id
    assert arranged(rows, Order("none", "worst first", reverse=True))[-1].id == ROWS[0].id


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (USUAL, ""),
        (Order("status"), "by status"),
        (Order("none"), "no groups"),
        (Order(sort="percent", reverse=True), "highest %"),
        (Order("due year", "worst first"), "by due year, worst first"),
    ],
)
def test_only_an_unusual_order_is_said(order: Order, said: str) -> None:
    assert order.said == said
    assert len(said) <= 24  # the name's column at 80 cells


def test_headings_stand_where_the_group_changes() -> None:
    found = entries(ROWS, blanks=True)
    assert [entry.kind for entry in found[:6]] == ["heading", "row", "row", "row", "blank", "heading"]
    assert len(found) == line_count(ROWS) == 13 + 6 + 5


def test_a_list_without_groups_has_no_headings() -> None:
    assert {entry.kind for entry in entries(ROWS, grouping="none", blanks=True)} == {"row"}


def test_a_folded_group_is_one_line_that_knows_its_rows() -> None:
    found = entries(ROWS, blanks=False, folded=frozenset({"5G"}))
    (heading,) = [entry for entry in found if entry.folded]
    assert (heading.text, heading.size) == ("5G", 2)
    assert [ROWS[at].id for at in range(heading.row, heading.row + heading.size)] == [
        "5g-enterprises",
        "5g-base-stations",
    ]
    assert len(found) == 13 + 6 - 2


def test_folded_groups_stand_close() -> None:
    every = frozenset(row.group for row in ROWS)
    assert [entry.kind for entry in entries(ROWS, blanks=True, folded=every)] == ["heading"] * 6


def test_rows_without_a_group_do_not_seem_to_belong_to_the_one_before() -> None:
    rows = [ROWS[0], ROWS[1]._replace(group="")]
    assert [entry.text for entry in entries(rows, blanks=False) if entry.kind == "heading"] == [
        "New energy vehicles",
        "without a group",
    ]
    assert [entry.kind for entry in entries(rows[1:], blanks=False)] == ["row"]
