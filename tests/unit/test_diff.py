"""A diff: golden bytes, and rule by rule what is new, what is a correction, and what is neither."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from books import GOLDEN, empty, followed, seeded, states, stations
from differences import FORMS, data, handle, promise, stirred, tour
from gztrack.errors import InputError
from gztrack.export.diff import markdown, plain, words
from gztrack.export.diff.form import diff_form
from gztrack.export.diff.pairing import paired
from gztrack.export.diff.retelling import retold
from gztrack.export.diff.section import section
from gztrack.export.diff.sides import since
from gztrack.export.diff.views import Diff, Reading, Target
from gztrack.export.report import build
from gztrack.export.report_parts import Sources
from gztrack.language import speaking
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker

PLACE = "https://a.example/x"


@pytest.mark.parametrize(("lang", "kind"), [("en", kind) for kind in FORMS] + [("zh", "txt"), ("zh", "md")])
@pytest.mark.parametrize("name", ["followup", "stirred"])
def test_the_golden_bytes(name: str, lang: str, kind: str) -> None:
    diff = {"followup": tour, "stirred": stirred}[name]()
    ending = kind if lang == "en" else f"{lang}.{kind}"

    with speaking(lang):
        made = FORMS[kind](diff)

    assert made.decode() == (GOLDEN / f"{name}-diff.{ending}").read_text("utf-8"), (
        "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"
    )


def test_the_stirred_one_has_every_kind_of_entry() -> None:
    diff = stirred()

    assert {(type(each.old).__name__, each.kind) for each in diff.corrections} >= {
        ("Reading", "corrected"), ("Reading", "withdrawn"), ("Reading", "counts"),
        ("Target", "corrected"), ("Target", "withdrawn"),
    }  # fmt: skip
    assert {each.kind for each in diff.targets} == {"new", "moved", "dropped"}
    assert {(each.old is None, each.new is None) for each in diff.statuses} == {
        (False, False), (True, False), (False, True),
    }  # fmt: skip
    assert diff.verdicts


@pytest.mark.parametrize("build_it", [seeded, followed, states, empty])
def test_of_one_and_the_same_nothing_is_new(build_it: Any) -> None:
    found = data(build_it())

    diff = section(found, found)

    assert diff.empty
    assert "Nothing is new." in plain.render(diff).decode()
    assert "Nothing is new." in markdown.render(diff).decode()


def changed(tracker: Tracker, *steps: Any) -> Diff:
    """What is new after some steps."""
    old = data(tracker)
    for step in steps:
        step()
    return section(old, data(tracker))


def kinds(diff: Diff) -> dict[str, int]:
    """How many entries of each kind there are, statuses left out."""
    found = Counter(["reading"] * len(diff.readings) + ["verdict"] * len(diff.verdicts))
    found += Counter(each.kind for each in diff.corrections) + Counter(each.kind for each in diff.targets)
    return dict(found)


def one() -> Tracker:
    """An indicator with one reading of a source."""
    tracker = stations()
    tracker.log(LogEntry("stations", "100", "2020", url=PLACE, note="n"))
    return tracker


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (LogEntry("", "105"), {"value"}),
        (LogEntry("", ">100"), {"qualifier"}),
        (LogEntry("", provisional=True), {"provisional"}),
        (LogEntry("", note="other"), {"note"}),
        (LogEntry("", period="2021"), {"start", "end"}),
        (LogEntry("", series="city"), {"series"}),
        (LogEntry("", source="Bureau"), {"source"}),
        (LogEntry("", published="2021-02-03"), {"published"}),
        (LogEntry("", ">105", note="other"), {"value", "qualifier", "note"}),
    ],
)
def test_a_correction_names_what_differs(entry: LogEntry, fields: set[str]) -> None:
    tracker = one()

    diff = changed(tracker, lambda: tracker.correct("stations@2020", entry, "slip"))

    assert kinds(diff) == {"corrected": 1}
    assert set(diff.corrections[0].changed) == fields


def test_of_how_a_period_was_typed_nothing_is_said() -> None:
    tracker = one()

    diff = changed(
        tracker, lambda: tracker.correct("stations@2020", LogEntry("", period="2020-01..2020-12"), "x")
    )

    assert diff.empty


def test_a_figure_of_another_source_is_new_and_says_what_counted_before() -> None:
    tracker = one()

    diff = changed(tracker, lambda: tracker.log(LogEntry("stations", "105", "2020", url="https://b.example")))

    assert kinds(diff) == {"reading": 1}
    assert diff.readings[0].instead is not None
    assert diff.readings[0].instead.value == 100


def test_a_figure_of_the_same_source_that_overtakes_its_old_one_is_a_correction() -> None:
    tracker = one()

    diff = changed(tracker, lambda: tracker.log(LogEntry("stations", "105", "2020", url=PLACE)))

    assert kinds(diff) == {"corrected": 1}
    assert [diff.corrections[0].old.value, diff.corrections[0].new.value] == [100, 105]  # type: ignore[union-attr]


def test_one_that_a_pin_hides_is_new_and_nothing_more() -> None:
    tracker = one()
    tracker.pin("stations@2020")

    diff = changed(tracker, lambda: tracker.log(LogEntry("stations", "105", "2020", url=PLACE)))

    assert kinds(diff) == {"reading": 1}
    assert diff.readings[0].instead is None


def test_a_pin_changes_which_one_counts() -> None:
    tracker = one()
    tracker.log(LogEntry("stations", "105", "2020", url="https://b.example"))
    old = handle(tracker, "stations", "2020", "a.example")

    diff = changed(tracker, lambda: tracker.pin(old, "the city's own"))

    assert kinds(diff) == {"counts": 1}
    (text,) = parts(diff)["corrections"]
    assert text == "100 stations for 2020 counts now; no longer 105 stations; the city's own"


def test_a_pin_of_the_one_that_counts_anyway_is_not_told() -> None:
    tracker = one()

    assert changed(tracker, lambda: tracker.pin("stations@2020")).empty


def test_undo_of_a_correction_is_one_too() -> None:
    tracker = one()
    tracker.correct("stations@2020", LogEntry("", "105"), "slip")

    diff = changed(tracker, tracker.undo)

    assert kinds(diff) == {"corrected": 1}


def parts(diff: Diff) -> dict[str, list[str]]:
    """What is said, without sources."""
    return {
        part.key: ["; ".join(clause.text for clause in line.clauses) for line in part.lines]
        for part in words.told(diff, Sources())
    }


def goal(tracker: Tracker, value: str, due: str, **more: Any) -> None:
    tracker.set_target(GoalEntry("stations", value, due, source="Plan", **more))


def test_a_moved_target_says_by_how_much_how_much_later_and_why() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(tracker, lambda: goal(tracker, "450", "2030", replaces="stations@2028", reason="no money"))

    assert kinds(diff) == {"moved": 1}  # that the old one is superseded is the same news
    (text,) = parts(diff)["moved"]
    assert text.startswith(
        "≥500 stations by 2028 → ≥450 stations by 2030; lowered by 50, two years later: no money"
    )
    (item,) = diff_form(diff)["targets"]
    assert (item["raised_by"], item["days_later"], item["reason"]) == (-50, 730, "no money")
    assert item["replaces"]["value"] == 500


def test_a_reason_with_brackets_comes_whole() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(
        tracker, lambda: goal(tracker, "500", "2029", replaces="stations@2028", reason="see (5) of it")
    )

    assert diff.targets[0].reason == "see (5) of it"


def test_a_chain_of_moves_is_told_link_by_link() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(
        tracker,
        lambda: goal(tracker, "500", "2029", replaces="stations@2028", reason="a"),
        lambda: goal(tracker, "500", "2030", replaces="stations@2029", reason="b"),
    )

    assert kinds(diff) == {"moved": 2}
    assert {each.reason for each in diff.targets} == {"a", "b"}


def test_an_entry_error_that_was_put_right_is_no_moved_target() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(
        tracker,
        lambda: goal(tracker, "550", "2028", replaces="stations@2028", correction=True, reason="typo"),
    )

    assert kinds(diff) == {"corrected": 1}
    assert diff.corrections[0].changed == ("value",)


def test_neither_is_one_that_was_withdrawn() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(tracker, lambda: tracker.retract(promise(tracker, "stations", "2028"), "another city's"))

    assert kinds(diff) == {"withdrawn": 1}
    assert parts(diff)["corrections"] == ["target ≥500 stations by 2028; withdrawn"]


def test_a_corrected_revision_stays_one_promise() -> None:
    tracker = one()
    goal(tracker, "500", "2028")
    goal(tracker, "600", "2030", replaces="stations@2028", reason="a")

    diff = changed(
        tracker,
        lambda: goal(tracker, "650", "2030", replaces="stations@2030", correction=True, reason="typo"),
    )

    assert kinds(diff) == {"corrected": 1}


def test_a_dropped_target_says_when_and_why() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(tracker, lambda: tracker.drop_target("stations@2028", "no money"))

    assert kinds(diff) == {"dropped": 1}
    assert parts(diff)["dropped"] == ["≥500 stations by 2028; withdrawn on 2026-11-24; no money"]


def test_one_that_came_back_has_another_verdict() -> None:
    tracker = one()
    goal(tracker, "500", "2028")
    tracker.drop_target("stations@2028", "no money")

    diff = changed(tracker, tracker.undo)

    assert parts(diff)["verdicts"][0].startswith("≥500 stations by 2028; dropped → open")


def test_a_promise_that_a_second_source_states_is_said_to_be_the_same() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    diff = changed(tracker, lambda: tracker.set_target(GoalEntry("stations", "500", "2028", source="Mayor")))

    assert kinds(diff) == {"new": 1}
    assert "the same promise as before, by another source" in parts(diff)["new"][0]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("700", "cannot tell → met"), (">700", "cannot tell → met"), ("300", "cannot tell → missed")],
)
def test_a_reading_that_decides_changes_the_verdict(value: str, verdict: str) -> None:
    tracker = one()
    goal(tracker, "500", "2024", stated_on="2020")

    diff = changed(tracker, lambda: tracker.log(LogEntry("stations", value, "2024", source="Bureau")))

    assert verdict in parts(diff)["verdicts"][0]
    assert diff.statuses[0].new.status == verdict.rpartition(" ")[2]  # type: ignore[union-attr]


def test_that_a_promise_was_met_later_is_news_though_nobody_can_tell_at_its_date() -> None:
    (text,) = parts(tour())["verdicts"]

    assert "cannot tell at the due date; met by 2022-12-31; >1,000,000 for 2022" in text


def test_neither_names_nor_groups_nor_order_are_news() -> None:
    tracker = one()

    diff = changed(
        tracker,
        lambda: tracker.edit_indicator(IndicatorEntry("stations", name="Bases", group="5G", definition="d")),
    )

    assert diff.empty


def test_an_archived_one_leaves_the_board_and_loses_no_reading() -> None:
    tracker = one()
    goal(tracker, "500", "2028")

    away = changed(tracker, lambda: tracker.archive("stations"))
    back = changed(tracker, lambda: tracker.archive("stations", undo=True))

    assert (kinds(away), kinds(back)) == ({}, {})
    assert [(each.old is None, each.new is None) for each in (*away.statuses, *back.statuses)] == [
        (False, True), (True, False),
    ]  # fmt: skip


def test_of_one_off_the_board_promises_have_its_name_and_unit() -> None:
    tracker = one()
    goal(tracker, "500", "2028")
    tracker.archive("stations")

    diff = changed(tracker, lambda: tracker.drop_target("stations@2028", "no money"))

    assert diff.targets[0].subject.name == "Stations"
    assert parts(diff)["dropped"][0].startswith("≥500 stations by 2028")


def test_a_reading_is_new_when_its_period_is_over() -> None:
    tracker = stations("2019,5 2020,6")

    diff = section(*(data(tracker, Clocks(as_of=date(year, 12, 31))) for year in (2019, 2020)))

    assert [each.reading.period for each in diff.readings] == ["2020"]


def test_one_of_a_period_that_is_not_over_is_new_when_it_is_logged() -> None:
    tracker = stations("2019,5")

    diff = changed(tracker, lambda: tracker.log(LogEntry("stations", "6", "2026", yes=True)))

    assert "its period is not over" in parts(diff)["readings"][0]


@pytest.mark.parametrize(
    ("clocks", "day", "known"),
    [
        (Clocks(), date(2026, 11, 24), "2026-11-24"),
        (Clocks(), date(2020, 12, 31), ""),  # nothing was known then
        (Clocks(date(2023, 12, 31)), date(2020, 12, 31), ""),
        (Clocks(logged_by=date(2026, 11, 24)), date(2020, 12, 31), "2026-11-24"),
        (Clocks(date(2028, 1, 1), date(2026, 11, 24)), date(2027, 12, 31), "2026-11-24"),
        (Clocks(published_by=date(2024, 1, 1)), date(2020, 12, 31), ""),
    ],
)
def test_a_report_tells_what_is_new_in_it_since_a_day(clocks: Clocks, day: date, known: str) -> None:
    tracker = followed()
    report = build(tracker, clocks)

    diff = since(day, report.data, tracker, clocks)

    assert diff.new == section(report.data, report.data).new
    limit = date.fromisoformat(known) if known else None
    then = build(tracker, Clocks(day, limit, clocks.published_by)).data
    assert diff[2:] == section(then, report.data)[2:]
    assert (diff.old.as_of, diff.old.logged_by) == (day.isoformat(), known)


def test_since_a_later_day_nothing_can_be_new() -> None:
    tracker = followed()

    with pytest.raises(InputError, match="2027-01-01 is later than 2026-11-24"):
        since(date(2027, 1, 1), data(tracker), tracker)


def test_another_database_and_another_method_are_said() -> None:
    a, b = empty("One"), empty("Two")

    lines = words.head_lines(section(data(a), build(b, method="un-chart").data))

    assert lines[1:] == [
        "Two databases: One, then Two",
        "Two methods, which alone changes statuses: linear, then un-chart",
    ]


def test_a_snapshot_without_later_fields_is_read_too() -> None:
    new = data(followed())
    for item in new["indicators"]:
        del item["unit_zh"], item["group_zh"]
    for item in new["ledger"]:
        for key in ("name", "name_zh", "unit", "unit_zh", "dropped_on", "dropped_why"):
            del item[key]

    assert len(section(data(seeded()), new).readings) == len(tour().readings)


def test_reasons_are_retold_in_chinese_as_the_board_says_them() -> None:
    seen = 0
    with speaking("zh"):
        for tracker in (followed(), states()):
            for method in ("", "open-sdg", "un-chart"):
                for year in (2020, 2026):
                    report = build(tracker, Clocks(as_of=date(year, 12, 31)), method)
                    items = [*report.data["indicators"], *report.data["ledger"]]
                    shown = [row.reason for row in report.board.rows]
                    shown += [promise.view.reason for promise in report.promises]
                    for item, reason in zip(items, shown, strict=True):
                        assert retold(item["reason"] or "") == reason
                        seen += bool(reason)
    assert seen > 100


def test_a_reason_that_nobody_knows_stays_as_it_is() -> None:
    with speaking("zh"):
        assert retold("the moon; met by 2020") == "the moon; met by 2020"


def test_pairing_asks_each_entry_once_a_pass() -> None:
    asked = Counter[str]()

    def key(name: str) -> Any:
        def ask(entry: int) -> int:
            asked[name] += 1
            return entry

        return ask

    old, new = list(range(1000)), list(range(500, 1500))
    pairs, gone, came = paired(old, new, (key("a"), key("b")), (key("c"),))

    assert (len(pairs), len(gone), len(came)) == (500, 500, 500)
    assert asked == {"a": 2000, "b": 1000, "c": 1000}


def test_views_are_laid_out_as_their_slices_say() -> None:
    assert Reading._fields[:3] == ("series", "start", "end")
    assert Reading._fields[3:5] == ("source", "url")
    assert Reading._fields[10:12] == ("inferred", "period")
    assert Target._fields[2:8] == ("comparator", "due", "over", "stated_on", "source", "url")
    assert Target._fields[12:14] == ("inferred", "due_label")
