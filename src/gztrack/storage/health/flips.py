"""One flipped bit: found by the difference that it makes to the checksums, and put right beyond doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zlib import crc32

from gztrack.language import tr
from gztrack.storage.health.chain import flipped_bit
from gztrack.storage.lines import SEAL, claimed, each_line, is_intact, loads, seal_end, verified

_LONGEST_WORD = 20
_SURE = 11_000
"""Bytes up to which one checksum is enough to tell one flipped bit from two."""


def put_right(
    region: bytes, checksum: int, proves: Callable[[bytes, int], bool]
) -> list[tuple[bytes, int]] | None:
    """The lines of a region in which one bit was flipped, as they were written.

    Args:
        region: Some lines, the last one with its seal.
        checksum: CRC-32 of everything before them.
        proves: Whether what stands behind a line, or the mark, goes with a line and the checksum after it.

    Returns:
        Each line and the checksum after it; None where one bit does not explain it.
    """
    right = _seal_put_right(region, checksum, proves) if region.count(b"\n", 0, -1) == 0 else None
    right = right or _body_put_right(region, checksum)
    return None if right is None else list(_verified_all(right, checksum)) or None


def _body_put_right(region: bytes, checksum: int) -> bytes | None:
    if claimed(region) is None:
        return None
    difference = crc32(region[:-SEAL], checksum) ^ int(region[-11:-3], 16)
    at = flipped_bit(difference, len(region) - SEAL)
    if at is None:
        return None
    right = bytearray(region)
    right[at >> 3] ^= 1 << (at & 7)
    return bytes(right)


def _seal_put_right(line: bytes, checksum: int, proves: Callable[[bytes, int], bool]) -> bytes | None:
    """A line whose running checksum itself was hit; what stands behind it proves it."""
    end = seal_end(crc32(line[:-SEAL], checksum))
    if sum((a ^ b).bit_count() for a, b in zip(end, line[-SEAL:], strict=False)) != 1:
        return None
    right = line[:-SEAL] + end
    return right if len(right) == len(line) and proves(right, crc32(right, checksum)) else None


def _verified_all(lines: bytes, checksum: int) -> Iterator[tuple[bytes, int]]:
    """Each line with the state after it, or nothing at all where one does not fit."""
    found: list[tuple[bytes, int]] = []
    for line in each_line(lines):
        after = verified(line, checksum)
        if after is None or not _is_believable(line, len(lines)):
            return
        checksum = after
        found.append((line, after))
    yield from found


def _is_believable(line: bytes, region: int) -> bool:
    """Whether a line that one bit was put right in is what was written, and not what else gives its checksum.

    Lines of schema 1 have only one checksum. CRC-32 tells one flipped bit from two up to some 11
    kilobytes (Koopman, "32-bit cyclic redundancy codes for Internet applications").
    """
    own = is_intact(line)
    if own is not None:
        return own
    try:
        loads(line)
    except ValueError:
        return False
    return region <= _SURE


def told(harmed: bytes, right: bytes) -> str:
    """What one flipped bit made of a word, as far as it is one that can be shown."""
    at = first_difference(harmed, right)
    start, end = at, at + 1
    while start > 0 and right[start - 1 : start].isalnum() and at - start < _LONGEST_WORD:
        start -= 1
    while end < len(right) and right[end : end + 1].isalnum() and end - at < _LONGEST_WORD:
        end += 1
    now, then = harmed[start:end].decode("ascii", "replace"), right[start:end].decode("ascii", "replace")
    shown = now.isprintable() and then.isprintable() and then.isalnum()
    if not shown:
        return tr("has one flipped bit; what it said is known")
    return tr(
        "has one flipped bit ({now} stands where {then} was written); what it said is known",
        now=now,
        then=then,
    )


def first_difference(harmed: bytes, right: bytes) -> int:
    """Where the first byte is that differs."""
    return next(at for at, (a, b) in enumerate(zip(harmed, right, strict=True)) if a != b)
