"""How texts put their pieces together, in the language that people are answered in."""

from __future__ import annotations

from functools import reduce

from gztrack.language import language, ptr, term, tr
from gztrack.services.views import counted_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FIELDS = {
    "value": term("value"),
    "qualifier": term("qualifier"),
    "period": term("period"),
    "status": term("status"),
    "series": term("series"),
    "source": term("source"),
    "source_url": term("page"),
    "published": term("publication date"),
    "note": term("note"),
}
"""Fields of a reading that can be inferred."""


def listed(texts: Iterable[str]) -> str:
    """Texts in a row, empty ones left out: ``a, b, c``."""
    return reduce(lambda a, b: tr("{a}, {b}", a=a, b=b) if a else b, filter(None, texts), "")


def told(texts: Iterable[str]) -> str:
    """Statements in a row, empty ones left out: ``a; b; c``."""
    return reduce(lambda a, b: tr("{a}; {b}", a=a, b=b) if a else b, filter(None, texts), "")


def headed(head: str, text: str) -> str:
    """A text with what it is about in front: ``head: text``; the head alone where there is nothing to say of it."""
    return tr("{head}: {text}", head=head, text=text) if text else head


def noted(text: str, note: str) -> str:
    """A text with a note in parentheses behind it; it alone where there is no note."""
    return tr("{text} ({note})", text=text, note=note) if note else text


def counted(count: int, what: str) -> str:
    """How many there are of something: ``3 met``."""
    said = counted_word(what)
    if said.endswith("）"):  # the bracket brings a blank of its own
        return ptr("behind a bracket", "{count} {what}", count=count, what=said)
    return tr("{count} {what}", count=count, what=said)


def marked(text: str, number: int) -> str:
    """A text with the number of its source behind it: ``48,000 [2]``; 0 is none."""
    if not number:
        return text
    return f"{text}[{number}]" if text.endswith("）") and language() == "zh" else f"{text} [{number}]"


def totalled(goal: str, over: str) -> str:
    """A goal that is one for the sum over a span; it alone where there is no span."""
    return tr("{goal} in total over {span}", goal=goal, span=over) if over else goal


def read_for(figure: str, period: str) -> str:
    """A figure with its period: ``48,000 for 2020``."""
    return tr("{figure} for {period}", figure=figure, period=period)


def published(day: str) -> str:
    """When a page was published; empty where nobody knows."""
    return tr("published {day}", day=day) if day else ""
