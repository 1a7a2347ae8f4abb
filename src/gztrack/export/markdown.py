"""A snapshot as Markdown, as GitHub and most others render it."""

from __future__ import annotations

import re

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import clean
from gztrack.export.bars import bar_text
from gztrack.export.board_text import due_text, fully_named, named, period_text
from gztrack.export.cells import DEEPEST
from gztrack.export.glyphs import glyph
from gztrack.export.phrases import (
    dropped_text,
    explained,
    margin_text,
    proof_text,
    replaced_text,
    revises_text,
    share_text,
    verdict_text,
)
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, News, Promise
from gztrack.export.trends import sparkline
from gztrack.export.wording import listed, marked, published, told, totalled
from gztrack.language import ptr, term, tr
from gztrack.services.views import Origin, counted_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BAR = 10
TREND = 12
"""Cells of bars and trends."""

# Whatever Markdown, HTML, GitHub's mathematics and emoji, or a table could take for its own.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=[#\w])|:(?=[\w+-]))")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

LEGEND = term(
    "`?` after a date: inferred, not stated by the source; `p`: provisional. `>` `≥` `<` `≤` `~`: the source gives a"
    " bound or an approximate figure. Bars: `│` is the target, `┃` once its date has passed; `┊` is where the line"
    " from the baseline would be."
)


def render(report: Report) -> bytes:
    """The report as Markdown in UTF-8."""
    board = report.board
    head = [tr("As of **{date}**", date=board.as_of), escaped(report.method), *map(escaped, report.clocks)]
    lines = [f"# {escaped(report.title)}", "", tr("{sentence}.", sentence=listed(head)), ""]
    counts = listed(
        tr("{glyph} **{count}** {what}", glyph=glyph(word), count=count, what=counted_word(word))
        for word, count in board.counts
    )
    lines += [escaped_glyphs(counts), ""] if counts else []
    if report.news:
        lines += _news(report.news)
    several = len(report.groups) > 1
    lines += _table(_BOARD, [row for group in report.groups for row in _group(*group, several=several)])
    lines += ["", tr(LEGEND), ""]
    if report.reasons:
        lines += _heading(tr("Why"))
        lines += [_item(name, explained(status, reason)) for name, status, reason in report.reasons]
        lines.append("")
    lines += _heading(tr("Promises"))
    for said in report.ledger_summary:
        lines += [tr("{sentence}.", sentence=escaped(said)), ""]
    if report.promises:
        lines += [*_table(_LEDGER, [_promise(promise) for promise in report.promises]), ""]
    if report.remarks:
        lines += _heading(tr("Remarks"))
        lines += [_item(what, remark) for what, remark in report.remarks] + [""]
    if report.sources:
        lines += _heading(tr("Sources"))
        lines += [source_item(number, origin) for number, origin in enumerate(report.sources, 1)] + [""]
    whole = tr("Content hash `{hash}` (SHA-256; the JSON snapshot has all of it).", hash=report.short_digest)
    lines += ["---", "", whole]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _news(news: News) -> list[str]:
    from gztrack.export.diff.markdown import part_lines  # most reports are of one day

    lines = _heading(news.heading)
    for said in news.said:
        lines += [tr("{sentence}.", sentence=escaped(said)), ""]
    return [*lines, *part_lines(news.parts, "###"), *_heading(tr("Indicators"))]


def _heading(text: str) -> list[str]:
    return [f"## {text}", ""]


def _item(what: str, text: str) -> str:
    return tr("- **{what}**: {text}", what=escaped(what), text=escaped(text))


def escaped(text: str) -> str:
    """User text that no renderer takes for Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def escaped_glyphs(text: str) -> str:
    """Our own line of counts: a tilde in it is the glyph of a status."""
    return text.replace("~", "\\~")


_BOARD = (
    ("", "center"),
    (term("indicator"), ""),
    (term("reading"), "right"),
    (term("period"), ""),
    (term("target"), "right"),
    (term("due"), ""),
    (term("progress"), ""),
    (term("attainment"), "right"),
    (term("path"), "right"),
    (term("trend"), ""),
    (term("status"), ""),
)
_LEDGER = (
    ("", "center"),
    (term("due"), ""),
    (term("indicator"), ""),
    (term("target"), "right"),
    (term("stated"), ""),
    (term("in the words"), ""),
    (term("verdict"), ""),
    (term("evidence"), ""),
    (term("margin"), "right"),
    (term("what changed"), ""),
)
_RULES = {"": ":--", "right": "--:", "center": ":-:"}


def _table(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> list[str]:
    heads, rules = [tr(head) for head, _ in columns], [_RULES[side] for _, side in columns]
    return [f"| {' | '.join(texts)} |" for texts in (heads, rules, *rows)]


def _group(group: str, lines: Sequence[Line], *, several: bool) -> Iterable[list[str]]:
    if group or several:
        heading = escaped(group) or tr("without a group")
        yield ["", f"**{heading}**", *[""] * (len(_BOARD) - 2)]
    for line in lines:
        yield _row(line)


def _row(line: Line) -> list[str]:
    row, reading, target = line.row, line.row.reading, line.row.target
    figure = exact(reading.value, row.shown_unit, reading.qualifier, decimals=row.decimals) if reading else ""
    goal = (
        exact_goal(target.value, target.high, target.comparator, row.shown_unit, decimals=row.decimals)
        if target
        else ""
    )
    goal, status = totalled(goal, target.over) if target else "", tr(row.status)
    return [
        escaped(glyph(row.status)),
        "&nbsp;&nbsp;" * min(row.depth, DEEPEST) + escaped(fully_named(row)),
        marked(escaped(figure), line.reading_source),
        escaped(period_text(reading)),
        marked(escaped(goal), line.target_source),
        escaped(due_text(target)),
        f"`{bar_text(row.bar, BAR)}`" if row.bar else "",
        escaped(share_text(row.assessment.attainment)),
        escaped(share_text(row.assessment.path)),
        sparkline(row.trend, TREND),
        f"**{status}**" if row.status in ("off track", "moving away", "missed") else status,
    ]


def _promise(promise: Promise) -> list[str]:
    view = promise.view
    goal = totalled(exact_goal(view.value, view.high, view.comparator, promise.unit), view.over)
    when = (
        view.stated_on + ("?" if "stated_on" in view.inferred else "")
        if view.stated_on
        else ptr("date", "unknown")
    )
    changed = (
        dropped_text(view),
        replaced_text(view, promise.known),
        revises_text(view, promise.known),
    )
    return [
        escaped(glyph(view.verdict)),
        escaped(due_text(view) or tr("none")),
        escaped(named(promise)),
        marked(escaped(goal), promise.source),
        escaped(tr("{date} by {who}", date=when, who=view.stated_by) if view.stated_by else when),
        f"“{escaped(view.quote)}”" if view.quote else "",
        tr(view.verdict) if promise.new and view.verdict == "superseded" else escaped(verdict_text(view)),
        marked(escaped(proof_text(view, promise.unit)), promise.proof if view.evidence else 0),
        escaped(margin_text(view)),
        escaped(told(changed)),
    ]


def source_item(number: int, origin: Origin) -> str:
    """A source in the list of them, with its number."""
    url = clean(origin.url)
    address = f"<{url}>" if _ADDRESS.fullmatch(url) else escaped(url)
    said = listed((escaped(origin.source), address, published(origin.published)))
    return f"- [{number}] {said}"
