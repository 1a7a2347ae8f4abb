"""A snapshot as JSON: everything that the others show and every reading behind it, with the whole hash."""

from __future__ import annotations

from gztrack.export.exact_json import canonical, indented
from gztrack.export.report import Report
from gztrack.export.report_data import is_plain_item

__all__ = ["canonical", "render"]


def render(report: Report) -> bytes:
    """The report as JSON in UTF-8; ``hash`` is that of the rest as `canonical` writes it."""
    # As `dumps` in `forms` writes all of it, but in pieces: an odd number slows down its own indicator alone.
    around = indented({**report.data, "indicators": None, "hash": f"sha256:{report.digest}"}) + b"\n"
    before, place, after = around.partition(b'\n  "indicators": null')
    if not report.data["indicators"]:
        return before + place.replace(b"null", b"[]") + after
    indicators = b",\n    ".join(
        indented(item, 2, plain=is_plain_item(item)) for item in report.data["indicators"]
    )
    return b"".join((before, place.replace(b"null", b"[\n    "), indicators, b"\n  ]", after))
