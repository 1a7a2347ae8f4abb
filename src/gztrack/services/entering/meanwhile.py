"""What others did to the same thing while somebody was filling in a form about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from gztrack.domain.text import clean, plural
from gztrack.services.views import News

WHOLE = "*"
"""In the place of an indicator's id: the whole database."""

_NAMED = 2
"""How many changes are told in words before the rest is counted."""


def concerning(news: Iterable[News], indicator: str, tables: Collection[str]) -> tuple[News, ...]:
    """Of what others did that which is about one indicator, or `WHOLE`, and was written into one of these tables."""
    about = "" if indicator == WHOLE else indicator
    return tuple(each for each in news if each.indicator == about and each.table in tables)


def who(news: News) -> str:
    """Return who did it: a name, or that it was oneself at work somewhere else."""
    return "you, in another session," if news.own else clean(news.author) or "somebody"


def said(news: Sequence[News], now: str) -> str:
    """In words: "bob set ≥900 by 2030 just now".

    Args:
        news: What was done, at least one thing, in logging order.
        now: The time (ISO, UTC) that ages are reckoned to.
    """
    named = news[-_NAMED:]
    told = " and ".join(f"{who(each)} {clean(each.said)}" for each in named)
    more = sum(each.changes for each in news) - len(named)
    beside = f", with {plural(more, 'more change')}," if more > 0 else ""
    return f"{told}{beside} {_ago(news[-1].at, now)}"


def question(told: str, both: Sequence[str]) -> str:
    """What to ask before saving over it.

    Args:
        told: What others did meanwhile, in words.
        both: Labels of the fields that they and the form changed, each in its own way.
    """
    clash = f" Both of you changed: {', '.join(both)}." if both else ""
    return f"{told}.{clash} Save all the same?"


def _ago(at: str, now: str) -> str:
    try:
        seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(at)).total_seconds()
    except (ValueError, TypeError):
        return "meanwhile"
    if seconds < 0:  # another host's clock
        return "meanwhile"
    if seconds < 90:
        return "just now"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes ago"
    return "meanwhile"
