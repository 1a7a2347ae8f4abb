"""Text from people never reaches a terminal raw, and ids are suggested when they are near."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.domain.text import _BLANKS, _CONTROLS, _SEQUENCES, clean, nearest, slug
from gztrack.errors import InputError


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("plain", "plain"),
        ("  two   blanks ", "two blanks"),
        ("line\nbreak\r\nand\ttab", "line break and tab"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;ZXZpbA==\x07after", "after"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x9b31mred", "red"),
        ("\x1bPq...\x1b\\after", "after"),
        ("a\u202eb\u2066c\u200bd\ufeff\u061c", "abcd"),
        ("null\x00bell\x07del\x7f", "nullbelldel"),
        ("line\u2028sep", "line sep"),
        ("新能源汽车", "新能源汽车"),
        ("e\u0301", "é"),
        ("[/] [bold]not markup[/bold]", "[/] [bold]not markup[/bold]"),
        ("surrogate\udcff", "surrogate"),
    ],
)
def test_cleaning_leaves_one_line_without_anything_a_terminal_obeys(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(st.text())
def test_clean_text_is_stable_printable_and_on_one_line(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in cleaned)
    assert cleaned == cleaned.strip()
    cleaned.encode("utf-8")


@pytest.mark.parametrize("good", ["nev-capacity", "5g", "a.b_c-d", "x" * 64])
def test_an_id_is_kept_as_typed(good: str) -> None:
    assert slug(good) == good


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("NEV Capacity", "'nev-capacity'"),
        ("a--b", "'a-b'"),
        ("-a", "'a'"),
        ("", "for example"),
        ("产能", "'nev-capacity'"),
        ("x" * 65, "single hyphens"),
        ("pin", "word of the commands"),
    ],
)
def test_what_is_no_id_is_refused_with_one_that_would_be(bad: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        slug(bad)


KNOWN = [
    "nev-capacity",
    "nev-output-growth",
    "uhd-output",
    "5g-enterprises",
    "tech-centres",
    "tech-centres-provincial",
]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("nev-capcity", "nev-capacity"),
        ("capacity", "nev-capacity"),
        ("NEV-CAPACITY", "nev-capacity"),
        ("uhd", "uhd-output"),
        ("tech-centers", "tech-centres"),
        ("rainfall", ""),
        ("", ""),
    ],
)
def test_the_nearest_id_is_suggested_when_one_is_near(typed: str, near: str) -> None:
    assert nearest(typed, KNOWN) == near


@given(st.text())
def test_what_needs_no_cleaning_is_told_the_quick_way_alike(text: str) -> None:
    slow = re.sub(_SEQUENCES, "", text)
    slow = re.sub(_CONTROLS, "", re.sub(_BLANKS, " ", slow))
    assert clean(text) == re.sub(_BLANKS, " ", unicodedata.normalize("NFC", slow)).strip()
