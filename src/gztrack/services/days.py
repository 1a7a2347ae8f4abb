"""Which day it is for a database: "today" and due dates go by the zone it was created with. Light."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo

ZONES = "/usr/share/zoneinfo/"
"""Where systems keep the rules of the zones; `zoneinfo` looks in other places too."""


def today_in(zone: str, now: float | None = None) -> date:
    """The date in a zone.

    Args:
        zone: IANA name ("Asia/Shanghai").
        now: Seconds since 1970; the system clock when None.

    Raises:
        InputError: There is no such zone.
    """
    moment = datetime.fromtimestamp(time.time() if now is None else now, UTC)
    return _there(moment, zone).date()


@lru_cache(maxsize=1 << 10)  # what was imported at once was logged at once
def time_in(zone: str, at: str) -> str:
    """A logging time (ISO, UTC) as the clocks of a zone show it, to the minute: ``2026-11-30 08:00``."""
    if zone not in ("", "UTC"):
        at = _there(datetime.fromisoformat(at), zone).isoformat()
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


def _there(moment: datetime, zone: str) -> datetime:
    """A moment by the clocks of a zone.

    Raises:
        InputError: There is no such zone.
    """
    if zone in ("", "UTC"):
        return moment
    steady = _steady(zone)
    if steady is not None and moment.timestamp() >= steady[0]:
        return moment.astimezone(timezone(timedelta(seconds=steady[1])))
    return moment.astimezone(_zone(zone))


def _steady(name: str) -> tuple[int, int] | None:
    """Since when (seconds since 1970) a zone's clocks are not set any more, and their seconds ahead of UTC.

    `zoneinfo` costs as much as all else that logging does, and of most zones only this is asked. It
    stands in the last lines of the zone's file (RFC 8536); None where it does not, or is not found.
    """
    if ".." in name or not name.replace("/", "").replace("_", "").replace("-", "").isalnum():
        return None
    return _told(ZONES + name)


@lru_cache(maxsize=8)  # of every reading it is asked when it was logged
def _told(path: str) -> tuple[int, int] | None:
    try:
        with open(path, "rb") as file:
            data = file.read(1 << 16)
    except OSError:
        return None
    try:
        second = _end(data, 0, 4) if data[:4] == b"TZif" and data[4:5] >= b"2" else -1
        if second < 0 or data[second : second + 4] != b"TZif":
            return None
        since = _last_change(data, second + 44, _counts(data, second)[3])
        ahead = _ahead(data[_end(data, second, 8) :].strip(b"\n").decode("ascii"))
    except (ValueError, IndexError):
        return None
    return None if ahead is None else (since, ahead)


def _last_change(data: bytes, times: int, changes: int) -> int:
    """When the clocks were last set: times of eight bytes stand there, and behind them what each changes to."""
    kinds = data[times + 8 * changes : times + 9 * changes]
    for change in range(changes - 1, -1, -1):
        at = int.from_bytes(data[times + 8 * change : times + 8 * change + 8], "big", signed=True)
        # Some systems end every list with a change to the same at the end of 32-bit time.
        if at < _END_OF_32_BITS or change == 0 or kinds[change] != kinds[change - 1]:
            return at
    return 0


_END_OF_32_BITS = (1 << 31) - 1


def _counts(data: bytes, start: int) -> tuple[int, ...]:
    """The six numbers in the header at that place: UT and standard signs, leap seconds, changes, types, letters."""
    return tuple(int.from_bytes(data[at : at + 4], "big") for at in range(start + 20, start + 44, 4))


def _end(data: bytes, start: int, size: int) -> int:
    """Where the block ends that begins with the header at that place, its times in so many bytes."""
    ut, standard, leaps, changes, types, letters = _counts(data, start)
    return start + 44 + changes * (size + 1) + types * 6 + letters + leaps * (size + 4) + standard + ut


def _ahead(rule: str) -> int | None:
    """Seconds ahead of UTC of a rule such as ``CST-8`` or ``<+0545>-5:45``; None for one with summer time."""
    name, sign, offset = rule.partition(">") if rule.startswith("<") else ("", "", rule.lstrip(_LETTERS))
    hours, _, minutes = offset.removeprefix("-").removeprefix("+").partition(":")
    if "," in rule or (name and not sign) or not hours.isdecimal() or not (minutes or "0").isdecimal():
        return None
    seconds = int(hours) * 3600 + int(minutes or 0) * 60
    return seconds if offset.startswith("-") else -seconds


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        said = tr("no such time zone: '{name}'; for example Asia/Shanghai or UTC", name=name)
        raise InputError(said) from None
