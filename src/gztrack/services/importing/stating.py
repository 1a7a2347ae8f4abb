"""The facts that a file states, by their number: what later rows are held against, and their lines of the journal.

Of each no more is kept than that: of a million rows a value, a line and what many have in common.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from gztrack.domain.grammar.numerals import Number
from gztrack.domain.ids import fact_ids
from gztrack.domain.register import Fact
from gztrack.services.importing.columns import Columns, Place
from gztrack.services.importing.matching import IMPORTED
from gztrack.services.importing.remembered import Group, Span, Words
from gztrack.services.latest import ENOUGH, Latest
from gztrack.storage.compact_json import dumps
from gztrack.storage.lines import LINE_FACTS, Sheaf


class Facts:
    """The facts of one way through a file.

    Args:
        columns: Where the file keeps what.
        tx: Id of the transaction.
        sheaf: Takes them; None where nothing is to be written.

    Attributes:
        count: How many there are.
        is_kept: They are still to be written.
    """

    def __init__(self, columns: Columns, tx: str, sheaf: Sheaf | None) -> None:
        self.count = 0
        self.is_kept = sheaf is not None
        self._columns = columns
        self._tx = tx
        self._sheaf = sheaf
        self._amounts: list[Number] = []
        self._words: list[Words | None] = []
        self._lines = array("Q")
        self._places = array("L")
        self._notes: dict[int, str] = {}
        self._revised: dict[int, str] = {}
        self._stated: list[tuple[str, Fact]] = []
        self._block: list[str] = []
        self._ids: list[str] = []

    def add(self, amount: Number, words: Words | None, note: str, line: int, place: int) -> int:
        """Take note of the next one.

        Args:
            amount: A reading's value; 0 for a fact that is none.
            words: What else it says; None for a fact that is no reading.
            note: A reading's note.
            line: The line that its row begins on.
            place: In a wide file where its cell is.

        Returns:
            Its number.
        """
        number = self.count
        self.count = number + 1
        self._amounts.append(amount)
        self._words.append(words)
        self._lines.append(line)
        if note:
            self._notes[number] = note
        if self._columns.periods:
            self._places.append(place)
        return number

    def repeats(self, number: int, amount: Number, words: Words, note: str) -> bool:
        """Whether a row says word for word what a reading says."""
        same = self._words[number] is words and self._amounts[number] == amount
        return same and self._notes.get(number, "") == note

    def reading(self, number: int) -> Fact:
        """What a reading says, as far as others are held against it."""
        words = self._words[number]
        assert words is not None
        found = {"id": fact_ids(self._tx, 1, number)[0], "value": self._amounts[number], **words.fields}
        if number in self._notes:
            found["note"] = self._notes[number]
        return found

    def revises(self, number: int, old: str) -> None:
        """Take note that a reading replaces another one, by its id."""
        self._revised[number] = old

    def latest(self, groups: Iterable[Group], spans: Sequence[Span]) -> Iterator[tuple[str, Fact]]:
        """What logging must know: all facts but readings, and of each series the latest of these.

        Args:
            groups: The readings, by what they have in common.
            spans: Every period by its number.
        """
        yield from self._stated
        latest = Latest()
        for group in groups:
            last = sorted(group.known, key=lambda number: spans[number].dates[1])[-ENOUGH:]
            latest.take(self._as_written(group, spans[number], group.known[number]) for number in last)
        yield from (("readings", reading) for reading in latest.readings())

    def _as_written(self, group: Group, span: Span, number: int) -> Fact:
        start, end = span.dates
        found = {"indicator": group.slug, "period": span.label, "start": start, "end": end}
        found |= self.reading(number)
        if number in self._revised:
            found |= {"replaces": self._revised[number], "reason": IMPORTED}
        return found

    def where(self, number: int) -> Place:
        """The place of its row, in a wide file of its cell."""
        if self._columns.periods:
            return self._columns.cell(self._lines[number], self._places[number])
        return self._columns.row(self._lines[number])

    def id(self, number: int) -> str:
        """The id under which it is written; asked for in their order."""
        at = number % LINE_FACTS
        if not at or not self._ids:
            self._ids = fact_ids(self._tx, LINE_FACTS, number - at)
        return self._ids[at]

    def write(self, fact: str) -> None:
        """Take the next one's table and record as JSON."""
        self._block.append(fact)
        if len(self._block) == LINE_FACTS:
            self.hand_on()

    def state(self, table: str, record: Fact) -> None:
        """Take one that is no reading."""
        self._stated.append((table, record))
        self.write(dumps([table, record]))

    def hand_on(self) -> None:
        """Hand on what was taken: a line of the journal."""
        if self._sheaf is not None:
            self._sheaf.add_encoded(self._block)
        self._block = []

    def forget(self) -> None:
        """None of them will be written."""
        self.is_kept, self._sheaf = False, None
