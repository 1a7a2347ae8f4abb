"""Whatever people type into names, notes and sources: tables keep their shape and XML stays XML."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from books import TEXTS, TODAY
from gztrack.domain.text import clean
from gztrack.export.report import build
from gztrack.export.snapshot import render
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore

NASTY = [
    "|", "||", "\\", "\\|", "`", "``", "*", "**x**", "_x_", "<b>", "</svg>", "<!--", "]]>", "&amp;", "&lt;", "&#65;",
    "[x](http://e.example)", "![x](y)", "[1]: /url", "# x", "- x", "1. x", "> x", "~~x~~", "$x$", ":smile:", "---",
    "\n", "\r\n", "\n\n# x", "\t", "\x1b[31m", "\x00", "\ufffe", "\u202e", "'", '"', "年产能", "=1+1", "<https://x>",
    "http://e.example/a|b",
]  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=4)), min_size=1, max_size=4).map("".join)
NAME = TEXT.filter(lambda text: bool(clean(text)))


@st.composite
def databases(draw: st.DrawFn) -> Tracker:
    """Two indicators, one with everything, and people's texts in every field that takes one."""
    tracker = Tracker(MemoryStore(draw(TEXT)), author=draw(NAME), login="x", today=TODAY)
    group = draw(TEXT)
    tracker.add_indicator(
        IndicatorEntry("one", draw(NAME), "things", group, name_zh=draw(TEXT), definition=draw(TEXT))
    )
    tracker.add_indicator(IndicatorEntry("two", draw(NAME), "things", draw(TEXT)))
    tracker.log(LogEntry("one", "5", "2020", note=draw(TEXT), source=draw(TEXT), series=draw(TEXT)))
    tracker.log(
        LogEntry("one", "6", "2021", note=draw(TEXT), source=draw(TEXT), url="https://e.example/a|b`*_")
    )
    tracker.set_target(
        GoalEntry(
            "one", "9", "2027", stated_by=draw(TEXT), quote=draw(TEXT), note=draw(TEXT), source=draw(TEXT)
        )
    )
    tracker.set_target(GoalEntry("one", "9", "2028", replaces="one@2027", reason=draw(NAME)))
    return tracker


def flat(tokens: list[Token]) -> list[Token]:
    return [part for token in tokens for part in (token, *(token.children or ()))]


@settings(max_examples=80, deadline=None)
@given(databases())
def test_markdown_keeps_its_tables_and_no_text_becomes_markup(tracker: Tracker) -> None:
    report = build(tracker)

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(render(tracker, "md").decode())

    kinds = [token.type for token in flat(tokens)]
    groups = len(report.groups) if len(report.groups) > 1 or report.groups[0][0] else 0
    assert kinds.count("table_open") == 2
    assert kinds.count("th_open") == kinds.count("th_close") == 11 + 10
    assert kinds.count("td_open") == 11 * (groups + len(report.board.rows)) + 10 * len(report.promises)
    assert kinds.count("heading_open") == 1 + sum(
        bool(part) for part in (report.reasons, True, report.remarks, report.sources)
    )
    assert not {"html_inline", "html_block", "image", "s_open", "blockquote_open", "ordered_list_open"} & set(
        kinds
    )
    assert not {"em_open", "fence", "code_block"} & set(kinds)
    assert kinds.count("bullet_list_open") == sum(
        bool(part) for part in (report.reasons, report.remarks, report.sources)
    )
    assert kinds.count("link_open") == sum(bool(origin.url) for origin in report.sources)
    assert kinds.count("hr") == 1


@settings(max_examples=80, deadline=None)
@given(databases())
def test_markdown_renders_names_as_they_are(tracker: Tracker) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(render(tracker, "md").decode())

    inline = [token for token in tokens if token.type == "inline"]
    texts = ["".join(part.content for part in token.children or ()) for token in inline]
    for row in tracker.board().rows:
        assert any(text.startswith(row.name) for text in texts), row.name


@settings(max_examples=80, deadline=None)
@given(databases())
def test_the_picture_is_xml_and_says_the_names(tracker: Tracker) -> None:
    board, chart = render(tracker, "svg"), render(tracker, "svg", chart="one")

    for picture in (board, chart):
        kinds = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture).iter()}
        assert kinds <= {"svg", "title", "desc", "rect", "path", "polyline", "circle", "text", "tspan"}


@settings(max_examples=40, deadline=None)
@given(databases())
def test_the_machine_formats_read_back(tracker: Tracker) -> None:
    found: dict[str, Any] = json.loads(render(tracker, "json"))
    rows = list(csv.reader(io.StringIO(render(tracker, "csv").decode(), newline="")))

    assert [item["name"] for item in found["indicators"]] == [row.name for row in tracker.board().rows]
    assert [row[0] for row in rows] == ["kind", *["indicator"] * 2, *["target"] * 2, *["count"] * 2]
    assert {len(row) for row in rows} == {len(rows[0])}


@settings(max_examples=40, deadline=None)
@given(databases())
def test_no_format_lets_a_control_character_through(tracker: Tracker) -> None:
    for kind in TEXTS:
        text = render(tracker, kind).decode()
        text = text.replace("\r\n", "\n") if kind == "csv" else text
        assert not {char for char in text if char != "\n" and unicodedata.category(char) == "Cc"}, kind
        assert not set(text) & set("\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2069\ufeff\u2028"), kind
