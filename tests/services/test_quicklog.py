"""The short way to log agrees with the long one, and costs what was appended since, not everything."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gztrack.domain.attainment import attainment
from gztrack.domain.periods import parse_period
from gztrack.domain.register import Moment, Register
from gztrack.errors import GuardError, InputError
from gztrack.services.board.assessing import case
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.merging.merger import merge
from gztrack.services.quicklog import LONG_TAIL, QuickLog
from gztrack.services.tracker import Tracker
from gztrack.storage.derived import read_derived
from gztrack.storage.files import FACTS, HEADS
from gztrack.storage.journal import Journal
from gztrack.storage.locations import Location

from .conftest import TODAY


def quick(directory: str, author: str = "cron") -> QuickLog:
    return QuickLog(directory, author=author, login=author, today=TODAY)


def test_it_writes_what_the_tracker_would_write_and_says_the_same(directory: str, tracker: Tracker) -> None:
    entry = LogEntry("nev-capacity", "250k", "2020-Q2", note="by phone", source="office")
    said = quick(directory).log([entry])
    tracker.refresh()
    (short,) = tracker.history("nev-capacity")
    tracker.retract(short.handle, "again")

    done = tracker.log(entry)

    long = tracker.history("nev-capacity")[-1]
    assert said.lines[0] == done.lines[0]
    for name in ("period", "value", "qualifier", "note", "origin", "start", "end", "series", "provisional"):
        assert getattr(short, name) == getattr(long, name)


def test_it_knows_what_was_logged_a_moment_ago(directory: str) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])

    said = quick(directory).log([LogEntry("tech-centres", by="+5", period="2021")])

    assert "505 centres" in said.lines[0]


def test_it_asks_as_the_board_does(directory: str) -> None:
    with pytest.raises(GuardError, match="1,010 times the last value"):
        quick(directory).log([LogEntry("tech-centres", "50万", "2020")])


def test_it_refuses_an_unknown_indicator(directory: str) -> None:
    with pytest.raises(InputError, match="did you mean 'tech-centres'"):
        quick(directory).log([LogEntry("tech-center", "5", "2020")])


def test_a_batch_is_one_transaction(directory: str, tracker: Tracker) -> None:
    entries = [LogEntry("tech-centres", str(500 + n), f"20{20 + n}") for n in range(4)]
    quick(directory, "ann").log(entries)
    tracker.refresh()

    tracker.undo()

    assert len(tracker.history("tech-centres")) == 1


def test_the_same_key_adds_nothing_and_says_so(directory: str) -> None:
    first = quick(directory).log([LogEntry("tech-centres", "500", "2020")], key="job-1")
    size = os.path.getsize(os.path.join(directory, FACTS))

    second = quick(directory).log([LogEntry("tech-centres", "500", "2020")], key="job-1")

    assert os.path.getsize(os.path.join(directory, FACTS)) == size
    assert first.tx == second.tx
    assert "nothing was added" in second.lines[0]


def test_what_it_reads_does_not_grow_with_the_journal(
    directory: str, tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    few = _bytes_read(directory, monkeypatch)
    tracker.log_batch(
        [LogEntry("key-labs-national", str(20 + n % 9), f"2020-{n % 12 + 1:02}") for n in range(4000)]
    )
    for _ in range(2):  # the first makes the heads file anew, the second has the batch's long line before it
        quick(directory).log([LogEntry("tech-centres", "500", "2020")])

    many = _bytes_read(directory, monkeypatch)

    # At most the one line before the place that the heads file reflects, never the journal.
    assert os.path.getsize(os.path.join(directory, FACTS)) > 600_000
    assert many < few + 100_000


def _bytes_read(directory: str, monkeypatch: pytest.MonkeyPatch) -> int:
    total = 0
    with monkeypatch.context() as patch:
        for name in ("read", "pread"):
            real = getattr(os, name)

            def counted(*args: int, _real: object = real) -> bytes:
                nonlocal total
                data: bytes = _real(*args)  # type: ignore[operator]
                total += len(data)
                return data

            patch.setattr(os, name, counted)
        quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    assert total > 0
    return total


@pytest.mark.parametrize("harm", ["missing", "garbage", "truncated", "of another journal", "wrong content"])
def test_a_heads_file_that_does_not_hold_is_made_anew(directory: str, harm: str, tmp_path: Path) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    path = Path(directory) / HEADS
    good = path.read_bytes()
    if harm == "missing":
        path.unlink()
    elif harm == "garbage":
        path.write_bytes(b"\x00\xff{")
    elif harm == "truncated":
        path.write_bytes(good[: len(good) // 2])
    elif harm == "of another journal":
        text = json.loads(good)
        path.write_bytes(json.dumps(text | {"generation": "0" * 26}).encode())
    else:
        path.write_bytes(good.replace(b'"facts"', b'"fakts"'))

    said = quick(directory).log([LogEntry("tech-centres", by="+5", period="2021")])

    assert "505 centres" in said.lines[0]
    assert read_derived(directory) is not None


def test_an_undo_behind_the_heads_file_is_taken_in(directory: str, tracker: Tracker) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    tracker.refresh()
    tracker.log(LogEntry("tech-centres", "600", "2021"))
    tracker.undo()

    said = quick(directory).log([LogEntry("tech-centres", by="+5", period="2022")])

    assert "505 centres" in said.lines[0]


def test_a_correction_and_a_retraction_behind_the_heads_file_are_taken_in(
    directory: str, tracker: Tracker
) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    tracker.refresh()
    tracker.correct("tech-centres@2020", LogEntry("", "510"))
    tracker.log(LogEntry("tech-centres", "600", "2021"))
    tracker.retract("tech-centres@2021", "slip")

    said = quick(directory).log([LogEntry("tech-centres", by="+5", period="2022")])

    assert "515 centres" in said.lines[0]


def test_a_long_tail_renews_the_heads_file(directory: str, tracker: Tracker) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    before = read_derived(directory)
    tracker.refresh()
    tracker.log_batch([LogEntry("tech-centres", str(500 + n), "2020") for n in range(LONG_TAIL + 1)])

    quick(directory).log([LogEntry("tech-centres", "501", "2020")])

    after = read_derived(directory)
    assert before is not None
    assert after is not None
    assert after.offset > before.offset


def test_a_read_only_directory_for_heads_does_not_stop_logging(directory: str) -> None:
    os.mkdir(os.path.join(directory, HEADS))  # a rename onto it fails, whoever runs this

    assert quick(directory).log([LogEntry("tech-centres", "500", "2020")]).tx


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["log", "goal", "correct", "retract", "pin", "undo"]),
            st.integers(1, 9),
            st.integers(2015, 2024),
        ),
        max_size=12,
    )
)
def test_a_digest_answers_as_the_whole_register_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    from gztrack.services.databases.seeding import article_seed, read_seed
    from gztrack.storage.memory import MemoryStore

    seed = read_seed(article_seed())
    tracker = Tracker(MemoryStore(seed.title, "UTC", (seed.transaction,)), author="a", login="a", today=TODAY)
    for what, number, year in steps:
        try:
            if what == "log":
                tracker.log(LogEntry("tech-centres", str(490 + number), str(year)))
            elif what == "goal":
                tracker.set_target(GoalEntry("tech-centres", str(500 + number), str(year + 5)))
            elif what == "correct":
                tracker.correct("tech-centres@last", LogEntry("", str(480 + number)))
            elif what == "retract":
                tracker.retract("tech-centres@last", "x")
            elif what == "pin":
                tracker.pin("tech-centres@last")
            else:
                tracker.undo()
        except InputError:
            continue
    short = Register(tracker.register.digest())
    moment = Moment(TODAY)

    for slug in tracker.register.slugs(moment):
        indicator = tracker.register.indicator(slug, moment)
        assert indicator is not None
        assert case(short, indicator, moment, "linear") == case(tracker.register, indicator, moment, "linear")
    assert short.slugs(moment) == tracker.register.slugs(moment)


@given(
    value=st.integers(-1000, 1000),
    target=st.integers(-1000, 1000),
    comparator=st.sampled_from(["at least", "more than", "at most", "less than", "about"]),
    direction=st.sampled_from(["up", "down"]),
    measure=st.sampled_from(["level", "flow", "rate"]),
    label=st.sampled_from(["2020", "2020-Q4", "2020-01..2020-11", "2020-12-31", "2020-W10"]),
    due=st.sampled_from(
        [("2020", "2020-01-01"), ("2020-Q4", "2020-10-01"), ("2020-12-31", ""), ("2020-W01", "2020-12-25")]
    ),
)
def test_the_echos_attainment_is_the_one_of_progress(
    value: int, target: int, comparator: str, direction: str, measure: str, label: str, due: tuple[str, str]
) -> None:
    from gztrack.domain.points import Goal, Point
    from gztrack.domain.progress import assess

    period = parse_period(label, TODAY)
    fact = {"value": target, "comparator": comparator, "due_end": "2020-12-31"}
    if due[1]:
        fact["due_start"] = due[1]
    point = Point("a", label, period.start, period.end, value)
    goal = Goal(
        "t", target, comparator=comparator, due=date(2020, 12, 31), due_label=due[0],
        due_start=date.fromisoformat(due[1]) if due[1] else None,
    )  # fmt: skip
    full = assess(
        [point], goal, measure=measure, direction=direction, method="linear", today=TODAY
    ).attainment

    short = attainment(value, period, fact, measure=measure, direction=direction)

    assert short == (pytest.approx(full.value) if full else None)


def test_a_journal_of_another_place_is_not_trusted(directory: str) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")])
    heads = read_derived(directory)
    assert heads is not None

    assert Journal(directory).place(heads.offset - 1, heads.checksum, heads.generation) is None


def test_a_retraction_that_brings_an_older_reading_back_is_taken_in(directory: str, tracker: Tracker) -> None:
    for value, year in (("500", "2020"), ("520", "2020"), ("530", "2019")):
        tracker.log(LogEntry("tech-centres", value, year))
    quick(directory).log([LogEntry("5g-enterprises", "61", "2020")])  # leaves a fresh heads file
    tracker.refresh()
    tracker.retract(tracker.history("tech-centres")[2].handle, "slip")

    said = quick(directory).log([LogEntry("tech-centres", by="+5", period="2021")])

    assert "505 centres" in said.lines[0]


def test_a_key_that_was_used_for_something_else_is_refused(directory: str) -> None:
    quick(directory).log([LogEntry("tech-centres", "500", "2020")], key="u1")
    with pytest.raises(InputError, match="used before, for tech-centres 500 for 2020"):
        quick(directory).log([LogEntry("5g-enterprises", "61", "2020")], key="u1")


def test_a_retried_change_is_the_same_change_and_adds_nothing(directory: str, tracker: Tracker) -> None:
    for _ in range(2):
        quick(directory, "ann").log([LogEntry("tech-centres", by="+5", period="2020")], key="u2")
    tracker.refresh()
    tracker.log(LogEntry("tech-centres", by="+5", period="2020", key="u2"))

    assert [view.value for view in tracker.history("tech-centres")] == [495, 500]


def test_a_journal_that_is_harmed_and_yet_proven_is_logged_to_without_a_heads_file(directory: str) -> None:
    path = Path(directory, FACTS)
    quick(directory).log([LogEntry("nev-capacity", "250k", "2020-04")])
    Path(directory, HEADS).unlink()
    data = bytearray(path.read_bytes())
    data[data.index(b"NEV annual")] ^= 1
    path.write_bytes(data)
    logged = quick(directory).log([LogEntry("nev-capacity", "260k", "2020-05")])
    assert "has one flipped bit" in " ".join(logged.notices)
    assert Path(directory, FACTS).stat().st_size > len(data)


def test_after_a_merge_it_counts_what_everybody_counts(tmp_path: Path) -> None:
    """One author, one key, two copies: the one logged first counts, whichever comes first in the file."""
    here, there = (Location(str(tmp_path / name), named=True) for name in ("here", "there"))
    for place in (here, there):
        initialise(place, zone="UTC")
    for place, value in ((there, "260k"), (here, "310k")):
        quick(place.path, "ann").log([LogEntry("nev-capacity", value, "2020-05", yes=True)], key="june")
    tracker = open_tracker(here, author="ann", login="ann", writing=True, today=TODAY)
    merge(tracker, there.path, io.BytesIO(), yes=True)
    for heads in (True, False):
        if not heads:
            Path(here.path, HEADS).unlink()
        entry = LogEntry("nev-capacity", "", "2020-06", by="+5", yes=True)
        assert "260,005" in quick(here.path, "ann").log([entry]).lines[0]
        tracker.undo()
    again = quick(here.path, "ann").log([LogEntry("nev-capacity", "260k", "2020-05", yes=True)], key="june")
    assert "already logged" in again.lines[0]
    with pytest.raises(InputError):
        quick(here.path, "ann").log([LogEntry("nev-capacity", "310k", "2020-05", yes=True)], key="june")
