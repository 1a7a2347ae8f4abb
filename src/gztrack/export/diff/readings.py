"""What is new in the readings of one indicator: new ones, corrections, and which one of a period counts."""

from __future__ import annotations

from gztrack.export.diff.pairing import paired
from gztrack.export.diff.views import Correction, NewReading, Reading, Subject
from gztrack.services.views import RIVAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FIELDS = Reading._fields[:11]
_BESIDE = frozenset((*RIVAL, "another correction counts"))
_LATER = RIVAL[1]

Place = tuple[str | None, str, str]


def readings_between(
    subject: Subject, old: Sequence[Reading], new: Sequence[Reading]
) -> tuple[list[NewReading], list[Correction]]:
    """New readings and corrections, each in the order in which the snapshots list them.

    A reading is new where it was not there, or where its period was still to come. One of the same source
    and period as another that it overtook is a correction; one of another source is not.
    """
    if old == new:
        return [], []
    pairs, gone, came = paired(
        old,
        new,
        (lambda each: each.content, lambda each: each.identity),
        (lambda each: each.place, lambda each: (each.value, each.qualifier, each.source, each.url)),
    )
    fresh: list[tuple[Reading, Reading | None]] = [
        (after, None) for before, after in pairs if _came_due(before, after)
    ]
    corrections = [
        Correction(subject, "corrected", before, after, changed)
        for before, after in pairs
        if not _came_due(before, after) and (changed := _changed(before, after))
    ]
    before_of = {id(after): before for before, after in pairs}
    chosen, was_chosen = _chosen(new), _chosen(old)
    still_there = {id(before): after for before, after in pairs}
    overtaken = {
        after.identity: before
        for before, after in pairs
        if after.standing == _LATER and before.standing not in _BESIDE
    }
    for reading in came:
        first = overtaken.get(reading.identity)
        counts = chosen.get(reading.place) is reading
        if first is not None and counts:
            corrections.append(Correction(subject, "corrected", first, reading, _changed(first, reading)))
            continue
        counted = was_chosen.get(reading.place)
        instead = still_there.get(id(counted)) if counts else None
        fresh.append((reading, instead))
    corrections += [Correction(subject, "withdrawn", reading) for reading in gone]
    corrections += _preferred(subject, was_chosen, chosen, still_there, before_of)
    place = {id(reading): number for number, reading in enumerate(new)}
    fresh.sort(key=lambda pair: place[id(pair[0])])
    return [NewReading(subject, reading, instead) for reading, instead in fresh], corrections


def _came_due(before: Reading, after: Reading) -> bool:
    """Its period was still to come and is over now."""
    return before.standing == "future" and after.standing != "future"


def _changed(before: Reading, after: Reading) -> tuple[str, ...]:
    """Fields that differ; of how a period was typed nothing is said."""
    if before.content == after.content:
        return ()
    return tuple(name for name, a, b in zip(_FIELDS, before.content, after.content, strict=True) if a != b)


def _chosen(readings: Iterable[Reading]) -> dict[Place, Reading]:
    """The one that counts of each period, where that can be said."""
    found: dict[Place, Reading] = {}
    several: set[Place] = set()
    for reading in readings:
        if reading.standing not in _BESIDE:
            if reading.place in found:
                several.add(reading.place)
            found[reading.place] = reading
    return {place: reading for place, reading in found.items() if place not in several}


def _preferred(
    subject: Subject,
    was_chosen: dict[Place, Reading],
    chosen: dict[Place, Reading],
    still_there: dict[int, Reading],
    before_of: dict[int, Reading],
) -> list[Correction]:
    """Periods of which another one counts now, though both were there before and are."""
    found = []
    for place, reading in chosen.items():
        before = was_chosen.get(place)
        if before is None or id(reading) not in before_of or before_of[id(reading)] is before:
            continue
        other = still_there.get(id(before))
        if other is not None and other.place == place:
            found.append(Correction(subject, "counts", other, reading))
    return found
