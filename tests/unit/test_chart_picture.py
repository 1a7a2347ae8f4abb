"""The drawn chart of an indicator: what it says, and that its labels keep apart whatever the data."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import TODAY, followed, states, stations
from gztrack.domain.units import parse_unit
from gztrack.export.chart_picture import drawn
from gztrack.export.report import build
from gztrack.export.svg_shapes import COLOURS, css
from gztrack.language import speaking
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartProjection, ChartTarget, Spot
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore
from pictures import SVG, collisions, texts

DAY = date(2026, 11, 24)
UNITS = [
    "", "%", "CNY", "vehicles/year", "辆/年", "元（累计，按当年价格计算，不含跨区企业）",
    "tonnes of carbon dioxide equivalent per hectare of floor area in use, yearly mean",
]  # fmt: skip
VALUES = st.one_of(
    st.integers(-5, 5),
    st.integers(-(10**15), 10**15),
    st.floats(-1e6, 1e6, allow_nan=False)
    .map(lambda value: float(f"{value:.6g}"))
    .filter(lambda v: not 0 < abs(v) < 1e-9),
    st.sampled_from([0, 1e-6, -1e-6, 0.25, 999_999, 10**15, 1234.5]),
)
DAYS = st.one_of(
    st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.dates(date(1900, 1, 1), date(2200, 12, 31))
)
QUALIFIERS = ("exact", "at least", "more than", "about", "at most", "less than")


def points(
    *values: float, first: date = date(2010, 12, 31), step: int = 365, **more: str
) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(f"r{at}", first + timedelta(days=step * at), value, **more)  # type: ignore[arg-type]
        for at, value in enumerate(values)
    )


def chart(
    found: tuple[ChartPoint, ...] = (),
    targets: tuple[ChartTarget, ...] = (),
    unit: str = "vehicles/year",
    line: tuple[Spot, Spot] | None = None,
    projection: ChartProjection | None = None,
) -> Chart:
    return Chart(found, targets, line, None, projection, DAY, parse_unit(unit))


def target(value: float, due: date | None = date(2030, 12, 31), **more: object) -> ChartTarget:
    return ChartTarget(f"t{value}{due}", date(2020, 1, 1), due, value, **more)  # type: ignore[arg-type]


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Anything that a chart may hold."""
    days = sorted(draw(st.lists(DAYS, max_size=draw(st.sampled_from([0, 1, 2, 12])), unique=True)))
    found: tuple[ChartPoint, ...] = tuple(
        ChartPoint(str(at), day, draw(VALUES), draw(st.sampled_from(QUALIFIERS)), draw(st.booleans()))
        for at, day in enumerate(days)
    )
    targets = []
    for at in range(draw(st.integers(0, 5))):
        value = draw(VALUES)
        high = value + abs(value) + 1 if draw(st.integers(0, 4)) == 0 else None
        state = draw(st.sampled_from(["standing", "superseded", "dropped"]))
        dates = draw(st.one_of(st.none(), DAYS)), draw(st.one_of(st.none(), DAYS))
        comparator = "between" if high is not None else draw(st.sampled_from(QUALIFIERS[1:]))
        targets.append(ChartTarget(str(at), *dates, value, high, comparator, state, at == 0))
    line = projection = None
    if draw(st.booleans()) and found:
        start, end = Spot(found[0].day, found[0].value), Spot(date(2200, 12, 31), draw(VALUES))
        if start.day < end.day:
            line = start, end
            ways = [(Spot(found[-1].day, found[-1].value), Spot(end.day, draw(VALUES))) for _ in range(3)]
            projection = ChartProjection(*ways) if found[-1].day < end.day else None
    return chart(found, tuple(targets), draw(st.sampled_from(UNITS)), line, projection)


@settings(max_examples=80, deadline=None)
@given(charts(), st.sampled_from([(640, 280), (420, 200), (960, 540)]), st.sampled_from(["en", "zh"]))
def test_labels_never_meet_nor_leave_the_picture(found: Chart, size: tuple[int, int], tongue: str) -> None:
    with speaking(tongue):
        picture = drawn(found, "年产能 <b>", width=size[0], height=size[1], explained=size[0] > 500)

    assert collisions(texts(picture), *size) == []


@settings(max_examples=60, deadline=None)
@given(charts())
def test_nothing_is_drawn_outside(found: Chart) -> None:
    root = ElementTree.fromstring(drawn(found, "x"))

    for path in root.iter(f"{SVG}path"):
        assert "nan" not in path.get("d", "")
        assert "inf" not in path.get("d", "")
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx", "-1")) <= 640
        assert 0 <= float(circle.get("cy", "-1")) <= 280


LONG = chart(points(*range(200), step=30))
HARD = {
    "a reading": chart(points(5)),
    "a target alone": chart(targets=(target(10, headline=True),)),
    "equal values": chart(points(7, 7, 7)),
    "zero": chart(points(0)),
    "negatives": chart(points(-5, -80, -3)),
    "both sides of zero": chart(points(-5, 80, -3)),
    "very large": chart(points(10**15, 2 * 10**15)),
    "very small": chart(points(1e-6, 3e-6)),
    "close to each other": chart(points(1_234_567, 1_234_568, 1_234_570)),
    "many": LONG,
    "days": chart(points(1, 2, 3, 4, first=date(2026, 11, 20), step=1)),
    "two centuries": chart(points(1, 2, 3, first=date(1900, 1, 1), step=100 * 365)),
    "targets at one value": chart(targets=tuple(target(10, date(2027 + at, 12, 31)) for at in range(5))),
    "targets on one date": chart(targets=tuple(target(10 + at) for at in range(5))),
    "a target for ever": chart(points(4), (target(10, None, headline=True),)),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_charts_have_axes_that_tell_values_and_days_apart(name: str) -> None:
    found = texts(drawn(HARD[name], name))

    assert collisions(found, 640, 280) == []
    ticks = [one.text for one in found if one.foot < 260]
    assert len([one for one in found if one.top > 258]) >= 2, "no ticks of time"
    assert len(ticks) >= 2 + 2, "no ticks of values"


def test_two_ticks_never_read_alike() -> None:
    found = [one for one in texts(drawn(HARD["close to each other"], "x")) if one.left < 40]
    ticks = [one.text for one in found if one.text.startswith("1,")]

    assert len(ticks) >= 3
    assert len(set(ticks)) == len(ticks)


@pytest.mark.parametrize(
    ("step", "ticks"),
    [
        (1, ["2026-11-23", "2026-11-25"]),
        (40, ["2026-12", "2027-01"]),
        (200, ["2027-Q1", "2027-Q2"]),
        (365, ["2027", "2028"]),
        (12_000, ["2040", "2060"]),
    ],
)
def test_ticks_of_time_go_by_the_span(step: int, ticks: list[str]) -> None:
    shown = [one.text for one in texts(drawn(chart(points(1, 2, 3, 4, first=DAY, step=step)), "x"))]

    assert set(ticks) <= set(shown), shown


def test_the_headline_and_the_latest_are_labelled_and_the_unit_stands_once() -> None:
    found = chart(
        points(10, 200, 480_000), (target(1_500_000, headline=True), target(300_000, date(2025, 1, 1)))
    )

    shown = [one.text for one in texts(drawn(found, "NEV output"))]

    assert {"≥1,500,000", "≥300,000", "480,000", "1.5 m", "as of 2026-11-24"} <= set(shown)
    assert shown.count("vehicles/year") == 1


def test_bounds_and_what_is_provisional_have_marks_of_their_own() -> None:
    sure, about = drawn(chart(points(5, 6)), "x"), drawn(chart(points(5, 6, qualifier="about")), "x")
    bound = drawn(chart(points(5, 6, qualifier="more than")), "x")

    accent, ground = COLOURS["accent"], COLOURS["ground"]
    assert sure.count(f'r="3.5" fill="{accent}"') == 2
    assert about.count(f'r="3.5" fill="{ground}"') == 2
    assert bound.count("<circle") == 0
    assert bound.count('stroke-dasharray="2 3"') == 2


def test_many_readings_get_no_bar_of_marks() -> None:
    assert drawn(LONG, "x").count("<circle") == 1
    assert drawn(chart(points(*range(30))), "x").count("<circle") == 30


def test_a_range_of_projection_that_runs_out_is_cut_at_the_edge() -> None:
    start, due = Spot(date(2020, 12, 31), 5), date(2030, 12, 31)
    ways = [(start, Spot(due, value)) for value in (6, -1000, 1000)]
    found = chart(points(4, 5, first=date(2019, 12, 31)), (target(8, due, headline=True),))
    root = ElementTree.fromstring(
        drawn(chart(found.points, found.targets, projection=ChartProjection(*ways)), "x")
    )

    (area,) = (path for path in root.iter(f"{SVG}path") if path.get("fill-opacity"))
    heights = [float(spot.split()[1]) for spot in area.get("d", "").strip("MZ").split("L")]
    assert len(heights) == 6
    assert min(heights) == 24
    assert max(heights) == 280 - 24


def test_it_says_in_words_what_it_shows() -> None:
    root = ElementTree.fromstring(drawn(build(states(), charted=True).charts["nev-output"], "NEV output"))

    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith("NEV output: unit vehicles/year; 2 readings from 2020-12-31")
    assert root.findtext(f"{SVG}title") == "NEV output"
    said = root.findtext(f"{SVG}desc") or ""
    assert "latest 780,000 vehicles/year" in said
    assert "target ≥1,500,000 vehicles/year by 2027-12-31" in said
    assert "the line to the target is at" in said
    assert "projection ~1,060,000 vehicles/year when due" in said


def test_the_end_of_the_projection_is_labelled() -> None:
    found = drawn(build(states(), charted=True).charts["nev-output"], "NEV output")

    assert "~1.06 m" in [one.text for one in texts(found)]


def test_a_legend_at_its_foot_says_what_is_in_it() -> None:
    found = build(states(), charted=True).charts["nev-output"]

    with_it = [one.text for one in texts(drawn(found, "NEV output", explained=True))]
    without = [one.text for one in texts(drawn(found, "NEV output"))]

    assert {"reading", "provisional or about", "where it should be", "projection"} <= set(with_it) - set(
        without
    )
    assert collisions(texts(drawn(found, "NEV output", width=400, explained=True)), 400, 280) == []


def test_in_a_document_colours_are_those_of_its_style_sheet() -> None:
    found = build(followed(), charted=True).charts["5g-base-stations"]

    themed = drawn(found, "x", paint=css)

    assert 'stroke="var(--accent)"' in themed
    assert not re.search("#[0-9a-f]{6}", themed)
    for role, colour in COLOURS.items():
        themed = themed.replace(f"var(--{role})", colour)
    assert themed == drawn(found, "x")


def test_an_empty_chart_says_so() -> None:
    assert [one.text for one in texts(drawn(build(stations(), charted=True).charts["stations"], "x"))] == [
        "neither a reading nor a target"
    ]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=8), st.text(min_size=1, max_size=6))
def test_hostile_names_and_units_make_no_markup(name: str, unit: str) -> None:
    tracker = Tracker(MemoryStore("t"), author="a", login="a", today=TODAY)
    tracker.add_indicator(IndicatorEntry("one", "One", "things"))
    tracker.log(LogEntry("one", "5", "2020"))
    tracker.set_target(GoalEntry("one", "9", "2027"))
    found = build(tracker, charted=True).charts["one"]
    hostile = Chart(
        found.points, found.targets, None, None, None, DAY, found.unit._replace(text=f"</svg>&{unit}")
    )

    root = ElementTree.fromstring(drawn(hostile, f"<script>\x00]]>{name}"))

    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "path", "circle", "text", "tspan"}
