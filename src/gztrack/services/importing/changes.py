"""What an import does, row by row, for people who look before they leap."""

from __future__ import annotations

from typing import NamedTuple

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.register import Fact
from gztrack.language import ptr, term, tr
from gztrack.services.importing.columns import Place
from gztrack.services.importing.noted import LISTED

_LINES = {
    "new": term("{place}: new {what} {figure}"),
    "revised": term("{place}: revised {what} {old} -> {figure}"),
    "defined": term("{place}: new indicator {what}"),
}


class Change(NamedTuple):
    """What one row would do.

    Attributes:
        where: The row, or the cell.
        outcome: ``new`` or ``revised``.
        table: ``indicators``, ``readings`` or ``targets``.
        slug: The indicator's id.
        when: The period, or the due date.
        figure: What would be there.
        old: What is there, or what an earlier row of the file says; empty where nothing is.
    """

    where: Place
    outcome: str
    table: str
    slug: str
    when: str = ""
    figure: str = ""
    old: str = ""

    def told(self) -> str:
        """In one line."""
        what = "@".join(filter(None, (self.slug, self.when)))
        kind = "defined" if self.table == "indicators" else self.outcome
        return tr(_LINES[kind], place=self.where, what=what, figure=self.figure, old=self.old)

    def as_json(self) -> dict[str, object]:
        """As an object."""
        return {
            **self.where.as_json(),
            "outcome": self.outcome,
            "kind": self.table.removesuffix("s"),
            "indicator": self.slug,
            "period": self.when or None,
            "value": self.figure or None,
            "old": self.old or None,
        }


class Changes:
    """What a file would do, the first rows of it by themselves.

    Attributes:
        kept: These.
        count: How many there are.
    """

    def __init__(self) -> None:
        self.kept: list[Change] = []
        self.count = 0

    def add(self, change: Change) -> None:
        """Take note of one."""
        self.count += 1
        if len(self.kept) < LISTED:
            self.kept.append(change)

    def lines(self) -> list[str]:
        """A line each, and one for the rest."""
        more = self.count - len(self.kept)
        return [*(change.told() for change in self.kept), *([tr("and {n:,} more", n=more)] if more else [])]


def figure_of(fact: Fact) -> str:
    """A reading's or a target's figure, without its unit, as it reads back to the same."""
    if "comparator" in fact:
        word = fact["comparator"]
        figure = exact_goal(fact["value"], fact.get("high"), "", "")
        return (
            figure
            if word == "between"
            else ptr("target", "{comparator} {figure}", comparator=tr(word), figure=figure)
        )
    figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
    if fact.get("status") == "provisional":
        return tr("{figure} (provisional)", figure=figure)
    return figure
