"""Which facts count: replacement, withdrawal, pins, undo and the clocks, in any order of arrival."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.domain.ids import fact_ids, from_int
from gztrack.domain.register import Fact, Moment, Register
from gztrack.errors import StoreDamaged

DAY = Moment(date(2026, 11, 24))


def fact(number: int, table: str, **fields: Any) -> tuple[str, Fact]:
    """A fact with its envelope; its transaction is its own unless told."""
    stamp = f"2026-01-01T00:00:{number:02}.000000Z"
    return table, {
        "id": f"f{number:02}",
        "tx": f"t{number:02}",
        "at": stamp,
        "author": "a",
        "login": "a",
        **fields,
    }


def indicator(number: int, **fields: Any) -> tuple[str, Fact]:
    base = {"indicator": "x", "name": "X", "unit": "u", "measure": "level", "direction": "up"}
    return fact(number, "indicators", **(base | fields))


def reading(number: int, value: int, year: int = 2020, **fields: Any) -> tuple[str, Fact]:
    base = {
        "indicator": "x",
        "value": value,
        "period": str(year),
        "start": f"{year}-01-01",
        "end": f"{year}-12-31",
    }
    return fact(number, "readings", **(base | fields))


def target(number: int, value: int, due: str | None, **fields: Any) -> tuple[str, Fact]:
    base: dict[str, Any] = {"indicator": "x", "value": value, "comparator": "at least"}
    if due:
        base |= {"due": due, "due_end": due}
    return fact(number, "targets", **(base | fields))


def counted(*facts: tuple[str, Fact], moment: Moment = DAY) -> list[int]:
    return [f["value"] for f in Register([indicator(0), *facts]).counting("x", moment)]


def head(*facts: tuple[str, Fact], moment: Moment = DAY) -> int | None:
    found = Register([indicator(0), *facts]).headline("x", moment)
    return found["value"] if found else None


def test_of_two_readings_for_a_period_the_one_logged_last_counts() -> None:
    assert counted(reading(1, 10), reading(2, 20)) == [20]


def test_within_a_transaction_the_later_one_counts() -> None:
    first, second = reading(1, 10), reading(2, 20)
    second[1]["at"] = first[1]["at"]
    assert counted(first, second) == [20]


def test_the_logging_time_decides_and_not_the_id() -> None:
    early, late = reading(1, 10), reading(2, 20)
    early[1]["at"], late[1]["at"] = late[1]["at"], early[1]["at"]
    assert counted(early, late) == [10]


def test_a_pin_outweighs_the_order_and_the_latest_pin_wins() -> None:
    facts = [reading(1, 10), reading(2, 20), reading(3, 30)]
    assert counted(*facts, fact(4, "pins", of="f01", what="readings")) == [10]
    pins = [fact(4, "pins", of="f01", what="readings"), fact(5, "pins", of="f02", what="readings")]
    assert counted(*facts, *pins) == [20]


def test_a_replaced_reading_does_not_come_back_when_its_correction_is_withdrawn() -> None:
    correction = reading(2, 20, replaces="f01")
    gone = fact(3, "retractions", of="f02", what="readings", how="retracted", on="2026-01-01", reason="r")
    assert counted(reading(1, 10), correction) == [20]
    assert counted(reading(1, 10), correction, gone) == []


def test_a_replaced_reading_comes_back_when_its_correction_is_undone() -> None:
    assert counted(reading(1, 10), reading(2, 20, replaces="f01"), fact(3, "undos", of="t02")) == [10]


def test_an_undo_of_an_undo_does_nothing_and_so_on() -> None:
    chain = [
        reading(1, 10),
        fact(2, "undos", of="t01"),
        fact(3, "undos", of="t02"),
        fact(4, "undos", of="t03"),
    ]
    assert [counted(*chain[:n]) for n in (1, 2, 3, 4)] == [[10], [], [10], []]


def test_readings_count_from_their_periods_end() -> None:
    for day, expected in ((date(2020, 12, 30), []), (date(2020, 12, 31), [10])):
        assert counted(reading(1, 10), moment=Moment(day)) == expected


def test_by_logging_time_an_undo_that_came_later_has_not_happened() -> None:
    facts = [reading(1, 10), fact(9, "undos", of="t01")]
    assert counted(*facts, moment=DAY._replace(logged_by="2026-01-01T00:00:05.000000Z")) == [10]
    assert counted(*facts) == []


def test_by_publication_a_reading_without_a_date_does_not_count() -> None:
    facts = [reading(1, 10), reading(2, 20, 2021, published="2022-01-01")]
    assert counted(*facts, moment=DAY._replace(published_by="2022-01-01")) == [20]


def test_the_current_series_is_the_unnamed_while_it_has_a_reading_else_the_latest() -> None:
    named, unnamed = reading(1, 10, 2022, series="b"), reading(2, 20, 2019)
    assert Register([indicator(0), named]).series("x", DAY) == "b"
    assert Register([indicator(0), named, unnamed]).series("x", DAY) == ""
    assert Register([indicator(0), named, unnamed, indicator(3, series="b")]).series("x", DAY) == "b"


def test_the_headline_is_the_open_target_due_next() -> None:
    assert head(target(1, 10, "2028-12-31"), target(2, 20, "2027-12-31"), target(3, 30, None)) == 20


def test_without_an_open_one_the_headline_is_the_standing_one_due_last() -> None:
    assert head(target(1, 10, "2020-12-31"), target(2, 20, "2019-12-31")) == 10


def test_on_its_due_date_a_target_is_still_open() -> None:
    facts = (target(1, 10, "2026-11-24"), target(2, 20, "2027-12-31"))
    assert head(*facts) == 10
    assert head(*facts, moment=Moment(date(2026, 11, 25))) == 20


def test_of_two_with_one_due_date_the_one_logged_last_is_the_headline() -> None:
    assert head(target(1, 10, "2027-12-31"), target(2, 20, "2027-12-31")) == 20
    assert head(target(1, 10, "2020-12-31"), target(2, 20, "2020-12-31")) == 20


def test_a_target_stated_later_does_not_count_yet_and_one_of_unknown_date_always_does() -> None:
    facts = (target(1, 10, "2027-12-31", stated_start="2024-01-01"), target(2, 20, "2028-12-31"))
    assert head(*facts, moment=Moment(date(2023, 1, 1))) == 20
    assert head(*facts) == 10


def states(*facts: tuple[str, Fact], moment: Moment = DAY) -> dict[int, str]:
    register = Register([indicator(0), *facts])
    return {f["value"]: register.target_state(f, moment)[0] for f in register.targets["x"]}


def test_a_revision_before_the_due_date_supersedes_and_after_it_does_not() -> None:
    old = target(1, 10, "2020-12-31")
    early = target(2, 20, "2025-12-31", replaces="f01", how="revision", stated_start="2020-06-01")
    late = target(2, 20, "2025-12-31", replaces="f01", how="revision", stated_start="2021-06-01")
    assert states(old, early) == {10: "superseded", 20: "standing"}
    assert states(old, late) == {10: "standing", 20: "standing"}
    assert states(old, early, moment=Moment(date(2020, 1, 1))) == {10: "standing", 20: "standing"}


def test_a_corrected_target_is_no_promise_and_a_withdrawn_revision_never_was_one() -> None:
    old = target(1, 10, "2027-12-31")
    fixed = target(2, 20, "2027-12-31", replaces="f01", how="correction")
    revised = target(2, 20, "2027-12-31", replaces="f01", how="revision", stated_start="2026-01-01")
    gone = fact(3, "retractions", of="f02", what="targets", how="retracted", on="2026-01-01", reason="r")
    assert states(old, fixed) == {10: "corrected", 20: "standing"}
    assert states(old, revised, gone) == {10: "standing", 20: "corrected"}


def test_a_corrected_revision_still_supersedes() -> None:
    old = target(1, 10, "2027-12-31")
    revised = target(2, 20, "2027-12-31", replaces="f01", how="revision", stated_start="2026-01-01")
    fixed = target(3, 30, "2027-12-31", replaces="f02", how="correction", stated_start="2026-01-01")
    assert states(old, revised, fixed) == {10: "superseded", 20: "corrected", 30: "standing"}


def test_what_changed_is_named_by_indicator_through_undos_too() -> None:
    register = Register([indicator(0), reading(1, 10)])
    assert register.add([fact(2, "pins", of="f01", what="readings")]) == {"x"}
    assert register.add([fact(3, "undos", of="t01")]) == {"x"}
    assert register.add([fact(4, "undos", of="t03")]) == {"x"}
    assert register.add([fact(4, "undos", of="t03")]) == set()


FACTS = [
    indicator(0),
    reading(1, 10),
    reading(2, 20),
    reading(3, 30, 2021),
    reading(4, 40, 2021, replaces="f03"),
    fact(5, "pins", of="f01", what="readings"),
    target(6, 50, "2027-12-31"),
    target(7, 60, "2028-12-31", replaces="f06", how="revision", stated_start="2026-02-01"),
    fact(8, "undos", of="t04"),
    fact(9, "retractions", of="f02", what="readings", how="retracted", on="2026-03-01", reason="r"),
    fact(10, "undos", of="t08"),
]


@given(st.permutations(FACTS), st.integers(0, len(FACTS)))
def test_the_order_of_arrival_changes_nothing(order: list[tuple[str, Fact]], cut: int) -> None:
    whole = Register(FACTS)
    pieces = Register(order[:cut])
    pieces.add(order[cut:])

    assert pieces.counting("x", DAY) == whole.counting("x", DAY)
    assert pieces.headline("x", DAY) == whole.headline("x", DAY)
    assert pieces.undone() == whole.undone()


def test_a_fact_that_lacks_what_it_needs_is_damage_and_named() -> None:
    with pytest.raises(StoreDamaged, match="f01 in readings lacks a field"):
        Register([indicator(0), fact(1, "readings", foo=1)])


def test_a_table_of_another_name_is_none_of_ours() -> None:
    register = Register([indicator(0), reading(1, 10)])
    assert register.add([fact(2, "notes", text="anything"), fact(3, "_default")]) == set()
    assert register.get("f02") is None
    assert [f["value"] for f in register.counting("x", DAY)] == [10]


def test_a_reading_looked_at_is_a_dict_of_its_own() -> None:
    table, said = reading(1, 10, source="bulletin", inferred=["period"])
    register = Register([indicator(0), (table, said)])
    (counting,) = register.counting("x", DAY)
    assert counting == said
    counting["value"] = 20
    assert list(register.readings["x"]) == [said]
    assert register.get("f01") == ("readings", said)


def test_readings_are_a_sequence_and_give_a_field_at_once() -> None:
    facts = [reading(n, 10 * n, 2018 + n, **({"series": "city"} if n > 1 else {})) for n in (1, 2, 3)]
    found = Register([indicator(0), *facts]).counting("x", DAY)
    assert len(found) == 3
    assert [f["id"] for f in reversed(found)] == ["f03", "f02", "f01"]
    assert (found[0]["id"], found[-1]["id"], [f["id"] for f in found[1:]]) == ("f01", "f03", ["f02", "f03"])
    assert found.column("value") == [10, 20, 30]
    assert found.column("series", "") == ["", "city", "city"]
    assert found.column("note") == [None, None, None]
    assert [f["id"] for f in found.of_series("city")] == ["f02", "f03"]
    assert found.of_series("city").of_series("city") == found.of_series("city")
    assert found.of_series("city") != found


def test_what_a_transaction_wrote_is_found_whatever_the_ids_look_like() -> None:
    own = fact_ids(tx := from_int(7 << 80), 3)
    facts = [("readings", reading(n, n)[1] | {"id": each, "tx": tx}) for n, each in enumerate(own)]
    other = reading(9, 9)
    register = Register([indicator(0), *facts, other])
    assert register.written_by(tx) == facts
    assert register.written_by("t09") == [other]
    assert register.written_by("t08") == []
    assert set(register.transactions("a", DAY)) == {tx, "t00", "t09"}
    assert register.add([fact(20, "undos", of=tx)]) == {"x"}
    assert [f["id"] for f in register.counting("x", DAY)] == ["f09"]


def test_by_publication_a_figure_revised_later_still_counts() -> None:
    old = reading(1, 500, published="2021-01-01")
    new = reading(2, 520, published="2022-01-01", replaces="f01")
    assert counted(old, new, moment=DAY._replace(published_by="2021-06-01")) == [500]
    assert counted(old, new, moment=DAY._replace(published_by="2022-06-01")) == [520]
