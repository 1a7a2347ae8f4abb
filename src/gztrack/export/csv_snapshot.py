"""A snapshot as CSV, in columns for programs: rows of three kinds in one table, as ``kind`` says.

An ``indicator`` is a row of the board. A ``target`` is an entry of the ledger, with its verdict.
A ``count`` says how many promises have a verdict (with a reason: why so many have none). Where what
is new since a day was asked for, a row each tells it: ``new reading``, ``correction``, ``new target``,
``moved target``, ``dropped target``, ``changed status``, ``changed verdict``; ``was`` says what stood
before. What a kind has nothing to say of is empty.

Figures are bare numbers, fractions are fractions, what is refused is empty. A text that a spreadsheet would
take for a formula has an apostrophe in front (`gztrack.domain.formulas`).
"""

from __future__ import annotations

import csv
import io
from typing import Any

from gztrack.domain.formulas import harmless
from gztrack.export.csv_file import number
from gztrack.export.phrases import promise_text
from gztrack.export.report import Report
from gztrack.language import speaking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gztrack.export.forms import Item

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
VERDICT = ("state", "verdict", "evidence", "evidence_value", "evidence_qualifier", "evidence_source",
           "evidence_source_url", "margin", "margin_qualifier", "ended_on", "change")  # fmt: skip
NAMED = ("replaced_by", "replaces")
SHARED = ("was", "method", "as_of", "since", "content_hash")
HEADS = (
    "kind",
    *INDICATOR,
    *(f"reading_{name}" for name in READING),
    *(f"target_{name}" for name in TARGET),
    *FIGURES,
    *VERDICT,
    *NAMED,
    "count",
    *SHARED,
)

Cells = dict[str, Any]


def render(report: Report) -> bytes:
    """The report as CSV: UTF-8, CR LF, as RFC 4180 has it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    new = report.data.get("since")
    shared = {
        "as_of": report.board.as_of.isoformat(),
        "since": new["old"]["as_of"] if new else None,
        "content_hash": report.digest,
    }
    with speaking("en"):
        for cells in (
            *_indicators(report),
            *_targets(report),
            *_counts(report),
            *(_news(new) if new else ()),
        ):
            row = cells | shared
            writer.writerow([_cell(row.get(name)) for name in HEADS])
    return text.getvalue().encode("utf-8")


def _indicators(report: Report) -> Iterator[Cells]:
    for item in report.data["indicators"]:
        reading, target = item["reading"] or {}, item["target"] or {}
        yield {
            "kind": "indicator",
            **{name: item[name] for name in (*INDICATOR, *FIGURES, "method")},
            **{f"reading_{name}": reading.get(name) for name in READING},
            **{f"target_{name}": target.get(name) for name in TARGET},
        }


def _targets(report: Report) -> Iterator[Cells]:
    known = {item["id"]: item for item in report.data["indicators"]}
    for promise, item in zip(report.promises, report.data["ledger"], strict=True):
        usual = {"id": promise.view.indicator, "name": promise.name, "unit": promise.unit.text}
        whose = known.get(promise.view.indicator, usual)
        yield {
            "kind": "target",
            **{name: whose.get(name) for name in INDICATOR},
            **{f"target_{name}": item[name] for name in TARGET},
            **{name: item[name] for name in VERDICT},
            "reason": item["reason"],
            "replaced_by": promise_text(promise.new) if promise.new else None,
            "replaces": promise_text(promise.old) if promise.old else None,
        }


def _counts(report: Report) -> Iterator[Cells]:
    for verdict, count in report.data["ledger_counts"].items():
        yield {"kind": "count", "verdict": verdict, "count": count}
    for reason, count in report.data["ledger_no_verdict"].items():
        yield {"kind": "count", "verdict": "no verdict", "reason": reason, "count": count}


def _news(new: Item) -> Iterator[Cells]:
    """What is new, as the JSON form has it, a row each."""
    for each in new["readings"]:
        yield {"kind": "new reading", **_whose(each), **_fields("reading", each["reading"])}
    for each in new["corrections"]:
        entry = each["new"] or each["old"]
        said = " ".join([each["kind"], *each["changed"]])
        was = each["old"]["value"]
        yield {
            "kind": "correction",
            **_whose(each),
            **_fields(each["what"], entry),
            "change": said,
            "was": was,
        }
    for each in new["targets"]:
        old = each["replaces"]
        yield {
            "kind": f"{each['kind']} target",
            **_whose(each),
            **_fields("target", each["target"]),
            "reason": each["reason"],
            "was": f"{number(old['value'])} by {old['due_label']}" if old else None,
        }
    for each in new["statuses"]:
        old, now = each["old"] or {}, each["new"] or {}
        figures = {name: now.get(name) for name in ("status", "reason", "attainment", "attainment_qualifier")}
        yield {"kind": "changed status", **_whose(each), **figures, "was": old.get("status")}
    for each in new["verdicts"]:
        found = each["new"]
        judged = {name: found.get(name) for name in (*VERDICT, "reason")}
        row = {**_whose(each), **_fields("target", found), **judged, "was": each["old"]["verdict"]}
        yield {"kind": "changed verdict", **row}


def _whose(each: Item) -> Cells:
    return {"id": each["indicator"], **{name: each[name] for name in ("name", "name_zh", "unit")}}


def _fields(what: str, entry: Item) -> Cells:
    names = READING if what == "reading" else TARGET
    return {f"{what}_{name}": entry.get(name) for name in names}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    return harmless(" ".join(value) if isinstance(value, list) else str(value))
