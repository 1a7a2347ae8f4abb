"""What the lines of a pack look like: JSON Lines, with a head, transactions with their facts, and an end. Light.

::

    {"gztrack":"pack","version":1,"title":"...","tz":"..."}
    {"tx":"...","at":"...","author":"...","login":"...","action":"log"}
    ["readings",{"id":"...","indicator":"...","value":12,...}]
    {"gztrack":"end","transactions":1,"facts":1,"sha256":"..."}

A transaction is a line with what its facts share, then its facts in their order, a line each.
Transactions stand in the order in which they were logged. The end counts them and seals every byte before it.
"""

from __future__ import annotations

from datetime import datetime

from gztrack.storage.store import ENVELOPE

PACK = "pack"
"""What the first line of a pack says that it is."""

END = "end"
"""What its last line says."""

VERSION = 1
"""The version that this program writes, and the only one that it reads."""

TRANSACTION = (*ENVELOPE, "action")
"""The fields of a transaction's line."""

_AT = "0000-00-00T00:00:00.000000Z"


def is_logging_time(text: str) -> bool:
    """Whether a text is a moment as facts carry it, from 1900 to 2199, like 2026-11-24T09:30:00.000000Z."""
    if (
        text[:2] not in ("19", "20", "21")
        or "".join("0" if char in "123456789" else char for char in text) != _AT
    ):
        return False
    try:
        return bool(datetime.fromisoformat(text[:-1]))
    except ValueError:
        return False
