"""What the bash script knows: names without descriptions, as bash shows none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from shlex import quote

from gztrack.cli.declared import Described, options_of_all, options_of_board
from gztrack.cli.parser import Declared
from gztrack.cli.slots import Slot, help_slot, slots, slots_of


def tables(commands: Sequence[Described]) -> str:
    """Commands, their options and what stands where, as bash functions."""
    front = [*options_of_all(), *options_of_board()]
    every = [*slots("", front), help_slot(), *(slot for each in commands for slot in slots_of(each))]
    lines = [
        f"_gztrack_commands={quote(' '.join(each.name for each in commands))}",
        "",
        "# The options of a command; which of them take a value, and which may be given again.",
        "_gztrack_declared() {",
        "  case $1 in",
        f"    '') {_options(front)} ;;",
        *(f"    {each.name}) {_options(each.parser.options)} ;;" for each in commands),
        "  esac",
        "}",
        "",
        "# What there is to offer at a place of a command, behind its first word.",
        "_gztrack_slot() {",
        "  case $1/$2/$3 in",
        # What holds behind a certain word comes first.
        *(
            f"    {_place(slot)}) {_offers(slot)} ;;"
            for slot in sorted(every, key=lambda slot: not slot.behind)
        ),
        "    *) return 1 ;;",
        "  esac",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _options(options: Iterable[Declared]) -> str:
    names = [name for option in options for name in option.names]
    valued = [name for option in options if option.metavar for name in option.names]
    repeated = [name for option in options if option.repeated for name in option.names]
    found = {"options": names, "valued": valued, "repeated": repeated}
    return " ".join(f"{name}={quote(' '.join(words))}" for name, words in found.items() if words)


def _place(slot: Slot) -> str:
    return f"{slot.command}/{slot.place}/{slot.behind or '*'}"


def _offers(slot: Slot) -> str:
    found = {"lists": slot.lists, "known": [slot.known], "fixed": [word for word, _ in slot.words]}
    said = [f"{name}={quote(' '.join(words))}" for name, words in found.items() if any(words)]
    return " ".join([*said, *(["many=1"] if slot.many else [])])
