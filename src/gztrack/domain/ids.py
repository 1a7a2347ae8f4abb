"""Ids that are unique without reading anything: 128 bits, ordered by time, 26 characters.

The first 48 bits are milliseconds since 1970, the other 80 are random. Written in Crockford's
base32 (no i, l, o, u), lower case, so that text order is number order. The facts of a
transaction carry the numbers right after the transaction's own, and so differ in their last
characters, which is what people type.
"""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
BITS = 128

_RANDOM_BITS = 80
_LIMIT = 1 << BITS
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_FOREIGN = "ilou" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_DIGITS = str.maketrans(ALPHABET + _FOREIGN, _DIGITS + "-" * len(_FOREIGN))
_LOW_BITS = 20
_LOW_MASK = (1 << _LOW_BITS) - 1
_FEW = 64
_DIGIT_MASK = 31
_DAY_MS = 86_400_000


def new_tx(now_ms: int | None = None, randomness: Callable[[int], bytes] = os.urandom) -> str:
    """A new transaction id.

    Args:
        now_ms: Milliseconds since 1970 (UTC); the system clock when None.
        randomness: Gives that many random bytes.
    """
    if now_ms is None:
        now_ms = time.time_ns() // 1_000_000
    noise = int.from_bytes(randomness(_RANDOM_BITS // 8), "big")
    return from_int(now_ms << _RANDOM_BITS | noise)


def following(last: str, now_ms: int, randomness: Callable[[int], bytes] = os.urandom) -> str:
    """A transaction id for a moment, greater than another one of about that moment.

    Args:
        last: The other id; empty for none. One of another time, as those made of a key are, does
            not count.
        now_ms: Milliseconds since 1970.
        randomness: Gives that many random bytes.
    """
    made = new_tx(now_ms, randomness)
    if made > last or (as_int(last) >> _RANDOM_BITS) - now_ms > _DAY_MS:
        return made
    # Far enough on that no fact of the other one can have that id.
    return from_int(as_int(last) + (1 << 64) + int.from_bytes(randomness(7), "big"))


def fact_ids(tx: str, n: int, after: int = 0) -> list[str]:
    """Ids of n facts of a transaction, ascending, each derived from the transaction's own.

    Args:
        tx: The transaction's id.
        n: How many.
        after: How many facts of the transaction come before them.
    """
    first = as_int(tx) + 1 + after
    last = first & _DIGIT_MASK
    if not after and last > 0 and last + n <= _DIGIT_MASK:  # only the last character differs
        return [tx[:-1] + ALPHABET[digit] for digit in range(last, last + n)]
    if n <= _FEW:
        return [from_int(number) for number in range(first, first + n)]
    # An import asks for a million: spell the high digits once for every 2**20 of them.
    pairs = [a + b for a in ALPHABET for b in ALPHABET]
    ids: list[str] = []
    while len(ids) < n:
        number = first + len(ids)
        stem = from_int(number)[:-4]
        low = number & _LOW_MASK
        stop = min(low + n - len(ids), _LOW_MASK + 1)
        ids += [stem + pairs[i >> 10] + pairs[i & 1023] for i in range(low, stop)]
    return ids


def keyed(author: str, key: str) -> str:
    """The transaction id that belongs to an author's key, always the same one.

    A retried entry with the same ``--key`` gets the same id and so is recognised.
    """
    import hashlib  # only retried entries pay for it

    text = f"{len(author)}:{author}{key}".encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(text, digest_size=BITS // 8).digest()
    # One bit is given up so that no fact id derived from it can run over 128 bits.
    return from_int(int.from_bytes(digest, "big") >> 1)


def as_int(text: str) -> int:
    """The number an id stands for; TinyDB knows the fact by it.

    Raises:
        ValueError: Not 26 characters of lower-case Crockford base32, or more than 128 bits.
    """
    if len(text) == LENGTH and text.isascii() and text.isalnum():
        digits = text.translate(_TO_DIGITS)
        number = _LIMIT if "-" in digits else int(digits, 32)
        if number < _LIMIT:
            return number
    raise ValueError(f"not an id: {text!r}; an id is {LENGTH} characters of {ALPHABET}")


def from_int(number: int) -> str:
    """The id that stands for a number of at most 128 bits.

    Raises:
        ValueError: Negative, or more than 128 bits.
    """
    if not 0 <= number < _LIMIT:
        raise ValueError(f"not an id: {number}; an id is a number of at most {BITS} bits")
    digits = []
    for _ in range(LENGTH):
        digits.append(ALPHABET[number & 31])
        number >>= 5
    return "".join(reversed(digits))
