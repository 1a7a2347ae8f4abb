"""What a field offers to complete: which offers fit what is typed, and what stands behind the cursor. Pure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.light import NamedTuple

if TYPE_CHECKING:
    from gztrack.services.entering.suggestions import Suggestions

MOST = 50
"""Offers that can be cycled through."""
MOST_FILES = 5000
"""Files of a folder that are looked at: those of one kind may come late by name."""


class Offer(NamedTuple):
    """One text that a field could be filled with.

    Attributes:
        text: What the field says once it was taken.
        words: Further words it is found by: the names of an indicator whose id is offered.
        fills: Other fields that are filled along with it, where they are empty: (field, text).
    """

    text: str
    words: str = ""
    fills: tuple[tuple[str, str], ...] = ()


def offers(kind: str, known: Suggestions) -> tuple[Offer, ...]:
    """Return what a field of a kind can offer, nearest first.

    Args:
        kind: What the field completes: ``source``, ``url``, ``stated_by``, ``group``, ``unit``,
            ``group_zh``, ``unit_zh``, ``series``, ``indicator`` or ``period``; anything else offers nothing.
        known: What was used before.
    """
    match kind:
        case "source":
            return _sources(known)
        case "url":
            return _plain(url for _, url in known.sources)
        case "indicator":
            return tuple(Offer(slug, f"{name} {zh}") for slug, name, zh in known.indicators)
        case "stated_by":
            return _plain(known.stated_by)
        case "group":
            return _plain(known.groups)
        case "unit":
            return _plain(known.units)
        case "group_zh":
            return _plain(known.groups_zh)
        case "unit_zh":
            return _plain(known.units_zh)
        case "series":
            return _plain(known.series)
        case "period":
            return _plain(known.periods)
    return ()


def _sources(known: Suggestions) -> tuple[Offer, ...]:
    """Each source once, with the page that it was named with last."""
    found: dict[str, Offer] = {}
    for source, url in known.sources:
        name = clean(source)
        if not name:
            continue
        found.setdefault(name, Offer(name, url, (("url", url),) if url else ()))
    return tuple(found.values())


def _plain(texts: Iterable[str]) -> tuple[Offer, ...]:
    return tuple(Offer(text) for text in dict.fromkeys(map(clean, texts)) if text)


def fitting(known: Sequence[Offer], typed: str) -> list[Offer]:
    """Return the offers that fit what is typed: those that begin with it, then those that hold all its words.

    An empty text fits all; a text that is an offer already wants nothing more.
    """
    wanted = typed.casefold()
    words = wanted.split()
    begin: list[Offer] = []
    hold: list[Offer] = []
    for offer in known:
        text = offer.text.casefold()
        if text == wanted:
            continue
        if text.startswith(wanted):
            begin.append(offer)
        elif words and all(word in f"{text} {offer.words.casefold()}" for word in words):
            hold.append(offer)
    return [*begin, *hold][:MOST]


def ghost(offer: Offer, typed: str, arrow: str) -> str:
    """Return what stands behind the typed text: the rest of the offer, or an arrow to all of it."""
    if offer.text.casefold().startswith(typed.casefold()):
        return offer.text[len(typed) :]
    return f" {arrow} {offer.text}"


def key_hint(at: int, count: int, right: str, following: str) -> str:
    """Return how an offer is taken, and which of how many it is.

    Args:
        at: Index of the offer.
        count: How many there are.
        right: How the key is written that takes it.
        following: How the key is written that offers the next one.
    """
    if count > 1:
        return tr(
            "{key} takes it; {following}: {at} of {count}",
            key=right,
            following=following,
            at=at + 1,
            count=count,
        )
    return tr("{key} takes it", key=right)


def paths(typed: str) -> tuple[Offer, ...]:
    """Return files and folders that a path could go on with, by name; hidden ones only once a dot is typed.

    Reads one folder, so it is for the desk's thread. A folder ends with a slash.
    """
    folder, name = os.path.split(typed)
    found: list[str] = []
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            for entry in entries:
                if entry.name.startswith(name) and (name or not entry.name.startswith(".")):
                    whole = os.path.join(folder, entry.name)
                    found.append(whole + "/" if entry.is_dir() else whole)
    except (OSError, ValueError):  # no folder, none to look into, or no path at all: nothing to offer
        return ()
    # What a field cannot show as it is cannot be typed into it either.
    return tuple(Offer(path) for path in sorted(found) if clean(path) == path)[:MOST_FILES]


def asks_path(kind: str) -> bool:
    """Whether a field asks for a path: ``path`` for any, see `files_for` for those of one kind."""
    return kind.partition(":")[0] == "path"


def files_for(kind: str, texts: Mapping[str, str], found: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return folders, and the files of the kind that a field asks for.

    Args:
        kind: ``path`` takes any, ``path:.csv .json`` only those, ``path:format`` those of the kind that the
            field of this name says.
        texts: What the form's fields say.
        found: Files and folders there are.
    """
    _, _, wanted = kind.partition(":")
    if not wanted:
        return tuple(found)
    said = wanted.split() if wanted.startswith(".") else [texts.get(wanted, "")]
    endings = ("/", *("." + ending.strip().lower().lstrip(".") for ending in said))
    return tuple(offer for offer in found if offer.text.lower().endswith(endings))
