"""Ids: unique without reading, ordered like their numbers, told apart by their last characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.domain.ids import LENGTH, as_int, fact_ids, from_int, keyed, new_tx

NUMBERS = st.integers(0, (1 << 128) - 1)


@given(NUMBERS)
def test_an_id_and_its_number_convert_both_ways(number: int) -> None:
    text = from_int(number)
    assert len(text) == LENGTH
    assert as_int(text) == number


@given(NUMBERS, NUMBERS)
def test_ids_sort_like_their_numbers(a: int, b: int) -> None:
    assert (from_int(a) < from_int(b)) == (a < b)


def test_a_transaction_id_is_the_time_and_then_noise() -> None:
    assert new_tx(1_590_825_600_000, lambda n: b"\0" * n) == "01e9j9gh00" + "0" * 16
    assert new_tx(1_590_825_600_000, lambda n: b"\xff" * n) == "01e9j9gh00" + "z" * 16


def test_a_later_transaction_has_a_greater_id() -> None:
    assert new_tx(1000) < new_tx(1001)


def test_two_transactions_of_one_millisecond_differ() -> None:
    assert len({new_tx(1000) for _ in range(100)}) == 100


@pytest.mark.parametrize("n", [0, 1, 64, 65, 3000])
def test_fact_ids_ascend_from_the_transaction(n: int) -> None:
    tx = new_tx(1_590_825_600_000, lambda size: b"\xff" * (size - 1) + b"\xf0")
    assert fact_ids(tx, n) == [from_int(as_int(tx) + i) for i in range(1, n + 1)]


def test_fact_ids_carry_over_where_the_low_digits_run_out() -> None:
    tx = from_int((1 << 40) - 40)
    assert fact_ids(tx, 100) == [from_int(as_int(tx) + i) for i in range(1, 101)]


def test_facts_of_a_transaction_differ_in_their_last_characters() -> None:
    assert len({fact_id[-4:] for fact_id in fact_ids(new_tx(), 200)}) == 200


def test_a_key_always_gives_the_same_id() -> None:
    assert keyed("ann", "2020-05") == keyed("ann", "2020-05") == "007zaefqw6b4td790azw5240zw"


@pytest.mark.parametrize(
    ("author", "key"), [("bob", "2020-05"), ("ann", "2020-06"), ("ann2", "020-05"), ("an", "n2020-05")]
)
def test_another_author_or_key_gives_another_id(author: str, key: str) -> None:
    assert keyed(author, key) != keyed("ann", "2020-05")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * 25,
        "0" * 27,
        "8" + "0" * 25,
        "i" + "0" * 25,
        "0" * 25 + "u",
        "A" + "0" * 25,
        "0" * 25 + "_",
        " " + "0" * 25,
        "-" + "0" * 25,
        "٣" + "0" * 25,
    ],
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        as_int(text)


@pytest.mark.parametrize("number", [-1, 1 << 128])
def test_a_number_beyond_128_bits_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not an id"):
        from_int(number)
