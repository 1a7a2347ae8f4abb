"""In which encoding a file is, and that it is text at all."""

from __future__ import annotations

import codecs

from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.light import NamedTuple

UTF_8 = "UTF-8"

_COMMON_HAN = 0.8
"""Share of the letters beyond ASCII that must be everyday Chinese for a file to be taken as GB18030."""

_PIECE = 1 << 20
"""Bytes that are tried in one go."""

_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", term("a workbook or a ZIP file; save the sheet as CSV first")),
    (b"\xd0\xcf\x11\xe0", term("an old Excel workbook; save the sheet as CSV first")),
    (b"\x1f\x8b", term("compressed; unpack it first")),
    (b"%PDF", term("a PDF; copy its table into a CSV file")),
    (b"SQLite format 3", term("an SQLite database; export a table of it as CSV")),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Encoding(NamedTuple):
    """How a file's bytes are text.

    Attributes:
        said: What people call it.
        codec: What Python calls it; a mark at the start of the text is none of the text.
    """

    said: str
    codec: str


def refuse_other_formats(data: bytes, name: str) -> None:
    """Refuse what is no text, from its first bytes; nothing is unpacked.

    Raises:
        InputError: It is a workbook, an archive, a picture, or holds a NUL byte.
    """
    if data.startswith(_UTF16):
        return
    kind = next((said for magic, said in _FORMATS if data.startswith(magic)), "")
    if kind:
        raise InputError(tr("{name}: {problem}", name=name, problem=tr(kind)))
    place = data.find(b"\0")
    if place >= 0:
        raise _refused(name, data, place, tr("a NUL byte; this is no text but a binary or damaged file"))


def decodable(data: bytes, name: str, wanted: str = "") -> Encoding:
    """The encoding of a file, all of which it can read.

    Args:
        data: The file.
        name: What to call it in messages.
        wanted: The encoding that somebody said it is in, or empty.

    Raises:
        InputError: It is in another encoding than was said, or in one that cannot be told.
    """
    if wanted:
        return _as_wanted(data, name, wanted)
    if data.startswith(_UTF16):
        if _breaks(data, "utf-16") is not None:
            raise InputError(tr("{name}: starts as UTF-16 and breaks off; save it as UTF-8", name=name))
        return Encoding("UTF-16", "utf-16")
    if data.isascii():
        return Encoding(UTF_8, "utf-8-sig")
    place = _breaks(data, "utf-8")
    if place is None:
        return Encoding(UTF_8, "utf-8-sig")
    start = data.rfind(b"\n", 0, place) + 1
    sample = data[start : start + _PIECE].decode("gb18030", "ignore")
    if _looks_chinese(sample) and _breaks(data, "gb18030") is None:
        return Encoding("GB18030", "gb18030")
    raise _refused(
        name,
        data,
        place,
        tr(
            "neither UTF-8 nor GB18030; save it as UTF-8 (in Excel: CSV UTF-8), or say what it is in: --encoding"
        ),
    )


def decoded(data: bytes, name: str) -> str:
    """The text of a file.

    Raises:
        InputError: It is none, or its encoding cannot be told.
    """
    refuse_other_formats(data, name)
    return data.decode(decodable(data, name).codec)


def chosen_encoding(text: str) -> str:
    """What ``--encoding`` names, as Python calls it.

    Raises:
        InputError: There is none of that name.
    """
    try:
        found = codecs.lookup(text.strip())
        if found.name == "utf-16":  # what has a mark at its start is recognised by it
            return found.name
        b"1".decode(found.name)
        "1".encode(found.name).decode(found.name)
        if found.incrementaldecoder is None or found.name in _NO_ENCODINGS:
            raise LookupError
    except (LookupError, UnicodeError, ValueError):
        raise InputError(
            tr(
                "--encoding: no such encoding: '{text}'; for example utf-8, gb18030, big5 or latin-1",
                text=clean(text)[:40],
            )
        ) from None
    return found.name


_NO_ENCODINGS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"})


def ends_a_line(data: bytes, encoding: Encoding) -> bool:
    """Whether the last row of a file ends with a line break."""
    if encoding.codec.startswith(("utf-16", "utf_16", "utf-32", "utf_32")):
        return bool({*b"\r\n"} & {*data[-4:]})
    return data.endswith((b"\n", b"\r"))


def _as_wanted(data: bytes, name: str, wanted: str) -> Encoding:
    codec = chosen_encoding(wanted)
    place = _breaks(data, codec)
    if place is not None:
        raise _refused(name, data, place, tr("not in {encoding}", encoding=clean(wanted)))
    return Encoding(clean(wanted), "utf-8-sig" if codec == "utf-8" else codec)


def _breaks(data: bytes, codec: str) -> int | None:
    """Where a file is not in an encoding; None where all of it is."""
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, max(len(data), 1), _PIECE):
        piece = data[start : start + _PIECE]
        try:
            decoder.decode(piece, final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            # A decoder keeps the beginning of a character for the next piece.
            return max(0, min(start + error.start, len(data) - 1))
        except UnicodeError:  # of UTF-16 and UTF-32 that have no mark at their start
            return start
    return None


def _refused(name: str, data: bytes, place: int, problem: str) -> InputError:
    line = data.count(b"\n", 0, place) + 1
    return InputError(tr("{name}, line {line}: {problem}", name=name, line=line, problem=problem))


def _looks_chinese(text: str) -> bool:
    """Whether a text is what a Chinese Excel wrote; Latin-1 or Big5 read that way give rare characters."""
    foreign = [char for char in text if not char.isascii()]
    common = sum(1 for char in foreign if _is_common(char))
    return common >= _COMMON_HAN * len(foreign)


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
