"""What ``gate --check`` found: the gates of a file, and what is wrong with its lines and around them."""

from __future__ import annotations

from gztrack.language import ntr, tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


LONGEST_COMMENT = 60
"""Characters of a comment that the overview shows: another key may have been glued onto it."""


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_COMMENT else f"{text[:LONGEST_COMMENT]}…"


class Gate(NamedTuple):
    """One gate line.

    Attributes:
        line: Its number.
        name: Who comes through.
        allowed: What is allowed, as the list has it.
        database: Its path.
        key: The key's fingerprint.
        comment: The key's comment.
        pty: The key may ask for a terminal.
        hooks: What is written starts the database's hooks.
        max_input: ``--max-input`` as it stands there; empty where it does not.
        lang: ``--lang`` likewise.
        problems: What is wrong with it.
    """

    line: int
    name: str
    allowed: str
    database: str
    key: str
    comment: str
    pty: bool
    hooks: bool
    max_input: str
    lang: str
    problems: tuple[str, ...]

    def told(self) -> str:
        """The gate on one line."""
        extras = [
            "pty" if self.pty else "",
            "--hooks" if self.hooks else "",
            f"--max-input {self.max_input}" if self.max_input else "",
            f"--lang {self.lang}" if self.lang else "",
        ]
        return tr(
            "line {line}: {name}  {allowed}  in {database}  ({key})",
            line=self.line,
            name=self.name or "?",
            allowed="  ".join([self.allowed or "?", *filter(None, extras)]),
            database=self.database,
            key=_clipped(self.comment) or self.key,
        )


class Fault(NamedTuple):
    """Something that is wrong, or worth to be said, at a line.

    Attributes:
        line: Its number.
        what: What it is, and what would be right.
        last: The number of the last line that it is about; 0 for one line.
    """

    line: int
    what: str
    last: int = 0

    def at(self, file: str) -> str:
        """It with its place."""
        if self.last > self.line:
            place = tr("{file}, lines {line}-{last}", file=file, line=self.line, last=self.last)
        else:
            place = tr("{file}, line {line}", file=file, line=self.line)
        return tr("{place}: {what}", place=place, what=self.what)


class Report(NamedTuple):
    """What was found.

    Attributes:
        file: The file that was looked at.
        gates: The gates in it.
        lines: What is wrong with lines of the file, beside what is wrong with a gate.
        around: What is wrong around them.
        asides: What is no fault, and worth to be said of a line.
        notes: What could not be looked at, and where that is no fault.
    """

    file: str
    gates: tuple[Gate, ...]
    lines: tuple[Fault, ...]
    around: tuple[str, ...]
    asides: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, a text each: the lines of the file in their order, then what is around it."""
        of_gates = [Fault(gate.line, problem) for gate in self.gates for problem in gate.problems]
        return [*self._placed([*of_gates, *self.lines]), *self.around]

    @property
    def said(self) -> list[str]:
        """What is no fault, a text each."""
        return [*self._placed(list(self.asides)), *self.notes]

    def _placed(self, faults: list[Fault]) -> list[str]:
        return [fault.at(self.file) for fault in sorted(faults, key=lambda fault: fault.line)]

    def text(self) -> str:
        """The report for people."""
        wrong = [tr("wrong: {what}", what=problem) for problem in self.problems]
        sum_of_it = (
            ntr("{n} thing is wrong", "{n} things are wrong", len(wrong))
            if wrong
            else ntr("{n} gate, nothing wrong", "{n} gates, nothing wrong", len(self.gates))
        )
        notes = [tr("note: {what}", what=note) for note in self.said]
        return "\n".join([*(gate.told() for gate in self.gates), *wrong, *notes, sum_of_it])

    def fields(self) -> dict[str, Any]:
        """The report for programs."""
        gates = [{**gate._asdict(), "problems": list(gate.problems)} for gate in self.gates]
        around = [*self._placed(list(self.lines)), *self.around]
        return {"file": self.file, "gates": gates, "around": around, "notes": self.said}
