"""In which language the real board answers in a real terminal, and that its columns stand straight in each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from terminal import Terminal

from .conftest import Place

BAR = "━╸╍▸─┊◂"
POST = "│┃"
STATUS = "✓●◐○◂✗?~◌·–"

IN_CHINESE = (("新能源汽车年产能", "指标", "q 退出"), ("NEV annual", "indicator"))
IN_ENGLISH = (("NEV annual production capacity", "indicator", "q quit"), ("新能源汽车", "指标"))
"""What the board shows, and what it does not."""

FROM_CHINA = {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize(
    ("options", "env", "expected"),
    [
        ((), FROM_CHINA, IN_CHINESE),
        ((), {"LC_ALL": "", "LANG": "en_US.UTF-8", "LANGUAGE": "zh:en"}, IN_CHINESE),
        (("--lang", "zh"), {}, IN_CHINESE),
        (
            ("--lang", "en,zh"),
            {},
            (("NEV annual production capacity 新能源汽车年产能", "indicator"), ("指标",)),
        ),
        (
            ("--lang", "zh,en"),
            {},
            (("新能源汽车年产能 NEV annual production capacity", "指标"), ("indicator",)),
        ),
        (("--lang", "en"), FROM_CHINA, IN_ENGLISH),
        ((), {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, IN_ENGLISH),
        ((), {**FROM_CHINA, "TERM": "linux"}, IN_ENGLISH),
    ],
)
def test_the_board_answers_in_the_language_asked_for(
    place: Place,
    options: tuple[str, ...],
    env: dict[str, str],
    expected: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    shown, missing = expected
    with place.board(*options, columns=160, rows=50, **env) as board:
        text = board.until(*shown)

        assert [each for each in missing if each in text] == []


def test_the_main_job_is_done_in_chinese(place: Place) -> None:
    with place.board("--lang", "zh") as board:
        board.until("从这里开始", "q 退出")
        board.press("l", "25万", "tab", "2020年上半年")
        board.until("250,000 辆/年", "至 2020-06-30 止", "83.3 %")
        board.press("enter")
        board.until("25 万", "≥30 万", "u 撤销", without="enter 保存")
        board.press("p")
        board.until("承诺", "escape 返回")
        board.press("escape")
        board.until("q 退出")
        board.press("q")
        assert board.ended() == 0
    (logged,) = json.loads(place.run("history", "nev-capacity", "--json").stdout)
    assert (logged["value"], logged["period"]) == (250_000, "2020-H1")


@pytest.fixture(params=[(60, 16), (80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
def told(request: pytest.FixtureRequest, states: Place) -> Iterator[Terminal]:
    """The board in Chinese, with names of every length in both languages."""
    columns, rows = request.param
    with states.board("--lang", "zh,en", columns=columns, rows=rows) as board:
        board.until("q 退出")
        yield board


def test_bars_and_words_of_all_rows_begin_in_one_column(told: Terminal) -> None:
    seen = 0
    for keys in ((), ("j",) * 3, ("N",), ("pagedown",), ("N",), ("end",)):
        told.press(*keys)
        told.settle(0.15)
        seen += straight(told)
    assert seen > 30


def straight(board: Terminal) -> int:
    """Check where the parts of the rows stand; how many rows have a bar."""
    heads = next(row for row in range(4) if "指标" in line(board, row))
    status = at(board, heads, "状态")
    width = board.display.columns
    bars, posts, words = [], [], []
    for row in range(heads + 1, board.display.lines):
        cells = [board.display.buffer[row][x].data for x in range(width)]
        if cells[1] == "─":  # the pane below
            break
        post = [x for x in range(status) if cells[x] and cells[x] in POST]
        if not post or cells[1] not in STATUS:
            continue
        posts.append(post[0])
        bars.append(next(x for x in range(3, status) if cells[x] and cells[x] in BAR))
        words.append(next(x for x in range(status - 2, width) if re.match("[一-鿿]", cells[x])))
    if posts:
        assert set(posts) == {posts[0]}, board.text
        assert set(bars) == {bars[0]}, board.text
        assert set(words) == {status}, board.text
    return len(posts)


def line(board: Terminal, row: int) -> str:
    return "".join(board.display.buffer[row][x].data for x in range(board.display.columns))


def at(board: Terminal, row: int, text: str) -> int:
    """The column of a text in a row; what is in the second cell of a wide character begins no text."""
    cells = [board.display.buffer[row][x].data for x in range(board.display.columns)]
    return next(x for x, cell in enumerate(cells) if cell and "".join(cells[x:]).startswith(text))
