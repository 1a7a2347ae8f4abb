"""The sums in Chinese: no English word but what was typed and the methods; data is in English all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from books import empty, followed, states
from gztrack import language
from gztrack.domain.records import METHODS
from gztrack.export.cells import cells
from gztrack.export.forms import dumps
from gztrack.export.report import build
from gztrack.export.why_form import why_item
from gztrack.export.why_page import LABEL
from gztrack.export.why_text import why_sections, why_text
from gztrack.services.explaining.views import Why
from gztrack.services.explaining.wording import told
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import NOW, Clocks
from gztrack.services.tracker import Tracker
from gztrack.tui import whytext
from gztrack.tui.glyphs import ASCII, UNICODE

STEADY = """\
kind,indicator,period,value,due,stated_on,stated_by,source,published,name,name_zh,unit,measure
indicator,x,,,,,,,,Stations built,已建站数,座,level
reading,x,2019,100000,,,,年鉴,2020-02-01,,,,
reading,x,2020,150000,,,,年鉴,2020-02-01,,,,
reading,x,2021,190000,,,,公报,,,,,
target,x,,300000,2024,2019-12-01,市政府,规划,,,,,
"""
TOTALS = """\
kind,indicator,period,value,due,over,comparator,stated_on,name,unit,measure,direction
indicator,{id},,,,,,,总额,件,{measure},{direction}
{readings}target,{id},,{goal},,2021..2025,{comparator},2020,,,,
"""
SYMBOLS = {"tT", "ts", "te", "yi", "yj", "ti", "tj", "Theil", "Sen", "CNY"}
ON_TRACK = Clocks(as_of=date(2022, 6, 30))


def steady() -> Tracker:
    tracker = empty()
    import_text(tracker, STEADY, yes=True)
    return tracker


def total(
    goal: str, *readings: str, measure: str = "flow", direction: str = "up", comparator: str = ""
) -> Tracker:
    """An indicator with a promise on the total of 2021 to 2025; readings as ``2021 >5``."""
    rows = "".join("reading,x,{},{},,,,,,,,\n".format(*line.split(" ")) for line in readings)
    tracker = empty()
    text = TOTALS.format(
        id="x", measure=measure, direction=direction, readings=rows, goal=goal, comparator=comparator
    )
    import_text(tracker, text, yes=True)
    return tracker


def given(found: Why) -> Iterator[str]:
    """What is written as it was typed."""
    row = found.row
    yield from (row.id, row.name, row.unit.text, row.unit.rest, found.inputs.series)
    for symbol in (found.inputs.baseline, found.inputs.latest, found.inputs.target):
        if symbol.cited is not None:
            yield from (symbol.cited.handle, symbol.cited.period)
    for each in (found.verdict, *found.others):
        if each is not None:
            yield from (each.target.stated_by, each.target.quote, each.cited.handle)
            yield from (one.cited.period for one in each.weighed)
            yield from (one.cited.handle for one in each.weighed)
            yield each.evidence.handle if each.evidence is not None else ""
    for one in found.sources:
        yield from (one.origin.source, one.origin.url, *one.facts)
    for group in found.inputs.left_out:
        yield from (text for cited in group.named for text in (cited.period, cited.handle))


def english(text: str, found: Why) -> list[str]:
    """Words of two Latin letters or more that nobody typed."""
    for known in sorted(filter(None, given(found)), key=len, reverse=True):
        text = text.replace(known, " ")
    for method in METHODS:
        text = text.replace(method, " ")
    text = re.sub(r"gztrack targets |\d{4}-(Q\d|H\d)|\d+M\d+", " ", text)
    return [word for word in re.findall(r"[A-Za-z][A-Za-z_]+", text) if word not in SYMBOLS]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("book", [followed, states])
def test_no_english_word_is_left(book: Any, method: str) -> None:
    tracker = book()
    language.use("zh")
    for clocks in (NOW, Clocks(as_of=date(2022, 6, 30)), Clocks(as_of=date(2020, 3, 1))):
        for row in tracker.board(clocks, method).rows:
            found = tracker.why(row.id, clocks, method)
            text = why_text(found, width=2000)
            assert english(text, found) == [], f"{row.id}\n{text}"


@pytest.mark.parametrize(
    "tracker",
    [
        lambda: total("100", "2021 20", "2022 30", "2023 >40"),
        lambda: total("100", "2021 20", "2023 <40"),
        lambda: total("100", "2021 60", "2022 60"),
        lambda: total("100", "2021 20", "2022 20", direction="down", comparator="at most"),
        lambda: total("100"),
        lambda: total("0", "2021 20"),
    ],
)
@pytest.mark.parametrize("day", [date(2023, 6, 30), date(2026, 3, 1)])
def test_no_english_word_is_left_of_a_total(tracker: Any, day: date) -> None:
    known = tracker()
    clocks = Clocks(as_of=day)
    before = [(each.status, each.ratio) for each in known.why("x", clocks).methods]
    language.use("zh")
    found = known.why("x", clocks)
    assert english(why_text(found, width=2000), found) == []
    assert [(each.status, each.ratio) for each in found.methods] == before


def test_a_page_in_chinese() -> None:
    language.use("zh")
    status, went_in, figures, *_ = why_sections(steady().why("x", ON_TRACK), width=100)
    assert status.heading == ["已建站数 Stations built [x]"]
    assert status.lines[-1] == "  规则 6/6：按 linear 得出的等级"
    assert went_in.heading == ["计入内容，截至 D = 2022-06-30"]
    assert went_in.lines[-3:] == [
        "  d   +1：越高越好（目标为“不低于”）",
        "  s   +1：y0 不低于零",
        "  3 条读数计入；全部计入",
    ]
    assert figures.lines[:5] == [
        "  t0 至 t         年数(t0, t) = 2  （2019-12-31至2021-12-31）",
        "  t0 至 tT        年数(t0, tT) = 5  （2019-12-31至2024-12-31）",
        "  t 至 tT         年数(t, tT) = 3  （2021-12-31至2024-12-31）",
        "  t0 至 D         年数(t0, D) = 2 + 181/365 = 2.4959  （2019-12-31至2022-06-30）",
        "  完成度          y / T = 190,000 / 300,000 = 0.6333 (63.3 %)",
    ]


def test_where_figures_come_from_is_said_in_chinese() -> None:
    language.use("zh")
    text = why_text(steady().why("x", ON_TRACK), width=200)
    masked = re.sub(r"\b(?!linear)[0-9a-z]{6}\b", "ID", text)
    assert "  y0  2019 为 100,000 座；t0 = 2019-12-31；读数 ID [1]，计入的最早读数\n" in masked
    assert "  T   ≥300,000 座；tT = 2024-12-31；目标 ID [3]，市政府 于 2019-12-01 提出\n" in masked
    assert (
        "  规则            尚未到期：自 2025-01-01 起判定，依据为时期不晚于 2024-12-31 结束的最新读数（如足以证明）\n"
        in masked
    )
    assert "  [1] 年鉴 2020-02-01 发布 用于 ID\n" in masked.replace("ID、ID", "ID")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("(y - y0) / years(t0, t)", "(y - y0) / 年数(t0, t)"),
        (
            "(path * years(t0, tT) - years(t0, t)) * 12 / months",
            "(路径 * 年数(t0, tT) - 年数(t0, t)) * 12 / 月数",
        ),
        ("t + (T - y) / slope_low years", "t + (T - y) / 下四分位斜率 年"),
        ("median of (yj - yi) / years(ti, tj)", "中位数：(yj - yi) / 年数(ti, tj)"),
        ("25 % quantile of (yj - yi) / years(ti, tj)", "25 % 分位数：(yj - yi) / 年数(ti, tj)"),
        ("s * d * CAGR_observed / abs(CAGR_required)", "s * d * 实际年均增速 / 绝对值(所需年均增速)"),
        ("y0 + (T - y0) * 3", "y0 + (T - y0) * 3"),
    ],
)
def test_formulas_keep_their_symbols(formula: str, said: str) -> None:
    assert told(formula) == formula
    language.use("zh")
    assert told(formula) == said


@pytest.mark.parametrize("width", [40, 59, 60, 80, 100, 132])
@pytest.mark.parametrize("plain", [False, True])
def test_no_line_is_wider_than_the_page(width: int, plain: bool) -> None:
    tracker = followed()
    language.use("zh")
    for slug in ("nev-capacity", "5g-base-stations", "uhd-output"):
        for method in METHODS:
            text = why_text(tracker.why(slug, method=method), width=width, ascii=plain)
            assert max(map(cells, text.splitlines())) <= width


def test_what_belongs_to_a_label_stands_in_one_column() -> None:
    tracker = followed()
    language.use("zh")
    for row in tracker.board().rows:
        for section in why_sections(tracker.why(row.id), width=100)[2:-1]:
            for line in section.lines:
                at, taken = 0, 0
                while taken < LABEL and at < len(line):
                    taken, at = taken + cells(line[at]), at + 1
                if line[:2] in ("  ", "> ") and line[2:4].strip() and "  " in line[4:]:
                    assert taken == LABEL, line
                    assert line[at - 1] == " " != line[at], line


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_glyph_has_the_colour_of_its_status_in_every_language(glyphs: Any) -> None:
    tracker = states()
    for row in tracker.board().rows:
        said = []
        for lang in ("en", "zh"):
            language.use(lang)
            lines = whytext.lines(tracker.why(row.id), 200, glyphs)
            said.append([line[0] for line in lines if line and line[0][1] not in ("text", "group")])
        assert said[0] == said[1]


@pytest.mark.parametrize("book", [followed, states])
def test_json_is_in_english_whoever_asks(book: Any) -> None:
    tracker = book()
    for row in tracker.board().rows:
        before = dumps(why_item(tracker.why(row.id)))
        language.use("zh")
        with language.speaking("en"):
            assert dumps(why_item(tracker.why(row.id))) == before
        language.use("en")


def test_keys_of_json_are_no_words_of_a_language() -> None:
    tracker = states()
    for row in tracker.board().rows:
        language.use("en")
        before = keyed(why_item(tracker.why(row.id)))
        language.use("zh")
        assert keyed(why_item(tracker.why(row.id))) == before


WORDS = {"reason", "rule_text", "rule", "how", "refused", "note", "shown", "agreement", "bounds", "sense_how", "limits",
         "coverage", "reporting_how", "label", "filled"}  # fmt: skip


def keyed(item: object) -> object:
    """Everything but what is said in words."""
    if isinstance(item, dict):
        return {
            key: keyed(value) for key, value in item.items() if key not in WORDS or isinstance(value, int)
        }
    return [keyed(each) for each in item] if isinstance(item, list) else item


@pytest.mark.parametrize("book", [followed, states])
def test_a_report_has_words_in_one_language_and_the_same_data_in_any(book: Any) -> None:
    tracker = book()
    before = build(tracker)
    language.use("zh")
    found = build(tracker)
    assert (found.data, found.digest) == (before.data, before.digest)
    assert found.method == "方法 linear"
    assert found.sources == before.sources
    assert len(found.remarks) == len(before.remarks)


def test_remarks_in_chinese() -> None:
    tracker = followed()
    language.use("zh")
    remarks = dict(build(tracker, Clocks(logged_by=date(2026, 11, 24))).remarks)
    assert any(
        remark.startswith(("提出日期为推断", "到期日为推断", "时期为推断")) for remark in remarks.values()
    )
    assert build(tracker, Clocks(logged_by=date(2026, 11, 24))).clocks == ("只含截至 2026-11-24 的记录",)
