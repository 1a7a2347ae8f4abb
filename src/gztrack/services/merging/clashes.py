"""Facts that contradict each other after a merge, in words, with what settles it.

Nothing is decided here. Both sides are kept, and which one counts follows from the rules that
hold everywhere (`gztrack.domain.register`): a pin, else the later logging.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gztrack.domain.amounts import exact
from gztrack.domain.register import Fact, Moment, Register, order
from gztrack.domain.text import clean, listed
from gztrack.language import ptr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.entering.goals import due_text, goal_text
from gztrack.services.entering.references import handle
from gztrack.storage.store import ENVELOPE

WHOLE = Moment(date.max)
"""Everything that stands, whatever its date."""

_SEVERAL = {
    term("correction"): (term("two corrections"), term("{n} corrections")),
    term("retraction"): (term("two retractions"), term("{n} retractions")),
    term("revision"): (term("two revisions"), term("{n} revisions")),
    term("drop"): (term("two drops"), term("{n} drops")),
    term("edit"): (term("two edits"), term("{n} edits")),
    term("pin"): (term("two pins"), term("{n} pins")),
    term("reading"): (term("two readings"), term("{n} readings")),
    term("target"): (term("two targets"), term("{n} targets")),
    term("indicator"): (term("two indicators"), term("{n} indicators")),
    term("choice"): (term("two choices"), term("{n} choices")),
}
"""What stands against others of its kind: two of them, and any other number."""

_UNTOLD = {*ENVELOPE, "id", "replaces", "how", "inferred", "reason"}


class Rival(NamedTuple):
    """One of several facts of which only one can be meant.

    Attributes:
        what: What it is: ``correction``, ``retraction``, ``revision``, ``drop``, ``edit``, ``pin``, ...
        table: Its table.
        fact: The fact, or what it came to.
    """

    what: str
    table: str
    fact: Fact


class Side(NamedTuple):
    """One of several facts that contradict each other.

    Attributes:
        id: The fact's id.
        says: What it says, in words.
        author: Who says so.
        logged_at: When it was logged.
        counts: It is the one that counts now.
    """

    id: str
    says: str
    author: str
    logged_at: str
    counts: bool


class Clash(NamedTuple):
    """Facts of both sides of a merge of which only one can be meant.

    Attributes:
        about: What they are about, as commands name it.
        kind: What stands against what: ``two corrections``, ``correction against retraction``.
        sides: The facts, in the order in which they were logged.
        settle: What a person can do about it.
    """

    about: str
    kind: str
    sides: tuple[Side, ...]
    settle: str

    @property
    def line(self) -> str:
        """All of it on one line."""
        return tr(
            "{about}: {kind}: {sides}; settle it: {settle}",
            about=self.about,
            kind=self.kind,
            sides=tr("; ").join(map(_side, self.sides)),
            settle=self.settle,
        )

    def fields(self) -> dict[str, Any]:
        """The same as data."""
        sides = [side._asdict() for side in self.sides]
        return {"about": self.about, "kind": self.kind, "sides": sides, "settle": self.settle}


def _side(side: Side) -> str:
    values = {
        "what": side.says,
        "author": clean(side.author),
        "day": side.logged_at[:10],
        "handle": handle(side.id),
    }
    if side.counts:
        return tr("{what} by {author} on {day} ({handle}, counts)", **values)
    return tr("{what} by {author} on {day} ({handle})", **values)


def clash(register: Register, about: str, rivals: Sequence[Rival], counting: Collection[str]) -> Clash | None:
    """What rivals say against each other; None where they say the same.

    Args:
        register: Where they stand.
        about: What they are about.
        rivals: In the order in which they were logged.
        counting: Ids of those that count.
    """
    facts = [rival.fact for rival in rivals]
    said = [_says(register, rival.table, rival.fact, facts) for rival in rivals]
    if len(set(said)) < 2:
        return None
    sides = tuple(
        Side(fact["id"], says, fact["author"], fact["at"], fact["id"] in counting)
        for fact, says in zip(facts, said, strict=True)
    )
    return Clash(about, _kind(rivals), sides, _settle(register, about, rivals, counting))


def about_of(table: str, fact: Fact) -> str:
    """A reading, target or indicator as commands name it."""
    if table == "readings":
        return f"{fact['indicator']}@{fact['period']}"
    if table == "targets":
        return f"{fact['indicator']}@{fact.get('due', 'none')}"
    return str(fact.get("indicator", handle(fact["id"])))


def _says(register: Register, table: str, fact: Fact, rivals: list[Fact]) -> str:
    """What a fact says, in a few words; of an indicator only what others say differently."""
    if table == "retractions":
        return tr("dropped") if fact.get("how") == "dropped" else tr("retracted")
    if table == "settings":
        return clean(fact["value"])
    if table == "pins":
        known = register.get(fact["of"])
        return _says(register, *known, [known[1]]) if known else handle(fact["of"])
    gone = register.withdrawal(fact, WHOLE)
    if gone is not None:
        return _says(register, "retractions", gone, rivals)
    if table == "readings":
        figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
        periods = {rival["period"] for rival in rivals if "period" in rival}
        if len(periods) == 1:
            return figure
        return tr("{figure} for {period}", figure=figure, period=fact["period"])
    if table == "targets":
        return tr("{goal} {due}", goal=goal_text(fact), due=due_text(fact))
    names = dict.fromkeys(name for rival in rivals for name in rival if name not in _UNTOLD)
    differing = [name for name in names if len({str(rival.get(name)) for rival in rivals}) > 1]
    said = (tr("{field} '{text}'", field=tr(name), text=clean(str(fact.get(name, "")))) for name in differing)
    return listed(said) or ptr("of facts", "the same")


def _settle(register: Register, about: str, rivals: Sequence[Rival], counting: Collection[str]) -> str:
    tables = {rival.table for rival in rivals}
    figures = [rival.fact for rival in rivals if rival.table != "retractions"]
    others = [fact for fact in figures if fact["id"] not in counting]
    if "indicators" in tables:
        return f"gztrack edit {about}"
    if "settings" in tables:
        option = str(figures[0]["name"]).replace("_", "-")
        return f"gztrack edit --{option} TEXT"
    if "pins" in tables:
        known = register.get(others[0]["of"])
        verb = "pin" if known and known[0] == "readings" else "target pin"
        return f"gztrack {verb} {handle(others[0]['of'])}"
    if "retractions" in tables or not others:
        command = f"gztrack retract {handle(figures[-1]['id'])} --reason TEXT"
        return tr("{command}, or leave it", command=command)
    verb = "pin" if "readings" in tables else "target pin"
    other = handle(others[0]["id"])
    commands = f"gztrack {verb} {other}", f"gztrack retract {other} --reason TEXT"
    return tr("{one}, or {other}", one=commands[0], other=commands[1])


def _kind(rivals: Sequence[Rival]) -> str:
    words = list(dict.fromkeys(rival.what for rival in rivals))
    if len(words) > 1:
        return tr(" against ").join(tr(word) for word in words)
    two, many = _SEVERAL[words[0]]
    return tr(two) if len(rivals) == 2 else tr(many, n=len(rivals))


def same_id(register: Register, table: str, kept: Fact, other: Fact) -> Clash:
    """Two facts that came under one id, of which the store counts one whatever anybody does."""
    facts = sorted((kept, other), key=order)
    sides = tuple(
        Side(fact["id"], _says(register, table, fact, facts), fact["author"], fact["at"], fact is kept)
        for fact in facts
    )
    again = table in ("readings", "targets")
    settle = f"gztrack correct {handle(kept['id'])}" if again else tr("enter it again")
    return Clash(about_of(table, kept), tr("two facts with one id"), sides, settle)


def around(facts: Sequence[Fact]) -> Clash:
    """Indicators of which each is a part of another one, in a circle."""
    sides = tuple(
        Side(
            fact["id"],
            tr("{part} is part of {whole}", part=fact["indicator"], whole=fact["part_of"]),
            fact["author"],
            fact["at"],
            True,
        )
        for fact in facts
    )
    slugs = [str(fact["indicator"]) for fact in facts]
    settle = f"gztrack edit {slugs[0]} --part-of none"
    return Clash(listed(slugs), tr("parts in a circle"), sides, settle)
