"""A CSV on its way in: its rows read and judged one by one, every bad one remembered with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gztrack.domain.register import Fact
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import ntr, tr
from gztrack.services.board.circles import circle
from gztrack.services.importing import columns
from gztrack.services.importing.columns import Entry, Place
from gztrack.services.importing.rows import Draft, RowReader, definition, kind_of
from gztrack.services.importing.text import Sheet
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker

NAMED = 20
"""How many rows a message names before it only counts the rest."""

STEP = 250
"""After how many rows progress is told."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read, and what is to be done with it.

    Attributes:
        mapping: Column of ours to the file's name for it.
        missing: Texts of a cell that stand for an empty one.
        wide: One row an indicator, with periods as columns.
        partial: The rows that can be read go in, the others are reported.
        dry_run: Say what would be done, write nothing.
        yes: The guard's questions have been answered.
    """

    mapping: Mapping[str, str]
    missing: frozenset[str]
    wide: bool
    partial: bool
    dry_run: bool
    yes: bool


class ImportedFile:
    """A file's rows, read against the indicators as they are now.

    Attributes:
        drafts: What the readable rows state, indicators first.
        problems: Place to what is wrong there, in the file's order.
        empty: How many cells held no value.
        columns: The columns that it has.
        indicators: The indicators that its rows were read against.
    """

    def __init__(
        self, sheet: Sheet, name: str, options: Options, tracker: Tracker, progress: Progress | None
    ) -> None:
        self.name = name
        self.sheet = sheet
        self.problems: dict[Place, str] = {}
        self.empty = 0
        self._options = options
        self._progress = progress
        today = tracker.today
        placed = columns.place(sheet.header, options.mapping, wide=options.wide, today=today, name=name)
        self.columns = frozenset(placed.fields)
        if not sheet.records:
            raise InputError(tr("{name}: only the names of columns, no rows; nothing to import", name=name))
        with tracker.turn:
            known = {fact["indicator"]: fact for fact in tracker.indicators(archived=True)}
        entries = self._entries(placed)
        definitions, unreadable, rest = self._definitions(entries, known)
        self.indicators = known
        self.drafts = definitions + self._rows(
            rest, RowReader(known | {d.record["indicator"]: d.record for d in definitions}, unreadable, today)
        )

    def _entries(self, placed: columns.Columns) -> list[Entry]:
        found: list[Entry] = []
        last = self.sheet.records[-1]
        for record in self.sheet.records:
            where = Place(record.line)
            if record.problem:
                self.problems[where] = record.problem
            elif record is last and len(record.cells) < placed.count and not self.sheet.ended:
                self.problems[where] = tr(
                    "the file breaks off here, after {n} of {all} cells",
                    n=len(record.cells),
                    all=placed.count,
                )
            else:
                try:
                    found += columns.entries(record, placed, self._options.missing)
                except InputError as error:
                    self.problems[where] = str(error)
        return found

    def _definitions(
        self, entries: Sequence[Entry], known: Mapping[str, Fact]
    ) -> tuple[list[Draft], dict[str, Place], list[Entry]]:
        """The rows that define indicators, which ids could not be read and where, and the other rows."""
        drafts: dict[str, Draft] = {}
        again: list[Draft] = []
        unreadable: dict[str, Place] = {}
        rest: list[Entry] = []
        for entry in entries:
            slug = clean(entry.get("indicator"))
            try:
                if kind_of(entry) != "indicator":
                    rest.append(entry)
                    continue
                draft = definition(entry, known.get(slug))
                _refuse_another(draft, drafts.get(slug), known.get(slug))
            except InputError as error:
                self.problems[entry.where] = str(error)
                unreadable.setdefault(slug, entry.where)
                continue
            if drafts.setdefault(slug, draft) is not draft:
                again.append(draft)
        for slug, draft in list(drafts.items()):
            try:
                _check_whole_of(draft, drafts, known)
            except InputError as error:
                self.problems[draft.where] = str(error)
                unreadable[slug] = draft.where
                del drafts[slug]
        again = [draft for draft in again if draft.record["indicator"] in drafts]
        return [*drafts.values(), *again], unreadable, rest

    def _rows(self, entries: Sequence[Entry], reader: RowReader) -> list[Draft]:
        drafts: list[Draft] = []
        for number, entry in enumerate(entries, 1):
            try:
                draft = reader.read(entry)
            except InputError as error:
                self.problems[entry.where] = str(error)
                continue
            if draft is None:
                self.empty += 1
            else:
                drafts.append(draft)
            if self._progress is not None and number % STEP == 0:
                self._progress(number, len(entries))
        return drafts

    def refuse_unreadable(self) -> None:
        """Refuse a file with rows that cannot be read, unless the others shall go in without them.

        Raises:
            InputError: All of them are named.
        """
        if self.problems and (not self._options.partial or not self.drafts):
            raise InputError(
                ntr(
                    "{name}: {n:,} row cannot be read, nothing was imported: {rows}",
                    "{name}: {n:,} rows cannot be read, nothing was imported: {rows}",
                    len(self.problems),
                    name=self.name,
                    rows=named(self.problems),
                )
            )


def _refuse_another(draft: Draft, earlier: Draft | None, there: Fact | None) -> None:
    """Refuse a definition that contradicts the one that is there, or an earlier row's.

    Raises:
        InputError: It does; a field is named.
    """
    slug = draft.record["indicator"]
    stated: list[tuple[Fact, Place | None]] = [(there, None)] if there else []
    stated += [(earlier.record, earlier.where)] if earlier else []
    new = draft.record
    for old, place in stated:
        # That an indicator was edited here makes it no other one: only targets have a column for it.
        fields = [f for f in (*new, *old) if f in columns.COLUMNS and f != "replaces"]
        other = next((f for f in fields if new.get(f) != old.get(f)), "")
        if other:
            said = {"id": slug, "field": other, "old": old.get(other, ""), "new": new.get(other, "")}
            raise InputError(
                tr(
                    "{id} is there with {field} '{old}', this row says '{new}';"
                    " gztrack edit changes an indicator",
                    **said,
                )
                if place is None
                else tr(
                    "{id} is in {place} with {field} '{old}', this row says '{new}';"
                    " gztrack edit changes an indicator",
                    **said,
                    place=place,
                )
            )


def _check_whole_of(draft: Draft, drafts: Mapping[str, Draft], known: Mapping[str, Fact]) -> None:
    """Check that what an indicator is part of is known and no part of it; as it is there it is no matter of the file.

    Raises:
        InputError: It is not.
    """
    slug, whole = draft.record["indicator"], draft.record.get("part_of", "")
    if not whole or (slug in known and known[slug].get("part_of") == whole):
        return
    if whole not in drafts and whole not in known:
        raise InputError(tr("part_of: no such indicator: '{id}'", id=whole))

    def whole_of(part: str) -> str:
        above = drafts[part].record if part in drafts else known.get(part, {})
        return str(above.get("part_of", ""))

    if ring := circle(slug, whole_of):
        raise InputError(tr("part_of: {id} would be part of itself through {part}", id=slug, part=ring[-1]))


def named(many: Mapping[Place, str]) -> str:
    """Places and what is to be said of them, in the file's order; the first ones, then a count."""
    ordered = sorted(many.items(), key=lambda pair: pair[0].line)
    said = [tr("{place}: {problem}", place=where, problem=what) for where, what in ordered[:NAMED]]
    if len(ordered) > NAMED:
        said.append(tr("and {n:,} more", n=len(ordered) - NAMED))
    return tr("; ").join(said)
