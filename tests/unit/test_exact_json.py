"""JSON by orjson is to the byte that of `json`, and is read as `json` reads it."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gztrack.export.exact_json import canonical, indented, is_plain, loads
from gztrack.export.report_data import digest_of, is_plain_item

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
NUMBERS = st.one_of(
    st.integers(),
    st.integers(min_value=2**63 - 2, max_value=2**64 + 2),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((0.0, -0.0, 1e-4, 9.999e-5, 1e16, 9.99e15, 1e22, 5e-324, -1e-7, 123456.789)),
)
DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def slowly(data: object) -> bytes:
    """The canonical form by `json` alone."""
    return json.dumps(
        data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


@given(DATA)
@example({"value": 1e-5})
@example([1e16, {"é": 2**64}])
@example({"\x7f\u2028\x1b": "\U0001f600"})
def test_what_is_written_is_what_json_writes(data: object) -> None:
    assert canonical(data) == slowly(data)
    assert indented(data) == json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2).encode()
    inside = json.dumps([data], ensure_ascii=False, allow_nan=False, indent=2).encode()
    assert b"[\n  " + indented(data, 1) + b"\n]" == inside


@given(DATA)
@example(2**64)
@example([-(2**63) - 1, 1e16])
def test_what_is_read_is_what_json_reads(data: object) -> None:
    text = json.dumps(data).encode()
    found, plain = loads(text)

    assert repr(found) == repr(json.loads(text))  # 1 is not 1.0, nor 0.0 what -0.0 is
    assert not plain or is_plain(found)


@pytest.mark.parametrize(
    "text",
    [
        b'"\\ud800"',
        b"-0",
        b"1e400",
        "[1]".encode("utf-16"),
        b"\xef\xbb\xbf[1]",
        b'{"a": 1, "a": 2}',
        b"12345678901234567890123",
    ],
)
def test_what_only_json_reads_is_read(text: bytes) -> None:
    assert repr(loads(text)[0]) == repr(json.loads(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "Expecting value"),
        (b"[1,]", "Expecting value"),
        (b"NaN", "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"\xff", "decode"),
        (b"{1: 2}", "property name"),
        (b'"\n"', "control character"),
    ],
)
def test_what_is_no_json_is_refused(text: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        loads(text)


def test_a_line_at_fault_is_told() -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        loads(b'{"a": 1,\n "b": }')
    assert caught.value.lineno == 2


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_has_no_number_for_is_not_written(number: float) -> None:
    for write in (canonical, indented):
        with pytest.raises(ValueError, match="JSON compliant"):
            write({"value": [number]})


def test_a_text_that_no_file_holds_is_not_written() -> None:
    for write in (canonical, indented):
        with pytest.raises(UnicodeEncodeError):
            write({"name": "\ud800"})


@given(st.dictionaries(TEXTS, st.one_of(DATA, st.lists(DATA, max_size=3)), max_size=5))
def test_a_hash_in_pieces_is_that_of_the_whole(data: dict[str, object]) -> None:
    import hashlib

    assert digest_of(data, plain=is_plain) == hashlib.sha256(slowly(data)).hexdigest()


@given(st.lists(NUMBERS, max_size=4), NUMBERS)
def test_of_a_reading_the_value_decides(values: list[float], share: float) -> None:
    item = {"attainment": share, "readings": [{"value": value, "note": "1e9"} for value in values]}
    assert is_plain_item(item) == is_plain(item)
