"""Long work says how far it is, and called off in the middle it has written nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.errors import Cancelled
from gztrack.export.snapshot import write
from gztrack.services.databases.opening import open_tracker
from gztrack.services.importing.importer import import_text
from gztrack.services.progress import Reached, Task
from gztrack.services.tracker import Tracker
from gztrack.storage.locations import resolve

ROWS = "indicator,period,value\n" + "".join(
    f"tech-centres,{1900 + i // 12}-{i % 12 + 1:02},{i + 1}\n" for i in range(1500)
)


class Stopping(Task):
    """Calls itself off at one of its calls."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.heard: list[Reached] = []

    def __call__(self, done: int, of: int, doing: str = "reading", unit: str = "rows") -> None:
        self.heard.append(Reached(done, of, doing, unit))
        if len(self.heard) == self.at:
            self.cancel()
        super().__call__(done, of, doing, unit)


def all_of_it(tracker: Tracker) -> list[Reached]:
    """What a dry run tells, and the call before the write."""
    task = Stopping(0)
    import_text(tracker, ROWS, yes=True, dry_run=True, progress=task)
    return task.heard


def test_an_import_tells_how_far_it_is_and_never_goes_back_within_a_step(tracker: Tracker) -> None:
    heard = all_of_it(tracker)
    assert [each.done for each in heard if each.doing == "reading"] == [250, 500, 750, 1000, 1250, 1500]
    assert {each.of for each in heard} == {1500}
    assert {each.unit for each in heard} == {"rows"}


def test_an_import_called_off_at_any_of_its_calls_leaves_every_byte_as_it_was(
    tracker: Tracker, directory: str
) -> None:
    journal = Path(directory, "facts.jsonl")
    before, names = journal.read_bytes(), sorted(path.name for path in Path(directory).iterdir())
    calls = len(all_of_it(tracker)) + 1
    for at in range(1, calls + 1):
        with pytest.raises(Cancelled, match="nothing was written"):
            import_text(tracker, ROWS, yes=True, progress=Stopping(at))
        assert journal.read_bytes() == before
        assert sorted(path.name for path in Path(directory).iterdir()) == names
    # And there is no further call: what is being written is not called off.
    import_text(tracker, ROWS, yes=True, progress=Stopping(calls + 1))
    assert journal.read_bytes() != before


def test_what_was_called_off_goes_in_whole_afterwards(tracker: Tracker) -> None:
    with pytest.raises(Cancelled):
        import_text(tracker, ROWS, yes=True, progress=Stopping(3))
    done = import_text(tracker, ROWS, yes=True, progress=Task())
    assert done.lines[0].endswith("1,500 new, 0 revised, 0 same")


def test_a_cancelled_task_says_how_far_it_was() -> None:
    task = Task()
    task(0, 101_000)
    task(48_000, 101_000)
    task.cancel()
    with pytest.raises(Cancelled) as cancelled:
        task(49_000, 101_000)
    assert str(cancelled.value) == "cancelled at 48,000 of 101,000 rows; nothing was written"
    assert cancelled.value.exit_code == 130


def test_a_snapshot_called_off_makes_no_file_and_changes_none(tracker: Tracker, tmp_path: Path) -> None:
    task = Stopping(0)
    write(tracker, "md", str(tmp_path / "whole.md"), progress=task)
    assert {each.unit for each in task.heard} == {"indicators"}
    there = tmp_path / "there.md"
    there.write_text("old", "utf-8")
    for at in range(1, len(task.heard) + 1):
        with pytest.raises(Cancelled):
            write(tracker, "md", str(there), force=True, progress=Stopping(at))
        with pytest.raises(Cancelled):
            write(tracker, "md", str(tmp_path / "new.md"), progress=Stopping(at))
    assert there.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["there.md", "whole.md"]


def test_opening_a_database_tells_how_many_bytes_were_read_and_can_be_called_off(
    tracker: Tracker, directory: str
) -> None:
    import_text(tracker, ROWS, yes=True)
    journal = Path(directory, "facts.jsonl")
    before = journal.read_bytes()
    task = Stopping(0)
    opened = open_tracker(resolve(directory, {}), author="ann", login="ann", writing=True, progress=task)
    assert len(opened.history("tech-centres")) == 1501
    assert len(task.heard) > 1
    assert {(each.of, each.unit) for each in task.heard} == {(len(before), "bytes")}
    assert [each.done for each in task.heard] == sorted(each.done for each in task.heard)
    for at in range(1, len(task.heard) + 1):
        with pytest.raises(Cancelled):
            open_tracker(resolve(directory, {}), author="x", login="x", writing=True, progress=Stopping(at))
    assert journal.read_bytes() == before


def test_once_it_is_open_nobody_is_told_of_further_reading(tracker: Tracker, directory: str) -> None:
    task = Task()
    opened = open_tracker(resolve(directory, {}), author="bob", login="bob", writing=True, progress=task)
    told = task.calls
    import_text(tracker, ROWS, yes=True)
    assert opened.refresh()
    assert task.calls == told
