"""What a PNG file says beside its pixels: texts by keyword, and how large it is meant to be."""

from __future__ import annotations

import struct
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_DOTS_A_METRE = 3780
"""At the size at which a pixel of the page is one of the picture: 96 to an inch."""


def with_texts(picture: bytes, texts: Mapping[str, str], scale: int) -> bytes:
    """The picture with texts in UTF-8, by keyword, and with its size on paper.

    Args:
        picture: A PNG file.
        texts: Keyword to text; empty ones are left out.
        scale: Pixels of it for a pixel of the page.
    """
    head, *others = chunks(picture)
    dots = _DOTS_A_METRE * scale
    more = [(b"pHYs", struct.pack(">IIB", dots, dots, 1))]
    more += [
        (b"iTXt", word.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8", "replace"))
        for word, text in texts.items()
        if text
    ]
    others = [chunk for chunk in others if chunk[0] != b"pHYs"]
    return SIGNATURE + b"".join(_packed(*chunk) for chunk in (head, *more, *others))


def texts_of(picture: bytes) -> dict[str, str]:
    """The texts of a picture, by keyword."""
    found = {}
    for kind, data in chunks(picture):
        if kind == b"iTXt":
            word, _, rest = data.partition(b"\0")
            found[word.decode("latin-1")] = rest.split(b"\0", 4)[-1].decode()
    return found


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, data) of each part of a PNG file."""
    at = len(SIGNATURE)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        yield kind, picture[at + 8 : at + 8 + length]
        at += 12 + length


def _packed(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
