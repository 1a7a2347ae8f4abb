"""What an operating system says of a file, in the language people are answered in. Light."""

from __future__ import annotations

from gztrack.language import term, tr

REASONS = (
    term("No space left on device"),
    term("Disk quota exceeded"),
    term("File too large"),
    term("Permission denied"),
    term("Operation not permitted"),
    term("Read-only file system"),
    term("No such file or directory"),
    term("Not a directory"),
    term("Is a directory"),
    term("Directory not empty"),
    term("File exists"),
    term("File name too long"),
    term("Too many levels of symbolic links"),
    term("Too many open files"),
    term("Too many open files in system"),
    term("Input/output error"),
    term("Invalid argument"),
    term("Device or resource busy"),
    term("Invalid cross-device link"),
    term("Stale file handle"),
    term("Broken pipe"),
    term("Bad file descriptor"),
    term("Cannot allocate memory"),
    term("Operation not supported"),
    term("Resource temporarily unavailable"),
    term("No such device"),
    term("No such device or address"),
    term("Transport endpoint is not connected"),
)
"""What the operating system says, as it says it."""


def reason_of(error: OSError) -> str:
    """Why the operating system refused, in its words."""
    return tr(error.strerror or str(error))
