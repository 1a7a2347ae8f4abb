"""Opening a database for reading or writing, and making one from a seed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from gztrack.domain.text import LONGEST_NAME, checked, clean, listed
from gztrack.errors import InputError
from gztrack.language import named, ntr, tr
from gztrack.services.databases.looking import board_file, fresh
from gztrack.services.databases.seeding import FirstFacts, article_seed, read_seed
from gztrack.services.days import checked_zone
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.locations import DATABASE, FILE, Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.services.permits import Permit
    from gztrack.services.progress import Progress

EMPTY_TITLE = "gztrack"


def open_tracker(
    location: Location,
    *,
    author: str,
    login: str,
    today: date | None = None,
    writing: bool,
    progress: Progress | None = None,
    permit: Permit | None = None,
) -> Tracker:
    """Open the database of a location.

    A missing database at the default location is made from the article's seed when somebody
    writes; somebody who reads is answered as that seed would answer, and nothing is made.

    Raises:
        StoreError: There is no database where one was named, or it cannot be opened.
        Cancelled: ``progress``, which is told how much has been read, called it off.
    """
    if location.is_default and location.unused():
        if not writing:
            return Tracker(fresh(location), author=author, login=login, today=today, permit=permit)
        initialise(location)
    store = TinyDBStore(location.require(), author=author)
    if writing:
        store.journal.notices += _misgivings(store.name)
    store.tell(progress)
    tracker = Tracker(
        store, author=author, login=login, today=today, permit=permit, board_file=board_file(store.journal)
    )
    store.tell(None)
    return tracker


def _misgivings(path: str) -> list[str]:
    """What a person who writes here should know about the place."""
    from gztrack.storage.health.surroundings import network  # not for who only reads

    kind = network(path)
    said = tr(
        "{path}: is on a network file system ({kind}), where a lock does not keep two hosts apart:"
        " let one host keep it, and reach that over SSH",
        path=path,
        kind=kind,
    )
    return [said] if kind else []


def initialise(
    location: Location, *, empty: bool = False, pack: str = "", title: str = "", zone: str = ""
) -> tuple[str, ...]:
    """Make a database.

    Args:
        empty: Without any facts.
        pack: A file with other facts than the article's, or ``-`` for standard input.
        title: What the database is called; else what the pack says, or the folder.
        zone: The zone that "today" goes by; else what the pack says, or the host's.

    Returns:
        What to tell the person.

    Raises:
        InputError: There is one already, or the pack, the title or the zone does not hold.
        StoreError: It cannot be made there.
    """
    _check_free(location)
    if empty and pack:
        raise InputError(tr("--empty and --pack contradict each other; give one"))
    first = None if empty else _first_facts(pack)
    if title and first is not None and first.is_whole:
        raise InputError(
            tr(
                "--title: {pack} says what it is called; gztrack edit --title changes it afterwards",
                pack=pack,
            )
        )
    own = first.tz if first is not None and pack else ""
    tz = checked_zone(zone or own) if zone or own else host_zone()
    called = checked(title, "title", LONGEST_NAME) or (first.title if first is not None else "")
    called = called or os.path.basename(location.path) or EMPTY_TITLE
    made = create(location.path, called, tz, first.transactions if first is not None else ())
    if not made:
        raise InputError(tr("{path}: there is a database already", path=location.path))
    what = tr("no facts yet")
    if first is not None:
        what = ntr(
            "{n:,} fact of {title}",
            "{n:,} facts of {title}",
            first.facts,
            title=named(clean(called), "" if title else first.title_zh),
        )
    said = tr("made {path}: {what}; days go by {zone}", path=location.path, what=what, zone=tz)
    return (said, *_misgivings(location.path))


def _check_free(location: Location) -> None:
    """See that a database can be made there.

    Raises:
        InputError: Something is there.
    """
    if location.state() == DATABASE:
        location.look_inside()
        command = f"gztrack --db {location.path}"
        raise InputError(
            tr("{path}: there is a database already; open it: {command}", path=location.path, command=command)
        )
    if location.state() == FILE:
        raise InputError(
            tr("{path}: is a file; a database is a directory, name another place", path=location.path)
        )
    others = location.others()
    if others:
        command = f"gztrack --db {location.path}/figures init"
        raise InputError(
            tr(
                "{path}: holds other things ({names}), among which a database has no place;"
                " name a new or an empty directory: {command}",
                path=location.path,
                names=listed(others),
                command=command,
            )
        )


def _first_facts(pack: str) -> FirstFacts:
    """What a database begins with: a pack, or what the article says."""
    if pack:
        from gztrack.services.packs.starting import read_first_facts  # all that reads files of others

        return read_first_facts(pack)
    seed = read_seed(article_seed())
    return FirstFacts(seed.title, seed.title_zh, seed.tz, (seed.transaction,), len(seed.transaction.facts))


def host_zone() -> str:
    """The host's zone by its IANA name, UTC where that cannot be told."""
    for path in ("/etc/timezone",):
        try:
            name = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if _known(name):
            return name
    real = os.path.realpath("/etc/localtime")
    name = real.partition("zoneinfo/")[2]
    return name if _known(name) else "UTC"


def _known(name: str) -> bool:
    try:
        return bool(name) and bool(checked_zone(name))
    except InputError:
        return False
