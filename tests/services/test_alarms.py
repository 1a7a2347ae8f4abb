"""Which alarms there are, to the day: what was logged when decides, and history raises none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

import books
from gztrack.domain import forecast
from gztrack.domain.points import Point
from gztrack.errors import InputError
from gztrack.services.board.alarms import KINDS, USUAL, Alarm, Patience, parse_patience
from gztrack.services.clock import Instant, instant
from gztrack.services.days import today_in
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Clocks, Tracker
from gztrack.storage.memory import MemoryStore

SHANGHAI = "Asia/Shanghai"


class Diary(Tracker):
    """A database whose clock a test sets: what is written next is logged then, and that day is today."""

    def __init__(
        self, store: MemoryStore, author: str = "ann", now: str = "2024-01-10T12:00:00+08:00"
    ) -> None:
        self.now = datetime.fromisoformat(now)
        super().__init__(store, author=author, login=author)

    def on(self, when: str) -> Diary:
        """The same, at noon of a day in Shanghai, or at a time with its offset."""
        self.now = datetime.fromisoformat(when if "T" in when else f"{when}T12:00:00+08:00")
        return self

    @property
    def today(self) -> date:
        return today_in(self.store.tz, self.now.timestamp())

    def instant(self, author: str = "") -> Instant:
        latest = self.register.latest().get(author or self.author)
        return instant(latest, int(self.now.timestamp()) * 1_000_000_000)

    def read(self, value: str, period: str, slug: str = "stations") -> str:
        return self.log(LogEntry(slug, value, period, yes=True)).handle

    def promise(self, value: str, due: str, **more: Any) -> str:
        return self.set_target(GoalEntry(more.pop("slug", "stations"), value, due, **more)).handle


def diary(*, measure: str = "level", direction: str = "up", tz: str = SHANGHAI) -> Diary:
    """One indicator, nothing logged."""
    made = Diary(MemoryStore("", tz))
    made.add_indicator(
        IndicatorEntry("stations", "Stations", "stations", measure=measure, direction=direction)
    )
    return made


def found(tracker: Tracker, day: str = "", method: str = "", **how: Any) -> tuple[Alarm, ...]:
    return tracker.alarms(Clocks(date.fromisoformat(day)) if day else Clocks(), method, **how)


def kinds(tracker: Tracker, day: str, **how: Any) -> list[str]:
    return [alarm.kind for alarm in found(tracker, day, **how)]


# -- what is silent --------------------------------------------------------------------


@pytest.mark.parametrize("made", [books.empty, books.seeded, books.followed])
@pytest.mark.parametrize("patience", [USUAL, Patience(days=0), None])
def test_a_fresh_seed_and_a_backfilled_import_are_silent(made: Any, patience: Patience | None) -> None:
    assert found(made(), patience=patience) == ()


@pytest.mark.parametrize(
    "day", ["2019-12-31", "2020-12-31", "2021-01-01", "2022-06-30", "2023-12-31", "2026-01-01"]
)
def test_past_due_dates_of_a_backfilled_import_never_alarm(day: str) -> None:
    assert set(kinds(books.followed(), day)) <= {"off-track", "moving-away"}


def test_what_lies_ahead_of_the_as_of_date_raises_no_alarm() -> None:
    made = diary()
    made.on("2026-03-01").read("100", "2020")
    made.promise("200", "2026-06-30")

    assert kinds(made, "2025-12-31") == []
    assert kinds(made, "2026-06-30", patience=None) == []
    assert kinds(made, "2026-07-01", patience=None) == ["verdict-due"]


def test_an_archived_indicator_is_silent() -> None:
    made = diary()
    made.promise("200", "2024-06-30")
    assert kinds(made, "2024-08-01") == ["verdict-due"]

    made.archive("stations")
    assert kinds(made, "2024-08-01") == []


def test_an_indicator_without_a_target_is_silent_whatever_the_method_says() -> None:
    made = diary()
    for value, period in (("100", "2018"), ("50", "2023")):
        made.read(value, period)

    assert made.detail("stations", method="open-sdg").row.status == "moving away"
    assert found(made, "2026-01-01", "open-sdg") == ()


# -- by the row's status ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("latest", "kind"), [("120", "off-track"), ("90", "moving-away"), ("190", ""), ("400", "")]
)
def test_the_rows_status_alarms_until_the_due_date_has_passed(latest: str, kind: str) -> None:
    made = diary()
    made.read("100", "2019")
    made.read(latest, "2021")
    made.promise("300", "2024-03-31", stated_on="2020")

    assert kinds(made, "2022-01-01", patience=None) == ([kind] if kind else [])
    assert kinds(made, "2024-03-31", patience=None) == ([kind] if kind else [])
    assert not {"off-track", "moving-away"} & set(kinds(made, "2024-04-01", patience=None))


def test_the_alarm_goes_by_the_method_as_set_or_as_asked_for() -> None:
    made = diary()
    made.read("10", "2015")
    made.read("22", "2020")
    made.promise("80", "2025", stated_on="2016")

    assert kinds(made, "2020-12-31") == ["off-track"]
    assert kinds(made, "2020-12-31", method="open-sdg") == []  # behind

    made.edit_indicator(IndicatorEntry("stations", method="open-sdg"))
    assert kinds(made, "2020-12-31") == []
    assert kinds(made, "2020-12-31", method="linear") == ["off-track"]


def test_a_headline_pinned_past_its_date_shows_a_verdict_and_no_status() -> None:
    made = diary()
    made.read("100", "2019")
    made.read("110", "2021")
    made.promise("300", "2025", stated_on="2020")
    old = made.promise("150", "2020", stated_on="2019")
    assert kinds(made, "2024-01-10") == ["off-track"]

    made.pin(old, target=True)
    assert kinds(made, "2024-01-10") == []


def test_a_status_alarm_names_the_reading_it_goes_by() -> None:
    made = diary()
    made.read("100", "2019")
    made.read("110", "2021-06")
    made.promise("300", "2025", stated_on="2020")

    (alarm,) = found(made, "2024-01-10")
    assert (alarm.since, alarm.target.value, alarm.row.id) == (date(2021, 6, 30), 300, "stations")
    assert alarm.last_logged.startswith("2024-01-10T04:00:00")


# -- stale -----------------------------------------------------------------------------


def watched(due: str = "2030") -> Diary:
    """A target and one reading, logged on 10 January 2024."""
    made = diary()
    made.promise("300", due)
    made.read("100", "2023")
    return made


@pytest.mark.parametrize(
    ("patience", "last_silent", "first_stale"),
    [
        (USUAL, "2024-04-09", "2024-04-10"),
        (Patience(days=0), "2024-01-10", "2024-01-11"),
        (Patience(days=84), "2024-04-03", "2024-04-04"),
        (Patience(months=3), "2024-04-10", "2024-04-11"),
        (Patience(months=12), "2025-01-10", "2025-01-11"),
    ],
)
def test_an_open_target_is_stale_once_more_than_that_long_has_gone_by(
    patience: Patience, last_silent: str, first_stale: str
) -> None:
    made = watched()
    assert kinds(made, last_silent, patience=patience) == []
    assert kinds(made, first_stale, patience=patience) == ["stale"]


def test_calendar_months_go_from_month_end_to_month_end() -> None:
    made = diary().on("2024-11-30")
    made.promise("300", "2030")

    assert kinds(made, "2025-02-28", patience=Patience(months=3)) == []
    assert kinds(made, "2025-03-01", patience=Patience(months=3)) == ["stale"]


def test_never_switches_stale_off() -> None:
    assert kinds(watched(), "2029-12-31", patience=None) == []


def test_silence_counts_from_the_target_where_that_came_after_the_last_reading() -> None:
    made = diary()
    made.read("100", "2023")
    made.on("2024-06-01").promise("300", "2030")

    assert kinds(made, "2024-08-30") == []
    (alarm,) = found(made, "2024-08-31")
    assert (alarm.kind, alarm.since, alarm.quiet, alarm.heard) == ("stale", date(2024, 6, 1), 91, False)


def test_silence_counts_from_the_last_reading_whatever_its_period_or_series() -> None:
    made = watched()
    made.on("2024-05-01").log(LogEntry("stations", "90", "2015", series="province"))

    (alarm,) = found(made, "2024-07-31")
    assert (alarm.since, alarm.quiet, alarm.heard) == (date(2024, 5, 1), 91, True)
    assert alarm.last_logged.startswith("2024-05-01")


@pytest.mark.parametrize(("time", "since"), [("23:59:59", 10), ("00:00:00", 11)])
def test_the_day_of_logging_is_the_one_of_the_databases_zone(time: str, since: int) -> None:
    made = diary()
    made.promise("300", "2030")
    made.on(f"2024-01-{since}T{time}+08:00").read("100", "2023")

    assert kinds(made, f"2024-04-{since - 1:02}") == []
    assert [alarm.since for alarm in found(made, f"2024-04-{since}")] == [date(2024, 1, since)]


def test_a_correction_counts_as_logged() -> None:
    made = watched()
    reading = made.register.readings["stations"][0]["id"]
    made.on("2024-03-01").correct(reading, LogEntry("", "101"))

    assert kinds(made, "2024-05-30") == []
    assert kinds(made, "2024-05-31") == ["stale"]


def test_a_retracted_reading_does_not_count() -> None:
    made = watched()
    handle = made.on("2024-03-01").read("110", "2024-02")
    assert kinds(made, "2024-04-10") == []

    made.retract(handle, "wrong row")
    assert kinds(made, "2024-04-10") == ["stale"]


def test_an_undone_reading_does_not_count_and_a_redone_one_does() -> None:
    made = watched()
    made.on("2024-03-01").read("110", "2024-02")
    made.undo()
    assert kinds(made, "2024-04-10") == ["stale"]

    made.redo()
    assert kinds(made, "2024-04-10") == []


def test_a_target_whose_date_has_passed_is_not_stale() -> None:
    assert "stale" in kinds(watched("2024-06-30"), "2024-06-30")
    assert "stale" not in kinds(watched("2024-06-30"), "2024-07-01")


def test_a_target_without_a_due_date_is_open_and_can_be_stale() -> None:
    assert kinds(watched("none"), "2024-04-10") == ["stale"]


def test_two_open_targets_are_one_alarm_and_the_headline_is_named() -> None:
    made = watched("2030")
    made.promise("200", "2027")
    made.promise("500", "none")

    (alarm,) = found(made, "2024-04-10")
    assert alarm.target.value == 200


def test_an_old_target_stays_stale_beside_one_of_yesterday() -> None:
    made = watched("2030")
    made.on("2024-04-09").promise("200", "2027")

    (alarm,) = found(made, "2024-04-10")
    assert (alarm.target.value, alarm.since) == (300, date(2024, 1, 10))


def test_a_revised_promise_starts_anew_and_a_corrected_one_does_not() -> None:
    made = watched()
    made.on("2024-03-01").promise("310", "", replaces="stations@2030", correction=True)
    assert kinds(made, "2024-04-10") == ["stale"]

    made.on("2024-03-02").promise("320", "2031", replaces="stations@2030", reason="new plan")
    assert kinds(made, "2024-04-10") == []
    assert kinds(made, "2024-06-01") == ["stale"]


# -- verdicts that came due ------------------------------------------------------------


def test_a_verdict_is_due_from_the_day_after_the_due_date() -> None:
    made = diary()
    made.promise("300", "2024-06-30")

    assert kinds(made, "2024-06-30", patience=None) == []
    (alarm,) = found(made, "2024-07-01")
    assert (alarm.kind, alarm.since) == ("verdict-due", date(2024, 6, 30))
    assert (alarm.target.verdict, alarm.target.reason) == ("cannot tell", "no reading")


@pytest.mark.parametrize(
    ("logged", "alarmed"),
    [
        ("2024-06-29", True),
        ("2024-06-30", True),
        ("2024-07-01", False),
        ("2024-06-30T23:59:59+08:00", True),
        ("2024-07-01T00:00:00+08:00", False),
        ("2024-06-30T16:00:00+00:00", False),  # midnight in Shanghai
    ],
)
def test_only_a_promise_logged_by_its_due_date_can_come_due(logged: str, alarmed: bool) -> None:
    made = diary().on(logged)
    made.promise("300", "2024-06-30")

    assert kinds(made, "2024-07-02", patience=None) == (["verdict-due"] if alarmed else [])


def test_the_zone_of_the_database_decides_on_which_day_a_promise_was_logged() -> None:
    made = diary(tz="UTC").on("2024-06-30T16:00:00+00:00")
    made.promise("300", "2024-06-30")

    assert kinds(made, "2024-07-02") == ["verdict-due"]


@pytest.mark.parametrize(("days", "kind"), [(89, "verdict-due"), (90, "verdict-due"), (91, "overdue")])
def test_without_a_verdict_it_becomes_overdue(days: int, kind: str) -> None:
    made = diary()
    made.promise("300", "2024-06-30")
    day = date.fromordinal(date(2024, 6, 30).toordinal() + days).isoformat()

    assert kinds(made, day) == [kind]
    assert kinds(made, day, patience=None) == ["verdict-due"]


@pytest.mark.parametrize(
    ("readings", "verdict", "soon", "later"),
    [
        ([("310", "2024-06")], "met", [], []),
        ([("290", "2024-06")], "missed", ["verdict-due"], []),
        ([("290", "2024-06"), ("310", "2024-07")], "met late", ["verdict-due"], []),
        ([("290", "2022")], "cannot tell", ["verdict-due"], ["overdue"]),
        ([("310", "2024-07")], "cannot tell", ["verdict-due"], ["overdue"]),
    ],
)
def test_only_what_was_met_is_well_at_once(
    readings: list[tuple[str, str]], verdict: str, soon: list[str], later: list[str]
) -> None:
    made = diary()
    made.promise("300", "2024-06-30")
    for value, period in readings:
        made.read(value, period)

    assert [view.verdict for view in made.ledger(clocks=Clocks(date(2024, 9, 1)))] == [verdict]
    assert kinds(made, "2024-09-01") == soon
    assert kinds(made, "2024-12-01") == later


def test_a_miss_names_its_evidence() -> None:
    made = diary()
    made.promise("300", "2024-06-30")
    made.read("290", "2024-06")

    (alarm,) = found(made, "2024-07-01")
    assert alarm.evidence is not None
    assert (alarm.evidence.value, alarm.evidence.period, alarm.target.margin) == (290, "2024-06", -10)


def test_every_target_is_watched_and_not_only_the_headline() -> None:
    made = diary()
    for value, due in (("400", "2024-07-31"), ("300", "2024-06-30"), ("900", "2030")):
        made.promise(value, due)

    told = found(made, "2024-08-01", kinds=["verdict-due"])
    assert [alarm.target.value for alarm in told] == [300, 400]
    assert not any(alarm.target.headline for alarm in told)


def test_a_promise_restated_by_a_second_source_is_told_once() -> None:
    made = diary()
    made.promise("300", "2024-06-30", source="city")
    made.promise("300", "2024-06-30", source="province")
    made.on("2024-07-02").promise("300", "2024-06-30", source="yearbook")
    made.promise("301", "2024-06-30", source="another figure, logged too late")

    assert [alarm.target.origin.source for alarm in found(made, "2024-07-03")] == ["city"]


def test_another_figure_or_another_date_is_another_promise() -> None:
    made = diary()
    for value, due in (
        ("300", "2024-06-30"),
        ("310", "2024-06-30"),
        ("300", "2024-07-31"),
        ("<=300", "2024-07-31"),
    ):
        made.promise(value, due)

    assert kinds(made, "2024-08-01") == ["verdict-due"] * 4


def test_superseded_dropped_and_mistaken_targets_are_silent() -> None:
    made = diary()
    made.promise("300", "2024-06-30")
    made.promise("350", "2031", replaces="stations@2024-06-30", reason="moved")
    made.promise("310", "2024-05-31")
    made.drop_target("stations@2024-05-31", "left out")
    made.promise("320", "2024-04-30")
    made.retract("stations@2024-04-30", "typed twice")
    made.promise("330", "2024-03-31")
    made.undo()

    assert kinds(made, "2024-07-01", patience=None) == []


def test_a_promise_replaced_after_its_date_still_came_due() -> None:
    made = diary()
    made.promise("300", "2024-06-30")
    made.on("2024-07-05").promise("300", "2027", replaces="stations@2024-06-30", reason="moved")

    assert kinds(made, "2024-07-06") == ["verdict-due"]


def test_a_promise_whose_entry_was_corrected_after_its_date_still_came_due() -> None:
    made = diary()
    made.promise("3000", "2024-06-30")
    made.on("2024-07-05").promise("300", "", replaces="stations@2024-06-30", correction=True)
    made.on("2024-07-06").promise("330", "", replaces="stations@2024-06-30", correction=True)

    (alarm,) = found(made, "2024-07-07")
    assert (alarm.kind, alarm.target.value) == ("verdict-due", 330)


def test_a_flow_asks_for_the_figure_of_its_period() -> None:
    made = diary(measure="flow")
    made.promise("300", "2024")
    made.read("200", "2024-01..2024-11")

    (alarm,) = found(made, "2025-01-01", kinds=["verdict-due"])
    assert alarm.target.reason == "no reading for the 12 months to 2024-12-31"


def test_a_total_over_a_span_comes_due_at_its_end() -> None:
    made = diary(measure="flow")
    made.promise("300", "", over="2024..2025")
    made.read("100", "2024")
    assert kinds(made, "2025-12-31", kinds=["verdict-due"]) == []

    made.on("2026-01-01").read("120", "2025")
    (alarm,) = found(made, "2026-01-01", kinds=["verdict-due"])
    assert (alarm.target.verdict, alarm.target.margin) == ("missed", -80)


# -- all of them together --------------------------------------------------------------


def many() -> Diary:
    """Four indicators with an alarm of every kind, the last on the board the worst."""
    made = Diary(MemoryStore("", SHANGHAI))
    for slug in ("quiet", "old", "lately", "slow", "falling"):
        made.add_indicator(IndicatorEntry(slug, slug.title(), "stations", measure="level", group="G"))
    made.promise("300", "2030", slug="quiet")
    made.promise("300", "2024-02", slug="old")
    made.promise("300", "2024-11", slug="lately")
    for slug, value in (("slow", "110"), ("falling", "90")):
        made.read("100", "2020", slug)
        made.read(value, "2023", slug)
        made.promise("300", "2030", slug=slug)
    return made


def test_the_worst_comes_first_then_the_order_of_the_board() -> None:
    told = [(alarm.kind, alarm.row.id) for alarm in found(many(), "2024-12-15")]
    assert told == [
        ("moving-away", "falling"),
        ("off-track", "slow"),
        ("overdue", "old"),
        ("verdict-due", "lately"),
        ("stale", "quiet"),
        ("stale", "slow"),
        ("stale", "falling"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_kinds_asked_for_are_looked_for(kind: str) -> None:
    assert set(kinds(many(), "2024-12-15", kinds=[kind])) == {kind}


def test_nothing_is_looked_for_where_no_kind_is_asked_for() -> None:
    assert kinds(many(), "2024-12-15", kinds=[]) == []


def test_a_thousand_indicators_are_checked_without_a_single_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned: list[int] = []

    def counted(points: Sequence[Point]) -> forecast.Slopes | None:
        reckoned.append(len(points))
        return slopes(points)

    slopes = forecast.theil_sen
    monkeypatch.setattr(forecast, "theil_sen", counted)
    made = Diary(MemoryStore("", SHANGHAI))
    made.write(
        "import",
        [
            ("indicators", {"indicator": f"i{n}", "name": f"I{n}", "unit": "stations", "measure": "level",
                            "direction": "up"})
            for n in range(1000)
        ],
    )  # fmt: skip
    made.log_batch(
        [LogEntry(f"i{n}", str(100 + year), str(2020 + year)) for n in range(1000) for year in range(4)]
    )
    made.write(
        "import",
        [
            ("targets", {"indicator": f"i{n}", "value": 300, "comparator": "at least", "due": "2030",
                         "due_start": "2030-01-01", "due_end": "2030-12-31"})
            for n in range(1000)
        ],
    )  # fmt: skip

    assert len(found(made, "2024-12-15")) == 2000  # each off track, and each stale
    assert reckoned == []
    made.detail("i0")
    assert reckoned == [4]


# -- lengths of time -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "patience"),
    [
        ("90d", Patience(days=90)),
        (" 90 D ", Patience(days=90)),
        ("0d", Patience(days=0)),
        ("12w", Patience(days=84)),
        ("6m", Patience(months=6)),
        ("2y", Patience(months=24)),
        ("100y", Patience(months=1200)),
        ("never", None),
        ("Never", None),
    ],
)
def test_a_length_of_time_is_understood(text: str, patience: Patience | None) -> None:
    assert parse_patience(text) == patience


@pytest.mark.parametrize(
    "text",
    [
        "",
        "d",
        "6",
        "90",
        "-1d",
        "+1d",
        "1.5m",
        "90x",
        "3 months",
        "1d2w",
        "9e9",
        "٣d",
        "101y",
        "99999d",
        "999999d",
    ],
)
def test_what_is_no_length_of_time_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(
        InputError, match=r"write 90d, 12w, 6m for months, 1y or never|for no end write never"
    ):
        parse_patience(text)


@pytest.mark.parametrize(
    ("longest", "end"),
    [("100y", "2300-12-31"), ("1200m", "2300-12-31"), ("36525d", "2301-01-01"), ("5217w", "2300-12-26")],
)
def test_the_longest_patience_ends_on_a_day_that_there_is(longest: str, end: str) -> None:
    patience = parse_patience(longest)
    assert patience is not None
    assert patience.ends(date(2200, 12, 31)) == date.fromisoformat(end)
