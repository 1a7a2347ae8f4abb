"""Part-of relations: what share of its whole a part is, and whether the two can both be right.

Shares are only reckoned where both say something of the same period (levels: of the same day),
in the same unit; growth rates have none. What cannot be right is said in a plain line, never
corrected: a part may be counted otherwise than its whole. Where a whole is in the end a part of its
own part, nothing is reckoned between the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import inf
from operator import itemgetter

from gztrack.domain.amounts import exact
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.domain.points import exactly, plain
from gztrack.domain.reckoning.bounds import BAND, STRICT, Figure, spread, summed
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean, listed
from gztrack.domain.units import parse_unit
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.board.circles import circle
from gztrack.services.naming import name_of, unit_of
from gztrack.services.views import PartsView, ShareView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMED = 6
"""How many indicators of a circle a line names before it only counts the rest."""

Place = tuple[str, str]
"""Last and first day of a period; of a level the last day alone."""

Readings = Mapping[Place, Fact]
"""The readings that count of one indicator's current series, by what makes two of them comparable."""


class _Range(NamedTuple):
    """The least and the most that something may be; of what is never negative."""

    low: Fraction
    high: Fraction | float
    low_open: bool = False
    high_open: bool = False

    def above(self, other: _Range) -> bool:
        """Whether it is more than the other, whatever the bounds allow."""
        return self.low > other.high or (self.low == other.high and (self.low_open or other.high_open))


def whole_of(register: Register, indicator: Fact, moment: Moment) -> ShareView | None:
    """The share that an indicator is of its whole; None where it is part of none."""
    whole = register.indicator(indicator.get("part_of", ""), moment)
    if whole is None:
        return None
    if ring := _ring(register, indicator, moment):
        return _unreckoned(indicator, whole, ring)
    return _share(
        indicator, _readings(register, indicator, moment), whole, _readings(register, whole, moment)
    )


def parts_of(register: Register, indicator: Fact, moment: Moment) -> PartsView | None:
    """The parts of an indicator, with their sum; None where it has none."""
    facts = [register.indicator(slug, moment) for slug in register.slugs(moment)]
    parts = [f for f in facts if f and f.get("part_of") == indicator["indicator"] and not f.get("archived")]
    if not parts:
        return None
    whole = _readings(register, indicator, moment)
    ring = _ring(register, indicator, moment)
    known = [(part, _readings(register, part, moment)) for part in parts]
    shares = tuple(
        _unreckoned(part, indicator, ring)
        if part["indicator"] in ring
        else _share(part, readings, indicator, whole)
        for part, readings in known
    )
    alike = [
        readings for part, readings in known if part["indicator"] not in ring and not _unlike(part, indicator)
    ]
    found = PartsView(shares, warning=_too_much(alike, whole, indicator))
    places = _in_order(place for place in whole if all(place in readings for readings in alike))
    if not places or len(alike) < len(parts):
        return found
    place = places[-1]
    return _summed(found, [readings[place] for readings in alike], whole[place])


def remarks(whole: ShareView | None, parts: PartsView | None) -> tuple[str, ...]:
    """Everything that cannot be right, each in a plain line."""
    said = [whole.warning] if whole else []
    said += [share.warning for share in parts.shares] + [parts.warning] if parts else []
    return tuple(dict.fromkeys(line for line in said if line))


def _ring(register: Register, indicator: Fact, moment: Moment) -> tuple[str, ...]:
    """The circle of parts that an indicator is on, itself first; empty where all is well."""

    def whole_of(slug: str) -> str:
        there = register.indicator(slug, moment)
        return str(there.get("part_of", "")) if there else ""

    return circle(indicator["indicator"], whole_of)


def _unreckoned(part: Fact, whole: Fact, ring: tuple[str, ...]) -> ShareView:
    """A part and a whole that is part of it, perhaps through others."""
    start = ring.index(min(ring))  # so that each of them says it with the same words
    ordered = ring[start:] + ring[:start]
    named = listed(ordered[:NAMED])
    if len(ring) > NAMED:
        named = tr("{names} and {n:,} more", names=named, n=len(ring) - NAMED)
    command = f"gztrack edit {ordered[0]} --part-of none"
    return ShareView(
        part["indicator"],
        name_of(part),
        whole["indicator"],
        name_of(whole),
        reason=tr("each is part of the other"),
        warning=tr("parts in a circle: {names}; {command} opens it", names=named, command=command),
    )


def _readings(register: Register, indicator: Fact, moment: Moment) -> Readings:
    """By day of levels, by period of flows; of several for one day the longest period's, which comes last."""
    counting = register.counting(indicator["indicator"], moment)
    own = counting.of_series(register.series(indicator["indicator"], moment, counting))
    level = indicator["measure"] == "level"
    return {(fact["end"], "" if level else fact["start"]): fact for fact in own}


def _in_order(places: Iterable[Place]) -> list[Place]:
    """By their end; of two that end on one day the longer one comes last."""
    return sorted(sorted(places, key=itemgetter(1), reverse=True), key=itemgetter(0))


def _unlike(part: Fact, whole: Fact) -> str:
    """Why two indicators cannot be compared; empty where they can."""
    if part["measure"] != whole["measure"]:
        one, other = tr(part["measure"]), tr(whole["measure"])
        return tr("not compared: a {one} and a {other}", one=one, other=other)
    if part["measure"] == "rate":
        return tr("not compared: a growth rate has no share in another")
    units = parse_unit(part["unit"]).text, parse_unit(whole["unit"]).text
    if units[0] != units[1]:
        return tr("not compared: {one} are not {other}", one=units[0], other=units[1])
    return ""


def _share(part: Fact, own: Readings, whole: Fact, all_of_it: Readings) -> ShareView:
    names = name_of(part), name_of(whole)
    found = ShareView(part["indicator"], names[0], whole["indicator"], names[1], reason=_unlike(part, whole))
    common = _in_order(own.keys() & all_of_it.keys())
    if found.reason or not common:
        return found._replace(reason=found.reason or tr("no period that both have a figure for"))
    one, other = own[common[-1]], all_of_it[common[-1]]
    bad = [place for place in common if _is_more([own[place]], all_of_it[place])]
    share = _quotient(one, other)
    return found._replace(
        period=clean(one["period"]),
        value=one["value"],
        qualifier=_word(one),
        whole_value=other["value"],
        whole_qualifier=_word(other),
        share=share,
        reason="" if share else _no_quotient(other),
        warning=_more(own[bad[-1]], all_of_it[bad[-1]], part, whole) if bad else "",
    )


def _word(fact: Fact) -> str:
    return str(fact.get("qualifier", "exact"))


def _quotient(part: Fact, whole: Fact) -> Figure | None:
    """Part over whole; a bound where either is one; None where it is refused or open at both ends."""
    if whole["value"] <= 0 or part["value"] < 0:
        return None
    reached: list[float] = []
    if side := _side(_word(part)):
        reached.append(inf if side == "lower" else 0.0)
    if side := _side(_word(whole)):
        reached.append(0.0 if side == "lower" else inf)
    share = float(exactly(part["value"]) / exactly(whole["value"]))
    return spread(share, (_word(part), _word(whole)), reached).figure()


def _side(qualifier: str) -> str:
    return "lower" if qualifier in LOWER_BOUNDS else "upper" if qualifier in UPPER_BOUNDS else ""


def _no_quotient(whole: Fact) -> str:
    if whole["value"] <= 0:
        return tr("the whole is not above zero")
    return tr("bounds leave it open at both ends")


def _range(facts: Iterable[Fact]) -> _Range:
    """What a sum of figures may be, ``about`` taken with its band."""
    low, high, low_open, high_open = Fraction(0), Fraction(0), False, False
    unlimited = False
    for fact in facts:
        value, word = exactly(fact["value"]), _word(fact)
        band = exactly(BAND) * abs(value) if word == "about" else Fraction(0)
        low += Fraction(0) if word in UPPER_BOUNDS else value - band
        high += value + band
        unlimited = unlimited or word in LOWER_BOUNDS
        low_open = low_open or (word in STRICT and word in LOWER_BOUNDS)
        high_open = high_open or (word in STRICT and word in UPPER_BOUNDS)
    return _Range(low, inf if unlimited else high, low_open, high_open)


def _is_more(parts: Sequence[Fact], whole: Fact) -> bool:
    """Whether parts are proven to be more than their whole; figures below zero prove nothing."""
    if any(fact["value"] < 0 for fact in (*parts, whole)):
        return False
    return _range(parts).above(_range([whole]))


def _more(one: Fact, other: Fact, part: Fact, whole: Fact) -> str:
    """The line about a part that is more than its whole."""
    unit = parse_unit(unit_of(part))
    return tr(
        "{part} ({value}) is more than its whole, {whole} ({whole_value}), in {period}",
        part=name_of(part),
        value=exact(one["value"], unit, _word(one)),
        whole=name_of(whole),
        whole_value=exact(other["value"], unit, _word(other)),
        period=clean(one["period"]),
    )


def _too_much(parts: Sequence[Readings], whole: Readings, indicator: Fact) -> str:
    """The line about parts that are more than their whole together, of the latest such period."""
    for place in reversed(_in_order(whole)):
        there = [readings[place] for readings in parts if place in readings]
        if len(there) > 1 and _is_more(there, whole[place]):
            unit = parse_unit(unit_of(indicator))
            word = summed(map(_word, there)) or "exact"
            together = plain(sum((exactly(f["value"]) for f in there), Fraction(0)))
            other = whole[place]
            return tr(
                "the parts together ({total}) are more than {whole} ({whole_value}) in {period}",
                total=exact(together, unit, word),
                whole=name_of(indicator),
                whole_value=exact(other["value"], unit, _word(other)),
                period=clean(other["period"]),
            )
    return ""


def _summed(found: PartsView, parts: Sequence[Fact], whole: Fact) -> PartsView:
    """Add the sum and the rest, each as the bound that it is; left out where open at both ends."""
    words = [_word(fact) for fact in parts]
    word = summed(words)
    together = sum((exactly(fact["value"]) for fact in parts), Fraction(0))
    ends = [inf if _side(_word(whole)) == "lower" else -inf] if _side(_word(whole)) else []
    ends += [-inf if _side(w) == "lower" else inf for w in words if _side(w)]
    left = plain(exactly(whole["value"]) - together)
    return found._replace(
        period=clean(whole["period"]),
        total=Figure(plain(together), word) if word else None,
        rest=spread(left, (*words, _word(whole)), ends).figure(),
    )
