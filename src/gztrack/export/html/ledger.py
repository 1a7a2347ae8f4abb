"""The ledger: every promise with its words, the reading that decided it, and what became of it."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.export.board_text import due_text
from gztrack.export.html.indicators import flagged
from gztrack.export.html.markup import Citations, dated, small, spoken, status_mark, status_word, user
from gztrack.export.html.tables import cell, goal, names, table
from gztrack.export.phrases import (
    brief,
    dropped_text,
    margin_text,
    proof_text,
    replaced_text,
    revises_text,
    verdict_text,
)
from gztrack.export.report import Report
from gztrack.export.report_parts import Promise
from gztrack.export.svg_shapes import xml
from gztrack.language import ptr, term, tr
from gztrack.services.views import ERRORS, TargetView

COLUMNS = (
    (term("indicator"), ""),
    (term("target"), "figure"),
    (term("due"), ""),
    (term("stated"), ""),
    (term("in the words"), ""),
    (term("verdict"), ""),
    (term("evidence"), ""),
    (term("margin"), "figure"),
    (term("what changed"), ""),
)


def ledger(report: Report, citations: Citations) -> str:
    """How many promises were kept, and the table of all of them."""
    sentences = (tr("{sentence}.", sentence=each) for each in report.ledger_summary)
    said = "".join(f'<p class="summary">{xml(each)}</p>' for each in sentences)
    if not report.promises:
        return said
    rows = "\n".join(_row(promise, citations) for promise in report.promises)
    caption = tr("Promises by due date")
    return said + table("ledger", caption, COLUMNS, [f"<tbody>{rows}</tbody>"])


def _row(promise: Promise, citations: Citations) -> str:
    view = promise.view
    aim = goal(view, promise.unit, None, bare=False, cited=citations.cite(promise.source))
    evidence = xml(proof_text(view, promise.unit))
    changed = (
        dropped_text(view),
        replaced_text(view, promise.known),
        revises_text(view, promise.known),
    )
    cells = (
        cell(aim, "figure"),
        cell(xml(tr("none")) if view.due == "none" else flagged(view.due, due_text(view)), "date"),
        cell(_stated(view), "date"),
        cell(f"<q{spoken(view.quote)}>{xml(view.quote)}</q>" if view.quote else "", "prose"),
        cell(_verdict(promise), "status"),
        cell(evidence + citations.cite(promise.proof if view.evidence else 0), "prose" if evidence else ""),
        cell(xml(margin_text(view)), "figure"),
        cell("".join(f"<div>{xml(text)}</div>" for text in changed if text), "prose"),
    )
    return f'<tr><th scope="row">{status_mark(view.verdict)}{names(promise)}</th>{"".join(cells)}</tr>'


def _stated(view: TargetView) -> str:
    if not view.stated_on:
        said = xml(ptr("date", "unknown"))
    else:
        said = dated(clean(view.stated_on), "?" if "stated_on" in view.inferred else "")
    by = user(view.stated_by) if view.stated_by else ""
    return said + small(by)


def _verdict(promise: Promise) -> str:
    """The word of a verdict and below it the reason, unless what changed says more."""
    view = promise.view
    if view.state in ERRORS:
        return status_word(view.state, verdict_text(view))
    replaced = promise.new is not None and view.verdict == "superseded"
    why = "" if replaced else brief(view.verdict, view.reason)
    return status_word(view.verdict, tr(view.verdict)) + small(xml(why))
