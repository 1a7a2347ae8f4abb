"""Published JSON Schemas as tests hold them against what is printed: strictly, so that no key is undocumented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from gztrack.export.schemas import PUBLISHED, schema

FORMATS = FormatChecker(("date",))


def closed(found: Any) -> Any:
    """A schema that forbids every key it does not describe."""
    if isinstance(found, list):
        return [closed(each) for each in found]
    if not isinstance(found, dict):
        return found
    more = {"unevaluatedProperties": False} if isinstance(found.get("properties"), dict) else {}
    return {name: closed(each) for name, each in found.items()} | more


@cache
def validator(command: str) -> Draft202012Validator:
    """A command's schema, closed."""
    return Draft202012Validator(closed(schema(command)), format_checker=FORMATS)


def conforms(command: str, printed: str | bytes) -> Any:
    """What was printed, as data; it has to be JSON and as the command's schema says."""
    data = json.loads(printed)
    wrong = [f"{error.json_path}: {error.message[:300]}" for error in validator(command).iter_errors(data)]
    assert not wrong, (command, wrong[:5])
    return data


def properties(found: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema with its path, those of its definitions too."""
    if isinstance(found, list):
        for each in found:
            yield from properties(each, path)
    elif isinstance(found, dict):
        for name, each in found.items():
            if name == "properties":
                for key, value in each.items():
                    yield f"{path}.{key}", value
                    yield from properties(value, f"{path}.{key}")
            elif name == "$defs":
                for key, value in each.items():
                    yield from properties(value, key)
            elif name not in ("enum", "description"):
                yield from properties(each, path)


def listing() -> str:
    """Everything that scripts may rely on, a line each: the key's place, and what it holds."""
    lines = {
        f"{path if path[0] != '.' else command + path}  {_held(each)}\n": None
        for command in PUBLISHED
        for path, each in properties(schema(command))
    }
    return "".join(lines)


def _held(found: dict[str, Any]) -> str:
    """The types of a property, or the definition that it refers to."""
    if "$ref" in found:
        return str(found["$ref"]).rpartition("/")[2]
    if "anyOf" in found:
        return " or ".join(map(_held, found["anyOf"]))
    if "enum" in found:
        return "one of " + ", ".join(json.dumps(word) for word in found["enum"])
    types = found["type"] if isinstance(found["type"], list) else [found["type"]]
    inner = found.get("items") or found.get("additionalProperties")
    return " or ".join(types) + (f" of {_held(inner)}" if inner else "")
