"""Which fonts a picture is set in: chosen by a list and by what they draw, so that a machine chooses the same again."""

from __future__ import annotations

import os

from gztrack.export.picture.fontfile import Face, drawn, faces
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LATIN = (
    "Inter",
    "Noto Sans",
    "Source Sans 3",
    "Liberation Sans",
    "Arial",
    "Helvetica Neue",
    "Nimbus Sans",
    "Open Sans",
    "DejaVu Sans",
)
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "SimHei",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "AR PL UMing CN",
)
"""Families by preference. Where there is Chinese, one of these sets the Latin beside it too."""

REGULAR, BOLD = 400, 700

_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_CHINESE_BLOCKS = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))


class Typefaces(NamedTuple):
    """What a picture is set in.

    Attributes:
        families: In the order in which they are asked for a character.
        files: The files that hold them, regular and bold.
        missing: Characters that none of them draws.
    """

    families: tuple[str, ...]
    files: tuple[str, ...]
    missing: str

    @property
    def missing_chinese(self) -> str:
        """Those of the missing ones that are Chinese."""
        return "".join(char for char in self.missing if is_chinese(ord(char)))


def is_chinese(char: int) -> bool:
    """Whether a code point is a Chinese character, or a sign that stands among them."""
    return any(first <= char <= last for first, last in _CHINESE_BLOCKS)


def chosen(text: str, folders: Sequence[str]) -> Typefaces:
    """Fonts that together draw a text: as few as do, the preferred ones first.

    Args:
        text: What is to be drawn.
        folders: Where fonts are looked for.
    """
    left = {ord(char) for char in text if char.isprintable() and not char.isspace()}
    there = _families(_found(folders))
    first = CHINESE + LATIN if any(map(is_chinese, left)) else LATIN + CHINESE
    families: list[str] = []
    files: list[str] = []
    for family in (*first, *sorted(set(there) - set(first))):
        if not left:
            break
        known = there.get(family)
        if known is None:
            continue
        regular, bold = (min(known, key=lambda face: _off(face, weight)) for weight in (REGULAR, BOLD))
        if got := drawn(regular, left):
            left -= got
            families.append(family)
            files += [face.path for face in (regular, bold)]
    return Typefaces(tuple(families), tuple(dict.fromkeys(files)), "".join(map(chr, sorted(left))))


def _off(face: Face, weight: int) -> tuple[int, str]:
    return abs(face.weight - weight), face.path


def _families(found: Iterable[Face]) -> Mapping[str, list[Face]]:
    families: dict[str, list[Face]] = {}
    for face in found:
        if face.upright:
            families.setdefault(face.family, []).append(face)
    return families


def _found(folders: Sequence[str]) -> Iterator[Face]:
    for folder in folders:
        for place, inside, names in os.walk(folder):
            inside.sort()
            for name in sorted(names):
                if name.lower().endswith(_ENDINGS):
                    yield from faces(os.path.join(place, name))


def usual_folders() -> tuple[str, ...]:
    """Where fonts are on this machine: the person's own first, then everybody's."""
    home = os.path.expanduser("~")
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    places = (
        os.path.join(data, "fonts"),
        os.path.join(home, ".fonts"),
        os.path.join(home, "Library", "Fonts"),
        *(os.path.join(folder, "fonts") for folder in shared if folder),
        "/Library/Fonts",
        "/System/Library/Fonts",
    )
    return tuple(dict.fromkeys(places))
