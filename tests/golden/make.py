"""Writes golden files anew: ``PYTHONPATH=src:tests python tests/golden/make.py``, then read the diff."""

from __future__ import annotations

from books import GOLDEN, followed, states
from gztrack.export.snapshot import FORMATS, render
from gztrack.language import speaking
from gztrack.services.board.selecting import Selection
from schemas import listing


def main() -> None:
    """Write every format of both databases, in Chinese those that people read as text, and what schemas promise."""
    for name, tracker in (("followup", followed()), ("states", states())):
        for kind in FORMATS:
            (GOLDEN / f"{name}-snapshot.{kind}").write_bytes(render(tracker, kind))
        for kind in ("md", "txt", "svg", "html"):
            with speaking("zh"):
                (GOLDEN / f"{name}-snapshot.zh.{kind}").write_bytes(render(tracker, kind))
    for slug, tracker in (("5g-base-stations", followed()), ("nev-output", states())):
        picture = render(tracker, "svg", only=Selection(frozenset({slug})), chart=slug)
        (GOLDEN / f"{slug}-chart.svg").write_bytes(picture)
    (GOLDEN / "schemas.txt").write_text(listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
