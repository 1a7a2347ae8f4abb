"""A snapshot as JSON, read back from a file that anybody may have written or changed."""

from __future__ import annotations

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.export.diff.content import Content, MisfitError, content
from gztrack.export.exact_json import is_plain, loads
from gztrack.export.report_data import VERSION, digest_of
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

LARGEST = 1 << 28
"""Bytes of a snapshot that is read: five times what a thousand indicators with a hundred thousand readings take."""

STDIN = "-"


def read(path: str, stdin: IO[bytes]) -> Content:
    """What a snapshot file holds.

    Args:
        path: Where it is; ``-`` for standard input.
        stdin: Standard input.

    Raises:
        InputError: It cannot be read, is no snapshot, a newer one than is known here, or was changed.
    """
    said = tr("standard input") if path == STDIN else clean(path) or "''"
    data, plain = _understood(_bytes(path, stdin, said), said)
    if type(data) is not dict or data.get("gztrack") != "snapshot":
        raise InputError(tr("{file}: is no gztrack snapshot; snapshot -f json writes one", file=said))
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise InputError(tr("{file}: is no snapshot of a version that there is", file=said))
    if version > VERSION:
        raise InputError(
            tr("{file}: was written by a newer gztrack (version {n} of its form); this one knows {known}",
               file=said, n=version, known=VERSION)
        )  # fmt: skip
    digest = _checked(data, said, plain=plain)
    try:
        found = content(data)
    except MisfitError as misfit:
        where = clean(str(misfit))
        raise InputError(
            tr("{file}: is no whole snapshot: {where} is not right", file=said, where=where)
        ) from None
    return found._replace(side=found.side._replace(file=said, digest=digest))


def _bytes(path: str, stdin: IO[bytes], said: str) -> bytes:
    if not path or "\0" in path:
        raise InputError(tr("{file}: no file can be called that", file=said))
    try:
        if path == STDIN:
            found = stdin.read(LARGEST + 1)
        else:
            with open(path, "rb") as file:
                found = file.read(LARGEST + 1)
    except OSError as error:
        why = reason_of(error).lower()
        raise InputError(tr("{file}: is no date, and no file to read: {why}", file=said, why=why)) from None
    if len(found) > LARGEST:
        most = LARGEST >> 20
        raise InputError(tr("{file}: is larger than {n} MiB, and so no snapshot", file=said, n=most))
    return found


def _understood(found: bytes, said: str) -> tuple[Any, bool]:
    try:
        return loads(found)
    except RecursionError:
        raise InputError(tr("{file}: is nested too deeply for a snapshot", file=said)) from None
    except ValueError as error:  # also what is no UTF-8, and numbers with thousands of digits
        line = getattr(error, "lineno", 0)
        where = tr("{file}, line {line}", file=said, line=line) if line else said
        raise InputError(tr("{file}: is no JSON; snapshot -f json writes a snapshot", file=where)) from None


def _checked(data: dict[str, Any], said: str, *, plain: bool) -> str:
    """The content hash, which is that of all the rest."""
    digest = data.pop("hash", None)
    try:
        found = f"sha256:{digest_of(data, plain=(lambda _: True) if plain else is_plain)}"
    except (RecursionError, ValueError):
        found = ""  # what cannot be hashed was never written by a snapshot
    if not found or digest != found:
        raise InputError(
            tr("{file}: its content hash does not fit: it was changed after it was written", file=said)
        )
    return found
