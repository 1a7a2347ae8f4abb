"""Which entry of one list is which of another, in passes from the strictest to the loosest; each pass is linear."""

from __future__ import annotations

from collections import defaultdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from typing import TypeVar

    Each = TypeVar("Each")


def paired(
    old: Sequence[Each],
    new: Sequence[Each],
    sure: Sequence[Callable[[Each], Hashable]],
    likely: Sequence[Callable[[Each], Hashable]],
) -> tuple[list[tuple[Each, Each]], list[Each], list[Each]]:
    """Pair entries.

    Args:
        old: Entries as they were.
        new: Entries as they are.
        sure: By each of these, one after another, what is alike is paired, in order.
        likely: By these afterwards, but only where one of what is left is gone and one is new.

    Returns:
        Pairs of old and new, what is gone, and what is new; each in the order in which it was given.
    """
    partner: dict[int, int] = {}
    gone, came = list(range(len(old))), list(range(len(new)))
    for key in (*sure, *likely):
        if not gone or not came:
            break
        before, after = _grouped(old, gone, key), _grouped(new, came, key)
        for what, places in before.items():
            others = after.get(what, [])
            if key in sure or len(places) == len(others) == 1:
                partner.update(zip(others, places, strict=False))
        taken = set(partner.values())
        gone = [place for place in gone if place not in taken]
        came = [place for place in came if place not in partner]
    pairs = [(old[partner[place]], entry) for place, entry in enumerate(new) if place in partner]
    return pairs, [old[place] for place in gone], [new[place] for place in came]


def _grouped(
    entries: Sequence[Each], places: Iterable[int], key: Callable[[Each], Hashable]
) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        found[key(entries[place])].append(place)
    return found
