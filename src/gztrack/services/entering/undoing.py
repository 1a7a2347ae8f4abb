"""Undo and redo: which of an author's actions is next, and whether it may still be taken back."""

from __future__ import annotations

from gztrack.domain.amounts import exact
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.services.entering.goals import due_text, goal_text


def next_undo(register: Register, author: str, moment: Moment) -> str:
    """The id of the author's latest transaction that is neither undone nor an undo.

    Raises:
        InputError: There is none, or somebody else has built on it.
    """
    dead = register.undone()
    live = [tx for tx in register.transactions(author, moment) if tx not in dead]
    if not live:
        raise InputError(f"nothing to undo: no action of {clean(author)} stands")
    refuse_if_built_on(register, live[-1], moment)
    return live[-1]


def next_redo(register: Register, author: str, moment: Moment) -> Fact:
    """The author's latest undo that stands.

    Raises:
        InputError: There is none.
    """
    undone = [f for f in register.undos(author) if not _is_undo(register, f["of"])]
    if not undone:
        raise InputError(f"nothing to redo: {clean(author)} has undone nothing that is still undone")
    _refuse_if_replaced(register, undone[-1]["of"], moment)
    return undone[-1]


def _refuse_if_replaced(register: Register, tx: str, moment: Moment) -> None:
    """Refuse to bring back what something else has taken the place of since."""
    for table, fact in register.written_by(tx):
        old = register.get(fact.get("replaces", "") or (fact["of"] if table == "retractions" else ""))
        if old and not register.exists(old[1], moment):
            raise InputError(
                f"cannot redo {described(register, table, fact)}: what it is about was taken back itself since"
            )
        others = _taken_by(register, old[1], moment) if old else []
        if others:
            later = others[-1]
            raise InputError(
                f"cannot redo {described(register, table, fact)}: {clean(later['author'])} has put something else"
                f" in its place ({later['at'][:10]}); correct that instead"
            )
        if table == "indicators" and not old and register.indicator(fact["indicator"], moment):
            raise InputError(f"cannot redo adding {fact['indicator']}: it is there again")


def _taken_by(register: Register, fact: Fact, moment: Moment) -> list[Fact]:
    """What has replaced or withdrawn a fact."""
    return [each for each in register.children(fact, moment) if "replaces" in each or "how" in each]


def _is_undo(register: Register, tx: str) -> bool:
    return any(table == "undos" for table, _ in register.written_by(tx))


def refuse_if_built_on(register: Register, tx: str, moment: Moment) -> None:
    """Refuse to take back what another transaction rests on.

    Raises:
        InputError: Somebody corrected, revised, withdrew or pinned what it wrote, or logged
            for an indicator that it added.
    """
    for table, fact in register.written_by(tx):
        for later in register.children(fact, moment):
            if later["tx"] != tx:
                raise InputError(
                    f"cannot undo {described(register, table, fact)}: {clean(later['author'])} has built on it"
                    f" ({_built(later)}, {later['at'][:10]}); that has to be undone first"
                )
        if table == "indicators" and not fact.get("replaces"):
            for home in (register.readings, register.targets, register.indicators):
                for later in home.get(fact["indicator"], ()):
                    if later["tx"] != tx and register.exists(later, moment):
                        raise InputError(
                            f"cannot undo adding {fact['indicator']}: {clean(later['author'])} has entered something"
                            f" for it since ({later['at'][:10]}); archive it instead:"
                            f" gztrack archive {fact['indicator']}"
                        )


def _built(fact: Fact) -> str:
    if "how" in fact:
        return {"revision": "a revision", "correction": "a correction", "dropped": "dropped it"}.get(
            fact["how"], "withdrew it"
        )
    return "a correction" if "replaces" in fact else "a pin"


def described(register: Register, table: str, fact: Fact) -> str:
    """A fact in a few words, for the echo of an undo."""
    if table == "readings":
        verb = "correction to" if fact.get("replaces") else "reading"
        figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
        return f"{verb} {fact['indicator']} {figure} for {fact['period']}"
    if table == "targets":
        return f"target {fact['indicator']} {goal_text(fact)} {due_text(fact)}"
    if table == "indicators":
        verb = "edit of indicator" if fact.get("replaces") else "indicator"
        return f"{verb} {fact['indicator']}"
    if table == "settings":
        return f"the database's {fact['name']} {clean(fact['value'])}"
    about = register.get(fact["of"])
    verb = {"pins": "pin on"}.get(table, "dropping" if fact.get("how") == "dropped" else "retraction of")
    return f"{verb} {described(register, *about) if about else fact['of'][-6:]}"


def summary(register: Register, tx: str) -> str:
    """What a transaction wrote, in one line."""
    written = register.written_by(tx)
    if len(written) == 1:
        return described(register, *written[0])
    tally: dict[str, int] = {}
    for table, _ in written:
        tally[table] = tally.get(table, 0) + 1
    return "all of " + ", ".join(
        f"{n} {table if n > 1 else table.removesuffix('s')}" for table, n in tally.items()
    )
