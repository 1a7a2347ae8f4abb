"""Merging: what another database or a backup holds beyond this one comes in, unchanged.

Nothing is overwritten and nothing decided. The other side is read, checked and encoded before
the lock is taken, so that nobody waits for it; under the lock only what others wrote meanwhile is
looked at again. A merge is nobody's action: every transaction stays its author's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from gztrack.storage.copies.merging import Digests, decoded, encoded, join, lacking, settled
from gztrack.storage.copies.sources import Copy, opened
from gztrack.storage.documents import DocumentError, check
from gztrack.storage.store import ENVELOPE, Encoded, Transaction


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
    with opened(name, stdin, tracker.name) as copy:
        if copy.is_journal_of(tracker.name):
            raise InputError(tr("{path}: is this database itself; give another one", path=clean(name)))
        tracker.refresh()
        other = _Other(tracker, copy, watch)
    if other.is_foreign and not yes:
        path = clean(copy.name)
        question = tr("{path}: has nothing in common with this database; is it the right one?", path=path)
        if not dry_run:
            raise GuardError(tr("{question} --yes brings it in", question=question))
        copy.notices.append(tr("{question} Without --yes it would not come in", question=question))
    conflicts = list(other.of_one_id())
    if dry_run:
        register = Register(tracker.store.facts()[0])
        register.add(other.facts())
    else:
        with tracker.turn:
            other.new = join(tracker.store, other.holdings, other.new)
            tracker.refresh()
        register = tracker.register
    conflicts += clashes(register, other.facts(), other.sides)
    return _merged(tracker, copy, other, conflicts, dry_run=dry_run)


class _Other:
    """What was read of the other side.

    Attributes:
        holdings: What this database has.
        new: The transactions that this database lacks.
        is_foreign: The two share nothing, though something was written into each.
    """

    def __init__(self, tracker: Tracker, copy: Copy, watch: Watch | None) -> None:
        self.holdings = Digests(tracker.store)
        self.new: list[Encoded] = []
        self._register = tracker.register
        self._there: dict[str, int] = {}
        self._read, self._watch = 0, watch
        written = False
        try:
            for own, transaction in lacking(self.holdings, self._each(copy)):
                self._check(copy, transaction)
                self.new.append(own)
                written = written or transaction.author != SEED_AUTHOR
        except (ValueError, KeyError, TypeError, InputError) as error:
            raise copy.unreadable(error) from error
        shares_nothing = self._read == len(self.new)
        self.is_foreign = shares_nothing and written and not self._register.only_by(SEED_AUTHOR)

    def _each(self, copy: Copy) -> Iterator[Encoded]:
        done = 0
        for block in copy.blocks():
            for each in encoded([block]):
                self._there.setdefault(each.tx, self._read)
                self._read += 1
                yield each
            done += len(block)
            if self._watch is not None:
                self._watch(done, copy.size)

    @staticmethod
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

    def facts(self) -> Iterator[Pair]:
        """The facts that this database lacks, as a store hands them out."""
        for each in map(decoded, self.new):
            envelope = {name: getattr(each, name) for name in ENVELOPE}
            for table, record in each.facts:
                yield table, {**record, **envelope}

    @property
    def sides(self) -> Sides:
        """Who had what before."""
        return Sides({each.tx for each in self.new}, self._there)

    def of_one_id(self) -> Iterator[Clash]:
        """Facts that came under an id that another fact has here."""
        for table, fact in self.facts():
            known = self._register.get(fact["id"])
            if known is not None and known[1] != fact:
                kept, other = settled(known[1], fact)
                yield same_id(self._register, table, kept, other)


def _merged(tracker: Tracker, copy: Copy, other: _Other, conflicts: list[Clash], *, dry_run: bool) -> Merged:
    transactions = [decoded(each) for each in other.new]
    authors = tuple(sorted({clean(each.author) for each in transactions}))
    facts = sum(len(each.facts) for each in transactions)
    lines = [_summary(copy, len(transactions), facts, authors, len(conflicts), dry_run=dry_run)]
    lines += [clash.line for clash in conflicts]
    if dry_run:
        command = "gztrack backup"
        lines.append(tr("nothing was written: a dry run; {command} first keeps a way back", command=command))
    elif transactions:
        lines.append(
            tr("undo takes back only what you did yourself; a backup from before brings all of it back")
        )
    return Merged(
        tuple(lines),
        (*copy.notices, *_differences(tracker, copy)),
        len(transactions),
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


def _differences(tracker: Tracker, copy: Copy) -> Iterable[str]:
    """What the other database says of itself and this one does not take over."""
    title, tz = clean(copy.header.title), clean(copy.header.tz)
    if title != tracker.title:
        yield tr(
            "{path} is called '{title}'; this database stays '{here}'",
            path=clean(copy.name),
            title=title,
            here=tracker.title,
        )
    if tz != tracker.store.tz:
        yield tr(
            "days of {path} go by {zone}; here they go by {here} as before",
            path=clean(copy.name),
            zone=tz,
            here=clean(tracker.store.tz),
        )
