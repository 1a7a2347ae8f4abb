"""What a row may say, and that every row that says something else is named."""

from __future__ import annotations

import re

import pytest

from books import LEVEL, empty, seeded, stations
from gztrack.errors import GztrackError, InputError
from gztrack.export.csv_file import export_csv
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker

TARGET = "kind,indicator,value,due,comparator,over,stated_on,replaces,baseline,baseline_period,note\n"


def whole(error: GztrackError) -> str:
    """All lines of an error in one."""
    return " | ".join((str(error), *error.further))


def refused(text: str, tracker: Tracker | None = None) -> str:
    tracker = tracker or seeded()
    before = list(tracker.store.transactions())
    with pytest.raises(InputError) as error:
        import_text(tracker, text, name="x.csv")
    assert list(tracker.store.transactions()) == before
    return whole(error.value)


def test_every_bad_row_is_named_and_nothing_goes_in() -> None:
    text = "indicator,period,value\nnev-capacity,2022,1m\nnev-capacity,2022-Q5,1\nfoo,2020,1\nnev-capacity,2020,x\n"

    assert refused(text) == (
        "x.csv: 3 rows cannot be read, nothing was imported"
        " | line 3, column 2: period: no such quarter: 2022-Q1 to 2022-Q4"
        " | line 4, column 1: no such indicator: 'foo' (a row of kind indicator defines one)"
        " | line 5, column 3: value: no number in 'x': type digits, like 310000 or 310k"
    )


def test_after_a_thousand_rows_the_others_are_only_counted() -> None:
    said = refused("indicator,period,value\n" + "nev-capacity,2020,y\n" * 1032)

    assert said.startswith("x.csv: 1,032 rows cannot be read, nothing was imported | line 2, column 3: ")
    assert said.count("line ") == 1000
    assert said.endswith(
        "line 1001, column 3: value: no number in 'y': type digits, like 310000 or 310k | and 32 more"
    )


def test_with_partial_the_good_rows_go_in_and_the_bad_are_reported() -> None:
    tracker = stations()
    text = "indicator,period,value\nstations,2020,5\nstations,2021,y\n"

    done = import_text(tracker, text, partial=True, name="x.csv")

    assert done.lines[:2] == (
        "x.csv: 1 new, 0 revised, 0 same",
        "1 row cannot be read and did not go in",
    )
    assert done.imported is not None
    assert done.imported.refused == (
        "line 3, column 3: value: no number in 'y': type digits, like 310000 or 310k",
    )
    assert done.imported.counts == {"new": 1, "revised": 0, "same": 0, "skipped": 0, "refused": 1}
    assert tracker.board().rows[0].reading is not None


def test_partial_without_one_good_row_is_an_error() -> None:
    with pytest.raises(InputError, match="1 row cannot be read, nothing was imported"):
        import_text(stations(), "indicator,period,value\nstations,2021,x\n", partial=True)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("kind=thing", "kind: no such word: 'thing'; one of indicator, reading, target"),
        ("value=1,23", "value: ambiguous"),
        ("value=nan", "value: 'nan' is no value"),
        ("value=10%", "value: % does not fit"),
        ("value=5 6", "value: two numbers"),
        ("period=", "period: empty; write a period"),
        ("period=2014/15", "period: "),
        ("qualifier=exactly", "qualifier: no such word: 'exactly'"),
        ("value=>5|qualifier=exact", "value: '>5' says more than, the qualifier column says exact"),
        ("value=>5|qualifier=at least", "value: '>5' says more than, the qualifier column says at least"),
        ("status=draft", "status: no such word: 'draft'; one of final, provisional"),
        ("source_url=www.example.org", "source_url: no web address"),
        ("published=soon", "published: "),
        ("inferred=moon", "inferred: no such field: 'moon'"),
        ("due=2025", "a reading takes no due ('2025')"),
        ("name=Stations", "a reading takes no name ('Stations')"),
        ("indicator=", "no indicator is named"),
        ("indicator=statoins", "no such indicator: 'statoins'; did you mean stations?"),
    ],
)
def test_a_reading_that_does_not_fit_is_refused_with_its_column(row: str, said: str) -> None:
    cells = {"indicator": "stations", "period": "2020", "value": "5", "kind": "reading"}
    cells |= dict(pair.split("=", 1) for pair in row.split("|"))
    text = ";".join(cells) + "\n" + ";".join(cells.values()) + "\n"

    assert re.search(rf"line 2(, column \d+)?: {re.escape(said)}", refused(text, stations()))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("target,stations,5,,,,,,,,", "due: a target has a date, a period or the word none"),
        ("target,stations,5,2025-13,,,,,,,", "due: no such month"),
        (
            "target,stations,40..60,2025,at least,,,,,,",
            "value: '40..60' says between, the comparator says at least",
        ),
        (
            "target,stations,>=5,2025,more than,,,,,,",
            "value: '>=5' says at least, the comparator says more than",
        ),
        ("target,stations,5,2025,between,,,,,,", "target: 'between' takes two limits"),
        ("target,stations,5,2025,,,2030,,,,", "stated_on: 2030 lies after today (2026-11-24)"),
        ("target,stations,5,2025,,,,,7,,", "baseline: value and period (baseline_period) go together"),
        ("target,stations,5,2025,,,,,>7,2019,", "baseline: an exact figure is needed"),
        ("target,stations,5,2025,,,,2024,,,", "replaces: stations has no standing target due 2024"),
    ],
)
def test_a_target_that_does_not_fit_is_refused_with_its_column(row: str, said: str) -> None:
    assert re.search(rf"line 2(, column \d+)?: {re.escape(said)}", refused(TARGET + row + "\n", stations()))


def test_values_and_targets_are_typed_as_everywhere() -> None:
    tracker = stations()
    text = (
        "kind,indicator,period,value,due\n"
        "reading,stations,2020年5月,约1.2万,\n"
        "reading,stations,2021,over 20 thousand,\n"
        "target,stations,,>=30k,2027-Q2\n"
    )

    import_text(tracker, text)

    row = tracker.board().rows[0]
    assert row.reading is not None
    assert row.target is not None
    assert (row.reading.value, row.reading.qualifier) == (20_000, "more than")
    assert (row.target.value, row.target.comparator, row.target.due) == (30_000, "at least", "2027-Q2")
    assert row.target.stated_on == ""


def test_a_range_and_a_span_total_are_read() -> None:
    tracker = empty()
    text = (
        "kind,indicator,name,unit,measure,value,due,over\n"
        "indicator,share,Share,%,level,,,\n"
        "indicator,cars,Cars,vehicles,flow,,,\n"
        "target,share,,,,40..60,none,\n"
        "target,cars,,,,5m,,2021..2025\n"
    )

    import_text(tracker, text)

    share, cars = (row.target for row in tracker.board().rows)
    assert share is not None
    assert cars is not None
    assert (share.value, share.high, share.comparator, share.due) == (40, 60, "between", "none")
    assert (cars.over, cars.due) == ("2021..2025", "2025-12-31")


def test_a_row_may_use_an_indicator_that_a_later_row_defines() -> None:
    tracker = empty()
    text = "kind,indicator,period,value,name,unit\nreading,labs,2020,5,,\nindicator,labs,,,Labs,labs\n"

    import_text(tracker, text)

    assert tracker.board().rows[0].reading is not None


def test_a_row_whose_indicator_cannot_be_read_says_so() -> None:
    text = "kind,indicator,period,value,name,unit\nreading,labs,2020,5,,\nindicator,labs,,,,labs\n"

    assert refused(text).endswith(
        "line 2, column 2: labs is defined in line 3, which cannot be read"
        " | line 3, column 5: name: nothing was given"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("indicator,Labs!,Labs,labs,level,,", "no id: 'Labs!'"),
        ("indicator,labs,Labs,10 labs,level,,", "unit: a unit starts with a word"),
        ("indicator,labs,Labs,labs,stock,,", "measure: no such word: 'stock'"),
        ("indicator,labs,Labs,labs,level,ten,", "decimals: 'ten' is not a whole number from 0 to 9"),
        ("indicator,labs,Labs,labs,level,,institutes", "part_of: no such indicator: 'institutes'"),
        ("indicator,labs,Labs,labs,level,,labs", "part_of: an indicator is no part of itself"),
        (
            "indicator,stations,Stations,masts,level,,",
            "stations is there with unit 'stations', this row says 'masts'; gztrack edit changes an indicator",
        ),
    ],
)
def test_an_indicator_that_does_not_fit_is_refused(row: str, said: str) -> None:
    text = "kind,indicator,name,unit,measure,decimals,part_of\n" + row + "\n"

    assert re.search(rf"line 2(, column \d+)?: {re.escape(said)}", refused(text, stations()))


def test_indicators_that_are_parts_of_one_another_are_refused() -> None:
    text = "kind,indicator,name,unit,part_of\nindicator,a,A,u,b\nindicator,b,B,u,a\n"

    assert "part_of: a would be part of itself through b" in refused(text, empty())


def test_a_part_of_what_could_not_be_read_does_not_go_in_alone() -> None:
    text = "kind,indicator,name,unit,part_of\nindicator,a,A,u,b\nindicator,b,B,u,nope\nindicator,c,C,u,\n"
    tracker = empty()

    done = import_text(tracker, text, name="x.csv", partial=True)

    assert done.imported is not None
    assert done.imported.refused == (
        "line 2, column 5: part_of: no such indicator: 'b'",
        "line 3, column 5: part_of: no such indicator: 'nope'",
    )
    assert [fact["indicator"] for fact in tracker.indicators()] == ["c"]


def test_an_indicator_as_it_is_there_is_skipped_even_if_the_row_says_less() -> None:
    done = import_text(stations(), LEVEL + "indicator,stations,,,\n", name="x.csv")

    assert done.lines[0] == "x.csv: 0 new, 0 revised, 2 same"


def test_an_edited_indicator_is_the_same_where_the_row_says_what_it_says_now() -> None:
    tracker = stations("2020,5")
    tracker.edit_indicator(IndicatorEntry("stations", name="Base stations"))

    done = import_text(tracker, export_csv(tracker).decode(), name="x.csv")

    assert done.lines[0].startswith("x.csv: 0 new, 0 revised, 2 same")


def test_two_rows_that_define_one_indicator_differently_are_refused() -> None:
    text = LEVEL.replace("stations,Stations", "masts,Masts") + "indicator,masts,Masts,towers,level\n"

    assert "line 3, column 4: masts is in line 2 with unit 'stations', this row says 'towers'" in refused(
        text, empty()
    )
