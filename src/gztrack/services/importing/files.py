"""What is in a file, or in standard input: all of it or an error, and never more than memory should hold."""

from __future__ import annotations

import os
import stat
import sys
from io import BufferedReader
from typing import BinaryIO, cast

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.services.importing.encodings import refuse_other_formats

LARGEST_FILE = 512 * 1024 * 1024

STDIN = "-"

_FIRST = 1 << 20
"""Bytes that show whether it is worth reading on."""

_NO_NAME = term("no file name")


def contents(path: str) -> tuple[bytes, str]:
    """The bytes of a file, or with ``-`` of standard input, and what to call it in messages.

    Raises:
        InputError: It cannot be read, is too large, or is no table at all.
    """
    if path == STDIN:
        return _standard_input(), tr("stdin")
    name = os.path.basename(path)
    try:
        with open(path, "rb") as file:
            return _read(file, name, path), name
    except (OSError, ValueError) as error:
        why = reason_of(error).lower() if isinstance(error, OSError) else tr(_NO_NAME)
        raise InputError(tr("{path}: cannot be read: {reason}", path=clean(path), reason=why)) from None


def _standard_input() -> bytes:
    stream = sys.stdin
    if stream is None or stream.closed:
        raise InputError(tr("import -: standard input is closed"))
    name = tr("stdin")
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        return stream.read().encode("utf-8", "replace")
    try:
        return _read(cast("BinaryIO", buffer), name, name)
    except OSError as error:
        raise InputError(
            tr("{path}: cannot be read: {reason}", path=name, reason=reason_of(error).lower())
        ) from None


def _read(file: BinaryIO | BufferedReader, name: str, path: str) -> bytes:
    """All of a file; a device or a pipe that never ends is given up as soon as it is seen to be no table."""
    about = os.fstat(file.fileno()) if hasattr(file, "fileno") else None
    is_file = about is not None and stat.S_ISREG(about.st_mode)
    if is_file and about is not None and about.st_size > LARGEST_FILE:
        raise _too_large(path)
    first = file.read(_FIRST)
    refuse_other_formats(first, clean(name))
    if len(first) < _FIRST:
        return first
    rest = file.read(LARGEST_FILE + 1 - len(first))
    if len(first) + len(rest) > LARGEST_FILE:
        raise _too_large(path)
    return first + rest if rest else first


def _too_large(path: str) -> InputError:
    return InputError(tr("{path}: larger than 512 MiB; import it in parts", path=clean(path)))
