"""The XLSX snapshot, read back: real numbers, dates and fractions, texts that stay texts, widths, panes and print."""

# ruff: noqa: DTZ001  # a spreadsheet knows no time zones

from __future__ import annotations

import io
import os
import sys
import warnings
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings

from books import GOLDEN, TODAY, empty, followed, states, stations
from gztrack.domain.text import clean
from gztrack.errors import InputError, StoreFull
from gztrack.export.report import build
from gztrack.export.snapshot import render, write
from gztrack.export.workbook import book as book_module
from gztrack.export.workbook import sheet as sheet_module
from gztrack.export.workbook.values import LONGEST, dated, linked, number_cell, text_cell, units
from gztrack.language import speaking
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from workbooks import unpacked

from .test_snapshot_properties import databases

Rows = list[dict[str, Any]]


def opened(made: bytes) -> Any:
    with warnings.catch_warnings():
        # It does not know trends and bars, and says so.
        warnings.filterwarnings("ignore", module="openpyxl")
        return openpyxl.load_workbook(io.BytesIO(made))


def head_of(sheet: Any) -> int:
    """The row of the column heads, counted from 1: the one above what scrolls."""
    return int(openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)[1]) - 1


def cells_of(sheet: Any) -> Rows:
    """Every row below the head as cells by column; of two columns of a name the second has a 2."""
    head = head_of(sheet)
    names: list[str] = []
    seen: Counter[str] = Counter()
    for cell in sheet[head]:
        name = cell.value or "mark"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=head + 1)]


def row_of(sheet: Any, slug: str) -> dict[str, Any]:
    return next(row for row in cells_of(sheet) if row["id"].value == slug)


def test_the_golden_parts() -> None:
    assert unpacked(render(followed(), "xlsx")) == (GOLDEN / "followup-snapshot.xlsx.txt").read_text(
        "utf-8"
    ), "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"


@pytest.mark.parametrize("large", [False, True])
def test_the_same_report_gives_the_same_bytes_whichever_way_it_goes(
    large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_module, "MANY", 0 if large else 10**9)

    made = render(states(), "xlsx")

    assert made == render(states(), "xlsx")
    assert opened(made).properties.created == datetime(2026, 11, 24)


def test_a_large_workbook_says_what_a_small_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(made: bytes) -> list[list[list[Any]]]:
        return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in opened(made)]

    small = said(render(states(), "xlsx"))
    monkeypatch.setattr(book_module, "MANY", 0)

    assert said(render(states(), "xlsx")) == small


def test_there_are_five_sheets_in_the_language_of_the_reader() -> None:
    assert opened(render(followed(), "xlsx")).sheetnames == [
        "Progress",
        "Ledger",
        "Readings",
        "Sources",
        "About",
    ]
    with speaking("zh"):
        made = opened(render(states(), "xlsx"))
    assert made.sheetnames == ["进展", "台账", "读数", "来源", "说明"]
    row = next(row for row in cells_of(made["进展"]) if row["代码"].value == "tech-centres")
    assert (row["指标"].value, row["英文名称"].value) == ("企业技术中心", "Enterprise technology centres")
    assert (row["读数"].value, row["状态"].value) == (1085, "提前达成")


def test_figures_are_numbers_dates_dates_and_fractions_percentages() -> None:
    row = row_of(opened(render(followed(), "xlsx"))["Progress"], "nev-capacity")

    assert (row["reading"].value, row["reading"].number_format) == (1_000_000, "#,##0")
    assert row["qualifier"].value == "more than"
    assert row["period end"].value == datetime(2022, 12, 31)
    assert row["period end"].number_format == "yyyy-mm-dd"
    assert row["due"].value == datetime(2025, 12, 31)
    assert (row["target"].value, row["comparator"].value) == (2_000_000, "more than")
    assert (row["attainment"].value, row["attainment"].number_format) == (0.5, "0.0%")
    assert row["qualifier 2"].value == "more than"
    assert row["path"].value is None
    assert row["status"].value == "cannot tell"
    assert row["reason"].value == "no reading proves it either way"


@pytest.mark.parametrize("name", ["followup", "states"])
def test_every_row_and_promise_has_the_figures_of_the_report(name: str) -> None:
    tracker = {"followup": followed, "states": states}[name]()
    report = build(tracker)
    made = opened(render(tracker, "xlsx"))

    shown = {row["id"].value: row for row in cells_of(made["Progress"])}
    assert list(shown) == [line.row.id for line in report.lines]
    for item in report.data["indicators"]:
        row, reading, target = shown[item["id"]], item["reading"] or {}, item["target"] or {}
        assert row["reading"].value == reading.get("value")
        assert _iso(row["period end"].value) == reading.get("period_end")
        assert (row["target"].value, row["up to"].value) == (target.get("value"), target.get("high"))
        assert _iso(row["due"].value) == target.get("due")
        assert (row["attainment"].value, row["path"].value) == (
            pytest.approx(item["attainment"]),
            pytest.approx(item["path"]),
        )
        assert (row["status"].value, row["reason"].value) == (item["status"], item["reason"])
        assert row["source of the reading"].value == reading.get("source_number")
    for row, item in zip(cells_of(made["Ledger"]), report.data["ledger"], strict=True):
        assert (row["target"].value, row["verdict"].value) == (item["value"], item["verdict"])
        assert row["value"].value == item["evidence_value"]
        assert (row["margin"].value, row["in the words"].value) == (item["margin"], item["quote"])
        assert _iso(row["due"].value) == item["due"]
    readings = [reading for item in report.data["indicators"] for reading in item["readings"]]
    assert sorted(row["value"].value for row in cells_of(made["Readings"])) == sorted(
        r["value"] for r in readings
    )
    assert [row["page"].value for row in cells_of(made["Sources"])] == [
        source["source_url"] for source in report.data["sources"]
    ]


def _iso(value: datetime | None) -> str | None:
    return value.date().isoformat() if value else None


def test_counts_stand_above_the_ledger_and_the_hash_in_about() -> None:
    tracker = followed()
    made = opened(render(tracker, "xlsx"))
    about = [(row["what"].value, row["said"].value) for row in cells_of(made["About"])]

    assert (
        made["Ledger"]["A1"].value == "7 promises in 8 entries (one stated twice counts once): 7 no verdict"
    )
    assert ("content hash", f"sha256:{build(tracker).digest}") in about
    assert ("as of", "2026-11-24") in about
    assert build(tracker).digest in made.properties.description
    assert build(tracker).remarks[0] in about


def test_readings_that_do_not_count_are_there_with_why_and_trends_leave_them_out() -> None:
    tracker = stations("2018,5 2019,9 2020,7 2021,20")
    tracker.log(LogEntry("stations", "8", "2019", source="Province"))
    made = render(tracker, "xlsx")
    rows = cells_of(opened(made)["Readings"])
    with ZipFile(io.BytesIO(made)) as parts:
        progress = parts.read("xl/worksheets/sheet1.xml").decode()

    assert [(row["period"].value, row["value"].value, row["counts"].value) for row in rows] == [
        ("2018", 5, "yes"),
        ("2019", 8, "yes"),
        ("2020", 7, "yes"),
        ("2021", 20, "yes"),
        ("2019", 9, "no: another source counts"),
    ]
    assert "<xm:f>'Readings'!E2:E5</xm:f>" in progress


def test_a_gap_is_empty_and_never_zero() -> None:
    tracker = stations("2020,0")
    tracker.add_indicator(IndicatorEntry("unread", "Nothing yet", "things"))
    sheet = opened(render(tracker, "xlsx"))["Progress"]

    assert row_of(sheet, "stations")["reading"].value == 0
    for column in ("reading", "target", "attainment", "path", "due", "period end"):
        assert row_of(sheet, "unread")[column].value is None, column


def test_panes_filters_widths_and_print() -> None:
    with speaking("zh"):
        made = opened(render(states(), "xlsx"))
    for sheet in made:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.print_title_rows == f"${head_of(sheet)}:${head_of(sheet)}"
    progress = made["进展"]
    assert progress.freeze_panes == "C5"
    assert progress.auto_filter.ref == f"A4:Z{progress.max_row}"
    # Sixteen Chinese characters of a name need twice as many columns of digits.
    assert progress.column_dimensions["B"].width >= 30
    assert progress.column_dimensions["A"].width <= 6


def test_long_texts_are_wrapped_and_their_rows_high_enough() -> None:
    tracker = stations("2020,5")
    tracker.add_indicator(IndicatorEntry("long", "指标" * 40, "things"))
    sheet = opened(render(tracker, "xlsx"))["Progress"]
    row = row_of(sheet, "long")["indicator"]

    assert row.alignment.wrap_text
    assert sheet.row_dimensions[row.row].height >= 6 * 14
    assert sheet.column_dimensions["B"].width <= 34


def test_columns_without_content_are_folded_away() -> None:
    sheet = opened(render(stations("2020,5"), "xlsx"))["Progress"]
    hidden = {
        cell.value
        for cell in sheet[head_of(sheet)]
        if sheet.column_dimensions[cell.column_letter].hidden and cell.value
    }

    assert {"up to", "in total over", "remarks"} <= hidden
    assert not {"reading", "target", "attainment", "status"} & hidden


FORMULAS = ["=1+1", "=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://e.example")', "{=1}"]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("large", [False, True])
def test_a_text_that_looks_like_a_formula_is_a_text(
    text: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_module, "MANY", 0 if large else 10**9)
    tracker = empty(text)
    tracker.add_indicator(IndicatorEntry("one", text, "things", text, name_zh=text))
    tracker.log(LogEntry("one", "5", "2020", note=text, source=text, series=text))
    tracker.set_target(GoalEntry("one", "9", "2027", stated_by=text, quote=text, note=text, source=text))
    made = render(tracker, "xlsx")

    seen = 0
    for sheet in opened(made):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.value == text:
                    seen += 1
                    assert cell.quotePrefix == (text[0] in "=+-@")
    assert seen >= 8
    with ZipFile(io.BytesIO(made)) as parts:
        assert not any(b"<f>" in parts.read(n) or b"<f " in parts.read(n) for n in parts.namelist())


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "<r>x</r>",
        "<r><t>bold</t></r>",
        "<r>&</r>",
        "_x0041_",
        "a\ufffeb",
        "</t></si>",
        "𠮷 &amp;",
    ],
)
def test_what_a_library_or_a_reader_takes_for_markup_comes_back_as_it_was(
    text: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_module, "MANY", 0 if large else 10**9)
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("one", text, "things"))

    cell = row_of(opened(render(tracker, "xlsx"))["Progress"], "one")["indicator"]

    said = (
        openpyxl.utils.escape.unescape(cell.value) if large else cell.value
    )  # it forgets that where texts are inline
    assert said == clean(text).replace("\ufffe", "")


@settings(max_examples=15, deadline=None)
@given(databases())
def test_whatever_people_type_the_workbook_opens_and_has_their_texts(tracker: Tracker) -> None:
    made = opened(render(tracker, "xlsx"))

    names = {row["id"].value: row["indicator"].value for row in cells_of(made["Progress"])}
    assert set(names) == {"one", "two"}
    for row in tracker.board().rows:
        assert (names[row.id] or "") == text_cell(row.name).text
    assert not any(cell.data_type == "f" for sheet in made for row in sheet.iter_rows() for cell in row)


def test_only_addresses_of_the_web_are_links() -> None:
    assert linked("https://e.example/a|b?x=1#y")
    assert not any(
        map(linked, ["javascript:alert(1)", "file:///etc/passwd", "internal:A1", "external:a", "ftp://x/y"])
    )
    assert not linked("https://e.example/" + "a" * 3000)
    assert not linked("https://e.example/" + "[" * 800)
    sheet = opened(render(followed(), "xlsx"))["Sources"]
    for row in cells_of(sheet):
        assert row["page"].hyperlink.target.startswith("http")


def test_more_links_than_a_sheet_holds_stay_texts_and_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "LINKS", 2)
    made = opened(render(followed(), "xlsx"))
    rows = cells_of(made["Sources"])

    assert [bool(row["page"].hyperlink) for row in rows].count(True) == 2
    assert all(row["page"].value for row in rows)
    said = [row["said"].value for row in cells_of(made["About"]) if row["what"].value == "not in here"]
    assert said == [f"{len(rows) - 2} addresses are no links: a sheet holds no more of them"]


def test_more_rows_than_a_sheet_holds_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "ROWS", 25)
    made = opened(render(stations(" ".join(f"{year},{year}" for year in range(1970, 2020))), "xlsx"))

    assert len(cells_of(made["Readings"])) == 24
    said = [row["said"].value for row in cells_of(made["About"]) if row["what"].value == "not in here"]
    assert said == ["26 rows are left out: a sheet holds no more of them; CSV and JSON do"]


@pytest.mark.parametrize("char", ["a", "中", "𠮷"])
def test_a_text_longer_than_a_cell_is_cut_at_a_whole_character(char: str) -> None:
    cell = text_cell(char * 40_000)

    assert cell.cut
    assert cell.text.endswith("…")
    assert LONGEST - 1 <= units(cell.text) <= LONGEST
    assert set(cell.text) == {char, "…"}
    assert not text_cell(char * (LONGEST // units(char))).cut


@pytest.mark.parametrize(
    ("value", "decimals", "form", "shown"),
    [
        (1234567, None, "#,##0", "1,234,567"),
        (12.5, None, "#,##0.0", "12.5"),
        (18, 1, "#,##0.0", "18.0"),
        (0.30000000000000004, None, "#,##0.0", "0.3"),
        (0.000001, None, "#,##0.000000", "0.000001"),
        (-5, None, "#,##0", "-5"),
        (5 * 10**17, None, "0.##############E+0", "5e+17"),
    ],
)
def test_a_number_has_the_format_that_shows_all_of_it(
    value: float, decimals: int | None, form: str, shown: str
) -> None:
    number, found, text = number_cell(value, decimals)

    assert number == pytest.approx(value, rel=1e-15)
    assert (found, text) == (form, shown)


def test_days_that_spreadsheets_count_differently_are_texts() -> None:
    rows = cells_of(opened(render(stations("1900-01,5 1900-02,6 1900-03,7"), "xlsx"))["Readings"])

    assert [(row["period start"].value, row["period end"].value) for row in rows] == [
        ("1900-01-01", "1900-01-31"),
        ("1900-02-01", "1900-02-28"),
        (datetime(1900, 3, 1), datetime(1900, 3, 31)),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [("2022-03-17", date(2022, 3, 17)), ("2019-Q4", "2019-Q4"), ("", ""), ("2022-99-99", "2022-99-99")],
)
def test_only_a_whole_day_is_a_date(text: str, found: object) -> None:
    assert dated(text) == found


def test_an_empty_database_has_a_workbook(tmp_path: Path) -> None:
    made = opened(render(empty("Nothing yet"), "xlsx"))

    assert [cells_of(made[name]) for name in ("Progress", "Ledger", "Readings", "Sources")] == [
        [],
        [],
        [],
        [],
    ]


def test_without_the_package_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in sys.modules if name.startswith("gztrack.export.workbook")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    tracker = followed()
    monkeypatch.setattr(tracker, "board", None)  # nothing is reckoned first

    with pytest.raises(InputError) as error:
        write(tracker, "xlsx", str(tmp_path / "a.xlsx"))

    assert str(error.value) == "xlsx needs xlsxwriter: pip install 'gztrack[xlsx]'"
    assert not list(tmp_path.iterdir())


def test_a_full_folder_for_temporary_files_is_told_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("NOT PROVEN HERE: there is no /dev/full")
    monkeypatch.setattr(book_module, "MANY", 0)

    def full(*args: object, **named: object) -> tuple[int, str]:
        return os.open("/dev/null", os.O_RDWR), "/dev/full"

    monkeypatch.setattr("xlsxwriter.worksheet.tempfile.mkstemp", full)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(StoreFull, match="name another one with TMPDIR"):
        write(followed(), "xlsx", str(tmp_path / "a.xlsx"))
    assert not list(tmp_path.iterdir())


def test_today_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    made = unpacked(render(followed(), "xlsx"))

    assert f"{TODAY.isoformat()}T00:00:00Z" in made
    assert {part for part in made.split("T00:00:00Z")[:-1] if not part.endswith(TODAY.isoformat())} == set()
