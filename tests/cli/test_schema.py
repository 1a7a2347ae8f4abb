"""``gztrack schema``: what is published, in the domain's own words, with every key that was ever promised."""

from __future__ import annotations

import json

import pytest

from books import GOLDEN
from gztrack.cli.catalogue import COMMANDS
from gztrack.domain.records import COMPARATORS, DIRECTIONS, MEASURES, METHODS, QUALIFIERS
from gztrack.export.schemas import PUBLISHED, schema
from gztrack.services.views import STANDINGS, STATES, STATUS_ORDER, VERDICTS
from schemas import listing, properties, validator

from .conftest import Cli

BY_THEMSELVES = {"board"}
"""Commands that print no data."""

HOOKS = ["on-log", "on-target"]
DESCRIBED = [*(each for each in COMMANDS if each not in BY_THEMSELVES), *HOOKS]


@pytest.mark.parametrize("command", DESCRIBED)
def test_every_command_has_a_schema(command: str) -> None:
    assert command in PUBLISHED


def test_every_schema_is_of_a_command() -> None:
    assert set(PUBLISHED) <= {*COMMANDS, *HOOKS}


@pytest.mark.parametrize("command", PUBLISHED)
def test_a_schema_is_one_of_draft_2020_12_and_complete_in_itself(cli: Cli, command: str) -> None:
    found = json.loads(cli.done("schema", command).out)
    validator(command).check_schema(found)
    assert found == schema(command)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"] == f"urn:gztrack:schema:{command}:1"
    named = {word for word in json.dumps(found).split('"') if word.startswith("#/$defs/")}
    assert named == {f"#/$defs/{name}" for name in found.get("$defs", {})}


@pytest.mark.parametrize("command", PUBLISHED)
def test_every_property_says_what_it_is(command: str) -> None:
    found = schema(command)
    for path, each in properties(found):
        there = each if "description" in each else found["$defs"][each["$ref"].rpartition("/")[2]]
        assert there["description"].endswith("."), path


@pytest.mark.parametrize("command", PUBLISHED)
def test_a_schema_leaves_room_for_keys_to_come(command: str) -> None:
    text = json.dumps(schema(command))
    assert '"additionalProperties": false' not in text
    assert "unevaluatedProperties" not in text


def test_strictly_held_a_schema_refuses_an_undocumented_key(cli: Cli) -> None:
    data = json.loads(cli.done("status", "--json").out)
    assert validator("status").is_valid(data)
    data[0]["target"]["more"] = 1
    assert not validator("status").is_valid(data)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("qualifier", QUALIFIERS),
        ("comparator", COMPARATORS),
        ("measure", MEASURES),
        ("direction", DIRECTIONS),
        ("method", METHODS),
        ("status", STATUS_ORDER),
        ("verdict", VERDICTS),
        ("state", STATES),
        ("standing", STANDINGS),
    ],
)
def test_words_are_exactly_those_of_the_domain(name: str, words: tuple[str, ...]) -> None:
    known = (schema(command).get("$defs", {}) for command in PUBLISHED)
    found = {tuple(defs[name]["enum"]) for defs in known if name in defs}
    assert found == {words}


PROMISED = {
    "status": "id name group unit measure direction reading target attainment path time status reason method ratio"
    " projection reached_on",
    "history": "id period value qualifier series author logged_at note source replaces",
    "targets": "id indicator value comparator due stated_on stated_by quote source replaced_by verdict evidence margin",
}
"""Keys that scripts were promised before there were schemas."""


@pytest.mark.parametrize("command", PROMISED)
def test_what_was_promised_is_required(command: str) -> None:
    assert set(PROMISED[command].split()) <= set(schema(command)["items"]["required"])


def test_what_was_promised_of_a_rows_figures_is_required() -> None:
    found = schema("status")["$defs"]
    assert {"value", "qualifier", "period", "period_end"} <= set(found["reading"]["required"])
    assert {"value", "comparator", "due"} <= set(found["target"]["required"])


@pytest.mark.parametrize("command", PUBLISHED)
def test_whatever_is_described_is_always_there(command: str) -> None:
    def complete(found: object) -> None:
        if isinstance(found, dict):
            if isinstance(found.get("properties"), dict):
                assert found["required"] == list(found["properties"])
            for each in found.values():
                complete(each)
        elif isinstance(found, list):
            for each in found:
                complete(each)

    complete(schema(command))


def test_schema_alone_lists_what_has_one(cli: Cli) -> None:
    lines = cli.done("schema").out.splitlines()
    assert [line.split()[0] for line in lines] == DESCRIBED
    assert cli.done("schema", "--lang", "zh").out.splitlines()[0].startswith("log        记")


def test_schema_as_json_is_all_of_them(cli: Cli) -> None:
    assert cli.done("schema", "--json").json == {command: schema(command) for command in DESCRIBED}


def test_a_schema_needs_no_database(nowhere: Cli) -> None:
    assert nowhere.done("--db", "/nowhere", "schema", "status").json == schema("status")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["statsu"], "no such command: 'statsu'; did you mean 'status'? gztrack --help lists them"),
        (["status", "show"], "schema: 'show' is left over; for example: gztrack schema status"),
    ],
)
def test_a_schema_of_what_there_is_not_is_refused(cli: Cli, words: list[str], said: str) -> None:
    assert cli.refused("schema", *words) == said


def test_a_command_that_prints_no_json_has_no_schema(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gztrack.cli.schema.PUBLISHED", {"status": "board"})
    assert cli.refused("schema", "cite") == "cite prints no JSON; gztrack schema lists what does"
    assert list(cli.done("schema", "--json").json) == ["status"]


def test_what_scripts_rely_on_changes_only_where_somebody_says_so() -> None:
    """A key that is gone or means another type breaks scripts; `tests/golden/make.py` writes the list anew."""
    assert listing() == (GOLDEN / "schemas.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["export", "-f", "csv", "-o", "-"],
            "export: csv on standard output is no JSON: leave --json out, or -f json prints JSON",
        ),
        (["snapshot", "-f", "md"], "snapshot: md is no JSON: leave -f md or --json out"),
        (["config", "--example"], "config: --example prints a file to begin with, in TOML: leave --json out"),
    ],
)
def test_what_has_no_json_refuses_to_be_asked_for_it(cli: Cli, words: list[str], said: str) -> None:
    assert cli.refused(*words, "--json") == said
    assert cli.refused("--json", *words) == said
    assert cli.done(*words).out


@pytest.mark.parametrize("words", [["export", "-f", "tinydb", "-o", "-"], ["snapshot", "-f", "json"]])
def test_a_format_that_is_json_goes_with_it(cli: Cli, words: list[str]) -> None:
    assert cli.done(*words, "--json").json
