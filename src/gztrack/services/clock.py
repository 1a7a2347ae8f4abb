"""When something is written, and under which id: later than the same author's last entry, whatever the clock says.

Facts are ordered by logging time and id. A host whose clock was set back would put a correction
before what it corrects, and undo would take back the wrong action. So an author's entries ascend;
who is behind is told.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from gztrack.domain.ids import following
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage.store import stamp

PATIENCE = 2.0
"""Seconds that a clock may be behind without a word: hosts that share a database differ a little."""


class Instant(NamedTuple):
    """When and as what something is written.

    Attributes:
        tx: The transaction's id.
        at: Its logging time.
        notice: What the person should hear about the clock, or empty.
    """

    tx: str
    at: str
    notice: str = ""


def instant(last: tuple[str, str] | None, now: int | None = None) -> Instant:
    """The next instant for an author.

    Args:
        last: Logging time and transaction id of their last entry, None for a first one.
        now: Nanoseconds since 1970; the system clock when None.
    """
    now = time.time_ns() if now is None else now
    at = stamp(now)
    if last is None:
        return Instant(following("", now // 1_000_000), at)
    if at > last[0]:
        return Instant(following(last[1], now // 1_000_000), at)
    then = datetime.fromisoformat(last[0])
    behind = (then - datetime.fromisoformat(at)).total_seconds()
    later = then + timedelta(microseconds=1)
    notice = ""
    if behind > PATIENCE:
        times = f"{at[:19]}Z", f"{last[0][:19]}Z"
        notice = tr(
            "the clock of this host says {now}, and your last entry is of {last}, so one of two clocks was wrong:"
            " this one is kept as made a moment after it; see that the clock is right",
            now=times[0],
            last=times[1],
        )
    kept = f"{later:%Y-%m-%dT%H:%M:%S.%f}Z"
    return Instant(following(last[1], int(later.timestamp() * 1000)), kept, notice)
