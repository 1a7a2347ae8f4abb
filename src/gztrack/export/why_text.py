"""``gztrack why`` as text: the status and its rule, what went in, every sum with its numbers, the sources."""

from __future__ import annotations

from collections.abc import Iterable

from gztrack.domain.amounts import exact, exact_goal
from gztrack.export.cells import left
from gztrack.export.glyphs import glyph
from gztrack.export.phrases import explained
from gztrack.export.why_page import INDENT, Page, Section, sum_text, sums_text
from gztrack.services.explaining.views import Cited, Input, Inputs, MethodSums, VerdictSums, Weighed, Why
from gztrack.services.views import Row

MOST_TARGETS = 12
"""Promises beside the headline one that are told in full."""

GOES_BY = {
    1: "the row goes by no method, for there is no reading; usually by {}",
    2: "the row goes by {}, which needs a target",
    3: "the row goes by the verdict; what the methods say of the pace stands beside it",
    4: "the row goes by the reading that meets the target, not by a method",
}
"""Rule of the status to what a row goes by; by the others it is the method."""

MEETS = {True: "meets it", False: "does not meet it", None: "proves nothing"}


def why_text(why: Why, *, width: int = 100, ascii: bool = False) -> str:  # noqa: A002
    """Every figure behind a row.

    Args:
        why: What to show.
        width: Cells of a line.
        ascii: ASCII glyphs and signs; names and texts stay as they are.
    """
    parts = ["\n".join([*heading, *body]) for heading, body in why_sections(why, width=width, ascii=ascii)]
    return "\n\n".join(parts) + "\n"


def why_sections(why: Why, *, width: int = 100, ascii: bool = False) -> list[Section]:  # noqa: A002
    """The same, section by section, in the order of a reader's questions; the first one is the status."""
    row, page = why.row, Page(width, ascii)
    name = " ".join(part for part in (row.name, row.name_zh, f"[{row.id}]") if part)
    found = [
        page.section(name, _status(why, page)),
        page.section(f"what went in, as of D = {why.as_of}{_clocks(why)}", _inputs(why, page)),
        page.section("figures", sums_text(why.figures, page)),
        page.section(f"methods: {why.agreement}", _methods(why, page)),
    ]
    if why.verdict is not None:
        found.append(_verdict("verdict on", why.verdict, row, page))
    found += [_verdict("another promise,", each, row, page) for each in why.others[:MOST_TARGETS]]
    if len(why.others) > MOST_TARGETS:
        more = f"{len(why.others) - MOST_TARGETS} more promises: gztrack targets {row.id}"
        found.append(page.section(more, []))
    found.append(page.section("forecast", _forecast(why, page)))
    return [*found, page.section("sources", _sources(why, page))]


def _status(why: Why, page: Page) -> list[str]:
    row = why.row
    mark = f"{glyph(row.status, ascii=page.ascii)} "
    lines = page.wrap(explained(row.status, row.reason), mark)
    return lines + page.wrap(f"rule {why.rule} of 6: {why.rule_text}")


def _clocks(why: Why) -> str:
    logged = f", logged by {why.logged_by[:10]}" if why.logged_by else ""
    return logged + (f", published by {why.published_by}" if why.published_by else "")


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
    better = "higher" if given.sense > 0 else "lower"
    lines += page.wrap(f"{given.sense:+d}: {better} is better ({given.sense_how})", _symbol("d"))
    if given.sign is not None:
        side = "not below zero" if given.sign > 0 else "below zero"
        lines += page.wrap(f"{given.sign:+d}: y0 is {side}", _symbol("s"))
    if given.coverage:
        lines += page.wrap(f"coverage that counts: {given.coverage}")
    if given.series:
        lines += page.wrap(f"series: {given.series}")
    return lines + _readings(given, page)


def _input(one: Input, day: str, row: Row, page: Page) -> list[str]:
    """One symbol with its figure, its date, its fact and why it is this one."""
    if one.cited is None:
        return page.wrap(f"none: {one.absent}", _symbol(one.symbol))
    cited = one.cited
    flags = f" ({', '.join(cited.flags)})" if cited.flags else ""
    if cited.kind == "target":
        over = f" in total over {row.target.over}" if row.target is not None and row.target.over else ""
        goal = exact_goal(cited.value, cited.high, cited.qualifier, row.unit)
        text = f"{goal}{over}{flags}"
        text += f"; {day} = {one.day}" if one.day else ", without a due date"
    else:
        text = f"{exact(cited.value, row.unit, cited.qualifier)} for {cited.period}{flags}; {day} = {one.day}"
    return page.wrap(f"{text}; {_fact(cited)}, {one.how}", _symbol(one.symbol))


def _symbol(symbol: str) -> str:
    return left(INDENT + symbol, 5) + " "


def _fact(cited: Cited) -> str:
    """A fact by its handle and the number of its source."""
    kind = "baseline of" if cited.kind == "baseline" else cited.kind
    return f"{kind} {cited.handle} {_source(cited)}"


def _source(cited: Cited) -> str:
    return f"[{cited.source}]" if cited.source else "[no source]"


def _readings(given: Inputs, page: Page) -> list[str]:
    """How many readings count, and which do not."""
    count = "1 reading counts" if given.counted == 1 else f"{given.counted:,} readings count"
    out = sum(group.count for group in given.left_out)
    lines = page.wrap(f"{count}; {f'{out:,} left out:' if out else 'none is left out'}")
    for group in given.left_out:
        named = [
            f"{exact(cited.value, '', cited.qualifier)} for {cited.period} ({cited.handle})"
            for cited in group.named
        ]
        if named and len(named) < group.count:
            named.insert(0, f"{group.count - len(named):,} more")
        lines += page.wrap(
            f"{group.count:,} {group.reason}{': ' if named else ''}{', '.join(named)}", INDENT * 2
        )
    return lines


def _methods(why: Why, page: Page) -> list[str]:
    """The three methods; an arrow marks the one that the row goes by, or would."""
    chosen = next(each.name for each in why.methods if each.chosen)
    lines = page.wrap(GOES_BY.get(why.rule, "the row goes by {}").format(chosen))
    known: set[tuple[str, str]] = set()
    for each in why.methods:
        lines += page.pair(each.name, explained(each.status, each.reason), "> " if each.chosen else INDENT)
        for one in each.sums:
            if one.refused and len(each.sums) > 1:
                lines += page.pair(one.label, f"{one.formula}: {one.refused}")
            if one.refused:
                continue
            again = one.label != "ratio" and (one.label, one.filled) in known
            lines += page.pair(one.label, f"= {one.shown}, as above") if again else sum_text(one, page)
            known.add((one.label, one.filled))
        if each.sums and not each.sums[-1].refused:
            lines += page.pair("", _cuts(each))
        if each.bounds:
            lines += page.pair("", each.bounds)
    return lines


def _cuts(found: MethodSums) -> str:
    """The cuts in words: ``on track from 0.95, behind from 0.60, moving away below``."""
    named = [f"{status} from {_cut(least, percent=found.percent)}" for status, least in found.cuts]
    return f"cuts: {', '.join(named)}, {found.worst} below"


def _cut(least: float, *, percent: bool) -> str:
    if percent:
        return f"{least * 100:g} %"
    return f"{least:.2f}" if least else "0"


# -- verdicts, forecast, sources -------------------------------------------------------


def _verdict(heading: str, found: VerdictSums, row: Row, page: Page) -> Section:
    view = found.target
    goal = exact_goal(view.value, view.high, view.comparator, row.unit)
    over = f" in total over {view.over}" if view.over else ""
    due = "without a due date" if view.due == "none" else f"by {view.due}"
    mark = f"{glyph(found.status, ascii=page.ascii)} "
    lines = page.wrap(explained(found.status, found.reason), mark)
    if not view.headline:
        lines += page.pair("target", f"{found.cited.handle} {_source(found.cited)}")
    lines += page.pair("rule", found.rule)
    if found.period_months is not None:
        months = f"{found.period_months} {'month' if found.period_months == 1 else 'months'}"
        lines += page.pair("reporting", f"period of {months}: {found.period_how}")
    for number, each in enumerate(found.weighed):
        lines += page.pair("" if number else "looked at", _weighed(each))
    rest = found.silent - sum(each.meets is None for each in found.weighed)
    if rest > 0:
        lines += page.pair("", f"{rest:,} more prove nothing and were passed over")
    if found.evidence is not None:
        cited = found.evidence
        figure = exact(cited.value, row.unit, cited.qualifier)
        lines += page.pair("evidence", f"{figure} for {cited.period}; {_fact(cited)}")
    if found.margin is not None:
        lines += sum_text(found.margin, page)
    return page.section(f"{heading} {goal}{over} {due}", lines)


def _weighed(found: Weighed) -> str:
    cited = found.cited
    said = MEETS[found.meets] if found.meets is None else f"{MEETS[found.meets]}, {found.role}"
    return f"{exact(cited.value, '', cited.qualifier)} for {cited.period} ({cited.handle}): {said}"


def _forecast(why: Why, page: Page) -> list[str]:
    found = why.forecast
    lines = page.wrap(found.how) if found.how else []
    lines += sums_text(found.sums, page)
    if not found.reason:
        return lines
    given = {one.name for one in found.sums}
    lacking = [what for name, what in (("value", "no value"), ("reached", "no date")) if name not in given]
    return lines + page.wrap(f"{' and '.join(lacking) if found.sums else 'none'}: {found.reason}")


def _sources(why: Why, page: Page) -> list[str]:
    lines: list[str] = []
    for number, origin, facts in ((each.number, each.origin, each.facts) for each in why.sources):
        published = f"published {origin.published}" if origin.published else ""
        parts = [part for part in (origin.source, origin.url, published) if part]
        lines += page.wrap(f"{', '.join(parts)}: {_handles(facts)}", f"{INDENT}[{number}] ")
    return lines or page.wrap("none of the figures names a source")


def _handles(facts: Iterable[str]) -> str:
    return ", ".join(facts)
