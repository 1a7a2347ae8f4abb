"""``gztrack why`` as text: the status and its rule, what went in, every sum with its numbers, the sources."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import field_name, listed
from gztrack.domain.units import Unit
from gztrack.export.board_text import fully_named
from gztrack.export.cells import left
from gztrack.export.glyphs import glyph
from gztrack.export.phrases import explained
from gztrack.export.why_page import INDENT, Page, Section, sum_text, sums_text
from gztrack.language import ntr, ptr, term, tr
from gztrack.services.explaining.views import Cited, Input, Inputs, MethodSums, VerdictSums, Weighed, Why
from gztrack.services.explaining.wording import clauses, label, together, told
from gztrack.services.views import Row

MOST_TARGETS = 12
"""Promises beside the headline one that are told in full."""

GOES_BY = {
    1: term("the row goes by no method, for there is no reading; usually by {method}"),
    2: term("the row goes by {method}, which needs a target"),
    3: term("the row goes by the verdict; what the methods say of the pace stands beside it"),
    4: term("the row goes by the reading that meets the target, not by a method"),
}
"""Rule of the status to what a row goes by."""

GOES_BY_METHOD = term("the row goes by {method}")
"""By the other rules."""

MEETS = {True: term("meets it"), False: term("does not meet it"), None: term("proves nothing")}

FACTS = {
    "reading": term("reading {handle} {source}"),
    "target": term("target {handle} {source}"),
    "baseline": term("baseline of {handle} {source}"),
}
"""Kind of a fact to how it is cited."""


def why_text(why: Why, *, width: int = 100, ascii: bool = False) -> str:  # noqa: A002
    """Every figure behind a row.

    Args:
        why: What to show.
        width: Cells of a line.
        ascii: ASCII glyphs and signs; names and texts stay as they are.
    """
    sections = why_sections(why, width=width, ascii=ascii)
    return "\n\n".join("\n".join([*each.heading, *each.lines]) for each in sections) + "\n"


def why_sections(why: Why, *, width: int = 100, ascii: bool = False) -> list[Section]:  # noqa: A002
    """The same, section by section, in the order of a reader's questions; the first one is the status."""
    row, page = why.row, Page(width, ascii)
    name = f"{fully_named(row)} [{row.id}]"
    found = [
        page.section(name, _status(why, page), row.status),
        page.section(_clocks(why), _inputs(why, page)),
        page.section(tr("figures"), sums_text(why.figures, page)),
        page.section(tr("methods: {agreement}", agreement=why.agreement), _methods(why, page)),
    ]
    if why.verdict is not None:
        found.append(_verdict(term("verdict on {promise}"), why.verdict, row, page))
    found += [
        _verdict(term("another promise, {promise}"), each, row, page) for each in why.others[:MOST_TARGETS]
    ]
    if len(why.others) > MOST_TARGETS:
        rest = len(why.others) - MOST_TARGETS
        more = tr("{n} more promises: gztrack targets {id}", n=rest, id=row.id)
        found.append(page.section(more, []))
    found.append(page.section(tr("forecast"), _forecast(why, page)))
    return [*found, page.section(tr("sources"), _sources(why, page))]


def _status(why: Why, page: Page) -> list[str]:
    row = why.row
    mark = f"{glyph(row.status, ascii=page.ascii)} "
    lines = page.wrap(explained(row.status, row.reason), mark)
    return lines + page.wrap(tr("rule {n} of 6: {rule}", n=why.rule, rule=why.rule_text))


def _clocks(why: Why) -> str:
    said = [tr("what went in, as of D = {day}", day=why.as_of)]
    if why.logged_by:
        said.append(tr("logged by {day}", day=why.logged_by[:10]))
    if why.published_by:
        said.append(tr("published by {day}", day=why.published_by))
    return clauses(said)


# -- what went in ----------------------------------------------------------------------


def _inputs(why: Why, page: Page) -> list[str]:
    row, given = why.row, why.inputs
    lines = _input(given.baseline, "t0", row, page)
    lines += _input(given.latest, "t", row, page)
    lines += _input(given.target, "tT", row, page)
    if given.target.cited is not None:
        if given.limits:
            lines += page.wrap(given.limits, _symbol(""))
        if given.aim is not None and given.target.cited.high is not None and given.latest.cited:
            lines += page.wrap(f"T = {exact(given.aim, '')}", _symbol(""))
    if given.sense > 0:
        better = tr("{sense:+d}: higher is better ({how})", sense=given.sense, how=given.sense_how)
    else:
        better = tr("{sense:+d}: lower is better ({how})", sense=given.sense, how=given.sense_how)
    lines += page.wrap(better, _symbol("d"))
    if given.sign is not None:
        side = tr("+1: y0 is not below zero") if given.sign > 0 else tr("-1: y0 is below zero")
        lines += page.wrap(side, _symbol("s"))
    if given.coverage:
        lines += page.wrap(tr("coverage that counts: {coverage}", coverage=given.coverage))
    if given.series:
        lines += page.wrap(tr("series: {series}", series=given.series))
    return lines + _readings(given, page)


def _input(one: Input, day: str, row: Row, page: Page) -> list[str]:
    """One symbol with its figure, its date, its fact and why it is this one."""
    if one.cited is None:
        return page.wrap(tr("none: {reason}", reason=one.absent), _symbol(one.symbol))
    cited = one.cited
    if cited.kind == "target":
        goal = exact_goal(cited.value, cited.high, cited.qualifier, row.shown_unit)
        text = _flagged(_in_total(goal, row.target.over if row.target is not None else ""), cited)
    else:
        text = _flagged(_figure(cited, row.shown_unit), cited)
    if one.day or cited.kind != "target":
        text = tr("{figure}; {symbol} = {day}", figure=text, symbol=day, day=one.day)
    else:
        text = tr("{figure}, without a due date", figure=text)
    said = tr("{figure}; {fact}, {how}", figure=text, fact=_fact(cited), how=one.how)
    return page.wrap(said, _symbol(one.symbol))


def _figure(cited: Cited, unit: str | Unit) -> str:
    """What a reading says of its period."""
    figure = exact(cited.value, unit, cited.qualifier)
    return tr("{figure} for {period}", figure=figure, period=cited.period)


def _in_total(goal: str, over: str) -> str:
    return tr("{goal} in total over {span}", goal=goal, span=over) if over else goal


def _flagged(figure: str, cited: Cited) -> str:
    """A figure with what is provisional or inferred of it."""
    flags = [tr("provisional")] if cited.provisional else []
    flags += [tr("{field} inferred", field=field_name(name)) for name in cited.inferred]
    return tr("{figure} ({flags})", figure=figure, flags=listed(flags)) if flags else figure


def _symbol(symbol: str) -> str:
    return left(INDENT + symbol, 5) + " "


def _fact(cited: Cited) -> str:
    """A fact by its handle and the number of its source."""
    return tr(FACTS[cited.kind], handle=cited.handle, source=_source(cited))


def _source(cited: Cited) -> str:
    return f"[{cited.source}]" if cited.source else tr("[no source]")


def _readings(given: Inputs, page: Page) -> list[str]:
    """How many readings count, and which do not."""
    count = ntr("{n:,} reading counts", "{n:,} readings count", given.counted)
    out = sum(group.count for group in given.left_out)
    if out:
        lines = page.wrap(tr("{counted}; {n:,} left out:", counted=count, n=out))
    else:
        lines = page.wrap(tr("{counted}; none is left out", counted=count))
    for group in given.left_out:
        named = [_named(cited) for cited in group.named]
        if named and len(named) < group.count:
            named.insert(0, tr("{n:,} more", n=group.count - len(named)))
        said = tr("{n:,} {reason}", n=group.count, reason=tr(group.reason))
        if named:
            said = tr("{reason}: {readings}", reason=said, readings=listed(named))
        lines += page.wrap(said, INDENT * 2)
    return lines


def _named(cited: Cited) -> str:
    """A reading with what commands call it."""
    return tr("{figure} ({handle})", figure=_figure(cited, ""), handle=cited.handle)


def _methods(why: Why, page: Page) -> list[str]:
    """The three methods; an arrow marks the one that the row goes by, or would."""
    chosen = next(each.name for each in why.methods if each.chosen)
    lines = page.wrap(tr(GOES_BY.get(why.rule, GOES_BY_METHOD), method=chosen))
    known: set[tuple[str, str]] = set()
    for each in why.methods:
        lines += page.pair(each.name, explained(each.status, each.reason), "> " if each.chosen else INDENT)
        for one in each.sums:
            if one.refused and len(each.sums) > 1:
                why_not = tr("{formula}: {reason}", formula=told(one.formula), reason=one.refused)
                lines += page.pair(label(one), why_not)
            if one.refused:
                continue
            if one.name != "ratio" and (one.name, one.filled) in known:
                lines += page.pair(label(one), tr("= {result}, as above", result=one.shown))
            else:
                lines += sum_text(one, page)
            known.add((one.name, one.filled))
        if each.sums and not each.sums[-1].refused:
            lines += page.pair("", _cuts(each))
        if each.bounds:
            lines += page.pair("", each.bounds)
    return lines


def _cuts(found: MethodSums) -> str:
    """The cuts in words: ``on track from 0.95, behind from 0.60, moving away below``."""
    named = [
        tr("{status} from {least}", status=tr(status), least=_cut(least, percent=found.percent))
        for status, least in found.cuts
    ]
    return tr("cuts: {classes}, {worst} below", classes=listed(named), worst=tr(found.worst))


def _cut(least: float, *, percent: bool) -> str:
    if percent:
        return f"{least * 100:g} %"
    return f"{least:.2f}" if least else "0"


# -- verdicts, forecast, sources -------------------------------------------------------


def _verdict(heading: str, found: VerdictSums, row: Row, page: Page) -> Section:
    view = found.target
    goal = _in_total(exact_goal(view.value, view.high, view.comparator, row.shown_unit), view.over)
    if view.due == "none":
        promise = tr("{goal} without a due date", goal=goal)
    else:
        promise = tr("{goal} by {due}", goal=goal, due=view.due)
    mark = f"{glyph(found.status, ascii=page.ascii)} "
    lines = page.wrap(explained(found.status, found.reason), mark)
    if not view.headline:
        lines += page.pair(tr("target"), f"{found.cited.handle} {_source(found.cited)}")
    lines += page.pair(tr("rule"), found.rule)
    if found.period_months is not None:
        period = ntr(
            "period of {n} month: {how}",
            "period of {n} months: {how}",
            found.period_months,
            how=found.period_how,
        )
        lines += page.pair(tr("reporting"), period)
    for number, each in enumerate(found.weighed):
        lines += page.pair("" if number else tr("looked at"), _weighed(each))
    rest = found.silent - sum(each.meets is None for each in found.weighed)
    if rest > 0:
        lines += page.pair("", tr("{n:,} more prove nothing and were passed over", n=rest))
    if found.evidence is not None:
        cited = found.evidence
        said = tr("{figure}; {fact}", figure=_figure(cited, row.shown_unit), fact=_fact(cited))
        lines += page.pair(tr("evidence"), said)
    if found.margin is not None:
        lines += sum_text(found.margin, page)
    return page.section(tr(heading, promise=promise), lines, found.status)


def _weighed(found: Weighed) -> str:
    said = tr(MEETS[found.meets])
    if found.meets is not None:
        said = clauses((said, tr(found.role)))
    return tr("{reading}: {said}", reading=_named(found.cited), said=said)


def _forecast(why: Why, page: Page) -> list[str]:
    found = why.forecast
    lines = page.wrap(found.how) if found.how else []
    lines += sums_text(found.sums, page)
    if not found.reason:
        return lines
    given = {one.name for one in found.sums}
    lacking = [
        what
        for name, what in (
            ("value", ptr("of a forecast", "no value")),
            ("reached", ptr("of a forecast", "no date")),
        )
        if name not in given
    ]
    if not found.sums:
        return lines + page.wrap(tr("none: {reason}", reason=found.reason))
    return lines + page.wrap(tr("{lacking}: {reason}", lacking=together(lacking), reason=found.reason))


def _sources(why: Why, page: Page) -> list[str]:
    lines: list[str] = []
    for number, origin, facts in ((each.number, each.origin, each.facts) for each in why.sources):
        published = tr("published {date}", date=origin.published) if origin.published else ""
        beside = ptr("between a source and its address", ", ")
        source = beside.join(part for part in (origin.source, origin.url, published) if part)
        said = tr("{source}: {facts}", source=source, facts=listed(facts))
        lines += page.wrap(said, f"{INDENT}[{number}] ")
    return lines or page.wrap(tr("none of the figures names a source"))
