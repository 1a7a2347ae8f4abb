"""The lines of what is looked at before it is done: a snapshot, an import, what is wrong with a file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gztrack.domain.text import clean, listed
from gztrack.export.glyphs import GLYPHS, role_of
from gztrack.language import ntr, tr
from gztrack.tui.cells import Line, cut_line, width
from gztrack.tui.formtext import wrapped
from gztrack.tui.glyphs import Glyphs

if TYPE_CHECKING:
    from gztrack.export.proof import Proof
    from gztrack.tui.wording import Outcome

MOST = 50_000
"""Lines that are shown of a long text; the last one says how many more there are."""

APART = "   "
"""Between two counts of a summary."""

_BAR = re.compile("([━╸╍▸◂]+)|(─+)|([│┃])|(┊)")
"""The parts of a bar; in ASCII they look like any other sign."""


def summary(proof: Proof) -> tuple[str, str]:
    """Return what a snapshot would hold, and what it is known by: two lines under the form's fields."""
    said = [
        ntr("{n:,} indicator", "{n:,} indicators", proof.rows),
        ntr("{n:,} promise", "{n:,} promises", proof.promises),
        ntr("{n:,} source", "{n:,} sources", proof.sources),
    ]
    if proof.size is not None:
        said.append(size(proof.size))
    known = tr(
        "as of {date}, {method}; content hash {hash}",
        date=proof.as_of,
        method=proof.method,
        hash=proof.digest,
    )
    return listed(said), known


def size(count: int) -> str:
    """Return how large a file is."""
    return ntr("{n:,} byte", "{n:,} bytes", count)


def page_lines(page: Sequence[str], cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the report as the board would colour it: glyphs and bars by status, headings bold.

    Args:
        page: Its lines.
        cells: Width of the screen, a margin of one at both sides included.
        glyphs: Which characters the terminal can show.
    """
    roles: dict[str, str] = {}
    for word, pair in GLYPHS.items():
        roles.setdefault(pair[glyphs.ascii], role_of(word))
    headings = (tr("Figures"), tr("Promises"), tr("Remarks"), tr("Sources"))
    found: list[Line] = []
    for at, text in enumerate(page[:MOST]):
        alone = not page[at - 1] and not "".join(page[at + 1 : at + 2])
        if at == 0:
            line: Line = [(" " + text, "strong")]
        elif alone and text in headings:
            line = [(" " + text, "group")]
            if text in headings[2:]:  # no line of these begins with a status
                roles = {}
        else:
            line = [(" ", "text"), *_coloured(text, roles, bars=not glyphs.ascii)]
        found.append(cut_line(line, cells, glyphs.ellipsis))
    return [*found, *_more(len(page))]


def _coloured(text: str, roles: dict[str, str], *, bars: bool) -> Line:
    """A line that begins with a glyph in its colour; of a summary every count."""
    if text[1:2] != " " or text[0] not in roles:
        return [(text, "text")]
    counts = [part for part in text.split(APART) if part]
    if len(counts) > 1 and all(part[1:2] == " " and part[0] in roles for part in counts):
        line: Line = []
        for number, part in enumerate(counts):
            line += [(APART, "text")] * (number > 0) + [(part[0], roles[part[0]]), (part[1:], "text")]
        return line
    role = roles[text[0]]
    return [(text[0], role), *(_with_bar(text[1:], role) if bars else [(text[1:], "text")])]


def _with_bar(text: str, role: str) -> Line:
    line: Line = []
    at = 0
    for part in _BAR.finditer(text):
        if part.start() > at:
            line.append((text[at : part.start()], "text"))
        line.append((part[0], (role, "rest", "post", "text")[(part.lastindex or 1) - 1]))
        at = part.end()
    return [*line, (text[at:], "text")]


def file_lines(text: str, cells: int) -> list[Line]:
    """Return the text of a file as it stands, its long lines broken."""
    found: list[Line] = []
    room = max(8, cells - 2)
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines):
        if len(found) >= MOST:
            return [*found[:MOST], *_more(MOST + len(lines) - number)]
        found += [[(" " + piece, "text")] for piece in _broken(line, room)]
    return found


def _broken(line: str, room: int) -> list[str]:
    """A line in pieces of so many cells, every character kept."""
    if 2 * len(line) <= room or (line.isascii() and len(line) <= room):
        return [line]
    if line.isascii():
        return [line[at : at + room] for at in range(0, len(line), room)]
    found, piece, used = [], "", 0
    for sign in line:
        taken = width(sign)
        if used + taken > room:
            found.append(piece)
            piece, used = "", 0
        piece, used = piece + sign, used + taken
    return [*found, piece]


def outcome_lines(outcome: Outcome, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return what would come of an import: the counts, what there is to say besides, then row by row."""
    lines = _wrapped((outcome.whole,), "strong", cells, glyphs)
    lines += _wrapped(outcome.remarks, "text", cells, glyphs)
    rows = _wrapped(outcome.rows, "text", cells, glyphs)
    return [*lines, *([[]] if rows else []), *rows]


def problem_lines(problem: str, further: Sequence[str], cells: int, glyphs: Glyphs) -> list[Line]:
    """Return what is wrong with a file: in one sentence, then line by line."""
    lines = _wrapped((f"{glyphs.error} {problem}",), "error", cells, glyphs)
    return [*lines, [], *_wrapped(further, "text", cells, glyphs)]


def _wrapped(texts: Iterable[str], role: str, cells: int, glyphs: Glyphs) -> list[Line]:
    """Each text on its own line, and indented below where it is longer."""
    room = max(8, cells - 4)
    texts = list(texts)
    found: list[Line] = []
    for number, text in enumerate(texts):
        if len(found) >= MOST:
            return [*found, *_more(MOST + len(texts) - number)]
        said = glyphs.signs(clean(text))
        first, *rest = [said] if 2 * len(said) <= room else wrapped(said, room)
        found += [[(" " + first, role)], *([("   " + line, role)] for line in rest)]
    return found


def _more(count: int) -> list[Line]:
    """What stands below the last line that is shown."""
    return [[(" " + tr("and {n:,} more", n=count - MOST), "muted")]] if count > MOST else []
