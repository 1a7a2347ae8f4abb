"""Pictures of the board as it is meant to look; ``pytest --snapshot-update`` draws them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

import pytest
from textual.pilot import Pilot

import books
from gztrack import language
from gztrack.domain.ids import fact_ids, from_int
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Transaction
from gztrack.tui.app import GztrackApp, build
from tui.fake import FakeTracker, first_run
from tui.writing import Real

Compare = Callable[..., bool]

CHINESE = {
    "tech-centres": ("企业技术中心", "个", "研发与创新"),
    "tech-centres-provincial": ("其中：省级企业技术中心", "个", "研发与创新"),
    "labs-national": ("国家重点实验室", "个", "研发与创新"),
    "labs-provincial": ("省重点实验室", "个", "研发与创新"),
    "nev-output": ("新能源汽车产量", "辆/年", "新能源汽车"),
    "nev-growth": ("新能源汽车产量同比增速", "", "新能源汽车"),
    "nev-total": ("五年规划期内新能源汽车累计产量", "辆", "新能源汽车"),
    "nev-capacity": ("新能源汽车年产能", "辆/年", "新能源汽车"),
    "emissions": ("单位产出排放量", "吨/元", "生态环境"),
    "coal": ("煤炭占能源消费比重", "", "生态环境"),
    "waste": ("垃圾填埋量", "吨", "生态环境"),
    "rent": ("房租占收入比重", "", "生态环境"),
    "enterprises": ("5G 产业企业数", "家", "5G"),
    "stations": ("5G 基站数", "座", "5G"),
    "terminals": ("5G 终端数", "台", "5G"),
    "subsidies": ("重点产业、平台和企业补贴", "元（累计）", "扶持"),
    "jobs": ("新增就业", "人", "扶持"),
}
"""Name, unit and group of the indicators of `books.states`."""


def chinese() -> Tracker:
    """Every status, with everything that an indicator can say in Chinese."""
    tracker = books.states()
    tracker.edit_database(SettingsEntry(title_zh="广州产业升级"))
    for slug, (name, unit, group) in CHINESE.items():
        tracker.edit_indicator(IndicatorEntry(slug, name_zh=name, unit_zh=unit, group_zh=group))
    store = MemoryStore(tracker.store.title, tracker.store.tz, told_again(tracker.store.transactions()))
    return Tracker(store, author="ann", login="ann", today=books.TODAY)


def told_again(transactions: Iterable[Transaction]) -> list[Transaction]:
    """The same transactions with ids and times that are alike in every run, for the ledger shows them."""
    again: list[Transaction] = []
    known: dict[str, str] = {}
    for number, each in enumerate(transactions):
        tx = from_int(number << 64)
        ids = fact_ids(tx, len(each.facts))
        known |= {fact["id"]: own for (_, fact), own in zip(each.facts, ids, strict=True)}
        facts = tuple(
            (table, {name: known.get(str(value), value) for name, value in fact.items()})
            for table, fact in each.facts
        )
        again.append(each._replace(tx=tx, at="2026-11-01T01:02:03.000000Z", facts=facts))
    return again


@pytest.fixture
def in_chinese() -> None:
    """Words, names and numbers are Chinese."""
    language.use("zh")


def app(tracker: FakeTracker | Tracker, **options: Any) -> GztrackApp:
    """A board that is not started yet."""
    return build(cast("Tracker", tracker), **options)


def typed(*steps: str) -> Callable[[Pilot[None]], Any]:
    """Press keys, and wait for the desk after the last: ``text:310k`` types."""

    async def run(pilot: Pilot[None]) -> None:
        for step in steps:
            keys = list(step.removeprefix("text:")) if step.startswith("text:") else [step]
            await pilot.press(*keys)
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
def test_every_status(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app(FakeTracker()), terminal_size=size, run_before=typed("j"))


def test_first_run(snap_compare: Compare) -> None:
    assert snap_compare(
        app(FakeTracker(first_run(), first_run=True)), terminal_size=(80, 24), run_before=typed()
    )


def test_log_form(snap_compare: Compare) -> None:
    steps = typed("l", "text:310k", "tab", "text:2020-06")
    assert snap_compare(
        app(FakeTracker(first_run(), first_run=True)), terminal_size=(80, 24), run_before=steps
    )


def test_log_form_with_errors(snap_compare: Compare) -> None:
    steps = typed("5", "j", "l", "text:1,23", "tab", "text:2024-Q5")
    assert snap_compare(app(FakeTracker()), terminal_size=(80, 24), run_before=steps)


def test_goal_form(snap_compare: Compare) -> None:
    steps = typed("end", "g", "text:>=1.5m", "tab", "text:2027")
    assert snap_compare(app(FakeTracker()), terminal_size=(120, 40), run_before=steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_snapshot_form(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(writing(books.states()), terminal_size=size, run_before=snapshot_form())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_preview(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(writing(books.states()), terminal_size=size, run_before=snapshot_form("ctrl+y"))


@pytest.mark.usefixtures("in_chinese")
def test_the_preview_in_chinese(snap_compare: Compare) -> None:
    assert snap_compare(writing(chinese()), terminal_size=(80, 24), run_before=snapshot_form("ctrl+y"))


def writing(tracker: Tracker) -> GztrackApp:
    """A board that writes snapshots."""
    return app(tracker, snapshot=Real(tracker))


def snapshot_form(*steps: str) -> Callable[[Pilot[None]], Any]:
    """Open the form with a name that is the same in every directory, then go on."""
    return typed("x", "tab", "ctrl+u", "text:/report.md", *steps)


def test_help(snap_compare: Compare) -> None:
    assert snap_compare(app(FakeTracker()), terminal_size=(80, 24), run_before=typed("question_mark"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_ledger(snap_compare: Compare, size: tuple[int, int]) -> None:
    steps = typed("p", "6", "j")
    assert snap_compare(app(FakeTracker()), terminal_size=size, run_before=steps)


def test_ascii(snap_compare: Compare) -> None:
    board = app(FakeTracker(), ascii=True, theme="ansi")
    assert snap_compare(board, terminal_size=(80, 24), run_before=typed("j"))


def test_sixteen_colours(snap_compare: Compare) -> None:
    board = app(FakeTracker(), theme="ansi")
    assert snap_compare(board, terminal_size=(80, 24), run_before=typed("j"))


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_board_in_chinese(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app(chinese()), terminal_size=size, run_before=typed("j"))


@pytest.mark.usefixtures("in_chinese")
def test_the_log_form_in_chinese(snap_compare: Compare) -> None:
    steps = typed("text:/产能", "enter", "l", "text:150万", "tab", "text:2025年上半年")
    assert snap_compare(app(chinese()), terminal_size=(80, 24), run_before=steps)


@pytest.mark.usefixtures("in_chinese")
def test_the_ledger_in_chinese(snap_compare: Compare) -> None:
    assert snap_compare(app(chinese()), terminal_size=(120, 40), run_before=typed("p", "6", "j"))
