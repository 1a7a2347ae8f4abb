"""The session of somebody behind a gate: their permit, and no path of the host in anything they are told."""

from __future__ import annotations

import os

from gztrack.cli.gating.notes import FAILED, REFUSED, Notes
from gztrack.cli.gating.terms import Terms
from gztrack.cli.session import Session
from gztrack.cli.words import Globals
from gztrack.errors import GztrackError, RefusedError, StoreError
from gztrack.language import english, tr
from gztrack.light import cached_property
from gztrack.storage.locations import DATABASE, Location, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gztrack.cli.session import Result

LONGEST_TOLD = 4_000
"""Characters of a message."""


class GatedSession(Session):
    """The surroundings of one gated command.

    The database is reached by its last name from the folder that it stands in, so that its path is in no message,
    wherever that arises.

    Args:
        terms: What the key opens.
        asked: What was asked for, for the log.
        environ: The environment, scrubbed.

    Attributes:
        permit: What is allowed.
        hooks: Whether what is written may start the database's hooks.
    """

    def __init__(self, terms: Terms, asked: str, environ: Mapping[str, str]) -> None:
        super().__init__(Globals(author=terms.author), environ)
        self.terms = terms
        self.permit = terms.permit
        self.hooks = terms.hooks
        self.unforeseen = self._unforeseen
        self._faults: list[GztrackError] = []
        self.notes_of_gate = Notes(self.database.path, terms.author, environ, asked)

    def says(self, given: Globals) -> None:
        """Take in the global options that a gate leaves to people."""
        self.json = given.json
        self.quiet = given.quiet
        self.ascii = given.ascii
        self._given = given._replace(db=None, author=self.terms.author)

    @cached_property
    def database(self) -> Location:
        """The database of this key, by its whole path."""
        return resolve(self.terms.db, self._environ)

    @cached_property
    def location(self) -> Location:
        """The database of this key, as it is reached; a gate makes none.

        Raises:
            StoreError: It is not there.
        """
        if self.database.state() != DATABASE:
            raise StoreError(
                tr("there is no database behind this gate; whoever keeps this host makes one: gztrack init")
            )
        folder, name = os.path.split(self.database.path)
        try:
            os.chdir(folder)
        except OSError:
            raise StoreError(
                tr("the database behind this gate cannot be reached from this account")
            ) from None
        return Location(name or ".", named=True)

    @property
    def drafts(self) -> str:
        """The file of this person's drafts: several share the account."""
        from hashlib import blake2b

        state = os.path.join(os.path.expanduser("~"), ".local", "state")
        whose = os.fsencode(self.database.path) + b"\0" + self.author.encode("utf-8", "surrogateescape")
        return os.path.join(state, "gztrack", f"drafts-{blake2b(whose, digest_size=12).hexdigest()}.json")

    def addressed(self, text: str) -> str:
        """A text without paths of the host; commands are typed as they are named."""
        if "/" not in text:
            return text
        from gztrack.services.masking import without_paths

        return without_paths(text, (self.database.path, self._environ.get("HOME", "")))

    def guarded(self, action: Callable[[], Result]) -> Result:
        """Do something behind the gate: what is refused or fails is noted, and told without a path.

        Raises:
            GztrackError: What went wrong, as people are told it.
            KeyboardInterrupt: They called it off.
            BrokenPipeError: Nobody reads the answer any more.
        """
        try:
            return action()
        except (KeyboardInterrupt, BrokenPipeError):
            raise
        except GztrackError as error:
            if isinstance(error, RefusedError):
                self.notes_of_gate.add(REFUSED, english(str(error)), error.code)
            elif error.exit_code == StoreError.exit_code and error not in self._faults:
                self.notes_of_gate.add(FAILED, english(str(error)), "store")
            error.reword(lambda text: _clipped(self.addressed(text)))
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, nobody behind a gate sees its traceback
            raise self._unforeseen(error) from None

    def _unforeseen(self, error: BaseException) -> GztrackError:
        """Note a fault with its traceback; what people are told of it."""
        import traceback

        self.notes_of_gate.add(FAILED, "".join(traceback.format_exception(error)), "fault")
        self._faults.append(_as_told(error))
        return self._faults[-1]


def _clipped(text: str) -> str:
    """A message of a bounded length: it may repeat what was sent, and that may be all of standard input."""
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


def _as_told(error: BaseException) -> GztrackError:
    """What people are told of a fault."""
    if isinstance(error, OSError):
        from gztrack.domain.reasons import reason_of

        reason = reason_of(error).lower()
        return StoreError(
            tr("that failed ({reason}); whoever keeps this gate finds it in its log", reason=reason)
        )
    return GztrackError(
        tr("that failed over a fault of gztrack; whoever keeps this gate finds it in its log")
    )
