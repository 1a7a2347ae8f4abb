"""The line of authorized_keys that a gate prints, and the keys it refuses."""

from __future__ import annotations

import ast
import base64
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gztrack.cli.gating import keyline
from gztrack.cli.gating.keys import Key, parsed

from .conftest import SOURCES, Cli, Program

BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIPgjf0IkqrG32TKdZpdbblUinj7umPuHwFB+oqWT9Tvu"
PUBLIC = f"ssh-ed25519 {BLOB} ann@laptop"


def blob(kind: str, *parts: bytes) -> str:
    """A key's base64, of these parts."""
    return base64.b64encode(
        b"".join(len(part).to_bytes(4, "big") + part for part in (kind.encode(), *parts))
    ).decode()


def rsa(bits: int) -> str:
    return blob("ssh-rsa", b"\1\0\1", (1 << bits - 1).to_bytes(bits // 8 + 1, "big"))


DSS = blob("ssh-dss", b"\1" * 129, b"\1" * 21, b"\1" * 128, b"\1" * 128)


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an installed gztrack is started; tests find theirs by PYTHONPATH."""
    monkeypatch.setattr(keyline, "python", lambda: ("/opt/my apps/venv/bin/python", "-I"))


def line(cli: Cli, *words: str, key: str = PUBLIC) -> Key:
    found = parsed(cli.done("gate", "--print-key-line", *words, stdin=f"{key}\n").out)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), ["restrict", "command"]),
        (("--allow", "log,undo"), ["restrict", "command"]),
        (
            ("--allow", "board,log:nev-*", "--max-input", "4M", "--hooks", "--lang", "zh"),
            ["restrict", "pty", "command"],
        ),
    ],
)
def test_the_line_says_what_was_asked_for(cli: Cli, words: tuple[str, ...], names: list[str]) -> None:
    found = line(cli, "ann", "-", *words)

    assert [name for name, _ in found.options] == names
    assert (found.kind, found.blob, found.comment) == ("ssh-ed25519", BLOB, "ann@laptop")
    start = [
        "/opt/my apps/venv/bin/python",
        "-I",
        "-m",
        "gztrack",
        "gate",
        "--as",
        "ann",
        "--db",
        str(cli.database),
    ]
    assert shlex.split(found.option("command") or "") == [*start, *words]


@pytest.mark.parametrize(
    "name", ["ann o'hara", 'a "b" c', "$HOME `id` $(id)", "a\\", 'a\\"b', "中 ; | &", "-x", "%h"]
)
def test_any_name_survives_sshd_and_the_shell(cli: Cli, name: str) -> None:
    found = parsed(cli.done("gate", f"--print-key-line={name}", "-", stdin=PUBLIC).out)
    assert found is not None
    words = shlex.split(found.option("command") or "")
    assert (words[words.index("--as") + 1] == name) if "--as" in words else f"--as={name}" in words


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh", "fish"])
def test_the_line_reaches_a_gate_unchanged_whatever_the_login_shell(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    names = ["a'b", 'a"b', "a\\", "\\\\a\\\\", "a\\'b", '\\"', "$HOME", "`id`", "{a,b}", "~", "%h", "中 　文"]
    told = ["--as", "ann", *names]
    options = keyline.forced((sys.executable, "-I"), told, terminal=False)
    found = parsed(f"{options} {PUBLIC}")
    assert found is not None
    command = (found.option("command") or "").replace(
        "-m gztrack gate", "-c 'import sys; print(sys.argv[1:])'"
    )
    done = subprocess.run([program, "-c", command], capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout) == told


def test_a_relative_database_and_that_of_the_variable_become_whole_paths(cli: Cli, tmp_path: Path) -> None:
    words = shlex.split(line(cli, "ann", "-", "--db", "db").option("command") or "")
    assert words[words.index("--db") + 1] == str(tmp_path / "db")


def test_an_rsa_key_that_is_long_enough_gets_its_line(cli: Cli) -> None:
    assert line(cli, "ann", "-", key=f"ssh-rsa {rsa(2048)} ann").kind == "ssh-rsa"


@pytest.mark.parametrize(
    ("allow", "said"),
    [
        ("log:nvv-*,status", "gztrack: no indicator fits log:nvv-* now; did you mean log:nev-*?\n"),
        (
            "log:nev-capcity",
            "gztrack: no indicator fits log:nev-capcity now; did you mean log:nev-capacity?\n",
        ),
        ("show:zzzzzzzz", "gztrack: no indicator fits show:zzzzzzzz now\n"),
        ("log:nev-*,show:*,add:new-*,status", ""),
    ],
)
def test_a_pattern_that_fits_no_indicator_is_told(cli: Cli, allow: str, said: str) -> None:
    ran = cli("gate", "--print-key-line", "ann", "-", "--allow", allow, stdin=PUBLIC)
    assert (ran.code, ran.err) == (0, said)
    assert ran.out.startswith("restrict,")


@pytest.mark.parametrize(
    ("before", "mode", "put"),
    [
        ("ssh-ed25519 AAAA x", "ab", "\n"),
        ("ssh-ed25519 AAAA x\n", "ab", ""),
        ("", "ab", ""),
        ("ssh-ed25519 AAAA x", "wb", ""),
    ],
)
def test_a_line_is_not_glued_onto_what_it_is_appended_to(
    tmp_path: Path, program: Program, before: str, mode: str, put: str
) -> None:
    keys = tmp_path / "authorized_keys"
    keys.write_text(before)
    public = tmp_path / "ann.pub"
    public.write_text(PUBLIC)
    start = "from gztrack.cli.gating import keyline; keyline.python = lambda: ('/opt/python', '-I'); "
    start += "import sys; from gztrack.__main__ import main; sys.exit(main())"
    with keys.open(mode) as appended:
        done = subprocess.run(
            [sys.executable, "-c", start, "gate", "--db", str(tmp_path / "db"), "--print-key-line", "ann", public],
            stdout=appended, stderr=subprocess.PIPE, check=True, env={"PYTHONPATH": SOURCES},
        )  # fmt: skip
    text = keys.read_text()
    assert text.startswith((before if mode == "ab" else "") + put + "restrict,")
    assert (b"one was put in front" in done.stderr) == bool(put)


@pytest.mark.parametrize(
    ("script", "taken"),
    [
        (None, False),
        ("import gztrack; print('gztrack', gztrack.__version__)", True),
        ("print('gztrack 0')", False),
        ("#!/bin/sh\nexec gztrack", False),
    ],
)
def test_the_starter_that_works_beside_the_interpreter_is_used(
    tmp_path: Path, script: str | None, taken: bool
) -> None:
    starter = tmp_path / "gztrack"
    (tmp_path / "python").symlink_to(sys.executable)
    if script is not None:
        starter.write_text(script)
    found = keyline.program_of((str(tmp_path / "python"),))
    assert found == ((str(starter),) if taken else keyline.MODULE)


PRIVATE = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PRIVATE, "THIS IS A PRIVATE KEY"),
        (PRIVATE.replace("OPENSSH ", ""), "THIS IS A PRIVATE KEY"),
        ("PuTTY-User-Key-File-3: ssh-ed25519\n", "THIS IS A PRIVATE KEY"),
        (f"{PUBLIC}\n{PRIVATE}", "THIS IS A PRIVATE KEY"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "ssh-keygen -i"),
        (f"{PUBLIC}\n{PUBLIC}\n", "2 lines; give one public key"),
        (f"no-pty {PUBLIC}", "options stand before the key"),
        (f'command="x y",no-pty {PUBLIC}', "options stand before the key"),
        (f"ssh-ed25519-cert-v01@openssh.com {BLOB}", "a certificate"),
        (f"ssh-rsa {BLOB}", "no public key"),
        (f"ssh-ed25519 {BLOB[:-9]}", "no public key"),
        ("ssh-ed25519", "no public key"),
        ("", "no public key"),
        ("# nothing", "no public key"),
        (
            f"ssh-dss {DSS} ann",
            "an ssh-dss key, which sshd takes no more; ask for an ed25519 key: ssh-keygen -t ed25519",
        ),
        (
            f"ssh-rsa {rsa(1024)} ann",
            "an RSA key of 1,024 bits, and 2,048 are the least; ask for an ed25519 key",
        ),
        ("x" * 70_000, "too long for a public key"),
    ],
)
def test_what_is_no_single_public_key_is_refused(cli: Cli, text: str, said: str) -> None:
    assert said in cli.refused("gate", "--print-key-line", "ann", "-", stdin=text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--print-key-line", "ann"), "name the file of the public key"),
        (("--print-key-line", "ann", "/nowhere.pub"), "/nowhere.pub: cannot be read"),
        (("--print-key-line", "ann", "-", "--as", "bob"), "leave --as out"),
        (("--print-key-line", "ann", "-", "--allow", "restore"), "restore is never allowed"),
        (("--print-key-line", "ann", "-", "--allow", ""), "--allow is empty: write a list, or leave it out"),
        (("--print-key-line", "ann", "-", "--allow="), "--allow is empty"),
        (("--print-key-line", "ann", "-", "--allow", "log", "--allow", "undo"), "--allow stands there twice"),
        (
            ("--print-key-line", "ann", "-", "--db", "/nowhere/x"),
            "/nowhere/x: no database there: name another, or make it first: gztrack --db /nowhere/x init",
        ),
        (("--as", "ann", "--allow", ""), "--allow is empty"),
        (("--print-key-line", "seed", "-"), "'seed' is the name"),
        (("--print-key-line", "ann", "-", "--max-input", "x"), "--max-input: no size"),
        (("--print-key-line", "ann", "-", "--db", "a\nb"), "control characters"),
        (("--as", "ann", "key.pub"), "nothing takes 'key.pub'"),
    ],
)
def test_what_makes_no_line(cli: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in cli.refused("gate", *words, stdin=PUBLIC)


def test_an_installation_found_by_a_variable_makes_no_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert "which a gate does not go by" in cli.refused("gate", "--print-key-line", "ann", "-", stdin=PUBLIC)
