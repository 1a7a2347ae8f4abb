"""The main path through the service: log, correct, retract, goals, indicators, views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gztrack.errors import GuardError, InputError
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Clocks, Tracker
from gztrack.storage.locations import Location


def log(tracker: Tracker, slug: str, value: str, period: str, **more: str) -> str:
    return tracker.log(LogEntry(slug, value, period, **more)).handle  # type: ignore[arg-type]


def test_the_seed_alone_has_no_bar_with_a_fill(tracker: Tracker) -> None:
    board = tracker.board()

    assert len(board.rows) == 12
    assert [row.bar.fill for row in board.rows if row.bar] == [None, None]
    assert board.counts == (("no reading", 2), ("no target", 10))
    assert board.first_run


def test_whatever_the_seed_infers_is_marked_so(tracker: Tracker) -> None:
    for row in tracker.board().rows:
        if row.reading:
            assert "period" in row.reading.inferred, row.id
        if row.target:
            assert set(row.target.inferred) == {"due", "stated_on"}, row.id


def test_a_logged_reading_fills_the_bar(tracker: Tracker) -> None:
    done = tracker.log(LogEntry("nev-capacity", "250k", "2020-Q2"))

    row = tracker.board().rows[0]
    assert row.bar is not None
    assert row.bar.fill == pytest.approx(250 / 300)
    assert row.percent == "83.3 %"
    assert done.lines[0] == (
        "NEV annual production capacity  250,000 vehicles/year  for 2020-Q2 (ends 2020-06-30)"
        "  83.3 % of 300,000 by 2020-12-31"
    )
    assert done.handle in done.lines[1]
    assert "gztrack undo" in done.lines[1]
    assert not tracker.board().first_run


def test_the_echo_of_the_interface_document_is_given_to_the_letter(tracker: Tracker) -> None:
    done = tracker.log(LogEntry("nev-capacity", "310k", "2020-06"))

    assert done.lines[0] == (
        "NEV annual production capacity  310,000 vehicles/year  for 2020-06 (ends 2020-06-30)"
        "  103.3 % of 300,000 by 2020-12-31"
    )


def test_a_level_without_a_period_stands_for_today(tracker: Tracker) -> None:
    tracker.log(LogEntry("5g-enterprises", "61"))

    assert tracker.detail("5g-enterprises").row.reading.period == "2026-11-24"  # type: ignore[union-attr]


@pytest.mark.parametrize("slug", ["uhd-output", "nev-output-growth"])
def test_a_flow_or_rate_without_a_period_is_refused_with_a_proposal(tracker: Tracker, slug: str) -> None:
    with pytest.raises(InputError, match="--for 2025"):
        tracker.log(LogEntry(slug, "100"))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("+5000", 15_000), ("-2k", 8_000), ("+1万", 20_000)],
)
def test_a_change_is_added_to_the_latest_reading(tracker: Tracker, typed: str, shown: int) -> None:
    tracker.log(LogEntry("5g-base-stations", by=typed, period="2020"))

    reading = tracker.detail("5g-base-stations").row.reading
    assert reading is not None
    assert (reading.value, reading.qualifier) == (shown, "more than")


def test_an_unknown_indicator_names_the_nearest(tracker: Tracker) -> None:
    with pytest.raises(InputError, match="did you mean 'nev-capacity'"):
        tracker.log(LogEntry("nev-capcity", "1"))


@pytest.mark.parametrize("value", ["601", "5"])
def test_a_value_more_than_ten_times_off_is_asked_about_and_yes_answers(tracker: Tracker, value: str) -> None:
    with pytest.raises(GuardError, match="Is that right"):
        tracker.log(LogEntry("5g-enterprises", value, "2020"))

    assert tracker.log(LogEntry("5g-enterprises", value, "2020", yes=True)).handle


def test_a_zero_too_many_is_asked_about(tracker: Tracker) -> None:
    tracker.log(LogEntry("5g-enterprises", "599", "2020"))
    with pytest.raises(GuardError, match="a zero too many"):
        tracker.log(LogEntry("5g-enterprises", "5990", "2021"))


def test_a_future_period_is_asked_about_and_does_not_count_yet(tracker: Tracker) -> None:
    with pytest.raises(GuardError, match="after today"):
        tracker.log(LogEntry("5g-enterprises", "70", "2027"))

    done = tracker.log(LogEntry("5g-enterprises", "70", "2027", yes=True))
    assert "counts from 2027-12-31" in done.lines[0]
    assert tracker.detail("5g-enterprises").row.reading.value == 60  # type: ignore[union-attr]
    assert tracker.detail("5g-enterprises", Clocks(date(2027, 12, 31))).row.reading.value == 70  # type: ignore[union-attr]


def test_a_correction_replaces_and_the_old_reading_stays_in_the_history(tracker: Tracker) -> None:
    first = log(tracker, "tech-centres", "510", "2020")

    tracker.correct(first, LogEntry("", "520"), "misread")

    assert tracker.detail("tech-centres").row.reading.value == 520  # type: ignore[union-attr]
    told = [(v.value, v.standing, v.reason) for v in tracker.history("tech-centres")]
    assert told == [(495, "counts", ""), (510, "replaced", "misread"), (520, "counts", "misread")]


def test_a_correction_keeps_what_it_does_not_name(tracker: Tracker) -> None:
    tracker.correct("hightech-share@last", LogEntry("", note="see page 3"))

    reading = tracker.detail("hightech-share").row.reading
    assert reading is not None
    assert (reading.value, reading.qualifier, reading.period) == (66.7, "about", "2019-Q3")
    assert reading.inferred == ("period",)
    assert reading.origin.short == "greaterbayinsight.com"


def test_correcting_a_period_settles_that_it_was_inferred(tracker: Tracker) -> None:
    tracker.correct("tech-centres@last", LogEntry("", period="2019"))

    assert tracker.detail("tech-centres").row.reading.inferred == ()  # type: ignore[union-attr]


def test_a_correction_that_changes_nothing_is_refused(tracker: Tracker) -> None:
    with pytest.raises(InputError, match="says so already"):
        tracker.correct("tech-centres@last", LogEntry("", "495"))


def test_a_replaced_reading_cannot_be_corrected_again_and_the_one_that_stands_is_named(
    tracker: Tracker,
) -> None:
    first = log(tracker, "tech-centres", "510", "2020")
    second = tracker.correct(first, LogEntry("", "520")).handle

    with pytest.raises(InputError, match=second):
        tracker.correct(first, LogEntry("", "530"))


def test_a_retraction_needs_its_reason_and_takes_the_reading_away(tracker: Tracker) -> None:
    tag = log(tracker, "tech-centres", "510", "2020")
    with pytest.raises(InputError, match="needs its reason"):
        tracker.retract(tag, " ")

    tracker.retract(tag, "wrong row")

    assert tracker.detail("tech-centres").row.reading.value == 495  # type: ignore[union-attr]
    assert tracker.history("tech-centres")[-1].standing == "retracted"


def test_two_sources_for_one_period_stand_side_by_side_and_a_pin_chooses(tracker: Tracker) -> None:
    first = log(tracker, "tech-centres", "510", "2020", source="yearbook")
    log(tracker, "tech-centres", "512", "2020", source="news")
    assert tracker.detail("tech-centres").row.reading.value == 512  # type: ignore[union-attr]
    with pytest.raises(InputError, match="ambiguous"):
        tracker.cite("tech-centres@2020")

    tracker.pin(first, "the office's own")

    detail = tracker.detail("tech-centres")
    assert detail.row.reading.value == 510  # type: ignore[union-attr]
    assert {v.value: v.standing for v in detail.readings if v.period == "2020"} == {
        510: "counts",
        512: "another source counts",
    }


def test_a_series_is_kept_apart_from_the_usual_one(tracker: Tracker) -> None:
    log(tracker, "5g-base-stations", "23555", "2020-08", series="province")

    detail = tracker.detail("5g-base-stations")
    assert detail.row.reading.value == 10_000  # type: ignore[union-attr]
    assert [v.standing for v in detail.readings if v.series == "province"] == ["other series"]


def test_editing_the_series_makes_the_other_one_current(tracker: Tracker) -> None:
    log(tracker, "5g-base-stations", "23555", "2020-08", series="province")

    tracker.edit_indicator(IndicatorEntry("5g-base-stations", series="province"))

    assert tracker.detail("5g-base-stations").row.reading.value == 23_555  # type: ignore[union-attr]


def test_the_same_key_again_adds_nothing(tracker: Tracker) -> None:
    for _ in range(2):
        tracker.log(LogEntry("5g-enterprises", "61", "2020", key="mail-17"))

    assert [v.value for v in tracker.history("5g-enterprises")] == [60, 61]


def test_a_batch_is_one_action_and_all_or_nothing(tracker: Tracker) -> None:
    good = [LogEntry("5g-enterprises", "61", "2020"), LogEntry("tech-centres", "500", "2020")]
    with pytest.raises(InputError):
        tracker.log_batch([*good, LogEntry("tech-centres", "abc", "2020")])
    assert len(tracker.history("5g-enterprises")) == 1

    tracker.log_batch(good)
    tracker.undo()

    assert len(tracker.history("5g-enterprises")) == len(tracker.history("tech-centres")) == 1


def test_a_revised_goal_leaves_the_old_one_in_the_ledger(
    tracker: Tracker, status: Callable[[str], str]
) -> None:
    tracker.set_target(
        GoalEntry("nev-capacity", ">=300k", "2023", replaces="nev-capacity@2020-12-31", reason="new plan")
    )

    old, new = tracker.ledger(["nev-capacity"])
    assert (old.value, old.due, new.due) == (300_000, "2020-12-31", "2023")
    assert new.replaces == old.id
    assert new.change == "same figure, three years later (new plan)"
    assert tracker.detail("nev-capacity").row.target.id == new.id  # type: ignore[union-attr]


def test_a_goal_revised_before_it_was_due_is_superseded(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("tech-centres", "600", "2027"))
    tracker.set_target(GoalEntry("", "700", "2027", replaces="tech-centres@2027", reason="more money"))

    old, new = sorted(tracker.ledger(["tech-centres"]), key=lambda v: v.value)
    assert (old.state, old.verdict, old.replaced_by) == ("superseded", "superseded", new.id)
    assert new.change == "raised by 100, same date (more money)"
    assert new.state == "open"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("40..60", "40..70", "40..60 became 40..70"),
        ("40..60", "50..60", "40..60 became 50..60"),
        ("40..60", ">=50", "40..60 became at least 50"),
        (">=50", "40..60", "at least 50 became 40..60"),
        (">=50", "<=40", "at least 50 became at most 40"),
        (">=50", ">50", "at least became more than"),
        (">=50", ">=40", "lowered by 10"),
        ("40..60", "40..60", "same figure"),
    ],
)
def test_what_a_revision_changed_of_a_figure(tracker: Tracker, before: str, after: str, said: str) -> None:
    tracker.set_target(GoalEntry("tech-centres", before, "2027"))
    tracker.set_target(GoalEntry("", after, "2028", replaces="tech-centres@2027", reason="moved"))

    new = tracker.ledger(["tech-centres"])[-1]

    assert new.change == f"{said}, one year later (moved)"


def test_a_revision_needs_its_reason(tracker: Tracker) -> None:
    with pytest.raises(InputError, match="reason"):
        tracker.set_target(GoalEntry("nev-capacity", "400k", "2023", replaces="nev-capacity@2020-12-31"))


def test_a_corrected_goal_is_no_promise_that_moved(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("tech-centres", "6000", "2027"))
    tracker.set_target(GoalEntry("", "600", "2027", replaces="tech-centres@2027", correction=True))

    assert [v.value for v in tracker.ledger(["tech-centres"])] == [600]
    every = {v.value: v.state for v in tracker.ledger(["tech-centres"], every=True)}
    assert every == {6000: "corrected", 600: "open"}


def test_a_dropped_goal_is_told_and_no_longer_the_headline(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("tech-centres", "600", "2027"))
    tracker.drop_target("tech-centres@2027", "left out of the plan")

    assert tracker.detail("tech-centres").row.target is None
    (dropped,) = tracker.ledger(["tech-centres"])
    assert dropped.state == dropped.verdict == "dropped"


def test_the_headline_is_the_open_target_due_next_unless_pinned(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("tech-centres", "600", "2028"))
    tracker.set_target(GoalEntry("tech-centres", "700", "2027"))
    assert tracker.detail("tech-centres").row.target.value == 700  # type: ignore[union-attr]

    tracker.pin("tech-centres@2028", target=True)

    assert tracker.detail("tech-centres").row.target.value == 600  # type: ignore[union-attr]


def test_a_due_date_in_the_past_asks_for_nothing(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("tech-centres", "400", "2018-12-31"))


def test_a_down_indicator_takes_at_most_where_no_comparator_is_typed(tracker: Tracker) -> None:
    tracker.add_indicator(IndicatorEntry("energy", "Energy intensity", "tce", direction="down"))
    tracker.set_target(GoalEntry("energy", "20", "2027"))

    assert tracker.detail("energy").row.target.comparator == "at most"  # type: ignore[union-attr]


def test_an_open_goal_with_a_baseline_has_a_pace_and_a_marker(
    tracker: Tracker, status: Callable[[str], str]
) -> None:
    log(tracker, "tech-centres", "600", "2025")
    tracker.set_target(GoalEntry("tech-centres", "1000", "2027"))

    row = tracker.detail("tech-centres").row
    assert row.status == "off track"
    assert row.bar is not None
    assert row.bar.marker == pytest.approx(0.935, abs=0.01)


def test_as_of_an_earlier_day_what_came_later_is_not_there(tracker: Tracker) -> None:
    log(tracker, "tech-centres", "510", "2020")
    tracker.set_target(GoalEntry("tech-centres", "600", "2027", stated_on="2021-03-01"))

    then = tracker.detail("tech-centres", Clocks(as_of=date(2020, 6, 30))).row
    assert then.reading.value == 495  # type: ignore[union-attr]
    assert then.target is None


def test_by_logging_time_what_was_logged_later_is_not_there(tracker: Tracker) -> None:
    log(tracker, "tech-centres", "510", "2020")

    then = tracker.detail("tech-centres", Clocks(logged_by=date(2026, 11, 24)))
    assert then.row.reading is not None
    assert tracker.board(Clocks(logged_by=date(2026, 11, 23))).rows == ()


def test_by_publication_only_what_was_published_counts(tracker: Tracker) -> None:
    log(tracker, "tech-centres", "510", "2020", published="2021-02-01")

    assert tracker.detail("tech-centres", Clocks(published_by=date(2021, 1, 1))).row.reading is None
    assert tracker.detail("tech-centres", Clocks(published_by=date(2021, 2, 1))).row.reading is not None


def test_a_new_indicator_of_a_known_group_stands_with_its_group(tracker: Tracker) -> None:
    tracker.add_indicator(IndicatorEntry("6g-sites", "6G sites", "sites", group="5G", name_zh="6G站点"))

    ids = [row.id for row in tracker.board().rows]
    assert ids.index("6g-sites") == ids.index("5g-base-stations") + 1


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (IndicatorEntry("Bad Id", "x", "y"), "for example 'bad-id'"),
        (IndicatorEntry("drop", "x", "y"), "word of the commands"),
        (IndicatorEntry("x", "", "y"), "name: nothing was given"),
        (IndicatorEntry("x", "X", ""), "unit: nothing was given"),
        (IndicatorEntry("x", "X", "y", measure="stock"), "one of level, flow, rate"),
        (IndicatorEntry("x", "X", "y", direction="left"), "one of up, down"),
        (IndicatorEntry("x", "X", "y", decimals="ten"), "whole number from 0 to 9"),
        (IndicatorEntry("x", "X", "y", part_of="nothing-like-it"), "no such indicator"),
        (IndicatorEntry("nev-capacity", "X", "y"), "is there already"),
    ],
)
def test_an_indicator_that_does_not_fit_is_refused_with_what_would_be_right(
    tracker: Tracker, entry: IndicatorEntry, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        tracker.add_indicator(entry)


def test_changing_the_unit_of_an_indicator_with_readings_asks(tracker: Tracker) -> None:
    with pytest.raises(GuardError, match="--yes"):
        tracker.edit_indicator(IndicatorEntry("tech-centres", unit="offices"))

    tracker.edit_indicator(IndicatorEntry("tech-centres", unit="offices", yes=True))
    assert tracker.detail("tech-centres").row.unit.text == "offices"


def test_an_archived_indicator_leaves_the_board_and_comes_back(tracker: Tracker) -> None:
    tracker.archive("subsidies")
    assert "subsidies" not in [row.id for row in tracker.board().rows]

    tracker.archive("subsidies", undo=True)
    assert "subsidies" in [row.id for row in tracker.board().rows]


def test_another_session_is_noticed_and_named_by_indicator(tracker: Tracker, other: Tracker) -> None:
    assert not tracker.changed()

    log(other, "tech-centres", "510", "2020")

    assert tracker.changed()
    assert tracker.refresh().indicators == {"tech-centres"}
    assert not tracker.changed()


def test_a_citation_is_one_line_with_figure_source_page_and_dates(tracker: Tracker) -> None:
    assert tracker.cite("tech-centres@2019-Q3").startswith(
        "Enterprise technology centres: 495 centres (2019-Q3, period inferred). Source: Industrial upgrading clicks"
        " in Guangzhou, Greater Bay Insight, https://greaterbayinsight.com/. Logged 2026-11-24 by seed, "
    )


def test_stepping_goes_from_period_end_to_period_end(tracker: Tracker) -> None:
    assert tracker.step(date(2026, 11, 24), -1) == date(2020, 12, 31)
    assert tracker.step(date(2020, 12, 31), -1) == date(2019, 9, 30)
    assert tracker.step(date(2019, 9, 30), 1) == date(2020, 12, 31)
    assert tracker.step(date(2020, 12, 31), 1) == date(2026, 11, 24)


def test_user_text_is_cleaned_before_it_is_kept(tracker: Tracker) -> None:
    log(tracker, "tech-centres", "510", "2020", note="a\x1b[31mred\x1b]52;c;evil\x07 \u202eback\nline")

    assert tracker.history("tech-centres")[-1].note == "ared back line"


def test_nobody_may_write_in_the_seeds_name(session: Callable[[str], Tracker]) -> None:
    with pytest.raises(InputError, match="another --as"):
        session("seed")


def test_an_edit_cannot_bring_in_a_unit_that_cannot_be_shown(tracker: Tracker) -> None:
    with pytest.raises(InputError, match="bn"):
        tracker.edit_indicator(IndicatorEntry("key-labs-national", unit="CNY bn/year", yes=True))
    with pytest.raises(InputError, match="万"):
        tracker.edit_indicator(IndicatorEntry("key-labs-national", unit_zh="万元"))
    with pytest.raises(InputError, match="万"):
        tracker.add_indicator(IndicatorEntry("zz", "Z", "CNY", unit_zh="万元"))
    assert len(tracker.board().rows) == 12


def test_what_somebody_wrote_meanwhile_is_looked_at_before_writing(tracker: Tracker, other: Tracker) -> None:
    other.correct("tech-centres@last", LogEntry("", "510"))
    with pytest.raises(InputError, match="says so already"):
        tracker.correct("tech-centres@last", LogEntry("", "510"))
    other.add_indicator(IndicatorEntry("zz", "Z", "u"))
    with pytest.raises(InputError, match="there already"):
        tracker.add_indicator(IndicatorEntry("zz", "Other", "v"))


def test_what_was_taken_in_for_a_refused_action_is_still_told(tracker: Tracker, other: Tracker) -> None:
    log(other, "tech-centres", "510", "2020")
    with pytest.raises(InputError, match="nothing to undo"):
        tracker.undo()

    assert tracker.changed()
    assert tracker.refresh().indicators == {"tech-centres"}
    assert not tracker.changed()


def test_a_correction_that_does_not_say_so_leaves_a_figure_provisional(tracker: Tracker) -> None:
    tracker.log(LogEntry("tech-centres", "510", "2020", provisional=True))
    tracker.correct("tech-centres@2020", LogEntry("", note="page 3"))
    assert tracker.detail("tech-centres").row.reading.provisional  # type: ignore[union-attr]
    tracker.correct("tech-centres@2020", LogEntry("", provisional=False))
    assert not tracker.detail("tech-centres").row.reading.provisional  # type: ignore[union-attr]


def test_a_change_starts_from_a_figure_of_the_same_coverage(tracker: Tracker) -> None:
    log(tracker, "uhd-output", "100bn", "2024-Q4")
    log(tracker, "uhd-output", "400bn", "2024")
    tracker.log(LogEntry("uhd-output", by="+5bn", period="2025-Q1"))
    assert tracker.history("uhd-output")[-1].value == 105_000_000_000


def test_correcting_the_only_reading_is_held_against_it(tracker: Tracker) -> None:
    with pytest.raises(GuardError, match="10,000 times"):
        tracker.correct("5g-enterprises@last", LogEntry("", "600000"))


def test_a_key_used_for_something_else_is_refused_and_what_for_is_named(tracker: Tracker) -> None:
    tracker.log(LogEntry("5g-enterprises", "61", "2020", key="u1"))
    with pytest.raises(InputError, match="used before, for 5g-enterprises 61 for 2020"):
        tracker.log(LogEntry("tech-centres", "500", "2020", key="u1"))


@pytest.mark.parametrize(
    ("slug", "entry", "says"),
    [
        ("tech-centres", {"over": "2021..2025"}, "only a flow adds up"),
        ("uhd-output", {"over": "2021..2025", "due": "2024"}, "before the span ends"),
    ],
)
def test_spans_and_due_dates_must_agree(
    tracker: Tracker, slug: str, entry: dict[str, str], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        tracker.set_target(GoalEntry(slug, "700bn" if slug == "uhd-output" else "700", **entry))  # type: ignore[arg-type]


def test_logged_by_goes_by_the_databases_zone() -> None:
    from gztrack.services.days import last_instant

    assert last_instant(date(2026, 11, 25), "Asia/Shanghai") == "2026-11-25T15:59:59.999999Z"
    assert last_instant(date(2026, 11, 25), "UTC") == "2026-11-25T23:59:59.999999Z"


def test_what_is_on_the_disk_is_done_though_the_file_cannot_be_read_whole(tmp_path: Path) -> None:
    place = Location(str(tmp_path / "db"), named=True)
    initialise(place, zone="UTC")
    board = open_tracker(place, author="ann", login="ann", writing=True)
    board.log(LogEntry("nev-capacity", "250k", "2020-04"))
    path = tmp_path / "db" / "facts.jsonl"
    other = tmp_path / "db" / "edited"
    other.write_bytes(path.read_bytes().replace(b'"value":495', b'"value":418', 1))
    other.rename(path)  # as an editor does
    done = board.log(LogEntry("nev-capacity", "260k", "2020-05"))
    assert done.tx
    assert "kept, and yet the database cannot be read whole" in " ".join(board.notices)
    assert path.read_bytes().count(b'"value":260000') == 1


def test_a_total_over_a_span_falls_due_with_its_span(tracker: Tracker) -> None:
    tracker.add_indicator(IndicatorEntry("parks", name="Parks", unit="parks", measure="flow"))
    tracker.set_target(GoalEntry("parks", "100", "none", over="2020..2022"))
    tracker.set_target(GoalEntry("parks", "200", "2024"))

    target = next(row.target for row in tracker.board().rows if row.id == "parks")
    assert target is not None
    assert (target.value, target.due) == (200, "2024")
    assert [view.due for view in tracker.ledger(["parks"])] == ["2022-12-31", "2024"]
    with pytest.raises(InputError, match="due 2021-12-31 lies before the span ends"):
        tracker.set_target(GoalEntry("parks", "100", "2021", over="2020..2022"))
    with pytest.raises(InputError) as error:
        import_text(tracker, "kind,indicator,value,due,over\ntarget,parks,100,2021,2020..2022\n")
    assert "due 2021-12-31 lies before the span ends" in error.value.further[0]
