"""A reader that looks at a database again and again while others write: ``python -m faults.watching DIRECTORY``.

It looks until its standard input is closed, and prints as JSON what it saw.
"""

from __future__ import annotations

import json
import select
import sys
from typing import NamedTuple

from gztrack.storage.journal import Journal
from gztrack.storage.reading import transactions
from gztrack.storage.tinydb_store import TinyDBStore


class Seen(NamedTuple):
    """What a reader saw.

    Attributes:
        looks: How often it looked.
        most: The most readings that there were at once.
        fewer: How often there were fewer than before.
        sizes: How many readings there were in one action that was logged.
        wrong: The error that it met, empty for none.
    """

    looks: int
    most: int
    fewer: int
    sizes: list[int]
    wrong: str


def watch(directory: str, until: int) -> Seen:
    """Look as an open board does, and every tenth time as a new process does too.

    Args:
        directory: The database.
        until: A descriptor; the watch ends when there is something to read from it, or its end.
    """
    store = TinyDBStore(directory)
    looks = most = last = fewer = 0
    sizes: set[int] = set()
    while not select.select([until], [], [], 0)[0]:
        try:
            store.refresh()
            now = len(store.table("readings"))
            if looks % 10 == 0:
                found = transactions(Journal(directory))
                sizes |= {len(each.facts) for each in found if each.action == "log"}
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
            return Seen(looks, most, fewer, sorted(sizes), repr(error))
        looks, most, fewer, last = looks + 1, max(most, now), fewer + (now < last), now
    return Seen(looks, most, fewer, sorted(sizes), "")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(watch(sys.argv[1], 0)))
