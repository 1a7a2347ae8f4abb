"""Which facts count: corrections, withdrawals, pins and the clocks, resolved in one place.

A `Register` answers for a date and a logging time. It has no I/O and no clock. Light:
``gztrack log`` asks a register that was fed only the few facts of the heads file, every other
command one that was fed the whole journal.
"""

from __future__ import annotations

from _operator import itemgetter
from datetime import date

from gztrack.domain.holdings import NEEDED, Moment, order
from gztrack.domain.packed import AT, END, ID, START, Fact, Packed, Readings, unpacked, written_by
from gztrack.domain.promises import Promises, last_day
from gztrack.domain.records import USUAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["KEPT", "NEEDED", "Fact", "Moment", "Rank", "Register", "last_day", "order"]

Rank = tuple[tuple[str, str], tuple[str, str]]
"""When a fact was pinned, then when it was logged; the greater one counts."""

KEPT = 24
"""How many of the latest counting readings of one series and coverage a digest keeps."""


class Register(Promises):
    """Facts by indicator, and which of them count.

    Attributes:
        nameable: Whether an indicator may be named to somebody who asks for another one; None for all of them.
    """

    nameable: Callable[[str], bool] | None = None

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
        return self.correction(reading, moment) is not None

    def correction(self, reading: str, moment: Moment) -> Fact | None:
        """The latest correction of a reading, by its id; by publication one that was published by then itself."""
        limit = moment.published_by
        found = self._existing(self._replacements, reading, moment)
        known = (fact for fact in found if not limit or "" < fact.get("published", "") <= limit)
        return max(known, key=order, default=None)

    def rank(self, fact: Fact, moment: Moment) -> Rank:
        """What decides between facts that say the same thing: the latest pin, else the latest logging."""
        pinned = self.pin(fact, moment)
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
        if not self._pins:
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

    # -- the digest --------------------------------------------------------------------

    def digest(self) -> list[tuple[str, Fact]]:
        """The few facts that logging needs: fed to a new register it answers the same for the latest readings.

        Kept are each indicator as it stands, its targets with what was said of them, and of each
        series and coverage the `KEPT` readings that end last, pins included.
        """
        whole = Moment(date.max)
        kept: list[tuple[str, Fact]] = [
            ("settings", fact)
            for found in self.settings.values()
            for fact in sorted((f for f in found if self.exists(f, whole)), key=order)[-1:]
        ]
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
                kind = name, coverage(reading[START], reading[END])
                seen[kind] = seen.get(kind, 0) + 1
                if seen[kind] <= KEPT:
                    fact = unpacked(reading)
                    kept.append(("readings", fact))
                    pin = self.pin(fact, whole)
                    # It may be on an entry that this one corrects, which is not kept.
                    kept += [("pins", {**pin, "of": fact["id"]})] if pin else []
        return kept

    def _remarks(self, target: Fact, moment: Moment) -> list[tuple[str, Fact]]:
        found: list[tuple[str, Fact]] = []
        for table, home in (("retractions", self._withdrawals), ("pins", self._pins)):
            found += [(table, f) for f in home.get(target["id"], ()) if self.exists(f, moment)]
        return found


def coverage(start: str, end: str) -> int:
    """About how many months a period covers: alike for periods that are held against each other."""
    return ((date.fromisoformat(end) - date.fromisoformat(start)).days + 1) // 27
