"""Importing rows of JSON: as those of a CSV, and where nothing is yet, with the title and the rest beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.services.importing.importer import import_text
from gztrack.services.merging.merger import differences
from gztrack.services.packs.beginning import begin, checked_head, under
from gztrack.services.packs.json_rows import Rows
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done
from gztrack.storage.copies.filling import fill
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.lines import prepare
from gztrack.storage.store import Transaction


def import_rows(
    tracker: Tracker, rows: Rows, *, name: str, dry_run: bool = False, yes: bool = False, **options: Any
) -> Done:
    """Import rows as one action.

    A database without a fact takes title, zone and method from beside them; any other one stays what it is.

    Args:
        tracker: Whose action it is.
        rows: What was read.
        name: What to call the file in messages.
        dry_run: Say what would be done, write nothing.
        yes: The guard's questions have been answered.
        options: The others of `import_text`.

    Raises:
        InputError, GuardError, StoreError, Cancelled: As `import_text`.
    """
    tz = checked_head(rows.head, name)
    tracker.catch_up_for_writing()
    is_empty = next(iter(tracker.store.facts()[0]), None) is None
    if is_empty and rows.head and not dry_run:
        done = _take_over(tracker, rows, tz, name=name, yes=yes, **options)
        if done is not None:
            return done
    done = import_text(tracker, rows.sheet, name=name, dry_run=dry_run, yes=yes, **options)
    remarks = [] if is_empty else list(_differences(tracker, rows.head, name))
    return done._replace(lines=(done.lines[0], *remarks, *done.lines[1:]))


def _take_over(tracker: Tracker, rows: Rows, tz: str, *, name: str, **options: Any) -> Done | None:
    """Fill a database that holds nothing; None where it holds something by now."""
    beginning = begin(rows.sheet, rows.head, name=name, today=tracker.today, **options)
    store = tracker.store
    if not beginning.facts or not isinstance(store, TinyDBStore):
        return None
    with tracker.turn:
        now = tracker.instant()
        facts = under(now.tx, beginning.facts)
        action = prepare(Transaction(now.tx, now.at, tracker.author, tracker.login, "import", facts))
        tracker.wrote(now.tx)
        if not fill(store.name, rows.head.get("title") or store.title, tz or store.tz, [action]):
            return None
        tracker.catch_up_for_writing()
    said = tr(
        "nothing was here before: this is '{title}' now, and its days go by {zone}",
        title=tracker.title,
        zone=clean(store.tz),
    )
    lines = beginning.done.lines
    return beginning.done._replace(lines=(*lines[:-1], said, lines[-1]), tx=now.tx)


def _differences(tracker: Tracker, head: Mapping[str, str], name: str) -> Iterator[str]:
    yield from differences(tracker, name, head.get("title", ""), head.get("tz", ""))
    method = head.get("method", "")
    here = tracker.register.usual_method(tracker.moment())
    if method and method != here:
        yield tr(
            "{path} goes by the method {method}; here it is {here} as before",
            path=name,
            method=method,
            here=here,
        )
