"""``why`` as text and as JSON: what stands where, at every width, and that nothing is wider than the page."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from books import empty, followed, states
from gztrack.export.cells import cells
from gztrack.export.forms import dumps
from gztrack.export.why_form import why_item
from gztrack.export.why_text import why_sections, why_text
from gztrack.services.explaining.views import Why
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker

STEADY = """\
kind,indicator,period,value,due,stated_on,stated_by,source,published,name,unit,measure
indicator,x,,,,,,,,Stations built,stations,level
reading,x,2019,100000,,,,Yearbook,2020-02-01,,,
reading,x,2020,150000,,,,Yearbook,2020-02-01,,,
reading,x,2021,190000,,,,Bulletin,,,,
target,x,,300000,2024,2019-12-01,City,Plan,,,,
"""


def steady() -> Tracker:
    tracker = empty()
    import_text(tracker, STEADY, yes=True)
    return tracker


def shown(found: Why, width: int = 80) -> str:
    """The text with handles masked, which differ from database to database."""
    return re.sub(r"\b(reading|target|baseline of) [0-9a-z]{6}\b", r"\1 HANDLE", why_text(found, width=width))


def section(found: Why, name: str) -> str:
    parts = shown(found).split("\n\n")
    return next(part for part in parts if part.startswith(name))


ON_TRACK = Clocks(as_of=date(2022, 6, 30))


def test_the_status_comes_first_then_what_went_in() -> None:
    found = steady().why("x", ON_TRACK)
    assert shown(found).startswith(
        "Stations built [x]\n"
        "● on track: pace is 1.12 of what the line from 2019 needs\n"
        "  rule 6 of 6: the class that linear gives\n"
        "\n"
        "what went in, as of D = 2022-06-30\n"
        "  y0  100,000 stations for 2019; t0 = 2019-12-31; reading HANDLE [1], the\n"
        "      earliest reading that counts\n"
        "  y   190,000 stations for 2021; t = 2021-12-31; reading HANDLE [2], the latest\n"
        "      reading that counts\n"
        "  T   ≥300,000 stations; tT = 2024-12-31; target HANDLE [3], stated 2019-12-01\n"
        "      by City\n"
        "  d   +1: higher is better (the target is 'at least')\n"
        "  s   +1: y0 is not below zero\n"
        "  3 readings count; none is left out\n"
    )


def test_figures_have_formula_numbers_and_result() -> None:
    assert section(steady().why("x", ON_TRACK), "figures") == (
        "figures\n"
        "  t0 to t         years(t0, t) = 2  (2019-12-31 to 2021-12-31)\n"
        "  t0 to tT        years(t0, tT) = 5  (2019-12-31 to 2024-12-31)\n"
        "  t to tT         years(t, tT) = 3  (2021-12-31 to 2024-12-31)\n"
        "  t0 to D         years(t0, D) = 2 + 181/365 = 2.4959\n"
        "                  (2019-12-31 to 2022-06-30)\n"
        "  attainment      y / T = 190,000 / 300,000 = 0.6333 (63.3 %)\n"
        "  path            (y - y0) / (T - y0)\n"
        "                  = (190,000 - 100,000) / (300,000 - 100,000) = 0.4500 (45.0 %)\n"
        "  time            years(t0, t) / years(t0, tT) = 2 / 5 = 0.4000 (40.0 %)\n"
        "  pace needed     (T - y0) / years(t0, tT)\n"
        "                  = (300,000 - 100,000) / 5 = +40,000 a year\n"
        "  needed from now (T - y) / years(t, tT)\n"
        "                  = (300,000 - 190,000) / 3 = +36,666.67 a year\n"
        "  pace so far     (y - y0) / years(t0, t)\n"
        "                  = (190,000 - 100,000) / 2 = +45,000 a year\n"
        "  line at D       y0 + (T - y0) * years(t0, D) / years(t0, tT)\n"
        "                  = 100,000 + (300,000 - 100,000) * (2 + 181/365) / 5\n"
        "                  = 199,835.62\n"
        "  marker          expected / T = 199,835.62 / 300,000 = 0.6661 (66.6 %)\n"
        "  buffer          (path * years(t0, tT) - years(t0, t)) * 12 / months\n"
        "                  = (0.45 * 5 - 2) * 12 / 12\n"
        "                  = 0.25 reporting periods of 12 months, ahead of the line"
    )


def test_every_method_has_its_sums_its_cuts_and_its_class() -> None:
    assert section(steady().why("x", ON_TRACK), "methods") == (
        "methods: all three say on track\n"
        "  the row goes by linear\n"
        "> linear          on track: pace is 1.12 of what the line from 2019 needs\n"
        "  ratio           ((y - y0) / years(t0, t)) / ((T - y0) / years(t0, tT))\n"
        "                  = ((190,000 - 100,000) / 2) / ((300,000 - 100,000) / 5)\n"
        "                  = 1.1250\n"
        "                  cuts: on track from 0.95, behind from 0.60, off track from 0,\n"
        "                  moving away below\n"
        "  open-sdg        on track: growth since 2019 is 1.54 of what the target needs\n"
        "  CAGR_observed   (y / y0)^(1 / years(t0, t)) - 1\n"
        "                  = (190,000 / 100,000)^(1 / 2) - 1 = 0.378405 (37.84 % a year)\n"
        "  CAGR_required   (T / y0)^(1 / years(t0, tT)) - 1\n"
        "                  = (300,000 / 100,000)^(1 / 5) - 1 = 0.245731 (24.57 % a year)\n"
        "  ratio           s * d * CAGR_observed / abs(CAGR_required)\n"
        "                  = 1 * 1 * 0.378405 / abs(0.245731) = 1.5399\n"
        "                  cuts: on track from 0.95, behind from 0.60, off track from 0,\n"
        "                  moving away below\n"
        "  un-chart        on track: growth since 2019 would cover 1.99 of the way by\n"
        "                  2024\n"
        "  CAGR_observed   = 0.378405 (37.84 % a year), as above\n"
        "  value_at_due    y * (1 + CAGR_observed)^years(t, tT)\n"
        "                  = 190,000 * (1 + 0.378405)^3 = 497,604.16\n"
        "  ratio           (value_at_due - y0) / (T - y0)\n"
        "                  = (497,604.15995 - 100,000) / (300,000 - 100,000) = 1.9880\n"
        "                  cuts: on track from 0.95, behind from 0.10, off track below"
    )


def test_a_verdict_has_rule_readings_evidence_and_margin() -> None:
    text = re.sub(
        r"(for \S+) \(\w{6}\)", r"\1 (HANDLE)", section(followed().why("5g-base-stations"), "verdict on")
    )
    assert text == (
        "verdict on ≥80,000 stations by 2022-12-31\n"
        "? cannot tell at the due date; met by 2023-12-31\n"
        "  rule            3: the latest reading by the due date, 2020, does not meet it\n"
        "                  but speaks only until 2021-03-31, so the first after it\n"
        "                  decides, 2023: it meets, but whether the target was met in\n"
        "                  time it cannot say\n"
        "  reporting       period of 3 months: the 4 readings lie 15 months apart\n"
        "                  (median); at most 3 count\n"
        "  looked at       >10,000 for 2019-Q3 (HANDLE): proves nothing\n"
        "                  48,000 for 2020 (HANDLE): does not meet it, the latest by the\n"
        "                  due date\n"
        "                  91,700 for 2023 (HANDLE): meets it, the first after the due\n"
        "                  date\n"
        "  evidence        91,700 stations for 2023; reading HANDLE [2]\n"
        "  margin          y - T = 91,700 - 80,000 = +11,700"
    )


def test_sources_are_numbered_with_what_they_state() -> None:
    found = steady().why("x", ON_TRACK)
    handles = [", ".join(each.facts) for each in found.sources]
    assert why_text(found, width=80).split("\n\n")[-1].splitlines() == [
        "sources",
        f"  [1] Yearbook, published 2020-02-01: {handles[0]}",
        f"  [2] Bulletin: {handles[1]}",
        f"  [3] Plan: {handles[2]}",
    ]
    assert found.row.reading is not None
    assert handles[1] == found.row.reading.handle


def test_figures_refused_for_one_reason_share_a_line() -> None:
    text = section(followed().why("nev-capacity"), "figures")
    assert "  attainment      y / T = >1,000,000 / 2,000,000 = >0.5000 (>50.0 %)\n" in text
    assert text.endswith(
        "  not reckoned    path, time, pace needed, needed from now, pace so far, line at\n"
        "                  D, marker, buffer: only one reading and no baseline"
    )


def test_the_row_goes_by_what_its_rule_says() -> None:
    assert "the row goes by the verdict" in section(followed().why("5g-base-stations"), "methods")
    assert "the row goes by linear, which needs a target" in section(
        followed().why("hightech-share"), "methods"
    )
    chosen = section(followed().why("5g-base-stations", method="un-chart"), "methods")
    assert "\n> un-chart  " in chosen
    assert "\n  linear  " in chosen


def test_the_clocks_are_named() -> None:
    clocks = Clocks(date(2024, 1, 1), date(2026, 12, 31), date(2023, 12, 31))
    text = why_text(followed().why("nev-capacity", clocks), width=100)
    assert "what went in, as of D = 2024-01-01, logged by 2026-12-31, published by 2023-12-31" in text


@pytest.mark.parametrize("width", [40, 59, 60, 80, 100, 132])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_the_page(width: int, ascii_only: bool) -> None:
    for tracker in (states(), followed()):
        for row in tracker.board().rows:
            text = why_text(tracker.why(row.id), width=width, ascii=ascii_only)
            wide = [line for line in text.splitlines() if cells(line) > width]
            assert not wide


def test_ascii_has_no_other_signs_of_its_own() -> None:
    tracker = followed()
    for row in tracker.board().rows:
        found = tracker.why(row.id)
        text = why_text(found, width=80, ascii=True).replace(row.name_zh or "\0", "")
        assert text.isascii(), [char for char in text if not char.isascii()]


def test_a_long_ledger_is_cut_after_a_dozen_promises() -> None:
    tracker = steady()
    rows = "".join(f"target,x,,{400_000 + year},{year},2020,\n" for year in range(2030, 2050))
    import_text(tracker, "kind,indicator,period,value,due,stated_on,stated_by\n" + rows, yes=True)
    found = tracker.why("x", ON_TRACK)
    text = why_text(found, width=80)
    assert len(found.others) == 20
    assert text.count("another promise, ") == 12
    assert "8 more promises: gztrack targets x" in text


def test_nothing_that_was_typed_reaches_the_terminal_raw() -> None:
    tracker = empty()
    import_text(
        tracker,
        "kind,indicator,period,value,due,stated_on,quote,source,name,unit,measure\n"
        'indicator,x,,,,,,,"N\x1b]52;c;eA==\x07ame\u202e",things,level\n'
        'reading,x,2020,5,,,,"S\x1b[31mource",,,\n'
        'target,x,,9,2024,2020,"words\x9b31m\u2066",Plan,,,\n',
        yes=True,
    )
    found = tracker.why("x")
    for text in (why_text(found), dumps(why_item(found))):
        assert all(char.isprintable() or char == "\n" for char in text)


def test_sections_are_what_the_text_is_made_of() -> None:
    found = steady().why("x", ON_TRACK)
    parts = why_sections(found, width=80)
    assert [part.heading[0].split(":")[0] for part in parts] == [
        "Stations built [x]",
        "what went in, as of D = 2022-06-30",
        "figures",
        "methods",
        "verdict on ≥300,000 stations by 2024",
        "forecast",
        "sources",
    ]
    assert why_text(found, width=80) == "\n\n".join("\n".join([*p.heading, *p.lines]) for p in parts) + "\n"


def test_json_has_stable_keys_and_numbers() -> None:
    found = steady().why("x", ON_TRACK)
    item = json.loads(dumps(why_item(found)))
    assert list(item) == [
        "id", "name", "name_zh", "unit", "measure", "direction", "as_of", "logged_by", "published_by", "status",
        "reason", "rule", "rule_text", "method", "inputs", "readings", "figures", "methods", "methods_agree",
        "agreement", "verdict", "other_verdicts", "forecast", "sources",
    ]  # fmt: skip
    assert (item["status"], item["rule"], item["method"]) == ("on track", 6, "linear")
    assert list(item["methods"]) == ["linear", "open-sdg", "un-chart"]
    path = item["figures"]["path"]
    assert (path["formula"], path["value"], path["qualifier"], path["refused"]) == (
        "(y - y0) / (T - y0)", 0.45, "exact", None,
    )  # fmt: skip
    assert found.row.reading is not None
    assert path["operands"]["y"] == {"value": 190_000, "qualifier": "exact", "fact": found.row.reading.id}
    linear = item["methods"]["linear"]
    assert (linear["class"], linear["ratio"], linear["cuts"]) == (
        "on track", 1.125, {"on track": 0.95, "behind": 0.6, "off track": 0.0},
    )  # fmt: skip
    assert item["figures"]["years_so_far"]["operands"]["t0"]["value"] == "2019-12-31"
    assert item["forecast"]["sums"]["reached"]["value"] == "2024-06-11"
    assert item["readings"] == {"counted": 3, "left_out": []}
    assert [source["number"] for source in item["sources"]] == [1, 2, 3]


def test_json_has_null_and_the_reason_where_a_figure_is_refused() -> None:
    item = why_item(followed().why("nev-capacity"))
    assert item["inputs"]["baseline"]["refused"] == "only one reading and no baseline"
    assert item["inputs"]["baseline"]["fact"] is None
    path = item["figures"]["path"]
    assert (path["value"], path["qualifier"], path["operands"]) == (None, None, {})
    assert path["refused"] == "only one reading and no baseline"
    assert item["figures"]["attainment"]["qualifier"] == "more than"
    assert item["methods"]["open-sdg"]["class"] is None
    assert item["methods"]["open-sdg"]["status"] == "not assessable"
    assert item["verdict"]["looked_at"][0]["meets"] is None
    assert item["other_verdicts"][0]["margin"]["value"] == 700_000
    assert item["other_verdicts"][0]["margin"]["qualifier"] == "more than"


def test_json_of_every_row_is_json() -> None:
    for tracker in (states(), followed()):
        for row in tracker.board().rows:
            assert json.loads(dumps(why_item(tracker.why(row.id))))["id"] == row.id
