"""Slips of a whole line that its parts do not show: quotes left out, a shell's signs, long dashes, another order.

They are looked for where a line could not be understood, so nothing here is loaded for one that can.
"""

from __future__ import annotations

from gztrack.cli.hints import placed
from gztrack.errors import InputError, UnknownError
from gztrack.language import LANGUAGES, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gztrack.cli.fields import Words
    from gztrack.cli.parser import Found, Trail
    from gztrack.services.entering.entries import LogEntry

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
"""What keyboards and word processors make of one hyphen or two."""

_SIGNS = ("|", "||", "&", "&&", ";", ">>", "<<", "2>&1")
_TURNED = (">", "<")
"""Signs that stand before figures as well."""

_PARTING = {",": ",", "，": ",", ";": ";", "；": ";"}
_HEADERS = ("id", "indicator", "指标")


def odd(words: Sequence[str], *, figures: bool, surely: bool = False) -> str:
    """What is wrong with one of some words; empty where nothing is.

    Args:
        words: A line's, apart from options and their values.
        figures: Figures may stand among them, and ``>`` before these.
        surely: Nothing has gone wrong yet: only what no command could take is told.
    """
    for word, after in zip(words, (*words[1:], ""), strict=True):
        dashes = len(word) - len(word.lstrip(_DASHES + "-"))
        if (
            "a" <= word[dashes : dashes + 1] <= "z"
            and not word[: 1 if surely else dashes].isascii()
            and " " not in word
        ):
            right = f"--{word[dashes:]}"
            return tr(
                "'{word}' begins with a long dash; an option begins with two hyphens: {right}",
                word=word,
                right=right,
            )
        turned = word in _TURNED and not (figures and _has_digit(after))
        sign = word if word in _SIGNS or turned else "" if surely else _attached(word)
        if sign:
            return tr(
                "{sign} is a sign of the shell, and no shell reads this: type one command alone", sign=sign
            )
    return ""


def _attached(word: str) -> str:
    """A shell's sign in a word that has more to it; empty where there is none."""
    if word[-1:] == ";" or word[:1] in (";", "|", "&"):
        return ";" if word[-1:] == ";" else word[0]
    if word[:2] in ("$(", "${") or "`" in word or (word[:1] == "$" and word[1:2].isalpha()):
        return "`" if "`" in word else "$"
    return word[:2] if word[:2] in ("1>", "2>") else ""


def left_over(surplus: Sequence[str], trails: Sequence[Trail], *, none: bool) -> str:
    """What to say of words that a command does not take.

    Args:
        surplus: They.
        trails: What came right behind options.
        none: It takes no words at all.
    """
    for trail in trails:
        if surplus[0] in trail.words:
            return _unquoted(trail, trail.words[: len(surplus)])
    word = surplus[0]
    said = (
        tr("takes no words; '{word}' is left over", word=word)
        if none
        else tr("'{word}' is left over", word=word)
    )
    return (
        tr("{said}; a language is chosen with --lang {word}", said=said, word=word)
        if word in LANGUAGES
        else said
    )


def explained(
    error: InputError, found: Found, understand: Callable[[str], object], texts: Words
) -> InputError:
    """The error with the text that it is about, or what is wrong with the line as a whole.

    Args:
        error: What a service raised.
        found: The line: an indicator or a reference, and the words of a figure.
        understand: Understands a figure.
        texts: What `placed` needs.
    """
    if not found.value or _is_understood(found.value, understand):
        return placed(error, texts)
    words = list(found.value)
    trails = [trail for trail in found.trails if trail.words]
    for word in (word for trail in trails for word in trail.words):
        if word in words:
            words.remove(word)
    if trails and words and _is_understood(words, understand):
        return InputError(_unquoted(trails[0], trails[0].words))
    error = placed(error, texts)
    said = odd(found.value, figures=True)
    return InputError(tr("{error}; {hint}", error=error, hint=said)) if said else error


def swapped(error: InputError, first: str, value: Sequence[str]) -> str:
    """What the line is in the right order, where a figure came first and the indicator behind it; else empty."""
    if isinstance(error, UnknownError) and _has_digit(first):
        for word in value:
            if word in error.there:
                return " ".join((word, first, *(other for other in value if other != word)))
    return ""


def of_line(error: InputError, entry: LogEntry) -> str:
    """What is wrong with a line of a batch as a whole; empty where its error says it all."""
    words = entry.value.split()
    if right := swapped(error, entry.indicator, words):
        return tr("the indicator comes first: {right}", right=right)
    if not isinstance(error, UnknownError):
        return ""
    sign = next((said for char, said in _PARTING.items() if char in entry.indicator), "")
    cells = entry.indicator.replace("，", ",").replace(";", ",").replace("；", ",").split(",")
    if cells[0].strip("\"'").lower() in _HEADERS and not _has_digit("".join((*cells[1:], *words))):
        return tr("a header line: leave it out")
    if sign == ",":
        return tr("commas part nothing here: write blanks, or use gztrack import")
    if sign:
        return tr("'{sign}' parts nothing here: write blanks, or use gztrack import", sign=sign)
    return odd((entry.indicator, *words), figures=True)


def _unquoted(trail: Trail, words: Sequence[str]) -> str:
    text = " ".join((trail.value, *words))
    twice = f"'\"{text}\"'" if "'" in text else f"\"'{text}'\""
    return tr(
        "'{words}' is left over behind {option} {value}: a text with blanks needs quotes,"
        " and over ssh two pairs: {option} {right}",
        words=" ".join(words),
        option=trail.option,
        value=trail.value,
        right=twice,
    )


def _is_understood(words: Sequence[str], understand: Callable[[str], object]) -> bool:
    try:
        understand(" ".join(words))
    except InputError:
        return False
    return True


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
