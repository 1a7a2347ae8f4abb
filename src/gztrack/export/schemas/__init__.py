"""The JSON Schemas of what ``--json`` prints and hooks are told, one each. Light: a schema is built when asked for.

They are declared here beside the forms that they describe, with the domain's own words in their enumerations, and a
test holds each against what its command prints. Every key that is listed as required is always there. Keys may be
added, so a schema forbids none; none is renamed or taken away under the same number of its ``$id``.
"""

from __future__ import annotations

from typing import Any

PUBLISHED = {
    "log": "written",
    "correct": "written",
    "retract": "written",
    "pin": "written",
    "target": "written",
    "add": "written",
    "edit": "written",
    "archive": "written",
    "status": "board",
    "show": "board",
    "why": "sums",
    "history": "board",
    "targets": "board",
    "cite": "board",
    "check": "board",
    "undo": "written",
    "redo": "written",
    "snapshot": "report",
    "diff": "diff",
    "import": "written",
    "export": "upkeep",
    "merge": "upkeep",
    "init": "upkeep",
    "backup": "upkeep",
    "restore": "upkeep",
    "doctor": "upkeep",
    "config": "upkeep",
    "gate": "upkeep",
    "schema": "upkeep",
    "completion": "upkeep",
    "man": "upkeep",
    "on-log": "told",
    "on-target": "told",
}
"""Command or hook to the module of this package that declares its schema."""


def schema(command: str) -> dict[str, Any]:
    """The schema of what a command prints with ``--json`` or a hook is told, complete in itself.

    Args:
        command: One of `PUBLISHED`.
    """
    from gztrack.export.schemas.blocks import document

    module = __import__(f"{__name__}.{PUBLISHED[command]}", fromlist=["SCHEMAS"])
    return document(command, *module.SCHEMAS[command])
