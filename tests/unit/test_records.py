"""The rules of the facts live once: the short path and the Pydantic models accept and refuse the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.domain import model, records
from gztrack.errors import InputError

BASE: dict[str, dict[str, Any]] = {
    "indicator": {"indicator": "x", "name": "X", "unit": "u"},
    "reading": {
        "indicator": "x",
        "value": 1,
        "period": "2020",
        "start": date(2020, 1, 1),
        "end": date(2020, 12, 31),
    },
    "target": {"indicator": "x", "value": 1, "comparator": "at least"},
    "retraction": {"of": "f", "what": "readings", "how": "retracted", "on": date(2020, 1, 1), "reason": "r"},
    "pin": {"of": "f", "what": "readings"},
}
MODELS: dict[str, type[model.Fact]] = {
    "indicator": model.Indicator,
    "reading": model.Reading,
    "target": model.Target,
    "retraction": model.Retraction,
    "pin": model.Pin,
}

_TEXT = st.sampled_from(
    ["", "x", "X Y", "a\nb", "\x1b[31mred", "级", "https://a.b/c", "ftp://a", "x" * 4001, " pad "]
)
_NUMBER = st.one_of(
    st.integers(-(10**19), 10**19), st.floats(), st.sampled_from([0, -0.0, 10**18, -(10**18), 1e17, 0.1])
)
_DAY = st.dates(date(1800, 1, 1), date(2300, 1, 1))
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "indicator": {
        "indicator": _TEXT,
        "name": _TEXT,
        "unit": _TEXT,
        "measure": st.sampled_from(["level", "flow", "rate"]),
        "direction": st.sampled_from(["up", "down"]),
        "group": _TEXT,
        "name_zh": _TEXT,
        "definition": _TEXT,
        "part_of": _TEXT,
        "decimals": st.one_of(st.none(), st.integers(-2, 12)),
        "archived": st.booleans(),
        "inferred": st.sampled_from([(), ("name",), ("name", "unit", "name"), ("nothing",)]),
    },
    "reading": {
        "indicator": _TEXT,
        "value": _NUMBER,
        "period": _TEXT,
        "start": _DAY,
        "end": _DAY,
        "qualifier": st.sampled_from(records.QUALIFIERS),
        "series": _TEXT,
        "status": st.sampled_from(records.STATUSES),
        "source": _TEXT,
        "source_url": _TEXT,
        "published": st.one_of(st.none(), _DAY),
        "note": _TEXT,
        "inferred": st.sampled_from([(), ("period",), ("due",)]),
        "replaces": st.sampled_from(["", "f1"]),
    },
    "target": {
        "value": _NUMBER,
        "comparator": st.sampled_from(records.COMPARATORS),
        "high": st.one_of(st.none(), _NUMBER),
        "due": _TEXT,
        "due_end": st.one_of(st.none(), _DAY),
        "due_start": st.one_of(st.none(), _DAY),
        "baseline": st.one_of(st.none(), _NUMBER),
        "baseline_period": _TEXT,
        "baseline_start": st.one_of(st.none(), _DAY),
        "baseline_end": st.one_of(st.none(), _DAY),
        "stated_by": _TEXT,
        "quote": _TEXT,
        "source_url": _TEXT,
        "replaces": st.sampled_from(["", "f1"]),
        "how": st.sampled_from(["", "revision", "correction"]),
    },
    "retraction": {"reason": _TEXT, "on": _DAY, "how": st.sampled_from(["retracted", "dropped"])},
    "pin": {"reason": _TEXT, "what": st.sampled_from(["readings", "targets"])},
}


@pytest.mark.parametrize("kind", list(BASE))
@given(data=st.data())
def test_both_ways_accept_and_refuse_the_same_and_give_the_same_record(
    kind: str, data: st.DataObject
) -> None:
    given_fields = data.draw(st.fixed_dictionaries({}, optional=FIELDS[kind]))
    fields = BASE[kind] | given_fields

    plain: object
    try:
        plain = getattr(records, kind)(**fields)
    except InputError:
        plain = None
    try:
        checked: object = MODELS[kind].read(fields).record
    except InputError:
        checked = None

    assert checked == plain


@pytest.mark.parametrize("kind", list(BASE))
def test_a_record_holds_only_what_was_given(kind: str) -> None:
    record = getattr(records, kind)(**BASE[kind])

    assert not [key for key, value in record.items() if value in ("", None, [], ())]


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("reading", {"value": float("nan")}, "finite number"),
        ("reading", {"value": float("inf")}, "finite number"),
        ("reading", {"value": True}, "no number"),
        ("reading", {"value": 10**18}, "below 10\\^18"),
        ("reading", {"qualifier": "sort of"}, "one of exact, at least, more than"),
        ("reading", {"source_url": "www.gz.gov.cn"}, "starts with https://"),
        ("reading", {"start": date(2021, 1, 1)}, "ends before it starts"),
        ("reading", {"end": date(2300, 1, 1)}, "outside 1900 to 2200"),
        ("reading", {"note": "x" * 4001}, "4,001 characters are too many"),
        ("reading", {"inferred": ["colour"]}, "no such field: 'colour'"),
        ("target", {"comparator": "between"}, "two limits"),
        ("target", {"comparator": "between", "value": 3, "high": 2}, "runs backwards"),
        ("target", {"baseline": 5}, "baseline-for"),
        ("indicator", {"indicator": "Ab C"}, "for example 'ab-c'"),
        ("indicator", {"part_of": "x"}, "no part of itself"),
        ("indicator", {"decimals": 10}, "from 0 to 9"),
        ("retraction", {"reason": ""}, "reason: nothing was given"),
    ],
)
def test_every_refusal_says_what_would_be_right(kind: str, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        getattr(records, kind)(**(BASE[kind] | fields))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"value": "20250101"}, "value: "),
        ({"value": "nan"}, "value: "),
        ({"start": "2020-01-01"}, "start: "),
        ({"colour": "red"}, "colour: "),
        ({"archived": 1}, "archived: "),
    ],
)
def test_the_models_are_strict_about_types_and_say_which_field(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=f"^{says}"):
        model.Reading.read(BASE["reading"] | fields)


def test_hyphens_stand_for_blanks_in_words() -> None:
    assert records.word("More-Than", "qualifier", records.QUALIFIERS) == "more than"


def test_an_integral_float_is_kept_as_a_whole_number() -> None:
    assert repr(records.number(3.0)) == "3"
    assert repr(records.number(-0.0)) == "0"
