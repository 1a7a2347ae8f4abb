"""What ``export`` writes, byte for byte, in every format."""

from __future__ import annotations

import pytest

from books import GOLDEN, exports, running

KINDS = ("pack", "csv", "json", "tinydb.json")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return exports(running())


def test_every_format_has_golden_bytes(made: dict[str, bytes]) -> None:
    assert tuple(made) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_golden_bytes(made: dict[str, bytes], kind: str) -> None:
    assert made[kind].decode() == (GOLDEN / f"half-marathon.{kind}").read_bytes().decode(), (
        "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"
    )
