"""Rows as JSON: a list of objects, objects a line each, or an object with what is above the rows as well.

::

    {"title": "...", "title_zh": "...", "tz": "Europe/Berlin", "method": "linear", "logged": "2026-11-30",
     "rows": [{"kind": "indicator", "indicator": "longest-run", "name": "Longest run", "unit": "km"},
              {"indicator": "longest-run", "period": "2026-09", "value": 14.2}]}

An object has the names of the CSV's columns. A number is taken digit for digit, and what is null is as
an empty cell. Where each object begins is kept, so that every message can name it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError
from typing import Any, NoReturn

from gztrack.domain.formulas import harmless
from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.importing.columns import TEXTS
from gztrack.services.importing.text import Row, Sheet

HEAD = ("gztrack", "title", "title_zh", "tz", "method", "logged")
"""What may stand beside the rows."""

ROWS = "rows"
"""The name of the rows, and what such a file may say under ``gztrack`` that it is."""

_BLANKS = " \t\n\r"
_LONGEST_NUMBER = 400


class Rows(NamedTuple):
    """Rows, with what stands above them.

    Attributes:
        head: Name to text, of `HEAD` what there is.
        sheet: The rows as of a table.
    """

    head: dict[str, str]
    sheet: Sheet


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def read_rows(text: str, name: str, mapping: Mapping[str, str]) -> Rows:
    """Read rows.

    Args:
        text: The file.
        name: What to call it in messages.
        mapping: Column of ours to the file's name for it.

    Raises:
        InputError: It is no JSON, or no rows; file and line are named.
    """
    reader = _Reader(text, name)
    reader.read()
    columns = {key: field for field, key in mapping.items()}
    keys = list(dict.fromkeys(key for _, item in reader.items if isinstance(item, dict) for key in item))
    texts = {key for key in keys if columns.get(key, key) in TEXTS}
    if not keys:
        example = '{"indicator": "...", "period": "...", "value": ...}'
        raise InputError(tr("{name}: no rows; one is like {example}", name=name, example=example))

    def each() -> Iterator[Row]:
        for number, (_, item) in enumerate(reader.items, 1):
            yield _row(number, item, keys, texts)

    return Rows(reader.head, Sheet(keys, each, starts=[line for line, _ in reader.items]))


class _Reader:
    """Goes through a file once.

    Attributes:
        items: Each row's value, with the line that it begins on.
        head: What stands above the rows.
    """

    def __init__(self, text: str, name: str) -> None:
        self.items: list[tuple[int, Any]] = []
        self.head: dict[str, str] = {}
        self._text, self._name, self._at = text, name, 0
        self._line, self._counted = 1, 0
        self._scan = json.JSONDecoder(
            parse_float=_Number, parse_int=_Number, parse_constant=_refuse, object_pairs_hook=_once
        ).raw_decode

    def read(self) -> None:
        """Read all of it.

        Raises:
            InputError: It is no JSON, or no rows.
        """
        is_whole = self._sign() == "["
        if is_whole:
            self._list(self.items)
        elif self._sign() == "{":
            is_whole = self._first()
        while self._sign() and not is_whole:
            self.items.append((self._here(), self._value()))
        if self._sign():
            raise self._wrong(tr("stands behind the rows"))

    def _first(self) -> bool:
        """Read the first object; whether it holds all rows with what stands above them, and is no row itself."""
        line = self._here()
        rows: list[tuple[int, Any]] | None = None
        others: dict[str, tuple[int, Any]] = {}
        self._at += 1
        while self._sign() != "}":
            where, key = self._here(), self._value()
            if not isinstance(key, str) or isinstance(key, _Number):
                raise self._wrong(tr("no JSON: a name in double quotes was expected"), where)
            self._expect(":")
            if key in others or (key == ROWS and rows is not None):
                raise self._wrong(tr("'{name}' stands there twice", name=clean(key)[:40]), where)
            if key == ROWS and self._sign() == "[":
                rows = []
                self._list(rows)
            else:
                others[key] = where, self._value()
            self._comma("}")
        self._at += 1
        if rows is None:
            self.items.append((line, {key: value for key, (_, value) in others.items()}))
        else:
            self.items += rows
            self._take_head(others)
        return rows is not None

    def _take_head(self, found: Mapping[str, tuple[int, Any]]) -> None:
        for key, (line, value) in found.items():
            if key not in HEAD:
                said = {"name": clean(key)[:40], "names": listed(HEAD)}
                raise self._wrong(
                    tr("no such name: '{name}'; beside the rows there may be {names}", **said), line
                )
            if value is not None and (not isinstance(value, str) or isinstance(value, _Number)):
                raise self._wrong(tr("{name}: is to be a text", name=key), line)
            if value and clean(value):
                self.head[key] = clean(value)

    def _list(self, items: list[tuple[int, Any]]) -> None:
        self._at += 1
        while self._sign() != "]":
            items.append((self._here(), self._value()))
            self._comma("]")
        self._at += 1

    def _comma(self, end: str) -> None:
        """Go over a comma behind which something comes; stay before the end."""
        if self._sign() == ",":
            self._at += 1
            if self._sign() != end:
                return
        elif self._sign() == end:
            return
        either = f", {end}"
        raise self._wrong(tr("no JSON: {expected} was expected", expected=either))

    def _sign(self) -> str:
        """The next character that is no blank; empty at the end."""
        text, at = self._text, self._at
        while at < len(text) and text[at] in _BLANKS:
            at += 1
        self._at = at
        return text[at : at + 1]

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            raise self._wrong(tr("no JSON: {expected} was expected", expected=sign))
        self._at += 1
        self._sign()

    def _here(self) -> int:
        """The line of the place that was come to."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _value(self) -> Any:
        try:
            value, self._at = self._scan(self._text, self._at)
        except JSONDecodeError as error:
            self._at = max(error.pos, self._at)
            column = self._at - self._text.rfind("\n", 0, self._at)
            if not self._text[self._at :].strip(_BLANKS):
                raise self._wrong(tr("no JSON: the file ends too early")) from None
            raise self._wrong(tr("no JSON from column {column} on", column=column)) from None
        except RecursionError:
            raise self._wrong(tr("JSON that is nested too deep")) from None
        except ValueError as error:
            raise self._wrong(str(error)) from None
        return value

    def _wrong(self, problem: str, line: int = 0) -> InputError:
        where = {"name": self._name, "line": line or self._here()}
        return InputError(tr("{name}, line {line}: {problem}", **where, problem=problem))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(tr("no JSON: {constant} is no number", constant=constant))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(tr("'{name}' stands there twice", name=clean(twice)[:40]))
    return found


def _row(number: int, item: Any, keys: list[str], texts: set[str]) -> Row:
    if not isinstance(item, dict):
        return number, [], tr("no object with the names of columns")
    cells = []
    for key in keys:
        try:
            cell = _cell(item.get(key))
        except ValueError as error:
            return number, [], tr("{field}: {problem}", field=clean(key)[:40], problem=error)
        cells.append(harmless(cell) if key in texts else cell)
    return number, cells, ""


def _cell(value: Any) -> str:
    """What a cell of a table would hold.

    Raises:
        ValueError: A cell holds no such thing.
    """
    if value is None:
        return ""
    if isinstance(value, _Number):
        return _digits(value)
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(type(each) is str for each in value):
        return " ".join(value)
    raise ValueError(tr("neither a text nor a number nor null"))


def _digits(number: str) -> str:
    """A number without an exponent."""
    if "e" not in number.lower():
        return number
    try:
        exact = Decimal(number)
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite() or abs(exact.adjusted()) > _LONGEST_NUMBER:
        raise ValueError(tr("{number} is out of reach", number=number[:40]))
    return f"{exact:f}"
