"""The facts that count now as JSON rows, with title, zone and method above them; ``import`` reads it.

The rows are those of the CSV (`csv_file`), and what has no column stays behind as there. Imported into an
empty database the file gives the same board with the same head.
"""

from __future__ import annotations

import json

from gztrack.export.csv_file import Cells, counting_rows
from gztrack.services.importing.columns import COLUMNS
from gztrack.services.packs.json_rows import ROWS
from gztrack.services.reader import NOW, Clocks, Reader

_NUMBERS = ("value", "baseline", "decimals")
_SETTINGS = ("title_zh", "method")


def export_rows(tracker: Reader, clocks: Clocks = NOW) -> bytes:
    """The facts that count as JSON: UTF-8, a row a line, figures as numbers in full.

    Args:
        tracker: Whose facts.
        clocks: As of when; without a date every reading and target counts, future ones too.
    """
    moment = tracker.moment(clocks)
    with tracker.turn:
        rows = counting_rows(tracker, clocks)
        settings = {name: tracker.register.setting(name, moment) for name in _SETTINGS}
        head = {"gztrack": ROWS, "title": tracker.title, "tz": tracker.store.tz, **settings}
    lines = [f" {_text(name)}: {_text(value)},\n" for name, value in head.items() if value]
    stated = ",\n".join(f"  {{{_row(cells)}}}" for cells in rows)
    body = f"[\n{stated}\n ]" if rows else "[]"
    return f'{{\n{"".join(lines)} "{ROWS}": {body}\n}}\n'.encode()


def _row(cells: Cells) -> str:
    return ", ".join(f"{_text(name)}: {_value(name, cells[name])}" for name in COLUMNS if cells.get(name))


def _value(name: str, cell: str) -> str:
    is_number = name in _NUMBERS and ".." not in cell  # as a target between two figures is
    return cell if is_number else _text(cell)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
