"""The columns of the CSV that ``import`` reads and ``export -f csv`` writes, and where a file keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.periods import Period
from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.importing.decimals import swapped

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

_SHARED = ("kind", "indicator", "inferred")
_ORIGIN = ("source", "source_url", "published", "note")
NAMED = ("name", "name_zh", "definition", "unit", "measure", "direction", "group", "unit_zh", "group_zh",
          "part_of", "decimals", "method")  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "indicator": (*_SHARED, "series", *NAMED),
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


TEXTS = frozenset({"series", "source", "source_url", "note", "quote", "stated_by", "name", "name_zh", "definition",
                   "unit", "unit_zh", "group", "group_zh"})  # fmt: skip
"""Columns whose cells are words; a formula's sign is taken off none but these."""

FIGURES = ("value", "baseline")
"""Columns whose cells are figures."""


class Place(NamedTuple):
    """A place in a file; as text it is as messages name it: ``line 4``, ``line 4, column 3 'Amount'``.

    Attributes:
        line: The line, counted from 1.
        column: The column, counted from 1; 0 for the whole row.
        header: Its name in the file, where that is not the name of the field.
        item: Of rows that are objects, which one it is, counted from 1; 0 for lines of a table.
    """

    line: int
    column: int = 0
    header: str = ""
    item: int = 0

    def __str__(self) -> str:
        if self.item:
            return tr("line {line}, item {item}", line=self.line, item=self.item)
        if not self.column:
            return tr("line {line}", line=self.line)
        if not self.header:
            return tr("line {line}, column {column}", line=self.line, column=self.column)
        return tr(
            "line {line}, column {column} '{header}'",
            line=self.line,
            column=self.column,
            header=self.header,
        )

    def as_json(self) -> dict[str, object]:
        """As keys of an object."""
        return {"line": self.line, "item": self.item or None, "column": self.column or None}


class Columns:
    """Where a file keeps what.

    Attributes:
        fields: Column of ours to its place in a row.
        periods: In a wide file, each period with its place.
        header: The first row.
        count: Cells of a whole row.
        foreign: Kind of row to the columns that it has no place for.
        missing: Texts of a cell, in small letters, that stand for an empty one.
        comma: Figures have a decimal comma.
        starts: Of rows that are objects, the line that each begins on.
    """

    def __init__(
        self,
        fields: dict[str, int],
        periods: list[tuple[Period, int]],
        header: Sequence[str],
        missing: frozenset[str],
        starts: Sequence[int],
    ) -> None:
        self.fields = fields
        self.periods = periods
        self.header = header
        self.count = len(header)
        self.foreign = {kind: [f for f in fields if f not in own] for kind, own in FIELDS.items()}
        self.missing = missing
        self.comma = False
        self.starts = starts

    def row(self, line: int) -> Place:
        """The place of a whole row."""
        return Place(self.starts[line - 1], item=line) if self.starts else Place(line)

    def cell(self, line: int, place: int, field: str = "") -> Place:
        """The place of a cell; its column's name is told where it is not the field's."""
        if self.starts:
            return self.row(line)
        header = clean(self.header[place])[:40]
        return Place(line, place + 1, "" if named(header) == field else header)

    def value(self, text: str) -> str:
        """A figure as it is read: empty where it stands for a gap."""
        text = text.strip()
        if self.missing and text.casefold() in self.missing:
            return ""
        return swapped(text) if self.comma else text


def named(text: str) -> str:
    """A column's name as we spell it: ``Source URL`` is ``source_url``."""
    return "_".join(clean(text).lower().replace("-", " ").split())


def is_column(text: str) -> bool:
    """Whether a name in a first row is one of ours."""
    return named(text) in COLUMNS
