"""A tracker made of hand-built views: every state that a board can show, and a record of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from typing import Any

from gztrack.domain.amounts import exact, parse_amount
from gztrack.domain.assessment import Assessment
from gztrack.domain.periods import parse_due, parse_period, spelled
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.units import parse_unit
from gztrack.errors import GztrackError, InputError
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartProjection, ChartTarget, Spot
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.entering.suggestions import Suggestions
from gztrack.services.permits import Permit
from gztrack.services.progress import Progress
from gztrack.services.reader import NOW, Clocks
from gztrack.services.views import (
    SUMMARY_FOLD,
    Bar,
    Board,
    Changes,
    Detail,
    Done,
    News,
    Origin,
    Preview,
    ReadingView,
    Row,
    TargetView,
)
from gztrack.storage.memory import MemoryStore

TODAY = date(2026, 11, 24)
TITLE = "Guangzhou industrial upgrading"
NEV, UHD, FIVE_G, MADE, RESEARCH, HELP = (
    "New energy vehicles",
    "Ultra-high-definition video",
    "5G",
    "Manufacturing",
    "Research and development",
    "Support",
)


def reading(
    value: float,
    period: str,
    *,
    qualifier: str = "exact",
    provisional: bool = False,
    source: str = "stats.gz.gov.cn",
    note: str = "",
    inferred: Sequence[str] = (),
    standing: str = "counts",
    id: str = "",  # noqa: A002
    start: date = date(2025, 1, 1),
    end: date = date(2025, 12, 31),
) -> ReadingView:
    """A reading of the stats office."""
    made = id or f"r-{period}-{value}"
    return ReadingView(
        id=made,
        handle=made[-6:],
        period=period,
        start=start,
        end=end,
        value=value,
        qualifier=qualifier,
        provisional=provisional,
        series="",
        origin=Origin(source, f"https://{source}/2025/page", "2026-01"),
        note=note,
        author="mei",
        logged_at="2026-02-03T04:05:06.000000Z",
        logged="2026-02-03 12:05",
        standing=standing,
        inferred=tuple(inferred),
    )


def target(
    value: float,
    due: str,
    *,
    comparator: str = "at least",
    high: float | None = None,
    state: str = "open",
    verdict: str = "open",
    reason: str = "",
    headline: bool = True,
    inferred: Sequence[str] = (),
    id: str = "",  # noqa: A002
) -> TargetView:
    """A target that the city stated."""
    end = parse_due(due, TODAY).end
    made = id or f"t-{due}-{value}"
    return TargetView(
        id=made,
        handle=made[-6:],
        indicator="",
        value=value,
        high=high,
        comparator=comparator,
        due=due,
        due_end=end,
        over="",
        stated_on="2019-Q4",
        stated_by="the city",
        quote="will exceed the plan by next year",
        origin=Origin("greaterbayinsight.com", "https://www.greaterbayinsight.com/article", ""),
        note="",
        author="seed",
        logged_at="2026-02-03T04:05:06.000000Z",
        logged="2026-02-03 12:05",
        state=state,
        verdict=verdict,
        reason=reason,
        evidence="",
        evidence_id="",
        margin=None,
        headline=headline,
        inferred=tuple(inferred),
    )


def row(
    id: str,  # noqa: A002
    name: str,
    group: str,
    unit: str,
    *,
    status: str,
    reading: ReadingView | None = None,
    target: TargetView | None = None,
    bar: Bar | None = None,
    percent: str = "",
    reason: str = "",
    measure: str = "level",
    direction: str = "up",
    depth: int = 0,
    decimals: int | None = None,
    name_zh: str = "",
    trend: Sequence[float] = (),
) -> Row:
    """One indicator."""
    return Row(
        id=id,
        name=name,
        name_zh=name_zh,
        group=group,
        depth=depth,
        unit=parse_unit(unit),
        decimals=decimals,
        measure=measure,
        direction=direction,
        reading=reading,
        target=target,
        bar=bar,
        percent=percent,
        status=status,
        reason=reason,
        assessment=Assessment(status, reason, "linear"),
        trend=tuple(trend),
    )


def states() -> tuple[Row, ...]:
    """Rows made up so that every status appears."""
    return (
        row("nev-capacity", "NEV annual production capacity", NEV, "vehicles/year", status="cannot tell",
            reading=reading(1_000_000, "2022", qualifier="more than"),
            target=target(2_000_000, "2025-12-31", comparator="more than", state="due passed", verdict="cannot tell"),
            bar=Bar(0.5, "lower", overdue=True), percent=">50 %", name_zh="新能源汽车年产能",
            reason="cannot tell at the due date"),
        row("nev-output", "NEV output", NEV, "vehicles/year", status="behind", measure="flow",
            reading=reading(780_000, "2025", provisional=True), target=target(1_500_000, "2027-12-31"),
            bar=Bar(0.52, marker=0.76), percent="52.0 %", name_zh="新能源汽车产量",
            trend=(79_800, 120_000, 279_400, 650_000, 790_000, 780_000),
            reason="pace is 0.69 of what the line from 2020 needs"),
        row("nev-output-growth", "NEV output growth, year on year", NEV, "%", status="moving away", measure="rate",
            reading=reading(14.2, "2025", provisional=True), target=target(30, "2026-12-31"), decimals=1,
            bar=Bar(0.473, marker=0.94), percent="47.3 %", name_zh="新能源汽车产量同比增长",
            trend=(81.9, 108, 40, 14.2), reason="falling from 108.0 % in 2023"),
        row("uhd-output", "UHD video industry output", UHD, "CNY/year", status="cannot tell", measure="flow",
            reading=reading(180e9, "2019"), target=target(250_000_000_000, "2023-12-31", comparator="more than",
            state="due passed", verdict="cannot tell"), bar=Bar(0.72, overdue=True), percent="72 %",
            name_zh="超高清视频产业产值"),
        row("5g-enterprises", "5G industry enterprises gathered", FIVE_G, "enterprises", status="not assessable",
            reading=reading(60, "2019-Q3", inferred=["period"]), target=target(200, "2027-12-31"),
            bar=Bar(0.3), percent="30.0 %", reason="only one reading and no baseline", name_zh="5G 产业企业"),
        row("5g-base-stations", "5G base stations built", FIVE_G, "stations", status="cannot tell",
            reading=reading(91_700, "2023", source="en.people.cn"),
            target=target(80_000, "2022-12-31", state="due passed", verdict="cannot tell",
            reason="cannot tell at the due date; met by 2023-12-31"), bar=Bar(1.146, overdue=True), percent="115 %",
            reason="cannot tell at the due date; met by 2023-12-31", name_zh="5G 基站",
            trend=(7100, 10_000, 48_000, 91_700)),
        row("hightech-growth", "High-tech manufacturing growth, year on year", MADE, "%", status="achieved",
            measure="rate", reading=reading(18.4, "2025", qualifier="about"), target=target(18, "2027-12-31"),
            decimals=1, bar=Bar(1.022, marker=0.95), percent="102 %", name_zh="高技术制造业增长"),
        row("hightech-share", "High-tech share of industrial output", MADE, "%", status="off track",
            reading=reading(67.1, "2026-H1", provisional=True), target=target(70, "2026-12-31"), decimals=1,
            bar=Bar(0.959, marker=0.98), percent="95.9 %", name_zh="高技术占工业产值比重",
            reason="pace is 0.41 of what the line from 2019 needs"),
        row("tech-centres", "Enterprise technology centres", RESEARCH, "centres", status="achieved",
            reading=reading(1085, "2025"), target=target(500, "2027-12-31"), bar=Bar(2.17, marker=0.97),
            percent="217 %", name_zh="企业技术中心", trend=(495, 700, 1085)),
        row("tech-centres-provincial", "- of which provincial level", RESEARCH, "centres", status="on track", depth=1,
            reading=reading(612, "2025"), target=target(700, "2027-12-31"), bar=Bar(0.874, marker=0.9),
            percent="87.4 %", name_zh="其中省级"),
        row("key-labs-national", "National key laboratories", RESEARCH, "laboratories", status="met",
            reading=reading(21, "2020"), target=target(20, "2020-12-31", state="due passed", verdict="met"),
            bar=Bar(1.05, overdue=True), percent="105 %", name_zh="国家重点实验室"),
        row("key-labs-provincial", "Provincial key laboratories", RESEARCH, "laboratories", status="missed",
            reading=reading(241, "2025"), target=target(300, "2025-12-31", state="due passed", verdict="missed"),
            bar=Bar(0.803, overdue=True), percent="80.3 %", name_zh="省重点实验室"),
        row("subsidies", "Subsidies to key industries, platforms and enterprises", HELP, "CNY (cumulative)",
            status="no target", reading=reading(2_000_000_000, "2019-Q3", qualifier="more than", inferred=["period"]),
            name_zh="重点产业、平台和企业补贴"),
    )  # fmt: skip


def first_run() -> tuple[Row, ...]:
    """The seed alone."""
    kept = {
        "nev-capacity": target(300_000, "2020-12-31", state="due passed", inferred=["due"]),
        "uhd-output": target(
            200_000_000_000, "2020-12-31", comparator="more than", state="due passed", inferred=["due"]
        ),
    }
    seed = {
        "nev-output-growth": (81.9, "2019-Q1..Q3", "exact"),
        "5g-enterprises": (60, "2019-Q3", "exact"),
        "5g-base-stations": (10_000, "2019-Q3", "more than"),
        "hightech-growth": (20.9, "2019-Q1..Q3", "exact"),
        "hightech-share": (66.7, "2019-Q3", "about"),
        "tech-centres": (495, "2019-Q3", "exact"),
        "tech-centres-provincial": (326, "2019-Q3", "exact"),
        "key-labs-national": (19, "2019-Q3", "exact"),
        "key-labs-provincial": (213, "2019-Q3", "exact"),
        "subsidies": (2_000_000_000, "2019-Q3", "more than"),
    }
    rows = []
    for each in states():
        if each.id == "nev-output":
            continue
        value = seed.get(each.id)
        aim = kept.get(each.id)
        rows.append(
            each._replace(
                reading=reading(value[0], value[1], qualifier=value[2], inferred=["period"])
                if value
                else None,
                target=aim,
                bar=Bar(None, overdue=True) if aim else None,
                percent="",
                status="no reading" if aim else "no target",
                reason="",
                trend=(),
            )
        )
    return tuple(rows)


def decided(view: TargetView, of: Row) -> TargetView:
    """A target as the ledger has it: once due, the row's reading is the evidence."""
    if of.reading is None or view.state != "due passed":
        return view._replace(indicator=of.id)
    return view._replace(
        indicator=of.id,
        evidence=of.reading.period,
        evidence_value=of.reading.value,
        evidence_qualifier=of.reading.qualifier,
        evidence_origin=of.reading.origin,
        margin=of.reading.value - view.value,
        margin_qualifier=of.reading.qualifier,
    )


def charted_of(
    found: Row, readings: Sequence[ReadingView], targets: Sequence[TargetView], today: date
) -> Chart:
    """The chart of views: readings where their years end, the line to an open target."""
    points = sorted(
        ChartPoint(view.id, date(int(view.period[:4]), 12, 31), view.value, view.qualifier, view.provisional)
        for view in readings
        if view.standing == "counts"
    )
    points.sort(key=lambda point: point.day)
    aims = [
        ChartTarget(
            view.id, date(2019, 10, 1), view.due_end, view.value, view.high, view.comparator,
            "standing", view.headline,
        )
        for view in targets
    ]  # fmt: skip
    line, expected, ahead = None, None, None
    aim = next((aim for aim in aims if aim.headline and aim.due and aim.due > today), None)
    if len(points) > 1 and aim and aim.due:
        first, last = Spot(points[0].day, points[0].value), points[-1]
        line = first, Spot(aim.due, aim.value)
        gone = (today - first.day) / (aim.due - first.day)
        expected = Figure(first.value + (aim.value - first.value) * gone)
        way = Spot(last.day, last.value), Spot(aim.due, last.value * 1.36)
        low, high = (Spot(aim.due, last.value * share) for share in (1.1, 1.6))
        ahead = ChartProjection(way, (way[0], low), (way[0], high))
    return Chart(tuple(points), tuple(aims), line, expected, ahead, today, found.unit, found.decimals)


def many(count: int) -> tuple[Row, ...]:
    """A long board."""
    base = states()
    return tuple(
        base[n % len(base)]._replace(
            id=f"i-{n}",
            name=f"{base[n % len(base)].name} {n}",
            depth=0,
            group=f"Group {n // 20}",
        )
        for n in range(count)
    )


def counts(rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    """The summary of rows."""
    found: dict[str, int] = {}
    for each in rows:
        word = SUMMARY_FOLD.get(each.shown_status, each.shown_status)
        found[word] = found.get(word, 0) + 1
    order = [
        "off track",
        "missed",
        "behind",
        "on track",
        "reached",
        "cannot tell",
        "no reading",
        "no target",
        "archived",
    ]
    return tuple((word, found[word]) for word in order if word in found)


class FakeTracker:
    """Answers with views and remembers what it was asked to write.

    Attributes:
        asked: Every write, as (name, arguments).
        charted: Id of each indicator whose chart was asked for, in order.
        news: Indicators that ``refresh`` reports next; ``changed`` is True while there are any.
        told: Who did what, that it reports along with them.
        refuse: An error that the next write raises.
        permit: What its person may do; None for everything.
        name: What to call the database in messages.
    """

    name = "/srv/figures"

    def __init__(
        self, rows: Sequence[Row] | None = None, *, first_run: bool = False, today: date = TODAY
    ) -> None:
        self.rows = tuple(states() if rows is None else rows)
        self.first = first_run
        self.today = today
        self.title = self.shown_title = TITLE
        self.title_zh = ""
        self.author = "mei"
        self.pack_offer = "guangzhou-followup" if first_run else ""
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.charted: list[str] = []
        self.news: frozenset[str] = frozenset()
        self.told: list[News] = []
        self.arrived: list[News] = []
        self.refuse: GztrackError | None = None
        self.notices: list[str] = []
        self.used = Suggestions()
        self.permit: Permit | None = None
        self.store = MemoryStore(TITLE, "UTC", ())

    # Reading

    def changed(self) -> bool:
        return bool(self.news or self.told)

    loaded = True

    def load(self) -> None:
        """Everything is there."""

    def keep_board(self) -> bool:
        return False

    def refresh(self) -> Changes:
        changes = Changes(self.news, tuple(self.told))
        self.arrived += self.told
        self.news, self.told = frozenset(), []
        return changes

    @property
    def position(self) -> int:
        return len(self.arrived)

    def settled(self) -> AbstractContextManager[None]:
        self.refresh()
        return nullcontext()

    def since(self, position: int) -> tuple[News, ...]:
        return tuple(self.arrived[position:])

    def board(self, clocks: Clocks = NOW, method: str = "", *, archived: bool = False) -> Board:
        as_of = clocks.as_of or self.today
        rows = tuple(each for each in self.rows if archived or not each.archived)
        return Board(TITLE, rows, counts(rows), as_of, as_of != self.today, method or "linear", self.first)

    def detail(self, slug: str, clocks: Clocks = NOW, method: str = "", *, charted: bool = False) -> Detail:
        found = next((each for each in self.rows if each.id == slug), None)
        if found is None:
            raise InputError(f"no indicator '{slug}'")
        readings = tuple(each for each in (found.reading,) if each)
        if slug == "nev-output":
            readings = NEV_READINGS
        targets = tuple(each for each in (found.target,) if each)
        if slug == "5g-base-stations" and found.target:
            targets = (
                found.target,
                target(65_000, "2021-12-31", comparator="more than", headline=False, state="due passed",
                       verdict="cannot tell", reason="cannot tell at the due date; met by 2023-12-31"),
                target(14_600, "2019-12-31", headline=False, state="due passed", verdict="cannot tell",
                       reason="cannot tell at the due date; met by 2020-12-31"),
            )  # fmt: skip
        figures = (("attainment", found.percent), ("path", "49.3 %"), ("time", "71 %"),
                   ("needed", "+360,000 a year, so far +140,000"),
                   ("projection", "~1,060,000 by 2027-12-31"))  # fmt: skip
        facts = (("id", found.id), ("measure", found.measure), ("unit", found.unit.text))
        drawn = charted_of(found, readings, targets, clocks.as_of or self.today) if charted else None
        self.charted += [slug] if charted else []
        return Detail(found, readings, targets, figures if found.target else (), facts, chart=drawn)

    def ledger(
        self, slugs: Sequence[str] = (), clocks: Clocks = NOW, *, every: bool = False
    ) -> tuple[TargetView, ...]:
        found = [decided(view, each) for each in self.rows for view in self.detail(each.id).targets]
        found.sort(key=lambda view: view.due_end or date.max)
        return tuple(found)

    def step(self, day: date, by: int) -> date:
        moved = day + timedelta(days=90 * by)
        return min(moved, self.today)

    def cite(self, reference: str) -> str:
        return f"NEV output: 780,000 vehicles/year (2025). Source: stats.gz.gov.cn. Logged, {reference}."

    # Previews

    def preview_log(self, entry: LogEntry, correcting: str = "", method: str = "") -> Preview:
        found = next(each for each in self.rows if each.id == entry.indicator)
        echoes, errors = {}, {}
        try:
            if entry.value:
                amount = parse_amount(entry.value, found.unit)
                echoes["value"] = exact(amount.value, found.unit, amount.qualifier)
            else:
                errors["value"] = "no value was given"
        except InputError as error:
            errors["value"] = str(error)
        try:
            echoes["period"] = spelled(parse_period(entry.period or "today", self.today))
        except InputError as error:
            errors["period"] = str(error)
        guard = ""
        if "value" in echoes and amount.value >= 1_200_000 and found.id == "5g-base-stations":
            guard = "13 times the last value (91,700). Is that right?"
        if errors or not entry.value or found.target is None:
            return Preview(echoes, errors, guard)
        return Preview(
            echoes, {}, guard, "achieved", "103.3 % of ≥300,000 by 2020-12-31 (date inferred)",
            Bar(1.033, overdue=True), "first reading in this series",
        )  # fmt: skip

    def preview_goal(self, entry: GoalEntry, method: str = "") -> Preview:
        echoes, errors = {}, {}
        try:
            due = parse_due(entry.due, self.today) if entry.due else None
            echoes = {"due": f"by {due.end}"} if due else {}
        except InputError as error:
            errors["due"] = str(error)
        if entry.value:
            echoes["value"] = "at least 1,500,000 vehicles/year"
        if entry.replaces:
            echoes["replaces"] = "revises ≥1,500,000 by 2027-12-31"
            if entry.value and not entry.reason:
                errors["reason"] = "a moved target needs its reason"
        if not entry.value or errors:
            return Preview(echoes, errors)
        return Preview(
            echoes, {}, "", "behind", "52.0 % of ≥1,500,000 by 2027-12-31", Bar(0.52, marker=0.76),
            "needs +360,000 a year from here; so far +140,000 a year",
        )  # fmt: skip

    def preview_indicator(self, entry: IndicatorEntry, *, editing: bool = False) -> Preview:
        return Preview(
            {"id": "free"} if entry.id else {}, {} if editing or entry.name else {"name": "a name is needed"}
        )

    def preview_batch(self, entries: Sequence[LogEntry], method: str = "") -> tuple[Preview, ...]:
        return tuple(self.preview_log(entry, method=method) for entry in entries)

    def suggestions(self, slug: str = "") -> Suggestions:
        return self.used

    # Writing

    def _write(self, name: str, *arguments: Any, indicator: str = "", line: str = "") -> Done:
        if self.refuse:
            error, self.refuse = self.refuse, None
            raise error
        self.asked.append((name, arguments))
        return Done((line or f"{name} done", "take back: gztrack undo"), "abc123", "tx", indicator)

    def log(self, entry: LogEntry) -> Done:
        self.first = False
        return self._write(
            "log",
            entry,
            indicator=entry.indicator,
            line="NEV annual production capacity  310,000 vehicles/year",
        )

    def log_batch(self, entries: Sequence[LogEntry]) -> Done:
        return self._write("log_batch", tuple(entries))

    def correct(self, reference: str, entry: LogEntry, reason: str = "") -> Done:
        return self._write("correct", reference, entry, reason, indicator=entry.indicator)

    def retract(self, reference: str, reason: str) -> Done:
        return self._write("retract", reference, reason)

    def drop_target(self, reference: str, reason: str) -> Done:
        return self._write("drop_target", reference, reason)

    def set_target(self, entry: GoalEntry) -> Done:
        return self._write("set_target", entry, indicator=entry.indicator)

    def add_indicator(self, entry: IndicatorEntry) -> Done:
        return self._write("add_indicator", entry, indicator=entry.id)

    def edit_indicator(self, entry: IndicatorEntry) -> Done:
        return self._write("edit_indicator", entry, indicator=entry.id)

    def edit_database(self, entry: SettingsEntry) -> Done:
        return self._write("edit_database", entry)

    def pin(self, reference: str, reason: str = "", *, target: bool = False) -> Done:
        return self._write("pin", reference, reason, target)

    def archive(self, slug: str, *, undo: bool = False) -> Done:
        self.rows = tuple(row._replace(archived=not undo) if row.id == slug else row for row in self.rows)
        return self._write("archive", slug, line=f"{'brought back' if undo else 'archived'} {slug}")

    def undo(self, times: int = 1) -> Done:
        return self._write("undo", times, line="undid log nev-output@2025; bring back: gztrack redo")

    def redo(self, times: int = 1) -> Done:
        return self._write("redo", times)

    def import_pack(self, dry_run: bool = False, *, progress: Progress | None = None) -> Done:
        return self._imported("import_pack", dry_run, line="4 new, 25 revised, 0 same")

    def import_file(
        self, path: str, dry_run: bool = False, yes: bool = False, *, progress: Progress | None = None
    ) -> Done:
        return self._imported("import_file", path, dry_run, yes, line="2 new, 0 revised, 1 same")

    def _imported(self, name: str, *arguments: Any, line: str) -> Done:
        done = self._write(name, *arguments, line=line)
        dry_run = arguments[0] if name == "import_pack" else arguments[1]
        return Done((line, "nothing was written: a dry run")) if dry_run else done


NEV_READINGS = (
    reading(780_000, "2025", provisional=True),
    reading(790_000, "2024"),
    reading(650_000, "2023", qualifier="more than", source="en.people.cn"),
    reading(79_800, "2020", source="auto.xy178.com"),
    reading(279_400, "2022-01..11", source="tv.jdgod.com", note="eleven months", standing="other coverage"),
    reading(120_000, "2021-01..11", qualifier="more than", source="laitimes.com", note="eleven months",
            standing="other coverage"),
)  # fmt: skip
