"""What was said of a fact later: what took its place, who withdrew it, who pinned it."""

from __future__ import annotations

from gztrack.domain.holdings import Holdings, Moment, order
from gztrack.domain.packed import Fact, Kept, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Remarks(Holdings):
    """Facts, and what was said of each."""

    def withdrawal(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest retraction or drop of this fact, or None."""
        return max(self._existing(self._withdrawals, fact["id"], moment), key=order, default=None)

    def replacement(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest fact that took this one's place, or None."""
        return max(self._existing(self._replacements, fact["id"], moment), key=order, default=None)

    @property
    def has_pins(self) -> bool:
        """Whether anything was ever pinned: nobody need be asked about each of a million readings."""
        return bool(self._pins)

    def pin(self, fact: Fact, moment: Moment) -> Fact | None:
        """The latest pin on this fact, or on an entry of it that this one corrects; None without any."""
        if not self._pins:
            return None
        found = (pin for entry in self._earlier(fact) for pin in self._existing(self._pins, entry, moment))
        return max(found, key=order, default=None)

    def _earlier(self, fact: Fact) -> Iterator[str]:
        """Ids of the fact and of all that it corrects, one after the other."""
        seen: set[str] = set()
        known: Fact | None = fact
        while known is not None and known["id"] not in seen:  # no command writes a circle
            seen.add(known["id"])
            yield known["id"]
            before = corrected(known)
            stated = self.get(before) if before else None
            known = stated[1] if stated else None

    def children(self, fact: Fact, moment: Moment) -> list[Fact]:
        """What was built on this fact and exists: corrections, withdrawals, pins."""
        homes: tuple[Mapping[str, Sequence[Kept]], ...] = (self._replacements, self._withdrawals, self._pins)
        return [child for home in homes for child in self._existing(home, fact["id"], moment)]

    def _existing(self, home: Mapping[str, Sequence[Kept]], fact_id: str, moment: Moment) -> list[Fact]:
        """What was said of a fact, as far as it exists."""
        said = home.get(fact_id)
        return [fact for fact in map(unpacked, said) if self.exists(fact, moment)] if said else []


def corrected(fact: Fact) -> str:
    """Id of the entry that a fact puts right, or empty: what revises a target is another promise."""
    return str(fact.get("replaces", "")) if fact.get("how", "correction") == "correction" else ""
