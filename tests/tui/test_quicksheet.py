"""The sheet of the quick entry: what rows inherit, what a draft keeps, where a paste goes."""

from __future__ import annotations

import pytest

from gztrack import language
from gztrack.services.views import Preview
from gztrack.tui import quicktext
from gztrack.tui.cells import line_width, plain, width
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.quickpaste import spread
from gztrack.tui.quicksheet import Cell, Sheet
from tui.fake import states

ROWS = states()
NAMES = [row.id for row in ROWS]


def sheet(**texts: str) -> Sheet:
    """A sheet with texts by key, ``_`` for the blank and ``__`` for the hyphen."""
    return Sheet(ROWS, {key.replace("__", "-").replace("_", " "): text for key, text in texts.items()})


def test_a_row_goes_by_what_stands_at_the_top_unless_it_says_otherwise() -> None:
    made = sheet(period="2025", source="bureau", url="https://a.cn", value_nev__output="5")
    assert made.entry("nev-output")[:8] == ("nev-output", "5", "2025", "", "", "bureau", "https://a.cn", "")
    made.put(Cell(1, "period"), "2024")
    made.put(Cell(1, "source"), "by phone")
    entry = made.entry("nev-output")
    assert (entry.period, entry.source, entry.url) == ("2024", "by phone", "")


def test_only_rows_with_a_value_are_saved() -> None:
    made = sheet(value_nev__output="5", period_uhd__output="2024", value_subsidies=" ")
    assert [entry.indicator for entry in made.entries()] == ["nev-output"]


def test_a_source_that_is_typed_over_loses_its_page() -> None:
    made = sheet(source="bureau", url="https://a.cn", value_nev__output="5")
    made.put(Cell(-1, "source"), "bureaus")
    assert made.entry("nev-output").url == ""


def test_a_draft_brings_its_rows_along_whatever_the_filter_says() -> None:
    made = Sheet(ROWS[:2], {"value subsidies": "5"}, ROWS)
    assert [row.id for row in made.rows] == [*NAMES[:2], "subsidies"]


def test_the_draft_is_the_sheet_again() -> None:
    made = sheet(period="2025", value_nev__output="5")
    assert Sheet(ROWS, made.draft).draft == made.draft


def test_a_change_at_the_top_has_every_filled_row_understood_anew() -> None:
    made = sheet(value_nev__output="5", value_subsidies="7")
    made.understood(made.entries(), [Preview(), Preview()])
    assert not made.stale
    made.put(Cell(-1, "period"), "2025")
    assert list(made.stale) == ["nev-output", "subsidies"]


def test_what_was_understood_of_an_older_text_is_left_out() -> None:
    made = sheet(value_nev__output="5")
    asked = made.entries()
    made.put(Cell(1, "value"), "50")
    made.understood(asked, [Preview(errors={"value": "old"})])
    assert (made.wrong, list(made.stale)) == ([], ["nev-output"])


def test_an_answer_to_the_guard_holds_until_the_row_changes() -> None:
    made = sheet(value_nev__output="5")
    made.understood(made.entries(), [Preview(guard="13 times. Is that right?")])
    assert made.asked == [1]
    made.agree("nev-output")
    assert (made.asked, made.entry("nev-output").yes) == ([], True)
    made.put(Cell(1, "value"), "6")
    assert made.entry("nev-output").yes is False


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\n2\n3\n", [(1, "value", "1"), (2, "value", "2"), (3, "value", "3")]),
        ("1\r\n\r\n3", [(1, "value", "1"), (3, "value", "3")]),
        ("\n2", [(2, "value", "2")]),
        ('"1,234"\n5', [(1, "value", "1,234"), (2, "value", "5")]),
        (
            "uhd-output\t5\nsubsidies\t6\t2024",
            [(3, "value", "5"), (12, "value", "6"), (12, "period", "2024")],
        ),
        ("nev OUTPUT\t5\n", [(1, "value", "5")]),
        ("新能源汽车产量\t5\n", [(1, "value", "5")]),
        ("uhd-output 5\n\nsubsidies  6 %\n", [(3, "value", "5"), (12, "value", "6 %")]),
        ("NEV output 790k\n5G 基站　31万\n", [(1, "value", "790k"), (5, "value", "31万")]),
        ("NEV output growth, year on year 5\nNEV output", [(2, "value", "5")]),
        ("nev-output more than 5\n", [(1, "value", "more than 5")]),
        ("nev-output 790k 2025\nuhd-output 5", [(1, "value", "790k 2025"), (3, "value", "5")]),
        ("\x1b[31m1\n2", [(1, "value", "1"), (2, "value", "2")]),
    ],
)
def test_a_paste_goes_over_the_rows(text: str, cells: list[tuple[int, str, str]]) -> None:
    found = spread(text, ROWS, Cell(1, "value"))
    assert found.problem == ""
    assert [(*cell, said) for cell, said in found.cells] == cells


@pytest.mark.parametrize(
    ("text", "at", "problem"),
    [
        ("1\n2\n3", Cell(11, "value"), "3 lines pasted, and 2 rows from here on; nothing was taken"),
        ("1\n2", Cell(-1, "source"), "2 lines pasted; it takes one. Paste them into the rows below"),
        ("trams\t1\ncars\t2", Cell(0, "value"), "no row here is called trams, cars; nothing was taken"),
        ("subsidies\t1\nsubsidies\t2", Cell(0, "value"), "subsidies is there twice; nothing was taken"),
        ("subsidies\t1\t2\t3", Cell(0, "value"), "more than three columns"),
        ("uhd-output 1\ntrams 2\n7", Cell(0, "value"), "no row here is called trams, 7; nothing was taken"),
        ("subsidies 1\nsubsidies 2", Cell(0, "value"), "subsidies is there twice; nothing was taken"),
        ("subsidies\t\t", Cell(0, "value"), "there is no value in it"),
    ],
)
def test_a_paste_that_does_not_fit_is_refused_whole(text: str, at: Cell, problem: str) -> None:
    found = spread(text, ROWS, at)
    assert found.cells == ()
    assert found.problem.startswith(problem)


def test_lines_with_names_are_a_column_of_texts_in_another_cell_than_that_of_the_value() -> None:
    found = spread("subsidies office\nbureau", ROWS, Cell(1, "source"))
    assert found.cells == ((Cell(1, "source"), "subsidies office"), (Cell(2, "source"), "bureau"))


@pytest.mark.parametrize("gap", [" ", "\t"])
def test_a_name_that_several_rows_have_is_no_place(gap: str) -> None:
    rows = [ROWS[0]._replace(name="Output"), ROWS[1]._replace(name="output"), ROWS[2]]
    found = spread(f"Output{gap}5\nnev-output-growth{gap}6", rows, Cell(0, "value"))
    assert found == ((), "several rows here are called Output: paste their ids; nothing was taken")
    assert len(spread(f"nev-output{gap}5\nnev-output-growth{gap}6", rows, Cell(0, "value")).cells) == 2


@pytest.mark.parametrize("cells", [60, 72, 80, 100, 120, 130, 200])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("names", [("en",), ("zh",), ("en", "zh")])
def test_every_line_fits_and_the_cells_stand_in_one_column(
    cells: int, glyphs: object, names: tuple[str, ...]
) -> None:
    language.use_names(names)
    made = sheet(period="2025", value_nev__output="5", value_subsidies="1,23")
    made.understood(
        made.entries(),
        [Preview({"value": "5 vehicles"}, status="behind", headline="52 % of ≥9"), Preview(errors={"value": "no"})],
    )  # fmt: skip
    at = Cell(1, "value")
    lines = [
        quicktext.row_line(made, row, at, cells, glyphs)  # type: ignore[arg-type]
        for row in range(len(ROWS))
    ]
    lines += [quicktext.heads_line(cells), quicktext.title_line(made, "", cells, glyphs)]  # type: ignore[arg-type]
    lines += quicktext.about(made, at, cells, glyphs)  # type: ignore[arg-type]
    assert all(line_width(line) <= cells for line in lines)
    box = quicktext.place(at, 0, cells)
    field = [text for text, key in lines[1] if key.endswith("@field")]
    before = lines[1][: [key for _, key in lines[1]].index("text@field")]
    assert (line_width(before), len(field[0])) == (box.x, box.width)
    if glyphs is ASCII:
        assert plain(lines[1]).isascii() or "zh" in names


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize(
    ("preview", "begins", "role"),
    [
        (Preview(errors={"value": "no number"}), "error: no number", "error"),
        (Preview(guard="13 times. Is that right?"), "! 13 times", "guard"),
        (Preview({"value": "5 m"}), "ok  5 m", "text"),
        (Preview({"value": "5 m"}, status="missed", headline="52 % of 9"), " missed 52 %  5 m", "off"),
        (Preview({"value": "5 m"}, status="on track", headline="52 % of 9"), " on track 52 %  5 m", "on"),
    ],
)
def test_what_a_row_will_say_is_never_taken_for_an_error(
    preview: Preview, begins: str, role: str, glyphs: Glyphs
) -> None:
    made = sheet(value_nev__output="5")
    made.understood(made.entries(), [preview])
    found = quicktext.result(made, made.rows[1], 40, glyphs)
    text = plain(found)
    assert (text[1:] if preview.status else text).startswith(begins)
    assert found[0][1] == role
    short = plain(quicktext.result(made, made.rows[1], 12, glyphs))
    assert not preview.status or short == f"{glyphs.status(preview.status)} {preview.status}"


def test_what_is_wrong_at_the_top_is_no_rows_own_error() -> None:
    made = sheet(period="2019-13", value_nev__output="5", value_subsidies="x", period_subsidies="2024")
    made.understood(made.entries(), [Preview(errors={"period": "bad"}), Preview(errors={"value": "no"})])
    assert (made.common_error("period"), made.wrong_above) == ("bad", "")
    assert (made.own_errors("nev-output"), made.own_errors("subsidies")) == ({}, {"value": "no"})
    made.put(Cell(-1, "period"), "2019")
    made.understood(made.entries(["nev-output"]), [Preview()])
    assert made.common_error("period") == ""


def test_an_error_that_only_some_rows_have_stays_with_them() -> None:
    made = sheet(period="2019", value_nev__output="5", value_subsidies="6")
    made.understood(made.entries(), [Preview(), Preview(errors={"period": "of another kind"})])
    assert made.common_error("period") == ""
    assert made.own_errors("subsidies") == {"period": "of another kind"}


@pytest.mark.parametrize(
    ("cells", "period", "shown"),
    [
        (80, "2019-Q1..Q3", "2019-Q1…"),
        (100, "2019-Q1..Q3", "2019-Q1..Q3"),
        (130, "2022-01..2022-11", "2022-01..2022-11"),
    ],
)
def test_the_last_period_is_whole_or_says_that_it_is_cut(cells: int, period: str, shown: str) -> None:
    row = next(row for row in ROWS if row.reading)
    assert row.reading
    row = row._replace(reading=row.reading._replace(period=period, provisional=False))
    text = quicktext.last(row, quicktext.widths(cells).last, UNICODE)
    assert text.split()[-1] == shown
    assert width(text) <= quicktext.widths(cells).last


def test_a_source_without_a_column_is_typed_over_the_result() -> None:
    assert quicktext.place(Cell(0, "source"), 0, 80).x == quicktext.widths(80).at("result")
    assert quicktext.place(Cell(0, "source"), 0, 200).x == quicktext.widths(200).at("source")


def test_a_draft_from_elsewhere_is_made_safe() -> None:
    assert Sheet(ROWS, {"value nev-output": "5\x1b]52;c;x\x07"}).draft == {"value nev-output": "5"}
