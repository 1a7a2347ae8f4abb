"""The JSON of the commands: keys that scripts rely on, fractions, nulls, ISO dates."""

from __future__ import annotations

import json
import math

import pytest

from books import followed, states, stations
from gztrack.domain.reckoning.bounds import Figure
from gztrack.export.forms import detail_item, dumps, history_item, status_item, target_item
from gztrack.services.entering.entries import GoalEntry, LogEntry

STATUS_KEYS = {"id", "name", "group", "unit", "measure", "direction", "reading", "target", "attainment", "path", "time",
               "status", "reason", "method", "ratio", "projection", "reached_on"}  # fmt: skip
HISTORY_KEYS = {
    "id",
    "period",
    "value",
    "qualifier",
    "series",
    "author",
    "logged_at",
    "note",
    "source",
    "replaces",
}
TARGET_KEYS = {"id", "indicator", "value", "comparator", "due", "stated_on", "stated_by", "quote", "source",
               "replaced_by", "verdict", "evidence", "margin"}  # fmt: skip


def test_the_keys_of_the_interface_are_there_for_every_row_of_every_status() -> None:
    tracker = states()

    for row in tracker.board().rows:
        assert not STATUS_KEYS - set(status_item(row)), row.id
        assert not STATUS_KEYS - set(detail_item(tracker.detail(row.id))), row.id
        for view in tracker.history(row.id):
            assert not HISTORY_KEYS - set(history_item(view))
    for target in tracker.ledger(every=True):
        assert not TARGET_KEYS - set(target_item(target))


def test_a_row_in_full() -> None:
    row = next(row for row in followed().board().rows if row.id == "nev-capacity")

    item = status_item(row)

    assert item["reading"]["value"] == 1_000_000
    assert item["reading"]["qualifier"] == "more than"
    assert item["reading"]["period"] == "2022"
    assert item["reading"]["period_end"] == "2022-12-31"
    assert item["target"]["comparator"] == "more than"
    assert item["target"]["due"] == "2025-12-31"
    assert (item["attainment"], item["attainment_qualifier"]) == (0.5, "more than")
    assert (item["path"], item["ratio"], item["projection"], item["reached_on"]) == (None, None, None, None)
    assert (item["status"], item["method"]) == ("cannot tell", "linear")


def test_what_is_not_there_is_null() -> None:
    item = status_item(stations().board().rows[0])

    absent = ("reading", "target", "attainment", "path", "time", "ratio", "name_zh", "group", "reason")
    assert {name: item[name] for name in absent} == dict.fromkeys(absent)


def test_a_due_date_is_iso_and_what_was_typed_stands_beside_it() -> None:
    tracker = stations()
    tracker.set_target(GoalEntry("stations", "5", "2027-Q2"))
    tracker.set_target(GoalEntry("stations", "6", "none"))

    first, second = (target_item(view) for view in tracker.ledger())

    assert (first["due"], first["due_label"]) == ("2027-06-30", "2027-Q2")
    assert (second["due"], second["due_label"]) == (None, "none")


def test_history_tells_what_became_of_a_reading() -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "5", "2020", note="first", source="Bureau"))
    tracker.correct("stations@2020", LogEntry("stations", "6"), "misread")

    old, new = (history_item(view) for view in tracker.history("stations"))

    assert (old["standing"], old["reason"], old["replaces"]) == ("replaced", "misread", None)
    assert (new["standing"], new["replaces"], new["author"]) == ("counts", old["id"], "ann")
    assert new["source"] == "Bureau"


def test_json_is_utf_8_with_two_blanks_and_a_line_end() -> None:
    assert dumps({"name": "年产能", "value": 0.83}) == '{\n  "name": "年产能",\n  "value": 0.83\n}\n'


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_number_that_json_lacks_is_ever_written(value: float) -> None:
    row = states().board().rows[0]
    broken = row._replace(assessment=row.assessment._replace(attainment=Figure(value), time=value))

    item = json.loads(dumps(status_item(broken)))

    assert (item["attainment"], item["time"]) == (None, None)


def test_dumps_refuses_such_a_number_from_elsewhere() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps([math.nan])
