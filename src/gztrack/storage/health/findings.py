"""What a look at a database can find: how grave it is, where, what, and what would be right."""

from __future__ import annotations

from gztrack.light import NamedTuple

DAMAGE, WARNING, NOTE = "damage", "warning", "note"
"""Something is not what was written; something may go wrong; something worth knowing."""


class Finding(NamedTuple):
    """One thing found.

    Attributes:
        weight: ``damage``, ``warning`` or ``note``.
        file: The file in the database directory, empty for the directory.
        line: Its line, 0 where that does not apply.
        what: What is so.
        advice: What would be right.
    """

    weight: str
    file: str
    line: int
    what: str
    advice: str


def gravest_first(finding: Finding) -> tuple[int, str, int]:
    """A key to sort by: weight, file, line."""
    return (DAMAGE, WARNING, NOTE).index(finding.weight), finding.file, finding.line
