"""Eight writers, two hundred kills and a reader: nothing acknowledged is lost, nothing torn is seen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from faults.killing import SIZES, WRITERS
from faults.operations import Shelf
from faults.rig import environment
from faults.watching import Seen
from gztrack.storage.health.doctor import examine
from gztrack.storage.journal import Journal
from gztrack.storage.reading import transactions

KILLS = 200
SEED = 20261125


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(shelf: Shelf, tmp_path: Path) -> None:
    db = shelf.copy("plain", tmp_path / "db")
    ran = subprocess.run(
        [sys.executable, "-m", "faults.killing", str(db), str(KILLS), str(SEED)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    assert told["killed"] == KILLS
    seen = Seen(*told["reader"])
    assert (seen.wrong, seen.fewer) == ("", 0)
    assert seen.sizes == sorted(set(SIZES))
    assert seen.looks > 10
    assert seen.most > 100

    assert examine(str(db)).sound
    written = [each for each in transactions(Journal(str(db))) if each.author.startswith("writer ")]
    assert {len(each.facts) for each in written} == set(SIZES)
    there = Counter(record["value"] for each in written for _, record in each.facts)
    acknowledged = [value for first, stop in told["acknowledged"] for value in range(first, stop)]
    assert len(acknowledged) > KILLS
    assert [value for value in acknowledged if there[value] != 1] == []
    assert max(there.values()) == 1
    # At most what a killed one had just written and could no longer report.
    assert 0 <= len(written) - len(told["acknowledged"]) <= KILLS + WRITERS
