"""What a damaged journal said: which lines are proven, which are lost, and where.

Every line names, in its seal, the checksum of all that came before it. So the lines of a journal
can be put back in their order whatever was put between, doubled, swapped or done to their line
ends, and a single flipped bit shows, by the difference of the checksums, where it was. When the
chain so found reaches the mark, every byte of the original is known again and reading may go on.
Where it breaks something is lost; what follows is kept as far as each line's own checksum holds.

The whole file is in memory here: this runs on damage only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage.health import flips
from gztrack.storage.health.chain import state_before
from gztrack.storage.lines import OPENING, SEAL, claimed, committed_end, is_intact, verified
from gztrack.storage.lock import Mark
from gztrack.storage.scan import diagnosis, is_torn, looks_torn

_BOM = b"\xef\xbb\xbf"
_SEARCHES = 20
"""In how many places a flipped bit is looked for: a file with more of them was not hit by chance."""

_REGION = 3
"""How many lines one flipped bit can bring into disorder: a new or a lost line end joins or parts two."""


class Flaw(NamedTuple):
    """One thing that is wrong with a journal.

    Attributes:
        line: Its line in the file, from 1.
        what: What is wrong, in words.
        lost: Something that was acknowledged cannot be told any more.
        raw: The bytes it is about, to be kept where a person can look at them.
    """

    line: int
    what: str
    lost: bool = False
    raw: bytes = b""


class Mended(NamedTuple):
    """What can be told of a journal.

    Attributes:
        lines: Its lines, header first, as they were written.
        flaws: What was wrong, in the order of the file.
        torn: What a write left at the end that was cut off and never acknowledged.
        whole: The lines are, byte by byte, the original up to its mark and past it.
    """

    lines: list[bytes]
    flaws: list[Flaw]
    torn: bytes
    whole: bool


class _Piece(NamedTuple):
    """A line of the file: its number and its bytes, line ends put right."""

    number: int
    line: bytes


def mend(data: bytes, mark: Mark | None) -> Mended:
    """Find out what a journal said.

    Args:
        data: The file.
        mark: How much of it was acknowledged, None where nobody knows.
    """
    pieces, flaws = _pieces(data)
    walk = _Walk(pieces, mark, 0)
    found = walk.result(flaws)
    if found.whole or not walk.forked:
        return found
    # Where a merge left two continuations the other one may get further.
    other = _Walk(pieces, mark, -1).result(flaws)
    return other if other.whole else found


def _pieces(data: bytes) -> tuple[list[_Piece], list[Flaw]]:
    """The file's lines as they were before an editor or a transfer changed their ends."""
    flaws: list[Flaw] = []
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        flaws.append(Flaw(1, tr("begins with a byte order mark, so an editor rewrote the file")))
    pieces: list[_Piece] = []
    returns: list[int] = []
    *lines, rest = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.endswith(b"\r"):
            returns.append(number)
            line = line[:-1]
        pieces.append(_Piece(number, line + b"\n"))
    if rest:
        pieces.append(_Piece(len(lines) + 1, rest))
    if returns:
        what = tr("ends with CRLF, so an editor or a transfer rewrote the file")
        if len(returns) > 1:
            what = tr(
                "ends with CRLF (and {n:,} more), so an editor or a transfer rewrote the file",
                n=len(returns) - 1,
            )
        flaws.append(Flaw(returns[0], what))
    return pieces, flaws


class _Walk:
    """The way from the first line to the last, each proven by the one before it where that can be.

    Attributes:
        forked: More than one line continued what had been passed.
    """

    def __init__(self, pieces: list[_Piece], mark: Mark | None, preferred: int) -> None:
        self._pieces = pieces
        self._mark = mark
        self._preferred = preferred
        self._after: dict[int, list[int]] = {}
        self._before: dict[int, int] = {}
        self._passed = {0}
        self._elsewhere: set[int] = set()
        self._waiting: dict[int, None] = dict.fromkeys(range(len(pieces)))
        self._lines: list[bytes] = []
        self._taken: set[bytes] = set()
        self._searches = 0
        self.forked = False
        self._flaws: list[Flaw] = []
        self._torn = b""
        self._length = 0
        self._checksum = 0
        self._next = 0
        self._marked = mark is None
        self._sure = 1
        self._index()

    def _index(self) -> None:
        """Which lines continue which checksum, going by what their own seals say."""
        before: int | None = 0
        for at, (_, line) in enumerate(self._pieces):
            after = claimed(line)
            if after is not None:
                if before is None or verified(line, before) is None:
                    before = state_before(line[:-SEAL], int(line[-11:-3], 16))
                self._after.setdefault(before, []).append(at)
                self._before[at] = before
            before = after

    def result(self, flaws: list[Flaw]) -> Mended:
        """Walk, then say what became of the lines that were not used."""
        self._follow_the_mark()
        while self._waiting:
            if not (self._go_on() or self._put_bit_right() or self._is_at_the_end()):
                self._give_up_a_line()
        self._flaws += self._missing_end()
        self._leave_unfinished()
        found = sorted([*flaws, *self._flaws], key=lambda flaw: flaw.line)
        return Mended(self._lines, found, self._torn, not any(flaw.lost for flaw in found))

    def _follow_the_mark(self) -> None:
        """Go the way that leads to the mark, where there is one without a gap: it is the only one."""
        if self._mark is None:
            return
        ends: dict[int | None, int] = {}
        for at in self._before:
            ends.setdefault(claimed(self._pieces[at].line), at)
        way: list[int] = []
        state, length = self._mark.checksum, 0
        while state and state in ends and len(way) < len(ends):
            way.append(ends[state])
            length += len(self._pieces[way[-1]].line)
            state = self._before[way[-1]]
        if state or length != self._mark.length:
            return
        for at in reversed(way):
            self._use(at)

    def _use(self, at: int) -> None:
        """Take a line that continues the chain, from wherever it stands."""
        number, line = self._pieces[at]
        if at < self._next:
            self._flaws.append(Flaw(number, tr("stands in the wrong place: lines were swapped or moved")))
        del self._waiting[at]
        after = verified(line, self._checksum)
        assert after is not None  # it was looked up by what it continues
        self._take(line, after)
        self._next = max(self._next, at + 1)

    def _take(self, line: bytes, after: int) -> None:
        self._lines.append(line)
        self._taken.add(line)
        self._length += len(line)
        self._checksum = after
        self._passed.add(after)
        if self._mark == (self._length, after):
            self._marked = True
            self._sure = len(self._lines)

    def _ahead(self) -> Iterator[int]:
        """Places of the lines that are not used yet, from here on."""
        return (at for at in self._waiting if at >= self._next)

    # -- the steps, from the certain to the desperate ---------------------------------------

    def _go_on(self) -> bool:
        """Take the line that continues the chain, the next one of the file rather than another."""
        choices = [at for at in self._after.get(self._checksum, ()) if at in self._waiting]
        if not choices:
            return False
        self.forked = self.forked or len(choices) > 1
        self._use(self._next if self._next in choices else choices[self._preferred])
        return True

    def _put_bit_right(self) -> bool:
        """Find one flipped bit that explains why the next lines do not fit."""
        ahead = list(islice(self._ahead(), _REGION))
        if self._line_end_put_right(ahead):
            return True
        self._searches += 1
        if self._searches > _SEARCHES:
            return False
        for count in range(1, len(ahead) + 1):
            region = b"".join(self._pieces[at].line for at in ahead[:count])
            found = flips.put_right(region, self._checksum, self._proves)
            if found is None:
                continue
            right = b"".join(line for line, _ in found)
            number = self._pieces[ahead[0]].number + region.count(
                b"\n", 0, flips.first_difference(region, right)
            )
            self._flaws.append(Flaw(number, flips.told(region, right)))
            for line, after in found:
                self._take(line, after)
            for at in ahead[:count]:
                del self._waiting[at]
            self._next = ahead[count - 1] + 1
            return True
        return False

    def _proves(self, line: bytes, after: int) -> bool:
        """Whether another line continues a line, or the mark is at its end."""
        return after in self._after or self._mark == (self._length + len(line), after)

    def _line_end_put_right(self, ahead: list[int]) -> bool:
        """Where the last line end before the mark was hit, what came after it is on the same line."""
        if self._mark is None or self._marked or not ahead:
            return False
        number, line = self._pieces[ahead[0]]
        end = self._mark.length - self._length
        right = line[: end - 1] + b"\n"
        if not 0 < end <= len(line) or (line[end - 1] ^ 10).bit_count() != 1:
            return False
        if verified(right, self._checksum) != self._mark.checksum:
            return False
        self._flaws.append(Flaw(number, flips.told(line[:end], right)))
        self._take(right, self._mark.checksum)
        self._pieces[ahead[0]] = _Piece(number, line[end:])
        if line[end:] and verified(line[end:], self._checksum) is not None:
            self._after.setdefault(self._checksum, []).append(ahead[0])
        elif not line[end:]:
            del self._waiting[ahead[0]]
        self._next = ahead[0]
        return True

    def _is_at_the_end(self) -> bool:
        """Whether everything acknowledged is found, and only a write that was cut off is left."""
        if not self._lines or (self._mark and not self._marked):
            return self._newline_is_missing()
        # Looked at one by one first: there may be a million lines behind one that is damaged.
        if not looks_torn(self._pieces[at].line for at in self._ahead()):
            return next(self._ahead(), None) is None and self._explain_the_rest()
        ahead = list(self._ahead())
        left = b"".join(self._pieces[at].line for at in ahead)
        if not is_torn(left, self._checksum):
            return False
        for at in ahead:
            del self._waiting[at]
        self._torn = left
        return True

    def _newline_is_missing(self) -> bool:
        """Take a last line that lacks nothing but its end, as some editors leave it."""
        last = len(self._pieces) - 1
        number, line = self._pieces[last] if self._pieces else (0, b"")
        after = verified(line + b"\n", self._checksum) if last in self._waiting else None
        if after is None or line.endswith(b"\n"):
            return False
        del self._waiting[last]
        self._next = last + 1
        self._flaws.append(Flaw(number, tr("has lost its line end, so an editor rewrote the file")))
        self._take(line + b"\n", after)
        return True

    def _explain_the_rest(self) -> bool:
        """Of lines that the chain does without none was ever part of it in that place."""
        for at in list(self._waiting):
            del self._waiting[at]
            self._flaws.append(self._unused(*self._pieces[at]))
        return True

    def _unused(self, number: int, line: bytes) -> Flaw:
        if claimed(line) is None:
            return Flaw(number, diagnosis(line), raw=line)
        if line in self._taken:
            return Flaw(number, tr("stands there twice"))
        # Without a mark nobody knows which copy was the one kept here.
        what = tr("belongs to another copy of this journal: gztrack merge joins copies")
        return Flaw(number, what, self._mark is None, line)

    def _give_up_a_line(self) -> None:
        """Nothing continues the chain: something is lost here. Start again behind it."""
        at = next(self._ahead(), None)
        if at is None:  # only lines further up are left
            self._explain_the_rest()
            return
        del self._waiting[at]
        self._next = at + 1
        number, line = self._pieces[at]
        after = claimed(line)
        if after is None:
            # What was put between loses nothing by itself; whether a line is missing the next one tells.
            # Of what was acknowledged, nothing is left to be lost once the mark was reached.
            lost = self._is_ours(line) and not (self._mark and self._marked)
            self._flaws.append(Flaw(number, diagnosis(line), lost, line))
        elif line in self._taken or self._before[at] in self._passed or self._before[at] in self._elsewhere:
            # A line that continues what was passed, or another one that did, is of a second branch.
            self._elsewhere.add(after)
            self._flaws.append(self._unused(number, line))
        elif is_intact(line):
            self._flaws.append(
                Flaw(number, tr("what stood before this line is missing or was changed"), True)
            )
            self._take(line, after)
        elif good := _good_end(line):
            # The line end before it is gone, with whatever else, and so two lines have become one.
            bad = line.removesuffix(good)
            self._flaws.append(Flaw(number, diagnosis(bad), True, bad))
            self._take(good, after)
        else:
            what = tr("was changed after it was written") if is_intact(line) is False else diagnosis(line)
            self._flaws.append(Flaw(number, what, True, line))
            self._checksum = after
            self._passed.add(after)

    @staticmethod
    def _is_ours(line: bytes) -> bool:
        """Whether these bytes were once a line of a journal, or the place of one."""
        return line.startswith(b"{") or b"\0" in line or b'"tx":"' in line

    def _leave_unfinished(self) -> None:
        """Of a write at the end that has no last line nothing was ever there."""
        if not self._marked:  # then something is lost of what was acknowledged, and nothing came after it
            return
        unfinished: list[bytes] = []
        while len(self._lines) > self._sure and not committed_end(self._lines[-1]):
            unfinished.insert(0, self._lines.pop())
        self._torn = b"".join(unfinished) + self._torn

    def _missing_end(self) -> Iterator[Flaw]:
        if self._mark is None or self._marked:
            return
        number = self._pieces[-1].number + 1 if self._pieces else 1
        short = self._mark.length - self._length
        if any(flaw.lost for flaw in self._flaws):
            return
        if short > 0:
            yield Flaw(number, tr("{n:,} bytes that were kept there are missing from here on", n=short), True)
        else:
            yield Flaw(1, tr("is not the journal that was kept here, but another one"), True)


def _good_end(line: bytes) -> bytes:
    """A whole line, as it was written, at the end of a longer one; empty where there is none."""
    at = 0
    while (at := line.find(OPENING, at + 1)) > 0:
        if is_intact(line[at:]):
            return line[at:]
    return b""
