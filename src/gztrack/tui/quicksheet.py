"""What was typed into the quick-entry screen: a period and a source for all, and a row an indicator. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gztrack.domain.text import clean
from gztrack.light import NamedTuple
from gztrack.services.entering.entries import LogEntry
from gztrack.services.views import Preview, Row

COLUMNS = ("value", "period", "source")
"""Cells of a row, in order."""
COMMON = ("period", "source")
"""Cells at the top, which every row inherits."""

DRAFT = "quick"
"""Name under which the draft is kept."""


class Cell(NamedTuple):
    """A place to type into.

    Attributes:
        row: Index of the row; -1 for the cells at the top.
        column: ``value``, ``period`` or ``source``.
    """

    row: int
    column: str


class Sheet:
    """The rows and what is typed into them.

    Args:
        rows: Indicators to show, in order.
        draft: What was left from before, see `draft`.
        everything: All indicators: one that the draft has a text for is shown whatever the filter says.

    Attributes:
        previews: What was understood of each filled row, by indicator.
        stale: Indicators whose preview is older than what is typed, in the order of typing.
        agreed: Indicator to the question of the guard that was answered; another question is asked anew.
    """

    def __init__(
        self, rows: Sequence[Row], draft: Mapping[str, str] | None = None, everything: Sequence[Row] = ()
    ) -> None:
        """Begin empty, or with the draft."""
        self.texts: dict[str, str] = {key: clean(text) for key, text in (draft or {}).items() if clean(text)}
        named = {key.partition(" ")[2] for key in self.texts} - {""}
        shown = {row.id for row in rows}
        self.rows = [*rows, *(row for row in everything if row.id in named - shown)]
        self.previews: dict[str, Preview] = {}
        self.stale: dict[str, None] = {}
        self.agreed: dict[str, str] = {}
        self._common: dict[str, str] = {}
        self._touch(row.id for row in self.rows)

    def key(self, cell: Cell) -> str:
        """Under which name a cell's text is kept."""
        return cell.column if cell.row < 0 else f"{cell.column} {self.rows[cell.row].id}"

    def text(self, cell: Cell) -> str:
        """What is typed into a cell."""
        return self.texts.get(self.key(cell), "")

    def put(self, cell: Cell, text: str) -> bool:
        """Take a cell's text in; whether it differs from before."""
        if self.text(cell) == text:
            return False
        self._set(self.key(cell), text)
        if cell.column == "source":
            # The page belongs to the source that was taken with it.
            self._set(self.key(Cell(cell.row, "url")), "")
        if cell.row < 0:
            self._touch(row.id for row in self.rows)
        else:
            self.agreed.pop(self.rows[cell.row].id, None)
            self._touch([self.rows[cell.row].id])
        return True

    def put_url(self, cell: Cell, url: str) -> None:
        """Keep the page that goes with the source in a cell."""
        self._set(self.key(Cell(cell.row, "url")), url)

    def _set(self, key: str, text: str) -> None:
        if text:
            self.texts[key] = text
        else:
            self.texts.pop(key, None)

    def _touch(self, slugs: Iterable[str]) -> None:
        self._common.clear()
        for slug in slugs:
            if clean(self.texts.get(f"value {slug}", "")):
                self.stale[slug] = None
            else:
                self.stale.pop(slug, None)
                self.previews.pop(slug, None)

    def refresh(self, rows: Iterable[Row]) -> None:
        """Take the rows as they are now; what is typed stays, and is understood anew."""
        known = {row.id: row for row in rows}
        self.rows = [known.get(row.id, row) for row in self.rows]
        self._touch(row.id for row in self.rows)

    def clear(self) -> None:
        """Throw away everything that is typed."""
        self.texts.clear()
        self.agreed.clear()
        self._touch(row.id for row in self.rows)

    @property
    def draft(self) -> dict[str, str]:
        """What is typed, as it is kept: ``value ID`` and so on, ``period`` and ``source`` for all."""
        return dict(self.texts)

    @property
    def filled(self) -> list[int]:
        """Indices of the rows with a value."""
        return [at for at, row in enumerate(self.rows) if clean(self.texts.get(f"value {row.id}", ""))]

    def inherits(self, slug: str, column: str) -> bool:
        """Whether a row goes by what stands at the top."""
        return not clean(self.texts.get(f"{column} {slug}", "")) and bool(clean(self.texts.get(column, "")))

    def entry(self, slug: str) -> LogEntry:
        """The reading that a row asks for; where it says nothing, what stands at the top goes."""
        own = bool(clean(self.texts.get(f"source {slug}", "")))
        texts, guard = self.texts, self.previews.get(slug, Preview()).guard
        return LogEntry(
            slug,
            value=texts.get(f"value {slug}", ""),
            period=texts.get("period", "")
            if self.inherits(slug, "period")
            else texts.get(f"period {slug}", ""),
            source=texts.get(f"source {slug}", "") if own else texts.get("source", ""),
            url=texts.get(f"url {slug}", "") if own else texts.get("url", ""),
            provisional=False,
            yes=bool(guard) and guard == self.agreed.get(slug),
        )

    def entries(self, slugs: Iterable[str] | None = None) -> list[LogEntry]:
        """The readings that these rows ask for; of every filled row when None."""
        return [self.entry(s) for s in ([self.rows[at].id for at in self.filled] if slugs is None else slugs)]

    def understood(self, entries: Iterable[LogEntry], previews: Iterable[Preview]) -> None:
        """Take previews in; one of what is no longer typed is left out."""
        for entry, preview in zip(entries, previews, strict=True):
            if entry._replace(yes=False) == self.entry(entry.indicator)._replace(yes=False) and entry.value:
                self.previews[entry.indicator] = preview
                self._common.clear()
                self.stale.pop(entry.indicator, None)

    @property
    def wrong(self) -> list[int]:
        """Indices of the rows that cannot be saved as they are."""
        return [at for at in self.filled if self._preview(at).errors]

    def common_error(self, column: str) -> str:
        """What is wrong with a cell at the top: what every row that goes by it is told alike."""
        if column not in self._common:
            told = {
                preview.errors.get(column, "")
                for slug, preview in self.previews.items()
                if self.inherits(slug, column)
            }
            self._common[column] = told.pop() if len(told) == 1 else ""
        return self._common[column]

    @property
    def wrong_above(self) -> str:
        """The cell at the top that is wrong where nothing else is, else nothing."""
        if any(self.own_errors(self.rows[at].id) for at in self.filled):
            return ""
        return next((column for column in COMMON if self.common_error(column)), "")

    def own_errors(self, slug: str) -> dict[str, str]:
        """What is wrong with a row, but for what is wrong at the top, by column."""
        preview = self.previews.get(slug, Preview())
        return {
            column: text
            for column, text in preview.errors.items()
            if not (self.inherits(slug, column) and self.common_error(column))
        }

    def agree(self, slug: str) -> None:
        """Say yes to what the guard asks about a row."""
        self.agreed[slug] = self.previews.get(slug, Preview()).guard

    def unanswered(self, slug: str) -> str:
        """What the guard asks about a row and nobody has answered; empty for nothing."""
        guard = self.previews.get(slug, Preview()).guard
        return guard if guard != self.agreed.get(slug, "") else ""

    @property
    def asked(self) -> list[int]:
        """Indices of the rows about which the guard has a question that nobody answered."""
        return [at for at in self.filled if self.unanswered(self.rows[at].id)]

    def _preview(self, at: int) -> Preview:
        return self.previews.get(self.rows[at].id, Preview())
