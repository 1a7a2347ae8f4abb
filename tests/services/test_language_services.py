"""Services answer in Chinese where people ask for it; what is kept is never shown in the wrong language."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

import gztrack.services.databases.looking as looking
from books import empty, followed, states
from gztrack.domain import verdicts as verdicts_module
from gztrack.domain.assessment import Assessment, Projection
from gztrack.domain.reckoning.bounds import Figure
from gztrack.errors import Cancelled, GztrackError, InputError
from gztrack.language import language, speaking, tr, use, use_names
from gztrack.services import keymap, naming, news, preferences
from gztrack.services.board import details, figures, ledger, parts
from gztrack.services.board.alarms import parse_patience
from gztrack.services.board.board_file import BoardFile
from gztrack.services.clock import instant
from gztrack.services.databases import keeping
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.databases.seeding import read_seed
from gztrack.services.days import today_in
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.merging import clashes, merger
from gztrack.services.progress import Task
from gztrack.services.quicklog import QuickLog
from gztrack.services.reader import Reader
from gztrack.services.screens import ANYWHERE, SCREENS
from gztrack.services.tracker import Tracker
from gztrack.services.views import (
    RIVAL,
    STATUS_ORDER,
    Board,
    MethodView,
    ProRata,
    ShareView,
)
from gztrack.storage.journal import Journal
from gztrack.storage.locations import Location
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Fact

from .conftest import TODAY

COMMANDS = re.compile(
    r"gztrack( --db \S+)?( [a-z][a-z-]*)?( [a-z]+-?[a-z]*@?\S*)?|--[a-z][a-z-]*|\bTEXT\b|\[keys\]"
    r"|theme = \"light\"|'[^']*'|“[a-z+]+”|\"[a-z]+\"|/\S+|(?<=[（，])[0-9a-z]{6}(?=[），。])| [0-9a-z]{6}(?= |$)"
)
NAMES = {
    "ann",
    "bob",
    "linear",
    "open-sdg",
    "un-chart",
    "UTF-8",
    "TOML",
    "JSON",
    "SSH",
    "ctrl",
    "home",
    "tab",
}


def latin(text: str, *names: str) -> list[str]:
    """Latin words of a Chinese text that are neither names nor typed."""
    for name in sorted((*NAMES, *names), key=len, reverse=True):
        text = text.replace(name, "")
    return re.findall(r"[A-Za-z]{2,}", COMMANDS.sub("", text))


def refused(action: Callable[[], object]) -> str:
    with pytest.raises(GztrackError) as caught:
        action()
    return str(caught.value)


@pytest.fixture
def chinese() -> None:
    use("zh")


def made() -> Tracker:
    tracker = empty("made up")
    tracker.add_indicator(IndicatorEntry("capacity", name="Capacity", unit="vehicles"))
    tracker.add_indicator(IndicatorEntry("share", name="Share", unit="vehicles", part_of="capacity"))
    for slug in ("capacity", "share"):
        for year, value in (("2019", "100"), ("2020", "150"), ("2021", "190")):
            tracker.log(LogEntry(slug, value, year, yes=True))
        tracker.set_target(GoalEntry(slug, "300", "2027"))
        tracker.set_target(GoalEntry(slug, "400", "2029", replaces=f"{slug}@2027", reason="review"))
    return tracker


# -- sentences -----------------------------------------------------------------------------


def buffer(value: float, qualifier: str = "exact", months: int = 12) -> str:
    qualifiers = {"buffer": qualifier}
    return figures.buffer_text(
        Assessment("on track", "", "linear", buffer=value, period_months=months, qualifiers=qualifiers)
    )


def projected(**known: object) -> str:
    found = Assessment("on track", "", "linear", projection=Projection(readings=5, **known))  # type: ignore[arg-type]
    ((_, text),) = figures._projection(found, "vehicles/year", TODAY)
    return text


def method(name: str, status: str, ratio: float | None = None) -> MethodView:
    return MethodView(name, status, "", None if ratio is None else Figure(ratio, "exact"), name == "linear")


METHODS = (
    method("linear", "on track", 1.02),
    method("open-sdg", "cannot tell"),
    method("un-chart", "behind"),
)
SHARE = ShareView("a", "甲", "b", "乙", "2020", 5, "exact", 10, "exact", Figure(0.5, "exact"))
PRO_RATA = ProRata(
    "2022-01..2022-11", date(2022, 11, 30), 279_400, "exact", 11, 12, 229_167, Figure(1.219, "exact")
)

SENTENCES: list[tuple[Callable[[], str], str]] = [
    (lambda: buffer(1.4), "领先应达线 1.4 个报告期（每期 12 个月）"),
    (lambda: buffer(-0.5, months=1), "落后应达线 0.5 个报告期（每期 1 个月）"),
    (lambda: buffer(0.0, "at least"), "正在应达线上或领先"),
    (lambda: buffer(0.0, "about"), "大致在应达线上"),
    (
        lambda: projected(value=1000.0, low=900.0, high=1100.0, reached=date(2027, 1, 31)),
        "到期时 ~1,000 vehicles/year（~900 至 ~1,100）；达到目标的日期：2027-01-31；5 条读数",
    ),
    (
        lambda: projected(reached=date(2025, 1, 1), reached_early=date(2024, 1, 1)),
        "本应达到目标的日期：2025-01-01（2024-01-01 或更晚，也可能永远达不到），但没有读数证实；5 条读数",
    ),
    (
        lambda: figures.methods_text(METHODS, with_target=True),
        "linear 进展正常（1.02）、open-sdg 无法判定、un-chart 略有落后",
    ),
    (lambda: figures.methods_text(METHODS[:1], with_target=True), "均为进展正常"),
    (
        lambda: figures.pro_rata_text(PRO_RATA, "辆/年"),
        "2022-01..2022-11 为 279,400，是 229,167 的 121.9 %（目标的 11/12）",
    ),
    (lambda: details.share_text(SHARE, "辆"), "2020 为 5，整体 10（50.0 %）"),
    (lambda: empty("x").board()._replace(own=2).reckoned, "linear，另有 2 个指标用各自的方法"),
    (lambda: refused(lambda: parse_patience("soon")), "不是时长：“soon”；请写 90d、12w、6m（月）、1y 或 never"),
    (lambda: refused(lambda: today_in("Guangzhou")), "没有这个时区：“Guangzhou”；例如 Asia/Shanghai 或 UTC"),
]  # fmt: skip


@pytest.mark.usefixtures("chinese")
def test_a_footnote_is_written_in_chinese() -> None:
    tracker = empty("made up")
    tracker.add_indicator(IndicatorEntry("stations", name="基站", unit="座"))
    tracker.log(
        LogEntry("stations", "5", "2020", source="统计局", url="https://a.cn/", published="2021-01-02")
    )
    reading = tracker.detail("stations").readings[0]
    assert tracker.cite("stations@last") == (
        "基站：5 座（2020）。来源：统计局，https://a.cn/，2021-01-02 发布。"
        f"ann 于 {reading.logged_at[:10]} 记录，{reading.handle}。"
    )


@pytest.mark.parametrize(("say", "expected"), SENTENCES, ids=[expected[:12] for _, expected in SENTENCES])
@pytest.mark.usefixtures("chinese")
def test_what_is_reckoned_is_said_in_chinese(say: Callable[[], str], expected: str) -> None:
    assert say() == expected


@pytest.mark.usefixtures("chinese")
def test_a_clock_that_was_wrong_is_told_of_in_chinese() -> None:
    now = int(date(2026, 1, 1).strftime("%s")) * 1_000_000_000
    notice = instant(("2030-01-01T00:00:00.000000Z", ""), now).notice
    assert notice.startswith("本机时钟为 20")
    assert not latin(notice, "T", "Z")


@pytest.mark.usefixtures("chinese")
def test_calling_work_off_is_told_in_chinese() -> None:
    task = Task()
    task(5, 10)
    task.cancel()
    with pytest.raises(Cancelled, match=r"^已取消（已处理 5 / 10 行）；未写入任何内容$"):
        task(6, 10)


# -- keys are translated where they are shown ------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [*STATUS_ORDER, *RIVAL, *verdicts_module.CAUSES, *details._BESIDE, *details.LABELS, *details.INFERRED,
     *figures.LABELS, *news.FIELDS, *ledger.COUNTED, *clashes._SEVERAL],
)  # fmt: skip
@pytest.mark.usefixtures("chinese")
def test_every_key_that_is_shown_has_a_word(word: str) -> None:
    if word != "open":  # said by the reckoning
        assert not latin(tr(word)), word


@pytest.mark.parametrize("book", [followed, states])
def test_figures_and_facts_have_known_labels_and_texts_of_their_own(book: Callable[[], Tracker]) -> None:
    tracker = book()
    slugs = [row.id for row in tracker.board(archived=True).rows]
    english = [tracker.detail(slug) for slug in slugs]
    with speaking("zh"):
        chinese = [tracker.detail(slug) for slug in slugs]
    said = 0
    for one, other in zip(english, chinese, strict=True):
        assert [label for label, _ in one.figures] == [label for label, _ in other.figures]
        assert [label for label, _ in one.facts] == [label for label, _ in other.facts]
        assert {label for label, _ in one.figures} <= set(figures.LABELS)
        assert {label for label, _ in one.facts} <= set(details.LABELS)
        for (label, text), (_, shown) in zip(one.figures, other.figures, strict=True):
            if re.search(r"[a-z]{2,}", text):
                said += 1
                assert shown != text, label
    assert said > 10


def test_why_promises_have_no_verdict_is_counted_by_kind_in_either_language() -> None:
    tracker = followed()
    english = ledger.reason_counts(tracker.ledger())
    with speaking("zh"):
        chinese = ledger.reason_counts(tracker.ledger())
        assert chinese == {tr(kind): count for kind, count in english.items()}
    assert set(english) & set(verdicts_module.CAUSES)
    assert sum(english.values()) == 7


# -- what is done --------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
def test_what_was_done_and_how_to_take_it_back_is_said_in_chinese() -> None:
    tracker = made()
    done = tracker.log(LogEntry("share", "200", "2022"))
    assert done.lines[-1] == f"已记录 share@2022（{done.handle}）；撤销：gztrack undo"
    undone = tracker.undo().lines[0]
    assert undone.startswith("已撤销：")
    assert undone.endswith("；恢复：gztrack redo")
    assert tracker.redo().lines[0].endswith("；撤销：gztrack undo")

    said = [
        tracker.log_batch([LogEntry("share", "210", "2023"), LogEntry("share", "220", "2024")]).lines[-1],
        tracker.correct("share@2024", LogEntry("", "225"), "slip").lines[-1],
        tracker.retract("share@2024", "slip").lines[-1],
        tracker.pin("share@2022").lines[-1],
        tracker.set_target(GoalEntry("share", "500", "2030")).lines[-1],
        tracker.drop_target("share@2030", "plan").lines[-1],
        tracker.add_indicator(IndicatorEntry("new", name="New", unit="辆", method="un-chart")).lines[0],
        tracker.edit_indicator(IndicatorEntry("new", name="Newer")).lines[0],
        tracker.archive("new").lines[0],
        tracker.archive("new", undo=True).lines[0],
        tracker.edit_database(SettingsEntry(method="open-sdg")).lines[0],
    ]
    assert [latin(line, "share", "new", "Newer", "New", "level") for line in said] == [[]] * len(said)
    assert said[0] == "已记录 2 条读数；撤销：gztrack undo"


@pytest.mark.usefixtures("chinese")
def test_what_cannot_be_done_is_said_in_chinese() -> None:
    tracker = made()
    old = tracker.detail("share").readings[0].handle
    tracker.correct(old, LogEntry("", "191"))
    said = [
        refused(lambda: tracker.correct("share@last", LogEntry("", "191"))),
        refused(lambda: tracker.correct(old, LogEntry("", "5", yes=True))),
        refused(lambda: tracker.retract("share@last", "")),
        refused(lambda: tracker.drop_target("share@2029", " ")),
        refused(lambda: Tracker(tracker.store, author="seed", login="x")),
    ]
    assert said[0] == "share@2021 已是如此；无需更正"
    shown = tracker.detail("share").readings[0].handle
    assert [latin(text, "share", old, shown) for text in said] == [[]] * len(said)


@pytest.mark.usefixtures("chinese")
def test_a_log_that_reads_nothing_else_answers_in_chinese(directory: str) -> None:
    entry = LogEntry("tech-centres", "510", "2020", yes=True)
    quick = QuickLog(directory, author="ann", login="x", today=TODAY)
    done = quick.log([entry], "once")
    assert done.lines[-1] == f"已记录 tech-centres@2020（{done.handle}）；撤销：gztrack undo"
    assert quick.log([entry], "once").lines[0] == "这个键此前已记录过；未新增内容"


# -- settings ------------------------------------------------------------------------------

SETTINGS = """\
theme = "pink"
ascii = "yes"
nonsense = 1

[keys]
log = "ctrl+shift+x"
back = "ctrl+q"
help = 3
flying = "x"
sort = "escape"
why = "pagedwn"

[keys.nowhere]
log = "l"

[keys.board]
log = "z"
quick = "z"

[keys.form]
save = "s"
"""


@pytest.mark.usefixtures("chinese")
def test_what_is_wrong_with_settings_is_said_in_chinese(tmp_path: Path) -> None:
    found = preferences.understood("config.toml", SETTINGS.encode())
    assert len(found.problems) >= 10
    actions = [action for actions in (*SCREENS.values(), ANYWHERE) for action in actions]
    known = {name for action in actions for name in (action.name, tr(action.title))}
    known |= {
        "true",
        "false",
        "config.toml",
        *SCREENS,
        *keymap.NAMED,
        "nowhere",
        "keys",
        "names",
        "lang",
        "numbers",
        "ascii",
        "theme",
    }
    rest = [latin(re.sub(r"^config.toml，第 \d+ 行：[\w.]+：", "", line), *known) for line in found.problems]
    assert [words for words in rest if words] == []
    assert (
        found.problems[0]
        == 'config.toml，第 1 行：theme：须为以下之一："auto"、"dark"、"light"、"ansi"、"mono"'
    )
    assert found.notice[1].startswith("gztrack config --check（另有 ")


BROKEN = [b"theme", b"theme =", b"[keys", b"a = [", b'a = "', b"a = 0x", b"a = 1 1", b"\xff", b'a = "\\q"']


@pytest.mark.parametrize("data", BROKEN)
@pytest.mark.usefixtures("chinese")
def test_a_file_that_cannot_be_read_is_told_of_in_chinese(data: bytes) -> None:
    (problem,) = preferences.understood("config.toml", data).problems
    assert not latin(problem, "config.toml")


# -- databases -----------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
def test_databases_are_made_backed_up_restored_and_merged_in_chinese(tmp_path: Path) -> None:
    first, second = (Location(str(tmp_path / name), named=True) for name in ("甲", "乙"))
    (made_one, *_) = initialise(first, zone="UTC")
    assert re.fullmatch(r"已建立 /\S+：“.*”的 \d+ 条记录；日期按 UTC 计", made_one)
    initialise(second, empty=True, zone="Asia/Shanghai")
    said = [
        refused(lambda: initialise(first)),
        refused(lambda: initialise(Location(str(tmp_path), named=True))),
        refused(lambda: initialise(Location(str(tmp_path / "丙"), named=True), empty=True, pack="x")),
        refused(lambda: read_seed(tmp_path / "无")),
    ]
    (tmp_path / "种子").write_text('{"gztrack": "seed"}\n{"table": "unknown"}\n')
    said.append(refused(lambda: read_seed(tmp_path / "种子")))

    one = open_tracker(first, author="ann", login="x", today=TODAY, writing=True)
    other = open_tracker(second, author="bob", login="x", today=TODAY, writing=True)
    for tracker in (one, other):
        tracker.add_indicator(IndicatorEntry("new", name=tracker.author, unit="辆"))
    backup = keeping.back_up_to_file(first, str(tmp_path / "备份"), force=False)
    assert re.match(r"已将 \d+ 条记录（2 个事务）备份到 /", backup.lines[0])
    one.log(LogEntry("new", "5", "2020"))
    guard = refused(lambda: keeping.restore(first, str(tmp_path / "备份"), io.BytesIO(), yes=False))
    assert "条记录不在" in guard
    kept = keeping.restore(first, str(tmp_path / "备份"), io.BytesIO(), yes=True)

    one = open_tracker(first, author="ann", login="x", today=TODAY, writing=True)
    foreign = refused(lambda: merger.merge(one, second.path, io.BytesIO()))
    assert foreign.endswith("与本数据库毫无共同之处；是否选对了？如无误，加 --yes 合并")
    tried = merger.merge(one, second.path, io.BytesIO(), dry_run=True)
    merged = merger.merge(one, second.path, io.BytesIO(), yes=True)
    assert [clash.kind for clash in merged.conflicts] == ["两个指标"]
    assert merged.lines[0] == f"已从 {second.path} 合并 bob 的 1 个事务（1 条记录）；1 处冲突"
    again = merger.merge(one, second.path, io.BytesIO())

    said += [*backup.lines, guard, *kept.lines, *tried.lines, *tried.notices, *merged.lines, *again.lines]
    words = {word for line in said for word in latin(line, first.path, second.path, str(tmp_path), "new")}
    tables = {"indicators", "readings", "targets", "settings"}
    assert words <= {"UTC", "Asia", "Shanghai", "merge", "restore", *tables, *re.findall(r"\w+", one.title)}


@pytest.mark.usefixtures("chinese")
def test_what_stands_against_what_is_counted_in_chinese() -> None:
    def rivals(*words: str) -> list[clashes.Rival]:
        return [clashes.Rival(word, "readings", {}) for word in words]

    assert clashes._kind(rivals("correction", "correction")) == "两次更正"
    assert clashes._kind(rivals("pin", "pin", "pin")) == "3 次固定"
    assert clashes._kind(rivals("correction", "retraction")) == "更正与撤回"


# -- parts -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
def test_what_cannot_be_right_of_parts_is_said_in_chinese() -> None:
    tracker = made()
    tracker.log(LogEntry("share", "900", "2022", yes=True))
    tracker.log(LogEntry("capacity", "300", "2022", yes=True))
    (note,) = tracker.detail("share").notes
    assert note == "2022：Share（900 vehicles）大于其整体 Capacity（300 vehicles）"
    fact: Fact = {"measure": "level", "unit": "辆"}
    assert not latin(parts._unlike(fact, {"measure": "flow", "unit": "辆/年"}), "level", "flow")
    assert parts._unlike(fact, {"measure": "level", "unit": "人"}) == "不作比较：单位不同，辆 与 人"


# -- what others did -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda bob: bob.log(LogEntry("tech-centres", ">510", "2020", yes=True)), "记录了 2020 的读数 >510"),
        (lambda bob: bob.correct("tech-centres@last", LogEntry("", "510")), "将 2019-Q3 更正为 510"),
        (lambda bob: bob.retract("tech-centres@last", "a slip"), "撤回了 2019-Q3 的读数 495"),
        (lambda bob: bob.set_target(GoalEntry("tech-centres", ">=900", "2030")), "设定了目标 ≥900（2030 到期）"),
        (lambda bob: bob.edit_indicator(IndicatorEntry("tech-centres", name="C", unit="c", yes=True)),
         "修改了名称、单位"),
        (lambda bob: bob.archive("tech-centres"), "归档了该指标"),
    ],
)  # fmt: skip
def test_what_another_person_did_is_told_in_the_language_of_who_hears(
    tracker: Tracker, other: Tracker, act: Callable[[Tracker], object], said: str
) -> None:
    start = tracker.position
    act(other)
    tracker.catch_up_for_writing()  # it comes in, in English
    (english,) = tracker.since(start)
    use("zh")
    (heard,) = tracker.refresh().news
    assert heard.said == said
    assert [each.said for each in tracker.since(start)] == [said]
    with speaking("en"):
        assert tracker.since(start) == (english,)


# -- what is kept between two answers ----------------------------------------------------------


def changes(board: Board) -> list[str]:
    return [row.target.change for row in board.rows if row.target]


def elsewhere(action: Callable[[], Board], said_in: str) -> Board:
    """A board as another thread asks for it in another language."""
    found: list[Board] = []

    def run() -> None:
        with speaking(said_in):
            found.append(action())

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize(("here", "there"), [("zh", "en"), ("en", "zh")])
def test_a_board_is_right_in_two_languages_at_once(here: str, there: str) -> None:
    use(here)
    tracker = made()
    own = tracker.board()
    other = elsewhere(tracker.board, there)

    assert changes(own) != changes(other)
    assert tracker.board() == own
    use(there)
    assert tracker.board() == other
    store = tracker.store
    assert isinstance(store, MemoryStore)
    fresh = Reader(MemoryStore(store.title, store.tz, tuple(store.transactions())), today=TODAY)
    assert other == fresh.board()
    in_english = changes(own if here == "en" else other)
    assert in_english == ["raised by 100, two years later (review)"] * 2
    assert all(text.endswith("（review）") for text in changes(other if here == "en" else own))


def test_one_new_reading_is_one_indicator_reckoned_again_in_each_language(
    reckoned: Callable[[], int],
) -> None:
    tracker = made()
    use("zh")
    tracker.board()
    elsewhere(tracker.board, "en")
    reckoned()

    tracker.log(LogEntry("share", "200", "2022"))
    reckoned()  # an action may assess for its echo
    tracker.board()
    assert reckoned() == 1
    elsewhere(tracker.board, "en")
    assert reckoned() == 1
    tracker.board()
    elsewhere(tracker.board, "en")
    assert reckoned() == 0


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Location:
    """A database whose board is kept, with words in it."""
    monkeypatch.setattr(looking, "LARGE", 0)
    place = Location(str(tmp_path / "db"), named=True)
    initialise(place, empty=True, zone="Asia/Shanghai")
    tracker = opened(place)
    tracker.add_indicator(IndicatorEntry("capacity", name="Capacity", unit="vehicles"))
    tracker.log(LogEntry("capacity", "100", "2019", yes=True))
    tracker.set_target(GoalEntry("capacity", "300", "2027"))
    tracker.set_target(GoalEntry("capacity", "400", "2029", replaces="capacity@2027", reason="review"))
    return place


def opened(place: Location) -> Tracker:
    return open_tracker(place, author="ann", login="x", today=TODAY, writing=True)


@pytest.mark.parametrize(("kept_in", "asked_in"), [("en", "zh"), ("zh", "en")])
def test_a_board_that_was_kept_in_another_language_is_taken_for_absent(
    large: Location, kept_in: str, asked_in: str
) -> None:
    use(kept_in)
    assert opened(large).keep_board()
    kept = BoardFile(Journal(large.path)).read(TODAY)
    assert kept is not None
    assert kept.language.startswith(kept_in)
    use_names(("en", "zh"))
    assert BoardFile(Journal(large.path)).read(TODAY) is None

    use(asked_in)
    assert BoardFile(Journal(large.path)).read(TODAY) is None
    tracker = opened(large)
    assert tracker.loaded
    assert changes(tracker.board()) != changes(kept.board)
    assert tracker.keep_board()
    use(kept_in)
    assert BoardFile(Journal(large.path)).read(TODAY) is not None, "each language has a file of its own"


@pytest.mark.parametrize(("kept_in", "asked_in"), [("en", "zh"), ("zh", "en")])
def test_a_kept_board_is_shown_in_its_own_language_alone(
    large: Location, kept_in: str, asked_in: str
) -> None:
    use(kept_in)
    opened(large).keep_board()
    tracker = opened(large)
    shown = changes(tracker.board())
    assert not tracker.loaded
    with speaking(asked_in):
        assert changes(tracker.board()) != shown
        target = tracker.detail("capacity").row.target
        assert target is not None
        assert target.change not in shown
    assert changes(tracker.board()) == shown


def test_a_board_is_kept_anew_in_another_language_though_nothing_was_written(large: Location) -> None:
    tracker = opened(large)
    assert tracker.keep_board()
    assert not tracker.keep_board()
    use("zh")
    assert tracker.keep_board()
    assert not tracker.keep_board()
    assert language() == "zh"


@pytest.mark.parametrize(
    ("unit", "chinese", "problem"),
    [
        ("vehicles", "万辆", "in the unit '万辆'"),
        ("%", "个", "is not '%' in Chinese"),
        ("CNY", "个", "is not 'CNY' in Chinese"),
        ("vehicles", "元", "is not 'vehicles' in Chinese"),
    ],
)
def test_a_unit_in_chinese_has_to_be_the_same_unit(unit: str, chinese: str, problem: str) -> None:
    tracker = followed()
    with pytest.raises(InputError, match=problem):
        tracker.add_indicator(IndicatorEntry("new", name="New", unit=unit, unit_zh=chinese))


def test_the_unit_in_chinese_goes_with_the_one_that_it_said() -> None:
    tracker = followed()
    tracker.add_indicator(
        IndicatorEntry("new", name="New", unit="cars", unit_zh="辆", group="Cars", group_zh="汽车")
    )
    tracker.edit_indicator(IndicatorEntry("new", unit="tonnes"))
    row = next(row for row in tracker.board().rows if row.id == "new")
    assert (row.unit_zh, row.group_zh) == ("", "汽车")
    tracker.edit_indicator(IndicatorEntry("new", group="Steel", unit="cars", unit_zh="辆"))
    row = next(row for row in tracker.board().rows if row.id == "new")
    assert (row.unit_zh, row.group_zh) == ("辆", "")


def test_what_a_merge_brings_in_that_is_no_unit_is_passed_over() -> None:
    use("zh")
    broken = {"name": "New", "unit": "vehicles/year", "unit_zh": "万辆/年"}
    assert naming.unit_of(broken) == "vehicles/year"
    assert naming.typed_unit(broken).also == ""
    row = states().board().rows[0]._replace(unit_zh="万辆/年")
    assert row.shown_unit == row.unit
    assert row._replace(group="", group_zh="资金").shown_group == ""
