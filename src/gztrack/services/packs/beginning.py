"""Rows as what a database begins with: read into an empty one in memory, then put under ids of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gztrack.domain import records
from gztrack.domain.ids import fact_ids, keyed
from gztrack.domain.records import SEED_AUTHOR
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.databases.seeding import LONG_AGO
from gztrack.services.days import checked_zone
from gztrack.services.importing.importer import import_text
from gztrack.services.importing.text import Sheet
from gztrack.services.packs.json_rows import ROWS
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Fact, Transaction

_SETTINGS = ("title_zh", "method")
"""What stands beside rows and is a fact; title and zone are the database's own."""

_REFERENCES = ("replaces", "of")

_DAYS = ("published", "stated_end", "end")
"""Fields that tell on which day a fact was known at the earliest."""

Stated = Sequence[tuple[str, Fact]]


class Beginning(NamedTuple):
    """What rows state where there is nothing else.

    Attributes:
        done: What to tell the person; without a transaction where nothing is to be written.
        facts: Table and record, with ids that hold among themselves.
    """

    done: Done
    facts: Stated


def begin(
    data: bytes | Sheet,
    head: Mapping[str, str],
    *,
    name: str,
    today: date | None = None,
    mapping: Mapping[str, str] | None = None,
    missing: tuple[str, ...] = (),
    wide: bool = False,
    partial: bool = False,
    dry_run: bool = False,
    yes: bool = True,
    ignored: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Beginning:
    """Read rows into an empty database in memory.

    Args:
        data: A CSV, or the rows of JSON.
        head: What stands beside them; see `gztrack.services.packs.json_rows.HEAD`.
        name: What to call the file in messages.
        today: The date that is taken for today.
        mapping: As `import_text`; so are the others.

    Raises:
        InputError: A row cannot be read, or what stands beside them does not hold.
        GuardError: As `import_text`.
    """
    tz = checked_head(head, name)
    settings = [
        ("settings", records.setting(name=each, value=head[each])) for each in _SETTINGS if each in head
    ]
    store = MemoryStore("", tz or "UTC")
    tracker = Tracker(store, author=ROWS, login=ROWS, today=today)  # nobody hears of it
    done = import_text(
        tracker,
        data,
        name=name,
        mapping=mapping,
        missing=missing,
        wide=wide,
        partial=partial,
        dry_run=dry_run,
        yes=yes,
        ignored=ignored,
        progress=progress,
    )
    facts = [pair for each in store.transactions() for pair in each.facts]
    return Beginning(done, [*facts, *settings])


def checked_head(head: Mapping[str, str], name: str) -> str:
    """The zone that stands beside rows, or empty.

    Raises:
        InputError: There is no such zone, or another word does not hold.
    """
    try:
        for each in _SETTINGS:
            if each in head:
                records.setting(name=each, value=head[each])
        logged_at(head, ())
        return checked_zone(head["tz"]) if "tz" in head else ""
    except InputError as error:
        raise InputError(tr("{name}: {problem}", name=name, problem=error)) from None


def under(tx: str, facts: Stated) -> tuple[tuple[str, Fact], ...]:
    """The same facts as those of a transaction: under its ids, and meaning each other by these."""
    ids = fact_ids(tx, len(facts))
    own = {record["id"]: new for (_, record), new in zip(facts, ids, strict=True) if "id" in record}
    found = []
    for (table, record), new in zip(facts, ids, strict=True):
        meant = {name: own[record[name]] for name in _REFERENCES if record.get(name) in own}
        found.append((table, {"id": new, **{k: v for k, v in record.items() if k != "id"}, **meant}))
    return tuple(found)


def logged_at(head: Mapping[str, str], facts: Stated) -> str:
    """When what a database begins with counts as logged: told by the rows alone, so that it is the same everywhere.

    Raises:
        InputError: The rows tell what is no date.
    """
    if "logged" in head:
        try:
            day = date.fromisoformat(head["logged"])
        except ValueError:
            day = None
        if day is None or day.isoformat() != head["logged"]:
            said = clean(head["logged"])[:40]
            raise InputError(tr("logged: '{text}' is no date; dates are like 2020-12-31", text=said))
        return f"{day.isoformat()}{LONG_AGO[10:]}"
    days = [record[name] for _, record in facts for name in _DAYS if name in record]
    return f"{max(days)}{LONG_AGO[10:]}" if days else LONG_AGO


def nobodys(content: bytes, head: Mapping[str, str], facts: Stated) -> Transaction:
    """Rows as a transaction of nobody's, the same one wherever the same file is taken."""
    tx = keyed(SEED_AUTHOR, content.decode("utf-8", "surrogateescape"))
    return Transaction(tx, logged_at(head, facts), SEED_AUTHOR, SEED_AUTHOR, "seed", under(tx, facts))
