"""A page of ``gztrack why``: how wide it is, labels beside or above what belongs to them, and sums laid out."""

from __future__ import annotations

from gztrack.domain.text import listed
from gztrack.export.cells import cells, left, wrapped
from gztrack.export.glyphs import signs
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.explaining.views import Sum
from gztrack.services.explaining.wording import label, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INDENT = "  "

LABEL = 18
"""Cells of a label with its indentation; a longer one stands over."""

NARROW = 60
"""Cells of a line below which labels take lines of their own."""


class Section(NamedTuple):
    """A heading, and the lines under it, indented; the heading may take several lines itself.

    Attributes:
        status: The status or verdict whose glyph and word the first line begins with; empty where none does.
    """

    heading: list[str]
    lines: list[str]
    status: str = ""


class Page(NamedTuple):
    """How wide the text is, and whether its signs are ASCII."""

    width: int
    ascii: bool

    def wrap(self, text: str, first: str = INDENT, indent: str = "") -> list[str]:
        """The text on lines that fit, the later ones indented as far as the first unless told."""
        hang = indent or " " * cells(first)
        return wrapped(signs(text, ascii=self.ascii), self.width, first, hang)

    @property
    def lead(self) -> int:
        """Cells in front of what belongs to a label; a narrow page has the label on a line of its own."""
        return LABEL if self.width >= NARROW else 2 * len(INDENT)

    def pair(self, label: str, text: str, mark: str = INDENT, hang: int = 0) -> list[str]:
        """A label and what belongs to it, whose later lines stand some cells further in."""
        indent = " " * (self.lead + hang)
        if self.width >= NARROW:
            return self.wrap(text, left(mark + label, LABEL - 1) + " ", indent)
        above = self.wrap(label, mark) if label else []
        return above + self.wrap(text, " " * self.lead, indent)

    def section(self, heading: str, lines: list[str], status: str = "") -> Section:
        """A section; its heading stands at the left edge."""
        return Section(self.wrap(heading, "", INDENT), lines, status)


def sums_text(sums: Sequence[Sum], page: Page) -> list[str]:
    """Sums, then those that are not reckoned, together where they have one reason."""
    lines: list[str] = []
    reasons: dict[str, list[str]] = {}
    for each in sums:
        if each.refused:
            reasons.setdefault(each.refused, []).append(label(each))
        elif each.value is not None:
            lines += sum_text(each, page)
    for reason, labels in reasons.items():
        what = tr("{figures}: {reason}", figures=listed(labels), reason=reason)
        lines += page.pair(tr("not reckoned"), what)
    return lines


def sum_text(one: Sum, page: Page) -> list[str]:
    """A sum on one line if it fits; else formula, numbers and result below each other."""
    called = label(one)
    steps = [signs(step, ascii=page.ascii) for step in (told(one.formula), told(one.filled), one.shown)]
    formula, *rest = [step for number, step in enumerate(steps) if step and step not in steps[:number]]
    whole = " = ".join([formula, *rest])
    note = tr("({note})", note=one.note) if one.note else ""
    if page.lead + cells(whole) > page.width:
        lines = page.pair(called, formula, hang=2)
        after = " = ".join(rest)
        for step in [after] if page.lead + 2 + cells(after) <= page.width else rest:
            lines += page.pair("", f"= {step}", hang=2)
    else:
        lines = page.pair(called, whole)
        if note and cells(lines[-1]) + 2 + cells(note) <= page.width:
            return [*lines[:-1], f"{lines[-1]}  {signs(note, ascii=page.ascii)}"]
    return lines + (page.pair("", note) if note else [])
