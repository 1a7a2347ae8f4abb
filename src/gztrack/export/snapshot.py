"""Progress snapshots: the same facts and date give the same bytes, whoever asks and whenever."""

from __future__ import annotations

import os
from importlib import import_module

from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.export.files import save
from gztrack.export.report import Report, build
from gztrack.language import ntr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.progress import Progress
from gztrack.services.reader import NOW, Clocks, Reader
from gztrack.services.views import Done

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from types import ModuleType


class Format(NamedTuple):
    """How a snapshot is written.

    Attributes:
        module: The module of `gztrack.export` whose ``render`` makes bytes of a report.
        charted: It shows charts.
        binary: It is no text, and so needs a file.
        alone: It can show the chart of one indicator alone: the module has a ``render_chart``.
        package: What has to be installed beside gztrack; the extra that brings it is called as the format is.
        tells: Its module's ``told`` says of the bytes how they were made.
    """

    module: str
    charted: bool = False
    binary: bool = False
    alone: bool = False
    package: str = ""
    tells: bool = False


KINDS: dict[str, Format] = {
    "md": Format("markdown"),
    "html": Format("html.page", charted=True),
    "csv": Format("csv_snapshot"),
    "json": Format("json_snapshot"),
    "txt": Format("plain"),
    "svg": Format("svg", alone=True),
    "xlsx": Format("workbook.book", binary=True, package="xlsxwriter"),
    "png": Format("picture.page", binary=True, alone=True, package="resvg_py", tells=True),
}
FORMATS = tuple(KINDS)
PICTURES = tuple(name for name, kind in KINDS.items() if kind.alone)
"""Those that can show the chart of one indicator alone."""


def render(
    tracker: Reader,
    format: str = "md",  # noqa: A002
    clocks: Clocks = NOW,
    method: str = "",
    *,
    only: Selection = EVERYTHING,
    chart: str = "",
    since: date | None = None,
) -> bytes:
    """A snapshot.

    Args:
        tracker: Whose facts.
        format: One of `FORMATS`.
        clocks: As of when.
        method: How statuses are reckoned; empty for each indicator's own method.
        only: Rows that are asked for.
        chart: Id of one of them whose chart is the whole of it; empty for the board. The format is one of `PICTURES`.
        since: Tell what is new since this day too.

    Raises:
        InputError: There is no such format, method or date, or what writes it is not installed.
    """
    return _made(tracker, format, clocks, method, None, only, chart, since)[1]


def write(
    tracker: Reader,
    format: str,  # noqa: A002
    path: str,
    clocks: Clocks = NOW,
    method: str = "",
    force: bool = False,
    progress: Progress | None = None,
    *,
    only: Selection = EVERYTHING,
    chart: str = "",
    since: date | None = None,
) -> Done:
    """Write a snapshot into a file, whole or not at all.

    Args:
        tracker: Whose facts.
        format: One of `FORMATS`; empty for the one that the file's name ends in.
        path: Where to.
        clocks: As of when.
        method: How statuses are reckoned; empty for each indicator's own method.
        force: Replace a file that is there.
        progress: Told how many indicators are done, and for the last time before the file is written.
        only: Rows that are asked for.
        chart: Id of one of them whose chart is the whole of it; empty for the board. The format is one of `PICTURES`.
        since: Tell what is new since this day too.

    Raises:
        InputError: There is no such format, method or date, what writes it is not installed, or the file cannot be
            made there.
        StoreFull: There is no room for it.
        Cancelled: ``progress`` called it off; no file was made or changed.
    """
    format = format or os.path.splitext(path)[1].removeprefix(".").lower()  # noqa: A001
    report, data = _made(tracker, format, clocks, method, progress, only, chart, since)
    if progress is not None:
        progress(len(report.board.rows), len(report.board.rows), term("writing"), term("indicators"))
    save(path, data, force=force)
    said = ntr(
        "wrote {path}: {n:,} indicator as of {date}, content hash {hash}",
        "wrote {path}: {n:,} indicators as of {date}, content hash {hash}",
        len(report.board.rows),
        path=clean(path),
        date=report.board.as_of,
        hash=report.short_digest,
    )
    return Done((said, *told(format, data)))


def told(format: str, data: bytes) -> tuple[str, ...]:  # noqa: A002
    """What a person is told of how a snapshot was made; nothing of most formats."""
    if not kind_of(format).tells:
        return ()
    said: tuple[str, ...] = writer(format).told(data)
    return said


def kind_of(name: str) -> Format:
    """How a format is written.

    Raises:
        InputError: There is no such format.
    """
    found = KINDS.get(name)
    if found is None:
        formats = listed(FORMATS)
        raise InputError(
            tr("no such snapshot format: '{name}'; there are {formats}", name=name, formats=formats)
        )
    return found


def _made(
    tracker: Reader,
    format: str,  # noqa: A002
    clocks: Clocks,
    method: str,
    progress: Progress | None,
    only: Selection,
    chart: str,
    since: date | None,
) -> tuple[Report, bytes]:
    charted = kind_of(format).charted or bool(chart)
    module = writer(format)  # before the work: what it needs may not be installed
    report = build(tracker, clocks, method, progress, only=only, charted=charted, since=since)
    data: bytes = module.render_chart(report, chart) if chart else module.render(report)
    return report, data


def writer(format: str) -> ModuleType:  # noqa: A002
    """The module that writes a format; imported now, for nobody needs all of them.

    Raises:
        InputError: There is no such format, or what it needs beside gztrack is not installed.
    """
    kind = kind_of(format)
    try:
        return import_module(f"gztrack.export.{kind.module}")
    except ModuleNotFoundError as error:
        if not kind.package or error.name != kind.package:
            raise
        raise InputError(
            tr(
                "{format} needs {package}: pip install 'gztrack[{format}]'",
                format=format,
                package=kind.package,
            )
        ) from None
