"""Which database is meant: ``--db``, else ``$GZTRACK_DB``, else the user data folder."""

from __future__ import annotations

import os
import sys

from gztrack.errors import InputError, StoreError, StoreMissing
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage.files import (
    BACKUPS,
    DERIVED,
    FACTS,
    GATE_LOG,
    HOOKS,
    OLD_GATE_LOG,
    QUARANTINE,
    told,
)
from gztrack.storage.lock import Lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "GZTRACK_DB"

IN_HOOK = "GZTRACK_HOOK"
"""Environment variable that names the hook at work; what runs under it runs no hooks, so that none calls itself."""

COMPANIONS = (BACKUPS, HOOKS, QUARANTINE, *DERIVED, GATE_LOG, OLD_GATE_LOG, "lost+found")
"""What may be in a directory where a database once was, or where a disk is mounted."""

DATABASE, MISSING, FOREIGN, FILE = "database", "missing", "not a database", "a file"


class Location(NamedTuple):
    """A database directory, whether or not there is one.

    Attributes:
        path: The directory, absolute; behind a gate its last name, for no message to hold the rest.
        named: Somebody named it (``--db`` or the variable): never made by the first write.
    """

    path: str
    named: bool

    @property
    def is_default(self) -> bool:
        """It is the user data folder, where the first write or board makes the database."""
        return not self.named

    def state(self) -> str:
        """``database``, ``missing``, ``not a database`` (a directory without one) or ``a file``.

        A directory counts as a database, and opening it says what is wrong, when its journal is
        gone although its lock file knows that there was one, and when it may not be looked into.
        """
        try:
            os.lstat(os.path.join(self.path, FACTS))
        except PermissionError:
            return DATABASE
        except OSError:
            mark, _ = Lock(self.path).read_mark() if os.path.isdir(self.path) else (None, "")
            if mark is None:
                return self._without_journal()
        return DATABASE

    def _without_journal(self) -> str:
        if not os.path.lexists(self.path):
            return MISSING
        return FOREIGN if os.path.isdir(self.path) else FILE

    def unused(self) -> bool:
        """Whether a database can be made here without moving in with other files.

        What a creation leaves that was killed halfway is no other file.
        """
        return self.state() in (MISSING, FOREIGN) and not self.others()

    def others(self) -> list[str]:
        """The first few names of what is here and is not a database's; hidden files are let be."""
        if self.state() != FOREIGN:
            return []
        from gztrack.storage.creation import LEFTOVERS

        names = sorted(name for name in os.listdir(self.path) if not name.startswith("."))
        found = [name for name in names if name not in (*LEFTOVERS, *COMPANIONS)]
        return [*found[:3], "..."] if len(found) > 3 else found

    def look_inside(self) -> None:
        """Make sure that this account may look into the directory.

        Raises:
            StoreError: It may not.
        """
        with told(self.path):
            os.listdir(self.path)

    def require(self) -> str:
        """The path of a database that is there.

        Raises:
            StoreMissing: There is none.
            StoreError: It is a file.
        """
        state = self.state()
        if state == DATABASE:
            return self.path
        if state == FILE:
            raise StoreError(tr("{path}: is a file, and a database is a directory", path=self.path))
        init = f"gztrack --db {self.path} init" if self.named else "gztrack init"
        if state == MISSING:
            raise StoreMissing(
                tr(
                    "{path}: no database there: check the name, or make one with {init}",
                    path=self.path,
                    init=init,
                )
            )
        raise StoreMissing(
            tr(
                "{path}: a directory, but no database in it: check the name, or make one with {init}",
                path=self.path,
                init=init,
            )
        )


def resolve(option: str | None, environ: Mapping[str, str], platform: str = sys.platform) -> Location:
    """The database that a command is about.

    Args:
        option: What ``--db`` was given, None when it was not.
        environ: The environment: ``GZTRACK_DB``, ``XDG_DATA_HOME``, ``HOME``.
        platform: As `sys.platform`.

    Raises:
        InputError: An empty name, or a URL that no engine serves.
        StoreError: A URL of an engine that this version does not have.
    """
    if option is not None and not option.strip():
        raise InputError(tr("--db is empty: give the directory of a database"))
    name = option or environ.get(VARIABLE, "")
    if not name:
        return Location(default(environ, platform), named=False)
    scheme, mark, _ = name.partition("://")
    if mark and scheme in ("postgresql", "postgres"):
        raise StoreError(
            tr("PostgreSQL is not available in this version of gztrack: give the directory of a database")
        )
    if mark:
        raise InputError(tr("no such kind of database: {scheme}:// (give a directory)", scheme=scheme))
    return Location(os.path.abspath(os.path.expanduser(name)), named=True)


def default(environ: Mapping[str, str], platform: str = sys.platform) -> str:
    """The user data folder of this platform."""
    home = environ.get("HOME") or os.path.expanduser("~")
    if platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "gztrack")
    base = environ.get("XDG_DATA_HOME", "")
    # The XDG specification has relative paths ignored.
    return os.path.join(base if os.path.isabs(base) else os.path.join(home, ".local", "share"), "gztrack")
