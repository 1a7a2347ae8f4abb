"""The page: head, landmarks and sections in order, sources last, and the hash of what it says."""

from __future__ import annotations

import os
from itertools import groupby

from gztrack import __version__
from gztrack.export.diff.words import NOTHING, Line, Part
from gztrack.export.html.charts import anchors, charts, key, others
from gztrack.export.html.indicators import COLUMNS, indicators, legend
from gztrack.export.html.ledger import COLUMNS as LEDGER_COLUMNS
from gztrack.export.html.ledger import ledger
from gztrack.export.html.markup import Citations, address, page_language, small, spoken, status_mark, user
from gztrack.export.html.tables import labels
from gztrack.export.html.themes import themes
from gztrack.export.report import Report
from gztrack.export.report_parts import News
from gztrack.export.svg_shapes import xml
from gztrack.export.wording import listed, published
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.services.views import Origin, counted_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load: nothing but the style that stands in it."""

_STYLE = os.path.join(os.path.dirname(__file__), "page.css")


class _Section(NamedTuple):
    """A part of the page.

    Attributes:
        name: Its anchor.
        heading: What it is called.
        content: Markup.
    """

    name: str
    heading: str
    content: str


def render(report: Report) -> bytes:
    """The report as an HTML page in UTF-8."""
    sections = list(_sections(report))
    title = listed((report.title, tr("as of {date}", date=report.board.as_of)))
    skip = tr("Skip to the figures")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{page_language()}">',
        "<head>",
        '<meta charset="utf-8"/>',
        f'<meta http-equiv="Content-Security-Policy" content="{xml(POLICY)}"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        '<meta name="referrer" content="no-referrer"/>',
        '<meta name="color-scheme" content="light dark"/>',
        f'<meta name="generator" content="gztrack {__version__}"/>',
        f"<title>{xml(title)}</title>",
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#main">{xml(skip)}</a>',
        *_top(report),
        _contents(sections),
        '<main id="main">',
        *(_section(section) for section in sections),
        "</main>",
        *_foot(report),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _style() -> str:
    with open(_STYLE, encoding="utf-8") as file:
        style = file.read()
    stacked = labels("board", COLUMNS) + labels("ledger", LEDGER_COLUMNS)
    return f"{themes()}{style}@media screen and (max-width:40rem){{{stacked}}}\n"


def _sections(report: Report) -> Iterator[_Section]:
    citations, places = Citations(), anchors(report)
    if report.news:
        yield _Section("news", report.news.heading, _news(report.news, citations))
    yield _Section("indicators", tr("Indicators"), indicators(report, citations, places) + legend())
    if places:
        drawn = f'<div class="charts">{charts(report, citations, places)}</div>{key(report, places)}'
        yield _Section("charts", tr("Charts"), drawn)
    if rest := others(report, citations, places):
        yield _Section("readings", tr("Readings without a chart"), rest)
    yield _Section("promises", tr("Promises"), ledger(report, citations))
    if report.remarks:
        yield _Section("remarks", tr("Remarks"), _remarks(report))
    if sources := "".join(_sources(report, citations)):
        yield _Section("sources", tr("Sources"), f'<ol class="sources">{sources}</ol>')


def _section(section: _Section) -> str:
    return (
        f'<section aria-labelledby="{section.name}"><h2 id="{section.name}">{xml(section.heading)}</h2>\n'
        f"{section.content}\n</section>"
    )


def _contents(sections: list[_Section]) -> str:
    links = "".join(f'<li><a href="#{section.name}">{xml(section.heading)}</a></li>' for section in sections)
    label = xml(tr("contents"))
    return f'<nav aria-label="{label}"><ul>{links}</ul></nav>'


def _top(report: Report) -> Iterator[str]:
    board = report.board
    day = f'<time datetime="{board.as_of}">{board.as_of}</time>'
    count = ntr("{n:,} indicator", "{n:,} indicators", len(board.rows))
    scope = (tr("as of {date}", date=day), *map(xml, (report.method, *report.clocks, count)))
    yield "<header>"
    yield f"<h1{spoken(report.title)}><bdi>{xml(report.title)}</bdi></h1>"
    yield f'<ul class="scope">{"".join(f"<li>{said}</li>" for said in scope)}</ul>'
    if board.counts:
        counts = "".join(
            f"<li>{status_mark(word)}<b>{count:,}</b> {xml(counted_word(word))}</li>"
            for word, count in board.counts
        )
        label = xml(tr("how many there are of each status"))
        yield f'<ul class="counts" aria-label="{label}">{counts}</ul>'
    yield "</header>"


def _news(news: News, citations: Citations) -> str:
    """What is new, below each heading an indicator's lines together."""
    said = "".join(f"<p>{xml(each)}</p>" for each in news.said)
    parts = "".join(_part(part, citations) for part in news.parts) or f"<p>{xml(tr(NOTHING))}</p>"
    return f'<div class="news">{said}{parts}</div>'


def _part(part: Part, citations: Citations) -> str:
    groups = (
        f"<div><dt>{user(name)}</dt>{''.join(_told(line, citations) for line in lines)}</div>"
        for name, lines in groupby(part.lines, lambda line: line.name)
    )
    return f"<h3>{xml(part.heading)}</h3><dl>{''.join(groups)}</dl>"


def _told(line: Line, citations: Citations) -> str:
    clauses = tr("; ").join(xml(clause.text) + citations.cite(clause.source) for clause in line.clauses)
    note = small(user(line.note)) if line.note else ""
    return f"<dd>{clauses}{note}</dd>"


def _remarks(report: Report) -> str:
    pairs = (f"<div><dt>{xml(what)}</dt><dd>{xml(remark)}</dd></div>" for what, remark in report.remarks)
    return f'<dl class="remarks">{"".join(pairs)}</dl>'


def _sources(report: Report, citations: Citations) -> Iterator[str]:
    """Every source that the page cites, with its number."""
    for item in report.data["sources"]:
        number = item["number"]
        if number in citations.places:
            origin = Origin(item["source"] or "", item["source_url"] or "", item["published"] or "")
            yield f'<li id="source-{number}" value="{number}">{_source(origin)}{citations.back(number)}</li>\n'


def _source(origin: Origin) -> str:
    return listed(
        (
            user(origin.source) if origin.source else "",
            address(origin.url) if origin.url else "",
            xml(published(origin.published)),
        )
    )


def _foot(report: Report) -> Iterator[str]:
    yield "<footer>"
    digest = f"<code>sha256:{report.digest}</code>"
    for said in (
        tr("Content hash {hash}", hash=digest),
        tr("The same facts and date have the same hash; the JSON snapshot has all that is hashed."),
        tr("Made with gztrack {version}.", version=__version__),
    ):
        yield f"<p>{said}</p>"
    yield "</footer>"
