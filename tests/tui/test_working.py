"""Long work on the board: it says how far it is, escape calls it off, and other keys wait their turn."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import Any, cast

import pytest
from textual import events

from gztrack.errors import Cancelled, StoreDamaged
from gztrack.services.progress import Progress, Reached, Task
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done
from gztrack.tui import working
from gztrack.tui.app import GztrackApp, build
from gztrack.tui.cells import plain, width
from gztrack.tui.desk import Opening
from gztrack.tui.glyphs import ASCII, UNICODE
from tui.conftest import Board, Started
from tui.fake import FakeTracker


def line(reached: Reached, cells: int = 80, **more: Any) -> str:
    return plain(working.working_line(reached, cells, more.pop("glyphs", UNICODE), **more))


def test_the_line_says_what_how_much_and_how_to_stop_it() -> None:
    said = line(Reached(48_000, 101_000))
    assert said == f" reading 48,000 of 101,000 rows {'━' * 14}{'─' * 16}  escape cancels"
    assert line(Reached(12_300_000, 48_000_000, "reading", "bytes")).startswith(" reading 12 of 48 MB ━")
    assert line(Reached(3, 9, "writing", "indicators"), cancelled=True).endswith("  cancelling")
    assert "#" in line(Reached(5, 9), glyphs=ASCII)
    assert line(Reached()) == " reading  escape cancels"


@pytest.mark.parametrize("cells", range(20, 120, 7))
@pytest.mark.parametrize("done", [0, 1, 50_500, 101_000, 200_000])
def test_the_line_fits_and_its_bar_never_overflows(cells: int, done: int) -> None:
    said = line(Reached(done, 101_000), cells)
    assert width(said) <= cells
    assert said.count("━") + said.count("─") in (0, *range(working.SHORTEST, working.LONGEST + 1))


class Slow(FakeTracker):
    """Its import goes on, a call at a time, until a test or a person ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.progress: Task | None = None

    def import_file(
        self, path: str, dry_run: bool = False, yes: bool = False, *, progress: Progress | None = None
    ) -> Done:
        assert isinstance(progress, Task)
        self.progress = progress
        progress(48_000, 101_000)
        self.begun.set()
        while not self.go_on.wait(0.01):
            progress(48_000, 101_000)
        return super().import_file(path, dry_run, yes)


async def at_work(b: Board, tracker: Slow, path: str) -> None:
    """Begin an import and wait until its line is there."""
    await b.press("i")
    await b.type(path)
    b.app.post_message(events.Key("enter", "\r"))
    for _ in range(200):
        await b.pilot.pause(0.02)
        if "escape cancels" in b.text:
            return
    raise AssertionError(f"no line: {b.text}")


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_an_import_shows_how_far_it_is_and_is_called_off_by_a_key(
    board: Started, slow: Slow, tmp_path: Any, key: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    async with board(slow) as b:
        await at_work(b, slow, str(path))
        assert "reading 48,000 of 101,000 rows" in b.text
        b.app.post_message(events.Key("j", "j"))  # typed ahead, for what does not come now
        b.app.post_message(events.Key(key, None))
        await b.settle()
        assert "cancelled at 48,000 of 101,000 rows; nothing was written" in b.text
        assert slow.asked == []
        assert b.app.screen.form is not None
        assert b.app.screen.form.texts["path"] == str(path)
        assert not b.app.typed_ahead


async def test_other_keys_wait_for_the_end_of_the_work(board: Started, slow: Slow, tmp_path: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    async with board(slow) as b:
        await at_work(b, slow, str(path))
        b.app.post_message(events.Key("escape_not", "z"))
        await b.pilot.pause(0.05)
        assert [event.character for event in b.app.typed_ahead] == ["z"]
        b.app._since -= 60  # however long it takes
        await b.pilot.pause(0.5)
        b.app.post_message(events.Key("y", "y"))
        await b.pilot.pause(0.05)
        assert [event.character for event in b.app.typed_ahead] == ["z", "y"]
        slow.go_on.set()
        await b.settle()
        assert "Bring them in?" in b.text or "z" in b.app.screen.form.texts["path"]
        assert "escape cancels" not in b.text


async def test_an_escape_typed_before_the_work_began_calls_it_off_too(
    board: Started, slow: Slow, tmp_path: Any
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    async with board(slow) as b:
        await b.press("i")
        await b.type(str(path))
        b.app.post_message(events.Key("enter", "\r"))
        b.app.post_message(events.Key("escape", "\x1b"))
        for _ in range(500):
            await b.pilot.pause(0.02)
            if "nothing was written" in b.text:
                break
        await b.settle()
        assert "nothing was written" in b.text or slow.progress is None
        assert slow.asked == []


async def test_work_that_is_done_at_once_says_nothing_of_itself(board: Started, tmp_path: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    async with board() as b:
        await b.press("i")
        await b.type(str(path))
        await b.press("enter")
        assert "escape cancels" not in b.text
        assert "Bring them in?" in b.text


# Opening


def opening() -> tuple[GztrackApp, Future[Tracker], Task]:
    future: Future[Tracker] = Future()
    task = Task()
    return build(Opening(future, task, None)), future, task


async def test_a_database_that_is_being_read_is_announced_at_once_and_then_shown() -> None:
    app, future, task = opening()
    task(12_000_000, 48_000_000, "reading", "bytes")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "reading the database" in text
        assert "reading 12 of 48 MB" in text
        app.post_message(events.Key("l", "l"))  # answered once there is something to log for
        future.set_result(cast("Tracker", FakeTracker()))
        for _ in range(500):
            await pilot.pause(0.02)
            if getattr(app.screen, "form", None) is not None:
                break
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "NEV output" in text
        assert "enter save" in text
        assert "escape cancels" not in text


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_opening_is_called_off_by_a_key_and_the_program_says_so(key: str) -> None:
    app, future, task = opening()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(events.Key(key, None))
        await pilot.pause()
        assert task.cancelled
        future.set_exception(Cancelled("cancelled"))
    assert str(app.failure) == "opening the database was cancelled; nothing was written"


async def test_a_database_that_cannot_be_read_ends_the_program_with_its_line() -> None:
    app, future, _ = opening()
    async with app.run_test(size=(80, 24)):
        future.set_exception(StoreDamaged("facts.jsonl, line 2: is empty"))
        app._begin_to_read_on()
        for _ in range(500):
            if app.failure is not None:
                break
            await asyncio.sleep(0.02)
    assert isinstance(app.failure, StoreDamaged)
