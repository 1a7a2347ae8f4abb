"""The readings behind a report, as data: there may be a hundred thousand of them."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.services.board.details import Standing
from gztrack.services.views import Origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.domain.register import Fact
    from gztrack.export.forms import Item
    from gztrack.export.report_parts import Sources


class ReadingForms:
    """Readings as the JSON snapshot has them.

    Args:
        sources: Numbers their sources.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._origins: dict[tuple[str, str, str], tuple[Item, int | None]] = {}

    def of(self, standing: Iterable[Standing]) -> list[Item]:
        """Those of one indicator."""
        return [self._form(each) for each in standing]

    def _form(self, each: Standing) -> Item:
        fact, why, pin, _ = each
        origin, number = self._origin(fact)
        series, note = fact.get("series"), fact.get("note")
        return {
            "value": fact["value"],
            "qualifier": fact.get("qualifier", "exact"),
            "period": fact["period"],
            "period_start": fact["start"],
            "period_end": fact["end"],
            "series": (clean(series) or None) if series else None,
            "provisional": fact.get("status") == "provisional",
            "inferred": list(fact.get("inferred", ())),
            **origin,
            "note": (clean(note) or None) if note else None,
            "standing": why,
            "pinned": pin is not None,
            "pin_reason": clean(pin.get("reason", "")) or None if pin else None,
            "source_number": number,
        }

    def _origin(self, fact: Fact) -> tuple[Item, int | None]:
        """Where it comes from, and the number of that; a few sources stand behind all readings."""
        said = fact.get("source", ""), fact.get("source_url", ""), fact.get("published", "")
        found = self._origins.get(said)
        if found is None:
            source, url, published = clean(said[0]), clean(said[1]), said[2]
            form = {"source": source or None, "source_url": url or None, "published": published or None}
            number = self._sources.number(Origin(source, url, published)) or None
            found = self._origins[said] = form, number
        return found
