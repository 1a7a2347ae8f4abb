"""What a tracker with a permit writes: only what the list has, whichever face asks."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import gztrack
from gztrack.errors import InputError, RefusedError
from gztrack.services.bulklog import BulkLog
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.merging.merger import merge
from gztrack.services.permits import ALLOWABLE, Permit, permit
from gztrack.services.quicklog import QuickLog
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.tinydb_store import TinyDBStore

Act = Callable[[Tracker], object]

ACTS: dict[str, tuple[str, Act]] = {
    "log": ("log", lambda it: it.log(LogEntry("a-one", "5", "2020"))),
    "log several": ("log", lambda it: it.log_batch([LogEntry("a-one", "5", "2020")])),
    "correct": ("correct", lambda it: it.correct("a-one@2019", LogEntry("", "6"))),
    "correct a target": (
        "correct",
        lambda it: it.set_target(GoalEntry("", "9", replaces="a-one@2030", correction=True)),
    ),
    "retract": ("retract", lambda it: it.retract("a-one@2019", "slip")),
    "retract a target": ("retract", lambda it: it.retract("a-one@2030", "slip")),
    "pin": ("pin", lambda it: it.pin("a-one@2019")),
    "target": ("target", lambda it: it.set_target(GoalEntry("a-one", "7", due="2031"))),
    "target drop": ("target", lambda it: it.drop_target("a-one@2030", "given up")),
    "target pin": ("target", lambda it: it.pin("a-one@2030", target=True)),
    "add": ("add", lambda it: it.add_indicator(IndicatorEntry("a-new", name="New", unit="things"))),
    "edit": ("edit", lambda it: it.edit_indicator(IndicatorEntry("a-one", name="Other"))),
    "archive": ("archive", lambda it: it.archive("a-one")),
    "undo": ("undo", lambda it: it.undo()),
    "redo": ("redo", lambda it: it.redo()),
    "database": ("edit", lambda it: it.edit_database(SettingsEntry("Title", "", ""))),
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A database with something of ann's to do each of those acts to."""
    made = tmp_path / "db"
    create(str(made), "test", "UTC")
    ann = opened(made, None)
    ann.add_indicator(IndicatorEntry("a-one", name="One", unit="things"))
    ann.log(LogEntry("a-one", "4", "2019"))
    ann.set_target(GoalEntry("a-one", "8", due="2030"))
    ann.log(LogEntry("a-one", "3", "2018"))
    ann.undo()
    return made


def opened(directory: Path, allowed: Permit | None) -> Tracker:
    return Tracker(TinyDBStore(str(directory), author="ann"), author="ann", login="login", permit=allowed)


@pytest.mark.parametrize("what", ACTS)
def test_a_write_is_refused_that_is_not_on_the_list(directory: Path, what: str) -> None:
    command, act = ACTS[what]
    journal = (directory / "facts.jsonl").read_bytes()
    brings = {command, "undo"} if command == "redo" else {command}
    tracker = opened(directory, permit(each for each in ALLOWABLE if each not in brings))

    with pytest.raises(RefusedError, match=f"^{command} is not allowed here; allowed: "):
        act(tracker)
    assert (directory / "facts.jsonl").read_bytes() == journal


@pytest.mark.parametrize("what", ACTS)
def test_a_write_is_done_that_is_on_the_list(directory: Path, what: str) -> None:
    command, act = ACTS[what]
    act(opened(directory, permit([command])))


def test_who_may_undo_may_bring_it_back_and_only_what_was_theirs(directory: Path) -> None:
    tracker = opened(directory, permit(["undo"]))
    assert "bring back: gztrack redo" in tracker.undo().lines[0]
    tracker.redo()

    bob = Tracker(
        TinyDBStore(str(directory), author="bob"), author="bob", login="login", permit=permit(["undo"])
    )
    with pytest.raises(InputError, match="nothing to redo"):
        bob.redo()


@pytest.mark.parametrize("what", [what for what in ACTS if what not in ("undo", "redo")])
def test_a_write_is_refused_for_an_indicator_that_is_not_on_the_list(directory: Path, what: str) -> None:
    command, act = ACTS[what]
    journal = (directory / "facts.jsonl").read_bytes()

    with pytest.raises(RefusedError, match="is not allowed here; allowed: "):
        act(opened(directory, permit([f"{command}:b-*"])))
    assert (directory / "facts.jsonl").read_bytes() == journal


@pytest.mark.parametrize("what", [what for what in ACTS if what not in ("undo", "redo", "database")])
def test_a_write_is_done_for_an_indicator_that_is_on_the_list(directory: Path, what: str) -> None:
    command, act = ACTS[what]
    act(opened(directory, permit([f"{command}:a-*"])))


def test_a_short_id_is_judged_by_what_it_stands_for(directory: Path) -> None:
    everything = opened(directory, None)
    tag = everything.history("a-one")[0].id[-6:]
    with pytest.raises(RefusedError, match=r"^retract a-one is not allowed here"):
        opened(directory, permit(["retract:b-*"])).retract(tag, "slip")


def test_nobody_with_a_permit_imports_or_merges(directory: Path, tmp_path: Path) -> None:
    tracker = opened(directory, permit([*ALLOWABLE, "import", "merge"]))
    csv = b"indicator,period,value\na-one,2021,5\n"

    for bring_in in (
        lambda: import_text(tracker, csv, name="x"),
        lambda: import_text(tracker, csv, name="x", dry_run=True),
        lambda: tracker.import_file("/etc/passwd"),
        lambda: tracker.import_file("/nowhere"),
        lambda: tracker.import_pack(),
        lambda: merge(tracker, "/etc", None),  # type: ignore[arg-type]
    ):
        with pytest.raises(RefusedError):
            bring_in()


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        (["log:b-*"], "log a-one is not allowed here; allowed: log:b-*"),
        (["status"], "log is not allowed here; allowed: status"),
    ],
)
def test_the_short_way_asks_too(directory: Path, allowed: list[str], said: str) -> None:
    quick = QuickLog(str(directory), author="ann", login="login", permit=permit(allowed))
    with pytest.raises(RefusedError) as refused:
        quick.log([LogEntry("a-one", "5", "2020")])
    assert str(refused.value) == said


@pytest.mark.parametrize(("allowed", "told"), [(["log"], False), (["log", "undo"], True)])
def test_undo_is_offered_only_to_who_may(directory: Path, allowed: list[str], told: bool) -> None:
    quick = QuickLog(str(directory), author="ann", login="login", permit=permit(allowed))
    short = quick.log([LogEntry("a-one", "5", "2020")])
    long = opened(directory, permit(allowed)).log(LogEntry("a-one", "5", "2021"))

    assert [any("undo" in line for line in done.lines) for done in (short, long)] == [told, told]


def test_nothing_that_writes_goes_round_the_permit() -> None:
    """Whoever adds a call that appends has to say here which permit it asks for."""
    services = Path(gztrack.__file__).parent / "services"
    found = set()
    for path in services.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
                called = ast.unparse(node.func)
                if called in ("join", "create") or called.endswith(
                    ("store.append", "store.append_all", "journal.append", "journal.append_all")
                ):
                    found.add(f"{path.relative_to(services)}: {called}")
    assert found == {
        "tracker.py: self.store.append",  # Tracker.write
        "quicklog.py: self._journal.append",  # QuickLog.log
        "bulklog.py: self._journal.append",  # BulkLog.prepare
        "importing/importer.py: tracker.store.append",  # never with a permit
        "merging/merger.py: join",  # never with a permit
        "databases/opening.py: create",  # a new one
    }


def test_a_batch_names_the_first_line_that_is_not_allowed(directory: Path) -> None:
    bulk = BulkLog(str(directory), author="ann", login="login", permit=permit(["log:a-*"]))
    before = (directory / "facts.jsonl").read_bytes()
    with pytest.raises(RefusedError) as refused:
        bulk.prepare("a-one 1 2020\n# note\nb-one 1 2020\n", LogEntry("-"))
    assert str(refused.value) == (
        "log -: line 3: log b-one is not allowed here; allowed: log:a-*; nothing was logged"
    )
    assert (directory / "facts.jsonl").read_bytes() == before
