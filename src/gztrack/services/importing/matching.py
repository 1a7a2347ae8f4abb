"""Which indicators and targets of an import are there already, which revise something, and which are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gztrack.domain import records
from gztrack.domain.periods import Due
from gztrack.domain.register import Fact, Moment, Register, order
from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.importing.columns import Place
from gztrack.services.importing.identity import Key, target_agrees, target_key
from gztrack.services.importing.rows import Draft

IMPORTED = "imported"
"""The reason that a revision carries; a row has no column for one."""

WHOLE = Moment(date.max)


@dataclass(slots=True)
class Step:
    """What one row does.

    Attributes:
        draft: What the row states.
        outcome: ``new``, ``revised`` or ``same``.
        old: What is there and is replaced, or is the same: a fact, or another row's step.
        how: ``revision`` or ``correction`` of a target.
        reason: Why a target is revised.
        number: Which fact of the file it writes, once that is known.
    """

    draft: Draft
    outcome: str
    old: Fact | Step | None = None
    how: str = ""
    reason: str = ""
    number: int = -1


@dataclass(slots=True)
class Match:
    """What a whole file does.

    Attributes:
        steps: One for each draft, in the file's order.
        problems: Place to what is wrong there.
        remarks: What a person should hear.
    """

    steps: list[Step] = field(default_factory=list)
    problems: dict[Place, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def match(drafts: Sequence[Draft], register: Register, columns: frozenset[str]) -> Match:
    """Find out what each row does that is about an indicator or a target.

    Args:
        drafts: What the rows state; indicators first.
        register: The facts that are there.
        columns: The columns that the file has: of one that it lacks it says nothing.
    """
    found = Match()
    targets = _Targets(register, columns)
    defined: dict[str, Fact | Step] = {}
    lasts = {_identity(draft): draft for draft in drafts}
    for draft in drafts:
        is_last = lasts[_identity(draft)] is draft
        try:
            if draft.table == "indicators":
                step = _indicator(draft, register, defined)
            else:
                step = targets.step(draft, found, is_last=is_last)
        except InputError as error:
            found.problems[draft.where] = str(error)
            continue
        found.steps.append(step)
    return found


def _indicator(draft: Draft, register: Register, defined: dict[str, Fact | Step]) -> Step:
    slug = draft.record["indicator"]
    there = defined.get(slug) or register.indicator(slug, WHOLE)
    step = Step(draft, "new" if there is None else "same", there)
    defined.setdefault(slug, there or step)
    return step


def _identity(draft: Draft) -> tuple[str, str, Key]:
    if draft.table == "indicators":
        return draft.table, draft.record["indicator"], ()
    return draft.table, draft.record["indicator"], target_key(draft.record)


class _Targets:
    """Targets by identity: indicator, due date, comparator, statement date, source and page."""

    def __init__(self, register: Register, columns: frozenset[str]) -> None:
        self._register = register
        self._columns = columns
        self._ever = _Ever(register)
        self._known: dict[str, dict[Key, Fact | Step]] = {}
        self._open: dict[str, dict[int, Fact | Step]] = {}
        self._promises: dict[str, set[int]] = {}
        self._told: set[int] = set()

    def step(self, draft: Draft, found: Match, *, is_last: bool) -> Step:
        """What a row does; of one that a later row of the file revises it is enough that it was stated once."""
        slug = draft.record["indicator"]
        if slug not in self._known:
            self._look(slug)
        known, key = self._known[slug], target_key(draft.record)
        old = known.get(key)
        # A promise that was superseded is one still; an entry error counts only for a row that a later one corrects.
        stated = self._ever.of(slug, key)
        for fact in stated if not is_last else [f for f in stated if id(f) in self._promises[slug]]:
            if fact is not old and target_agrees(draft.record, fact, self._columns):
                self._told.add(id(fact))
                return Step(draft, "same", fact)
        step = self._against(draft, old, found) if old is not None else self._new(draft, slug)
        # A row names the target of a row above it: what was stated last is found first.
        standing = self._open[slug]
        was_open = standing.pop(id(step.old), None) if step.old is not None else None
        if step.outcome != "same":
            known[key] = standing[id(step)] = step
        elif was_open is not None:
            standing[id(was_open)] = was_open
        self._told.add(id(known[key]))
        return step

    def _against(self, draft: Draft, old: Fact | Step, found: Match) -> Step:
        """What a row does to the promise of its identity."""
        slug, due = draft.record["indicator"], draft.replaces
        same = target_agrees(draft.record, _record(old), self._columns)
        # A row that comes after the one that told of ``old`` tells of another promise.
        settled = due is None or (id(old) not in self._told and self._replaced(old, due))
        if not same and not settled and due and _record(old).get("due_end") == _end(due):
            return self._new(draft, slug)  # moved by the same page on the same day
        if not settled and due:
            found.remarks.append(
                tr(
                    "{place}: {target} is there already and replaces no target due {due};"
                    " gztrack target --replaces states that",
                    place=draft.where,
                    target="@".join((slug, draft.record.get("due", "none"))),
                    due=due.label,
                )
            )
        if same:
            return Step(draft, "same", old)
        self._refuse_closed(slug, old)
        return Step(draft, "revised", old, "correction", IMPORTED)

    def _look(self, slug: str) -> None:
        register = self._register
        stated = register.stated_targets(slug, WHOLE)
        promises = [f for f in stated if register.target_state(f, WHOLE)[0] != "corrected"]
        self._promises[slug] = {id(f) for f in promises}
        self._open[slug] = {id(f): f for f in promises if not self._closed(f)}
        # Of several of one identity the one that stands, of these the one logged last.
        promises.sort(key=lambda f: (not self._closed(f), order(f)))
        self._known[slug] = {target_key(fact): fact for fact in promises}

    def _closed(self, fact: Fact) -> bool:
        return bool(self._register.replacement(fact, WHOLE) or self._register.withdrawal(fact, WHOLE))

    def _refuse_closed(self, slug: str, old: Fact | Step) -> None:
        if isinstance(old, dict) and self._closed(old):
            target = f"{slug}@{old.get('due', 'none')}"
            raise InputError(
                tr(
                    "{target} is there with another figure or note and was replaced since; leave the row out",
                    target=target,
                )
                if self._register.replacement(old, WHOLE)
                else tr(
                    "{target} is there with another figure or note and was withdrawn since; leave the row out",
                    target=target,
                )
            )

    def _new(self, draft: Draft, slug: str) -> Step:
        if draft.replaces is None:
            return Step(draft, "new")
        standing = self._open[slug].values()
        fitting = [each for each in standing if _record(each).get("due_end") == _end(draft.replaces)]
        if not fitting:
            dues = listed(sorted({str(_record(each).get("due", "none")) for each in standing}))
            said = {"id": slug, "due": draft.replaces.label}
            raise InputError(
                tr(
                    "replaces: {id} has no standing target due {due} in the database or in a row above;"
                    " there are {dues}",
                    **said,
                    dues=dues,
                )
                if dues
                else tr(
                    "replaces: {id} has no standing target due {due} in the database or in a row above;"
                    " there is none",
                    **said,
                )
            )
        reason = clean(draft.record.get("note", "")) or IMPORTED
        return Step(draft, "new", fitting[-1], "revision", reason)

    def _replaced(self, old: Fact | Step, due: Due) -> bool:
        """Whether what is there replaces a target of that due date, entry errors seen through."""
        before: Fact | Step | None = old
        while before is not None:
            if isinstance(before, Step):
                how, before = before.how, before.old
            else:
                how = before.get("how", "")
                known = self._register.get(before.get("replaces", ""))
                before = known[1] if known else None
            if before is not None and how == "revision":
                return bool(_record(before).get("due_end") == _end(due))
        return False


class _Ever:
    """Every target that was ever stated and not undone, by identity."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[str, dict[Key, list[Fact]]] = {}

    def of(self, slug: str, key: Key) -> list[Fact]:
        """Those of one identity."""
        if slug not in self._known:
            known = self._known[slug] = {}
            for fact in self._register.targets.get(slug, ()):
                if self._register.exists(fact, WHOLE):
                    known.setdefault(target_key(fact), []).append(fact)
        return self._known[slug].get(key, [])


def _end(due: Due) -> str | None:
    return due.end.isoformat() if due.end else None


def _record(known: Fact | Step) -> records.Record:
    return known.draft.record if isinstance(known, Step) else known
