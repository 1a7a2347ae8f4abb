"""What somebody behind a gate may do: the commands on a list, some of them for certain indicators only. Light.

The list is the administrator's, as ``gate --allow`` takes it: ``status,show,log:nev-*`` allows
two commands and logging into the indicators whose ids begin with ``nev-``. Who owns the
database has no permit and may do everything.
"""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.errors import RefusedError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BOARD = "board"
"""Stands on a list for the board."""

LONGEST_SAID = 80
"""Characters of what was asked for that a refusal repeats."""

READING = ("status", "show", "why", "history", "targets", "cite", "check", "snapshot")
"""Commands that only read; a snapshot goes to standard output."""

WRITING = ("log", "correct", "retract", "pin", "target", "add", "edit", "archive", "undo", "redo")
"""Commands that write."""

HELPING = ("schema", "completion", "man")
"""Commands that help whoever writes scripts or types."""

ALLOWABLE = (*READING, *WRITING, *HELPING, BOARD)
"""What can stand on a list. Everything else names files of the host, or takes or replaces the whole database."""

WHOLE = ("check", "snapshot", "undo", "redo", *HELPING, BOARD)
"""What is about no certain indicator, and so cannot be limited to some."""

SHOWING = ("check", "snapshot", "completion", BOARD)
"""What of that shows every indicator."""

ANY = "*"


class Permit:
    """What one person may do.

    Args:
        allowed: Each command on the list with the patterns of the indicators that it is allowed for;
            a pattern is an id, in which ``*`` stands for any characters.
    """

    def __init__(self, allowed: Mapping[str, Sequence[str]]) -> None:
        self._allowed = {command: tuple(patterns) for command, patterns in allowed.items()}

    def allows(self, command: str, indicator: str | None = None) -> bool:
        """Whether a command is allowed: for that indicator, or without one for some indicator at least.

        Who may undo may also bring their own back: a slip with undo would be final otherwise.
        """
        if command == "redo" and command not in self._allowed:
            command = "undo"
        patterns = self._allowed.get(command, ()) if command in ALLOWABLE else ()
        return bool(patterns) if indicator is None else any(_matches(each, indicator) for each in patterns)

    def shows(self, indicator: str) -> bool:
        """Whether somebody may learn that there is an indicator: by what shows all of them, or by asking for it."""
        return any(self.allows(each) for each in SHOWING) or any(
            self.allows(command, indicator) for command in self._allowed if command not in WHOLE
        )

    def is_limited(self, command: str) -> bool:
        """Whether a command is allowed for certain indicators only."""
        return command in self._allowed and ANY not in self._allowed[command]

    def check(self, command: str, indicator: str | None = None) -> None:
        """See that something is allowed.

        Raises:
            RefusedError: It is not; what is allowed is named.
        """
        if self.allows(command, indicator):
            return
        what = command if indicator is None or not self.allows(command) else f"{command} {indicator}"
        what = _clipped(what)
        raise RefusedError(
            tr("{what} is not allowed here; allowed: {commands}", what=what, commands=self.named()),
            "not-allowed",
        )

    def named(self) -> str:
        """The list, as ``--allow`` takes it."""
        return ", ".join(
            f"{command}:{each}" if each != ANY else command
            for command, patterns in self._allowed.items()
            for each in (patterns if self.is_limited(command) else (ANY,))
        )


def permit(words: Iterable[str]) -> Permit:
    """The permit for the entries of a list: ``status``, ``log:nev-capacity``, ``log:nev-*``; several add up."""
    allowed: dict[str, tuple[str, ...]] = {}
    for word in words:
        command, _, pattern = word.partition(":")
        allowed[command] = (*allowed.get(command, ()), pattern if pattern.strip(ANY) else ANY)
    return Permit(allowed)


def _clipped(what: str) -> str:
    """What was asked for, short enough for a line."""
    what = clean(what)
    return what if len(what) <= LONGEST_SAID else what[:LONGEST_SAID] + "…"


def _matches(pattern: str, indicator: str) -> bool:
    """Whether an id fits a pattern; ``*`` is the only sign in it."""
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == indicator
    if not indicator.startswith(first):
        return False
    place = len(first)
    for part in rest[:-1]:
        found = indicator.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return len(indicator) - place >= len(rest[-1]) and indicator.endswith(rest[-1])
