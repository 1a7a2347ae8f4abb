"""What became of a promise in words: its verdict, how it stands, what took its place, why it was dropped. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gztrack.domain.text import clean
from gztrack.export.glyphs import role_of
from gztrack.export.phrases import brief, dropped_text, explained
from gztrack.language import ptr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.views import ERRORS, Row, TargetView
from gztrack.tui.cells import Line
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.goaltext import promise_text
from gztrack.tui.wording import apart

ENDED = (term("superseded"), term("dropped"))
"""States of promises that no longer stand, and are none the less promises."""


class Judged(NamedTuple):
    """What is said of a promise.

    Attributes:
        word: Its verdict, ``open`` while it may still be kept; of an entry error its state. A key: it is
            said by `tr`.
        status: The word whose glyph and colour it has: of an open promise that a row shows that
            row's status, else ``word``.
        reason: Why it is so, empty where the word says it all; of an open promise it begins with
            the status.
        moved: What took its place, why it was dropped, and what it changed itself, without the days
            of all that.
    """

    word: str
    status: str
    reason: str
    moved: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """All of it on one line."""
        told = ""
        for text in filter(None, (self.reason, *self.moved)):
            told = tr("{a}; {b}", a=told, b=text) if told else text
        return told


def judged(view: TargetView, row: Row, known: Mapping[str, TargetView], glyphs: Glyphs) -> Judged:
    """Return what to say of a promise.

    Args:
        view: The promise.
        row: Its indicator.
        known: Id to each promise that may be named as the one that took its place.
        glyphs: Which characters the terminal can show.
    """
    if view.state in ERRORS:
        return Judged(view.state, "dropped", glyphs.signs(clean(view.reason)))
    ended = [glyphs.signs(text) for text in _briefly(view, row, known, glyphs)]
    moved = (*ended, *([glyphs.signs(clean(view.change))] if view.change else []))
    if view.headline and view.state == "open":
        return Judged("open", row.status, glyphs.signs(clean(explained(row.status, row.reason))), moved)
    word = view.state if view.state in ENDED else view.verdict
    reason = apart(word, brief(word, clean(view.reason)))
    if ended and view.state in ENDED:
        # What replaced it says more than that it was replaced.
        reason = ""
    return Judged(word, word, glyphs.signs(reason), moved)


def _briefly(view: TargetView, row: Row, known: Mapping[str, TargetView], glyphs: Glyphs) -> list[str]:
    said = []
    new = known.get(view.replaced_by)
    if new is not None:
        said.append(_changed(tr("replaced by {promise}", promise=promise_text(row, new, glyphs)), new))
    if view.dropped_on:
        why = clean(view.dropped_why)
        said.append(why if view.state == "dropped" else tr("dropped after it was due: {why}", why=why))
    return said


def ending(view: TargetView, row: Row, known: Mapping[str, TargetView], glyphs: Glyphs) -> list[str]:
    """Return what took a promise's place, with what changed and why, and that it was dropped and why."""
    said = []
    new = known.get(view.replaced_by)
    if new is not None and view.state not in ERRORS:
        said.append(_changed(_replaced(view.ended_on, promise_text(row, new, glyphs)), new))
    if dropped := clean(dropped_text(view)):
        said.append(dropped)
    return [glyphs.signs(text) for text in said]


def _changed(replaced: str, new: TargetView) -> str:
    """By which promise one was replaced, and what that one changed."""
    change = clean(new.change)
    return tr("{replaced}: {change}", replaced=replaced, change=change) if change else replaced


def _replaced(ended_on: str, promise: str) -> str:
    """``replaced on 2022-03-17 by ...`` or ``replaced in 2022 by ...``; no date where nobody knows."""
    if not ended_on:
        return tr("replaced by {promise}", promise=promise)
    if len(ended_on) == len("2022-03-17"):
        return tr("replaced on {day} by {promise}", day=ended_on, promise=promise)
    return tr("replaced in {period} by {promise}", period=ended_on, promise=promise)


def over(view: TargetView) -> str:
    """Return why a promise can be neither revised nor dropped any more; empty while it can."""
    if view.state in ERRORS:
        return tr("it is an entry error, and no promise")
    if view.state in ENDED or view.dropped_on:
        return tr("it was dropped already") if view.dropped_on else tr("it was replaced already")
    return tr("it was replaced already") if view.replaced_by else ""


def no_promise(targets: Sequence[TargetView], row: Row, glyphs: Glyphs) -> str:
    """Return why a row shows no target although some were stated; empty where none ever was.

    ``no standing target; 1 dropped: ≥8,000 by 2040-12-31 (left out of the plan)``.
    """
    stated = [view for view in targets if view.state in ENDED]
    if row.target is not None or not stated:
        return ""
    counts = ""
    for word in reversed(ENDED):
        if n := sum(v.state == word for v in stated):
            one = tr("{n} dropped", n=n) if word == "dropped" else tr("{n} superseded", n=n)
            counts = ptr("list", "{a}, {b}", a=counts, b=one) if counts else one
    last = max(stated, key=lambda view: (view.state == "dropped", view.ended_on, view.logged_at))
    known = {view.id: view for view in targets}
    why = judged(last, row, known, glyphs).why
    told = promise_text(row, last, glyphs)
    told = tr("{promise}, {why}", promise=told, why=why) if why else told
    return tr("no standing target; {counts}: {promise}", counts=counts, promise=told)


def word_spans(found: Judged, glyphs: Glyphs) -> Line:
    """Return glyph and word as spans, in the colour of how it stands."""
    role = role_of_word(found)
    return [(glyphs.status(found.status) + " ", role.removesuffix("-word")), (tr(found.word), role)]


def role_of_word(found: Judged) -> str:
    """Return the colour role of the word; it names how a promise stands where the word is another one."""
    role = role_of(found.status)
    return "behind-word" if role == "behind" else role
