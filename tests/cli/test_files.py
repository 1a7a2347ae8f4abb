"""``snapshot``, ``export`` and ``import``: files in and out, never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gztrack.services.databases.seeding import followup_pack

from .conftest import Cli

OPENINGS = {"md": "# ", "csv": "", "json": "{", "txt": "", "svg": "<"}


@pytest.mark.parametrize("kind", OPENINGS)
def test_a_snapshot_goes_to_standard_output_and_is_the_same_each_time(cli: Cli, kind: str) -> None:
    out = cli.done("snapshot", "-f", kind).out
    assert out.startswith(OPENINGS[kind])
    assert "NEV annual production capacity" in out
    assert cli.done("--as", "bob", "snapshot", "-f", kind).out == out


def test_a_snapshot_is_markdown_unless_told(cli: Cli) -> None:
    assert cli.done("snapshot").out == cli.done("snapshot", "-f", "md", "-o", "-").out


@pytest.mark.parametrize(
    ("name", "kind"),
    [("r.md", "md"), ("r.markdown", "md"), ("r.CSV", "csv"), ("r.svg", "svg"), ("r.txt", "txt"), ("r", "md")],
)
def test_the_name_of_the_file_says_the_format(cli: Cli, tmp_path: Path, name: str, kind: str) -> None:
    out = cli.done("snapshot", "-o", name).out
    assert out.startswith(f"wrote {name}")
    assert (tmp_path / name).read_bytes().decode() == cli.done("snapshot", "-f", kind).out


def test_the_option_wins_over_the_name(cli: Cli, tmp_path: Path) -> None:
    cli.done("snapshot", "-f", "json", "-o", "r.txt")
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("{")


def test_a_file_that_is_there_is_replaced_only_by_force(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("mine")
    (tmp_path / "r.csv").write_text("mine")
    for words in (("snapshot", "-o", "r.md"), ("export", "-o", "r.csv")):
        assert cli.refused(*words) == f"{words[2]}: is there already; --force replaces it"
        assert (tmp_path / words[2]).read_text() == "mine"
        assert cli(*words, "--force").code == 0
        assert (tmp_path / words[2]).read_text() != "mine"
    assert sorted(os.listdir(tmp_path)) == ["db", "r.csv", "r.md"]


def test_a_snapshot_is_as_of_a_date_and_by_a_method(cli: Cli) -> None:
    out = cli.done("snapshot", "--as-of", "2020-12-31", "--method", "un-chart", "-f", "txt").out
    assert "2020-12-31" in out
    assert "un-chart" in out


def test_the_chart_of_one_indicator_is_a_picture(cli: Cli, tmp_path: Path) -> None:
    out = cli.done("snapshot", "uhd-output", "--chart").out

    assert out.startswith(OPENINGS["svg"])
    assert out.count("UHD video industry output") >= 2
    cli.done("snapshot", "uhd-output", "--chart", "-f", "svg", "-o", "uhd.svg")
    assert (tmp_path / "uhd.svg").read_text("utf-8") == out
    assert cli.done("snapshot", "uhd-output", "-f", "svg").out != out


def test_json_says_which_file_was_written(cli: Cli) -> None:
    assert cli.done("snapshot", "-o", "r.md", "--json").json["path"] == "r.md"
    assert cli("export", "-o", "r.csv", "--json").json["path"] == "r.csv"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["snapshot", "-f", "xlsx"], "snapshot: xlsx is no text: name a file with -o PATH"),
        (["snapshot", "-f", "png"], "snapshot: png is no text: name a file with -o PATH"),
        (["snapshot", "-f", "docx"], "-f: no such format: 'docx'; there are md, html, csv, json, txt, svg, xlsx, png"),
        (["snapshot", "-o", "a.docx"],
         "'a.docx' ends in no format that is known; say it with -f: there are md, html, csv, json, txt, svg,"),
        (["snapshot", "--chart"], "snapshot: --chart is about one indicator: gztrack snapshot ID --chart"),
        (["snapshot", "uhd-output", "nev-output", "--chart"],
         "snapshot: --chart is about one indicator: gztrack snapshot uhd-output --chart"),
        (["snapshot", "uhd-output", "--chart", "--only", "behind"], "snapshot: --chart is about one indicator"),
        (["snapshot", "uhd-output", "--chart", "-f", "md"],
         "snapshot: --chart makes a picture, and md is none: say -f svg"),
        (["snapshot", "uhd-output", "--chart", "--json"],
         "snapshot: a chart is no JSON: leave --chart or --json out"),
        (["snapshot", "uhd-output", "--chart", "-o", "a.csv"],
         "snapshot: --chart makes a picture, and csv is none: say -f svg"),
        (["snapshot", "--force"], "snapshot: --force is about a file; name it with -o PATH"),
        (["snapshot", "-o", "none/a.md"], "none/a.md: there is no folder "),
        (["snapshot", "-f", "md", "-o", "db"], "db: is a folder; name a file in it"),
        (["export"], "export: say where to: -o PATH, or -o - for standard output"),
        (["export", "-o", "-"], "say the format with -f: there are pack, csv, json, tinydb"),
        (["export", "-o", "a.xlsx"],
         "'a.xlsx' ends in no format that is known; say it with -f: there are pack, csv, json, tinydb"),
        (["export", "-f", "xml", "-o", "a"], "-f: no such format: 'xml'; there are pack, csv, json, tinydb"),
        (["export", "-o", "none/a.pack"], "none/a.pack: there is no folder "),
        (["export", "-f", "pack", "-o", "db"], "db: is a folder; name a file in it"),
        (["export", "-f", "pack", "-o", "/dev/null"], "/dev/null: is no ordinary file; name another one"),
        (["import"], "import: FILE is missing; for example: gztrack import figures.csv --map value=Amount"),
        (["import", "none.csv"], "none.csv: cannot be read: no such file or directory"),
        (["import", "db"], "db: cannot be read: is a directory"),
        (["import", "x.csv", "--map", "value"], "--map: no pair: 'value'; as in --map value=Amount"),
        (["import", "x.csv", "--map", "value=A", "--map", "value=B"],
         "--map: value is placed twice: in 'A' and in 'B'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    cli: Cli, tmp_path: Path, words: list[str], said: str
) -> None:
    before = cli.journal
    assert cli.refused(*words).startswith(said)
    assert cli.journal == before
    assert os.listdir(tmp_path) == ["db"]


def test_what_is_exported_is_imported_into_an_empty_database_unchanged(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.done("import", str(followup_pack()))
    assert cli("export", "-f", "csv", "-o", "all.csv").code == 0
    monkeypatch.setenv("GZTRACK_DB", str(tmp_path / "other"))
    cli.done("init", "--empty", "--tz", "UTC")
    cli.done("import", "all.csv", "--yes")
    assert cli("export", "-f", "csv", "-o", "-").out == (tmp_path / "all.csv").read_bytes().decode()


def test_a_dry_run_counts_and_writes_nothing(cli: Cli) -> None:
    before = cli.journal
    *rows, counts, last = cli.done("import", str(followup_pack()), "--dry-run").out.splitlines()
    assert (counts, last) == (
        "guangzhou-followup.csv: 24 new, 0 revised, 0 same",
        "nothing was written: a dry run",
    )
    assert len(rows) == 24
    assert all(row.startswith("line ") and ": new " in row for row in rows)
    assert cli.journal == before


def test_an_import_is_one_action(cli: Cli) -> None:
    found = cli.done("import", str(followup_pack()), "--json").json
    assert found["tx"] == cli.written[-1].tx
    cli.done("undo")
    assert cli.refused("show", "nev-output").startswith("no such indicator")


def test_columns_and_missing_marks_are_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("What,When,Amount\ntech-centres,2020,500\ntech-centres,2021,N/A\n")
    out = cli.done(
        "import", "f.csv", "--map", "indicator=What", "--map=period=When", "--map", "value=Amount", "--missing", "N/A,-"
    ).out  # fmt: skip
    assert out.splitlines()[0] == "f.csv: 1 new, 0 revised, 0 same; 1 without a value, skipped"
    assert cli.last["value"] == 500


def test_a_wide_file_has_periods_as_columns(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("indicator,2020,2021\ntech-centres,500,510\n")
    cli.done("import", "f.csv", "--wide")
    assert [fact["value"] for _, fact in cli.written[0].facts] == [500, 510]


def test_bad_rows_are_named_and_partial_leaves_them_out(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("indicator,period,value\ntech-centres,2020,500\ntech-centres,2021,many\n")
    before = cli.journal
    head, row = cli.faults("import", "f.csv")
    assert head == "f.csv: 1 row cannot be read, nothing was imported"
    assert row.startswith("line 3, column 3: value: ")
    assert cli.journal == before
    ran = cli("import", "f.csv", "--partial")
    assert (ran.code, ran.err) == (0, f"gztrack: {row}\n")
    assert [fact["value"] for _, fact in cli.written[0].facts] == [500]


def test_a_row_that_looks_like_a_slip_is_asked_about_until_yes(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("indicator,period,value\ntech-centres,2020,50000\n")
    head, row, hint = cli.faults("import", "f.csv", code=3)
    assert head == "f.csv: 1 row looks like a slip, nothing was imported"
    assert row.startswith("line 2: 101 times")
    assert hint == "--yes imports as it is"
    cli.done("import", "f.csv", "--yes")


def test_an_export_as_csv_says_what_has_no_place_in_it(cli: Cli) -> None:
    assert cli("export", "-o", "a.csv").err == ""

    cli.done("edit", "--method", "open-sdg", "--title", "Plans")
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")
    cli.done("pin", "nev-capacity@last")
    cli.done("pin", "tech-centres@last")
    cli.done("target", "tech-centres", "600", "--due", "2127")
    cli.done("target", "drop", "tech-centres@2127", "--reason", "left out")
    cli.done("archive", "uhd-output")
    for words in (("-f", "csv", "-o", "-"), ("-o", "b.csv", "--json")):
        assert cli("export", *words).err == (
            "gztrack: left out, for a CSV has no place for it: the method open-sdg,"
            " 1 archived indicator, 1 dropped target, 2 pins\n"
        )
    assert cli.done("export", "-o", "c.json", "-f", "tinydb").err == ""
