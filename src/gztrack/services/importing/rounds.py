"""One round of an import: a file read against a database as it is at one moment."""

from __future__ import annotations

from collections.abc import Mapping

from gztrack.domain.ids import new_tx
from gztrack.domain.register import Fact
from gztrack.errors import InputError
from gztrack.services.importing.columns import Columns
from gztrack.services.importing.definitions import Definitions
from gztrack.services.importing.intake import Intake, Lasts
from gztrack.services.importing.matching import Match, Step, match
from gztrack.services.importing.noted import Noted
from gztrack.services.importing.options import Options
from gztrack.services.importing.remembered import Spans
from gztrack.services.importing.rows import Draft, RowReader
from gztrack.services.importing.scan import Scan
from gztrack.services.importing.standing import Standing
from gztrack.services.importing.text import Sheet
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker
from gztrack.storage.bodies import Bodies
from gztrack.storage.lines import Sheaf
from gztrack.storage.store import Encoded, Transaction

Meaning = tuple[object, ...]


class Round:
    """What a file does to a database as it is now.

    Args:
        tracker: The database, caught up.
        sheet: The file.
        columns: Where it keeps what.
        scan: What was seen of it before.
        options: How it is to be read.
        progress: Told how far it is.

    Attributes:
        scan: What was seen of the file before.
        tx: Id of the transaction.
        envelope: Whose action it is, without its facts; None where nothing is written.
        intake: What became of its readings, and the counts.
        problems: Everything that cannot be read.
        remarks: What a person should hear of targets.
        empty: How many targets have no value.

    Raises:
        Cancelled: ``progress`` said so.
    """

    def __init__(
        self,
        tracker: Tracker,
        sheet: Sheet,
        columns: Columns,
        scan: Scan,
        options: Options,
        progress: Progress | None,
    ) -> None:
        self.scan = scan
        with tracker.turn:
            self._seen = tracker.position, tracker.register
            known = {fact["indicator"]: fact for fact in tracker.indicators(archived=True)}
            standing = Standing(tracker.register, tracker.moment())
            now = None if options.dry_run else tracker.instant()
        self.tx = now.tx if now else new_tx()
        self.envelope = (
            Transaction(now.tx, now.at, tracker.author, tracker.login, "import", ()) if now else None
        )
        self._indicators = known
        definitions = Definitions(scan.definitions, known)
        defined = {draft.record["indicator"]: draft.record for draft in definitions.drafts}
        unreadable = scan.unreadable | definitions.unreadable
        reader = RowReader(known | defined, unreadable, tracker.today)
        self.empty = 0
        broken = Noted()
        targets = self._targets(reader, broken)
        with tracker.turn:
            matched = match([*definitions.drafts, *targets], tracker.register, frozenset(columns.fields))
        self.remarks = matched.remarks
        refused = Noted()
        for where, what in matched.problems.items():
            refused.add(where, what)
        fixed = [scan.problems, definitions.problems, broken, refused.in_order()]
        lasts: Lasts = {}
        while True:
            self._sheaf = (
                Sheaf(now.tx, now.at, tracker.author, tracker.login, "import", Bodies()) if now else None
            )
            self.intake = Intake(
                sheet,
                columns,
                scan.kinds,
                reader,
                standing,
                Spans(tracker.today),
                tracker.turn,
                sheaf=self._sheaf if options.partial or not any(fixed) else None,
                tx=self.tx,
                asks=not options.yes or options.dry_run,
                lists=options.dry_run,
                keeps_on=options.partial,
                lasts=lasts,
            )
            self.intake.run(_of("indicators", matched), _of("targets", matched), scan.rows, progress)
            if lasts or not self.intake.is_repeated:
                break
            lasts = self.intake.lasts
        self.problems = Noted(*fixed, self.intake.problems)

    def _targets(self, reader: RowReader, broken: Noted) -> list[Draft]:
        drafts: list[Draft] = []
        for entry in self.scan.targets:
            try:
                draft = reader.read(entry)
            except InputError as error:
                broken.add(entry.at(error), str(error))
                continue
            if draft is None:
                self.empty += 1
            else:
                drafts.append(draft)
        return drafts

    @property
    def has_facts(self) -> bool:
        """Whether any row can be read that states something."""
        return bool(self.intake.new or self.intake.revised or self.intake.same)

    def encoded(self) -> Encoded:
        """The facts that are to be written."""
        assert self._sheaf is not None
        return self._sheaf.closed()

    def is_overtaken(self, tracker: Tracker) -> bool:
        """Whether others have written meanwhile about what the file is about."""
        position, register = self._seen
        if tracker.register is not register:
            return True
        news = tracker.since(position)
        if tracker.position - position > len(news):
            return True  # some of it is forgotten already
        return any(not each.indicator or each.indicator in self.intake.slugs for each in news)

    def moved(self, now: Mapping[str, Meaning]) -> str:
        """The first indicator of the file that means something else by now, or empty.

        One that others have added since is read as the file has it, or refused by its row.
        """
        before = {slug: _meaning(fact) for slug, fact in self._indicators.items()}
        return min((s for s in self.intake.slugs & before.keys() if now.get(s) != before[s]), default="")


def meanings(tracker: Tracker) -> dict[str, Meaning]:
    """What figures of each indicator mean."""
    return {fact["indicator"]: _meaning(fact) for fact in tracker.indicators(archived=True)}


def _meaning(fact: Fact) -> Meaning:
    return tuple(fact.get(name) for name in ("unit", "measure", "direction"))


def _of(table: str, matched: Match) -> list[Step]:
    return [step for step in matched.steps if step.draft.table == table]
