"""Somebody at a real terminal types, presses tab and enter: what the program is then started with.

What stands in place is told by the program, which notes its words: a screen would show what was meant."""

from __future__ import annotations

import pytest

from .conftest import HOSTILE, Shells


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("gztrack stat", ["status"]),
        ("gztrack --db other show ra", ["--db", "other", "show", "rail-km"]),
        ("gztrack cite nev-capacity@l", ["cite", "nev-capacity@last"]),
        ("gztrack status --only=off", ["status", "--only=off-track"]),
        ('gztrack status --method "lin', ["status", "--method", "linear"]),
        ("gztrack --lang zh status --group 新", ["--lang", "zh", "status", "--group", "新能源汽车"]),
        ("gztrack snapshot --output=script.b", ["snapshot", "--output=script.bash"]),
        ("gztrack show 'x' --db my", ["show", "x", "--db", "my other"]),
        ("gztrack gate --print-key-line ann ~/keys/a", ["gate", "--print-key-line", "ann", "HOME/keys/ann's.pub"]),
        ("gztrack show x > 2.txt --as-o", ["show", "x", "--as-of"]),
    ],
)  # fmt: skip
def test_a_word_is_completed_in_place(shells: Shells, shell: str, line: str, words: list[str]) -> None:
    (shells.home / "keys").mkdir(exist_ok=True)
    for name in ("ann's.pub", "ann's"):
        (shells.home / "keys" / name).touch()
    words = [word.replace("HOME", str(shells.home)) for word in words]
    found = shells.typed(shell, line)
    assert [word.rstrip("/") for word in found] == words or found[-1] == f"{words[-1]}="


@pytest.mark.parametrize(
    ("slug", "typed"),
    [
        ("dollar", "\\$"),
        ("dollar", "'$"),
        ("dollar", '"\\$'),
        ("quotes", "it"),
        ("quotes", "'it"),
        ("quotes", "\"it's"),
        ("colons", "a:"),
        ("colons", "'a:b ["),
        # No shell with a history can hold an exclamation mark in double quotes.
    ],
)
def test_a_hostile_name_is_typed_so_that_it_means_itself(
    shells: Shells, shell: str, slug: str, typed: str
) -> None:
    found = shells.typed(shell, f"gztrack --db hostile status --group {typed}")

    assert found == ["--db", "hostile", "status", "--group", HOSTILE[slug]]
    assert not (shells.home / "harmed").exists()
