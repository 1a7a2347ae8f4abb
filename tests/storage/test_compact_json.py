"""The journal's JSON is that of the standard library's `json`, to the letter."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.storage import compact_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def expected(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@given(VALUES)
def test_it_writes_what_json_writes(value: object) -> None:
    assert compact_json._encode is not None
    assert compact_json.dumps(value) == expected(value)


@given(VALUES, st.sampled_from(["", " ", "\n", " \t\r\n"]))
def test_it_reads_what_json_reads(value: object, blanks: str) -> None:
    assert compact_json._scan is not None
    data = (blanks + json.dumps(value, ensure_ascii=False, indent=1) + blanks).encode(
        "utf-8", "surrogatepass"
    )
    assert compact_json.loads(data) == json.loads(data) == value


@given(
    st.binary(max_size=40)
    | st.text(alphabet='{}[]",:0123456789.eE+-truefalsn \\u\n', max_size=30).map(str.encode)
)
def test_it_refuses_what_json_refuses(data: bytes) -> None:
    try:
        told = json.loads(data.decode("utf-8", "surrogatepass"))
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            compact_json.loads(data)
    else:
        assert repr(compact_json.loads(data)) == repr(told)


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), {1, 2}, {"a": b"x"}, {("a",): 1}, [object()]])
def test_what_json_cannot_keep_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        compact_json.dumps(value)


def test_a_value_that_holds_itself_is_refused_and_the_next_is_written() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="Circular"):
        compact_json.dumps(circle)
    assert compact_json.dumps([1]) == "[1]"


@pytest.mark.parametrize("part", ["_scan", "_encode"])
def test_without_the_c_half_the_package_does_it(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compact_json, part, None)
    assert compact_json.loads('{"a":"中"}'.encode()) == {"a": "中"}
    assert compact_json.dumps({"a": "中"}) == '{"a":"中"}'


@pytest.mark.parametrize("line", [b'{"a":"x', b'{"a":1', b"[1,2", b'{"a" 1}', b'"\\x"'])
def test_a_line_cut_short_is_refused_where_nothing_has_imported_json(line: bytes) -> None:
    told = (
        "import sys\nfrom gztrack.storage.compact_json import loads\nassert 'json' not in sys.modules\n"
        f"try:\n    loads({line!r})\nexcept ValueError:\n    sys.exit(0)\nsys.exit(1)\n"
    )
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    assert subprocess.run([sys.executable, "-c", told], env=environ, capture_output=True).returncode == 0
