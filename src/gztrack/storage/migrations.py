"""Older journals: read as they are, and brought to this version by the first who writes.

=======  ==========================================================================
schema   what changed
=======  ==========================================================================
1        a line ends with the running checksum of the file
2        and with a checksum of its own, so that a good line is known for one even
         where the line before it is gone
=======  ==========================================================================

The facts of schema 1 are those of schema 2; its lines only need another seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gztrack.domain.ids import new_tx
from gztrack.language import tr
from gztrack.storage.files import Files, told
from gztrack.storage.lines import SCHEMA, body_of, each_line
from gztrack.storage.lock import Lock
from gztrack.storage.rewriting import put_in_place

if TYPE_CHECKING:
    from gztrack.storage.journal import Journal


def migrate(journal: Journal, lock: Lock, fd: int, files: Files) -> str:
    """Write an older journal anew in this version; the lock must be held.

    Args:
        journal: The journal, its header just read.
        lock: Its lock.
        fd: The lock's descriptor.
        files: The system calls.

    Returns:
        What to tell the person.

    Raises:
        StoreDamaged: It is damaged, and is left as it is.
        StoreError: As the system says; the old journal is there still.
    """
    old = journal.header
    with told(journal.directory, writing=True):
        header = old._replace(generation=new_tx(), schema=SCHEMA)
        why = f"schema-{SCHEMA}"
        kept = put_in_place(journal.directory, header, bodies(journal), lock, fd, files, why)
    return tr(
        "{path}: brought from schema {old} to {schema}; the old file is {kept}",
        path=journal.path,
        old=old.schema,
        schema=SCHEMA,
        kept=kept,
    )


def bodies(journal: Journal) -> Iterator[bytes]:
    """Every committed line of a journal without its seal, whichever schema it has, verified.

    Raises:
        StoreDamaged: A line does not fit.
    """
    for _, block in journal.read():
        yield from map(body_of, each_line(block))
