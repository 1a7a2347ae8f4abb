"""Everything about one indicator, ready to show: readings, targets, figures, and the whole ledger."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from gztrack.domain.amounts import exact
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.register import Fact, Moment, Register, order
from gztrack.domain.text import clean, listed
from gztrack.domain.units import parse_unit
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.board import parts
from gztrack.services.board.assessing import Case, case, goal
from gztrack.services.board.figures import figures, methods, methods_text, pro_rata, pro_rata_text
from gztrack.services.board.rows import origin, reading_view, row_of, target_view
from gztrack.services.entering.goals import due_text, goal_text
from gztrack.services.entering.readings import attained
from gztrack.services.entering.references import handle, known_indicator
from gztrack.services.naming import name_of, unit_of
from gztrack.services.views import ERRORS, RIVAL, Detail, PartsView, ReadingView, ShareView, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.services.board.chart_view import Chart

_BESIDE = (
    term("counts"),
    *RIVAL,
    term("another correction counts"),
    term("a longer period counts"),
    term("future"),
)
"""Readings that are listed where their period comes; others are listed behind them."""

LABELS = (
    term("id"),
    term("measure"),
    term("unit"),
    term("definition"),
    term("series"),
    term("other series"),
    term("inferred"),
    term("part of"),
    term("parts"),
    term("rest"),
    term("warning"),
)
"""What the facts of an indicator are called."""

INFERRED = (term("value"), term("comparator"), term("due"), term("period"), term("qualifier"), term("unit"),
            term("measure"), term("direction"), term("stated_on"))  # fmt: skip
"""Fields that are often inferred."""


def detail(
    register: Register, slug: str, moment: Moment, method: str = "", *, charted: bool = False
) -> Detail:
    """Everything about one indicator as of the moment, its chart only when asked for."""
    indicator = known_indicator(register, slug, moment)
    found = case(register, indicator, moment, method, project=True)
    aim = goal(register, found.headline, moment) if found.headline else None
    whole, its_parts = (
        parts.whole_of(register, indicator, moment),
        parts.parts_of(register, indicator, moment),
    )
    notes = parts.remarks(whole, its_parts)
    by_method, beside = methods(found, aim, moment), pro_rata(found, aim)
    shown = figures(found, moment)
    if beside:
        shown.append(("pro rata", pro_rata_text(beside, unit_of(indicator))))
    if said := methods_text(by_method, with_target=aim is not None):
        shown.append(("methods", said))
    facts = descriptions(found)
    facts += related(whole, its_parts, unit_of(indicator))
    facts += [("warning", tr("; ").join(notes))] if notes else []
    readings = tuple(standing(register, found, moment))
    row = row_of(register, found, moment, depth=1 if whole else 0)
    if row.reading is not None:
        preferred = next((view.preferred for view in readings if view.id == row.reading.id), "")
        row = row._replace(reading=row.reading._replace(preferred=preferred))
    return Detail(
        row=row,
        readings=readings,
        targets=tuple(targets(register, found, moment, known=row.target)),
        figures=tuple(shown),
        facts=tuple(facts),
        methods=by_method,
        pro_rata=beside,
        whole=whole,
        parts=its_parts,
        notes=notes,
        chart=_chart(register, found, moment) if charted else None,
    )


def _chart(register: Register, found: Case, moment: Moment) -> Chart:
    from gztrack.services.board.chart import chart  # ``show`` prints none

    return chart(register, found, moment)


class Standing(NamedTuple):
    """A reading that is neither corrected nor withdrawn.

    Attributes:
        fact: The reading's.
        why: That it counts, or why not.
        pin: The latest pin on it, or None.
        preferred: It counts, and others of its period do not.
    """

    fact: Fact
    why: str
    pin: Fact | None
    preferred: bool


def all_standing(register: Register, found: Case, moment: Moment) -> list[Standing]:
    """Readings that are neither corrected nor withdrawn, latest period first, with why some do not count."""
    slug = found.indicator["indicator"]
    counted = _counted(found)
    counting = set(found.counting.column("id"))
    day, pinned = moment.day.isoformat(), register.has_pins
    another = "a longer period counts" if found.indicator["measure"] == "level" else term("other coverage")
    facts = register.standing_readings(slug, moment)
    places = list(zip(facts.column("series", ""), facts.column("start"), facts.column("end"), strict=True))
    rivals = Counter(places)
    ranked: list[tuple[tuple[int, str, str, tuple[str, str]], Standing]] = []
    for fact, place in zip(facts, places, strict=True):
        series, start, end = place
        if end > day:
            why = "future"
        elif series != found.series:
            why = term("other series")
        elif fact["id"] not in counting:
            why = _beside(register, fact, found.counting, moment)
        elif fact["id"] not in counted:
            why = another
        else:
            why = "counts"
        first = 1 if why in _BESIDE else 0
        preferred = rivals[place] > 1 and fact["id"] in counting
        each = Standing(fact, why, register.pin(fact, moment) if pinned else None, preferred)
        ranked.append(((first, end, start, order(fact)), each))
    ranked.sort(key=itemgetter(0), reverse=True)
    return [each for _, each in ranked]


def _counted(found: Case) -> set[str]:
    """Ids of the readings reckoned with."""
    counted = found.assessment.counted
    if len(counted) == len(found.own):  # all there are, and no point need be made of any
        return set(found.own.column("id"))
    return {point.id for point in counted}


def standing(register: Register, found: Case, moment: Moment) -> list[ReadingView]:
    """The same, ready to show."""
    views: list[ReadingView] = []
    for fact, why, pin, preferred in all_standing(register, found, moment):
        view = reading_view(register, fact, why, pin=pin)
        views.append(view._replace(preferred=_preferred(register, pin)) if preferred else view)
    return views


def _preferred(register: Register, pin: Fact | None) -> str:
    """Why a reading counts and not the others of its period."""
    if pin is None:
        return tr("logged last")
    author, day, reason = clean(pin["author"]), register.day_of(pin["at"]), clean(pin.get("reason", ""))
    if reason:
        return tr("pinned by {author} on {day}: {reason}", author=author, day=day, reason=reason)
    return tr("pinned by {author} on {day}", author=author, day=day)


def _beside(register: Register, fact: Fact, counting: Iterable[Fact], moment: Moment) -> str:
    """Why a reading does not count that stands beside another one of its period."""
    old = fact.get("replaces")
    if old and any(other.get("replaces") == old for other in counting):
        return "another correction counts"
    place = _place(fact)
    chosen = next(other for other in counting if _place(other) == place)
    other_source, later, pinned = RIVAL
    if any(fact.get(name, "") != chosen.get(name, "") for name in ("source", "source_url")):
        return other_source
    return pinned if register.pin(chosen, moment) else later


def _place(fact: Fact) -> tuple[str, str, str]:
    """Series and period, of which only one reading counts."""
    return fact.get("series", ""), fact["start"], fact["end"]


def _replaced_by(register: Register, fact: Fact, moment: Moment) -> Fact | None:
    """The latest correction of a reading; by publication one that was published by then itself, as for `standing`."""
    limit = moment.published_by
    corrections = [
        child
        for child in register.children(fact, moment)
        if child.get("replaces") == fact["id"] and (not limit or "" < child.get("published", "") <= limit)
    ]
    return max(corrections, key=order, default=None)


def history(register: Register, slug: str, moment: Moment) -> list[ReadingView]:
    """Every reading ever logged, undone ones left out, in logging order, with what became of it."""
    indicator = known_indicator(register, slug, moment)
    found = case(register, indicator, moment)
    stands = {view.id: view for view in standing(register, found, moment)}
    views: list[ReadingView] = []
    for fact in sorted(register.readings.get(indicator["indicator"], ()), key=order):
        if not register.exists(fact, moment):
            continue
        gone, new = register.withdrawal(fact, moment), _replaced_by(register, fact, moment)
        pin = register.pin(fact, moment)
        if gone:
            view = reading_view(register, fact, "retracted", clean(gone["reason"]), pin)
            views.append(view._replace(ended_by=clean(gone["author"])))
        elif new:
            view = reading_view(register, fact, term("replaced"), clean(new.get("reason", "")), pin)
            views.append(view._replace(ended_by=clean(new["author"])))
        elif there := stands.get(fact["id"]):
            views.append(there)
        else:
            why = term("not yet published") if fact.get("published") else term("no publication date")
            views.append(reading_view(register, fact, why, pin=pin))
    return views


def targets(
    register: Register,
    found: Case,
    moment: Moment,
    *,
    every: bool = False,
    known: TargetView | None = None,
) -> list[TargetView]:
    """Targets with their verdicts: the headline first, then the latest due first.

    Args:
        register: The facts.
        found: Whose targets.
        moment: As of when.
        every: Entry errors too, which are no promises.
        known: One of them that was made already for the same case and moment, if any was.
    """
    slug = found.indicator["indicator"]
    views = [
        known if known is not None and known.id == fact["id"] else target_view(register, found, fact, moment)
        for fact in register.stated_targets(slug, moment)
    ]
    if not every:
        views = [v for v in views if v.state not in ERRORS]
    views.sort(
        key=lambda v: (v.due_end.isoformat() if v.due_end else "9999", v.logged_at, v.id), reverse=True
    )
    views.sort(key=lambda v: not v.headline)
    return views


def ledger(
    register: Register, indicators: Iterable[Fact], moment: Moment, *, every: bool = False
) -> list[TargetView]:
    """Every target ever stated, by due date, earliest first."""
    stated = (fact for fact in indicators if register.targets.get(fact["indicator"]))
    cases = (case(register, fact, moment) for fact in stated)
    return by_due_date(view for found in cases for view in targets(register, found, moment, every=every))


def by_due_date(stated: Iterable[TargetView]) -> list[TargetView]:
    """Targets in the order of the ledger: earliest first, those without a date last."""
    views = list(stated)
    views.sort(key=lambda v: (v.due_end.isoformat() if v.due_end else "9999", v.indicator, v.logged_at, v.id))
    return views


def descriptions(found: Case) -> list[tuple[str, str]]:
    """What the indicator is, as (label, text); labels are keys, one of `LABELS`."""
    indicator = found.indicator
    better = tr("higher is better") if indicator["direction"] == "up" else tr("lower is better")
    facts = [
        ("id", indicator["indicator"]),
        ("measure", tr("{measure}, {better}", measure=tr(indicator["measure"]), better=better)),
        ("unit", unit_of(indicator)),
    ]
    if indicator.get("definition"):
        facts.append(("definition", clean(indicator["definition"])))
    if found.series:
        facts.append(("series", clean(found.series)))
    if others := _other_series(found):
        facts.append(("other series", others))
    if indicator.get("inferred"):
        facts.append(("inferred", listed(map(tr, indicator["inferred"]))))
    return facts


def _other_series(found: Case) -> str:
    """Every other series with its latest reading."""
    latest = {fact.get("series", ""): fact for fact in found.counting}
    return tr("; ").join(
        tr(
            "{series} {figure} in {period}",
            series=clean(name) or tr("unnamed"),
            figure=_figure(fact, unit_of(found.indicator)),
            period=clean(fact["period"]),
        )
        for name, fact in sorted(latest.items())
        if name != found.series
    )


def _figure(fact: Fact, unit: str) -> str:
    percent = parse_unit(unit).percent
    return exact(fact["value"], unit, fact.get("qualifier", "exact"), with_unit=percent)


def related(whole: ShareView | None, its_parts: PartsView | None, unit: str) -> list[tuple[str, str]]:
    """Whole and parts, as (label, text): "326 of 495 (65.9 %) in 2019-Q3"."""
    facts = []
    if whole is not None:
        facts.append(("part of", tr("{name}: {share}", name=whole.whole_name, share=share_text(whole, unit))))
    if its_parts is not None:
        said = [
            tr("{name}: {share}", name=share.part_name, share=share_text(share, unit))
            for share in its_parts.shares
        ]
        facts.append(("parts", tr("; ").join(said)))
        if its_parts.rest is not None:
            rest = tr("{rest} in {period}", rest=_bare(its_parts.rest, unit), period=its_parts.period)
            if its_parts.total and len(said) > 1:
                total = _bare(its_parts.total, unit)
                rest = tr("{rest} (the parts together {total})", rest=rest, total=total)
            facts.append(("rest", rest))
    return facts


def share_text(share: ShareView, unit: str) -> str:
    """A part beside its whole; without the share where that is refused, with the reason."""
    if share.value is None or share.whole_value is None:
        return share.reason
    figures = (
        _bare(Figure(share.value, share.qualifier), unit),
        _bare(Figure(share.whole_value, share.whole_qualifier), unit),
    )
    said = attained(share.share.value, share.share.qualifier) if share.share else share.reason
    return tr(
        "{part} of {whole} ({share}) in {period}",
        part=figures[0],
        whole=figures[1],
        share=said,
        period=share.period,
    )


def _bare(figure: Figure, unit: str) -> str:
    """A figure in full, without the words of its unit."""
    return exact(figure.value, unit, figure.qualifier, with_unit=parse_unit(unit).percent)


def citation(register: Register, fact: Fact, moment: Moment) -> str:
    """One footnote line of a reading or a target: figure, source, page, dates, handle."""
    indicator = known_indicator(register, fact["indicator"], moment)
    said = _promised(fact, indicator) if "comparator" in fact else _measured(fact, indicator)
    where = origin(fact)
    source = where.source or where.url or tr("none given")
    if where.source and where.url:
        source = tr("{source}, {page}", source=where.source, page=where.url)
    if where.published:
        source = tr("{source}, published {day}", source=source, day=where.published)
    return tr(
        "{name}: {said}. Source: {source}. Logged {day} by {author}, {handle}.",
        name=name_of(indicator),
        said=said,
        source=source,
        day=fact["at"][:10],
        author=clean(fact["author"]),
        handle=handle(fact["id"]),
    )


def _measured(fact: Fact, indicator: Fact) -> str:
    """A reading's figure and period: ``310,000 vehicles/year (2020-06, provisional)``."""
    flags = [
        name
        for name, on in (
            (tr("provisional"), fact.get("status") == "provisional"),
            (tr("period inferred"), "period" in fact.get("inferred", ())),
        )
        if on
    ]
    figure = exact(fact["value"], unit_of(indicator), fact.get("qualifier", "exact"))
    return tr("{figure} ({period})", figure=figure, period=listed([fact["period"], *flags]))


def _promised(fact: Fact, indicator: Fact) -> str:
    """A target in full: ``target at least 300,000 vehicles/year by 2020-12-31, stated 2019-Q4: "next year"``."""
    inferred = fact.get("inferred", ())
    due = due_text(fact)
    due = tr("{date} (date inferred)", date=due) if "due" in inferred else due
    said = tr("target {goal} {due}", goal=goal_text(fact, unit_of(indicator)), due=due)
    day, who = fact.get("stated_on", ""), clean(fact.get("stated_by", ""))
    day = tr("{date} (date inferred)", date=day) if day and "stated_on" in inferred else day
    if day and who:
        said = tr("{said}, stated {day} by {who}", said=said, day=day, who=who)
    elif day:
        said = tr("{said}, stated {day}", said=said, day=day)
    elif who:
        said = tr("{said}, stated by {who}", said=said, who=who)
    return tr('{said}: "{quote}"', said=said, quote=clean(fact["quote"])) if fact.get("quote") else said
