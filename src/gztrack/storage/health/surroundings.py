"""What lies around a journal: its directory, its companions, who may read them, what disk they are on."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress

from gztrack.language import ntr, tr
from gztrack.storage.derived import read_derived
from gztrack.storage.files import (
    BACKUPS,
    DERIVED,
    FACTS,
    GATE_LOG,
    INCOMING,
    LOCK,
    OLD_GATE_LOG,
    QUARANTINE,
    READ,
    Files,
)
from gztrack.storage.health.findings import NOTE, WARNING, Finding
from gztrack.storage.lines import Header

_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "gpfs", "fuse.sshfs",
            "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "davfs", "fuse.davfs2")  # fmt: skip
_LEFT_FOR = 600.0
"""Seconds after which a backup that does not grow is nobody's."""

_FILES = (FACTS, LOCK, *DERIVED, INCOMING)
_LOGS = (GATE_LOG, OLD_GATE_LOG)
"""Belong to who wrote them first: a group has no part in them."""


def findings(directory: str, files: Files) -> list[Finding]:
    """Who else may get in, links, leftovers, and a file system that no lock can be trusted on."""
    found: list[Finding] = []
    kind = network(directory)
    if kind:
        what = tr("is on a network file system ({kind}), where two hosts may write at once", kind=kind)
        found.append(Finding(WARNING, "", 0, what, tr("keep it on a local disk and reach it over SSH")))
    try:
        home: os.stat_result | None = os.stat(directory)  # it may be reached through a link
    except OSError:
        home = None
    if home and home.st_mode & 0o007:
        found.append(Finding(WARNING, "", 0, tr("is open to everybody"), f"chmod o-rwx {directory}"))
    for name in (*_FILES, *_LOGS, BACKUPS, QUARANTINE):
        status = _stat(os.path.join(directory, name), files)
        if status is None:
            continue
        if stat.S_ISLNK(status.st_mode):
            found.append(
                Finding(
                    WARNING,
                    name,
                    0,
                    tr("is a symbolic link, which is never followed"),
                    tr("put the real one there"),
                )
            )
        elif status.st_mode & 0o007:
            found.append(
                Finding(WARNING, name, 0, tr("is open to everybody"), tr("gztrack doctor --repair closes it"))
            )
        if (
            home
            and name not in _LOGS
            and stat.S_ISREG(status.st_mode)
            and home.st_mode & 0o020
            and status.st_gid != home.st_gid
        ):
            what = tr("does not belong to the directory's group, so its members cannot use it")
            found.append(
                Finding(WARNING, name, 0, what, tr("chgrp it, and chmod g+s {path}", path=directory))
            )
    found += [
        Finding(
            NOTE,
            name,
            0,
            tr("was left by a process that was killed"),
            tr("gztrack doctor --repair removes it"),
        )
        for name in leftovers(directory)
    ]
    aside = _listed(os.path.join(directory, QUARANTINE))
    if aside:
        what = ntr(
            "holds {n:,} file with what was put aside",
            "holds {n:,} files with what was put aside",
            len(aside),
        )
        found.append(Finding(NOTE, QUARANTINE, 0, what, tr("look at them, then delete what is of no use")))
    return found


def derived_findings(directory: str, header: Header | None, files: Files) -> list[Finding]:
    """Whether what is derived is of use; being without it is not worth a word."""
    found: list[Finding] = []
    for name in DERIVED:
        status = _stat(os.path.join(directory, name), files)
        if status is None or not stat.S_ISREG(status.st_mode):
            continue
        derived = read_derived(directory, name, files)
        if derived is None or header is None or derived.generation != header.generation:
            said = tr("is harmed or of another file"), tr("nothing is lost: it is made anew")
            found.append(Finding(NOTE, name, 0, *said))
    return found


def tidy(directory: str, files: Files) -> list[str]:
    """Remove what killed processes left, close files to the world; the lock must be held. What was done."""
    done: list[str] = []
    for name in leftovers(directory):
        with suppress(OSError):
            files.unlink(os.path.join(directory, name))
            done.append(tr("removed {name}, which a killed process had left", name=name))
    for name in (*_FILES, *_LOGS):
        path = os.path.join(directory, name)
        status = _stat(path, files)
        if status and stat.S_ISREG(status.st_mode) and status.st_mode & 0o007:
            with suppress(OSError):
                _close_to_the_world(path, files)
                done.append(tr("closed {name} to everybody outside its group", name=name))
    return done


def _close_to_the_world(path: str, files: Files) -> None:
    fd = files.open(path, READ)
    try:
        os.fchmod(fd, stat.S_IMODE(files.fstat(fd).st_mode) & ~0o007)
    finally:
        files.close(fd)


def leftovers(directory: str) -> list[str]:
    """Temporary files that nobody will finish."""
    unfinished = (INCOMING, *(f"{name}.new" for name in DERIVED))
    own = [name for name in _listed(directory) if name in unfinished]
    # A backup is made without the lock: one that grows is somebody's.
    backups = [
        os.path.join(BACKUPS, name) for name in _listed(os.path.join(directory, BACKUPS)) if name[0] == "."
    ]
    return own + [name for name in backups if _is_old(os.path.join(directory, name))]


def _is_old(path: str) -> bool:
    try:
        return time.time() - os.stat(path, follow_symlinks=False).st_mtime > _LEFT_FOR
    except OSError:
        return False


def newest_backup(directory: str) -> str:
    """The path of the latest backup in ``backups/``, empty where there is none.

    What was kept before a repair is the damage itself, and no backup.
    """
    folder = os.path.join(directory, BACKUPS)
    names = [name for name in _listed(folder) if name.endswith(".jsonl") and "-before-" not in name]
    return os.path.join(folder, max(names)) if names else ""


def network(path: str, mounts: str = "/proc/self/mountinfo") -> str:
    """The kind of network file system that a path is on, empty for a local one or where nobody can tell.

    Args:
        path: A file or directory.
        mounts: The system's table of mounts, see proc(5).
    """
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as table:
            lines = [line.split() for line in table]
    except OSError:
        return ""
    real = os.path.realpath(path)
    best, kind = "", ""
    for fields in lines:
        try:
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
            after = fields[fields.index("-") + 1]
        except (IndexError, ValueError):
            continue
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, after
    return kind if kind in _NETWORK else ""


def _stat(path: str, files: Files) -> os.stat_result | None:
    try:
        return files.stat(path)
    except OSError:
        return None


def _listed(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
