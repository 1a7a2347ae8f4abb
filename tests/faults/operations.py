"""What is done to a database while something goes wrong, and what a database holds afterwards.

Another command to be put to every fault is one more row of `OPERATIONS`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zlib import crc32

from faults.rig import Rig
from gztrack.errors import StoreDamaged, StoreMissing
from gztrack.storage.files import FACTS
from gztrack.storage.health.doctor import examine
from gztrack.storage.journal import Journal
from gztrack.storage.lines import LINE_FACTS, dumps
from gztrack.storage.lock import Lock, Mark
from gztrack.storage.reading import transactions

State = tuple[str, ...] | None
"""What a database holds, a text for each transaction in the order of the file; None for no database."""

DAMAGED: State = ("damaged",)
"""In place of what a database holds that cannot be read."""

INDICATOR = "5g-enterprises"
"""One that every database here has."""

LONG = "import of several lines"
"""The operation that needs more than one line of the journal, and more than a very small disk."""

COPY = "copy.jsonl"
"""The name of a backup that an operation makes."""

_ID = re.compile(r'"[0-9a-hjkmnp-tv-z]{26}"')
_OLD_VERSION = Path(__file__).parents[1] / "storage" / "versions" / "schema-1"
_OLD_LINES = 7
"""How much of it is enough: before a long batch begins."""

TORN = b'{"tx":"01m889gg37g2s35qf51t01ygbh","at":"2026-11-25T02:45:43.143323Z","auth'
"""What a write leaves at the end of a journal that was cut off."""


class Operation(NamedTuple):
    """A command as it is put to every fault.

    Attributes:
        name: For the test's name.
        start: The database that it begins with, one of the shelf's.
        words: The command; ``{db}``, ``{beside}`` and ``{shelf}`` stand for directories.
        stdin: What it finds on standard input.
        appends: It adds to the file that is there; others put a whole file in its place, which may have
            its name already when the last of their calls fails.
    """

    name: str
    start: str
    words: tuple[str, ...]
    stdin: str = ""
    appends: bool = True

    def __str__(self) -> str:
        return self.name


_LOG = ("log", INDICATOR, "777", "--for", "2021", "--yes")
_RESTORE = ("restore", "{shelf}/plain.jsonl", "--yes")
_BATCH = "".join(f"{INDICATOR} {1000 + number} {2000 + number} # line {number}\n" for number in range(20))

OPERATIONS = (
    Operation("log", "plain", _LOG),
    Operation("log with a key", "plain", (*_LOG, "--key", "k1")),
    Operation("log after a torn write", "torn", _LOG),
    Operation("log without the heads file", "headless", _LOG),
    Operation("log to an older version", "old", _LOG),
    Operation("batch", "plain", ("log", "-", "--yes"), _BATCH),
    Operation("import", "plain", ("import", "{shelf}/figures.csv", "--yes")),
    Operation("import of a pack", "plain", ("import", "{shelf}/other.pack", "--yes")),
    Operation("init from a pack", "nothing", ("init", "--pack", "{shelf}/other.pack"), appends=False),
    Operation(LONG, "plain", ("import", "{shelf}/long.csv", "--yes")),
    Operation("undo", "plain", ("undo",)),
    Operation("init", "nothing", ("init", "--tz", "UTC"), appends=False),
    Operation("merge", "plain", ("merge", "{shelf}/other", "--yes")),
    Operation("backup", "plain", ("backup", "-o", "{beside}/" + COPY), appends=False),
    Operation("restore", "other", _RESTORE, appends=False),
    Operation("restore to nothing", "nothing", _RESTORE, appends=False),
    Operation("restore over damage", "damaged", _RESTORE, appends=False),
    Operation("repair", "damaged", ("doctor", "--repair"), appends=False),
    Operation("repair a flipped bit", "scratched", ("doctor", "--repair"), appends=False),
    Operation("log beside a flipped bit", "scratched", _LOG),
)


class Held(NamedTuple):
    """What is there after an operation.

    Attributes:
        content: What the database holds.
        sound: Whether the doctor finds no damage; None for no database.
        copy: What the backup holds that the operation made beside it; None for no backup.
    """

    content: State
    sound: bool | None
    copy: State


class Shelf:
    """Databases to begin with, made once and copied for each fault.

    Args:
        rig: Makes them.
        folder: Where they are kept.
    """

    def __init__(self, rig: Rig, folder: Path) -> None:
        self.folder = folder
        self._rig = rig
        self._known: set[str] = set()
        months = [f"{1950 + n // 12}-{1 + n % 12:02}" for n in range(LINE_FACTS + 10)]
        for name, periods in (("figures.csv", months[:40]), ("long.csv", months)):
            rows = "".join(f"{INDICATOR},{period},{n + 1}\n" for n, period in enumerate(periods))
            (folder / name).write_text(f"indicator,period,value\n{rows}", "utf-8")
        self._make()

    def _make(self) -> None:
        plain = self.folder / "plain"
        self.must(plain, "init", "--empty", "--tz", "UTC")
        self.must(plain, "add", INDICATOR, "--name", "5G enterprises", "--unit", "enterprises")
        for year in ("2017", "2018", "2019"):
            self.must(plain, "log", INDICATOR, year, "--for", year, "--yes")
        self.must(plain, "backup", "-o", str(self.folder / "plain.jsonl"))
        other = self.copy("plain", self.folder / "other")
        for year in ("2015", "2016"):
            self.must(other, "log", INDICATOR, year, "--for", year, "--yes")
        self.must(other, "export", "-o", str(self.folder / "other.pack"))
        with (self.copy("plain", self.folder / "torn") / FACTS).open("ab") as file:
            file.write(TORN)
        (self.copy("plain", self.folder / "headless") / "heads.json").unlink()
        # One bit can be put back; of the other line nobody knows what it said.
        for name, written in (("scratched", b'"value":2019'), ("damaged", b'"xxxxx":2018')):
            journal = self.copy("plain", self.folder / name) / FACTS
            data = journal.read_bytes()
            assert data.count(b'"value":2018') == 1
            journal.write_bytes(data.replace(b'"value":2018', written))
        old = self.folder / "old"
        old.mkdir()
        data = b"".join((_OLD_VERSION / FACTS).read_bytes().splitlines(keepends=True)[:_OLD_LINES])
        (old / FACTS).write_bytes(data)
        lock = Lock(str(old))
        with lock.held() as fd:
            lock.write_mark(fd, Mark(len(data), crc32(data)))
        for name in ("plain", "other", "old"):
            self._know(self.folder / name)

    def _know(self, db: Path) -> None:
        for transaction in transactions(Journal(str(db))):
            self._known.update(_ID.findall(dumps(transaction)))

    def must(self, db: Path, *words: str) -> None:
        """Run a command that has to succeed."""
        outcome = self._rig.run("--db", str(db), *words)
        assert outcome.code == 0, outcome

    def begin(self, operation: Operation, folder: Path) -> Path:
        """A fresh copy of the database that an operation begins with, alone in a folder."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder / "db" if operation.start == "nothing" else self.copy(operation.start, folder / "db")

    def copy(self, name: str, to: Path) -> Path:
        """A fresh copy of one of the databases."""
        return shutil.copytree(self.folder / name, to)

    def words(self, operation: Operation, db: Path) -> tuple[str, ...]:
        """The whole command line of an operation on a database."""
        places = {"db": db, "beside": db.parent, "shelf": self.folder}
        return ("--db", str(db), *(word.format(**places) for word in operation.words))

    def ends(self, operation: Operation, folder: Path) -> tuple[Held, Held]:
        """What is there before an operation and after it when nothing goes wrong."""
        db = self.begin(operation, folder)
        before = self.held(db)
        outcome = self._rig.run(*self.words(operation, db), stdin=operation.stdin)
        assert outcome.code == 0, outcome
        return before, self.held(db)

    def held(self, db: Path) -> Held:
        """What is there now: a database, perhaps, and perhaps a backup beside it."""
        content = self.state(db)
        sound = None if content is None else examine(str(db)).sound
        backup = db.parent / COPY
        return Held(content, sound, self._restored(backup) if backup.exists() else None)

    def _restored(self, backup: Path) -> State:
        """What a backup holds, which has to be a whole one."""
        with TemporaryDirectory(dir=self.folder) as folder:
            db = Path(folder) / "db"
            outcome = self._rig.run("--db", str(db), "restore", str(backup))
            assert (outcome.code, outcome.err) == (0, ""), outcome
            return self.state(db)

    def state(self, db: Path) -> State:
        """What a database holds now. Ids and times that no run shares with another are left out."""
        try:
            found = list(transactions(Journal(str(db))))
        except StoreMissing:
            return None
        except StoreDamaged:
            return DAMAGED
        return tuple(self._text(each.tx, dumps((*each[2:], each.at))) for each in found)

    def _text(self, tx: str, text: str) -> str:
        if f'"{tx}"' in self._known:
            return tx + text
        without_time = text.rpartition(",")[0]
        return _ID.sub(lambda found: found[0] if found[0] in self._known else '"new"', without_time)


def is_kept(db: Path, original: bytes) -> bool:
    """Whether every byte that a journal held is still somewhere: in it, in ``backups`` or in ``quarantine``."""
    there = [path.read_bytes() for path in (db / FACTS, *db.glob("backups/*"), *db.glob("quarantine/*"))]
    begin, torn = original.removesuffix(TORN), original.endswith(TORN)
    return any(data.startswith(begin) for data in there) and (not torn or any(TORN in data for data in there))
