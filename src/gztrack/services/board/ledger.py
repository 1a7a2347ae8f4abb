"""The count of promises: which entries state the same one, what became of each, and why some have no verdict."""

from __future__ import annotations

from collections import Counter
from datetime import date

from gztrack.domain.amounts import Number
from gztrack.language import term, tr
from gztrack.services.views import ERRORS, NO_VERDICT, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

COUNTED = ("met", "met late", "missed", term("no verdict"), "open", "superseded", "dropped")
"""The words of the line of counts, in its order; keys."""


Promised = tuple[str, Number, Number | None, str, date | None, str, str]
"""What makes two entries one promise: indicator, figure, upper limit, comparator, due date, span, what became of it."""


def stated(targets: Iterable[TargetView]) -> dict[Promised, list[TargetView]]:
    """Promises with every entry that states them, entry errors left out."""
    found: dict[Promised, list[TargetView]] = {}
    for view in targets:
        if view.state not in ERRORS:
            what = (
                view.indicator,
                view.value,
                view.high,
                view.comparator,
                view.due_end,
                view.over,
                _folded(view),
            )
            found.setdefault(what, []).append(view)
    return found


def promises(targets: Iterable[TargetView]) -> list[TargetView]:
    """One entry of each promise: what is stated again counts once, entry errors not at all."""
    return [entries[-1] for entries in stated(targets).values()]


def restated(targets: Iterable[TargetView]) -> dict[str, TargetView]:
    """Id of an entry that states a promise again, to the one that stated it first."""
    found: dict[str, TargetView] = {}
    for entries in stated(targets).values():
        first, *again = sorted(entries, key=lambda view: (view.logged_at, view.id))
        found |= {view.id: first for view in again}
    return found


def ledger_counts(targets: Iterable[TargetView]) -> dict[str, int]:
    """How many promises were met, met late, missed and so on, zeros left out."""
    tally = Counter(_folded(view) for view in promises(targets))
    return {word: tally[word] for word in COUNTED if tally[word]}


def reason_counts(targets: Iterable[TargetView]) -> dict[str, int]:
    """Why promises past their date have no verdict, as people are answered, the most frequent reason first."""
    tally = Counter(_kind(view) for view in promises(targets) if _folded(view) == "no verdict")
    return dict(tally.most_common())


def _folded(view: TargetView) -> str:
    if view.verdict in NO_VERDICT:
        return "no verdict"
    return view.verdict if view.verdict in COUNTED else "open"


def _kind(view: TargetView) -> str:
    return tr(view.lack) or view.reason or tr(view.verdict)
