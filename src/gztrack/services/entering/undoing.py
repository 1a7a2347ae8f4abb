"""Undo and redo: which of an author's actions is next, and whether it may still be taken back."""

from __future__ import annotations

from gztrack.domain.amounts import exact
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import ntr, ptr, tr
from gztrack.services.entering.goals import due_text, goal_text


def next_undo(register: Register, author: str, moment: Moment) -> str:
    """The id of the author's latest transaction that is neither undone nor an undo.

    Raises:
        InputError: There is none, or somebody else has built on it.
    """
    dead = register.undone()
    live = [tx for tx in register.transactions(author, moment) if tx not in dead]
    if not live:
        raise InputError(tr("nothing to undo: no action of {author} stands", author=clean(author)))
    refuse_if_built_on(register, live[-1], moment)
    return live[-1]


def next_redo(register: Register, author: str, moment: Moment) -> Fact:
    """The author's latest undo that stands.

    Raises:
        InputError: There is none.
    """
    undone = [f for f in register.undos(author) if not _is_undo(register, f["of"])]
    if not undone:
        raise InputError(
            tr("nothing to redo: {author} has undone nothing that is still undone", author=clean(author))
        )
    _refuse_if_replaced(register, undone[-1]["of"], moment)
    return undone[-1]


def _refuse_if_replaced(register: Register, tx: str, moment: Moment) -> None:
    """Refuse to bring back what something else has taken the place of since."""
    for table, fact in register.written_by(tx):
        old = register.get(fact.get("replaces", "") or (fact["of"] if table == "retractions" else ""))
        if old and not register.exists(old[1], moment):
            raise InputError(
                tr(
                    "cannot redo {what}: what it is about was taken back itself since",
                    what=described(register, table, fact),
                )
            )
        others = _taken_by(register, old[1], moment) if old else []
        if others:
            later = others[-1]
            raise InputError(
                tr(
                    "cannot redo {what}: {author} has put something else in its place ({day}); correct that instead",
                    what=described(register, table, fact),
                    author=clean(later["author"]),
                    day=later["at"][:10],
                )
            )
        if table == "indicators" and not old and register.indicator(fact["indicator"], moment):
            raise InputError(tr("cannot redo adding {id}: it is there again", id=fact["indicator"]))


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
                    tr(
                        "cannot undo {what}: {author} has built on it ({how}, {day}); that has to be undone first",
                        what=described(register, table, fact),
                        author=clean(later["author"]),
                        how=_built(later),
                        day=later["at"][:10],
                    )
                )
        if table == "indicators" and not fact.get("replaces"):
            for home in (register.readings, register.targets, register.indicators):
                for later in home.get(fact["indicator"], ()):
                    if later["tx"] != tx and register.exists(later, moment):
                        raise InputError(
                            tr(
                                "cannot undo adding {id}: {author} has entered something for it since ({day});"
                                " archive it instead: gztrack archive {id}",
                                id=fact["indicator"],
                                author=clean(later["author"]),
                                day=later["at"][:10],
                            )
                        )


def _built(fact: Fact) -> str:
    if "how" in fact:
        how = {
            "revision": tr("a revision"),
            "correction": tr("a correction"),
            "dropped": tr("dropped it"),
        }
        return how.get(fact["how"], tr("withdrew it"))
    return tr("a correction") if "replaces" in fact else tr("a pin")


def described(register: Register, table: str, fact: Fact) -> str:
    """A fact in a few words, for the echo of an undo."""
    if table == "readings":
        figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
        said = {"id": fact["indicator"], "value": figure, "period": fact["period"]}
        if fact.get("replaces"):
            return tr("correction to {id} {value} for {period}", **said)
        return tr("reading {id} {value} for {period}", **said)
    if table == "targets":
        return tr("target {id} {goal} {due}", id=fact["indicator"], goal=goal_text(fact), due=due_text(fact))
    if table == "indicators":
        if fact.get("replaces"):
            before = register.get(fact["replaces"])
            return _edited(fact, before[1] if before else fact)
        return tr("indicator {id}", id=fact["indicator"])
    if table == "settings":
        return tr("the database's {name} {value}", name=tr(fact["name"]), value=clean(fact["value"]))
    about = register.get(fact["of"])
    what = described(register, *about) if about else fact["of"][-6:]
    if table == "pins":
        return tr("pin on {what}", what=what)
    if fact.get("how") == "dropped":
        return tr("dropping {what}", what=what)
    return tr("retraction of {what}", what=what)


def _edited(fact: Fact, before: Fact) -> str:
    """An edit of an indicator; languages that can tell an archived one from others do."""
    if bool(fact.get("archived")) == bool(before.get("archived")):
        return tr("edit of indicator {id}", id=fact["indicator"])
    if fact.get("archived"):
        return ptr("archived", "edit of indicator {id}", id=fact["indicator"])
    return ptr("brought back", "edit of indicator {id}", id=fact["indicator"])


def summary(register: Register, tx: str) -> str:
    """What a transaction wrote, in one line."""
    written = register.written_by(tx)
    if len(written) == 1:
        return described(register, *written[0])
    tally: dict[str, int] = {}
    for table, _ in written:
        tally[table] = tally.get(table, 0) + 1
    told = ""
    for table, n in tally.items():
        one = _counted(table, n)
        told = ptr("list", "{a}, {b}", a=told, b=one) if told else one
    return tr("all of {what}", what=told)


def _counted(table: str, n: int) -> str:
    """So many facts of a table."""
    match table:
        case "readings":
            return ntr("{n} reading", "{n} readings", n)
        case "targets":
            return ntr("{n} target", "{n} targets", n)
        case "indicators":
            return ntr("{n} indicator", "{n} indicators", n)
        case "settings":
            return ntr("{n} setting", "{n} settings", n)
        case "pins":
            return ntr("{n} pin", "{n} pins", n)
        case "retractions":
            return ntr("{n} retraction", "{n} retractions", n)
        case _:
            return ntr("{n} undo", "{n} undos", n)
