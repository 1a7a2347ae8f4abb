"""Progress snapshots: the same facts and date give the same bytes, whoever asks and whenever."""

from __future__ import annotations

import os

from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.export import csv_snapshot, json_snapshot, markdown, plain, svg
from gztrack.export.files import save
from gztrack.export.report import Report, build
from gztrack.language import ntr, term, tr
from gztrack.services.progress import Progress
from gztrack.services.reader import NOW, Clocks, Reader
from gztrack.services.views import Done

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

RENDERERS: dict[str, Callable[[Report], bytes]] = {
    "md": markdown.render,
    "csv": csv_snapshot.render,
    "json": json_snapshot.render,
    "txt": plain.render,
    "svg": svg.render,
}
FORMATS = tuple(RENDERERS)


def render(tracker: Reader, format: str = "md", clocks: Clocks = NOW, method: str = "") -> bytes:  # noqa: A002
    """A snapshot.

    Args:
        tracker: Whose facts.
        format: One of `FORMATS`.
        clocks: As of when.
        method: How statuses are reckoned; empty for each indicator's own method.

    Raises:
        InputError: There is no such format, method or date.
    """
    return _renderer(format)(build(tracker, clocks, method))


def write(
    tracker: Reader,
    format: str,  # noqa: A002
    path: str,
    clocks: Clocks = NOW,
    method: str = "",
    force: bool = False,
    progress: Progress | None = None,
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

    Raises:
        InputError: There is no such format, method or date, or the file cannot be made there.
        StoreFull: There is no room for it.
        Cancelled: ``progress`` called it off; no file was made or changed.
    """
    renderer = _renderer(format or os.path.splitext(path)[1].removeprefix(".").lower())
    report = build(tracker, clocks, method, progress)
    data = renderer(report)
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
    return Done((said,))


def _renderer(name: str) -> Callable[[Report], bytes]:
    found = RENDERERS.get(name)
    if found is None:
        formats = listed(FORMATS)
        raise InputError(
            tr("no such snapshot format: '{name}'; there are {formats}", name=name, formats=formats)
        )
    return found
