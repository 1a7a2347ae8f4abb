"""The facts of a journal in memory: one dict a table, fact id to fact, readings packed."""

from __future__ import annotations

from _operator import itemgetter

from gztrack.domain.packed import Kept, kept, unpacked
from gztrack.light import NamedTuple
from gztrack.storage.lines import Line, dumps, in_order
from gztrack.storage.store import ENVELOPE, Fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

News = dict[str, list[Kept]]
"""Table name to facts that were not there before."""

_written = itemgetter(*ENVELOPE, "facts")


class Conflict(NamedTuple):
    """Two facts with one id, after a merge. The smaller (logging time, bytes) counts."""

    table: str
    kept: Fact
    other: Fact


class Facts:
    """Facts by table, growing as lines are added.

    Attributes:
        tables: Table name to its facts by id, in the order of the journal.
        rewritten: A fact handed out before has given way to another one since.
    """

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Kept]] = {}
        self.rewritten = False
        self._words: dict[str, str] = {}
        self._versions: dict[tuple[str, str], list[Kept]] = {}

    def add(self, lines: Iterable[Line], news: News | None = None) -> None:
        """Take the facts of whole transactions in.

        Args:
            lines: Journal lines; what is not packed of their facts is kept, not copied.
            news: Gets every fact that was not there.

        Raises:
            ValueError: The run of a transaction is broken.
            KeyError: A line or fact lacks a field that every one has.
        """
        tables = self.tables
        for table, fact_id, fact in kept(map(_written, in_order(lines)), self._words):
            facts = tables.get(table)
            if facts is None:
                facts = tables[table] = {}
            there = facts.setdefault(fact_id, fact)
            if there is not fact:
                self._settle(table, fact_id, there, fact)
            elif news is not None:
                news.setdefault(table, []).append(fact)

    def _settle(self, table: str, fact_id: str, there: Kept, new: Kept) -> None:
        """Of facts with one id the smallest counts, whatever order they came in."""
        versions = self._versions.get((table, fact_id), [there])
        if any(rank(new) == rank(version) for version in versions):
            return
        self._versions[table, fact_id] = sorted([*versions, new], key=rank)
        if rank(new) < rank(there):
            self.tables[table][fact_id] = new
            self.rewritten = True

    @property
    def conflicts(self) -> list[Conflict]:
        """Facts whose id another one has that counts instead; the same after any order of lines."""
        return [
            Conflict(table, unpacked(versions[0]), unpacked(other))
            for (table, _), versions in sorted(self._versions.items(), key=itemgetter(0))
            for other in versions[1:]
        ]

    def everything(self) -> News:
        """Every fact that counts now, by table."""
        return {table: list(facts.values()) for table, facts in self.tables.items()}


def pairs(tables: News) -> Iterator[tuple[str, Fact]]:
    """(table, fact) of every fact, one table after the other."""
    return ((table, unpacked(fact)) for table, facts in tables.items() for fact in facts)


def rank(fact: Kept) -> tuple[str, bytes, str, str, str]:
    """Logging time, then the record's bytes; the rest only so that no two that differ are equal."""
    whole = unpacked(fact)
    record = sorted((name, value) for name, value in whole.items() if name not in ENVELOPE)
    return whole["at"], dumps(record).encode(), whole["tx"], whole["author"], whole["login"]
