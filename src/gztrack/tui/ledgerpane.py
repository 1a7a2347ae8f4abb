"""The story of one promise: the figure, who stated it in what words and where, what became of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gztrack.domain.amounts import exact, signed
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.text import clean
from gztrack.export.glyphs import role_of
from gztrack.services.views import Row, TargetView
from gztrack.tui.cells import Line, cut, cut_line, left, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import rule
from gztrack.tui.ledgertext import ERRORS, Ledger, glyph_of, verdict_of
from gztrack.tui.panes import goal_text, promise_text
from gztrack.tui.rows import brief_unit, name_of

LABEL = 10
"""Cells of a label and the blanks around it."""

LEAST, MOST = 7, 12
"""Rows of the pane, its rule included: what an 80x24 terminal has, and what long quotes may take."""


LAST = ("note", "logged")
"""Labels of what is told only where there is room."""

_BREAKS = re.compile(
    r"(?<=\s)|(?<=[\u2e80-\u9fff\uf900-\ufaff])(?=[\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff])"
)
"""Where a line may end: behind a blank, and between two Chinese characters."""


class Part(NamedTuple):
    """One thing to tell of a promise; ``lead`` stands before the text in its own colour."""

    label: str
    text: str
    role: str = "text"
    lead: Line = []  # noqa: RUF012 (never changed)


def story(
    view: TargetView, ledger: Ledger, cells: int, rows: int, glyphs: Glyphs, *, chinese: bool
) -> list[Line]:
    """Return the pane: a rule with the indicator's name, then as much of the story as fits.

    Args:
        view: The marked promise.
        ledger: The ledger that it is in.
        cells: Width of the pane.
        rows: Its height, the rule included.
        glyphs: Which characters the terminal can show.
        chinese: Names in Chinese, where there is one.
    """
    row = ledger.rows[view.indicator]
    name: Line = [(cut(name_of(row, chinese=chinese), max(8, cells - 24), glyphs.ellipsis), "strong")]
    lines = [rule(name, view.handle, cells, glyphs)]
    told = parts(view, row, ledger, glyphs)
    for part, texts in zip(told, _fitted(told, cells, rows - 1, glyphs), strict=False):
        label = left(part.label, LABEL - 2)
        for index, text in enumerate(texts):
            start: Line = [(f" {label if not index else ' ' * len(label)} ", "muted")]
            lines.append([*start, *(part.lead if not index else []), (text, part.role)])
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines[:rows]]


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
        lead = sum(width(text) for text, _ in part.lead)
        texts = folded(part.text, cells - LABEL - 1, lead)
        taken = min(len(texts), 1 + max(0, spare))
        spare -= taken - 1
        fitted.append(texts if taken == len(texts) else _shortened(texts, taken, cells, glyphs))
    return fitted


def folded(text: str, cells: int, lead: int = 0) -> list[str]:
    """Return the text in lines of at most ``cells`` cells; the first one has ``lead`` cells less.

    Words stay whole unless they are longer than a line; Chinese breaks between any two characters.
    """
    lines, left_over = [""], cells - lead
    for piece in _BREAKS.split(clean(text)):
        while width(piece.rstrip()) > left_over:
            taken = 0 if lines[-1] else _fitting(piece, left_over)
            lines[-1] += piece[:taken]
            lines.append("")
            piece, left_over = piece[taken:], max(1, cells)
        lines[-1] += piece
        left_over -= width(piece)
    return [line.rstrip() for line in lines]


def _fitting(text: str, cells: int) -> int:
    """How many characters fit; one at least."""
    taken = 1
    while taken < len(text) and width(text[: taken + 1]) <= cells:
        taken += 1
    return taken


def _shortened(texts: Sequence[str], lines: int, cells: int, glyphs: Glyphs) -> list[str]:
    rest = " ".join(texts[lines - 1 :])
    return [*texts[: lines - 1], cut(rest, cells - LABEL - 1, glyphs.ellipsis)]


def parts(view: TargetView, row: Row, ledger: Ledger, glyphs: Glyphs) -> list[Part]:
    """Return what there is to tell, most needed first; empty parts are left out."""
    word, why = verdict_of(view, row)
    role = role_of(word)
    lead: Line = [
        (glyph_of(word, glyphs) + " ", role),
        (word, "behind-word" if role == "behind" else role),
        ("  " if why else "", "text"),
    ]
    told = [
        Part("promise", _promise(view, row, glyphs), "strong"),
        Part("stated", _stated(view, glyphs)),
        Part("source", _source(view), "muted"),
        Part("verdict", glyphs.signs(why), lead=lead),
        Part("evidence", _evidence(view, row, glyphs)),
        Part("history", glyphs.signs("; ".join(history(view, ledger, glyphs)))),
        Part("note", clean(view.note)),
        Part("logged", f"{view.logged_at[:16].replace('T', ' ')} by {clean(view.author)}", "muted"),
    ]
    return [part for part in told if part.text or part.lead]


def _promise(view: TargetView, row: Row, glyphs: Glyphs) -> str:
    """``≥1,500,000 vehicles/yr by 2027-12-31``."""
    goal = goal_text(view, row.unit, row.decimals, glyphs)
    unit = "" if row.unit.percent else brief_unit(row.unit)
    gap = " " if unit and not unit.startswith("/") else ""
    return f"{goal}{gap}{unit}{promise_text(row, view, glyphs).removeprefix(goal)}"


def _stated(view: TargetView, glyphs: Glyphs) -> str:
    when = clean(view.stated_on) or "on an unknown date"
    inferred = ", date inferred" if view.stated_on and "stated_on" in view.inferred else ""
    by = f" by {clean(view.stated_by)}" if view.stated_by else ""
    quote = clean(view.quote)
    marks = ('"', '"') if glyphs.ascii else ("“", "”")
    return f"{when}{inferred}{by}" + (f": {marks[0]}{quote}{marks[1]}" if quote else "")


def _source(view: TargetView) -> str:
    origin = view.origin
    published = f"published {origin.published}" if origin.published else ""
    said = [clean(text) for text in (origin.source, origin.url, published) if text]
    return ", ".join(said) or "none was given"


def _evidence(view: TargetView, row: Row, glyphs: Glyphs) -> str:
    """``>1,000,000 in 2022, margin >+700,000, from en.people.cn``."""
    if not view.evidence:
        return ""
    text = clean(view.evidence)
    if view.evidence_value is not None:
        figure = exact(
            view.evidence_value,
            row.unit,
            view.evidence_qualifier,
            with_unit=row.unit.percent,
            decimals=row.decimals,
            ascii=glyphs.ascii,
        )
        text = f"{figure} in {text}"
    if view.margin is not None:
        text += f", margin {sign_of(view.margin_qualifier, ascii=glyphs.ascii)}{signed(view.margin)}"
    return text + (f", from {clean(view.evidence_origin.short)}" if view.evidence_origin.short else "")


def history(view: TargetView, ledger: Ledger, glyphs: Glyphs) -> list[str]:
    """Return what it replaced, what replaced it, and who else stated it."""
    row = ledger.rows[view.indicator]
    known = {other.id: other for other in ledger.targets}
    said = []
    old, new = known.get(view.replaces), known.get(view.replaced_by)
    if old is not None:
        said.append(f"replaced {promise_text(row, old, glyphs)}")
    if view.change:
        said.append(clean(view.change))
    if new is not None:
        stated = f", stated {clean(new.stated_on)}" if new.stated_on else ""
        changed = f": {clean(new.change)}" if new.change else ""
        said.append(f"replaced by {promise_text(row, new, glyphs)}{stated}{changed}")
    others = [other for other in ledger.targets if other.id != view.id and _same(other, view)]
    if others and view.state not in ERRORS:
        where = ", ".join(clean(other.origin.short) or other.handle for other in others[:2])
        more = f" and {len(others) - 2} more" if len(others) > 2 else ""
        said.append(f"stated in {where}{more} too, counted once")
    return said


def _same(one: TargetView, other: TargetView) -> bool:
    """Whether two entries are one promise, as the counts take it."""
    if one.state in ERRORS or one.verdict != other.verdict:
        return False
    keys = [(v.indicator, v.value, v.high, v.comparator, v.due_end, v.over) for v in (one, other)]
    return keys[0] == keys[1]
