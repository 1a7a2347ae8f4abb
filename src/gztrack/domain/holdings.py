"""Every fact of a database by indicator, whose it is, and which transactions stand undone.

Facts are never changed, so what is true now is a question put to all of them. They come in any
order. Which of them count is for `gztrack.domain.register` to say.
"""

from __future__ import annotations

from gztrack.domain import packed
from gztrack.domain.packed import AT, AUTHOR, INDICATOR, NAMES, REST, Fact, Kept, Packed, Readings
from gztrack.errors import StoreDamaged
from gztrack.language import tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

NEEDED = {
    "indicators": ("indicator", "name", "unit", "measure", "direction"),
    "readings": packed.LEADING,
    "targets": ("indicator", "value", "comparator"),
    "retractions": ("of",),
    "pins": ("of",),
    "undos": ("of",),
    "settings": ("name", "value"),
}
"""Fields without which a fact cannot be reckoned with. Tables of other names are none of ours."""


Entry = tuple[str, str]
"""When something was logged, and in which transaction."""


class Moment(NamedTuple):
    """What is reckoned as of when.

    Attributes:
        day: Readings whose period ends on or before it count, targets stated on or before it.
        logged_by: Only facts with a logging time up to this ISO instant exist; empty for all.
        published_by: Only readings published up to this ISO date exist; empty for all. Those
            without a publication date then do not count.
    """

    day: date
    logged_by: str = ""
    published_by: str = ""


def order(fact: Fact) -> tuple[str, str]:
    """The order of facts everywhere: logging time, then id; never the place in the file."""
    return fact["at"], fact["id"]


def to_the_minute(at: str) -> str:
    """A logging time (ISO, UTC) for people, in UTC: ``2026-11-30 08:00``."""
    return at[:16].replace("T", " ")


class Holdings:
    """Facts by indicator, and which transactions stand undone.

    Attributes:
        indicators: Slug to its indicator facts.
        targets: Slug to its target facts.
        settings: Name of a setting to what was chosen for it.
        local_time: A logging time as the clocks of the database's zone show it ("2026-11-30 08:00");
            of UTC where nobody gave the zone.
    """

    def __init__(
        self, facts: Iterable[tuple[str, Fact]] = (), *, local_time: Callable[[str], str] = to_the_minute
    ) -> None:
        self.local_time = local_time
        self.indicators: dict[str, list[Fact]] = {}
        self.targets: dict[str, list[Fact]] = {}
        self.settings: dict[str, list[Fact]] = {}
        self._readings: dict[str, list[Packed]] = {}
        self._readings_by_id: Mapping[str, Kept] = {}
        self._others: dict[str, tuple[str, Fact]] = {}
        self._withdrawals: dict[str, list[Fact]] = {}
        self._pins: dict[str, list[Fact]] = {}
        self._replacements: dict[str, list[Kept]] = {}
        self._undos: dict[str, list[Fact]] = {}
        self._undone: dict[str, frozenset[str]] = {}
        self._latest: dict[str, Entry] | None = None
        self.add(facts)

    def day_of(self, at: str) -> str:
        """The ISO date of a logging time, in the database's zone."""
        return self.local_time(at)[:10]

    # -- taking in ---------------------------------------------------------------------

    def add(self, facts: Iterable[tuple[str, Fact]]) -> set[str]:
        """Take facts in, those that are there already left out.

        Returns:
            Slugs of the indicators whose answers may have changed.

        Raises:
            StoreDamaged: One lacks a field that its table needs.
        """
        there = dict(self._readings_by_id)
        tables: dict[str, list[Kept]] = {}
        for table, fact_id, fact in packed.kept(map(packed.written, facts), {}):
            if table != "readings" or there.setdefault(fact_id, fact) is fact:
                tables.setdefault(table, []).append(fact)
        return self.take(tables, there)

    def take(self, tables: Mapping[str, Iterable[Kept]], readings: Mapping[str, Kept]) -> set[str]:
        """Take in what a store hands out, as it keeps it.

        Args:
            tables: Table name to its new facts; no reading among them was taken in before.
            readings: Every reading by id, for looking one up; kept, not copied, so that there is
                one such index for a million readings.

        Returns:
            Slugs of the indicators whose answers may have changed.

        Raises:
            StoreDamaged: A fact lacks a field that its table needs.
        """
        self._readings_by_id = readings
        if self._latest is not None:
            _note(self._latest, (fact for facts in tables.values() for fact in facts))
        touched = self._take_readings(tables.get("readings", ()))
        undoing: set[str] = set()
        about: set[str] = set()
        for table, needed in NEEDED.items():
            for fact in tables.get(table, ()) if table != "readings" else ():
                assert isinstance(fact, dict)  # only readings are packed
                if fact["id"] in self._others:
                    continue
                if any(name not in fact for name in needed):
                    raise _lacking(table, fact)
                self._others[fact["id"]] = (table, fact)
                if table in ("targets", "indicators"):
                    home: dict[str, list[Fact]] = getattr(self, table)
                    home.setdefault(fact["indicator"], []).append(fact)
                    if fact.get("replaces"):
                        self._replacements.setdefault(fact["replaces"], []).append(fact)
                    touched.add(fact["indicator"])
                elif table == "settings":
                    self.settings.setdefault(fact["name"], []).append(fact)
                elif table == "undos":
                    self._undos.setdefault(fact["of"], []).append(fact)
                    undoing.add(fact["of"])
                else:
                    home = self._withdrawals if table == "retractions" else self._pins
                    home.setdefault(fact["of"], []).append(fact)
                    about.add(fact["of"])
        self._undone.clear()
        return (touched | self._indicators_of(about) | self._touched_by(undoing)) - {""}

    def _take_readings(self, readings: Iterable[Kept]) -> set[str]:
        new: dict[str, list[Packed]] = {}
        for reading in readings:
            if isinstance(reading, dict):
                raise _lacking("readings", reading)
            slug = reading[INDICATOR]
            if slug in new:
                new[slug].append(reading)
            else:
                new[slug] = [reading]
            if "replaces" in reading[REST][NAMES]:
                self._replacements.setdefault(packed.unpacked(reading)["replaces"], []).append(reading)
        for slug, found in new.items():
            self._readings.setdefault(slug, []).extend(found)
        return set(new)

    def _indicators_of(self, facts: Iterable[str]) -> set[str]:
        """Slugs of the indicators that facts are about, by their ids."""
        found = (self.get(fact_id) for fact_id in facts)
        return {str(known[1].get("indicator", "")) for known in found if known}

    def _touched_by(self, transactions: set[str]) -> set[str]:
        """Slugs of the indicators whose facts these transactions wrote, undos seen through."""
        if not transactions:
            return set()
        undos: dict[str, list[str]] = {}
        for many in self._undos.values():
            for fact in many:
                undos.setdefault(fact["tx"], []).append(fact["of"])
        reached, new = set(transactions), list(transactions)
        while new:  # in a circle of undos, which no command writes, each is seen once
            further = set(undos.get(new.pop(), ())) - reached
            reached |= further
            new += further
        written = [fact for _, fact in self._others.values() if fact["tx"] in reached]
        slugs = {str(fact.get("indicator", "")) for fact in written}
        slugs |= self._indicators_of(fact["of"] for fact in written if "of" in fact)
        return slugs | {reading[INDICATOR] for reading in packed.written_by(self._every_reading(), reached)}

    # -- whose -------------------------------------------------------------------------

    @property
    def readings(self) -> Mapping[str, Readings]:
        """Slug to its reading facts."""
        return {slug: Readings(found) for slug, found in self._readings.items()}

    @property
    def size(self) -> int:
        """How many readings there are, those that do not count included."""
        return len(self._readings_by_id)

    def _every_reading(self) -> Iterator[Packed]:
        return (reading for readings in self._readings.values() for reading in readings)

    def transactions(self, author: str, moment: Moment) -> list[str]:
        """Ids of an author's transactions, undos left out, oldest first, undone ones included."""
        found: dict[str, str] = {}
        limit = moment.logged_by
        for table, fact in self._others.values():
            if table != "undos" and fact["author"] == author and (not limit or fact["at"] <= limit):
                found[fact["tx"]] = fact["at"]
        for reading in self._every_reading():
            if reading[REST][AUTHOR] == author and (not limit or reading[AT] <= limit):
                found[packed.transaction_of(reading)] = reading[AT]
        return sorted(found, key=lambda tx: (found[tx], tx))

    def latest(self) -> dict[str, Entry]:
        """Every author's last entry, by logging time; not to be changed."""
        if self._latest is None:
            self._latest = {}
            _note(self._latest, (fact for _, fact in self._others.values()))
            _note(self._latest, self._every_reading())
        return self._latest

    def remember(self, latest: Mapping[str, Sequence[str]]) -> None:
        """Take last entries over from somebody who had all the facts.

        Args:
            latest: Author to logging time and transaction id.
        """
        known = self.latest()
        for author, (at, tx) in latest.items():
            known[author] = max(known.get(author, ("", "")), (at, tx))

    def only_by(self, author: str) -> bool:
        """Whether nobody but this author has written anything."""
        return all(fact["author"] == author for _, fact in self._others.values()) and all(
            reading[REST][AUTHOR] == author for reading in self._every_reading()
        )

    def undos(self, author: str) -> list[Fact]:
        """An author's undos, redos included, that have not been taken back, oldest first."""
        dead = self.undone()
        every = (fact for many in self._undos.values() for fact in many)
        found = [fact for fact in every if fact["author"] == author and fact["tx"] not in dead]
        return sorted(found, key=order)

    def written_by(self, tx: str) -> list[tuple[str, Fact]]:
        """What one transaction wrote, in its order."""
        found = [pair for pair in self._others.values() if pair[1]["tx"] == tx]
        found += [
            ("readings", fact) for fact in Readings(list(packed.written_by(self._every_reading(), {tx})))
        ]
        return sorted(found, key=lambda pair: str(pair[1]["id"]))

    # -- single facts ------------------------------------------------------------------

    def get(self, fact_id: str) -> tuple[str, Fact] | None:
        """Return (table, fact) of an id, live or not, or None."""
        reading = self._readings_by_id.get(fact_id)
        return self._others.get(fact_id) if reading is None else ("readings", packed.unpacked(reading))

    def undone(self, logged_by: str = "") -> frozenset[str]:
        """Ids of the transactions that stand undone. An undo that is itself undone does nothing."""
        if logged_by not in self._undone:
            self._undone[logged_by] = self._resolve_undos(logged_by)
        return self._undone[logged_by]

    def _resolve_undos(self, logged_by: str) -> frozenset[str]:
        # Later undos decide over earlier ones: a redo is an undo of an undo, and comes after it.
        undos = sorted((f for many in self._undos.values() for f in many), key=order, reverse=True)
        dead: set[str] = set()
        for fact in undos:
            if fact["tx"] not in dead and (not logged_by or fact["at"] <= logged_by):
                dead.add(fact["of"])
        return frozenset(dead)

    def exists(self, fact: Fact, moment: Moment) -> bool:
        """Whether the fact was logged by then and has not been undone."""
        if moment.logged_by and fact["at"] > moment.logged_by:
            return False
        return fact["tx"] not in self.undone(moment.logged_by)


def _note(latest: dict[str, Entry], facts: Iterable[Kept]) -> None:
    """Of each author keep the last entry."""
    for fact in facts:
        if isinstance(fact, dict):
            author, at = fact["author"], fact["at"]
        else:
            author, at = fact[REST][AUTHOR], fact[AT]
        known = latest.get(author)
        if known is None or at >= known[0]:
            tx = fact["tx"] if isinstance(fact, dict) else packed.transaction_of(fact)
            latest[author] = max(known, (at, tx)) if known else (at, tx)


def _lacking(table: str, fact: Fact) -> StoreDamaged:
    return StoreDamaged(
        tr(
            "fact {id} in {table} lacks a field that this table needs: run gztrack doctor",
            id=fact["id"],
            table=table,
        )
    )
