"""Transactions, databases and failing disks for the tests of the store."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gztrack.domain.ids import fact_ids, from_int
from gztrack.storage.creation import create
from gztrack.storage.files import Files
from gztrack.storage.journal import Journal
from gztrack.storage.reading import transactions
from gztrack.storage.store import Fact, Transaction

SOURCE = Path(__file__).parents[2] / "src"
CREATED = "2020-05-30T08:00:00.000000Z"
GENERATION = from_int(7)
MAY = {"period": "2020-05", "start": "2020-05-01", "end": "2020-05-31"}


def transaction(number: int, *values: int, at: str = "", author: str = "ann") -> Transaction:
    """A transaction with one reading a value; its ids follow from its number."""
    tx = from_int((1_590_825_600_000 + number) << 80)
    facts: list[tuple[str, Fact]] = [
        ("readings", {"id": fact_id, "indicator": "nev-capacity", **MAY, "value": value})
        for fact_id, value in zip(fact_ids(tx, len(values)), values, strict=True)
    ]
    return Transaction(
        tx, at or f"2020-05-30T08:00:{number % 60:02}.000000Z", author, "login", "log", tuple(facts)
    )


def database(directory: Path, *begin: Transaction) -> Path:
    """A database that begins with some transactions, always the same bytes."""
    create(str(directory), "Guangzhou", "Asia/Shanghai", begin, generation=GENERATION, created=CREATED)
    return directory


def numbers(directory: Path) -> list[int]:
    """The values in a database as a new process would read them."""
    found = transactions(Journal(str(directory)))
    return [record["value"] for each in found for _, record in each.facts]


def facts_file(directory: Path) -> Path:
    """The journal's file."""
    return directory / "facts.jsonl"


def script(code: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    """Another Python process that runs some code with the store at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": f"{SOURCE}:{SOURCE.parent / 'tests'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(processes: Sequence[subprocess.Popen[str]], timeout: float = 60) -> list[str]:
    """Wait for processes; what each printed. A traceback fails the test."""
    outputs = []
    for process in processes:
        out, err = process.communicate(timeout=timeout)
        assert process.returncode == 0, err
        outputs.append(out)
    return outputs


class Counting(Files):
    """Counts what is read, and remembers the calls in order."""

    def __init__(self) -> None:
        self.bytes_read = 0
        self.calls: list[str] = []

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        data = super().pread(fd, size, offset)
        self.bytes_read += len(data)
        return data

    def write(self, fd: int, data: bytes) -> int:
        self.calls.append("write")
        return super().write(fd, data)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        self.calls.append("mark" if data.startswith(b"mark") else "holder")
        return super().pwrite(fd, data, offset)

    def sync(self, fd: int) -> None:
        self.calls.append("sync")
        super().sync(fd)


class Failing(Files):
    """A disk whose calls fail on demand: ``Failing(write=error)``, ``Failing(short=10)``."""

    def __init__(
        self, *, write: int = 0, sync: int = 0, truncate: int = 0, mark: int = 0, short: int | None = None
    ) -> None:
        self.write_error, self.sync_error, self.truncate_error, self.mark_error = write, sync, truncate, mark
        self.short = short
        self.syncs = 0

    def write(self, fd: int, data: bytes) -> int:
        if self.write_error:
            raise OSError(self.write_error, os.strerror(self.write_error))
        return super().write(fd, data if self.short is None else data[: self.short])

    def sync(self, fd: int) -> None:
        self.syncs += 1
        if self.sync_error:
            raise OSError(self.sync_error, os.strerror(self.sync_error))
        super().sync(fd)

    def truncate(self, fd: int, length: int) -> None:
        if self.truncate_error:
            raise OSError(self.truncate_error, os.strerror(self.truncate_error))
        super().truncate(fd, length)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        if self.mark_error and data.startswith(b"mark"):
            raise OSError(self.mark_error, os.strerror(self.mark_error))
        return super().pwrite(fd, data, offset)


FULL = errno.ENOSPC
BROKEN = errno.EIO


class Killed(BaseException):
    """The process is gone; nothing in it runs any more."""


class Cut(Files):
    """A process that dies at its n-th system call that changes something; a write dies halfway."""

    def __init__(self, at: int) -> None:
        self.left = at

    def _die(self, before: Callable[[], object] | None = None) -> None:
        self.left -= 1
        if self.left == 0 and before is not None:
            before()
        if self.left <= 0:
            raise Killed

    def write(self, fd: int, data: bytes) -> int:
        self._die(lambda: os.write(fd, data[: len(data) // 2]))
        return super().write(fd, data)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        self._die(lambda: os.pwrite(fd, data[: len(data) // 2], offset))
        return super().pwrite(fd, data, offset)

    def truncate(self, fd: int, length: int) -> None:
        self._die()
        super().truncate(fd, length)

    def sync(self, fd: int) -> None:
        self._die()
        super().sync(fd)

    def sync_directory(self, path: str) -> None:
        self._die()
        super().sync_directory(path)

    def rename(self, old: str, new: str) -> None:
        self._die()
        super().rename(old, new)

    def unlink(self, path: str) -> None:
        self._die()
        super().unlink(path)
