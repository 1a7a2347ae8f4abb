"""The method that a status goes by: the one asked for, else the indicator's, else the database's."""

from __future__ import annotations

import pytest

from books import empty, stations
from gztrack.errors import InputError
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.tracker import Tracker


@pytest.fixture
def tracker() -> Tracker:
    """Two indicators, each the case of PROGRESS in which the methods disagree."""
    found = empty("plan")
    for slug in ("first", "second"):
        found.add_indicator(IndicatorEntry(slug, name=slug, unit="things"))
        found.log(LogEntry(slug, "10", "2015", yes=True))
        found.log(LogEntry(slug, "22", "2020", yes=True))
        found.set_target(GoalEntry(slug, "80", "2030"))
    return found


def said(tracker: Tracker, method: str = "") -> list[tuple[str, str]]:
    return [(row.assessment.method, row.status) for row in tracker.board(method=method).rows]


def test_linear_is_the_method_where_nobody_chose(tracker: Tracker) -> None:
    board = tracker.board()

    assert [row.assessment.method for row in board.rows] == ["linear", "linear"]
    assert (board.method, board.own, board.forced, board.reckoned) == ("linear", 0, False, "linear")


def test_the_databases_method_holds_for_every_indicator_without_one(tracker: Tracker) -> None:
    before = said(tracker)
    done = tracker.edit_database(SettingsEntry(method="Open SDG"))

    assert done.lines[0] == "changed the database: method open-sdg"
    assert said(tracker) == said(tracker, "open-sdg") != before
    assert tracker.board().reckoned == "open-sdg"
    tracker.undo()
    assert said(tracker) == before
    tracker.redo()
    assert said(tracker) == said(tracker, "open-sdg")


def test_an_indicators_own_method_goes_before_the_databases(tracker: Tracker) -> None:
    tracker.edit_indicator(IndicatorEntry("second", method="un-chart"))
    board = tracker.board()

    assert [method for method, _ in said(tracker)] == ["linear", "un-chart"]
    assert (board.own, board.reckoned) == (1, "linear, 1 by their own")
    tracker.edit_database(SettingsEntry(method="un-chart"))
    assert tracker.board().reckoned == "un-chart"
    tracker.edit_indicator(IndicatorEntry("second", method="usual"))
    tracker.edit_database(SettingsEntry(method="open-sdg"))
    assert [method for method, _ in said(tracker)] == ["open-sdg", "open-sdg"]


@pytest.mark.parametrize("method", ["linear", "open-sdg", "un-chart"])
def test_what_is_asked_for_goes_before_both(tracker: Tracker, method: str) -> None:
    tracker.edit_database(SettingsEntry(method="open-sdg"))
    tracker.edit_indicator(IndicatorEntry("second", method="un-chart"))
    board = tracker.board(method=method)

    assert [row.assessment.method for row in board.rows] == [method, method]
    assert (board.forced, board.reckoned, board.usual) == (True, method, "open-sdg")
    assert tracker.detail("second", method=method).row.assessment.method == method
    assert tracker.detail("second").row.assessment.method == "un-chart"


def test_a_choice_is_seen_only_from_its_logging_on(tracker: Tracker) -> None:
    from gztrack.services.tracker import Clocks

    tracker.edit_database(SettingsEntry(method="open-sdg"))
    long_ago = Clocks(logged_by=tracker.today.replace(year=2000))

    assert tracker.board(long_ago).usual == "linear"


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (
            SettingsEntry(),
            "nothing to change was given; for the whole database there are --title and --method",
        ),
        (
            SettingsEntry(method="cagr"),
            "method: no such method: 'cagr'; there are linear, open-sdg, un-chart",
        ),
        (SettingsEntry(method="linear"), "the database says so already; nothing to change"),
        (SettingsEntry(title="x" * 300), "title: "),
    ],
)
def test_what_does_not_fit_is_refused(tracker: Tracker, entry: SettingsEntry, refusal: str) -> None:
    with pytest.raises(InputError) as refused:
        tracker.edit_database(entry)
    assert str(refused.value).startswith(refusal)


def test_an_indicators_method_that_is_none_is_refused() -> None:
    with pytest.raises(
        InputError, match="method: no such method: 'best'; there are linear, open-sdg, un-chart"
    ):
        stations().edit_indicator(IndicatorEntry("stations", method="best"))


def test_a_new_title_heads_the_board_and_an_undo_brings_the_old_one_back() -> None:
    tracker = empty("old")
    tracker.edit_database(SettingsEntry(title="Foshan 2030"))

    assert (tracker.title, tracker.board().title) == ("Foshan 2030", "Foshan 2030")
    tracker.undo()
    assert tracker.title == "old"


def test_the_method_of_an_indicator_goes_through_csv() -> None:
    from gztrack.export.csv_file import export_csv
    from gztrack.services.importing.importer import import_text

    tracker = stations("2020,1 2021,2")
    tracker.edit_indicator(IndicatorEntry("stations", method="un-chart"))
    again = empty()
    import_text(again, export_csv(tracker).decode())

    assert again.board().rows[0].assessment.method == "un-chart"
    assert export_csv(again) == export_csv(tracker)
