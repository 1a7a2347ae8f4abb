"""Figures as statistics write them: units, qualifiers, gaps, and whichever sign parts the decimals."""

from __future__ import annotations

import pytest

from books import empty
from gztrack.errors import InputError
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker

DEFINED = """kind,indicator,name,unit,measure
indicator,cars,Cars,vehicles/year,level
indicator,share,Share,%,level
indicator,cash,Cash,CNY,level
indicator,sold,Sold,辆,level
"""


def book() -> Tracker:
    tracker = empty()
    import_text(tracker, DEFINED)
    return tracker


def table(*cells: str, slug: str = "cars") -> str:
    return "indicator;period;value\n" + "".join(f"{slug};{2000 + n};{cell}\n" for n, cell in enumerate(cells))


def values(text: str, slug: str = "cars", **options: str) -> list[float]:
    tracker = book()
    import_text(tracker, text, yes=True, **options)  # type: ignore[arg-type]
    return [view.value for view in tracker.history(slug)]


@pytest.mark.parametrize(
    ("slug", "cell", "value", "qualifier"),
    [
        ("cars", "> 1,000,000 vehicles/year", 1_000_000, "more than"),
        ("cars", ">=1.1m", 1_100_000, "at least"),
        ("cars", "over 300 thousand", 300_000, "more than"),
        ("cars", "310k", 310_000, "exact"),
        ("cars", "≈ 12.5万", 125_000, "about"),
        ("cash", "180 RMB bn", 180_000_000_000, "exact"),
        ("cash", "RMB 200 billion", 200_000_000_000, "exact"),
        ("cash", "2000亿元", 200_000_000_000, "exact"),
        ("share", "约21%", 21, "about"),
        ("share", "81.9 %", 81.9, "exact"),
        ("share", "百分之八十", 80, "exact"),
        ("sold", "1.2 万辆", 12_000, "exact"),
        ("sold", "１２３", 123, "exact"),
        ("sold", "1\u00a0234", 1234, "exact"),
        ("sold", "0", 0, "exact"),
    ],
)
def test_units_and_qualifiers_in_cells_are_understood(
    slug: str, cell: str, value: float, qualifier: str
) -> None:
    tracker = book()

    import_text(tracker, f"indicator;period;value\n{slug};2020;{cell}\n", yes=True)

    (view,) = tracker.history(slug)
    assert (view.value, view.qualifier) == (value, qualifier)


@pytest.mark.parametrize("gap", ["", " ", "\u00a0", '""', '" "', "\t "])
def test_a_blank_cell_is_a_gap_and_never_zero(gap: str) -> None:
    tracker = book()

    done = import_text(tracker, f"indicator;period;value\ncars;2020;{gap}\ncars;2021;0\n", delimiter=";")

    assert [view.value for view in tracker.history("cars")] == [0]
    assert "1 without a value, skipped" in done.lines[0]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("1.234.567,5", "1,5", "1.234", "7", "1.5 mio"), None),
        (("1.234,56", "1,5", "1.234", "7"), [1234.56, 1.5, 1234, 7]),
        (("1.234.567", "1,25"), [1_234_567, 1.25]),
        (("1,234.5", "1.5", "1,234"), [1234.5, 1.5, 1234]),
        (("1.234", "2", "1.5"), [1.234, 2, 1.5]),
        (("1,234", "2"), [1234, 2]),
    ],
)
def test_the_style_of_decimals_is_what_the_column_proves(
    cells: tuple[str, ...], found: list[float] | None
) -> None:
    if found is None:
        with pytest.raises(InputError, match="line 2, column 3 has a decimal comma"):
            values(table(*cells))
    else:
        assert values(table(*cells)) == found


def test_what_was_found_is_said() -> None:
    done = import_text(book(), table("7", "1.234,56", "1,5"))

    assert "read with decimal comma, as line 3, column 3 says: 1.234,56" in done.lines


@pytest.mark.parametrize(
    "cells", [("1.234,56", "1,234.56"), ("1.234,56", "0.5"), ("1,5", "1,234,567"), ("1.234.567", "1.5")]
)
def test_a_file_that_has_both_styles_is_refused_with_both_lines(cells: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as error:
        values(table(*cells))

    assert "has a decimal comma" in str(error.value)
    assert {"line 2, column 3", "line 3, column 3"} <= {
        part for part in ("line 2, column 3", "line 3, column 3") if part in str(error.value)
    }
    assert "--decimal , or --decimal ." in str(error.value)


def test_a_comma_that_may_be_either_is_refused_until_somebody_says_what_it_is() -> None:
    with pytest.raises(InputError) as error:
        values(table("1,5"))
    assert error.value.further == (
        "line 2, column 3: value: ambiguous: write 1.5 or 15; if the comma is a decimal comma: --decimal ,",
    )

    assert values(table("1,5", "1.234"), decimal=",") == [1.5, 1234]
    assert values(table("1.234", "1,234"), decimal=".") == [1.234, 1234]


def test_ranges_keep_their_dots_and_baselines_have_the_same_style() -> None:
    tracker = book()
    text = "kind;indicator;value;due;baseline;baseline_period\ntarget;share;40,5..60,25;2030;1.234,5;2019\n"

    import_text(tracker, text, yes=True)

    (view,) = tracker.ledger(["share"])
    assert (view.value, view.high) == (40.5, 60.25)


def test_a_date_the_other_way_round_is_told_the_right_way() -> None:
    with pytest.raises(InputError) as error:
        import_text(book(), "indicator;period;value\ncars;31.12.2020;5\n")

    assert error.value.further == ("line 2, column 2: period: the year comes first: write 2020-12-31",)
