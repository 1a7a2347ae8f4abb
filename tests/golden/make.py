"""Writes golden files anew: ``PYTHONPATH=src:tests python tests/golden/make.py``, then read the diff."""

from __future__ import annotations

from datetime import date

from books import GOLDEN, TEXTS, exports, followed, running, states
from differences import FORMS, stirred, tour
from gztrack.export.snapshot import render
from gztrack.language import speaking
from gztrack.services.board.selecting import Selection
from schemas import listing
from workbooks import unpacked


def main() -> None:
    """Write every format of both databases and diffs, in Chinese what people read as text, and the schemas."""
    for name, tracker in (("followup", followed()), ("states", states())):
        for kind in TEXTS:
            (GOLDEN / f"{name}-snapshot.{kind}").write_bytes(render(tracker, kind))
        for kind in ("md", "txt", "svg", "html"):
            with speaking("zh"):
                (GOLDEN / f"{name}-snapshot.zh.{kind}").write_bytes(render(tracker, kind))
    for name, diff in (("followup", tour()), ("stirred", stirred())):
        for kind, form in FORMS.items():
            (GOLDEN / f"{name}-diff.{kind}").write_bytes(form(diff))
        for kind in ("md", "txt"):
            with speaking("zh"):
                (GOLDEN / f"{name}-diff.zh.{kind}").write_bytes(FORMS[kind](diff))
    for slug, tracker in (("5g-base-stations", followed()), ("nev-output", states())):
        picture = render(tracker, "svg", only=Selection(frozenset({slug})), chart=slug)
        (GOLDEN / f"{slug}-chart.svg").write_bytes(picture)
    (GOLDEN / "followup-since.md").write_bytes(render(followed(), "md", since=date(2026, 11, 24)))
    (GOLDEN / "followup-snapshot.xlsx.txt").write_text(unpacked(render(followed(), "xlsx")), encoding="utf-8")
    for kind, data in exports(running()).items():
        (GOLDEN / f"half-marathon.{kind}").write_bytes(data)
    (GOLDEN / "schemas.txt").write_text(listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
