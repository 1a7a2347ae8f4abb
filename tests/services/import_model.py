"""Importing readings as its rules say it, everything at hand: what the quick way is held against."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gztrack.domain.amounts import exact
from gztrack.domain.guard import Beside, period_slip, value_slip
from gztrack.domain.register import Fact, Register
from gztrack.errors import InputError
from gztrack.services.entering.references import handle
from gztrack.services.importing.entries import Entry
from gztrack.services.importing.identity import Key, reading_agrees, reading_key
from gztrack.services.importing.matching import IMPORTED, WHOLE
from gztrack.services.importing.placing import place
from gztrack.services.importing.rows import Draft, RowReader
from gztrack.services.tracker import Tracker


@dataclass(slots=True)
class Step:
    """What one row does; ``old`` is a fact, or another row's step."""

    draft: Draft
    outcome: str
    old: Fact | Step | None = None


@dataclass(slots=True)
class Model:
    """What a file of readings does to a database."""

    steps: list[Step] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    empty: int = 0

    def count(self, outcome: str) -> int:
        return sum(step.outcome == outcome for step in self.steps)

    @property
    def written(self) -> list[dict[str, Any]]:
        """The records, in order; what replaces a row of the file names its number."""
        steps = [step for step in self.steps if step.outcome != "same"]
        numbers = {id(step): number for number, step in enumerate(steps)}
        found = []
        for step in steps:
            record = dict(step.draft.record)
            if step.old is not None:
                old = step.old
                record["replaces"] = numbers[id(old)] if isinstance(old, Step) else old["id"]
                record["reason"] = IMPORTED
            found.append(record)
        return found


def modelled(tracker: Tracker, text: str, missing: frozenset[str] = frozenset()) -> Model:
    """What a CSV of readings alone does."""
    found = Model()
    header, *rows = csv.reader(io.StringIO(text))
    columns = place(header, {}, wide=False, today=tracker.today, name="x", missing=missing)
    known = {fact["indicator"]: fact for fact in tracker.indicators(archived=True)}
    reader = RowReader(known, {}, tracker.today)
    drafts = []
    for line, cells in enumerate(rows, 2):
        entry = Entry(line, cells, columns)
        try:
            draft = reader.read(entry)
        except InputError as error:
            found.problems.append(f"{entry.at(error)}: {error}")
            continue
        if draft is None:
            found.empty += 1
        else:
            drafts.append(draft)
    _match(drafts, tracker.register, frozenset(columns.fields), found)
    _ask(tracker, found)
    _hide(tracker.register, found)
    return found


def _match(drafts: list[Draft], register: Register, columns: frozenset[str], found: Model) -> None:
    lasts = {(d.record["indicator"], reading_key(d.record)): d for d in drafts}
    known: dict[str, dict[Key, Fact | Step]] = {}
    for draft in drafts:
        slug, key = draft.record["indicator"], reading_key(draft.record)
        if slug not in known:
            standing = sorted(
                register.standing_readings(slug, WHOLE), key=lambda fact: register.rank(fact, WHOLE)
            )
            known[slug] = {reading_key(fact): fact for fact in standing}
        old = known[slug].get(key)
        there = old.draft.record if isinstance(old, Step) else old
        if there is not None and reading_agrees(draft.record, there, columns):
            found.steps.append(Step(draft, "same", old))
            continue
        ever = [
            fact
            for fact in register.readings.get(slug, ())
            if register.exists(fact, WHOLE) and reading_key(fact) == key
        ]
        is_last = lasts[slug, key] is draft
        if not is_last and any(reading_agrees(draft.record, fact, columns) for fact in ever):
            found.steps.append(Step(draft, "same"))
            continue
        step = Step(draft, "new" if old is None else "revised", old)
        if isinstance(old, Step):
            found.within.append(f"{draft.where}: revises {old.draft.where} of the same file")
        known[slug][key] = step
        found.steps.append(step)


def _ask(tracker: Tracker, found: Model) -> None:
    register, moment = tracker.register, tracker.moment()
    for step in found.steps:
        if step.outcome == "same":
            continue
        record = step.draft.record
        slug = record["indicator"]
        measure = (register.indicator(slug, moment) or {})["measure"]

        def coverage(fact: Fact, measure: str = measure) -> tuple[str, int]:
            days = (date.fromisoformat(fact["end"]) - date.fromisoformat(fact["start"])).days + 1
            return fact.get("series", ""), 0 if measure == "level" else round(days / 30.4375)

        around = [fact for fact in register.counting(slug, moment) if coverage(fact) == coverage(record)]
        at = bisect_left([fact["end"] for fact in around], record["end"])
        day = date.fromisoformat(record["end"])
        near, best = None, 10**9
        for fact in around[max(0, at - 2) : at + 2]:
            away = abs((date.fromisoformat(fact["end"]) - day).days)
            if fact != step.old and away <= best:
                near, best = fact, away
        slips = []
        if near is not None:
            figure = exact(near["value"], "", near.get("qualifier", "exact"))
            beside = Beside(near["value"], f"{figure} in {near['period']}")
            slips.append(value_slip(record["value"], beside, rate=measure == "rate"))
        slips.append(period_slip(record["period"], day, moment.day))
        asked = [slip.removesuffix("Is that right?").rstrip(" .") for slip in slips if slip]
        if asked:
            found.questions.append(f"{step.draft.where}: {' and '.join(asked)}")


def _hide(register: Register, found: Model) -> None:
    for step in found.steps:
        record = step.draft.record
        spot = record.get("series", ""), record["start"], record["end"]
        for fact in register.standing_readings(record["indicator"], WHOLE) if step.outcome != "same" else ():
            same = (fact.get("series", ""), fact["start"], fact["end"]) == spot
            if same and register.pin(fact, WHOLE) and fact != step.old:
                figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
                what = f"{record['indicator']}@{record['period']} stays {figure} ({handle(fact['id'])})"
                found.hidden.append(f"{step.draft.where}: {what}")
