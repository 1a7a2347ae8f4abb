"""Forms and quick entry in Chinese: no English words are left, and every column stays where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

import pytest

import books
from gztrack import language
from gztrack.domain.guard import Beside, period_slip, value_slip
from gztrack.errors import GztrackError
from gztrack.services.entering import undoing
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.goals import change_text
from gztrack.services.entering.meanwhile import question as ask_over
from gztrack.services.entering.meanwhile import said
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done, News, Preview, ReadingView, Row, TargetView
from gztrack.tui import drafttext, formhelp, formkeys, quickpaste, quicktext
from gztrack.tui.cells import Line, plain, width
from gztrack.tui.completing import key_hint
from gztrack.tui.dialogs.fields import Dialog, called
from gztrack.tui.dialogs.files import ImportDialog, SnapshotDialog
from gztrack.tui.dialogs.goal import GoalDialog
from gztrack.tui.dialogs.indicator import IndicatorDialog
from gztrack.tui.dialogs.reading import CorrectDialog, DropDialog, LogDialog, RetractDialog
from gztrack.tui.dialogs.settings import MethodDialog, PinDialog, SettingsDialog
from gztrack.tui.formtext import FIELD_AT, LABEL, FieldText, echo_at, field_line, problem_lines, wrapped
from gztrack.tui.glyphs import UNICODE
from gztrack.tui.goaltext import promise_text
from gztrack.tui.history import History, Recall
from gztrack.tui.judging import ending, over
from gztrack.tui.quicksheet import Cell, Sheet
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.wording import apart, counted, on_screen, one_question, parted, question, told
from tui.conftest import Board, Started
from tui.fake import FakeTracker

COLUMNS = "kind,indicator,name,unit,measure,group\n"
PILES = COLUMNS + "indicator,piles,充电桩,个,level,交通\nindicator,cars,新能源汽车产量,辆,flow,交通\n"

EXPECTED = (
    "enter tab escape ctrl pgdn pgup",
    "yes no up down none level flow rate usual linear open sdg un chart",
    "csv CSV JSON md json txt svg html xlsx png CNY bn",
    "gztrack add edit archive undo log target history targets ID last DUE PERIOD VALUE DATE",
    "name group definition title method due for reason",
    "piles cars ann guangzhou followup nev exports",
)
ALLOWED = frozenset(word for line in EXPECTED for word in line.split())
"""Keys, words that fields and commands take, methods, formats, ids and names of the test."""


def words(text: str) -> set[str]:
    """Latin words of two letters or more that nobody expects in a Chinese sentence."""
    return set(re.findall(r"[A-Za-z]{2,}", text)) - ALLOWED


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    language.use("zh")


@pytest.fixture
def tracker() -> Tracker:
    with language.speaking("en"):
        made = books.empty("充电")
        import_text(made, PILES)
        made.log(LogEntry("piles", "100", "2024-12-31"))
        made.log(LogEntry("piles", "120", "2025-12-31"))
        made.set_target(GoalEntry("piles", "300", "2030", stated_on="2024"))
    return made


def row(tracker: Tracker, slug: str = "piles") -> Row:
    return tracker.detail(slug).row


def dialogs(tracker: Tracker) -> Iterator[Dialog]:
    detail = tracker.detail("piles")
    reading, target = detail.readings[0], detail.targets[0]
    yield LogDialog(detail.row)
    yield LogDialog(row(tracker, "cars"))
    yield CorrectDialog(detail.row, reading)
    yield RetractDialog(detail.row, reading)
    yield RetractDialog(detail.row, target)
    yield DropDialog(detail.row, target)
    yield PinDialog(detail.row, reading)
    yield PinDialog(detail.row, target)
    yield GoalDialog(detail.row)
    yield GoalDialog(row(tracker, "cars"))
    yield GoalDialog(detail.row, correcting=target)
    yield GoalDialog(detail.row, revising=target)
    yield IndicatorDialog()
    yield IndicatorDialog(detail.row)
    yield MethodDialog(detail.row)
    yield SettingsDialog("充电")
    yield SnapshotDialog(books.TODAY)
    yield ImportDialog()
    yield ImportDialog("guangzhou-followup")


def test_every_form_asks_in_chinese(tracker: Tracker) -> None:
    for dialog in dialogs(tracker):
        said = [called(dialog.word), dialog.subject, dialog.note, dialog.agree]
        said += [text for spec in dialog.fields for text in (spec.label, spec.hint)]
        assert not set().union(*map(words, said)), said
        assert all(width(spec.label) <= LABEL for spec in dialog.fields)


def test_every_field_is_labelled_and_its_hint_stands_in_one_column(tracker: Tracker) -> None:
    for cells in (60, 80, 120):
        for dialog in dialogs(tracker):
            for spec in dialog.fields:
                line = field_line(FieldText(spec.label, False, "", spec.hint, False), cells, UNICODE)
                label, gap, _ = (text for text, _ in line)
                assert width(label) == LABEL
                assert width(label + gap) == echo_at(cells) > FIELD_AT
                assert width(plain(line)) < cells


GOALS = [
    (GoalEntry("piles", "500"), "due", "何时到期？2027-12-31、2027 或“无”"),
    (GoalEntry("piles", "", "2030"), "value", "目标是多少？例如 300k、>=1.5m 或 40..60"),
    (GoalEntry("piles", "500", "2031", replaces="piles@2030"), "reason", "目标有变动，须说明原因"),
    (
        GoalEntry("piles", "500", "2031", over="2026..2031"),
        "value",
        "合计时段：只有流量可按时段合计；piles 是存量",
    ),
    (
        GoalEntry("cars", "500", "2027", over="2026..2031"),
        "value",
        "到期日 2027-12-31 早于时段结束（2031-12-31）；--due 2031-12-31，或不填",
    ),
    (GoalEntry("piles", "500", "2031", stated_on="2027"), "stated_on", "晚于今天（2026-11-24）"),
    (GoalEntry("piles", "500", "2031", baseline="~5"), "baseline", "基线：须为精确数值，进展线由此开始"),
]


@pytest.mark.parametrize(("entry", "field", "error"), GOALS)
def test_a_goal_form_answers_in_chinese(tracker: Tracker, entry: GoalEntry, field: str, error: str) -> None:
    assert tracker.preview_goal(entry).errors[field] == error


def test_a_goal_form_echoes_in_chinese(tracker: Tracker) -> None:
    moved = GoalEntry("piles", ">=400", "2032", replaces="piles@2030", reason="延期", stated_on="unknown")
    seen = tracker.preview_goal(moved)
    assert seen.echoes["due"] == "2032-12-31 到期"
    assert seen.echoes["value"].startswith("不低于 400")
    assert seen.echoes["replaces"].startswith("修订 ")
    assert seen.echoes["replaces"].endswith("300（2030-12-31 到期）")
    assert seen.echoes["stated_on"] == "提出日期不详"
    assert seen.headline.endswith("400（2032-12-31 到期）")
    assert re.fullmatch(r"今后每年需 \+[\d.]+；迄今每年 \+[\d.]+", seen.remark)
    assert not words(" ".join([*seen.echoes.values(), seen.headline, seen.remark]))


@pytest.mark.parametrize(
    ("entry", "guard", "remark"),
    [
        (
            LogEntry("piles", "1,500", "2026-11-01"),
            "是上次数值（2025-12-31 为 120）的 12 倍。是否正确？",
            None,
        ),
        (
            LogEntry("piles", "-5", "2026-11-01"),
            "小于零，而上次数值大于零（2025-12-31 为 120）。是否正确？",
            None,
        ),
        (
            LogEntry("piles", "1200k", "2026-11-01"),
            "是上次数值（2025-12-31 为 120）的 10,000 倍；是否混淆了万与亿？",
            None,
        ),
        (LogEntry("piles", "130", "2026-11-01"), "", "较 2025-12-31 的 120 变动 +10"),
        (
            LogEntry("piles", "130", "2025-12-31"),
            "",
            "此前已为 2025-12-31 记录 120，两者并存；以较晚的一条为准",
        ),
        (LogEntry("cars", "130", "2025"), "", "该序列的第一条读数"),
        (LogEntry("piles", "130", "2026-11-01", series="b"), "", "归入序列 b，与该行所示序列并列"),
    ],
)
def test_a_log_form_answers_in_chinese(
    tracker: Tracker, entry: LogEntry, guard: str, remark: str | None
) -> None:
    seen = tracker.preview_log(entry)
    assert seen.guard == guard
    if remark is not None:
        assert seen.remark == remark
    assert not words(seen.headline)


def _raised(do: Callable[[], object]) -> str:
    with pytest.raises(GztrackError) as refused:
        do()
    return str(refused.value)


def _circle(tracker: Tracker) -> object:
    tracker.edit_indicator(IndicatorEntry("cars", part_of="piles"))
    return tracker.edit_indicator(IndicatorEntry("piles", part_of="cars"))


REFUSALS: list[tuple[Callable[[Tracker], object], str]] = [
    (lambda t: t.log(LogEntry("pile", "5")), "没有指标“pile”；是否指“piles”？"),
    (lambda t: t.log(LogEntry("zzzzzzzz", "5")), "没有指标“zzzzzzzz”；现有：piles、cars"),
    (lambda t: t.log(LogEntry("piles")), "未给出数值；例如 310000、310k、31万 或 '>10000'"),
    (lambda t: t.log(LogEntry("cars", by="+5", period="2025")), "cars 没有读数可供增减；请给出数值"),
    (
        lambda t: t.log(LogEntry("piles", "1500")),
        "piles：是上次数值（2025-12-31 为 120）的 12 倍。是否正确？如无误，加 --yes 按原样记录",
    ),
    (
        lambda t: t.correct("piles@2020", LogEntry("piles", "5"), ""),
        "piles 没有 2020 的读数；现有 2024-12-31、2025-12-31",
    ),
    (
        lambda t: t.correct("cars@last", LogEntry("cars", "5"), ""),
        "cars 尚无读数；记录第一条：gztrack log cars VALUE",
    ),
    (
        lambda t: t.correct("abcdef", LogEntry("cars", "5"), ""),
        "没有短编号“abcdef”；gztrack history ID 与 gztrack targets ID 会列出短编号",
    ),
    (
        lambda t: t.set_target(GoalEntry("piles", "5")),
        "未给出到期日：--due 2027-12-31、--due 2027 或 --due none",
    ),
    (lambda t: t.set_target(GoalEntry("piles", "", "2027")), "未给出目标数值；例如 300k、'>=1.5m' 或 40..60"),
    (
        lambda t: t.set_target(GoalEntry("piles", "5", replaces="piles@2030")),
        "目标有变动，须说明原因：--reason",
    ),
    (
        lambda t: t.set_target(GoalEntry("piles", "5", replaces="piles@2040")),
        "piles 没有 2040 到期的目标；现有 2030",
    ),
    (
        lambda t: t.set_target(GoalEntry("cars", "5", replaces="cars@last")),
        "cars 尚无目标；设定一个：gztrack target cars VALUE --due DATE",
    ),
    (
        lambda t: t.set_target(GoalEntry("piles", ">=5", "2027", comparator="at most")),
        "“>=5”表示不低于，比较方式却是不高于；只给一个",
    ),
    (
        lambda t: t.add_indicator(IndicatorEntry("piles", "x", "个")),
        "“piles”已存在（充电桩）；修改：gztrack edit",
    ),
    (lambda t: t.edit_indicator(IndicatorEntry("piles", name="充电桩")), "“piles”已是如此，无需修改"),
    (
        lambda t: t.edit_indicator(IndicatorEntry("piles", measure="flow")),
        "piles 已有读数；修改类型（由“存量”改为“流量”）会改变读数的含义。如无误，加 --yes 照此修改",
    ),
    (lambda t: t.edit_indicator(IndicatorEntry("piles", series="b")), "序列：“b”尚无读数；只有未命名的序列"),
    (_circle, "隶属：piles 会经由 cars 隶属于自身"),
    (lambda t: t.edit_database(SettingsEntry("充电")), "数据库已是如此，无需修改"),
    (lambda t: t.redo(), "没有可重做的：ann 没有仍处于撤销状态的操作"),
]


@pytest.mark.parametrize(("do", "text"), REFUSALS, ids=[text for _, text in REFUSALS])
def test_what_is_refused_is_told_in_chinese(
    tracker: Tracker, do: Callable[[Tracker], object], text: str
) -> None:
    assert _raised(lambda: do(tracker)) == text


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("流量须注明所覆盖的时期：--for 2025，或 --for 2026-Q3", "流量须注明所覆盖的时期：2025，或 2026-Q3"),
        (
            "未给出到期日：--due 2027-12-31、--due 2027 或 --due none",
            "未给出到期日：2027-12-31、2027 或 none",
        ),
        ("目标有变动，须说明原因：--reason", "目标有变动，须说明原因"),
        ("“+”表示变动（--by）：写作 5", "“+”表示变动（by）：写作 5"),
        ("可用 --title 与 --method", "可用 title"),
        ("会改变读数的含义。 --yes 表示照此修改", "会改变读数的含义。"),
        ("会改变读数的含义。--yes则修改", "会改变读数的含义。"),
    ],
)
def test_options_are_for_the_command_line(message: str, shown: str) -> None:
    assert on_screen(message) == shown


def test_a_question_names_no_id_and_several_end_as_one() -> None:
    slip = value_slip(1200, Beside(91, "2025 为 91"), rate=False)
    late = period_slip("2027", date(2027, 12, 31), books.TODAY)
    assert question(f"nev-output：{slip} --yes 表示按原样记录") == slip
    assert one_question(f"{slip}{late}") == (
        "是上次数值（2025 为 91）的 13 倍；2027 于 2027-12-31 结束，晚于今天（2026-11-24）。是否正确？"
    )


def test_what_services_say_is_cut_where_they_put_it_together(tracker: Tracker) -> None:
    behind = language.tr("; bring back: {command}", command="gztrack redo")
    assert told(Done((f"已撤销 x{behind}",))) == "已撤销 x"
    assert told(Done(())) == "已完成"
    assert counted(Done(("pack.csv：新增 4 条，修订 25 条",))) == "新增 4 条，修订 25 条"
    assert parted("52.0 %，目标 ≥9，2030 到期") == ("52.0 %", "，目标 ≥9，2030 到期")
    assert apart("dropped", "已放弃：不再列入规划") == "不再列入规划"


def test_what_others_did_is_told_and_asked_about_in_chinese() -> None:
    at = "2026-11-24T08:00:00Z"
    news = [News("bob", False, "piles", "充电桩", "readings", 3, "记录了 5", at)] * 2
    own = [News("bob", True, "piles", "充电桩", "readings", 1, "记录了 5", at)]
    assert said(news, at) == "bob 记录了 5，bob 记录了 5，另有 4 处变动（刚刚）"
    assert said(own, "2026-11-24T08:20:00Z") == "你在另一会话中 记录了 5（20 分钟前）"
    assert ask_over("bob 记录了 5", ("数值", "时期")) == "bob 记录了 5。双方都修改了：数值、时期。仍要保存？"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ((300, "2030-12-31"), (300, "2033-12-31"), "数值不变，推迟 3 年"),
        ((300, "2030-12-31"), (200, "2029-11-30"), "下调 100，提前 13 个月"),
        ((300, "2030-12-31"), (400, "2031-01-02"), "上调 100，推迟数日"),
        ((300, "2030-12-31"), (300, None), "数值不变，现无到期日"),
        ((300, None), (300, "2030-12-31"), "数值不变，现改为 2030-12-31 到期"),
    ],
)
def test_what_a_revision_changed_is_told_in_chinese(
    old: tuple[int, str | None], new: tuple[int, str | None], text: str
) -> None:
    facts = [
        {"comparator": "at least", "value": value, **({"due_end": due} if due else {})}
        for value, due in (old, new)
    ]
    assert change_text(*facts) == text


def test_what_was_undone_is_told_in_chinese(tracker: Tracker) -> None:
    latest = [undoing.summary(tracker.register, tx) for tx in tracker.register.undone()]
    assert latest == []
    done = tracker.set_target(GoalEntry("cars", ">=5", "2027"))
    assert undoing.summary(tracker.register, done.tx) == "目标 cars 不低于 5（2027-12-31 到期）"
    made = tracker.log(LogEntry("piles", "130", "2026-11-01"))
    assert undoing.summary(tracker.register, made.tx) == "读数 piles 130（2026-11-01）"
    many = tracker.log_batch([LogEntry("piles", "140", "2026-11-02"), LogEntry("cars", "3", "2025")])
    assert undoing.summary(tracker.register, many.tx) == "2 条读数（全部）"


def test_a_promise_and_its_end_are_told_in_chinese(tracker: Tracker) -> None:
    tracker.set_target(GoalEntry("piles", "400", "2032", replaces="piles@2030", reason="延期"))
    detail = tracker.detail("piles")
    known = {view.id: view for view in detail.targets}
    old = next(view for view in detail.targets if view.replaced_by)
    assert promise_text(detail.row, old, UNICODE) == "≥300（2030-12-31 到期）"
    assert over(old) == "已经被取代"
    (text,) = ending(old, detail.row, known, UNICODE)
    assert re.match(r"于 2026-11-24 由 ≥400（2032-12-31 到期）取代：上调 100，推迟 2 年", text)


def shown(lines: list[Line]) -> str:
    return "\n".join(map(plain, lines))


def test_a_forms_help_and_keys_are_chinese() -> None:
    lines = formhelp.lines(ascii=False)
    assert not words(shown(lines))
    assert {width(line[0][0]) for line in lines if len(line) == 2} == {14}
    keys = formkeys.form_keys((), 80, agree="", restored=True, more="更多字段")
    assert not words(" ".join(word for _, word in keys))
    assert not words(key_hint(1, 3, "→", "pgdn"))
    recall = Recall(History(None), "log")
    assert recall.step("value", "5", 1) is None
    assert recall.notes == {"value": "此处从未保存过内容"}


def test_long_chinese_is_broken_between_characters_and_not_before_a_comma() -> None:
    text = "已有读数，修改单位（由 kilometres 改为 miles）会改变读数的含义，也会改变目标的含义。"
    for cells in range(10, 60):
        lines = wrapped(text, cells)
        assert all(width(line) <= cells for line in lines)
        assert not any(line.startswith(("，", "。", "）")) for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_files_rows_have_lines_of_their_own() -> None:
    problem = "a.csv：3 行无法读取：第 3 行：没有数值；第 5 行，2025：没有时期；另有 12 条"
    assert [plain(line).strip() for line in problem_lines(problem, 80, UNICODE)] == [
        "✗ a.csv：3 行无法读取",
        "第 3 行：没有数值",
        "第 5 行，2025：没有时期",
        "另有 12 条",
    ]


def test_quick_entry_is_chinese_and_its_columns_stand_one_below_the_other(tracker: Tracker) -> None:
    rows = [row(tracker), row(tracker, "cars")]
    sheet = Sheet(rows, {"value piles": "1200", "value cars": "5", "source": "统计局"})
    entries = sheet.entries()
    known = Preview({"value": "1,200 个", "period": "今天"}, status="dropped", headline="52 %，目标 9")
    sheet.understood(entries, [known, tracker.preview_batch(entries)[1]])
    at = Cell(0, "value")
    for cells in (60, 80, 100, 140):
        head = plain(quicktext.heads_line(cells))
        columns = quicktext.widths(cells)
        for column in ("value", "period", "result"):
            if getattr(columns, column) > 8:
                before = head[: head.index(language.tr(quicktext.LABELS[column]))]
                assert width(before) == columns.at(column) + (column != "result")
        lines = [
            quicktext.title_line(sheet, "", cells, UNICODE),
            *(quicktext.common_line(sheet, column, at, "", cells, UNICODE) for column in ("period", "source")),
            quicktext.heads_line(cells),
            *(quicktext.row_line(sheet, n, at, cells, UNICODE) for n in range(2)),
            *(line for n in (-1, 0, 1) for line in quicktext.about(
                sheet, Cell(n, "value" if n >= 0 else "period"), cells, UNICODE)),
            *quicktext.question_lines("是否正确？", "按原样保存", cells, UNICODE),
        ]  # fmt: skip
        assert all(width(plain(line)) <= cells for line in lines)
        assert not words(shown(lines))


@pytest.mark.parametrize(
    ("text", "at", "problem"),
    [
        ("1\n2", Cell(-1, "period"), "粘贴了 2 行；此处只能一行，可粘贴到下面各行"),
        ("1\n2\n3", Cell(0, "value"), "粘贴了 3 行，而此处以下只有 2 行；未采用"),
        ("x\t1", Cell(0, "value"), "此处没有名为 x 的行；未采用"),
        ("piles\t1\npiles\t2", Cell(0, "value"), "piles 出现两次；未采用"),
        ("piles\t", Cell(0, "value"), "其中没有数值"),
    ],
)
def test_a_paste_is_refused_in_chinese(tracker: Tracker, text: str, at: Cell, problem: str) -> None:
    assert quickpaste.spread(text, [row(tracker), row(tracker, "cars")], at).problem == problem


def test_drafts_are_told_in_chinese(tracker: Tracker) -> None:
    rows = [row(tracker)]
    texts = dict.fromkeys(("value", "stated_by", "baseline_for", "name_zh", "part_of"), "5")
    one = drafttext.start_line({"goal piles": texts}, rows)
    assert one == "未完成：目标  充电桩（数值 5、提出者 5、基线时期 5、中文名 5，另有 1 项）"
    quick = drafttext.contents("quick", {"value piles": "5", "period": "2025"})
    assert quick == "1 个数值、时期 2025"
    assert drafttext.start_line({"new": {}, "log piles": {}}, rows) == "保留着 2 份未完成的录入"
    names = ("new", "snapshot", "import", "settings", "quick", *(f"{word} piles" for word in (
        "log", "goal", "edit", "method", "correct", "revise", "retract", "drop", "pin")))  # fmt: skip
    assert not words(" ".join(drafttext.heading(name, rows) for name in names))


def form(b: Board) -> str:
    """What the open form says, its fields left out."""
    screen = cast("BoardScreen", b.app.screen)
    assert screen.form
    return shown([screen.form.line(y) for y in range(screen.form.space[1])])


@pytest.mark.parametrize(
    "keys", [("j", "l"), ("j", "l", "ctrl+o"), ("g",), ("g", "ctrl+o"), ("n",), ("e", "ctrl+o"), ("d",)]
)
async def test_a_form_on_the_board_is_chinese(
    board: Started, tracker: Tracker, keys: tuple[str, ...]
) -> None:
    async with board(cast("FakeTracker", tracker)) as b:
        await b.press(*keys)
        assert not words(form(b))
        await b.press("enter")
        screen = cast("BoardScreen", b.app.screen)
        assert screen.form
        assert "✗" in form(b) or "尚不能保存" in form(b) or keys == ("e", "ctrl+o")


async def test_the_guard_asks_in_chinese_and_says_what_the_keys_do(board: Started) -> None:
    tracker = books.empty()
    import_text(tracker, PILES)
    tracker.log(LogEntry("piles", "120", "2025-12-31"))
    async with board(cast("FakeTracker", tracker)) as b:
        await b.press("l", *"1500", "enter")
        assert "! 是上次数值（2025-12-31 为 120）的 12 倍。是否正确？" in b.text
        assert "enter：仍然保存；escape 返回" in b.text
        assert b.lines[-1].startswith(" enter 仍然保存  escape 修改")
        assert isinstance(tracker.detail("piles").readings[0], ReadingView)


async def test_quick_entry_on_the_board_is_chinese(board: Started, tracker: Tracker) -> None:
    async with board(cast("FakeTracker", tracker)) as b:
        await b.press("L", "tab", "tab", *"130", "down", *"12")
        await b.settle()
        assert "批量录入   2 个指标" in b.lines[0]
        assert "已填 2 行" in b.lines[0]
        assert "流量须注明所覆盖的时期" in b.text
        await b.press("enter")
        assert b.lines[-1].strip() == "✗ 未保存：1 行需检查"
        await b.press("escape")
        assert b.lines[-1].startswith(" 尚未保存；已输入的内容会保留")
        assert b.lines[-1].endswith(" 继续")
        assert isinstance(tracker.detail("piles").targets[0], TargetView)
