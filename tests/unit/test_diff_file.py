"""Snapshots read back from files that anybody may have written: a diff, or one clear line, and never more."""

from __future__ import annotations

import copy
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import GOLDEN
from differences import FORMS
from gztrack.errors import InputError
from gztrack.export.diff import snapshot_file
from gztrack.export.diff.content import Content
from gztrack.export.diff.section import between
from gztrack.export.diff.snapshot_file import read
from gztrack.export.exact_json import canonical
from gztrack.language import speaking

WRITTEN = (GOLDEN / "states-snapshot.json").read_bytes()
DATA: dict[str, Any] = json.loads(WRITTEN)
SOUND = read("-", io.BytesIO(WRITTEN))


def sealed(data: Any) -> bytes:
    """The bytes of a snapshot with the hash that fits it."""
    whole = {key: value for key, value in data.items() if key != "hash"}
    digest = hashlib.sha256(canonical(whole)).hexdigest()
    return json.dumps({**whole, "hash": f"sha256:{digest}"}, ensure_ascii=False).encode("utf-8")


def understood(found: bytes) -> Content:
    return read("-", io.BytesIO(found))


def test_what_was_written_is_read_back_with_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(WRITTEN)

    found = read(str(path), io.BytesIO())

    assert found.side.digest == DATA["hash"]
    assert found.side.file == str(path)
    assert list(found.rows) == [item["id"] for item in DATA["indicators"]]
    assert between(found, SOUND).empty


def test_layout_and_order_of_keys_are_nobodys_business() -> None:
    assert understood(json.dumps(DATA, sort_keys=True).encode()).rows == SOUND.rows
    assert understood(b"\xef\xbb\xbf" + WRITTEN).rows == SOUND.rows


def test_keys_that_a_later_version_adds_do_no_harm() -> None:
    data = copy.deepcopy(DATA)
    data["since"] = {"anything": [1]}
    data["indicators"][0]["trend"] = [1, 2]

    assert understood(sealed(data)).rows == SOUND.rows


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (b"", "is no JSON; snapshot -f json writes a snapshot"),
        (b"\x00\xff\x00", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (WRITTEN[:-40], "is no JSON"),
        (b"[" * 200_000, "is nested too deeply"),
        (b'{"a":' * 200_000, "is nested too deeply"),
        (b'{"gztrack":"snapshot","version":1,"x":NaN}', "is no JSON"),
        (b'{"gztrack":"snapshot","version":1,"x":Infinity}', "is no JSON"),
        (b'{"gztrack":"snapshot","version":1,"x":' + b"9" * 5000 + b"}", "is no JSON"),
        (b'{"gztrack":"snapshot","version":1,"x":1e999}', "its content hash does not fit"),
        (b'{"gztrack":"snapshot","version":1,"x":"\\ud800"}', "its content hash does not fit"),
        (b"[]", "is no gztrack snapshot; snapshot -f json writes one"),
        (b'"snapshot"', "is no gztrack snapshot"),
        (b"null", "is no gztrack snapshot"),
        (b'{"gztrack":"diff","version":1}', "is no gztrack snapshot"),
        (b'{"gztrack":["snapshot"]}', "is no gztrack snapshot"),
        (b'{"gztrack":"snapshot"}', "is no snapshot of a version that there is"),
        (b'{"gztrack":"snapshot","version":true}', "is no snapshot of a version that there is"),
        (b'{"gztrack":"snapshot","version":0}', "is no snapshot of a version that there is"),
        (b'{"gztrack":"snapshot","version":2}', "was written by a newer gztrack"),
        (b'{"gztrack":"snapshot","version":1,"hash":"","x":"\\ud800"}', "its content hash does not fit"),
        (b'{"gztrack":"snapshot","version":1,"hash":"","x":1e999}', "its content hash does not fit"),
        (b'{"gztrack":"snapshot","version":1}', "its content hash does not fit: it was changed after it was written"),
        (WRITTEN.replace(b'"on track"', b'"achieved"', 1), "its content hash does not fit"),
        (WRITTEN.replace(b"sha256:", b"sha256:0", 1), "its content hash does not fit"),
        (sealed({"gztrack": "snapshot", "version": 1}), "is no whole snapshot: title is not right"),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused_in_one_line(found: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        understood(found)

    assert str(caught.value).startswith("standard input")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def put(path: list[Any], value: Any) -> bytes:
    """The snapshot with something else in one place, and the hash that fits."""
    data = copy.deepcopy(DATA)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return sealed(data)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["as_of"], "2026-02-30", "as_of"),
        (["as_of"], None, "as_of"),
        (["method"], "guessing", "method"),
        (["indicators"], {}, "indicators"),
        (["indicators", 3], 7, "indicators[3]"),
        (["indicators", 3, "status"], "splendid", "indicators[3].status"),
        (["indicators", 3, "unit"], "1000 vehicles", "indicators[3].unit"),
        (["indicators", 3, "unit_zh"], 5, "indicators[3].unit_zh"),
        (["indicators", 1, "id"], DATA["indicators"][0]["id"], "indicators[1].id"),
        (["indicators", 0, "attainment"], "0.5", "indicators[0].attainment"),
        (["indicators", 0, "readings"], None, "indicators[0].readings"),
        (["indicators", 0, "readings", 0, "value"], True, "indicators[0].readings[0].value"),
        (["indicators", 0, "readings", 0, "value"], 10**18, "indicators[0].readings[0].value"),
        (["indicators", 0, "readings", 0, "inferred"], "period", "indicators[0].readings[0].inferred"),
        (["indicators", 0, "readings", 0, "period_end"], "20201231", "indicators[0].readings[0].period_end"),
        (["ledger", 1, "comparator"], "between", "ledger[1].high"),
        (["ledger", 1, "high"], 5, "ledger[1].high"),
        (["ledger", 1, "replaces"], [], "ledger[1].replaces"),
        (["ledger", 1, "replaces"], {"value": 1}, "ledger[1].replaces.high"),
        (["ledger", 1, "indicator"], None, "ledger[1].indicator"),
        (["ledger", 1, "dropped_why"], 5, "ledger[1].dropped_why"),
    ],
)
def test_what_is_not_right_is_named_by_its_place(path: list[Any], value: Any, where: str) -> None:
    with pytest.raises(InputError) as caught:
        understood(put(path, value))

    assert str(caught.value) == f"standard input: is no whole snapshot: {where} is not right"


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
        st.sampled_from(["", "2020", "2020-13-01", "0001-01-01", "\x1b[31m", "between", "%", "CNY", "met", "dropped"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a snapshot, as a path of keys."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(*path, key) for key, _ in inside]
    return found + [deep for key, each in inside for deep in places(each, (*path, key))]


SMALL = {**DATA, "indicators": DATA["indicators"][:3], "ledger": DATA["ledger"][:5], "sources": []}
PLACES = places({key: value for key, value in SMALL.items() if key not in ("hash", "sources")})
BEFORE = read("-", io.BytesIO(sealed(SMALL)))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), JSON, st.booleans()), min_size=1, max_size=4), st.booleans()
)
def test_a_snapshot_changed_anywhere_gives_a_diff_or_one_line(
    changes: list[tuple[tuple[Any, ...], Any, bool]], fits: bool
) -> None:
    data = copy.deepcopy(SMALL)
    for path, value, taken_away in changes:
        place = data
        try:
            for key in path[:-1]:
                place = place[key]
            if taken_away:
                del place[path[-1]]
            else:
                place[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    try:
        found = understood(sealed(data) if fits else json.dumps(data).encode())
    except InputError:
        return
    with speaking("zh"):
        for old, new in ((BEFORE, found), (found, BEFORE)):
            for form in FORMS.values():
                assert not {char for char in form(between(old, new)).decode() if char < " " and char != "\n"}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused(found: bytes) -> None:
    with pytest.raises(InputError):
        understood(found)


def test_a_step_larger_than_any_figure_is_left_out() -> None:
    data = copy.deepcopy(DATA)
    item = next(each for each in data["ledger"] if each["replaces"] and each["high"] is None)
    old = next(
        each for each in data["ledger"]
        if each["indicator"] == item["indicator"] and each["due_label"] == item["replaces"]["due_label"]
    )  # fmt: skip
    item["comparator"] = old["comparator"] = item["replaces"]["comparator"] = "at least"
    old["value"] = item["replaces"]["value"] = -(10**18 - 1)
    old["high"] = item["replaces"]["high"] = None
    item["value"] = 10**18 - 1
    without = {**data, "ledger": [each for each in data["ledger"] if each is not item]}

    diff = between(understood(sealed(without)), understood(sealed(data)))

    assert [each.kind for each in diff.targets] == ["moved"]
    for form in FORMS.values():
        assert b"999,999,999,999,999,999" in form(diff) or b"999999999999999999" in form(diff)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    for path, says in (
        ("missing.json", "no such file"),
        (".", "is a directory"),
        ("a\0b", "no file can be called"),
    ):
        with pytest.raises(InputError, match=says):
            read(path if path == "a\0b" else str(tmp_path / path), io.BytesIO())


def test_no_more_is_read_than_a_snapshot_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_file, "LARGEST", 1 << 20)
    endless = io.BytesIO(b" " * (3 << 20))

    with pytest.raises(InputError, match="is larger than 1 MiB"):
        read("-", endless)

    assert endless.tell() == (1 << 20) + 1
