"""The way through a file's readings: each understood, held against what is there, and encoded, one after the other.

A file may have a million rows. Of each no more is kept than a later row of the same identity needs to be
held against it, and its line of the journal. A row is read the short way, from what was remembered of rows
before it; what does not fit that is read by `rows.RowReader`, which also words what is wrong with it. A test holds
the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from operator import itemgetter

from gztrack.domain import records
from gztrack.domain.amounts import exact
from gztrack.domain.formulas import as_it_was
from gztrack.domain.grammar.numerals import Number
from gztrack.domain.ids import fact_ids
from gztrack.domain.many import MOST
from gztrack.domain.packed import ID, Packed, unpacked
from gztrack.domain.register import Fact
from gztrack.domain.text import checked
from gztrack.errors import FieldError, InputError
from gztrack.language import tr
from gztrack.light import uncollected
from gztrack.services.entering.references import handle
from gztrack.services.importing.changes import Change, Changes, figure_of
from gztrack.services.importing.columns import FIELDS, Columns, Place
from gztrack.services.importing.entries import Entry, cell_of, whole_rows
from gztrack.services.importing.identity import reading_agrees
from gztrack.services.importing.matching import IMPORTED, Step
from gztrack.services.importing.noted import Noted
from gztrack.services.importing.remembered import Dates, Form, Group, Span, Spans, Units, Words
from gztrack.services.importing.rows import RowReader
from gztrack.services.importing.standing import Standing
from gztrack.services.importing.stating import Facts
from gztrack.services.importing.text import Sheet
from gztrack.services.naming import typed_unit
from gztrack.services.progress import Progress
from gztrack.storage.compact_json import dumps
from gztrack.storage.lines import Sheaf

STEP = 250
"""After how many rows progress is told."""

Identity = tuple[str, str, str, str]
"""Indicator, series, source and page."""

Lasts = dict[tuple[Identity, Dates], int]
"""Identity and dates to the number of the last row about them, where the database has ever known them."""


class Intake:
    """What one way through a file finds, and writes into a sheaf.

    Args:
        sheet: The file.
        columns: Where it keeps what.
        kinds: Text of a cell of its kind column to the kind of row.
        reader: Reads a single row.
        standing: The readings that are in the database.
        spans: Reads periods.
        turn: Held while the database is looked at.
        sheaf: Takes the facts that are to be written; None where nothing is.
        tx: Id of the transaction.
        asks: The guard is asked.
        lists: What each row does is kept.
        keeps_on: Facts are encoded even behind a row that cannot be read.
        lasts: Which row is the last one about what was ever stated; empty where no two are about the same.

    Attributes:
        new: How many facts are new.
        revised: How many replace another one.
        same: How many rows say what is there already.
        empty: How many cells hold no value.
        slugs: The indicators that rows are about.
        problems: Rows that cannot be read.
        asked: What the guard asks.
        within: Rows that revise other rows of the file.
        hidden: Readings that will not count because another one of their period is pinned.
        changes: What each row does.
        lasts: For another way through.
        is_repeated: Two rows are about what was ever stated: which is the last one has to be known beforehand.
    """

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        kinds: dict[str, str],
        reader: RowReader,
        standing: Standing,
        spans: Spans,
        turn: AbstractContextManager[object],
        *,
        sheaf: Sheaf | None,
        tx: str,
        asks: bool,
        lists: bool,
        keeps_on: bool,
        lasts: Lasts,
    ) -> None:
        self.new = self.revised = self.same = self.empty = 0
        self.slugs: set[str] = set()
        self.problems, self.asked, self.within, self.hidden = Noted(), Noted(), Noted(), Noted()
        self.changes = Changes()
        self.lasts: Lasts = {}
        self.is_repeated = False
        self._sheet = sheet
        self._columns = columns
        self._kinds = kinds
        self._reader = reader
        self._standing = standing
        self._spans = spans
        self._turn = turn
        self._facts = Facts(columns, tx, sheaf)
        self._tx = tx
        self._asks = asks
        self._lists = lists
        self._keeps_on = keeps_on
        self._known_lasts = lasts
        self._row = 0
        self._forms: dict[tuple[str, ...], Form] = {}
        self._groups: dict[Identity, Group] = {}
        self._units = Units()
        self._told = frozenset(columns.fields)
        self._targets: dict[int, Step] = {}

    @property
    def written(self) -> int:
        """How many facts are written."""
        return self._facts.count

    # -- all of it ---------------------------------------------------------------------

    def run(
        self, definitions: Sequence[Step], targets: Sequence[Step], of: int, progress: Progress | None
    ) -> None:
        """Go through the file.

        Args:
            definitions: What the rows do that define indicators; they are written first.
            targets: What the rows do that state targets; they are written where they stand.
            of: How many rows there are.
            progress: Told how many were read.

        Raises:
            Cancelled: ``progress`` said so.
        """
        with uncollected():
            for step in definitions:
                self._put(step)
            self._targets = {step.draft.line: step for step in targets}
            self._go_through(of, progress)
            self._facts.hand_on()

    def _go_through(self, of: int, progress: Progress | None) -> None:
        columns = self._columns
        take = self._wide_taker() if columns.periods else self._row_taker()
        for number, (line, cells, problem) in enumerate(whole_rows(self._sheet, columns), 1):
            if progress is not None and not number % STEP:
                progress(number, of)
            if problem:
                self._bad(columns.row(line), problem)
            else:
                take(line, cells)

    def _bad(self, where: Place, problem: str) -> None:
        self.problems.add(where, problem)
        if not self._keeps_on:
            self._facts.forget()

    # -- rows of one value -------------------------------------------------------------

    def _row_taker(self) -> Callable[[int, list[str]], None]:
        """What takes a row with one value; made here, so that what it needs is at hand."""
        columns, fields = self._columns, self._columns.fields
        kind_at, period_at, value_at, note_at = (
            fields.get(name, -1) for name in ("kind", "period", "value", "note")
        )
        own = {period_at, value_at, note_at}
        key = _getter([at for at in fields.values() if at not in own])
        forms, spans, kinds = self._forms, self._spans.known, self._kinds
        plain = not (columns.missing or columns.comma)
        take_reading, odd_row = self._take, self._odd_row
        if period_at < 0 or value_at < 0:
            return odd_row

        def take(line: int, cells: list[str]) -> None:
            shared = key(cells)
            form = forms.get(shared)
            if form is None:
                if kind_at < 0 or kinds[cells[kind_at]] == "reading":
                    form = self._form(shared, Entry(line, cells, columns))
                if form is None:
                    odd_row(line, cells)
                    return
            text = cells[value_at].strip() if plain else columns.value(cells[value_at])
            if not text:
                self.empty += 1
                return
            cell = cells[period_at]
            try:
                span = spans.get(cell) or self._span(cell)
                amount, qualifier = form.values.read(text)
                note = self._note(cells[note_at]) if note_at >= 0 and cells[note_at] else ""
                take_reading(form, span, amount, qualifier, note, line, value_at)
            except InputError:
                odd_row(line, cells)

        return take

    def _span(self, cell: str) -> Span:
        text = cell.strip()
        if not text or text.casefold() in self._columns.missing:
            raise InputError
        return self._spans.read(cell, text)

    def _note(self, cell: str) -> str:
        text = cell.strip()
        if self._columns.missing and text.casefold() in self._columns.missing:
            return ""
        return checked(as_it_was(text), "note")

    def _form(self, shared: tuple[str, ...], entry: Entry) -> Form | None:
        """What the row of a reading has in common with others; None where it cannot be read."""
        if len(self._forms) >= MOST:
            self._forms.clear()
        try:
            indicator, record, stated = self._reader.usual(entry)
        except InputError:
            return None
        found = self._forms[shared] = self._formed(indicator, record, stated)
        return found

    def _formed(self, indicator: Fact, record: records.Record, stated: str) -> Form:
        slug, origin = (
            record["indicator"],
            tuple(record.get(name, "") for name in ("series", "source", "source_url")),
        )
        group = self._groups.get((slug, *origin))
        if group is None:
            with self._turn:
                known = self._standing.of(slug)
                guards = self._standing.guards(slug)
            group = Group(
                record,
                None if known is None else known.standing.get(origin, {}),
                {} if known is None else known.ever.get(origin, {}),
                guarded=guards,
            )
            self._groups[slug, *origin] = group
            self.slugs.add(slug)
        return Form(group, record, stated, self._units.of(typed_unit(indicator)))

    def _odd_row(self, line: int, cells: list[str]) -> None:
        """A row that the short way does not know: another kind of row, or one that cannot be read."""
        kind_at = self._columns.fields.get("kind")
        kind = "reading" if kind_at is None else self._kinds[cells[kind_at]]
        if kind == "target":
            step = self._targets.get(line)
            if step is not None:
                self._put(step)
        elif kind == "reading":
            self._read(Entry(line, cells, self._columns), self._columns.fields.get("value", 0))

    def _read(self, entry: Entry, place: int) -> None:
        """Read a reading the long way."""
        try:
            draft = self._reader.read(entry)
            if draft is None:
                self.empty += 1
                return
            indicator, usual, stated = self._reader.usual(entry)
        except InputError as error:
            self._bad(entry.at(error), str(error))
            return
        record = draft.record
        self._take(
            self._formed(indicator, usual, stated),
            self._spans.of(record),
            record["value"],
            record.get("qualifier", "exact"),
            record.get("note", ""),
            entry.line,
            place,
        )

    # -- rows of many values -----------------------------------------------------------

    def _wide_taker(self) -> Callable[[int, list[str]], None]:
        """What takes a row with a value for each of several periods."""
        columns, fields = self._columns, self._columns.fields
        key = _getter([fields[name] for name in FIELDS["reading"] if name in fields and name != "note"])
        spans = [(period, place, self._span(period.label)) for period, place in columns.periods]
        note_at = fields.get("note", -1)
        first = columns.periods[0]

        def take(line: int, cells: list[str]) -> None:
            shared = key(cells)
            form = self._forms.get(shared) or self._form(shared, cell_of(line, cells, columns, *first))
            if form is None and self._refuses(cell_of(line, cells, columns, *first)):
                return
            for period, place, span in spans:
                text = columns.value(cells[place])
                if form is not None and not text:
                    self.empty += 1
                    continue
                try:
                    if form is None:
                        raise InputError
                    amount, qualifier = form.values.read(text)
                    note = self._note(cells[note_at]) if note_at >= 0 and cells[note_at] else ""
                    self._take(form, span, amount, qualifier, note, line, place)
                except InputError:
                    self._read(cell_of(line, cells, columns, period, place), place)

        return take

    def _refuses(self, entry: Entry) -> bool:
        """Whether what a whole row has in common cannot be read; told once, not for each of its periods."""
        try:
            self._reader.usual(entry)
        except InputError as error:
            field = error.field if isinstance(error, FieldError) else ""
            place = self._columns.fields.get(field)
            row = self._columns.row(entry.line)
            self._bad(row if place is None else self._columns.cell(entry.line, place, field), str(error))
            return True
        return False

    # -- one reading -------------------------------------------------------------------

    def _take(
        self, form: Form, span: Span, amount: Number, qualifier: str, note: str, line: int, place: int
    ) -> None:
        """Hold a reading against what is there, and write it where it says anything new.

        Raises:
            InputError: The qualifier has a column, which says another one, or the value cannot be kept.
        """
        if form.stated:
            if qualifier not in ("exact", form.stated):
                raise InputError
            qualifier = form.stated
        if not -records.LARGEST < amount < records.LARGEST:
            raise InputError
        words = form.words.get(qualifier) or form.worded(qualifier)
        group = form.group
        earlier = group.known.get(span.number)
        facts = self._facts
        if earlier is not None and not group.ever and facts.repeats(earlier, amount, words, note):
            self.same += 1
            return
        old: Fact | None = None
        if earlier is not None or group.standing is not None:
            new = {"value": amount, **words.fields, "note": note}
            old = facts.reading(earlier) if earlier is not None else _of(group.standing, span.dates)
            if self._is_there(new, old, group, span):
                self.same += 1
                return
        number = group.known[span.number] = facts.add(amount, words, note, line, place)
        if old is None:
            self.new += 1
            behind = ""
        else:
            self.revised += 1
            behind = f',"replaces":"{old["id"]}","reason":"{IMPORTED}"'
            facts.revises(number, old["id"])
            if earlier is not None:
                self._note_within(number, earlier)
        if group.standing is not None or group.guarded or span.late or self._lists:
            self._look_closer(group, span, amount, words, old, number)
        if facts.is_kept:
            said = f',"note":{dumps(note)}' if note else ""
            facts.write(
                f'["readings",{{"id":"{facts.id(number)}",{group.json}{amount!r}{span.json}{words.before}'
                f"{said}{words.after}{behind}}}]"
            )

    def _is_there(self, new: Fact, old: Fact | None, group: Group, span: Span) -> bool:
        """Whether a reading says what is there; one that a later row of the file revises has only to be stated once."""
        is_last = True
        stated = group.ever.get(span.dates)
        if stated:
            self._row += 1
            identity = (
                (group.slug, group.series, new.get("source", ""), new.get("source_url", "")),
                span.dates,
            )
            self.is_repeated |= identity in self.lasts
            self.lasts[identity] = self._row
            is_last = self._known_lasts.get(identity, self._row) == self._row
        if old is not None and reading_agrees(new, old, self._told):
            return True
        return not is_last and any(reading_agrees(new, unpacked(fact), self._told) for fact in stated or ())

    def _note_within(self, number: int, earlier: int) -> None:
        where, other = self._facts.where(number), self._facts.where(earlier)
        self.within.add(where, tr("revises {place} of the same file", place=other))

    def _look_closer(
        self,
        group: Group,
        span: Span,
        amount: Number,
        words: Words,
        old: Fact | None,
        number: int,
    ) -> None:
        """The guard's question, the pin that hides it, and what the row does."""
        record = {
            "value": amount,
            "period": span.label,
            "start": span.dates[0],
            "end": span.dates[1],
            **words.fields,
        }
        if self._lists:
            was = figure_of(old) if old is not None else ""
            self.changes.add(
                Change(
                    self._facts.where(number),
                    "revised" if old is not None else "new",
                    "readings",
                    group.slug,
                    span.label,
                    figure_of(record),
                    was,
                )
            )
        if self._asks and (group.guarded or span.late):
            replaced = old["id"] if old is not None else ""
            with self._turn:
                question = self._standing.question(group.slug, group.series, record, replaced)
            if question:
                if not self._lists:
                    self._facts.forget()  # without an answer nothing will be written
                self.asked.add(self._facts.where(number), question)
        known = self._standing.of(group.slug) if group.standing is not None else None
        if known is not None and known.pinned:
            pin = known.pinned.get((group.series, *span.dates))
            if pin is not None and (old is None or pin[ID] != old["id"]):
                fact = unpacked(pin)
                figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
                said = {"reading": f"{group.slug}@{span.label}", "figure": figure, "id": handle(fact["id"])}
                self.hidden.add(self._facts.where(number), tr("{reading} stays {figure} ({id})", **said))

    # -- what logging must know --------------------------------------------------------

    @property
    def origins(self) -> int:
        """How many series there are, each source's and page's apart."""
        return len(self._groups)

    def latest(self) -> Iterator[tuple[str, Fact]]:
        """Of what was written all but readings, and the latest of these."""
        return self._facts.latest(self._groups.values(), self._spans.all)

    # -- writing -----------------------------------------------------------------------

    def _put(self, step: Step) -> None:
        """Write what a row about an indicator or a target does."""
        self.slugs.add(step.draft.record["indicator"])
        if step.outcome == "same":
            self.same += 1
            return
        if step.outcome == "new":
            self.new += 1
        else:
            self.revised += 1
        number = step.number = self._facts.add(0, None, "", step.draft.line, 0)
        if self._lists:
            self.changes.add(_change(step))
        if isinstance(step.old, Step) and step.how != "revision":
            self.within.add(
                step.draft.where, tr("revises {place} of the same file", place=step.old.draft.where)
            )
        if not self._facts.is_kept:
            return
        record: records.Record = {"id": self._facts.id(number), **step.draft.record}
        if step.old is not None:
            old = step.old
            record["replaces"] = fact_ids(self._tx, 1, old.number)[0] if isinstance(old, Step) else old["id"]
            record |= {"how": step.how} if step.how else {}
            record["reason"] = step.reason or IMPORTED
        self._facts.state(step.draft.table, record)


def _getter(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What picks some cells of a row, always as a tuple."""
    if len(places) == 1:
        (at,) = places
        return lambda cells: (cells[at],)
    return itemgetter(*places)


def _of(standing: dict[Dates, Packed] | None, dates: Dates) -> Fact | None:
    found = standing.get(dates) if standing else None
    return None if found is None else unpacked(found)


def _change(step: Step) -> Change:
    record = step.draft.record
    if step.draft.table == "indicators":
        return Change(step.draft.where, step.outcome, step.draft.table, record["indicator"])
    old = step.old.draft.record if isinstance(step.old, Step) else step.old
    return Change(
        step.draft.where,
        "new" if old is None else "revised",
        step.draft.table,
        record["indicator"],
        record.get("due", "none"),
        figure_of(record),
        figure_of(old) if old else "",
    )
