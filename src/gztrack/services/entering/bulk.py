"""From the lines of a batch to checked records, many a millisecond.

What a line is made of (an indicator, a period, what stands around a figure) was mostly seen before:
it is understood once, by what understands a single reading, and remembered. So a batch says the
same as its lines logged one by one would, each held against what was there before the batch. A
test holds the two together. Only batches load this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from gztrack.domain.many import MOST, Periods, Stretch
from gztrack.domain.records import Record
from gztrack.domain.register import Moment, Register
from gztrack.domain.text import checked, clean
from gztrack.errors import InputError
from gztrack.light import NamedTuple
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.readings import (
    beside_of,
    echo_of,
    question_about,
    record_of,
    series_of,
    understood_amount,
    understood_period,
)
from gztrack.services.entering.references import known_indicator
from gztrack.services.entering.subjects import Subject
from gztrack.services.entering.typed_lines import Typed

NAMED = 20
"""Bad lines that are told one by one; the rest is counted."""

ECHOED = 100
"""Readings that are echoed one by one; of more than that each indicator's are told in one line."""

BLOCK = 512
"""Records that are handed on together."""


class Bad(NamedTuple):
    """A line that cannot be logged as it is.

    Attributes:
        number: Its number.
        entry: What it says.
        error: Why it cannot be understood, or None.
        question: What the guard asks about it, or empty.
    """

    number: int
    entry: LogEntry
    error: InputError | None
    question: str


class Bulk:
    """Understands the lines of one batch.

    Args:
        register: What is known.
        moment: Today, all clocks open.
        usual: What every line says that does not say otherwise.
        periods: Reads periods.

    Attributes:
        bad: The first of the lines that cannot be logged as they are.
        refused: How many cannot be understood.
        asked: How many look like a slip.
        logged: How many are ready to be written.
        reached: The number of the last line that was looked at.
    """

    def __init__(self, register: Register, moment: Moment, usual: LogEntry, periods: Periods) -> None:
        self.bad: list[Bad] = []
        self.refused = self.asked = self.logged = self.reached = 0
        self._register = register
        self._moment = moment
        self._usual = usual
        self._periods = periods
        self._subjects: dict[str, Subject] = {}
        self._typed: dict[str, Subject | None] = {}
        self._first: list[tuple[Record, Subject, Stretch]] = []

    def records(self, lines: Iterable[Typed]) -> Iterator[list[Record]]:
        """The records of the lines, `BLOCK` at a time, each with an empty id to be filled in.

        Once a line is bad nothing is going to be written, so the other lines are only looked at.
        """
        block: list[Record] = []
        known, usual_note, yes = self._typed, self._usual.note, self._usual.yes
        number = 0
        for number, slug, value, period, own_note in lines:
            subject = known[slug] if slug in known else self._subject(slug)
            note = own_note or usual_note
            try:
                if subject is None:
                    raise _UNKNOWN
                spot = subject.spots.get(period) or subject.spot(period)
                amount, qualifier = subject.values.read(value)
                record = {"id": "", "indicator": subject.slug, "value": amount, **spot.stretch.fields}
                if qualifier != "exact":
                    record["qualifier"] = qualifier
                if subject.further:
                    record.update(subject.further)
                if note and (note := checked(note, "note")):
                    record["note"] = note
            except InputError:
                self.refused += 1
                self._name(number, slug, value, period, own_note)
                continue
            if not yes and spot.asks(amount):
                self.asked += 1
                self._name(number, slug, value, period, own_note)
            elif not self.bad:
                subject.take(amount)
                if len(self._first) <= ECHOED:
                    self._first.append((record, subject, spot.stretch))
                block.append(record)
                if len(block) == BLOCK:
                    yield self._handed_on(block, number)
                    block = []
        yield self._handed_on(block, number)

    def _handed_on(self, block: list[Record], number: int) -> list[Record]:
        self.reached = number
        self.logged += len(block)
        return block

    def _subject(self, text: str) -> Subject | None:
        """What is known of an indicator; None where there is none of that name, or nothing can be said of it."""
        if len(self._typed) >= MOST:
            self._typed.clear()
        indicator = self._register.indicator(clean(text), self._moment)
        subject = self._subjects.get(indicator["indicator"]) if indicator else None
        if indicator and not subject:
            with suppress(InputError):  # what every line says of it cannot be kept; why is told line by line
                subject = Subject(self._register, indicator, self._moment, self._usual, self._periods)
                self._subjects[subject.slug] = subject
        self._typed[text] = subject
        return subject

    def _name(self, number: int, slug: str, value: str, period: str, note: str) -> None:
        """Say what is wrong with a line, the way a single reading is told it; of the first few only."""
        if len(self.bad) >= NAMED:
            return
        usual, day = self._usual, self._moment.day
        entry = usual._replace(
            indicator=slug, value=value, period=period or usual.period, note=note or usual.note, key=""
        )
        try:
            indicator = known_indicator(self._register, slug, self._moment)
            understood = understood_period(entry.period, indicator, day)
            amount = understood_amount(entry, indicator, None, [], understood)
            record = record_of(entry, indicator, understood, amount, series_of(entry, indicator), day)
        except InputError as error:
            self.bad.append(Bad(number, entry, error, ""))
            return
        subject = self._subjects[indicator["indicator"]]
        near, head = subject.nearest(understood), subject.head
        question = question_about(record, indicator, understood, near, head, day)
        self.bad.append(Bad(number, entry._replace(indicator=indicator["indicator"]), None, question))

    @property
    def place(self) -> str:
        """``ID@PERIOD`` of the only reading; empty where there are several."""
        if self.logged != 1:
            return ""
        ((_, subject, stretch),) = self._first
        return f"{subject.slug}@{stretch.period.label}"

    def echo(self) -> list[str]:
        """What was understood: a line each reading, or where there are many a line each indicator."""
        day = self._moment.day
        if self.logged > ECHOED:
            return [subject.told() for subject in self._subjects.values() if subject.count]
        return [
            echo_of(record, subject.indicator, stretch.period, subject.head, day)
            for record, subject, stretch in self._first
        ]

    def beside(self) -> list[str]:
        """What to add to each line of the echo: the reading of its period that counts so far."""
        if self.logged > ECHOED:
            return []
        return [beside_of(subject.there(stretch)) for _, subject, stretch in self._first]


_UNKNOWN = InputError()
