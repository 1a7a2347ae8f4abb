"""Folded groups are remembered, and a state file is never anybody's trouble."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gztrack.tui.folds import MOST, Folds


def state(drafts: Path) -> Path:
    return drafts.with_name("board-ab.json")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    return tmp_path / "gztrack" / "drafts-ab.json"


def test_what_is_folded_stays_so_across_starts(drafts: Path) -> None:
    Folds(drafts).fold("group", ["5G", "新能源"])
    Folds(drafts).fold("status", ["missed"])
    assert Folds(drafts).of("group") == {"5G", "新能源"}
    assert Folds(drafts).of("status") == {"missed"}
    again = Folds(drafts)
    again.unfold("group", ["5G"])
    assert Folds(drafts).of("group") == {"新能源"}
    again.unfold("group")
    assert Folds(drafts).of("group") == frozenset()


def test_only_its_owner_may_read_it_and_drafts_are_apart(drafts: Path) -> None:
    Folds(drafts).fold("group", ["5G"])
    assert stat.S_IMODE(state(drafts).stat().st_mode) == 0o600
    assert [path.name for path in drafts.parent.iterdir()] == ["board-ab.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"folded by group": 3}', b"null"])
def test_a_file_that_makes_no_sense_folds_nothing(drafts: Path, content: bytes) -> None:
    drafts.parent.mkdir()
    state(drafts).write_bytes(content)
    folds = Folds(drafts)
    assert folds.of("group") == frozenset()
    folds.fold("group", ["5G"])
    assert Folds(drafts).of("group") == {"5G"}


def test_where_nothing_can_be_written_it_is_kept_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folds = Folds(tmp_path / "file" / "drafts-ab.json")
    folds.fold("group", ["5G"])
    assert folds.of("group") == {"5G"}


def test_without_a_file_it_is_kept_for_this_run() -> None:
    folds = Folds(None)
    folds.fold("group", ["5G"])
    assert folds.of("group") == {"5G"}


def test_the_file_is_bounded_and_the_latest_stay(drafts: Path) -> None:
    Folds(drafts).fold("group", [f"g{n}" for n in range(MOST + 100)])
    assert len(Folds(drafts).of("group")) == MOST
    assert f"g{MOST + 99}" in Folds(drafts).of("group")
