"""Forms about files: write a snapshot, bring in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gztrack.domain.text import listed
from gztrack.language import tr
from gztrack.tui.dialogs.fields import FieldSpec
from gztrack.tui.dialogs.requests import ALL, SHOWN, Import, Request, Snapshot

FORMATS = ("md", "html", "csv", "json", "txt", "svg", "xlsx", "png")
"""Snapshots that can be written; the same as `gztrack.export.snapshot.FORMATS` (a test says so)."""

READ = (".csv", ".json", ".jsonl", ".pack")
"""Endings of files that are offered to be brought in; what they hold is told by their content."""


@dataclass(frozen=True)
class SnapshotDialog:
    """Write the board as it is shown to a file.

    Attributes:
        as_of: The board's date.
        shown: Ids of the indicators that the board's filter leaves; empty without one.
        total: How many indicators there are without it.
    """

    as_of: date
    shown: tuple[str, ...] = ()
    total: int = 0

    word = "snapshot"
    draft = "snapshot"
    asks_first = False
    previews = True

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
        """Format and file; which rows, where a filter is on."""
        rows = (FieldSpec("rows", tr("rows"), listed((tr(ALL), tr(SHOWN)))),) if self.shown else ()
        return (
            FieldSpec("format", tr("format"), listed(FORMATS)),
            *rows,
            FieldSpec("path", tr("file"), tr("where to write it"), completes="path:format"),
        )

    @property
    def initial(self) -> Mapping[str, str]:
        """A name in the current folder that says what it is."""
        return {"format": "md", "path": f"{self._stem}.md"} | ({"rows": tr(ALL)} if self.shown else {})

    @property
    def _stem(self) -> str:
        return f"gztrack-{self.as_of.isoformat()}"

    def followed(self, values: Mapping[str, str]) -> str:
        """Return the path, a proposed name with the ending of the format; any other stays as it was typed."""
        path = values.get("path", "").strip()
        stem, _, ending = path.rpartition(".")
        chosen = _format(values)
        return f"{stem}.{chosen}" if stem == self._stem and {ending, chosen} <= set(FORMATS) else path

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return format and file; ``yes`` lets it overwrite. The proposed name follows the format."""
        rows = values.get("rows", "") if self.shown else ALL
        return Snapshot(_format(values), self.followed(values), yes, _rows(rows), self.shown, self.total)


def _format(values: Mapping[str, str]) -> str:
    return values.get("format", "").strip().lower().lstrip(".")


def _rows(text: str) -> str:
    """Which rows, however far the word is typed; what is none stays as it is."""
    said = text.strip().casefold()
    return next((word for word in (ALL, SHOWN) if said and said in (word[: len(said)], tr(word))), said)


@dataclass(frozen=True)
class ImportDialog:
    """Bring in a file, or the pack that came with the program; what would come of it is shown first.

    Attributes:
        offer: Name of the pack that is offered; empty for none.
    """

    offer: str = ""

    word = "import"
    subject = ""
    draft = "import"
    asks_first = True
    previews = True

    @property
    def agree(self) -> str:
        """What enter does once the counts were shown."""
        return tr("bring them in")

    @property
    def note(self) -> str:
        """What can be read."""
        return tr("CSV, JSON or a pack, listed first; one action, undone as one")

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Only the file."""
        hint = tr("empty: {offer}", offer=self.offer) if self.offer else tr("path of a file")
        kinds = "path:" + " ".join(READ)
        return (FieldSpec("path", tr("file"), hint, completes=kinds, blank=bool(self.offer)),)

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return the file; ``yes`` imports, without it only what would come of it is asked for."""
        return Import(values.get("path", "").strip(), yes)
