"""The sheet of promises: how many were kept, then every one that was ever stated."""

from __future__ import annotations

from gztrack.export.board_text import named
from gztrack.export.ledger_text import mark
from gztrack.export.phrases import dropped_text, replaced_text, revises_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Promise, called
from gztrack.export.wording import listed, told
from gztrack.export.workbook.sheet import Book, Cell, Column, Sheet
from gztrack.export.workbook.values import dated, qualifier
from gztrack.language import ptr, tr
from gztrack.services.views import ERRORS, VERDICTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


PRINTED = 21
"""Columns up to the sources; what stands behind them is for programs."""


def opened(book: Book) -> Sheet:
    """The sheet, still empty."""
    columns = (
        Column("", "mark", 2),
        Column(tr("indicator"), most=30),
        Column(tr("due"), "date", 10),
        Column(tr("target"), "number"),
        Column(tr("up to"), "number", optional=True),
        Column(tr("comparator"), "beside", 9),
        Column(tr("in total over"), most=10, optional=True),
        Column(tr("unit"), most=14),
        Column(tr("stated"), "date", 10),
        Column(tr("stated by"), most=14, optional=True),
        Column(tr("in the words"), most=26, optional=True),
        Column(tr("verdict"), most=12),
        Column(tr("reason"), most=26),
        Column(tr("evidence"), most=10),
        Column(tr("value"), "number"),
        Column(tr("qualifier"), "beside", 9, optional=True),
        Column(tr("margin"), "number"),
        Column(tr("qualifier"), "beside", 9, optional=True),
        Column(tr("what changed"), most=32, optional=True),
        Column(tr("source of the target"), "whole", 8),
        Column(tr("source of the evidence"), "whole", 8),
        Column(tr("due as stated"), most=12),
        Column(tr("inferred"), most=16, optional=True),
        Column(tr("note"), most=44, optional=True),
        Column(ptr("of an indicator", "id"), "beside", 40),
    )
    return Sheet(book, ptr("a sheet", "Ledger"), columns, frozen=2, printed=PRINTED)


def fill(sheet: Sheet, report: Report) -> None:
    """Write the counts, then every promise by due date."""
    for number, said in enumerate(report.ledger_summary):
        sheet.say(said, bold=number == 0)
    sheet.head()
    decimals = {line.row.id: line.row.decimals for line in report.lines}
    for promise in report.promises:
        sheet.row(_values(promise), decimals.get(promise.view.indicator))
    sheet.colour(tr("verdict"), (*VERDICTS, *ERRORS))
    sheet.fit()


def _values(promise: Promise) -> Sequence[Cell]:
    view = promise.view
    return (
        mark(view).strip(),
        named(promise),
        view.due_end,
        view.value,
        view.high,
        tr(view.comparator),
        view.over,
        promise.unit.text,
        dated(view.stated_on),
        view.stated_by,
        view.quote,
        tr(view.state) if view.state in ERRORS else tr(view.verdict),
        view.reason,
        view.evidence,
        view.evidence_value,
        qualifier(view.evidence_qualifier) if view.evidence else "",
        view.margin,
        qualifier(view.margin_qualifier) if view.margin is not None else "",
        told((dropped_text(view), replaced_text(view, promise.known), revises_text(view, promise.known))),
        promise.source or None,
        promise.proof or None,
        tr("none") if view.due == "none" else view.due,
        listed(map(called, view.inferred)),
        view.note,
        view.indicator,
    )
