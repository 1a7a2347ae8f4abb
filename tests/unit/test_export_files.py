"""Files are written whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from errno import EACCES, ENOSPC
from pathlib import Path

import pytest

from gztrack.errors import InputError, StoreFull
from gztrack.export import files
from gztrack.export.files import save


def failing(number: int) -> object:
    def write(path: str, data: bytes) -> None:
        Path(path).write_bytes(data[:1])
        raise OSError(number, os.strerror(number), path)

    return write


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_write", failing(ENOSPC))
    (tmp_path / "a.md").write_text("old")

    with pytest.raises(StoreFull, match=r"a\.md: cannot be written: no space left on device"):
        save(str(tmp_path / "a.md"), b"new", force=True)

    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.md", "old")]


def test_a_folder_that_may_not_be_written_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_write", failing(EACCES))

    with pytest.raises(InputError, match=r"a\.md: cannot be written: permission denied; name another place"):
        save(str(tmp_path / "a.md"), b"new")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_somebody_made_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    write = files._write

    def slowly(temporary: str, data: bytes) -> None:
        write(temporary, data)
        path.write_text("theirs")

    monkeypatch.setattr(files, "_write", slowly)

    with pytest.raises(InputError, match="is there already; --force replaces it"):
        save(str(path), b"mine")

    assert path.read_text() == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_without_hard_links_the_file_is_renamed_into_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: str, follow_symlinks: bool) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)

    save(str(tmp_path / "a.md"), b"new")

    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("name", ["facts.jsonl", "lock", "heads.json", "facts.jsonl.new", "gate.log", "link"])
def test_a_databases_own_file_is_never_written_over(tmp_path: Path, name: str) -> None:
    for own in ("facts.jsonl", "lock"):
        (tmp_path / own).write_text(own)
    (tmp_path / "link").symlink_to("facts.jsonl")

    with pytest.raises(InputError, match=f"{name}: is a database's own file; name another one"):
        save(str(tmp_path / name), b"new", force=True)

    assert [(tmp_path / own).read_text() for own in ("facts.jsonl", "lock")] == ["facts.jsonl", "lock"]


def test_a_file_that_is_only_called_like_a_journal_can_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("a pack")

    save(str(tmp_path / "facts.jsonl"), b"new", force=True)

    assert (tmp_path / "facts.jsonl").read_bytes() == b"new"


def test_what_is_no_ordinary_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(InputError, match="is no ordinary file"):
        save(str(tmp_path / "pipe"), b"new", force=True)
