"""The short way to log a reading: no TinyDB, no Pydantic, and the same cost at any size.

What logging must know (names, units, the latest readings, the headline target) is in the heads
file with the place in the journal that it reflects; only what was appended after that place is
read. Where the heads file is missing, stale or wrong, the whole journal is read once and the
file is made anew.
"""

from __future__ import annotations

from gztrack.domain.ids import fact_ids, keyed
from gztrack.domain.register import Moment, Register
from gztrack.domain.text import clean
from gztrack.language import ntr, tr
from gztrack.services.clock import instant
from gztrack.services.days import time_in, today_in
from gztrack.services.entering.readings import insist_same, plan_all, repeated
from gztrack.services.entering.references import handle
from gztrack.storage.derived import Derived, read_derived, write_derived
from gztrack.storage.journal import Journal
from gztrack.storage.reading import find, tail, whole
from gztrack.storage.store import Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from gztrack.services.entering.entries import LogEntry
    from gztrack.services.entering.readings import Plan
    from gztrack.services.permits import Permit
    from gztrack.storage.store import Cursor, Fact

LONG_TAIL = 64
"""After this many facts behind the heads file it is made anew."""

_BRINGING_BACK = ("undos", "retractions", "pins")


class Logged:
    """What a log did; the fields of `gztrack.services.views.Done`, without dataclasses.

    Attributes:
        lines: What to tell the person.
        handle: Short id of the reading, or empty for several.
        tx: Id of the transaction.
        notices: What the store has to say.
        added: It was not there before.
        appended: Gives what was appended, for hooks; None where its key was logged before.
        register: Knows the indicators.
        title: The database's.
    """

    def __init__(
        self, lines: tuple[str, ...], handle: str, tx: str, notices: tuple[str, ...], *, added: bool
    ) -> None:
        self.lines = lines
        self.handle = handle
        self.tx = tx
        self.notices = notices
        self.added = added
        self.appended: Callable[[], Transaction] | None = None
        self.register: Register
        self.moment: Moment
        self.title = ""


class QuickLog:
    """Logs readings into one database directory.

    Args:
        directory: The database.
        author: Who says so.
        login: The account it is written under.
        today: A fixed date in place of the clock's; never the logging time.
        permit: What this person may do; None for somebody who may do everything.

    Raises:
        StoreError: There is no database there, or it cannot be opened.
    """

    def __init__(
        self,
        directory: str,
        *,
        author: str,
        login: str,
        today: date | None = None,
        permit: Permit | None = None,
    ) -> None:
        self._journal = Journal(directory)
        self._directory = directory
        self._author = author
        self._login = login
        self._permit = permit
        self._today = today or today_in(self._journal.header.tz)
        self._reach = 0  # how many bytes of the journal what is known reflects

    def log(self, entries: Sequence[LogEntry], key: str = "") -> Logged:
        """Log readings as one action: all or nothing.

        Raises:
            RefusedError: One is for an indicator that this person may not log for.
            InputError: One cannot be understood.
            GuardError: One is probably a slip, and its ``yes`` was not given.
            StoreError: They were not written.
        """
        if self._permit is not None:
            for entry in entries:
                self._permit.check("log", clean(entry.indicator))
        register = self.known()
        plans = plan_all(entries, register, Moment(self._today))
        now = instant(register.latest().get(self._author))
        tx = keyed(self._author, key) if key else now.tx
        ids = fact_ids(tx, len(plans))
        facts = tuple(("readings", {"id": ids[i], **plan.record}) for i, plan in enumerate(plans))
        transaction = Transaction(tx, now.at, self._author, self._login, "log", facts)
        new = self._journal.append(transaction, unique=bool(key))
        if not new:
            relative = any(entry.by for entry in entries)
            insist_same(key, [plan.record for plan in plans], find(self._journal, tx), relative=relative)
        tag = handle(ids[0]) if len(ids) == 1 else ""
        notices = (*self._journal.notices, *filter(None, [now.notice]))
        echo = _echo(plans, tag, new=new, undoable=self._undoable)
        logged = Logged(echo, tag, tx, notices, added=new)
        if new:
            self._keep_for_hooks(logged, register, lambda: transaction)
        return logged

    def _keep_for_hooks(
        self, logged: Logged, register: Register, appended: Callable[[], Transaction]
    ) -> None:
        logged.appended, logged.register, logged.moment = appended, register, Moment(self._today)
        logged.title = register.setting("title", logged.moment) or self._journal.header.title

    @property
    def _undoable(self) -> bool:
        return self._permit is None or self._permit.allows("undo")

    def _local_time(self, at: str) -> str:
        return time_in(self._journal.header.tz, at)

    def known(self) -> Register:
        """A register that answers for logging: from the heads file and what came after it."""
        register = self._read()
        register.nameable = None if self._permit is None else self._permit.shows
        return register

    def _read(self) -> Register:
        heads = read_derived(self._directory)
        if heads is not None:
            found = tail(self._journal, heads.offset, heads.checksum, heads.generation)
            if found is not None and not _calls_for_all(found[0], heads):
                register = Register(
                    ((table, fact) for table, fact in heads.content["facts"]), local_time=self._local_time
                )
                register.remember(heads.content["latest"])
                register.add(found[0])
                if len(found[0]) > LONG_TAIL:
                    save_heads(self._directory, register, found[1])
                self._reach = found[1].offset
                return register
        return self._rebuilt()

    def _rebuilt(self) -> Register:
        """Read the whole journal and leave a heads file for the next one."""
        facts, end = whole(self._journal)
        register = Register(facts, local_time=self._local_time)
        save_heads(self._directory, register, end)
        self._reach = end.offset
        return register


def _calls_for_all(tail: Sequence[tuple[str, Fact]], heads: Derived) -> bool:
    """Whether what came after the digest may bring back what it left out, or give it another content."""
    known = {fact["id"] for _, fact in heads.content["facts"]} if tail else set()
    own = {fact["id"] for _, fact in tail}
    return len(own) < len(tail) or any(table in _BRINGING_BACK or fact["id"] in known for table, fact in tail)


def save_heads(directory: str, register: Register, cursor: Cursor) -> bool:
    """Leave what logging must know beside the journal; False where that cannot be written."""
    content = {"facts": register.digest(), "latest": register.latest()}
    return write_derived(directory, Derived(cursor.offset, cursor.checksum, cursor.generation, content))


def _echo(plans: Sequence[Plan], tag: str, *, new: bool, undoable: bool) -> tuple[str, ...]:
    place = f"{plans[0].record['indicator']}@{plans[0].period.label}" if len(plans) == 1 else ""
    if not new:
        return repeated(plan.echo for plan in plans)
    echoes = (f"{plan.echo}  {plan.beside}".rstrip() for plan in plans)
    return *echoes, said(len(plans), place, tag, undoable=undoable)


def said(count: int, place: str, tag: str, *, undoable: bool) -> str:
    """What became of readings, and how to take them back.

    Args:
        count: How many there are.
        place: ``ID@PERIOD`` of the only one.
        tag: Its short id.
        undoable: This person may take them back.
    """
    if count != 1:
        done = ntr("logged {n:,} reading", "logged {n:,} readings", count)
    else:
        done = tr("logged {place} ({handle})", place=place, handle=tag)
    return done + tr("; take back: {command}", command="gztrack undo") if undoable else done
