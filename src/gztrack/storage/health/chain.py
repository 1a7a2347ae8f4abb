"""CRC-32 read backwards: the state before some bytes, and the bit whose flipping explains a difference.

CRC-32 is linear over bits: it is the remainder of a polynomial division (reflected, 0xEDB88320;
see Ross Williams, "A painless guide to CRC error detection algorithms"). So a state can be run
backwards through bytes, and one flipped bit changes the result by a value that depends only on
how far from the end it is.
"""

from __future__ import annotations

_POLYNOMIAL = 0xEDB88320
_ALL = 0xFFFFFFFF
_LONGEST = 1 << 18
"""Bytes in which a flipped bit is looked for: beyond that a chance find becomes likely."""


def _table() -> list[int]:
    entries = []
    for entry in range(256):
        for _ in range(8):
            entry = entry >> 1 ^ (_POLYNOMIAL if entry & 1 else 0)
        entries.append(entry)
    return entries


_FORWARD = _table()
_TRACES = {_FORWARD[1 << bit]: bit for bit in range(8)}
"""What one flipped bit of the last byte makes of a state."""

_BACKWARD = {entry >> 24: (entry, byte) for byte, entry in enumerate(_FORWARD)}
"""The top byte of a table entry is different for each, so it tells which byte was shifted out."""


def state_before(data: bytes, after: int) -> int:
    """The CRC-32 before some bytes, from the one after them.

    Args:
        data: The bytes.
        after: CRC-32 of everything up to their end.
    """
    state = after ^ _ALL
    for byte in reversed(data):
        entry, low = _BACKWARD[state >> 24]
        state = ((state ^ entry) << 8 & _ALL) | (low ^ byte)
    return state ^ _ALL


def flipped_bit(difference: int, length: int) -> int | None:
    """Which bit of some bytes, flipped, changes their CRC-32 by a difference.

    Args:
        difference: The right checksum, exclusive-or the one that was reckoned.
        length: How many bytes there are.

    Returns:
        Eight times its byte's place plus its place in the byte, or None where no single bit does.
    """
    if not difference or length > _LONGEST:
        return None
    # Each byte after the flipped one shifts its trace on by one step of the table: go back step by step.
    trace = difference
    for place in range(length - 1, -1, -1):
        bit = _TRACES.get(trace)
        if bit is not None:
            return place << 3 | bit
        entry, low = _BACKWARD[trace >> 24]
        trace = ((trace ^ entry) << 8 & _ALL) | low
    return None
