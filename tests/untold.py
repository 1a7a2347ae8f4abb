"""Finds texts in the source that look as if people read them and that no catalogue can know.

Heuristic on purpose: two words or more in a literal that is no docstring, no argument of the functions of
`gztrack.language` or of a call that only programs read, no key that a catalogue has, no markup, style sheet or
command as it is typed. Published schemas are for programs. `tests/untold.txt` lists what else may stay.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Message

from translations import catalogue

SOURCE = Path(__file__).parents[1] / "src" / "gztrack"
LIST = Path(__file__).with_suffix(".txt")
GATHERED = {"tr", "ntr", "ptr", "pterm", "term", "Action"}
FOR_PROGRAMS = {
    "compile",
    "TypeVar",
    "ParamSpec",
    "ContextVar",
    "match",
    "fullmatch",
    "search",
    "sub",
    "split",
    "cast",
}
"""Functions whose texts are patterns or names."""

PUBLISHED = "export/schemas/"
"""What is in here is printed as JSON, which is English."""

INTERNAL = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "AssertionError",
    "AttributeError",
    "NotImplementedError",
    "KeyError",
}
"""Errors for developers; people never see their texts."""

_WORDS = re.compile(r"[A-Za-z][a-z']+[,;:]? [a-zA-Z][a-z']*")


_TYPED = re.compile(r"^<|^gztrack |^[a-z-]+ .*--|--[a-z]+|^\[|^[A-Z|]+ \[|\{[^}]*: [^}]*;")
"""Markup, commands as they are typed, usage, style sheets."""


class Found(NamedTuple):
    """A text that no catalogue knows."""

    path: str
    line: int
    text: str


def found(source: Path = SOURCE) -> Iterator[Found]:
    """Every such text of the source."""
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(PUBLISHED):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = set(_known(tree))
        for node in ast.walk(tree):
            text = _text(node)
            if text is not None and id(node) not in known and _WORDS.search(text):
                yield Found(name, getattr(node, "lineno", 0), text)


def unlisted() -> list[str]:
    """What is neither in a catalogue nor in the list, as the list would have it."""
    known = {text for message in catalogue("zh") for text in _ids(message)}
    listed = set(LIST.read_text(encoding="utf-8").splitlines())
    told = {
        f"{one.path}: {one.text!r}"
        for one in found()
        if one.text not in known and not _TYPED.search(one.text)
    }
    return sorted(told - listed)


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _known(tree: ast.Module) -> Iterator[int]:
    """Texts that are told, are none, or that only developers read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values)
        elif isinstance(node, ast.Call) and _called(node.func) in GATHERED | FOR_PROGRAMS | INTERNAL:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from map(id, ast.walk(argument))
        elif isinstance(node, ast.Subscript):
            yield from map(id, ast.walk(node.slice))  # a key, or Literal["..."]


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in unlisted())
