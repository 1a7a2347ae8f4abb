"""In which order the list stands and under which headings: grouping, sort, folded groups. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from gztrack.domain.text import clean
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.naming import place_of
from gztrack.services.views import NO_VERDICT, STATUS_ORDER, Row, shown_groups

GROUPINGS = ("group", "status", "due year", "none")
SORTS = ("as listed", "worst first", "name", "due date", "percent", "latest reading")

_GROUPING_SAID = {
    "group": term("by group"),
    "status": term("by status"),
    "due year": term("by due year"),
    "none": term("no groups"),
}
_SORT_SAID = {
    "worst first": (term("worst first"), term("best first")),
    "name": (term("a to z"), term("z to a")),
    "due date": (term("due soonest"), term("due latest")),
    "percent": (term("lowest %"), term("highest %")),
    "latest reading": (term("newest first"), term("oldest first")),
}
"""Sorts in words, and the same reversed."""

_GROUPS_FOLLOW = frozenset({("status", "worst first"), ("due year", "due date")})
"""Groupings whose groups turn round with a sort that says the same."""

UNDATED = term("no due date")
NO_GROUP = term("without a group")


class Order(NamedTuple):
    """How the rows of the list stand.

    Attributes:
        grouping: One of ``GROUPINGS``: what the headings say.
        sort: One of ``SORTS``; it works inside groups.
        reverse: The other way round. What the sort cannot place stays last.
    """

    grouping: str = GROUPINGS[0]
    sort: str = SORTS[0]
    reverse: bool = False

    @property
    def grouping_said(self) -> str:
        """The grouping in words: ``by status``."""
        return tr(_GROUPING_SAID[self.grouping])

    @property
    def sort_said(self) -> str:
        """The sort in words: ``worst first``; empty as listed."""
        return tr(_SORT_SAID[self.sort][self.reverse]) if self.sort in _SORT_SAID else ""

    @property
    def said(self) -> str:
        """What is not the usual order, in words: ``by status, a to z``; empty for the usual one."""
        grouping = "" if self.grouping == GROUPINGS[0] else self.grouping_said
        if grouping and self.sort_said:
            return tr("{grouping}, {sort}", grouping=grouping, sort=self.sort_said)
        return grouping or self.sort_said

    @property
    def indented(self) -> bool:
        """Parts stand under their whole."""
        return self.grouping == "group" and self.sort == "as listed"


USUAL = Order()


class Entry(NamedTuple):
    """One line of the list.

    Attributes:
        kind: ``row``, ``heading`` or ``blank``.
        row: Index into the chosen rows; of a heading, that of its first row.
        text: Of a heading, as it is said.
        size: Rows under a heading.
        key: Which group it is, as `group_of` names it.
        folded: The rows under it are hidden.
    """

    kind: str
    row: int = -1
    text: str = ""
    size: int = 0
    key: str = ""
    folded: bool = False


def group_of(row: Row, grouping: str) -> str:
    """Return the name of the group that a row stands in; empty for none."""
    if grouping == "group":
        return clean(row.group)
    if grouping == "status":
        return row.shown_status
    if grouping == "due year":
        due = row.target.due_end if row.target else None
        return f"due {due.year}" if due else UNDATED
    return ""


def group_said(key: str, grouping: str, groups: Mapping[str, str]) -> str:
    """Return how a group is called: ``due 2030``, or the status in words.

    Args:
        key: As `group_of` names it.
        grouping: What the headings say.
        groups: What indicators' own groups are called.
    """
    if grouping == "due year" and key != UNDATED:
        return tr("due {year}", year=key.rpartition(" ")[2])
    return clean(groups[key]) if grouping == "group" else tr(key)


def arranged(rows: Sequence[Row], order: Order) -> list[Row]:
    """Return the rows as they stand, those of one group together.

    A sort by anything but the name brings the group forward that has the first row: whoever sorts by what is
    worst wants to see it at the top.

    Args:
        rows: The board's rows as listed.
        order: Grouping and sort.
    """
    found = _sorted(rows, order)
    if order.grouping == "none":
        return found
    groups: dict[str, list[Row]] = {key: [] for key in _group_order(rows, order)}
    for row in found:
        groups.setdefault(group_of(row, order.grouping), []).append(row)
    return [row for members in groups.values() for row in members]


def _group_order(rows: Sequence[Row], order: Order) -> Iterable[str]:
    """The groups in their own order; nothing where they follow the sorted rows."""
    if (order.grouping, order.sort) in _GROUPS_FOLLOW:
        return ()
    if order.grouping == "status":
        return (*STATUS_ORDER, "archived")
    keys = dict.fromkeys(group_of(row, order.grouping) for row in rows)
    if order.grouping == "due year":
        return sorted(keys, key=lambda key: (key == UNDATED, key))
    if order.sort == "name":
        called = {clean(group): said for group, said in shown_groups(rows).items()}
        said = {key: group_said(key, order.grouping, called) if key else "" for key in keys}
        return sorted(keys, key=lambda key: place_of(said[key]), reverse=order.reverse)
    return keys if order.sort == "as listed" else ()


def _sorted(rows: Iterable[Row], order: Order) -> list[Row]:
    """The rows by the sort; those that it cannot place come last, whichever way round."""
    place = _PLACES.get(order.sort)
    if place is None:
        return list(rows)
    placed: list[tuple[Any, Row]] = []
    others: list[Row] = []
    for row in rows:
        value = place(row)
        if value is None:
            others.append(row)
        else:
            placed.append((value, row))
    # Readings: the newest is what one looks for first.
    backwards = order.reverse != (order.sort == "latest reading")
    placed.sort(key=lambda pair: pair[0], reverse=backwards)
    if order.sort == "worst first":
        others.sort(key=lambda row: _badness(row) or 0)
    return [row for _, row in placed] + others


def _badness(row: Row) -> int:
    shown = row.shown_status
    return STATUS_ORDER.index(shown) if shown in STATUS_ORDER else len(STATUS_ORDER)


_PLACES: dict[str, Callable[[Row], Any]] = {
    "worst first": lambda row: None if row.archived or row.status in NO_VERDICT else _badness(row),
    "name": lambda row: (place_of(row.shown_name), row.id),
    "due date": lambda row: row.target.due_end if row.target else None,
    "percent": lambda row: row.bar.fill if row.bar else None,
    "latest reading": lambda row: row.reading.end if row.reading else None,
}
"""Where a sort puts a row; None for one that it cannot place."""


def entries(
    rows: Sequence[Row], *, grouping: str = "group", blanks: bool, folded: frozenset[str] = frozenset()
) -> list[Entry]:
    """Return the lines of the list: a heading over each group, its rows unless it is folded.

    Args:
        rows: As `arranged` has put them.
        grouping: What the headings say.
        blanks: Blank lines between groups; folded ones stand close.
        folded: Names of the folded groups.
    """
    if grouping == "none":
        return [Entry("row", index) for index in range(len(rows))]
    lines: list[Entry] = []
    start = 0
    called = {clean(group): said for group, said in shown_groups(rows).items()}
    for key, members in groupby(rows, lambda row: group_of(row, grouping)):
        size = len(list(members))
        # Rows without a group need a heading only where they would seem to belong to the group before.
        text = group_said(key, grouping, called) or (tr(NO_GROUP) if lines else "")
        hidden = bool(text) and key in folded
        if lines and blanks and not (hidden and lines[-1].folded):
            lines.append(Entry("blank"))
        if text:
            lines.append(Entry("heading", start, text, size, key, hidden))
        if not hidden:
            lines += [Entry("row", index) for index in range(start, start + size)]
        start += size
    return lines


def line_count(rows: Sequence[Row], grouping: str = "group") -> int:
    """Return how many lines the list takes with headings and blank lines between groups, nothing folded."""
    return len(entries(rows, grouping=grouping, blanks=True))
