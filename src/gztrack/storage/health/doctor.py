"""Looking a database over, from its bytes to its facts, and putting right what can be put right.

`examine` never writes and takes no lock. `repair` works under the lock, keeps the file as it was
in ``backups/`` before it changes anything, puts what it leaves out into ``quarantine/``, and says
what it did.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple
from zlib import crc32

from gztrack.domain.ids import new_tx
from gztrack.errors import StoreDamaged, StoreError, StoreMissing, StoreNewer
from gztrack.storage.files import FACTS, QUARANTINE, READ, Files, make_folder, put, read_exactly, told
from gztrack.storage.health import surroundings
from gztrack.storage.health.examination import Contents, examined, told_of
from gztrack.storage.health.findings import DAMAGE, NOTE, WARNING, Finding, gravest_first
from gztrack.storage.health.mending import Flaw, Mended, complete_transactions, mend
from gztrack.storage.lines import READABLE, SCHEMA, Header, body_of, committed_end, verified
from gztrack.storage.lock import REPLACING, WAIT, Lock, Mark
from gztrack.storage.rewriting import keep, moment, put_in_place
from gztrack.storage.scan import is_torn, parse_header

BRING_BACK = "gztrack merge BACKUP brings back what a backup still has"


class Report(NamedTuple):
    """What was found, and what was done about it.

    Attributes:
        path: The database directory.
        findings: What is wrong or worth knowing, the gravest first.
        facts: How many facts can be read.
        transactions: In how many transactions.
        done: What a repair did, in words.
    """

    path: str
    findings: tuple[Finding, ...]
    facts: int
    transactions: int
    done: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """No damage is left."""
        return all(finding.weight != DAMAGE for finding in self.findings)


class _Journal(NamedTuple):
    """The journal's file as it is, and what can be told of it."""

    mark: Mark | None
    unmarked: str
    mended: Mended
    contents: Contents
    header: Header | None


def examine(directory: str, *, files: Files | None = None) -> Report:
    """Look a database over.

    Raises:
        StoreMissing: There is none.
        StoreError: It cannot be read, or was written by a newer gztrack.
    """
    files = files or Files()
    path = _place(directory, files)
    found = surroundings.findings(directory, files)
    if isinstance(path, Finding):
        return Report(directory, (path, *found), 0, 0)
    journal = _look(directory, files)
    found += [*_bytes_findings(journal), *journal.contents.findings]
    found += surroundings.derived_findings(directory, journal.header, files)
    return Report(
        directory,
        tuple(sorted(found, key=gravest_first)),
        journal.contents.facts,
        journal.contents.transactions,
    )


def _place(directory: str, files: Files) -> str | Finding:
    """The journal's path, or what stands there instead of one."""
    path = os.path.join(directory, FACTS)
    with told(directory):
        try:
            mode = files.stat(path).st_mode
        except NotADirectoryError:
            raise StoreError(f"{directory}: is a file, and a database is a directory") from None
        except FileNotFoundError:
            mark, _ = Lock(directory, files=files).read_mark() if os.path.isdir(directory) else (None, "")
            if mark is None:
                raise StoreMissing(f"{directory}: no database there: check the name") from None
            what = f"is gone, and {mark.length:,} bytes were kept there"
            return Finding(DAMAGE, FACTS, 0, what, _from_backup(directory))
    if not stat.S_ISREG(mode):
        kind = "a symbolic link, which is never followed" if stat.S_ISLNK(mode) else "not a file"
        return Finding(DAMAGE, FACTS, 0, f"is {kind}", "put the journal itself in its place")
    return path


def _from_backup(directory: str) -> str:
    newest = surroundings.newest_backup(directory)
    return f"gztrack restore {newest or 'BACKUP'}"


def _look(directory: str, files: Files) -> _Journal:
    """Read the journal and find out what it says."""
    # The mark first: a writer at work may make the file longer than a mark read before, never shorter.
    mark, unmarked = Lock(directory, files=files).read_mark()
    path = os.path.join(directory, FACTS)
    with told(path):
        fd = files.open(path, READ)
        try:
            data = read_exactly(files, fd, 0, files.fstat(fd).st_size)
        finally:
            files.close(fd)
    mended = _sound(data, mark) or mend(data, mark)
    header = None
    if mended.lines:
        try:
            header = parse_header(mended.lines[0], path)
        except StoreNewer:
            raise
        except StoreDamaged:
            header = None
    contents = examined(mended.lines[1:] if header else mended.lines)
    return _Journal(mark, unmarked, mended, contents, header)


def _sound(data: bytes, mark: Mark | None) -> Mended | None:
    """The lines of a journal without a flaw, found with one pass over its bytes."""
    end = committed_end(data) or data.find(b"\n") + 1
    checksum = verified(data[:end], 0) if end else None
    if checksum is None:
        return None
    if mark and (mark.length > end or crc32(data[: mark.length]) != mark.checksum):
        return None
    if data[end:] and not is_torn(data[end:], checksum):
        return None
    lines = [line + b"\n" for line in data[:end].split(b"\n")[:-1]]
    return Mended(lines, [], data[end:], whole=True)


def _bytes_findings(journal: _Journal) -> list[Finding]:
    """Flaws of the file, its end and its mark."""
    found = [_flaw_finding(flaw) for flaw in journal.mended.flaws]
    if not journal.mended.lines:
        found.append(Finding(DAMAGE, FACTS, 0, "holds nothing that can be read", "gztrack restore BACKUP"))
    elif journal.header is None:
        found.append(
            Finding(
                DAMAGE, FACTS, 1, "the first line, with title and time zone, is lost",
                "gztrack doctor --repair names the database after its directory and lets its days go by UTC",
            )
        )  # fmt: skip
    elif journal.header.schema != SCHEMA and journal.header.schema in READABLE:
        what = f"is of schema {journal.header.schema}; this gztrack writes {SCHEMA}"
        found.append(Finding(NOTE, FACTS, 1, what, "the next write brings it there and keeps the old file"))
    if journal.mended.torn:
        what = (
            f"ends with {len(journal.mended.torn):,} bytes of a write that was cut off and never acknowledged"
        )
        found.append(Finding(WARNING, FACTS, 0, what, "the next write moves them to quarantine"))
    if journal.mark is None:
        why = (
            "withdrawn: a restore or repair was cut off"
            if journal.unmarked == REPLACING
            else journal.unmarked
        )
        what = f"its mark is {why}, so an emptied journal could not be told"
        found.append(Finding(WARNING, "lock", 1, what, "the next write makes it anew"))
    return found


def _flaw_finding(flaw: Flaw) -> Finding:
    said = told_of(flaw.raw) if flaw.lost else ""
    what = f"{flaw.what}; it says {said}" if said else flaw.what
    if flaw.lost:
        return Finding(
            DAMAGE, FACTS, flaw.line, what, f"gztrack doctor --repair keeps the rest; {BRING_BACK}"
        )
    return Finding(DAMAGE, FACTS, flaw.line, what, "nothing is lost: gztrack doctor --repair puts it right")


def repair(directory: str, *, wait: float = WAIT, files: Files | None = None) -> Report:
    """Put right what can be, under the lock, after the journal was kept as it was.

    Raises:
        StoreBusy: Somebody else held the lock for the whole wait.
        StoreMissing: There is no database.
        StoreError: As the system says; nothing was changed then.
    """
    files = files or Files()
    path = _place(directory, files)
    done: list[str] = []
    if not isinstance(path, Finding):
        lock = Lock(directory, wait=wait, files=files)
        with lock.held() as fd, told(directory, writing=True):
            done += surroundings.tidy(directory, files)
            done += _put_right(directory, lock, fd, files)
    return examine(directory, files=files)._replace(done=tuple(done))


def _put_right(directory: str, lock: Lock, fd: int, files: Files) -> list[str]:
    """Write the journal anew where it is damaged; only its mark where that is missing."""
    journal = _look(directory, files)
    bad = set(journal.contents.unusable)
    lines = journal.mended.lines[1:] if journal.header else journal.mended.lines
    if not (journal.mended.flaws or bad or journal.mended.torn):
        return _marked(journal, lock, fd, files)
    usable = [line for at, line in enumerate(lines) if at not in bad]
    kept, dropped = complete_transactions(usable)
    dropped += [line for at, line in enumerate(lines) if at in bad]
    if not kept and any(flaw.lost for flaw in journal.mended.flaws):
        # An empty database in the place of a lost one would be no repair.
        return [f"changed nothing, for nothing of it can be kept: {_from_backup(directory)}"]
    done = [f"kept the file as it was: {keep(directory, 'repair', files)}"]
    aside = [flaw.raw for flaw in journal.mended.flaws if flaw.raw and flaw.lost]
    aside += [*dropped, *([journal.mended.torn] if journal.mended.torn else [])]
    if aside:
        where = _set_aside(directory, aside, files)
        said = "; ".join(filter(None, (told_of(raw) for raw in aside)))
        done.append(f"set {len(aside):,} lines aside in {where}" + (f": {said}" if said else ""))
    header = journal.header or Header(os.path.basename(os.path.abspath(directory)), "UTC", "", "")
    anew = header._replace(generation=new_tx(), schema=SCHEMA)
    put_in_place(directory, anew, map(body_of, kept), lock, fd, files)
    done.append(f"wrote {FACTS} anew with {examined(kept).facts:,} facts")
    if journal.header is None:
        done.append(f"the title and the zone were lost: it is called {header.title}, its days go by UTC")
    if any(flaw.lost for flaw in journal.mended.flaws):
        done.append(f"something was lost: {BRING_BACK}")
    return done


def _marked(journal: _Journal, lock: Lock, fd: int, files: Files) -> list[str]:
    if journal.mark is not None:
        return []
    data = b"".join(journal.mended.lines)
    lock.write_mark(fd, Mark(len(data), crc32(data)))
    files.sync(fd)
    return [f"marked the journal's {len(data):,} bytes in the lock file"]


def _set_aside(directory: str, raws: list[bytes], files: Files) -> str:
    folder = os.path.join(directory, QUARANTINE)
    make_folder(files, folder)
    data = b"".join(raw if raw.endswith(b"\n") else raw + b"\n" for raw in raws)
    where = os.path.join(folder, f"{moment()}-set-aside-{crc32(data):08x}.jsonl")
    put(files, where, data)
    return where
