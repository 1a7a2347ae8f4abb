"""Snapshots: golden bytes for every format, the same for everybody, and a hash that tells two apart."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from books import GOLDEN, TEXTS, TODAY, empty, followed, states, stations
from gztrack.errors import InputError
from gztrack.export.csv_file import export_csv
from gztrack.export.json_snapshot import canonical
from gztrack.export.report import build
from gztrack.export.snapshot import FORMATS, render, write
from gztrack.services.board.selecting import Selection
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", ["followup", "states"])
def test_the_golden_bytes(name: str, kind: str) -> None:
    made = render({"followup": followed, "states": states}[name](), kind)

    assert made.decode() == (GOLDEN / f"{name}-snapshot.{kind}").read_bytes().decode(), (
        "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_neither_author_nor_clock_nor_ids_show(kind: str) -> None:
    tracker = states()
    other = Tracker(MemoryStore(tracker.title), author="somebody-else", login="x", today=TODAY)
    import_text(other, (GOLDEN / "states.csv").read_bytes(), yes=True)

    made = render(other, kind)

    assert made == render(tracker, kind)
    assert b"somebody-else" not in made
    assert other.history("stations")[0].handle.encode() not in made


@pytest.mark.parametrize("kind", FORMATS)
def test_today_is_the_same_as_its_date_and_another_date_is_not(kind: str) -> None:
    tracker = followed()

    assert render(tracker, kind) == render(tracker, kind, Clocks(as_of=TODAY))
    assert render(tracker, kind) != render(tracker, kind, Clocks(as_of=date(2020, 12, 31)))
    assert render(tracker, kind) != render(tracker, kind, method="open-sdg")


@pytest.mark.parametrize("kind", TEXTS)
def test_every_format_shows_the_hash(kind: str) -> None:
    tracker = followed()

    shown = build(tracker).digest if kind in ("json", "csv") else build(tracker).short_digest

    assert shown.encode() in render(tracker, kind)


def test_the_hash_is_that_of_the_canonical_json_without_it() -> None:
    snapshot = json.loads(render(followed(), "json"))

    said = snapshot.pop("hash")

    assert said == f"sha256:{hashlib.sha256(canonical(snapshot)).hexdigest()}"


def test_one_more_note_changes_the_hash() -> None:
    first, second = stations("2020,5"), stations()
    second.log(LogEntry("stations", "5", "2020", note="a note"))

    assert build(first).digest != build(second).digest


def test_a_copy_by_csv_has_the_same_hash() -> None:
    tracker = followed()
    copy = Tracker(MemoryStore(tracker.title), author="bob", login="bob", today=TODAY)
    import_text(copy, export_csv(tracker))

    assert build(copy).digest == build(tracker).digest


def test_only_the_rows_that_are_asked_for_are_in_it_with_their_promises() -> None:
    tracker = followed()
    only = Selection(frozenset({"uhd-output", "5g-base-stations"}), statuses=frozenset({"cannot tell"}))

    report = build(tracker, only=only)

    assert [line.row.id for line in report.lines] == ["uhd-output", "5g-base-stations"]
    assert {promise.view.indicator for promise in report.promises} == {"uhd-output", "5g-base-stations"}
    assert report.data["only"] == {
        "indicators": ["5g-base-stations", "uhd-output"],
        "group": None,
        "statuses": ["cannot tell"],
    }
    assert report.digest != build(tracker).digest
    assert "only what is cannot tell" in render(tracker, "md", only=only).decode()


def test_where_nothing_is_what_was_asked_for_the_report_is_empty() -> None:
    report = build(followed(), only=Selection(statuses=frozenset({"missed"})))

    assert not list(report.lines)
    assert not report.promises


def test_charts_are_there_for_who_asks() -> None:
    tracker = followed()

    assert not build(tracker).charts
    assert build(tracker, charted=True).charts["5g-base-stations"].points


def test_every_figure_shown_has_the_number_of_its_source() -> None:
    report = build(followed())

    for line in report.lines:
        for view, number in ((line.row.reading, line.reading_source), (line.row.target, line.target_source)):
            if view is not None:
                assert report.sources[number - 1] == view.origin
    for promise in report.promises:
        assert report.sources[promise.source - 1] == promise.view.origin


def test_what_is_inferred_or_provisional_is_told_once_for_all_that_it_holds_for() -> None:
    remarks = {text: what for what, text in build(states()).remarks}

    assert remarks["period inferred"] == (
        "5G industry enterprises gathered, 2019-Q3;"
        " Subsidies to key industries, platforms and enterprises, 2019-Q3"
    )
    assert "NEV output growth, year on year, 2025" in remarks["provisional"]
    assert remarks["due date inferred"] == "National key laboratories, target by 2020-12-31"


def test_other_clocks_are_said() -> None:
    tracker = followed()
    clocks = Clocks(logged_by=date(2026, 11, 24), published_by=date(2024, 1, 1))

    for kind in ("md", "txt", "svg", "html"):
        text = " ".join(render(tracker, kind, clocks).decode().split())
        assert "only what was logged up to 2026-11-24" in text
        assert "only readings published up to 2024-01-01" in text


def test_json_holds_every_reading_behind_the_rows() -> None:
    snapshot = json.loads(render(followed(), "json"))

    stations_item = next(item for item in snapshot["indicators"] if item["id"] == "5g-base-stations")
    assert [r["value"] for r in stations_item["readings"]] == [91_700, 48_000, 10_000, 7_100, 23_555]
    assert snapshot["ledger_counts"] == {"no verdict": 7}
    assert snapshot["gztrack"] == "snapshot"


def csv_rows(tracker: Tracker, kind: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(render(tracker, "csv").decode()))
    return [row for row in rows if row["kind"] == kind]


def test_csv_has_one_row_an_indicator_and_bare_numbers() -> None:
    rows = csv_rows(followed(), "indicator")

    assert len(rows) == 13
    row = next(r for r in rows if r["id"] == "uhd-output")
    assert (row["reading_value"], row["target_value"], row["attainment"]) == (
        "180000000000",
        "250000000000",
        "0.72",
    )
    assert (row["status"], row["as_of"], row["reading_inferred"]) == ("cannot tell", "2026-11-24", "")
    assert (row["method"], row["verdict"], row["count"]) == ("linear", "", "")


def test_csv_has_the_ledger_and_its_counts_too() -> None:
    rows = csv_rows(followed(), "target")

    row = next(r for r in rows if r["id"] == "nev-capacity" and r["target_due"] == "2020-12-31")
    assert (row["target_quote"], row["target_stated_on"], row["target_source_url"]) == (
        "next year",
        "2019-Q4",
        "https://greaterbayinsight.com/",
    )
    assert (row["verdict"], row["reason"]) == (
        "cannot tell",
        "cannot tell at the due date; met by 2022-12-31",
    )
    assert (row["evidence"], row["evidence_value"], row["evidence_qualifier"]) == (
        "2022",
        "1000000",
        "more than",
    )
    assert (row["margin"], row["margin_qualifier"]) == ("700000", "more than")
    assert row["evidence_source_url"] == "http://tv.jdgod.com/yaowen/2023/0109/20923.html"
    assert [(r["verdict"], r["reason"], r["count"]) for r in csv_rows(followed(), "count")] == [
        ("no verdict", "", "7"),
        ("no verdict", "cannot tell at the due date (met later)", "4"),
        ("no verdict", "no reading for the period", "2"),
        ("no verdict", "no reading that proves it either way", "1"),
    ]


def test_the_picture_is_valid_xml_with_a_title_and_names_in_chinese() -> None:
    root = ElementTree.fromstring(render(states(), "svg"))

    texts = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert "其中：省级企业技术中心" in texts
    assert '广州产业升级 <progress> & "targets"' in texts


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_database_has_a_snapshot_too(kind: str) -> None:
    assert render(empty("Nothing yet"), kind)


def test_an_unknown_format_is_refused_with_what_there_is() -> None:
    with pytest.raises(
        InputError, match="no such snapshot format: 'pdf'; there are md, html, csv, json, txt, svg, xlsx, png"
    ):
        render(empty(), "pdf")


def test_writing_says_where_and_with_which_hash(tmp_path: Path) -> None:
    tracker = followed()
    path = tmp_path / "report.md"

    done = write(tracker, "md", str(path))

    assert path.read_bytes() == render(tracker, "md")
    assert done.lines == (
        f"wrote {path}: 13 indicators as of 2026-11-24, content hash {build(tracker).short_digest}",
    )
    assert [p.name for p in tmp_path.iterdir()] == ["report.md"]
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    import os

    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_file_that_is_there_is_left_alone_without_force(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("mine")

    with pytest.raises(InputError, match="is there already; --force replaces it"):
        write(empty(), "md", str(path))
    assert path.read_text() == "mine"

    write(empty(), "md", str(path), force=True)
    assert path.read_text() != "mine"


def test_force_follows_a_link_to_the_file_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")

    write(empty("Title"), "", str(tmp_path / "link.txt"), force=True)

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text().startswith("Title\n")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing/report.md", "there is no folder"),
        (".", "is a folder; name a file in it"),
        ("", "no file is named"),
        ("a\0b.md", "no file is named"),
        ("n" * 300 + ".md", "cannot be written: file name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_one_line(path: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        write(empty(), "md", str(tmp_path / path) if path and "\0" not in path else path)

    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_superseded_promise_names_what_took_its_place_and_that_one_what_it_revises() -> None:
    tracker = stations("2020,5")
    tracker.set_target(GoalEntry("stations", "10", "2027", stated_on="2019", quote="ten by 2027"))
    tracker.set_target(
        GoalEntry(
            "stations", "10", "2030", replaces="stations@2027", reason="new plan", stated_on="2026-03-01"
        )
    )

    for kind in ("md", "txt", "svg", "html"):
        text = " ".join(render(tracker, kind).decode().split())
        assert "replaced on 2026-03-01 by ≥10 by 2030: same figure, three years later (new plan)" in text
        assert "revises ≥10 by 2027: same figure, three years later (new plan)" in text
        assert "ten by 2027" in text
        assert "2 promises: 1 open, 1 superseded" in text
    old, new = json.loads(render(tracker, "json"))["ledger"]
    assert (old["replaced_by"]["due_label"], old["ended_on"], old["replaces"]) == ("2030", "2026-03-01", None)
    assert (new["replaced_by"], new["replaces"]["due_label"]) == (None, "2027")
    assert new["change"] == "same figure, three years later (new plan)"
    first, second = csv_rows(tracker, "target")
    assert (first["replaced_by"], first["ended_on"], first["verdict"]) == (
        "≥10 by 2030",
        "2026-03-01",
        "superseded",
    )
    assert (second["replaces"], second["change"]) == ("≥10 by 2027", new["change"])


@pytest.mark.parametrize("kind", ["md", "txt", "svg", "html"])
def test_a_margin_from_a_bound_is_a_bound_and_reasons_are_counted(kind: str) -> None:
    text = " ".join(render(followed(), kind).decode().replace("&gt;", ">").replace("\\>", ">").split())

    assert ">+700,000" in text
    assert "7 promises in 8 entries" in text
    assert (
        "no verdict: 4 cannot tell at the due date (met later), 2 no reading for the period,"
        " 1 no reading that proves it either way"
    ) in text


def test_the_evidence_has_the_number_of_its_source() -> None:
    report = build(followed())

    seen = 0
    for promise in report.promises:
        assert bool(promise.proof) == bool(promise.view.evidence)
        if promise.proof:
            seen += 1
            assert report.sources[promise.proof - 1] == promise.view.evidence_origin
    assert seen == 4


@pytest.mark.parametrize("kind", ["md", "txt", "svg", "html"])
def test_the_method_is_said_and_who_goes_by_another(kind: str) -> None:
    tracker = followed()
    assert "method linear" in render(tracker, kind).decode()
    assert "open-sdg for" not in render(tracker, kind).decode()

    tracker.edit_indicator(IndicatorEntry("nev-output", method="open-sdg"))

    assert "method linear; open-sdg for NEV output" in render(tracker, kind).decode()
    assert "method un-chart" in render(tracker, kind, method="un-chart").decode()
    assert "open-sdg for" not in render(tracker, kind, method="un-chart").decode()


def test_of_many_that_go_by_another_method_a_few_are_named() -> None:
    tracker = followed()
    for row in tracker.board().rows[:7]:
        tracker.edit_indicator(IndicatorEntry(row.id, method="un-chart"))

    assert build(tracker).method.endswith("5G industry enterprises gathered and 2 more")


def test_a_pin_with_its_reason_is_in_the_json() -> None:
    tracker = stations("2020,5")
    tracker.log(LogEntry("stations", "6", "2020", source="Province"))
    handle = next(view.handle for view in tracker.history("stations") if view.value == 5)
    tracker.pin(handle, "city figure, not province")

    readings = json.loads(render(tracker, "json"))["indicators"][0]["readings"]

    assert {r["value"]: (r["pinned"], r["pin_reason"], r["standing"]) for r in readings} == {
        5: (True, "city figure, not province", "counts"),
        6: (False, None, "another source counts"),
    }


def test_the_board_offers_the_formats_that_can_be_written() -> None:
    from gztrack.tui.dialogs.files import FORMATS as OFFERED

    assert set(OFFERED) == set(FORMATS)
