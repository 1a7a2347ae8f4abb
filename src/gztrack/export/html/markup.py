"""What the page is written with: escaped text with its language, words for ears alone, links that run nothing.

The page is HTML that is XML as well, so that any parser reads the same tree out of it. Ids and
classes are ours: no text of a user's gets into them.
"""

from __future__ import annotations

import re
from functools import cache

from gztrack.domain.text import clean
from gztrack.export.glyphs import role_of
from gztrack.export.svg_shapes import css, mark, xml
from gztrack.language import language, tr

BACK_LINKS = 9
"""Places that a source links back to; one that is cited more often has all of them linking to it."""

# An address that a click may open. Whatever else stands where an address is asked for is text.
_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def page_language() -> str:
    """The language of the page as HTML names it."""
    return "zh-Hans" if language() == "zh" else "en"


def spoken(text: str) -> str:
    """An attribute that says in which language a text is, where that is not the page's."""
    own = "zh-Hans" if _CHINESE.search(text) else "en"
    return "" if own == page_language() else f' lang="{own}"'


def user(text: str, of: str = "") -> str:
    """What somebody wrote, apart from what stands around it whichever way it is read.

    Args:
        text: Any text.
        of: A class of ours.
    """
    text = clean(text)
    named = f' class="{of}"' if of else ""
    return f"<bdi{named}{spoken(text)}>{xml(text)}</bdi>"


def small(text: str) -> str:
    """A second, quieter line; nothing where there is nothing to say."""
    return f"<small>{text}</small>" if text else ""


def heard(text: str) -> str:
    """Words for who hears the page; who sees it has a sign for them."""
    return f'<span class="heard">{xml(text)}</span>'


def dated(text: str, flags: str) -> str:
    """A date with its flags, the flags in words too.

    Args:
        text: The date as it was typed.
        flags: ``p`` for provisional, ``?`` for inferred.
    """
    if not flags:
        return xml(text)
    words = {"p": tr("provisional"), "?": tr("inferred")}
    said = "".join(f'<b class="flag" aria-hidden="true">{flag}</b> {heard(words[flag])}' for flag in flags)
    return xml(text) + said


@cache
def status_mark(status: str) -> str:
    """The mark of a status, for eyes alone: the word stands beside it; nothing for what is still open."""
    drawn = mark(status, 8, 8, css)
    return f'<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{drawn}</svg>' if drawn else ""


def status_word(status: str, said: str) -> str:
    """The word of a status in its colour, bad news bold."""
    bad = " bad" if status in ("off track", "moving away", "missed") else ""
    return f'<span class="{role_of(status)}{bad}">{xml(said)}</span>'


def address(url: str) -> str:
    """A page as a link that tells it nothing about this one; text where it is no page."""
    url = clean(url)
    if not _ADDRESS.fullmatch(url):
        return user(url)
    return f'<a href="{xml(url)}" rel="noreferrer noopener">{xml(url)}</a>'


class Citations:
    """Links to numbered sources, and where each source is cited."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self._labels: dict[int, str] = {}

    def cite(self, number: int) -> str:
        """A raised number that leads to its source; nothing for 0."""
        if not number:
            return ""
        place = self.places[number] = self.places.get(number, 0) + 1
        name = f' id="cite-{number}-{place}"' if place <= BACK_LINKS else ""
        label = self._labels.get(number)
        if label is None:  # a few sources are cited by every reading
            label = self._labels[number] = xml(tr("source {n}", n=number))
        return f'<sup><a{name} href="#source-{number}" aria-label="{label}">{number}</a></sup>'

    def back(self, number: int) -> str:
        """Links back to the first places where a source is cited."""
        places = self.places.get(number, 0)
        links = (
            f'<a href="#cite-{number}-{place}" aria-label="{xml(self._said(number, place, places))}">'
            f"{'↑' if places == 1 else place}</a>"
            for place in range(1, min(places, BACK_LINKS) + 1)
        )
        more = " …" if places > BACK_LINKS else ""
        arrow = '<span aria-hidden="true">↑</span> ' if places > 1 else ""
        return f' <span class="back">{arrow}{" ".join(links)}{more}</span>' if places else ""

    @staticmethod
    def _said(number: int, place: int, places: int) -> str:
        if places == 1:
            return tr("back to where source {n} is cited", n=number)
        return tr(
            "back to place {place} of {places} where source {n} is cited",
            n=number,
            place=place,
            places=places,
        )
