"""JSON to the byte as `json` writes and reads it, but by orjson where that does the same in a tenth of the time.

The two differ in floats with an exponent and in whole numbers of more than 64 bits, which orjson
reads as floats of that size. Data with such floats is left to `json`, and so is all that orjson refuses.
"""

from __future__ import annotations

import json

import orjson

from gztrack.light import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_LEAST, _MOST = 1e-4, 1e16
"""Between these Python writes a float without an exponent."""

_CANONICAL = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_INDENTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2)


def is_plain(data: object) -> bool:
    """Whether no float in it has an exponent when it is written."""
    return _are_plain((data,))


def _are_plain(values: Iterable[object]) -> bool:
    for value in values:  # there may be a million, and most are texts
        if type(value) is dict:
            if value and not _are_plain(value.values()):
                return False
        elif type(value) is list:
            if value and not _are_plain(value):
                return False
        elif type(value) is float and not _is_plain_float(value):
            return False
    return True


def _is_plain_float(value: float) -> bool:
    return value == 0 or _LEAST <= abs(value) < _MOST


def canonical(data: object, *, plain: bool | None = None) -> bytes:
    """JSON with sorted keys and no blanks, the form that is hashed.

    Args:
        data: What to write.
        plain: What `is_plain` says of it, where that is known.

    Raises:
        ValueError: It holds a number that JSON does not have, or a text that no file can hold.
    """
    if is_plain(data) if plain is None else plain:
        with suppress(TypeError):
            return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    return _CANONICAL.encode(data).encode("utf-8")


def indented(data: object, depth: int = 0, *, plain: bool | None = None) -> bytes:
    """As `json` writes it with two blanks a level, at a depth.

    Args:
        data: What to write.
        depth: How many levels deep it stands.
        plain: As in `canonical`.

    Raises:
        ValueError: As in `canonical`.
    """
    found = b""
    if is_plain(data) if plain is None else plain:
        with suppress(TypeError):
            found = orjson.dumps(data, option=orjson.OPT_INDENT_2)
    found = found or _INDENTED.encode(data).encode("utf-8")
    return found.replace(b"\n", b"\n" + b"  " * depth)  # no text has a line break of its own


def loads(text: bytes) -> tuple[Any, bool]:
    """What JSON in any encoding says, and whether it `is_plain`.

    Raises:
        ValueError: It is no JSON; with ``lineno`` where one line is at fault.
        RecursionError: It is nested too deeply.
    """
    try:
        data = orjson.loads(text)
    except ValueError:
        data = None
    else:
        if is_plain(data):
            return data, True
    del data
    return json.loads(text, parse_constant=_no_number), False


def _no_number(name: str) -> float:
    raise ValueError(name)
