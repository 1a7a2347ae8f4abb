"""A snapshot as plain text of a hundred columns, for mail and for reading anywhere."""

from __future__ import annotations

from collections.abc import Iterable

from gztrack.domain.amounts import exact, exact_goal
from gztrack.export.board_text import board_text, due_text, period_text, summary_text
from gztrack.export.cells import wrapped
from gztrack.export.glyphs import glyph
from gztrack.export.ledger_text import story
from gztrack.export.phrases import explained, promise_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, Promise

WIDTH = 100

LEGEND = (
    "? after a date: inferred, not stated by the source; p: provisional. > ≥ < ≤ ~: the source gives a bound or an "
    "approximate figure; ~ in front of the table's short figures also says that digits were dropped. Bars: │ is "
    "the target, ┃ once its date has passed, ┊ where the line from the baseline would be."
)


def render(report: Report) -> bytes:
    """The report as text in UTF-8."""
    lines = wrapped(report.title, WIDTH)
    asked = (f"as of {report.board.as_of}", report.method, *report.clocks)
    lines += [*wrapped(", ".join(asked), WIDTH), ""]
    lines += [summary_text(report.board.counts), *board_text(report.board, width=WIDTH).splitlines()[1:], ""]
    lines += [*wrapped(LEGEND, WIDTH), "", "Figures", ""]
    for line in report.lines:
        lines += _figures(line)
    lines += [
        "",
        "Promises",
        "",
        *(line for said in report.ledger_summary for line in wrapped(said, WIDTH)),
        "",
    ]
    for promise in report.promises:
        lines += _promise(promise)
    lines += _listed("Remarks", (("- ", f"{what}: {remark}") for what, remark in report.remarks))
    sources = (
        (
            f"[{number}] ",
            ", ".join(part for part in (origin.source, origin.url, _published(origin.published)) if part),
        )
        for number, origin in enumerate(report.sources, 1)
    )
    lines += _listed("Sources", sources)
    lines += ["", f"Content hash {report.short_digest} (SHA-256; the JSON snapshot has all of it)"]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode("utf-8")


def _figures(line: Line) -> list[str]:
    row, reading, target = line.row, line.row.reading, line.row.target
    said = []
    if reading:
        figure = exact(reading.value, row.unit, reading.qualifier, decimals=row.decimals)
        said.append(f"{figure} for {period_text(reading)}{_mark(line.reading_source)}")
    if target:
        goal = exact_goal(target.value, target.high, target.comparator, row.unit, decimals=row.decimals)
        over = f" in total over {target.over}" if target.over else ""
        due = f" by {due_text(target)}" if target.due != "none" else ""
        said.append(f"target {goal}{over}{due}{_mark(line.target_source)}")
    said.append(explained(row.status, row.reason))
    return wrapped(f"{row.name}: {'; '.join(said)}", WIDTH, f"{glyph(row.status)} ", "  ")


def _promise(promise: Promise) -> list[str]:
    view = promise.view
    head = f"{promise.name}: {promise_text(view, promise.unit)}{_mark(promise.source)}: {view.verdict}"
    lines = wrapped(head, WIDTH, f"{glyph(view.verdict)} ", "  ")
    # Notes stand among the remarks.
    for part in story(view, promise.known, promise.unit, notes=False):
        lines += wrapped(part, WIDTH, "    ", "      ")
    return lines


def _mark(number: int) -> str:
    return f" [{number}]" if number else ""


def _published(day: str) -> str:
    return f"published {day}" if day else ""


def _listed(heading: str, items: Iterable[tuple[str, str]]) -> list[str]:
    lines = [line for first, text in items for line in wrapped(text, WIDTH, first, " " * len(first))]
    return ["", heading, "", *lines] if lines else []
