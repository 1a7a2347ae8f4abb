"""Looking over the facts of sealed lines: are they what this program writes, and do they hang together?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import orjson

from gztrack.domain.ids import as_int
from gztrack.domain.text import clean
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.storage.documents import DocumentError, check
from gztrack.storage.files import FACTS
from gztrack.storage.health.findings import DAMAGE, NOTE, WARNING, Finding
from gztrack.storage.lines import loads
from gztrack.storage.store import ENVELOPE, Fact, stamp

_TIME = re.compile(r"(?:19|20|21)\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{6}Z")
"""A logging time, as `gztrack.storage.store.stamp` writes it, in the years that dates are bound to."""

_DAY = 86_400 * 10**9
_LISTED = 20
_SHOWN = 3
_ONE = {
    "indicators": term("indicator"),
    "readings": term("reading"),
    "targets": term("target"),
    "retractions": term("retraction"),
    "pins": term("pin"),
    "undos": term("undo"),
    "settings": term("setting"),
}
"""What one fact of a table is called."""


class Contents(NamedTuple):
    """What lines hold.

    Attributes:
        facts: How many facts.
        transactions: In how many transactions.
        findings: What is wrong with them.
        unusable: Places, in the list given, of lines that nothing can be made of.
    """

    facts: int
    transactions: int
    findings: list[Finding]
    unusable: list[int]


def examined(lines: list[bytes]) -> Contents:
    """Look over the lines of a journal after its header."""
    look = _Look(lines)
    for at, line in enumerate(lines):
        look.line(at, line)
    look.references()
    return Contents(look.facts, look.transactions, look.found, look.unusable)


class _Look:
    """One pass over the lines."""

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines
        self.facts = 0
        self.transactions = 0
        self.found: list[Finding] = []
        self.unusable: list[int] = []
        self._seen: dict[str, int] = {}
        self._transactions: set[str] = set()
        self._named: list[tuple[str, str, int]] = []
        self._latest = stamp(time.time_ns() + _DAY)

    def line(self, at: int, line: bytes) -> None:
        """Look over one line; its number in the file is two more than its place after the header."""
        number = at + 2
        try:
            fields = orjson.loads(line)
            envelope = [fields[name] for name in (*ENVELOPE, "action")]
            facts = [(table, fact, fact["id"]) for table, fact in fields["facts"]]
            as_int(fields["tx"])
            if (
                not facts
                or not all(isinstance(each, str) for each in envelope)
                or not _TIME.fullmatch(fields["at"])
            ):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            self._bad(at, tr("is sealed and yet no transaction of this program"))
            return
        if fields["at"] > self._latest:
            self._tell(
                WARNING,
                number,
                tr("was logged on {at}, in the future", at=clean(fields["at"])),
                tr("set the clock of that host"),
            )
        for table, fact, fact_id in facts:
            try:
                check(table, fact)
            except (DocumentError, TypeError) as error:
                self._bad(at, tr("holds what nothing can be reckoned with: {error}", error=clean(str(error))))
                return
            self._remember(number, table, fact, fact_id)
        if "commit" in fields:
            self.transactions += 1
        self._transactions.add(fields["tx"])
        self.facts += len(facts)

    def _remember(self, number: int, table: str, fact: Fact, fact_id: str) -> None:
        known = self._seen.setdefault(fact_id, number)
        if known != number and self._at(known, fact_id) != fact:
            what = tr(
                "the fact {fact_id} is on line {known} too, with another content, as after a merge",
                fact_id=fact_id,
                known=known,
            )
            self._tell(NOTE, number, what, tr("the one logged first counts"))
        for name in ("replaces", "of"):
            if fact.get(name):
                self._named.append((table, fact[name], number))

    def _at(self, number: int, fact_id: str) -> Fact | None:
        """A fact of a line that was good."""
        facts = orjson.loads(self._lines[number - 2])["facts"]
        return next((fact for _, fact in facts if fact["id"] == fact_id), None)

    def references(self) -> None:
        """Whether what facts refer to is there."""
        for table, named, number in self._named:
            if named not in self._seen and named not in self._transactions:
                other = clean(str(named))[-6:]
                what = tr(
                    "an entry in {table} corrects, withdraws or pins one that is not here (...{other})",
                    table=clean(table),
                    other=other,
                )
                self._tell(
                    WARNING,
                    number,
                    what,
                    tr("gztrack merge brings it back from a copy or a backup that has it"),
                )

    def _bad(self, at: int, what: str) -> None:
        self.unusable.append(at)
        self._tell(DAMAGE, at + 2, what, tr("gztrack doctor --repair sets it aside"))

    def _tell(self, weight: str, number: int, what: str, advice: str) -> None:
        if weight == DAMAGE or len(self.found) < _LISTED:
            self.found.append(Finding(weight, FACTS, number, what, advice))


def told_of(raw: bytes, most: int = _SHOWN) -> str:
    """What a line says, in a few words, so that a person can enter it again; empty for no line.

    Args:
        raw: The line.
        most: How many of its facts are told.
    """
    try:
        fields = loads(raw)
        author = clean(str(fields["author"]))
        return tr("; ").join(
            tr("{what} by {author}", what=each, author=author) for each in _facts_told(fields["facts"], most)
        )
    except (ValueError, KeyError, TypeError):
        return ""


def _facts_told(facts: list[tuple[str, dict[str, Any]]], most: int) -> Iterator[str]:
    for number, (table, fact) in enumerate(facts):
        if number == most:
            yield tr("and {n:,} more", n=len(facts) - number)
            return
        about = [str(fact[name]) for name in ("indicator", "value", "of") if name in fact]
        what = " ".join([tr(_ONE.get(str(table)) or str(table).removesuffix("s")), *about])
        if "period" in fact:
            what = tr("{what} for {period}", what=what, period=fact["period"])
        elif "due" in fact:
            what = tr("{what} due {due}", what=what, due=fact["due"])
        yield clean(what)
