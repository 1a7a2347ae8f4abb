"""Trackers over one database, for two people in two sessions, on a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gztrack.domain.progress import assess
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.tinydb_store import TinyDBStore

TODAY = date(2026, 11, 24)


@pytest.fixture
def directory(tmp_path: Path) -> str:
    """A database made from the article's seed."""
    seed = read_seed(article_seed())
    create(str(tmp_path / "db"), seed.title, seed.tz, (seed.transaction,))
    return str(tmp_path / "db")


@pytest.fixture
def session(directory: str) -> Callable[[str], Tracker]:
    """Opens another session on the same database."""

    def of(author: str) -> Tracker:
        return Tracker(TinyDBStore(directory), author=author, login=author, today=TODAY)

    return of


@pytest.fixture
def tracker(session: Callable[[str], Tracker]) -> Tracker:
    return session("ann")


@pytest.fixture
def other(session: Callable[[str], Tracker]) -> Tracker:
    return session("bob")


@pytest.fixture
def status(tracker: Tracker) -> Callable[[str], str]:
    def of(slug: str) -> str:
        tracker.refresh()
        return tracker.detail(slug).row.status

    return of


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many indicators were assessed since the last call."""
    done: list[None] = []

    def counted(*args: object, **kwargs: object) -> object:
        done.append(None)
        return assess(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("gztrack.services.board.assessing.assess", counted)

    def since() -> int:
        number = len(done)
        done.clear()
        return number

    return since
