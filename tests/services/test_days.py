"""Which day it is in a zone: the short look into a zone's file says what `zoneinfo` says."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from gztrack.errors import InputError
from gztrack.services import days

ZONES = sorted(available_timezones())
needs_zones = pytest.mark.skipif(
    not os.path.exists(days.ZONES + "Asia/Shanghai") and not os.environ.get("CI"),
    reason="NOT PROVEN HERE: there are no zones: apt-get install tzdata",
)
MOMENTS = [
    datetime(1980, 6, 1, 15, 59, 59, tzinfo=UTC) + timedelta(days=97 * step, hours=step)
    for step in range(250)
]


def telling(there: ZoneInfo) -> list[datetime]:
    """Moments of a zone: now and then, and the last seconds before its clocks were set and the first after."""
    ahead = [moment.astimezone(there).utcoffset() for moment in MOMENTS]
    changed = [at for at in range(1, len(MOMENTS)) if ahead[at] != ahead[at - 1]]
    found = MOMENTS[::10]
    for at in changed[-3:]:
        before, after = int(MOMENTS[at - 1].timestamp()), int(MOMENTS[at].timestamp())
        while after - before > 1:
            middle = (before + after) // 2
            if datetime.fromtimestamp(middle, there).utcoffset() == ahead[at]:
                after = middle
            else:
                before = middle
        found += [datetime.fromtimestamp(second, UTC) for second in (before, after)]
    return found


@needs_zones
def test_every_zone_of_this_machine_shows_the_times_that_zoneinfo_shows() -> None:
    assert len(ZONES) > 100
    for zone in ZONES:
        there = ZoneInfo(zone)
        for moment in telling(there):
            expected = moment.astimezone(there)
            assert days.time_in(zone, moment.isoformat()) == expected.isoformat()[:16].replace("T", " "), zone
            assert days.today_in(zone, moment.timestamp()) == expected.date(), zone


@needs_zones
def test_a_zone_that_has_kept_its_clocks_does_without_zoneinfo(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> None:
        pytest.fail(f"zoneinfo was asked for {name}")

    monkeypatch.setattr(days, "_zone", refused)
    assert days.time_in("Asia/Shanghai", "2026-11-29T16:00:00Z") == "2026-11-30 00:00"
    assert days.time_in("Asia/Kathmandu", "2026-11-29T18:15:00Z") == "2026-11-30 00:00"


@pytest.mark.parametrize(
    "zone", ["../../etc/passwd", "/etc/localtime", "Asia", "Nowhere/City", "Asia/上海", "A\0"]
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(InputError, match="no such time zone"):
        days.today_in(zone)


@needs_zones
@pytest.mark.parametrize("kept", [0, 1, 30, 44, 60, 200, -1])
def test_a_zone_whose_file_is_cut_short_is_left_to_zoneinfo(
    kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(days.ZONES, "Asia/Shanghai").read_bytes()
    (tmp_path / "Asia").mkdir()
    (tmp_path / "Asia" / "Shanghai").write_bytes(whole[:kept] if kept >= 0 else b"\xff" * len(whole))
    monkeypatch.setattr(days, "ZONES", f"{tmp_path}/")
    assert days.time_in("Asia/Shanghai", "2026-11-29T16:00:00Z") == "2026-11-30 00:00"
