"""Putting right what can be put right of a database.

`repair` works under the lock, keeps the file as it was in ``backups/`` before it changes anything,
puts what it leaves out into ``quarantine/``, and says what it did.
"""

from __future__ import annotations

import os
from zlib import crc32

from gztrack.domain.ids import new_tx
from gztrack.language import ntr, tr
from gztrack.storage.files import FACTS, QUARANTINE, Files, make_folder, put, told
from gztrack.storage.health import surroundings
from gztrack.storage.health.doctor import Look, Report, brings_back, examine, from_backup, look, place
from gztrack.storage.health.examination import examined, told_of
from gztrack.storage.health.findings import Finding
from gztrack.storage.lines import SCHEMA, Header, body_of, loads
from gztrack.storage.lock import WAIT, Lock, Mark
from gztrack.storage.rewriting import moment, put_in_place

_ALL = 20
"""How many facts of a line that is put aside are told: as many as a person could enter again."""


def repair(directory: str, *, wait: float = WAIT, files: Files | None = None) -> Report:
    """Put right what can be, under the lock, after the journal was kept as it was.

    Raises:
        StoreBusy: Somebody else held the lock for the whole wait.
        StoreMissing: There is no database.
        StoreError: As the system says; nothing was changed then.
    """
    files = files or Files()
    path = place(directory, files)
    done: list[str] = []
    lost = False
    if not isinstance(path, Finding):
        lock = Lock(directory, wait=wait, files=files)
        with lock.held() as fd, told(directory, writing=True):
            done += surroundings.tidy(directory, files)
            more, lost = _put_right(directory, lock, fd, files)
            done += more
    return examine(directory, files=files)._replace(done=tuple(done), lost=lost)


def _put_right(directory: str, lock: Lock, fd: int, files: Files) -> tuple[list[str], bool]:
    """Write the journal anew where it is damaged, only its mark where that is missing.

    Returns:
        What was done, and whether something was lost.
    """
    journal = look(directory, files)
    bad = set(journal.contents.unusable)
    lines = journal.mended.lines[1:] if journal.header else journal.mended.lines
    if not (journal.mended.flaws or bad or journal.mended.torn):
        return _marked(journal, lock, fd, files), False
    usable = [line for at, line in enumerate(lines) if at not in bad]
    kept, unfinished = complete_transactions(usable)
    facts = journal.contents.facts - examined(unfinished).facts
    dropped = unfinished + [line for at, line in enumerate(lines) if at in bad]
    if not kept and any(flaw.lost for flaw in journal.mended.flaws):
        # An empty database in the place of a lost one would be no repair.
        return [
            tr("changed nothing, for nothing of it can be kept: {command}", command=from_backup(directory))
        ], False
    aside = [flaw.raw for flaw in journal.mended.flaws if flaw.raw]
    aside += [*dropped, *([journal.mended.torn] if journal.mended.torn else [])]
    done = []
    if aside:
        where = _set_aside(directory, aside, files)
        said = tr("; ").join(filter(None, (told_of(raw, _ALL) for raw in aside)))
        put_aside = ntr(
            "put a line aside in {path}", "put {n:,} lines aside in {path}", len(aside), path=where
        )
        done.append(tr("{place}: {what}", place=put_aside, what=said) if said else put_aside)
    header = journal.header or Header(os.path.basename(os.path.abspath(directory)), "UTC", "", "")
    anew = header._replace(generation=new_tx(), schema=SCHEMA)
    old = put_in_place(directory, anew, map(body_of, kept), lock, fd, files, "repair")
    done.insert(0, tr("kept the file as it was: {old}", old=old))
    done.append(tr("wrote {journal} anew with {facts:,} facts", journal=FACTS, facts=facts))
    if journal.header is None:
        done.append(
            tr(
                "the title and the zone were lost: it is called {title}, its days go by UTC",
                title=header.title,
            )
        )
    lost = bool(bad) or any(flaw.lost for flaw in journal.mended.flaws)
    if lost:
        done.append(tr("something was lost: {advice}", advice=brings_back(directory)))
    return done, lost


def _marked(journal: Look, lock: Lock, fd: int, files: Files) -> list[str]:
    if journal.mark is not None:
        return []
    data = b"".join(journal.mended.lines)
    lock.write_mark(fd, Mark(len(data), crc32(data)))
    files.sync(fd)
    return [tr("marked the journal's {n:,} bytes in the lock file", n=len(data))]


def _set_aside(directory: str, raws: list[bytes], files: Files) -> str:
    folder = os.path.join(directory, QUARANTINE)
    make_folder(files, folder)
    data = b"".join(raw if raw.endswith(b"\n") else raw + b"\n" for raw in raws)
    where = os.path.join(folder, f"{moment()}-set-aside-{crc32(data):08x}.jsonl")
    put(files, where, data)
    return where


def complete_transactions(lines: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Of a journal's lines those that make up whole transactions, and those that do not.

    Args:
        lines: Lines without the header.
    """
    kept: list[bytes] = []
    dropped: list[bytes] = []
    run: list[bytes] = []
    run_of = ""
    for line in lines:
        try:
            fields = loads(line)
            tx, part, commit = fields["tx"], fields.get("part"), fields.get("commit")
        except (ValueError, KeyError, TypeError):
            dropped.append(line)
            continue
        if run and (part != len(run) + 1 or tx != run_of):
            dropped += run
            run = []
        if part is None:
            kept.append(line)
        elif part == len(run) + 1:
            run, run_of = [*run, line], tx
            if commit == part:
                kept += run
                run = []
        else:
            dropped.append(line)
    return kept, dropped + run
