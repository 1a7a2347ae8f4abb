"""Everything that a database holds as a pack: `import` or `init --pack` makes the same database of it.

Every fact ever stated is there with its id, who said so, when and through which action, those that were
corrected or taken back too. The same facts give the same bytes, in whatever order and in however many
pieces the journal has them.
"""

from __future__ import annotations

from hashlib import sha256

from gztrack.services.packs.layout import END, PACK, TRANSACTION, VERSION
from gztrack.storage.copies.chronicle import Logged, in_logging_order
from gztrack.storage.lines import dumps, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gztrack.storage.store import Store

_PIECE = 1 << 18
"""Bytes that are worth a write."""


def export_pack(store: Store) -> Iterator[bytes]:
    """A pack piece by piece; of the facts never more than one line of the journal is looked at.

    Raises:
        StoreError: The database cannot be read whole.
    """
    seal, transactions, facts = sha256(), 0, 0
    piece = bytearray(_line({"gztrack": PACK, "version": VERSION, "title": store.title, "tz": store.tz}))
    for each in in_logging_order(store):
        transactions += 1
        for line in _transaction(each):
            facts += line.startswith(b"[")
            piece += line
            if len(piece) >= _PIECE:
                seal.update(piece)
                yield bytes(piece)
                piece.clear()
    seal.update(piece)
    end = {"gztrack": END, "transactions": transactions, "facts": facts, "sha256": seal.hexdigest()}
    yield bytes(piece) + _line(end)


def _transaction(each: Logged) -> Iterator[bytes]:
    for number, body in enumerate(each.bodies):
        line = loads(body + b"}")
        if not number:
            yield _line({name: line[name] for name in TRANSACTION})
        for fact in line["facts"]:
            yield _line(fact)


def _line(found: object) -> bytes:
    return f"{dumps(found)}\n".encode()
