"""How a file is to be read, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read, and what is to be done with it.

    Attributes:
        mapping: Column of ours to the file's name for it, or to its number.
        missing: Texts of a cell, in small letters, that stand for an empty one.
        wide: One row an indicator, with periods as columns.
        partial: The rows that can be read go in, the others are reported.
        dry_run: Say what would be done, write nothing.
        yes: The guard's questions have been answered.
        decimal: ``,`` or ``.``, or empty for what the figures prove.
        ignored: Columns of the file, by name or number, that are left out.
    """

    mapping: Mapping[str, str]
    missing: frozenset[str] = frozenset()
    wide: bool = False
    partial: bool = False
    dry_run: bool = False
    yes: bool = False
    decimal: str = ""
    ignored: tuple[str, ...] = ()
