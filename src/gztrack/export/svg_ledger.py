"""The promises of a report as a section of its picture."""

from __future__ import annotations

from gztrack.domain.amounts import exact_goal
from gztrack.domain.text import clean
from gztrack.export.board_text import due_text, named
from gztrack.export.glyphs import role_of
from gztrack.export.phrases import (
    dropped_text,
    margin_text,
    replaced_text,
    revises_text,
    stated_by,
    verdict_text,
)
from gztrack.export.report import Report
from gztrack.export.report_parts import Promise
from gztrack.export.svg_page import EDGE, Page, flagged
from gztrack.export.svg_shapes import broken, extent, fitted, mark, words
from gztrack.export.wording import headed, totalled
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MARK, DUE, NAME = EDGE + 8, EDGE + 26, EDGE + 126
STATED, VERDICT, EVIDENCE = 760, 1020, 1150


def promises(page: Page, report: Report) -> None:
    """Draw the ledger with its counts."""
    first, *rest = report.ledger_summary
    page.heading(tr("Promises"), first)
    for said in rest:
        page.small(said)
    for promise in report.promises:
        _promise(page, promise)


def _promise(page: Page, promise: Promise) -> None:
    view = promise.view
    page.y += 27
    y = page.y
    goal = totalled(exact_goal(view.value, view.high, view.comparator, promise.unit), view.over)
    goal_room = min(extent(goal, 13), 330)
    page.add(mark(view.verdict, MARK, y - 4.5))
    due, flags = flagged("" if view.due == "none" else clean(view.due), due_text(view))
    page.add(words(DUE, y, fitted(due or tr("no date"), 13, 90), colour="muted", flags=flags))
    room = STATED - NAME - goal_room - 40
    page.add(words(NAME, y, fitted(named(promise), 13, room)))
    shown = fitted(goal, 13, goal_room + 1)
    page.add(words(STATED - 24, y, shown, colour="strong", anchor="end"))
    page.add(words(STATED - 23, y, "", 11, source=promise.source) if promise.source else "")
    stated, room = _stated(promise), VERDICT - STATED - 14
    by = stated_by(stated, view.stated_by)
    whole = extent(by, 13) <= room
    page.add(words(STATED, y, by if whole else fitted(stated, 13, room), colour="muted"))
    bad = view.verdict == "missed"
    page.add(words(VERDICT, y, tr(view.verdict), colour=role_of(view.verdict), bold=bad))
    if view.evidence and view.margin is not None:
        evidence = fitted(tr("evidence {evidence}", evidence=view.evidence), 13, 110)
        page.add(words(EVIDENCE, y, evidence, colour="muted", source=promise.proof))
        page.add(words(page.right, y, margin_text(view), colour="muted", anchor="end"))
    for said in _story(promise, by=bool(view.stated_by) and not whole):
        for number, text in enumerate(broken(said, 11, page.right - NAME, 3)):
            page.y += 16
            page.add(words(NAME + (12 if number else 0), page.y, text, 11, colour="muted"))


def _stated(promise: Promise) -> str:
    view = promise.view
    flag = "?" if "stated_on" in view.inferred else ""
    if not view.stated_on:
        return tr("stated on an unknown date")
    return tr("stated {date}", date=view.stated_on + flag)


def _story(promise: Promise, *, by: bool) -> Iterable[str]:
    """What is said below a promise, a line for each thing.

    Args:
        promise: The promise.
        by: Who stated it is still to be said.
    """
    view = promise.view
    who = tr("by {who}", who=view.stated_by) if by else ""
    quote = f"“{view.quote}”" if view.quote else ""
    if who or quote:
        yield headed(who, quote) if who else quote
    if view.reason and not (promise.new and view.verdict == "superseded"):
        yield verdict_text(view)
    for text in (
        dropped_text(view),
        replaced_text(view, promise.known),
        revises_text(view, promise.known),
    ):
        if text:
            yield text
