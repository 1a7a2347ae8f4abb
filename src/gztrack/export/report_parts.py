"""What a report is made of: rows and promises with the numbers of their sources, and remarks on figures."""

from __future__ import annotations

from dataclasses import dataclass

from gztrack.domain.register import Fact
from gztrack.domain.text import clean
from gztrack.domain.units import Unit, parse_unit
from gztrack.export.board_text import named
from gztrack.language import ptr, tr
from gztrack.services.explaining.wording import clauses, parts, together
from gztrack.services.naming import unit_of
from gztrack.services.views import Origin, Row, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.export.diff.words import Part


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
        name: The indicator's name, in English and in Chinese.
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
    name_zh: str = ""

    @property
    def known(self) -> dict[str, TargetView]:
        """The targets that its story names, by id."""
        return {view.id: view for view in (self.new, self.old) if view is not None}


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a report since a day, as people are answered.

    Attributes:
        heading: Since when.
        said: From when to when, and where the two sides are not of a kind.
        parts: What is new, under its headings; empty where nothing is.
    """

    heading: str
    said: tuple[str, ...]
    parts: tuple[Part, ...]


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
            said = [tr("provisional")] if view.provisional else []
            text = _joined(said, view.inferred, view.note)
            what = tr("{name}, {period}", name=named(line.row), period=view.period)
            found.setdefault(text, []).append(what)
    for promise in promises:
        target = promise.view
        text = _joined([], target.inferred, target.note)
        if target.due == "none":
            what = tr("{name}, target without a due date", name=named(promise))
        else:
            what = tr("{name}, target by {due}", name=named(promise), due=target.due)
        found.setdefault(text, []).append(what)
    return tuple((parts(dict.fromkeys(whats)), text) for text, whats in found.items() if text)


def _joined(said: list[str], inferred: Iterable[str], note: str) -> str:
    words = [called(name) for name in inferred]
    if words:
        said = [*said, tr("{fields} inferred", fields=together(words))]
    return parts(part for part in (clauses(said), note) if part)


def called(name: str) -> str:
    """What a field that was inferred is called in a remark."""
    words = {
        "value": ptr("a field", "value"),
        "period": ptr("a field", "period"),
        "qualifier": ptr("a field", "qualifier"),
        "series": ptr("a field", "series"),
        "due": ptr("a field", "due date"),
        "comparator": ptr("a field", "comparator"),
        "stated_on": ptr("a field", "statement date"),
        "stated_by": ptr("a field", "who stated it"),
        "over": ptr("a field", "over"),
        "baseline": ptr("a field", "baseline"),
    }
    return words.get(name, name.replace("_", " "))


def line_of(row: Row, sources: Sources) -> Line:
    """A row with the numbers of its sources."""
    first = sources.number(row.reading.origin if row.reading else None)
    return Line(row, first, sources.number(row.target.origin if row.target else None))


def promises_of(
    ledger: Iterable[TargetView], facts: dict[str, Fact], sources: Sources
) -> tuple[Promise, ...]:
    """The ledger with the numbers of its sources."""
    known = {view.id: view for view in ledger}
    return tuple(
        Promise(
            view,
            clean(facts[view.indicator]["name"]),
            parse_unit(unit_of(facts[view.indicator])),
            sources.number(view.origin),
            sources.number(view.evidence_origin) if view.evidence else 0,
            known.get(view.replaced_by),
            known.get(view.replaces),
            clean(facts[view.indicator].get("name_zh", "")),
        )
        for view in known.values()
    )
