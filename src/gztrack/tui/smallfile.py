"""Small private JSON files beside each other: read with distrust, put in place as a whole."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

LARGEST = 1_000_000
"""Characters of a file that are believed, and written; a larger one is none of ours."""


def beside(drafts: Path, kind: str) -> Path:
    """Return the file of another kind that belongs to a file of drafts: ``history-6f.json`` to ``drafts-6f.json``."""
    return drafts.with_name(f"{kind}-{drafts.name.removeprefix('drafts-')}")


def read(path: Path) -> Any:
    """Return what a file says.

    Raises:
        OSError: It is missing or cannot be read.
        ValueError: It is torn, or none of ours.
    """
    with open(path, encoding="utf-8") as file:
        try:
            return json.loads(file.read(LARGEST))
        except RecursionError:
            raise ValueError("nested too deep to be one of ours") from None


def write(path: Path, content: object) -> None:
    """Put a file in place as a whole, readable by its owner only; a link in its place is replaced.

    Raises:
        OSError: It cannot be written, or is too long to be believed again; what was there stays.
    """
    text = json.dumps(content, ensure_ascii=False)
    if len(text) > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(beside, flags, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(beside, path)
