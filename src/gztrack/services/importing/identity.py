"""When two rows, or a row and a fact, are about the same thing, and when they say the same about it."""

from __future__ import annotations

from collections.abc import Collection

from gztrack.domain.register import Fact

Key = tuple[str, ...]

READING = ("series", "start", "end", "source", "source_url")
"""What makes a reading of an indicator the one that it is."""

TARGET = (
    "due_start",
    "due_end",
    "over_start",
    "over_end",
    "comparator",
    "stated_start",
    "stated_end",
    "source",
    "source_url",
)
"""What makes a target of an indicator the one that it is; a total over a span is another promise."""

_BASELINE = ("baseline", "baseline_start", "baseline_end")


def reading_key(fact: Fact) -> Key:
    """The identity of a reading within its indicator."""
    return tuple(str(fact.get(name, "")) for name in READING)


def target_key(fact: Fact) -> Key:
    """The identity of a target within its indicator."""
    return tuple(str(fact.get(name, "")) for name in TARGET)


def reading_agrees(new: Fact, old: Fact, columns: Collection[str]) -> bool:
    """Whether a reading says nothing that another one of its identity does not say.

    Args:
        new: What is stated now.
        old: What is there.
        columns: The columns that it was stated in; of one that is not among them it says nothing.
    """
    same = all(new.get(name) == old.get(name) for name in ("value", "qualifier", "status"))
    return same and _words_agree(new, old, columns)


def target_agrees(new: Fact, old: Fact, columns: Collection[str]) -> bool:
    """Whether a target says nothing that another one of its identity does not say."""
    told: list[str] = [name for name in ("stated_by", "quote") if name in columns]
    told += _BASELINE if "baseline" in columns else ()
    same = all(new.get(name) == old.get(name) for name in ("value", "high", *told))
    return same and _words_agree(new, old, columns)


def _words_agree(new: Fact, old: Fact, columns: Collection[str]) -> bool:
    """Note, publication date and inferred fields; the last two only where something is said of them."""
    if "note" in columns and new.get("note", "") != old.get("note", ""):
        return False
    return all(new[name] == old.get(name) for name in ("published", "inferred") if new.get(name))
