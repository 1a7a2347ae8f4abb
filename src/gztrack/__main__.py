"""The program: the command line, and the board when that is asked for. The only place that knows both."""

from __future__ import annotations

import os
import sys

from gztrack import language
from gztrack.cli.main import BoardRequest, guarded
from gztrack.cli.main import main as command_line
from gztrack.cli.output import tell
from gztrack.errors import BY_SIGNAL, Ended, RefusedError
from gztrack.language import ntr, tr

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    import signal as signals
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path
    from types import FrameType
    from typing import Any

    from gztrack.cli.session import Session
    from gztrack.export.proof import Proof
    from gztrack.services.board.selecting import Selection
    from gztrack.services.preferences import Preferences
    from gztrack.services.progress import Progress, Task
    from gztrack.services.tracker import Tracker
    from gztrack.services.views import Done
    from gztrack.tui.app import GztrackApp
else:
    import _signal as signals  # the same, without the enumerations that `signal` makes of its numbers

ENDINGS = (signals.SIGINT, signals.SIGTERM, signals.SIGHUP)
"""Signals that ask a program to end."""


_LOADED, _HEARD = 0.005, 1.0
"""Seconds after which it is looked again whether modules are still being loaded, or an interruption went unheard."""


def main() -> int:
    """Run the program; returns the exit code. Whom a signal ended dies by that signal: shells look at it."""
    asked: list[int] = []
    before = _heed(asked)
    try:
        outcome = command_line(sys.argv[1:])
        if isinstance(outcome, BoardRequest):
            request = outcome
            outcome = guarded(lambda: request.session.guarded(lambda: _board(request, asked)))
    except Ended as again:  # it hung while it said that it ends
        outcome = BY_SIGNAL + again.number
    signals.setitimer(signals.ITIMER_REAL, 0)
    for number, handler in before.items():
        signals.signal(number, signals.SIG_DFL if number in asked else handler)
    if asked and outcome == BY_SIGNAL + asked[0]:
        os.kill(os.getpid(), asked[0])
    return outcome


def _heed(asked: list[int]) -> dict[int, Any]:
    """Have signals that end the program raise `Ended`, but those that whoever started it has it ignore (``nohup``).

    Args:
        asked: Takes in which one came.

    Returns:
        What was done about each before.
    """

    def end(number: int, frame: FrameType | None) -> None:
        for each in before:
            signals.signal(each, signals.SIG_IGN)  # to ask once is enough: from now on it cleans up
        asked[:] = asked or [number]
        signals.signal(signals.SIGALRM, end)
        if _is_loading(frame):
            signals.setitimer(signals.ITIMER_REAL, _LOADED)
            return
        # Some of Python's own callbacks swallow what is raised in them.
        signals.setitimer(signals.ITIMER_REAL, _HEARD)
        raise Ended(asked[0])

    found: dict[int, Any] = {number: signals.getsignal(number) for number in ENDINGS}
    before = {number: handler for number, handler in found.items() if handler not in (signals.SIG_IGN, None)}
    for number in before:
        signals.signal(number, end)
    return before


def _is_loading(frame: FrameType | None) -> bool:
    """Whether a module is being imported: what is raised in there is lost, or (in orjson) crashes the interpreter."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _board(request: BoardRequest, asked: list[int]) -> int:
    """Open the board and stay until it is left.

    Args:
        request: Of what database, and how.
        asked: Takes in the signal that ended it.

    Raises:
        GztrackError: The database cannot be opened.
    """
    _hasten()
    from concurrent.futures import ThreadPoolExecutor

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
        app = _app(request, mine, opening, task)
        app.run()
        _leave(app, asked)
    if app.failure is not None:
        raise app.failure
    if language.manner() == spoken:  # `N` changes it for this session only
        opening.result().keep_board()
    return app.return_code or 0


def _app(request: BoardRequest, mine: Preferences, opening: Future[Tracker], task: Task) -> GztrackApp:
    """The board, ready to run.

    Args:
        request: Of what database, and how.
        mine: The person's settings; behind a gate the account's.
        opening: Gives the tracker once it has read the database.
        task: How far that is.

    Raises:
        GztrackError: The database could not be opened.
    """
    from pathlib import Path

    from gztrack.tui.app import build
    from gztrack.tui.capabilities import capabilities, theme_for
    from gztrack.tui.desk import Opening
    from gztrack.tui.hooks import Hooks

    session = request.session
    gated = session.permit is not None
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
        notice=("", "") if gated else mine.notice,  # it names a file of the host
        plain_frames=request.plain_frames,
        hooks=Hooks(quoting=not gated) if session.tells_hooks else None,
    )
    app.unforeseen = session.unforeseen
    app.heed_signals(ENDINGS)
    return app


def _shut_side_doors() -> None:
    """Forget what Textual takes from the environment: a driver's name, keys to press, files to write, a size."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL") or name in ("COLUMNS", "LINES")]:
        del os.environ[name]


def _leave(app: GztrackApp, asked: list[int]) -> None:
    """Finish what goes on behind a board that has given the terminal back.

    Raises:
        Ended: A signal ended it.
    """
    hooks = app.desk.hooks
    if app.ended_by:
        if hooks is not None:
            hooks.stop()
        app.desk.finish()
        tell(app.untold)
        asked.append(app.ended_by)
        said = tr(
            "ended by {signal}; what was typed and not saved is offered again where it was typed",
            signal={int(signals.SIGINT): "SIGINT", int(signals.SIGTERM): "SIGTERM"}.get(
                app.ended_by, "SIGHUP"
            ),
        )
        raise Ended(app.ended_by, said)
    app.desk.finish()
    if hooks is None:
        return
    try:
        if hooks.waiting:
            tell(
                [
                    ntr(
                        "waiting for {n} hook to end; ctrl+c ends it, and what was saved stays saved",
                        "waiting for {n} hooks to end; ctrl+c ends them, and what was saved stays saved",
                        hooks.waiting,
                    )
                ]
            )
        hooks.finish()
    except Ended as ended:
        hooks.stop()
        asked.append(ended.number)
        raise
    finally:
        tell(app.untold)


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
        only: Selection | None = None,
        progress: Progress | None = None,
    ) -> Done:
        """Write one.

        Raises:
            RefusedError: Whoever came through a gate writes no file on the host.
        """
        from gztrack.export.snapshot import write
        from gztrack.services.board.selecting import EVERYTHING
        from gztrack.services.reader import Clocks

        tracker, rows = self._tracker(), only or EVERYTHING
        return write(tracker, format, str(path), Clocks(as_of=as_of), method, force, progress, only=rows)

    def proof(
        self,
        *,
        format: str,  # noqa: A002
        as_of: date,
        method: str,
        only: Selection,
        width: int,
        ascii: bool,  # noqa: A002
        pictures: bool,
        progress: Progress | None = None,
    ) -> Proof:
        """What one would say.

        Raises:
            RefusedError: As for writing one.
        """
        from gztrack.export.proof import proof
        from gztrack.services.reader import Clocks

        return proof(
            self._tracker(),
            format,
            Clocks(as_of=as_of),
            method,
            progress,
            only=only,
            width=width,
            ascii=ascii,
            pictures=pictures,
        )

    def _tracker(self) -> Tracker:
        permit = self._session.permit
        if permit is not None:
            raise RefusedError(tr("no file is written here; allowed: {commands}", commands=permit.named()))
        return self._session.writing()


if __name__ == "__main__":
    sys.exit(main())
