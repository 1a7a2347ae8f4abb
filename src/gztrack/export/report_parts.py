"""What a report is made of: rows and promises with the numbers of their sources, and remarks on figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gztrack.domain.units import Unit
from gztrack.services.views import Origin, Row, TargetView

_CALLED = {"due": "due date", "stated_on": "statement date", "stated_by": "who stated it"}
"""What fields are called in remarks, where not by their name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board with the numbers of its sources; 0 where none was given."""

    row: Row
    reading_source: int
    target_source: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A target of the ledger with what it is a target of.

    Attributes:
        name: The indicator's name.
        unit: The indicator's unit.
        source: Number of its source, 0 where none was given.
        proof: Number of the source of the reading that decided, 0 where there is none.
        new: The target that took its place, or None.
        old: The target whose place it took, or None.
    """

    view: TargetView
    name: str
    unit: Unit
    source: int
    proof: int
    new: TargetView | None
    old: TargetView | None

    @property
    def known(self) -> dict[str, TargetView]:
        """The targets that its story names, by id."""
        return {view.id: view for view in (self.new, self.old) if view is not None}


class Sources:
    """Numbers sources in the order in which they are first named."""

    def __init__(self) -> None:
        self.known: dict[Origin, int] = {}

    def number(self, origin: Origin | None) -> int:
        """The number of a source; 0 for none."""
        if origin is None or not (origin.source or origin.url):
            return 0
        return self.known.setdefault(origin, len(self.known) + 1)


def remarks(lines: Iterable[Line], promises: Iterable[Promise]) -> tuple[tuple[str, str], ...]:
    """What is inferred or provisional, and the notes of figures: (figures, remark), each remark once."""
    found: dict[str, list[str]] = {}
    for line in lines:
        view = line.row.reading
        if view is not None:
            said = ["provisional"] if view.provisional else []
            text = _joined(said, view.inferred, view.note)
            found.setdefault(text, []).append(f"{line.row.name}, {view.period}")
    for promise in promises:
        target = promise.view
        due = "without a due date" if target.due == "none" else f"by {target.due}"
        text = _joined([], target.inferred, target.note)
        found.setdefault(text, []).append(f"{promise.name}, target {due}")
    return tuple(("; ".join(dict.fromkeys(what)), text) for text, what in found.items() if text)


def _joined(said: list[str], inferred: Iterable[str], note: str) -> str:
    words = [_CALLED.get(name, name.replace("_", " ")) for name in inferred]
    said = [*said, f"{' and '.join(words)} inferred"] if words else said
    return "; ".join(part for part in (", ".join(said), note) if part)
