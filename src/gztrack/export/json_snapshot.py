"""A snapshot as JSON: everything that the others show and every reading behind it, with the whole hash."""

from __future__ import annotations

from gztrack.export.forms import dumps
from gztrack.export.report import Report
from gztrack.export.report_data import canonical
from gztrack.export.report_readings import indented

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gztrack.export.forms import Item

__all__ = ["canonical", "render"]


def render(report: Report) -> bytes:
    """The report as JSON in UTF-8; ``hash`` is that of the rest as `canonical` writes it."""
    # As `dumps` writes all of it, but faster where there are many readings.
    around = dumps({**report.data, "indicators": None, "hash": f"sha256:{report.digest}"}).encode("utf-8")
    before, place, after = around.partition(b'\n  "indicators": null')
    if not report.data["indicators"]:
        return before + place.replace(b"null", b"[]") + after
    indicators = b",\n".join(_indicators(report))
    return before + place.replace(b"null", b"[\n" + indicators + b"\n  ]") + after


def _indicators(report: Report) -> Iterator[bytes]:
    for item in report.data["indicators"]:
        yield b"    " + _indicator(item).replace(b"\n", b"\n    ")


def _indicator(item: Item) -> bytes:
    """One, as `dumps` writes it alone; its readings come last."""
    rest = dumps({name: value for name, value in item.items() if name != "readings"}).encode("utf-8")
    return rest.removesuffix(b"\n}\n") + b',\n  "readings": ' + indented(item["readings"], 1) + b"\n}"
