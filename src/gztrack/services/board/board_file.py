"""What a large database's board looks like, kept beside its journal: whoever looks next need not read it all.

It holds for one state of the journal, one day, one language and one version of the program, and is taken for
absent in any other case. A small database has none (`gztrack.services.databases.looking.LARGE`).
"""

from __future__ import annotations

from gztrack import __version__
from gztrack.domain.assessment import Assessment
from gztrack.errors import StoreError
from gztrack.language import language, manner
from gztrack.light import NamedTuple
from gztrack.services.board.flat import flat, view_of
from gztrack.services.views import Board, Detail, Row
from gztrack.storage.derived import Derived, read_derived, write_derived
from gztrack.storage.files import BOARD, CHINESE_BOARD
from gztrack.storage.journal import Journal
from gztrack.storage.store import Cursor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class Kept(NamedTuple):
    """A board as it was kept.

    Attributes:
        cursor: How far the journal went.
        board: As `Reader.board` gives it when nothing is asked for, but for the assessments in its rows:
            they say status, reason and method, and not how these came about, which no face shows of a board.
        detail: Of its first row.
        language: In which both are worded.
    """

    cursor: Cursor
    board: Board
    detail: Detail | None
    language: str = "en"


def _told(row: Row) -> Row:
    """A row of the list without how its status came about, which is half of what there is to keep."""
    found = row.assessment
    return row._replace(assessment=Assessment(found.status, found.reason, found.method))


def as_kept(board: Board) -> Board:
    """A board as its file has it."""
    return board._replace(rows=tuple(map(_told, board.rows)))


def _is_whole(views: object) -> bool:
    """Whether they are what `BoardFile.write` keeps, to the last row: anybody may write a file."""
    if not isinstance(views, tuple) or len(views) != 2:
        return False
    board, detail = views
    if type(board) is not Board or not isinstance(board.rows, tuple) or not isinstance(board.counts, tuple):
        return False
    return all(type(row) is Row for row in board.rows) and (detail is None or type(detail) is Detail)


def _file() -> str:
    """Each language has a file of its own, so that people of both do not throw out each other's."""
    return BOARD if language() == "en" else CHINESE_BOARD


class BoardFile:
    """The kept board of one database.

    Args:
        journal: The database's.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def read(self, today: date) -> Kept | None:
        """The board of this day and of the journal as it is now in the language of people's answers, else None."""
        found = read_derived(self._journal.directory, _file())
        if found is None or not isinstance(found.content, dict):
            return None
        content = found.content
        kept_for = tuple(map(content.get, ("version", "day", "language")))
        if kept_for != (__version__, today.isoformat(), manner()):
            return None
        # What is shown must not hide that the journal lost something: all of it is held against the mark.
        cursor = self._journal.proven(found.offset, found.checksum, found.generation)
        if cursor is None:
            return None
        try:
            views = view_of(content["views"])
        except (ValueError, KeyError, RecursionError):
            return None
        if not _is_whole(views):
            return None
        board, detail = views
        return Kept(cursor, board, detail, manner())

    def write(self, kept: Kept) -> bool:
        """Keep a board; False where it is no usual one or that cannot be done, which loses nothing."""
        cursor, board, detail, said_in = kept
        if board.travelling or board.forced:
            return False
        whole = detail and detail.row._replace(assessment=detail.row.assessment._replace(counted=()))
        views = flat((as_kept(board), detail and whole and detail._replace(row=whole)))
        day = board.as_of.isoformat()
        content = {"version": __version__, "day": day, "language": said_in, "views": views}
        try:
            return write_derived(
                self._journal.directory,
                Derived(cursor.offset, cursor.checksum, cursor.generation, content),
                _file(),
            )
        except (StoreError, ValueError):  # a figure that JSON cannot say: it is reckoned each time
            return False
