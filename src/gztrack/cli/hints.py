"""What somebody meant who typed something that there is not, and which word an error is about. Light."""

from __future__ import annotations

from gztrack.errors import InputError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def meant(word: str, known: Iterable[str]) -> str:
    """The nearest known word; empty when none is near."""
    from gztrack.domain.text import clean, nearest

    word = clean(word)
    letters = sorted(word)
    there = list(known)
    # Two letters swapped is the commonest slip, and worth more than any two letters replaced.
    return next((name for name in there if sorted(name) == letters), "") or nearest(word, there)


def placed(error: InputError, words: Iterable[tuple[str, str, Callable[[str], object]]]) -> InputError:
    """The error, with the word that it is about named first.

    Services understand an entry as a whole, so their errors do not say which of its texts failed.

    Args:
        error: What a service raised.
        words: What each text is called, the text, and how it is understood by itself.
    """
    for name, text, understand in words:
        if text:
            try:
                understand(text)
            except InputError as found:
                if str(found) == str(error):
                    if text in str(error):
                        return InputError(tr("{name}: {error}", name=name, error=error))
                    return InputError(tr("{name} '{text}': {error}", name=name, text=text, error=error))
    return error
