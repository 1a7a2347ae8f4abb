"""The short way to log many readings from text: one action, encoded as they are understood, and one write."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gztrack.domain.ids import fact_ids, keyed
from gztrack.domain.many import Periods
from gztrack.domain.records import Record
from gztrack.domain.register import Moment, Register
from gztrack.domain.text import clean
from gztrack.errors import RefusedError
from gztrack.language import tr
from gztrack.light import NamedTuple, uncollected
from gztrack.services.clock import instant
from gztrack.services.entering.bulk import Bad, Bulk
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.readings import insist_same, repeated
from gztrack.services.entering.references import handle
from gztrack.services.entering.typed_lines import read_lines
from gztrack.services.latest import MANY, Latest, leave_heads
from gztrack.services.progress import Progress
from gztrack.services.quicklog import Logged, QuickLog, said
from gztrack.storage.lines import Sheaf, decode, transactions
from gztrack.storage.reading import find
from gztrack.storage.store import Encoded, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.services.permits import Permit


class BadLinesError(Exception):
    """Lines of a batch cannot be logged as they are, so none was.

    Attributes:
        named: The first of them.
        count: How many there are.
        refused: How many of them cannot be understood; the others look like a slip.
    """

    def __init__(self, named: list[Bad], count: int, refused: int) -> None:
        super().__init__()
        self.named = named
        self.count = count
        self.refused = refused


class NoLinesError(Exception):
    """No line of a batch holds a reading."""


class Batch(NamedTuple):
    """Readings that are ready to be written.

    Attributes:
        encoded: They, as the journal takes them.
        key: The key that makes a retry the same batch, or empty.
        size: How many there are.
        place: ``ID@PERIOD`` of the only one; empty of several.
        echo: What was understood.
        beside: What to add to each line of it while the readings are new; empty where there are many.
        notice: What the person should hear about the clock, or empty.
        register: Knows the indicators.
        envelope: Whose action it is, without its facts.
        latest: The latest of its readings.
    """

    encoded: Encoded
    key: str
    size: int
    place: str
    echo: list[str]
    beside: list[str]
    notice: str
    register: Register
    envelope: Transaction
    latest: Latest


class BulkLog(QuickLog):
    """Logs many readings into one database directory; see `QuickLog`."""

    def prepare(self, text: str, usual: LogEntry, progress: Progress | None = None) -> Batch:
        """Read, check and encode lines of text that are one action; nothing is locked or written.

        Args:
            text: A line a reading, ``ID VALUE [PERIOD] [# note]``.
            usual: What every line says that does not say otherwise; with its key and its ``yes``.
            progress: Told how many lines were checked.

        Raises:
            RefusedError: One is for an indicator that this person may not log for.
            BadLinesError: Some cannot be logged as they are.
            NoLinesError: There is none.
            StoreError: What is there already cannot be read.
        """
        if self._permit is not None:
            self._see_allowed(text, self._permit)
        register = self.known()
        now = instant(register.latest().get(self._author))
        tx = keyed(self._author, usual.key) if usual.key else now.tx
        periods = Periods(self._today)
        bulk = Bulk(register, Moment(self._today), usual, periods)
        sheaf, latest = Sheaf(tx, now.at, self._author, self._login, "log"), Latest()
        of = text.count("\n") + 1
        with uncollected():
            for block in bulk.records(read_lines(text, periods)):
                if block:
                    ids = fact_ids(tx, len(block), bulk.logged - len(block))
                    for record, fact_id in zip(block, ids, strict=True):
                        record["id"] = fact_id
                    sheaf.add([("readings", record) for record in block])
                    latest.take(block)
                if progress:
                    progress(bulk.reached, of, "checking", "lines")
        if bulk.bad:
            raise BadLinesError(bulk.bad, bulk.refused + bulk.asked, bulk.refused)
        if not bulk.logged:
            raise NoLinesError
        echo, beside = bulk.echo(), bulk.beside()
        return Batch(
            sheaf.closed(),
            usual.key,
            bulk.logged,
            bulk.place,
            echo,
            beside,
            now.notice,
            register,
            Transaction(tx, now.at, self._author, self._login, "log", ()),
            latest,
        )

    def _see_allowed(self, text: str, permit: Permit) -> None:
        seen: set[str] = set()
        for number, slug, *_ in read_lines(text, Periods(self._today)):
            if slug in seen:
                continue
            seen.add(slug)
            try:
                permit.check("log", clean(slug))
            except RefusedError as error:
                told = tr("line {line}: {what}", line=number, what=error)
                raise RefusedError(tr("log -: {what}; nothing was logged", what=told)) from None

    def keep(self, batch: Batch) -> Logged:
        """Write what was prepared.

        Raises:
            InputError: The key was used before for something else.
            StoreError: It was not written.
        """
        with self._journal.exclusive():
            alone = self._journal.signature()[1] == self._reach  # nobody has written meanwhile
            new = self._journal.append(batch.encoded, unique=bool(batch.key))
            end = self._journal.end
        tx = batch.encoded.tx
        if not new:
            insist_same(batch.key, list(_records(batch.encoded)), find(self._journal, tx))
        tag = handle(fact_ids(tx, 1)[0]) if batch.size == 1 else ""
        notices = (*self._journal.notices, *filter(None, [batch.notice]))
        if new:
            more = batch.beside or [""] * len(batch.echo)
            echoes = [f"{line}  {beside}".rstrip() for line, beside in zip(batch.echo, more, strict=True)]
            lines = *echoes, said(batch.size, batch.place, tag, undoable=self._undoable)
        else:
            lines = repeated(batch.echo)
        logged = Logged(lines, tag, tx, notices, added=new)
        if new and alone and end and batch.size >= MANY:
            stated = (("readings", reading) for reading in batch.latest.readings())
            leave_heads(self._directory, batch.register, stated, batch.envelope, end, self._local_time)
        if new:
            self._keep_for_hooks(logged, batch.register, lambda: _transaction(batch.encoded))
        return logged


def _transaction(encoded: Encoded) -> Transaction:
    return next(transactions(decode(b"".join(body + b"}\n" for body in encoded.bodies))))


def _records(encoded: Encoded) -> Iterator[Record]:
    """What was encoded, back from its lines: only a key that was used before asks for it."""
    for body in encoded.bodies:
        for _, record in json.loads(body + b"}")["facts"]:
            yield record
