"""What a diff holds: two sides, and between them entries of each kind. Frozen; in no language yet."""

from __future__ import annotations

from gztrack.domain.units import NO_UNIT, Unit
from gztrack.light import NamedTuple
from gztrack.services.views import Origin, shown_unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.domain.amounts import Number


class Side(NamedTuple):
    """What a snapshot says of itself.

    Attributes:
        as_of: The day as of which it was reckoned; dates are ISO, as the snapshot has them.
        logged_by: Only what was logged up to then; empty for all.
        published_by: Only readings published up to then; empty for all.
        file: The file that it was read from, or empty.
        digest: Its content hash, ``sha256:`` and 64 hex digits, where somebody reckoned it.
        begun: The day of the first entry, where ``as_of`` lies before it; else empty.
    """

    title: str
    as_of: str
    logged_by: str
    published_by: str
    method: str
    file: str = ""
    digest: str = ""
    begun: str = ""


class Subject(NamedTuple):
    """An indicator as the new side names it, else the old one."""

    id: str
    name: str
    name_zh: str = ""
    unit: Unit = NO_UNIT
    group: str = ""
    unit_zh: str = ""
    group_zh: str = ""

    @property
    def shown_unit(self) -> Unit:
        """Its unit in the first of the languages that names are shown in."""
        return shown_unit(self.unit, self.unit_zh)


class Reading(NamedTuple):
    """A reading as a snapshot has it; what it is about comes first, then what it says, then whether it counts."""

    series: str | None
    start: str
    end: str
    source: str | None
    url: str | None
    value: Number
    qualifier: str
    provisional: bool
    note: str | None
    published: str | None
    inferred: tuple[str, ...]
    period: str
    standing: str
    pinned: bool
    pin_reason: str | None

    @property
    def place(self) -> tuple[str | None, str, str]:
        """Series and period, of which only one reading counts."""
        return self[:3]

    @property
    def identity(self) -> tuple[object, ...]:
        """Series, period and source: two readings of one identity say something of the same figure."""
        return self[:5]

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says, without how its period was typed and whether it counts."""
        return self[:11]

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(self.source or "", self.url or "", self.published or "")


class Target(NamedTuple):
    """A target as a snapshot's ledger has it; what it is comes first, then what became of it.

    Attributes:
        replaces: Whose place it took: value, upper limit, comparator, due date as typed; or None.
        replaced: Another one took its place.
        dropped_why: The reason that was given for withdrawing it; older snapshots have none.
        evidence_published: When the reading that decided was published, where that is known.
    """

    value: Number
    high: Number | None
    comparator: str
    due: str | None
    over: str | None
    stated_on: str | None
    source: str | None
    url: str | None
    stated_by: str | None
    quote: str | None
    note: str | None
    published: str | None
    inferred: tuple[str, ...]
    due_label: str
    state: str
    verdict: str
    reason: str | None
    evidence: str | None
    evidence_value: Number | None
    evidence_qualifier: str | None
    evidence_source: str | None
    evidence_url: str | None
    margin: Number | None
    margin_qualifier: str | None
    ended_on: str | None
    change: str | None
    replaces: tuple[Number, Number | None, str, str] | None
    replaced: bool
    dropped_why: str | None = None
    evidence_published: str | None = None

    @property
    def goal(self) -> tuple[object, ...]:
        """What is promised: figure, due date and span."""
        return self[:5]

    @property
    def identity(self) -> tuple[object, ...]:
        """Due date, comparator, span, when it was stated and where."""
        return self[2:8]

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says, without how its due date was typed and what became of it."""
        return self[:13]

    @property
    def named(self) -> tuple[Number, Number | None, str, str]:
        """As another one's ``replaces`` names it."""
        return self.value, self.high, self.comparator, self.due_label

    @property
    def origin(self) -> Origin:
        """Where it was stated."""
        return Origin(self.source or "", self.url or "", self.published or "")

    @property
    def evidence_origin(self) -> Origin:
        """Where the reading comes from that decided."""
        return Origin(self.evidence_source or "", self.evidence_url or "", self.evidence_published or "")

    @property
    def dropped(self) -> bool:
        """It was withdrawn, be it after it was due."""
        return self.state == "dropped" or (self.ended_on is not None and not self.replaced)


class Standing(NamedTuple):
    """How an indicator stands."""

    status: str
    reason: str | None
    attainment: Number | None
    attainment_qualifier: str | None
    method: str


class NewReading(NamedTuple):
    """A reading that was not there before.

    Attributes:
        instead: What counted of its period before and still stands, or None.
    """

    subject: Subject
    reading: Reading
    instead: Reading | None = None


class Correction(NamedTuple):
    """A figure that says something else now, or nothing any more.

    Attributes:
        kind: ``corrected``, ``withdrawn``, or ``counts`` where only another one of a period counts.
        old: A reading or a target, as it was.
        new: The same as it is; None where it was withdrawn.
        changed: Names of the fields that differ.
    """

    subject: Subject
    kind: str
    old: Reading | Target
    new: Reading | Target | None = None
    changed: tuple[str, ...] = ()


class TargetChange(NamedTuple):
    """A target that is new, took another one's place, or was dropped.

    Attributes:
        kind: ``new``, ``moved`` or ``dropped``.
        target: As it is now.
        old: Whose place it took; None unless it moved, or where the ledger does not have it.
        reason: Why, if somebody said.
        restated: The same promise stood in the ledger before, by another source.
    """

    subject: Subject
    kind: str
    target: Target
    old: Target | None = None
    reason: str = ""
    restated: bool = False


class StatusChange(NamedTuple):
    """An indicator whose status is another one.

    Attributes:
        old: None of an indicator that was not there.
        new: None of one that is not there any more.
    """

    subject: Subject
    old: Standing | None
    new: Standing | None


class VerdictChange(NamedTuple):
    """A promise of which something else has become."""

    subject: Subject
    old: Target
    new: Target


class Diff(NamedTuple):
    """What is new between two snapshots, in the order of the board."""

    old: Side
    new: Side
    readings: tuple[NewReading, ...]
    corrections: tuple[Correction, ...]
    targets: tuple[TargetChange, ...]
    statuses: tuple[StatusChange, ...]
    verdicts: tuple[VerdictChange, ...]

    @property
    def empty(self) -> bool:
        """Nothing is new."""
        return not any(self[2:])

    def only(self, indicators: frozenset[str]) -> Diff:
        """What of it is about these indicators."""
        return self._replace(
            readings=tuple(each for each in self.readings if each.subject.id in indicators),
            corrections=tuple(each for each in self.corrections if each.subject.id in indicators),
            targets=tuple(each for each in self.targets if each.subject.id in indicators),
            statuses=tuple(each for each in self.statuses if each.subject.id in indicators),
            verdicts=tuple(each for each in self.verdicts if each.subject.id in indicators),
        )
