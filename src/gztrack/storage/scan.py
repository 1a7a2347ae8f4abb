"""Reading an open journal: whole committed lines, verified block by block.

A block is checked with one pass over its bytes. Only where that fails is it looked at line by
line, to name the place and to tell a torn end (a write that was cut off and never acknowledged)
from damage.
"""

from __future__ import annotations

from gztrack.domain.ids import LENGTH
from gztrack.errors import StoreDamaged, StoreNewer
from gztrack.language import tr
from gztrack.storage.files import Files, read_exactly
from gztrack.storage.lines import (
    BACKUP,
    OPENING,
    READABLE,
    SCHEMA,
    SEAL,
    Header,
    claimed,
    committed_end,
    each_line,
    is_intact,
    is_of_several,
    loads,
    verified,
)
from gztrack.storage.lock import Mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCK = 4 << 20
_FIRST_LOOK = 4096
_LONGEST_HEADER = 1 << 16
_FEW = 8


class Scan:
    """A pass over the committed lines of an open journal.

    Args:
        files: The system calls.
        fd: The journal's descriptor.
        path: What to call it in messages.
        start: Where to begin.
        advice: What would be right where a line is bad; to run doctor when empty.

    Attributes:
        offset: Where the last committed line handed out ends.
        checksum: CRC-32 up to there.
        left: After `blocks`: what follows that is not committed (torn, or still being written).
    """

    def __init__(self, files: Files, fd: int, path: str, start: Mark, advice: str = "") -> None:
        self.offset, self.checksum = start
        self.left = b""
        self._files, self._fd, self._path, self._advice = files, fd, path, advice

    def blocks(self, until: int | None = None) -> Iterator[bytes]:
        """Blocks of whole committed lines up to an offset, or to the end of the file."""
        pending, size = b"", BLOCK
        while True:
            at = self.offset + len(pending)
            chunk = self._files.pread(self._fd, size if until is None else min(size, until - at), at)
            pending += chunk
            end = committed_end(pending)
            if end:
                block, rest = pending[:end], pending[end:]
                checksum = verified(block, self.checksum)
                if checksum is None:
                    yield from self._good_part(block)
                    self.left = read_exactly(self._files, self._fd, self.offset, self._end(until))
                    return
                self.offset, self.checksum, pending = self.offset + end, checksum, rest
                yield block
            if not chunk:
                self.left = pending
                return
            # A run of lines may be longer than a block: reading it must not grow with its square.
            size = max(BLOCK, len(pending))

    def _good_part(self, block: bytes) -> Iterator[bytes]:
        """What of a block comes before its first bad line, as far as it is committed."""
        good = block[: first_bad(block, self.checksum)]
        good = good[: committed_end(good)]
        if good:
            checksum = verified(good, self.checksum)
            if checksum is not None:
                self.offset, self.checksum = self.offset + len(good), checksum
                yield good

    def _end(self, until: int | None) -> int:
        return self._files.fstat(self._fd).st_size if until is None else until

    def damage(self) -> StoreDamaged:
        """The error that names the first bad line of what is left."""
        bad = first_bad(self.left, self.checksum)
        rest = self.left[bad:]
        reason = diagnosis(rest) if rest else tr("a transaction is unfinished before it")
        return bad_line(self._path, self._line(self.offset + bad), reason, self._advice)

    def _line(self, offset: int) -> int:
        count, at = 1, 0
        while at < offset and (piece := self._files.pread(self._fd, min(BLOCK, offset - at), at)):
            count, at = count + piece.count(b"\n"), at + len(piece)
        return count


def first_bad(lines: bytes, checksum: int) -> int:
    """Where the first line begins that is cut off or that its checksum does not fit."""
    at = 0
    while (end := lines.find(b"\n", at) + 1) and (after := verified(lines[at:end], checksum)) is not None:
        at, checksum = end, after
    return at


def is_torn(left: bytes, checksum: int) -> bool:
    """Whether what follows the last committed line is what a write leaves that was cut off.

    That is one line without its end or with bad checksums, or the first lines of a run; pages
    that never reached the disk are zeros. A line that is as it was written and yet does not fit
    here, a transaction that was written alone after a bad line, or text that no writer writes, is damage.

    Args:
        left: Everything after the last committed line.
        checksum: CRC-32 up to there.
    """
    rest = left[first_bad(left, checksum) :]
    return not rest or looks_torn(each_line(rest))


def looks_torn(lines: Iterable[bytes]) -> bool:
    """As `is_torn`, of lines the first of which does not fit; looks no further than it has to."""
    each = iter(lines)
    first = next(each, b"")
    if not first or first == b"\n" or (first.endswith(b"\n") and is_intact(first)):
        return False
    if not _was_being_written(first.removesuffix(b"\n")) or _is_whole(first):
        return False
    later = (line.removesuffix(b"\n") for line in each)
    return all(_was_being_written(line) and _is_part(line) for line in later)


def _is_whole(line: bytes) -> bool:
    """Whether a line was written to its end: then its checksums fail because it was changed since."""
    if not line.endswith(b'"}\n') or b"\0" in line:
        return False
    try:
        loads(line)
    except ValueError:
        return False
    return True


def _was_being_written(line: bytes) -> bool:
    return b"\0" in line or (line[:7] == OPENING[: len(line)] and not line.endswith(b"\r"))


def _is_part(line: bytes) -> bool:
    """A line of a run, or so little of one that nothing can be told; not a transaction written alone."""
    return b"\0" in line or b',"part":' in line or is_of_several(line + b"\n") or not line.endswith(b'"}')


def diagnosis(rest: bytes) -> str:
    """What is wrong with the line that ``rest`` begins with, in words."""
    line = rest.split(b"\n", 1)[0]
    if not line:
        return tr("is empty")
    if line.startswith(b"\xef\xbb\xbf"):
        return tr("begins with a byte order mark, so an editor rewrote the file")
    if line.endswith(b"\r"):
        return tr("ends with CRLF, so an editor or a transfer rewrote the file")
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        return tr("is a merge marker: journals are joined with gztrack merge")
    if b"\0" in line:
        return tr("holds zero bytes")
    try:
        loads(line)
    except ValueError:
        return tr("is not JSON")
    if b',"crc":"' not in line:
        return tr("was not written by gztrack: what it says goes in with gztrack log")
    return tr("the checksum does not fit (it was edited or moved, or a line before it is missing or doubled)")


def bad_line(path: str, line: int, reason: str, advice: str = "") -> StoreDamaged:
    """The error that names a line that is not as it was written.

    Args:
        path: The file.
        line: The line's number.
        reason: What is wrong with it.
        advice: What would be right; to run doctor when empty.
    """
    advice = advice or tr("run gztrack doctor")
    return StoreDamaged(
        tr("{path}, line {line}: {reason}: {advice}", path=path, line=line, reason=reason, advice=advice)
    )


def read_header(files: Files, fd: int, path: str) -> tuple[Header, Mark, bytes]:
    """The first line of a journal, where it ends, and its bytes.

    Raises:
        StoreNewer: Written by a newer gztrack.
        StoreDamaged: Empty, or not a journal's first line.
    """
    look = read_exactly(files, fd, 0, _FIRST_LOOK)
    if b"\n" not in look:
        look = read_exactly(files, fd, 0, _LONGEST_HEADER)
    if not look:
        raise StoreDamaged(tr("{path}: is empty: bring the file back, or run gztrack doctor", path=path))
    line = look[: look.find(b"\n") + 1] or look
    header = parse_header(line, path)
    checksum = verified(line, 0)
    if checksum is None:
        raise bad_line(path, 1, diagnosis(line))
    return header, Mark(len(line), checksum), line


def parse_header(line: bytes, path: str) -> Header:
    """What the first line says; its checksum is not looked at.

    Raises:
        StoreNewer: Written by a newer gztrack.
        StoreDamaged: Not a journal's first line.
    """
    try:
        fields = loads(line)
        if fields["gztrack"] == BACKUP:
            raise StoreDamaged(
                tr(
                    "{path}: is a backup in the place of a journal: put it back with gztrack restore",
                    path=path,
                )
            )
        schema = fields["schema"] if fields["gztrack"] == "facts" else None
        refuse_newer(schema, path)
        if schema in READABLE:
            title, tz, generation, created = (str(fields[name]) for name in Header._fields[:-1])
            return Header(title, tz, generation, created, schema)
    except (ValueError, TypeError, KeyError):
        schema = None
    known = line.startswith((b"{", b"\xef\xbb\xbf")) or line.endswith(b"\r\n")
    reason = diagnosis(line) if known else tr("is not the first line of a gztrack journal")
    raise bad_line(path, 1, reason)


def refuse_newer(schema: object, path: str) -> None:
    """Refuse what this version cannot know.

    Raises:
        StoreNewer: Written by a newer gztrack.
    """
    if isinstance(schema, int) and schema > SCHEMA:
        raise StoreNewer(
            tr(
                "{path}: written by a newer gztrack (schema {schema}, and this one knows {known}): upgrade"
                " gztrack",
                path=path,
                schema=schema,
                known=SCHEMA,
            )
        )


def last_line(files: Files, fd: int, end: int) -> tuple[bytes, int]:
    """The line that ends at an offset, and the CRC-32 of everything before it.

    Reads backwards, no more than twice the line and a few kilobytes. The checksum before the
    line comes from the seal of the one before; a bad seal gives a checksum that fits nothing.
    """
    size = _FIRST_LOOK
    while True:
        start = max(0, end - size)
        look = read_exactly(files, fd, start, end)
        cut = look.rfind(b"\n", 0, len(look) - 1) + 1
        if cut >= SEAL:
            before = claimed(look[:cut])
            return look[cut:], -1 if before is None else before
        if start == 0:
            return look, 0
        size *= 4


def ends_with(files: Files, fd: int, mark: Mark) -> bool:
    """Whether a sealed, unharmed line ends at a mark and the checksum there is the mark's."""
    line, before = last_line(files, fd, mark.length)
    return before >= 0 and verified(line, before) == mark.checksum


def present(files: Files, fd: int, end: int, wanted: Iterable[str]) -> set[str]:
    """Which of these transaction ids begin a line before an offset.

    A raw newline cannot occur inside JSON, so a search of the bytes is exact.
    """
    ids = {tx.encode() for tx in wanted}
    opening = b"\n" + OPENING
    overlap = len(opening) + LENGTH
    found: set[bytes] = set()
    at, kept = 0, b""
    while at < end and (piece := files.pread(fd, min(BLOCK, end - at), at)):
        at += len(piece)
        piece = kept + piece
        if len(ids) <= _FEW:
            found |= {tx for tx in ids if opening + tx in piece}
        else:
            found |= ids.intersection(line[:LENGTH] for line in piece.split(opening)[1:])
        kept = piece[-overlap:]
    return {tx.decode() for tx in found}
