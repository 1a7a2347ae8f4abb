"""The lines of ``authorized_keys``: options, kind, key and comment, as sshd(8) has them."""

from __future__ import annotations

import base64
import binascii
import re

from gztrack.language import tr
from gztrack.light import NamedTuple

KINDS = (
    "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-dss",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
)  # fmt: skip
"""Kinds of keys; whatever ends in ``-cert-v01@openssh.com`` is a certificate and no key."""

SHORTEST_RSA = 2_048
"""Bits of an RSA key that is long enough."""

BETTER = "ssh-keygen -t ed25519"
"""How somebody makes a key that every server takes."""

_OPTION = re.compile(r'([A-Za-z0-9-]+)(?:="((?:\\"|[^"])*)")?')


class Key(NamedTuple):
    """One key of a file.

    Attributes:
        number: Its line, from 1.
        options: Name in small letters and value, empty for an option without one, in their order.
        kind: One of `KINDS`.
        blob: The key itself, in base64.
        comment: What follows it.
    """

    number: int
    options: tuple[tuple[str, str], ...]
    kind: str
    blob: str
    comment: str

    def option(self, name: str) -> str | None:
        """The value of an option, None where it is not there."""
        return next((value for known, value in self.options if known == name), None)


def parsed(line: str, number: int = 1) -> Key | None:
    """The key of a line; None for a blank line, a comment and what is no key."""
    text = line.strip()
    if not text or text.startswith("#"):
        return None
    options: list[tuple[str, str]] = []
    if text.split(None, 1)[0] not in KINDS:
        found, text = _options(text)
        if found is None:
            return None
        options = found
    kind, blob, comment = (*text.split(None, 2), "", "", "")[:3]  # sshd takes tabs for blanks
    if kind not in KINDS or not is_whole(kind, blob):
        return None
    return Key(number, tuple(options), kind, blob, comment.strip())


def _options(text: str) -> tuple[list[tuple[str, str]] | None, str]:
    """The options before a key, and what follows them; None for what are no options."""
    found: list[tuple[str, str]] = []
    place = 0
    while True:
        match = _OPTION.match(text, place)
        if match is None:
            return None, text
        # sshd undoes nothing but a quoted quote; every other backslash is the shell's.
        found.append((match[1].lower(), (match[2] or "").replace('\\"', '"')))
        place = match.end()
        if text[place : place + 1] != ",":
            break
        place += 1
    if text[place : place + 1] not in (" ", "\t"):
        return None, text
    return found, text[place:].strip()


def parts(blob: str) -> tuple[bytes, ...]:
    """What a key's base64 consists of, its kind first; empty where it is not whole."""
    try:
        data = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return ()
    found = []
    place = 0
    while place < len(data):
        end = place + 4 + int.from_bytes(data[place : place + 4], "big")
        if end > len(data):
            return ()
        found.append(data[place + 4 : end])
        place = end
    return tuple(found)


def is_whole(kind: str, blob: str) -> bool:
    """Whether a key's base64 is whole and is of the kind that stands before it."""
    found = parts(blob)
    return len(found) > 1 and found[0] == kind.encode() and all(found)


def weakness(key: Key) -> str:
    """Why nobody should log in, or can, with a key of this kind or length; empty where there is no reason."""
    if key.kind == "ssh-dss":
        return tr("an ssh-dss key, which sshd takes no more")
    if key.kind == "ssh-rsa":
        bits = int.from_bytes(parts(key.blob)[-1], "big").bit_length()
        if bits < SHORTEST_RSA:
            return tr(
                "an RSA key of {bits:,} bits, and {least:,} are the least", bits=bits, least=SHORTEST_RSA
            )
    return ""


def fingerprint(blob: str) -> str:
    """A key's fingerprint, as ``ssh-keygen -l`` prints it."""
    from hashlib import sha256

    return "SHA256:" + base64.b64encode(sha256(base64.b64decode(blob)).digest()).decode().rstrip("=")
