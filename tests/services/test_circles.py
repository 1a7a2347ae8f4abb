"""Circles and long chains of parts: every indicator stays on the board, and anybody can mend them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from books import LEVEL, empty
from gztrack.domain.register import Fact
from gztrack.errors import InputError
from gztrack.export.board_text import board_text
from gztrack.export.csv_file import export_csv, left_out
from gztrack.export.snapshot import render
from gztrack.services.board.circles import circle, heads
from gztrack.services.board.rows import arranged
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker

DEEP = 3_000
"""Parts of parts, more than Python's stack has room for."""

GRAPHS = st.integers(1, 9).flatmap(
    lambda size: st.lists(
        st.tuples(st.integers(-1, size), st.sampled_from(("", "roads", "ports"))),
        min_size=size,
        max_size=size,
    )
)
"""Of each indicator the number of its whole (-1: none; the size: one that is not there) and its group."""


def rings_of(wholes: dict[str, str]) -> list[tuple[str, ...]]:
    return [circle(slug, lambda part: wholes.get(part, "")) for slug in wholes]


def indicators(graph: list[tuple[int, str]]) -> list[Fact]:
    return [
        {"indicator": f"i{number}", "part_of": f"i{whole}" if whole >= 0 else "", "group": group}
        for number, (whole, group) in enumerate(graph)
    ]


@given(GRAPHS)
@example([(0, "")])
@example([(1, ""), (0, "")])
@example([(2, ""), (2, ""), (1, "")])
def test_every_indicator_is_on_the_board_exactly_once(graph: list[tuple[int, str]]) -> None:
    facts = indicators(graph)

    found = arranged(facts)

    assert sorted(fact["indicator"] for fact, _ in found) == sorted(fact["indicator"] for fact in facts)
    groups = [fact["group"] for fact, _ in found]
    assert list(dict.fromkeys(groups)) == list(dict.fromkeys(fact["group"] for fact in facts))
    assert sum(a != b for a, b in pairwise(groups)) == len(set(groups)) - 1
    above: list[str] = []
    for fact, depth in found:
        assert 0 <= depth <= len(above)
        if depth:  # what it stands under is its whole
            assert fact["part_of"] == above[depth - 1]
        above = [*above[:depth], fact["indicator"]]


@given(GRAPHS)
def test_only_what_has_no_whole_here_and_one_of_each_circle_stands_at_the_left(
    graph: list[tuple[int, str]],
) -> None:
    facts = indicators(graph)
    for group in {fact["group"] for fact in facts}:
        wholes = {fact["indicator"]: fact["part_of"] for fact in facts if fact["group"] == group}
        rings = set(map(frozenset, rings_of(wholes))) - {frozenset()}
        roots = {slug for slug, whole in wholes.items() if whole not in wholes}

        found = heads(wholes)

        assert {slug for slug in found if slug not in roots} <= {slug for ring in rings for slug in ring}
        assert all(len(found & ring) == 1 for ring in rings)
        assert roots <= found


@given(GRAPHS)
def test_a_circle_is_walked_from_part_to_whole_and_back(graph: list[tuple[int, str]]) -> None:
    wholes = {fact["indicator"]: fact["part_of"] for fact in indicators(graph)}
    for slug, ring in zip(wholes, rings_of(wholes), strict=True):
        if ring:
            assert ring[0] == slug
            assert len(set(ring)) == len(ring)
            assert [wholes[s] for s in ring] == [*ring[1:], slug]
        else:
            above, steps = wholes[slug], 0
            while above and steps < len(wholes):
                assert above != slug
                above, steps = wholes.get(above, ""), steps + 1


@pytest.fixture
def circled() -> Tracker:
    """Ann moved her x from y to z, Bob made y part of x, and Ann's undo closed the circle."""
    tracker = empty()
    for slug in "xyz":
        tracker.add_indicator(IndicatorEntry(slug, slug.upper(), "centres"))
    tracker.edit_indicator(IndicatorEntry("x", part_of="y"))
    tracker.edit_indicator(IndicatorEntry("x", part_of="z"))
    tracker.author = "bob"
    tracker.edit_indicator(IndicatorEntry("y", part_of="x"))
    tracker.author = "ann"
    tracker.undo()
    wholes = {fact["indicator"]: fact.get("part_of") for fact in tracker.indicators()}
    assert wholes == {"x": "y", "y": "x", "z": None}
    return tracker


def depths(tracker: Tracker) -> list[tuple[str, int]]:
    return [(row.id, row.depth) for row in tracker.board().rows]


def test_a_circle_that_an_undo_closed_stays_on_the_board(circled: Tracker) -> None:
    assert depths(circled) == [("x", 0), ("y", 1), ("z", 0)]


def test_alarms_see_what_is_in_a_circle(circled: Tracker) -> None:
    circled.set_target(GoalEntry("y", "100", "2097"))

    found = circled.alarms(Clocks(date(2097, 6, 1)))

    assert [(alarm.kind, alarm.row.id) for alarm in found] == [("stale", "y")]


def test_an_edit_of_something_else_goes_through_in_a_circle(circled: Tracker) -> None:
    circled.edit_indicator(IndicatorEntry("x", method="un-chart"))
    circled.edit_indicator(IndicatorEntry("y", name="Why", part_of="x"))
    circled.archive("x")

    assert circled.register.indicator("x", circled.moment())["method"] == "un-chart"  # type: ignore[index]


@pytest.mark.parametrize(("slug", "whole"), [("x", "z"), ("y", "z"), ("x", "none"), ("y", "NONE")])
def test_an_edit_opens_a_circle(circled: Tracker, slug: str, whole: str) -> None:
    circled.edit_indicator(IndicatorEntry(slug, part_of=whole))

    assert circled.detail("x").notes == circled.detail("y").notes == ()
    assert len(depths(circled)) == 3


def test_what_hangs_from_a_circle_is_none(circled: Tracker) -> None:
    circled.edit_indicator(IndicatorEntry("z", part_of="y"))
    circled.add_indicator(IndicatorEntry("w", "W", "centres", part_of="x"))

    assert depths(circled) == [("x", 0), ("y", 1), ("z", 2), ("w", 1)]


def test_an_edit_that_would_close_a_circle_names_the_part_that_closes_it() -> None:
    tracker = empty()
    for slug, whole in (("a", ""), ("b", "a"), ("c", "b")):
        tracker.add_indicator(IndicatorEntry(slug, slug, "centres", part_of=whole))

    with pytest.raises(InputError, match=r"part_of: a would be part of itself through b$"):
        tracker.edit_indicator(IndicatorEntry("a", part_of="c"))


def test_no_share_is_reckoned_in_a_circle_and_a_line_says_so(circled: Tracker) -> None:
    for slug, value in (("x", "5"), ("y", "10"), ("z", "3")):
        circled.log(LogEntry(slug, value, "2020"))
    circled.edit_indicator(IndicatorEntry("z", part_of="y"))

    for slug in "xy":
        detail = circled.detail(slug)
        assert detail.whole is not None
        assert (detail.whole.share, detail.whole.reason) == (None, "each is part of the other")
        assert detail.notes == ("parts in a circle: x, y; gztrack edit x --part-of none opens it",)
    found = circled.detail("y").parts
    assert found is not None
    assert [share.reason for share in found.shares] == ["each is part of the other", ""]
    assert found.shares[1].share is not None
    assert (found.total, found.rest) == (None, None)
    assert circled.detail("z").notes == ()


def test_a_form_says_that_it_is_part_of_nothing(circled: Tracker) -> None:
    seen = circled.preview_indicator(IndicatorEntry("x", part_of="none"), editing=True)

    assert (seen.echoes["part_of"], seen.errors) == ("nothing", {})


def test_a_file_may_say_again_what_is_in_a_circle_here(circled: Tracker) -> None:
    text = "kind,indicator,name,unit,part_of\nindicator,x,X,centres,y\nindicator,w,W,centres,x\n"

    done = import_text(circled, text, name="x.csv")

    assert done.lines[0].startswith("x.csv: 1 new, 0 revised, 1 same")
    assert depths(circled) == [("x", 0), ("y", 1), ("w", 1), ("z", 0)]


def test_an_exported_circle_comes_back_with_the_same_board(circled: Tracker) -> None:
    copy = empty()

    import_text(copy, export_csv(circled).decode())

    assert depths(copy) == depths(circled)
    assert left_out(circled).endswith(": x as part of y (a circle)")
    assert left_out(copy) == ""


def chained(length: int) -> Tracker:
    rows = (f"indicator,i{n},Part {n},stations,level,{f'i{n - 1}' if n else ''}\n" for n in range(length))
    tracker = empty()
    import_text(tracker, LEVEL.splitlines()[0] + ",part_of\n" + "".join(rows))
    return tracker


def test_a_very_long_chain_of_parts_is_shown() -> None:
    tracker = chained(DEEP)

    assert depths(tracker) == [(f"i{n}", n) for n in range(DEEP)]
    with pytest.raises(InputError, match=r"part of itself through i1$"):
        tracker.edit_indicator(IndicatorEntry("i0", part_of=f"i{DEEP - 1}"))


def test_of_parts_of_parts_of_parts_something_of_the_name_is_left() -> None:
    tracker = chained(60)

    text = board_text(tracker.board(), width=80)
    indents = [len(line) - len(line.lstrip("◌ ")) for line in text.splitlines() if "Part" in line]

    assert indents == [2 + 2 * min(n, 6) for n in range(60)]
    for kind in ("txt", "md", "svg"):
        assert "Part 59" in render(tracker, kind).decode()
