"""Readings as they are kept in memory: a tuple each, and a dict only while somebody looks at one.

There may be a million of them. A reading as a dict takes 800 bytes and more, packed it takes 350:
equal words are kept once, and so is what many readings share (who logged them, their source).
"""

from __future__ import annotations

from itertools import pairwise

from gztrack.domain.ids import ALPHABET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from operator import itemgetter
    from typing import Any, Final, overload

    _Shape = tuple[tuple[str, ...], Callable[["Fact"], tuple[Any, ...]], bool]
    """The names of a reading's further fields, what picks their values, whether they are all texts."""
else:
    from _collections_abc import Iterable, Sequence  # without the rest of `collections`
    from _operator import itemgetter

    Any = object

Fact = dict[str, Any]
"""A plain record with its envelope: id, tx, at, author, login and the table's own fields."""

Packed = tuple[tuple[Any, ...], str, str, str, Any, str, str, str]
"""A reading: (rest, at, id, indicator, value, period, start, end).

The rest is (names of further fields, tx, author, login, *their values). Its tx is None where the
reading is the first of its transaction: then it is the id right before the reading's own.
"""

Kept = Fact | Packed
"""A fact as it is kept: a reading that has all that a reading needs is packed, any other is a dict."""

Written = tuple[str, str, str, str, Iterable[tuple[str, Fact]]]
"""What was written at once: (tx, at, author, login, facts), a fact being (table, record)."""

# Places in a packed reading.
REST: Final = 0
AT: Final = 1
ID: Final = 2
INDICATOR: Final = 3
VALUE: Final = 4
PERIOD: Final = 5
START: Final = 6
END: Final = 7

# Places in its rest; from the last one on the values.
NAMES: Final = 0
TX: Final = 1
AUTHOR: Final = 2
LOGIN: Final = 3
VALUES: Final = 4

LEADING = ("indicator", "value", "period", "start", "end")
"""The fields without which a reading cannot be reckoned with; they have places of their own."""

_PLACED = {"id", *LEADING, "tx", "at", "author", "login"}
_AFTER = dict(pairwise(ALPHABET))
_BEFORE = {after: before for before, after in _AFTER.items()}

_TEXTS = {"qualifier", "series", "status", "source", "source_url", "published", "note", "replaces", "reason"}

_leading = itemgetter("id", *LEADING)


def kept(transactions: Iterable[Written], words: dict[str, str]) -> Iterator[tuple[str, str, Kept]]:
    """Give facts their envelope, and pack the readings.

    Args:
        transactions: Records that are not packed are handed on themselves, with the envelope added.
        words: What readings say again and again (indicators, periods, dates), so that it is kept once.

    Yields:
        (table, id, fact) of every fact.

    Raises:
        KeyError: A record has no id.
    """
    # One pass over a million facts: a call for each of them would cost half as much again.
    keep = words.setdefault
    rests: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    shapes: dict[tuple[str, ...], _Shape | tuple[()]] = {}
    for tx, at, author, login, facts in transactions:
        after = _AFTER.get(tx[-1:])
        first = tx[:-1] + after if after else ""
        for table, fact in facts:
            if table == "readings":
                names = tuple(fact)
                shape = shapes.get(names)
                if shape is None:
                    shape = shapes[names] = _shape(names)
                if shape:
                    further, pick, texts = shape
                    fact_id, slug, value, period, start, end = _leading(fact)
                    rest = (further, None if fact_id == first else tx, author, login, *pick(fact))
                    try:
                        if texts:
                            rest = rests.setdefault(rest, rest)
                        reading: Packed = (
                            rest,
                            at,
                            fact_id,
                            keep(slug, slug),
                            value,
                            keep(period, period),
                            keep(start, start),
                            keep(end, end),
                        )
                    except TypeError:  # a list stands where a text should: no reading of ours
                        pass
                    else:
                        yield table, fact_id, reading
                        continue
            fact["tx"], fact["at"], fact["author"], fact["login"] = tx, at, author, login
            yield table, fact["id"], fact


def _shape(names: tuple[str, ...]) -> _Shape | tuple[()]:
    """The shape of readings with these fields; empty where one lacks what a reading needs."""
    if not {"id", *LEADING} <= set(names):
        return ()
    further = tuple(name for name in names if name not in _PLACED)
    if not further:
        return further, lambda _: (), True
    # For one name alone it would give a bare value.
    return further, itemgetter(*further, further[0]), _TEXTS.issuperset(further)


def written(pair: tuple[str, Fact]) -> Written:
    """What `kept` takes, from one (table, fact) that has its envelope."""
    fact = pair[1]
    return fact["tx"], fact["at"], fact["author"], fact["login"], (pair,)


def unpacked(fact: Kept) -> Fact:
    """The fact as a dict; of a packed reading a new one each time."""
    if isinstance(fact, dict):
        return fact
    rest, at, fact_id, slug, value, period, start, end = fact
    found = {
        "id": fact_id,
        "indicator": slug,
        "value": value,
        "period": period,
        "start": start,
        "end": end,
        "tx": transaction_of(fact),
        "at": at,
        "author": rest[AUTHOR],
        "login": rest[LOGIN],
    }
    if rest[NAMES]:
        found.update(zip(rest[NAMES], rest[VALUES:], strict=False))
    return found


def transaction_of(reading: Packed) -> str:
    """The id of the transaction that a reading came with."""
    tx: str | None = reading[REST][TX]
    return reading[ID][:-1] + _BEFORE[reading[ID][-1]] if tx is None else tx


def written_by(readings: Iterable[Packed], transactions: Collection[str]) -> Iterator[Packed]:
    """The readings that came with one of these transactions."""
    firsts = {tx[:-1] + _AFTER.get(tx[-1:], "") for tx in transactions}
    for reading in readings:
        tx = reading[REST][TX]
        if reading[ID] in firsts if tx is None else tx in transactions:
            yield reading


class Readings(Sequence[Fact]):
    """Readings in an order, each made a dict when it is looked at.

    Attributes:
        packed: They themselves.
    """

    def __init__(self, packed: list[Packed]) -> None:
        self.packed = packed
        self._shared: dict[int, tuple[Any, ...]] | None = None

    def __len__(self) -> int:
        return len(self.packed)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> Fact: ...
        @overload
        def __getitem__(self, at: slice) -> list[Fact]: ...

    def __getitem__(self, at: int | slice) -> Fact | list[Fact]:
        if isinstance(at, slice):
            return [unpacked(reading) for reading in self.packed[at]]
        return unpacked(self.packed[at])

    def __iter__(self) -> Iterator[Fact]:
        return map(unpacked, self.packed)

    def __reversed__(self) -> Iterator[Fact]:
        return map(unpacked, reversed(self.packed))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Readings) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def column(self, name: str, default: Any = None) -> list[Any]:
        """One field of every reading, without making dicts of them.

        Args:
            name: Any field but the transaction's.
            default: Where a reading has no such field.
        """
        place = _PLACES.get(name)
        if place is not None:
            return [reading[place] for reading in self.packed]
        if not any(name in rest[NAMES] for rest in self._rests().values()):
            return [default] * len(self.packed)
        values = {key: further(rest, name, default) for key, rest in self._rests().items()}
        return [values[id(reading[REST])] for reading in self.packed]

    def _rests(self) -> dict[int, tuple[Any, ...]]:
        """What the readings share, each once."""
        if self._shared is None:
            self._shared = {id(reading[REST]): reading[REST] for reading in self.packed}
        return self._shared

    def of_series(self, series: str) -> Readings:
        """Those of one series; the unnamed one is empty."""
        names = self.column("series", "")
        if names.count(series) == len(names):
            return self
        return Readings([reading for reading, name in zip(self.packed, names, strict=True) if name == series])


_PLACES = {name: place for place, name in enumerate(("at", "id", *LEADING), 1)}


def further(rest: tuple[Any, ...], name: str, default: Any) -> Any:
    """A further field of a reading, out of its rest."""
    names = rest[NAMES]
    return rest[VALUES + names.index(name)] if name in names else default
