"""The story of one promise: the figure, who stated it in what words and where, what became of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gztrack.domain.amounts import exact, signed
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.text import clean, listed
from gztrack.export.cells import parted
from gztrack.language import ptr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.views import ERRORS, Row, TargetView
from gztrack.tui.cells import Line, cut, cut_line, left, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.goaltext import goal_text, promise_text
from gztrack.tui.headlines import rule
from gztrack.tui.judging import ending, judged, word_spans
from gztrack.tui.ledgertext import Ledger
from gztrack.tui.rows import brief_unit, name_of

LABEL = 10
"""Cells of a label and the blanks around it."""

LEAST, MOST = 7, 12
"""Rows of the pane, its rule included: what an 80x24 terminal has, and what long quotes may take."""


LAST = ("note", "logged")
"""Labels of what is told only where there is room."""


class Part(NamedTuple):
    """One thing to tell of a promise; ``lead`` stands before the text in its own colour, the label is English."""

    label: str
    text: str
    role: str = "text"
    lead: Line = []  # noqa: RUF012 (never changed)


def story(view: TargetView, ledger: Ledger, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return the pane: a rule with the indicator's name, then as much of the story as fits.

    Args:
        view: The marked promise.
        ledger: The ledger that it is in.
        cells: Width of the pane.
        rows: Its height, the rule included.
        glyphs: Which characters the terminal can show.
    """
    row = ledger.rows[view.indicator]
    name: Line = [(cut(name_of(row), max(8, cells - 24), glyphs.ellipsis), "strong")]
    told = parts(view, row, ledger.known, glyphs)
    return [rule(name, view.handle, cells, glyphs), *told_lines(told, cells, rows - 1, glyphs)][:rows]


def told_lines(told: Sequence[Part], cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return as much of a story as fits, each part with its label."""
    lines: list[Line] = []
    for part, texts in zip(told, _fitted(told, cells, rows, glyphs), strict=False):
        label = left(tr(part.label), LABEL - 2)
        for index, text in enumerate(texts):
            start: Line = [(f" {label if not index else ' ' * width(label)} ", "muted")]
            lines.append([*start, *(part.lead if not index else []), (text, part.role)])
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines[:rows]]


def rows_wanted(told: Sequence[Part], cells: int) -> int:
    """Return the rows that a story takes where nothing of it is cut, the rule over it included."""
    return 1 + sum(len(_folded(part, cells)) for part in told)


def _folded(part: Part, cells: int) -> list[str]:
    return folded(part.text, cells - LABEL - 1, sum(width(text) for text, _ in part.lead))


def _fitted(told: Sequence[Part], cells: int, rows: int, glyphs: Glyphs) -> list[list[str]]:
    """Each part in one line at least; the lines that are left over go to the first that needs them.

    Note and entry come last: they give their lines up where there are few.
    """
    spare = rows - sum(part.label not in LAST for part in told)
    fitted: list[list[str]] = []
    for part in told:
        if part.label in LAST:
            if spare <= 0:
                break
            spare -= 1
        texts = _folded(part, cells)
        taken = min(len(texts), 1 + max(0, spare))
        spare -= taken - 1
        fitted.append(texts if taken == len(texts) else _shortened(texts, taken, cells, glyphs))
    return fitted


def folded(text: str, cells: int, lead: int = 0) -> list[str]:
    """Return the text in lines of at most ``cells`` cells; the first one has ``lead`` cells less.

    Words stay whole unless they are longer than a line; Chinese breaks between any two characters.
    """
    lines, left_over = [""], cells - lead
    for piece in _pieces(clean(text)):
        while width(piece.rstrip()) > left_over:
            taken = 0 if lines[-1] else _fitting(piece, left_over)
            lines[-1] += piece[:taken]
            lines.append("")
            piece, left_over = piece[taken:], max(1, cells)
        lines[-1] += piece
        left_over -= width(piece)
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """What stays together, each with the blank behind it."""
    start = 0
    for at in range(1, len(text)):
        if text[at - 1] == " " or parted(text, at):
            yield text[start:at]
            start = at
    yield text[start:]


def _fitting(text: str, cells: int) -> int:
    """How many characters fit; one at least."""
    taken = 1
    while taken < len(text) and width(text[: taken + 1]) <= cells:
        taken += 1
    return taken


def _shortened(texts: Sequence[str], lines: int, cells: int, glyphs: Glyphs) -> list[str]:
    rest = texts[lines - 1]
    for text in texts[lines:]:
        # No blank where the line was broken between two Chinese characters.
        rest += text if rest and text and parted(rest + text, len(rest)) else f" {text}"
    return [*texts[: lines - 1], cut(rest, cells - LABEL - 1, glyphs.ellipsis)]


def parts(view: TargetView, row: Row, known: Mapping[str, TargetView], glyphs: Glyphs) -> list[Part]:
    """Return what there is to tell, most needed first; empty parts are left out.

    Args:
        view: The promise.
        row: Its indicator.
        known: Id to each promise that may be named.
        glyphs: Which characters the terminal can show.
    """
    found = judged(view, row, known, glyphs)
    reason = found.reason
    lead: Line = [*word_spans(found, glyphs), ("  " if reason else "", "text")]
    told = [
        Part(term("promise"), _promise(view, row, glyphs), "strong"),
        Part(term("verdict"), reason, lead=lead),
        Part(term("evidence"), _evidence(view, row, glyphs)),
        Part(term("history"), tr("; ").join(history(view, row, known, glyphs))),
        Part(term("stated"), _stated(view, glyphs)),
        Part(term("source"), _source(view), "muted"),
        Part(term("note"), clean(view.note)),
        Part(term("logged"), tr("{time} by {author}", time=view.logged, author=clean(view.author)), "muted"),
    ]
    return [part for part in told if part.text or part.lead]


def _promise(view: TargetView, row: Row, glyphs: Glyphs) -> str:
    """``≥1,500,000 vehicles/yr by 2027-12-31``."""
    goal = goal_text(view, row.shown_unit, row.decimals, glyphs)
    unit = "" if row.shown_unit.percent else brief_unit(row.shown_unit)
    gap = " " if unit and not unit.startswith("/") else ""
    return promise_text(row, view, glyphs).replace(goal, f"{goal}{gap}{unit}", 1)


def _stated(view: TargetView, glyphs: Glyphs) -> str:
    said = clean(view.stated_on) or tr("on an unknown date")
    if view.stated_on and "stated_on" in view.inferred:
        said = tr("{date}, date inferred", date=said)
    if view.stated_by:
        said = tr("{date} by {who}", date=said, who=clean(view.stated_by))
    if quote := clean(view.quote):
        quoted = f'"{quote}"' if glyphs.ascii else f"“{quote}”"
        said = tr("{stated}: {quote}", stated=said, quote=quoted)
    return said


def _source(view: TargetView) -> str:
    origin = view.origin
    published = tr("published {date}", date=origin.published) if origin.published else ""
    said = [clean(text) for text in (origin.source, origin.url, published) if text]
    return ptr("parts", ", ").join(said) or tr("none was given")


def _evidence(view: TargetView, row: Row, glyphs: Glyphs) -> str:
    """``>1,000,000 in 2022, margin >+700,000, from en.people.cn``."""
    if not view.evidence:
        return ""
    text = clean(view.evidence)
    if view.over:
        text = tr("the sum up to {period}", period=text)
    if view.evidence_value is not None:
        figure = exact(
            view.evidence_value,
            row.shown_unit,
            view.evidence_qualifier,
            with_unit=row.shown_unit.percent,
            decimals=row.decimals,
            ascii=glyphs.ascii,
        )
        text = tr("{figure} in {period}", figure=figure, period=text)
    if view.margin is not None:
        margin = sign_of(view.margin_qualifier, ascii=glyphs.ascii) + signed(view.margin)
        text = tr("{evidence}, margin {margin}", evidence=text, margin=margin)
    if view.evidence_origin.short:
        text = tr("{evidence}, from {source}", evidence=text, source=clean(view.evidence_origin.short))
    return text


def history(view: TargetView, row: Row, known: Mapping[str, TargetView], glyphs: Glyphs) -> list[str]:
    """Return what took its place and why, that it was dropped and why, what it revised, who else stated it."""
    said = ending(view, row, known, glyphs)
    old, new = known.get(view.replaces), known.get(view.replaced_by)
    if new is not None and view.state in ERRORS:
        said.append(tr("put right by {promise}", promise=promise_text(row, new, glyphs)))
    if view.change:
        change = glyphs.signs(clean(view.change))
        if old is None:
            said.append(tr("revises an earlier one: {change}", change=change))
        else:
            promise = promise_text(row, old, glyphs)
            said.append(tr("revises {promise}: {change}", promise=promise, change=change))
    elif old is not None:
        said.append(tr("puts {promise} right", promise=promise_text(row, old, glyphs)))
    others = [other for other in known.values() if other.id != view.id and _same(other, view)]
    if others and view.state not in ERRORS:
        where = listed(clean(other.origin.short) or other.handle for other in others[:2])
        if len(others) > 2:
            more = len(others) - 2
            said.append(tr("stated in {where} and {n} more too, counted once", where=where, n=more))
        else:
            said.append(tr("stated in {where} too, counted once", where=where))
    return said


def _same(one: TargetView, other: TargetView) -> bool:
    """Whether two entries are one promise, as the counts take it."""
    if one.indicator != other.indicator or one.state in ERRORS or one.verdict != other.verdict:
        return False
    keys = [(v.indicator, v.value, v.high, v.comparator, v.due_end, v.over) for v in (one, other)]
    return keys[0] == keys[1]
