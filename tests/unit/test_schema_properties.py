"""Whatever a database holds, what is printed of it is as its published schema says."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from books import empty
from gztrack.errors import InputError
from gztrack.export.alarm_form import alarm_item
from gztrack.export.forms import detail_item, dumps, history_item, status_item, target_item
from gztrack.export.snapshot import render
from gztrack.export.why_form import why_item
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker
from schemas import conforms

FIELDS = (
    "kind", "indicator", "period", "value", "status", "due", "over", "comparator", "stated_on", "stated_by", "quote",
    "baseline", "baseline_period", "source", "source_url", "published", "note", "name", "name_zh", "unit", "measure",
    "direction", "part_of", "inferred",
)  # fmt: skip

SIGNS = ("", ">", "<", "~", ">=", "<=")
PERIODS = (
    "2018",
    "2019",
    "2020",
    "2020-Q3",
    "2021-05",
    "2021-05-17",
    "2022",
    "2024",
    "2025",
    "2026-10",
    "2031",
)
TEXTS = st.sampled_from(["", "统计局", "x" * 90, 'a "quote" & <b>', "o\u0301 👩‍👩‍👧"])


def _figures() -> st.SearchStrategy[str]:
    numbers = st.one_of(st.integers(-100, 400), st.sampled_from([0, 1e-9, 0.1, 123456.789, 10**17]))
    return st.builds(lambda sign, number: f"{sign}{number}", st.sampled_from(SIGNS), numbers)


def _readings() -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {
            "kind": st.just("reading"),
            "indicator": st.sampled_from(["a", "b"]),
            "period": st.sampled_from(PERIODS),
            "value": _figures(),
            "status": st.sampled_from(["final", "provisional"]),
            "source": TEXTS,
            "published": st.sampled_from(["", "2022-01-01"]),
            "note": TEXTS,
        }
    )


def _targets() -> st.SearchStrategy[dict[str, str]]:
    goals = st.one_of(_figures(), st.just("50..80"))
    return st.fixed_dictionaries(
        {
            "kind": st.just("target"),
            "indicator": st.sampled_from(["a", "b"]),
            "value": goals,
            "due": st.sampled_from(["", "2019", "2020-12-31", "2025", "2026-11-24", "2030"]),
            "over": st.sampled_from(["", "", "", "2019..2025"]),
            "stated_on": st.sampled_from(["", "2018-Q1", "2020-01-01"]),
            "stated_by": TEXTS,
            "quote": TEXTS,
            "source_url": st.sampled_from(["", "https://x.example/a?b=1"]),
        }
    )


def _rows() -> st.SearchStrategy[list[dict[str, str]]]:
    return st.builds(
        lambda measures, direction, names, readings, targets: (
            [
                {
                    "kind": "indicator",
                    "indicator": slug,
                    "name": f"Indicator {slug}",
                    "name_zh": names,
                    "unit": "units",
                    "measure": measure,
                    "direction": direction,
                    "part_of": part_of,
                }
                for slug, measure, part_of in (("a", measures[0], ""), ("b", measures[1], "a"))
            ]
            + readings
            + targets
        ),
        st.tuples(*[st.sampled_from(["level", "flow", "rate"])] * 2),
        st.sampled_from(["up", "down"]),
        TEXTS,
        st.lists(_readings(), max_size=7),
        st.lists(_targets(), max_size=3),
    )


def _tracker(rows: list[dict[str, str]]) -> Tracker:
    """A database of these rows, as far as they go together."""
    tracker = empty()
    for row in rows:
        text = io.StringIO()
        writer = csv.DictWriter(text, FIELDS)
        writer.writeheader()
        writer.writerow(row)
        try:
            import_text(tracker, text.getvalue(), yes=True)
        except InputError:
            assert row["kind"] != "indicator" or row["part_of"]
    return tracker


@settings(max_examples=80, deadline=None)
@given(_rows())
def test_every_answer_conforms(rows: list[dict[str, str]]) -> None:
    tracker = _tracker(rows)
    board = tracker.board(project=True)
    conforms("status", dumps([status_item(row) for row in board.rows]))
    conforms("targets", dumps([target_item(view) for view in tracker.ledger(every=True)]))
    conforms("check", dumps([alarm_item(alarm) for alarm in tracker.alarms()]))
    conforms("snapshot", render(tracker, "json"))
    for row in board.rows:
        conforms("show", dumps(detail_item(tracker.detail(row.id))))
        conforms("why", dumps(why_item(tracker.why(row.id))))
        conforms("history", dumps([history_item(view) for view in tracker.history(row.id)]))
