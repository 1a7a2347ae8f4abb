"""A snapshot as Markdown, as GitHub and most others render it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import clean
from gztrack.export.bars import bar_text
from gztrack.export.board_text import due_text, period_text
from gztrack.export.cells import DEEPEST
from gztrack.export.glyphs import glyph
from gztrack.export.phrases import (
    dropped_text,
    explained,
    margin_text,
    replaced_text,
    revises_text,
    verdict_text,
)
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, Promise
from gztrack.services.views import Origin

BAR = 10

# Whatever Markdown, HTML, GitHub's mathematics and emoji, or a table could take for its own.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=[#\w])|:(?=[\w+-]))")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

LEGEND = (
    "`?` after a date: inferred, not stated by the source; `p`: provisional. `>` `≥` `<` `≤` `~`: the source gives a"
    " bound or an approximate figure. Bars: `│` is the target, `┃` once its date has passed; `┊` is where the line"
    " from the baseline would be."
)


def render(report: Report) -> bytes:
    """The report as Markdown in UTF-8."""
    board = report.board
    head = [f"As of **{board.as_of}**", escaped(report.method), *map(escaped, report.clocks)]
    lines = [f"# {escaped(report.title)}", "", ", ".join(head) + ".", ""]
    counts = ", ".join(f"{glyph(word)} **{count}** {word}" for word, count in board.counts)
    lines += [escaped_glyphs(counts), ""] if counts else []
    several = len(report.groups) > 1
    lines += _table(_BOARD, [row for group in report.groups for row in _group(*group, several=several)])
    lines += ["", LEGEND, ""]
    if report.reasons:
        lines += ["## Why", ""]
        lines += [
            f"- **{escaped(name)}**: {escaped(explained(status, reason))}"
            for name, status, reason in report.reasons
        ]
        lines.append("")
    lines += ["## Promises", ""]
    for said in report.ledger_summary:
        lines += [escaped(said) + ".", ""]
    if report.promises:
        lines += [*_table(_LEDGER, [_promise(promise) for promise in report.promises]), ""]
    if report.remarks:
        lines += ["## Remarks", ""]
        lines += [f"- **{escaped(what)}**: {escaped(remark)}" for what, remark in report.remarks] + [""]
    if report.sources:
        lines += ["## Sources", ""]
        lines += [f"- [{number}] {_source(origin)}" for number, origin in enumerate(report.sources, 1)] + [""]
    lines += ["---", "", f"Content hash `{report.short_digest}` (SHA-256; the JSON snapshot has all of it)."]
    return ("\n".join(lines) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """User text that no renderer takes for Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def escaped_glyphs(text: str) -> str:
    """Our own line of counts: a tilde in it is the glyph of a status."""
    return text.replace("~", "\\~")


_BOARD = (("", "center"), ("indicator", ""), ("reading", "right"), ("period", ""), ("target", "right"), ("due", ""),
          ("progress", ""), ("", "right"), ("status", ""))  # fmt: skip
_LEDGER = (("", "center"), ("due", ""), ("indicator", ""), ("target", "right"), ("stated", ""), ("in the words", ""),
           ("verdict", ""), ("evidence", ""), ("margin", "right"), ("what changed", ""))  # fmt: skip
_RULES = {"": ":--", "right": "--:", "center": ":-:"}


def _table(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> list[str]:
    heads, rules = [head for head, _ in columns], [_RULES[side] for _, side in columns]
    return [f"| {' | '.join(texts)} |" for texts in (heads, rules, *rows)]


def _group(group: str, lines: Sequence[Line], *, several: bool) -> Iterable[list[str]]:
    if group or several:
        yield ["", f"**{escaped(group) or 'without a group'}**", *[""] * (len(_BOARD) - 2)]
    for line in lines:
        yield _row(line)


def _row(line: Line) -> list[str]:
    row, reading, target = line.row, line.row.reading, line.row.target
    figure = exact(reading.value, row.unit, reading.qualifier, decimals=row.decimals) if reading else ""
    goal = (
        exact_goal(target.value, target.high, target.comparator, row.unit, decimals=row.decimals)
        if target
        else ""
    )
    over = f" in total over {target.over}" if target and target.over else ""
    return [
        escaped(glyph(row.status)),
        "&nbsp;&nbsp;" * min(row.depth, DEEPEST)
        + escaped(row.name)
        + (f" {escaped(row.name_zh)}" if row.name_zh else ""),
        escaped(figure) + _mark(line.reading_source),
        escaped(period_text(reading)),
        escaped(goal + over) + _mark(line.target_source),
        escaped(due_text(target)),
        f"`{bar_text(row.bar, BAR)}`" if row.bar else "",
        escaped(row.percent),
        f"**{row.status}**" if row.status in ("off track", "moving away", "missed") else row.status,
    ]


def _mark(number: int) -> str:
    return f" [{number}]" if number else ""


def _promise(promise: Promise) -> list[str]:
    view = promise.view
    goal = exact_goal(view.value, view.high, view.comparator, promise.unit)
    over = f" in total over {view.over}" if view.over else ""
    when = view.stated_on + ("?" if "stated_on" in view.inferred else "") if view.stated_on else "unknown"
    changed = (
        dropped_text(view),
        replaced_text(view, promise.known),
        revises_text(view, promise.known),
    )
    return [
        escaped(glyph(view.verdict)),
        escaped(due_text(view) or "none"),
        escaped(promise.name),
        escaped(goal + over) + _mark(promise.source),
        escaped(when + (f" by {view.stated_by}" if view.stated_by else "")),
        f"“{escaped(view.quote)}”" if view.quote else "",
        view.verdict if promise.new and view.verdict == "superseded" else escaped(verdict_text(view)),
        escaped(_evidence(promise)) + (_mark(promise.proof) if view.evidence else ""),
        escaped(margin_text(view)),
        escaped("; ".join(text for text in changed if text)),
    ]


def _evidence(promise: Promise) -> str:
    view, unit = promise.view, promise.unit
    if view.evidence_value is None:
        return f"the sum up to {view.evidence}" if view.evidence and view.over else view.evidence
    figure = exact(view.evidence_value, unit, view.evidence_qualifier, with_unit=unit.percent)
    return f"{figure} for {view.evidence}"


def _source(origin: Origin) -> str:
    url = clean(origin.url)
    address = f"<{url}>" if _ADDRESS.fullmatch(url) else escaped(url)
    published = f"published {origin.published}" if origin.published else ""
    return ", ".join(part for part in (escaped(origin.source), address, published) if part)
