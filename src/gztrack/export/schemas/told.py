"""Schemas of what hooks are told on standard input, a record a line. Light."""

from __future__ import annotations

from gztrack.export.schemas.blocks import Schema, fact, one_of, text, thing, without
from gztrack.export.schemas.shared import AUTHOR, HISTORY_READING, JUDGED_TARGET, LOGGED_AT, SLUG

_LATER = ("standing", "preferred", "pinned", "pin_reason", "ended_by")


def _record(about: str, actions: tuple[str, ...], keys: dict[str, Schema]) -> Schema:
    """A record of an action: what was done to whose figure, and then the keys of the reading or target."""
    before = {
        "action": one_of("What was done.", actions),
        "action_reason": text("Why, as whoever did it said; null where nobody did.", null=True),
        "database": text("The database's title."),
        "tx": fact("Id of the transaction; all records of one action have the same."),
        "indicator": SLUG,
        "name": text("The indicator's name; null where it is not known any more.", null=True),
        "unit": text("What its figures count; null where it is not known any more.", null=True),
    }
    login = text("The account that it was done under.")
    return thing(about, {**before, **keys, "author": AUTHOR, "login": login, "logged_at": LOGGED_AT})


SCHEMAS: dict[str, tuple[str, Schema]] = {
    "on-log": (
        "hooks/on-log",
        _record("A reading that was logged.", ("log", "correct"), without(HISTORY_READING, *_LATER)),
    ),
    "on-target": (
        "hooks/on-target",
        _record(
            "A target that was set or dropped.", ("set", "revise", "correct", "drop"), dict(JUDGED_TARGET)
        ),
    ),
}
"""Hook to a title and what each line says that it is told."""
