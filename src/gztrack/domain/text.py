"""User text, made safe to keep and to show.

Terminals obey what they are sent: an escape sequence in a name could recolour the screen,
set the clipboard or hide text from the reader. So text is cleaned at every entry and again
at every render, by this one function.
"""

from __future__ import annotations

from gztrack.errors import FieldError, InputError
from gztrack.language import pterm, ptr, tr, ways

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME = 200
"""Longest name, in characters."""

LONGEST_TEXT = 4000
"""Longest note, quote, source or definition, in characters."""

# `re` is imported when a text first needs one of these; hardly any does, and every start would pay.
# An escape sequence goes as a whole (CSI, OSC and the like with their payload), so that
# "\x1b[31mred" leaves "red" and not "[31mred".
_SEQUENCES = (
    r"\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC ... BEL or ST
    r"|\x9d[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # the same with the C1 introducer
    r"|\x1b[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"  # CSI
    r"|\x9b[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"  # every other two-byte escape
)
# C0, C1, DEL, line and paragraph separators, zero-width and bidirectional controls, BOM, and
# lone surrogates (undecodable bytes of a command line), which no encoder can write.
_CONTROLS = "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
_BLANKS = r"[\s\u2028\u2029]+"
LONGEST_SLUG = 64
"""Longest id of an indicator, in characters."""

RESERVED = frozenset({"drop", "pin", "all", "none", "last"})
"""Words that commands understand in the place of an indicator's id."""


def clean(text: str) -> str:
    """Return the text on one line without anything a terminal would obey.

    Escape sequences go with their payload; control, zero-width and bidirectional characters
    go; every run of white space, line breaks included, becomes one blank.
    """
    if text.isprintable() and "  " not in text:
        return (text if text.isascii() else _composed(text)).strip()
    import re

    text = re.sub(_SEQUENCES, "", text)
    text = re.sub(_BLANKS, " ", text)
    text = re.sub(_CONTROLS, "", text)
    # Again, for what went may have stood between two blanks.
    return re.sub(_BLANKS, " ", _composed(text)).strip()


def _composed(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)


def _holds_undecoded(text: str) -> bool:
    """Whether a byte stands in it that the locale's encoding does not know, as Python keeps it (PEP 383)."""
    return any("\udc80" <= char <= "\udcff" for char in text)


def checked(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """Return cleaned text of a bounded length.

    Args:
        text: What was typed.
        field: What it is called in a message.
        longest: Most characters allowed.

    Raises:
        InputError: It is longer, or has bytes that the locale could not decode.
    """
    if not text.isprintable() and _holds_undecoded(text):  # cleaning would lose them without a word
        raise FieldError(
            field,
            tr(
                "{field}: some of it is no text in the locale's encoding; LC_ALL or LANG has to be the terminal's",
                field=field_name(field),
            ),
        )
    text = clean(text)
    if len(text) > longest:
        raise FieldError(
            field,
            tr(
                "{field}: {n:,} characters are too many, at most {most:,} fit",
                field=field_name(field),
                n=len(text),
                most=longest,
            ),
        )
    return text


FIELD_NAMES = (
    pterm("a field by name", "kind"),
    pterm("a field by name", "indicator"),
    pterm("a field by name", "name"),
    pterm("a field by name", "name_zh"),
    pterm("a field by name", "unit"),
    pterm("a field by name", "unit_zh"),
    pterm("a field by name", "group"),
    pterm("a field by name", "group_zh"),
    pterm("a field by name", "definition"),
    pterm("a field by name", "measure"),
    pterm("a field by name", "direction"),
    pterm("a field by name", "part_of"),
    pterm("a field by name", "decimals"),
    pterm("a field by name", "method"),
    pterm("a field by name", "series"),
    pterm("a field by name", "period"),
    pterm("a field by name", "value"),
    pterm("a field by name", "qualifier"),
    pterm("a field by name", "status"),
    pterm("a field by name", "due"),
    pterm("a field by name", "over"),
    pterm("a field by name", "comparator"),
    pterm("a field by name", "stated_on"),
    pterm("a field by name", "stated_by"),
    pterm("a field by name", "quote"),
    pterm("a field by name", "replaces"),
    pterm("a field by name", "baseline"),
    pterm("a field by name", "baseline_period"),
    pterm("a field by name", "source"),
    pterm("a field by name", "source_url"),
    pterm("a field by name", "url"),
    pterm("a field by name", "published"),
    pterm("a field by name", "note"),
    pterm("a field by name", "reason"),
    pterm("a field by name", "inferred"),
    pterm("a field by name", "title"),
    pterm("a field by name", "title_zh"),
)
"""Names of fields that people read in messages."""


def field_name(field: str) -> str:
    """What people call a field of a fact; in English by its own name."""
    return ptr("a field by name", field)


def _is_slug(text: str) -> bool:
    """Whether a text is small letters and digits, parted by single hyphens, dots or underscores."""
    parts = text.replace(".", "-").replace("_", "-").split("-")
    return text.isascii() and text == text.lower() and all(part.isalnum() for part in parts)


def slug(text: str) -> str:
    """Return an indicator's id as typed.

    Raises:
        InputError: It is no id; the message proposes one that would be.
    """
    text = clean(text)
    if len(text) <= LONGEST_SLUG and _is_slug(text):
        if text in RESERVED:
            raise InputError(tr("'{text}' is a word of the commands; choose another id", text=text))
        return text
    import re

    proposal = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_SLUG].strip("-")
    if not proposal or proposal in RESERVED:
        proposal = "nev-capacity"
    raise InputError(
        tr(
            "no id: '{text}'; an id has small letters, digits and single hyphens, for example '{example}'",
            text=text,
            example=proposal,
        )
    )


def meant(text: str, words: Iterable[str], *contexts: str) -> str:
    """Return the one of some words that a text says, in any language and case; empty where it says none.

    Args:
        text: As typed; hyphens and underscores stand for blanks.
        words: The words in English, terms of the catalogue.
        contexts: Where the catalogue has them in other words as well.
    """
    wanted, words = spaced(text), tuple(words)
    for word in words:
        if wanted == spaced(word):
            return word
    if wanted.isascii():  # other languages are loaded only where their words may stand
        return ""
    return next((word for word in words if wanted in map(spaced, ways(word, *contexts))), "")


def spaced(word: str) -> str:
    """A word in small letters with blanks for hyphens and underscores."""
    return clean(word).lower().replace("-", " ").replace("_", " ")


def listed(texts: Iterable[str]) -> str:
    """Things in a row: ``linear, open-sdg``."""
    return tr(", ").join(texts)


def choices(words: Iterable[str], context: str = "") -> str:
    """The words that may be typed in a row: as people are answered, and behind that in English."""
    return listed(_both(word, ptr(context, word) if context else tr(word)) for word in words)


def _both(word: str, said: str) -> str:
    return word if said == word else tr("{word} ({english})", word=said, english=word)


def nearest(word: str, known: list[str]) -> str:
    """Return the id most like ``word``, or empty when none is near.

    A common prefix or a contained word counts before spelling, so that ``capacity`` finds
    ``nev-capacity``.
    """
    if not known or len(word) > LONGEST_NAME:  # to compare something that long would take seconds
        return ""
    word = word.lower()
    holding = [name for name in known if word and (word in name or name in word)]
    if holding:
        return min(holding, key=lambda name: (abs(len(name) - len(word)), name))
    best = min(known, key=lambda name: (_edits(word, name), name))
    return best if _edits(word, best) <= max(2, len(best) // 3) else ""


def _edits(a: str, b: str) -> int:
    """Levenshtein distance; ids are short."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
