"""``snapshot -f xlsx`` and ``-f png``: into files, into pipes that ask for them, never onto a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gztrack.cli import snapshot
from gztrack.export.picture.chunks import SIGNATURE, texts_of
from needs import fonts

from .conftest import Cli

BEGINNINGS = {"xlsx": b"PK\x03\x04", "png": SIGNATURE}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_file_of_that_name_is_one_of_that_kind(cli: Cli, tmp_path: Path, kind: str) -> None:
    fonts()
    ran = cli("snapshot", "-o", f"r.{kind}")

    assert (ran.code, ran.err) == (0, "")
    made = (tmp_path / f"r.{kind}").read_bytes()
    assert made.startswith(BEGINNINGS[kind])
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"wrote r.{kind}: 12 indicators")
    assert lines[1:] == ([f"drawn with {texts_of(made)['Fonts']}"] if kind == "png" else [])


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_pipe_has_it_only_where_asked(cli: Cli, tmp_path: Path, kind: str) -> None:
    fonts()
    assert cli.refused("snapshot", "-f", kind) == f"snapshot: {kind} is no text: name a file with -o PATH"

    ran = subprocess.run(
        [sys.executable, "-m", "gztrack", "snapshot", "-f", kind, "-o", "-"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 0
    cli("snapshot", "-o", f"r.{kind}")
    assert ran.stdout == (tmp_path / f"r.{kind}").read_bytes()
    said = b"drawn with" in ran.stderr
    assert said == (kind == "png")


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_terminal_never_has_it(cli: Cli, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "is_terminal", lambda stream: True)

    assert cli.refused("snapshot", "-f", kind, "-o", "-") == (
        f"snapshot: {kind} is no text: name a file with -o PATH"
    )


@pytest.mark.parametrize(
    ("kind", "package", "module"),
    [
        ("xlsx", "xlsxwriter", "gztrack.export.workbook.book"),
        ("png", "resvg_py", "gztrack.export.picture.page"),
    ],
)
def test_what_has_to_be_installed_is_said_before_the_database_is_read(
    cli: Cli, tmp_path: Path, kind: str, package: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [
        name for name in sys.modules if name == module or name.startswith("gztrack.export.workbook")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setenv("GZTRACK_DB", str(tmp_path / "no-database"))

    assert cli.refused("snapshot", "-o", f"r.{kind}") == (
        f"{kind} needs {package}: pip install 'gztrack[{kind}]'"
    )
    assert not (tmp_path / f"r.{kind}").exists()


def test_the_command_and_the_formats_agree_on_what_is_no_text() -> None:
    from gztrack.export.snapshot import KINDS

    assert set(snapshot.BINARY) == {name for name, kind in KINDS.items() if kind.binary}
