"""A snapshot as an XLSX workbook: progress, ledger, readings, sources, and what it all is."""

from __future__ import annotations

import io
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, time
from errno import EDQUOT, ENOSPC
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from gztrack import __version__
from gztrack.errors import StoreFull
from gztrack.export.report import Report
from gztrack.export.workbook import about, ledger, news, progress, readings
from gztrack.export.workbook.sheet import FONT, Book
from gztrack.export.workbook.values import text_cell
from gztrack.language import language, tr

MANY = 20_000
"""Readings from which rows go through files: in memory a cell takes a few hundred bytes."""

_LONGEST_PROPERTY = 255


def render(report: Report) -> bytes:
    """The report as a workbook; the same report gives the same bytes.

    Raises:
        StoreFull: There is no room for the files that a large one goes through.
    """
    large = sum(len(item["readings"]) for item in report.data["indicators"]) >= MANY
    try:
        # A folder of their own, so that none of the files stays behind, whatever comes.
        with TemporaryDirectory(prefix="gztrack-") if large else nullcontext("") as folder:
            return _made(report, folder)
    except (OSError, FileCreateError) as error:
        cause = error.args[0] if isinstance(error, FileCreateError) else error
        if getattr(cause, "errno", None) not in (ENOSPC, EDQUOT):
            raise
        raise StoreFull(tr("the folder for temporary files is full: name another one with TMPDIR")) from None


def _made(report: Report, folder: str) -> bytes:
    """The workbook's bytes; its rows go through files in a folder, or through memory where there is none."""
    made = io.BytesIO()
    options = {
        # Texts are texts, whatever they look like.
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": not folder,
        "constant_memory": bool(folder),
        "tmpdir": folder or None,
        "use_zip64": True,
        "default_format_properties": dict(FONT),  # it writes into it
    }
    file = xlsxwriter.Workbook(made, options)
    file.set_properties(_properties(report))
    file.set_custom_property("content hash", f"sha256:{report.digest}")
    file.set_custom_property("language", language())
    try:
        _fill(Book(file, report.title), report)
        file.close()
    finally:
        for sheet in file.worksheets() if folder else ():
            with suppress(OSError):
                sheet.row_data_fh.close()
    return made.getvalue()


def _properties(report: Report) -> dict[str, object]:
    day = datetime.combine(report.board.as_of, time(), UTC)
    return {
        "title": text_cell(report.title).text[:_LONGEST_PROPERTY],
        "subject": tr("as of {date}", date=report.board.as_of),
        "comments": tr("Content hash {hash}", hash=report.digest),
        "keywords": f"gztrack {__version__}",
        # The same facts as of the same day are the same file, whenever it is written.
        "created": day.replace(tzinfo=None),
    }


def _fill(book: Book, report: Report) -> None:
    fresh = news.opened(book) if report.news else None
    board, promises, figures = progress.opened(book), ledger.opened(book), readings.opened(book)
    sources, meaning = readings.sources(book), about.opened(book)
    spans = readings.fill(figures, report)
    progress.fill(board, report, figures, spans)
    ledger.fill(promises, report)
    readings.fill_sources(sources, report)
    if fresh and report.news:
        news.fill(fresh, report.news)
    about.fill(meaning, report)
    board.drawn.activate()
