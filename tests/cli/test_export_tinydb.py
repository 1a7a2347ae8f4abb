"""``export -f tinydb``: a file that TinyDB itself opens, reads and goes on with."""

from __future__ import annotations

import json
from pathlib import Path

from tinydb import TinyDB, where

from gztrack.services.databases.seeding import followup_pack
from gztrack.storage.journal import Journal
from gztrack.storage.reading import transactions

from .conftest import Cli


def written(cli: Cli, name: str = "facts.json") -> TinyDB:
    cli.done("export", "-f", "tinydb", "-o", name)
    return TinyDB(name)


def lived(cli: Cli) -> None:
    """A database in which everything has happened once."""
    cli.done("import", str(followup_pack()))
    cli.done("correct", "tech-centres@2019-Q3", "496", "--note", "广州 “quoted”")
    cli.done("retract", "tech-centres@2019-Q3", "--reason", "typed into the wrong row")
    cli.done("target", "nev-capacity", "2m", "--due", "2027")
    cli.done("pin", "nev-capacity@last")
    cli.done("undo")


def test_tinydb_finds_every_fact_in_it(cli: Cli) -> None:
    lived(cli)
    stated = [pair for each in transactions(Journal(str(cli.database))) for pair in each.facts]
    with written(cli) as db:
        assert db.tables() == {
            "indicators",
            "readings",
            "targets",
            "retractions",
            "pins",
            "settings",
            "undos",
        }
        assert sum(len(db.table(name)) for name in db.tables()) == len(stated)
        for name, record in stated:
            (found,) = db.table(name).search(where("id") == record["id"])
            assert {field: found[field] for field in record} == record
        assert len(db.table("readings").search(where("indicator") == "tech-centres")) == 2
        assert {"tx", "at", "author", "login"} <= set(db.table("pins").all()[0])


def test_documents_are_numbered_in_the_order_of_logging_and_an_insert_gets_the_next_number(cli: Cli) -> None:
    lived(cli)
    with written(cli) as db:
        readings = db.table("readings")
        documents = list(readings)
        assert [each.doc_id for each in documents] == list(range(1, len(documents) + 1))
        assert documents == sorted(documents, key=lambda each: (each["at"], each["id"]))
        assert readings.insert({"indicator": "mine"}) == len(documents) + 1
    with TinyDB("facts.json") as db:
        assert db.table("readings").count(where("indicator") == "mine") == 1


def test_the_same_facts_give_the_same_bytes_which_any_encoding_reads(cli: Cli) -> None:
    lived(cli)
    out = cli.done("export", "-f", "tinydb", "-o", "-").out
    assert cli.done("export", "-f", "tinydb", "-o", "-").out == out
    assert out.isascii()
    cli.done("export", "-f", "tinydb", "-o", "facts.json")
    assert Path("facts.json").read_text("ascii") == out
    notes = [each.get("note") for each in json.loads(out)["readings"].values()]
    assert "广州 “quoted”" in notes


def test_a_database_without_facts_is_a_file_without_tables(cli: Cli) -> None:
    cli.done("--db", "bare", "init", "--empty", "--tz", "UTC")
    cli.done("--db", "bare", "export", "-f", "tinydb", "-o", "bare.json")
    with TinyDB("bare.json") as db:
        assert db.tables() == set()
        assert db.insert({"a": 1}) == 1


def test_a_table_that_somebody_made_through_tinydb_is_there_too(cli: Cli) -> None:
    from gztrack.storage.tinydb_store import TinyDBStore

    TinyDBStore(str(cli.database)).table("notes").insert({"text": "mine"})
    with written(cli) as db:
        assert [each["text"] for each in db.table("notes")] == ["mine"]
