"""What the desk does for forms: understand what was typed so far, and do what was asked for.

Everything here runs in the desk's thread.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gztrack import language
from gztrack.domain.records import METHODS
from gztrack.domain.text import clean, listed
from gztrack.errors import GuardError, InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.entering.meanwhile import concerning
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.permitted import refusal
from gztrack.services.progress import Task
from gztrack.services.views import Done, News, Preview
from gztrack.tui import previewtext
from gztrack.tui.desk import Desk
from gztrack.tui.dialogs.files import FORMATS
from gztrack.tui.dialogs.requests import (
    ALL,
    SHOWN,
    Correct,
    Drop,
    Goal,
    Import,
    Indicator,
    Log,
    Pin,
    Request,
    Retract,
    Settings,
    Snapshot,
)

if TYPE_CHECKING:
    from gztrack.export.proof import Proof


def preview(desk: Desk, request: Request) -> Preview:
    """What a form understood so far."""
    match request:
        case Log(entry):
            return desk.book.preview_log(entry, method=desk.lens.method)
        case Correct(reading, entry):
            return desk.book.preview_log(entry, reading, desk.lens.method)
        case Goal(entry):
            return desk.book.preview_goal(entry, desk.lens.method)
        case Indicator(entry, editing):
            return _preview_indicator(desk, entry, editing=editing)
        case Retract(_, reason):
            return Preview(errors={} if reason.strip() else {"reason": tr("a retraction needs its reason")})
        case Drop(_, reason):
            return Preview(
                errors={} if reason.strip() else {"reason": tr("a dropped target needs its reason")}
            )
        case Pin():
            return Preview()
        case Settings(entry):
            return _preview_settings(entry)
        case Snapshot():
            return _preview_snapshot(desk, request)
        case Import(path):
            return _preview_import(path, desk.offer)


class Watch(NamedTuple):
    """What must not have changed since a form showed it.

    Attributes:
        indicator: Id of the indicator that the form is about; empty for none.
        tables: Tables in which a change matters.
        position: The tracker's `position` up to which the person has seen what others did.
    """

    indicator: str
    tables: frozenset[str]
    position: int

    def news(self, desk: Desk) -> tuple[News, ...]:
        """What others did to it since."""
        return concerning(desk.book.since(self.position), self.indicator, self.tables)


class OvertakenError(GuardError):
    """Somebody else was there first, and the person has not been told yet; nothing was written."""


def takes_long(request: Request) -> bool:
    """Whether it may take longer than a moment, so that it shows how far it is and can be called off."""
    return isinstance(request, Import | Snapshot)


def carry_out(desk: Desk, request: Request, watch: Watch, task: Task | None = None) -> Done:
    """Do what a form asks for.

    Args:
        desk: Where the tracker is.
        request: What is asked for.
        watch: What must not have changed.
        task: Told how far long work is.

    Raises:
        Cancelled: The task was called off; nothing was written.
        OvertakenError: Others changed what the form is about after the watch's position.
        GztrackError: It was not done; nothing was written.
    """
    if not watch.indicator:
        return _carried_out(desk, request, task)
    with desk.book.settled():
        if watch.news(desk):
            raise OvertakenError(tr("somebody else changed it meanwhile"))
        return _carried_out(desk, request, task)


def _carried_out(desk: Desk, request: Request, task: Task | None) -> Done:
    match request:
        case Log(entry):
            return desk.book.log(entry)
        case Correct(reading, entry, reason):
            return desk.book.correct(reading, entry, reason)
        case Goal(entry):
            return desk.book.set_target(entry)
        case Indicator(entry, editing):
            return desk.book.edit_indicator(entry) if editing else desk.book.add_indicator(entry)
        case Retract(fact, reason):
            return desk.book.retract(fact, reason)
        case Drop(target, reason):
            return desk.book.drop_target(target, reason)
        case Pin(fact, reason, target):
            return desk.book.pin(fact, reason, target=target)
        case Settings(entry):
            return desk.book.edit_database(entry)
        case Snapshot():
            return _write_snapshot(desk, request, task)
        case Import(path, yes):
            if path:
                return desk.book.import_file(full_path(path), dry_run=not yes, yes=yes, progress=task)
            return desk.book.import_pack(dry_run=not yes, progress=task)


def _preview_indicator(desk: Desk, entry: IndicatorEntry, *, editing: bool) -> Preview:
    found = desk.book.preview_indicator(entry, editing=editing)
    refused = "" if editing or not clean(entry.id) else refusal("add", desk.permit, clean(entry.id))
    return found._replace(errors={**found.errors, "id": refused}) if refused else found


def _preview_settings(entry: SettingsEntry) -> Preview:
    method = entry.method.strip()
    wrong = method and method not in METHODS
    return Preview(errors={"method": tr("one of {words}", words=listed(METHODS))} if wrong else {})


def _write_snapshot(desk: Desk, request: Snapshot, task: Task | None) -> Done:
    if desk.snapshot is None:
        raise InputError(tr("snapshots cannot be written here"))
    return desk.snapshot(
        format=request.format,
        path=Path(full_path(request.path)),
        as_of=_day(desk),
        method=desk.lens.method,
        force=request.force,
        only=request.only,
        progress=task,
    )


class Paper(NamedTuple):
    """What a snapshot is looked at on.

    Attributes:
        width: Cells of a line.
        ascii: The terminal has only ASCII.
    """

    width: int
    ascii: bool


def proof(
    desk: Desk, request: Snapshot, paper: Paper, task: Task | None = None, *, pictures: bool = True
) -> Proof:
    """What a snapshot would say; asked once more it is there at once, as long as nothing has changed.

    Args:
        desk: Where the tracker is.
        request: The snapshot.
        paper: What it is looked at on.
        task: Told how far it is.
        pictures: Formats are rendered too that are no text, which may take seconds.

    Raises:
        InputError: It cannot be written in this format, or not here.
        Cancelled: The task was called off.
    """
    if desk.snapshot is None:
        raise InputError(tr("snapshots cannot be written here"))
    known = _known_proof(desk, request, paper)
    if known is not None and (known.size is not None or not pictures):
        return known
    key = _depends_on(desk, request, paper)
    found = desk.snapshot.proof(
        format=request.format,
        as_of=_day(desk),
        method=desk.lens.method,
        only=request.only,
        width=paper.width,
        ascii=paper.ascii,
        pictures=pictures,
        progress=task,
    )
    desk.proof = key, found
    return found


def _known_proof(desk: Desk, request: Snapshot, paper: Paper | None) -> Proof | None:
    """The proof of a request, on any paper where none is named, if it was the last that was looked at."""
    if desk.proof is None:
        return None
    key, found = desk.proof
    wanted = _depends_on(desk, request, paper)
    return found if key == wanted or (paper is None and key[:-1] == wanted[:-1]) else None


def _depends_on(desk: Desk, request: Snapshot, paper: Paper | None) -> tuple[object, ...]:
    written = desk.book.store.cursor
    return written, request.format, request.only, _day(desk), desk.lens.method, language.manner(), paper


def _day(desk: Desk) -> date:
    return desk.lens.as_of or desk.book.today


def full_path(path: str) -> str:
    """Return a path as it was typed with the home directory in the place of ``~``."""
    return os.path.expanduser(path)


def _preview_snapshot(desk: Desk, request: Snapshot) -> Preview:
    errors: dict[str, str] = {}
    if request.format not in FORMATS:
        errors["format"] = tr("one of {words}", words=listed(FORMATS))
    if request.rows not in (ALL, SHOWN):
        errors["rows"] = tr("one of {words}", words=listed((tr(ALL), tr(SHOWN))))
    path = full_path(request.path)
    folder = os.path.dirname(path) or "."
    if not request.path:
        errors["path"] = tr("name a file")
    elif os.path.isdir(path):
        errors["path"] = tr("this is a directory; name a file in it")
    elif not os.path.isdir(folder):
        errors["path"] = tr("there is no folder {path}", path=folder)
    echoes = {"path": os.path.abspath(path)} if request.path else {}
    if request.shown and not errors.get("rows"):
        count = len(request.shown) if request.rows == SHOWN else request.total
        echoes["rows"] = tr("{shown:,} of {total:,}", shown=count, total=request.total)
    there = os.path.isfile(path)
    guard = tr("{file} is there already. Overwrite it?", file=os.path.basename(path)) if there else ""
    found = Preview(echoes=echoes, errors=errors, guard=guard)
    known = _known_proof(desk, request, None)
    return with_proof(found, known) if known else found


def with_proof(found: Preview, known: Proof) -> Preview:
    """Return what a form understood with what the snapshot would hold."""
    headline, remark = previewtext.summary(known)
    return found._replace(headline=headline, remark=remark)


def _preview_import(path: str, offer: str) -> Preview:
    if not path:
        return Preview(errors={} if offer else {"path": tr("name a file")})
    if os.path.isdir(full_path(path)):
        return Preview(errors={"path": tr("this is a directory; name a file in it")})
    if not os.path.isfile(full_path(path)):
        return Preview(errors={"path": tr("there is no such file")})
    return Preview(echoes={"path": os.path.abspath(full_path(path))})
