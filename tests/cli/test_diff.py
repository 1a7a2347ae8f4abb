"""``diff``: two dates, two files, and both ways the same; both sides of an import."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from differences import stirred
from gztrack.export.diff import form
from gztrack.services.databases.seeding import followup_pack
from schemas import conforms

from .conftest import Cli

PACK = str(followup_pack())


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes it another day, both for what is logged and for what counts as today."""

    def become(day: str) -> None:
        noon = int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()) * 10**9
        monkeypatch.setattr(time, "time_ns", lambda: noon)
        monkeypatch.setenv("GZTRACK_TODAY", day)

    return become


@pytest.fixture
def imported(cli: Cli, on: Callable[[str], None]) -> Cli:
    """The seed, which is of 2026-11-24; on 2026-11-26 its follow-up came in; a snapshot before and after."""
    on("2026-11-25")
    cli.done("snapshot", "-f", "json", "-o", "before.json")
    on("2026-11-26")
    cli.done("import", PACK)
    cli.done("snapshot", "-f", "json", "-o", "after.json")
    return cli


def news(cli: Cli, *words: str, stdin: str = "") -> dict[str, Any]:
    """A diff as JSON, without its sides."""
    found: dict[str, Any] = cli.done("diff", *words, "--json", stdin=stdin).json
    return {key: each for key, each in found.items() if key not in ("old", "new")}


def counts(found: dict[str, Any]) -> dict[str, int]:
    return {key: len(each) for key, each in found.items() if isinstance(each, list)}


BROUGHT = {"readings": 17, "corrections": 0, "targets": 6, "statuses": 4, "verdicts": 1}


def test_what_an_import_brought_is_new_between_the_snapshots_of_before_and_after(imported: Cli) -> None:
    found = news(imported, "before.json", "after.json")

    assert counts(found) == BROUGHT
    assert news(imported, "after.json", "after.json")["empty"]


def test_and_between_the_days_of_before_and_after(imported: Cli) -> None:
    assert counts(news(imported, "2026-11-25", "2026-11-26")) == BROUGHT
    assert counts(news(imported, "yesterday", "today")) == BROUGHT
    assert news(imported, "2026-11-24", "2026-11-25")["empty"]


@pytest.mark.parametrize("days", [("2026-11-25", "2026-11-26"), ("2026-11-26", "2027-12-31")])
def test_dates_and_snapshots_of_the_same_clocks_agree(imported: Cli, days: tuple[str, str]) -> None:
    for day, name in zip(days, ("a.json", "b.json"), strict=True):
        imported.done("snapshot", "-f", "json", "-o", name, "--as-of", day, "--logged-by", day)

    by_dates = news(imported, *days)

    assert by_dates == news(imported, "a.json", "b.json")
    assert by_dates == news(imported, days[0], "b.json")
    assert by_dates == news(imported, "a.json", days[1])


def test_a_day_is_told_with_its_hash_as_a_file_is(imported: Cli) -> None:
    found = imported.done("diff", "2026-11-26", "after.json", "--json").json

    assert found["old"]["hash"].startswith("sha256:")
    assert (found["old"]["file"], found["new"]["file"]) == (None, "after.json")
    assert found["new"]["hash"] == json.loads(Path("after.json").read_text())["hash"]


EARLY = "before the first entry, of 2026-11-24"


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (("2026-11-25", "2026-11-26"),
         "2026-11-25 (as it was known that day)", "2026-11-26 (as it was known that day)"),
        (("2020-12-31", "2026-11-25"),
         f"2020-12-31 ({EARLY}, in hindsight: with what was logged up to 2026-11-25)",
         "2026-11-25 (as it was known that day)"),
        (("2020-12-31", "2023-12-31"),
         f"2020-12-31 ({EARLY}, with all that is known now)", f"2023-12-31 ({EARLY}, with all that is known now)"),
        (("2026-11-25", "2026-11-26", "--hindsight"),
         "2026-11-25 (with all that is known now)", "2026-11-26 (with all that is known now)"),
        (("2020-12-31", "after.json"),
         f"2020-12-31 ({EARLY}, with all that is known now)", "2026-11-26 (after.json)"),
        (("before.json", "after.json"), "2026-11-25 (before.json)", "2026-11-26 (after.json)"),
    ],
)  # fmt: skip
def test_the_head_says_what_was_known_on_each_side(
    imported: Cli, words: tuple[str, ...], old: str, new: str
) -> None:
    said = " ".join(imported.done("diff", *words, "-f", "md").out.split("\n\n")[1].split())

    assert said == f"From {old} to {new}."


def test_a_day_before_anything_was_known_is_not_compared_with_what_came_later(imported: Cli) -> None:
    assert counts(news(imported, "2020-12-31", "2026-11-25"))["corrections"] == 0
    assert news(imported, "2026-11-25", "2026-11-26", "--hindsight")["empty"]


def test_standard_input_holds_one_side(imported: Cli) -> None:
    whole = imported.done("snapshot", "-f", "json").out

    assert counts(news(imported, "before.json", "-", stdin=whole)) == BROUGHT
    assert counts(news(imported, "2026-11-25", "-", stdin=whole)) == BROUGHT


def test_a_file_that_is_called_like_a_date_has_its_folder_named(imported: Cli) -> None:
    Path("after.json").rename("2026")
    Path("after").mkdir()

    assert counts(news(imported, "before.json", "./2026")) == BROUGHT


def test_two_files_need_no_database(imported: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZTRACK_DB", "nowhere")

    assert counts(news(imported, "before.json", "after.json")) == BROUGHT


def test_only_some_indicators_or_a_group(imported: Cli) -> None:
    some = news(
        imported, "before.json", "after.json", "--indicator", "uhd-output", "--indicator", "nev-output"
    )
    group = news(imported, "before.json", "after.json", "--group", "new energy vehicles")

    assert {each["indicator"] for each in some["readings"]} == {"uhd-output", "nev-output"}
    assert {each["indicator"] for each in group["readings"]} == {
        "nev-capacity",
        "nev-output",
        "nev-output-growth",
    }
    assert news(imported, "before.json", "after.json", "--indicator", "subsidies")["empty"]


@pytest.mark.parametrize("kind", ["txt", "md", "json"])
def test_it_goes_into_a_file_as_it_is_printed(imported: Cli, kind: str) -> None:
    printed = imported.done("diff", "before.json", "after.json", "-f", kind).out
    done = imported.done("diff", "before.json", "after.json", "-o", f"new.{kind}")

    assert Path(f"new.{kind}").read_text("utf-8") == printed
    assert done.out == f"wrote new.{kind}\n"
    assert "is there already" in imported.refused("diff", "before.json", "after.json", "-o", f"new.{kind}")
    imported.done("diff", "after.json", "after.json", "-o", f"new.{kind}", "--force")
    assert Path(f"new.{kind}").read_text("utf-8") != printed
    assert imported.done("diff", "before.json", "after.json", "-o", "x.md", "--json").json["path"] == "x.md"


def test_text_keeps_to_the_width_and_to_ascii(imported: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = imported.done("diff", "before.json", "after.json", "--ascii").out

    assert out.isascii()
    assert "no reading -> cannot tell" in out
    assert max(len(line) for line in out.splitlines() if "http" not in line) <= 60


def test_in_chinese_words_are_chinese_and_json_is_not(imported: Cli) -> None:
    out = imported.done("--lang", "zh", "diff", "before.json", "after.json").out

    assert "新能源汽车年产能：2022 为 >1,000,000 辆/年" in out
    assert "到期时无法判定；至 2022-12-31 已达成" in out
    assert (
        imported.done("--lang", "zh", "diff", "before.json", "after.json", "--json").out
        == imported.done("diff", "before.json", "after.json", "--json").out
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("today", "yesterday"), "diff: 2026-11-26 is later than 2026-11-25: the earlier one comes first; swap them"),
        (("after.json", "before.json"), "diff: 2026-11-26 is later than 2026-11-25"),
        (("-", "-"), "diff: standard input holds one snapshot; name a file for the other"),
        (("before.json", "none.json"), "none.json: is no date, and no file to read: no such file or directory"),
        (("before.json", "2026-13-01"), "2026-13-01: is no date, and no file to read: no such file or directory"),
        (("before.json", PACK), "is no JSON; snapshot -f json writes a snapshot"),
        (("before.json", "."), ".: is no date, and no file to read: is a directory"),
        (("before.json", "after.json", "--indicator", "nothing"), "no such indicator on either side: 'nothing'"),
        (("before.json", "after.json", "--group", "Space"), "--group: no such group: 'Space'"),
        (("before.json", "after.json", "--method", "linear"), "diff: --method is about dates, and both sides are"),
        (("before.json", "after.json", "--hindsight"), "diff: --hindsight is about dates, and both sides are files"),
        (("before.json", "after.json", "-f", "pdf"), "-f: no such format: 'pdf'; there are txt, md, json"),
        (("before.json", "after.json", "-f", "md", "--json"), "diff: md is no JSON: leave -f md or --json out"),
        (("before.json", "after.json", "--force"), "diff: --force is about a file; name it with -o PATH"),
        (("1800", "after.json"), "1800"),
        (("before.json",), "diff"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_one_line(
    imported: Cli, words: tuple[str, ...], says: str
) -> None:
    assert says in imported.refused("diff", *words)


def test_a_snapshot_that_was_changed_is_refused(imported: Cli) -> None:
    Path("after.json").write_text(
        Path("after.json").read_text("utf-8").replace("1000000", "3000000"), "utf-8"
    )

    line = imported.refused("diff", "before.json", "after.json")

    assert line == "after.json: its content hash does not fit: it was changed after it was written"


def test_two_snapshots_of_a_day_are_in_the_order_in_which_things_were_known(imported: Cli) -> None:
    for day, name in (("2026-11-25", "a.json"), ("2026-11-26", "b.json")):
        imported.done("snapshot", "-f", "json", "-o", name, "--logged-by", day)

    assert counts(news(imported, "a.json", "b.json")) == BROUGHT
    assert "more was known than of a.json" in imported.refused("diff", "b.json", "a.json")


def test_everything_that_a_diff_tells_is_as_its_schema_says(imported: Cli) -> None:
    for words in (("before.json", "after.json"), ("2020-12-31", "today"), ("after.json", "after.json")):
        conforms("diff", imported.done("diff", *words, "--json").out)
    conforms("diff", imported.done("diff", "before.json", "after.json", "-o", "x.json", "--json").out)
    conforms("diff", form.render(stirred()))


def test_nothing_new_is_said_and_no_error(imported: Cli) -> None:
    assert imported.done("diff", "after.json", "after.json").out.endswith("\n\nNothing is new.\n")
