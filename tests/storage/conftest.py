"""Fixtures of the store's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.support import database


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """The directory of an empty database."""
    return database(tmp_path / "db")
