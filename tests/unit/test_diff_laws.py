"""Laws of a diff, over histories of whatever people do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from books import empty
from differences import FORMS, data
from gztrack.errors import GztrackError
from gztrack.export.diff.content import Content, content
from gztrack.export.diff.section import between
from gztrack.export.diff.views import Reading, Target
from gztrack.language import speaking
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker

Step = Callable[[Tracker], Any]

SLUGS = st.sampled_from(["one", "two"])
VALUES = st.sampled_from(["5", ">5", "~6", "7.5"])
PERIODS = st.sampled_from(["2020", "2021", "2021-Q1", "2026", "2026-11-24"])
DUES = st.sampled_from(["2021", "2025", "2027", "none"])
SOURCES = st.sampled_from(["", "Bureau", "Mayor"])
NOTES = st.sampled_from(["", "a note", "\x1b[31m|*", "备注"])
NUMBERS = st.integers(0, 5)


def reading(tracker: Tracker, slug: str, number: int) -> str:
    """The handle of some reading that stands."""
    there = [view for view in tracker.history(slug) if view.standing not in ("replaced", "retracted")]
    return there[number % len(there)].handle if there else f"{slug}@last"


def target(tracker: Tracker, slug: str, number: int) -> str:
    """The handle of some target."""
    there = tracker.ledger([slug])
    return there[number % len(there)].handle if there else f"{slug}@none"


LOG = st.builds(
    lambda slug, value, period, source, note, provisional: lambda tracker: tracker.log(
        LogEntry(slug, value, period, source=source, note=note, provisional=provisional, yes=True)
    ),
    SLUGS, VALUES, PERIODS, SOURCES, NOTES, st.booleans(),
)  # fmt: skip
CORRECT = st.builds(
    lambda slug, number, value, note: lambda tracker: tracker.correct(
        reading(tracker, slug, number), LogEntry("", value, note=note, yes=True), "slip"
    ),
    SLUGS, NUMBERS, VALUES, NOTES,
)  # fmt: skip
RETRACT = st.builds(
    lambda slug, number: lambda tracker: tracker.retract(reading(tracker, slug, number), "slip"),
    SLUGS,
    NUMBERS,
)
PIN = st.builds(
    lambda slug, number: lambda tracker: tracker.pin(reading(tracker, slug, number)), SLUGS, NUMBERS
)
PROMISE = st.builds(
    lambda slug, value, due, source: lambda tracker: tracker.set_target(
        GoalEntry(slug, value, due, source=source, stated_on="2019")
    ),
    SLUGS, VALUES, DUES, SOURCES,
)  # fmt: skip
REVISE = st.builds(
    lambda slug, value, due, number, correction: lambda tracker: tracker.set_target(
        GoalEntry(slug, value, due, replaces=target(tracker, slug, number), reason="why (not)", correction=correction)
    ),
    SLUGS, VALUES, DUES, NUMBERS, st.booleans(),
)  # fmt: skip
DROP = st.builds(
    lambda slug, number: lambda tracker: tracker.drop_target(target(tracker, slug, number), "no money"),
    SLUGS,
    NUMBERS,
)
WITHDRAW = st.builds(
    lambda slug, number: lambda tracker: tracker.retract(target(tracker, slug, number), "slip"),
    SLUGS,
    NUMBERS,
)
ARCHIVE = st.builds(lambda slug, back: lambda tracker: tracker.archive(slug, undo=back), SLUGS, st.booleans())
ADD = st.just(
    lambda tracker: tracker.add_indicator(IndicatorEntry("two", name="二", unit="个", measure="flow"))
)
UNDO = st.just(lambda tracker: tracker.undo())
RENAME = st.builds(
    lambda name: lambda tracker: tracker.edit_indicator(IndicatorEntry("one", name=name)), NOTES
)
STEPS = st.one_of(
    LOG, LOG, CORRECT, RETRACT, PIN, PROMISE, REVISE, DROP, WITHDRAW, ARCHIVE, ADD, UNDO, RENAME
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Content, Content]:
    """A database at two moments of its life."""
    tracker = empty("Histories")
    tracker.add_indicator(IndicatorEntry("one", name="One", unit="things"))
    taken = []
    for _ in range(2):
        for step in draw(st.lists(STEPS, max_size=8)):
            try:
                step(tracker)
            except GztrackError:
                continue  # what cannot be done is not part of the history
        taken.append(content(data(tracker)))
    return taken[0], taken[1]


def said(found: Content, slugs: set[str]) -> Counter[Any]:
    """What the readings of some indicators say, period by period."""
    rows = (row for slug, row in found.rows.items() if slug in slugs)
    return Counter(
        (row.subject.id, each.content, each.standing == "future") for row in rows for each in row.readings
    )


def promised(found: Content) -> Counter[Any]:
    """What the ledger says, and what became of it."""
    return Counter(
        (slug, each.content, each.verdict, each.replaces, each.dropped)
        for slug, targets in found.targets.items()
        for each in targets
    )


def statuses(found: Content) -> dict[str, str]:
    return {slug: row.standing.status for slug, row in found.rows.items()}


def counting(found: Content) -> set[Any]:
    return {
        (row.subject.id, each.content) for row in found.rows.values() for each in row.readings
        if each.standing in ("counts", "other coverage", "a longer period counts")
    }  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(histories())
def test_it_is_empty_if_and_only_if_what_matters_is_the_same(pair: tuple[Content, Content]) -> None:
    old, new = pair
    both = set(old.rows) & set(new.rows)

    diff = between(old, new)

    same = (
        statuses(old) == statuses(new)
        and said(old, both) == said(new, both)
        and promised(old) == promised(new)
        and counting(old) == counting(new)
    )
    if same:
        assert diff.empty
    if diff.empty:
        assert statuses(old) == statuses(new)
        assert said(old, both) == said(new, both)
        assert promised(old) == promised(new)


@settings(max_examples=120, deadline=None)
@given(histories())
def test_each_new_reading_is_told_once_and_each_one_that_went_too(pair: tuple[Content, Content]) -> None:
    old, new = pair
    diff = between(old, new)
    corrected = [each for each in diff.corrections if each.kind == "corrected"]

    for slug in set(old.rows) & set(new.rows):
        before, after = (Counter(each.content for each in side.rows[slug].readings) for side in (old, new))
        told = Counter(
            each.reading.content for each in diff.readings
            if each.subject.id == slug and each.reading.content not in before
        ) + Counter(
            each.new.content for each in corrected
            if each.subject.id == slug and isinstance(each.new, Reading) and each.new.content not in before
        )  # fmt: skip
        assert told == Counter({what: n for what, n in after.items() if what not in before})
        went = {
            each.old.content for each in diff.corrections
            if each.subject.id == slug and each.kind != "counts" and isinstance(each.old, Reading)
        }  # fmt: skip
        assert set(before) - set(after) <= went


@settings(max_examples=120, deadline=None)
@given(histories())
def test_each_new_promise_is_told_and_each_one_that_went_was_an_error(pair: tuple[Content, Content]) -> None:
    old, new = pair
    diff = between(old, new)

    for slug in set(new.targets) | set(new.rows):
        before, after = (Counter(each.content for each in side.targets.get(slug, ())) for side in (old, new))
        told = [each.target.content for each in diff.targets if each.subject.id == slug]
        put_right = [
            each for each in diff.corrections if each.subject.id == slug and isinstance(each.old, Target)
        ]
        told += [each.new.content for each in put_right if each.new is not None]
        assert set(after) - set(before) <= set(told)
        assert set(before) - set(after) <= {each.old.content for each in put_right}


@settings(max_examples=60, deadline=None)
@given(histories(), st.sampled_from(["en", "zh"]))
def test_whatever_happened_can_be_told_in_every_format(pair: tuple[Content, Content], language: str) -> None:
    with speaking(language):
        for old, new in (pair, pair[::-1]):
            diff = between(old, new)
            for form in FORMS.values():
                text = form(diff).decode()
                assert not {char for char in text if char < " " and char != "\n"}


@settings(max_examples=60, deadline=None)
@given(histories())
def test_of_one_moment_nothing_is_new(pair: tuple[Content, Content]) -> None:
    for each in pair:
        assert between(each, each).empty
