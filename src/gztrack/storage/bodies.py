"""The unsealed lines of one transaction, of which an import has thousands: what is too much to keep is packed."""

from __future__ import annotations

import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN = 1 << 23
"""Bytes that are kept as they are; the lines behind them wait packed, in a fifteenth of their room."""

_LEVEL = 1


class Bodies:
    """Lines in their order, handed out one by one as they were put in."""

    def __init__(self) -> None:
        self._plain: list[bytes] = []
        self._packed: list[bytes] = []
        self._taken = 0

    def append(self, body: bytes) -> None:
        """Keep a line."""
        self._taken += len(body)
        if self._taken <= PLAIN and not self._packed:
            self._plain.append(body)
        else:
            self._packed.append(zlib.compress(body, _LEVEL))

    def __len__(self) -> int:
        return len(self._plain) + len(self._packed)

    def __iter__(self) -> Iterator[bytes]:
        yield from self._plain
        yield from map(zlib.decompress, self._packed)
