"""The first way through a file: how many rows it has, what else than readings is in it, how its figures are written."""

from __future__ import annotations

from functools import partial

from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.services.importing.columns import FIGURES, Columns, Place
from gztrack.services.importing.decimals import Styles
from gztrack.services.importing.entries import Entry, definition_of, whole_rows
from gztrack.services.importing.noted import Noted
from gztrack.services.importing.rows import kind_of
from gztrack.services.importing.text import Sheet


class Scan:
    """What has to be known of a whole file before its readings are understood.

    Args:
        sheet: The file.
        columns: Where it keeps what.
        name: What to call it in messages.
        decimal: What parts decimals, where somebody said so.

    Attributes:
        rows: How many rows hold anything.
        definitions: The rows that define indicators.
        targets: The rows that state targets.
        kinds: Text of a cell to the kind of row; ``bad`` where it is none.
        problems: Rows whose kind cannot be read.
        unreadable: Ids of indicators to the place of such a row.
        notes: What a person should hear of the figures' style.

    Raises:
        InputError: Figures are written in two styles.
    """

    def __init__(self, sheet: Sheet, columns: Columns, name: str, decimal: str) -> None:
        self.rows = 0
        self.definitions: list[Entry] = []
        self.targets: list[Entry] = []
        self.kinds: dict[str, str] = {}
        self.problems = Noted()
        self.unreadable: dict[str, Place] = {}
        self.notes: tuple[str, ...] = ()
        styles = None if decimal else Styles()
        self._look(sheet, columns, styles)
        columns.comma = decimal == ","
        if styles is not None:
            style, said = styles.decided(name, is_continental=sheet.is_continental)
            columns.comma = style == ","
            self.notes = (said,) if said else ()

    def _look(self, sheet: Sheet, columns: Columns, styles: Styles | None) -> None:
        kind_at = columns.fields.get("kind")
        figures = [(field, columns.fields[field]) for field in FIGURES if field in columns.fields]
        figures += [("", place) for _, place in columns.periods]
        kinds, wide = self.kinds, bool(columns.periods)
        for line, cells, problem in whole_rows(sheet, columns):
            self.rows += 1
            if problem:
                continue
            if kind_at is not None:
                kind = kinds.get(cells[kind_at]) or self._kind(cells[kind_at], Entry(line, cells, columns))
                if kind != "reading":
                    self._put_aside(kind, Entry(line, cells, columns))
            elif wide and (entry := definition_of(line, cells, columns)) is not None:
                self.definitions.append(entry)
            if styles is None:
                continue
            for field, place in figures:
                cell = cells[place]
                if "," in cell or "." in cell:
                    styles.look(cell, partial(columns.cell, line, place, field))

    def _kind(self, cell: str, entry: Entry) -> str:
        try:
            kind = kind_of(entry)
        except InputError:
            kind = "bad"
        self.kinds[cell] = kind
        return kind

    def _put_aside(self, kind: str, entry: Entry) -> None:
        if kind == "indicator":
            self.definitions.append(entry)
        elif kind == "target":
            self.targets.append(entry)
        else:
            try:
                kind_of(entry)
            except InputError as error:
                self.problems.add(entry.at(error), str(error))
            self.unreadable.setdefault(clean(entry.get("indicator")), entry.where)
