"""Packs, JSON and seeds on the command line: out, in again, from a pipe, and everything that is wrong with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gztrack.services.databases.seeding import article_seed, followup_pack, shipped

from .conftest import Cli

HALF = str(shipped("half-marathon.json"))


def lived(cli: Cli) -> None:
    """A database in which several people have done several things."""
    cli.done("import", str(followup_pack()))
    cli.done("correct", "tech-centres@2019-Q3", "496", "--note", "广州 “quoted”")
    cli.done("--as", "bob", "log", "tech-centres", "510", "--for", "2020")
    cli.done("retract", "tech-centres@2019-Q3", "--reason", "typed into the wrong row")
    cli.done("pin", "nev-capacity@last")
    cli.done("undo")
    cli.done("edit", "--title", "Mine")


def pack(cli: Cli) -> bytes:
    cli.done("export", "-o", "all.pack")
    return Path("all.pack").read_bytes()


def at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("GZTRACK_DB", str(Path(name).absolute()))


def sealed(lines: list[bytes]) -> bytes:
    """A pack whose last line fits what stands before it, whatever that is."""
    *before, _ = lines
    body = b"".join(before)
    counts = (
        sum(line.startswith(b'{"tx"') for line in before),
        sum(line.startswith(b"[") for line in before),
    )
    end = {"gztrack": "end", "transactions": counts[0], "facts": counts[1]}
    return body + json.dumps(end | {"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"


@pytest.mark.parametrize("how", ["init", "import", "pipe"])
def test_a_pack_makes_the_database_that_it_was_made_of(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    lived(cli)
    data = pack(cli)
    told = [
        cli.done(*words, "--json").out for words in (["status"], ["history", "tech-centres"], ["targets"])
    ]
    at(monkeypatch, "other")
    if how == "init":
        cli.done("init", "--pack", "all.pack")
    else:
        cli.done("init", "--empty", "--tz", "UTC")
        words = ("import", "all.pack") if how == "import" else ("import", "-")
        cli.done(*words, stdin=data if how == "pipe" else "")
    assert cli.done("export", "-f", "pack", "-o", "-").out.encode() == data
    assert [
        cli.done(*words, "--json").out for words in (["status"], ["history", "tech-centres"], ["targets"])
    ] == told
    assert "title Mine" in cli.done("undo").out
    assert cli.done("redo").out


def test_a_pack_comes_in_as_a_merge_does_and_again_it_brings_nothing(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(cli)
    pack(cli)
    at(monkeypatch, "other")
    cli.done("init", "--tz", "UTC")
    cli.done("log", "tech-centres", "495", "--for", "2020")
    dry = cli.done("import", "all.pack", "--dry-run").out.splitlines()
    assert dry[0].startswith("would import 7 transactions of bob, ")
    assert dry[-1] == "nothing was written: a dry run"
    first = cli.done("import", "all.pack").out.splitlines()
    assert first[0] == dry[0].replace("would import", "imported")
    assert first[1].startswith("tech-centres@2020: two readings: 510 by bob on ")
    assert first[-1] == (
        "undo takes back only what you did yourself; a backup from before brings all of it back"
    )
    before = (Path("other") / "facts.jsonl").read_bytes()
    assert (
        cli.done("import", "all.pack").out.splitlines()[0]
        == "nothing is new: all of all.pack is here already"
    )
    assert (Path("other") / "facts.jsonl").read_bytes() == before


def test_a_pack_of_strangers_is_asked_about(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(cli)
    at(monkeypatch, "other")
    cli.done("init", "--pack", HALF)
    cli.done("log", "distance", "20", "--for", "2026-12-01..2026-12-02", "--yes")
    cli.done("export", "-o", "run.pack")
    at(monkeypatch, "db")
    before = cli.journal
    assert cli.refused("import", "run.pack", code=3).startswith("run.pack: has nothing in common with this")
    assert cli.journal == before
    assert cli.done("import", "run.pack", "--yes").out.startswith("imported 2 transactions of ")


def test_json_rows_come_back_with_their_head(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(cli)
    cli.done("edit", "--method", "open-sdg")
    cli("export", "-o", "all.json")
    board = cli.done("status").out
    for name, words in (("one", ("init", "--pack", "all.json")), ("two", ("import", "all.json"))):
        at(monkeypatch, name)
        if name == "two":
            cli.done("init", "--empty", "--tz", "UTC")
        cli.done(*words)
        assert cli.done("status").out == board
        assert cli("export", "-f", "json", "-o", "-").out == Path("all.json").read_text("utf-8")
    assert cli.done("import", "all.json").out.splitlines()[-1] == "nothing is new"
    cli.done("undo")
    assert cli.done("status", "--json").json == []


def test_two_databases_that_begin_with_one_file_merge_without_a_conflict(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        at(monkeypatch, name)
        cli.done("init", "--pack", HALF)
    assert cli.done("merge", "one").out == "nothing is new: all of one is here already\n"
    assert [row["status"] for row in cli.done("status", "--json").json] == [
        "on track",
        "behind",
        "on track",
        "met",
        "off track",
    ]
    assert cli.done("history", "distance", "--json").json[0]["author"] == "seed"
    assert cli.refused("undo").startswith("nothing to undo")


@pytest.mark.parametrize(("name", "words"), [("f.csv", ()), ("f.csv", ("--title", "Mine")), ("-", ())])
def test_a_csv_is_a_pack_too_and_its_title_is_told(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, words: tuple[str, ...]
) -> None:
    text = "kind,indicator,name,unit,period,value\nindicator,x,X,km,,\nreading,x,,,2020,5\n"
    Path("f.csv").write_text(text)
    at(monkeypatch, "other")
    said = cli.done("init", "--pack", name, *words, "--tz", "Asia/Tokyo", stdin=text).out
    title = words[1] if words else "other" if name == "-" else "f"
    assert f": 2 facts of {title}; days go by Asia/Tokyo" in said


def test_a_seed_is_imported_once(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.done("import", str(article_seed())).out.startswith(
        "nothing is new: all of guangzhou.jsonl is here"
    )
    at(monkeypatch, "other")
    cli.done("init", "--empty", "--tz", "UTC")
    assert cli.done("import", str(article_seed())).out.startswith(
        "imported 1 transaction of seed (26 facts) from"
    )
    assert "Guangzhou industrial upgrading" in cli.done("status").out


def test_the_follow_up_is_offered_for_the_article_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from gztrack.services.databases.opening import open_tracker
    from gztrack.storage.locations import Location

    def offered(name: str) -> str:
        return open_tracker(Location(name, named=True), author="a", login="a", writing=False).pack_offer

    assert offered("db") == "guangzhou-followup.csv"
    Path("mine.json").write_text(
        '[{"kind": "indicator", "indicator": "nev-capacity", "name": "Capacity in Leipzig", "unit": "cars/year"}]'
    )
    at(monkeypatch, "other")
    cli.done("init", "--pack", "mine.json")
    assert offered("other") == ""


Change = Callable[[list[bytes]], bytes]


def replaced(line: int, old: bytes, new: bytes) -> Change:
    """A pack in which something stands otherwise, and which is sealed again."""

    def change(lines: list[bytes]) -> bytes:
        assert old in lines[line - 1]
        return sealed([*lines[: line - 1], lines[line - 1].replace(old, new, 1), *lines[line:]])

    return change


DAMAGES: dict[str, tuple[Change, str]] = {
    "cut at a line": (lambda lines: b"".join(lines[:6]), "line 7: the pack breaks off here"),
    "cut in a line": (lambda lines: b"".join(lines)[:900], ": the pack breaks off here"),
    "cut in the last line": (lambda lines: b"".join(lines)[:-2], ": the pack breaks off here"),
    "an altered figure": (
        lambda lines: b"".join(lines).replace(b"300000", b"300001", 1),
        ": does not fit the lines before it, so something in them was altered",
    ),
    "a line taken out": (lambda lines: b"".join([*lines[:4], *lines[5:]]), ": does not fit the lines before it"),
    "something behind it": (lambda lines: b"".join([*lines, b"{}\n"]), ": stands behind the end of the pack"),
    "a newer version": (
        replaced(1, b'"version":1', b'"version":2'),
        "line 1: a pack of version 2, and this gztrack reads version 1: upgrade gztrack",
    ),
    "a version that is none": (replaced(1, b'"version":1', b'"version":true'), "line 1: no pack;"),
    "no zone": (replaced(1, b"Asia/Shanghai", b"Mars/Olympus"), ": no such time zone: 'Mars/Olympus'"),
    "a title that is none": (replaced(1, b'"Guangzhou industrial upgrading"', b"7"), "line 1: title and tz are texts"),
    "a transaction without an author": (
        replaced(2, b'"author":"seed",', b""),
        "line 2: a transaction's line holds the texts tx, at, author, login, action, and no other",
    ),
    "an author that is none": (replaced(2, b'"author":"seed"', b'"author":["seed"]'), "line 2: a transaction's line"),
    "a time that is none": (replaced(2, b"T00:00:00", b"T25:00:00"), "line 2: at: '2026-11-24T25:00:00.000000Z' is no"),
    "a wrong id": (replaced(2, b'"tx":"', b'"tx":"l'), "line 2: 'l"),
    "a fact without an id": (replaced(3, b'"id":', b'"di":'), "line 3: 'None' is no id"),
    "a fact with an envelope": (replaced(3, b'"id":', b'"author":"eve","id":'), "line 3: a fact has a table, and none"),
    "a figure that is a text": (replaced(6, b"81.9", b'"81.9"'), "line 6: readings: value"),
    "a figure too large": (replaced(6, b"81.9", b"9" * 30), "line 6: readings: value"),
    "a figure that is none": (replaced(6, b"81.9", b"NaN"), "line 6: readings: value"),
    "no table": (replaced(3, b'["indicators"', b'[""'), "line 3: a fact has a table"),
    "a list of three": (replaced(3, b'["indicators"', b'["indicators",1'), "line 3: a fact's line holds the name"),
    "a fact that needs more": (replaced(3, b'"unit":', b'"tinu":'), "line 3: indicators: 'unit' is missing"),
    "half a character": (replaced(3, b"NEV annual", b"\\ud800"), "line 3: text holds half a character"),
    "a NUL byte": (replaced(3, b"NEV", b"\0"), "line 3: no JSON"),
    "deep nesting": (replaced(3, b'["indicators"', b"[" * 100_000), "line 3: no JSON, or nested too deep"),
    "no facts": (lambda lines: sealed([*lines[:2], lines[1], *lines[2:]]), "line 3: the transaction in the"),
    "not text": (replaced(3, b"NEV", b"\xff\xfe"), "line 3: no JSON"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "says"), DAMAGES.values(), ids=list(DAMAGES))
@pytest.mark.parametrize(
    "words", [("import", "bad.pack", "--yes"), ("--db", "new", "init", "--pack", "bad.pack")]
)
def test_a_pack_that_breaks_a_rule_is_refused_by_file_and_line(
    cli: Cli, change: Change, says: str, words: tuple[str, ...]
) -> None:
    lines = pack(cli).splitlines(keepends=True)
    Path("bad.pack").write_bytes(change(lines))
    before = cli.journal
    said = cli.refused(*words)
    assert said.startswith("bad.pack")
    assert says in said
    assert cli.journal == before
    assert not Path("new").exists()


def test_a_sealed_pack_without_any_change_is_taken(cli: Cli) -> None:
    """What the table above is worth."""
    lines = pack(cli).splitlines(keepends=True)
    Path("good.pack").write_bytes(sealed(lines))
    cli.done("--db", "new", "init", "--pack", "good.pack")


def test_facts_of_tables_that_only_their_maker_knows_come_along(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gztrack.storage.tinydb_store import JournalDB

    with JournalDB(str(cli.database)) as db:
        db.table("colours").insert({"name": "red", "at all": [1, 2.5, None, True]})
    data = pack(cli)
    assert b'["colours",{"id":' in data
    at(monkeypatch, "other")
    cli.done("init", "--pack", "all.pack")
    assert cli.done("export", "-f", "pack", "-o", "-").out.encode() == data


def test_what_was_logged_after_now_is_told_of(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = pack(cli).splitlines(keepends=True)
    Path("late.pack").write_bytes(replaced(2, b"2026-", b"2196-")(lines))
    at(monkeypatch, "other")
    cli.done("init", "--empty", "--tz", "UTC")
    said = cli.done("import", "late.pack").out
    assert "1 transaction says that it was logged after now, on 2196-11-24 00:00 UTC" in said


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--map", "value=Amount"), "--map"),
        (("--missing", "-"), "--missing"),
        (("--wide", "--partial"), "--wide, --partial"),
    ],
)
def test_options_of_rows_do_not_go_with_a_pack(cli: Cli, option: tuple[str, ...], said: str) -> None:
    pack(cli)
    line = cli.refused("import", "all.pack", *option)
    assert line == f"all.pack: {said} is for rows, and this is a pack, which comes in as it is; leave it out"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("snapshot", "-f", "json"), "a snapshot, which states no facts: gztrack "),
        (("export", "-f", "tinydb"), "TinyDB's JSON, which is not read back: gztrack "),
        (("backup",), "a backup: gztrack "),
    ],
)
def test_what_is_of_ours_and_no_import_says_what_is_done_with_it(
    cli: Cli, words: tuple[str, ...], said: str
) -> None:
    cli.done(*words, "-o", "it.csv")
    for reading in (("import", "it.csv"), ("--db", "new", "init", "--pack", "it.csv")):
        assert cli.refused(*reading).startswith(f"it.csv: {said}")
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("init", "--pack", "none"), "none: cannot be read: no such file or directory"),
        (("init", "--pack", "."), ".: cannot be read: is a directory"),
        (("init", "--pack", HALF, "--tz", "Mars"), "no such time zone: 'Mars'"),
        (("init", "--pack", HALF, "--title", "x" * 201), "title: 201 characters are too many"),
        (("init", "--pack", "all.pack", "--title", "x"), "--title: all.pack says what it is called;"),
        (("init", "--pack", str(followup_pack())), "guangzhou-followup.csv: 19 rows cannot be read"),
    ],
)
def test_a_database_is_not_made_of_what_does_not_hold(cli: Cli, words: tuple[str, ...], said: str) -> None:
    pack(cli)
    assert cli.faults("--db", "new", *words)[0].startswith(said)
    assert not Path("new").exists()


def test_a_pack_has_no_json_around_it(cli: Cli) -> None:
    assert cli.refused("export", "-f", "pack", "-o", "-", "--json").startswith(
        "export: pack on standard output is no"
    )
    assert cli.done("export", "-f", "pack", "-o", "a.jsonl", "--json").json["path"] == "a.jsonl"
    assert cli.done("import", "a.jsonl", "--json").json == {
        "id": None,
        "tx": None,
        "handle": None,
        "echo": ["nothing is new: all of a.jsonl is here already"],
    }
