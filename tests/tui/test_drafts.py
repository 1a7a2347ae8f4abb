"""Drafts: kept at each change, private, and never in the way."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gztrack.tui.drafts import Drafts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts.json"


def test_a_draft_outlives_the_program(path: Path) -> None:
    assert Drafts(path).keep("log nev", {"value": "310k", "note": "新"}) == ""
    assert Drafts(path).get("log nev") == {"value": "310k", "note": "新"}


def test_only_its_owner_reads_it(path: Path) -> None:
    Drafts(path).keep("log nev", {"value": "310k"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_left_beside_it(path: Path) -> None:
    Drafts(path).keep("log nev", {"value": "310k"})
    assert [entry.name for entry in path.parent.iterdir()] == ["drafts.json"]


def test_two_sessions_keep_their_drafts(path: Path) -> None:
    first, second = Drafts(path), Drafts(path)
    first.keep("log a", {"value": "1"})
    second.keep("log b", {"value": "2"})
    first.drop("log a")
    assert Drafts(path).get("log b") == {"value": "2"}
    assert Drafts(path).get("log a") is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"log a": 1}', '{"log a": {"value": 3}}', "\x00\xff"])
def test_a_damaged_file_is_no_draft(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="latin-1")
    assert not Drafts(path).get("log a")
    assert Drafts(path).keep("log a", {"value": "1"}) == ""
    assert Drafts(path).get("log a") == {"value": "1"}


def test_a_draft_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "the draft is not kept" in Drafts(tmp_path / "file" / "drafts.json").keep("log a", {"value": "1"})


def test_without_a_file_a_draft_lives_as_long_as_the_program() -> None:
    drafts = Drafts(None)
    drafts.keep("log a", {"value": "1"})
    assert drafts.get("log a") == {"value": "1"}
    drafts.drop("log a")
    assert drafts.get("log a") is None


def test_a_link_in_its_place_is_replaced_not_followed(path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("{}")
    path.parent.mkdir()
    path.symlink_to(victim)
    Drafts(path).keep("log a", {"value": "1"})
    assert victim.read_text() == "{}"
