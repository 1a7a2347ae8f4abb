"""A batch says and writes what its lines would one by one, and touches the journal once."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.many import Periods
from gztrack.domain.register import Moment, Register
from gztrack.errors import InputError
from gztrack.services.bulklog import BadLinesError, BulkLog, NoLinesError
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering import bulk
from gztrack.services.entering.bulk import ECHOED, NAMED, Bulk
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.readings import plan_reading
from gztrack.services.entering.references import known_indicator
from gztrack.services.entering.typed_lines import read_lines
from gztrack.services.tracker import Tracker
from gztrack.storage.files import Files
from gztrack.storage.journal import Journal
from gztrack.storage.lines import encode
from gztrack.storage.locations import Location
from gztrack.storage.reading import transactions

from .conftest import TODAY

MANY = "".join(
    f"nev-capacity {300_000 + n % 977} {1950 + n % 60}-{1 + n % 12:02} # {n}\n" for n in range(2000)
)
MOMENT = Moment(TODAY)


def bulk_log(directory: str, author: str = "cron") -> BulkLog:
    return BulkLog(directory, author=author, login=author, today=TODAY)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Indicators of every measure, with readings of several coverages, series and distances."""
    place = Location(str(tmp_path_factory.mktemp("bulk") / "db"), named=True)
    initialise(place, zone="UTC", empty=True)
    tracker = open_tracker(place, author="ann", login="ann", today=TODAY, writing=True)
    for slug, unit, measure in (
        ("stock", "cars", "level"),
        ("sales", "CNY/year", "flow"),
        ("growth", "%", "rate"),
    ):
        tracker.add_indicator(IndicatorEntry(slug, name=slug, unit=unit, measure=measure))
        tracker.add_indicator(IndicatorEntry(f"new-{slug}", name=slug, unit=unit, measure=measure))
    for text, figure in (
        ("2019", "5"),
        ("2020-Q2", "40"),
        ("2020-H1", "40"),
        ("2020-06-30", "400"),
        ("2021-Q1", "100"),
    ):
        for slug in ("stock", "sales", "growth"):
            tracker.log(LogEntry(slug, figure, text, yes=True))
            tracker.log(LogEntry(slug, figure + "0", text, series="other", yes=True))
    tracker.set_target(GoalEntry("new-stock", "500", "2030"))
    return tracker.register


LINES = st.builds(
    lambda *words: " ".join(words),
    st.sampled_from(["stock", "sales", "growth", "new-stock", "new-sales", "new-growth", "stok", "st\u200bock"]),
    st.sampled_from(["1", "39.9", "41", "4k", ">400", "~ 45.1", "5000000", "-3", "0", "1,23", "over", "45 %", ""]),
    st.sampled_from(["", "2019", "2020", "2020-Q3", "2018-H2", "2020-03-31", "yesterday", "2030", "2020-Q7"]),
    st.sampled_from(["", "# a note", "# two  words\x1b[31m", "#", "# " + "x" * 5000]),
)  # fmt: skip
USUAL = st.builds(
    LogEntry,
    st.just("-"),
    value=st.just(""),
    by=st.just(""),
    key=st.just(""),
    url=st.sampled_from(["", "", "https://a.b/c", "a.b"]),
    period=st.sampled_from(["", "", "2021", "2020-W60"]),
    series=st.sampled_from(["", "other", "third"]),
    note=st.sampled_from(["", "usual"]),
    source=st.sampled_from(["", "", "office", "o" * 5000]),
    published=st.sampled_from(["", "", "2021-02", "2021-13"]),
    provisional=st.sampled_from([None, True]),
    yes=st.booleans(),
)


@given(st.lists(LINES, min_size=1, max_size=8), USUAL)
@settings(max_examples=400, deadline=None)
def test_a_batch_understands_what_its_lines_say_one_by_one(
    register: Register, lines: list[str], usual: LogEntry
) -> None:
    periods = Periods(TODAY)
    found = Bulk(register, MOMENT, usual, periods)
    records = [record for block in found.records(read_lines("\n".join(lines), periods)) for record in block]

    expected, bad = [], []
    for number, slug, value, period, note in read_lines("\n".join(lines), Periods(TODAY)):
        entry = usual._replace(
            indicator=slug, value=value, period=period or usual.period, note=note or usual.note
        )
        try:
            plan = plan_reading(entry, register, MOMENT)
        except InputError as error:
            bad.append((number, str(error), ""))
            continue
        if plan.guard and not usual.yes:
            bad.append((number, "", plan.guard))
        else:
            expected.append(plan)
    assert [(each.number, str(each.error or ""), each.question) for each in found.bad] == bad
    assert (found.refused, found.asked) == (
        sum(not each[2] for each in bad),
        sum(bool(each[2]) for each in bad),
    )
    if not bad:
        assert [list(record.items()) for record in records] == [
            [("id", ""), *plan.record.items()] for plan in expected
        ]
        assert found.echo() == [plan.echo for plan in expected]


def test_what_it_writes_is_what_the_journal_writes_of_a_transaction(directory: str) -> None:
    log = bulk_log(directory)

    batch = log.prepare(MANY, LogEntry("-", source="office"))
    log.keep(batch)

    *_, last = transactions(Journal(directory))
    assert len(last.facts) == 2000
    assert encode(last) == batch.encoded.bodies
    ids = [fact["id"] for _, fact in last.facts]
    assert ids == sorted(set(ids))
    assert ids[0] > last.tx


def test_it_takes_the_lock_once_writes_once_and_syncs_once(
    directory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk_log(directory).prepare(MANY, LogEntry("-"))  # leaves a heads file
    calls = counted(monkeypatch)
    log = bulk_log(directory)
    batch = log.prepare(MANY, LogEntry("-"))
    assert not any(calls[name] for name in ("flock", "write", "sync"))

    log.keep(batch)

    # The second write is what logging must know: a file of its own, which is not synced.
    assert {name: calls[name] for name in ("flock", "write", "sync")} == {"flock": 1, "write": 2, "sync": 1}


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Calls of the operating system by name, from now on."""
    calls: Counter[str] = Counter()
    for name in ("flock", "write", "sync", "pread"):

        def call(
            self: Files, *given: object, _name: str = name, _real: object = getattr(Files, name)
        ) -> object:
            calls[_name] += 1
            return _real(self, *given)  # type: ignore[operator]

        monkeypatch.setattr(Files, name, call)
    return calls


def test_a_refused_batch_reads_no_more_than_a_good_one(
    directory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk_log(directory).prepare(MANY, LogEntry("-"))  # leaves a heads file
    calls = counted(monkeypatch)
    bulk_log(directory).prepare(MANY, LogEntry("-"))
    good = calls["pread"]
    calls.clear()

    with pytest.raises(BadLinesError):
        bulk_log(directory).prepare(f"{MANY}nobody 1\n", LogEntry("-"))

    assert calls["pread"] == good
    assert not calls["flock"]
    assert not calls["write"]


def test_bad_lines_are_named_up_to_a_number_and_counted(
    directory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0
    real = known_indicator

    def known(*given: object) -> object:
        nonlocal looked
        looked += 1
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("gztrack.services.entering.bulk.known_indicator", known)
    lines = "".join(f"nobody-{n} 1\nnev-capacity 31{n % 7} 2020-06\n" for n in range(1000))

    with pytest.raises(BadLinesError) as raised:
        bulk_log(directory).prepare(lines, LogEntry("-"))

    assert (raised.value.count, raised.value.refused) == (2000, 1000)
    assert [each.number for each in raised.value.named] == list(range(1, NAMED + 1))
    assert looked == NAMED


def test_few_readings_are_echoed_one_by_one_and_many_an_indicator_a_line(directory: str) -> None:
    lines = [f"tech-centres {500 + n} {1990 + n % 30}\n" for n in range(ECHOED)]
    few = bulk_log(directory).prepare("".join(lines), LogEntry("-"))
    many = bulk_log(directory).prepare("".join([*lines, "nev-capacity 310k 2020-06\n"]), LogEntry("-"))

    assert len(few.echo) == ECHOED
    assert many.echo == [
        "Enterprise technology centres  100 readings  500..599 centres  for 1990-01-01 to 2019-12-31",
        "NEV annual production capacity  1 reading  310,000 vehicles/year  for 2020-06-01 to 2020-06-30",
    ]


def test_nothing_but_comments_is_no_batch(directory: str) -> None:
    with pytest.raises(NoLinesError):
        bulk_log(directory).prepare("# a\n\n", LogEntry("-"))


def test_a_key_used_for_another_batch_is_refused(directory: str) -> None:
    log = bulk_log(directory)
    log.keep(log.prepare(MANY, LogEntry("-", key="k")))
    size = (Path(directory) / "facts.jsonl").stat().st_size

    again = log.keep(log.prepare(MANY, LogEntry("-", key="k")))
    assert again.lines[0] == "already logged with this key; nothing was added"
    with pytest.raises(InputError, match="the key 'k' was used before"):
        log.keep(log.prepare(MANY + "nev-capacity 310k 2020-06\n", LogEntry("-", key="k")))

    assert (Path(directory) / "facts.jsonl").stat().st_size == size


def test_each_line_is_held_against_what_was_there_before_the_batch(directory: str) -> None:
    log = bulk_log(directory)

    with pytest.raises(BadLinesError) as raised:
        log.prepare("5g-enterprises 599 2020\n5g-enterprises 6000 2021\n", LogEntry("-"))

    assert [(each.number, each.question[:26]) for each in raised.value.named] == [
        (2, "100 times the last value ("),
    ]


def test_the_collector_is_left_as_it_was(directory: str) -> None:
    assert gc.isenabled()
    bulk_log(directory).prepare(MANY, LogEntry("-"))
    assert gc.isenabled()
    gc.disable()
    try:
        bulk_log(directory).prepare(MANY, LogEntry("-"))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_progress_is_told_a_block_of_lines_at_a_time(directory: str) -> None:
    told: list[tuple[object, ...]] = []

    bulk_log(directory).prepare(MANY, LogEntry("-"), lambda *given: told.append(given))

    assert told[0] == (bulk.BLOCK, 2001, "checking", "lines")
    assert told[-1] == (2000, 2001, "checking", "lines")
    assert len(told) == 2000 // bulk.BLOCK + 1


def test_a_batch_is_one_action_that_is_taken_back_whole(directory: str, tracker: Tracker) -> None:
    log = bulk_log(directory, "ann")
    log.keep(log.prepare(MANY, LogEntry("-")))
    tracker.refresh()
    assert len(tracker.history("nev-capacity")) == 2000

    tracker.undo()

    assert not tracker.history("nev-capacity")
