"""What a program sent to a terminal, searched for what user text must never cause."""

from __future__ import annotations

import base64
import re

_CSI = re.compile(r"\x1b\[([<=>?]?)([0-9;:]*)([ !-/]*)([@-~])")
_OSC = re.compile(r"\x1b\](\d*);?([^\x07\x1b]*)(?:\x07|\x1b\\)")

MOVES = set("ABCDHJKXfhlmnprstuq")
"""Final bytes of the control sequences that the program itself uses."""

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_C1 = re.compile("[\x80-\x9f]")
_C0 = re.compile("[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")


def culprits(data: bytes) -> list[str]:
    """Return everything in the bytes that is neither text nor one of the program's own sequences.

    Its own are cursor movement, colours and modes, OSC 22 (the pointer's shape), and OSC 52, of
    which the copied text has to be clean as well.
    """
    found: list[str] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8 at {error.start}: {data[error.start - 20 : error.start + 20]!r}"]

    def osc(match: re.Match[str]) -> str:
        number, rest = match.groups()
        if number == "52":
            copied = base64.b64decode(rest.partition(";")[2]).decode("utf-8")
            if _C1.search(copied) or _BIDI.search(copied) or any(ord(char) < 32 for char in copied):
                found.append(f"copied {copied!r}")
        elif number != "22":
            found.append(f"OSC {match[0]!r}")
        return ""

    def csi(match: re.Match[str]) -> str:
        _, numbers, _, final = match.groups()
        if final not in MOVES or (final == "t" and numbers[:1] in "12"):
            found.append(f"CSI {match[0]!r}")
        return ""

    text = _CSI.sub(csi, _OSC.sub(osc, text))
    # Leaving: the application keypad and the like.
    text = re.sub(r"\x1b[=>78]", "", text)
    for name, pattern in (
        ("escape", re.compile("\x1b.{0,12}", re.DOTALL)),
        ("C1", _C1),
        ("bidi", _BIDI),
        ("control", _C0),
    ):
        found += [
            f"{name} {text[max(0, m.start() - 15) : m.end() + 15]!r}"
            for m in list(pattern.finditer(text))[:3]
        ]
    return found
