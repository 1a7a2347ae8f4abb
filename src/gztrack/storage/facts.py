"""The facts of a journal in memory: one dict a table, fact id to fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gztrack.storage.lines import Line, dumps, in_order
from gztrack.storage.store import ENVELOPE, Fact


class Conflict(NamedTuple):
    """Two facts with one id, after a merge. The smaller (logging time, bytes) counts."""

    table: str
    kept: Fact
    other: Fact


class Facts:
    """Facts by table, growing as lines are added.

    Attributes:
        tables: Table name to its facts by id, in the order of the journal.
        conflicts: Facts whose id another fact has that counts instead.
        rewritten: A fact handed out before has given way to another one since.
    """

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Fact]] = {}
        self.conflicts: list[Conflict] = []
        self.rewritten = False

    def add(self, lines: Iterable[Line], news: list[tuple[str, Fact]] | None = None) -> None:
        """Take the facts of whole transactions in.

        Args:
            lines: Journal lines; their facts are kept, not copied.
            news: Gets every (table, fact) that was not there.

        Raises:
            ValueError: The run of a transaction is broken.
            KeyError: A line or fact lacks a field that every one has.
        """
        tables = self.tables
        for line in in_order(lines):
            tx, at, author, login = line["tx"], line["at"], line["author"], line["login"]
            for table, fact in line["facts"]:
                fact["tx"], fact["at"], fact["author"], fact["login"] = tx, at, author, login
                facts = tables.get(table)
                if facts is None:
                    facts = tables[table] = {}
                kept = facts.setdefault(fact["id"], fact)
                if kept is not fact:
                    self._settle(table, kept, fact)
                elif news is not None:
                    news.append((table, fact))

    def _settle(self, table: str, kept: Fact, other: Fact) -> None:
        """Of two facts with one id the smaller one counts, whatever order they came in."""
        if kept == other:
            return
        if _rank(other) < _rank(kept):
            self.tables[table][other["id"]] = other
            self.rewritten = True
            kept, other = other, kept
        self.conflicts.append(Conflict(table, kept, other))

    def everything(self) -> Iterator[tuple[str, Fact]]:
        """Every (table, fact) that counts now, whatever is added while it is being taken."""
        tables = [(table, facts.copy()) for table, facts in self.tables.items()]
        return ((table, fact) for table, facts in tables for fact in facts.values())


def _rank(fact: Fact) -> tuple[str, bytes, str]:
    """Logging time, then the record's bytes; the transaction only so that no two are equal."""
    record = {name: value for name, value in fact.items() if name not in ENVELOPE}
    return fact["at"], dumps(record).encode(), fact["tx"]
