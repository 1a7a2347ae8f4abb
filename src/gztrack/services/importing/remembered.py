"""What the rows of a file say again and again, understood once and kept, ready to be written.

A row is an indicator, a period, what stands around a figure, and where it comes from. Each of these was
mostly seen before. Whatever was not is understood by what reads a single row, `rows.RowReader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gztrack.domain.many import MOST, Periods, Values
from gztrack.domain.packed import LEADING, Packed
from gztrack.domain.records import Record
from gztrack.domain.units import Unit
from gztrack.storage.compact_json import dumps

Dates = tuple[str, str]
"""First and last day of a period, ISO."""


class Span:
    """A period as readings of a file keep it.

    Attributes:
        number: The same for every way to write the same days.
        dates: Its first and last day.
        label: As it was given.
        json: Its fields, behind the value's.
        late: It ends after today.
    """

    __slots__ = ("dates", "json", "label", "late", "number")

    def __init__(self, number: int, fields: Mapping[str, str], *, late: bool) -> None:
        self.number = number
        self.dates = fields["start"], fields["end"]
        self.label = fields["period"]
        self.json = _members(fields)
        self.late = late


class Spans:
    """Reads periods.

    Args:
        today: What ``yesterday`` goes by.

    Attributes:
        known: Text of a cell to its period.
        all: Every period by its number, as it was written first.
    """

    def __init__(self, today: date) -> None:
        self.known: dict[str, Span] = {}
        self.all: list[Span] = []
        self._periods = Periods(today)
        self._numbers: dict[Dates, int] = {}
        self._today = today.isoformat()

    def read(self, cell: str, text: str) -> Span:
        """Reads one.

        Args:
            cell: The cell as it is.
            text: What it says.

        Raises:
            InputError: There is no such period.
        """
        found = self.of(self._periods.read(text).fields)
        if len(self.known) >= MOST:
            self.known.clear()
        self.known[cell] = found
        return found

    def of(self, fields: Mapping[str, str]) -> Span:
        """A period by the fields that a reading keeps of it."""
        dates = fields["start"], fields["end"]
        number = self._numbers.setdefault(dates, len(self._numbers))
        span = Span(number, fields, late=fields["end"] > self._today)
        if number == len(self.all):
            self.all.append(span)
        return span


class Words:
    """What a reading says besides value, period and note.

    Attributes:
        fields: Its fields.
        before: They as JSON, as far as they stand before a note.
        after: Those behind it.
    """

    __slots__ = ("after", "before", "fields")

    def __init__(self, record: Record, qualifier: str) -> None:
        first = {} if qualifier == "exact" else {"qualifier": qualifier}
        self.fields = first | {
            name: value for name, value in record.items() if name not in _OWN and name not in first
        }
        last = {name: value for name, value in self.fields.items() if name in _LAST}
        self.before = _members({name: value for name, value in self.fields.items() if name not in last})
        self.after = _members(last)


class Group:
    """The readings of one indicator, series, source and page: at most one of them counts for each period.

    Attributes:
        slug: The indicator's id.
        series: The series.
        json: The beginning of each of them as JSON, up to its value.
        known: Number of a period to the last fact of the file that is about it.
        standing: Dates to the reading that stands in the database; None where the indicator has no readings there.
        ever: Dates to all readings that were ever stated.
        guarded: There is a reading or a target that values are held against.
    """

    __slots__ = ("ever", "guarded", "json", "known", "series", "slug", "standing")

    def __init__(
        self,
        record: Record,
        standing: dict[Dates, Packed] | None,
        ever: dict[Dates, list[Packed]],
        *,
        guarded: bool,
    ) -> None:
        self.slug: str = record["indicator"]
        self.series: str = record.get("series", "")
        self.json = f'"indicator":{dumps(self.slug)},"value":'
        self.known: dict[int, int] = {}
        self.standing = standing
        self.ever = ever
        self.guarded = guarded


class Form:
    """What rows have in common that differ in value, period and note alone.

    Args:
        group: Their readings.
        record: A record of theirs.
        stated: The qualifier that has a column of its own, or empty.
        values: Reads their values.

    Attributes:
        words: Qualifier to what such a reading says.
    """

    __slots__ = ("_record", "group", "stated", "values", "words")

    def __init__(self, group: Group, record: Record, stated: str, values: Values) -> None:
        self.group = group
        self.stated = stated
        self.values = values
        self.words: dict[str, Words] = {}
        self._record = record

    def worded(self, qualifier: str) -> Words:
        """What a reading with that qualifier says."""
        found = self.words[qualifier] = Words(self._record, qualifier)
        return found


class Units:
    """What reads the values of each unit."""

    def __init__(self) -> None:
        self._known: dict[Unit, Values] = {}

    def of(self, unit: Unit) -> Values:
        """What reads those of this one."""
        if unit not in self._known:
            self._known[unit] = Values(unit)
        return self._known[unit]


_OWN = {*LEADING, "qualifier", "note"}
_LAST = ("inferred", "replaces", "reason")


def _members(fields: Mapping[str, object]) -> str:
    """Fields as JSON, each with a comma before it."""
    return f",{dumps(fields)[1:-1]}" if fields else ""
