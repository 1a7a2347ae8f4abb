"""The rig, and places to break things in."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults.operations import Shelf
from faults.rig import Rig, build
from needs import missing, tool


@contextmanager
def _memory() -> Iterator[Path]:
    """A temporary directory in memory where the system has one."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="gztrack-faults-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled shim."""
    if sys.platform != "linux":
        missing("the faults are injected with LD_PRELOAD, which needs Linux")
    tool("gcc")
    return build(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def rig(library: Path) -> Iterator[Rig]:
    with _memory() as home:
        made = Rig(library, home)
        yield made
        made.close()


@pytest.fixture(scope="session")
def shelf(rig: Rig) -> Iterator[Shelf]:
    """Databases to begin with, made once."""
    with _memory() as folder:
        yield Shelf(rig, folder)


@pytest.fixture
def here() -> Iterator[Path]:
    """A directory in memory, where a sync costs nothing: that it was asked for is what counts."""
    with _memory() as folder:
        yield folder
