"""A database's life, made up by hypothesis: two sessions, a copy elsewhere, undo, merge, damage, death at any call.

Beside it runs a model that knows nothing of journals: for each database the transactions that
were acknowledged, and for each reading whether it stands. After every step a new process would
find exactly that, and so does every session that was open all along.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gztrack.domain.register import Moment, Register
from gztrack.errors import InputError
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.entering.entries import LogEntry
from gztrack.services.merging.merger import merge
from gztrack.services.quicklog import QuickLog
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.files import FACTS
from gztrack.storage.health.doctor import examine
from gztrack.storage.health.repairing import repair
from gztrack.storage.journal import Journal
from gztrack.storage.lock import Lock
from gztrack.storage.reading import transactions
from gztrack.storage.store import Transaction
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import Cut, Killed

TODAY = date(2026, 11, 24)
WHOLE = Moment(date.max)
SLUG = "key-labs-national"
PERIODS = st.integers(2005, 2019).map(str)
VALUES = st.integers(15, 60)
AUTHORS = st.sampled_from(["ann", "bob"])


class Reading(NamedTuple):
    """A reading of the model; numbers ascend as they are logged."""

    number: int
    period: str
    value: int


class Step(NamedTuple):
    """Which reading an action took away and which it brought; numbers ascend as people act."""

    number: int
    gone: Reading | None
    new: Reading | None


class Life(RuleBasedStateMachine):
    """One database and a copy of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.here, self.there = self.folder / "here", self.folder / "there"
        self.acknowledged: dict[Path, set[str]] = {}
        self.standing: set[Reading] = set()
        self.elsewhere: set[Reading] = set()
        self.merged: set[Reading] = set()
        self.number = 0
        self.done: dict[str, list[Step]] = {"ann": [], "bob": []}
        self.undone: dict[str, list[Step]] = {"ann": [], "bob": []}
        self.sessions: dict[str, Tracker] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        seed = read_seed(article_seed())
        for place in (self.here, self.there):
            create(str(place), seed.title, "UTC", (seed.transaction,))
            self.acknowledged[place] = {each.tx for each in stored(place)}
        self.sessions = {author: self.session(author) for author in self.done}

    def session(self, author: str, place: Path | None = None) -> Tracker:
        store = TinyDBStore(str(place or self.here), author=author)
        return Tracker(store, author=author, login=author, today=TODAY)

    def reading(self, period: str, value: int) -> Reading:
        self.number += 1
        return Reading(self.number, period, value)

    def taken(self, author: str, tx: str, gone: Reading | None, new: Reading | None) -> None:
        """An action was acknowledged."""
        self.acknowledged[self.here].add(tx)
        self.number += 1
        self.done[author].append(Step(self.number, gone, new))
        self.change(gone, new)

    def change(self, gone: Reading | None, new: Reading | None) -> None:
        assert gone is None or gone in self.standing
        self.standing -= {gone}
        self.standing |= {new} if new else set()

    def draw(self, data: st.DataObject) -> Reading | None:
        """A reading that its period names."""
        periods = Counter(each.period for each in self.standing)
        alone = sorted(each for each in self.standing if periods[each.period] == 1)
        return data.draw(st.sampled_from(alone)) if alone else None

    def shown(self) -> dict[str, int]:
        """Of several readings of a period the one logged last counts."""
        return {each.period: each.value for each in sorted(self.standing)}

    # -- what people do ----------------------------------------------------------------

    @rule(author=AUTHORS, period=PERIODS, value=VALUES)
    def log(self, author: str, period: str, value: int) -> None:
        done = self.sessions[author].log(LogEntry(SLUG, str(value), period, yes=True))
        self.taken(author, done.tx, None, self.reading(period, value))

    @rule(author=AUTHORS, period=PERIODS, value=VALUES)
    def log_from_the_shell(self, author: str, period: str, value: int) -> None:
        quick = QuickLog(str(self.here), author=author, login=author, today=TODAY)
        logged = quick.log([LogEntry(SLUG, str(value), period, yes=True)])
        self.taken(author, logged.tx, None, self.reading(period, value))

    @rule(author=AUTHORS, data=st.data(), value=VALUES)
    def correct(self, author: str, data: st.DataObject, value: int) -> None:
        old = self.draw(data)
        if old is None:
            return
        entry = LogEntry(SLUG, str(value), old.period, yes=True)
        if value == old.value:
            with pytest.raises(InputError, match="nothing to correct"):
                self.sessions[author].correct(f"{SLUG}@{old.period}", entry)
            return
        done = self.sessions[author].correct(f"{SLUG}@{old.period}", entry)
        self.taken(author, done.tx, old, self.reading(old.period, value))

    @rule(author=AUTHORS, data=st.data())
    def retract(self, author: str, data: st.DataObject) -> None:
        old = self.draw(data)
        if old is not None:
            done = self.sessions[author].retract(f"{SLUG}@{old.period}", "typed into the wrong row")
            self.taken(author, done.tx, old, None)

    @rule(author=AUTHORS)
    def undo(self, author: str) -> None:
        with refusals() as refused:
            done = self.sessions[author].undo()
        if refused:
            assert not self.done[author] or "has built on it" in refused[0]
            return
        self.acknowledged[self.here].add(done.tx)
        step = self.done[author].pop()
        self.undone[author].append(step)
        self.change(step.new, step.gone)

    @rule(author=AUTHORS)
    def redo(self, author: str) -> None:
        with refusals() as refused:
            done = self.sessions[author].redo()
        if refused:
            assert not self.undone[author] or "cannot redo" in refused[0]
            return
        self.acknowledged[self.here].add(done.tx)
        step = self.undone[author].pop()
        self.done[author] = sorted([*self.done[author], step], key=lambda each: each.number)
        self.change(step.gone, step.new)

    # -- the copy elsewhere ------------------------------------------------------------

    @rule(period=PERIODS, value=VALUES)
    def log_elsewhere(self, period: str, value: int) -> None:
        done = self.session("carol", self.there).log(LogEntry(SLUG, str(value), period, yes=True))
        self.acknowledged[self.there].add(done.tx)
        self.elsewhere.add(self.reading(period, value))

    @rule(author=AUTHORS)
    def merge_the_other(self, author: str) -> None:
        merge(self.sessions[author], str(self.there), io.BytesIO(), yes=True)
        self.acknowledged[self.here] |= self.acknowledged[self.there]
        self.standing |= self.elsewhere - self.merged
        self.merged |= self.elsewhere
        again = merge(self.sessions[author], str(self.there), io.BytesIO(), yes=True)
        assert again.transactions == 0
        assert not again.conflicts

    # -- what befalls it ---------------------------------------------------------------

    @rule(author=AUTHORS)
    def reopen(self, author: str) -> None:
        self.sessions[author] = self.session(author)

    @rule(period=PERIODS, value=VALUES, at=st.integers(1, 12))
    def die_while_logging(self, period: str, value: int, at: int) -> None:
        """A process is killed at one of its calls: the reading is there, or it is not."""
        store = TinyDBStore(str(self.here), journal=Journal(str(self.here), files=Cut(at)))
        before = {each.tx for each in stored(self.here)}
        survived = True
        try:
            Tracker(store, author="ann", login="ann", today=TODAY).log(
                LogEntry(SLUG, str(value), period, yes=True)
            )
        except Killed:
            survived = False
        new = {each.tx for each in stored(self.here)} - before
        assert len(new) <= 1
        assert new or not survived
        if new:
            self.taken("ann", new.pop(), None, self.reading(period, value))

    @rule(data=st.data())
    def flip_a_bit_and_repair(self, data: st.DataObject) -> None:
        path = self.here / FACTS
        mark, _ = Lock(str(self.here)).read_mark()
        if mark is None:  # then a bad last line is a write that was cut off
            return
        harmed = bytearray(path.read_bytes())
        harmed[data.draw(st.integers(0, mark.length - 1))] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(harmed)
        assert not examine(str(self.here)).sound
        report = repair(str(self.here))
        assert report.sound, report

    @rule()
    def tear_the_end(self) -> None:
        """What a writer leaves that was cut off."""
        with (self.here / FACTS).open("ab") as file:
            file.write(b'{"tx":"01')

    @rule()
    def lose_the_mark(self) -> None:
        (self.here / "lock").unlink(missing_ok=True)

    @rule()
    def lose_the_heads(self) -> None:
        (self.here / "heads.json").unlink(missing_ok=True)

    # -- what holds always -------------------------------------------------------------

    @invariant()
    def what_was_acknowledged_is_there_and_nothing_else(self) -> None:
        for place, expected in self.acknowledged.items():
            assert {each.tx for each in stored(place)} == expected

    @invariant()
    def every_session_sees_what_stands(self) -> None:
        for session in self.sessions.values():
            session.refresh()
            assert readings_of(session) == self.shown()
        if self.sessions:
            assert readings_of(self.session("carol")) == self.shown()

    @invariant()
    def the_doctor_has_no_complaint(self) -> None:
        if self.sessions:
            assert examine(str(self.here)).sound


@contextmanager
def refusals() -> Iterator[list[str]]:
    """Gets the message of a refusal, if there is one."""
    refused: list[str] = []
    try:
        yield refused
    except InputError as error:
        refused.append(str(error))


def stored(place: Path) -> list[Transaction]:
    return list(transactions(Journal(str(place))))


def readings_of(tracker: Tracker) -> dict[str, int]:
    """Period to value of the readings that count, the seed's own left out."""
    register: Register = tracker.register
    facts = register.one_per_period(register.standing_readings(SLUG, WHOLE), WHOLE)
    return {fact["period"]: fact["value"] for fact in facts if fact["author"] != "seed"}


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLife = pytest.mark.slow(TestLife)
