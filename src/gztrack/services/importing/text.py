"""CSV files as people have them: encodings, delimiters and quoting, and where each row begins.

What arrives here comes out of Excel in two languages, out of statistics offices and out of
`gztrack export`. Nothing is guessed that could be wrong in silence: an encoding is taken only
when the text that it gives looks like text, and a row that cannot be cut up is named. Rows are
cut up each time somebody goes through them: a million of them are never there at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.importing.encodings import UTF_8, decodable, ends_a_line, refuse_other_formats

DELIMITERS = (",", ";", "\t", "|")

_NAMED_DELIMITERS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    "\\t": "\t",
    "，": ",",
    "；": ";",
}

LONGEST_LINE = 1 << 24
"""Bytes of a line; a longer one is no row but something else, and is not looked at."""

_FIRST = 65536
"""Characters that a delimiter is found in."""

Row = tuple[int, list[str], str]
"""The line a row begins on, counted from 1; its cells as they are; why it could not be cut up, or empty."""


class Clothing(NamedTuple):
    """What a file is wrapped in, where somebody said so.

    Attributes:
        encoding: Its name, or empty.
        delimiter: What stands between two cells, or empty.
    """

    encoding: str = ""
    delimiter: str = ""


BARE = Clothing()
"""Nobody said anything."""


class Sheet(NamedTuple):
    """A table, cut up row by row.

    Attributes:
        header: The names in its first row, as they are.
        rows: Goes through the other rows that hold anything, each time from the start.
        notes: What was found that a person should know: an encoding, a delimiter.
        ended: The last row ends with a line break.
        starts: Of rows that are objects and not lines, the line that each begins on.
        is_continental: A semicolon stands between cells, as where the decimal sign is a comma.
    """

    header: list[str]
    rows: Callable[[], Iterator[Row]]
    notes: tuple[str, ...] = ()
    ended: bool = True
    starts: Sequence[int] = ()
    is_continental: bool = False


def read_sheet(data: bytes, name: str, is_column: Callable[[str], bool], clothing: Clothing = BARE) -> Sheet:
    """Find out how a file is cut into rows and cells.

    Args:
        data: The file.
        name: What to call it in messages.
        is_column: Whether a name in the first row is one of ours; of the delimiters the one
            that gives most of these is taken.
        clothing: What somebody said of it.

    Raises:
        InputError: It is no CSV text, or it is empty.
    """
    refuse_other_formats(data, name)
    encoding = decodable(data, name, clothing.encoding)
    _refuse_long_lines(data, name)

    def opened() -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(data), encoding.codec, newline="")

    text = opened().read(_FIRST)
    _refuse_no_csv(text, name)
    delimiter = clothing.delimiter or _delimiter(text, is_column)
    found = _held(opened(), delimiter)
    first = next(found, None)
    skipped = 0
    if first is not None and _is_hint(first):
        first = next(found, None)
        skipped = 1
    if first is None or first[2]:
        raise refused(name, 1, first[2] if first else tr("no column is named"))

    def rows() -> Iterator[Row]:
        each = _held(opened(), delimiter)
        for _ in range(skipped + 1):
            next(each)
        return each

    notes = []
    if encoding.said != UTF_8 or clothing.encoding:
        notes.append(tr("read as {encoding}", encoding=encoding.said))
    if delimiter != "," and not clothing.delimiter and len(first[1]) > 1:
        shown = tr("tab") if delimiter == "\t" else delimiter
        notes.append(tr("read with {delimiter} between cells", delimiter=shown))
    return Sheet(first[1], rows, tuple(notes), ends_a_line(data, encoding), is_continental=delimiter == ";")


def chosen_delimiter(text: str) -> str:
    """What ``--delimiter`` names: a character, or ``tab``, ``comma``, ``semicolon``, ``pipe``.

    Raises:
        InputError: It names none.
    """
    found = _NAMED_DELIMITERS.get(text.strip().lower() or text, text)
    if len(found) != 1 or found.isalnum() or found in "\"'\r\n \0." or ord(found) > 0xFFFF:
        raise InputError(
            tr("--delimiter: no delimiter: '{text}'; one of , ; tab |", text=clean(text).strip() or " ")
        )
    return found


def refused(name: str, line: int, problem: str) -> InputError:
    """An error that names a line of a file."""
    return InputError(tr("{name}, line {line}: {problem}", name=name, line=line, problem=problem))


def _refuse_no_csv(text: str, name: str) -> None:
    start = text.lstrip()[:1]
    if not start:
        raise InputError(
            tr("{name}: empty; the first row names the columns: indicator,period,value,...", name=name)
        )
    if start in ("{", "["):
        raise InputError(
            tr(
                "{name}: JSON; this version imports CSV, whose first row is indicator,period,value,...",
                name=name,
            )
        )
    if start == "<":
        raise InputError(tr("{name}: XML or HTML; save the table as CSV first", name=name))


def _refuse_long_lines(data: bytes, name: str) -> None:
    """Refuse a line that only a broken or hostile file has, before anything is made of it."""
    start = 0
    while len(data) - start > LONGEST_LINE:
        stop = start + LONGEST_LINE
        end = max(data.rfind(b"\n", start, stop), data.rfind(b"\r", start, stop))
        if end < 0:
            line = data.count(b"\n", 0, start) or data.count(b"\r", 0, start)
            raise refused(name, line + 1, tr("longer than 16 MiB; this is no table"))
        start = end + 1


def _delimiter(text: str, is_column: Callable[[str], bool]) -> str:
    """The delimiter under which the first row names most of our columns, else most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        found = _held(io.StringIO(text, newline=""), delimiter)
        first = next(found, (1, [], ""))
        if _is_hint(first):
            first = next(found, (1, [], ""))
        return sum(map(is_column, first[1])), len(first[1])

    return max(DELIMITERS, key=score)


def _is_hint(row: Row) -> bool:
    """Whether a row is ``sep=;``, which Excel writes to tell itself the delimiter."""
    return 0 < len(row[1]) <= 2 and row[1][0].lower().startswith("sep=")


def _held(text: io.TextIOBase, delimiter: str) -> Iterator[Row]:
    """The rows that hold anything."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            for cells in reader:
                for cell in cells:
                    if cell and not cell.isspace():
                        yield line, cells, ""
                        break
                line = reader.line_num + 1
            return
        except csv.Error as error:
            yield line, [], _said(str(error))
            line = reader.line_num + 1


def _said(error: str) -> str:
    if "end of data" in error:
        return tr('a quote (") is opened here and never closed')
    if "expected after" in error:
        return tr('a quote (") ends in the middle of a cell; inside quotes write it twice ("")')
    if "field limit" in error:
        return tr('a cell is longer than 128 KiB; is a quote (") opened there and never closed?')
    return tr("no CSV: {error}", error=error)
