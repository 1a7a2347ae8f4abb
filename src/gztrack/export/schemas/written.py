"""Schemas of what commands that write say that they did. Light."""

from __future__ import annotations

from gztrack.export.schemas.blocks import Schema, fact, flag, text, thing
from gztrack.export.schemas.shared import ECHO

WRITTEN = {
    "id": fact("Id of the fact that was written, the first of several; null where nothing was.", null=True),
    "tx": fact("Id of the transaction, one an action; null where nothing was written.", null=True),
    "handle": text(
        "What other commands call the reading or target that it is about; null where it is about none or several.",
        null=True,
    ),
    "echo": ECHO,
}

_KEYED = {"added": flag("Whether it was added; false where its key was used before for the same.")}

_ACTIONS = (
    "log",
    "correct",
    "retract",
    "pin",
    "target",
    "add",
    "edit",
    "archive",
    "undo",
    "redo",
    "import",
)


def _what(command: str) -> dict[str, Schema]:
    return {**WRITTEN, **_KEYED} if command in ("log", "correct") else WRITTEN


SCHEMAS: dict[str, tuple[str, Schema]] = {
    command: (f"gztrack {command} --json", thing("What was done, as one action.", _what(command)))
    for command in _ACTIONS
}
"""Command to a title and what it prints."""
