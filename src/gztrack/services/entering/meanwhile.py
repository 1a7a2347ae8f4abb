"""What others did to the same thing while somebody was filling in a form about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from gztrack.domain.text import clean
from gztrack.language import ntr, ptr, tr
from gztrack.services.views import News

WHOLE = "*"
"""In the place of an indicator's id: the whole database."""

_NAMED = 2
"""How many changes are told in words before the rest is counted."""


def concerning(news: Iterable[News], indicator: str, tables: Collection[str]) -> tuple[News, ...]:
    """Of what others did that which is about one indicator, or `WHOLE`, and was written into one of these tables."""
    about = "" if indicator == WHOLE else indicator
    return tuple(each for each in _net(tuple(news)) if each.indicator == about and each.table in tables)


def _net(news: Sequence[News]) -> Sequence[News]:
    """News without what was taken back again, and without its taking back.

    Several changes that are told as one are let stand: only the last of them is known.
    """
    dead: set[str] = set()
    gone: set[str] = set()
    for each in reversed(news):
        if each.fact is None or each.changes != 1:
            continue
        if each.fact.get("tx") in dead:
            gone.add(each.fact["tx"])
        elif each.table == "undos":
            dead.add(each.fact["of"])

    def is_gone(each: News) -> bool:
        if each.fact is None or each.changes != 1:
            return False
        return each.fact.get("tx") in gone or (each.table == "undos" and each.fact["of"] in gone)

    return [each for each in news if not is_gone(each)] if gone else news


def who(news: News) -> str:
    """Return who did it: a name, or that it was oneself at work somewhere else."""
    return tr("you, in another session,") if news.own else clean(news.author) or tr("somebody")


def said(news: Sequence[News], now: str) -> str:
    """In words: "bob set ≥900 by 2030 just now".

    Args:
        news: What was done, at least one thing, in logging order.
        now: The time (ISO, UTC) that ages are reckoned to.
    """
    named = news[-_NAMED:]
    told = ""
    for each in named:
        one = tr("{who} {did}", who=who(each), did=clean(each.said))
        told = tr("{a} and {b}", a=told, b=one) if told else one
    more = sum(each.changes for each in news) - len(named)
    if more > 0:
        told = ntr("{told}, with {n:,} more change,", "{told}, with {n:,} more changes,", more, told=told)
    return tr("{told} {ago}", told=told, ago=_ago(news[-1].at, now))


def question(told: str, both: Sequence[str]) -> str:
    """What to ask before saving over it.

    Args:
        told: What others did meanwhile, in words.
        both: Labels of the fields that they and the form changed, each in its own way.
    """
    if not both:
        return tr("{told}. Save all the same?", told=told)
    fields = both[0]
    for field in both[1:]:
        fields = ptr("list", "{a}, {b}", a=fields, b=field)
    return tr("{told}. Both of you changed: {fields}. Save all the same?", told=told, fields=fields)


def _ago(at: str, now: str) -> str:
    try:
        seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(at)).total_seconds()
    except (ValueError, TypeError):
        return tr("meanwhile")
    if seconds < 0:  # another host's clock
        return tr("meanwhile")
    if seconds < 90:
        return tr("just now")
    if seconds < 5400:
        return tr("{minutes} minutes ago", minutes=round(seconds / 60))
    return tr("meanwhile")
