"""``log -``: readings from standard input, a line each, all of them or none."""

from __future__ import annotations

from typing import TextIO

from gztrack.cli import output
from gztrack.cli.answer import Answer, done
from gztrack.cli.fields import reading_words
from gztrack.cli.hints import placed
from gztrack.cli.progress import Progress, watched
from gztrack.cli.session import Session
from gztrack.cli.slips import of_line
from gztrack.errors import GuardError, GztrackError, InputError, UnknownError
from gztrack.language import ntr, tr
from gztrack.services.bulklog import BadLinesError, BulkLog, NoLinesError
from gztrack.services.entering.bulk import Bad
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.references import some_of

_PIECE = 1 << 16
"""Bytes of standard input that are taken in one go."""


def log_lines(usual: LogEntry, stream: TextIO | None, session: Session) -> Answer:
    """Log every line as one action.

    Args:
        usual: What the command line says, for every line that does not say otherwise.
        stream: Standard input.
        session: Where to.

    Raises:
        InputError: A line cannot be understood; the first bad ones are named.
        GuardError: A line looks like a slip, and ``--yes`` was not given.
        StoreError: Nothing was written.
        Cancelled: ctrl+c was pressed before anything was written.
    """
    if usual.value or usual.by:
        raise InputError(tr("log -: the values come from standard input; leave VALUE and --by out"))
    if not session.quiet and output.is_terminal(stream):
        output.tell([tr("lines ID VALUE [PERIOD] [# note]; ctrl+d ends, ctrl+c calls off")])
    with watched(None if session.json else session.narrator, "lines") as progress:
        try:
            text = _text(stream, progress)
            place = session.begin()
            log = BulkLog(
                place.path,
                author=session.author,
                login=session.login,
                today=session.today,
                permit=session.permit,
            )
            batch = log.prepare(text, usual, progress)
            del text
        except NoLinesError:
            raise InputError(
                tr("log -: nothing on standard input; a line is ID VALUE [PERIOD] [# note]")
            ) from None
        except BadLinesError as bad:
            raise _told(bad) from None
        if progress:
            progress(batch.size, batch.size, "writing")
        outcome = log.keep(batch)
    return done(outcome, session, {"added": outcome.added})._replace(notes=outcome.notices)


def _text(stream: TextIO | None, progress: Progress | None) -> str:
    """Standard input as text.

    Raises:
        InputError: It is closed, or not UTF-8.
    """
    if stream is None:
        raise InputError(tr("log -: standard input is closed; a line is ID VALUE [PERIOD] [# note]"))
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        return stream.read()
    pieces: list[bytes] = []
    lines = 0
    watching = progress if not output.is_terminal(stream) else None  # who types sees what they typed
    while piece := buffer.read1(_PIECE):
        pieces.append(piece)
        if watching:
            lines += piece.count(b"\n")
            watching(lines, 0)
    data = b"".join(pieces)
    del pieces
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise InputError(tr("log -: line {number}: not UTF-8; nothing was logged", number=number)) from None


def _told(bad: BadLinesError) -> GztrackError:
    """The error that counts the bad lines; below it the first of them with their numbers and reasons."""
    faults = [_fault(line) for line in bad.named]
    further = [
        tr("line {line}: {what}", line=line.number, what=what)
        for line, (what, _) in zip(bad.named, faults, strict=True)
    ]
    if bad.count > len(further):
        further.append(tr("and {n} more", n=bad.count - len(further)))
    unknown = next((error for _, error in faults if error is not None), None)
    if unknown is not None:
        further.append(
            tr("there are: {ids}", ids=some_of(unknown.there))
            if unknown.there
            else tr("there is no indicator yet; add one first: gztrack add")
        )
    if not bad.refused:
        further.append(tr("--yes logs them as they are"))
    told = ntr(
        "log -: {n} line needs a look, nothing was logged",
        "log -: {n} lines need a look, nothing was logged",
        bad.count,
    )
    error = InputError(told) if bad.refused else GuardError(told)
    error.further = tuple(further)
    return error


def _fault(line: Bad) -> tuple[str, UnknownError | None]:
    """What is wrong with a line, and the error whose list of indicators is still to be told."""
    error = line.error
    if error is None:
        return tr("{place}: {what}", place=line.entry.indicator, what=line.question), None
    if said := of_line(error, line.entry):
        return said, None
    if isinstance(error, UnknownError):
        return error.briefly, error if str(error) != error.briefly else None
    return str(placed(error, reading_words(line.entry))), None
