"""Pictures for reports: the board and one indicator as pages on which nothing overlaps, whatever it is called."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import GOLDEN, TODAY, empty, followed, states
from gztrack.domain.text import clean
from gztrack.export.report import build
from gztrack.export.snapshot import render
from gztrack.language import speaking
from gztrack.services.board.selecting import Selection
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from pictures import SVG, awkward, collisions, texts

BOOKS = {"5g-base-stations": followed, "nev-output": states}


def chart(tracker: Tracker, slug: str) -> bytes:
    return render(tracker, "svg", only=Selection(frozenset({slug})), chart=slug)


def check(picture: bytes) -> None:
    root = ElementTree.fromstring(picture)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert collisions(texts(picture), width, height) == []


@pytest.mark.parametrize("slug", BOOKS)
def test_the_golden_bytes_of_a_chart(slug: str) -> None:
    made = chart(BOOKS[slug](), slug)

    assert made == (GOLDEN / f"{slug}-chart.svg").read_bytes(), (
        "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"
    )


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("book", [followed, states, awkward])
def test_nothing_overlaps_on_any_page(book: object, tongue: str) -> None:
    tracker: Tracker = book()  # type: ignore[operator]
    with speaking(tongue):
        check(render(tracker, "svg"))
        for row in tracker.board().rows:
            check(chart(tracker, row.id))


@settings(max_examples=25, deadline=None)
@given(
    st.text(min_size=1, max_size=120).filter(lambda text: bool(clean(text))),
    st.one_of(
        st.integers(-(10**14), 10**14), st.integers(-(10**9), 10**9).map(lambda value: value / 1e6)
    ).map(lambda value: f"{value:f}" if isinstance(value, float) else str(value)),
    st.sampled_from(["辆/年", "CNY", "%", "vehicles/year", "kilometres of track laid in the districts"]),
)
def test_nothing_overlaps_whatever_it_is_called_and_however_large_it_is(
    name: str, value: str, unit: str
) -> None:
    tracker = empty(name)
    tracker.add_indicator(IndicatorEntry("one", name, unit, name, name_zh="年产能" * 20))
    tracker.log(LogEntry("one", "1", "2019", source=name))
    if float(value) != 0:
        tracker.log(LogEntry("one", value, "2020", source=name, note=name, yes=True))
    tracker.set_target(GoalEntry("one", value, "2027", comparator="at least", stated_by=name, quote=name))

    check(render(tracker, "svg"))
    check(chart(tracker, "one"))


def test_a_chart_names_what_it_shows() -> None:
    shown = [one.text for one in texts(chart(followed(), "5g-base-stations"))]

    assert shown[:3] == ["5G base stations built", "stations, as of 2026-11-24, method linear", "?"]
    assert shown[3] == "cannot tell"
    assert {"reading", "at least", "another target", "Sources", "Remarks"} - set(shown) == {"Remarks"}
    assert "2020: https://slyday.com/show-119132-1-1.html" in shown
    assert "≥80,000 by 2022-12-31: http://shadafang.com/c/12235V2Z2020.html, published 2020-12-22" in shown
    report = build(followed(), only=Selection(frozenset({"5g-base-stations"})))
    assert f"Content hash {report.short_digest}" in shown


def test_the_legend_has_what_is_drawn_alone() -> None:
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("one", "One", "things"))
    tracker.log(LogEntry("one", "5", "2020"))

    shown = [one.text for one in texts(chart(tracker, "one"))]

    assert "reading" in shown
    assert not {"another target", "projection", "provisional or about", "at least", "at most"} & set(shown)


def test_sources_beyond_a_few_are_counted() -> None:
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("one", "One", "things"))
    for at in range(11):
        tracker.log(LogEntry("one", str(at), str(2010 + at), source=f"Yearbook {at}"))

    shown = [one.text for one in texts(chart(tracker, "one"))]

    assert "and 3 more sources" in shown
    assert "2010: Yearbook 0" in shown


def test_a_chart_of_nothing_is_a_page_too() -> None:
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("one", "One", "things"))

    assert "neither a reading nor a target" in [one.text for one in texts(chart(tracker, "one"))]


def test_rows_of_the_board_have_attainment_path_and_trend() -> None:
    picture = render(followed(), "svg")
    shown = [one.text for one in texts(picture)]

    for head in ("reading", "target", "attainment", "path", "status", "trend"):
        assert head in shown
    assert {"115 %", "~116 %"} <= set(shown)
    assert len(list(ElementTree.fromstring(picture).iter(f"{SVG}polyline"))) == 2


def test_the_day_is_that_of_the_report() -> None:
    assert f"stations, as of {TODAY}, method linear" in chart(followed(), "5g-base-stations").decode()
