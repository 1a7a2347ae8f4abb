"""What opening and making a database tell a person about the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.storage.health import surroundings
from gztrack.storage.locations import Location


def test_two_hosts_on_one_network_disk_are_warned_of_where_it_can_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Location(str(tmp_path / "db"), named=True)
    monkeypatch.setattr(surroundings, "network", lambda path: "nfs4")
    said = initialise(place, zone="UTC")
    assert "network file system (nfs4)" in said[-1]
    writing = open_tracker(place, author="ann", login="ann", writing=True)
    assert [notice for notice in writing.notices if "network file system (nfs4)" in notice]
    assert not open_tracker(place, author="ann", login="ann", writing=False).notices
