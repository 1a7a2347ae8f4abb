"""Which facts count: corrections, withdrawals, pins and the clocks, resolved in one place.

A `Register` answers for a date and a logging time. It has no I/O and no clock. Light:
``gztrack log`` asks a register that was fed only the few facts of the heads file, every other
command one that was fed the whole journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

from gztrack.domain.holdings import NEEDED, Holdings, Moment, order
from gztrack.domain.packed import AT, END, ID, START, Fact, Kept, Packed, Readings, unpacked, written_by
from gztrack.domain.records import USUAL

__all__ = ["KEPT", "NEEDED", "Fact", "Moment", "Rank", "Register", "order"]

Rank = tuple[tuple[str, str], tuple[str, str]]
"""When a fact was pinned, then when it was logged; the greater one counts."""

NEVER = "9999"
"""After every date."""

KEPT = 24
"""How many of the latest counting readings of one series and coverage a digest keeps."""


class Register(Holdings):
    """Facts by indicator, and which of them count."""

    # -- what was said of a fact -------------------------------------------------------

    def withdrawal(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest retraction or drop of this fact, or None."""
        return max(self._existing(self._withdrawals, fact["id"], moment), key=order, default=None)

    def replacement(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest fact that took this one's place, or None."""
        return max(self._existing(self._replacements, fact["id"], moment), key=order, default=None)

    def pin(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest pin on this fact, or None."""
        if fact["id"] not in self._pins:
            return None
        return max(self._existing(self._pins, fact["id"], moment), key=order, default=None)

    def children(self, fact: Fact, moment: Moment) -> list[Fact]:
        """What was built on this fact and exists: corrections, withdrawals, pins."""
        homes: tuple[Mapping[str, Sequence[Kept]], ...] = (self._replacements, self._withdrawals, self._pins)
        return [child for home in homes for child in self._existing(home, fact["id"], moment)]

    def _existing(self, home: Mapping[str, Sequence[Kept]], fact_id: str, moment: Moment) -> list[Fact]:
        """What was said of a fact, as far as it exists."""
        said = home.get(fact_id)
        return [fact for fact in map(unpacked, said) if self.exists(fact, moment)] if said else []

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

    def setting(self, name: str, moment: Moment) -> str:
        """What was chosen last for the whole database, or empty."""
        found = [fact for fact in self.settings.get(name, ()) if self.exists(fact, moment)]
        return str(max(found, key=order)["value"]) if found else ""

    def usual_method(self, moment: Moment) -> str:
        """The method of every indicator that has none of its own."""
        return self.setting("method", moment) or USUAL

    def method(self, indicator: Fact, moment: Moment) -> str:
        """The method that an indicator's status is reckoned by: its own, else the database's."""
        return str(indicator.get("method") or self.usual_method(moment))

    # -- readings ----------------------------------------------------------------------

    def standing_readings(self, slug: str, moment: Moment) -> Readings:
        """Readings that exist and are neither replaced nor withdrawn, of any date, unordered."""
        found = Readings(list(self._readings.get(slug, ())))
        undone = self.undone(moment.logged_by)
        if undone:
            dead = {reading[ID] for reading in written_by(found.packed, undone)}
            found = Readings([reading for reading in found.packed if reading[ID] not in dead])
        if moment.logged_by:
            found = Readings([reading for reading in found.packed if reading[AT] <= moment.logged_by])
        if moment.published_by:
            dates = zip(found.packed, found.column("published", ""), strict=True)
            found = Readings([reading for reading, day in dates if "" < day <= moment.published_by])
        if self._withdrawals or self._replacements:
            found = Readings(
                [reading for reading in found.packed if not self._displaced(reading[ID], moment)]
            )
        return found

    def _displaced(self, reading: str, moment: Moment) -> bool:
        """Whether a reading was withdrawn or another one has taken its place."""
        if reading in self._withdrawals and self._existing(self._withdrawals, reading, moment):
            return True
        if reading not in self._replacements:
            return False
        # By publication only a correction counts that was published by then itself.
        limit = moment.published_by
        found = self._existing(self._replacements, reading, moment)
        return any(not limit or "" < fact.get("published", "") <= limit for fact in found)

    def rank(self, fact: Fact, moment: Moment) -> Rank:
        """What decides between facts that say the same thing: the latest pin, else the latest logging."""
        pinned = self.pin(fact, moment) if fact["id"] in self._pins else None
        return order(pinned) if pinned else ("", ""), order(fact)

    def one_per_period(self, facts: Iterable[Fact], moment: Moment) -> Readings:
        """Of several readings of one series and period the pinned one, else the one logged last.

        Returned by period end, then length, shortest first.
        """
        readings = facts if isinstance(facts, Readings) else self._packed(facts)
        ends = readings.column("end")
        if len(set(ends)) == len(ends):  # none competes
            in_order = ends == sorted(ends)
            return readings if in_order else Readings(sorted(readings.packed, key=itemgetter(END)))
        best: dict[tuple[str, str, str], Packed] = {}
        for reading, series in zip(readings.packed, readings.column("series", ""), strict=True):
            place = series, reading[START], reading[END]
            other = best.setdefault(place, reading)
            if other is not reading and self._outranks(reading, other, moment):
                best[place] = reading
        chosen = list(best.values())
        if len({reading[END] for reading in chosen}) < len(chosen):
            chosen = [best[place] for place in sorted(best, key=itemgetter(0))]
            chosen.sort(key=itemgetter(START), reverse=True)
        chosen.sort(key=itemgetter(END))
        return Readings(chosen)

    def _packed(self, facts: Iterable[Fact]) -> Readings:
        by_id = self._readings_by_id
        return Readings([found for fact in facts if not isinstance(found := by_id[fact["id"]], dict)])

    def _outranks(self, reading: Packed, other: Packed, moment: Moment) -> bool:
        if reading[ID] not in self._pins and other[ID] not in self._pins:
            return (reading[AT], reading[ID]) > (other[AT], other[ID])
        return self.rank(unpacked(reading), moment) > self.rank(unpacked(other), moment)

    def counting(self, slug: str, moment: Moment) -> Readings:
        """The readings that count as of the moment, every series, one a period, oldest end first."""
        day = moment.day.isoformat()
        standing = self.standing_readings(slug, moment).packed
        return self.one_per_period(Readings([reading for reading in standing if reading[END] <= day]), moment)

    def series(self, slug: str, moment: Moment, counting: Sequence[Fact] | None = None) -> str:
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
        if fact["id"] not in self._withdrawals and fact["id"] not in self._replacements:
            return "standing", None
        gone = self.withdrawal(fact, moment)
        if gone and gone.get("how") == "retracted":
            return "corrected", gone
        new = self.successor(fact, moment)
        if new and new.get("how") == "correction":
            return "corrected", new
        limit = min(last_day(fact), moment.day.isoformat())
        if new and _said(new) <= limit:
            return "superseded", new
        if gone and gone.get("on", gone["at"][:10]) <= limit:
            return "dropped", gone
        return "standing", None

    def successor(self, fact: Fact, moment: Moment) -> Fact | None:
        """The target that took this one's place, seen through entry errors of its own.

        A successor that was itself withdrawn as an entry error never was one; of one that was
        corrected the correction counts, as a revision when the first step was one.
        """
        found = sorted(self._existing(self._replacements, fact["id"], moment), key=order, reverse=True)
        for new in found:
            gone = self.withdrawal(new, moment)
            if gone and gone.get("how") == "retracted":
                continue
            last, seen = new, {fact["id"], new["id"]}
            while (better := self.replacement(last, moment)) and better.get("how") == "correction":
                if better["id"] in seen:  # a circle, which no command writes
                    break
                seen.add(better["id"])
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
        open_ones = [f for f in standing if last_day(f) >= day]
        if open_ones:
            soonest = min(map(last_day, open_ones))
            return max((f for f in open_ones if last_day(f) == soonest), key=order)
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
            series = readings.column("series", "")
            for reading, name in zip(reversed(readings.packed), reversed(series), strict=True):
                kind = name, _days(reading[START], reading[END]) // 27
                seen[kind] = seen.get(kind, 0) + 1
                if seen[kind] <= KEPT:
                    fact = unpacked(reading)
                    kept.append(("readings", fact))
                    kept += [r for r in self._remarks(fact, whole) if r[0] == "pins"]
        return kept

    def _remarks(self, fact: Fact, moment: Moment) -> list[tuple[str, Fact]]:
        found: list[tuple[str, Fact]] = []
        for table, home in (("retractions", self._withdrawals), ("pins", self._pins)):
            found += [(table, f) for f in home.get(fact["id"], ()) if self.exists(f, moment)]
        return found


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def last_day(target: Fact) -> str:
    """The ISO date on which a target falls due, a total with its span; after all others without one."""
    return str(target.get("due_end") or target.get("over_end") or NEVER)


def _said(target: Fact) -> str:
    """The ISO date from which a target counts as stated: its statement, else its logging."""
    return str(target.get("stated_start") or target["at"][:10])
