"""An empty database takes another one's title, zone and facts: all of it or nothing, and only while it is empty."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import pytest

from gztrack.errors import InputError
from gztrack.storage.copies.filling import fill
from gztrack.storage.creation import create
from gztrack.storage.health.doctor import examine
from gztrack.storage.journal import Journal
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.lines import prepare
from gztrack.storage.store import Transaction
from storage.support import Cut, Killed

ONE = Transaction(
    "01m889gg37g2s35qf51t01ygb0", "2026-11-24T09:30:00.000000Z", "ann", "ann", "insert",
    (("colours", {"id": "01m889gg37g2s35qf51t01ygb1", "name": "red"}),),
)  # fmt: skip


def held(folder: Path) -> tuple[str, str, int]:
    store = TinyDBStore(str(folder))
    return store.title, store.tz, len(list(store.transactions()))


def test_title_zone_and_facts_come_in_and_the_time_of_creation_stays(tmp_path: Path) -> None:
    create(str(tmp_path), "mine", "UTC", created="2026-01-01T00:00:00.000000Z")
    open_before = TinyDBStore(str(tmp_path))
    open_before.refresh()
    assert fill(str(tmp_path), "theirs", "Asia/Tokyo", [prepare(ONE)])
    assert held(tmp_path) == ("theirs", "Asia/Tokyo", 1)
    assert Journal(str(tmp_path)).header.created == "2026-01-01T00:00:00.000000Z"
    assert examine(str(tmp_path)).sound
    assert len(os.listdir(tmp_path / "backups")) == 1
    news = open_before.refresh()
    assert news is not None
    assert [table for table, _ in news.facts] == ["colours"]
    assert open_before.append(ONE._replace(tx="01m889gg37g2s35qf51t01ygc0"))


def test_what_holds_something_is_left_alone(tmp_path: Path) -> None:
    create(str(tmp_path), "mine", "UTC", [ONE])
    before = (tmp_path / "facts.jsonl").read_bytes()
    assert not fill(str(tmp_path), "theirs", "Asia/Tokyo", [prepare(ONE)])
    assert (tmp_path / "facts.jsonl").read_bytes() == before


def test_a_title_that_no_first_line_holds_is_refused(tmp_path: Path) -> None:
    create(str(tmp_path), "mine", "UTC")
    with pytest.raises(InputError, match="too long"):
        fill(str(tmp_path), "x" * 2000, "UTC", [prepare(ONE)])


def test_whoever_dies_at_any_call_leaves_one_of_both(tmp_path: Path) -> None:
    seen = set()
    for at in count(1):
        folder = tmp_path / str(at)
        create(str(folder), "mine", "UTC")
        try:
            fill(str(folder), "theirs", "Asia/Tokyo", [prepare(ONE)], files=Cut(at))
        except Killed:
            seen.add(held(folder))
            assert examine(str(folder)).sound
            continue
        break
    assert seen == {("mine", "UTC", 0), ("theirs", "Asia/Tokyo", 1)}
    assert held(folder) == ("theirs", "Asia/Tokyo", 1)
