"""Reading a pack: line by line, strictly, each transaction as the journal would write it.

Whatever is wrong is said with the file and the line. That nothing was cut off or altered is only
known behind the last line, so whoever reads keeps what comes until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from gztrack.domain.ids import ALPHABET, LENGTH, as_int
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.packs.layout import END, PACK, TRANSACTION, VERSION, is_logging_time
from gztrack.services.packs.sources import Source
from gztrack.services.progress import Progress
from gztrack.storage.documents import check
from gztrack.storage.lines import LINE_FACTS, Sheaf, loads
from gztrack.storage.store import ENVELOPE, Encoded, Fact

_STEP = 4096
"""After how many lines progress is told."""


class Stated(NamedTuple):
    """A transaction that came from elsewhere.

    Attributes:
        encoded: As the journal would have it.
        author: Whose it is.
        at: When it was logged.
        facts: How many facts are in it.
    """

    encoded: Encoded
    author: str
    at: str
    facts: int


class Pack:
    """A pack that is being read.

    Args:
        source: The file.
        progress: Is told how far it is; may call it off.

    Attributes:
        name: What to call it in messages.
        title: What the database was called when it was made.
        tz: The zone that its days go by.

    Raises:
        InputError: It is no pack, or a newer one.
    """

    def __init__(self, source: Source, progress: Progress | None = None) -> None:
        self.name = source.name
        self._transactions = self._facts = 0
        self._size = source.size
        self._progress = progress
        self._number, self._bytes = 1, 0
        self._seal = sha256()
        self._lines = source.lines()
        self._line = next(self._lines, b"")
        if not self._line.endswith(b"\n"):
            raise self._cut_off()
        self.title, self.tz = self._head(self._object(self._json()))

    def __iter__(self) -> Iterator[Stated]:
        """Its transactions, each checked; the pack is whole when they come to an end.

        Raises:
            InputError: A line breaks a rule, the last one is missing, or something was altered.
        """
        self._next()
        found = self._json()
        while not self._is_end(found):
            head = self._object(found)
            sheaf, before = self._sheaf(head), self._facts
            chunk: list[tuple[str, Fact]] = []
            self._next()
            if not isinstance(found := self._json(), list):
                raise self._wrong(tr("the transaction in the line before it has no facts"))
            while isinstance(found, list):
                chunk.append(self._fact(found))
                self._next()
                if len(chunk) == LINE_FACTS:
                    self._add(sheaf, chunk, self._number - len(chunk))
                    chunk = []
                found = self._json()
            self._add(sheaf, chunk, self._number - len(chunk))
            self._transactions += 1
            yield Stated(sheaf.closed(), head["author"], head["at"], self._facts - before)
        self._finish(found)

    def _next(self) -> None:
        """Go on to the next line.

        Raises:
            InputError: There is none.
        """
        self._seal.update(self._line)
        self._bytes += len(self._line)
        self._number += 1
        if self._progress is not None and self._number % _STEP == 0:
            self._progress(self._bytes, self._size, unit="bytes")
        self._line = next(self._lines, b"")
        if not self._line.endswith(b"\n"):
            raise self._cut_off()

    def _cut_off(self) -> InputError:
        return self._wrong(tr("the pack breaks off here, for its last line is missing: take another copy"))

    def _wrong(self, problem: str, line: int = 0) -> InputError:
        where = {"name": self.name, "line": line or self._number}
        return InputError(tr("{name}, line {line}: {problem}", **where, problem=problem))

    def _json(self) -> Any:
        try:
            return loads(self._line)
        except ValueError:
            raise self._wrong(tr("no JSON, or nested too deep")) from None

    def _object(self, found: Any) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise self._wrong(tr("no JSON object"))
        return found

    def _head(self, head: dict[str, Any]) -> tuple[str, str]:
        version = head.get("version")
        if head.get("gztrack") != PACK or not isinstance(version, int) or isinstance(version, bool):
            raise self._wrong(tr("no pack; gztrack export -f pack writes one"))
        if version != VERSION:
            raise self._wrong(
                tr(
                    "a pack of version {version}, and this gztrack reads version {own}: upgrade gztrack",
                    version=version,
                    own=VERSION,
                )
            )
        title, tz = head.get("title"), head.get("tz")
        if not isinstance(title, str) or not isinstance(tz, str):
            raise self._wrong(tr("title and tz are texts"))
        return title, tz

    @staticmethod
    def _is_end(found: Any) -> bool:
        return isinstance(found, dict) and found.get("gztrack") == END

    def _sheaf(self, head: dict[str, Any]) -> Sheaf:
        """The transaction that a line begins."""
        if set(head) != set(TRANSACTION) or not all(isinstance(value, str) for value in head.values()):
            fields = ", ".join(TRANSACTION)
            raise self._wrong(
                tr("a transaction's line holds the texts {fields}, and no other", fields=fields)
            )
        if not is_logging_time(head["at"]):
            said = clean(head["at"])[:40]
            raise self._wrong(
                tr("at: '{text}' is no logging time; one is like 2026-11-24T09:30:00.000000Z", text=said)
            )
        self._check_id(head["tx"])
        try:
            return Sheaf(*(head[name] for name in TRANSACTION))
        except InputError as error:
            raise self._wrong(clean(str(error))) from None

    def _check_id(self, found: Any) -> None:
        try:
            as_int(found if isinstance(found, str) else "")
        except ValueError:
            said = {"text": clean(str(found))[:40], "n": LENGTH, "alphabet": ALPHABET}
            raise self._wrong(
                tr("'{text}' is no id; an id is {n} characters of {alphabet}", **said)
            ) from None

    def _fact(self, found: list[Any]) -> tuple[str, Fact]:
        if len(found) != 2 or not isinstance(found[0], str) or not isinstance(found[1], dict):
            raise self._wrong(tr("a fact's line holds the name of its table and an object"))
        table, record = found
        self._check_id(record.get("id"))
        if not table or not record.keys().isdisjoint(ENVELOPE):
            fields = ", ".join(ENVELOPE)
            raise self._wrong(tr("a fact has a table, and none of the fields {fields}", fields=fields))
        try:
            check(table, record)
        except (InputError, TypeError) as error:
            raise self._wrong(clean(str(error))) from None
        self._facts += 1
        return table, record

    def _add(self, sheaf: Sheaf, facts: list[tuple[str, Fact]], first: int) -> None:
        """Take facts whose lines begin at a number."""
        try:
            sheaf.add(facts)
        except InputError:
            for number, fact in enumerate(facts, first):  # which of them it is
                try:
                    sheaf.add([fact])
                except InputError as error:
                    raise self._wrong(clean(str(error)), number) from None
            raise

    def _finish(self, end: dict[str, Any]) -> None:
        """Hold the last line against what stands before it."""
        stated = end.get("transactions"), end.get("facts")
        if end.get("sha256") != self._seal.hexdigest() or stated != (self._transactions, self._facts):
            raise self._wrong(
                tr("does not fit the lines before it, so something in them was altered: take another copy")
            )
        if next(self._lines, b"").strip():
            self._number += 1
            raise self._wrong(tr("stands behind the end of the pack"))
