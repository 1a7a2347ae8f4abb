"""The facts that count now as CSV, in the columns that ``import`` reads.

Imported into an empty database the file gives the same board, and exported from there the same
bytes. What has no column stays behind: authors and logging times, corrected and withdrawn
entries, and what `left_out` names: the database's title and method, archived indicators, dropped
targets, pins (the reading that a pin chose comes last and so counts). The pack keeps everything.

It is UTF-8 with lines that end in CR LF, as RFC 4180 has it. A text that a spreadsheet would take for a
formula has an apostrophe in front (`gztrack.domain.formulas`), which ``import`` takes away again. Figures are
bare: a negative one is no formula.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from gztrack.domain.formulas import harmless
from gztrack.domain.grammar import numerals
from gztrack.domain.grammar.numerals import Number
from gztrack.domain.periods import parse_period
from gztrack.domain.register import Fact, Moment, Register, order
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.export.wording import listed
from gztrack.language import ntr, tr
from gztrack.services.board.circles import heads
from gztrack.services.importing.columns import COLUMNS, TEXTS
from gztrack.services.importing.identity import Key, reading_key, target_agrees, target_key
from gztrack.services.reader import NOW, Clocks, Reader

Cells = dict[str, str]

_TEXTS = ("name", "name_zh", "definition", "unit", "measure", "direction", "group", "unit_zh", "group_zh",
          "part_of", "series", "method")  # fmt: skip
_ORIGIN = ("source", "source_url", "published", "note")
_PROMISES = ("standing", "superseded")


def export_csv(tracker: Reader, clocks: Clocks = NOW) -> bytes:
    """The facts that count as CSV: UTF-8, CR LF, every column, numbers in full."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for cells in counting_rows(tracker, clocks):
        writer.writerow({name: harmless(cell) if name in TEXTS else cell for name, cell in cells.items()})
    return text.getvalue().encode("utf-8")


def counting_rows(tracker: Reader, clocks: Clocks = NOW) -> list[Cells]:
    """The facts that count, column by column; a column that says nothing is missing or empty.

    Args:
        tracker: Whose facts.
        clocks: As of when; without a date every reading and target counts, future ones too.

    Returns:
        Each indicator that is not archived, then its readings (of several for one period the one
        that counts last), then its targets in the order in which they were stated.
    """
    moment = _moment(tracker, clocks)
    rows: list[Cells] = []
    with tracker.turn:
        indicators = tracker.indicators(clocks)
        # The whole of a head is archived, and an import could not find it, or it is a part of its own part.
        tops = heads({fact["indicator"]: fact.get("part_of", "") for fact in indicators})
        for fact in indicators:
            slug = fact["indicator"]
            rows.append(_indicator(fact, is_part=slug not in tops))
            rows += [_reading(reading) for reading in _readings(tracker.register, slug, moment)]
            rows += _targets(tracker.register, slug, moment)
    return rows


def _moment(tracker: Reader, clocks: Clocks) -> Moment:
    moment = tracker.moment(clocks)
    return moment._replace(day=date.max) if clocks.as_of is None else moment


def left_out(tracker: Reader, clocks: Clocks = NOW, *, rows_only: bool = True) -> str:
    """In one line what stands in the database and has no place in rows; empty where there is nothing such.

    Args:
        rows_only: Nothing stands beside the rows, as in a CSV.

    The title, which every database has and no figure hangs on, is not worth a line in every nightly job.
    """
    moment, register = _moment(tracker, clocks), tracker.register
    with tracker.turn:
        indicators = tracker.indicators(clocks)
        archived = len(tracker.indicators(clocks, archived=True)) - len(indicators)
        wholes = {fact["indicator"]: fact.get("part_of", "") for fact in indicators}
        dropped = pins = 0
        for slug in wholes:
            targets = register.stated_targets(slug, moment)
            states = [register.target_state(fact, moment)[0] for fact in targets]
            dropped += states.count("dropped")
            standing = [fact for fact, state in zip(targets, states, strict=True) if state == "standing"]
            standing += register.standing_readings(slug, moment)
            pins += sum(register.pin(fact, moment) is not None for fact in standing)
        method = register.setting("method", moment) if rows_only else ""
    found = [tr("the method {method}", method=clean(method))] if method else []
    if archived:
        found.append(ntr("{n:,} archived indicator", "{n:,} archived indicators", archived))
    if dropped:
        found.append(ntr("{n:,} dropped target", "{n:,} dropped targets", dropped))
    if pins:
        found.append(ntr("{n:,} pin", "{n:,} pins", pins))
    tops = heads(wholes)
    opened = [(slug, whole) for slug, whole in wholes.items() if slug in tops and whole in wholes]
    found += [tr("{part} as part of {whole} (a circle)", part=slug, whole=whole) for slug, whole in opened]
    if not found:
        return ""
    if rows_only:
        return tr("left out, for a CSV has no place for it: {what}", what=listed(found))
    return tr("left out, for JSON rows have no place for it: {what}", what=listed(found))


def number(value: Number) -> str:
    """A number in full digits, without groups and without an exponent."""
    return numerals.written(numerals.from_number(value), grouped=False)


def _indicator(fact: Fact, *, is_part: bool) -> Cells:
    cells = {"kind": "indicator", "indicator": fact["indicator"], **_texts(fact, _TEXTS)}
    if not is_part:
        cells["part_of"] = ""
    if "decimals" in fact:
        cells["decimals"] = str(fact["decimals"])
    return cells | _inferred(fact)


def _readings(register: Register, slug: str, moment: Moment) -> list[Fact]:
    """The standing readings, one of each source and page: of several for a period the one that counts last."""
    day = moment.day.isoformat()
    standing = [f for f in register.standing_readings(slug, moment) if f["end"] <= day]
    counting = {f["id"] for f in register.one_per_period(standing, moment)}

    # Import takes readings of one source, page and period for one another's revisions.
    last = {reading_key(fact): fact for fact in sorted(standing, key=lambda f: register.rank(f, moment))}
    # Of several for one period the one that counts comes last: where the file is imported it counts too.
    return sorted(last.values(), key=lambda f: (f.get("series", ""), f["end"], f["id"] in counting, order(f)))


def _reading(fact: Fact) -> Cells:
    return {
        "kind": "reading",
        "indicator": fact["indicator"],
        "series": clean(fact.get("series", "")),
        "period": _label(fact["period"], fact["start"], fact["end"]),
        "value": number(fact["value"]),
        "qualifier": fact.get("qualifier", "exact"),
        "status": fact.get("status", "final"),
        **_texts(fact, _ORIGIN),
        **_inferred(fact),
    }


def _targets(register: Register, slug: str, moment: Moment) -> list[Cells]:
    """The targets that stand, and those that a later one superseded where that can be told by its due date."""
    whole = moment._replace(day=date.max)
    states = {f["id"]: register.target_state(f, whole)[0] for f in register.stated_targets(slug, moment)}
    promises = [f for f in register.stated_targets(slug, moment) if states[f["id"]] in _PROMISES]
    left_out: set[str] = set()
    while True:
        stated = [f for f in promises if f["id"] not in left_out]
        before, collided = _told(register, stated, states)
        while collided:
            stated = [f for f in stated if f["id"] not in collided]
            before, collided = _told(register, stated, states)
        told = {fact["id"] for fact in before.values() if fact is not None}
        # A superseded one that nothing would replace in the copy would stand there again.
        untold = {f["id"] for f in stated if states[f["id"]] == "superseded"} - told
        if not untold:
            return [_target(fact, before[fact["id"]]) for fact in stated]
        left_out |= untold


def _told(
    register: Register, stated: list[Fact], states: dict[str, str]
) -> tuple[dict[str, Fact | None], set[str]]:
    """What each target's row can say that it replaces, and the targets that cannot be written beside the others.

    Goes through the rows as an import does: a row replaces the last one above it of that due
    date that still stands; of two of one identity the later one corrects the earlier one
    unless it replaces it, so only one of them can be written: the one that stands, or the later one.
    """
    found: dict[str, Fact | None] = {}
    collided: set[str] = set()
    known: dict[Key, Fact] = {}
    standing: list[Fact] = []
    for fact in stated:
        twin = known.get(target_key(fact))
        moved = _moved(register, fact)
        before = _nameable(standing, moved)
        if twin is not None and (before is not twin or target_agrees(fact, twin, COLUMNS)):
            if states[twin["id"]] == "standing" and states[fact["id"]] == "superseded":
                collided.add(fact["id"])
                continue
            collided.add(twin["id"])
            standing = [f for f in standing if f is not twin]
            before = _nameable(standing, moved)
        standing = [f for f in standing if f is not before] + [fact]
        found[fact["id"]] = before
        known[target_key(fact)] = fact
    return found, collided


def _nameable(standing: list[Fact], moved: Fact | None) -> Fact | None:
    """The target that was moved, if its due date names it among those that stand."""
    if moved is None:
        return None
    fitting = [f for f in standing if f.get("due_end") == moved.get("due_end")]
    return fitting[-1] if fitting and fitting[-1]["id"] == moved["id"] else None


def _moved(register: Register, fact: Fact) -> Fact | None:
    """The target that this one revises, entry errors of its own seen through, or None."""
    while fact.get("replaces"):
        known = register.get(fact["replaces"])
        if known is None or fact.get("how") == "revision":
            return known[1] if known else None
        fact = known[1]
    return None


def _target(fact: Fact, replaces: Fact | None) -> Cells:
    value = number(fact["value"]) + (f"..{number(fact['high'])}" if "high" in fact else "")
    cells = {
        "kind": "target",
        "indicator": fact["indicator"],
        "value": value,
        "due": _due(fact),
        "comparator": fact["comparator"],
        "replaces": _due(replaces) if replaces else "",
        **_texts(fact, ("stated_by", "quote", *_ORIGIN)),
        **_inferred(fact),
    }
    if "over" in fact:
        cells["over"] = _label(fact["over"], fact["over_start"], fact["over_end"])
    if "stated_on" in fact:
        cells["stated_on"] = _label(fact["stated_on"], fact["stated_start"], fact["stated_end"])
    if "baseline" in fact:
        cells["baseline"] = number(fact["baseline"])
        cells["baseline_period"] = _label(
            fact["baseline_period"], fact["baseline_start"], fact["baseline_end"]
        )
    return cells


def _texts(fact: Fact, names: tuple[str, ...]) -> Cells:
    return {name: clean(fact.get(name, "")) for name in names}


def _inferred(fact: Fact) -> Cells:
    return {"inferred": " ".join(fact.get("inferred", ()))}


def _label(label: str, start: str, end: str) -> str:
    """A period's label, or its days where the label does not read back as them."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    try:
        period = parse_period(label, last)
    except InputError:
        period = None
    if period is not None and (period.start, period.end) == (first, last):
        return period.label
    return start if start == end else f"{start}..{end}"


def _due(fact: Fact) -> str:
    if "due_end" not in fact:
        return "none"
    return _label(fact["due"], str(fact.get("due_start", fact["due_end"])), fact["due_end"])
