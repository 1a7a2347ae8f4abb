"""Board, detail, history and ledger as text: columns that keep their places and give way in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import empty, followed, states, stations
from gztrack.export.bars import bar_text
from gztrack.export.cells import Column, cells, cut, table, wrapped
from gztrack.export.text import board_text, detail_text, history_text, ledger_counts, ledger_text
from gztrack.services.board.ledger import reason_counts
from gztrack.services.days import time_in
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.views import Bar


def row_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if name in line)


def heads(text: str) -> list[str]:
    return next(line for line in text.splitlines() if "indicator" in line).split()


def test_the_board_of_the_follow_up_pack() -> None:
    lines = board_text(followed().board(), width=140).splitlines()

    assert lines[0].startswith("? 3 cannot tell   · 10 no target   ")
    assert lines[0].endswith("   Guangzhou industrial upgrading, as of 2026-11-24")
    assert lines[2].split() == ["indicator", "reading", "period", "target", "due", "progress", "%", "status"]
    assert lines[3] == "New energy vehicles"
    assert lines[4].split()[-10:] == [
        ">1,000,000", "vehicles/year", "2022", ">2,000,000", "2025-12-31", "━━━━━╍▸───┃", ">50", "%", "cannot", "tell"
    ]  # fmt: skip
    assert row_of("\n".join(lines), "5G industry enterprises").split()[-5:-2] == [
        "60",
        "enterprises",
        "2019-Q3?",
    ]


@pytest.mark.parametrize(
    ("width", "there"),
    [
        (180, ["indicator", "reading", "period", "target", "due", "progress", "%", "status"]),
        (120, ["indicator", "reading", "period", "target", "due", "progress", "%", "status"]),
        (100, ["indicator", "reading", "target", "due", "progress", "%", "status"]),
        (84, ["indicator", "reading", "target", "progress", "%", "status"]),
        (70, ["indicator", "reading", "progress", "%", "status"]),
        (60, ["indicator", "reading", "%", "status"]),
        (20, ["indicator", "reading", "%", "status"]),
    ],
)
def test_columns_give_way_in_their_order(width: int, there: list[str]) -> None:
    assert heads(board_text(followed().board(), width=width)) == there


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_asked_and_status_words_stand_in_one_column(
    width: int, ascii_only: bool
) -> None:
    board = states().board()
    text = board_text(board, width=width, ascii=ascii_only)

    assert max(map(cells, text.splitlines())) <= width
    places = set()
    for row in board.rows:
        line = next(x for x in text.splitlines() if row.name[:6] in x and x.rstrip().endswith(row.status))
        places.add(cells(line[: line.rindex(row.status)]))
    assert len(places) == 1


def test_ascii_leaves_only_names_beyond_ascii() -> None:
    tracker = followed()

    for text in (
        board_text(tracker.board(), ascii=True),
        detail_text(tracker.detail("uhd-output"), ascii=True).split("\n", 1)[1],
        history_text(tracker.history("uhd-output"), "CNY/year", ascii=True),
        ledger_text(tracker.ledger(), ascii=True),
    ):
        assert text.isascii()


def test_a_board_without_rows_says_so() -> None:
    assert "no indicators" in board_text(empty().board())


@pytest.mark.parametrize(
    ("bar", "drawn", "plain"),
    [
        (None, "", ""),
        (Bar(None), "──────────│", "..........|"),
        (Bar(None, overdue=True), "──────────┃", "..........]"),
        (Bar(0.0), "──────────│", "..........|"),
        (Bar(0.02), "╸─────────│", "#.........|"),
        (Bar(0.52), "━━━━━─────│", "#####.....|"),
        (Bar(0.58), "━━━━━╸────│", "######....|"),
        (Bar(0.52, marker=0.83), "━━━━━───┊─│", "#####...:.|"),
        (Bar(0.9, marker=0.3), "━━━┊━━━━━─│", "###:#####.|"),
        (Bar(0.9, marker=0.3, overdue=True), "━━━━━━━━━─┃", "#########.]"),
        (Bar(0.5, "lower"), "━━━━━╍▸───│", "#####=>...|"),
        (Bar(0.95, "lower"), "━━━━━━━━━▸│", "#########>|"),
        (Bar(0.5, "upper"), "╍╍╍╍╍─────│", "=====.....|"),
        (Bar(1.0), "━━━━━━━━━━│", "##########|"),
        (Bar(1.0, "lower"), "━━━━━━━━━━│▸", "##########|>"),
        (Bar(1.1), "━━━━━━━━━━│━", "##########|#"),
        (Bar(1.2, overdue=True), "━━━━━━━━━━┃━━", "##########]##"),
        (Bar(2.17), "━━━━━━━━━━│━▸", "##########|#>"),
        (Bar(-0.1), "◂─────────│", "<.........|"),
    ],
)
def test_every_kind_of_bar(bar: Bar | None, drawn: str, plain: str) -> None:
    assert bar_text(bar, 10) == drawn
    assert bar_text(bar, 10, ascii=True) == plain


def test_the_detail_of_an_indicator() -> None:
    text = detail_text(followed().detail("5g-base-stations"), width=140)

    assert text.splitlines()[:5] == [
        "5G base stations built 5G基站数 [5g-base-stations]",
        "? cannot tell at the due date; met by 2023-12-31",
        "━━━━━━━━━━━━━━━━━━━━━━━━┃━▸  115 %",
        "reading  91,700 stations for 2023",
        "target   ≥80,000 stations by 2022-12-31",
    ]
    assert "attainment  114.6 %" in text
    assert row_of(text, "other series  ").endswith("province 23,555 in 2020-08")
    assert any("province  other series" in line for line in text.splitlines() if "23,555" in line)
    assert "evidence 91,700 for 2023 (en.people.cn), margin +26,700" in text


def test_a_detail_without_reading_and_target_is_short() -> None:
    text = detail_text(stations().detail("stations"))

    assert text.startswith("Stations [stations]\n◌ no reading\n")
    assert "readings" not in text
    assert "targets" not in text


def test_the_history_tells_what_became_of_each_reading() -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "5", "2020", source="Bureau"))
    tracker.correct("stations@2020", LogEntry("stations", "6"), "misread")

    _, first, second = history_text(tracker.history("stations"), "stations").splitlines()

    assert "replaced: misread" in first
    assert "counts" in second
    assert "Bureau" in second
    assert history_text(()) == "no readings\n"


def test_the_ledger_tells_who_stated_what_and_what_became_of_it() -> None:
    tracker = stations("2024,90 2025,110")
    tracker.set_target(
        GoalEntry("stations", "100", "2025", stated_on="2020", stated_by="City", quote="a hundred by 2025")
    )
    tracker.set_target(
        GoalEntry("stations", "200", "2027", stated_on="2021", url="https://www.plan.example/a")
    )
    tracker.set_target(GoalEntry("stations", "220", "2030", replaces="stations@2027", reason="new plan"))

    lines = ledger_text(tracker.ledger(), units={"stations": "stations"}).splitlines()

    assert lines[:2] == ["3 promises: 1 met, 1 open, 1 superseded", ""]
    assert lines[3].split()[:5] == ["✓", "2025", "stations", "≥100", "met"]
    assert lines[4:6] == [
        '    stated 2020 by City: "a hundred by 2025"',
        "    evidence 110 for 2025, margin +10",
    ]
    assert lines[6].split()[:5] == ["–", "2027", "stations", "≥200", "superseded"]
    assert lines[7] == "    stated 2021, plan.example"
    assert lines[8].startswith("    replaced")
    assert lines[8].endswith("by ≥220 by 2030: raised by 20, three years later (new plan)")
    assert lines[-1] == "    revises ≥200 by 2027: raised by 20, three years later (new plan)"
    assert ledger_text([]) == "no targets\n"


def test_a_promise_replaced_after_its_date_keeps_its_verdict_and_says_what_came_after() -> None:
    tracker = stations("2020,90")
    tracker.set_target(GoalEntry("stations", "100", "2020", stated_on="2019"))
    tracker.set_target(
        GoalEntry("stations", "100", "2023", stated_on="2021-05-01", replaces="stations@2020", reason="late")
    )

    text = ledger_text(tracker.ledger())

    assert row_of(text, "2020 ").split()[4] == "missed"
    assert "    evidence 90 for 2020, margin -10\n" in text
    assert "    replaced on 2021-05-01 by ≥100 by 2023: same figure, three years later (late)\n" in text
    assert "    revises ≥100 by 2020: same figure, three years later (late)\n" in text


def test_the_ledger_counts_why_promises_have_no_verdict() -> None:
    lines = ledger_text(followed().ledger(), width=140).splitlines()

    assert lines[0] == "7 promises in 8 entries (one stated twice counts once): 7 no verdict"
    assert lines[1] == (
        "no verdict: 4 cannot tell at the due date (met later), 2 no reading for the period,"
        " 1 no reading that proves it either way"
    )
    assert sum(reason_counts(followed().ledger()).values()) == 7


def test_a_margin_from_a_bound_is_a_bound_in_the_ledger() -> None:
    text = ledger_text(followed().ledger(), width=140)

    assert "evidence >1,000,000 for 2022 (tv.jdgod.com), margin >+700,000" in text
    assert "margin >=+" not in ledger_text(followed().ledger(), ascii=True)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_of_ledger_and_detail_is_wider_than_asked(width: int) -> None:
    tracker = states()
    facts = tracker.indicators(archived=True)
    names = {fact["indicator"]: fact["name"] for fact in facts}
    units = {fact["indicator"]: fact["unit"] for fact in facts}

    text = ledger_text(tracker.ledger(), units=units, names=names, width=width)
    # A table's figures are never cut, whatever the width.
    assert max(map(cells, text.splitlines())) <= max(width, 76)
    for row in tracker.board().rows:
        detail = detail_text(tracker.detail(row.id), width=width)
        assert max(map(cells, detail.splitlines())) <= max(width, 76), row.id


def test_a_reading_that_was_pinned_says_by_whom_and_why() -> None:
    tracker = stations("2020,5")
    tracker.log(LogEntry("stations", "6", "2020", source="Province"))
    assert "one of several for it: logged last" in detail_text(tracker.detail("stations"))

    handle = next(view.handle for view in tracker.history("stations") if view.value == 5)
    tracker.pin(handle, "city figure, not province")

    there = time_in(tracker.store.tz, tracker.history("stations")[0].logged_at)
    why = f"pinned by ann on {there[:10]}: city figure, not province"
    text = " ".join(detail_text(tracker.detail("stations")).split())
    assert f"reading 5 stations for 2020 (one of several for it: {why})" in text
    assert f"  2020: {why}\n" in history_text(tracker.history("stations"), "stations")


def test_a_promise_restated_by_a_second_source_counts_once() -> None:
    ledger = followed().ledger()

    assert len(ledger) == 8
    assert ledger_counts(ledger) == {"no verdict": 7}


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (["100 2030"], "1 promise: 1 open"),
        (["100 2030", "100 2030"], "1 promise in 2 entries (one stated twice counts once): 1 open"),
        (["100 2030"] * 3, "1 promise in 3 entries (one stated 3 times counts once): 1 open"),
        (["100 2030", "200 2031"] * 2, "2 promises in 4 entries (2 stated more than once count once each): 2 open"),
    ],
)  # fmt: skip
def test_the_ledger_says_how_often_promises_are_stated(stated: list[str], said: str) -> None:
    tracker = stations()
    for place, text in enumerate(stated):
        value, due = text.split()
        tracker.set_target(GoalEntry("stations", value, due, source=f"Paper {place}"))

    assert ledger_text(tracker.ledger()).splitlines()[0] == said


def test_a_later_entry_of_a_promise_names_the_one_that_stated_it_first() -> None:
    tracker = stations()
    first = tracker.set_target(GoalEntry("stations", "100", "2030", source="Plan")).handle
    tracker.set_target(GoalEntry("stations", "100", "2030", source="Press"))
    tracker.set_target(GoalEntry("stations", "150", "2030", source="Press"))

    text, line = ledger_text(tracker.ledger(), width=140), f"    the same promise as {first}\n"
    assert text.count("the same promise") == 1
    assert f"Press\n{line}" in text
    shown = detail_text(tracker.detail("stations"), width=140)
    assert shown.count("the same promise") == 1
    assert line in shown


def test_an_entry_error_is_no_promise_and_counts_nowhere() -> None:
    tracker = stations()
    tracker.set_target(GoalEntry("stations", "100", "2030"))
    tracker.retract("stations@2030", "typed twice")

    text = ledger_text(tracker.ledger(every=True))

    assert ledger_counts(tracker.ledger(every=True)) == {}
    assert text.startswith("no targets\n")
    assert row_of(text, "2030").split()[:5] == ["–", "2030", "stations", "≥100", "retracted"]
    assert "an entry error, no promise (retracted: typed twice)" in text


def test_chinese_takes_two_cells_and_combining_marks_none() -> None:
    assert [cells(text) for text in ("abc", "年产能", "e\u0301", "ａ", "…━│")] == [3, 6, 1, 2, 3]


@given(st.text(), st.integers(1, 30))
def test_a_cut_text_fits(text: str, room: int) -> None:
    assert cells(cut(text, room)) <= room


@given(st.text(), st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    from gztrack.domain.text import clean

    lines = wrapped(text, room, "- ", "  ")

    assert all(cells(line) <= room for line in lines)
    joined = "".join(line[2:] for line in lines)
    assert joined.replace(" ", "") == clean(text).replace(" ", "")


def test_a_table_leaves_out_empty_columns_and_squeezes_the_widest_first() -> None:
    columns = [Column("a", least=4), Column("b"), Column("c", at_right=True)]
    rows = [["longer than it may be", "", "1"], ["x", "", "1,000"]]

    assert table(columns, rows, 16) == ["a              c", "longer t…      1", "x          1,000"]
