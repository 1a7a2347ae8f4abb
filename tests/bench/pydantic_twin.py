"""What logging a reading costs that is checked by Pydantic: the same words, one model, one synced line."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Reading(BaseModel):
    """A reading as it is kept."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    indicator: str = Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$")
    value: int | float
    period: str
    start: date
    end: date
    author: str
    at: datetime


def main() -> None:
    """Log one reading."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("indicator")
    parser.add_argument("value", type=int)
    parser.add_argument("year", type=int)
    given = parser.parse_args()
    reading = Reading(
        indicator=given.indicator,
        value=given.value,
        period=str(given.year),
        start=date(given.year, 1, 1),
        end=date(given.year, 12, 31),
        author="ann",
        at=datetime.now(UTC),
    )
    with given.file.open("ab") as file:
        file.write(reading.model_dump_json().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main()
