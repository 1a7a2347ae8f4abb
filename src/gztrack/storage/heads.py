"""The heads file: what ``gztrack log`` must know, kept beside the journal so as not to read it.

It is derived: replaced by rename now and then, and taken for absent when it is missing, harmed
or not of this journal. Deleting it loses nothing. It is one line, sealed like a journal's.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import Any, NamedTuple

from gztrack.storage.files import HEADS, READ, Files, create, read_exactly
from gztrack.storage.lines import dumps, loads, seal, verified

_SCHEMA = 2
_LEFT_FOR = 60.0
"""Seconds after which a half written file is nobody's."""


class Heads(NamedTuple):
    """What was derived from the journal up to a place.

    Attributes:
        offset: How many bytes of the journal it reflects.
        checksum: CRC-32 of those bytes.
        generation: The journal's generation id.
        content: Whatever the caller derived; JSON.
    """

    offset: int
    checksum: int
    generation: str
    content: dict[str, Any]


def read_heads(directory: str, files: Files | None = None) -> Heads | None:
    """The heads file of a database, or None when it is missing, harmed or of another version.

    Whether it still fits the journal is for `gztrack.storage.reading.tail` to say.
    """
    files = files or Files()
    try:
        fd = files.open(os.path.join(directory, HEADS), READ)
        try:
            line = read_exactly(files, fd, 0, files.fstat(fd).st_size)
        finally:
            files.close(fd)
        if verified(line, 0) is None:
            return None
        fields = loads(line)
        if fields["schema"] != _SCHEMA:
            return None
        return Heads(*(fields[name] for name in Heads._fields))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_heads(directory: str, heads: Heads, files: Files | None = None) -> bool:
    """Replace the heads file; False where that cannot be done, which loses nothing.

    It is not synced: after a crash a harmed one is seen by its checksum and made anew.
    """
    files = files or Files()
    path = os.path.join(directory, HEADS)
    new = f"{path}.new"
    body = dumps({"gztrack": "heads", "schema": _SCHEMA, **heads._asdict()}).encode()[:-1]
    data, _ = seal(body, 0)
    try:
        _remove_if_left(files, new)
        fd = create(files, new)
    except OSError:  # somebody else is at it, or this account may not
        return False
    with suppress(OSError):
        try:
            whole = files.write(fd, data) == len(data)
        finally:
            files.close(fd)
        if whole:
            files.rename(new, path)
            return True
    with suppress(OSError):
        files.unlink(new)
    return False


def _remove_if_left(files: Files, new: str) -> None:
    """Remove what a process left here that was killed: one that is alive is done in a moment."""
    with suppress(FileNotFoundError):
        if time.time() - files.stat(new).st_mtime > _LEFT_FOR:
            files.unlink(new)
