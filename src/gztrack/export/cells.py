"""Text measured in terminal cells with the standard library: Chinese characters take two.

The board measures with Rich; what goes to files and pipes must not pay for it.
"""

from __future__ import annotations

import unicodedata

from gztrack.domain.text import clean
from gztrack.language import language
from gztrack.light import NamedTuple, lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEEPEST = 6
"""Parts of parts are indented so often; deeper ones stand no further right, or nothing were left of their names."""

_NEVER_FIRST = "，。、；：？！）》〉」』】〕”’…·%,.;:?!)]}›»"
"""What no line begins with that is broken where there is no blank."""

_NEVER_LAST = "（《〈「『【〔“‘([{‹«¥$≥≤><~±"
"""What no such line ends with."""


def cells(text: str) -> int:
    """How many cells a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


@lru_cache(maxsize=4096)
def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, room: int, ellipsis: str = "…") -> str:
    """The text in at most ``room`` cells, with an ellipsis where it was cut."""
    if cells(text) <= room:
        return text
    left_over = room - cells(ellipsis)
    if left_over < 1:
        return ellipsis[: max(room, 0)]
    kept: list[str] = []
    for char in text:
        left_over -= _cell(char)
        if left_over < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + ellipsis


def left(text: str, room: int) -> str:
    """The text at the left of ``room`` cells; a longer one stands over."""
    return text + " " * (room - cells(text))


def right(text: str, room: int) -> str:
    """The text at the right of ``room`` cells; a longer one stands over."""
    return " " * (room - cells(text)) + text


def wrapped(text: str, room: int, first: str = "", indent: str = "") -> list[str]:
    """The text broken into lines of at most ``room`` cells, at blanks where there are any.

    In Chinese a line may also end behind any character that leaves its word's signs together.

    Args:
        text: Any text; it is cleaned.
        room: Cells of a line.
        first: What the first line begins with.
        indent: What every other line begins with.
    """
    lines: list[str] = []
    line, used, empty = first, cells(first), True
    for gap, piece in pieces(clean(text), inside=language() == "zh"):
        rest = piece
        while rest:
            joined = rest if empty else gap + rest
            taken = used + cells(joined)
            if taken <= room:
                line, used, rest, empty = line + joined, taken, "", False
            elif not empty:
                lines.append(line)
                line, used, empty = indent, cells(indent), True
            else:
                head = _head(rest, room - used)
                lines.append(line + head)
                line, used, rest = indent, cells(indent), rest[len(head) :]
    return lines if empty and lines else [*lines, line.rstrip()]


def pieces(text: str, *, inside: bool = True) -> Iterator[tuple[str, str]]:
    """What is never broken unless it is too long for a line, each with the gap to the one before.

    Args:
        text: Cleaned text.
        inside: Break beside Chinese characters too, where there is no blank.
    """
    for word in text.split(" "):
        gap, start = " ", 0
        if inside:
            for at in range(1, len(word)):
                if parted(word, at):
                    yield gap, word[start:at]
                    gap, start = "", at
        yield gap, word[start:]


def parted(text: str, at: int) -> bool:
    """Whether Chinese lets a line end before the character at a place, where there is no blank."""
    before, after = text[at - 1], text[at]
    if after in _NEVER_FIRST or before in _NEVER_LAST or not _cell(after):
        return False
    return _cell(before) == 2 or _cell(after) == 2


def _head(text: str, room: int) -> str:
    """As much of a text without blanks as fits; one character at least."""
    taken = 1
    while taken < len(text) and cells(text[: taken + 1]) <= room:
        taken += 1
    return text[:taken]


BARE = 4
"""Cells that are left of a column that can be squeezed, on a line too narrow for all of them."""


class Column(NamedTuple):
    """A column of a text table.

    Attributes:
        head: Its name in the first line.
        at_right: Its cells stand at the right.
        least: Cells that it can be squeezed into; 0 for one that is never cut.
    """

    head: str
    at_right: bool = False
    least: int = 0


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int, ellipsis: str = "…", gap: int = 2
) -> list[str]:
    """Aligned lines: the heads, then one for each row. Columns without any content are left out.

    Args:
        columns: What there is, from left to right.
        rows: Texts, cell by cell.
        room: Cells of a line; columns that can be squeezed are, the widest first, and where that is not
            enough below what is readable; no line runs past it.
        ellipsis: Stands where a text was cut.
        gap: Blanks between two columns.
    """
    kept = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    widths = {i: max(cells(columns[i].head), *(cells(row[i]) for row in rows)) for i in kept}
    surplus = sum(widths.values()) + gap * (len(kept) - 1) - room
    for least in ({i: columns[i].least for i in kept}, dict.fromkeys(kept, BARE)):
        while surplus > 0:
            squeezable = [i for i in kept if columns[i].least and widths[i] > least[i]]
            if not squeezable:
                break
            widths[max(squeezable, key=lambda i: widths[i])] -= 1
            surplus -= 1
    lines = []
    for texts in ([column.head for column in columns], *rows):
        parts = [
            (right if columns[i].at_right else left)(cut(texts[i], widths[i], ellipsis), widths[i])
            for i in kept
        ]
        lines.append(cut((" " * gap).join(parts).rstrip(), room, ellipsis))
    return lines
