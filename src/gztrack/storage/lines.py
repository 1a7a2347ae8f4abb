"""The bytes of the journal: a header line, then one transaction a line, each sealed.

A line ends with two checksums. ``own`` is the CRC-32 of the line's own bytes before that field,
read backwards: it tells whether this line is what was written, and backwards it is another
polynomial than the running one, so that what deceives the one does not deceive the other.
``crc``, the last field, is the CRC-32 of every byte of the file before it, so a line that was
deleted, doubled, edited or moved breaks the chain from there on. Both find accidents, not
forgers. Raw newlines cannot occur inside JSON, so bytes are cut at newlines and at nothing else.

Where several transactions were written at once, ``left`` says how many lines of that write are
still to come. None of them is there before the last one is.

Schema 1 had no ``own``; such lines are read as they are, and sealed anew when somebody writes.
"""

from __future__ import annotations

from zlib import crc32

from gztrack.domain.ids import as_int
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage import compact_json
from gztrack.storage.compact_json import dumps as dumps
from gztrack.storage.store import ENVELOPE, Encoded, Fact, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Any

    from gztrack.storage.bodies import Bodies
else:
    Any = object

SCHEMA = 2
"""The version that this program writes."""

READABLE = (1, 2)
"""The versions that it reads."""

SEAL = 19
"""How many bytes the running checksum, the closing brace and the newline take."""

OWN = 17
"""How many bytes the line's own checksum takes before that."""

LINE_FACTS = 512
LINE_BYTES = 256 * 1024

BACKUP = "backup"
"""What the first line of a backup says that it is; a journal's says ``facts``."""

OPENING = b'{"tx":"'
"""How the line of a transaction begins."""

_COMMIT = b',"commit":'
_LEFT = b',"left":'
_OWN = b',"own":"'
_CRC = b',"crc":"'
_END = b'"}\n'
_INT_LIMIT = 1 << 63

Line = dict[str, Any]
"""A journal line after the JSON has been read."""


class Header(NamedTuple):
    """The first line of a journal.

    Attributes:
        title: What the database is called on the board.
        tz: The zone that "today" and due dates go by.
        generation: Id of this file; whatever takes its place has another.
        created: Logging time of the database's creation.
        schema: The version its lines are written in.
    """

    title: str
    tz: str
    generation: str
    created: str
    schema: int = SCHEMA


def seal(body: bytes, checksum: int, left: int | None = None) -> tuple[bytes, int]:
    """Close a line.

    Args:
        body: The line without its closing brace.
        checksum: CRC-32 of everything before it.
        left: How many lines of the same write come after it, where they hold several transactions.

    Returns:
        The line with its seal, and the CRC-32 of everything up to its end.
    """
    if left is not None:
        body += b"%b%d" % (_LEFT, left)
    body += b'%b%08x"' % (_OWN, crc32(body[::-1]))
    running = crc32(body, checksum)
    end = seal_end(running)
    return body + end, crc32(end, running)


def seal_end(running: int) -> bytes:
    """The running checksum as a line's last field, with the line's end."""
    return b"%b%08x%b" % (_CRC, running, _END)


def verified(lines: bytes, checksum: int) -> int | None:
    """The CRC-32 up to the end of whole lines, or None where their last seal does not fit.

    One pass: the seals in between are covered by the last one.
    """
    running = crc32(memoryview(lines)[:-SEAL], checksum)
    end = seal_end(running)
    return crc32(end, running) if lines.endswith(end) else None


def claimed(line: bytes) -> int | None:
    """The CRC-32 up to the end of a line, going by what its seal says; None where it has none."""
    end = line[-SEAL:]
    if end[:8] != _CRC or end[16:] != _END:
        return None
    try:
        running = int(end[8:16], 16)
    except ValueError:
        return None
    # A flipped bit that makes a digit a capital leaves the number, and is no seal of ours all the same.
    return crc32(end, running) if end == seal_end(running) else None


def is_intact(line: bytes) -> bool | None:
    """Whether a line is what was written, by its own checksum; None for a line that has none."""
    body, own = line[: -SEAL - OWN], line[-SEAL - OWN : -SEAL]
    if own[:8] != _OWN or own[16:] != b'"':
        return None
    return own[8:16] == b"%08x" % crc32(body[::-1])


def body_of(line: bytes) -> bytes:
    """A sealed line without its seal, of whichever schema."""
    if line[-SEAL - OWN : -SEAL - OWN + 8] != _OWN:
        return line[:-SEAL]
    body = line[: -SEAL - OWN]
    before, _, left = body.rpartition(_LEFT)
    return before if left.isdigit() else body


def committed_end(lines: bytes) -> int:
    """Where the last line ends with which everything before it is there; 0 where there is none."""
    stop = len(lines)
    while (found := lines.rfind(_COMMIT, 0, stop)) >= 0:
        end = lines.find(b"\n", found) + 1
        if end and _ends_a_write(lines[found + len(_COMMIT) : end]):
            return end
        stop = found
    return 0


def _ends_a_write(rest: bytes) -> bool:
    """Whether a seal, and nothing else, follows the number of lines that ``commit`` gives."""
    told = rest[:-SEAL].partition(_OWN)[0]
    counted = told.removesuffix(_LEFT + b"0")
    return counted.isdigit() and len(rest) - len(told) in (SEAL, SEAL + OWN) and claimed(rest) is not None


def is_last(body: bytes) -> bool:
    """Whether an unsealed line is the last one of its transaction."""
    return body.rpartition(_COMMIT)[2].isdigit()


def is_of_several(line: bytes) -> bool:
    """Whether a line was written together with other transactions'."""
    return line[: -SEAL - OWN].rpartition(_LEFT)[2].isdigit()


def loads(line: bytes) -> Any:
    """Read JSON that may be anything.

    Raises:
        ValueError: It is not JSON, or nested as deep as nothing of ours is.
    """
    try:
        return compact_json.loads(line)
    except RecursionError:
        raise ValueError(tr("JSON that is nested too deep")) from None


def each_line(block: bytes) -> Iterator[bytes]:
    """Lines one by one, with their ends, a last one without one too; a block may be too big to have twice."""
    start = 0
    while end := block.find(b"\n", start) + 1:
        yield block[start:end]
        start = end
    if start < len(block):
        yield block[start:]


def header_body(header: Header) -> bytes:
    """The first line, unsealed."""
    own = header._asdict()
    return dumps({"gztrack": "facts", "schema": own.pop("schema"), **own}).encode()[:-1]


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
    bodies: list[bytes] = []
    sheaf = Sheaf(*transaction[:5], bodies)
    for start in range(0, len(transaction.facts), LINE_FACTS):
        sheaf.add(transaction.facts[start : start + LINE_FACTS])
    sheaf.closed()
    return bodies


class Sheaf:
    """The unsealed lines of a transaction whose facts come a few at a time, so that they need not all be kept.

    Args:
        tx: Its id.
        at: Its logging time.
        author: Who says so.
        login: The account it is written under.
        action: What is done.
        bodies: What keeps the lines; a list of its own where none is given.

    Raises:
        InputError: Half a character in a name.
        ValueError: A bad id.
    """

    def __init__(
        self,
        tx: str,
        at: str,
        author: str,
        login: str,
        action: str,
        bodies: list[bytes] | Bodies | None = None,
    ) -> None:
        as_int(tx)
        self._tx = tx
        with _kept():
            envelope = {"tx": tx, "at": at, "author": author, "login": login, "action": action}
            self._head = dumps(envelope).encode()[:-1]
        self._bodies = [] if bodies is None else bodies
        self._last = b""
        self._seen: set[tuple[str, ...]] = set()

    def add(self, facts: Sequence[tuple[str, Fact]]) -> None:
        """Take facts: all of them, or as many as go on one line.

        Raises:
            InputError: A value that JSON cannot keep (not a number, half a character).
            ValueError: A bad id, an envelope field in a record.
        """
        for table, record in facts:
            _check(table, record, self._seen)
        with _kept():
            for piece in _pieces(facts) if facts else ():
                self._take(piece)

    def add_encoded(self, facts: Sequence[str]) -> None:
        """Take facts that are JSON already, each a list of its table and its checked record; as many as go on one line.

        Raises:
            InputError: Half a character in a text.
        """
        with _kept():
            for piece in _joined(facts) if facts else ():
                self._take(piece)

    def _take(self, piece: str) -> None:
        if self._last:
            self._bodies.append(self._part(len(self._bodies) + 1))
        self._last = piece.encode()

    def closed(self) -> Encoded:
        """What was taken, as it is appended.

        Raises:
            ValueError: Nothing was.
        """
        if not self._last:
            raise ValueError(f"transaction {self._tx} has no facts")
        count = len(self._bodies) + 1
        if count == 1:
            self._bodies.append(b'%b,"facts":%b,"commit":1' % (self._head, self._last))
        else:
            self._bodies.append(b'%b,"commit":%d' % (self._part(count), count))
        return Encoded(self._tx, self._bodies)

    def _part(self, number: int) -> bytes:
        return b'%b,"facts":%b,"part":%d' % (self._head, self._last, number)


class _kept:  # noqa: N801  # used as a function
    """Turns what JSON has to say about a fact into an error for people."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, UnicodeEncodeError):
            half = error.object[error.start]
            raise InputError(
                tr("text holds half a character ({half!r}): paste it again as UTF-8", half=half)
            ) from error
        if isinstance(error, TypeError | ValueError | RecursionError):
            raise InputError(
                tr("a fact holds what the journal cannot keep: {error}", error=str(error).lower())
            ) from error


def _check(table: str, record: Fact, seen: set[tuple[str, ...]]) -> None:
    """Refuse what would not come back as it went in.

    Args:
        table: The table.
        record: The record.
        seen: Tables and field names that were looked at already: a batch has few kinds of records.
    """
    names = (table, *record)
    if names not in seen:
        _check_names(table, record)
        seen.add(names)
    as_int(record.get("id", ""))
    for name, value in record.items():
        if not isinstance(value, str) and isinstance(value, int) and not -_INT_LIMIT <= value < _INT_LIMIT:
            raise InputError(tr("{name} {value} is too large: at most 19 digits", name=name, value=value))


def _check_names(table: str, record: Fact) -> None:
    if not table or not isinstance(table, str):
        raise ValueError(f"not a table name: {table!r}")
    for name in ENVELOPE:
        if name in record:
            raise ValueError(f"{table}: {name!r} is set by the store, not by a record")
    for name in record:
        if not isinstance(name, str):
            raise ValueError(f"{table}: a field name is text, not {name!r}")


def _pieces(facts: Sequence[tuple[str, Fact]]) -> Iterator[str]:
    """Facts as JSON lists, halved until each fits a line."""
    text = dumps(facts)
    if len(text) <= LINE_BYTES or len(facts) == 1:
        yield text
    else:
        half = len(facts) // 2
        yield from _pieces(facts[:half])
        yield from _pieces(facts[half:])


def _joined(facts: Sequence[str]) -> Iterator[str]:
    """Facts in JSON as JSON lists, halved until each fits a line."""
    text = f"[{','.join(facts)}]"
    if len(text) <= LINE_BYTES or len(facts) == 1:
        yield text
    else:
        half = len(facts) // 2
        yield from _joined(facts[:half])
        yield from _joined(facts[half:])


def decode(lines: bytes) -> list[Line]:
    """Whole lines as records, with the standard library.

    Raises:
        ValueError: Not JSON.
    """
    return [loads(line) for line in lines.split(b"\n") if line]


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
                raise ValueError(tr("a transaction begins inside an unfinished one"))
        else:
            parts += 1
            if part != parts or run not in ("", line["tx"]):
                raise ValueError(
                    tr(
                        "part {part} of a transaction stands where part {parts} was due",
                        part=part,
                        parts=parts,
                    )
                )
            run = line["tx"]
            if "commit" in line:
                if line["commit"] != parts:
                    raise ValueError(
                        tr("a transaction of {n} lines has {parts}", n=line["commit"], parts=parts)
                    )
                run, parts = "", 0
        yield line
    if run:
        raise ValueError(tr("the last transaction is unfinished"))


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
