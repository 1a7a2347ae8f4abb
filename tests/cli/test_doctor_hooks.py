"""What doctor tells of hooks: what runs, what never does, and what would be right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Cli, Hook

SH = "#!/bin/sh\n"
NEVER = "is never run: hooks are named on-log, on-target"
AGAIN = "put right, it runs again"

FOUND: dict[str, tuple[str, str, int, tuple[str, str, str]]] = {
    "a reading's": (
        "on-log",
        SH,
        0o755,
        ("note", "runs after a reading was logged", "gztrack schema on-log says what it is told"),
    ),
    "a target's": (
        "on-target",
        SH,
        0o755,
        ("note", "runs after a target was set", "gztrack schema on-target says what it is told"),
    ),
    "by env": (
        "on-log",
        "#!/usr/bin/env sh\n",
        0o755,
        ("note", "runs after a reading was logged", "gztrack schema on-log says what it is told"),
    ),
    "ending": ("on-log.sh", SH, 0o755, ("warning", NEVER, "name it {hooks}/on-log")),
    "underscore": ("on_log", SH, 0o755, ("warning", NEVER, "name it {hooks}/on-log")),
    "capitals": ("On-Target", SH, 0o644, ("warning", NEVER, "name it {hooks}/on-target")),
    "another action": ("on-undo", SH, 0o755, ("warning", NEVER, "there is no hook for anything else")),
    "a helper": ("post.py", SH, 0o755, ("note", NEVER, "what a hook calls may stay there")),
    "mode": (
        "on-log",
        SH,
        0o644,
        ("warning", "not run: {hooks}/on-log is not executable", "chmod +x {hooks}/on-log"),
    ),
    "others": (
        "on-log",
        SH,
        0o777,
        ("warning", "not run: others may write {hooks}/on-log", "chmod go-w {hooks}/on-log"),
    ),
    "interpreter": (
        "on-log",
        "#!/no/such\n",
        0o755,
        ("warning", "not run: the program that the first line of {hooks}/on-log names is missing", AGAIN),
    ),
    "env's": (
        "on-log",
        "#!/usr/bin/env no-such-program\n",
        0o755,
        ("warning", "not run: the program that the first line of {hooks}/on-log names is missing", AGAIN),
    ),
    "no first line": (
        "on-log",
        "echo\n",
        0o755,
        ("warning", "not run: the first line of {hooks}/on-log names no program, as #!/bin/sh does", AGAIN),
    ),
    "CR LF": (
        "on-log",
        "#!/bin/sh\r\n",
        0o755,
        (
            "warning",
            (
                "not run: {hooks}/on-log: its lines end in CR LF, as on Windows: save it with LF alone, "
                "as dos2unix does"
            ),
            AGAIN,
        ),
    ),
}


def told(cli: Cli) -> list[tuple[str, str, str, str]]:
    found: list[dict[str, Any]] = cli.done("doctor", "--json").json["findings"]
    return [
        (each["weight"], each["file"], each["what"], each["advice"])
        for each in found
        if each["file"].startswith("hooks")
    ]


@pytest.mark.parametrize("case", FOUND)
def test_a_hook_is_told_of_as_it_would_fare(case: str, cli: Cli, hook: Hook) -> None:
    name, script, mode, (weight, what, advice) = FOUND[case]
    hook(name, script, mode)

    folder = str(cli.database / "hooks")
    assert told(cli) == [
        (weight, f"hooks/{name}", what.replace("{hooks}", folder), advice.replace("{hooks}", folder))
    ]


@pytest.mark.parametrize(
    ("harm", "file", "what"),
    [
        (
            lambda folder: (
                (folder / "on-log").rename(folder / "x.sample") and (folder / "on-log").symlink_to("x.sample")
            ),
            "hooks/on-log",
            "not run: {hooks}/on-log is a symbolic link, which is never followed",
        ),
        (
            lambda folder: (folder / "on-log").unlink() or (folder / "on-log").mkdir(),
            "hooks/on-log",
            "not run: {hooks}/on-log is no ordinary file",
        ),
        (lambda folder: folder.chmod(0o775), "hooks", "not run: others may write {hooks}"),
        (
            lambda folder: shutil.move(folder, f"{folder}2") and folder.symlink_to("hooks2"),
            "hooks",
            "not run: {hooks} is a symbolic link, which is never followed",
        ),
    ],
    ids=["link", "directory", "open folder", "linked folder"],
)
def test_what_others_could_have_put_there_is_a_warning(
    harm: Callable[[Path], object], file: str, what: str, cli: Cli, hook: Hook
) -> None:
    hook()
    harm(cli.database / "hooks")

    ((weight, where, said, _),) = told(cli)
    assert (weight, where, said) == ("warning", file, what.replace("{hooks}", str(cli.database / "hooks")))


@pytest.mark.parametrize("name", ["on-log.sample", "on-log~", "README", ".keep"])
def test_what_nobody_takes_for_a_hook_is_not_told_of(name: str, cli: Cli, hook: Hook) -> None:
    hook(name, SH, 0o644)

    assert told(cli) == []


def test_the_text_has_it_in_a_line_and_the_database_is_sound(cli: Cli, hook: Hook) -> None:
    hook("on-log.sh")

    ran = cli.done("doctor")

    assert f"warning: hooks/on-log.sh: {NEVER}: name it {cli.database}/hooks/on-log\n" in ran.out
    assert "sound: " in ran.out
