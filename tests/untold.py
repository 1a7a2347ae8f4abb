"""Finds texts in the source that look as if people read them and that no catalogue can know.

Heuristic on purpose: two words or more in a literal that is no docstring, no argument of the functions of
`gztrack.language` and no argument of a call that only programs read. `tests/untold.txt` lists what may stay.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[1] / "src" / "gztrack"
GATHERED = {"tr", "ntr", "ptr", "term", "Action"}
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


class Found(NamedTuple):
    """A text that no catalogue knows."""

    path: str
    line: int
    text: str


def found(source: Path = SOURCE) -> Iterator[Found]:
    """Every such text of the source."""
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = set(_known(tree))
        for node in ast.walk(tree):
            text = _text(node)
            if text is not None and id(node) not in known and _WORDS.search(text):
                yield Found(name, getattr(node, "lineno", 0), text)


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
    under = sys.argv[1:] or [""]
    for one in found():
        if one.path.startswith(tuple(under)):
            sys.stdout.write(f"{one.path}:{one.line}: {one.text!r}\n")
