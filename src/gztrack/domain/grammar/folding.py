"""Folds pasted text to the plain characters that the grammars of values and periods read.

Figures come out of web pages and PDFs with full-width digits, a real minus sign, no-break blanks
between groups of digits, invisible marks. They mean what their plain twins mean, so they are
folded before anything is judged.
"""

from __future__ import annotations

from gztrack.language import tr

_BLANK = "\xa0"

_FOLDED: dict[int, str] = {
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63), "-"),
    **dict.fromkeys((0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x3000), _BLANK),
    **dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), ""),
    **dict.fromkeys((0x223C, 0x2248, 0x301C), "~"),
    **dict.fromkeys((0x2265, 0x2267, 0x2A7E), ">="),
    **dict.fromkeys((0x2264, 0x2266, 0x2A7D), "<="),
    **dict.fromkeys((0x2025, 0x2026), ".."),
    **dict.fromkeys((0x066A, 0xFE6A), "%"),
    0xFFE1: "£",
    0xFFE5: "¥",
    0x842C: "万",
    0x5104: "亿",
}
_table: dict[int, str] = {}


def fold(text: str, *, groups: bool = False) -> str:
    """Folds look-alikes to ASCII and strips the ends.

    Args:
        text: What was typed or pasted.
        groups: Whether a no-break or thin blank between two digits separates groups of one
            number (it becomes ``_``); otherwise every such blank is an ordinary one.

    Returns:
        The folded text; ASCII comes back as it is, apart from blanks at its ends.
    """
    if text.isascii():
        return text.strip()
    if not _table:  # made when a text first needs it: most need none
        _table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | _FOLDED)
    folded = text.translate(_table).strip()
    if groups:
        folded = _join_groups(folded)
    return folded.replace(_BLANK, " ")


def _join_groups(text: str) -> str:
    """Turns the no-break blanks that stand between two digits into underscores."""
    joined = list(text)
    for place in range(1, len(text) - 1):
        if text[place] == _BLANK and is_digit(text[place - 1]) and is_digit(text[place + 1]):
            joined[place] = "_"
    return "".join(joined)


def is_digit(char: str) -> bool:
    """Tells whether the text is one ASCII digit (``str.isdigit`` also takes superscripts)."""
    return len(char) == 1 and "0" <= char <= "9"


def all_digits(text: str) -> bool:
    """Tells whether the text is ASCII digits and nothing else."""
    return text.isascii() and text.isdigit()


def quoted(text: str) -> str:
    """Quotes a piece of the input for an error line, on one line and without control characters."""
    shown = "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))
    return tr("'{text}'", text=shown[:39] + "…" if len(shown) > 40 else shown)
