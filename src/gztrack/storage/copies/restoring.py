"""Restoring: a copy takes the place of a database, which is kept, or makes one where there is none.

This works under the lock file alone, for what it replaces may be damaged or gone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from gztrack.domain.ids import new_tx
from gztrack.errors import StoreDamaged, StoreError, StoreMissing, StoreNewer
from gztrack.light import NamedTuple
from gztrack.storage import lines
from gztrack.storage.copies.backups import Tally, Watch
from gztrack.storage.copies.merging import digest, encoded
from gztrack.storage.copies.sources import Copy
from gztrack.storage.creation import make_home
from gztrack.storage.files import FACTS, Files, told
from gztrack.storage.journal import Journal, StaleCursorError
from gztrack.storage.lines import SCHEMA
from gztrack.storage.lock import WAIT, Lock
from gztrack.storage.rewriting import put_in_place
from gztrack.storage.store import Cursor


class Unsaved(NamedTuple):
    """What a database holds that a copy does not.

    Attributes:
        facts: How many facts.
        since: Logging time of the first of them; empty where there are none.
        unknown: Why that cannot be told, or None.
    """

    facts: int
    since: str
    unknown: StoreError | None


def restore(
    directory: str,
    copy: Copy,
    held: Tally,
    agreed: Callable[[Unsaved], None],
    *,
    wait: float = WAIT,
    files: Files | None = None,
    watch: Watch | None = None,
) -> str:
    """Put a copy in a database's place; any crash leaves the old one or the new one.

    Args:
        directory: The database; made where it is missing.
        copy: What takes its place.
        held: What is in the copy, which was read through to find out.
        agreed: Is told, under the lock, what the copy lacks, and raises where that shall not be.
        wait: Seconds to wait for a writer.
        files: The system calls; tests put their own here.
        watch: Is told how far it is.

    Returns:
        Where the journal that was there is kept; empty where there was none.

    Raises:
        StoreDamaged: The copy is damaged; nothing was changed.
        StoreError: As the system says; the database is as it was.
    """
    files = files or Files()
    look = _Look(directory, copy, files)
    look.on()
    with told(directory, writing=True):
        make_home(directory, files)
    lock = Lock(directory, wait=wait, files=files)
    with lock.held() as fd:
        look.on()
        agreed(Unsaved(look.facts, look.since, look.unknown))
        with told(directory, writing=True):
            there = os.path.lexists(os.path.join(directory, FACTS))
            header = copy.header._replace(generation=new_tx(), schema=SCHEMA)
            why = "restore" if there else ""
            kept = put_in_place(directory, header, copy.bodies(held, watch), lock, fd, files, why)
    return kept


class _Look:
    """What a database holds that a copy does not; most of the looking is done before the lock is taken.

    Attributes:
        facts: How many facts.
        since: Logging time of the first of them.
        unknown: Why the database could not be read.
    """

    def __init__(self, directory: str, copy: Copy, files: Files) -> None:
        self._directory, self._copy, self._files = directory, copy, files
        self._saved: set[bytes] | None = None
        self._forget()

    def _forget(self) -> None:
        self.facts, self.since = 0, ""
        self.unknown: StoreError | None = None
        self._cursor: Cursor | None = None

    def on(self) -> None:
        """Look at what is new since the last look; at everything where the journal was replaced."""
        try:
            journal = Journal(self._directory, files=self._files)
            if self._saved is None:
                self._saved = {digest(each.bodies) for each in encoded(self._copy.blocks())}
            while True:
                try:
                    return self._read(journal, self._saved)
                except StaleCursorError:
                    self._forget()
        except StoreMissing:
            self._forget()
        except (StoreDamaged, StoreNewer) as error:
            self._forget()
            self.unknown = error

    def _read(self, journal: Journal, saved: set[bytes]) -> None:
        for cursor, block in journal.read(self._cursor):
            for each in encoded([block]):
                if digest(each.bodies) not in saved:
                    self._count(each.bodies)
            self._cursor = cursor
        self.unknown = None

    def _count(self, bodies: Iterable[bytes]) -> None:
        for line in lines.decode(b"".join(body + b"}\n" for body in bodies)):
            self.facts += len(line["facts"])
            self.since = min(self.since or line["at"], line["at"])
