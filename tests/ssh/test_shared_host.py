"""The README's page about a shared host, done line by line: the keys that it makes, and what people then type."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from needs import tool
from terminal import Terminal

from .conftest import Server

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
SETUP, TYPED, LEAVES = (
    [line.split("  #")[0].rstrip() for line in block.splitlines()]
    for block in re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    if "authorized_keys" in block or "track@host" in block
)
PEOPLE = ("ann", "plant", "press")
ON_THE_HOST = "sudo "
"""Lines that make the account, install the program and hand over the keys: here the test's own account has them."""


class Host(NamedTuple):
    """A host that was set up as the README says."""

    server: Server
    home: Path

    def command(self, who: str, line: str) -> list[str]:
        """What somebody types, from their own machine."""
        words = line.split()
        at = words.index("track@host")
        key = ("-o", "IdentitiesOnly=yes", "-i", str(self.home / who))
        return self.server.command(*words[at + 1 :], terminal="-t" in words, options=key)

    def typed(self, who: str, line: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(who, line), input=stdin, capture_output=True, text=True, timeout=60, check=False
        )

    def open(self) -> None:
        """Have the server go by the account's own authorized_keys as they are now."""
        self.server.authorize((self.home / ".ssh" / "authorized_keys").read_text("utf-8").rstrip("\n"))

    def history(self, slug: str) -> list[dict[str, object]]:
        ran = subprocess.run(
            ["gztrack", "--db", str(self.home / "figures"), "history", slug, "--json"],
            env=self.environment, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        found: list[dict[str, object]] = json.loads(ran.stdout)
        return found

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": f"{self.home}/bin:/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8"}


@pytest.fixture
def host(server: Server, installed: Path, tmp_path: Path) -> Iterator[Host]:
    found = Host(server, tmp_path)
    for name in (*PEOPLE, "new"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True
        )
    program = tmp_path / "bin" / "gztrack"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {installed} -m gztrack "$@"\n')
    program.chmod(0o755)
    before = (server.folder / "authorized").read_text()
    run([line for line in SETUP if not line.startswith((ON_THE_HOST, "gztrack gate --check"))], found)
    found.open()
    try:
        yield found
    finally:
        server.authorize(before.rstrip("\n"))


def run(lines: Sequence[str], host: Host) -> str:
    """Lines of a shell on the host."""
    ran = subprocess.run(
        ["bash", "-c", "set -e\n" + "\n".join(lines)],
        cwd=host.home, env=host.environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_page_has_what_is_done_here() -> None:
    assert [line for line in SETUP if line.startswith(ON_THE_HOST)] == SETUP[:5]
    assert [line for line in SETUP if "--print-key-line" in line] == SETUP[6:9]
    assert len(TYPED) == 5
    assert [line.split()[0] for line in LEAVES] == ["sed", "pkill", "gztrack"]


def test_nobody_else_can_read_the_keys_that_were_set_up(host: Host) -> None:
    for place in (host.home / ".ssh", host.home / ".ssh" / "authorized_keys"):
        assert place.stat().st_mode & 0o077 == 0


def test_the_keys_are_found_to_be_well(host: Host) -> None:
    (check,) = [line for line in SETUP if line.startswith("gztrack gate --check")]
    # The account's own keys are those of whoever runs this, so the file is named; what is wrong around is theirs too.
    told = run([f"{check} ~/.ssh/authorized_keys --json || true"], host)
    gates = json.loads(told)["gates"]
    assert [(gate["name"], gate["problems"]) for gate in gates] == [(name, []) for name in PEOPLE]


def test_what_people_type_does_what_it_says(host: Host) -> None:
    log, batch, status, board, allowed = TYPED

    assert host.typed("ann", log).returncode == 0
    ran = host.typed("ann", batch.split(" <")[0], stdin="tech-centres 655 2023 # by phone\n")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [(item["value"], item["author"]) for item in host.history("nev-capacity")] == [(310_000, "ann")]
    assert [item["author"] for item in host.history("tech-centres")][-1] == "ann"
    assert "1 reached" in host.typed("ann", status).stdout
    (shown,) = re.findall(r"^```\n(You are ann.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert host.typed("ann", allowed).stdout == shown
    with Terminal(host.command("ann", board)) as screen:
        screen.until("NEV output growth")
        screen.press("q")
        assert screen.ended() == 0


def test_each_key_opens_only_what_its_line_says(host: Host) -> None:
    log = TYPED[0]
    assert host.typed("plant", log).returncode == 0
    refused = host.typed("plant", log.replace("nev-capacity", "tech-centres"))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "allowed: log:nev-*, status" in refused.stderr
    assert host.typed("press", TYPED[2].replace("-t ", "")).returncode == 0
    assert host.typed("press", log).returncode == 2
    assert [item["author"] for item in host.history("nev-capacity")] == ["plant"]
    assert os.fsencode(str(host.home)) not in refused.stderr.encode()


def test_a_status_is_as_wide_as_the_terminal_that_was_asked_for(host: Host) -> None:
    status = TYPED[2]
    assert "-t " in status
    assert max(map(len, host.typed("ann", status.replace("-t ", "")).stdout.splitlines())) == 100
    with Terminal(host.command("ann", status), columns=72) as screen:
        assert screen.ended() == 0
        assert "NEV output growth" in screen.text
        # A line that is wider than the terminal would end in the next row.
        assert re.search(r"as of \d{4}-\d\d-\d\d$", screen.text.splitlines()[0])


def test_a_signal_s_code_arrives_as_ssh_s_own(host: Host) -> None:
    with Terminal(host.command("ann", "ssh -t track@host log -")) as screen:
        screen.until("ctrl+d ends")
        screen.press("ctrl+c")
        assert screen.ended() == 255
        assert "nothing was saved" in screen.text


def test_a_key_that_was_set_up_in_a_language_speaks_it(host: Host) -> None:
    line = "gztrack --lang zh gate --db ~/figures --print-key-line li new.pub >> ~/.ssh/authorized_keys"
    run([line], host)
    host.open()
    assert "指标" in host.typed("new", "ssh track@host status").stdout
    assert "indicator" in host.typed("press", "ssh track@host status").stdout


def test_whoever_leaves_is_shut_out_and_a_new_key_takes_the_name(host: Host) -> None:
    remove, end, again = LEAVES
    log = TYPED[0]
    assert host.typed("ann", log).returncode == 0
    with Terminal(host.command("ann", TYPED[3])) as screen:
        screen.until("NEV output growth")
        run([remove], host)
        host.open()
        assert host.typed("ann", log).returncode == 255
        assert host.typed("plant", log).returncode == 0
        for process in theirs(end, host):
            os.kill(process, signal.SIGTERM)
        assert screen.ended() == 255
    assert theirs(end, host) == []

    run([again], host)
    host.open()
    ran = host.typed("new", "ssh track@host undo")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [item["author"] for item in host.history("nev-capacity")] == ["plant"]


def theirs(end: str, host: Host) -> list[int]:
    """What a line with pkill would end, and nothing of any other test, for those have keys of an ann too."""
    tool("pgrep", "procps")
    (pattern,) = re.fullmatch(r"pkill -f '(.*)'", end).groups()  # type: ignore[union-attr]
    ran = subprocess.run(
        ["pgrep", "-f", f"{pattern}--db {host.home}"], capture_output=True, text=True, timeout=60, check=False
    )
    return [int(number) for number in ran.stdout.split()]
