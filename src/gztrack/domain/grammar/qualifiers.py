"""Qualifiers of a figure: the signs and words for "more than", "about", "at most" and the like."""

from __future__ import annotations

from gztrack.language import term

SIGN: dict[str, str] = {
    term("exact"): "",
    term("at least"): "≥",
    term("more than"): ">",
    term("about"): "~",
    term("at most"): "≤",
    term("less than"): "<",
}
"""What stands in front of a figure."""

SIGN_ASCII: dict[str, str] = {**SIGN, "at least": ">=", "at most": "<="}
"""The same for terminals and files that hold ASCII only."""

LOWER_BOUNDS = ("at least", "more than")
UPPER_BOUNDS = ("at most", "less than")

MIRRORED: dict[str, str] = {
    "exact": "exact",
    "about": "about",
    "more than": "less than",
    "at least": "at most",
    "less than": "more than",
    "at most": "at least",
}
"""What a qualifier becomes when its figure is told with the other sign."""

# Longest first where one starts like another.
_SIGNS: tuple[tuple[str, str], ...] = (
    (">=", "at least"),
    ("=>", "at least"),
    ("<=", "at most"),
    ("=<", "at most"),
    (">", "more than"),
    ("<", "less than"),
    ("~", "about"),
)
_WORDS: tuple[tuple[str, str], ...] = (
    ("no more than", "at most"),
    ("not more than", "at most"),
    ("no less than", "at least"),
    ("not less than", "at least"),
    ("no fewer than", "at least"),
    ("at least", "at least"),
    ("at most", "at most"),
    ("up to", "at most"),
    ("more than", "more than"),
    ("over", "more than"),
    ("above", "more than"),
    ("exceeding", "more than"),
    ("less than", "less than"),
    ("fewer than", "less than"),
    ("under", "less than"),
    ("below", "less than"),
    ("about", "about"),
    ("around", "about"),
    ("approximately", "about"),
    ("approx.", "about"),
    ("approx", "about"),
    ("roughly", "about"),
    ("circa", "about"),
    ("nearly", "about"),
    ("almost", "about"),
)
_CHINESE: tuple[tuple[str, str], ...] = (
    ("不超过", "at most"),
    ("至多", "at most"),
    ("不少于", "at least"),
    ("不低于", "at least"),
    ("至少", "at least"),
    ("超过", "more than"),
    ("超", "more than"),
    ("逾", "more than"),
    ("不到", "less than"),
    ("不足", "less than"),
    ("低于", "less than"),
    ("大约", "about"),
    ("约", "about"),
    ("将近", "about"),
    ("近", "about"),
)


def leading(text: str) -> tuple[str, str]:
    """Takes the qualifier off the front of a folded text.

    Returns:
        The qualifier (empty if there is none) and what is left, without leading blanks.
    """
    for sign, qualifier in _SIGNS:
        if text.startswith(sign):
            return qualifier, text[len(sign) :].lstrip()
    if text[:1].isalpha():
        lower = text.lower()
        for word, qualifier in _WORDS:
            if lower.startswith(word) and not lower[len(word) : len(word) + 1].isalpha():
                return qualifier, text[len(word) :].lstrip()
        for word, qualifier in _CHINESE:
            if text.startswith(word):
                return qualifier, text[len(word) :].lstrip()
    return "", text
