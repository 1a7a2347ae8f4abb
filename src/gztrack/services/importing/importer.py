"""Importing a CSV: read, judged row by row, matched with what is there, and written as one action.

Either every row goes in or none does, unless ``partial`` is asked for, and every row that
cannot be read is named with its line. The work is done before the store's lock is taken, so
that nobody waits for it; under the lock only what others wrote meanwhile is looked at again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from gztrack.domain import records
from gztrack.domain.amounts import exact
from gztrack.domain.ids import fact_ids
from gztrack.domain.reasons import reason_of
from gztrack.domain.register import Fact, Register
from gztrack.domain.text import clean
from gztrack.errors import GuardError, InputError
from gztrack.language import ntr, ptr, term, tr
from gztrack.services.entering.references import handle
from gztrack.services.importing import guard
from gztrack.services.importing.columns import Place, is_column
from gztrack.services.importing.drafts import NAMED, ImportedFile, Options, named
from gztrack.services.importing.matching import IMPORTED, WHOLE, Match, Step, match
from gztrack.services.importing.text import Sheet, read_sheet
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done
from gztrack.storage.lines import prepare
from gztrack.storage.store import Encoded, Transaction

LARGEST_FILE = 512 * 1024 * 1024

_NO_NAME = term("no file name")


def import_file(
    tracker: Tracker,
    path: str,
    *,
    mapping: Mapping[str, str] | None = None,
    missing: tuple[str, ...] = (),
    wide: bool = False,
    partial: bool = False,
    dry_run: bool = False,
    yes: bool = False,
    progress: Progress | None = None,
) -> Done:
    """Import a file; see `import_text`.

    Raises:
        RefusedError: Whoever came through a gate imports nothing.
        InputError: The file cannot be opened, or as `import_text`.
        GuardError: As `import_text`.
        StoreError: As `import_text`.
    """
    tracker.may("import")  # before anything tells whether there is such a file
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        why = reason_of(error).lower() if isinstance(error, OSError) else tr(_NO_NAME)
        raise InputError(tr("{path}: cannot be read: {reason}", path=clean(path), reason=why)) from None
    if len(data) > LARGEST_FILE:
        raise InputError(tr("{path}: larger than 512 MiB; import it in parts", path=clean(path)))
    return import_text(
        tracker,
        data,
        name=os.path.basename(path),
        mapping=mapping,
        missing=missing,
        wide=wide,
        partial=partial,
        dry_run=dry_run,
        yes=yes,
        progress=progress,
    )


def import_text(
    tracker: Tracker,
    data: bytes | str | Sheet,
    *,
    name: str = "",
    mapping: Mapping[str, str] | None = None,
    missing: tuple[str, ...] = (),
    wide: bool = False,
    partial: bool = False,
    dry_run: bool = False,
    yes: bool = False,
    progress: Progress | None = None,
) -> Done:
    """Import a CSV as one action.

    Args:
        tracker: Whose action it is.
        data: The file, as bytes in UTF-8, UTF-16 or GB18030, or as text, or its rows.
        name: What to call it in messages.
        mapping: Column of ours to the file's name for it.
        missing: Texts of a cell that stand for an empty one.
        wide: One row an indicator, with periods as columns.
        partial: The rows that can be read go in, the others are reported.
        dry_run: Say what would be done, write nothing.
        yes: The guard's questions have been answered.
        progress: Told now and then how far it is, for the last time right before it writes.

    Returns:
        Its first line counts: ``pack.csv: 4 new, 25 revised, 0 same``.

    Raises:
        InputError: The file or a row cannot be read; every such row is named.
        GuardError: A row is probably a slip, and ``yes`` was not given.
        StoreError: It was not written.
        Cancelled: ``progress`` said so; nothing was written.
    """
    tracker.may("import")
    name = clean(name) or tr("text")
    options = Options(
        mapping or {}, frozenset(m.strip().casefold() for m in missing), wide, partial, dry_run, yes
    )
    data = data.encode("utf-8", "replace") if isinstance(data, str) else data
    sheet = data if isinstance(data, Sheet) else read_sheet(data, name, is_column)
    tracker.catch_up_for_writing()
    file = ImportedFile(sheet, name, options, tracker, progress)
    with tracker.turn:
        seen = tracker.position, tracker.register
        found = match(file.drafts, tracker.register, file.columns, progress)
        file.problems |= found.problems
        file.refuse_unreadable()
        asked = guard.questions(found.written, tracker.register, tracker.moment())
        if asked and not (yes or dry_run):
            raise GuardError(
                ntr(
                    "{name}: {n:,} row looks like a slip, nothing was imported: {rows}; --yes imports as it is",
                    "{name}: {n:,} rows look like a slip, nothing was imported: {rows}; --yes imports as it is",
                    len(asked),
                    name=name,
                    rows=named(asked),
                )
            )
        lines = [*_summary(file, found, done=not dry_run), *_remarks(found, tracker)]
        if dry_run:
            lines += [tr("would ask: {rows}", rows=named(asked))] if asked else []
            return Done((*lines, tr("nothing was written: a dry run")))
    if not found.written:
        return Done((*lines, tr("nothing is new")))
    return _written(tracker, file, found, lines, seen, progress)


def _written(
    tracker: Tracker,
    file: ImportedFile,
    found: Match,
    lines: list[str],
    seen: tuple[int, Register],
    progress: Progress | None,
) -> Done:
    """Write what the file does, after another look at what others wrote since ``seen``."""
    encoded = _encoded(tracker, found)
    with tracker.turn, tracker.store.exclusive():
        tracker.catch_up_for_writing()
        if (tracker.position, tracker.register) != seen:
            now = {fact["indicator"]: fact for fact in tracker.indicators(archived=True)}
            slugs = {draft.record["indicator"] for draft in file.drafts}
            moved = sorted(slug for slug in slugs if _meaning(now, slug) != _meaning(file.indicators, slug))
            if moved:
                raise InputError(
                    tr(
                        "{name}: nothing was imported, for {id} was changed by another session meanwhile;"
                        " import it again",
                        name=file.name,
                        id=moved[0],
                    )
                )
            found = match(file.drafts, tracker.register, file.columns)
            file.problems |= found.problems
            file.refuse_unreadable()
            lines = [*_summary(file, found, done=True), *_remarks(found, tracker)]
            if not found.written:
                return Done((*lines, tr("nothing is new")))
            encoded = _encoded(tracker, found)
        if progress is not None:
            progress(len(found.written), len(found.written), tr("writing"))
        tracker.wrote(encoded.tx)
        tracker.store.append(encoded)
    tracker.catch_up_for_writing()
    done = ntr(
        "imported {n:,} fact as one action; take back: gztrack undo",
        "imported {n:,} facts as one action; take back: gztrack undo",
        len(found.written),
    )
    return Done((*lines, done), tx=encoded.tx)


def _meaning(indicators: Mapping[str, Fact], slug: str) -> tuple[object, ...]:
    fact = indicators.get(slug, {})
    return tuple(fact.get(name) for name in ("unit", "measure", "direction"))


def _encoded(tracker: Tracker, found: Match) -> Encoded:
    """The transaction in bytes; what replaces what is settled once the ids are known."""
    now = tracker.instant()
    steps = found.written
    ids = {id(step): own for step, own in zip(steps, fact_ids(now.tx, len(steps)), strict=True)}
    facts: list[tuple[str, records.Record]] = []
    for step in steps:
        record: records.Record = {"id": ids[id(step)], **step.draft.record}
        if step.old is not None:
            record["replaces"] = ids[id(step.old)] if isinstance(step.old, Step) else step.old["id"]
            record |= {"how": step.how} if step.how else {}
            record["reason"] = step.reason or IMPORTED
        facts.append((step.draft.table, record))
    return prepare(Transaction(now.tx, now.at, tracker.author, tracker.login, "import", tuple(facts)))


def _summary(file: ImportedFile, found: Match, *, done: bool) -> list[str]:
    counts = tr(
        "{new:,} new, {revised:,} revised, {same:,} same",
        new=found.count("new"),
        revised=found.count("revised"),
        same=found.count("same"),
    )
    if file.empty:
        counts = tr("; ").join((counts, tr("{n:,} without a value, skipped", n=file.empty)))
    if done and found.written:
        lines = [ptr("imported", "{name}: {counts}", name=file.name, counts=counts)]
    else:
        lines = [tr("{name}: {counts}", name=file.name, counts=counts)]
    if file.problems:
        lines.append(
            ntr(
                "{n:,} row cannot be read and did not go in: {rows}",
                "{n:,} rows cannot be read and did not go in: {rows}",
                len(file.problems),
                rows=named(file.problems),
            )
        )
    if file.sheet.encoding != "UTF-8":
        lines.append(tr("read as {encoding}", encoding=file.sheet.encoding))
    return lines


def _remarks(found: Match, tracker: Tracker) -> list[str]:
    """What a person should hear: rows that revise other rows, pins that hide what went in."""
    remarks = found.remarks[:NAMED]
    within = {
        step.draft.where: tr("revises {place} of the same file", place=step.old.draft.where)
        for step in found.written
        if isinstance(step.old, Step) and step.how != "revision"
    }
    if within:
        remarks.append(named(within))
    hidden = _hidden(found, tracker)
    if hidden:
        remarks.append(tr("in the history, but hidden by a pin: {rows}", rows=named(hidden)))
    return remarks


def _hidden(found: Match, tracker: Tracker) -> dict[Place, str]:
    """Readings that will not count because another one of their period is pinned."""
    register = tracker.register
    pinned: dict[str, dict[tuple[str, str, str], Fact]] = {}
    hidden: dict[Place, str] = {}
    for step in found.written:
        record = step.draft.record
        if step.draft.table != "readings":
            continue
        slug = record["indicator"]
        if slug not in pinned:
            standing = register.standing_readings(slug, WHOLE)
            pinned[slug] = {_place(fact): fact for fact in standing if register.pin(fact, WHOLE)}
        pin = pinned[slug].get(_place(record))
        if pin is not None and pin != step.old:
            figure = exact(pin["value"], "", pin.get("qualifier", "exact"))
            reading = f"{slug}@{record['period']}"
            hidden[step.draft.where] = tr(
                "{reading} stays {figure} ({id})", reading=reading, figure=figure, id=handle(pin["id"])
            )
    return hidden


def _place(fact: Fact) -> tuple[str, str, str]:
    return fact.get("series", ""), fact["start"], fact["end"]
