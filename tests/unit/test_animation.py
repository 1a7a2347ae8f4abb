"""The tour's picture: well-formed, self-contained, and each row shown exactly while it was there."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pyte

from animation import Frame, animated, frame


def screen(*lines: str) -> pyte.Screen:
    display = pyte.Screen(20, 3)
    pyte.ByteStream(display).feed("\r\n".join(lines).encode())
    return display


def frames(*contents: tuple[str, ...]) -> list[Frame]:
    return [frame(screen(*lines), f"step {number} <&>", 2) for number, lines in enumerate(contents)]


def test_a_row_that_stays_is_drawn_once() -> None:
    picture = animated(frames(("same", "one"), ("same", "two"), ("same", "one")), 20, 3)
    assert picture.count(">same<") == 1
    assert picture.count(">one<") == 1
    assert picture.count(">two<") == 1


def test_a_row_is_visible_while_it_was_there_and_not_else() -> None:
    picture = animated(frames(("a",), ("b",), ("a",), ("a",)), 20, 3)
    name = re.search(r'<g class="(s\d+)"[^>]*><text[^>]*>b<', picture)
    assert name
    (rule,) = re.findall(rf"@keyframes {name[1]}{{(.*?)}}\.", picture)
    assert rule == "0%{visibility:hidden}25.000%{visibility:visible}50.000%{visibility:hidden}"
    name = re.search(r'<g class="(s\d+)"[^>]*><text[^>]*>a<', picture)
    assert name
    (rule,) = re.findall(rf"@keyframes {name[1]}{{(.*?)}}\.", picture)
    assert rule == (
        "0.000%{visibility:visible}25.000%{visibility:hidden}50.000%{visibility:visible}100.000%{visibility:hidden}"
    )


def test_the_picture_is_well_formed_and_asks_for_nothing() -> None:
    picture = animated(frames(("\x1b[31;44;1;4mred <b>&\x1b[0m 广州", "x")), 20, 3)
    root = ET.fromstring(picture)
    texts = [element.text for element in root.iter() if element.tag.endswith("}text")]
    assert texts == ["red", "<b>&", "广州", "x", "step 0 <&>"]
    assert not re.search(r"url\(|<script|href|@import|@font-face", picture)


def test_every_word_is_as_wide_as_its_cells() -> None:
    picture = animated(frames(("广州 ab",)), 20, 3)
    widths = dict(re.findall(r'textLength="([\d.]+)"[^>]*>(\S+?)</text>', picture))
    assert {text: float(wide) for wide, text in widths.items()} == {"广州": 4 * 8.4, "ab": 2 * 8.4}
