"""Which columns of the ledger fit a width, and how wide each of them is. Pure arithmetic."""

from __future__ import annotations

from gztrack.light import NamedTuple

FULL_DIGITS = 118
WHO = 104
EVIDENCE = 76
MARGIN = 64
NAME = 50
"""Narrowest ledger, in cells, that shows full digits, who stated it, evidence, margin, the indicator."""

_SHORT_ROOM, _FULL_ROOM = 7, 10
_NAME_FIRST, _WHO_MOST, _WHY_LEAST = 44, 28, 16


class Needs(NamedTuple):
    """How wide the widest content of each column is, in cells; 0 where no promise has any."""

    due: int = 0
    name: int = 0
    target: int = 0
    who: int = 0
    verdict: int = 0
    evidence: int = 0
    margin: int = 0
    why: int = 0


class Columns(NamedTuple):
    """Widths in cells; 0 leaves a column out. ``gap`` blanks stand before each column but the first."""

    width: int
    due: int
    name: int
    target: int
    who: int
    verdict: int
    evidence: int
    margin: int
    why: int
    gap: int = 1

    @property
    def lead(self) -> int:
        """Cells before the due date: gutter, glyph and a blank."""
        return 3

    @property
    def used(self) -> int:
        """Cells that all columns take together, a margin at the right included."""
        cells = [*self[1:9]]
        return self.lead + sum(cells) + self.gap * (sum(1 for cell in cells if cell) - 1) + 1


def room(cells: int) -> int:
    """Return the cells of a figure without its scale in a ledger this wide."""
    return _FULL_ROOM if cells >= FULL_DIGITS else _SHORT_ROOM


def columns(cells: int, needs: Needs) -> Columns:
    """Return the columns of a ledger.

    Args:
        cells: Width of the ledger.
        needs: Widest contents.
    """
    base = Columns(
        width=cells,
        due=max(10, needs.due),
        name=0,
        target=max(6, needs.target),
        who=min(_WHO_MOST, max(9, needs.who)) if cells >= WHO and needs.who else 0,
        verdict=max(11, needs.verdict),
        evidence=min(20, max(8, needs.evidence)) if cells >= EVIDENCE and needs.evidence else 0,
        margin=max(6, needs.margin) if cells >= MARGIN and needs.margin else 0,
        why=0,
    )
    return _spent(base, max(9, needs.name), needs.why)


def _spent(base: Columns, name: int, why: int) -> Columns:
    """Give the spare cells away: the name to 26, wider gaps, some reason, the name to 44, all reasons, all names."""
    if base.width >= NAME:
        spare = base.width - base._replace(name=1).used + 1
        base = base._replace(name=max(4, min(26, name, spare)))
    wider = base._replace(gap=2)
    if wider.used <= wider.width:
        base = wider
    spare = base.width - base.used - base.gap
    if why and spare >= min(_WHY_LEAST, why):
        base = base._replace(why=min(_WHY_LEAST, why))
    base = _name_to(base, min(name, _NAME_FIRST))
    if base.why:
        base = base._replace(why=max(base.why, min(why, base.why + base.width - base.used)))
    return _name_to(base, name)


def _name_to(base: Columns, cells: int) -> Columns:
    spare = base.width - base.used
    return base._replace(name=max(base.name, min(cells, base.name + spare))) if base.name else base
