"""CSV files as people have them: encodings, delimiters and quoting, and where each row begins.

What arrives here comes out of Excel in two languages, out of statistics offices and out of
`gztrack export`. Nothing is guessed that could be wrong in silence: an encoding is taken only
when the text that it gives looks like text, and a row that cannot be cut up is named.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator

from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.light import NamedTuple

DELIMITERS = (",", ";", "\t")

_COMMON_HAN = 0.8
"""Share of the letters beyond ASCII that must be everyday Chinese for a file to be taken as GB18030."""

_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", term("a workbook or a ZIP file; save the sheet as CSV first")),
    (b"\xd0\xcf\x11\xe0", term("an old Excel workbook; save the sheet as CSV first")),
    (b"\x1f\x8b", term("compressed; unpack it first")),
    (b"%PDF", term("a PDF; copy its table into a CSV file")),
    (b"SQLite format 3", term("an SQLite database; export a table of it as CSV")),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Record(NamedTuple):
    """One row of a file.

    Attributes:
        line: The line it begins on, counted from 1; a quoted cell may hold more lines.
        cells: Its cells, as they are.
        problem: Why it could not be cut into cells, or empty.
    """

    line: int
    cells: list[str]
    problem: str = ""


class Sheet(NamedTuple):
    """A CSV file, cut up.

    Attributes:
        header: The names in its first row, as they are.
        records: The other rows that hold anything.
        encoding: ``UTF-8``, ``UTF-16`` or ``GB18030``.
        ended: The last row ends with a line break.
    """

    header: list[str]
    records: list[Record]
    encoding: str
    ended: bool


def read_sheet(data: bytes, name: str, is_column: Callable[[str], bool]) -> Sheet:
    """Cut a file into rows and cells.

    Args:
        data: The file.
        name: What to call it in messages.
        is_column: Whether a name in the first row is one of ours; of the delimiters the one
            that gives most of these is taken.

    Raises:
        InputError: It is no CSV text, or it is empty.
    """
    text, encoding = decoded(data, name)
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
    found = (record for record in _records(text, _delimiter(text, is_column)) if _holds(record))
    first = next(found, None)
    if first is not None and _is_hint(first):
        first = next(found, None)
    if first is None or first.problem:
        raise _refused(name, 1, first.problem if first else tr("no column is named"))
    return Sheet(first.cells, list(found), encoding, text.endswith(("\n", "\r")))


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and its encoding.

    Raises:
        InputError: It is not text, or in an encoding that cannot be told.
    """
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise InputError(
                tr("{name}: starts as UTF-16 and breaks off; save it as UTF-8", name=name)
            ) from None
    kind = next((said for magic, said in _FORMATS if data.startswith(magic)), "")
    if kind:
        raise InputError(tr("{name}: {problem}", name=name, problem=tr(kind)))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise _refused(name, line, tr("a NUL byte; this is no text but a binary or damaged file"))
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        place = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _looks_chinese(text):
        return text, "GB18030"
    line = data.count(b"\n", 0, place) + 1
    raise _refused(name, line, tr("neither UTF-8 nor GB18030; save it as UTF-8 (in Excel: CSV UTF-8)"))


def _refused(name: str, line: int, problem: str) -> InputError:
    return InputError(tr("{name}, line {line}: {problem}", name=name, line=line, problem=problem))


def _looks_chinese(text: str) -> bool:
    """Whether a text is what a Chinese Excel wrote; Latin-1 or Big5 read that way give rare characters."""
    foreign = [char for char in text if not char.isascii()]
    common = sum(1 for char in foreign if _is_common(char))
    return common >= _COMMON_HAN * len(foreign)


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _delimiter(text: str, is_column: Callable[[str], bool]) -> str:
    """The delimiter under which the first row names most of our columns, else most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        found = (r for r in _records(text[:65536], delimiter) if _holds(r))
        first = next(found, Record(1, []))
        if _is_hint(first):
            first = next(found, Record(1, []))
        return sum(map(is_column, first.cells)), len(first.cells)

    return max(DELIMITERS, key=score)


def _is_hint(record: Record) -> bool:
    """Whether a row is ``sep=;``, which Excel writes to tell itself the delimiter."""
    return 0 < len(record.cells) <= 2 and record.cells[0].lower().startswith("sep=")


def _records(text: str, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield Record(line, next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(line, [], _said(str(error)))


def _said(error: str) -> str:
    if "end of data" in error:
        return tr('a quote (") is opened here and never closed')
    if "expected after" in error:
        return tr('a quote (") ends in the middle of a cell; inside quotes write it twice ("")')
    if "field limit" in error:
        return tr("a cell is longer than 128 KiB")
    return tr("no CSV: {error}", error=error)


def _holds(record: Record) -> bool:
    return bool(record.problem) or any(cell.strip() for cell in record.cells)
