"""Frozen rows ready to show: numbers and words, no markup, no terminal.

Every face reads these; none of them computes. Texts in here have been cleaned (no control
or bidirectional characters), numbers are plain ``int`` or ``float``, dates are ``date``.
"""

from __future__ import annotations

from gztrack.domain.amounts import Number
from gztrack.domain.assessment import Assessment
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.units import Unit, parse_unit, typeset
from gztrack.errors import InputError
from gztrack.language import named, names, ptr, term, tr
from gztrack.light import NamedTuple, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

if TYPE_CHECKING:  # a picture is only for who looks at one
    from gztrack.domain.register import Fact
    from gztrack.services.board.chart_view import Chart

STATUS_ORDER = (
    term("off track"),
    term("moving away"),
    term("missed"),
    term("behind"),
    term("on track"),
    term("achieved"),
    term("met"),
    term("met late"),
    term("cannot tell"),
    term("not assessable"),
    term("no reading"),
    term("no target"),
    term("superseded"),
    term("dropped"),
)
"""Worst first: the order of summaries and of sorting by status. Keys: `gztrack.language.tr` says them."""

SUMMARY_FOLD = {
    "moving away": "off track",
    "achieved": term("reached"),
    "met": "reached",
    "met late": "reached",
    "not assessable": "cannot tell",
}
"""Which statuses a summary counts together, and under which word."""


def counted_word(word: str) -> str:
    """What counts call a status: ``cannot tell`` stands there for what is not assessable as well."""
    return ptr("a count", "cannot tell") if word == "cannot tell" else tr(word)


RIVAL = (term("another source counts"), term("a later one counts"), term("another one is pinned"))
"""Why a reading does not count beside another one of its period; the last two where both have one source and page."""


NO_VERDICT = ("cannot tell", "not assessable", "no reading", "no target")
"""What counts fold into "no verdict": nobody can say how it stands, for the reason given."""

ERRORS = (term("corrected"), term("retracted"))
"""States of a target that was an entry error, and so no promise."""

STATES = ("open", "due passed", "superseded", "dropped", *ERRORS)
"""What a target is, whatever became of it."""

VERDICTS = ("open", "met", "met late", "missed", "cannot tell", "superseded", "dropped", "corrected")
"""What became of it; ``corrected`` is an entry error, withdrawn or put right."""

STANDINGS = (
    "counts",
    "other coverage",
    "other series",
    *RIVAL,
    "another correction counts",
    "a longer period counts",
    "future",
    "replaced",
    "retracted",
    "not yet published",
    "no publication date",
)
"""Whether a reading counts, or why it does not."""


class Origin(NamedTuple):
    """Where a figure comes from.

    Attributes:
        source: Who published it, in words.
        url: The page it was seen on.
        published: ISO date, or empty when unknown.
    """

    source: str = ""
    url: str = ""
    published: str = ""

    @property
    def short(self) -> str:
        """The shortest name a person recognises: the host of the page, else the source."""
        host = self.url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")
        return host or self.source


class ReadingView(NamedTuple):
    """One logged reading, whether or not it counts today.

    Attributes:
        handle: Short suffix of the id that commands accept as READING.
        logged_at: When it was logged (ISO, UTC), and ``logged``: the same by the database's zone, to the minute.
        standing: ``counts``, or why it does not: ``other coverage``, ``other series``,
            one of `RIVAL`, ``another correction counts``,
            ``a longer period counts`` (of a level: both speak of one day), ``future``, ``replaced``,
            ``retracted``, ``undone``.
        replaces: Id of the reading that this one corrects, or empty.
        inferred: Names of the fields that were inferred ("period").
        pinned: Somebody said that it is the one that counts of its period.
        pin_reason: Why, if they said.
        preferred: Why it counts and not the others of its period: "logged last", or "pinned by ann
            on 2026-11-24: city figure"; empty where there are no others.
        ended_by: Author of the correction or the retraction that took it away; empty while it stands.
    """

    id: str
    handle: str
    period: str
    start: date
    end: date
    value: Number
    qualifier: str
    provisional: bool
    series: str
    origin: Origin
    note: str
    author: str
    logged_at: str
    logged: str
    standing: str
    replaces: str = ""
    reason: str = ""
    inferred: tuple[str, ...] = ()
    pinned: bool = False
    pin_reason: str = ""
    preferred: str = ""
    ended_by: str = ""


class TargetView(NamedTuple):
    """One target ever stated, with its verdict.

    Attributes:
        due: As typed ("2025", "2020-12-31"), or ``none``.
        state: ``open``, ``due passed``, ``superseded``, ``dropped``, ``corrected`` or ``retracted``.
        verdict: The verdict's word, or ``open``.
        evidence: Period of the reading that decides ("2023"), or empty.
        evidence_value: What that reading says; None for a span total, which has several.
        evidence_origin: Where it comes from.
        margin: Evidence minus target, in the unit; None without evidence.
        margin_qualifier: Of the margin: from a bound it is a bound.
        replaced_by: Id of the target that took its place, or empty; also of one that came only
            after the due date, and so left the verdict alone.
        ended_on: The date on which it was replaced or withdrawn; empty while it stands, or unknown.
        dropped_on: The date on which it was withdrawn, or empty; also of one that was withdrawn only
            after the due date, and so keeps its verdict.
        dropped_why: The reason that was given for it.
        replaces: Id of the promise whose place it took, else of the entry that it puts right, or empty.
        change: In one line what the revision changed ("same figure, three years later"), or empty.
        headline: It is the one the row shows.
        lack: What leaves a verdict open, as reasons of its kind are counted (`Verdict.cause`), or empty.
    """

    id: str
    handle: str
    indicator: str
    value: Number
    high: Number | None
    comparator: str
    due: str
    due_end: date | None
    over: str
    stated_on: str
    stated_by: str
    quote: str
    origin: Origin
    note: str
    author: str
    logged_at: str
    logged: str
    state: str
    verdict: str
    reason: str
    evidence: str
    evidence_id: str
    margin: Number | None
    replaced_by: str = ""
    replaces: str = ""
    change: str = ""
    headline: bool = False
    pinned: bool = False
    inferred: tuple[str, ...] = ()
    pin_reason: str = ""
    margin_qualifier: str = "exact"
    evidence_value: Number | None = None
    evidence_qualifier: str = "exact"
    evidence_origin: Origin = Origin()
    ended_on: str = ""
    dropped_on: str = ""
    dropped_why: str = ""
    lack: str = ""


class Bar(NamedTuple):
    """A target bar in fractions of the target; drawn by whoever has the cells.

    Attributes:
        fill: How much of the target is there (1.0 is the goal post); not clamped, may be negative
            (worse than the baseline); None when there is no reading.
        bound: Empty, ``lower`` (open end) or ``upper`` (up to at most this much).
        marker: Where the line from the baseline is as of the date, 0..1, or None.
        overdue: The due date has passed (thick post; the post is then the marker).
    """

    fill: float | None
    bound: str = ""
    marker: float | None = None
    overdue: bool = False


class Row(NamedTuple):
    """One indicator as the board shows it.

    Attributes:
        depth: 1 for a part of another indicator that is on the board, else 0.
        reading: The latest reading that counts, or None.
        target: The headline target, or None.
        bar: None without a target.
        percent: The row's one percentage as text ("52.0 %", ">50 %"), or empty.
        reason: One plain line that explains the status, as people are answered, or empty.
        trend: Values of the counted readings, oldest first (for a sparkline).
    """

    id: str
    name: str
    name_zh: str
    group: str
    depth: int
    unit: Unit
    decimals: int | None
    measure: str
    direction: str
    reading: ReadingView | None
    target: TargetView | None
    bar: Bar | None
    percent: str
    status: str
    reason: str
    assessment: Assessment
    trend: tuple[Number, ...] = ()
    archived: bool = False
    group_zh: str = ""
    unit_zh: str = ""

    @property
    def shown_name(self) -> str:
        """Its name in the languages that names are shown in."""
        return named(self.name, self.name_zh)

    @property
    def shown_group(self) -> str:
        """Its group likewise; `group` is what groups go by."""
        return named(self.group, self.group_zh) if self.group else ""

    @property
    def shown_unit(self) -> Unit:
        """Its unit in the first of those languages; `unit` is what figures are understood by."""
        return shown_unit(self.unit, self.unit_zh)

    @property
    def shown_status(self) -> str:
        """The word of its status on the board; an archived one is only that."""
        return "archived" if self.archived else self.status


def shown_unit(unit: Unit, unit_zh: str) -> Unit:
    """Of two units the one of the language that names are shown in; what came by a merge may be none."""
    if unit_zh and names()[0] == "zh":
        with suppress(InputError):
            chinese = parse_unit(unit_zh)
            return chinese._replace(text=typeset(chinese.text))
    return unit


def shown_groups(rows: Iterable[Row]) -> dict[str, str]:
    """What each group is called; one of its rows may say its Chinese name for all of them."""
    found: dict[str, str] = {}
    for row in rows:
        if row.group_zh or row.group not in found:
            found[row.group] = row.shown_group
    return found


class Board(NamedTuple):
    """The whole list as of a date.

    Attributes:
        counts: Summary in display order, worst first, zeros omitted: (folded status, count).
        as_of: The date everything is reckoned as of.
        travelling: ``as_of`` is not today.
        method: The method asked for, else the database's usual one; `Assessment.method` of a row
            names what that one goes by.
        usual: The database's method.
        own: How many of the rows have another one of their own.
        forced: The method was asked for, and so all rows go by it.
        first_run: Nobody has logged anything yet: only the seed is there.
    """

    title: str
    rows: tuple[Row, ...]
    counts: tuple[tuple[str, int], ...]
    as_of: date
    travelling: bool
    method: str
    first_run: bool
    usual: str = "linear"
    own: int = 0
    forced: bool = False
    title_zh: str = ""

    @property
    def shown_title(self) -> str:
        """Its title in the languages that names are shown in."""
        return named(self.title, self.title_zh)

    @property
    def reckoned(self) -> str:
        """By which method, for people: ``linear``, or ``linear, 2 by their own``."""
        if self.forced or not self.own:
            return self.method
        return tr("{method}, {own} by their own", method=self.method, own=self.own)


class MethodView(NamedTuple):
    """What one method says of an indicator.

    Attributes:
        status: The status that the row would show by it.
        ratio: What it reckoned; without a target growth a year as a fraction; None where it could not.
        chosen: The row goes by it.
    """

    name: str
    status: str
    reason: str
    ratio: Figure | None
    chosen: bool


class ProRata(NamedTuple):
    """A flow of another length than the target's, beside as much of the target; never a status.

    Attributes:
        period: Of the reading, as typed.
        end: Last day of it.
        value: What it says.
        months: Months that it covers.
        of_months: Months that the target covers.
        target: ``T * months / of_months``.
        share: The value as a fraction of that.
    """

    period: str
    end: date
    value: Number
    qualifier: str
    months: int
    of_months: int
    target: Number
    share: Figure


class ShareView(NamedTuple):
    """How much of its whole a part is, for the latest period of which both say something.

    Attributes:
        part: Id of the part.
        whole: Id of the whole.
        period: As the part's reading has it; empty where there is no common one.
        value: What the part's reading says; None without a common period.
        whole_value: What the whole's says.
        share: Their quotient; None where it is refused.
        reason: Why there is no share; empty where there is one.
        warning: What cannot be right ("more than the whole"), with its period; empty where all is well.
    """

    part: str
    part_name: str
    whole: str
    whole_name: str
    period: str = ""
    value: Number | None = None
    qualifier: str = "exact"
    whole_value: Number | None = None
    whole_qualifier: str = "exact"
    share: Figure | None = None
    reason: str = ""
    warning: str = ""


class PartsView(NamedTuple):
    """The parts of a whole, and their sum beside it for the latest period that all of them share.

    Attributes:
        shares: Each part on its own.
        period: That period; empty where there is none, and no sum then.
        total: Sum of the parts.
        rest: The whole minus that.
        warning: What cannot be right of the sum; empty where all is well.
    """

    shares: tuple[ShareView, ...]
    period: str = ""
    total: Figure | None = None
    rest: Figure | None = None
    warning: str = ""


class Detail(NamedTuple):
    """Everything about one indicator.

    Attributes:
        readings: Readings that stand, latest period first; current coverage first, then the others.
        targets: Every target, headline first, then latest due first.
        figures: (label, text) pairs: attainment, path, time, needed, so far, buffer, projection,
            pro rata, methods. Labels are English keys, texts as people are answered.
        facts: (label, text) pairs: definition, unit, measure, part-of, series; as ``figures``.
        methods: What each method says.
        pro_rata: The latest flow of another length, if it is later than what counts.
        whole: How much of its whole it is, if it is part of one.
        parts: Its own parts, if it has any.
        notes: What cannot be right, in plain lines.
        chart: Only when asked for: all of it over time.
    """

    row: Row
    readings: tuple[ReadingView, ...]
    targets: tuple[TargetView, ...]
    figures: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    methods: tuple[MethodView, ...] = ()
    pro_rata: ProRata | None = None
    whole: ShareView | None = None
    parts: PartsView | None = None
    notes: tuple[str, ...] = ()
    chart: Chart | None = None


NOTHING: Mapping[str, str] = {}
"""Nothing was typed; never changed."""


class Preview(NamedTuple):
    """What a form understood so far, while typing.

    Attributes:
        echoes: field name -> what was understood ("310,000 vehicles/year").
        errors: field name -> why it cannot be saved ("ambiguous: write 1.23 or 123").
        guard: The question that ``yes`` answers, or empty.
        status: Status the row would have, or empty while that cannot be said.
        headline: "103.3 % of ≥300,000 by 2020-12-31 (date inferred)", or empty.
        bar: The bar the row would have, or None.
        remark: One muted line ("first reading in this series"), or empty.
    """

    echoes: Mapping[str, str] = NOTHING
    errors: Mapping[str, str] = NOTHING
    guard: str = ""
    status: str = ""
    headline: str = ""
    bar: Bar | None = None
    remark: str = ""

    @property
    def ready(self) -> bool:
        """Nothing stands in the way of saving but, perhaps, the guard's question."""
        return not self.errors


class Done(NamedTuple):
    """What an action did.

    Attributes:
        lines: What to tell the person, first line the echo of what was understood.
        handle: Short suffix of the fact's id, or empty.
        tx: Id of the transaction, or empty when nothing was written.
        indicator: Id of the indicator it touched, or empty.
        added: It was not there before; a repeated key adds nothing.
        imported: What an import did with which rows, else None.
    """

    lines: tuple[str, ...]
    handle: str = ""
    tx: str = ""
    indicator: str = ""
    added: bool = True
    imported: Imported | None = None


class Imported(NamedTuple):
    """What an import did, or would do.

    Attributes:
        counts: How many facts are ``new``, ``revised`` and ``same``, how many cells were ``skipped``, and how
            many rows are ``refused``.
        rows: What a dry run has to say of each row, a line each.
        listed: The same, an object each.
        refused: Each place that could not be read, and why, a line each; it did not go in.
        unread: The same, an object each.
    """

    counts: Mapping[str, int]
    rows: tuple[str, ...] = ()
    listed: tuple[Mapping[str, object], ...] = ()
    refused: tuple[str, ...] = ()
    unread: tuple[Mapping[str, object], ...] = ()


class News(NamedTuple):
    """What one person did to one indicator, as another session hears of it.

    Attributes:
        author: Who did it.
        own: It is the author of the session that hears of it, at work in another one.
        indicator: Id of the indicator, or empty where it is about none or several.
        name: Its name.
        table: What was written: ``readings``, ``targets``, ``indicators``, ``retractions``, ...
        changes: How many facts.
        said: The last of them, as it follows the author's name ("logged 650 for 2026-Q2").
        at: When that was logged (ISO, UTC).
        language: In which language it is said.
        fact: What was written last, to say it in another one.
    """

    author: str
    own: bool
    indicator: str
    name: str
    table: str
    changes: int
    said: str
    at: str
    language: str = "en"
    fact: Fact | None = None


class Changes(NamedTuple):
    """What others wrote since the last look; false where that is nothing.

    Attributes:
        indicators: Ids of the indicators whose answers may have changed.
        news: Who did what; empty where the whole database was swapped or rewritten.
    """

    indicators: frozenset[str] = frozenset()
    news: tuple[News, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.indicators or self.news)

    def and_then(self, later: Changes) -> Changes:
        """These and what came after them."""
        return Changes(self.indicators | later.indicators, self.news + later.news)
