"""Writes the golden snapshots anew: ``PYTHONPATH=src:tests python tests/golden/make.py``, then read the diff."""

from __future__ import annotations

from books import GOLDEN, followed, states
from gztrack.export.snapshot import FORMATS, render


def main() -> None:
    """Write every format of both databases."""
    for name, tracker in (("followup", followed()), ("states", states())):
        for kind in FORMATS:
            (GOLDEN / f"{name}-snapshot.{kind}").write_bytes(render(tracker, kind))


if __name__ == "__main__":
    main()
