"""Promises: which targets stand, which were moved or dropped, and which were entry errors.

A promise is entered once, and each correction of an entry error is an entry of the same promise:
the last one says what was promised. A revision is another promise that takes its place. Whoever
retracts an entry that corrects takes the whole promise back, as with readings; whoever retracts a
revision says that the promise was never moved.
"""

from __future__ import annotations

from gztrack.domain.holdings import Moment, order
from gztrack.domain.packed import Fact
from gztrack.domain.remarks import Remarks, corrected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER = "9999"
"""After every date."""

State = tuple[str, Fact | None]
"""``standing``, ``superseded``, ``dropped`` or ``corrected``, and by which fact."""

STANDING: State = ("standing", None)
_SAME = ("indicator", "value", "high", "comparator", "over_start", "over_end")
"""Two entries that agree in these and fall due on one day are one promise, stated twice."""


class Promises(Remarks):
    """Facts, what was said of each, and what became of targets."""

    def stated_targets(self, slug: str, moment: Moment) -> list[Fact]:
        """Every target that exists and was stated on or before the day (unknown counts), oldest first."""
        day = moment.day.isoformat()
        found = [
            f
            for f in self.targets.get(slug, ())
            if self.exists(f, moment) and f.get("stated_start", "") <= day
        ]
        return sorted(found, key=order)

    def entries(self, target: Fact, moment: Moment) -> list[Fact]:
        """A promise as it was first entered and each correction of that, the one that holds last."""
        first, seen = target, {target["id"]}
        while (before := corrected(first)) and before not in seen:  # no command writes a circle
            known = self.get(before)
            if known is None or not self.exists(known[1], moment):
                break
            first = known[1]
            seen.add(before)
        found, seen = [first], {first["id"]}
        while better := self._correction(found[-1], moment):
            if better["id"] in seen:
                break
            seen.add(better["id"])
            found.append(better)
        return found

    def _correction(self, entry: Fact, moment: Moment) -> Fact | None:
        found = self._existing(self._replacements, entry["id"], moment)
        return max((f for f in found if f.get("how") == "correction"), key=order, default=None)

    def target_state(self, fact: Fact, moment: Moment) -> State:
        """How a target stands, and by which fact.

        Only a revision stated, or a drop logged, on or before the due date supersedes or drops:
        a promise replaced after its date has its verdict like any other. What happens to a promise
        happens to it wherever it was read: a second source's entry of it goes with the first.
        """
        if self.get(fact["id"]) is None:
            return STANDING  # a form's, not written yet
        state = self._own_state(fact, moment)
        if state[0] != "standing":
            return state
        for twin in self.targets.get(fact["indicator"], ()):
            if twin["id"] == fact["id"] or not same_promise(twin, fact) or not self.exists(twin, moment):
                continue
            word, by = self._own_state(twin, moment)
            if word not in ("superseded", "dropped") or by is None or by["id"] == fact["id"]:
                continue
            if fact.get("stated_start", "") <= self.said_on(by):  # else it was promised anew
                return word, by
        return STANDING

    def _own_state(self, fact: Fact, moment: Moment) -> State:
        if not (fact["id"] in self._withdrawals or fact["id"] in self._replacements or corrected(fact)):
            return STANDING
        entries = self.entries(fact, moment)
        if entries[-1]["id"] != fact["id"]:
            return "corrected", entries[-1]
        gone = self.withdrawal(fact, moment)
        if gone and gone.get("how") == "retracted":
            return "corrected", gone
        limit = min(last_day(fact), moment.day.isoformat())
        new = self._revision(entries, moment)
        if new and self.said_on(new) <= limit:
            return "superseded", new
        dropped = self._drop(entries, moment)
        if dropped and self.said_on(dropped) <= limit:
            return "dropped", dropped
        return STANDING

    def _revision(self, entries: Iterable[Fact], moment: Moment) -> Fact | None:
        """The promise that took this one's place, as it was last entered; one taken back never did."""
        later = [
            fact for entry in entries for fact in self._existing(self._replacements, entry["id"], moment)
        ]
        for new in sorted((f for f in later if not corrected(f)), key=order, reverse=True):
            last = self.entries(new, moment)[-1]
            gone = self.withdrawal(last, moment)
            if not (gone and gone.get("how") == "retracted"):
                return {**last, "how": "revision"}
        return None

    def _drop(self, entries: Iterable[Fact], moment: Moment) -> Fact | None:
        gone = [fact for entry in entries for fact in self._existing(self._withdrawals, entry["id"], moment)]
        return max((fact for fact in gone if fact.get("how") == "dropped"), key=order, default=None)

    def successor(self, fact: Fact, moment: Moment) -> Fact | None:
        """The promise that took this one's place, whenever that was; None while none has."""
        return self._revision(self.entries(fact, moment), moment)

    def drop(self, fact: Fact, moment: Moment) -> Fact | None:
        """The withdrawal of this promise, whenever that was; None while there is none."""
        return self._drop(self.entries(fact, moment), moment)

    def revised(self, fact: Fact, moment: Moment) -> tuple[Fact, Fact] | None:
        """What a promise took the place of, as last entered, and the entry that says why; None for a new one."""
        first = self.entries(fact, moment)[0]
        known = self.get(first.get("replaces", "")) if first.get("how") == "revision" else None
        return (self.entries(known[1], moment)[-1], first) if known else None

    def said_on(self, fact: Fact) -> str:
        """The ISO date from which a target counts as stated, or a withdrawal as made: as it says, else its logging."""
        return str(fact.get("stated_start") or fact.get("on") or self.day_of(fact["at"]))

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
        return max(standing, key=lambda f: (last_day(f), order(f)), default=None)


def same_promise(one: Fact, other: Fact) -> bool:
    """Whether two targets say the same: one promise, read in two places."""
    return all(one.get(name) == other.get(name) for name in _SAME) and last_day(one) == last_day(other)


def last_day(target: Fact) -> str:
    """The ISO date on which a target falls due, a total with its span; after all others without one."""
    return str(target.get("due_end") or target.get("over_end") or NEVER)
