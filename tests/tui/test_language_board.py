"""The board in Chinese: nothing on it is English but names, keys, commands and methods, and columns stand straight."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from typing import cast

import pytest

import books
from gztrack import language
from gztrack.language import tr
from gztrack.services.actions import BOARD, HELP_GROUPS, Action, help_lines, remapped
from gztrack.services.example import example
from gztrack.services.progress import Reached
from gztrack.services.screens import ANYWHERE, FORM, SCREENS
from gztrack.services.views import News, Row
from gztrack.tui import columns, headlines, news, toosmall, working
from gztrack.tui.cells import line_width, plain, width, wrap
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.grouping import GROUPINGS, SORTS, Order, arranged, entries
from gztrack.tui.helptext import help_text
from gztrack.tui.palettetext import choices, matching, palette_lines, title_cells
from gztrack.tui.screens.board import BoardScreen
from tui.conftest import Started
from tui.fake import FakeTracker, first_run, states

KEYS = {
    *("alt", "comma", "ctrl", "delete", "end", "enter", "escape", "home", "pageup", "pagedown", "pgdn"),
    *("pgup", "right", "shift", "space", "tab", "up", "down"),
}
NAMES = {
    "theme",
    "gztrack",
    "status",
    "ascii",
    "config",
    "toml",
    "dark",
    "light",
    "ansi",
    "mono",
    "fg",
    "auto",
}
METHODS = {"linear", "open", "sdg", "un", "chart"}
ALLOWED = KEYS | NAMES | METHODS

FREE = {"indicator", "name", "unit", "group", "source", "source_url", "note", "quote", "stated_by"}
"""Columns of a file whose texts are the person's own."""

_WORD = re.compile(r"[A-Za-z]{2,}(?![A-Za-z]*…)")


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Everything here is said in Chinese."""
    language.use("zh")


def words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def english(text: str, known: Collection[str] = ()) -> set[str]:
    """English words of a text that are neither keys nor names."""
    return words(text) - ALLOWED - set(known)


def data() -> set[str]:
    """Words that `books.states` brings with it."""
    with (books.GOLDEN / "states.csv").open(encoding="utf-8", newline="") as file:
        told = [text for line in csv.DictReader(file) for name, text in line.items() if name in FREE and text]
    return words(" ".join(told)) | {"ann", "progress", "targets", "yr", "cny", "bn"}


def wordless(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows without the reasons that services give, which are not the board's to say."""
    return tuple(
        row._replace(reason="", target=row.target and row.target._replace(reason="")) for row in rows
    )


# The registry


@pytest.mark.parametrize("screen", [*SCREENS, "anywhere"])
def test_every_text_of_the_registry_has_a_translation(screen: str) -> None:
    for action in SCREENS.get(screen, ANYWHERE):
        for text in filter(None, (action.title, action.help, action.footer)):
            assert tr(text) != text
            assert not english(tr(text)), text


@pytest.mark.parametrize("screen", [*SCREENS])
def test_every_help_has_as_many_parts_in_chinese(screen: str) -> None:
    for action in SCREENS[screen]:
        if action.help:
            parts = len(re.split(r"[,;] ", action.help))
            assert len(re.split("[，；]", tr(action.help))) == parts, action.help


@pytest.mark.parametrize(
    ("group", "removed", "keys", "text"),
    [
        ("write", "", ("n", "e", "A"), "新建，编辑，归档"),
        ("write", "archive", ("n", "e"), "新建，编辑"),
        ("write", "new", ("e", "A"), "编辑指标，归档"),
        ("write", "log", ("L",), "批量录入"),
        ("look", "theme", ("m", "N"), "方法；名称语言"),
        ("look", "today", ("[", "]"), "移动日期"),
    ],
)
def test_the_help_leaves_out_the_words_of_an_action_without_a_key(
    group: str, removed: str, keys: tuple[str, ...], text: str
) -> None:
    actions = remapped(BOARD, {removed: ""} if removed else {})
    assert {line.keys: line.text for line in help_lines(actions, group)}[keys] == text


def test_the_example_of_a_config_file_explains_itself_in_chinese() -> None:
    text = example()
    for line in text.splitlines():
        assert not line or line.startswith(("#", "["))
    comments = [line.rpartition("  # ")[2] for line in text.splitlines() if " = [" in line]
    assert not english(" ".join(comments), {"fg"})
    assert '# log = ["l"]  # 记录读数\n' in text


# Footer, help, palette


@pytest.mark.parametrize("cells", [60, 80, 100, 140])
@pytest.mark.parametrize("actions", SCREENS.values())
def test_every_footer_fits_and_keeps_what_matters(actions: tuple[Action, ...], cells: int) -> None:
    line = headlines.footer(actions, cells, UNICODE)
    assert line_width(line) <= cells
    assert not english(plain(line))
    kept = {action.name for action in actions if action.footer and action.keys and not action.drop}
    if cells >= 80:
        shown = plain(line)
        for action in actions:
            assert action.name not in kept or tr(action.footer) in shown


def test_the_boards_footer_at_80() -> None:
    line = plain(headlines.footer(BOARD, 80, UNICODE))
    assert line == " l 记录  g 目标  enter 详情  / 筛选  p 台账  w 算式  u 撤销  ? 帮助  q 退出"


@pytest.mark.parametrize(("cells", "rows"), [(60, 16), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("screen", ["board", "ledger", "why", "quick"])
def test_the_help_is_chinese_at_every_size(cells: int, rows: int, glyphs: Glyphs, screen: str) -> None:
    lines = help_text(SCREENS[screen], cells, rows, glyphs, remappable=True)
    assert all(line_width(line) <= cells for line in lines)
    text = "\n".join(map(plain, lines))
    assert not english(text)
    assert "…" not in text or cells < 80


def test_the_help_fits_80x24() -> None:
    lines = help_text(BOARD, 80, 24, UNICODE, remappable=True)
    assert len(lines) == 24
    assert plain(lines[0]) == " 帮助   所有键在 ctrl+p 中也能找到，可在 config.toml 中更改"
    assert plain(lines[-1]) == " 任意键 关闭"
    heads = {plain([span]).strip() for line in lines for span in line if span[1] == "group"}
    assert {tr(group) for group in HELP_GROUPS} <= heads


def test_the_columns_of_the_help_stand_straight() -> None:
    lines = help_text(BOARD, 80, 24, UNICODE, remappable=True)
    at = {
        line_width(line[: line.index(span)])
        for line in lines[1:16]
        for span in line
        if span[1] == "text" and span[0].strip()
    }
    assert len(at) == 2


@pytest.mark.parametrize("remappable", [True, False])
def test_the_help_of_a_form_names_its_keys(remappable: bool) -> None:
    lines = help_text(FORM, 80, 24, UNICODE, remappable=remappable, typed=[[("x", "text")]])
    assert not english("\n".join(map(plain, lines)))
    assert plain(lines[0]).startswith(" 帮助   这里字母用于输入")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("撤销", "undo"),
        ("undo", "undo"),
        ("读数", "log"),
        ("log a reading", "log"),
        ("快照", "snapshot"),
        ("snap", "snapshot"),
        ("repaint", "repaint"),
        ("重绘", "repaint"),
        ("主题", "theme"),
        ("wrt snpsh", "snapshot"),
        ("gztrack why", "why"),
    ],
)
def test_the_palette_finds_by_chinese_and_by_english(query: str, first: str) -> None:
    found = matching(choices(BOARD, states()), query)
    assert found[0].choice.action == first


@pytest.mark.parametrize("query", ["前往 nev", "go to nev", "nev"])
def test_the_palette_goes_to_an_indicator_in_both_languages(query: str) -> None:
    found = matching(choices(BOARD, states()), query)
    assert found[0].choice.indicator == "nev-capacity"
    assert found[0].choice.title == "前往 新能源汽车年产能"


def test_what_the_palette_marks_lies_in_what_it_shows() -> None:
    offered = choices(BOARD, states())
    for query in ("汽车", "undo", "读数", "g"):
        for match in matching(offered, query):
            assert all(0 <= start < end <= len(match.choice.title) for start, end in match.marks)


@pytest.mark.parametrize(("cells", "rows"), [(60, 16), (80, 24), (120, 40)])
@pytest.mark.parametrize("query", ["", "读数", "qqqq"])
def test_the_palette_is_chinese(cells: int, rows: int, query: str) -> None:
    offered = choices(BOARD, states())
    lines = palette_lines(
        query,
        matching(offered, query),
        0,
        0,
        cells,
        rows,
        UNICODE,
        total=len(offered),
        titles=title_cells(offered, cells),
    )
    assert all(line_width(line) <= cells for line in lines)
    shown = [line for line in lines if not plain(line).lstrip("▌ ").startswith(":")]
    said = "\n".join("".join(text for text, role in line if role not in ("muted", "key")) for line in shown)
    assert not english(said)
    assert "命令" in plain(lines[0])


# The list


def test_groups_orders_and_their_headings_are_chinese() -> None:
    rows = states()
    for grouping in GROUPINGS[1:]:
        shown = entries(arranged(rows, Order(grouping)), grouping=grouping, blanks=True)
        assert not english(" ".join(entry.text for entry in shown)), grouping
    for sort in SORTS:
        for turned in (True, False):
            assert not english(Order("status", sort, turned).said)
    assert Order("due year", "worst first").said == "按到期年份，最差在前"


def test_a_folded_group_keeps_its_key_whatever_the_language() -> None:
    rows = states()
    keys = {}
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            shown = entries(arranged(rows, Order("due year")), grouping="due year", blanks=False)
            keys[spoken] = [(entry.key, entry.text) for entry in shown if entry.kind == "heading"]
    assert [key for key, _ in keys["en"]] == [key for key, _ in keys["zh"]]
    assert ("due 2027", "2027 年到期") in keys["zh"]
    assert ("no due date", "未设到期日") in keys["zh"]


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("cells", [60, 72, 80, 94, 106, 118, 130, 144, 200])
def test_every_column_has_room_for_its_heading(spoken: str, cells: int) -> None:
    language.use(spoken)
    for status in (8, 11, 14):
        found = columns.columns(cells, columns.Needs(name=30, percent=6, status=status))
        assert found.used <= cells
        for head, room in (
            ("reading", found.value),
            ("period", found.period),
            ("trend", found.trend),
            ("target", found.target),
            ("due", found.due),
            ("progress", found.bar_total),
            ("status", found.status),
        ):
            assert not room or width(tr(head)) <= room, head


# Small things


@pytest.mark.parametrize(("cells", "rows"), [(1, 1), (3, 2), (10, 5), (20, 8), (40, 12), (59, 16), (200, 3)])
def test_the_notice_of_too_little_room_fits(cells: int, rows: int) -> None:
    said = toosmall.lines(cells, rows)
    assert len(said) <= rows
    assert all(line_width(line) <= cells for line in said)


def test_the_notice_says_what_is_needed() -> None:
    text = "\n".join(map(plain, toosmall.lines(40, 12)))
    assert "gztrack 需要 60x16，现为 40x12。" in text
    assert "ctrl+q 退出；草稿会保留。" in text
    assert not english(text)


@pytest.mark.parametrize("cells", range(4, 40))
def test_chinese_is_broken_between_characters_and_not_before_what_closes(cells: int) -> None:
    text = "到期时（2025 年）无法判定，因为“主读数”缺失：见 gztrack 说明。"
    lines = wrap(text, cells, 99)
    assert all(width(line) <= cells for line in lines)
    if cells >= 9:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line.startswith(tuple("，。：）”")) or line.endswith(tuple("（“")) for line in lines)


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (Reached(48_000, 101_000), "正在读取 48,000/101,000 行"),
        (Reached(12_000_000, 48_000_000, "comparing", "bytes"), "正在比对 12/48 MB"),
        (Reached(3, 20, "writing", "indicators"), "正在写入 3/20 指标"),
        (Reached(), "正在读取  escape 取消"),
    ],
)
def test_long_work_says_how_far_it_is(reached: Reached, said: str) -> None:
    line = working.working_line(reached, 80, UNICODE)
    assert said in plain(line)
    assert line_width(line) <= 80
    assert not english(plain(line), {"mb"})


def told(author: str, said: str, name: str, changes: int = 1) -> News:
    return News(
        author=author,
        indicator="nev",
        name=name,
        said=said,
        changes=changes,
        own=False,
        table="readings",
        at="",
    )


def test_what_others_wrote() -> None:
    one = news.told([told("bob", "记录 650", "NEV output")])
    assert one == "bob 记录 650：NEV output"
    many = news.told([told("bob", "", "NEV output", 14), told("eve", "", "a"), told("eve", "", "b")])
    assert many == "bob：对 NEV output 作了 14 处改动；eve：2 处改动"
    crowd = news.told([told(name, "", "x", 2) for name in ("an", "bo", "cy", "di", "ed")])
    assert crowd.endswith("；另有 3 人")


# The running board


TOUR: tuple[tuple[str, ...], ...] = (
    (),
    *(("s",),) * 6,
    ("S",),
    *(("v",), ("z",), ("l",), ("Z",), ("Z",)) * 4,
    ("o",),
    ("o",),
    ("slash",),
    ("slash", "q", "q", "enter"),
    ("escape",),
    ("a",),
    *(("T",),) * 4,
    *(("m",),) * 3,
    ("left_square_bracket",),
    ("right_square_bracket",),
    ("D",),
    ("D", "enter"),
    ("D", "d"),
    ("ctrl+c",),
    ("ctrl+z",),
    ("question_mark",),
    ("r",),
    ("r", "enter"),
    ("p", "slash", "q", "q"),
    ("p", "slash", "q", "q", "enter"),
    ("p", "question_mark"),
    ("w", "question_mark"),
)
"""Keys after each of which the screen is read; escape leaves what they open."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_board_says_nothing_in_english(board: Started, size: tuple[int, int]) -> None:
    known = data() | {"qq"}
    async with board(cast("FakeTracker", books.states()), size=size) as b:
        left: dict[str, tuple[str, ...]] = {}
        for keys in TOUR:
            await b.press(*keys)
            left |= {line: keys for line in b.lines if english(line, known)}
            while not isinstance(b.app.screen, BoardScreen) or b.app.screen.occupied:
                await b.press("escape")
        assert not left


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_columns_stand_straight(board: Started, size: tuple[int, int]) -> None:
    async with board(FakeTracker(wordless(states())), size=size) as b:
        head = b.line("读数")
        at = width(head[: head.index("状态")])
        rows = [line for line in b.lines[2:] if "进展正常" in line or "进度落后" in line]
        for line in rows[:2]:
            word = "进展正常" if "进展正常" in line else "进度落后"
            assert width(line[: line.index(word)]) == at


async def test_the_first_board_and_an_empty_one(board: Started) -> None:
    async with board(FakeTracker(wordless(first_run()), first_run=True)) as b:
        assert not english("\n".join(b.lines[:2]))
    async with board(FakeTracker(())) as b:
        assert "还没有跟踪任何指标：按 n 新建指标，按 i 导入文件" in b.text
        for key in ("l", "g", "c", "d"):
            await b.press(key)
            assert "还没有指标：按 n 新建" in b.lines[-1]


async def test_too_small(board: Started) -> None:
    async with board(size=(40, 12)) as b:
        assert "gztrack 需要 60x16，现为 40x12。" in b.text
        assert not english(b.text)


async def test_the_palette_runs_what_was_found_in_chinese(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+p", "帮", "助", "enter")
        assert "怎样看一行" in b.text
