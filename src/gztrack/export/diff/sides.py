"""The two sides of a diff: a date of a database, or a snapshot that was written to a file."""

from __future__ import annotations

from datetime import date

from gztrack.errors import InputError
from gztrack.export.diff.content import Content, content
from gztrack.export.diff.section import between
from gztrack.export.diff.views import Diff, Subject
from gztrack.export.report import build
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.reader import NOW, Clocks, Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Compared(NamedTuple):
    """A diff, and every indicator of either side, to choose from."""

    diff: Diff
    subjects: tuple[Subject, ...]


def compare(
    old: date | Content,
    new: date | Content,
    tracker: Reader | None,
    method: str = "",
    *,
    hindsight: bool = False,
) -> Compared:
    """What is new between two sides.

    A date is the database as it was known that day. Before anything was logged nothing was known: such
    a day is looked at in hindsight, with what was known on the other side. Facts of that side would
    otherwise be missing from the later one.

    Args:
        old: The earlier one.
        new: The later one.
        tracker: Whose facts; None where neither is a date.
        method: How statuses of dates are reckoned; empty for each indicator's own.
        hindsight: Look at dates with all that is known now.

    Raises:
        InputError: The earlier one is the later one, or there is no such date.
    """
    _in_order(old, new)
    if not isinstance(new, date):
        later = new
    else:
        later = _of_day(new, tracker, method, None if hindsight or not _anything(tracker, new) else new)
    if not isinstance(old, date):
        earlier = old
    else:
        earlier = _of_day(old, tracker, method, None if hindsight else _known(old, later, tracker))
    subjects = tuple(row.subject for side in (earlier, later) for row in side.rows.values())
    return Compared(between(earlier, later), subjects)


def since(
    day: date,
    data: Mapping[str, Any],
    tracker: Reader,
    clocks: Clocks = NOW,
    method: str = "",
    *,
    only: Selection = EVERYTHING,
) -> Diff:
    """What is new in a report since a day, for a section of the report itself.

    Args:
        day: The earlier day; what was known then is told apart as by `compare`.
        data: What the report holds.
        tracker: Whose facts.
        clocks: As of when the report is.
        method: By which method it is.
        only: The indicators that it is about.

    Raises:
        InputError: The day is later than the report's.
    """
    later = content(data)
    _in_order(day, later)
    known = _known(day, later, tracker)
    return between(_of_day(day, tracker, method, known, clocks.published_by, only=only), later)


def _known(day: date, later: Content, tracker: Reader | None) -> date | None:
    """By when facts were logged that were known on a day, no more than on the later side; None for all."""
    limit = date.fromisoformat(later.side.logged_by) if later.side.logged_by else None
    if not _anything(tracker, day):
        return limit
    return min(day, limit) if limit else day


def _anything(tracker: Reader | None, day: date) -> bool:
    """Whether anything at all was logged by then."""
    return tracker is not None and bool(tracker.register.slugs(tracker.moment(Clocks(day, day))))


def _of_day(
    day: date,
    tracker: Reader | None,
    method: str,
    known: date | None,
    published: date | None = None,
    *,
    only: Selection = EVERYTHING,
) -> Content:
    if tracker is None:
        raise ValueError("a date of no database")
    report = build(tracker, Clocks(day, known, published), method, only=only)
    found = content(report.data)
    begun = "" if known == day or _anything(tracker, day) else _first_day(tracker)
    return found._replace(side=found.side._replace(digest=f"sha256:{report.digest}", begun=begun))


def _first_day(tracker: Reader) -> str:
    """The day on which the first entry was logged: that of an indicator, for all others are about one."""
    register = tracker.register
    times = [fact["at"] for stated in register.indicators.values() for fact in stated]
    return register.day_of(min(times)) if times else ""


def _in_order(old: date | Content, new: date | Content) -> None:
    days = [side.isoformat() if isinstance(side, date) else side.side.as_of for side in (old, new)]
    if days[0] > days[1]:
        raise InputError(
            tr(
                "diff: {old} is later than {new}: the earlier one comes first; swap them",
                old=days[0],
                new=days[1],
            )
        )
    if not isinstance(old, date) and not isinstance(new, date):
        known = [side.side.logged_by for side in (old, new)]
        if all(known) and known[0] > known[1]:
            raise InputError(
                tr("diff: of {old} more was known than of {new}: the earlier one comes first; swap them",
                   old=old.side.file, new=new.side.file)
            )  # fmt: skip
