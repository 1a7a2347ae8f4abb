"""Which groups are folded, kept across starts in a small file beside the drafts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gztrack.tui.drafts import Drafts
from gztrack.tui.smallfile import beside

MOST = 500
"""Groups of one grouping that are kept as folded; the latest ones stay."""


class Folds:
    """Folded groups by grouping.

    The file is kept by the rules of drafts: its owner's only, put in place as a whole, bounded, believed only as
    far as it makes sense. That it cannot be read or written is nobody's trouble: groups are then open at
    the next start.

    Args:
        drafts: File of the drafts, which the state is kept beside; None keeps it only while this runs.
    """

    def __init__(self, drafts: Path | None) -> None:
        """Make the keeper; nothing is read before it is asked for."""
        self._file = Drafts(drafts and beside(drafts, "board"))
        self._known: dict[str, dict[str, str]] = {}

    def of(self, grouping: str) -> frozenset[str]:
        """Return the names of the folded groups."""
        return frozenset(self._of(grouping))

    def _of(self, grouping: str) -> dict[str, str]:
        if grouping not in self._known:
            self._known[grouping] = self._file.get(_name(grouping)) or {}
        return self._known[grouping]

    def fold(self, grouping: str, names: Iterable[str]) -> None:
        """Fold groups."""
        wanted = self._of(grouping) | dict.fromkeys(names, "")
        self._keep(grouping, dict(list(wanted.items())[-MOST:]))

    def unfold(self, grouping: str, names: Iterable[str] | None = None) -> None:
        """Unfold groups; all of them unless told which."""
        gone = self.of(grouping) if names is None else frozenset(names)
        self._keep(grouping, {name: "" for name in self._of(grouping) if name not in gone})

    def _keep(self, grouping: str, folded: dict[str, str]) -> None:
        self._known[grouping] = folded
        if folded:
            self._file.keep(_name(grouping), folded)
        else:
            self._file.drop(_name(grouping))


def _name(grouping: str) -> str:
    return f"folded by {grouping}"
