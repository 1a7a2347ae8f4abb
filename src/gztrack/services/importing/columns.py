"""The columns of the CSV that ``import`` reads and ``export -f csv`` writes, and how a file's are placed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gztrack.domain.formulas import as_it_was
from gztrack.domain.grammar.folding import is_digit
from gztrack.domain.periods import Period, parse_period
from gztrack.domain.text import clean, listed, nearest
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.importing.text import Record

COLUMNS = (
    "kind",
    "indicator",
    "series",
    "period",
    "value",
    "qualifier",
    "due",
    "over",
    "comparator",
    "stated_on",
    "stated_by",
    "quote",
    "replaces",
    "baseline",
    "baseline_period",
    "status",
    "source",
    "source_url",
    "published",
    "note",
    "name",
    "name_zh",
    "definition",
    "unit",
    "measure",
    "direction",
    "group",
    "unit_zh",
    "group_zh",
    "part_of",
    "decimals",
    "method",
    "inferred",
)
"""Every column there is, in the order in which they are written."""

TEXTS = ("series", "stated_by", "quote", "source", "source_url", "note", "name", "name_zh", "definition", "unit",
         "group", "unit_zh", "group_zh")  # fmt: skip
"""The columns that hold texts in anybody's words: no numbers, dates, ids or words of ours."""

_SHARED = ("kind", "indicator", "inferred")
_ORIGIN = ("source", "source_url", "published", "note")
_NAMED = ("name", "name_zh", "definition", "unit", "measure", "direction", "group", "unit_zh", "group_zh",
          "part_of", "decimals", "method")  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "indicator": (*_SHARED, "series", *_NAMED),
    "reading": (*_SHARED, "series", "period", "value", "qualifier", "status", *_ORIGIN),
    "target": (
        *_SHARED,
        "value",
        "due",
        "over",
        "comparator",
        "stated_on",
        "stated_by",
        "quote",
        "replaces",
        "baseline",
        "baseline_period",
        *_ORIGIN,
    ),
}
"""Which columns a row of each kind may fill."""


class Place(NamedTuple):
    """A place in a file; as text it is as messages name it: ``line 4``, in a wide file ``line 4, 2020``.

    Attributes:
        line: The line, counted from 1.
        period: In a wide file the label of the period that a cell is for.
    """

    line: int
    period: str = ""

    def __str__(self) -> str:
        if self.period:
            return tr("line {line}, {period}", line=self.line, period=self.period)
        return tr("line {line}", line=self.line)


class Columns:
    """Where a file keeps what.

    Attributes:
        fields: Column of ours to its place in a row.
        periods: In a wide file, each period with its place.
        count: Cells of a whole row.
        foreign: Kind of row to the columns that it has no place for.
    """

    def __init__(self, fields: dict[str, int], periods: list[tuple[Period, int]], count: int) -> None:
        self.fields = fields
        self.periods = periods
        self.count = count
        self.foreign = {kind: [f for f in fields if f not in own] for kind, own in FIELDS.items()}


class Entry:
    """What one row states, cell by cell; in a wide file what it states for one period.

    Attributes:
        columns: Where the file keeps what.
        line: The line its row begins on.
        where: Its place for messages.
    """

    __slots__ = ("_cells", "_given", "_missing", "columns", "line", "where")

    def __init__(
        self,
        record: Record,
        columns: Columns,
        missing: frozenset[str],
        given: Mapping[str, str] | None = None,
    ) -> None:
        self.line = record.line
        self.where = Place(record.line)
        self.columns = columns
        self._cells = record.cells
        self._missing = missing
        self._given: Mapping[str, str] = given or {}

    def get(self, field: str) -> str:
        """The text of a cell; empty when the file has no such column or marks it as missing."""
        if field in self._given:
            return self._given[field]
        place = self.columns.fields.get(field)
        if place is None or place >= len(self._cells):
            return ""
        text = self._cells[place].strip()
        text = as_it_was(text) if field in TEXTS else text
        return "" if text and text.casefold() in self._missing else text

    def foreign(self, kind: str) -> list[str]:
        """Names of the columns that hold something for which a row of this kind has no place."""
        return [field for field in self.columns.foreign[kind] if self.get(field)]


def is_column(text: str) -> bool:
    """Whether a name in a first row is one of ours."""
    return _name(text) in COLUMNS


def place(
    header: Sequence[str], mapping: Mapping[str, str], *, wide: bool, today: date, name: str
) -> Columns:
    """Find out where a file keeps what.

    Args:
        header: Its first row.
        mapping: Column of ours to the file's name for it.
        wide: Its other columns are periods.
        today: What the periods' grammar goes by.
        name: What to call the file in messages.

    Raises:
        InputError: A column is unknown, doubled or missing; the message says what would be right.
    """
    fields = _mapped(header, mapping, name)
    taken = set(fields.values())
    periods: dict[Period, int] = {}
    unknown: list[str] = []
    for index, text in enumerate(header):
        column = _name(text)
        if index in taken or not column:
            continue
        if column in COLUMNS:
            if column in fields:
                raise InputError(
                    tr("{name}: two columns hold '{column}': keep one", name=name, column=column)
                )
            fields[column] = index
        elif wide and (period := _period(text, today)) is not None:
            if any((p.start, p.end) == (period.start, period.end) for p in periods):
                raise InputError(
                    tr(
                        "{name}: two columns hold the period {period}: keep one",
                        name=name,
                        period=period.label,
                    )
                )
            periods[period] = index
        else:
            unknown.append(clean(text))
    if unknown:
        problem = _unknown(unknown, fields, wide=wide)
        raise InputError(tr("{name}: {problem}", name=name, problem=problem))
    columns = Columns(fields, list(periods.items()), len(header))
    _check_whole(columns, header, wide=wide, name=name)
    return columns


def _mapped(header: Sequence[str], mapping: Mapping[str, str], name: str) -> dict[str, int]:
    fields: dict[str, int] = {}
    names = [clean(text) for text in header]
    for field, wanted in mapping.items():
        if field not in COLUMNS:
            near = nearest(field, list(COLUMNS))
            raise InputError(
                tr("--map: no such field: '{field}'; did you mean {near}?", field=clean(field), near=near)
                if near
                else tr("--map: no such field: '{field}'", field=clean(field))
            )
        found = [i for i, text in enumerate(names) if text == clean(wanted)] or [
            i for i, text in enumerate(names) if _name(text) == _name(wanted)
        ]
        if len(found) != 1:
            template = (
                term("{name}: --map {field}: two columns '{wanted}'; the first row names {names}")
                if found
                else term("{name}: --map {field}: no column '{wanted}'; the first row names {names}")
            )
            there = listed(names)
            raise InputError(tr(template, name=name, field=field, wanted=clean(wanted), names=there))
        fields[field] = found[0]
    return fields


def _name(text: str) -> str:
    """A column's name as we spell it: ``Source URL`` is ``source_url``."""
    return "_".join(clean(text).lower().replace("-", " ").split())


def _period(text: str, today: date) -> Period | None:
    """The period that a column is named after; words such as "today" name none."""
    if not is_digit(text.strip()[:1]):
        return None
    try:
        return parse_period(text, today)
    except InputError:
        return None


def _unknown(unknown: list[str], fields: Mapping[str, int], *, wide: bool) -> str:
    free = [column for column in COLUMNS if column not in fields]
    near = nearest(_name(unknown[0]), free) if len(unknown) == 1 else ""
    if wide:
        what = tr("no column and no period: {columns}", columns=_listed(unknown))
    else:
        what = tr("no such column: {columns}", columns=_listed(unknown))
    if near:
        template = term("did you mean '{field}'? place it with --map {field}='{column}', or take it out")
    else:
        template = term("place it with --map {field}='{column}', or take it out")
    hint = tr(template, field=near or "FIELD", column=unknown[0])
    return tr("; ").join((what, hint))


def _listed(names: Sequence[str]) -> str:
    """The first ones of some columns, each quoted."""
    return listed(tr("'{text}'", text=text) for text in names[:20])


def _check_whole(columns: Columns, header: Sequence[str], *, wide: bool, name: str) -> None:
    fields = columns.fields
    ruled_out = [field for field in ("kind", "period", "value") if wide and field in fields]
    if ruled_out:
        raise InputError(
            tr(
                "{name}: --wide takes its periods from the first row; leave '{column}' out",
                name=name,
                column=ruled_out[0],
            )
        )
    if wide and not columns.periods:
        raise InputError(
            tr("{name}: --wide, but no column is named after a period (2020, 2019-Q3, 2020-05)", name=name)
        )
    needed = ["indicator"] if wide or "kind" in fields else ["indicator", "period", "value"]
    absent = [field for field in needed if field not in fields]
    if absent:
        raise InputError(
            tr(
                "{name}: no column '{column}' in the first row ({there}); place it with --map {column}=COLUMN",
                name=name,
                column=absent[0],
                there=_listed([clean(text) for text in header]),
            )
        )


def entries(record: Record, columns: Columns, missing: frozenset[str]) -> Iterator[Entry]:
    """What one row states: one entry, or in a wide file its indicator and one for each period.

    Raises:
        InputError: The row has other cells than the first one.
    """
    surplus = [cell for cell in record.cells[columns.count :] if cell.strip()]
    if surplus:
        raise InputError(
            tr(
                "{cells} cells, but the first row names {columns} columns",
                cells=len(record.cells),
                columns=columns.count,
            )
        )
    if not columns.periods:
        yield Entry(record, columns, missing)
        return
    whole = Entry(record, columns, missing)
    if any(whole.get(field) for field in _NAMED):
        others = {field: "" for field in FIELDS["reading"] if field != "indicator"}
        yield Entry(record, columns, missing, {**others, "kind": "indicator"})
    unnamed = dict.fromkeys(_NAMED, "")
    for period, place in columns.periods:
        cell = record.cells[place].strip() if place < len(record.cells) else ""
        value = "" if cell.casefold() in missing else cell
        entry = Entry(
            record, columns, missing, {**unnamed, "kind": "reading", "period": period.label, "value": value}
        )
        entry.where = Place(record.line, period.label)
        yield entry
