"""A chart for each indicator that has something to draw, and every reading behind the figures as a table."""

from __future__ import annotations

from gztrack.domain.amounts import exact
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.board_text import period_text
from gztrack.export.chart_legend import entries
from gztrack.export.chart_picture import drawn
from gztrack.export.html.markup import Citations, dated, small, status_mark, status_word, user
from gztrack.export.html.tables import cell, figure, names, table
from gztrack.export.phrases import brief, promise_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Line
from gztrack.export.svg_shapes import css, xml
from gztrack.export.wording import headed, read_for
from gztrack.language import ntr, term, tr
from gztrack.services.board.chart_view import Chart
from gztrack.services.views import Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gztrack.export.chart_legend import Sample

LEAST = 2
"""Readings and promises that make a chart: a single one is a figure, and stands in the table."""

MOST, FEWEST, IN_ALL = 60, 12, 12_000
"""Readings that are listed: at most so many of an indicator, the latest; fewer of each where the page had more in
all than a browser shows at once, but so many in any case. The JSON snapshot has every one."""

WIDE, HIGH = 380, 230
"""Pixels of a chart as it is drawn: on a telephone its labels can still be read, three of them fill a page."""

COLUMNS = (
    (term("period"), ""),
    (term("reading"), "figure"),
    (term("whether it counts"), ""),
    (term("note"), ""),
)


def anchors(report: Report) -> dict[str, str]:
    """Id of an indicator to the anchor of its chart, of those that have one."""
    return {
        line.row.id: f"chart-{number}"
        for number, line in enumerate(report.lines, 1)
        if _worth(report.charts.get(line.row.id))
    }


def _worth(chart: Chart | None) -> bool:
    return chart is not None and len(chart.points) + len(chart.targets) >= LEAST


def charts(report: Report, citations: Citations, places: Mapping[str, str]) -> str:
    """The charts with their readings, in board order.

    Args:
        report: The snapshot, with charts.
        citations: Told what is cited.
        places: What `anchors` found.
    """
    behind, most = _readings(report), _most(report)
    return "\n".join(
        _chart(line, report.charts[line.row.id], behind[line.row.id], most, citations, places[line.row.id])
        for line in report.lines
        if line.row.id in places
    )


def key(report: Report, places: Mapping[str, str]) -> str:
    """What the marks and lines of the charts mean, those that occur in any."""
    found: dict[str, Sample] = {}
    for slug in places:
        for sample, text in entries(report.charts[slug], css):
            found.setdefault(text, sample)
    label = xml(tr("legend of the charts"))
    samples = (
        f'<li><svg class="sample" viewBox="0 0 30 20" aria-hidden="true">{sample(2, 10)}</svg> {xml(text)}</li>'
        for text, sample in found.items()
    )
    return f'<ul class="legend key" aria-label="{label}">{"".join(samples)}</ul>'


def others(report: Report, citations: Citations, places: Mapping[str, str]) -> str:
    """The readings of what has no chart, in one table; nothing where there are none."""
    behind, most = _readings(report), _most(report)
    bodies = [
        _body(line.row, behind[line.row.id], most, citations, named=True)
        for line in report.lines
        if line.row.id not in places and behind[line.row.id]
    ]
    columns = ((term("indicator"), ""), *COLUMNS)
    return table("readings all", tr("Readings without a chart"), columns, bodies) if bodies else ""


def _readings(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Id of an indicator to its readings as the JSON snapshot has them, latest first."""
    return {item["id"]: item["readings"] for item in report.data["indicators"]}


def _most(report: Report) -> int:
    """How many readings are listed of an indicator."""
    return max(FEWEST, min(MOST, IN_ALL // max(1, len(report.board.rows))))


def _chart(
    line: Line,
    chart: Chart,
    readings: Sequence[dict[str, Any]],
    most: int,
    citations: Citations,
    place: str,
) -> str:
    row = line.row
    status = status_mark(row.status) + status_word(row.status, tr(row.status))
    why = xml(brief(row.status, row.reason))
    picture = drawn(chart, row.shown_name, width=WIDE, height=HIGH, paint=css)
    return (
        f'<article class="chart" id="{place}" aria-labelledby="{place}-name">'
        f'<h3 id="{place}-name">{names(row)}</h3>'
        f'<p class="verdict">{headed(status, why)}</p>'
        f'<p class="latest">{_figures(row)}</p>'
        f"{picture}{_behind(row, readings, most, citations)}</article>"
    )


def _figures(row: Row) -> str:
    """The latest reading and below it the target, as markup."""
    said = []
    if row.reading:
        value = exact(row.reading.value, row.shown_unit, row.reading.qualifier, decimals=row.decimals)
        said.append(xml(read_for(value, period_text(row.reading))))
    if row.target:
        target = promise_text(row.target, row.shown_unit, row.decimals)
        said.append(xml(tr("target {target}", target=target)))
    return "<br/>".join(said)


def _behind(row: Row, readings: Sequence[dict[str, Any]], most: int, citations: Citations) -> str:
    if not readings:
        return ""
    count = ntr("{n:,} reading", "{n:,} readings", len(readings))
    caption = tr("Readings of {name}", name=row.shown_name)
    inside = table("readings", caption, COLUMNS, [_body(row, readings, most, citations)])
    return f"<details><summary>{xml(count)}</summary>{inside}</details>"


def _body(
    row: Row, readings: Sequence[dict[str, Any]], most: int, citations: Citations, *, named: bool = False
) -> str:
    """The readings of an indicator, a row each.

    Args:
        row: The indicator.
        readings: As the JSON snapshot has them.
        most: How many to list.
        citations: Told what is cited.
        named: Begin with its name.
    """
    rows = [_row(reading, row.shown_unit, row.decimals, citations) for reading in readings[:most]]
    more = len(readings) - most
    if more > 0:
        said = ntr(
            "{n:,} more reading, in the JSON snapshot", "{n:,} more readings, in the JSON snapshot", more
        )
        rows.append(f'<td colspan="{len(COLUMNS)}" class="more">{xml(said)}</td>')
    if named:
        rows[0] = f'<th scope="rowgroup" rowspan="{len(rows)}">{names(row)}</th>{rows[0]}'
    return f"<tbody>{''.join(f'<tr>{each}</tr>' for each in rows)}</tbody>"


def _row(reading: Mapping[str, Any], unit: Unit, decimals: int | None, citations: Citations) -> str:
    flags = ("p" if reading["provisional"] else "") + ("?" if "period" in reading["inferred"] else "")
    value = reading["value"]
    said = "" if value is None else xml(figure(value, unit, reading["qualifier"], decimals))
    return (
        f'<th scope="row">{dated(clean(reading["period"]), flags)}</th>'
        + cell(said + citations.cite(reading["source_number"] or 0), "figure")
        + cell(xml(tr(reading["standing"])), "" if reading["standing"] == "counts" else "aside")
        + cell("".join(_notes(reading)), "prose")
    )


def _notes(reading: Mapping[str, Any]) -> Iterator[str]:
    """What else is said of a reading."""
    if reading["series"]:
        said = tr("series {series}", series=user(reading["series"]))
        yield f"<div>{said}</div>"
    if reading["note"]:
        yield f"<div>{user(reading['note'])}</div>"
    if reading["pinned"]:
        yield small(xml(tr("pinned")))
