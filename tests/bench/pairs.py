"""Ratios of two measurements that are taken in turn, and how they are written down."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import NamedTuple

PAIRS = 15


class Row(NamedTuple):
    """One line of the table."""

    what: str
    against: str
    median: str
    spread: str


def ratio(
    ours: Callable[[], float], peer: Callable[[], float], pairs: int = PAIRS
) -> tuple[float, float, float]:
    """Median, least and greatest ratio over pairs of runs, after one of each that is not counted."""
    ours(), peer()
    found = [ours() / peer() for _ in range(pairs)]
    return statistics.median(found), min(found), max(found)


def row(what: str, against: str, measured: tuple[float, float, float], digits: int = 2) -> Row:
    """A ratio as a line of the table."""
    median, least, greatest = measured
    return Row(what, against, f"{median:.{digits}f}", f"{least:.{digits}f} to {greatest:.{digits}f}")
