"""The quick way through a file says of every row what its rules say: facts, counts, questions and errors."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import empty
from gztrack.errors import GuardError, InputError
from gztrack.services.importing import intake
from gztrack.services.importing.importer import import_text
from gztrack.services.tracker import Tracker
from gztrack.storage.lines import encode
from gztrack.storage.store import Transaction
from services.import_model import Model, modelled

DEFINED = """kind,indicator,name,unit,measure
indicator,stations,Stations,stations,level
indicator,cars,Cars,vehicles/year,flow
indicator,share,Share,%,rate
indicator,cash,Cash,CNY,level
"""
COLUMNS = ("indicator", "series", "period", "value", "qualifier", "status", "source", "source_url", "published",
           "note", "inferred")  # fmt: skip

CELLS = {
    "indicator": st.sampled_from(["stations"] * 4 + ["cars", "share", "cash", " stations ", "foo", "", "Stations"]),
    "series": st.sampled_from(["", "", "", "old", " old ", "'=a"]),
    "period": st.sampled_from(
        ["2020", "2020", "2020", "2021", "2020-01..2020-12", "2020-05", "2020-12-31", "2019-Q3", "2020年5月", "2030",
         "2014/15", "", "yesterday", " 2020 ", "31.12.2020"]
    ),
    "value": st.sampled_from(
        ["100", "100", "100", "105", "99.5", "1e2", "> 100", "约1.2万", "100 stations", "12%", "1,000", "1,23", "", " ",
         "-", "n/a", "-5", "0", "1000000", "180 RMB bn", "100.0", "9" * 19, "0.1", "１００", "over 3 thousand", "=1+1",
         "5 6", "nan", "1e99", "\u00a0100\u00a0"]
    ),
    "qualifier": st.sampled_from(["", "", "", "", "exact", "about", "more than", "loud"]),
    "status": st.sampled_from(["", "", "", "final", "provisional", "draft"]),
    "source": st.sampled_from(["", "", "A", "B", " A ", "Ж\u202e", "x" * 4001]),
    "source_url": st.sampled_from(["", "", "https://a.example", "www.example"]),
    "published": st.sampled_from(["", "", "", "2021-02-01", "soon"]),
    "note": st.sampled_from(["", "", "a note", "another", "\x1b[31mred", "'=1", "''", "n" * 4001, "年底"]),
    "inferred": st.sampled_from(["", "", "", "value", "period value", "moon"]),
}  # fmt: skip


@st.composite
def tables(draw: st.DrawFn, most: int = 14) -> str:
    """A CSV of readings with some of the columns; mostly sound."""
    optional = [name for name in COLUMNS if name not in ("indicator", "period", "value")]
    names = [
        "indicator",
        "period",
        "value",
        *draw(st.lists(st.sampled_from(optional), unique=True, max_size=5)),
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for _ in range(draw(st.integers(1, most))):
        row = [draw(CELLS[name]) for name in names]
        writer.writerow(row if any(cell.strip() for cell in row) else ["stations", *row[1:]])
    return text.getvalue()


def sound(tracker: Tracker, text: str) -> None:
    """What of a file can be read is there."""
    with suppress(InputError):
        import_text(tracker, text, partial=True, yes=True)


def expected(tracker: Tracker, model: Model, tx: str) -> list[bytes]:
    """The lines of the journal that the rules ask for."""
    written = tracker.store.transaction(tx)
    assert written is not None
    ids = [record["id"] for _, record in written.facts]
    facts = []
    for own, record in zip(ids, model.written, strict=True):
        if isinstance(record.get("replaces"), int):
            record["replaces"] = ids[record["replaces"]]
        facts.append(("readings", {"id": own, **record}))
    return encode(Transaction(tx, written.at, "ann", "ann", "import", tuple(facts)))


def check(tracker: Tracker, text: str, missing: tuple[str, ...]) -> None:
    """Import a file, and hold it against the rules."""
    model = modelled(tracker, text, frozenset(missing))
    if model.problems:
        with pytest.raises(InputError) as refused:
            import_text(tracker, text, name="x", missing=missing)
        assert list(refused.value.further) == model.problems
    elif model.questions:
        with pytest.raises(GuardError) as asked:
            import_text(tracker, text, name="x", missing=missing)
        assert list(asked.value.further[:-1]) == model.questions
    if not model.steps and model.problems:
        return
    tried = import_text(tracker, text, name="x", partial=True, dry_run=True, missing=missing)
    done = import_text(tracker, text, name="x", partial=True, yes=True, missing=missing)
    for outcome in (tried, done):
        assert outcome.imported is not None
        assert outcome.imported.counts == {
            "new": model.count("new"),
            "revised": model.count("revised"),
            "same": model.count("same"),
            "skipped": model.empty,
            "refused": len(model.problems),
        }
        assert list(outcome.imported.refused) == model.problems
        said = "\n".join(outcome.lines)
        assert all(each in said for each in (*model.within, *model.hidden))
    assert all(question in "\n".join(tried.lines) for question in model.questions)
    assert tried.imported is not None
    assert len(tried.imported.rows) == model.count("new") + model.count("revised")
    if done.tx:
        transaction = tracker.store.transaction(done.tx)
        assert transaction is not None
        assert encode(transaction) == expected(tracker, model, done.tx)
    assert bool(done.tx) == bool(model.written)


@settings(max_examples=50, deadline=None)
@given(before=tables(), text=tables(), pin=st.booleans(), undo=st.booleans(), gaps=st.booleans())
def test_the_quick_way_does_what_the_rules_say(
    before: str, text: str, pin: bool, undo: bool, gaps: bool
) -> None:
    tracker = empty()
    import_text(tracker, DEFINED)
    sound(tracker, before)
    history = tracker.history("stations")
    standing = [view for view in history if view.standing == "counts"]
    if pin and standing:
        tracker.pin(standing[0].id)
    elif undo and history:
        tracker.undo()
    missing = ("n/a", "-") if gaps else ()

    check(tracker, text, missing)
    # And again: what is there now is known, or revised back.
    check(tracker, text, missing)


@settings(max_examples=20, deadline=None)
@given(before=tables(), text=tables())
def test_rows_that_are_read_the_long_way_say_the_same(before: str, text: str) -> None:
    quick, long = empty(), empty()
    for tracker in (quick, long):
        import_text(tracker, DEFINED)
        sound(tracker, before)

    quickly = _outcome(quick, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake.Intake, "_form", lambda *_: None)
        slowly = _outcome(long, text)

    assert quickly == slowly


def _outcome(tracker: Tracker, text: str) -> object:
    try:
        done = import_text(tracker, text, partial=True, yes=True)
    except InputError as error:
        return str(error), error.further
    written = tracker.store.transaction(done.tx) if done.tx else None
    records = [_unnamed(record) for _, record in written.facts] if written else []
    return done.lines, done.imported, records


def _unnamed(record: dict[str, object]) -> dict[str, object]:
    """A record without ids, which two databases do not share."""
    return {name: value for name, value in record.items() if name not in ("id", "replaces")}


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["stations", "cars", "foo"]), *[CELLS["value"]] * 3, CELLS["note"]),
        min_size=1,
        max_size=8,
    ),
    twice=st.booleans(),
)
def test_a_wide_file_says_what_its_cells_say_one_below_the_other(
    rows: list[tuple[str, ...]], twice: bool
) -> None:
    periods = ("2019", "2020-H1", "2020")
    wide, tall = io.StringIO(), io.StringIO()
    wide_writer, tall_writer = csv.writer(wide, lineterminator="\n"), csv.writer(tall, lineterminator="\n")
    wide_writer.writerow(("indicator", *periods, "note"))
    tall_writer.writerow(("indicator", "period", "value", "note"))
    for slug, *values, note in rows:
        wide_writer.writerow((slug, *values, note))
        tall_writer.writerows(
            (slug, period, value, note) for period, value in zip(periods, values, strict=True)
        )

    results: list[tuple[object, ...]] = []
    for text, is_wide in ((wide.getvalue(), True), (tall.getvalue(), False)):
        tracker = empty()
        import_text(tracker, DEFINED)
        try:
            for _ in range(1 + twice):
                done = import_text(tracker, text, wide=is_wide, partial=True, yes=True)
        except InputError:
            results.append((False, [], {}))
            continue
        written = tracker.store.transaction(done.tx) if done.tx else None
        assert done.imported is not None
        records = [_unnamed(record) for _, record in written.facts] if written else []
        counts = {what: n for what, n in done.imported.counts.items() if what != "refused"}
        # A row that nobody can read is told once, not for each of its periods.
        results.append((True, records, counts))

    assert results[0] == results[1]
