"""The board's list, panes, ledger and detail in Chinese: no English word is left, and columns still stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest

import books
from gztrack import language
from gztrack.domain.points import Point
from gztrack.language import tr
from gztrack.services.board.chart_view import Chart
from gztrack.services.views import Detail, Origin, ReadingView, Row
from gztrack.tui import detailtext, headings, headlines, ledgerpane, ledgertext, listings, panes, rows
from gztrack.tui.cells import Line, line_width, plain, width
from gztrack.tui.chartlegend import chart_legend
from gztrack.tui.charttext import chart_lines
from gztrack.tui.columns import columns
from gztrack.tui.detailtext import Looked
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.ledgercounts import counts_line
from gztrack.tui.ledgertext import Ledger
from tui.conftest import Started
from tui.fake import TODAY, charted_of, counts, reading, row, target

KNOWN = {
    "enter",
    "linear",
    "gztrack",
    "mei",
    "seed",
    "stats",
    "gz",
    "gov",
    "cn",
    "https",
    "page",
    "open",
    "sdg",
}
"""Keys, methods, sources and authors of the test data, which stay as they are."""

STATUSES = ("off track", "missed", "behind", "on track", "met", "cannot tell", "no reading", "no target")


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    language.use("zh")


def indicator(status: str, **about: object) -> Row:
    """A row whose every name is Chinese."""
    given = {
        "reading": reading(650_000, "2025", provisional=True, inferred=("period",)),
        "target": target(1_500_000, "2027-12-31")._replace(stated_by="市政府", quote="明年超额完成"),
        "percent": "43.3 %",
        **about,
    }
    return row("x", "新能源汽车产量", "新能源", "辆", status=status, **given)  # type: ignore[arg-type]


def detail(found: Row, readings: Sequence[ReadingView] = (), chart: Chart | None = None) -> Detail:
    """Everything about a row; figures and facts as they are in English, or said already."""
    return Detail(
        found,
        tuple(readings),
        (),
        (("progress", "43.3 %"), ("到期", "无：没有到期日")),
        (("unit", "辆"), ("warning", "多于整体"), ("部分", "一")),
        chart=chart,
    )


def english(lines: Sequence[Line]) -> set[str]:
    """Words of two letters and more that nobody who reads Chinese need know."""
    return set(re.findall("[A-Za-z]{2,}", "\n".join(map(plain, lines)))) - KNOWN


def two_readings() -> list[ReadingView]:
    """A reading that counts, and one of another kind."""
    return [
        reading(650_000, "2025", provisional=True, inferred=("period",), note="十一个月"),
        reading(500_000, "2024")._replace(series="老口径"),
    ]


def plain_from(line: Line, cell: int) -> str:
    """What stands from a cell on."""
    text = plain(line)
    return next(text[at:] for at in range(len(text)) if width(text[:at]) == cell)


def board_lines(cells: int, glyphs: Glyphs) -> list[Line]:
    """Heads and rows of the list, one of each status."""
    shown = [indicator(status) for status in STATUSES]
    wide = columns(cells, rows.needs(shown, cells, glyphs))
    heads = rows.heads_line(wide, "worst first", glyphs)
    lines = [rows.row_line(each, rows.texts(each, cells, glyphs), wide, glyphs) for each in shown]
    assert line_width(heads) == line_width(lines[0])
    assert len({line_width(line) for line in lines}) == 1
    status = line_width(lines[0]) - wide.status
    assert {plain_from(line, status).strip() for line in lines} == set(map(tr, STATUSES))
    return [heads, *lines]


def ledger() -> Ledger:
    """One promise of each kind."""
    found = indicator("on track")
    told = {
        "met": target(300_000, "2020-12-31", verdict="met")._replace(evidence="2020", margin=15_000),
        "missed": target(400_000, "2021-12-31", verdict="missed"),
        "open": target(1_500_000, "none"),
    }
    views = tuple(
        view._replace(indicator="x", id=name, headline=False, stated_by="市政府", quote="明年超额完成")
        for name, view in told.items()
    )
    return Ledger("广州", views, {"x": found}, TODAY, travelling=False)


def ledger_lines(cells: int, glyphs: Glyphs) -> list[Line]:
    """Heads and lines of the ledger."""
    book = ledger()
    wide = ledgertext.laid_out(cells, book, glyphs)
    lines = [
        ledgertext.promise_line(ledgertext.texts(v, book, cells, glyphs), wide, glyphs) for v in book.targets
    ]
    heads = ledgertext.heads_line(wide, "due date", glyphs)
    assert {line_width(line) for line in lines} == {line_width(heads)}
    return [counts_line(book.targets, "承诺", [], cells, glyphs), heads, *lines]


def chart(cells: int, glyphs: Glyphs) -> list[Line]:
    """A chart with labels, today and another day, and how to read it."""
    found, told = indicator("behind"), two_readings()
    drawn = charted_of(found, told, [target(900_000, "2028-12-31")], TODAY)
    both = [chart_lines(drawn, cells, 12, glyphs, travelling=travelling) for travelling in (False, True)]
    assert all(line_width(line) <= cells for lines in both for line in lines)
    assert ["今天" in "".join(map(plain, lines)) for lines in both] == [True, False]
    assert "截至" in "".join(map(plain, both[1]))
    return [*both[0], *both[1], *chart_legend(glyphs)]


def lists(cells: int, glyphs: Glyphs) -> list[Line]:
    """Readings, and what is said where there are none."""
    full, none = detail(indicator("behind"), two_readings()), detail(indicator("behind"))
    lines = [
        *listings.readings_lines(full, cells, 2, glyphs),
        *listings.readings_lines(full, cells, 9, glyphs),
    ]
    return [
        *lines,
        *listings.readings_lines(none, cells, 9, glyphs),
        *listings.targets_lines(none, cells, 9, glyphs),
    ]


def pane(cells: int, glyphs: Glyphs) -> list[Line]:
    """The pane in its three shapes, with a target and with nothing to say but its status."""
    lines: list[Line] = []
    for found in (
        indicator("behind", reason="速度不足", target=None),
        indicator("no reading", reading=None, target=None),
        indicator("no target", target=None),
    ):
        made = detail(found, two_readings() if found.reading else ())
        lines += panes.below(made, cells, 12, glyphs)
        lines += panes.beside(made, cells, 30, glyphs)
        lines += panes.two_lines(found, cells, glyphs)
    return lines


def full(cells: int, glyphs: Glyphs) -> list[Line]:
    """The detail on the whole screen, low and high, and what is told of a reading."""
    made = detail(indicator("behind", target=None), two_readings())
    looked = Looked("广州", TODAY)
    lines = [line for high in (24, 40, 60) for line in detailtext.head(made, looked, cells, high, glyphs)]
    lines += [item.line for item in detailtext.body(made, cells, glyphs)]
    return [
        *lines,
        *(line for each in made.readings for line in detailtext.about(each, made, cells, 5, glyphs)),
    ]


def group(cells: int, glyphs: Glyphs) -> list[Line]:
    """A folded group, with more rows than there is room for."""
    members = [indicator(status) for status in STATUSES]
    lines = [
        line
        for high in (2, 7)
        for line in headings.group_pane("新能源", members, cells, high, glyphs, key="enter")
    ]
    return [*lines, headlines.summary_line(counts(members), [], cells, glyphs)]


def top(cells: int, glyphs: Glyphs) -> list[Line]:
    """The lines over the list."""
    lines = [
        headlines.first_run_line(offer, cells, glyphs, empty=empty)
        for offer in (True, False)
        for empty in (True, False)
    ]
    for travelling in (True, False):
        end = headlines.dates_beside([], TODAY, travelling, "open-sdg，1 个用自己的方法", cells, brief=False)
        lines.append(headlines.title_line("广州", end, cells, glyphs))
        lines.append(headlines.filter_line("新", travelling, 3, 14, end, cells, glyphs))
    return lines


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("cells", [60, 80, 120, 160])
@pytest.mark.parametrize("drawn", [board_lines, ledger_lines, chart, lists, pane, full, group, top])
def test_no_english_is_left_and_nothing_runs_over(
    drawn: Callable[[int, Glyphs], list[Line]], cells: int, glyphs: Glyphs
) -> None:
    lines = drawn(cells, glyphs)
    assert not english(lines)
    assert all(line_width(line) <= cells for line in lines)


def test_the_status_column_and_the_heads_say_chinese() -> None:
    heads, *lines = (plain(line).split() for line in board_lines(120, UNICODE))
    assert heads == ["指标", "读数", "时期", "目标", "到期", "进展", "状态"]
    words = [line[-1] for line in lines]
    assert words == ["进度落后", "未达成", "略有落后", "进展正常", "已达成", "无法判定", "无读数", "无目标"]


def test_the_summary_counts_in_chinese() -> None:
    line = headlines.summary([("off track", 1), ("on track", 3)], 80, UNICODE)
    assert plain(line) == "○ 进度落后 1   ● 进展正常 3"
    assert plain(headlines.summary([("off track", 1), ("on track", 3)], 12, UNICODE)) == "○ 1   ● 3"


def test_labels_of_the_story_keep_their_column() -> None:
    book = ledger()
    view = book.targets[0]._replace(
        evidence_value=315_000,
        evidence_origin=Origin("统计局"),
        origin=Origin("统计局", "", "2020-01"),
        inferred=("stated_on",),
    )
    told = ledgerpane.told_lines(ledgerpane.parts(view, book.rows["x"], {}, UNICODE)[2:], 90, 12, UNICODE)
    assert [plain(line).rstrip() for line in told] == [
        " 依据     2020 为 315,000，差额 +15,000，来自 统计局",
        " 提出     2019-Q4（日期为推断），市政府：“明年超额完成”",
        " 来源     统计局，2020-01 发布",
        " 记录     2026-02-03 12:05，seed",
    ]
    assert {width(plain(line)[:7].rstrip()) for line in told} == {5}


def test_a_long_quote_is_folded_between_its_characters_without_blanks() -> None:
    part = ledgerpane.Part("stated", "全市新能源汽车产能明年将超过计划，" * 6)
    lines = ledgerpane.told_lines([part], 50, 2, UNICODE)
    assert all(line_width(line) <= 50 for line in lines)
    assert " " not in plain(lines[1]).strip()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (indicator("no reading", reading=None, target=None), "按 l 记录"),
        (indicator("no target", target=None), "按 g 设定"),
        (indicator("behind", target=None, reason="速度不足"), "速度不足"),
    ],
)
def test_behind_the_status_only_what_it_does_not_say(found: Row, said: str) -> None:
    assert panes.reason_beside(detail(found), UNICODE) == said


def test_how_far_from_the_line_is_told_behind_the_reason() -> None:
    found = indicator("behind", reason="速度为所需的 0.69")
    drawn = charted_of(found, two_readings(), [target(1_500_000, "2030-12-31")], TODAY)
    latest = found.assessment._replace(
        latest=Point("r", "2025", date(2025, 1, 1), date(2025, 12, 31), 650_000)
    )
    made = detail(found._replace(assessment=latest), two_readings(), drawn)
    assert re.fullmatch("速度为所需的 0.69；今天低 [0-9,]+", panes.explained_in_full(made, UNICODE))
    assert re.fullmatch(
        "速度为所需的 0.69；当时低 [0-9,]+", panes.explained_in_full(made, UNICODE, travelling=True)
    )


def test_what_could_not_be_reckoned_is_known_by_its_words() -> None:
    made = detail(indicator("behind"))
    assert plain(panes.figures_line(made.figures, 80, UNICODE)).strip() == "进展 43.3 %"
    assert [key for line in panes.figure_lines(made.figures, 80, UNICODE) for _, key in line][-1] == "muted"


def test_keys_keep_their_colour_wherever_the_sentence_puts_them() -> None:
    line = headlines.first_run_line(True, 120)
    assert plain(line) == " 从这里开始：l 记录读数，g 设定目标，i 导入此后发布的数据，? 查看全部说明"
    assert [text for text, role in line if role == "key@raised"][1:] == ["l", "g", "i", "?"]


def test_a_chart_is_drawn_anew_in_another_language() -> None:
    found = charted_of(indicator("behind"), two_readings(), [], TODAY)
    assert "今天" in "".join(map(plain, chart_lines(found, 80, 12, UNICODE)))
    language.use("en")
    assert "today" in "".join(map(plain, chart_lines(found, 80, 12, UNICODE)))


def test_facts_are_known_by_their_labels_in_either_language() -> None:
    language.use("en")
    known = detailtext.FACTS[0], detailtext.SAID_ABOVE[0]
    language.use("zh")
    made = detail(indicator("behind", target=None), two_readings())
    text = "\n".join(plain(line) for line in detailtext.head(made, Looked("广州", TODAY), 120, 60, UNICODE))
    assert known == ("warning", "measure")
    assert "警告" in text
    assert "单位" not in text


async def test_the_screens_of_ledger_and_detail_say_chinese(board: Started) -> None:
    async with board(books.states(), size=(160, 40)) as b:
        await b.press("p", "s")
        assert b.lines[0].startswith(" gztrack  承诺：")
        assert b.lines[1].startswith(" ✗ 未达成 1   ✓ 逾期达成 1   ✓ 已达成 1   ? 未作判定 2")
        assert b.lines[2].split() == ["到期", "指标", "目标", "提出者", "判定", "依据", "差额", "原因与变动"]
        assert b.line(" 承诺  ")
        assert "排序：最差在前" in b.text
        await b.press("enter", "m")
        assert b.line(" 读数  ")
        assert "方法：open-sdg" in b.text
