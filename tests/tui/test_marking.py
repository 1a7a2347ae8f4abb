"""What a filter found, marked in the text."""

from __future__ import annotations

import pytest

from gztrack.tui.marking import found_at, with_marks
from gztrack.tui.themes import PALETTES


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("NEV output", ["nev"], ["NEV"]),
        ("NEV output", ["put", "nev"], ["NEV", "put"]),
        ("banana", ["ana"], ["anana"]),
        ("NEV output", ["evo", ""], []),
        ("新能源汽车产量", ["汽车"], ["汽车"]),
        ("Straße nach", ["sse"], ["ße"]),
        ("Straße nach", ["na"], ["na"]),
        ("İstanbul", ["stan"], ["stan"]),
    ],
)
def test_capitals_and_letters_that_fold_to_two_are_found_where_they_stand(
    text: str, words: list[str], found: list[str]
) -> None:
    assert [text[start:end] for start, end in found_at(text, words)] == found


def test_marks_change_no_letter_and_keep_the_ground() -> None:
    line = with_marks("NEV output", "strong@select", [(0, 3), (7, 10)])
    assert "".join(text for text, _ in line) == "NEV output"
    assert [key for _, key in line] == ["match@select", "strong@select", "match@select"]


@pytest.mark.parametrize("theme", list(PALETTES))
def test_a_mark_is_never_only_a_colour(theme: str) -> None:
    style = PALETTES[theme].style("match")
    assert style.underline
    assert style.bold
