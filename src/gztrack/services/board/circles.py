"""Circles of parts: no command makes one, but an undo or a merge of two databases can. Light."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def circle(slug: str, whole_of: Callable[[str], str]) -> tuple[str, ...]:
    """The circle that an indicator is on: itself, its whole, the whole of that, and so on.

    Args:
        slug: The indicator's id.
        whole_of: What an indicator is part of; empty where it is part of nothing.

    Returns:
        Ids, the last one's whole being the indicator itself; empty where it is on none, also
        where it is part of something that is.
    """
    way, whole = {slug: None}, whole_of(slug)
    while whole and whole not in way:
        way[whole] = None
        whole = whole_of(whole)
    return tuple(way) if whole == slug else ()


def heads(wholes: Mapping[str, str]) -> set[str]:
    """Where to start so that going from wholes to their parts comes to each indicator exactly once.

    Args:
        wholes: Every indicator, in order, with what it is part of; a whole that is not among them is none.

    Returns:
        Ids of those that are part of nothing, and of each circle the first in order.
    """
    place = {slug: number for number, slug in enumerate(wholes)}
    found: set[str] = set()
    known: set[str] = set()
    for slug in wholes:
        way: list[str] = []
        while slug in place and slug not in known:
            known.add(slug)
            way.append(slug)
            slug = wholes[slug]
        if slug not in place:
            found.add(way[-1])
        elif slug in way:
            found.add(min(way[way.index(slug) :], key=place.__getitem__))
    return found
