"""The sheet that says what the workbook is: of when, by which method, what its words mean, and its hash."""

from __future__ import annotations

from gztrack.export.report import Report
from gztrack.export.wording import counted, listed
from gztrack.export.workbook.sheet import Book, Column, Sheet
from gztrack.language import ntr, ptr, term, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LEGEND = (
    (
        term("qualifier"),
        term(
            "What the source gives instead of an exact figure: a bound (more than, at least, at most, less than) or an"
            " approximate figure (about). Empty: the figure itself. What is reckoned from a bound is a bound."
        ),
    ),
    (term("attainment"), term("The reading as a fraction of the target.")),
    (term("path"), term("How much of the way from the baseline to the target is done.")),
    (
        term("trend"),
        term("The readings that count, one after the other, drawn from the sheet of readings."),
    ),
    (
        term("an empty cell"),
        term("Nobody has said, or it was refused: never zero. A column without any content is hidden."),
    ),
    (term("inferred"), term("Not stated by the source.")),
    (term("source"), term("The number of a source, as in the sheet of sources.")),
)


def opened(book: Book) -> Sheet:
    """The sheet, still empty."""
    columns = (Column(tr("what"), most=34), Column(tr("said"), most=100))
    return Sheet(book, ptr("a sheet", "About"), columns, frozen=1)


def fill(sheet: Sheet, report: Report) -> None:
    """Write it; the last sheet to be filled, for it says what the others had no room for."""
    sheet.head()
    for what, text in (*_facts(report), *_unfit(sheet.book)):
        sheet.row((what, text))
    for place, (what, text) in enumerate(_LEGEND):
        sheet.row((tr(what), tr(text)), ruled=place == 0)
    for place, (what, text) in enumerate(report.remarks):
        sheet.row((what, text), ruled=place == 0)
    sheet.fit(filtered=False)


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    board = report.board
    yield tr("title"), report.title
    yield tr("as of"), board.as_of.isoformat()
    yield tr("method"), report.method
    for said in report.clocks:
        yield tr("scope"), said
    yield tr("status"), listed(counted(count, word) for word, count in board.counts)
    for said in report.ledger_summary:
        yield tr("Promises"), said
    yield tr("content hash"), f"sha256:{report.digest}"
    yield (
        tr("how to verify"),
        tr(
            "The JSON snapshot with the same options and version has the same hash:"
            " gztrack snapshot -f json --as-of {date}",
            date=board.as_of,
        ),
    )


def _unfit(book: Book) -> Iterator[tuple[str, str]]:
    """What did not fit, each with how often; nothing in most workbooks."""
    for count, said in (
        (
            book.cut,
            ntr(
                "{n:,} text was cut to what a cell holds",
                "{n:,} texts were cut to what a cell holds",
                book.cut,
            ),
        ),
        (
            book.unlinked,
            ntr(
                "{n:,} address is no link: a sheet holds no more of them",
                "{n:,} addresses are no links: a sheet holds no more of them",
                book.unlinked,
            ),
        ),
        (
            book.left_out,
            ntr(
                "{n:,} row is left out: a sheet holds no more of them; CSV and JSON do",
                "{n:,} rows are left out: a sheet holds no more of them; CSV and JSON do",
                book.left_out,
            ),
        ),
    ):
        if count:
            yield tr("not in here"), said
