"""Who runs a command on which database, and when: resolved when first asked for. Light."""

from __future__ import annotations

import os
import sys
from datetime import date
from zlib import crc32

from gztrack.cli.words import Globals
from gztrack.domain.records import SEED_AUTHOR
from gztrack.domain.text import LONGEST_NAME, checked
from gztrack.errors import GztrackError, InputError
from gztrack.language import tr
from gztrack.storage.files import HOOKS
from gztrack.storage.locations import DATABASE, IN_HOOK, Location, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO, TypeVar

    from gztrack.cli.answer import Outcome
    from gztrack.services.permits import Permit
    from gztrack.services.progress import Progress
    from gztrack.services.reader import Reader
    from gztrack.services.tracker import Tracker

    Result = TypeVar("Result")

TODAY = "GZTRACK_TODAY"
"""Environment variable that fixes what counts as today, for reproducible pictures and tests."""


_LOOKING = ["backup", "check", "doctor", "export", "history", "restore", "show", "status", "why"]
_WRITING = [
    "add",
    "archive",
    "correct",
    "edit",
    "import",
    "log",
    "merge",
    "pin",
    "redo",
    "retract",
    "target",
    "undo",
]
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Session:
    """The surroundings of one command.

    Args:
        given: The global options.
        environ: The environment; it chooses the database and the date, never the author.

    Attributes:
        json: Data as JSON.
        quiet: Say nothing but data, errors and guards.
        ascii: Bars and glyphs in plain ASCII.
        notes: What to tell the person beside the command's own answer.
        permit: What this person may do; None for everybody who did not come through a gate.
        hooks: Whether the database's hooks are told what was written.
        outcomes: What the command did, for its hooks.
        discreet: Commands are told as they are named, without the options that reach this database.
        unforeseen: Notes a fault, and says what people are told of it; None where they may see it itself.
    """

    permit: Permit | None = None
    hooks = True
    discreet = False
    unforeseen: Callable[[BaseException], GztrackError] | None = None

    def __init__(self, given: Globals, environ: Mapping[str, str] = os.environ) -> None:
        self.json = given.json
        self.quiet = given.quiet
        self.ascii = given.ascii
        self.notes: list[str] = []
        self.outcomes: list[Outcome] = []
        self._given = given
        self._environ = environ
        self._reader: Reader | None = None
        self._tracker: Tracker | None = None

    @property
    def given(self) -> Globals:
        """The global options."""
        return self._given

    @property
    def location(self) -> Location:
        """The database that is meant, whether or not it exists.

        Raises:
            InputError: The name says nothing.
            StoreError: The name asks for an engine that there is not.
        """
        return resolve(self._given.db, self._environ)

    @property
    def login(self) -> str:
        """The account this process runs under, from the system and never from the environment."""
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return str(os.getuid())

    @property
    def author(self) -> str:
        """Who says what is written: ``--as``, else the account.

        Raises:
            InputError: ``--as`` names nobody, or the seed.
        """
        if self._given.author is None:
            return self.login
        name = author_named(self._given.author)
        if not name:
            raise InputError(tr("--as is empty: give a name, or leave it out for your account's"))
        return name

    @property
    def today(self) -> date | None:
        """The date that is taken for today, or None for the clock's.

        Raises:
            InputError: The variable holds no date.
        """
        text = self._environ.get(TODAY, "")
        if not text:
            return None
        try:
            if len(text) == len("2026-11-24"):  # and not 2026-W48-2, which is a date as well
                return date.fromisoformat(text if "W" not in text else "")
        except ValueError:
            pass
        raise InputError(
            tr("{variable} is no date: '{text}'; as in {variable}=2026-11-24", variable=TODAY, text=text)
        )

    @property
    def drafts(self) -> str:
        """The file that keeps what was typed into this database's forms and not saved."""
        state = self._environ.get("XDG_STATE_HOME", "")
        if not os.path.isabs(state):
            state = os.path.join(os.path.expanduser("~"), ".local", "state")
        return os.path.join(state, "gztrack", f"drafts-{crc32(os.fsencode(self.location.path)):08x}.json")

    def guarded(self, action: Callable[[], Result]) -> Result:
        """Do something; behind a gate what goes wrong is noted and told without a path."""
        return action()

    def reading(self) -> Reader:
        """The service for a command that only reads; nothing is made or written.

        Raises:
            StoreError: The database cannot be opened.
        """
        if self._reader is None:
            self._say_what_is_shown()
            from gztrack.services.databases.looking import open_reader

            _ = self.author  # nobody writes here, and a slip is told all the same
            self._reader = open_reader(self.location, today=self.today, permit=self.permit)
        return self._reader

    def trying(self) -> Tracker:
        """The service for a command that says what writing would do; nothing is made or written.

        Raises:
            StoreError: The database cannot be opened.
        """
        self._say_what_is_shown()
        return self._opened(writing=False)

    def _say_what_is_shown(self) -> None:
        where = self.location
        if where.is_default and where.state() != DATABASE:
            self.notes.append(
                tr(
                    "no database yet at {path}; shown is what a new one starts with: gztrack init makes it",
                    path=where.path,
                )
            )

    def writing(self, progress: Progress | None = None) -> Tracker:
        """The service for a command that writes; at the default place a missing database is made.

        Args:
            progress: Told how much of it has been read; may call it off.

        Raises:
            StoreError: The database cannot be opened or made.
            Cancelled: ``progress`` called it off.
        """
        self.begin()
        return self._opened(writing=True, progress=progress)

    def begin(self) -> Location:
        """The database to write to; at the default place a missing one is made.

        Raises:
            StoreError: There is none where one was named.
        """
        where = self.location
        if where.is_default and where.state() != DATABASE:
            self._opened(writing=True)
            self.notes.append(tr("made a database at {path} from the article's figures", path=where.path))
        where.require()
        return where

    def _opened(self, *, writing: bool, progress: Progress | None = None) -> Tracker:
        if self._tracker is None:
            from gztrack.services.databases.opening import open_tracker

            self._reader = self._tracker = open_tracker(
                self.location,
                author=self.author,
                login=self.login,
                today=self.today,
                writing=writing,
                progress=progress,
                permit=self.permit,
            )
        return self._tracker

    def addressed(self, text: str) -> str:
        """Commands named in a text as they have to be typed to reach this database, as this author.

        What the command line was not told (the variable, the account) goes without saying.
        """
        untold = self._given.db is None and self._given.author is None
        if self.discreet or untold or "gztrack " not in text:
            return text
        place = f" --db {_quoted(self._given.db)}" if self._given.db is not None else ""
        name = f" --as {_quoted(self._given.author)}" if self._given.author is not None else ""
        before, *rest = text.split("gztrack ")
        found = [before]
        for part in rest:
            # Only ASCII makes words here: a command may stand among Chinese characters, without blanks.
            command = part[: next((at for at, char in enumerate(part) if char not in _LETTERS), len(part))]
            is_word = found[-1][-1:] not in _LETTERS
            words = place if command in _LOOKING else place + name if command in _WRITING else ""
            found.append(f"gztrack{words if is_word else ''} {part}")
        return "".join(found)

    @property
    def narrator(self) -> TextIO | None:
        """Where the progress of long work is told; None where nothing is to be said."""
        return None if self.quiet else sys.stderr

    @property
    def tells_hooks(self) -> bool:
        """Whether hooks are told of anything at all: not by what a hook itself has started."""
        return self.hooks and not self._environ.get(IN_HOOK)

    @property
    def has_hooks(self) -> bool:
        """Whether there may be a hook to tell; this is all that a database without hooks pays."""
        return self.tells_hooks and os.path.lexists(f"{self.location.path}/{HOOKS}")

    @property
    def opened(self) -> Tracker | None:
        """The service, where the command asked for it."""
        return self._tracker

    def narration(self) -> list[str]:
        """Everything to tell on stderr so far: own notes first, then the store's."""
        return [*self.notes, *(self._reader.notices if self._reader else ())]


def author_named(text: str) -> str:
    """The author that ``--as`` names, cleaned; empty where it names none.

    Raises:
        InputError: It is too long, or the seed's.
    """
    name = checked(text, "--as", LONGEST_NAME)
    if name == SEED_AUTHOR:
        raise InputError(
            tr(
                "--as: '{seed}' is the name of the facts a database starts with; use another",
                seed=SEED_AUTHOR,
            )
        )
    return name


def _quoted(word: str) -> str:
    """A word as a shell has to be given it."""
    if (
        word
        and word.isascii()
        and word.replace("/", "").replace("-", "").replace(".", "").replace("_", "").isalnum()
    ):
        return word
    from shlex import quote

    return quote(word)
