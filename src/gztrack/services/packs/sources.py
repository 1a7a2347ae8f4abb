"""Files that somebody names, or standard input, read once from the front: what they are is seen before the rest."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.services.importing.encodings import refuse_other_formats

STDIN = "-"
"""The name that stands for standard input."""

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of the largest file that is read as a whole."""

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of the longest line of a file that is read line by line; a fact takes a few hundred."""

_LOOK = 1 << 16
_NO_NAME = term("no file name")


class Source:
    """A file from its first byte.

    Attributes:
        name: What to call it in messages.
        size: Bytes; 0 where nobody knows.
        start: Its first bytes, as many as tell what it is.
    """

    def __init__(self, name: str, path: str, file: IO[bytes], size: int = 0) -> None:
        self.name = name
        self.size = size
        self._path = path
        self._file = file
        self.start = self._read(_LOOK)

    def whole(self) -> bytes:
        """All of it; of what is no text the first bytes are enough.

        Raises:
            InputError: It cannot be read, or is too large for that.
        """
        if self.size <= LARGEST_FILE:
            refuse_other_formats(self.start, self.name)
            data = self.start + self._read(LARGEST_FILE + 1 - len(self.start))
            if len(data) <= LARGEST_FILE:
                return data
        raise InputError(tr("{path}: larger than 512 MiB; import it in parts", path=self._path))

    def lines(self) -> Iterator[bytes]:
        """Its lines with their ends, one after the other.

        Raises:
            InputError: It cannot be read, or a line is longer than any fact.
        """
        pending, number = self.start, 0
        while True:
            at = 0
            while end := pending.find(b"\n", at) + 1:
                number += 1
                yield pending[at:end]
                at = end
            pending = pending[at:]
            if len(pending) > LONGEST_LINE:
                said = tr("longer than 64 MiB, which no fact is")
                raise InputError(
                    tr("{name}, line {line}: {problem}", name=self.name, line=number + 1, problem=said)
                )
            piece = self._read(max(_LOOK, len(pending)))
            if not piece:
                break
            pending += piece
        if pending:
            yield pending

    def _read(self, most: int) -> bytes:
        with _readable(self._path):
            return self._file.read(most)


@contextmanager
def opened(path: str) -> Iterator[Source]:
    """Open what somebody named.

    Raises:
        InputError: It cannot be read.
    """
    if path == STDIN:
        yield Source(tr("standard input"), path, sys.stdin.buffer if sys.stdin is not None else io.BytesIO())
        return
    said = clean(path)
    with _readable(said):
        file = open(path, "rb")  # noqa: SIM115  # closed below
    with file:
        yield Source(clean(os.path.basename(path)), said, file, os.fstat(file.fileno()).st_size)


@contextmanager
def _readable(path: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        why = reason_of(error).lower() if isinstance(error, OSError) else tr(_NO_NAME)
        raise InputError(tr("{path}: cannot be read: {reason}", path=path, reason=why)) from None
