"""Frozen views as plain JSON and back again: closed, quick, and without a schema of its own.

A view becomes a list: the number of its class, then its fields. A head names the classes with their
fields and tells which fields ever hold more than a plain value, so that only those are looked at on
the way back. A head that does not fit this program's classes is refused: nothing is guessed.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from itertools import chain
from types import ModuleType
from typing import Any

from gztrack.domain import assessment, points, units
from gztrack.domain.reckoning import bounds
from gztrack.services import views
from gztrack.services.board import chart_view

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MODULES = (views, chart_view, assessment, points, bounds, units)
"""Where the classes of views are."""

_PLAIN = (str, int, float, bool, type(None))
_DATE, _PLAIN_TUPLE, _TUPLE, _DICT = -1, -2, -3, -4

Flat = dict[str, Any]


def flat(view: object) -> Flat:
    """A view as JSON: ``{"classes": [[name, fields, nested]...], "view": [...]}``.

    Raises:
        TypeError: Something in it is of a class that is no view's.
    """
    packer = _Packer()
    packed = packer.pack(view)
    return {
        "classes": [
            [_name(kind), list(_fields(kind)), sorted(packer.nested[kind])] for kind in packer.numbers
        ],
        "view": packed,
    }


def view_of(found: Flat) -> Any:
    """The view that `flat` made this of.

    Raises:
        ValueError: It is of other classes than this program's, or not made by `flat`.
    """
    known = {_name(kind): kind for module in _MODULES for kind in _classes(module)}
    try:
        kinds: list[tuple[type, tuple[int, ...]]] = []
        for name, names, nested in found["classes"]:
            if list(_fields(known[name])) != names:
                raise ValueError(f"{name} has other fields")
            kinds.append((known[name], tuple(nested)))
        return _unpack(found["view"], kinds)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"no view: {error!r}") from error


class _Packer:
    """Packs a view, and notes the classes it meets.

    Attributes:
        numbers: Class to its number, in the order in which they were met.
        nested: Class to the places of fields that held more than a plain value.
    """

    def __init__(self) -> None:
        self.numbers: dict[type, int] = {}
        self.nested: dict[type, set[int]] = {}

    def pack(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is date:
            return [_DATE, value.isoformat()]
        if kind is tuple:
            if all(type(item) in _PLAIN for item in value):
                return [_PLAIN_TUPLE, *value]
            return [_TUPLE, *map(self.pack, value)]
        if kind is dict:
            return [_DICT, *map(self.pack, chain.from_iterable(value.items()))]
        number = self.numbers.get(kind)
        if number is None:
            number = self._meet(kind)
        nested, packed = self.nested[kind], [number]
        for place, name in enumerate(_fields(kind)):
            item = self.pack(getattr(value, name))
            if type(item) is list:
                nested.add(place)
            packed.append(item)
        return packed

    def _meet(self, kind: type) -> int:
        if not any(kind is getattr(module, kind.__name__, None) for module in _MODULES):
            raise TypeError(f"{kind!r} is no view")
        self.nested[kind] = set()
        return self.numbers.setdefault(kind, len(self.numbers))


def _unpack(packed: list[Any], kinds: list[tuple[type, tuple[int, ...]]]) -> Any:
    number, *items = packed
    if number >= 0:
        kind, nested = kinds[number]
        for place in nested:
            item = items[place]
            if type(item) is list:
                items[place] = _unpack(item, kinds)
        return kind(*items)
    return _OTHERS[number](items, kinds)


def _each(items: list[Any], kinds: list[tuple[type, tuple[int, ...]]]) -> list[Any]:
    return [_unpack(item, kinds) if type(item) is list else item for item in items]


def _pairs(items: list[Any], kinds: list[tuple[type, tuple[int, ...]]]) -> dict[Any, Any]:
    both = _each(items, kinds)
    return dict(zip(both[::2], both[1::2], strict=True))


_OTHERS: Mapping[int, Callable[[list[Any], list[tuple[type, tuple[int, ...]]]], Any]] = {
    _DATE: lambda items, _: date.fromisoformat(items[0]),
    _PLAIN_TUPLE: lambda items, _: tuple(items),
    _TUPLE: lambda items, kinds: tuple(_each(items, kinds)),
    _DICT: _pairs,
}


def _name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _classes(module: ModuleType) -> list[type]:
    own = (value for value in vars(module).values() if isinstance(value, type))
    return [kind for kind in own if is_dataclass(kind) or hasattr(kind, "_fields")]


_KNOWN_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    """The names of a class's fields in the order in which it takes them."""
    found = _KNOWN_FIELDS.get(kind)
    if found is None:
        named: tuple[str, ...] | None = getattr(kind, "_fields", None)
        found = named if named is not None else tuple(field.name for field in fields(kind))
        _KNOWN_FIELDS[kind] = found
    return found
