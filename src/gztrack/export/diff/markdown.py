"""A diff as Markdown: a list under each heading, an indicator's lines together."""

from __future__ import annotations

from itertools import groupby

from gztrack.export.diff.words import NOTHING, Line, Part, head_lines, told
from gztrack.export.markdown import escaped, source_item
from gztrack.export.report_parts import Sources
from gztrack.export.wording import marked, noted
from gztrack.language import ptr, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gztrack.export.diff.views import Diff


def render(diff: Diff) -> bytes:
    """A diff on its own, with its sources, as Markdown in UTF-8."""
    sources = Sources()
    title = escaped(diff.new.title) or ptr("a title", "Progress")
    lines = [f"# {tr('What is new: {title}', title=title)}", ""]
    for said in head_lines(diff):
        lines += [tr("{sentence}.", sentence=escaped(said)), ""]
    lines += part_lines(told(diff, sources))
    if sources.known:
        lines += [f"## {tr('Sources')}", ""]
        lines += [source_item(number, origin) for origin, number in sources.known.items()] + [""]
    return ("\n".join(lines[:-1]) + "\n").encode("utf-8")


def part_lines(parts: Sequence[Part], heading: str = "##") -> list[str]:
    """Every part with its heading, and an empty line behind each.

    Args:
        parts: A diff in words.
        heading: What makes a line the heading of a part.
    """
    lines = [] if parts else [tr(NOTHING), ""]
    for part in parts:
        lines += [f"{heading} {part.heading}", ""]
        for _, group in groupby(part.lines, lambda line: line.indicator):
            lines += _about(tuple(group))
        lines.append("")
    return lines


def _about(lines: Sequence[Line]) -> Iterable[str]:
    name = escaped(lines[0].name)
    if len(lines) == 1:
        yield tr("- **{what}**: {text}", what=name, text=_text(lines[0]))
        return
    yield f"- **{name}**"
    for line in lines:
        yield f"  - {_text(line)}"


def _text(line: Line) -> str:
    said = tr("; ").join(marked(escaped(clause.text), clause.source) for clause in line.clauses)
    return noted(said, escaped(line.note))
