"""Looking a database over, from its bytes to its facts. Nothing is written and no lock is taken."""

from __future__ import annotations

import os
import stat
from zlib import crc32

from gztrack.errors import StoreDamaged, StoreError, StoreMissing, StoreNewer
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage.files import FACTS, LOCK, READ, Files, read_exactly, told
from gztrack.storage.health import surroundings
from gztrack.storage.health.examination import Contents, examined, told_of
from gztrack.storage.health.findings import DAMAGE, NOTE, WARNING, Finding, gravest_first
from gztrack.storage.health.mending import Flaw, Mended, mend
from gztrack.storage.lines import (
    BACKUP,
    READABLE,
    SCHEMA,
    Header,
    committed_end,
    each_line,
    verified,
)
from gztrack.storage.lock import REPLACING, Lock, Mark
from gztrack.storage.scan import is_torn, parse_header

_BACKUP = f'{{"gztrack":"{BACKUP}"'.encode()


class Report(NamedTuple):
    """What was found, and what was done about it.

    Attributes:
        path: The database directory.
        findings: What is wrong or worth knowing, the gravest first.
        facts: How many facts can be read.
        transactions: In how many transactions.
        done: What a repair did, in words.
        lost: Something that was acknowledged could not be kept by the repair.
    """

    path: str
    findings: tuple[Finding, ...]
    facts: int
    transactions: int
    done: tuple[str, ...] = ()
    lost: bool = False

    @property
    def sound(self) -> bool:
        """No damage is left."""
        return all(finding.weight != DAMAGE for finding in self.findings)


class Look(NamedTuple):
    """The journal's file as it is, and what can be told of it.

    Attributes:
        mark: How much of it was acknowledged, None where nobody knows.
        unmarked: Why nobody knows.
        mended: Its lines and flaws.
        contents: What the lines hold.
        header: Its first line, None where that is lost.
    """

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
    path = place(directory, files)
    found = surroundings.findings(directory, files)
    if isinstance(path, Finding):
        return Report(directory, (path, *found), 0, 0)
    journal = look(directory, files)
    found += [*_bytes_findings(journal, directory), *journal.contents.findings]
    found += surroundings.derived_findings(directory, journal.header, files)
    return Report(
        directory,
        tuple(sorted(found, key=gravest_first)),
        journal.contents.facts,
        journal.contents.transactions,
    )


def place(directory: str, files: Files) -> str | Finding:
    """The journal's path, or what stands there instead of one."""
    path = os.path.join(directory, FACTS)
    with told(directory):
        try:
            mode = files.stat(path).st_mode
        except NotADirectoryError:
            raise StoreError(tr("{path}: is a file, and a database is a directory", path=directory)) from None
        except FileNotFoundError:
            mark, _ = Lock(directory, files=files).read_mark() if os.path.isdir(directory) else (None, "")
            if mark is None:
                raise StoreMissing(tr("{path}: no database there: check the name", path=directory)) from None
            what = tr("is gone, and {n:,} bytes were kept there", n=mark.length)
            return Finding(DAMAGE, FACTS, 0, what, from_backup(directory))
    if not stat.S_ISREG(mode):
        linked = stat.S_ISLNK(mode)
        what = tr("is a symbolic link, which is never followed") if linked else tr("is not a file")
        return Finding(DAMAGE, FACTS, 0, what, tr("put the journal itself in its place"))
    with told(path):
        fd = files.open(path, READ)
        try:
            start = files.pread(fd, len(_BACKUP), 0)
        finally:
            files.close(fd)
    if start == _BACKUP:
        advice = tr("move it to another place and give it to gztrack restore")
        return Finding(DAMAGE, FACTS, 1, tr("is a backup in the place of a journal"), advice)
    return path


def from_backup(directory: str) -> str:
    """The command that puts the newest backup back."""
    return f"gztrack restore {surroundings.newest_backup(directory) or 'BACKUP'}"


def brings_back(directory: str) -> str:
    """What brings lost facts back, in words."""
    newest = surroundings.newest_backup(directory)
    if not newest:
        return tr("gztrack merge BACKUP brings back what a backup still has")
    return tr("gztrack merge {path} brings back what that backup still has", path=newest)


def look(directory: str, files: Files) -> Look:
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
    return Look(mark, unmarked, mended, contents, header)


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
    return Mended(list(each_line(data[:end])), [], data[end:], whole=True)


def _bytes_findings(journal: Look, directory: str) -> list[Finding]:
    """Flaws of the file, its end and its mark."""
    rest = tr("gztrack doctor --repair keeps the rest; {advice}", advice=brings_back(directory))
    advice = rest if journal.contents.transactions else from_backup(directory)
    found = _flaw_findings(journal.mended.flaws, advice)
    if not journal.mended.lines:
        what = tr("holds nothing that can be read")
        found.append(Finding(DAMAGE, FACTS, 0, what, from_backup(directory)))
    elif journal.header is None:
        advice = tr(
            "{command} brings them back; gztrack doctor --repair names the database after its directory and lets its"
            " days go by UTC",
            command=from_backup(directory),
        )
        what = tr("the first line, with title and time zone, is lost")
        found.append(Finding(DAMAGE, FACTS, 1, what, advice))
    elif journal.header.schema != SCHEMA and journal.header.schema in READABLE:
        what = tr(
            "is of schema {old}; this gztrack writes {schema}", old=journal.header.schema, schema=SCHEMA
        )
        found.append(
            Finding(NOTE, FACTS, 1, what, tr("the next write brings it there and keeps the old file"))
        )
    if journal.mended.torn:
        what = tr(
            "ends with {n:,} bytes of a write that was cut off and never acknowledged",
            n=len(journal.mended.torn),
        )
        found.append(Finding(WARNING, FACTS, 0, what, tr("the next write moves them to quarantine")))
    if journal.mark is None:
        why = (
            tr("withdrawn: a restore or repair was cut off")
            if journal.unmarked == REPLACING
            else tr(journal.unmarked)
        )
        what = tr("its mark is {why}, so an emptied journal could not be told", why=why)
        found.append(Finding(WARNING, LOCK, 1, what, tr("the next write makes it anew")))
    return found


def _flaw_findings(flaws: list[Flaw], advice: str) -> list[Finding]:
    """A finding for each flaw; the same thing on line after line that loses nothing is one."""
    found: list[Finding] = []
    alike: list[Flaw] = []
    for flaw in [*flaws, None]:
        if alike and (flaw is None or flaw.lost or flaw.what != alike[0].what):
            what = alike[0].what
            if len(alike) > 1:
                what = tr(
                    "{what} (and {n:,} more up to line {line:,})",
                    what=what,
                    n=len(alike) - 1,
                    line=alike[-1].line,
                )
            found.append(
                Finding(
                    DAMAGE,
                    FACTS,
                    alike[0].line,
                    what,
                    tr("nothing is lost: gztrack doctor --repair puts it right"),
                )
            )
            alike = []
        if flaw is None:
            break
        if flaw.lost:
            said = told_of(flaw.raw)
            what = tr("{what}; it says {said}", what=flaw.what, said=said) if said else flaw.what
            found.append(Finding(DAMAGE, FACTS, flaw.line, what, advice))
        else:
            alike.append(flaw)
    return found
