"""What a command gives back: its data for stdout and its narration for stderr. Light."""

from __future__ import annotations

from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Protocol

    from gztrack.cli.main import BoardRequest
    from gztrack.cli.parser import Found, Parser
    from gztrack.cli.session import Session
else:
    Protocol = object


class Answer(NamedTuple):
    """What a command has to say.

    Attributes:
        data: For stdout. Text is shown safely, line by line; bytes go out as they are.
        notes: For stderr, one line each.
        written: Something was written before this was said, so it stays done even where the
            echo cannot be delivered.
        code: The exit code: a command may have found something, and so have an answer, and still not be well.
        echo: The data only says what was done, so ``--quiet`` leaves it out.
    """

    data: str | bytes
    notes: Sequence[str] = ()
    written: bool = False
    code: int = 0
    echo: bool = False


class Command(NamedTuple):
    """One command.

    Attributes:
        parser: Builds its parser.
        run: Does it. A gate alone gives back an exit code, having answered by itself, or asks for the board.
    """

    parser: Callable[[], Parser]
    run: Callable[[Found, Session], Answer | int | BoardRequest]


class Outcome(Protocol):
    """What an action did, whichever way it went: `Done` of the services or `Logged` of the short way."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What to tell the person."""

    @property
    def handle(self) -> str:
        """Short suffix of the fact's id, or empty."""

    @property
    def tx(self) -> str:
        """Id of the transaction, or empty when nothing was written."""

    @property
    def added(self) -> bool:
        """It was not there before; a repeated key adds nothing."""


def done(outcome: Outcome, session: Session, more: Mapping[str, Any] | None = None) -> Answer:
    """The answer of a writing command: its echo, or with ``--json`` an object.

    The object's ``id`` is that of the fact that was written, the first of several; ``handle`` is
    what the other commands call the reading or target that it is about.

    Args:
        outcome: What was done.
        session: Whether ``--json`` was given.
        more: Further keys for the object.
    """
    session.outcomes.append(outcome)
    if not session.json:
        return Answer("\n".join(outcome.lines), written=bool(outcome.tx), echo=True)
    first = None
    if outcome.tx:
        from gztrack.domain.ids import fact_ids

        first = fact_ids(outcome.tx, 1)[0]
    found = {
        "id": first,
        "tx": outcome.tx or None,
        "handle": outcome.handle or None,
        "echo": list(outcome.lines),
        **(more or {}),
    }
    return Answer(as_json(found), written=bool(outcome.tx))


def as_json(found: object) -> bytes:
    """UTF-8 JSON in a stable order, two blanks a level, with a line end.

    Raises:
        ValueError: A number that JSON does not have.
    """
    import json

    text = json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")
