"""Headings of groups: open, folded, under the cursor; and the pane of a folded one."""

from __future__ import annotations

import pytest

from gztrack.tui.cells import line_width, plain
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.grouping import Entry
from gztrack.tui.headings import group_pane, heading_line
from tui.fake import states

LABS = [row for row in states() if row.group == "Research and development"]
FOLDED = Entry("heading", 0, "Research and development", len(LABS), "Research and development", True)


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        (UNICODE, " ▸ Research and development  4   ✗ 1  ● 1  ✓ 2"),
        (ASCII, " + Research and development  4   x 1  * 1  + 2"),
    ],
)
def test_a_folded_heading_counts_its_rows_worst_first(glyphs: Glyphs, text: str) -> None:
    assert plain(heading_line(FOLDED, LABS, 80, glyphs)) == text


def test_an_open_heading_is_only_its_name() -> None:
    assert (
        plain(heading_line(FOLDED._replace(folded=False), LABS, 80, UNICODE)) == " Research and development"
    )


@pytest.mark.parametrize(
    ("selected", "changed", "start"),
    [(True, False, "▌▸ "), (False, True, "•▸ "), (True, True, "▌▸•"), (False, False, " ▸ ")],
)
def test_the_cursor_s_mark_stays_beside_a_change(selected: bool, changed: bool, start: str) -> None:
    line = heading_line(FOLDED, LABS, 80, UNICODE, selected=selected, changed=changed)
    assert plain(line).startswith(start)


def test_a_heading_fits_every_width_and_gives_up_its_name_first() -> None:
    for cells in range(20, 120):
        assert line_width(heading_line(FOLDED, LABS, cells, UNICODE)) <= cells
    assert "✗ 1" in plain(heading_line(FOLDED, LABS, 40, UNICODE))


@pytest.mark.parametrize("rows", range(1, 14))
@pytest.mark.parametrize("cells", [60, 80, 120])
def test_the_pane_of_a_folded_group_fits(rows: int, cells: int) -> None:
    lines = group_pane("Research", LABS, cells, rows, UNICODE, key="z")
    assert len(lines) <= rows
    assert all(line_width(line) <= cells for line in lines)
    text = "\n".join(map(plain, lines))
    assert "4 indicators" in text
    assert ("z opens it" in text) == (rows >= 1)


def test_a_high_pane_names_the_rows_and_says_how_many_are_left() -> None:
    text = [plain(line) for line in group_pane("Research", LABS, 80, 5, UNICODE, key="z")]
    assert text[2].split()[:2] == ["✓", "Enterprise"]
    assert text[4].strip() == "and 2 more"
