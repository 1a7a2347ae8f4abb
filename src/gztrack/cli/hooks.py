"""After a command has written and said so: its hooks, and one line about each that went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from gztrack.cli import output
from gztrack.cli.session import Session
from gztrack.domain.text import clean
from gztrack.errors import Ended, GztrackError
from gztrack.export.announcements import announced, of_readings
from gztrack.language import tr
from gztrack.services.hooks import Call, run
from gztrack.services.quicklog import Logged


def tell_hooks(session: Session) -> None:
    """Run the hooks of everything that a command has written.

    Whatever becomes of them, what was written stays and the command has succeeded.

    Raises:
        Ended: A signal came while one was at work, and ended it.
    """
    path = session.location.path
    try:
        for call in _calls(session):
            _tell(path, call, session)
    except (GztrackError, OSError) as error:
        told = tr("hooks: {why}; what was saved stays saved", why=clean(str(error)))
        output.tell([session.addressed(told)])


def _tell(path: str, call: Call, session: Session) -> None:
    def late() -> None:
        output.tell(
            [tr("waiting for hook {name}; ctrl+c ends it, and what was saved stays saved", name=call.name)]
        )

    try:
        problem = run(path, call, quoting=session.permit is None, late=None if session.quiet else late)
    except Ended as ended:
        said = tr("hook {name} was ended; what was saved stays saved", name=call.name)
        raise Ended(ended.number, said) from None
    if problem:
        output.tell([problem])


def _calls(session: Session) -> Iterator[Call]:
    for outcome in session.outcomes:
        if isinstance(outcome, Logged) and outcome.appended is not None:
            yield from of_readings(outcome.appended(), outcome.register, outcome.moment, clean(outcome.title))
    if session.opened is not None:
        yield from announced(session.opened)
