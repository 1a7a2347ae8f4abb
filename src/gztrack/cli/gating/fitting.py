"""Which patterns of a list fit no indicator of the database: a slip, or an indicator that is still to be added."""

from __future__ import annotations

from gztrack.cli.hints import meant
from gztrack.domain.text import clean
from gztrack.errors import GztrackError
from gztrack.language import tr
from gztrack.services.permits import WHOLE, permit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gztrack.storage.locations import Location


def unfitting(allow: str, location: Location) -> list[str]:
    """What is to be said of entries that fit no indicator; nothing where the database cannot be read.

    Args:
        allow: The list as it was typed.
        location: The database.
    """
    entries = [entry.strip() for entry in allow.split(",")]
    entries = [entry for entry in entries if ":" in entry and entry.partition(":")[0] not in WHOLE]
    if not entries:
        return []
    from gztrack.services.databases.looking import open_reader

    try:
        there = [str(fact["indicator"]) for fact in open_reader(location).indicators(archived=True)]
    except (GztrackError, OSError):
        return []
    found = []
    # `add` is about an indicator that is not there yet.
    for entry in (entry for entry in entries if not entry.startswith("add:")):
        command, _, pattern = entry.partition(":")
        if any(permit([entry]).allows(command, slug) for slug in there):
            continue
        if near := _near(pattern, there):
            near = f"{command}:{near}"
            found.append(
                tr("no indicator fits {entry} now; did you mean {near}?", entry=clean(entry), near=near)
            )
        else:
            found.append(tr("no indicator fits {entry} now", entry=clean(entry)))
    return found


def _near(pattern: str, there: Iterable[str]) -> str:
    """The pattern of the same kind that was meant; empty where none is near."""
    if "*" not in pattern:
        return meant(pattern, there)
    begun = {slug[: place + 1] for slug in there for place, char in enumerate(slug) if char == "-"}
    return meant(pattern, [f"{each}*" for each in sorted(begun)])
