"""Which column of a file holds what: names, --map, --missing, --wide."""

from __future__ import annotations

from typing import Any

import pytest

from books import seeded, stations
from gztrack.errors import InputError
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker


def values(tracker: Tracker, slug: str = "stations") -> dict[str, float]:
    return {view.period: view.value for view in tracker.detail(slug).readings}


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "indicator,period,vlaue",
            "no such column: 'vlaue'; did you mean 'value'? place it with --map value='vlaue'",
        ),
        ("indicator,period,value,foo,bar", "no such column: 'foo', 'bar'; place it with --map FIELD='foo'"),
        ("indicator,period,value,value", "two columns hold 'value': keep one"),
        ("indicator,period", "no column 'value' in the first row ('indicator', 'period')"),
        ("period,value", "no column 'indicator' in the first row"),
        ("stations,2020,5", "no such column: 'stations', '2020', '5'"),
    ],
)
def test_a_column_that_is_unknown_doubled_or_missing_is_refused_by_name(header: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        import_text(stations(), f"{header}\nstations,2020,5,6,7\n", name="x.csv")

    assert str(error.value).startswith(f"x.csv: {said}")


def test_columns_stand_in_any_order_and_an_unnamed_empty_one_does_no_harm() -> None:
    tracker = stations()

    import_text(tracker, "value,,Period,INDICATOR\n5,,2020,stations\n")

    assert values(tracker) == {"2020": 5}


def test_map_places_foreign_names() -> None:
    tracker = stations()
    mapping = {"indicator": "code", "period": "Year", "value": "Amount (total)"}

    import_text(tracker, "code,Year,Amount (total)\nstations,2020,5\n", mapping=mapping)

    assert values(tracker) == {"2020": 5}


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"valu": "Amount"}, "--map: no such field: 'valu'; did you mean value?"),
        (
            {"value": "Sum"},
            "x.csv: --map value: no column 'Sum'; the first row names indicator, period, Amount",
        ),
    ],
)
def test_a_map_that_leads_nowhere_is_refused(mapping: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as error:
        import_text(stations(), "indicator,period,Amount\nstations,2020,5\n", name="x.csv", mapping=mapping)

    assert str(error.value) == said


def test_empty_and_missing_cells_are_skipped_and_counted_never_zero() -> None:
    tracker = stations()
    text = "indicator,period,value\nstations,2020,\nstations,2021,N/A\nstations,2022,-\nstations,2023,0\n"

    done = import_text(tracker, text, name="x.csv", missing=("n/a", "-"))

    assert done.lines[0] == "x.csv: 1 new, 0 revised, 0 same; 3 without a value, skipped"
    assert values(tracker) == {"2023": 0}


def further(text: str, **options: Any) -> str:
    """The lines that say what is wrong with the rows of a file."""
    with pytest.raises(InputError) as error:
        import_text(stations(), text, **options)
    return "\n".join(error.value.further)


@pytest.mark.parametrize("mark", ["N/A", "-", "–", "...", ":", "无", "NULL"])
def test_a_marker_that_nobody_announced_is_no_number_and_it_is_told_how_to_announce_it(mark: str) -> None:
    said = further(f"indicator,period,value\nstations,2020,{mark}\n")

    assert said.startswith("line 2, column 3: value: ")
    assert said.endswith(f"; if it means that there is no figure: --missing '{mark}'")


def test_wide_reads_one_row_an_indicator_with_periods_as_columns() -> None:
    tracker = stations()
    text = "indicator,source,2019,2020-H1,2020\nstations,Bureau,5,,>7\n"

    done = import_text(tracker, text, wide=True, name="x.csv")

    assert done.lines[0] == "x.csv: 2 new, 0 revised, 0 same; 1 without a value, skipped"
    readings = tracker.detail("stations").readings
    assert [(v.period, v.value, v.qualifier, v.origin.source) for v in readings] == [
        ("2020", 7, "more than", "Bureau"),
        ("2019", 5, "exact", "Bureau"),
    ]


def test_wide_may_define_its_indicators() -> None:
    tracker = stations()

    import_text(tracker, "indicator,name,unit,2019,2020\nlabs,Laboratories,labs,3,4\n", wide=True)

    assert tracker.detail("labs").row.name == "Laboratories"
    assert values(tracker, "labs") == {"2019": 3, "2020": 4}


def test_a_bad_cell_of_a_wide_file_is_named_with_line_column_and_period() -> None:
    said = further("indicator,2019,2020\nstations,5,many\n", wide=True)

    assert said == "line 2, column 3 '2020': value: no number in 'many': type digits, like 310000 or 310k"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("indicator,value", "--wide takes its periods from the first row; leave 'value' out"),
        ("indicator,note", "--wide, but no column is named after a period"),
        ("indicator,2020,2020-01..2020-12", "two columns hold the period 2020-01..2020-12"),
        ("indicator,2020,today", "no column and no period: 'today'"),
        ("indicator,2020,2021-Q5", "no column and no period: '2021-Q5'"),
    ],
)
def test_a_wide_file_without_periods_or_with_doubled_ones_is_refused(header: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        import_text(seeded(), f"{header}\nnev-capacity,5,6\n", wide=True)

    assert said in str(error.value)
