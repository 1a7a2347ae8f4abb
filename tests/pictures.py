"""What a picture shows, read back from its SVG: texts with the room that they take; and names that need much of it."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from books import empty
from gztrack.export.svg_shapes import extent
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker

SVG = "{http://www.w3.org/2000/svg}"


LONG = "Share of households in flats of the eastern districts that are heated by waste heat of incineration plants"
CHINESE = (
    "新能源汽车产量（含插电式混合动力汽车与燃料电池汽车，按整车制造企业统计口径计算，不含出口散件组装部分）"
)
LONG_UNIT = (
    "tonnes of carbon dioxide equivalent per hectare of floor area in use, yearly mean of all districts"
)


class Set(NamedTuple):
    """A text where it is set, in pixels."""

    text: str
    left: float
    top: float
    right: float
    foot: float


def texts(picture: bytes | str) -> list[Set]:
    """Every text of a picture, those of flags and sources with the one that they touch."""
    return [_measured(element) for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def _measured(element: ElementTree.Element) -> Set:
    size, x, y = (float(element.get(name, "0")) for name in ("font-size", "x", "y"))
    wide = extent(element.text or "", size)
    for more in element.iter(f"{SVG}tspan"):
        wide += float(more.get("dx", "0")) + extent(more.text or "", float(more.get("font-size", size)))
    shift = {"end": wide, "middle": wide / 2}.get(element.get("text-anchor", ""), 0.0)
    text = "".join(element.itertext())
    return Set(text, x - shift, y - size * 0.8, x - shift + wide, y + size * 0.24)


def collisions(found: list[Set], width: float, height: float) -> list[tuple[str, str]]:
    """Texts that overlap another one, or leave the picture."""
    left = [
        (one.text, "the edge")
        for one in found
        if one.left < -0.1 or one.top < -0.1 or one.right > width + 0.1 or one.foot > height + 0.1
    ]
    return left + [
        (one.text, two.text)
        for one, two in combinations([one for one in found if one.text], 2)
        if one.left < two.right - 0.1
        and two.left < one.right - 0.1
        and one.top < two.foot - 0.1
        and two.top < one.foot - 0.1
    ]


def awkward() -> Tracker:
    """Long names and units, many digits, and every column filled."""
    tracker = empty(CHINESE)
    for slug, name, unit, high in (
        ("long", LONG, LONG_UNIT, "987654321012"),
        ("chinese", CHINESE, "元（累计，按当年价格计算，不含跨区企业）", "999999999999"),
        ("short", "人", "%", "99.123456"),
    ):
        tracker.add_indicator(IndicatorEntry(slug, name, unit, CHINESE, name_zh=CHINESE))
        for at in range(12):
            entry = LogEntry(
                slug,
                f"{float(high) / (14 - at):.7g}",
                str(2010 + at),
                source=LONG,
                url=f"https://e.example/{slug}",
            )
            tracker.log(entry)
        for year in (2021, 2024, 2030):
            tracker.set_target(GoalEntry(slug, high, str(year), stated_by=LONG, quote=CHINESE, source=LONG))
    return tracker
