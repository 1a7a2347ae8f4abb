"""Making a database: whole or not at all, and by one of several who try at once."""

from __future__ import annotations

import os

from gztrack.domain.ids import new_tx
from gztrack.errors import InputError, StoreError
from gztrack.language import tr
from gztrack.storage.files import FACTS, INCOMING, LOCK, Files, told
from gztrack.storage.lines import Header, prepare
from gztrack.storage.lock import WAIT, Lock, gone
from gztrack.storage.rewriting import put_in_place
from gztrack.storage.store import Encoded, Transaction, stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LEFTOVERS = frozenset({LOCK, INCOMING})
"""What a creation that was killed may leave; the next one takes it over."""

_DIRECTORY_MODE = 0o770
_LONGEST_TITLE = 1000


def create(
    directory: str,
    title: str,
    tz: str,
    transactions: Sequence[Transaction | Encoded] = (),
    *,
    generation: str = "",
    created: str = "",
    wait: float = WAIT,
    files: Files | None = None,
) -> bool:
    """Make a database with its first transactions, unless there is one.

    The journal is built under another name, synced and renamed, all under the lock: who comes
    second finds the first one's and uses it.

    Args:
        directory: Made with its parents where it is missing, closed to the world.
        title: What the database is called on the board.
        tz: The zone that "today" and due dates go by.
        transactions: What it begins with.
        generation: Id of this file; a new one when empty.
        created: Logging time of the creation; now when empty.
        wait: Seconds to wait for another creator.
        files: The system calls; tests put their own here.

    Returns:
        False when there was a database already; nothing was changed then.

    Raises:
        StoreDamaged: The journal is gone, but the lock file knows that there was one.
        StoreError: As the system says.
    """
    check_title(title, tz)
    files = files or Files()
    path = os.path.join(directory, FACTS)
    header = Header(title, tz, generation or new_tx(), created or stamp())
    bodies = [body for transaction in transactions for body in prepare(transaction).bodies]
    with told(directory, writing=True):
        make_home(directory, files)
    lock = Lock(directory, wait=wait, files=files)
    with lock.held() as fd, told(directory, writing=True):
        if os.path.lexists(path):
            return False
        mark, _ = lock.read_mark(fd)
        if mark is not None:
            raise gone(path, mark)
        put_in_place(directory, header, bodies, lock, fd, files)
    return True


def check_title(title: str, tz: str) -> None:
    """Refuse what makes no first line of a journal.

    Raises:
        InputError: Both are too long together.
    """
    if len(title) + len(tz) > _LONGEST_TITLE:
        raise InputError(tr("the title is too long: at most {most} characters", most=_LONGEST_TITLE))


def make_home(directory: str, files: Files) -> None:
    """Make a database's directory with its parents, closed to the world; one that is there is fine.

    Raises:
        StoreError: Something else has the name.
        OSError: As the system says.
    """
    if os.path.isdir(directory):
        return
    if os.path.lexists(directory):
        raise StoreError(tr("{path}: is a file, and a database is a directory", path=directory))
    os.makedirs(directory, _DIRECTORY_MODE, exist_ok=True)
    files.sync_directory(os.path.dirname(os.path.abspath(directory)))
