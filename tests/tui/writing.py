"""Writers of snapshots for boards under test: the real one of a tracker, and one that only notes what it was asked."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from gztrack.export.proof import Proof, proof
from gztrack.export.snapshot import write
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.progress import Progress
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done

PROOF = Proof(
    "Progress", date(2026, 11, 24), "method linear", 13, 7, 3, "0123456789abcdef", ("Progress",), 7, "text"
)


class Noting:
    """Notes what it is asked to write.

    Attributes:
        wrote: The arguments of every call.
        refuse: Raised instead of writing.
    """

    def __init__(self, refuse: Exception | None = None) -> None:
        self.wrote: list[dict[str, Any]] = []
        self.refuse = refuse

    def __call__(self, *, progress: Progress | None = None, **arguments: Any) -> Done:
        assert progress is not None
        self.wrote.append(arguments)
        if self.refuse is not None:
            raise self.refuse
        return Done((f"wrote {arguments['path'].name}",))

    def proof(self, **_: Any) -> Proof:
        return PROOF


class Real:
    """Writes the snapshots of a tracker, as the program does.

    Attributes:
        looked: How often a proof was made.
    """

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.looked = 0

    def __call__(
        self,
        *,
        format: str,  # noqa: A002
        path: Path,
        as_of: date,
        method: str,
        force: bool,
        only: Selection = EVERYTHING,
        progress: Progress | None = None,
    ) -> Done:
        clocks = Clocks(as_of=as_of)
        return write(self.tracker, format, os.fspath(path), clocks, method, force, progress, only=only)

    def proof(
        self,
        *,
        format: str,  # noqa: A002
        as_of: date,
        method: str,
        only: Selection,
        width: int,
        ascii: bool,  # noqa: A002
        pictures: bool,
        progress: Progress | None = None,
    ) -> Proof:
        self.looked += 1
        return proof(
            self.tracker,
            format,
            Clocks(as_of=as_of),
            method,
            progress,
            only=only,
            width=width,
            ascii=ascii,
            pictures=pictures,
        )
