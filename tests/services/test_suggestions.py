"""What forms can offer: nearest first, latest first, kept, and only what stands."""

from __future__ import annotations

import pytest

import books
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker

INDICATORS = """kind,indicator,name,name_zh,unit,measure,group
indicator,cars,Cars,汽车,vehicles,flow,Transport
indicator,buses,Buses,,vehicles,flow,Transport
indicator,labs,Laboratories,实验室,laboratories,level,Research
"""


@pytest.fixture
def tracker() -> Tracker:
    made = books.empty()
    import_text(made, INDICATORS)
    return made


def log(tracker: Tracker, slug: str, period: str, source: str, url: str = "") -> None:
    tracker.log(LogEntry(slug, "5", period, source=source, url=url, yes=True))


def test_sources_come_from_the_indicator_first_then_its_group_then_all(tracker: Tracker) -> None:
    log(tracker, "cars", "2020", "cars office")
    log(tracker, "buses", "2020", "bus company")
    log(tracker, "labs", "2020", "lab list")
    assert [source for source, _ in tracker.suggestions("cars").sources] == [
        "cars office",
        "bus company",
        "lab list",
    ]
    assert next(source for source, _ in tracker.suggestions("labs").sources) == "lab list"


def test_of_one_circle_the_source_used_last_comes_first(tracker: Tracker) -> None:
    log(tracker, "cars", "2020", "first", "https://a.cn/1")
    log(tracker, "cars", "2021", "second")
    log(tracker, "cars", "2022", "first", "https://a.cn/1")
    assert tracker.suggestions("cars").sources == (("first", "https://a.cn/1"), ("second", ""))


def test_what_was_undone_is_not_offered_and_what_was_redone_is(tracker: Tracker) -> None:
    log(tracker, "cars", "2020", "slip of the hand")
    assert tracker.suggestions("cars").sources
    tracker.undo()
    assert tracker.suggestions("cars").sources == ()
    tracker.redo()
    assert tracker.suggestions("cars").sources == (("slip of the hand", ""),)


def test_targets_are_sources_too_and_say_who_stated_them(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("cars", "90", "2030", stated_by="the city", source="five-year plan"))
    found = tracker.suggestions("cars")
    assert (found.stated_by, found.sources) == (("the city",), (("five-year plan", ""),))


def test_groups_and_units_in_chinese_are_known_too(tracker: Tracker) -> None:
    tracker.edit_indicator(IndicatorEntry("cars", group_zh="交通", unit_zh="辆"))
    tracker.edit_indicator(IndicatorEntry("labs", group_zh="科研", unit_zh="家"))
    found = tracker.suggestions("buses")
    assert set(found.groups_zh) == {"交通", "科研"}
    assert set(found.units_zh) == {"辆", "家"}


def test_groups_units_and_indicators_are_known_by_name(tracker: Tracker) -> None:
    found = tracker.suggestions("cars")
    assert found.groups == ("Research", "Transport")
    assert found.units == ("laboratories", "vehicles")
    assert found.indicators == (("buses", "Buses", ""), ("labs", "Laboratories", "实验室"))


@pytest.mark.parametrize(
    ("periods", "following"),
    [
        (["2023"], ("2024", "2025")),
        (["2026-Q1"], ("2026-Q2", "2026-Q3")),
        (["2025-H2"], ("2026-H1",)),
        (["2026-08"], ("2026-09", "2026-10")),
        (["2024-Q1..Q3"], ("2025-Q1..Q3", "2026-Q1..Q3")),
        (["2024", "2026-Q2"], ("2026-Q3", "2025")),
        (["2022-01..11", "2025"], ("2026", "2023-01..2023-11", "2024-01..2024-11", "2025-01..2025-11")),
        (["2025", "2026"], ()),
        (["2026-11-01"], ("2025", "2026-Q3", "2026-10")),
        ([], ("2025", "2026-Q3", "2026-10")),
    ],
)
def test_the_complete_periods_that_come_next(
    tracker: Tracker, periods: list[str], following: tuple[str, ...]
) -> None:
    for period in periods:
        log(tracker, "labs", period, "list")
    assert tracker.suggestions("labs").periods == following


def test_the_current_series_has_its_next_period_before_any_other(tracker: Tracker) -> None:
    tracker.log(LogEntry("labs", "5", "2024", source="list", yes=True))
    tracker.log(LogEntry("labs", "5", "2026-Q2", source="list", series="old count", yes=True))
    assert tracker.suggestions("labs").periods == ("2025", "2026-Q3")


def test_readings_are_gone_through_once_and_again_only_where_something_changed(tracker: Tracker) -> None:
    rows = "".join(f"cars,{1921 + n},5\nbuses,{1921 + n},5\n" for n in range(50))
    import_text(tracker, "indicator,period,value\n" + rows)
    tracker.suggestions("cars")
    assert tracker._usage is not None
    assert tracker._usage.looked_at == 100
    tracker.suggestions("labs")
    assert tracker._usage.looked_at == 100
    log(tracker, "cars", "2020", "office")
    assert tracker.suggestions("labs").sources == (("office", ""),)
    assert tracker._usage.looked_at == 151


def test_a_page_of_its_own_for_each_reading_does_not_crowd_out_the_others(tracker: Tracker) -> None:
    rows = "".join(f"cars,{1900 + n},5,office,https://a.cn/{n}\n" for n in range(120))
    import_text(tracker, "indicator,period,value,source,source_url\n" + rows)
    log(tracker, "labs", "2020", "lab list")
    assert ("lab list", "") in tracker.suggestions("cars").sources


def test_a_batch_is_understood_row_by_row(tracker: Tracker) -> None:
    good, bad, gone = tracker.preview_batch(
        [LogEntry("cars", "5", "2020"), LogEntry("labs", "1,23"), LogEntry("trams", "5")]
    )
    assert good.echoes["value"] == "5 vehicles"
    assert "ambiguous" in bad.errors["value"]
    assert "trams" in gone.errors["value"]
