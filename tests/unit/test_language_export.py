"""Exports in Chinese: what people read is translated and stays aligned, data stay the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import GOLDEN, followed, states, stations
from gztrack import language
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.export.alarm_form import alarm_lines
from gztrack.export.board_text import fully_named, named
from gztrack.export.cells import cells, wrapped
from gztrack.export.csv_file import export_csv, left_out
from gztrack.export.files import save
from gztrack.export.phrases import brief, explained, promise_text, revises_text, said_flags, stated_text
from gztrack.export.snapshot import render, write
from gztrack.export.svg_shapes import broken, extent
from gztrack.export.text import board_text, detail_text, history_text, ledger_text, summary_text
from gztrack.export.tinydb_file import export_tinydb
from gztrack.language import speaking, tr
from gztrack.services.board.alarms import KINDS, Alarm
from gztrack.services.tracker import Tracker
from gztrack.services.views import Row, TargetView

BOOKS: dict[str, Callable[[], Tracker]] = {"followup": followed, "states": states}
LATIN = re.compile(r"(?<!\w)[A-Za-z]{2,}(?![\w…])")
OURS = {"gztrack", "linear", "open", "sdg", "un", "chart", "JSON", "SHA", "CNY", "bn", "nbsp"}
"""What stays as it is: methods, formats, currencies and scales, and how Markdown writes a blank."""

WIDE = 1000
"""Nothing is cut there."""


def strings(found: object) -> Iterable[str]:
    """Every text in a fact."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from strings(each)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from strings(each)


TOLD = ("name", "name_zh", "unit", "group", "indicator", "definition", "series", "source", "source_url", "note",
        "quote", "stated_by", "reason", "author")  # fmt: skip
"""Fields that hold what somebody wrote."""


def typed(tracker: Tracker) -> set[str]:
    """Every word that somebody wrote into a database, and the ids that it gave."""
    texts = [tracker.title]
    for _, fact in tracker.store.facts()[0]:
        texts += strings([fact.get(name, "") for name in TOLD])
        texts.append(fact["id"][-6:].lower())
    return {word for text in texts for word in LATIN.findall(text)}


def english(text: str, tracker: Tracker) -> list[str]:
    """English words in a text that are neither of the data nor names of ours."""
    return sorted(set(LATIN.findall(text)) - typed(tracker) - OURS)


def whole_ledger(tracker: Tracker) -> str:
    units = {row.id: row.unit for row in tracker.board().rows}
    return ledger_text(tracker.ledger(), units=units, width=WIDE)


def details(tracker: Tracker) -> str:
    return "".join(detail_text(tracker.detail(row.id), width=WIDE) for row in tracker.board().rows)


def histories(tracker: Tracker) -> str:
    return "".join(
        history_text(tracker.history(row.id), row.unit, width=WIDE) for row in tracker.board().rows
    )


def board(tracker: Tracker) -> str:
    return board_text(tracker.board(), width=WIDE)


def picture(tracker: Tracker) -> str:
    return "\n".join(ElementTree.fromstring(render(tracker, "svg")).itertext())


def page(tracker: Tracker) -> str:
    root = ElementTree.fromstring(render(tracker, "html"))
    labels = [element.get("aria-label", "") for element in root.iter()]
    body = root.find("body")
    assert body is not None
    return "\n".join([*labels, *body.itertext()])


SHOWN: dict[str, Callable[[Tracker], str]] = {
    "board": board,
    "detail": details,
    "history": histories,
    "ledger": whole_ledger,
    "md": lambda tracker: render(tracker, "md").decode(),
    "txt": lambda tracker: render(tracker, "txt").decode(),
    "svg": picture,
    "html": page,
}


@pytest.mark.parametrize("what", SHOWN)
@pytest.mark.parametrize("name", BOOKS)
def test_nothing_that_people_read_stays_english(name: str, what: str) -> None:
    language.use("zh")
    tracker = BOOKS[name]()

    assert english(SHOWN[what](tracker), tracker) == []


@pytest.mark.parametrize("name", BOOKS)
def test_data_are_the_same_bytes_in_every_language(name: str) -> None:
    def made() -> list[bytes]:
        return [
            render(tracker, "csv"),
            render(tracker, "json"),
            export_csv(tracker),
            b"".join(export_tinydb(tracker)),
        ]

    tracker = BOOKS[name]()
    before = made()
    language.use("zh")
    render(tracker, "md")

    assert made() == before


@pytest.mark.parametrize("kind", ["md", "txt", "svg", "html"])
def test_a_report_in_chinese_has_the_hash_of_the_english_one(kind: str) -> None:
    tracker = states()
    digest = re.search(rb"hash.{0,20}?([0-9a-f]{16})", render(tracker, "txt"))
    assert digest is not None
    language.use("zh")

    assert digest[1] in render(tracker, kind)


@pytest.mark.parametrize("kind", ["md", "txt", "svg", "html"])
@pytest.mark.parametrize("name", BOOKS)
def test_the_golden_bytes_in_chinese(name: str, kind: str) -> None:
    language.use("zh")
    made = render(BOOKS[name](), kind)

    assert made.decode() == (GOLDEN / f"{name}-snapshot.zh.{kind}").read_text("utf-8"), (
        "wanted? then PYTHONPATH=src:tests python tests/golden/make.py, and read the diff"
    )


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160])
@pytest.mark.parametrize("name", BOOKS)
def test_the_board_fits_and_its_columns_stand_one_below_the_other(name: str, width: int) -> None:
    language.use("zh")
    shown = BOOKS[name]().board()
    lines = board_text(shown, width=width).splitlines()
    places = set()
    for row in shown.rows:
        word = tr(row.status)
        line = next(line for line in lines if named(row)[:4] in line and line.endswith(word))
        places.add(cells(line.removesuffix(word)))

    assert max(map(cells, lines)) <= width
    assert len(places) == 1


@pytest.mark.parametrize("width", [40, 72, 100])
def test_no_line_of_ledger_and_detail_is_wider_than_asked(width: int) -> None:
    language.use("zh")
    tracker = followed()
    text = detail_text(tracker.detail("5g-base-stations"), width=width)
    prose = [line for line in text.splitlines() if "  " not in line.strip()]

    assert max(map(cells, prose)) <= width


def test_labels_of_a_detail_are_padded_by_cells() -> None:
    language.use("zh")
    detail = stations().detail("stations")._replace(figures=(("reading", "一"), ("no target", "二")))
    lines = detail_text(detail).splitlines()

    assert "读数    一" in lines
    assert "无目标  二" in lines


def row_of(**changes: object) -> Row:
    row = next(row for row in states().board().rows if row.id == "tech-centres")
    return row._replace(**changes)  # type: ignore[arg-type]


def target(**changes: object) -> TargetView:
    found = row_of().target
    assert found is not None
    return found._replace(**changes)  # type: ignore[arg-type]


def test_an_indicator_is_called_by_its_name_in_the_language() -> None:
    row, nameless = row_of(), row_of(name_zh="")

    assert (named(row), fully_named(row)) == (
        "Enterprise technology centres",
        "Enterprise technology centres 企业技术中心",
    )
    language.use("zh")
    assert (named(row), fully_named(row)) == ("企业技术中心", "企业技术中心 Enterprise technology centres")
    assert (named(nameless), fully_named(nameless)) == ("Enterprise technology centres",) * 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due": "2025"}, "≥500（2025 到期）"),
        ({"due": "none"}, "≥500（无到期日）"),
        ({"due": "2025", "inferred": ("due",)}, "≥500（2025? 到期）"),
        ({"due": "2025", "over": "2021..2025"}, "2021..2025 合计 ≥500（2025 到期）"),
    ],
)
def test_a_promise_in_chinese(changes: dict[str, object], said: str) -> None:
    language.use("zh")

    assert promise_text(target(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stated_on": "2019", "stated_by": "City"}, "City，2019 提出"),
        ({"stated_on": "2019", "stated_by": "", "inferred": ("stated_on",)}, "2019（推断）提出"),
        ({"stated_on": "", "stated_by": "City"}, "City，提出日期不详"),
    ],
)
def test_who_stated_a_target_in_chinese(changes: dict[str, object], said: str) -> None:
    language.use("zh")

    assert stated_text(target(**changes)) == said


def test_sentences_in_chinese() -> None:
    language.use("zh")
    old = target(id="x", due="2020", value=300)
    reading = row_of().reading
    assert reading is not None

    assert summary_text([("off track", 2), ("cannot tell", 1)]) == "○ 进度落后 2   ? 无法判定或评估 1"
    assert (
        revises_text(target(replaces="x", change="推迟一年"), {"x": old})
        == "修订 ≥300（2020 到期）：推迟一年"
    )
    assert revises_text(target(replaces="y", change="推迟一年"), {}) == "修订较早的目标：推迟一年"
    assert said_flags(reading._replace(provisional=True, inferred=("period",))) == "初步，时期为推断"
    assert ledger_text([]) == "没有目标\n"
    assert history_text([]) == "没有读数\n"


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_a_reason_is_not_said_twice(spoken: str) -> None:
    language.use(spoken)
    reason = tr("cannot tell at the due date; met by {day}", day="2023-12-31")

    assert brief("cannot tell", reason) == tr("met by {day}", day="2023-12-31")
    assert brief("missed", reason) == reason
    assert brief("cannot tell", "?") == "?"
    assert explained("cannot tell", reason).count(tr("cannot tell")) == 1
    assert explained("missed", "") == tr("missed")


def alarm(kind: str, **changes: object) -> Alarm:
    row = row_of(status="off track", reason="速度不足")
    return Alarm(kind, row, target(**changes), None, date(2026, 1, 1), "", 120)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            alarm("off-track"),
            "进度落后  tech-centres  达到 217 %，目标为 ≥500 centres（2027-12-31 到期）：速度不足",
        ),
        (
            alarm("stale", due_end=None),
            "久未更新  tech-centres  目标于 2026-01-01 记录，此后 120 天没有记录读数，承诺为 ≥500 centres（无到期日）",
        ),
        (
            alarm("overdue", verdict="cannot tell", reason="无读数"),
            "已逾期  tech-centres  无法判定：无读数，承诺为 ≥500 centres（2027-12-31 到期）；请记录结果",
        ),
    ],
)
def test_an_alarm_in_chinese(found: Alarm, said: str) -> None:
    language.use("zh")

    assert alarm_lines([found]) == f"{said}\n"


def test_alarms_stand_one_below_the_other() -> None:
    language.use("zh")
    lines = alarm_lines([alarm(kind, verdict="cannot tell", reason="无读数") for kind in KINDS]).splitlines()

    assert len({cells(line[: line.index("tech-centres")]) for line in lines}) == 1
    assert not any(set(LATIN.findall(line)) - {"tech", "centres"} for line in lines)


def test_files_that_cannot_be_written_say_so_in_chinese(tmp_path: Path) -> None:
    language.use("zh")
    there = tmp_path / "a.md"
    there.write_text("x")

    with pytest.raises(InputError, match=r"：已存在；加 --force 则替换$"):
        save(str(there), b"y")
    with pytest.raises(InputError, match=r"：无法写入：文件名过长；请换个位置$"):
        save(str(tmp_path / ("长" * 300)), b"y")
    with pytest.raises(
        InputError, match=r"^没有这种快照格式：“doc”；可用 md、html、csv、json、txt、svg、xlsx、png$"
    ):
        render(states(), "doc")


def test_writing_says_what_was_written_in_chinese(tmp_path: Path) -> None:
    language.use("zh")
    done = write(stations("2020,5"), "", str(tmp_path / "a.md"))

    assert re.fullmatch(
        r"已写入 \S+/a\.md：1 个指标，截至 2026-11-24，内容哈希值 [0-9a-f]{16}", done.lines[0]
    )


def test_what_a_csv_leaves_out_is_said_in_chinese() -> None:
    language.use("zh")
    tracker = stations("2020,5")
    tracker.pin("stations@2020", "市级数据")
    assert left_out(tracker) == "CSV 无处存放，未导出：1 处固定"

    tracker.archive("stations")
    assert left_out(tracker) == "CSV 无处存放，未导出：1 个已归档指标"


@given(st.text(alphabet="中文，。（）“” ab1%", max_size=60), st.integers(8, 30))
def test_chinese_lines_break_anywhere_but_not_before_a_comma(text: str, room: int) -> None:
    with speaking("zh"):
        lines = wrapped(text, room, "- ", "  ")

    assert all(cells(line) <= room for line in lines)
    assert "".join(line[2:] for line in lines).replace(" ", "") == clean(text).replace(" ", "")


def test_a_chinese_paragraph_fills_its_lines() -> None:
    text = "进展条：竖线为目标，过期后为粗线（按直线应达之处为虚线），数字指来源。"
    language.use("zh")
    lines = wrapped(text, 20)

    assert lines == ["进展条：竖线为目标，", "过期后为粗线（按直线", "应达之处为虚线），数", "字指来源。"]
    pieces = broken(text, 10, 105, 9)
    assert "".join(pieces) == text
    assert all(extent(piece, 10) <= 105 for piece in pieces)
    assert not any(piece[0] in "，。：）" for piece in pieces)
