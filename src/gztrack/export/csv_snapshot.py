"""A snapshot as CSV: one row an indicator, in columns for programs.

Figures are bare numbers, fractions are fractions, what is refused is empty. Texts are written as
they are: one that begins with ``=`` is one for spreadsheets to beware of (see `csv_file`).
"""

from __future__ import annotations

import csv
import io
from typing import Any

from gztrack.export.csv_file import number
from gztrack.export.report import Report

INDICATOR = ("id", "name", "name_zh", "group", "unit", "measure", "direction")
READING = ("value", "qualifier", "period", "period_start", "period_end", "series", "provisional", "inferred", "source",
           "source_url", "published", "note")  # fmt: skip
TARGET = ("value", "high", "comparator", "due", "due_label", "over", "stated_on", "stated_by", "quote", "inferred",
          "source", "source_url", "published", "note")  # fmt: skip
FIGURES = (
    "attainment",
    "attainment_qualifier",
    "path",
    "path_qualifier",
    "time",
    "ratio",
    "ratio_qualifier",
    "status",
    "reason",
    "reached_on",
)
SHARED = ("method", "as_of", "content_hash")


def render(report: Report) -> bytes:
    """The report's rows as CSV: UTF-8, LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    heads = [
        *INDICATOR,
        *(f"reading_{f}" for f in READING),
        *(f"target_{f}" for f in TARGET),
        *FIGURES,
        *SHARED,
    ]
    writer.writerow(heads)
    shared = [report.board.method, report.board.as_of.isoformat(), report.digest]
    for item in report.data["indicators"]:
        reading, target = item["reading"] or {}, item["target"] or {}
        cells = [item[f] for f in INDICATOR] + [reading.get(f) for f in READING]
        cells += [target.get(f) for f in TARGET] + [item[f] for f in FIGURES]
        writer.writerow([_cell(value) for value in cells] + shared)
    return text.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    return " ".join(value) if isinstance(value, list) else str(value)
