"""Command lines for reading and pasting: a long one goes on where a shell lets it. Pure and light."""

from __future__ import annotations

from gztrack.export.cells import cells

INDENT = "    "
"""Before what goes on: a shell skips it."""

_ENDING = " \\"
_BEGINNINGS = (
    lambda rest: rest[0] in "|<>",
    lambda rest: rest[0] == "-" and rest[1:2] not in ("", " "),
    bool,
)
"""What a new line rather begins with: the next program or file, else an option, else any word."""


def pasteable(command: str, room: int) -> list[str]:
    """A command line on lines of so many cells, which a shell reads as one again.

    No line ends within quotes, so a text that is longer than the room stands over.
    """
    found: list[str] = []
    indent = ""
    while cells(indent + command) > room:
        at = _place(command, room - cells(indent + _ENDING))
        if not at:
            break
        found.append(indent + command[:at] + _ENDING)
        command, indent = command[at + 1 :], INDENT
    return [*found, indent + command]


def _place(command: str, room: int) -> int:
    """The last blank of the best kind within reach, or the first one beyond it; 0 where there is none."""
    places = [at for at in _blanks(command) if command[at + 1 :].strip()]
    near = [at for at in places if cells(command[:at]) <= room]
    for begins in _BEGINNINGS:
        if there := [at for at in near if begins(command[at + 1 :])]:
            return there[-1]
    return places[0] if places else 0


def _blanks(command: str) -> list[int]:
    """Where blanks stand that are in no quotes."""
    found, quote = [], ""
    for at, char in enumerate(command):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == " ":
            found.append(at)
    return found
