"""What a report is about: which rows of the board, as of when; as views, as data and in words."""

from __future__ import annotations

from gztrack.export.board_text import named
from gztrack.export.wording import listed
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.board.assessing import Case, case
from gztrack.services.board.details import by_due_date, targets
from gztrack.services.board.selecting import EVERYTHING, Selection, selected
from gztrack.services.reader import Clocks, Reader
from gztrack.services.views import STATUS_ORDER, Board, TargetView, shown_groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gztrack.export.forms import Item

NAMED = 5
"""Indicators that a sentence names; the rows of JSON and CSV have all."""


class Asked(NamedTuple):
    """What was asked for.

    Attributes:
        board: Its rows.
        cases: Every indicator of the rows and of the ledger, by id, sorted out and assessed.
        ledger: The promises of the same indicators, by due date.
    """

    board: Board
    cases: dict[str, Case]
    ledger: list[TargetView]


def asked(tracker: Reader, clocks: Clocks, method: str, only: Selection) -> Asked:
    """The rows that are asked for, and the ledger; of archived ones only by name, but where everything is asked for."""
    archived = bool(only.slugs)
    board = selected(tracker.board(clocks, method, archived=archived, project=True), only)
    register, moment = tracker.register, tracker.moment(clocks)
    rows = {row.id: row for row in board.rows}
    cases: dict[str, Case] = {}
    ledger: list[TargetView] = []
    for fact in tracker.indicators(clocks, archived=True):
        slug = fact["indicator"]
        row = rows.get(slug)
        stated = bool(register.targets.get(slug))
        if row is None and (only != EVERYTHING or not stated):
            continue
        reckoned = row.assessment if row else None
        found = cases[slug] = case(register, fact, moment, method, assessment=reckoned)
        if stated:
            ledger += targets(register, found, moment, known=row.target if row else None)
    return Asked(board, cases, by_due_date(ledger))


def only_form(only: Selection) -> Item | None:
    """What was asked for, where that is not everything."""
    if only == EVERYTHING:
        return None
    order = (word for word in STATUS_ORDER if word in only.statuses)
    return {"indicators": sorted(only.slugs), "group": only.group or None, "statuses": list(order)}


def scope(clocks: Clocks, only: Selection, board: Board) -> Iterator[str]:
    """What of the database is left out, in words."""
    if clocks.logged_by:
        yield tr("only what was logged up to {day}", day=clocks.logged_by)
    if clocks.published_by:
        yield tr("only readings published up to {day}", day=clocks.published_by)
    if only.slugs:
        names = [named(row) for row in board.rows if row.id in only.slugs]
        yield tr("only {indicators}", indicators=some(names or sorted(only.slugs)))
    if only.group:
        called = shown_groups(board.rows).get(only.group, only.group)
        yield tr("only {group}", group=called)
    if only.statuses:
        *words, last = (tr(word) for word in STATUS_ORDER if word in only.statuses)
        said = tr("{some} or {last}", some=listed(words), last=last) if words else last
        yield tr("only what is {statuses}", statuses=said)


def some(names: Sequence[str]) -> str:
    """Names in a row, the first few of many."""
    named = listed(names[:NAMED])
    if len(names) <= NAMED:
        return named
    return tr("{names} and {n:,} more", names=named, n=len(names) - NAMED)
