"""The sheet of what is new since a day: a row for each thing that is told, as `diff` tells it."""

from __future__ import annotations

from gztrack.export.diff.words import NOTHING
from gztrack.export.report_parts import News
from gztrack.export.wording import listed, told
from gztrack.export.workbook.sheet import Book, Column, Sheet
from gztrack.language import ptr, tr


def opened(book: Book) -> Sheet:
    """The sheet, still empty."""
    columns = (
        Column(tr("what is new"), most=24),
        Column(tr("indicator"), most=34),
        Column(tr("said"), most=80),
        Column(tr("note"), most=40, optional=True),
        Column(tr("sources"), most=12, optional=True),
        Column(ptr("of an indicator", "id"), "beside", 40),
    )
    return Sheet(book, ptr("a sheet", "New"), columns, frozen=2, printed=5)


def fill(sheet: Sheet, news: News) -> None:
    """Write from when to when, then every thing that is new."""
    for number, said in enumerate((news.heading, *news.said)):
        sheet.say(said, bold=number == 0)
    sheet.head()
    if not news.parts:
        sheet.row((tr(NOTHING), "", "", "", "", ""))
    for part in news.parts:
        for place, line in enumerate(part.lines):
            numbers = listed(str(clause.source) for clause in line.clauses if clause.source)
            text = told(clause.text for clause in line.clauses)
            row = (part.heading, line.name, text, line.note, numbers, line.indicator)
            sheet.row(row, ruled=place == 0)
    sheet.fit(filtered=bool(news.parts))
