"""Importing whole transactions, those of a pack or of a seed: the union with what is here, as `merge` makes it.

Nothing is overwritten and nothing decided, and every entry stays its author's. So an import of a pack is
nobody's action, and `undo` does not take it back: what one did oneself is undone as ever, and a backup
from before brings all of it back. A database that holds nothing yet becomes the one that the pack was made
of, with its title and its zone.
"""

from __future__ import annotations

from collections.abc import Iterable

from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.services.days import checked_zone
from gztrack.services.merging.clashes import Clash
from gztrack.services.merging.merger import Incoming, differences, unite
from gztrack.services.packs.reading import Stated
from gztrack.services.tracker import Tracker
from gztrack.storage.copies.filling import fill
from gztrack.storage.copies.merging import digest
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.store import Encoded, stamp

NAMED = 5
"""How many authors are named before the others are only counted."""


class Joined(NamedTuple):
    """What came in.

    Attributes:
        lines: What to tell the person.
        written: Something did.
    """

    lines: tuple[str, ...]
    written: bool


def join_in(
    tracker: Tracker,
    name: str,
    title: str,
    tz: str,
    transactions: Iterable[Stated],
    *,
    dry_run: bool = False,
    yes: bool = False,
) -> Joined:
    """Bring in the transactions that a database lacks.

    Args:
        tracker: The database.
        name: What to call where they come from in messages.
        title: What the database that they were in is called; empty where that is not known.
        tz: The zone that its days go by, or empty.
        transactions: They; when they come to an end, all of them have been checked.
        dry_run: Only say what would come in.
        yes: Bring them in though they have nothing in common with what is here.

    Returns:
        Its first line counts them and says whose they are; conflicts follow, a line each.

    Raises:
        InputError: One of them cannot be read; nothing came in.
        GuardError: They have nothing in common with what is here, and ``yes`` was not given.
        StoreError: It was not written.
    """
    _check_zone(tz, name)
    tracker.catch_up_for_writing()
    incoming = Incoming(tracker, name)
    taken: dict[bytes, Stated] = {}
    for each in transactions:
        incoming.come_across(each.encoded.tx)
        if (
            each.encoded not in incoming.holdings
            and taken.setdefault(digest(each.encoded.bodies), each) is each
        ):
            incoming.take(each.encoded, each.author)
    took_over, conflicts = False, list[Clash]()
    if incoming.new and not dry_run and not incoming.holdings:
        took_over = _take_over(tracker, title, tz, incoming.new)
        if not took_over:
            incoming.look_again()  # somebody else was first
    if incoming.new and not took_over:
        conflicts = unite(tracker, incoming, dry_run=dry_run, yes=yes)
    came = {id(each) for each in incoming.new}
    new = [each for each in taken.values() if id(each.encoded) in came]
    lines = [_summary(name, new, len(conflicts), dry_run=dry_run), *(clash.line for clash in conflicts)]
    lines += [*incoming.notices, *_ahead(new)]
    if took_over:
        lines.append(
            tr(
                "nothing was here before: this is '{title}' now, and its days go by {zone}",
                title=tracker.title,
                zone=clean(tracker.store.tz),
            )
        )
    elif incoming.holdings:
        lines += differences(tracker, name, title, tz)
    if dry_run:
        lines.append(tr("nothing was written: a dry run"))
    elif new:
        lines.append(
            tr("undo takes back only what you did yourself; a backup from before brings all of it back")
        )
    return Joined(tuple(lines), bool(new) and not dry_run)


def _take_over(tracker: Tracker, title: str, tz: str, new: list[Encoded]) -> bool:
    """Make a database without a fact the one that these transactions were in; False where it is none any more."""
    store = tracker.store
    if not isinstance(store, TinyDBStore):
        return False
    with tracker.turn:
        filled = fill(store.name, title or store.title, tz or store.tz, new)
        tracker.refresh()
    return filled


def _check_zone(tz: str, name: str) -> None:
    if not tz:
        return
    try:
        checked_zone(tz)
    except InputError as error:
        raise InputError(tr("{name}: {problem}", name=name, problem=error)) from None


def _summary(name: str, new: list[Stated], conflicts: int, *, dry_run: bool) -> str:
    if not new:
        return tr("nothing is new: all of {path} is here already", path=name)
    authors = sorted({clean(each.author) for each in new})
    others = len(authors) - NAMED
    whose = authors if others <= 0 else [*authors[:NAMED], tr("{n:,} others", n=others)]
    values = {
        "transactions": ntr("{n:,} transaction", "{n:,} transactions", len(new)),
        "whose": listed(whose),
        "facts": ntr("{n:,} fact", "{n:,} facts", sum(each.facts for each in new)),
        "path": name,
        "conflicts": ntr("{n:,} conflict", "{n:,} conflicts", conflicts) if conflicts else tr("no conflicts"),
    }
    if dry_run:
        return tr("would import {transactions} of {whose} ({facts}) from {path}; {conflicts}", **values)
    return tr("imported {transactions} of {whose} ({facts}) from {path}; {conflicts}", **values)


def _ahead(new: list[Stated]) -> list[str]:
    """What a person should hear of transactions that say that they were logged after now."""
    now = stamp()
    later = [each.at for each in new if each.at > now]
    if not later:
        return []
    until = f"{max(later)[:16].replace('T', ' ')} UTC"
    return [
        ntr(
            "{n:,} transaction says that it was logged after now, on {time}: until then it counts over what is"
            " logged here",
            "{n:,} transactions say that they were logged after now, the last one on {time}: until then they"
            " count over what is logged here",
            len(later),
            time=until,
        )
    ]
