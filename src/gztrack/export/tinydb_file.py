"""Every fact ever stated as a plain TinyDB file, which TinyDB's own JSONStorage opens.

A table is an object of documents under small numbers, in the order in which they were logged, so
that what somebody inserts there gets the next number. A document is the fact as the store hands
it out, with its own id, who said so and when. Facts that were corrected, withdrawn or undone are
there as well, and so are the facts that say so: which of them count is for the reader to tell.
"""

from __future__ import annotations

import json

from gztrack.domain.register import NEEDED, order
from gztrack.services.reader import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_FIRST = tuple(NEEDED)
"""The order of the tables that gztrack itself writes; others follow by name."""


def export_tinydb(reader: Reader) -> Iterator[bytes]:
    """Every fact as TinyDB's JSON, piece by piece, for there may be a million.

    The same facts give the same bytes. They are ASCII, for TinyDB opens a file in whatever
    encoding the host prefers.
    """
    places: dict[str, list[tuple[str, str]]] = {}
    others: dict[str, dict[str, Any]] = {}
    register = reader.register
    for table, fact in reader.store.facts()[0]:
        places.setdefault(table, []).append(order(fact))
        if register.get(fact["id"]) is None:  # of a table that only its maker knows
            others[fact["id"]] = fact
    yield b"{"
    for nth, table in enumerate(sorted(places, key=_place)):
        yield f"{', ' if nth else ''}{json.dumps(table)}: {{".encode()
        for number, (_, fact_id) in enumerate(sorted(places[table]), 1):
            known = register.get(fact_id)
            fact = others[fact_id] if known is None else known[1]
            yield f'{"," if number > 1 else ""}\n"{number}": {json.dumps(dict(fact))}'.encode()
        yield b"\n}"
    yield b"}\n"


def _place(table: str) -> tuple[int, str]:
    return (_FIRST.index(table) if table in _FIRST else len(_FIRST)), table
