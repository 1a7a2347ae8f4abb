"""A snapshot as JSON: everything that the others show and every reading behind it, with the whole hash."""

from __future__ import annotations

from gztrack.export.forms import dumps
from gztrack.export.report import Report, canonical

__all__ = ["canonical", "render"]


def render(report: Report) -> bytes:
    """The report as JSON in UTF-8; ``hash`` is that of the rest as `canonical` writes it."""
    return dumps({**report.data, "hash": f"sha256:{report.digest}"}).encode("utf-8")
