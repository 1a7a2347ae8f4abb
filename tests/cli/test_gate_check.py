"""What gate --check finds in a file of keys and around it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gztrack.cli.gating.checking import look_over
from gztrack.cli.gating.keyline import forced

from .conftest import Cli
from .test_gate_keyline import BLOB, DSS, PRIVATE, rsa

OTHER = BLOB[:-4] + "AAAA"
START = f"{sys.executable} -I -m gztrack gate"


class Account:
    """A file of keys, and a server's configuration."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.keys = folder / "ssh" / "authorized_keys"
        self.keys.parent.mkdir(mode=0o700)
        self.config = folder / "etc" / "sshd_config"
        self.config.parent.mkdir()
        self.database = database

    def problems(self, *lines: str, config: str = "") -> list[str]:
        self.config.write_text(config)
        self.keys.write_text("\n".join(line.replace("{db}", str(self.database)) for line in lines) + "\n")
        self.keys.chmod(self.keys.stat().st_mode & ~0o022)
        return look_over(str(self.keys), config=str(self.config)).problems


@pytest.fixture
def account(cli: Cli, tmp_path: Path) -> Account:
    return Account(tmp_path, cli.database)


def line(
    options: str = "restrict", command: str = f"{START} --as ann --db {{db}} --allow log", blob: str = BLOB
) -> str:
    return f'{options},command="{command}" ssh-ed25519 {blob} ann@laptop'


def test_a_gate_that_is_well_has_nothing_to_say(account: Account) -> None:
    assert (
        account.problems(
            "# people",
            "",
            line(),
            line("restrict,pty", START + " --as bob --db {db} --allow board,log", OTHER),
        )
        == []
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("no-agent-forwarding")], "without restrict: the key can forward ports and agents"),
        ([line("restrict,pty")], "pty, though the board is not allowed: delete `pty,`"),
        ([line(command=START + " --as ann --db {db} --allow board")], "without pty it has no terminal"),
        ([line("restrict,port-forwarding")], "port-forwarding opens again what restrict closed"),
        ([line('restrict,environment="LD_PRELOAD=/x"')], "environment= sets LD_PRELOAD before the gate starts"),
        ([line().replace(" ssh-", ',command="x" ssh-')], "two commands: sshd passes such a line over"),
        ([line(command=START + " --as ann --db {db} --allow import")], "import is never allowed behind a gate"),
        ([line(command=START + " --as ann --db {db} --allow lgo,x")], "did you mean 'log'"),
        ([line(command=START + " --as ann --db {db} --alow log")], "did you mean '--allow'"),
        ([line(command=START + " --db {db}")], "say under whose name"),
        ([line(command=START + " --as ann --db /nowhere/x")], "/nowhere/x: no database there"),
        ([line(command=START + " --as ann --db x")], "--db is no absolute path"),
        ([line(command="gztrack gate --as ann --db {db}")], "gztrack: no absolute path: PATH decides"),
        ([line(command="/nowhere/python -I -m gztrack gate --as ann --db {db}")], "/nowhere/python: is not there"),
        ([line(command=f"{sys.executable} -m gztrack gate --as ann --db {{db}}")], "without -I it listens"),
        ([line(command="/bin/sh -I -m gztrack gate --as ann --db {db}")], "starts another installation, /bin/sh"),
        ([line("restrict,cert-authority")], "cert-authority: whoever has a certificate of this key"),
        ([line(command=START + " --as $(id) --db {db} --allow log")], "more with its command than start it: $ ( )"),
        ([line(command=START + " --as ann --db {db} 2>/x")], "does more with its command than start it: >"),
        ([line(command=START + ' --as \\"`id`\\" --db {db}')], "does more with its command than start it: `"),
        ([line(), line()], "line 2: the same key as in line 1"),
        ([line(), "ssh-ed25519 AAAA x"], "line 2: no key that can be read"),
        ([f"ssh-ed25519 {OTHER} x"], "no line with a gate"),
        ([line(command=START + " --as ann --db {db} --allow ''")], "--allow is empty: write a list"),
        ([line() + line()], "line 1: a second key begins in its comment: a line break is missing before `restrict,com"),
        ([line() + line("restrict,pty", blob=OTHER)], "missing before `restrict,pty,command=`"),
        ([line().removesuffix(" ann@laptop") + line(blob=OTHER)], "missing before `restrict,command=`"),
        ([line() + f"ssh-ed25519 {OTHER} bob"], "missing before `ssh-ed25519`"),
        ([line(), line(blob=OTHER).replace(",command", "，command")], "signs that sshd does not know: ， should be ,"),
        ([line(), line(blob=OTHER).replace('"', "”")], "” should be \""),
        ([line(), "# people", *PRIVATE.splitlines()], "lines 3-5: a PRIVATE KEY: take it out, and make a new pair"),
        ([line('restrict,expiry-time="20200101Z"')], 'expired by its expiry-time="20200101Z": delete the line'),
        ([line('restrict,expiry-time="soon"')], 'expiry-time="soon" is no time'),
        ([line().replace(f"ssh-ed25519 {BLOB}", f"ssh-rsa {rsa(1024)}")], "an RSA key of 1,024 bits"),
        ([line().replace(f"ssh-ed25519 {BLOB}", f"ssh-dss {DSS}")], "ssh-keygen -t ed25519"),
        ([line(), f'expiry-time="20200101" ssh-ed25519 {OTHER} x'], "line 2: expired by its expiry-time"),
        ([line(), f"ssh-rsa {rsa(1024)} root"], "line 2: an RSA key of 1,024 bits"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line(account: Account, lines: list[str], said: str) -> None:
    assert any(said in problem for problem in account.problems(*lines)), account.problems(*lines)


@pytest.mark.parametrize("width", [40, 70, 100, 130])
def test_a_key_that_was_broken_over_lines_is_one_finding(account: Account, width: int) -> None:
    whole = line(blob=OTHER).replace("{db}", str(account.database))
    pieces = [whole[place : place + width] for place in range(0, len(whole), width)]
    (said,) = account.problems(line(), "", *pieces, "", f"ssh-ed25519 {OTHER} x")
    assert f"lines 3-{2 + len(pieces)}: this is one line that was broken" in said


def test_a_key_that_was_parted_at_a_blank_is_one_finding(account: Account) -> None:
    start, key = line().replace("{db}", str(account.database)).split(" ssh-")
    (said, *_) = account.problems(start, f"ssh-{key}")
    assert "lines 1-2: this is one line that was broken" in said


def test_faults_stand_in_the_order_of_the_lines(account: Account) -> None:
    found = account.problems("x", line("restrict,pty"), "y", line("no-pty", blob=OTHER), config="AcceptEnv *")
    places = [problem.split(": ")[0].rpartition("/")[2] for problem in found]
    assert places == [*(f"authorized_keys, line {n}" for n in (1, 2, 3, 4)), "sshd_config, line 1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"ssh-ed25519\t{OTHER}\troot@desk", "line 2: root@desk (SHA256:"),
        (f"ssh-ed25519 {OTHER}", "line 2: SHA256:"),
        (f'command="date" ssh-ed25519 {OTHER} x', "has a command of its own, which is no gate"),
    ],
)
def test_a_key_without_a_gate_may_be_meant_and_is_no_fault(account: Account, text: str, said: str) -> None:
    assert account.problems(line(), text) == []
    (note,) = look_over(str(account.keys), config="/nowhere").said
    assert said in note
    assert "delete it unless it is meant" in note


def test_a_pattern_that_fits_no_indicator_is_a_note(account: Account) -> None:
    command = START + " --as ann --db {db} --allow log:nvv-*"
    found = account.problems(line(command=command.replace("log:nvv-*", "'log:nvv-*'")))
    (note,) = look_over(str(account.keys), config="/nowhere").said
    assert found == []
    assert note.endswith("line 1: no indicator fits log:nvv-* now; did you mean log:nev-*?")


def test_a_file_that_the_next_key_would_be_glued_onto_is_told(account: Account) -> None:
    account.problems(line())
    account.keys.write_text(account.keys.read_text().rstrip())
    (note,) = look_over(str(account.keys), config="/nowhere").said
    assert "line 1: no line break at its end" in note


@pytest.mark.parametrize("program", ["bin/gztrack", "elsewhere/gztrack"])
def test_the_starter_beside_the_interpreter_is_as_good_as_the_module(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / program).parent.mkdir(exist_ok=True)
    (tmp_path / program).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    command = f"{sys.executable} -I {tmp_path / program} gate --as ann --db {{db}} --allow log"
    found = account.problems(line(command=command))
    assert ["is no starter of this installation; print it again" in each for each in found] == (
        [] if program == "bin/gztrack" else [True]
    )


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("AcceptEnv *", "AcceptEnv * lets"),
        ("AcceptEnv LANG LC_* PYTHON*", "AcceptEnv PYTHON* lets"),
        ("acceptenv LD_PRELOAD", "LD_PRELOAD lets"),
        ("AcceptEnv L*", "L* lets"),
        ("AcceptEnv BASH_FUNC_*", "BASH_FUNC_* lets"),
        ("AcceptEnv ZDOTDIR", "ZDOTDIR lets"),
        ("AcceptEnv XDG_*", "XDG_* lets"),
        ("PermitUserEnvironment yes", "PermitUserEnvironment lets"),
        ("PermitUserRC=yes", "PermitUserRC lets"),
        ("AcceptEnv LANG LC_*", ""),
        ("#AcceptEnv *", ""),
        ("PermitUserEnvironment no", ""),
    ],
)
def test_settings_of_the_server_that_undo_a_gate(account: Account, config: str, said: str) -> None:
    found = account.problems(line(), config=f"Port 22\n{config}\n")
    assert [said in problem and "line 2: " in problem for problem in found] == ([True] if said else [])


@pytest.mark.parametrize("name", ["ann; sh", "$(id)", "o'hara | x", "a\\'b", 'x "$y" `z`', "中*?", "~"])
def test_what_is_quoted_is_nothing_to_a_shell(account: Account, name: str) -> None:
    start = (sys.executable, "-I")
    made = forced(start, ["--as", name, "--db", str(account.database), "--allow", "log"], terminal=False)
    assert account.problems(f"{made} ssh-ed25519 {OTHER} x") == []


@pytest.mark.parametrize("kind", ["fifo", "zeros", "long"])
def test_what_is_no_file_of_keys_is_not_read_for_ever(cli: Cli, tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "zeros":
        path.symlink_to("/dev/zero")
    else:
        path.write_bytes(b"#" * 5_000_000)
    said = cli.refused("gate", "--check", str(path))
    assert said == f"{path}: {'too long for a file of keys' if kind == 'long' else 'is no ordinary file'}"


@pytest.mark.parametrize("place", ["keys", "folder"])
def test_a_file_or_folder_that_others_may_write(account: Account, place: str) -> None:
    assert account.problems(line()) == []
    loose = account.keys if place == "keys" else account.keys.parent
    loose.chmod(loose.stat().st_mode | 0o020)
    (said,) = look_over(str(account.keys), config="/nowhere").problems
    assert said == f"{loose}: others may write there: chmod go-w {loose}"


def test_the_report_for_people_and_for_programs(cli: Cli, account: Account) -> None:
    account.problems(line("no-pty"))
    ran = cli("gate", "--check", str(account.keys))
    assert ran.code == 1
    assert f"line 1: ann  log  in {cli.database}  (ann@laptop)" in ran.out
    assert f"wrong: {account.keys}, line 1: without restrict: " in ran.out

    ran = cli("gate", "--check", str(account.keys), "--json")
    assert ran.code == 1
    (gate,) = ran.json["gates"]
    assert (gate["line"], gate["name"], gate["allowed"], gate["database"]) == (
        1,
        "ann",
        "log",
        str(cli.database),
    )
    assert len(gate["problems"]) == 1
    assert (gate["pty"], gate["hooks"], gate["max_input"], gate["lang"]) == (False, False, "", "")


def test_the_overview_has_everything_that_a_line_says(account: Account) -> None:
    command = START + " --as ann --db {db} --allow board,log --hooks --max-input 4M --lang zh"
    assert account.problems(line("restrict,pty", command)) == []
    text = look_over(str(account.keys), config="/nowhere").text()
    assert "ann  board,log  pty  --hooks  --max-input 4M  --lang zh  in " in text


@pytest.mark.parametrize(
    "words", [("--allow", "log"), ("--hooks",), ("--print-key-line", "ann"), ("/nowhere",)]
)
def test_what_check_does_not_take(cli: Cli, words: tuple[str, ...]) -> None:
    cli.refused("gate", "--check", *words)
