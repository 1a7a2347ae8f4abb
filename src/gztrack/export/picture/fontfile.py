"""What a font file says of itself: family, weight, and which characters it draws (OpenType, also collections)."""

from __future__ import annotations

import struct

from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

NORMAL_WIDTH = 5

_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_ENGLISH = 0x409
_SFNT = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_MOST = 1 << 24
"""Bytes of a table that are read; a larger one is no font's."""


class Face(NamedTuple):
    """One font of a file.

    Attributes:
        path: Where the file is.
        start: Where the face's table of tables begins.
        family: As styles name it, in English.
        weight: 400 is regular, 700 bold.
        upright: Neither slanted nor narrow nor wide.
    """

    path: str
    start: int
    family: str
    weight: int
    upright: bool


def faces(path: str) -> list[Face]:
    """The faces of a file; none where it is no font, or a broken one."""
    try:
        with open(path, "rb") as file:
            return [face for start in _starts(file) if (face := _face(file, path, start))]
    except (OSError, ValueError, struct.error):
        return []


def drawn(face: Face, characters: Iterable[int]) -> set[int]:
    """Those of the code points that a face has a glyph for; none where its file is broken."""
    wanted = set(characters)
    try:
        with open(face.path, "rb") as file:
            table = _table(file, _tables(file, face.start), b"cmap")
        return _mapped(table, wanted)
    except (OSError, ValueError, KeyError, struct.error):
        return set()


def _starts(file: BinaryIO) -> list[int]:
    head = file.read(12)
    if head[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", head, 8)
        return list(struct.unpack(f">{min(count, 256)}I", file.read(4 * min(count, 256))))
    return [0] if head[:4] in _SFNT else []


def _tables(file: BinaryIO, start: int) -> dict[bytes, tuple[int, int]]:
    file.seek(start)
    (count,) = struct.unpack(">4xH6x", file.read(12))
    entries = struct.iter_unpack(">4s4xII", file.read(16 * count))
    return {tag: (offset, length) for tag, offset, length in entries}


def _table(file: BinaryIO, tables: dict[bytes, tuple[int, int]], tag: bytes) -> bytes:
    offset, length = tables[tag]
    if length > _MOST:
        raise ValueError(f"a table of {length} bytes")
    file.seek(offset)
    return file.read(length)


def _face(file: BinaryIO, path: str, start: int) -> Face | None:
    tables = _tables(file, start)
    if not {b"name", b"OS/2", b"cmap"} <= set(tables):
        return None
    family = _family(_table(file, tables, b"name"))
    weight, width, selection = struct.unpack_from(">4xHH54xH", _table(file, tables, b"OS/2"))
    slanted = selection & 0x201  # italic, or oblique
    return Face(path, start, family, weight, width == NORMAL_WIDTH and not slanted) if family else None


def _family(table: bytes) -> str:
    count, strings = struct.unpack_from(">2xHH", table)
    found: dict[int, str] = {}
    for number in range(count):
        platform, _, spoken, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
        if platform == 3 and spoken == _ENGLISH and kind in (_FAMILY, _TYPOGRAPHIC_FAMILY):
            found[kind] = table[strings + offset : strings + offset + length].decode("utf-16-be", "replace")
    return found.get(_TYPOGRAPHIC_FAMILY) or found.get(_FAMILY, "")


def _mapped(table: bytes, wanted: set[int]) -> set[int]:
    found: set[int] = set()
    (count,) = struct.unpack_from(">2xH", table)
    for number in range(count):
        platform, _, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        (form,) = struct.unpack_from(">H", table, offset)
        if platform not in (0, 3):
            continue
        if form == 12:
            found |= _in_ranges(_groups(table, offset), wanted)
        elif form == 4:
            found |= {char for char in wanted - found if _in_segments(table, offset, char)}
    return found


def _groups(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">12xI", table, offset)
    body = table[offset + 16 : offset + 16 + 12 * count]
    return ((first, last) for first, last, _ in struct.iter_unpack(">3I", body))


def _in_ranges(ranges: Iterable[tuple[int, int]], wanted: set[int]) -> set[int]:
    """Those in any of the ranges, which go upwards."""
    found, left = set(), sorted(wanted, reverse=True)
    for first, last in ranges:
        while left and left[-1] <= last:
            char = left.pop()
            if char >= first:
                found.add(char)
        if not left:
            break
    return found


def _in_segments(table: bytes, offset: int, char: int) -> bool:
    """Whether a table of segments (format 4) gives a character another glyph than the one for what is missing."""
    (doubled,) = struct.unpack_from(">6xH", table, offset)
    ends = offset + 14
    starts, deltas, places = (ends + 2 + doubled * n for n in (1, 2, 3))
    for at in range(0, doubled, 2):
        if char > struct.unpack_from(">H", table, ends + at)[0]:
            continue
        (first,) = struct.unpack_from(">H", table, starts + at)
        if char < first:
            return False
        (delta,) = struct.unpack_from(">H", table, deltas + at)
        (place,) = struct.unpack_from(">H", table, places + at)
        if not place:
            return bool((char + delta) & 0xFFFF)
        (glyph,) = struct.unpack_from(">H", table, places + at + place + 2 * (char - first))
        return bool(glyph)
    return False
