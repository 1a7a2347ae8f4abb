"""The worked cases of PROGRESS, and the seed with the whole follow-up pack as of 2026-11-24."""

from __future__ import annotations

import pytest

from builders import assessed, goal, judged, point, points
from gztrack.domain.points import Goal, Point

STEADY = (points(y2019=100_000, y2020=150_000, y2021=190_000), goal(">= 300000", "2024"))
SLOW = (points(y2019=100_000, y2021=120_000), goal(">= 300000", "2024"))
DISAGREE = (points(y2015=10, y2020=22), goal(">= 80", "2025"))
FALLING = (points(y2018=50.0, y2021=41.0), goal("<= 20.0", "2025"))
WRONG_WAY = (points(y2018=50.0, y2021=53.0), goal("<= 20.0", "2025"))
OVERSHOOT = (points(y2019=100_000, y2022=650_000), goal(">= 300000", "2025"))
AT_THE_CUT = (points(y2020=100, y2022=147.5), goal(">= 200", "2024"))

Case = tuple[list[Point], Goal]


@pytest.mark.parametrize(
    ("case", "method", "ratio", "status"),
    [
        (STEADY, "linear", 1.1250, "on track"),
        (STEADY, "open-sdg", 1.5399, "on track"),
        (STEADY, "un-chart", 1.9880, "on track"),
        (SLOW, "linear", 0.2500, "off track"),
        (SLOW, "open-sdg", 0.3884, "off track"),
        (SLOW, "un-chart", 0.2887, "behind"),
        (DISAGREE, "linear", 0.3429, "off track"),
        (DISAGREE, "open-sdg", 0.7390, "behind"),
        (DISAGREE, "un-chart", 0.5486, "behind"),
        (FALLING, "linear", 0.7000, "behind"),
        (FALLING, "open-sdg", 0.5217, "off track"),
        (FALLING, "un-chart", 0.6177, "behind"),
        (WRONG_WAY, "linear", -0.2333, "moving away"),
        (WRONG_WAY, "open-sdg", -0.1599, "moving away"),
        (WRONG_WAY, "un-chart", -0.2427, "off track"),
        (OVERSHOOT, "linear", 5.5, "achieved"),
        (OVERSHOOT, "open-sdg", 4.3111, "achieved"),
        (OVERSHOOT, "un-chart", 20.625, "achieved"),
        (AT_THE_CUT, "linear", 0.9500, "on track"),
        (AT_THE_CUT, "open-sdg", 1.1337, "on track"),
        (AT_THE_CUT, "un-chart", 1.1756, "on track"),
    ],
)
def test_each_method_gives_its_ratio_and_class(case: Case, method: str, ratio: float, status: str) -> None:
    found = assessed(*case, method=method)
    assert found.status == status
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(ratio, abs=0.00005)
    assert found.ratio.qualifier == "exact"


@pytest.mark.parametrize("method", ["linear", "open-sdg", "un-chart"])
@pytest.mark.parametrize(
    ("case", "attainment", "path"),
    [
        (STEADY, 0.633, 0.450),
        (SLOW, 0.400, 0.100),
        (DISAGREE, 0.275, 0.171),
        (FALLING, None, 0.300),
        (WRONG_WAY, None, -0.100),
        (OVERSHOOT, 2.167, 2.750),
        (AT_THE_CUT, 0.7375, 0.475),
    ],
)
def test_attainment_and_path_do_not_go_by_the_method(
    case: Case, method: str, attainment: float | None, path: float
) -> None:
    found = assessed(*case, method=method)
    assert found.path is not None
    assert found.path.value == pytest.approx(path, abs=0.0005)
    if attainment is None:
        assert found.attainment is None
        assert "lower is better" in found.refusals["attainment"]
    else:
        assert found.attainment is not None
        assert found.attainment.value == pytest.approx(attainment, abs=0.0005)


NEV_CAPACITY_2020 = goal(">= 300000", "2020-12-31")
NEV_CAPACITY_2025 = goal("> 2000000", "2025-12-31")
UHD_2020 = goal("> 200bn", "2020-12-31")
UHD_2023 = goal("> 250bn", "2023-12-31")
STATIONS = [goal(">= 14600", "2019-12-31"), goal("> 65000", "2021-12-31"), goal(">= 80000", "2022-12-31")]

NEV_CAPACITY = [point("2022", ">1000000")]
UHD_OUTPUT = [point("2019", "180bn")]
BASE_STATIONS = [
    point("2019-Q3", ">10000"),
    point("2019-05", "~7100"),
    point("2020", "48000"),
    point("2023", "91700"),
]
OUT_OF_THE_REST = [
    ("flow", [point("2020", 79_800), point("2021-01..2021-11", ">120000"), point("2023", ">650000")]),
    ("rate", [point("2019-Q1..Q3", 81.9), point("2019", 114.7), point("2020", 17.3), point("2023", 108)]),
    ("rate", [point("2019-H1", 20.6), point("2019-Q1..Q3", 20.9), point("2019", "~21")]),
    ("level", [point("2019-Q3", "~66.7")]),
    ("level", [point("2019-Q3", ">2bn")]),
    ("level", [point("2019-Q3", 495)]),
]
FOLLOW_UP = "2026-11-24"


def test_nev_capacity_cannot_tell_at_more_than_half() -> None:
    found = assessed(NEV_CAPACITY, NEV_CAPACITY_2025, on=FOLLOW_UP)
    assert found.status == "cannot tell"
    assert found.attainment is not None
    assert (found.attainment.value, found.attainment.qualifier) == (0.5, "more than")
    assert found.overdue


def test_nev_capacity_of_2020_cannot_tell_but_was_met_by_the_end_of_2022() -> None:
    found = judged(NEV_CAPACITY, NEV_CAPACITY_2020, on=FOLLOW_UP)
    assert (found.status, found.reason) == (
        "cannot tell",
        "cannot tell at the due date; met by 2022-12-31",
    )
    assert found.evidence == NEV_CAPACITY[0]
    assert (found.margin, found.qualifier) == (700_000, "more than")


def test_uhd_output_cannot_tell_at_seventy_two_percent() -> None:
    found = assessed(UHD_OUTPUT, UHD_2023, measure="flow", on=FOLLOW_UP)
    assert found.status == "cannot tell"
    assert found.attainment is not None
    assert (found.attainment.value, found.attainment.qualifier) == (0.72, "exact")


@pytest.mark.parametrize("target", [UHD_2020, UHD_2023])
def test_both_uhd_promises_cannot_tell(target: Goal) -> None:
    assert judged(UHD_OUTPUT, target, measure="flow", on=FOLLOW_UP).status == "cannot tell"


def test_base_stations_cannot_tell_at_114_6_percent() -> None:
    found = assessed(BASE_STATIONS, STATIONS[-1], on=FOLLOW_UP)
    assert found.status == "cannot tell"
    assert found.attainment is not None
    assert found.attainment.value == pytest.approx(1.146, abs=0.0005)
    assert found.attainment.qualifier == "exact"


@pytest.mark.parametrize(
    ("target", "met_by"),
    [(STATIONS[0], "2020-12-31"), (STATIONS[1], "2023-12-31"), (STATIONS[2], "2023-12-31")],
)
def test_every_base_station_promise_cannot_tell_but_was_met_later(target: Goal, met_by: str) -> None:
    found = judged(BASE_STATIONS, target, on=FOLLOW_UP)
    assert found.status == "cannot tell"
    assert found.reason == f"cannot tell at the due date; met by {met_by}"


@pytest.mark.parametrize(("measure", "readings"), OUT_OF_THE_REST)
def test_every_other_row_has_no_target(measure: str, readings: list[Point]) -> None:
    assert assessed(readings, None, measure=measure, on=FOLLOW_UP).status == "no target"


@pytest.mark.parametrize(("measure", "target"), [("level", NEV_CAPACITY_2020), ("flow", UHD_2020)])
def test_in_the_seed_alone_the_two_targets_have_no_reading(measure: str, target: Goal) -> None:
    assert assessed([], target, measure=measure, on=FOLLOW_UP).status == "no reading"
