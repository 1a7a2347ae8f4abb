"""Writing a file whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from errno import EDQUOT, ENOSPC

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean
from gztrack.errors import InputError, StoreFull
from gztrack.language import tr
from gztrack.light import suppress
from gztrack.storage.files import Files, beside, give_name, is_of_a_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def save(path: str, data: bytes | Iterable[bytes], *, force: bool = False) -> str:
    """Write a file under another name beside it, then put it in its place.

    Args:
        path: Where to; a symbolic link is followed.
        data: What it shall hold, at once or in pieces.
        force: Replace what is there.

    Returns:
        Where it stands.

    Raises:
        InputError: It is there already, is no file or a database's own, or its folder is missing or may not be written.
        StoreFull: There is no room for it.
    """
    if not path or "\0" in path:
        raise InputError(tr("no file is named: -o PATH"))
    said, place = clean(path), os.path.realpath(path)
    folder = os.path.dirname(place)
    if os.path.isdir(place):
        raise InputError(tr("{path}: is a folder; name a file in it", path=said))
    if os.path.lexists(place) and not os.path.isfile(place):
        raise InputError(tr("{path}: is no ordinary file; name another one", path=said))
    if is_of_a_database(place):
        raise InputError(tr("{path}: is a database's own file; name another one", path=said))
    if os.path.lexists(place) and not force:
        raise InputError(tr("{path}: is there already; --force replaces it", path=said))
    if not os.path.isdir(folder):
        raise InputError(
            tr("{path}: there is no folder {folder}; make it first", path=said, folder=clean(folder))
        )
    temporary = beside(place)
    try:
        _write(temporary, data)
        give_name(Files(), temporary, place, force=force)
    except FileExistsError:
        raise InputError(tr("{path}: is there already; --force replaces it", path=said)) from None
    except OSError as error:
        why = reason_of(error).lower()
        if error.errno in (ENOSPC, EDQUOT):
            raise StoreFull(tr("{path}: cannot be written: {why}", path=said, why=why)) from None
        raise InputError(
            tr("{path}: cannot be written: {why}; name another place", path=said, why=why)
        ) from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)
    return place


def _write(path: str, data: bytes | Iterable[bytes]) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(fd, "wb") as file:
        file.writelines((data,) if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())
