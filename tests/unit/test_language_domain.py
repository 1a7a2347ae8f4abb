"""Figures, periods, the reckoning and an import in Chinese: every text is there, and says what the English says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest

from books import empty, seeded, stations
from builders import assessed, goal, judged, point, points
from gztrack import language
from gztrack.domain import assessment, records, verdicts
from gztrack.domain.amounts import parse_amount, parse_change, parse_goal
from gztrack.domain.assessment import Assessment
from gztrack.domain.forecast import forecast
from gztrack.domain.grammar.qualifiers import SIGN
from gztrack.domain.model import Indicator, Reading
from gztrack.domain.periods import NoSuchPeriodError, parse_due, parse_period, spelled
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import METHODS, assess
from gztrack.domain.reckoning.coverage import Coverage
from gztrack.domain.register import Register
from gztrack.domain.text import checked, slug
from gztrack.domain.units import parse_unit
from gztrack.errors import GztrackError, InputError
from gztrack.language import tr
from gztrack.services.importing import standing
from gztrack.services.importing.columns import COLUMNS, Place
from gztrack.services.importing.importer import import_text
from gztrack.services.importing.noted import NAMED, Noted
from gztrack.services.tracker import Tracker

TODAY = date(2020, 6, 18)
KEPT = {
    *COLUMNS,
    *METHODS,
    *records.MEASURES,
    *records.STATUSES,
    *("AND", "LOW", "HIGH", "COLUMN", "FIELD", "CSV", "UTF", "GB", "JSON", "PDF", "ZIP", "SQLite", "Excel"),
    *("CNY", "USD", "KiB", "MiB", "bn", "none", "between", "indicator", "reading", "target", "http", "https"),
    *(
        "gztrack",
        "edit",
        "undo",
        "doctor",
        "decimals",
        "baseline",
        "for",
        "by",
        "map",
        "ignore",
        "wide",
        "yes",
        "open",
    ),
    *("sdg", "un", "chart", "name", "csv", "up", "down", "title", "stations", "vehicles", "year", "Labs"),
}
"""Latin words that mean the same in every language: columns, options, codes, and names of these tests."""


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    language.use("zh")


def english(text: str, *known: str) -> list[str]:
    """Latin words of two letters or more that have no business in a Chinese text."""
    for word in known:
        text = text.replace(word, "")
    text = re.sub(r"\b(?:\d{4}-)?[QHW]\d\d?\b", "", text)
    return [word for word in re.findall(r"[A-Za-z_]{2,}", text) if word not in KEPT]


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(GztrackError) as error:
        call()
    return "；".join((str(error.value), *error.value.further))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2020", "2020年，至 2020-12-31 止"),
        ("2020-07", "2020年7月，至 2020-07-31 止"),
        ("2020-H1", "2020年上半年，至 2020-06-30 止"),
        ("2020-H2", "2020年下半年，至 2020-12-31 止"),
        ("2019-Q3", "2019年第3季度，至 2019-09-30 止"),
        ("2020-W05", "2020年第5周，至 2020-02-02 止"),
        ("2020-W05..W07", "2020年第5至7周，至 2020-02-16 止"),
        ("2019-Q1..Q3", "2019年第1至3季度，至 2019-09-30 止"),
        ("2019-Q3..2020-Q1", "2019年第3季度至2020年第1季度，至 2020-03-31 止"),
        ("2020-H1..H2", "2020年上半年和下半年，至 2020-12-31 止"),
        ("2019-01..2019-09", "2019年1月至9月，至 2019-09-30 止"),
        ("2014-04..2015-03", "2014年4月至2015年3月，至 2015-03-31 止"),
        ("2021..2025", "2021年至2025年，至 2025-12-31 止"),
        ("2020-05-17", "2020年5月17日（星期日）"),
        ("2020-05-17..2020-06-01", "2020年5月17日至2020年6月1日，至 2020-06-01 止"),
    ],
)
def test_periods_are_spelled_as_a_statistics_office_does(text: str, said: str) -> None:
    assert spelled(parse_period(text, TODAY)) == said


@pytest.mark.parametrize("text", ["2024-Q5", "2024-H3", "2024-13", "2014-15", "2023-02-29", "2021-W53"])
def test_a_period_that_the_calendar_lacks_is_told_from_what_is_none(text: str) -> None:
    with pytest.raises(NoSuchPeriodError):
        parse_period(text, TODAY)
    with pytest.raises(InputError) as error:
        parse_period("soon", TODAY)
    assert not isinstance(error.value, NoSuchPeriodError)


def test_every_month_and_weekday_has_its_name() -> None:
    for month in range(1, 13):
        assert spelled(parse_period(f"2021-{month:02}", TODAY)).startswith(f"2021年{month}月，")
        range_of_months = spelled(parse_period(f"2021-{month:02}..2022-01", TODAY))
        assert range_of_months.startswith(f"2021年{month}月至2022年1月")
    for day in range(7):
        assert spelled(parse_period(f"2021-03-0{day + 1}", TODAY)).endswith(
            f"（星期{'一二三四五六日'[day]}）"
        )


@pytest.mark.parametrize(
    "word", [*assessment.STATUSES, *SIGN, "between", *records.MEASURES, *records.STATUSES]
)
def test_words_that_are_keys_have_their_chinese(word: str) -> None:
    assert not re.search("[A-Za-z]", tr(word))
    language.use("en")
    assert tr(word) == word


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("", "", "为空；请输入数字，如 310000、310k 或 31万"),
        ("a lot", "", "“a lot”中没有数字；请输入数字，如 310000、310k 或 31万"),
        ("CNY 5", "stations", "“元”与单位不符：单位是“stations”，请只输入数字"),
        ("1,23", "", "有歧义；请写 1.23 或 123"),
        ("1e18", "", "数值过大：须小于 1,000,000 万亿"),
    ],
)
def test_a_value_is_refused_in_chinese(text: str, unit: str, said: str) -> None:
    assert refused(lambda: parse_amount(text, unit)) == said


REFUSED: list[tuple[Callable[[], object], tuple[str, ...]]] = [
    *[
        (lambda text=text, unit=unit: parse_amount(text, unit), (text, "apples"))
        for text, unit in product(
            [
                *(
                    "nan",
                    "inf",
                    "-",
                    "5 5",
                    "40-60",
                    "40..60",
                    "0,123",
                    "1.234,5",
                    "1.234.567",
                    "1.2.3",
                    "+5",
                ),
                *("1,23,456", "1,000_000", "1234567890123456", "1e99999999", "1e-16", "9" * 300, "5 k bn"),
                *(">~5", "$5 yuan", "USD 5", "5%", "5 apples"),
            ],
            ("stations", "%", "CNY/year", ""),
        )
        if text not in ("+5", "5%", "USD 5") or unit == "stations"
    ],
    *[(lambda q=q: parse_change(f"{q}5", ""), ()) for q in (">", ">=", "<", "<=", "~")],
    *[(lambda t=t: parse_goal(t), (t,)) for t in ("1..", ">1..2", "1..~2", "2..2", "3..2", "40-60")],
    *[(lambda t=t: parse_unit(t), (t, "bn", "million")) for t in ("5 cars", "bn CNY", "million CNY", "万元")],
    *[
        (lambda t=t: parse_period(t, TODAY), (t, "soon"))
        for t in [
            *("", "soon", "1800", "2024-Q5", "2024-H3", "2024-13", "2014-15", "2023-02-29", "2021-W53"),
            *(
                "2014/15",
                "2011/12",
                "2020/5",
                "2021-2025",
                "2021..25",
                "2025..2021",
                "2019..2020-06",
                "2020..",
            ),
            *("2020..2021..2022", "20200517", "17.05.2020", "Q3", "this month..last month"),
            "2019-Q1..Q3..2020",
        ]
    ],
    (lambda: parse_due("", TODAY), ()),
    (lambda: checked("x" * 5000, "note"), ()),
    (lambda: slug("Not an id!"), ("Not an id!", "not-an-id")),
    (lambda: slug("???"), ("nev-capacity",)),
    (lambda: slug("drop"), ("drop",)),
    (lambda: records.number("5"), ()),
    (lambda: records.number(float("nan")), ("nan",)),
    (lambda: records.number(1e19), ()),
    (lambda: records.day("x", "due"), ()),
    (lambda: records.day(date(1800, 1, 1), "due"), ()),
    (lambda: records.word("stock", "measure", records.MEASURES), ("stock",)),
    (lambda: records.url("www.example.org", "source_url"), ("www.example.org",)),
    (lambda: records.decimals(11), ()),
    (lambda: records.chosen_method("best"), ("best",)),
    (lambda: records.fields("x", ("value",)), ()),
    (lambda: records.fields(["moon"], ("value", "due")), ("moon",)),
    (lambda: records.indicator(indicator="a", name="b", unit="c", part_of="a"), ()),
    (lambda: records.indicator(indicator="a", name="", unit="c"), ()),
    (lambda: records.target(indicator="a", value=1, comparator="between"), ()),
    (lambda: records.target(indicator="a", value=2, comparator="between", high=1), ()),
    (lambda: records.target(indicator="a", value=2, comparator="at least", baseline=1), ()),
    (
        lambda: records.target(
            indicator="a",
            value=2,
            comparator="at least",
            baseline_start=TODAY,
            baseline_end=TODAY,
            baseline_period="2020",
        ),
        (),
    ),
    (
        lambda: records.reading(indicator="a", value=2, period="x", start=TODAY, end=date(2020, 1, 1)),
        (),
    ),
    (lambda: assess([], None, measure="level", direction="up", method="best", today=TODAY), ("best",)),
    (lambda: Indicator.read({"indicator": "a", "name": "b"}), ()),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "colour": 1}), ("colour",)),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "method": "best"}), ()),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "decimals": 11}), ()),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "decimals": -1}), ()),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "decimals": "x"}), ()),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "inferred": "x"}), ()),
    (lambda: Indicator.read({"indicator": "a", "name": "b", "unit": "c", "archived": "x"}), ("archived",)),
    (lambda: Indicator.read({"indicator": "a", "name": 1, "unit": "c"}), ()),
    (
        lambda: Reading.read({"indicator": "a", "value": 1e19, "period": "x", "start": TODAY, "end": TODAY}),
        (),
    ),
    (
        lambda: Reading.read({"indicator": "a", "value": 1, "period": "x", "start": "x", "end": TODAY}),
        ("start",),
    ),
    (
        lambda: Register([("readings", {"id": "0", "tx": "0", "at": "", "author": "", "login": ""})]),
        ("readings",),
    ),
]


@pytest.mark.parametrize(("call", "known"), REFUSED)
def test_whatever_is_refused_is_refused_in_chinese(
    call: Callable[[], object], known: tuple[str, ...]
) -> None:
    said = refused(call)

    assert english(said, *known) == []
    assert "{" not in said


def test_what_pydantic_says_is_the_same_in_english() -> None:
    language.use("en")
    wrong = {"indicator": "a", "name": "b", "unit": "c", "method": "best"}

    assert refused(lambda: Indicator.read(wrong)) == (
        "method: input should be '', 'linear', 'open-sdg' or 'un-chart'"
    )
    language.use("zh")
    assert refused(lambda: Indicator.read(wrong)) == "方法：应为 ''、'linear'、'open-sdg' 或 'un-chart'"


@pytest.mark.parametrize(
    ("length", "said"),
    [(Coverage(1, "month"), "1 个月"), (Coverage(12, "month"), "12 个月"), (Coverage(7, "day"), "7 天")],
)
def test_lengths_are_counted(length: Coverage, said: str) -> None:
    assert str(length) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (assessed, "速度为自 2020 起直线所需的 1.00 倍"),
        (lambda *a, **k: assessed(*a, **k, method="open-sdg"), "自 2020 以来的增长率为目标所需的 1.19 倍"),
        (
            lambda *a, **k: assessed(*a, **k, method="un-chart"),
            "按 2020 以来的增长率推算，到 2024 的进展为全程的 1.25 倍",
        ),
    ],
)
def test_a_reason_says_the_ratio(found: Callable[..., Assessment], said: str) -> None:
    assert found(points(y2020=100, y2022=150), goal(">= 200", "2024")).reason == said


def test_a_bound_is_said_in_words() -> None:
    found = assessed(points(y2020=100, y2022=">160"), goal(">= 200", "2024"))

    assert found.reason == "速度为自 2020 起直线所需的 1.20 倍以上"
    open_ended = assessed(points(y2020=100, y2022=">110"), goal(">= 200", "2024"))
    assert (open_ended.status, open_ended.reason) == ("cannot tell", "读数只是下限值")


def test_a_verdict_names_what_it_lacks_and_counts_it_by_a_key() -> None:
    stale = judged(points(y2020=100), goal(">= 200", "2024"))
    late = judged(points(y2020=100, y2026=200), goal(">= 200", "2024"), on="2027-01-01")
    gaps = judged(points(y2021=1, y2023=1), goal(">= 200", over="2021..2025"), measure="flow")

    assert (stale.reason, stale.cause) == ("到期日前的最后一条读数属于 2020", verdicts.TOO_OLD)
    assert (late.reason, late.cause) == ("到期时无法判定；至 2026-12-31 已达成", verdicts.MET_LATER)
    assert gaps.reason == "2022-01-01..2022-12-31、2024-01-01..2025-12-31 无读数；合计 ≥2"
    assert gaps.cause == verdicts.NO_PERIOD


READINGS: list[list[Point]] = [
    [],
    points(y2020=100),
    points(y2020=100, y2022=150),
    points(y2020=100, y2022=99),
    points(y2020=0, y2022=50),
    points(y2020=-5, y2022=50),
    points(y2020=">100", y2022=150),
    points(y2020="<100", y2022=150),
    points(y2020=100, y2022=">150"),
    points(y2020=100, y2022="<150"),
    points(y2020="~100", y2022="~150"),
    points(y2020=100, y2022=210),
    points(y2020=100, y2022=210, y2024=150),
    points(y2020=100, y2024=100, y2025=210),
    [point("2022-H1", 80), point("2022", 150)],
    [point("2022-H1", 80), point("2022-H2", ">100"), point("2023", 120)],
    [point("2022-06-30", 80)],
]
GOALS: list[Goal | None] = [
    None,
    goal(">= 200", "2024"),
    goal(">= 200", "2024-Q1"),
    goal(">= 200"),
    goal("<= 50", "2024"),
    goal("<= 0", "2024"),
    goal("~ 200", "2024"),
    goal("120..140", "2024"),
    goal(">= 200", "2019"),
    goal(">= 0", "2024"),
    goal(">= 100", "2024"),
    goal(">= 200", "2024", baseline=("2019-H1", 10)),
    goal(">= 200", "2024", baseline=("2027", 10)),
    goal(">= 200", "2024", corrected=True),
    goal(">= 200", "2024", superseded_on=date(2021, 1, 1)),
    goal(">= 200", "2024", dropped_on=date(2021, 1, 1)),
    goal(">= 400", over="2021..2025"),
    goal("<= 400", over="2021..2025"),
    goal(">= 0", over="2021..2025"),
]


def texts(found: Assessment) -> Iterator[str]:
    """Everything that an assessment says in words."""
    yield from (found.reason, *found.refusals.values())
    if found.verdict is not None:
        yield found.verdict.reason
    if found.projection is not None:
        yield from (found.projection.reason, found.projection.label)


@pytest.mark.parametrize("on", ["2022-12-31", "2026-01-01", "2028-01-01"])
@pytest.mark.parametrize("measure", ["level", "flow", "rate"])
@pytest.mark.parametrize("method", METHODS)
def test_the_reckoning_gives_its_reasons_in_chinese(method: str, measure: str, on: str) -> None:
    said: set[str] = set()
    for readings, target, direction in product(READINGS, GOALS, ("up", "down")):
        found = assess(
            readings,
            target,
            measure=measure,
            direction=direction,
            method=method,
            today=date.fromisoformat(on),
            project=True,
        )
        said.update(texts(found))

    assert len(said) > 15
    assert {text: english(text) for text in said if english(text) or "{" in text} == {}


def test_reasons_are_the_same_keys_in_english() -> None:
    language.use("en")
    alike = points(y2020=100)

    assert (
        forecast(alike, goal(">= 200", "2024"), measure="level", direction="up").reason == "only one reading"
    )
    assert judged(alike, goal(">= 200", "2024"), measure="flow").reason == (
        "no reading for the 12 months to 2024-12-31"
    )


TARGET = "kind,indicator,value,due,comparator,over,stated_on,replaces,baseline,baseline_period,note\n"
LEVEL = "kind,indicator,name,unit,measure,decimals,part_of\n"
FILES: list[tuple[str | bytes, dict[str, object], tuple[str, ...]]] = [
    (b"", {}, ()),
    (b"indicator,period,value\n", {}, ()),
    (b'{"gztrack": "seed"}', {}, ()),
    (b"indicator,period\nab\0c", {}, ()),
    *[(magic, {}, ()) for magic in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF", b"SQLite format 3")],
    (b"\xff\xfeA", {}, ()),
    (b"\x80\x81\x82\x83", {}, ("encoding",)),
    (b'"indicator,period\n', {}, ()),
    ("indicator,colour,value\nstations,2020,5\n", {}, ("colour",)),
    ("indicator,periods,value\nstations,2020,5\n", {}, ("periods",)),
    ("indicator,value\nstations,5\n", {}, ()),
    ("indicator,value,value\nstations,5,5\n", {}, ()),
    ("indicator,2020,2020\nstations,5,5\n", {"wide": True}, ()),
    ("indicator,value,2020\nstations,5,5\n", {"wide": True}, ()),
    ("indicator,name\nstations,5\n", {"wide": True}, ()),
    ("indicator,2020,colour\nstations,5,5\n", {"wide": True}, ("colour",)),
    ("indicator,2020\nstations,many\n", {"wide": True}, ("many",)),
    ("indicator,period,value\nstations,2020,5\n", {"mapping": {"valu": "value"}}, ("valu",)),
    ("indicator,period,value\nstations,2020,5\n", {"mapping": {"xxxxxxxx": "value"}}, ("xxxxxxxx",)),
    ("indicator,period,value\nstations,2020,5\n", {"mapping": {"value": "Sum"}}, ("Sum",)),
    ("indicator,period,value\nstations,2022,1,surplus\n", {}, ()),
    ("indicator,period,value\nstations,2022,1\nstations,20", {}, ()),
    ('indicator,period,value\nstations,2022,"open\n', {}, ()),
    ('indicator,period,value\nstations,2022,"shut"s\n', {}, ()),
    (f"indicator,period,value\nstations,2022,{'x' * 140_000}\n", {}, ()),
    *[
        (f"kind,indicator,period,value,qualifier,status,source_url,inferred,due,name\n{row}\n", {}, known)
        for row, known in (
            ("thing,stations,2020,5,,,,,,", ("thing",)),
            ("reading,stations,,5,,,,,,", ()),
            ("reading,stations,2020,>5,at least,,,,,", ()),
            ("reading,stations,2020,5,exactly,,,,,", ("exactly", *SIGN)),
            ("reading,stations,2020,5,,draft,,,,", ("draft",)),
            ("reading,stations,2020,5,,,www,,,", ("www",)),
            ("reading,stations,2020,5,,,,moon,,", ("moon",)),
            ("reading,stations,2020,5,,,,,2025,", ()),
            ("reading,stations,2020,5,,,,,,Stations", ("Stations",)),
            ("reading,,2020,5,,,,,,", ()),
            ("reading,statoins,2020,5,,,,,,", ("statoins",)),
            ("reading,xyzxyzxyz,2020,5,,,,,,", ("xyzxyzxyz",)),
            ("target,stations,2020,5,,,,,2025,", ()),
            ("indicator,stations,,5,,,,,,", ()),
        )
    ],
    *[
        (TARGET + row + "\n", {}, ())
        for row in (
            "target,stations,5,,,,,,,,",
            "target,stations,5,2025,,,2030,,,,",
            "target,stations,5,2025,,,,,7,,",
            "target,stations,5,2025,,,,2024,,,",
            "target,stations,5,2024,,,,,,,\ntarget,stations,5,2025,,,,2023,,,",
        )
    ],
    *[
        (LEVEL + row + "\n", {}, known)
        for row, known in (
            ("indicator,Labs!,Labs,labs,level,,", ("labs",)),
            ("indicator,labs,Labs,labs,stock,,", ("labs", "stock")),
            ("indicator,labs,Labs,labs,level,ten,", ("labs", "ten")),
            ("indicator,labs,Labs,labs,level,,institutes", ("labs", "institutes")),
            ("indicator,labs,Labs,labs,level,,labs", ("labs",)),
            ("indicator,labs,Labs,labs,level,,shops\nindicator,shops,Shops,shops,level,,labs", ("labs", "shops")),
            ("indicator,labs,,labs,level,,\nreading,labs,,,,,", ("labs",)),
            ("indicator,labs,Labs,labs,level,,\nindicator,labs,Shops,labs,level,,", ("labs", "Shops")),
            ("indicator,stations,Labs,stations,level,,", ("Stations",)),
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize(("data", "options", "known"), FILES)
def test_a_file_is_refused_in_chinese(
    data: str | bytes, options: dict[str, object], known: tuple[str, ...]
) -> None:
    call: Callable[..., object] = import_text

    said = refused(lambda: call(stations(), data, name="x.csv", **options))

    assert english(said, *known) == []
    assert "{" not in said


def test_bad_rows_are_named_in_the_files_order() -> None:
    text = "indicator,period,value\nnev-capacity,2022,1m\nnev-capacity,2022-Q5,1\nfoo,2020,1\nnev-capacity,2020,x\n"

    assert refused(lambda: import_text(seeded(), text, name="x.csv")) == (
        "x.csv：3 行无法读取，未导入任何内容；"
        "第 3 行第 2 列：时期：没有这个季度；可选 2022-Q1 至 2022-Q4；"
        "第 4 行第 1 列：没有指标“foo”（可用 kind 为 indicator 的行定义）；"
        "第 5 行第 3 列：数值：“x”中没有数字；请输入数字，如 310000、310k 或 31万"
    )


def test_places_come_by_their_line_and_the_rest_is_counted() -> None:
    many = Noted()
    for place in (*map(Place, range(120, 0, -1)), Place(3, 2, "2020-Q1")):
        many.add(place, "y" if place.column else "x")

    said = many.in_order().text().split("；")

    assert said[:4] == ["第 1 行：x", "第 2 行：x", "第 3 行：x", "第 3 行第 2 列“2020-Q1”：y"]
    assert said[NAMED:] == ["另有 101 条"]


def rows(tracker: Tracker, text: str, *, dry_run: bool = False, partial: bool = False) -> tuple[str, ...]:
    return import_text(tracker, text, name="x.csv", dry_run=dry_run, partial=partial).lines


def test_what_an_import_did_is_said_in_chinese() -> None:
    tracker = stations("2019,80 2020,100")
    text = "indicator,period,value\nstations,2019,80\nstations,2020,101\nstations,2021,\n"

    assert rows(tracker, text, dry_run=True) == (
        "x.csv：新增 0，修订 1，相同 1；跳过无数值的 1 行",
        "未写入：仅为试运行",
    )
    assert rows(tracker, text)[-1] == "已导入 1 条记录，作为一次操作；撤销：gztrack undo"
    assert rows(tracker, text)[-1] == "没有新内容"
    twice = "indicator,period,value\nstations,2022,90\nstations,2022,95\nstations,2023,x\n"
    assert rows(tracker, twice, partial=True)[1:3] == (
        "1 行无法读取，未导入",
        "第 3 行：修订同一文件的第 2 行",
    )


def test_the_guard_of_an_import_asks_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = stations("2020,100")
    monkeypatch.setattr(standing, "value_slip", lambda *_, **__: "甲。是否正确？")
    monkeypatch.setattr(standing, "period_slip", lambda *_: "乙。是否正确？")

    text = "indicator,period,value\nstations,2021,9\n"

    said = refused(lambda: import_text(tracker, text))

    assert said == "文本：1 行疑似笔误，未导入任何内容；第 2 行：甲，且乙；加 --yes 则照原样导入"


def test_a_file_that_is_not_there_is_said_so() -> None:
    assert refused(lambda: empty().import_file("/no/x.csv")) == "/no/x.csv：无法读取：没有该文件或目录"
