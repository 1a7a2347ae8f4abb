"""Schemas of what commands that write say that they did. Light."""

from __future__ import annotations

from gztrack.export.schemas.blocks import Schema, fact, flag, many, one_of, table, text, thing, whole
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

_PLACE = {
    "line": whole("The line of the file that the row begins on.", least=1),
    "item": whole(
        "Of JSON, which of the rows it is, counted from 1; null for the rows of a table.", null=True, least=1
    ),
    "column": whole("The column of the cell, counted from 1; null for the whole row.", null=True, least=1),
}

_IMPORTED = {
    "counts": table(
        "How many facts are new, replace another one or are there already, how many cells had no value, how many"
        " rows or cells could not be read.",
        whole("How many."),
        ("new", "revised", "same", "skipped", "refused"),
    ),
    "rows": many(
        "With --dry-run what each row would do, the first thousand; else empty.",
        thing(
            "What one row would do.",
            {
                **_PLACE,
                "outcome": one_of("What it would do.", ("new", "revised")),
                "kind": one_of("What it states.", ("indicator", "reading", "target")),
                "indicator": text("Id of the indicator."),
                "period": text("The period, or a target's due date; null for an indicator.", null=True),
                "value": text("The figure, as it can be typed; null for an indicator.", null=True),
                "old": text("The figure that it would replace; null where it replaces none.", null=True),
            },
        ),
    ),
    "refused": many(
        "With --partial what could not be read and did not go in, the first thousand; else empty.",
        thing("What could not be read.", {**_PLACE, "problem": text("What is wrong with it.")}),
    ),
}

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
    if command == "import":
        return {**WRITTEN, **_IMPORTED}
    return {**WRITTEN, **_KEYED} if command in ("log", "correct") else WRITTEN


SCHEMAS: dict[str, tuple[str, Schema]] = {
    command: (f"gztrack {command} --json", thing("What was done, as one action.", _what(command)))
    for command in _ACTIONS
}
"""Command to a title and what it prints."""

SAVED = thing("What was written: --json with -o.", {**WRITTEN, "path": text("The file, as it was named.")})
