"""Merging: what another database or a backup holds beyond this one comes in, unchanged.

Nothing is overwritten and nothing decided. The other side is read, checked and encoded before
the lock is taken, so that nobody waits for it; under the lock only what others wrote meanwhile is
looked at again. A merge is nobody's action: every transaction stays its author's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import IO

from gztrack.domain.records import SEED_AUTHOR
from gztrack.domain.register import Register
from gztrack.domain.text import clean
from gztrack.errors import GuardError, InputError, StoreDamaged
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.services.merging.clashes import Clash, same_id
from gztrack.services.merging.competing import Pair, Sides, clashes
from gztrack.services.tracker import Tracker
from gztrack.storage.copies.backups import Watch
from gztrack.storage.copies.merging import Digests, encoded, join, lacking, settled
from gztrack.storage.copies.sources import Copy, opened
from gztrack.storage.documents import DocumentError, check
from gztrack.storage.lines import loads
from gztrack.storage.store import ENVELOPE, Encoded, Fact, Transaction


class Merged(NamedTuple):
    """What a merge brought in.

    Attributes:
        lines: What to tell the person.
        notices: What they should hear beside it.
        transactions: How many transactions came in.
        facts: How many facts were in them.
        authors: Whose they are, in alphabetical order.
        conflicts: What contradicts each other since.
    """

    lines: tuple[str, ...]
    notices: tuple[str, ...]
    transactions: int
    facts: int
    authors: tuple[str, ...]
    conflicts: tuple[Clash, ...]


def merge(
    tracker: Tracker,
    name: str,
    stdin: IO[bytes],
    *,
    dry_run: bool = False,
    yes: bool = False,
    watch: Watch | None = None,
) -> Merged:
    """Bring in what another database holds beyond this one.

    Args:
        tracker: This database.
        name: The directory of the other one, a backup, a journal, or ``-`` for standard input.
        stdin: Standard input.
        dry_run: Only say what would come in.
        yes: Bring it in though the two have nothing in common.
        watch: Is told how far it is.

    Raises:
        InputError: There is nothing of that name to merge, or it is this database itself.
        GuardError: The two have nothing in common, and ``yes`` was not given.
        StoreError: The other one is damaged or newer, or this one cannot be written; nothing came in.
    """
    tracker.may("merge")
    with opened(name, stdin, tracker.name) as copy:
        if copy.is_journal_of(tracker.name):
            raise InputError(tr("{path}: is this database itself; give another one", path=clean(name)))
        tracker.refresh()
        incoming = _read(tracker, copy, watch)
    conflicts = unite(tracker, incoming, dry_run=dry_run, yes=yes)
    copy.notices += incoming.notices
    return _merged(tracker, copy, incoming, conflicts, dry_run=dry_run)


class Incoming:
    """What comes from elsewhere, as far as this database lacks it.

    Args:
        tracker: This database.
        name: What to call the other side in messages.

    Attributes:
        name: The same.
        holdings: What this database has.
        new: The transactions that it lacks.
        notices: What a person should hear.
    """

    def __init__(self, tracker: Tracker, name: str) -> None:
        self.name = name
        self.holdings = Digests(tracker.store)
        self.new: list[Encoded] = []
        self.notices: list[str] = []
        self._tracker = tracker
        self._there: dict[str, int] = {}
        self._read, self._written = 0, False

    def come_across(self, tx: str) -> None:
        """Note that the other side has a transaction, in the order in which it has them."""
        self._there.setdefault(tx, self._read)
        self._read += 1

    def take(self, own: Encoded, author: str) -> None:
        """Keep a transaction that this database lacks.

        Args:
            own: As this version writes it.
            author: Whose it is.
        """
        self.new.append(own)
        self._written = self._written or author != SEED_AUTHOR

    def look_again(self) -> None:
        """Leave out what this database has got meanwhile."""
        self.holdings.catch_up()
        self.new = [each for each in self.new if each not in self.holdings]

    @property
    def is_foreign(self) -> bool:
        """Whether the two share nothing, though something was written into each."""
        shares_nothing = self._read == len(self.new)
        return shares_nothing and self._written and not self._tracker.register.only_by(SEED_AUTHOR)

    def facts(self) -> Iterator[Pair]:
        """The facts that this database lacks, as a store hands them out."""
        for each in self.new:
            for body in each.bodies:
                line = loads(body + b"}")
                envelope = {name: line[name] for name in ENVELOPE}
                for table, record in line["facts"]:
                    yield table, {**record, **envelope}

    def told(self) -> tuple[tuple[str, ...], int]:
        """Whose the transactions are that this database lacks, in alphabetical order, and how many facts they hold."""
        authors, facts = set[str](), 0
        for each in self.new:
            for body in each.bodies:
                line = loads(body + b"}")
                authors.add(clean(line["author"]))
                facts += len(line["facts"])
        return tuple(sorted(authors)), facts

    @property
    def sides(self) -> Sides:
        """Who had what before."""
        return Sides({each.tx for each in self.new}, self._there)

    def of_one_id(self) -> Iterator[Clash]:
        """Facts that came under an id that another fact has here."""
        register = self._tracker.register
        for table, fact in self.facts():
            known = register.get(fact["id"])
            if known is not None and known[1] != fact:
                kept, other = settled(known[1], fact)
                yield same_id(register, table, kept, other)


def unite(tracker: Tracker, incoming: Incoming, *, dry_run: bool, yes: bool) -> list[Clash]:
    """Bring in what a database lacks, unless it is only to be said; what contradicts each other since.

    Raises:
        GuardError: The two have nothing in common, and ``yes`` was not given.
        StoreError: Nothing came in.
    """
    if incoming.is_foreign and not yes:
        question = tr(
            "{path}: has nothing in common with this database; is it the right one?",
            path=clean(incoming.name),
        )
        if not dry_run:
            raise GuardError(tr("{question} --yes brings it in", question=question))
        incoming.notices.append(tr("{question} Without --yes it would not come in", question=question))
    conflicts = list(incoming.of_one_id())
    here = tracker.register
    known = {*here.indicators, *here.readings, *here.targets}
    if dry_run:
        register = Register(tracker.store.facts()[0])
        register.add(incoming.facts())
    else:
        with tracker.turn:
            incoming.new = join(tracker.store, incoming.holdings, incoming.new)
            tracker.refresh()
        register = tracker.register
    came = (pair for pair in incoming.facts() if _may_clash(*pair, known))
    return conflicts + clashes(register, came, incoming.sides)


def _may_clash(table: str, fact: Fact, known: Collection[str]) -> bool:
    """Whether a fact may contradict one of a database that knows these indicators."""
    return table not in ("readings", "targets") or fact["indicator"] in known or "replaces" in fact


def _read(tracker: Tracker, copy: Copy, watch: Watch | None) -> Incoming:
    """What a copy holds beyond this database."""
    incoming = Incoming(tracker, copy.name)
    try:
        for own, transaction in lacking(incoming.holdings, _each(copy, incoming, watch)):
            _check(copy, transaction)
            incoming.take(own, transaction.author)
    except (ValueError, KeyError, TypeError, InputError) as error:
        raise copy.unreadable(error) from error
    return incoming


def _each(copy: Copy, incoming: Incoming, watch: Watch | None) -> Iterator[Encoded]:
    done = 0
    for block in copy.blocks():
        for each in encoded([block]):
            incoming.come_across(each.tx)
            yield each
        done += len(block)
        if watch is not None:
            watch(done, copy.size)


def _check(copy: Copy, transaction: Transaction) -> None:
    """Let nothing in that nobody could read here afterwards.

    Raises:
        StoreDamaged: A fact lacks what its table needs, or holds what that never holds.
    """
    for table, fact in transaction.facts:
        try:
            check(table, fact)
        except (DocumentError, TypeError) as error:
            said = tr(
                "{path}: {error} (fact {id}): nothing was merged; run {command} on it",
                path=copy.name,
                error=clean(str(error)),
                id=fact["id"],
                command="gztrack doctor",
            )
            raise StoreDamaged(said) from error


def _merged(
    tracker: Tracker, copy: Copy, other: Incoming, conflicts: list[Clash], *, dry_run: bool
) -> Merged:
    authors, facts = other.told()
    lines = [_summary(copy, len(other.new), facts, authors, len(conflicts), dry_run=dry_run)]
    lines += [clash.line for clash in conflicts]
    if dry_run:
        command = "gztrack backup"
        lines.append(tr("nothing was written: a dry run; {command} first keeps a way back", command=command))
    elif other.new:
        lines.append(
            tr("undo takes back only what you did yourself; a backup from before brings all of it back")
        )
    return Merged(
        tuple(lines),
        (*copy.notices, *differences(tracker, copy.name, copy.header.title, copy.header.tz)),
        len(other.new),
        facts,
        authors,
        tuple(conflicts),
    )


def _summary(
    copy: Copy, transactions: int, facts: int, authors: tuple[str, ...], conflicts: int, *, dry_run: bool
) -> str:
    if not transactions:
        return tr("nothing is new: all of {path} is here already", path=clean(copy.name))
    several = tr("{n:,} authors", n=len(authors))
    values = {
        "transactions": ntr("{n:,} transaction", "{n:,} transactions", transactions),
        "whose": authors[0] if len(authors) == 1 else several,
        "facts": ntr("{n:,} fact", "{n:,} facts", facts) if facts else tr("no facts"),
        "path": clean(copy.name),
        "conflicts": ntr("{n:,} conflict", "{n:,} conflicts", conflicts) if conflicts else tr("no conflicts"),
    }
    if dry_run:
        return tr("would merge {transactions} of {whose} ({facts}) from {path}; {conflicts}", **values)
    return tr("merged {transactions} of {whose} ({facts}) from {path}; {conflicts}", **values)


def differences(tracker: Tracker, name: str, title: str, tz: str) -> Iterable[str]:
    """What the other side says of itself and this database does not take over; where it says nothing, nothing."""
    path, title, tz = clean(name), clean(title), clean(tz)
    if title not in ("", tracker.title):
        yield tr(
            "{path} is called '{title}'; this database stays '{here}'",
            path=path,
            title=title,
            here=tracker.title,
        )
    if tz not in ("", tracker.store.tz):
        yield tr(
            "days of {path} go by {zone}; here they go by {here} as before",
            path=path,
            zone=tz,
            here=clean(tracker.store.tz),
        )
