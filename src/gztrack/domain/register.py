"""Which facts count: undo, corrections, withdrawals, pins and the clocks, resolved in one place.

Facts are never changed, so what is true now is a question put to all of them. A `Register`
takes facts in any order, keeps them by indicator, and answers for a date and a logging time.
It has no I/O and no clock. Light: ``gztrack log`` asks a register that was fed only the few
facts of the heads file, every other command one that was fed the whole journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from gztrack.errors import StoreDamaged

Fact = dict[str, Any]
"""A plain record with its envelope: id, tx, at, author, login and the table's own fields."""

Rank = tuple[tuple[str, str], tuple[str, str]]
"""When a fact was pinned, then when it was logged; the greater one counts."""

NEEDED = {
    "indicators": ("indicator", "name", "unit", "measure", "direction"),
    "readings": ("indicator", "value", "period", "start", "end"),
    "targets": ("indicator", "value", "comparator"),
}
"""Fields without which a fact cannot be reckoned with; TinyDB's own insert takes any document."""

KEPT = 24
"""How many of the latest counting readings of one series and coverage a digest keeps."""


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


class Register:
    """Facts by indicator, and which of them count.

    Attributes:
        indicators: Slug to its indicator facts.
        readings: Slug to its reading facts.
        targets: Slug to its target facts.
    """

    def __init__(self, facts: Iterable[tuple[str, Fact]] = ()) -> None:
        self.indicators: dict[str, list[Fact]] = {}
        self.readings: dict[str, list[Fact]] = {}
        self.targets: dict[str, list[Fact]] = {}
        self._by_id: dict[str, tuple[str, Fact]] = {}
        self._withdrawals: dict[str, list[Fact]] = {}
        self._pins: dict[str, list[Fact]] = {}
        self._replacements: dict[str, list[Fact]] = {}
        self._undos: dict[str, list[Fact]] = {}
        self._undone: dict[str, frozenset[str]] = {}
        self.add(facts)

    def add(self, facts: Iterable[tuple[str, Fact]]) -> set[str]:
        """Take facts in; return the slugs of the indicators whose answers may have changed."""
        touched: set[str] = set()
        undoing: set[str] = set()
        later: list[tuple[str, Fact]] = []
        for table, fact in facts:
            if fact["id"] in self._by_id:
                continue
            if any(name not in fact for name in NEEDED.get(table, ("of",))):
                raise StoreDamaged(
                    f"fact {fact['id']} in {table} lacks a field that this table needs: run gztrack doctor"
                )
            self._by_id[fact["id"]] = (table, fact)
            if table in ("readings", "targets", "indicators"):
                slug = fact["indicator"]
                home: dict[str, list[Fact]] = getattr(self, table)
                home.setdefault(slug, []).append(fact)
                if fact.get("replaces"):
                    self._replacements.setdefault(fact["replaces"], []).append(fact)
                touched.add(slug)
            elif table == "undos":
                self._undos.setdefault(fact["of"], []).append(fact)
                undoing.add(fact["of"])
            else:
                later.append((table, fact))
        for table, fact in later:
            home = self._withdrawals if table == "retractions" else self._pins
            home.setdefault(fact["of"], []).append(fact)
            known = self._by_id.get(fact["of"])
            if known:
                touched.add(known[1]["indicator"])
        self._undone.clear()
        return touched | self._touched_by(undoing)

    def _touched_by(self, transactions: set[str]) -> set[str]:
        """Slugs of the indicators whose facts these transactions wrote, undos seen through."""
        if not transactions:
            return set()
        undos = {fact["tx"]: fact["of"] for many in self._undos.values() for fact in many}
        roots: set[str] = set()
        for tx in transactions:
            while tx in undos:
                tx = undos[tx]
            roots.add(tx)
        slugs: set[str] = set()
        for _, fact in list(self._by_id.values()):
            if fact["tx"] in roots:
                about = self._by_id.get(fact.get("of", ""))
                slugs.add(fact.get("indicator") or (about[1].get("indicator", "") if about else ""))
        return slugs - {""}

    def transactions(self, author: str, moment: Moment) -> list[str]:
        """Ids of an author's transactions, undos left out, oldest first, undone ones included."""
        found: dict[str, str] = {}
        for table, fact in self._by_id.values():
            if (
                table != "undos"
                and fact["author"] == author
                and (not moment.logged_by or fact["at"] <= moment.logged_by)
            ):
                found[fact["tx"]] = fact["at"]
        return sorted(found, key=lambda tx: (found[tx], tx))

    def only_by(self, author: str) -> bool:
        """Whether nobody but this author has written anything."""
        return all(fact["author"] == author for _, fact in self._by_id.values())

    def undos(self, author: str) -> list[Fact]:
        """An author's undos, redos included, that have not been taken back, oldest first."""
        dead = self.undone()
        found = [
            f for many in self._undos.values() for f in many if f["author"] == author and f["tx"] not in dead
        ]
        return sorted(found, key=order)

    def written_by(self, tx: str) -> list[tuple[str, Fact]]:
        """What one transaction wrote, in its order."""
        return sorted(
            (pair for pair in self._by_id.values() if pair[1]["tx"] == tx), key=lambda pair: pair[1]["id"]
        )

    # -- single facts ------------------------------------------------------------------

    def get(self, fact_id: str) -> tuple[str, Fact] | None:
        """Return (table, fact) of an id, live or not, or None."""
        return self._by_id.get(fact_id)

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

    def withdrawal(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest retraction or drop of this fact, or None."""
        found = [f for f in self._withdrawals.get(fact["id"], ()) if self.exists(f, moment)]
        return max(found, key=order) if found else None

    def replacement(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest fact that took this one's place, or None."""
        found = [f for f in self._replacements.get(fact["id"], ()) if self.exists(f, moment)]
        return max(found, key=order) if found else None

    def pin(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest pin on this fact, or None."""
        found = [f for f in self._pins.get(fact["id"], ()) if self.exists(f, moment)]
        return max(found, key=order) if found else None

    def children(self, fact: Fact, moment: Moment) -> list[Fact]:
        """What was built on this fact and exists: corrections, withdrawals, pins."""
        found: list[Fact] = []
        for home in (self._replacements, self._withdrawals, self._pins):
            found += [f for f in home.get(fact["id"], ()) if self.exists(f, moment)]
        return found

    # -- indicators --------------------------------------------------------------------

    def indicator(self, slug: str, moment: Moment) -> Fact | None:
        """The indicator as it stands, or None when there is none."""
        found = [f for f in self.indicators.get(slug, ()) if self.exists(f, moment)]
        return max(found, key=order) if found else None

    def slugs(self, moment: Moment) -> list[str]:
        """Ids of the indicators that stand, in the order in which each was first stated."""
        firsts: list[tuple[tuple[str, str], str]] = []
        for slug, facts in self.indicators.items():
            found = [order(f) for f in facts if self.exists(f, moment)]
            if found:
                firsts.append((min(found), slug))
        return [slug for _, slug in sorted(firsts)]

    # -- readings ----------------------------------------------------------------------

    def standing_readings(self, slug: str, moment: Moment) -> list[Fact]:
        """Readings that exist and are neither replaced nor withdrawn, of any date, unordered."""
        undone = self.undone(moment.logged_by)
        logged_by, published_by = moment.logged_by, moment.published_by
        withdrawn, replaced = self._withdrawals, self._replacements
        found: list[Fact] = []
        for fact in self.readings.get(slug, ()):
            if fact["tx"] in undone or (logged_by and fact["at"] > logged_by):
                continue
            if published_by and not ("" < fact.get("published", "") <= published_by):
                continue
            fact_id = fact["id"]
            if fact_id in withdrawn and self.withdrawal(fact, moment):
                continue
            if fact_id in replaced and self._replaced_by_then(fact, moment):
                continue
            found.append(fact)
        return found

    def _replaced_by_then(self, fact: Fact, moment: Moment) -> bool:
        """Whether a correction stands in the reading's place; by publication only one published by then."""
        found = (f for f in self._replacements[fact["id"]] if self.exists(f, moment))
        limit = moment.published_by
        return any(not limit or "" < f.get("published", "") <= limit for f in found)

    def rank(self, fact: Fact, moment: Moment) -> Rank:
        """What decides between facts that say the same thing: the latest pin, else the latest logging."""
        pinned = self.pin(fact, moment) if fact["id"] in self._pins else None
        return order(pinned) if pinned else ("", ""), order(fact)

    def one_per_period(self, facts: Iterable[Fact], moment: Moment) -> list[Fact]:
        """Of several readings of one series and period the pinned one, else the one logged last.

        Returned by period end, then length, shortest first.
        """
        best: dict[tuple[str, str, str], tuple[Rank, Fact]] = {}
        for fact in facts:
            place = (fact.get("series", ""), fact["start"], fact["end"])
            rank = self.rank(fact, moment)
            if place not in best or rank > best[place][0]:
                best[place] = (rank, fact)
        chosen = [fact for _, fact in best.values()]
        chosen.sort(key=lambda f: (f["end"], _backwards(f["start"]), f.get("series", "")))
        return chosen

    def counting(self, slug: str, moment: Moment) -> list[Fact]:
        """The readings that count as of the moment, every series, one a period, oldest end first."""
        day = moment.day.isoformat()
        return self.one_per_period(
            (f for f in self.standing_readings(slug, moment) if f["end"] <= day), moment
        )

    def series(self, slug: str, moment: Moment, counting: list[Fact] | None = None) -> str:
        """The current series: the chosen one, else the unnamed while it has a reading, else the latest's."""
        indicator = self.indicator(slug, moment)
        if indicator and indicator.get("series"):
            return str(indicator["series"])
        facts = self.counting(slug, moment) if counting is None else counting
        if not facts or any(not f.get("series") for f in facts):
            return ""
        return str(max(facts, key=lambda f: (f["end"], order(f))).get("series", ""))

    # -- targets -----------------------------------------------------------------------

    def stated_targets(self, slug: str, moment: Moment) -> list[Fact]:
        """Every target that exists and was stated on or before the day (unknown counts), oldest first."""
        day = moment.day.isoformat()
        found = [
            f
            for f in self.targets.get(slug, ())
            if self.exists(f, moment) and f.get("stated_start", "") <= day
        ]
        return sorted(found, key=order)

    def target_state(self, fact: Fact, moment: Moment) -> tuple[str, Fact | None]:
        """How a target stands: (``standing``, ``superseded``, ``dropped`` or ``corrected``, by which fact).

        Only a revision stated, or a drop logged, on or before the due date supersedes or drops:
        a promise replaced after its date has its verdict like any other.
        """
        gone = self.withdrawal(fact, moment)
        if gone and gone.get("how") == "retracted":
            return "corrected", gone
        new = self._successor(fact, moment)
        if new and new.get("how") == "correction":
            return "corrected", new
        limit = min(fact.get("due_end", "9999"), moment.day.isoformat())
        if new and _said(new) <= limit:
            return "superseded", new
        if gone and gone.get("on", gone["at"][:10]) <= limit:
            return "dropped", gone
        return "standing", None

    def _successor(self, fact: Fact, moment: Moment) -> Fact | None:
        """The target that took this one's place, seen through entry errors of its own.

        A successor that was itself withdrawn as an entry error never was one; of one that was
        corrected the correction counts, as a revision when the first step was one.
        """
        found = sorted(
            (f for f in self._replacements.get(fact["id"], ()) if self.exists(f, moment)),
            key=order,
            reverse=True,
        )
        for new in found:
            gone = self.withdrawal(new, moment)
            if gone and gone.get("how") == "retracted":
                continue
            last = new
            while (better := self.replacement(last, moment)) and better.get("how") == "correction":
                last = better
            return {**last, "how": new.get("how", "revision")}
        return None

    def headline(self, slug: str, moment: Moment) -> Fact | None:
        """The target a row shows: the pinned, else the open one due next, else the standing one due last."""
        standing = [
            f for f in self.stated_targets(slug, moment) if self.target_state(f, moment)[0] == "standing"
        ]
        pinned = [(order(p), f) for f in standing if (p := self.pin(f, moment))]
        if pinned:
            return max(pinned, key=lambda pair: pair[0])[1]
        day = moment.day.isoformat()
        open_ones = [f for f in standing if f.get("due_end", "9999") >= day]
        if open_ones:
            soonest = min(f.get("due_end", "9999") for f in open_ones)
            return max((f for f in open_ones if f.get("due_end", "9999") == soonest), key=order)
        return max(standing, key=lambda f: (f.get("due_end", ""), order(f)), default=None)

    # -- the digest --------------------------------------------------------------------

    def digest(self) -> list[tuple[str, Fact]]:
        """The few facts that logging needs: fed to a new register it answers the same for the latest readings.

        Kept are each indicator as it stands, its targets with what was said of them, and of each
        series and coverage the `KEPT` readings that end last, pins included.
        """
        whole = Moment(date.max)
        kept: list[tuple[str, Fact]] = []
        for slug in self.slugs(whole):
            firsts = min((f for f in self.indicators[slug] if self.exists(f, whole)), key=order)
            indicator = self.indicator(slug, whole) or firsts
            kept += [("indicators", f) for f in ([firsts] if firsts is indicator else [firsts, indicator])]
            for target in self.stated_targets(slug, whole):
                kept.append(("targets", target))
                kept += self._remarks(target, whole)
            readings = self.one_per_period(self.standing_readings(slug, whole), whole)
            seen: dict[tuple[str, int], int] = {}
            for fact in reversed(readings):
                kind = (fact.get("series", ""), _days(fact) // 27)
                seen[kind] = seen.get(kind, 0) + 1
                if seen[kind] <= KEPT:
                    kept.append(("readings", fact))
                    kept += [r for r in self._remarks(fact, whole) if r[0] == "pins"]
        return kept

    def _remarks(self, fact: Fact, moment: Moment) -> list[tuple[str, Fact]]:
        found: list[tuple[str, Fact]] = []
        for table, home in (("retractions", self._withdrawals), ("pins", self._pins)):
            found += [(table, f) for f in home.get(fact["id"], ()) if self.exists(f, moment)]
        return found


def _days(fact: Fact) -> int:
    return (date.fromisoformat(fact["end"]) - date.fromisoformat(fact["start"])).days + 1


def _said(target: Fact) -> str:
    """The ISO date from which a target counts as stated: its statement, else its logging."""
    return str(target.get("stated_start") or target["at"][:10])


def _backwards(iso: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in iso.split("-"))
