"""The one service behind every face: it reads facts, answers with views, and writes new facts.

The board, the commands, the snapshots and the SSH gate all call a `Tracker`; none of them
touches a store or a fact. Every write goes through the store's lock and is on the disk when
the call returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ParamSpec

from gztrack.domain import records
from gztrack.domain.ids import fact_ids, keyed
from gztrack.domain.register import Fact, Moment
from gztrack.domain.text import clean, listed
from gztrack.errors import InputError, StoreError
from gztrack.language import ntr, term, tr
from gztrack.light import contextmanager, wraps
from gztrack.services.clock import Instant, instant
from gztrack.services.databases.seeding import ARTICLE_DEFINES, PACK_DEFINES, followup_pack, is_articles
from gztrack.services.entering import goals, indicators, readings, undoing
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.references import find_either, find_reading, find_target, handle
from gztrack.services.naming import name_of, unit_of
from gztrack.services.reader import NOW, Clocks, Reader, serialised
from gztrack.services.views import Done
from gztrack.storage.store import Store, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import Concatenate

    from gztrack.services.board.board_file import BoardFile
    from gztrack.services.entering.settings import SettingsEntry
    from gztrack.services.permits import Permit
    from gztrack.services.progress import Progress

__all__ = ["NOW", "Clocks", "Tracker"]

Facts = Sequence[tuple[str, records.Record]]

ANNOUNCED = ("log", "correct", "target", "drop")
"""Actions of which hooks are told."""

Arguments = ParamSpec("Arguments")


def exclusively(
    method: Callable[Concatenate[Tracker, Arguments], Done],
) -> Callable[Concatenate[Tracker, Arguments], Done]:
    """Look and write under the store's lock, so that nobody changes in between what was looked at."""

    @wraps(method)
    def alone(self: Tracker, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Done:
        with self.turn, self.store.exclusive():
            self.catch_up_for_writing()
            return method(self, *args, **kwargs)

    return alone


class Tracker(Reader):
    """Reads and writes one database for one author.

    Args:
        store: Where the facts are.
        author: Who says what is written from here.
        login: The account that it is written under.
        today: A fixed date in place of the clock's, for reproducible pictures and tests. It
            moves what is reckoned, never the logging time.
        permit: What this person may do; None for somebody who may do everything.

    Attributes:
        announced: Transactions that hooks have not been told of yet; see `gztrack.export.announcements`.
    """

    def __init__(
        self,
        store: Store,
        *,
        author: str,
        login: str,
        today: date | None = None,
        permit: Permit | None = None,
        board_file: BoardFile | None = None,
    ) -> None:
        if author == records.SEED_AUTHOR:
            raise InputError(
                tr(
                    "'{author}' is the name of the facts a database starts with; use another --as",
                    author=records.SEED_AUTHOR,
                )
            )
        super().__init__(store, today=today, permit=permit, board_file=board_file)
        self._misgivings: list[str] = []
        self.author = author
        self.login = login
        self.announced: list[str] = []

    @serialised
    def log(self, entry: LogEntry) -> Done:
        """Log one reading.

        Raises:
            InputError: Something cannot be understood.
            GuardError: Value or period is probably a slip, and ``yes`` was not given.
            StoreError: It was not written.
        """
        self.may("log", entry.indicator)
        (plan,) = readings.plan_all([entry], self.register, self.moment())
        return self._logged(plan, "log", entry)

    @serialised
    def log_batch(self, entries: Sequence[LogEntry]) -> Done:
        """Log several readings as one action: all or nothing.

        Raises:
            InputError: One of them cannot be understood.
            GuardError: One of them is probably a slip.
        """
        for entry in entries:
            self.may("log", entry.indicator)
        plans = readings.plan_all(entries, self.register, self.moment())
        tx = self.write("log", [("readings", plan.record) for plan in plans])
        said = ntr("logged {n:,} reading", "logged {n:,} readings", len(plans)) + self._undo_by()
        return Done((*(plan.echo for plan in plans), said), tx=tx)

    @exclusively
    def correct(self, reference: str, entry: LogEntry, reason: str = "") -> Done:
        """Replace a reading by a corrected one; the old one stays in the history.

        Raises:
            InputError: The reference or the entry cannot be understood, or nothing would change.
        """
        moment = self.moment()
        old = self.standing(find_reading(self.register, reference, moment), moment)
        self.may("correct", old["indicator"])  # before a question shows what is there
        plan = readings.plan_reading(
            entry._replace(indicator=old["indicator"]), self.register, moment, old, reason
        )
        same = {**plan.record, "replaces": "", "reason": ""} == {**_plain(old), "replaces": "", "reason": ""}
        if same and not self._known(entry.key):  # a retry says so already, and is no error
            place = f"{old['indicator']}@{old['period']}"
            raise InputError(tr("{place} says so already; nothing to correct", place=place))
        readings.insist(plan, entry.yes)
        return self._logged(plan, "correct", entry)

    @exclusively
    def retract(self, reference: str, reason: str) -> Done:
        """Withdraw a reading or a target as an entry error; it stays in the history.

        Raises:
            InputError: The reference cannot be understood, or no reason was given.
        """
        if not clean(reason):
            raise InputError(tr("a retraction needs its reason: --reason 'typed into the wrong row'"))
        moment = self.moment()
        table, fact = find_either(self.register, reference, moment)
        old = None
        if table == "targets":
            old = self.register.revised(self._as_entered(fact, moment), moment)
        else:
            self.standing(fact, moment)
        record = records.retraction(of=fact["id"], what=table, how="retracted", on=self.today, reason=reason)
        tx = self.write("retract", [("retractions", record)])
        what = undoing.described(self.register, table, fact)
        lines = [tr("retracted {what}: {reason}", what=what, reason=clean(reason))]
        if old is not None:
            what = undoing.described(self.register, table, old[0])
            lines.append(tr("so this was never replaced: {what}", what=what))
        return Done(
            (*lines, *self._taken_back()),
            tx=tx,
            indicator=fact["indicator"],
        )

    @exclusively
    def pin(self, reference: str, reason: str = "", *, target: bool = False) -> Done:
        """Make one of several readings for a period, or one of several targets, the one that counts."""
        moment = self.moment()
        fact = find_target(self.register, reference, moment) if target else find_reading(
            self.register, reference, moment
        )  # fmt: skip
        self._as_promised(fact, moment) if target else self.standing(fact, moment)
        table = "targets" if target else "readings"
        stated: Facts = [("pins", records.pin(of=fact["id"], what=table, reason=reason))]
        tx = self.write("pin", stated, command="target" if target else "pin")
        said = undoing.described(self.register, table, fact)
        lines = tr("pinned {what}", what=said), *self._taken_back()
        return Done(lines, handle(fact["id"]), tx, fact["indicator"])

    @exclusively
    def set_target(self, entry: GoalEntry) -> Done:
        """Add a target, revise one (``replaces`` and ``reason``) or correct an entry error.

        Raises:
            InputError: Something cannot be understood or does not fit.
        """
        moment = self.moment()
        plan = goals.plan_goal(entry, self.register, moment)
        if plan.replaced is not None:
            self._as_entered(plan.replaced, moment) if entry.correction else self._as_promised(
                plan.replaced, moment
            )
            same = {"replaces": "", "how": "", "reason": ""}
            if entry.correction and {**plan.record, **same} == {**_plain(plan.replaced), **same}:
                place = f"{plan.record['indicator']}@{plan.record.get('due', 'none')}"
                raise InputError(tr("{place} says so already", place=place))
        command = "correct" if entry.correction else "target"
        tx = self.write("target", [("targets", plan.record)], command=command)
        slug = plan.record["indicator"]
        tag = handle(fact_ids(tx, 1)[0])
        place = f"{slug}@{plan.record.get('due', 'none')}"
        done = tr("set {place} ({handle})", place=place, handle=tag) + self._undo_by()
        return Done((plan.echo, done), tag, tx, slug)

    @exclusively
    def drop_target(self, reference: str, reason: str) -> Done:
        """Record that a target was withdrawn; it stays in the ledger.

        Raises:
            InputError: The reference cannot be understood, or no reason was given.
        """
        if not clean(reason):
            raise InputError(tr("a dropped target needs its reason: --reason 'left out of the new plan'"))
        moment = self.moment()
        fact = self._as_promised(find_target(self.register, reference, moment), moment)
        record = records.retraction(
            of=fact["id"], what="targets", how="dropped", on=self.today, reason=reason
        )
        tx = self.write("drop", [("retractions", record)], command="target")
        said = undoing.described(self.register, "targets", fact)
        return Done(
            (tr("dropped {what}: {reason}", what=said, reason=clean(reason)), *self._taken_back()),
            tx=tx,
            indicator=fact["indicator"],
        )

    @exclusively
    def add_indicator(self, entry: IndicatorEntry) -> Done:
        """Add an indicator.

        Raises:
            InputError: A field does not fit, or the id is taken.
        """
        record = indicators.plan_new(entry, self.register, self.moment())
        return self._changed_indicator("add", record, term("added {indicator}"))

    @exclusively
    def edit_indicator(self, entry: IndicatorEntry) -> Done:
        """Change what an indicator says of itself.

        Raises:
            InputError: A field does not fit, or nothing changes.
            GuardError: Its readings would then say something else.
        """
        record = indicators.plan_edit(entry, self.register, self.moment())
        return self._changed_indicator("edit", record, term("changed {indicator}"))

    @exclusively
    def edit_database(self, entry: SettingsEntry) -> Done:
        """Change what holds for the whole database.

        Raises:
            InputError: A field does not fit, or nothing changes.
        """
        from gztrack.services.entering.settings import plan_settings  # hardly ever asked for

        found = plan_settings(entry, self.title, self.register, self.moment())
        tx = self.write("edit", [("settings", record) for record in found])
        said = listed(
            tr("{field} {value}", field=tr(record["name"]), value=clean(record["value"])) for record in found
        )
        return Done((tr("changed the database: {changes}", changes=said), *self._taken_back()), tx=tx)

    @exclusively
    def archive(self, slug: str, *, undo: bool = False) -> Done:
        """Take an indicator off the board, or bring it back; nothing is lost."""
        record = indicators.plan_archive(slug, self.register, self.moment(), back=undo)
        return self._changed_indicator(
            "archive", record, term("brought back {indicator}") if undo else term("archived {indicator}")
        )

    @property
    def pack_offer(self) -> str:
        """Name of the follow-up pack while the article's database has not brought it in, else empty."""
        if not self.loaded:
            return ""  # only a large database's board is kept, and whoever has that is past the first steps
        moment = self.moment()
        article = self.register.indicator(ARTICLE_DEFINES, moment)
        if article is None or not is_articles(article) or self.register.indicator(PACK_DEFINES, moment):
            return ""
        pack = followup_pack()
        return pack.name if pack.exists() else ""

    def import_pack(self, dry_run: bool = False, *, progress: Progress | None = None) -> Done:
        """Bring in what was published since the article, as one action.

        Args:
            dry_run: Only say what would come in.
            progress: Told how far it is; may call it off.
        """
        return self.import_file(str(followup_pack()), dry_run=dry_run, progress=progress)

    def import_file(
        self, path: str, dry_run: bool = False, yes: bool = False, *, progress: Progress | None = None
    ) -> Done:
        """Bring in a file of whatever kind; see `gztrack.services.importing.recognising`.

        Raises:
            InputError: Rows cannot be read; each is named with its line.
            GuardError: Values are probably slips, and ``yes`` was not given.
            Cancelled: ``progress`` called it off; nothing was written.
        """
        from gztrack.services.importing.recognising import (
            bring_in,  # Pydantic and the rules, only when needed
        )

        return bring_in(self, path, dry_run=dry_run, yes=yes, progress=progress).done

    @serialised
    def undo(self, times: int = 1) -> Done:
        """Take back this author's latest actions, as new facts.

        Raises:
            InputError: There is nothing to undo, or somebody else has built on it.
        """
        return self._repeat(times, self._undo_one)

    @serialised
    def redo(self, times: int = 1) -> Done:
        """Take back this author's latest undos, as new facts.

        Raises:
            InputError: There is nothing to redo.
        """
        return self._repeat(times, self._redo_one)

    def _undo_one(self) -> tuple[str, str]:
        with self.store.exclusive():
            self.catch_up_for_writing()
            tx = undoing.next_undo(self.register, self.author, self.moment())
            said = undoing.summary(self.register, tx)
            line = tr("undid {what}", what=said)
            if self.permit is None or self.permit.allows("redo"):
                line += tr("; bring back: {command}", command="gztrack redo")
            return self.write("undo", [("undos", {"of": tx})]), line

    def _redo_one(self) -> tuple[str, str]:
        with self.store.exclusive():
            self.catch_up_for_writing()
            undo = undoing.next_redo(self.register, self.author, self.moment())
            said = undoing.summary(self.register, undo["of"])
            line = tr("brought back {what}", what=said) + self._undo_by()
            return self.write("redo", [("undos", {"of": undo["tx"]})]), line

    def _repeat(self, times: int, action: Callable[[], tuple[str, str]]) -> Done:
        lines: list[str] = []
        tx = ""
        for _ in range(times):
            try:
                tx, line = action()
            except InputError as refused:
                if not lines:
                    raise
                lines.append(tr("stopped after {n}: {reason}", n=len(lines), reason=refused))
                break
            lines.append(line)
        return Done(tuple(lines), tx=tx)

    @serialised
    def write(self, action: str, facts: Facts, *, key: str = "", author: str = "", command: str = "") -> str:
        """Append one transaction and take it in; returns its id, on disk when it returns.

        Args:
            command: The command that does this, as a permit has it, where it is not called as the action.
            key: Makes a retry the same transaction; empty when it was there already adds nothing.
        """
        self._check(command or action, facts)
        author = author or self.author
        now = self.instant(author)
        tx = keyed(author, key) if key else now.tx
        ids = fact_ids(tx, len(facts))
        stated = tuple((table, {"id": ids[i], **record}) for i, (table, record) in enumerate(facts))
        self.wrote(tx)
        transaction = Transaction(tx, now.at, author, self.login, action, stated)
        if self.store.append(transaction, unique=bool(key)) and action in ANNOUNCED:
            self.announced.append(tx)
        try:
            self.catch_up_for_writing()
        except StoreError as error:
            # It is on the disk: to refuse it now would have it written twice.
            said = tr("kept, and yet the database cannot be read whole: {error}", error=error)
            self._misgivings.append(said)
        return tx

    def may(self, command: str, indicator: str | None = None) -> None:
        """See that this person may do something; somebody without a permit may do everything.

        Raises:
            RefusedError: They may not.
        """
        if self.permit is not None:
            self.permit.check(command, None if indicator is None else clean(indicator))

    def _check(self, command: str, facts: Facts) -> None:
        """See that this person may write these facts: the one place that every write of a face comes through.

        Raises:
            RefusedError: They may not, or not for one of the indicators.
        """
        if self.permit is None:
            return
        self.permit.check(command)
        if not self.permit.is_limited(command):
            return
        for _, fact in facts:
            about = self.register.get(fact["of"]) if "of" in fact else ("", fact)
            # What is about no indicator (a setting) is about all of them, and no pattern has that.
            self.permit.check(command, about[1].get("indicator", "") if about else "")

    def instant(self, author: str = "") -> Instant:
        """When and as what the next thing is written; a clock that is behind is told of in the notices."""
        now = instant(self.register.latest().get(author or self.author))
        if now.notice:
            self._misgivings.append(now.notice)
        return now

    @property
    def notices(self) -> Sequence[str]:
        """What a person should hear about the store and the clock, each once."""
        return [*self.store.notices, *self._misgivings]

    @contextmanager
    def settled(self) -> Iterator[None]:
        """Keep everybody else out, what they wrote taken in: for a look that a write depends on.

        Raises:
            StoreBusy: Somebody else kept this one out.
        """
        with self.turn, self.store.exclusive():
            self.catch_up_for_writing()
            yield

    @serialised
    def catch_up_for_writing(self) -> None:
        """Take in what others wrote, and keep it for the next `refresh` to tell."""
        self.load()
        self._news = self._news.and_then(self._catch_up())

    def wrote(self, tx: str) -> None:
        """Note that a transaction is this session's own, so that it is no news to it."""
        self._own.add(tx)

    def _known(self, key: str) -> Transaction | None:
        return self.store.transaction(keyed(self.author, key)) if key else None

    def _logged(self, plan: readings.Plan, action: str, entry: LogEntry) -> Done:
        key = entry.key
        there = self._known(key)
        if there is not None:
            readings.insist_same(key, [plan.record], there, relative=bool(entry.by))
            return Done(readings.repeated([plan.echo]), tx=there.tx, added=False)
        tx = self.write(action, [("readings", plan.record)], key=key)
        tag = handle(fact_ids(tx, 1)[0])
        slug = plan.record["indicator"]
        place = f"{slug}@{plan.period.label}"
        if plan.record.get("replaces"):
            said = tr("corrected {place} ({handle})", place=place, handle=tag)
        else:
            said = tr("logged {place} ({handle})", place=place, handle=tag)
        return Done((plan.echo, said + self._undo_by()), tag, tx, slug)

    def _changed_indicator(self, action: str, record: records.Record, done: str) -> Done:
        tx = self.write(action, [("indicators", record)])
        slug = record["indicator"]
        said = tr(
            "{id}  {name}  {unit}, {measure}",
            id=slug,
            name=name_of(record),
            unit=unit_of(record),
            measure=tr(record["measure"]),
        )
        if record.get("method"):
            said = tr("{said}, status by {method}", said=said, method=record["method"])
        return Done((tr(done, indicator=said), *self._taken_back()), tx=tx, indicator=slug)

    def _undo_by(self) -> str:
        """How to take back what was just done, as it follows what was done; empty for who may not."""
        if self.permit is not None and not self.permit.allows("undo"):
            return ""
        return tr("; take back: {command}", command="gztrack undo")

    def _taken_back(self) -> tuple[str, ...]:
        """The same as lines of their own."""
        if self.permit is not None and not self.permit.allows("undo"):
            return ()
        return (tr("take back: {command}", command="gztrack undo"),)

    def standing(self, fact: Fact, moment: Moment) -> Fact:
        """The reading, if it has not been replaced or withdrawn already.

        Raises:
            InputError: It has.
        """
        gone, new = self.register.withdrawal(fact, moment), self.register.replacement(fact, moment)
        if new:
            raise _replaced(fact, new)
        if gone:
            raise _gone(fact, gone)
        return fact

    def _as_entered(self, target: Fact, moment: Moment) -> Fact:
        """The target, if it is its promise as last entered: an entry error can be put right, whatever came of it.

        Raises:
            InputError: It was put right or retracted already.
        """
        last = self.register.entries(target, moment)[-1]
        if last["id"] != target["id"]:
            raise _replaced(target, last)
        gone = self.register.withdrawal(target, moment)
        if gone and gone["how"] == "retracted":
            raise _gone(target, gone)
        return target

    def _as_promised(self, target: Fact, moment: Moment) -> Fact:
        """The target, if nobody has replaced or dropped the promise.

        Raises:
            InputError: Somebody has.
        """
        self._as_entered(target, moment)
        new, gone = self.register.successor(target, moment), self.register.drop(target, moment)
        if new:
            raise _replaced(target, new)
        if gone:
            raise _gone(target, gone)
        return target


def _replaced(fact: Fact, new: Fact) -> InputError:
    return InputError(
        tr(
            "{old} was replaced already; name the one that stands: {new}",
            old=handle(fact["id"]),
            new=handle(new["id"]),
        )
    )


def _gone(fact: Fact, gone: Fact) -> InputError:
    tag, day, reason = handle(fact["id"]), gone["on"], clean(gone["reason"])
    if gone["how"] == "dropped":
        return InputError(tr("{handle} was dropped on {day}: {reason}", handle=tag, day=day, reason=reason))
    return InputError(tr("{handle} was retracted on {day}: {reason}", handle=tag, day=day, reason=reason))


def _plain(fact: Fact) -> records.Record:
    return {key: value for key, value in fact.items() if key not in ("id", "tx", "at", "author", "login")}
