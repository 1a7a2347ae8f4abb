"""What others wrote, in one line for the footer's place. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.text import clean
from gztrack.language import ntr, tr
from gztrack.services.entering.meanwhile import who
from gztrack.services.views import News
from gztrack.tui.cells import cut

NAME_CELLS = 40
"""Cells that somebody's name takes at most."""

MOST = 3
"""How many people are named before the rest is counted."""


def told(news: Sequence[News]) -> str:
    """Return who did what: each person's one change in words, several of them summed.

    Returns:
        "bob logged 650 for 2026-Q2: Enterprise technology centres", "bob: 14 changes; eve: 2 changes to
        NEV output"; empty without news.
    """
    people: dict[tuple[str, bool], list[News]] = {}
    for each in news:
        people.setdefault((each.author, each.own), []).append(each)
    said = [_person(found) for found in people.values()]
    if len(said) > MOST:
        others = len(said) - MOST + 1
        said[MOST - 1 :] = [ntr("{n:,} other too", "{n:,} others too", others)]
    return tr("; ").join(said)


def _person(news: Sequence[News]) -> str:
    name = cut(who(news[0]), NAME_CELLS)
    changes = sum(each.changes for each in news)
    about = {each.name for each in news}
    subject = clean(news[0].name) if len(about) == 1 else ""
    if changes == 1:
        did = clean(news[0].said)
        if subject:
            return tr("{who} {did}: {name}", who=name, did=did, name=subject)
        return tr("{who} {did}", who=name, did=did)
    name = name.rstrip(",，")
    if subject:
        return ntr(
            "{who}: {n:,} change to {name}", "{who}: {n:,} changes to {name}", changes, who=name, name=subject
        )
    return ntr("{who}: {n:,} change", "{who}: {n:,} changes", changes, who=name)
