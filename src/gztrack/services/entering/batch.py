"""What several readings that are to be logged as one action were understood as."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.register import Moment, Register
from gztrack.errors import GztrackError
from gztrack.services.entering.entries import LogEntry
from gztrack.services.entering.previews import preview_log
from gztrack.services.views import Preview


def preview_batch(
    register: Register, entries: Sequence[LogEntry], moment: Moment, method: str
) -> tuple[Preview, ...]:
    """Return what each entry would say; one that cannot be understood keeps the others from nothing.

    Each is understood as if it were the only one: they are of different indicators.
    """
    return tuple(_preview(register, entry, moment, method) for entry in entries)


def _preview(register: Register, entry: LogEntry, moment: Moment, method: str) -> Preview:
    try:
        return preview_log(register, entry, moment, method)
    except GztrackError as error:  # its indicator may be gone by now
        return Preview(errors={"value": str(error)})
