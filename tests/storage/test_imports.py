"""What ``gztrack log`` imports of the store: the standard library, and little of that."""

from __future__ import annotations

import pytest

from storage.support import finish, script

HEAVY = (
    "tinydb",
    "orjson",
    "pydantic",
    "argparse",
    "dataclasses",
    "inspect",
    "decimal",
    "zoneinfo",
    "hashlib",
    "threading",
    "tempfile",
    "subprocess",
    "logging",
)
LIGHT = (
    "gztrack.domain.ids",
    "gztrack.storage.creation",
    "gztrack.storage.files",
    "gztrack.storage.derived",
    "gztrack.storage.journal",
    "gztrack.storage.lines",
    "gztrack.storage.locations",
    "gztrack.storage.lock",
    "gztrack.storage.reading",
    "gztrack.storage.scan",
    "gztrack.storage.store",
)


@pytest.mark.parametrize("module", LIGHT)
def test_a_module_on_the_path_of_log_stays_light(module: str) -> None:
    code = (
        f"import sys; before = set(sys.modules); import {module}; print(*sorted(set(sys.modules) - before))"
    )
    (out,) = finish([script(code)])
    assert module in out.split()
    assert set(out.split()) & set(HEAVY) == set()
