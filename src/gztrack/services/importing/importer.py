"""Importing a table: read, judged row by row, held against what is there, and written as one action.

Either every row goes in or none does, unless ``partial`` is asked for, and every row that
cannot be read is named with its line and column. The work is done before the store's lock is taken, so
that nobody waits for it; where others wrote meanwhile what the file is about, it is done again.
"""

from __future__ import annotations

from collections.abc import Mapping

from gztrack.domain.register import KEPT
from gztrack.domain.text import clean
from gztrack.errors import GuardError, InputError, StoreBusy
from gztrack.language import ntr, ptr, tr
from gztrack.services.importing.columns import is_column, named
from gztrack.services.importing.decimals import STYLES
from gztrack.services.importing.encodings import chosen_encoding
from gztrack.services.importing.noted import NAMED
from gztrack.services.importing.options import Options
from gztrack.services.importing.placing import place
from gztrack.services.importing.rounds import Round, meanings
from gztrack.services.importing.scan import Scan
from gztrack.services.importing.text import Clothing, Sheet, chosen_delimiter, read_sheet
from gztrack.services.latest import MANY, WORTH, leave_heads
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done, Imported
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.store import Cursor

ROUNDS = 3
"""How often a file is read again because others wrote meanwhile what it is about."""


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
    encoding: str = "",
    delimiter: str = "",
    decimal: str = "",
    ignored: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Done:
    """Import a CSV as one action.

    Args:
        tracker: Whose action it is.
        data: The file, as bytes, or as text, or its rows.
        name: What to call it in messages.
        mapping: Column of ours to the file's name for it, or to its number: ``#3``.
        missing: Texts of a cell that stand for an empty one.
        wide: One row an indicator, with periods as columns.
        partial: The rows that can be read go in, the others are reported.
        dry_run: Say what would be done, write nothing.
        yes: The guard's questions have been answered.
        encoding: The bytes' encoding; empty for UTF-8, UTF-16 or GB18030, whichever they are.
        delimiter: What stands between two cells; empty for what the first row shows.
        decimal: ``,`` or ``.``; empty for what the figures prove, else a point.
        ignored: Columns of the file, by name or number, that are left out.
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
    options = _options(mapping, missing, wide, partial, dry_run, yes, decimal, ignored)
    clothing = Clothing(
        chosen_encoding(encoding) if encoding else "", chosen_delimiter(delimiter) if delimiter else ""
    )
    if isinstance(data, Sheet):
        return _import_sheet(tracker, data, name, options, progress)
    mapped = {named(column) for column in options.mapping.values()}
    if isinstance(data, str):
        data, clothing = data.encode("utf-8", "replace"), clothing._replace(encoding="")
    sheet = read_sheet(data, name, lambda text: is_column(text) or named(text) in mapped, clothing)
    return _import_sheet(tracker, sheet, name, options, progress)


def _options(
    mapping: Mapping[str, str] | None,
    missing: tuple[str, ...],
    wide: bool,
    partial: bool,
    dry_run: bool,
    yes: bool,
    decimal: str,
    ignored: tuple[str, ...],
) -> Options:
    if decimal and decimal.strip() not in STYLES:
        raise InputError(tr("--decimal: a comma or a point, not '{text}'", text=clean(decimal)))
    marks = frozenset(mark.strip().casefold() for mark in missing)
    return Options(mapping or {}, marks, wide, partial, dry_run, yes, decimal.strip(), ignored)


def _import_sheet(
    tracker: Tracker, sheet: Sheet, name: str, options: Options, progress: Progress | None
) -> Done:
    placed = place(
        sheet.header,
        options.mapping,
        wide=options.wide,
        today=tracker.today,
        name=name,
        missing=options.missing,
        starts=sheet.starts,
        ignored=options.ignored,
    )
    scan = Scan(sheet, placed, name, options.decimal)
    if not scan.rows:
        raise InputError(tr("{name}: only the names of columns, no rows; nothing to import", name=name))
    for _ in range(ROUNDS):
        tracker.catch_up_for_writing()
        found = Round(tracker, sheet, placed, scan, options, progress)
        lines = _judged(found, name, sheet, options)
        if options.dry_run:
            return Done((*lines, tr("nothing was written: a dry run")), imported=_imported(found))
        if not found.intake.written:
            return Done((*lines, tr("nothing is new")), imported=_imported(found))
        if _written(tracker, found, name, progress):
            done = ntr(
                "imported {n:,} fact as one action; take back: gztrack undo",
                "imported {n:,} facts as one action; take back: gztrack undo",
                found.intake.written,
            )
            return Done((*lines, done), tx=found.tx, imported=_imported(found))
    raise StoreBusy(
        tr(
            "{name}: nothing was imported, for others keep writing about the same indicators; try again",
            name=name,
        )
    )


def _judged(found: Round, name: str, sheet: Sheet, options: Options) -> list[str]:
    """What is to be said of what was found.

    Raises:
        InputError: Rows cannot be read, and the others shall not go in without them.
        GuardError: Rows look like a slip, and nobody has said that they are none.
    """
    if found.problems and (not options.partial or not found.has_facts):
        said = ntr(
            "{name}: {n:,} row cannot be read, nothing was imported",
            "{name}: {n:,} rows cannot be read, nothing was imported",
            found.problems.count,
            name=name,
        )
        refused = InputError(said)
        refused.further = tuple(found.problems.lines())
        raise refused
    asked = found.intake.asked
    if asked and not (options.yes or options.dry_run):
        slip = GuardError(
            ntr(
                "{name}: {n:,} row looks like a slip, nothing was imported",
                "{name}: {n:,} rows look like a slip, nothing was imported",
                asked.count,
                name=name,
            )
        )
        slip.further = (*asked.lines(), tr("--yes imports as it is"))
        raise slip
    lines = [*_summary(found, name, done=not options.dry_run), *sheet.notes, *found.scan.notes]
    lines += _remarks(found)
    if options.dry_run and asked:
        lines.append(tr("would ask: {rows}", rows=asked.text()))
    return lines


def _summary(found: Round, name: str, *, done: bool) -> list[str]:
    counted = _imported(found).counts
    counts = tr(
        "{new:,} new, {revised:,} revised, {same:,} same",
        new=counted["new"],
        revised=counted["revised"],
        same=counted["same"],
    )
    if counted["skipped"]:
        counts = tr("; ").join((counts, tr("{n:,} without a value, skipped", n=counted["skipped"])))
    if done and found.intake.written:
        lines = [ptr("imported", "{name}: {counts}", name=name, counts=counts)]
    else:
        lines = [tr("{name}: {counts}", name=name, counts=counts)]
    if found.problems:
        lines.append(
            ntr(
                "{n:,} row cannot be read and did not go in",
                "{n:,} rows cannot be read and did not go in",
                found.problems.count,
            )
        )
    return lines


def _remarks(found: Round) -> list[str]:
    """What a person should hear: rows that revise other rows, pins that hide what went in."""
    remarks = found.remarks[:NAMED]
    if found.intake.within:
        remarks.append(found.intake.within.in_order().text())
    if found.intake.hidden:
        remarks.append(tr("in the history, but hidden by a pin: {rows}", rows=found.intake.hidden.text()))
    return remarks


def _imported(found: Round) -> Imported:
    intake = found.intake
    counts = {
        "new": intake.new,
        "revised": intake.revised,
        "same": intake.same,
        "skipped": found.empty + intake.empty,
        "refused": found.problems.count,
    }
    changes = intake.changes
    return Imported(
        counts,
        tuple(changes.lines()),
        tuple(change.as_json() for change in changes.kept),
        tuple(found.problems.lines()),
        tuple({**where.as_json(), "problem": what} for where, what in found.problems),
    )


def _written(tracker: Tracker, found: Round, name: str, progress: Progress | None) -> bool:
    """Write what was found; False where others wrote meanwhile what it is about.

    Raises:
        InputError: An indicator means something else by now.
        StoreError: Nothing was written.
        Cancelled: ``progress`` said so.
    """
    encoded = found.encoded()
    with tracker.turn:
        with tracker.store.exclusive():
            tracker.catch_up_for_writing()
            if found.is_overtaken(tracker):
                moved = found.moved(meanings(tracker))
                if moved:
                    raise InputError(
                        tr(
                            "{name}: nothing was imported, for {id} was changed by another session meanwhile;"
                            " import it again",
                            name=name,
                            id=moved,
                        )
                    )
                return False
            if progress is not None:
                progress(found.intake.written, found.intake.written, tr("writing"))
            tracker.wrote(encoded.tx)
            tracker.store.append(encoded)
            end = tracker.store.journal.end if isinstance(tracker.store, TinyDBStore) else None
        _leave_heads(tracker, found, end)
        tracker.put_off()
    return True


def _leave_heads(tracker: Tracker, found: Round, end: Cursor | None) -> None:
    """Leave what logging must know, where much came in beside what was there before."""
    before, written = tracker.register, found.intake.written
    enough = max(MANY, before.size // 10, WORTH * KEPT * found.intake.origins)
    if end and found.envelope and written >= enough:
        leave_heads(tracker.name, before, found.intake.latest(), found.envelope, end, before.local_time)
