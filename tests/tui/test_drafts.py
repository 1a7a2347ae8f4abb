"""Drafts: kept at each change, private, and never in the way."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest

from gztrack.tui import smallfile
from gztrack.tui.drafts import Drafts
from tui.two import two


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


@pytest.mark.parametrize("first", [True, False])
def test_what_could_not_be_read_back_is_not_kept_and_harms_no_other_draft(path: Path, first: bool) -> None:
    drafts = Drafts(path)
    if not first:
        drafts.keep("log a", {"value": "1"})
    huge = {"note": "新 " * (smallfile.LARGEST // 2)}
    assert drafts.keep("log b", huge) == "the draft is not kept: File too large"
    assert Drafts(path).all() == ({} if first else {"log a": {"value": "1"}})
    assert drafts.keep("log c", {"value": "3"}) == ""
    assert set(Drafts(path).all()) == ({"log c"} if first else {"log a", "log c"})
    assert [entry.name for entry in path.parent.iterdir()] == ["drafts.json"]


def test_the_longest_file_that_is_written_is_read_back(tmp_path: Path) -> None:
    longest = "é" * (smallfile.LARGEST - 2)
    smallfile.write(tmp_path / "file", longest)
    assert smallfile.read(tmp_path / "file") == longest
    with pytest.raises(OSError, match="File too large"):
        smallfile.write(tmp_path / "file", longest + "é")
    assert smallfile.read(tmp_path / "file") == longest


def test_what_failed_is_tried_again_with_the_same_texts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    drafts = Drafts(path)
    with monkeypatch.context() as patched:
        patched.setattr(smallfile, "write", full)
        assert drafts.keep("log a", {"value": "1"}) == "the draft is not kept: No space left on device"
        assert drafts.keep("log a", {"value": "1"}) == drafts.problem != ""
    assert drafts.keep("log a", {"value": "1"}) == drafts.problem == ""
    assert Drafts(path).get("log a") == {"value": "1"}


@pytest.mark.parametrize("there", [True, False])
async def test_several_readings_that_could_not_be_kept_are_not_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    def full(path: Path, content: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with two(tmp_path) as board:
        if there:
            await board.press("L", *"2021", "escape")
            assert "what was typed is kept" in board.footer
        monkeypatch.setattr(smallfile, "write", full)
        await board.press("L", *"2026", "escape")
        assert "not saved yet; the draft is not kept: No space left on device" in board.footer
