"""The bytes of the journal: a header line, then one transaction a line, each sealed.

The last field of a line is the CRC-32 of every byte of the file before that field, so a line
that was deleted, doubled, edited or moved breaks the chain from there on. It finds accidents,
not forgers. Raw newlines cannot occur inside JSON, so bytes are cut at newlines and at
nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from zlib import crc32

from gztrack.domain.ids import as_int
from gztrack.errors import InputError
from gztrack.storage.store import ENVELOPE, Encoded, Fact, Transaction

SCHEMA = 1
SEAL = 19
"""How many bytes the checksum field, the closing brace and the newline take."""

LINE_FACTS = 512
LINE_BYTES = 256 * 1024

_COMMIT = b',"commit":'
_INT_LIMIT = 1 << 63

Line = dict[str, Any]
"""A journal line after the JSON has been read."""

_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Header(NamedTuple):
    """The first line of a journal."""

    title: str
    tz: str
    generation: str
    created: str


def seal(body: bytes, checksum: int) -> tuple[bytes, int]:
    """Close a line.

    Args:
        body: The line without its closing brace.
        checksum: CRC-32 of everything before it.

    Returns:
        The line with its seal, and the CRC-32 of everything up to its end.
    """
    own = crc32(body, checksum)
    end = b',"crc":"%08x"}\n' % own
    return body + end, crc32(end, own)


def verified(lines: bytes, checksum: int) -> int | None:
    """The CRC-32 up to the end of whole lines, or None where their last seal does not fit.

    One pass: the seals in between are covered by the last one.
    """
    own = crc32(memoryview(lines)[:-SEAL], checksum)
    end = b',"crc":"%08x"}\n' % own
    return crc32(end, own) if lines.endswith(end) else None


def committed_end(lines: bytes) -> int:
    """Where the last line that ends a transaction ends; 0 where there is none."""
    stop = len(lines)
    while (found := lines.rfind(_COMMIT, 0, stop)) >= 0:
        end = lines.find(b"\n", found) + 1
        counted, sealed = lines[found + len(_COMMIT) : end - SEAL], lines[end - SEAL : end - 11]
        if end and counted.isdigit() and sealed == b',"crc":"':
            return end
        stop = found
    return 0


def dumps(value: object) -> str:
    """JSON as the journal writes it: compact, UTF-8, keys in the order they came."""
    return _encoder.encode(value)


def header_body(header: Header) -> bytes:
    """The first line, unsealed."""
    fields = {"gztrack": "facts", "schema": SCHEMA, **header._asdict()}
    return dumps(fields).encode()[:-1]


def prepare(transaction: Transaction | Encoded) -> Encoded:
    """Check and encode a transaction, unless that was done.

    Raises:
        InputError, ValueError: As `encode`.
    """
    if isinstance(transaction, Encoded):
        return transaction
    return Encoded(transaction.tx, encode(transaction))


def encode(transaction: Transaction) -> list[bytes]:
    """The unsealed line or lines of a transaction; only the last one says ``commit``.

    Raises:
        InputError: A value that JSON cannot keep (not a number, half a character).
        ValueError: Not a transaction: a bad id, an envelope field in a record, no facts.
    """
    as_int(transaction.tx)
    if not transaction.facts:
        raise ValueError(f"transaction {transaction.tx} has no facts")
    for table, record in transaction.facts:
        _check(table, record)
    try:
        head = dumps({name: getattr(transaction, name) for name in (*ENVELOPE, "action")})[:-1]
        pieces = [
            piece
            for start in range(0, len(transaction.facts), LINE_FACTS)
            for piece in _pieces(transaction.facts[start : start + LINE_FACTS])
        ]
        last = len(pieces)
        if last == 1:
            return [f'{head},"facts":{pieces[0]},"commit":1'.encode()]
        bodies = [f'{head},"facts":{piece},"part":{i}' for i, piece in enumerate(pieces, 1)]
        bodies[-1] += f',"commit":{last}'
        return [body.encode() for body in bodies]
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise InputError(f"text holds half a character ({half!r}): paste it again as UTF-8") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"a fact holds what the journal cannot keep: {str(error).lower()}") from error


def _check(table: str, record: Fact) -> None:
    """Refuse what would not come back as it went in."""
    if not table or not isinstance(table, str):
        raise ValueError(f"not a table name: {table!r}")
    as_int(record.get("id", ""))
    for name in ENVELOPE:
        if name in record:
            raise ValueError(f"{table}: {name!r} is set by the store, not by a record")
    for name, value in record.items():
        if not isinstance(name, str):
            raise ValueError(f"{table}: a field name is text, not {name!r}")
        if isinstance(value, int) and not -_INT_LIMIT <= value < _INT_LIMIT:
            raise InputError(f"{name} {value} is too large: at most 19 digits")


def _pieces(facts: tuple[tuple[str, Fact], ...]) -> Iterator[str]:
    """Facts as JSON lists, halved until each fits a line."""
    text = dumps(facts)
    if len(text) <= LINE_BYTES or len(facts) == 1:
        yield text
    else:
        half = len(facts) // 2
        yield from _pieces(facts[:half])
        yield from _pieces(facts[half:])


def decode(lines: bytes) -> list[Line]:
    """Whole lines as records, with the standard library.

    Raises:
        ValueError: Not JSON.
    """
    return [json.loads(line) for line in lines.split(b"\n") if line]


def in_order(lines: Iterable[Line]) -> Iterator[Line]:
    """Hand lines on, making sure that no transaction begins or ends inside another one.

    Raises:
        ValueError: The run of a transaction is broken.
    """
    run, parts = "", 0
    for line in lines:
        part = line.get("part")
        if part is None:
            if run or line["commit"] != 1:
                raise ValueError("a transaction begins inside an unfinished one")
        else:
            parts += 1
            if part != parts or run not in ("", line["tx"]):
                raise ValueError(f"part {part} of a transaction stands where part {parts} was due")
            run = line["tx"]
            if "commit" in line:
                if line["commit"] != parts:
                    raise ValueError(f"a transaction of {line['commit']} lines has {parts}")
                run, parts = "", 0
        yield line
    if run:
        raise ValueError("the last transaction is unfinished")


def transactions(lines: Iterable[Line]) -> Iterator[Transaction]:
    """Lines put together to transactions.

    Raises:
        ValueError: The run of a transaction is broken.
    """
    facts: list[tuple[str, Fact]] = []
    for line in in_order(lines):
        facts += [(table, record) for table, record in line["facts"]]
        if "commit" in line:
            tx, at, author, login = (line[name] for name in ENVELOPE)
            yield Transaction(tx, at, author, login, line["action"], tuple(facts))
            facts = []
