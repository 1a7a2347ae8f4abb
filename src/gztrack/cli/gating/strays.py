"""Lines of a file of keys that are not what somebody meant: glued, broken, a private key, signs that a phone typed.

sshd says nothing of any of them: it passes a line over that it cannot read, and takes the first key of a line.
"""

from __future__ import annotations

import re

from gztrack.cli.gating.keys import KINDS, Key, is_whole, parsed
from gztrack.cli.gating.report import Fault
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PIECES = 40
"""Lines that one key can have been broken into."""

_PRIVATE = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File")
_END = re.compile(r"-----END [A-Z0-9 ]*PRIVATE KEY-----|^Private-(?:MAC|Hash):")
_PART_OF_IT = re.compile(r"[A-Za-z0-9+/=]+|[A-Za-z-]+: .*|\s*")
_A_KEY = re.compile(
    rf"({'|'.join(map(re.escape, sorted(KINDS, key=len, reverse=True)))})[ \t]+(AAAA[A-Za-z0-9+/=]+?)"
    r"(?=[ \t\r]|$|restrict|command=|ssh-|ecdsa-|sk-)"
)
_STARTS = re.compile(
    rf"(?:restrict|no-|pty\b|cert-authority|(?:command|from|environment|expiry-time|permit\w+|principals)=)|"
    rf"(?:{'|'.join(map(re.escape, KINDS))})(?:\s|$)",
    re.IGNORECASE,
)
_TYPESET: dict[str, str | int | None] = {
    "，": ",",
    "“": '"',
    "”": '"',
    "„": '"',
    "＂": '"',
    "‘": "'",
    "’": "'",
    "＝": "=",
    "\u00a0": " ",
    "\u3000": " ",
}
"""Signs that a phone, a chat or an input method puts in the place of those that sshd knows."""


def strays(lines: Sequence[str]) -> list[Fault]:
    """What is wrong with lines of a file that are no keys, or more than one."""
    found: list[Fault] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        fault, length = None, 1
        if not line.lstrip().startswith("#") and line.strip():
            fault, length = _stray(lines, place)
        if fault is not None:
            found.append(fault)
        place += length
    return found


def _stray(lines: Sequence[str], place: int) -> tuple[Fault | None, int]:
    """What is wrong at a line, and how many lines that takes."""
    line, number = lines[place], place + 1
    if _PRIVATE.search(line):
        length = _length_of_private(lines[place:])
        what = tr("a PRIVATE KEY: take it out, and make a new pair (ssh-keygen), for this one was shown")
        return Fault(number, what, place + length), length
    if second := _second_key(line):
        return Fault(
            number,
            tr("a second key begins in its comment: a line break is missing before `{start}`", start=second),
        ), 1
    if parsed(line) is not None:
        return None, 1
    if length := _length_of_broken(lines[place:]):
        what = tr(
            "this is one line that was broken: put it together again, or print it again and append that"
        )
        return Fault(number, what, place + length), length
    if signs := _typeset(line):
        what = tr("typographic signs that sshd does not know: {signs}", signs=signs)
        return Fault(number, what), 1
    what = tr("no key that can be read, sshd passes it over: delete it, or put # in front if it is a remark")
    return Fault(number, what), 1


def _length_of_private(lines: Sequence[str]) -> int:
    """How many lines a private key takes: to its end, or as far as lines look like part of one."""
    for length, line in enumerate(lines[1:], 2):
        if _END.search(line.strip()):
            return length
        if not _PART_OF_IT.fullmatch(line.strip()):
            return length - 1
    return len(lines)


def _second_key(line: str) -> str:
    """How a second key begins that stands on the same line; empty where there is none."""
    keys = [match for match in _A_KEY.finditer(line) if is_whole(match[1], match[2])]
    whole = parsed(line)
    first = keys[0] if keys else None
    if first is None or (whole is not None and first[2] != whole.blob):
        return ""
    if len(keys) > 1:
        return _beginning(line[first.end() : keys[1].start()], keys[1][1])
    if whole is None:
        return ""
    # Only its options were glued on: what follows them was broken as well.
    start = _beginning(whole.comment, "")
    return start if start and "command=" in start else ""


def _beginning(between: str, kind: str) -> str:
    """What the second key's line begins with, as far as it helps to find it."""
    found = re.search(r'(?:restrict(?:,[a-z-]+)*,)?command="|restrict(?=[, ])', between)
    return found[0].rstrip('"') if found else kind


def _length_of_broken(lines: Sequence[str]) -> int:
    """How many lines one key was broken into; 0 where putting lines together makes none."""
    if not _STARTS.match(lines[0].lstrip()):
        return 0
    texts = [lines[0].rstrip("\r"), *[lines[0].strip()] * 2]
    for length, line in enumerate(lines[1:MOST_PIECES], 2):
        piece = line.strip()
        if not piece or piece.startswith("#"):
            return 0
        texts = [texts[0] + line.rstrip("\r"), texts[1] + piece, texts[2] + " " + piece]
        if _PRIVATE.search(piece):
            return 0
        mixed = _mixed(lines[:length])
        if any(_is_one(text) for text in (*texts, mixed)):
            return length + _rest_of_comment(lines, length)
    return 0


def _rest_of_comment(lines: Sequence[str], length: int) -> int:
    """How many lines more the comment goes on; lines broken at a width are no longer than those before them."""
    count = 0
    for before, line in zip(lines[length - 1 :], lines[length:], strict=False):
        piece = line.strip()
        if not piece or len(line) > len(before) or piece.startswith("#") or _STARTS.match(piece):
            break
        count += 1
    return count


def _mixed(lines: Sequence[str]) -> str:
    """Lines put together: base64 without a gap, anything else with one."""
    text = lines[0].strip()
    for line in lines[1:]:
        piece = line.strip()
        inside = re.search(r"AAAA[A-Za-z0-9+/=]*$", text) and re.match(r"[A-Za-z0-9+/=]{16}", piece)
        text += piece if inside else f" {piece}"
    return text


def _is_one(text: str) -> bool:
    return parsed(text) is not None and not _second_key(text)


def _typeset(line: str) -> str:
    """The signs of a line that keep it from being a key, each with what it should be; empty where it is not they."""
    there = [sign for sign in _TYPESET if sign in line]
    plain = line.translate(str.maketrans(_TYPESET))
    if not there or (parsed(plain) is None and not _STARTS.match(line.lstrip())):
        return ""
    return "; ".join(
        tr("{sign} should be {plain}", sign=sign, plain=_named(str(_TYPESET[sign]))) for sign in there
    )


def _named(sign: str) -> str:
    return tr("a blank") if sign == " " else sign


def key_lines(lines: Sequence[str]) -> list[Key]:
    """The keys of a file, as sshd reads them."""
    return [key for number, line in enumerate(lines, 1) if (key := parsed(line, number))]
