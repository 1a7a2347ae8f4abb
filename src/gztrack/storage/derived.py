"""Derived files: what was reckoned from the journal, kept beside it so as not to read all of it again.

The heads file holds what ``gztrack log`` must know, the board file what a large board looks like.
Each is replaced by rename now and then, and taken for absent when it is missing, harmed, of another
version or not of this journal. Deleting one loses nothing. It is one line, sealed like a journal's.
"""

from __future__ import annotations

import os
import time

from gztrack.light import NamedTuple, suppress
from gztrack.storage.files import BOARD, CHINESE_BOARD, HEADS, READ, Files, create, read_exactly
from gztrack.storage.lines import dumps, loads, seal, verified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SCHEMAS = {HEADS: 3, BOARD: 2, CHINESE_BOARD: 2}
"""Of the derived files by name: raised when what one holds changes."""
_LEFT_FOR = 60.0
"""Seconds after which a half written file is nobody's."""


class Derived(NamedTuple):
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


def read_derived(directory: str, name: str = HEADS, files: Files | None = None) -> Derived | None:
    """A derived file of a database, or None when it is missing, harmed or of another version.

    Whether it still fits the journal is for `gztrack.storage.reading.tail` to say.
    """
    files = files or Files()
    try:
        fd = files.open(os.path.join(directory, name), READ)
        try:
            line = read_exactly(files, fd, 0, files.fstat(fd).st_size)
        finally:
            files.close(fd)
        if verified(line, 0) is None:
            return None
        fields = loads(line)
        if (fields["gztrack"], fields["schema"]) != (_kind(name), _SCHEMAS[name]):
            return None
        return Derived(*(fields[each] for each in Derived._fields))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_derived(directory: str, derived: Derived, name: str = HEADS, files: Files | None = None) -> bool:
    """Replace a derived file; False where that cannot be done, which loses nothing.

    It is not synced: after a crash a harmed one is seen by its checksum and made anew.
    """
    files = files or Files()
    path = os.path.join(directory, name)
    new = f"{path}.new"
    body = dumps({"gztrack": _kind(name), "schema": _SCHEMAS[name], **derived._asdict()}).encode()[:-1]
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


def _kind(name: str) -> str:
    return name.partition(".")[0]


def _remove_if_left(files: Files, new: str) -> None:
    """Remove what a process left here that was killed: one that is alive is done in a moment."""
    with suppress(FileNotFoundError):
        if time.time() - files.stat(new).st_mtime > _LEFT_FOR:
            files.unlink(new)
