"""What each command leaves unimported: cost follows use, and only this keeps it so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.storage.creation import create
from terminal import bare_environment

SCREEN = {"textual", "rich"}
VALIDATION = {"pydantic", "pydantic_core", "annotated_types"}
STORE = {"tinydb", "orjson"}
COSTLY = {
    "dataclasses",
    "inspect",
    "decimal",
    "tempfile",
    "subprocess",
    "logging",
    "asyncio",
    "shutil",
    "importlib.metadata",
}

SETTINGS = {"tomllib", "gztrack.services.preferences", "gztrack.services.keymap", "gztrack.services.actions"}
"""What a person's config file needs, which only the board and ``gztrack config`` read."""

OTHERS = {
    f"gztrack.{module}"
    for module in (
        "services.board.alarms",
        "services.board.details",
        "services.board.figures",
        "services.importing.importer",
        "services.merging.merger",
        "services.board.parts",
        "services.entering.previews",
        "services.explaining.why",
        "export.detail_text",
        "export.forms",
        "export.ledger_text",
        "export.phrases",
        "export.report",
    )
}
"""What other questions need: one indicator, its sums, the ledger, alarms, forms, files."""

MOST = 88
"""Modules of ours that ``status`` may import. Each costs about a third of a millisecond at every start, and a module
that is imported at the top of another comes along unnoticed. Raise it only for what the board itself needs."""

_RUN = """
import json, sys
from gztrack.__main__ import main
sys.argv = ["gztrack", *sys.argv[1:]]
code = main()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made from the article's seed, with one reading logged the short way."""
    seed = read_seed(article_seed())
    made = tmp_path_factory.mktemp("cold") / "db"
    create(str(made), seed.title, seed.tz, (seed.transaction,))
    loaded(made, "log", "nev-capacity", "310k", "--for", "2020-05")
    return made


def loaded(database: Path, *words: str, stdin: str = "", asked: str = "") -> set[str]:
    """Names of the modules that a command has imported when it is done.

    Args:
        asked: What an SSH client sent, for a gate.
    """
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, *words],
        env=bare_environment()
        | {
            "SSH_ORIGINAL_COMMAND": asked,
            "GZTRACK_DB": str(database),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(json.loads(ran.stderr.splitlines()[-1]))


def ours(modules: set[str]) -> set[str]:
    """The modules that are neither the standard library's nor part of the interpreter's own start."""
    started = set(
        json.loads(
            subprocess.run(
                [sys.executable, "-c", "import json, sys; print(json.dumps(sorted(sys.modules)))"],
                capture_output=True,
                check=True,
                timeout=60,
            ).stdout
        )
    )
    # How the interpreter was built is kept in a module whose name holds the platform.
    standard = sys.stdlib_module_names | {name for name in modules if name.startswith("_sysconfigdata")}
    return {name for name in modules - started if name.partition(".")[0] not in standard}


@pytest.mark.parametrize("word", ["--version", "--help", "-h"])
def test_version_and_help_import_only_the_standard_library(database: Path, word: str) -> None:
    modules = loaded(database, word)
    assert {name.partition(".")[0] for name in ours(modules)} == {"gztrack"}
    assert not modules & {"argparse", "typing", "datetime", "gztrack.cli.words", "gztrack.domain.text"}


@pytest.mark.parametrize("words", [("--json", "--version"), ("log", "--help"), ("help", "snapshot")])
def test_help_of_a_command_imports_only_the_standard_library(database: Path, words: tuple[str, ...]) -> None:
    modules = loaded(database, *words)
    assert not modules & (SCREEN | VALIDATION | STORE)


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("log", "nev-capacity", "310k", "--for", "2020-06"), ""),
        (("log", "nev-capacity", "--by", "+5k", "--for", "2020-07", "--json"), ""),
        (("log", "nev-capacity", "320k", "--key", "k", "--as", "ann"), ""),
        (("log", "-"), "nev-capacity 310k 2020-08\ntech-centres 500 2020 # note\n"),
    ],
)
def test_log_imports_neither_store_nor_validation_nor_screen(
    database: Path, words: tuple[str, ...], stdin: str
) -> None:
    modules = loaded(database, *words, stdin=stdin)
    assert not modules & (SCREEN | VALIDATION | STORE | COSTLY | SETTINGS)
    assert {name.partition(".")[0] for name in ours(modules)} == {"gztrack"}


def test_log_through_a_gate_imports_no_more_than_the_gate_itself(database: Path) -> None:
    plain = loaded(database, "log", "nev-capacity", "310k", "--for", "2020-03")
    assert not {name for name in plain if name.startswith(("gztrack.cli.gat", "gztrack.services.permits"))}

    gate = ("gate", "--as", "ann", "--db", str(database), "--allow", "log")
    modules = loaded(database, *gate, asked="log nev-capacity 310k --for 2020-04")
    assert {"gztrack.services.quicklog", "gztrack.services.permits"} <= modules
    assert not modules & (SCREEN | VALIDATION | STORE | COSTLY | SETTINGS)


@pytest.mark.parametrize("name", ["ids", "groups", "readings", "targets"])
def test_what_a_shell_asks_while_somebody_types_costs_no_more_than_logging(database: Path, name: str) -> None:
    modules = loaded(database, "completion", "--list", name)
    assert not modules & (SCREEN | VALIDATION | STORE | COSTLY | SETTINGS)
    assert "gztrack.cli.shells" not in modules


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("status", "--json", "--as-of", "2020"),
        ("show", "nev-capacity"),
        ("history", "nev-capacity"),
        ("targets",),
        ("why", "nev-capacity"),
        ("check",),
        ("cite", "nev-capacity@last"),
        ("backup", "-o", "-"),
        ("doctor",),
    ],
)
def test_a_reading_command_imports_neither_validation_nor_screen(
    database: Path, words: tuple[str, ...]
) -> None:
    assert not loaded(database, *words) & (SCREEN | VALIDATION | SETTINGS)


@pytest.mark.parametrize("words", [("schema",), ("schema", "status"), ("schema", "--json")])
def test_a_schema_is_built_without_validation_store_or_screen(database: Path, words: tuple[str, ...]) -> None:
    modules = loaded(database, *words)
    assert not modules & (SCREEN | VALIDATION | STORE)
    assert {name.partition(".")[0] for name in ours(modules)} == {"gztrack"}


def test_a_schema_that_is_not_asked_for_is_not_built(database: Path) -> None:
    modules = loaded(database, "schema", "log")
    found = {name for name in modules if name.startswith("gztrack.export.schemas.")}
    assert found == {f"gztrack.export.schemas.{name}" for name in ("blocks", "shared", "written")}


@pytest.mark.parametrize(
    "words",
    [
        ("correct", "nev-capacity@2020-05", "311k"),
        ("target", "nev-capacity", "1.5m", "--due", "2027"),
        ("edit", "nev-capacity", "--definition", "all plants"),
        ("undo",),
        ("snapshot", "-f", "svg"),
        ("export", "-f", "csv", "-o", "-"),
        ("export", "-f", "tinydb", "-o", "-"),
    ],
)
def test_no_command_imports_the_screen(database: Path, words: tuple[str, ...]) -> None:
    assert not loaded(database, *words) & SCREEN


def test_a_command_imports_only_its_own_module_of_commands(database: Path) -> None:
    from gztrack.cli.catalogue import COMMANDS

    modules = loaded(database, "status")
    found = {name for name in {f"gztrack.cli.{module}" for module, _ in COMMANDS.values()} if name in modules}
    assert found == {"gztrack.cli.status"}


def test_status_imports_nothing_that_only_other_questions_need(database: Path) -> None:
    modules = loaded(database, "status")

    assert not modules & OTHERS
    assert len({name for name in modules if name.startswith("gztrack.")}) <= MOST


@pytest.mark.parametrize(
    ("words", "used"),
    [
        (("show", "nev-capacity"), {"services.board.details", "export.detail_text"}),
        (("check", "--fail-on", "stale", "--stale-after", "never"), {"services.board.alarms"}),
        (("why", "nev-capacity"), {"services.explaining.why"}),
    ],
)
def test_what_status_leaves_is_there_for_who_asks(
    database: Path, words: tuple[str, ...], used: set[str]
) -> None:
    assert {f"gztrack.{module}" for module in used} <= loaded(database, *words) & OTHERS


_NEW = """
import sys
there = set(sys.modules)
from gztrack.__main__ import main
sys.argv = ["gztrack", *sys.argv[1:]]
code = main()
print(*sorted(set(sys.modules) - there), file=sys.stderr)
sys.exit(code)
"""
AS_DEAR_AS_LOGGING = {
    "re",
    "typing",
    "enum",
    "functools",
    "collections",
    "contextlib",
    "json",
    "argparse",
    "gettext",
}


@pytest.mark.parametrize(
    "words",
    [
        ("nev-capacity", "310k", "--for", "2020-06"),
        ("5g-base-stations", ">10000", "--for", "2020-Q2"),
        ("nev-capacity", "31万", "--for", "2020", "--note", "by phone"),
        ("nev-output-growth", "81.9%", "--for", "2020-H1"),
        ("tech-centres", "~500", "--for", "2020-05-17"),
    ],
)
def test_a_reading_in_plain_words_is_logged_without_what_costs_as_much(
    database: Path, words: tuple[str, ...]
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _NEW, "log", *words],
        env=bare_environment()
        | {"GZTRACK_DB": str(database), "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    new = set(ran.stderr.splitlines()[-1].split())
    assert "gztrack.services.quicklog" in new
    assert not new & AS_DEAR_AS_LOGGING
    assert not {name for name in new if name.endswith((".many", ".bulk", ".bulklog", ".chinese", ".misread"))}
