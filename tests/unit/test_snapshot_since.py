"""What is new since a day, in every format of a snapshot: what `diff` tells, with sources of the report's own."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from datetime import date
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from books import GOLDEN, TEXTS, followed, seeded
from gztrack.errors import InputError
from gztrack.export.diff.form import diff_form
from gztrack.export.diff.section import section
from gztrack.export.report import build
from gztrack.export.snapshot import render
from gztrack.language import speaking
from gztrack.services.board.selecting import Selection
from gztrack.services.reader import Clocks

SEEDED = date(2026, 11, 24)
"""The day on which the article's facts count as logged; what came in after it is of a later day."""


@pytest.mark.parametrize("kind", TEXTS)
def test_every_text_tells_what_came_in(kind: str) -> None:
    tracker = followed()

    text = render(tracker, kind, since=SEEDED).decode()

    assert text != render(tracker, kind).decode()
    assert ("since" in text) if kind in ("csv", "json") else ("What is new since 2026-11-24" in text)
    assert text.count("91,700") + text.count("91700") > (
        render(tracker, kind).decode().count("91,700") + render(tracker, kind).decode().count("91700")
    )


def test_the_golden_bytes() -> None:
    made = render(followed(), "md", since=SEEDED).decode()

    assert made == (GOLDEN / "followup-since.md").read_text("utf-8"), (
        "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"
    )


def test_the_data_have_what_diff_says_and_the_hash_covers_it() -> None:
    tracker = followed()

    report = build(tracker, since=SEEDED)
    then = build(tracker, Clocks(as_of=SEEDED, logged_by=SEEDED))

    told, known = report.data["since"], diff_form(section(then.data, build(tracker).data))
    assert told["old"]["hash"] == f"sha256:{then.digest}"
    assert {**told, "old": known["old"]} == known
    assert report.digest != build(tracker).digest
    assert len(told["readings"]) == 17


def test_every_figure_that_is_new_has_a_source_that_the_report_lists() -> None:
    report = build(followed(), since=SEEDED)

    assert report.news is not None
    numbers = {clause.source for part in report.news.parts for line in part.lines for clause in line.clauses}
    assert numbers - {0} <= set(range(1, len(report.sources) + 1))
    assert len(numbers) > 8


def test_csv_has_a_row_for_each_thing_that_is_new() -> None:
    rows = list(csv.DictReader(io.StringIO(render(followed(), "csv", since=SEEDED).decode(), newline="")))

    kinds = [row["kind"] for row in rows]
    assert kinds.count("new reading") == 17
    assert kinds.count("new target") == 6
    assert kinds.count("changed status") == 4
    assert {row["since"] for row in rows} == {"2026-11-24"}
    (judged,) = [row for row in rows if row["kind"] == "changed verdict"]
    assert (judged["id"], judged["was"], judged["verdict"]) == ("nev-capacity", "cannot tell", "cannot tell")
    with speaking("zh"):
        assert render(followed(), "csv", since=SEEDED) == render(followed(), "csv", since=SEEDED)


def test_a_page_lists_it_and_leads_to_its_sources() -> None:
    page = render(followed(), "html", since=SEEDED).decode()
    root = ElementTree.fromstring(re.sub("^<!DOCTYPE html>\n", "", page))
    ids = {node.get("id") for node in root.iter() if node.get("id")}

    (news,) = [node for node in root.iter("div") if node.get("class") == "news"]

    assert len(list(news.iter("dd"))) == 17 + 6 + 4 + 1
    links = [node.get("href", "") for node in news.iter("a")]
    assert links
    assert all(link.removeprefix("#") in ids for link in links)


def test_a_workbook_has_a_sheet_of_it() -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")  # it does not know trends and bars, and says so
        book = load_workbook(io.BytesIO(render(followed(), "xlsx", since=SEEDED)))

    assert book.sheetnames[0] == "New"
    cells = [row[1].value for row in book["New"].iter_rows() if row[1].value]
    assert cells.count("5G base stations built") == 4 + 3 + 1


def test_only_what_was_asked_for_is_told() -> None:
    tracker = followed()

    report = build(tracker, only=Selection(frozenset({"uhd-output"})), since=SEEDED)
    nothing = build(tracker, only=Selection(statuses=frozenset({"missed"})), since=SEEDED)

    assert report.news is not None
    assert {line.indicator for part in report.news.parts for line in part.lines} == {"uhd-output"}
    assert nothing.news is not None
    assert nothing.news.parts == ()


@pytest.mark.parametrize("kind", [kind for kind in TEXTS if kind not in ("csv", "json")])
def test_where_nothing_is_new_that_is_said(kind: str) -> None:
    assert "Nothing is new." in render(seeded(), kind, since=SEEDED).decode()
    with speaking("zh"):
        assert "没有新内容。" in render(seeded(), kind, since=SEEDED).decode()


def test_a_day_before_the_first_entry_is_said_to_be_one() -> None:
    report = build(followed(), since=date(2020, 12, 31))

    assert report.news is not None
    assert "before the first entry, of 2026-11-24" in report.news.said[0]
    assert report.news.parts, "readings whose period ended since"


def test_it_is_reckoned_by_the_same_clocks_and_no_later_day_is_taken() -> None:
    tracker = followed()

    report = build(tracker, Clocks(as_of=date(2021, 1, 1)), since=date(2020, 6, 30))

    assert report.news is not None
    assert json.dumps(report.data["since"]).count('"2023"') == 0
    with pytest.raises(InputError, match="later"):
        build(tracker, Clocks(as_of=date(2021, 1, 1)), since=date(2022, 1, 1))
