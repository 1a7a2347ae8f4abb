"""The parts of a gate: words without a shell, an environment that says nothing, an input that ends, a log."""

from __future__ import annotations

import io
import json
import os
import threading
from pathlib import Path

import pytest

from gztrack.cli.catalogue import COMMANDS
from gztrack.cli.gating.notes import LARGEST, Notes
from gztrack.cli.gating.request import LONGEST, asked, words_of
from gztrack.cli.gating.surroundings import capped, scrub
from gztrack.cli.gating.terms import allowable, size, understood
from gztrack.cli.main import loaded
from gztrack.errors import InputError, RefusedError
from gztrack.services.permits import ALLOWABLE

NEVER = {"diff", "import", "export", "merge", "init", "backup", "restore", "doctor", "gate", "config"}
"""Commands that name files of the host, or take or replace the whole database."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("status", ("status",)),
        ("gztrack status", ("status",)),
        ("gztrack gztrack status", ("gztrack", "status")),
        ("gztrack", ()),
        ("", ()),
        ("  log  a '1 000'  ", ("log", "a", "1 000")),
        (r"log a \>5 --note it\'s", ("log", "a", ">5", "--note", "it's")),
        ('log a ">5" --note "a \\" b \\\\ $c"', ("log", "a", ">5", "--note", 'a " b \\ $c')),
        ("log a 5;id", ("log", "a", "5;id")),
        ("log a $(id) `id` | & > <", ("log", "a", "$(id)", "`id`", "|", "&", ">", "<")),
        ("log a 5 # no comment", ("log", "a", "5", "#", "no", "comment")),
        ("log a ~ * ? [a] {b,c} !x", ("log", "a", "~", "*", "?", "[a]", "{b,c}", "!x")),
        ("log a '' 中 “x y”", ("log", "a", "", "中", "“x", "y”")),
        ("log\u00a0a\u3000b", ("log\u00a0a\u3000b",)),
    ],
)
def test_quotes_part_words_and_nothing_else_means_anything(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    ["status\nid", "status\rid", "a\tb", "a\x00b", "a\x1b[31m", "a\x7f", "a\x9bm", "a\u2028b", "a\u2029b", "a\udcffb",
     "a 'b", 'a "b', "a \\", "x" * (LONGEST + 1), "中" * (LONGEST // 3 + 1)],
    ids=lambda text: repr(text)[:20],
)  # fmt: skip
def test_what_no_person_types_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        words_of(text)


def test_bytes_that_are_no_text_are_seen_in_any_locale() -> None:
    assert asked({"SSH_ORIGINAL_COMMAND": os.fsdecode(b"log \xff")}) == "log \udcff"
    assert asked({}) == ""


def test_only_harmless_variables_stay() -> None:
    environ = {
        "PATH": "/usr/bin", "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm", "TZ": "Asia/Shanghai",
        "SSH_CONNECTION": "::1 5 ::1 22", "NO_COLOR": "1", "HOME": "/elsewhere",
        "GZTRACK_DB": "/x", "GZTRACK_TODAY": "1999-01-01", "XDG_DATA_HOME": "/x", "TEXTUAL_DRIVER": "evil:Driver",
        "PYTHONPATH": "/x", "LD_PRELOAD": "/x", "HTTP_PROXY": "x", "LANGUAGE": "zh", "LOCPATH": "/x", "EDITOR": "sh",
        "LC_TIME": "../../x", "LC_PAPER": "/x", "COLUMNS": "8" * 2000, "COLORTERM": "a\x1bb",
    }  # fmt: skip
    scrub(environ)
    home = environ.pop("HOME")
    assert home not in ("", "/elsewhere")
    assert set(environ) == {"PATH", "LANG", "LC_ALL", "TERM", "TZ", "SSH_CONNECTION", "NO_COLOR"}


@pytest.mark.parametrize("zone", [":/etc/passwd", "/etc/passwd", "../x", ":x"])
def test_a_zone_that_is_a_file_goes(zone: str) -> None:
    environ = {"TZ": zone}
    scrub(environ)
    assert "TZ" not in environ


class Counting(io.BytesIO):
    """Counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize(
    ("length", "most", "fits"), [(0, 10, True), (10, 10, True), (11, 10, False), (10**6, 100, False)]
)
def test_at_most_one_byte_beyond_the_cap_is_read(length: int, most: int, fits: bool) -> None:
    source = Counting(b"x" * length)
    stream = capped(io.TextIOWrapper(source, "utf-8"), most)
    assert stream is not None
    if fits:
        assert stream.buffer.read() == b"x" * length
    else:
        with pytest.raises(RefusedError, match=f"longer than the {most:,} bytes"):
            stream.buffer.read()
    assert source.taken == min(length, most + 1)


def test_nobody_reads_past_the_cap_through_the_descriptor() -> None:
    stream = capped(io.TextIOWrapper(io.BytesIO(b"x"), "utf-8"), 10)
    assert stream is not None
    with pytest.raises(io.UnsupportedOperation):
        stream.fileno()


def test_every_command_is_decided() -> None:
    """A new command is either one that can be allowed behind a gate, or one that never is."""
    assert set(COMMANDS) == set(ALLOWABLE) | NEVER
    assert not set(ALLOWABLE) & NEVER
    assert set(allowable()) == set(ALLOWABLE)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_names_a_path_is_marked(command: str) -> None:
    parser = loaded(command).parser()
    unmarked = [
        each.name
        for each in parser.declared
        if not each.path
        and (
            each.metavar in ("FILE", "PATH", "DIR", "OTHER", "KEYFILE") or each.name in ("--output", "--pack")
        )
    ]
    assert unmarked == []
    assert {each.name for each in parser.declared} >= {"--db", "--as"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "status, show, why, history, targets, cite, check, snapshot"),
        ("log", "log"),
        (" log:nev-* , undo ,", "log:nev-*, undo"),
        ("log:a.b_c-1", "log:a.b_c-1"),
        ("log:*", "log"),
        ("edit:**", "edit"),
    ],
)
def test_a_list_as_it_is_understood(text: str, named: str) -> None:
    assert understood(text).named() == named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (",", "--allow is empty"),
        ("import", "import is never allowed behind a gate; what can be: log, correct,"),
        ("log,gate", "gate is never allowed"),
        ("lgo", "did you mean 'log'"),
        ("bash", "no such command: 'bash'; what can be allowed: log,"),
        ("LOG", "no such command: 'LOG'"),
        ("log:", "can be no indicator's id"),
        ("log:A", "can be no indicator's id"),
        ("log:a b", "can be no indicator's id"),
        ("log:../x", "can be no indicator's id"),
        ("log:" + "a" * 65, "can be no indicator's id"),
        ("snapshot:nev-*", "snapshot is about no certain indicator"),
        ("undo:nev-*", "undo is about no certain indicator"),
        ("board:nev-*", "board is about no certain indicator"),
    ],
)
def test_a_list_that_cannot_be(text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        understood(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "count"),
    [("500k", 500_000), ("4M", 4_000_000), ("1g", 10**9), ("65536", 65536), ("2 MB", 2_000_000)],
)
def test_sizes(text: str, count: int) -> None:
    assert size(text) == count


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5M", "many", "2G", "9" * 13, "1T"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(InputError, match="--max-input: no size"):
        size(text)


def notes(folder: Path, asked: str = "x") -> Notes:
    return Notes(str(folder), "ann", {"SSH_CONNECTION": "192.0.2.7 5 192.0.2.1 22"}, asked)


def test_a_note_is_one_clean_line_of_a_bounded_length(tmp_path: Path) -> None:
    notes(tmp_path, "a\nb\x1b[31m" + "x" * 100_000).add("refused", "why\nso", "not-allowed")

    (line,) = (tmp_path / "gate.log").read_text("utf-8").splitlines()
    noted = json.loads(line)
    assert noted.pop("at").endswith("Z")
    assert noted == {
        "name": "ann", "from": "192.0.2.7", "event": "refused", "asked": "a b" + "x" * 397 + "…", "why": "why so",
        "code": "not-allowed",
    }  # fmt: skip
    assert (tmp_path / "gate.log").stat().st_mode & 0o777 == 0o600


def test_a_full_log_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    log, old = tmp_path / "gate.log", tmp_path / "gate.log.1"
    for number in range(3):
        log.write_bytes(b"%d" % number * LARGEST)
        notes(tmp_path).add("refused", "x", "not-allowed")
        assert old.read_bytes() == b"%d" % number * LARGEST
        assert log.read_bytes().count(b"\n") == 1


def test_a_line_that_a_full_disk_cut_short_spoils_no_other(tmp_path: Path) -> None:
    log = tmp_path / "gate.log"
    log.write_text('{"at": "2026-')
    notes(tmp_path).add("refused", "x", "not-allowed")

    cut, line = log.read_text("ascii").splitlines()
    assert cut == '{"at": "2026-'
    assert json.loads(line)["why"] == "x"


def test_writers_at_once_lose_nothing_while_the_log_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "gate.log").write_bytes(b"x" * (LARGEST - 2000) + b"\n")

    def write() -> None:
        for _ in range(20):
            notes(tmp_path).add("refused", "y", "not-allowed")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = (tmp_path / "gate.log.1").read_bytes() + (tmp_path / "gate.log").read_bytes()
    assert found.count(b"\n") == 161


@pytest.mark.parametrize("what", ["a link", "a folder", "a pipe", "nothing"])
def test_a_log_that_cannot_be_written_breaks_nothing(tmp_path: Path, what: str) -> None:
    place = tmp_path / "gate.log"
    if what == "a link":
        place.symlink_to(tmp_path / "target")
    elif what == "a folder":
        place.mkdir()
    elif what == "a pipe":
        os.mkfifo(place)
    else:
        tmp_path = tmp_path / "nowhere"
    notes(tmp_path).add("refused", "x", "not-allowed")

    assert not (tmp_path / "target").exists()
