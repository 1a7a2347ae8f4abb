"""Forms about files: write a snapshot, bring in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gztrack.domain.text import listed
from gztrack.language import tr
from gztrack.tui.dialogs.fields import FieldSpec
from gztrack.tui.dialogs.requests import Import, Request, Snapshot

FORMATS = ("md", "csv", "json", "txt", "svg", "html")
"""Snapshots that can be written; the same as `gztrack.export.snapshot.FORMATS` (a test says so)."""


@dataclass(frozen=True)
class SnapshotDialog:
    """Write the board as it is shown to a file."""

    as_of: date

    word = "snapshot"
    draft = "snapshot"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does where the file is there already."""
        return tr("overwrite it")

    @property
    def subject(self) -> str:
        """As of when."""
        return tr("as of {day}", day=self.as_of.isoformat())

    @property
    def note(self) -> str:
        """What is in it."""
        return tr("figures, targets, sources and a content hash")

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Format and file."""
        return (
            FieldSpec("format", tr("format"), listed(FORMATS)),
            FieldSpec("path", tr("file"), tr("where to write it"), completes="path:format"),
        )

    @property
    def initial(self) -> Mapping[str, str]:
        """A name in the current folder that says what it is."""
        return {"format": "md", "path": f"gztrack-{self.as_of.isoformat()}.md"}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return format and file; ``yes`` lets it overwrite. The proposed name follows the format."""
        chosen = values.get("format", "").strip().lower().lstrip(".")
        path = values.get("path", "").strip()
        if path == self.initial["path"] and chosen in FORMATS:
            path = f"{path.rpartition('.')[0]}.{chosen}"
        return Snapshot(chosen, path, yes)


@dataclass(frozen=True)
class ImportDialog:
    """Bring in a file, or the pack that came with the program; the counts are shown first.

    Attributes:
        offer: Name of the pack that is offered; empty for none.
    """

    offer: str = ""

    word = "import"
    subject = ""
    draft = "import"
    asks_first = True

    @property
    def agree(self) -> str:
        """What enter does once the counts were shown."""
        return tr("bring them in")

    @property
    def note(self) -> str:
        """What can be read."""
        return tr("CSV, the counts first; one action, undone as one")

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Only the file."""
        hint = tr("empty: {offer}", offer=self.offer) if self.offer else tr("path of a file")
        return (FieldSpec("path", tr("file"), hint, completes="path:.csv", blank=bool(self.offer)),)

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return the file; ``yes`` imports, without it only the counts are asked for."""
        return Import(values.get("path", "").strip(), yes)
