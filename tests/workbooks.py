"""A workbook taken apart, for tests: how zlib packs it is not ours to promise."""

from __future__ import annotations

import io
from zipfile import ZipFile


def unpacked(workbook: bytes) -> str:
    """Every part of a workbook under its name, in the order of the file, an element a line."""
    with ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(
            f"== {name}\n{parts.read(name).decode().replace('><', f'>{chr(10)}<').rstrip()}\n"
            for name in parts.namelist()
        )
