"""The program: the command line, and the board when that is asked for. The only place that knows both."""

from __future__ import annotations

import os
import sys

from gztrack import language
from gztrack.cli.main import BoardRequest, guarded
from gztrack.cli.main import main as command_line
from gztrack.errors import RefusedError
from gztrack.language import tr

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from gztrack.cli.session import Session
    from gztrack.services.progress import Progress
    from gztrack.services.views import Done


def main() -> int:
    """Run the program; returns the exit code."""
    outcome = command_line(sys.argv[1:])
    if isinstance(outcome, BoardRequest):
        request = outcome
        return guarded(lambda: request.session.guarded(lambda: _board(request)))
    return outcome


def _board(request: BoardRequest) -> int:
    """Open the board and stay until it is left.

    Raises:
        GztrackError: The database cannot be opened.
    """
    _hasten()
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path

    from gztrack.services.preferences import preferences
    from gztrack.services.progress import Task

    mine = preferences()
    if not request.lang:
        language.use_names(language.spelled(mine.names))  # before anything is worded
    spoken = language.manner()
    session = request.session
    session.begin()
    if session.permit is not None:
        _shut_side_doors()
    task = Task()
    with ThreadPoolExecutor(1, thread_name_prefix="opening") as pool:
        # It is read while Textual is imported: a small database is there before the first paint.
        opening = pool.submit(session.writing, task)
        from gztrack.tui.app import build
        from gztrack.tui.capabilities import capabilities, theme_for
        from gztrack.tui.desk import Opening

        terminal = capabilities(os.environ)
        # It has been answered; Textual would turn every theme to greys for it, one that was asked for too.
        os.environ.pop("NO_COLOR", None)
        if opening.done():
            opening.result()
        app = build(
            Opening(opening, task, session.permit),
            snapshot=_Snapshots(session),
            ascii=session.ascii if mine.ascii is None else mine.ascii or request.asked_ascii,
            theme=theme_for(request.theme or mine.theme, terminal),
            colours=terminal.colours,
            drafts=Path(session.drafts),
            keymap=mine.keys,
            notice=mine.notice if session.permit is None else ("", ""),  # it names a file of the host
            plain_frames=request.plain_frames,
        )
        app.unforeseen = session.unforeseen
        app.run()
    if app.failure is not None:
        raise app.failure
    if language.manner() == spoken:  # `N` changes it for this session only
        opening.result().keep_board()
    return app.return_code or 0


def _shut_side_doors() -> None:
    """Forget what Textual takes from the environment: a driver's name, keys to press, files to write."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]


def _hasten() -> None:
    """Make the imports of a board cheaper; the board sets the collector going again once it is there."""
    import gc

    gc.disable()  # importing makes a hundred thousand objects, and none of them is garbage
    if "ssl" not in sys.modules and "asyncio" not in sys.modules:
        # A board speaks to nobody, and asyncio does without TLS where there is none.
        sys.modules["ssl"] = None  # type: ignore[assignment]
        import asyncio  # noqa: F401

        del sys.modules["ssl"]


class _Snapshots:
    """Writes snapshots for the board, which knows nothing of their formats.

    Args:
        session: Whose database they are about.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(
        self,
        *,
        format: str,  # noqa: A002
        path: Path,
        as_of: date,
        method: str,
        force: bool,
        progress: Progress | None = None,
    ) -> Done:
        """Write one.

        Raises:
            RefusedError: Whoever came through a gate writes no file on the host.
        """
        if self._session.permit is not None:
            raise RefusedError(
                tr("no file is written here; allowed: {commands}", commands=self._session.permit.named())
            )
        from gztrack.export.snapshot import write
        from gztrack.services.reader import Clocks

        tracker = self._session.writing()
        return write(tracker, format, str(path), Clocks(as_of=as_of), method, force, progress)


if __name__ == "__main__":
    sys.exit(main())
