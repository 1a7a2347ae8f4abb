"""A snapshot before it is written: what it says, how large the file will be, and the text to look at."""

from __future__ import annotations

from gztrack.export.plain import page
from gztrack.export.report import Report, build
from gztrack.export.snapshot import kind_of, writer
from gztrack.language import term
from gztrack.light import NamedTuple
from gztrack.services.board.ledger import promises
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.progress import Progress
from gztrack.services.reader import NOW, Clocks, Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Proof(NamedTuple):
    """What would be written.

    Attributes:
        title: The report's title.
        as_of: Its date.
        method: By which method, and who goes by another.
        rows: How many indicators it has.
        promises: How many promises, each counted once.
        sources: How many sources.
        digest: The content hash as a reader sees it.
        page: The report as lines of text, whatever the format.
        size: Bytes of the file; None where it was not rendered.
        written: The text of the file; None where it is no text or was not rendered.
    """

    title: str
    as_of: date
    method: str
    rows: int
    promises: int
    sources: int
    digest: str
    page: Sequence[str]
    size: int | None = None
    written: str | None = None


def proof(
    tracker: Reader,
    format: str,  # noqa: A002
    clocks: Clocks = NOW,
    method: str = "",
    progress: Progress | None = None,
    *,
    only: Selection = EVERYTHING,
    width: int = 100,
    ascii: bool = False,  # noqa: A002
    pictures: bool = True,
) -> Proof:
    """What a snapshot would say; nothing is written.

    Args:
        tracker: Whose facts.
        format: One of `gztrack.export.snapshot.FORMATS`.
        clocks: As of when.
        method: How statuses are reckoned; empty for each indicator's own method.
        progress: Told how many indicators are done.
        only: Rows that are asked for.
        width: Cells of a line of its page.
        ascii: The page has ASCII glyphs, bars and signs.
        pictures: Formats that are no text are rendered too, which may take seconds.

    Raises:
        InputError: There is no such format, method or date, or what the format needs is not installed.
        Cancelled: ``progress`` called it off.
    """
    kind = kind_of(format)
    rendered = pictures or not kind.binary
    report = build(tracker, clocks, method, progress, only=only, charted=kind.charted and rendered)
    found = _proof(report, width, ascii)
    if not rendered:
        return found
    if progress is not None:
        progress(found.rows, found.rows, term("writing"), term("indicators"))
    data: bytes = writer(format).render(report)
    return found._replace(size=len(data), written=None if kind.binary else data.decode("utf-8"))


def _proof(report: Report, width: int, ascii: bool) -> Proof:  # noqa: A002
    return Proof(
        title=report.title,
        as_of=report.board.as_of,
        method=report.method,
        rows=len(report.board.rows),
        promises=len(promises([promise.view for promise in report.promises])),
        sources=len(report.sources),
        digest=report.short_digest,
        page=tuple(page(report, width, ascii=ascii)),
    )
