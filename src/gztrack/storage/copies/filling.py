"""Filling a database that holds nothing yet with what another one holds, its title and its zone as well.

A journal's first line is written once. As long as no fact stands below it, another one may take its
place: all of the new journal, or nothing. The one that was there is kept in ``backups/``.
"""

from __future__ import annotations

from gztrack.domain.ids import new_tx
from gztrack.storage.creation import check_title
from gztrack.storage.files import Files, told
from gztrack.storage.journal import Journal
from gztrack.storage.lines import SCHEMA
from gztrack.storage.lock import WAIT, Lock
from gztrack.storage.rewriting import put_in_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gztrack.storage.store import Encoded


def fill(
    directory: str,
    title: str,
    tz: str,
    transactions: Sequence[Encoded],
    *,
    wait: float = WAIT,
    files: Files | None = None,
) -> bool:
    """Put transactions into a database that has none.

    Args:
        directory: The database.
        title: What it is called from now on.
        tz: The zone that "today" and due dates go by from now on.
        transactions: What it holds from now on.
        wait: Seconds to wait for a writer.
        files: The system calls; tests put their own here.

    Returns:
        False when there are transactions already; nothing was changed then.

    Raises:
        InputError: The title is too long.
        StoreError: As the system says; the database is as it was.
    """
    check_title(title, tz)
    files = files or Files()
    lock = Lock(directory, wait=wait, files=files)
    with lock.held() as fd:
        journal = Journal(directory, files=files)
        if any(block for _, block in journal.read()):
            return False
        header = journal.header._replace(title=title, tz=tz, generation=new_tx(), schema=SCHEMA)
        bodies = (body for each in transactions for body in each.bodies)
        with told(directory, writing=True):
            put_in_place(directory, header, bodies, lock, fd, files, "import")
    return True
