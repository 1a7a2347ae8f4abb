"""A diff as plain text, wrapped to the width of a terminal or of a page."""

from __future__ import annotations

from itertools import groupby

from gztrack.domain.text import clean
from gztrack.export.cells import cells, wrapped
from gztrack.export.diff.words import NOTHING, Line, Part, head_lines, told
from gztrack.export.report_parts import Sources
from gztrack.export.wording import headed, listed, marked, noted, published
from gztrack.language import ptr, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gztrack.export.diff.views import Diff

WIDTH = 100

_ASCII = str.maketrans({"→": "->", "≥": ">=", "≤": "<=", "“": '"', "”": '"'})


def render(
    diff: Diff,
    *,
    width: int = WIDTH,
    ascii: bool = False,  # noqa: A002
) -> bytes:
    """A diff on its own, with its sources, as text in UTF-8."""
    sources = Sources()
    title = tr("What is new: {title}", title=clean(diff.new.title) or ptr("a title", "Progress"))
    lines = wrapped(title, width)
    for said in head_lines(diff):
        lines += wrapped(said, width)
    lines += ["", *part_lines(told(diff, sources), width)]
    if sources.known:
        lines += [tr("Sources"), ""]
        for origin, number in sources.known.items():
            text = listed((origin.source, origin.url, published(origin.published)))
            first = f"[{number}] "
            lines += wrapped(text, width, first, " " * cells(first))
        lines.append("")
    text = "\n".join(line.rstrip() for line in lines[:-1]) + "\n"
    return (text.translate(_ASCII) if ascii else text).encode("utf-8")


def part_lines(parts: Sequence[Part], width: int = WIDTH) -> list[str]:
    """Every part with its heading, and an empty line behind each."""
    lines = [] if parts else [tr(NOTHING), ""]
    for part in parts:
        lines += [part.heading, ""]
        for _, group in groupby(part.lines, lambda line: line.indicator):
            lines += _about(tuple(group), width)
        lines.append("")
    return lines


def _about(lines: Sequence[Line], width: int) -> Iterable[str]:
    if len(lines) == 1:
        yield from wrapped(headed(lines[0].name, _text(lines[0])), width, "  ", "    ")
        return
    yield from wrapped(lines[0].name, width, "  ", "    ")
    for line in lines:
        yield from wrapped(_text(line), width, "    ", "      ")


def _text(line: Line) -> str:
    said = tr("; ").join(marked(clause.text, clause.source) for clause in line.clauses)
    return noted(said, line.note)
