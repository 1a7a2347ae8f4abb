"""What schemas are built of: a property in one line, with what it means and in which unit. Light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

DEFINED = "#/$defs/"
"""Where a schema keeps what it refers to."""

VERSION = 1
"""Raised when a key is renamed or taken away; an added one leaves it."""

DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$"
FACT = "[0-9a-hjkmnp-tv-z]{26}"


def text(about: str, *, null: bool = False, pattern: str = "") -> Schema:
    """A text; ``null`` where it may be missing."""
    found = {"description": about, "type": ["string", "null"] if null else "string"}
    return found | ({"pattern": pattern} if pattern else {})


def day(about: str, *, null: bool = False) -> Schema:
    """A date as ISO 8601 has it, ``2026-11-24``."""
    return text(about, null=null, pattern=DAY) | {"format": "date"}


def time(about: str, *, null: bool = False) -> Schema:
    """A moment in UTC as ISO 8601 has it, ``2026-11-24T09:30:00.123456Z``."""
    return text(about, null=null, pattern=TIME) | {"format": "date-time"}


def fact(about: str, *, null: bool = False) -> Schema:
    """The id of a fact."""
    return text(about, null=null, pattern=f"^{FACT}$")


def number(about: str, *, null: bool = False) -> Schema:
    """A finite number, whole or not."""
    return {"description": about, "type": ["number", "null"] if null else "number"}


def whole(about: str, *, null: bool = False, least: int = 0) -> Schema:
    """A whole number, a count of something unless told otherwise."""
    return {"description": about, "type": ["integer", "null"] if null else "integer", "minimum": least}


def flag(about: str, *, null: bool = False) -> Schema:
    """True or false; ``null`` where neither can be said."""
    return {"description": about, "type": ["boolean", "null"] if null else "boolean"}


def one_of(about: str, words: Iterable[object]) -> Schema:
    """One of some words."""
    return {"description": about, "enum": list(words)}


def shared(name: str, about: str = "", *, null: bool = False) -> Schema:
    """A definition by its name in `gztrack.export.schemas.shared`."""
    found: Schema = {"$ref": f"{DEFINED}{name}"}
    if null:
        return or_null(about, found)
    return {"description": about, **found} if about else found


def or_null(about: str, found: Schema) -> Schema:
    """Something that may be missing."""
    return {"description": about, "anyOf": [found, {"type": "null"}]}


def many(about: str, each: Schema) -> Schema:
    """A list."""
    return {"description": about, "type": "array", "items": each}


def texts(about: str) -> Schema:
    """A list of lines or words."""
    return many(about, {"type": "string"})


def table(about: str, each: Schema, names: Iterable[str] = ()) -> Schema:
    """An object whose keys are data.

    Args:
        about: What it holds.
        each: The schema of every value.
        names: The keys that there can be; any where none are given.
    """
    found: Schema = {"description": about, "type": "object", "additionalProperties": each}
    return found | ({"propertyNames": {"enum": list(names)}} if names else {})


def thing(about: str, keys: Mapping[str, Schema]) -> Schema:
    """An object that always has these keys."""
    return {"description": about, "type": "object", "properties": dict(keys), "required": list(keys)}


def without(keys: Mapping[str, Schema], *names: str) -> dict[str, Schema]:
    """Keys but for some of them."""
    return {name: each for name, each in keys.items() if name not in names}


def document(command: str, title: str, root: Schema) -> Schema:
    """A schema that stands for itself: with its name, and with the definitions that it uses and no others."""
    from gztrack.export.schemas.shared import definitions

    known = definitions()
    used: dict[str, Schema] = {}
    waiting = [root]
    while waiting:
        for name in _named(waiting.pop()):
            if name not in used:
                used[name] = known[name]
                waiting.append(known[name])
    head = {"$schema": DIALECT, "$id": f"urn:gztrack:schema:{command}:{VERSION}", "title": title}
    defs = {name: used[name] for name in known if name in used}
    return {**head, **root, **({"$defs": defs} if defs else {})}


def _named(schema: object) -> Iterator[str]:
    """Names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        name = schema.get("$ref", "")
        if name.startswith(DEFINED):
            yield name.removeprefix(DEFINED)
        for each in schema.values():
            yield from _named(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _named(each)
