"""Finding out where a file keeps what: by the names in its first row, by ``--map``, or by columns that are periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gztrack.domain.grammar.folding import is_digit
from gztrack.domain.periods import Period, parse_period
from gztrack.domain.text import clean, listed, nearest
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.services.importing.columns import COLUMNS, Columns, named

_SHOWN = 20
"""Names of columns that a message lists."""


def place(
    header: Sequence[str],
    mapping: Mapping[str, str],
    *,
    wide: bool,
    today: date,
    name: str,
    missing: frozenset[str] = frozenset(),
    starts: Sequence[int] = (),
    ignored: Sequence[str] = (),
) -> Columns:
    """Find out where a file keeps what.

    Args:
        header: Its first row.
        mapping: Column of ours to the file's name for it, or to its number: ``#3``.
        wide: Its other columns are periods.
        today: What the periods' grammar goes by.
        name: What to call the file in messages.
        missing: Texts of a cell, in small letters, that stand for an empty one.
        starts: Of rows that are objects, the line that each begins on.
        ignored: Columns of the file, by name or number, that are left out.

    Raises:
        InputError: A column is unknown, doubled or missing; the message says what would be right.
    """
    fields = _mapped(header, mapping, name)
    taken = set(fields.values()) | _left_out(header, ignored, name)
    periods: dict[Period, int] = {}
    unknown: list[str] = []
    for index, text in enumerate(header):
        column = named(text)
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
    columns = Columns(fields, list(periods.items()), header, missing, starts)
    _check_names(columns, mapping, today, name)
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
        found = _places(names, wanted)
        if len(found) != 1:
            template = (
                term(
                    "{name}: --map {field}: two columns '{wanted}'; say which by its number: --map {field}='#{number}'"
                )
                if found
                else term("{name}: --map {field}: no column '{wanted}'; the first row names {names}")
            )
            there = listed(names[:_SHOWN]) + (tr(", ...") if len(names) > _SHOWN else "")
            number = found[0] + 1 if found else 0
            raise InputError(
                tr(template, name=name, field=field, wanted=clean(wanted), names=there, number=number)
            )
        fields[field] = found[0]
    return fields


def _left_out(header: Sequence[str], ignored: Sequence[str], name: str) -> set[int]:
    """The places of columns that are to be left out; of two of one name both.

    Raises:
        InputError: There is none of a name.
    """
    names = [clean(text) for text in header]
    found: set[int] = set()
    for wanted in ignored:
        places = _places(names, wanted)
        if not places:
            said = {"name": name, "wanted": clean(wanted), "names": listed(names[:_SHOWN])}
            raise InputError(
                tr("{name}: --ignore: no column '{wanted}'; the first row names {names}", **said)
            )
        found |= set(places)
    return found


def _places(names: Sequence[str], wanted: str) -> list[int]:
    """Where the columns of a name are, or the one of a number."""
    return (
        [i for i, text in enumerate(names) if text == clean(wanted)]
        or [i for i, text in enumerate(names) if named(text) == named(wanted)]
        or _numbered(wanted, len(names))
    )


def _numbered(wanted: str, count: int) -> list[int]:
    """The column that ``#3`` means."""
    number = wanted.strip().removeprefix("#")
    if not wanted.strip().startswith("#") or not (number.isascii() and number.isdigit()) or len(number) > 9:
        return []
    return [int(number) - 1] if 1 <= int(number) <= count else []


def _check_names(columns: Columns, mapping: Mapping[str, str], today: date, name: str) -> None:
    """Refuse a first row that is one of data, where columns were placed by their numbers: it would be lost.

    Raises:
        InputError: It is one.
    """
    at = columns.fields.get("period")
    by_number = any(_numbered(wanted, columns.count) for wanted in mapping.values())
    if by_number and at is not None and _period(columns.header[at], today) is not None:
        raise InputError(
            tr(
                "{name}: the first row holds data ('{text}'), no names of columns: put a row with names above it",
                name=name,
                text=clean(columns.header[at]),
            )
        )


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
    near = nearest(named(unknown[0]), free) if len(unknown) == 1 else ""
    if wide:
        what = tr("no column and no period: {columns}", columns=_listed(unknown))
    else:
        what = tr("no such column: {columns}", columns=_listed(unknown))
    if near:
        template = term(
            "did you mean '{field}'? place it with --map {field}='{column}', or leave it out with --ignore '{column}'"
        )
    else:
        template = term("place it with --map {field}='{column}', or leave it out with --ignore '{column}'")
    hint = tr(template, field=near or "FIELD", column=unknown[0])
    return tr("; ").join((what, hint))


def _listed(names: Sequence[str]) -> str:
    """The first ones of some columns, each quoted."""
    return listed(tr("'{text}'", text=text) for text in names[:_SHOWN])


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
