"""What is looked at before it is done: the text, its title, and what enter does then.

The lines are made in the desk's thread: a long list takes a moment.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.tui import errands, previewtext
from gztrack.tui.cells import Line
from gztrack.tui.desk import Desk
from gztrack.tui.dialogs.requests import Snapshot
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.wording import Outcome


class Sheet(NamedTuple):
    """One text for one width.

    Attributes:
        title: What it is.
        note: What to know of it, at the right of its title.
        lines: All of it.
        turns: There is another side to it.
    """

    title: str
    note: str
    lines: list[Line]
    turns: bool = False


class Paper(Protocol):
    """Something to look at."""

    @property
    def agree(self) -> str:
        """What enter does, as a word of the footer; empty where it does nothing."""
        ...

    def sheet(self, desk: Desk, cells: int, glyphs: Glyphs, *, turned: bool) -> Sheet:
        """Return the text, in the desk's thread.

        Args:
            desk: Where the tracker is.
            cells: Width of the screen.
            glyphs: Which characters the terminal can show.
            turned: The other side of it.
        """
        ...


@dataclass(frozen=True)
class SnapshotPaper:
    """A snapshot: the report as a page, on the other side the file itself."""

    request: Snapshot

    agree = term("write it")

    def sheet(self, desk: Desk, cells: int, glyphs: Glyphs, *, turned: bool) -> Sheet:
        """Return the text as it is now: others may have written meanwhile."""
        paper = errands.Paper(max(20, cells - 2), glyphs.ascii)
        proof = errands.proof(desk, self.request, paper)
        name = os.path.basename(errands.full_path(self.request.path)) or self.request.format
        note = tr("hash {hash}", hash=proof.digest)
        if proof.size is not None:
            note = tr("{size}, {hash}", size=previewtext.size(proof.size), hash=note)
        if turned and proof.written is not None:
            lines = previewtext.file_lines(proof.written, cells)
        else:
            lines = previewtext.page_lines(proof.page, cells, glyphs)
        return Sheet(tr("preview  {file}", file=name), note, lines, proof.written is not None)


@dataclass(frozen=True)
class OutcomePaper:
    """What would come of an import."""

    outcome: Outcome

    agree = term("bring them in")

    def sheet(self, desk: Desk, cells: int, glyphs: Glyphs, *, turned: bool) -> Sheet:  # noqa: ARG002
        """Return the counts and the list."""
        lines = previewtext.outcome_lines(self.outcome, cells, glyphs)
        return Sheet(tr("import: what would happen"), tr("nothing is written yet"), lines)


@dataclass(frozen=True)
class ProblemPaper:
    """What is wrong with a file."""

    problem: str
    further: tuple[str, ...]

    agree = ""

    def sheet(self, desk: Desk, cells: int, glyphs: Glyphs, *, turned: bool) -> Sheet:  # noqa: ARG002
        """Return all of it."""
        lines = previewtext.problem_lines(self.problem, self.further, cells, glyphs)
        return Sheet(tr("import: what is wrong"), tr("nothing was written"), lines)
