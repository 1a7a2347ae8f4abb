"""The seed says what the article says and nothing else; a bad one is refused by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gztrack.errors import InputError, StoreError, StoreMissing
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.databases.seeding import SEED_AUTHOR, article_seed, followup_pack, read_seed
from gztrack.services.entering.entries import LogEntry
from gztrack.storage.locations import Location

from .conftest import TODAY

READINGS: dict[str, list[tuple[float, str, str]]] = {
    "nev-capacity": [],
    "nev-output-growth": [(81.9, "exact", "2019-Q1..Q3")],
    "uhd-output": [],
    "5g-enterprises": [(60, "exact", "2019-Q3")],
    "5g-base-stations": [(10_000, "more than", "2019-Q3")],
    "hightech-growth": [(20.6, "exact", "2019-H1"), (20.9, "exact", "2019-Q1..Q3")],
    "hightech-share": [(66.7, "about", "2019-Q3")],
    "tech-centres": [(495, "exact", "2019-Q3")],
    "tech-centres-provincial": [(326, "exact", "2019-Q3")],
    "key-labs-national": [(19, "exact", "2019-Q3")],
    "key-labs-provincial": [(213, "exact", "2019-Q3")],
    "subsidies": [(2_000_000_000, "more than", "2019-Q3")],
}


def facts(table: str) -> list[dict[str, Any]]:
    return [record for name, record in read_seed(article_seed()).transaction.facts if name == table]


def test_the_seed_holds_the_twelve_indicators_with_their_readings_and_no_other() -> None:
    assert [fact["indicator"] for fact in facts("indicators")] == list(READINGS)
    for slug, expected in READINGS.items():
        found = [
            (f["value"], f.get("qualifier", "exact"), f["period"])
            for f in facts("readings")
            if f["indicator"] == slug
        ]
        assert found == expected, slug


def test_only_two_targets_are_stated_and_their_dates_are_inferred() -> None:
    said = [
        (t["indicator"], t["comparator"], t["value"], t["due"], t["stated_on"], t["inferred"])
        for t in facts("targets")
    ]

    assert said == [
        ("nev-capacity", "at least", 300_000, "2020-12-31", "2019-Q4", ["due", "stated_on"]),
        ("uhd-output", "more than", 200_000_000_000, "2020-12-31", "2019-Q4", ["due", "stated_on"]),
    ]


def test_every_figure_of_the_seed_has_its_source() -> None:
    for fact in facts("readings") + facts("targets"):
        assert fact["source"]
        assert fact["source_url"].startswith("https://greaterbayinsight.com")
        assert fact["inferred"]


def test_no_sentence_of_the_article_is_in_the_seed() -> None:
    article = Path(__file__).parents[3] / "shared" / "source-article.txt"
    if not article.exists():  # the article itself is not part of the project
        return
    words = article.read_text("utf-8").split()
    seed = " ".join(article_seed().read_text("utf-8").split())
    assert not [n for n in range(len(words) - 7) if " ".join(words[n : n + 8]) in seed]


def test_two_databases_from_one_seed_hold_the_same_facts() -> None:
    assert read_seed(article_seed()).transaction == read_seed(article_seed()).transaction


def test_the_follow_up_pack_ships_beside_the_seed() -> None:
    assert followup_pack().exists()


HEAD = '{"gztrack": "seed", "title": "T", "tz": "UTC"}'


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "no seed; its first line"),
        (['{"a": 1}'], "no seed; its first line"),
        (["not json"], "line 1: no JSON object"),
        ([HEAD, '{"table": "readings"'], "line 2: no JSON object"),
        ([HEAD, "", '{"table": "colours"}'], "line 3: no such table: 'colours'; one of indicators"),
        ([HEAD, '{"table": ["readings"]}'], "line 2: no such table: '..readings..'; one of indicators"),
        ([HEAD, '{"table": {}}'], "line 2: no such table: '{}'; one of indicators"),
        ([HEAD, '{"table": ' + "[" * 100_000], "line 2: no JSON object"),
        (['{"gztrack": "seed", "title": "T\u2028U"}', "not json"], "line 2: no JSON object"),
        ([HEAD, '{"table": "indicators", "indicator": "x", "name": "X"}'], "line 2: unit: "),
        (
            [HEAD, '{"table": "readings", "indicator": "x", "value": "1", "period": "2020"}'],
            "line 2: value: ",
        ),
        ([HEAD, '{"table": "readings", "start": "2020-13-01"}'], "line 2: "),
    ],
)
def test_a_bad_seed_is_refused_with_file_and_line(tmp_path: Path, lines: list[str], says: str) -> None:
    path = tmp_path / "seed.jsonl"
    path.write_text("\n".join(lines), "utf-8")

    with pytest.raises(InputError, match=says) as refused:
        read_seed(path)
    assert str(path) in str(refused.value)


def test_a_seed_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name, says in (("missing", "No such file"), ("binary", "not UTF-8")):
        with pytest.raises(InputError, match=says):
            read_seed(tmp_path / name)


def named(path: Path) -> Location:
    return Location(str(path), named=True)


def test_a_named_database_that_is_not_there_is_never_made_by_reading_or_writing(tmp_path: Path) -> None:
    for writing in (False, True):
        with pytest.raises(StoreMissing, match="init"):
            open_tracker(named(tmp_path / "db"), author="a", login="a", writing=writing)
    assert not (tmp_path / "db").exists()


def test_reading_at_the_default_place_answers_as_the_seed_and_makes_nothing(tmp_path: Path) -> None:
    place = Location(str(tmp_path / "db"), named=False)

    tracker = open_tracker(place, author="a", login="a", today=TODAY, writing=False)

    assert len(tracker.board().rows) == 12
    assert not (tmp_path / "db").exists()


def test_the_first_write_at_the_default_place_makes_the_database(tmp_path: Path) -> None:
    place = Location(str(tmp_path / "db"), named=False)

    open_tracker(place, author="a", login="a", today=TODAY, writing=True).log(
        LogEntry("tech-centres", "500", "2020")
    )

    again = open_tracker(place, author="a", login="a", today=TODAY, writing=False)
    assert [view.author for view in again.history("tech-centres")] == [SEED_AUTHOR, "a"]


def test_a_default_folder_with_other_peoples_files_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreMissing, match="no database in it"):
        open_tracker(Location(str(tmp_path), named=False), author="a", login="a", writing=True)


def test_init_makes_a_database_once(tmp_path: Path) -> None:
    (line,) = initialise(named(tmp_path / "db"), zone="Asia/Shanghai")
    assert "26 facts of Guangzhou industrial upgrading" in line
    assert "Asia/Shanghai" in line

    with pytest.raises(InputError, match="a database already"):
        initialise(named(tmp_path / "db"))


def test_init_can_be_bare_or_from_another_seed(tmp_path: Path) -> None:
    initialise(named(tmp_path / "bare"), empty=True)
    assert open_tracker(named(tmp_path / "bare"), author="a", login="a", writing=False).board().rows == ()
    seed = tmp_path / "seed.jsonl"
    line = {"table": "indicators", "indicator": "x", "name": "X", "unit": "u"}
    seed.write_text(f"{HEAD}\n{json.dumps(line)}\n")

    initialise(named(tmp_path / "other"), pack=str(seed))

    assert open_tracker(named(tmp_path / "other"), author="a", login="a", writing=False).title == "T"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_zone_that_does_not_exist_is_refused(tmp_path: Path, zone: str) -> None:
    if zone:
        with pytest.raises(InputError, match="no such time zone"):
            initialise(named(tmp_path / "db"), zone=zone)
        assert not (tmp_path / "db").exists()
    else:
        initialise(named(tmp_path / "db"), zone=zone)


def test_init_on_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("x")
    with pytest.raises((InputError, StoreError), match="is a file"):
        initialise(named(tmp_path / "db"))
