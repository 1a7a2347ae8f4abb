"""What a shell offers while somebody types: ids, groups, readings and targets of a database. Light.

It is asked at every press of a key, so it knows what logging knows and reads what logging reads: the heads
file and what came after it. What is offered is data that others wrote, and ends up on somebody's command
line: an id that no shell may be trusted with is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.language import language, ptr
from gztrack.services.naming import name_of
from gztrack.storage.locations import Location

RECENT = 4
"""How many readings of an indicator are offered by their period, the latest ones."""

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:@")

Offers = Iterator[tuple[str, str]]
"""What may be typed, and what it is."""


def known(location: Location) -> Register:
    """What a database holds, as far as logging knows it; a missing one at the default place is a fresh seed.

    Raises:
        StoreError: There is no database where one was named, or it cannot be read.
    """
    if location.is_default and location.unused():
        from gztrack.services.databases.seeding import article_seed, read_seed
        from gztrack.storage.store import ENVELOPE

        transaction = read_seed(article_seed()).transaction
        envelope = {name: getattr(transaction, name) for name in ENVELOPE}
        return Register((table, {**fact, **envelope}) for table, fact in transaction.facts)
    from gztrack.services.quicklog import QuickLog

    return QuickLog(location.require(), author="", login="").known()


def ids(register: Register) -> Offers:
    """Every indicator's id with its name; archived ones last."""
    every = list(_indicators(register))
    for archived in (False, True):
        for slug, fact in every:
            if bool(fact.get("archived")) == archived:
                yield (
                    slug,
                    ptr("indicator", "{name} (archived)", name=name_of(fact)) if archived else name_of(fact),
                )


def groups(register: Register) -> Offers:
    """Every heading once, in the language that people are answered in, with the other one behind it."""
    chinese: dict[str, str] = {}
    for _, fact in _indicators(register):
        if name := clean(fact.get("group", "")):
            chinese[name] = chinese.get(name) or clean(fact.get("group_zh", ""))
    for name, other in chinese.items():
        first, second = (other or name, name) if language() == "zh" else (name, other)
        yield first, second if second != first else ""


def readings(register: Register) -> Offers:
    """``ID@last``, and the latest periods of each indicator's readings."""
    moment = Moment(date.max)
    for slug, fact in _indicators(register):
        latest = sorted(register.standing_readings(slug, moment), key=_end, reverse=True)
        if latest:
            yield f"{slug}@last", name_of(fact)
        # Of one period there may be several, and the period names them all.
        periods = dict.fromkeys(reading["period"] for reading in latest)
        for period in [period for period in periods if _is_safe(period)][:RECENT]:
            yield f"{slug}@{period}", name_of(fact)


def targets(register: Register) -> Offers:
    """``ID@DUE`` of every target that stands."""
    moment = Moment(date.max)
    for slug, fact in _indicators(register):
        stated = register.stated_targets(slug, moment)
        standing = [target for target in stated if register.target_state(target, moment)[0] == "standing"]
        for due in dict.fromkeys(target.get("due") or "none" for target in standing):
            if _is_safe(due):
                yield f"{slug}@{due}", name_of(fact)


def _indicators(register: Register) -> Iterator[tuple[str, Fact]]:
    moment = Moment(date.max)
    for slug in register.slugs(moment):
        fact = register.indicator(slug, moment)
        if fact is not None and _is_safe(slug):
            yield slug, fact


def _end(reading: Fact) -> str:
    return str(reading["end"])


def _is_safe(word: str) -> bool:
    """Whether a word means itself to every shell, and is no option."""
    return bool(word) and word[0] not in "-@:" and _SAFE.issuperset(word)
