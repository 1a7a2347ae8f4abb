"""Finding what a merge brought together that contradicts each other.

Only pairs count of which one fact was here and the other one came, and of which neither side knew
the other's: what somebody states in knowledge of another figure is no contradiction but the
later word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from gztrack.domain.register import Fact, Rank, Register, order
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.board.circles import circle
from gztrack.services.entering.references import handle
from gztrack.services.importing.identity import Key, reading_key, target_key
from gztrack.services.merging.clashes import WHOLE, Clash, Rival, about_of, around, clash

Pair = tuple[str, Fact]
"""A table's name and one of its facts."""


class Sides(NamedTuple):
    """Who had what before a merge.

    Attributes:
        came: Ids of the transactions that came in.
        there: Ids of all that the other side has, with their places in its journal.
    """

    came: Set[str]
    there: Mapping[str, int]

    def is_own(self, fact: Fact) -> bool:
        """Whether a fact was here before."""
        return fact["tx"] not in self.came

    def unaware(self, came: Fact, own: Fact) -> bool:
        """Whether who stated what came cannot have known what was here: it reached them later, or never."""
        place = self.there.get(own["tx"])
        return place is None or place > self.there[came["tx"]]


def clashes(register: Register, came: Iterable[Pair], sides: Sides) -> list[Clash]:
    """What of the facts that came contradicts facts that were here.

    Args:
        register: Everything, what came included.
        came: What came.
        sides: Who had what before.
    """
    search = _Search(register, sides)
    for table, fact in came:
        search.look(table, fact)
    search.compare_twins()
    search.find_circles()
    return search.found


class _Search:
    """Goes through what came, and looks at each place where something can compete only once."""

    def __init__(self, register: Register, sides: Sides) -> None:
        self.found: list[Clash] = []
        self._register = register
        self._sides = sides
        self._seen: set[tuple[str, ...]] = set()
        self._told: dict[str, set[str]] = {}
        self._came: dict[tuple[str, str, Key], Fact] = {}
        self._described: dict[str, None] = {}

    def look(self, table: str, fact: Fact) -> None:
        """See what competes with one fact that came."""
        if not self._register.exists(fact, WHOLE):
            return
        if table == "indicators":
            self._described[fact["indicator"]] = None
        if table == "retractions" or fact.get("replaces"):
            self._successors(fact.get("replaces") or fact["of"])
        elif table == "indicators":
            self._definitions(fact["indicator"])
        elif table == "pins":
            self._pins(fact)
        elif table == "settings":
            self._settings(fact["name"])
        if table in ("readings", "targets") and self._stands(fact):
            self._remember(table, fact)

    def _is_first(self, *place: str) -> bool:
        if place in self._seen:
            return False
        self._seen.add(place)
        return True

    def _stands(self, fact: Fact) -> bool:
        gone = self._register.replacement(fact, WHOLE) or self._register.withdrawal(fact, WHOLE)
        return gone is None and self._register.exists(fact, WHOLE)

    def _successors(self, of: str) -> None:
        """Corrections, revisions and withdrawals of one fact, edits of one indicator."""
        if not self._is_first("of", of):
            return
        steps: list[Pair] = []
        for child in self._register.children({"id": of}, WHOLE):
            known = self._register.get(child["id"])
            if known is not None and known[0] != "pins":
                steps.append(known)
        if not any(self._sides.is_own(fact) for _, fact in steps):
            return
        old = self._register.get(of)
        rivals = {self._last(fact)["id"]: self._rival(table, fact) for table, fact in steps}
        self._tell(about_of(*old) if old else handle(of), list(rivals.values()))

    def _last(self, fact: Fact) -> Fact:
        """The fact, or what took its place in the end."""
        while (later := self._register.replacement(fact, WHOLE)) is not None:
            fact = later
        return fact

    def _rival(self, table: str, fact: Fact) -> Rival:
        """A successor, as what it came to."""
        if table == "retractions":
            return Rival("drop" if fact.get("how") == "dropped" else "retraction", table, fact)
        what = "edit" if table == "indicators" else str(fact.get("how", "correction"))
        return Rival(what, table, self._last(fact))

    def _definitions(self, slug: str) -> None:
        """One id that was given to an indicator on both sides."""
        if not self._is_first("slug", slug):
            return
        added = [f for f in self._register.indicators.get(slug, ()) if not f.get("replaces")]
        standing = [f for f in added if self._register.exists(f, WHOLE)]
        self._tell(slug, [Rival("indicator", "indicators", f) for f in standing])

    def _settings(self, name: str) -> None:
        """What each side chose last for the whole database."""
        if not self._is_first("settings", name):
            return
        standing = [f for f in self._register.settings.get(name, ()) if self._register.exists(f, WHOLE)]
        own = max(filter(self._sides.is_own, standing), key=order, default=None)
        came = max((f for f in standing if not self._sides.is_own(f)), key=order, default=None)
        if own and came and self._sides.unaware(came, own):
            rivals = [Rival("choice", "settings", fact) for fact in (own, came)]
            self._tell(tr("the database's {field}", field=tr(name)), rivals)

    def _pins(self, fact: Fact) -> None:
        """Pins on several readings for one period, or on several targets of one indicator."""
        known = self._register.get(fact["of"])
        if known is None:
            return
        table, pinned = known
        slug = pinned["indicator"]
        place = _place(pinned) if table == "readings" else ()
        if not self._is_first("pins", table, slug, *place):
            return
        rivals = [f for f in self._home(table, slug) if table == "targets" or _place(f) == place]
        pins = [pin for f in rivals if (pin := self._register.pin(f, WHOLE)) is not None]
        sides = self._sides
        pins = [pin for pin in pins if not sides.is_own(pin) or sides.unaware(fact, pin)]
        self._tell(about_of(table, pinned), [Rival("pin", "pins", pin) for pin in pins])

    def _home(self, table: str, slug: str) -> Iterable[Fact]:
        """The readings or the targets of an indicator."""
        home = self._register.readings if table == "readings" else self._register.targets
        return home.get(slug, ())

    def _remember(self, table: str, fact: Fact) -> None:
        """Keep, of what came for one reading or one target, the fact that ranks first."""
        place = (table, fact["indicator"], _key(table, fact))
        self._came[place] = self._first(fact, self._came.get(place, fact))

    def _first(self, *facts: Fact) -> Fact:
        return max(facts, key=lambda fact: self._register.rank(fact, WHOLE))

    def compare_twins(self) -> None:
        """Find another figure for what is the same reading, or the same target, by its source and dates."""
        for table, slug in dict.fromkeys((table, slug) for table, slug, _ in self._came):
            own: dict[Key, list[Fact]] = {}
            for fact in self._home(table, slug):
                came = self._came.get((table, slug, key := _key(table, fact)))
                if came and self._is_rival(fact, came):
                    own.setdefault(key, []).append(fact)
            for key, facts in own.items():
                came = self._came[table, slug, key]
                what = table.removesuffix("s")
                rivals = [Rival(what, table, fact) for fact in (self._first(*facts), came)]
                self._tell(about_of(table, came), rivals)

    def find_circles(self) -> None:
        """Find parts that are wholes of their own wholes since: one side made the one, the other side the other."""
        told: set[str] = set()
        for slug in self._described:
            ring = () if slug in told else circle(slug, self._whole_of)
            told.update(ring)
            facts = [fact for part in sorted(ring) if (fact := self._register.indicator(part, WHOLE))]
            if len({self._sides.is_own(fact) for fact in facts}) == 2:
                self.found.append(around(facts))

    def _whole_of(self, slug: str) -> str:
        there = self._register.indicator(slug, WHOLE)
        return str(there.get("part_of", "")) if there else ""

    def _is_rival(self, own: Fact, came: Fact) -> bool:
        """Whether a fact was here, stands, and was not known to who stated the one that came."""
        return self._sides.is_own(own) and self._sides.unaware(came, own) and self._stands(own)

    def _tell(self, about: str, rivals: list[Rival]) -> None:
        """Keep what both sides of the merge have a part in, unless they say the same."""
        rivals = sorted(rivals, key=lambda rival: order(rival.fact))
        own = [self._sides.is_own(rival.fact) for rival in rivals]
        ids = {rival.fact["id"] for rival in rivals}
        if all(own) or not any(own) or ids <= self._told.get(min(ids), set()):
            return
        found = clash(self._register, about, rivals, self._counting(rivals))
        if found is not None:
            self.found.append(found)
            for each in ids:
                self._told.setdefault(each, set()).update(ids)

    def _counting(self, rivals: list[Rival]) -> set[str]:
        """Ids of those that count: of each period or due date the one that ranks first."""
        best: dict[Key, tuple[Rank, str]] = {}
        for _, table, fact in rivals:
            if table == "retractions" or not self._stands(fact):
                continue
            place = _place(fact) if table == "readings" else (str(fact.get("due_end", "")),)
            rank = self._register.rank(fact, WHOLE)
            ranked = (rank, str(fact["id"]))
            best[place] = max(best.get(place, ranked), ranked)
        return {fact_id for _, fact_id in best.values()}


def _key(table: str, fact: Fact) -> Key:
    return reading_key(fact) if table == "readings" else target_key(fact)


def _place(fact: Fact) -> tuple[str, str, str]:
    return fact.get("series", ""), fact["start"], fact["end"]
