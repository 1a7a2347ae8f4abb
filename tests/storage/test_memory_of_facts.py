"""Facts in memory: what is packed comes out as it went in, in little room, and the same in any order of lines."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gztrack.domain.ids import fact_ids, from_int
from gztrack.domain.packed import kept
from gztrack.domain.register import Moment, Register
from gztrack.storage.facts import Facts, News, pairs
from gztrack.storage.lines import Line, decode, dumps
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Transaction

READING = {"indicator": "a", "value": 1, "period": "2020", "start": "2020-01-01", "end": "2020-12-31"}
ENVELOPE = {"at": "2020-05-30T08:00:00.000000Z", "author": "ann", "login": "login"}
TX = from_int(1 << 80)


def line(*facts: tuple[str, dict[str, Any]], tx: str = TX, **envelope: str) -> Line:
    """A journal line as it is read."""
    return {"tx": tx, **ENVELOPE, **envelope, "facts": [list(fact) for fact in facts], "commit": 1}


def out(*lines: Line) -> list[tuple[str, dict[str, Any]]]:
    """What comes out of facts that lines went into."""
    facts = Facts()
    facts.add(deepcopy(lines))
    return list(pairs(facts.everything()))


@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("readings", READING),
        ("readings", READING | {"source": "bulletin"}),
        ("readings", READING | {"source": "bulletin", "note": "n", "series": "s", "qualifier": "about"}),
        ("readings", READING | {"inferred": ["period", "value"], "note": "a list cannot be shared"}),
        ("readings", READING | {"source": ["not", "a", "text"]}),
        ("readings", READING | {"period": ["not", "a", "text"]}),
        ("readings", {"value": 1}),
        ("readings", {}),
        ("targets", READING),
        ("notes", {"anything": None}),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 30, 31, 700])
def test_a_fact_comes_out_as_it_went_in_with_its_envelope(
    table: str, record: dict[str, Any], place: int
) -> None:
    fact = {"id": fact_ids(TX, place + 1)[place], **record}
    assert out(line((table, fact))) == [(table, fact | {"tx": TX} | ENVELOPE)]


@pytest.mark.parametrize("tx", ["", "0" * 26, "7" * 26, from_int(31), from_int(30), from_int((1 << 127) - 1)])
def test_a_transaction_is_remembered_whatever_its_id_ends_with(tx: str) -> None:
    own = fact_ids(tx, 1)[0] if tx else "0" * 26
    ((_, fact),) = out(line(("readings", {"id": own, **READING}), tx=tx))
    assert fact["tx"] == tx


@pytest.mark.parametrize("one", [True, 1, 1.0])
@pytest.mark.parametrize("other", [True, 1, 1.0])
def test_equal_values_of_other_types_are_not_taken_for_one_another(one: Any, other: Any) -> None:
    first, second = fact_ids(TX, 2)
    found = out(
        line(
            ("readings", {"id": first, **READING, "value": one, "weight": one}),
            ("readings", {"id": second, **READING, "value": other, "weight": other}),
        )
    )
    assert dumps([(fact["value"], fact["weight"]) for _, fact in found]) == dumps(
        [(one, one), (other, other)]
    )


def test_what_readings_share_is_kept_once() -> None:
    text = "".join(
        dumps(line(("readings", {"id": fact_ids(from_int(n << 80), 1)[0], **READING}), tx=from_int(n << 80)))
        + "\n"
        for n in (1, 2)
    )
    first, second = (fact for _, _, fact in kept(map(_written, decode(text.encode())), {}))
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    rest, at, own, indicator, value, period, start, end = (a is b for a, b in zip(first, second, strict=True))
    assert (rest, indicator, value, period, start, end) == (True,) * 6
    assert (at, own) == (False, False)  # what is each one's own would only be looked up in vain


def _written(each: Line) -> Any:
    return each["tx"], each["at"], each["author"], each["login"], each["facts"]


def test_a_reading_logged_on_a_line_of_its_own_takes_less_than_400_bytes() -> None:
    count = 20_000
    text = "".join(
        dumps(
            line(
                ("readings", {"id": fact_ids(tx, 1)[0], **READING, "value": n / 7, "source": "the bulletin"}),
                tx=tx,
                at=f"2020-05-30T08:00:00.{n:06}Z",
            )
        )
        + "\n"
        for n in range(count)
        for tx in [from_int(n << 80 | 5)]
    ).encode()
    facts = Facts()
    tracemalloc.start()
    try:
        facts.add(decode(text))
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(facts.tables["readings"]) == count
    assert used / count < 400


VALUE = st.sampled_from([1, 2, 3])
VERSION = st.tuples(
    st.sampled_from(["readings", "targets"]),
    st.integers(1, 3),
    VALUE,
    st.sampled_from(["2020-01", "2020-02"]),
    st.sampled_from(["ann", "bob"]),
    st.booleans(),
)


def lines_of(said: list[tuple[str, int, int, str, str, bool]]) -> list[Line]:
    """One line for everything that was said of one of three ids, whole readings and others."""
    return [
        line(
            (table, {"id": from_int(number), **(READING if whole else {}), "value": value}),
            tx=from_int(100 + place),
            at=at,
            author=author,
        )
        for place, (table, number, value, at, author, whole) in enumerate(said)
    ]


def state(lines: list[Line], cut: int) -> tuple[Any, Any]:
    """What counts and what conflicts, after lines came in two pieces."""
    facts = Facts()
    news: News = {}
    facts.add(deepcopy(lines[:cut]))
    facts.add(deepcopy(lines[cut:]), news)
    order: Callable[[tuple[str, dict[str, Any]]], Any] = lambda pair: (pair[0], pair[1]["id"])  # noqa: E731
    return sorted(pairs(facts.everything()), key=order), facts.conflicts


@given(st.lists(VERSION, max_size=7), st.randoms(use_true_random=False), st.integers(0, 7))
@example([("readings", 1, value, "2020-01", "ann", True) for value in (3, 1, 2)], None, 1)
def test_any_order_of_lines_gives_the_same_facts_and_the_same_conflicts(
    said: list[tuple[str, int, int, str, str, bool]], chance: Any, cut: int
) -> None:
    lines = lines_of(said)
    other = list(reversed(lines))
    if chance is not None:
        chance.shuffle(other)
    counting, conflicts = state(lines, len(lines))
    assert state(other, cut) == (counting, conflicts)
    assert state(lines + other, cut) == (counting, conflicts)
    assert {(table, fact["id"]) for table, fact in counting} >= {
        (each.table, each.kept["id"]) for each in conflicts
    }
    assert len(counting) == len({(table, number) for table, number, *_ in said})
    assert len(conflicts) == len(said) - len(counting)


def test_a_fact_that_gives_way_to_an_earlier_one_is_told_as_a_rewriting() -> None:
    facts = Facts()
    late, early = (
        line(("readings", {"id": from_int(1), **READING, "value": value}), at=at, tx=from_int(50 + value))
        for value, at in ((1, "2020-02"), (2, "2020-01"))
    )
    facts.add([deepcopy(late)])
    assert not facts.rewritten
    facts.add([deepcopy(late)])
    assert not facts.rewritten
    facts.add([deepcopy(early)])
    assert facts.rewritten
    facts.rewritten = False
    facts.add([deepcopy(late)])
    assert not facts.rewritten


FACT = st.tuples(
    st.sampled_from(["readings", "readings", "pins", "retractions", "undos", "notes"]),
    st.integers(0, 11),
    st.sampled_from(["2019", "2020"]),
    st.sampled_from(["ann", "bob"]),
    st.booleans(),
)
DAY = Moment(date(2026, 11, 24))


def ledger(said: list[tuple[str, int, str, str, bool]]) -> list[Transaction]:
    """Transactions of one or two facts each; what a pin, an undo or a correction is about may come later."""
    made = []
    for place, (table, about, year, author, further) in enumerate(said):
        tx, of = from_int((place + 1) << 80), from_int((about + 1) << 80)
        reading = READING | {"value": place, "period": year, "start": f"{year}-01-01", "end": f"{year}-12-31"}
        if further:
            reading |= {"series": "city", "replaces": fact_ids(of, 1)[0]}
        record = reading if table == "readings" else {"of": of if table == "undos" else fact_ids(of, 1)[0]}
        facts = [(table, dict(record)) for _ in range(1 + further)]
        made.append(
            Transaction(
                tx,
                f"2020-05-30T08:00:{place:02}.000000Z",
                author,
                "login",
                "log",
                tuple(
                    (name, {"id": own, **each})
                    for own, (name, each) in zip(fact_ids(tx, 2), facts, strict=False)
                ),
            )
        )
    return made


@given(st.lists(FACT, max_size=12), st.integers(0, 12))
def test_a_register_fed_by_a_store_answers_as_one_that_was_fed_the_facts(
    said: list[tuple[str, int, str, str, bool]], cut: int
) -> None:
    made = ledger(said)
    store, register = MemoryStore(), Register()
    for some in (made[:cut], made[cut:]):
        store.append_all(some)
        fresh = store.refresh()
        if fresh is not None:
            register.take(fresh.tables, fresh.readings)
    plain = Register(pair for pair in store.facts()[0])
    for moment in (DAY, DAY._replace(logged_by="2020-05-30T08:00:05.000000Z")):
        assert register.counting("a", moment) == plain.counting("a", moment)
        assert register.transactions("ann", moment) == plain.transactions("ann", moment)
    for each in made:
        assert register.written_by(each.tx) == plain.written_by(each.tx)
        for _, record in each.facts:
            assert register.get(record["id"]) == plain.get(record["id"])
    assert register.only_by("ann") is plain.only_by("ann")
    assert register.undone() == plain.undone()
