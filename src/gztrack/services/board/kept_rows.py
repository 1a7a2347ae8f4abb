"""The board's rows, kept: one is reckoned again only when something of its indicator changed."""

from __future__ import annotations

from gztrack.domain.register import Fact, Moment, Register
from gztrack.language import manner
from gztrack.services.board.rows import arranged, row
from gztrack.services.views import Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

GENERATIONS = 2
"""Of how many moments and methods rows are kept: today's, while somebody looks at another day."""

Key = tuple[Moment, str, str, bool, str]
"""What rows depend on besides their own facts: moment, method, the usual method, with or without a forecast,
and the language of their reasons."""


class KeptRows:
    """Rows of a register, by what they were reckoned for.

    A row goes by the facts of its own indicator alone, but for its depth, which is set each time.
    """

    def __init__(self) -> None:
        self._kept: dict[Key, dict[str, Row]] = {}

    def forget(self, slugs: Iterable[str]) -> None:
        """Have the rows of these indicators reckoned again when they are asked for."""
        for slug in slugs:
            for known in self._kept.values():
                known.pop(slug, None)

    def board(
        self,
        register: Register,
        indicators: Iterable[Fact],
        moment: Moment,
        method: str,
        *,
        project: bool = False,
    ) -> tuple[Row, ...]:
        """The rows of these indicators, in board order.

        Args:
            register: The facts; `forget` must have been told which indicators changed.
            indicators: As they stand at the moment.
            moment: As of when.
            method: How every status is reckoned; empty for each indicator's own method.
            project: Each with its forecast.
        """
        known = self._generation((moment, method, register.usual_method(moment), project, manner()))
        return tuple(
            self._row(known, register, fact, moment, method, depth, project)
            for fact, depth in arranged(indicators)
        )

    def _generation(self, key: Key) -> dict[str, Row]:
        """The rows reckoned for these, which are now the ones asked for last."""
        known = self._kept[key] = self._kept.pop(key, {})
        while len(self._kept) > GENERATIONS:
            del self._kept[next(iter(self._kept))]
        return known

    def _row(
        self,
        known: dict[str, Row],
        register: Register,
        fact: Fact,
        moment: Moment,
        method: str,
        depth: int,
        project: bool,
    ) -> Row:
        slug = fact["indicator"]
        found = known.get(slug)
        if found is None:
            found = known[slug] = row(register, fact, moment, method, depth=depth, project=project)
        elif found.depth != depth:
            found = known[slug] = found._replace(depth=depth)
        return found
