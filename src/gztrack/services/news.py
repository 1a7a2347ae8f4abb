"""Who did what since the last look, one line a person and indicator: what a board tells of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.packed import AUTHOR, INDICATOR, REST, Kept, transaction_of, unpacked
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.language import manner, ptr, term, tr
from gztrack.services.entering.goals import due_text
from gztrack.services.naming import name_of
from gztrack.services.views import News

_EVER = Moment(date.max)
_SILENT = {"id", "tx", "at", "author", "login", "replaces"}
_NAMED = {"indicators": term("an edit"), "retractions": term("a retraction"), "pins": term("a pin")}
_SETTING = term("a setting")

FIELDS = (
    term("name"),
    term("name_zh"),
    term("unit"),
    term("unit_zh"),
    term("group"),
    term("group_zh"),
    term("measure"),
    term("direction"),
    term("definition"),
    term("part_of"),
    term("decimals"),
    term("series"),
    term("method"),
    term("archived"),
    term("inferred"),
    term("title"),
    term("title_zh"),
)
"""Fields of an indicator and of the database that somebody may change."""


def told(
    tables: Mapping[str, Iterable[Kept]], register: Register, own: Collection[str], author: str
) -> tuple[News, ...]:
    """What came in that this session has not written itself, in logging order.

    Args:
        tables: Table name to its new facts; the register has taken them in already.
        register: Every fact.
        own: Transactions of this session.
        author: Whose session it is: their other sessions are told apart from other people.
    """
    last: dict[tuple[str, str, str], tuple[int, Kept]] = {}
    for table, facts in tables.items():
        for fact in facts:
            if _transaction(fact) in own:
                continue
            key = _author(fact), _about(register, table, fact), table
            count, before = last.get(key, (0, fact))
            last[key] = count + 1, max(before, fact, key=_order)
    found = []
    for (who, slug, table), (count, kept) in last.items():
        fact = unpacked(kept)
        indicator = register.indicator(slug, _EVER) if slug else None
        found.append(
            News(
                author=clean(who),
                own=who == author,
                indicator=slug,
                name=name_of(indicator) if indicator else slug,
                table=table,
                changes=count,
                said=clean(described(register, table, fact)),
                at=fact["at"],
                language=manner(),
                fact=fact,
            )
        )
    return tuple(sorted(found, key=lambda each: each.at))


def worded(register: Register, news: News) -> News:
    """The same in the language that people are answered in now."""
    if news.language == manner() or news.fact is None:
        return news
    said = clean(described(register, news.table, news.fact))
    return news._replace(said=said, language=manner())


def _transaction(fact: Kept) -> str:
    return str(fact["tx"]) if isinstance(fact, dict) else transaction_of(fact)


def _author(fact: Kept) -> str:
    return str(fact["author"] if isinstance(fact, dict) else fact[REST][AUTHOR])


def _order(fact: Kept) -> tuple[str, str]:
    return (fact["at"], fact["id"]) if isinstance(fact, dict) else (fact[1], fact[2])


def _about(register: Register, table: str, fact: Kept) -> str:
    """Id of the indicator that a fact is about; empty where it is about none or several."""
    if not isinstance(fact, dict):
        return str(fact[INDICATOR])
    if "indicator" in fact:
        return str(fact["indicator"])
    if table == "undos":
        slugs = {_about(register, *pair) for pair in _written(register, fact)}
        return slugs.pop() if len(slugs) == 1 else ""
    known = register.get(fact["of"]) if "of" in fact else None
    return str(known[1].get("indicator", "")) if known else ""


def _written(register: Register, undo: Fact) -> list[tuple[str, Fact]]:
    """What an undo is about, undos of undos seen through."""
    seen: set[str] = set()
    tx = undo["of"]
    while tx not in seen:
        seen.add(tx)
        written = register.written_by(tx)
        further = [fact["of"] for table, fact in written if table == "undos"]
        if not further:
            return written
        tx = further[0]
    return []


def described(register: Register, table: str, fact: Fact) -> str:
    """What somebody did, as it follows their name: "logged 650 for 2026-Q2", "set ≥900 by 2030"."""
    if table == "readings":
        if fact.get("replaces"):
            return tr("corrected {period} to {figure}", period=fact["period"], figure=_figure(fact))
        return tr("logged {figure} for {period}", figure=_figure(fact), period=fact["period"])
    if table == "targets":
        if fact.get("replaces") and fact.get("how") == "correction":
            return tr("corrected a goal to {goal}", goal=_goal(fact))
        return tr("set {goal}", goal=_goal(fact))
    if table == "indicators":
        return _indicator(register, fact)
    if table == "settings":
        return tr("set the database's {field} to {value}", field=tr(fact["name"]), value=fact["value"])
    if table == "undos":
        return _undone(register, fact)
    known = register.get(fact.get("of", ""))
    what = _named(*known) if known else tr("something")
    if table == "pins":
        return ptr("what somebody did", "pinned {what}", what=what)
    if fact.get("how") == "dropped":
        return tr("dropped {what}", what=what)
    return tr("retracted {what}", what=what)


def _indicator(register: Register, fact: Fact) -> str:
    fields = changed_fields(register, fact)
    if not fact.get("replaces"):
        return tr("added it")
    if fields == ("archived",):
        return tr("archived it") if fact.get("archived") else tr("brought it back")
    if not fields:
        return tr("changed it")
    return tr("changed its {fields}", fields=ptr("between things", " and ").join(map(tr, fields)))


def changed_fields(register: Register, fact: Fact) -> tuple[str, ...]:
    """Names of the fields in which an edited indicator differs from what it was before."""
    known = register.get(fact.get("replaces", ""))
    if known is None:
        return ()
    before = known[1]
    names = sorted((before.keys() | fact.keys()) - _SILENT)
    changed = tuple(name for name in names if before.get(name) != fact.get(name))
    # The Chinese word that goes with the one it said is no change of its own.
    return tuple(
        name
        for name in changed
        if not (name.endswith("_zh") and name not in fact and name.removesuffix("_zh") in changed)
    )


def _undone(register: Register, undo: Fact) -> str:
    written = _written(register, undo)
    dead = register.undone()
    gone = all(fact["tx"] in dead for _, fact in written)
    what = _named(*written[0]) if len(written) == 1 else tr("{n:,} entries", n=len(written))
    return (
        tr("took back {what}", what=what)
        if gone
        else ptr("what somebody did", "brought back {what}", what=what)
    )


def _named(table: str, fact: Fact) -> str:
    if table == "readings":
        return ptr("what was done", "{figure} for {period}", figure=_figure(fact), period=fact["period"])
    return _goal(fact) if table == "targets" else tr(_NAMED.get(table, _SETTING))


def _figure(fact: Fact) -> str:
    return exact(fact["value"], "", fact.get("qualifier", "exact"))


def _goal(fact: Fact) -> str:
    sign = "" if fact["comparator"] == "between" else fact["comparator"]
    due = fact.get("due", "")
    said = due_text(fact) if fact.get("over") or due in ("", "none") else tr("by {due}", due=due)
    return tr("{goal} {due}", goal=exact_goal(fact["value"], fact.get("high"), sign, ""), due=said)
