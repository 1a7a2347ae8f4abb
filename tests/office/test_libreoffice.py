"""The XLSX snapshot in a real LibreOffice: it opens, and shows numbers, dates, percentages and texts as they are."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from books import TODAY, followed, states
from gztrack.domain.amounts import digits
from gztrack.export.report import build
from gztrack.export.snapshot import render
from gztrack.export.workbook import book
from gztrack.language import speaking
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore
from needs import tool

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Comma, quotes, UTF-8, cells as they are shown, all sheets."""

Sheets = dict[str, list[list[str]]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, Path], Sheets]:
    """Opens a workbook in an office of its own, and gives back what its sheets show."""
    soffice = tool("soffice", "libreoffice-calc-nogui")
    home = tmp_path_factory.mktemp("office")

    def converted(workbook: bytes, folder: Path) -> Sheets:
        (folder / "book.xlsx").write_bytes(workbook)
        done = subprocess.run(
            [
                soffice,
                f"-env:UserInstallation=file://{home}/profile",
                "--headless",
                "--norestore",
                "--convert-to",
                EVERY_SHEET,
                "--outdir",
                str(folder),
                str(folder / "book.xlsx"),
            ],
            env={**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=180,
            check=False,
        )
        files = sorted(folder.glob("book-*.csv"))
        assert files, (done.returncode, done.stdout, done.stderr)
        return {
            path.stem.removeprefix("book-"): list(csv.reader(path.read_text("utf-8").splitlines()))
            for path in files
        }

    return converted


def rows_of(sheet: list[list[str]]) -> list[dict[str, str]]:
    """What stands below the heads, by column; the first of two columns of a name."""
    top = next(number for number, row in enumerate(sheet) if row[-1] == "id")
    return [dict(reversed(list(zip(sheet[top], row, strict=True)))) for row in sheet[top + 1 :]]


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
def test_it_opens_and_shows_what_the_report_says(
    office: Callable[[bytes, Path], Sheets], tmp_path: Path, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MANY", 0 if large else 10**9)
    tracker = states() if large else followed()
    report = build(tracker)

    sheets = office(render(tracker, "xlsx"), tmp_path)

    assert list(sheets) == ["About", "Ledger", "Progress", "Readings", "Sources"]
    shown = rows_of(sheets["Progress"])
    assert len(shown) == len(report.data["indicators"])
    decimals = {line.row.id: line.row.decimals for line in report.lines}
    for row, item in zip(shown, report.data["indicators"], strict=True):
        reading, target, places = item["reading"] or {}, item["target"] or {}, decimals[item["id"]]
        assert row["id"] == item["id"]
        assert row["indicator"].strip() == item["name"]
        assert row["reading"] == (digits(reading["value"], places) if reading else "")
        assert row["period end"] == (reading.get("period_end") or "")
        assert row["target"] == (digits(target["value"], places) if target else "")
        assert row["due"] == (target.get("due") or "")
        assert row["attainment"] == _percent(item["attainment"])
        assert row["path"] == _percent(item["path"])
        assert row["status"] == item["status"]
    ledger = rows_of(sheets["Ledger"])
    assert [row["verdict"] for row in ledger] == [item["verdict"] for item in report.data["ledger"]]
    assert [row["margin"] for row in ledger] == [
        "" if item["margin"] is None else digits(item["margin"], decimals[item["indicator"]])
        for item in report.data["ledger"]
    ]
    readings = rows_of(sheets["Readings"])
    assert len(readings) == sum(len(item["readings"]) for item in report.data["indicators"])
    assert [row[2] for row in sheets["Sources"][1:]] == [
        source["source_url"] or "" for source in report.data["sources"]
    ]
    assert ["content hash", f"sha256:{report.digest}"] in sheets["About"]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


FORMULAS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-1",
    "@SUM(1)",
    "<r>x</r>",
    "1e5",
    "2020-01-01",
    "50%",
    "_x0041_",
    "TRUE",
]


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
def test_texts_stay_texts(
    office: Callable[[bytes, Path], Sheets], tmp_path: Path, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MANY", 0 if large else 10**9)
    tracker = Tracker(MemoryStore("=1+1", "Asia/Shanghai"), author="ann", login="ann", today=TODAY)
    for number, text in enumerate(FORMULAS):
        slug = f"row-{number}"
        tracker.add_indicator(IndicatorEntry(slug, text, "things", text))
        tracker.log(LogEntry(slug, "5", "2020", note=text, source=text))
        tracker.set_target(GoalEntry(slug, "9", "2027", quote=text, note=text))

    sheets = office(render(tracker, "xlsx"), tmp_path)

    assert [row["indicator"] for row in rows_of(sheets["Progress"])] == FORMULAS
    assert [row["group"] for row in rows_of(sheets["Progress"])] == FORMULAS
    assert {row["note"] for row in rows_of(sheets["Readings"])} == set(FORMULAS)
    assert {row["in the words"] for row in rows_of(sheets["Ledger"])} == set(FORMULAS)
    assert sheets["Progress"][0][0] == "=1+1"


@pytest.mark.slow
def test_in_chinese_its_sheets_and_heads_are(office: Callable[[bytes, Path], Sheets], tmp_path: Path) -> None:
    with speaking("zh"):
        sheets = office(render(states(), "xlsx"), tmp_path)

    assert set(sheets) == {"进展", "台账", "读数", "来源", "说明"}
    row = next(row for row in sheets["进展"] if row[-1] == "tech-centres")
    assert row[1] == "企业技术中心"
    assert "1,085" in row
    assert "2027-12-31" in row
