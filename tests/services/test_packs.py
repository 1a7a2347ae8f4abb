"""A pack loses nothing and depends on nothing but the facts; rows of JSON say what a CSV says."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import board, empty, followed, states
from gztrack.domain.ids import from_int
from gztrack.errors import GuardError, InputError
from gztrack.export.pack_file import export_pack
from gztrack.export.rows_file import export_rows
from gztrack.services.databases.opening import initialise
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.importing.recognising import bring_in
from gztrack.services.merging.merger import merge
from gztrack.services.packs.beginning import begin, logged_at, nobodys
from gztrack.services.packs.joining import Joined, join_in
from gztrack.services.packs.json_rows import read_rows
from gztrack.services.packs.layout import is_logging_time
from gztrack.services.packs.reading import Pack, Stated
from gztrack.services.packs.sources import opened
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.health.examination import _TIME
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.locations import Location
from gztrack.storage.store import Transaction

TODAY = date(2026, 11, 24)
SLUG = "key-labs-national"


def session(folder: Path, author: str = "ann") -> Tracker:
    return Tracker(TinyDBStore(str(folder), author=author), author=author, login=author, today=TODAY)


def packed(tracker: Tracker) -> bytes:
    return b"".join(export_pack(tracker.store))


def everything(tracker: Tracker) -> object:
    """The facts with their envelopes, and what each face shows of them."""
    facts = sorted(tracker.store.facts()[0], key=lambda pair: (pair[0], pair[1]["id"]))
    shown = (
        tracker.board(),
        tracker.ledger(every=True),
        [tracker.history(row.id) for row in tracker.board().rows],
    )
    return facts, shown, tracker.title, tracker.store.title, tracker.store.tz, tracker.store.conflicts


def act(folder: Path, other: Path, author: str, what: str, n: int) -> None:
    """One of the things that people do; what is refused does not happen."""
    tracker = session(folder, author)
    period = str(2005 + n % 12)
    reading = f"{SLUG}@{period}"
    with suppress(InputError):
        match what:
            case "log":
                tracker.log(LogEntry(SLUG, str(n), period, note="=1 “中”\u2028", yes=True))
            case "correct":
                tracker.correct(reading, LogEntry(SLUG, str(n + 1), yes=True))
            case "retract":
                tracker.retract(reading, "typed into the wrong row")
            case "pin":
                tracker.pin(reading, "the better count")
            case "undo":
                tracker.undo()
            case "redo":
                tracker.redo()
            case "target":
                tracker.set_target(GoalEntry(SLUG, str(20 + n), due=str(2027 + n % 3)))
            case "archive":
                tracker.archive("tech-centres", undo=bool(n % 2))
            case "add":
                tracker.add_indicator(IndicatorEntry(f"x{n}", "X", "km"))
            case "title":
                tracker.edit_database(SettingsEntry(title=f"T{n}"))
            case "elsewhere":
                session(other, "carol").log(LogEntry(SLUG, str(n), period, yes=True))
            case "merge":
                merge(tracker, str(other), io.BytesIO(), yes=True)


ACTIONS = ("log", "log", "correct", "retract", "pin", "undo", "redo", "target", "archive", "add", "title", "elsewhere",
           "merge")  # fmt: skip
HISTORIES = st.lists(
    st.tuples(st.sampled_from(["ann", "bob"]), st.sampled_from(ACTIONS), st.integers(0, 40)), max_size=14
)


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(HISTORIES)
def test_importing_an_export_gives_an_identical_database(history: list[tuple[str, str, int]]) -> None:
    seed = read_seed(article_seed())
    with scratch() as folder:
        here, there = folder / "here", folder / "there"
        for place in (here, there):
            create(str(place), seed.title, seed.tz, (seed.transaction,))
        for author, what, n in history:
            act(here, there, author, what, n)
        was = session(here)
        (folder / "all.pack").write_bytes(packed(was))
        initialise(Location(str(folder / "made"), named=True), pack=str(folder / "all.pack"))
        initialise(Location(str(folder / "filled"), named=True), empty=True, zone="UTC")
        bring_in(session(folder / "filled", "dan"), str(folder / "all.pack"))
        for name in ("made", "filled"):
            assert everything(session(folder / name)) == everything(was)
            assert packed(session(folder / name)) == packed(was)
            again = bring_in(session(folder / name, "dan"), str(folder / "all.pack"))
            assert not again.written
        for author in ("ann", "bob"):  # what could be taken back there can be here
            told = []
            for name in ("here", "made", "filled"):
                try:
                    told.append(session(folder / name, author).undo().lines)
                except InputError as error:
                    told.append((str(error),))
            assert told[0] == told[1] == told[2]


def stated(number: int, at: int, facts: int = 1) -> Transaction:
    """A transaction of made-up facts; one that was logged ``at`` so many minutes past nine."""
    ids = (from_int((number << 40) + n) for n in count(1))
    made = tuple(("colours", {"id": next(ids), "name": f"c{n}"}) for n in range(facts))
    return Transaction(
        from_int(number << 40), f"2026-11-24T09:{at:02}:00.000000Z", "ann", "ann", "insert", made
    )


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(8)), st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_the_order_of_the_journal_makes_no_difference(order: list[int], minutes: list[int]) -> None:
    transactions = [stated(n + 1, minutes[n]) for n in range(8)]
    with scratch() as folder:
        create(str(folder / "a"), "T", "UTC", transactions)
        create(str(folder / "b"), "T", "UTC", [transactions[n] for n in order])
        assert packed(session(folder / "a")) == packed(session(folder / "b"))


def test_how_a_transaction_was_cut_into_lines_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stated(1, 0, facts=1300)
    create(str(tmp_path / "a"), "T", "UTC", [whole])
    monkeypatch.setattr("gztrack.storage.lines.LINE_FACTS", 100)
    create(str(tmp_path / "b"), "T", "UTC", [whole])
    monkeypatch.undo()
    lines = [(tmp_path / name / "facts.jsonl").read_bytes().count(b"\n") for name in "ab"]
    assert lines == [4, 14]
    assert packed(session(tmp_path / "a")) == packed(session(tmp_path / "b"))
    (tmp_path / "all.pack").write_bytes(packed(session(tmp_path / "a")))
    assert not bring_in(session(tmp_path / "b"), str(tmp_path / "all.pack")).written


def test_what_a_journal_holds_twice_is_in_the_pack_once(tmp_path: Path) -> None:
    create(str(tmp_path / "a"), "T", "UTC", [stated(1, 0), stated(2, 1), stated(1, 0)])
    create(str(tmp_path / "b"), "T", "UTC", [stated(1, 0), stated(2, 1)])
    assert packed(session(tmp_path / "a")) == packed(session(tmp_path / "b"))


def test_two_transactions_of_one_id_both_come_along(tmp_path: Path) -> None:
    other = stated(1, 0)._replace(author="eve")
    create(str(tmp_path / "a"), "T", "UTC", [stated(1, 0), other])
    (tmp_path / "all.pack").write_bytes(packed(session(tmp_path / "a")))
    initialise(Location(str(tmp_path / "b"), named=True), pack=str(tmp_path / "all.pack"))
    assert everything(session(tmp_path / "b")) == everything(session(tmp_path / "a"))
    assert len(session(tmp_path / "b").store.conflicts) == 1


@pytest.mark.parametrize("make", [followed, states], ids=["follow-up", "states"])
def test_json_rows_give_the_same_board(make: object, tmp_path: Path) -> None:
    tracker: Tracker = make()  # type: ignore[operator]
    text = export_rows(tracker).decode()
    (tmp_path / "all.json").write_text(text)
    initialise(Location(str(tmp_path / "db"), named=True), empty=True, zone="UTC")
    copy = session(tmp_path / "db")
    bring_in(copy, str(tmp_path / "all.json"), yes=True)
    assert board(copy) == board(tracker)
    assert export_rows(copy).decode() == text
    assert bring_in(copy, str(tmp_path / "all.json")).done.lines[-1] == "nothing is new"


ROWS = '{"kind": "indicator", "indicator": "x", "name": "X", "unit": "km"}'


def into(text: str, **options: object) -> tuple[Tracker, tuple[str, ...]]:
    """An empty database after an import of a text."""
    tracker = empty()
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(text.encode())
        file.flush()
        lines = bring_in(tracker, file.name, **options).done.lines  # type: ignore[arg-type]
    return tracker, lines


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5", 5),
        ("-0.25", -0.25),
        ("21.0975", 21.0975),
        ("1e3", 1000),
        ("1.5E-3", 0.0015),
        ('"1,234"', 1234),
        ('"> 2 thousand km"', 2000),
        ('"-5"', -5),
    ],
)
def test_a_number_is_taken_digit_for_digit_and_a_text_as_it_is_typed(cell: str, value: float) -> None:
    tracker, _ = into(f'[{ROWS}, {{"indicator": "x", "period": 2020, "value": {cell}}}]')
    assert [view.value for view in tracker.history("x")] == [value]


@pytest.mark.parametrize("cell", ["null", '""', '"N/A"', '"n/a "'])
def test_a_gap_is_no_zero(cell: str) -> None:
    tracker, lines = into(
        f'[{ROWS}, {{"indicator": "x", "period": "2020", "value": {cell}}}]', missing=("N/A",)
    )
    assert tracker.history("x") == ()
    assert "1 without a value, skipped" in lines[0]


@pytest.mark.parametrize("note", ["=1", "'=1", "''", "+", "-x", "@", "plain"])
def test_a_text_of_json_keeps_its_apostrophes(note: str) -> None:
    tracker, _ = into(f'[{ROWS}, {{"indicator": "x", "period": "2020", "value": 1, "note": "{note}"}}]')
    assert [view.note for view in tracker.history("x")] == [note]


def test_objects_a_line_each_and_other_names_are_rows_too() -> None:
    text = f'{ROWS}\n\n{{"indicator": "x", "Year": "2020", "Amount": 7}}\n'
    tracker, _ = into(text, mapping={"period": "Year", "value": "Amount"})
    assert [(view.period, view.value) for view in tracker.history("x")] == [("2020", 7)]
    wide, _ = into('[{"indicator": "x", "name": "X", "unit": "km", "2020": 1, "2021": 2}]', wide=True)
    assert [view.value for view in wide.history("x")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"indicator": "x",\n "period" 1}', "line 2: no JSON: : was expected"),
        ('[{"indicator": "x"},\n {"indicator": }]', "line 2: no JSON from column 16 on"),
        ("[1,\n]", "line 2: no JSON: , ] was expected"),
        ('[{"indicator": "x"}] x', "line 1: stands behind the rows"),
        ('{"rows": [],\n "rows": []}', "line 2: 'rows' stands there twice"),
        ('{"rows": [],\n "titel": "T"}', "line 2: no such name: 'titel'; beside the rows there may be gztrack, title"),
        ('{"rows": [],\n "title": 7}', "line 2: title: is to be a text"),
        ('{"rows": []}', "no rows; one is like"),
        ("[]", "no rows; one is like"),
        ('[{"indicator": "x", "indicator": "y"}]', "line 1: 'indicator' stands there twice"),
        ('[{"indicator": "x", "value": NaN}]', "line 1: no JSON: NaN is no number"),
        ("[" * 100_000, "nested too deep"),
        ('{"gztrack": "colours", "rows": []}', "says that it is a 'colours', which this version does not know"),
        ('[{"indicator": "x",\n"period": "2020", "value": 1}, 7]', "line 2, item 2: no object with the names"),
        ('[{"indicator": "x", "period": "2020", "value": [1]}]', "line 1, item 1: value: neither a text nor a number"),
        ('[{"indicator": "x", "period": "2020", "value": true}]', "line 1, item 1: value: neither a text nor"),
        ('[{"indicator": "x", "period": "2020", "value": 1e999999999}]', "item 1: value: 1e999999999 is out of reach"),
        ('[{"indicator": "x", "period": "2020", "vlaue": 1}]', "no such column: 'vlaue'; did you mean 'value'?"),
        ('{"tz": "Mars", "rows": [{"indicator": "x"}]}', "no such time zone: 'Mars'"),
        ('{"method": "x", "rows": [{"indicator": "x"}]}', "method"),
        ('{"logged": "soon", "rows": [{"indicator": "x"}]}', "logged: 'soon' is no date"),
        (
            f'[{ROWS},\n{{"indicator": "x", "period": "2020", "value": "many"}}, {{"kind": "colour"}}]',
            "2 rows cannot be read, nothing was imported\nline 2, item 2: value: ",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_rows_is_said_with_line_and_item(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        into(text)
    assert says in "\n".join((str(refused.value), *refused.value.further))


def test_what_a_database_begins_with_counts_as_logged_when_its_latest_fact_was_known() -> None:
    text = f'[{ROWS}, {{"indicator": "x", "period": "2020", "value": 1, "published": "2021-03-04"}}]'
    rows = read_rows(text, "x", {})
    facts = begin(rows.sheet, rows.head, name="x").facts
    assert logged_at({}, facts) == "2021-03-04T00:00:00.000000Z"
    assert logged_at({"logged": "2022-01-02"}, facts) == "2022-01-02T00:00:00.000000Z"
    assert nobodys(text.encode(), {}, facts) == nobodys(text.encode(), {}, facts)
    assert [fact["id"] for _, fact in nobodys(text.encode(), {}, facts).facts] == sorted(
        fact["id"] for _, fact in nobodys(text.encode(), {}, facts).facts
    )


def an_empty_database(folder: Path) -> Tracker:
    create(str(folder), "Mine", "UTC")
    return session(folder)


def test_who_was_first_with_the_same_pack_has_brought_it_in(tmp_path: Path) -> None:
    path = tmp_path / "x.pack"
    path.write_bytes(packed(followed()))
    tracker = an_empty_database(tmp_path / "db")

    found = join_in(
        tracker, "x.pack", "", "", through(path, lambda: bring_in(session(tmp_path / "db"), str(path)))
    )

    assert found == Joined(("nothing is new: all of x.pack is here already",), written=False)


def test_an_empty_database_that_somebody_began_meanwhile_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "x.pack"
    path.write_bytes(packed(followed()))
    tracker = an_empty_database(tmp_path / "db")
    rows = tmp_path / "rows.json"
    rows.write_text(
        '{"title": "Theirs", "rows": [{"kind": "indicator", "indicator": "labs", "name": "L", "unit": "u"}]}'
    )

    with pytest.raises(GuardError, match="nothing in common with this database"):
        join_in(
            tracker, "x.pack", "", "", through(path, lambda: bring_in(session(tmp_path / "db"), str(rows)))
        )
    tracker.refresh()
    assert [fact["indicator"] for fact in tracker.indicators()] == ["labs"]


def through(path: Path, last: Callable[[], object]) -> Iterator[Stated]:
    """The transactions of a pack; something is done before it is known that there are no more."""
    with opened(str(path)) as source:
        yield from Pack(source)
        last()


def test_a_target_that_replaces_another_one_does_so_under_new_ids_too() -> None:
    target = '{"kind": "target", "indicator": "x", "value": 5, "due": "%s", "stated_on": "2020-01-0%s"%s}'
    moved = target % ("2028", 2, ', "replaces": "2027"')
    rows = read_rows(f"[{ROWS}, {target % ('2027', 1, '')}, {moved}]", "x", {})
    first = nobodys(b"x", {}, begin(rows.sheet, {}, name="x").facts)
    (_, (_, old), (_, new)) = first.facts
    assert new["replaces"] == old["id"]


@pytest.mark.parametrize(
    ("at", "is_one"),
    [
        ("2026-11-24T09:30:00.000000Z", True),
        ("1900-01-01T00:00:00.000000Z", True),
        ("2199-12-31T23:59:59.999999Z", True),
        ("2200-01-01T00:00:00.000000Z", False),
        ("2999-11-24T09:30:00.000000Z", False),
        ("0001-01-01T00:00:00.000000Z", False),
        ("2026-02-30T09:30:00.000000Z", False),
        ("2026-11-24 09:30", False),
    ],
)
def test_a_logging_time_is_one_that_the_doctor_finds_sound_too(at: str, is_one: bool) -> None:
    assert is_logging_time(at) is is_one
    assert not is_one or _TIME.fullmatch(at)
