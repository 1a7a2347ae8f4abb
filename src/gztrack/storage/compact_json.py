"""JSON as the journal has it, compact and UTF-8, by the C half of the standard library's `json`. Light.

The package itself brings regular expressions along, and to import those costs as much as to log a
reading. What is used of ``_json`` is what `json` itself uses of it; where that is not there, or
not like this any more, the package does the work.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

BLANKS = " \t\n\r"
"""What JSON takes for a blank."""


class _Rules:
    """What the scanner asks for, as `json.JSONDecoder` has it."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}.__getitem__


def _scanner() -> Callable[[str, int], tuple[Any, int]] | None:
    try:
        from _json import make_scanner

        scan: Callable[[str, int], tuple[Any, int]] = make_scanner(_Rules)  # type: ignore[arg-type]
        return scan if scan('{"a":[1,-2.5e3,"b"]}', 0) == ({"a": [1, -2500.0, "b"]}, 20) else None
    except (ImportError, AttributeError, TypeError):
        return None


def _encoder() -> Callable[[object], str] | None:
    try:
        from _json import encode_basestring, make_encoder
    except ImportError:
        return None

    def encode(value: object) -> str:
        # Markers find circles; a failed call leaves some behind, so each has its own.
        pieces = make_encoder({}, _refuse, encode_basestring, None, ":", ",", False, False, False)(value, 0)
        return "".join(pieces)

    try:
        return encode if encode({"a": [1, None, "中"]}) == '{"a":[1,null,"中"]}' else None
    except TypeError:
        return None


def _refuse(value: object) -> None:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


_scan = _scanner()
_encode = _encoder()


def loads(data: bytes) -> Any:
    """Read JSON.

    Raises:
        ValueError: It is none, or not UTF-8.
        RecursionError: It is nested deeper than Python can follow.
    """
    if _scan is None:
        import json

        return json.loads(data)
    text = data.decode("utf-8", "surrogatepass").strip(BLANKS)
    try:
        value, end = _scan(text, 0)
    except StopIteration as stopped:
        raise ValueError(f"Expecting value: char {stopped.value}") from None
    except SystemError:  # before 3.12 the scanner only finds its own error where `json.decoder` is there
        import json

        return json.loads(text)
    if end != len(text):
        raise ValueError(f"Extra data: char {end}")
    return value


def dumps(value: object) -> str:
    """Write JSON without a blank, keys in the order they came.

    Raises:
        TypeError: Something is no JSON.
        ValueError: A number that JSON does not have, or a value that holds itself.
        RecursionError: It is nested deeper than Python can follow.
    """
    if _encode is None:
        import json

        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _encode(value)
