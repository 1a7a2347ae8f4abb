"""Which day it is for a database: "today" and due dates go by the zone it was created with. Light."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, tzinfo

from gztrack.errors import InputError
from gztrack.language import tr


def today_in(zone: str, now: float | None = None) -> date:
    """The date in a zone.

    Args:
        zone: IANA name ("Asia/Shanghai").
        now: Seconds since 1970; the system clock when None.

    Raises:
        InputError: There is no such zone.
    """
    moment = datetime.fromtimestamp(time.time() if now is None else now, UTC)
    return moment.astimezone(_zone(zone)).date() if zone not in ("", "UTC") else moment.date()


def time_in(zone: str, at: str) -> str:
    """A logging time (ISO, UTC) as the clocks of a zone show it, to the minute: ``2026-11-30 08:00``."""
    if zone not in ("", "UTC"):
        at = datetime.fromisoformat(at).astimezone(_zone(zone)).isoformat()
    return at[:16].replace("T", " ")


def last_instant(day: date, zone: str) -> str:
    """The last microsecond of a day in a zone, as logging times are kept (ISO, UTC)."""
    if day >= date.max:
        return ""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), _zone(zone or "UTC"))
    return (midnight.astimezone(UTC) - timedelta(microseconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def checked_zone(zone: str) -> str:
    """The zone's name, known to exist.

    Raises:
        InputError: There is no such zone.
    """
    _zone(zone)
    return zone


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        said = tr("no such time zone: '{name}'; for example Asia/Shanghai or UTC", name=name)
        raise InputError(said) from None
