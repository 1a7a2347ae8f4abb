"""What hooks are told of an action: its records in the shapes of ``--json``, one object a line.

A reading has the keys of ``history --json`` that say what was logged, a target those of
``targets --json``. Before them stand whose and what action it was.
"""

from __future__ import annotations

import json

from gztrack.domain.register import Moment, Register
from gztrack.domain.text import clean
from gztrack.export.forms import Item, history_item, target_item
from gztrack.services.board.rows import reading_view
from gztrack.services.hooks import ON_LOG, ON_TARGET, Call
from gztrack.storage.store import Fact, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gztrack.services.tracker import Tracker

_LATER = ("standing", "preferred", "pinned", "pin_reason", "ended_by")
"""What becomes of a reading is not known when it is logged."""

_READINGS = ("log", "correct")
_SAID = {"": "set", "revision": "revise", "correction": "correct"}


def announced(tracker: Tracker) -> list[Call]:
    """What hooks are to be told of everything that a tracker has written since it was last asked.

    Args:
        tracker: Is asked in the thread that writes through it.
    """
    waiting, tracker.announced[:] = list(tracker.announced), []
    calls: list[Call] = []
    for tx in waiting:
        transaction = tracker.store.transaction(tx)
        if transaction is None:
            continue
        if transaction.action in _READINGS:
            calls += of_readings(transaction, tracker.register, tracker.moment(), tracker.title)
        else:
            lines = tuple(_lines(transaction, tracker.title, _targets(transaction, tracker)))
            calls += [Call(ON_TARGET, lines)] if lines else []
    return calls


def of_readings(transaction: Transaction, register: Register, moment: Moment, title: str) -> list[Call]:
    """What ``on-log`` is to be told of one action.

    Args:
        transaction: The action.
        register: Knows the indicators.
        moment: Now.
        title: The database's.
    """
    items = _readings(transaction, register, moment)
    told = ((transaction.action, item["reason"] or "", item) for item in items)
    lines = tuple(_lines(transaction, title, told))
    return [Call(ON_LOG, lines)] if lines else []


def _lines(transaction: Transaction, title: str, items: Iterator[tuple[str, str, Item]]) -> Iterator[bytes]:
    for action, reason, item in items:
        told = {
            "action": action,
            "action_reason": reason or None,
            "database": title,
            "tx": transaction.tx,
            **item,
            # Of a target that was dropped the item names who had set it.
            "author": transaction.author,
            "login": transaction.login,
            "logged_at": transaction.at,
        }
        text = json.dumps(told, ensure_ascii=False, allow_nan=False)
        yield f"{text}\n".encode("utf-8", "backslashreplace")


def _readings(transaction: Transaction, register: Register, moment: Moment) -> Iterator[Item]:
    envelope = {name: getattr(transaction, name) for name in ("tx", "at", "author", "login")}
    for table, record in transaction.facts:
        if table == "readings":
            item = history_item(reading_view(register, {**record, **envelope}, ""))
            about = _about(register.indicator(record["indicator"], moment), record["indicator"])
            yield {**about, **{key: value for key, value in item.items() if key not in _LATER}}


def _targets(transaction: Transaction, tracker: Tracker) -> Iterator[tuple[str, str, Item]]:
    for table, record in transaction.facts:
        if table == "targets":
            action, wanted = _SAID[record.get("how", "")], record["id"]
        elif table == "retractions" and record["how"] == "dropped":
            action, wanted = "drop", record["of"]
        else:
            continue
        found = tracker.register.get(wanted)
        if found is None:
            continue
        fact = found[1]
        about = _about(tracker.register.indicator(fact["indicator"], tracker.moment()), fact["indicator"])
        for view in tracker.ledger([fact["indicator"]], every=True):
            if view.id == wanted:
                yield action, clean(record.get("reason", "")), {**about, **target_item(view)}


def _about(indicator: Fact | None, slug: str) -> Item:
    """Which indicator it is, and what its figures count."""
    known = indicator or {}
    return {"indicator": slug, "name": known.get("name"), "unit": known.get("unit")}
