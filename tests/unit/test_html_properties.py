"""Whatever people type: the page stays well-formed, shows it, and takes none of it for markup."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from books import TODAY
from gztrack.domain.text import clean
from gztrack.export.snapshot import render
from gztrack.language import speaking
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore

NASTY = [
    "<b>", "</style>", "</script><script>alert(1)</script>", "<!--", "]]>", "&amp;", "&#0;", "\"onload='x'", "'", '"',
    "<svg/onload=x>", "{name}", "{{", "%s", "\\", "\x1b[31m", "\x00", "\ufffe", "\u202e", "\u2028", "א", "年产能", "\n",
    "var(--x)", "javascript:x", "#chart-1", "=1+1",
]  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=4)), min_size=1, max_size=4).map("".join)
NAME = TEXT.filter(lambda text: bool(clean(text)))

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "bdi", "ul", "ol", "li", "b",
    "nav", "main", "section", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "small", "sup", "span",
    "article", "p", "br", "details", "summary", "dl", "dt", "dd", "footer", "code", "time", "q",
    "svg", "path", "circle", "text", "tspan", "polyline", "desc",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "aria-label", "aria-hidden",
    "aria-labelledby", "role", "tabindex", "scope", "colspan", "rowspan", "rel", "datetime", "value",
}  # fmt: skip
"""What stands on elements of HTML; pictures have more."""


@st.composite
def databases(draw: st.DrawFn) -> Tracker:
    """Two indicators, one with everything, and people's texts in every field that takes one."""
    tracker = Tracker(MemoryStore(draw(TEXT)), author=draw(NAME), login="x", today=TODAY)
    tracker.add_indicator(
        IndicatorEntry("one", draw(NAME), "things", draw(TEXT), name_zh=draw(TEXT), definition=draw(TEXT))
    )
    tracker.add_indicator(IndicatorEntry("two", draw(NAME), "things", draw(TEXT)))
    tracker.log(LogEntry("one", "5", "2020", note=draw(TEXT), source=draw(TEXT)))
    tracker.log(LogEntry("one", "6", "2021", note=draw(TEXT), source=draw(TEXT), series=draw(TEXT)))
    tracker.log(LogEntry("one", "7", "2022", source=draw(TEXT), url="https://e.example/?a=1&b='x'"))
    tracker.set_target(
        GoalEntry(
            "one", "9", "2027", stated_by=draw(TEXT), quote=draw(TEXT), note=draw(TEXT), source=draw(TEXT)
        )
    )
    tracker.set_target(GoalEntry("one", "9", "2028", replaces="one@2027", reason=draw(NAME)))
    return tracker


@settings(max_examples=60, deadline=None)
@given(databases(), st.sampled_from(["en", "zh"]))
def test_no_text_becomes_markup_and_every_name_shows(tracker: Tracker, spoken: str) -> None:
    with speaking(spoken):
        root = ElementTree.fromstring(render(tracker, "html"))

    shown = {"".join(element.itertext()) for element in root.iter()}
    for row in tracker.board().rows:
        for name in (row.name, row.name_zh):
            assert re.sub("[\ufffe\uffff]", "", name) in shown | {""}
    for element in root.iter():
        space, _, tag = element.tag.rpartition("}")
        assert tag in ELEMENTS
        assert not [name for name in element.keys() if name.lower().startswith("on")]  # noqa: SIM118
        if not space and tag not in {"svg", "path", "circle", "text", "tspan", "polyline"}:
            assert set(element.keys()) <= ATTRIBUTES
        for name in ("id", "class", "href", "aria-labelledby"):
            value = element.get(name, "")
            assert value.isascii()
            assert set(value) <= set("abcdefghijklmnopqrstuvwxyz0123456789-# ") or value.startswith(
                "https://"
            )
