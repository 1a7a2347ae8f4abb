"""One promise as one line of the ledger: its texts, how wide they are, its spans. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gztrack.domain.amounts import short, short_goal
from gztrack.domain.grammar import scales
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.grammar.qualifiers import MIRRORED
from gztrack.domain.text import clean
from gztrack.export.glyphs import role_of
from gztrack.language import ptr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.naming import place_of
from gztrack.services.views import STATUS_ORDER, Row, TargetView
from gztrack.tui.cells import Line, cut, left, right, width
from gztrack.tui.glyphs import UNICODE, Glyphs
from gztrack.tui.judging import Judged, judged, role_of_word
from gztrack.tui.ledgercolumns import Columns, Needs, columns, room
from gztrack.tui.marking import found_at, with_marks
from gztrack.tui.rows import due_flags, name_of

SORTS = (term("due date"), term("worst first"), term("indicator"))


@dataclass(frozen=True)
class Ledger:
    """Every target ever stated, as of a date, and the rows whose names and units they go by.

    Attributes:
        title: The database's.
        targets: By due date, earliest first.
        rows: Id of an indicator to its row, archived ones too.
        travelling: ``as_of`` is not today.
        reckoned: By which method open promises are, as the board says it.
    """

    title: str
    targets: tuple[TargetView, ...]
    rows: Mapping[str, Row]
    as_of: date
    travelling: bool
    reckoned: str = "linear"

    @cached_property
    def known(self) -> Mapping[str, TargetView]:
        """Id to each target."""
        return {view.id: view for view in self.targets}

    @cached_property
    def _searched(self) -> dict[str, str]:
        return {}

    def holds(self, view: TargetView, words: str) -> bool:
        """Whether every word occurs in a promise: in its indicator's names, id or group, in who stated it or how.

        Args:
            view: One of the targets.
            words: The filter as typed.
        """
        wanted = words.casefold().split()
        if not wanted:
            return True
        text = self._searched.get(view.id)
        if text is None:
            row = self.rows[view.indicator]
            text = self._searched[view.id] = " ".join(
                (
                    *(row.name, row.name_zh, row.id, row.group, row.group_zh),
                    *(view.stated_by, view.quote, view.origin.short, view.due),
                )
            ).casefold()
        return all(word in text for word in wanted)

    def judged(self, view: TargetView, glyphs: Glyphs) -> Judged:
        """What to say of one of the targets on one line."""
        return judged(view, self.rows[view.indicator], self.known, glyphs)


class Texts(NamedTuple):
    """What the cells of a line say at one width."""

    due: str
    flags: str
    name: str
    target: str
    who: str
    verdict: Judged
    evidence: str
    margin: str


def who_of(view: TargetView) -> str:
    """Return who stated it, else in parentheses where it was read."""
    return clean(view.stated_by) or (f"({clean(view.origin.short)})" if view.origin.short else "")


def texts(view: TargetView, ledger: Ledger, cells: int, glyphs: Glyphs) -> Texts:
    """Return what the cells of a line say.

    Args:
        view: The promise.
        ledger: Where it is from.
        cells: Width of the ledger; decides on full digits.
        glyphs: Which characters the terminal can show.
    """
    row = ledger.rows[view.indicator]
    return Texts(
        due=_due(view),
        flags=due_flags(view),
        name=name_of(row),
        target=_target(view, row, cells, glyphs),
        who=who_of(view),
        verdict=ledger.judged(view, glyphs),
        evidence=clean(view.evidence),
        margin=_margin(view, row, cells, glyphs),
    )


def _due(view: TargetView) -> str:
    return ptr("due date", "no date") if view.due == "none" else clean(view.due)


def _room(cells: int, glyphs: Glyphs) -> int:
    # ">=" takes a cell more than "≥".
    return room(cells) + glyphs.ascii


def _target(view: TargetView, row: Row, cells: int, glyphs: Glyphs) -> str:
    found = short_goal(
        view.value,
        view.high,
        view.comparator,
        row.shown_unit,
        room=_room(cells, glyphs),
        decimals=row.decimals,
        ascii=glyphs.ascii,
    )
    return f"{found.text} {found.scale}".rstrip()


def _margin(view: TargetView, row: Row, cells: int, glyphs: Glyphs) -> str:
    if view.margin is None:
        return ""
    # The target beside it names the currency already.
    bare = row.shown_unit._replace(currency="")
    # Rounded so that a bound stays true: what is more than -1.236 is more than -1.24.
    way = MIRRORED[view.margin_qualifier] if view.margin < 0 else view.margin_qualifier
    fits = _room(cells, glyphs) - 1
    found = short(abs(view.margin), bare, way, room=fits, decimals=row.decimals, ascii=glyphs.ascii)
    number = found.text.lstrip("~<>=≤≥")
    about = "~" if found.rounded and view.margin_qualifier != "about" else ""
    plus = "+" if view.margin > 0 else "-" if view.margin < 0 else ""
    bound = sign_of(view.margin_qualifier, ascii=glyphs.ascii)
    return f"{about}{bound}{plus}{number} {found.scale}".rstrip()


def laid_out(cells: int, ledger: Ledger, glyphs: Glyphs) -> Columns:
    """Return the columns of a ledger this wide.

    They are reckoned from every target, without writing every figure out: figures fit their
    room by themselves, but for a range's two limits.
    """
    figures = [figure for view in ledger.targets for figure in (view.value, view.margin or 0)]
    figure = _room(cells, glyphs) + 1 + scales.widest(figures)
    due = name = who = target = verdict = evidence = margin = why = 0
    for view in ledger.targets:
        row = ledger.rows[view.indicator]
        found = ledger.judged(view, glyphs)
        due = max(due, width(_due(view)) + len(due_flags(view)))
        name = max(name, width(name_of(row)))
        who = max(who, width(who_of(view)))
        verdict = max(verdict, width(tr(found.word)))
        evidence = max(evidence, width(view.evidence))
        margin = max(margin, figure if view.margin is not None else 0)
        why = max(why, width(found.why))
        target = max(target, figure if view.high is None else width(_target(view, row, cells, glyphs)))
    return columns(cells, Needs(due, name, target, who, verdict, evidence, margin, why))


def heads_line(columns: Columns, sort: str, glyphs: Glyphs) -> Line:
    """Return the names of the columns; the one that the ledger is sorted by is marked."""
    marked = {"due date": "due", "worst first": "verdict"}.get(sort, sort)
    line: Line = [(" " * columns.lead, "muted")]
    for text, cells, place in (
        (term("due"), columns.due, left),
        (term("indicator"), columns.name, left),
        (term("target"), columns.target, right),
        (term("stated by"), columns.who, left),
        (term("verdict"), columns.verdict, left),
        (term("evidence"), columns.evidence, left),
        (term("margin"), columns.margin, right),
        (term("why, what changed"), columns.why, left),
    ):
        if cells:
            gap = " " * columns.gap if len(line) > 1 else ""
            role = "strong" if text == marked else "muted"
            line.append((gap + place(tr(text), cells, glyphs.ellipsis), role))
    return line


def promise_line(
    text: Texts,
    columns: Columns,
    glyphs: Glyphs,
    *,
    selected: bool = False,
    changed: bool = False,
    words: Sequence[str] = (),
) -> Line:
    """Return a promise as spans.

    Args:
        text: Its texts at this width.
        columns: Widths of the columns.
        glyphs: Which characters the terminal can show.
        selected: The cursor is on it: only gutter, date and name are tinted, which keeps a
            cursor key cheap over a slow line.
        changed: Another session has just changed it.
        words: Case-folded words of the filter, to be marked in the name.
    """
    found = text.verdict
    role = role_of(found.status)
    edge, select = ("@edge", "strong@select") if selected else ("", "text")
    mark = glyphs.changed if changed else (glyphs.selected if selected else " ")
    gap, dots = " " * columns.gap, glyphs.ellipsis
    due = cut(text.due, columns.due - len(text.flags), dots)
    line: Line = [
        (mark, f"accent{edge}"),
        (glyphs.status(found.status) + " ", f"{role}{edge}"),
        (due, select),
        (text.flags, f"warn{'@select' if selected else ''}"),
        (" " * (columns.due - width(due) - len(text.flags)), select),
    ]
    if columns.name:
        name = gap + left(text.name, columns.name, dots)
        line += with_marks(name, select, found_at(name, words) if words else ())
    line.append((gap + right(text.target, columns.target, dots), "text"))
    if columns.who:
        line.append((gap + left(text.who, columns.who, dots), "muted"))
    line.append((gap + left(tr(found.word), columns.verdict, dots), role_of_word(found)))
    if columns.evidence:
        line.append((gap + left(text.evidence, columns.evidence, dots), "muted"))
    if columns.margin:
        line.append((gap + right(text.margin, columns.margin, dots), "text"))
    if columns.why:
        line.append((gap + left(found.why, columns.why, dots), "muted"))
    return line


def sorted_targets(ledger: Ledger, sort: str) -> list[TargetView]:
    """Return the targets in one of the orders of ``SORTS``; within one the due date decides."""
    views = list(ledger.targets)
    if sort == "worst first":
        views.sort(key=lambda view: _badness(ledger.judged(view, UNICODE).status))
    elif sort == "indicator":
        views.sort(key=lambda v: (place_of(name_of(ledger.rows[v.indicator])), v.indicator))
    return views


def _badness(word: str) -> int:
    """A broken promise comes before one that may still be kept."""
    if word == "missed":
        return -1
    return STATUS_ORDER.index(word) if word in STATUS_ORDER else len(STATUS_ORDER)
