"""What the fish script knows: a ``complete`` line for every command, option and word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.cli.declared import Described, options_of_all, options_of_board
from gztrack.cli.parser import Declared
from gztrack.cli.slots import COMMAND, FILES, FOLDERS, KEYS, REST, Slot, help_slot, slots, slots_of

_LAST = 9999
"""A word's number that no command line reaches."""

_PRINT = r"printf '%s\n'"


def tables(commands: Sequence[Described]) -> str:
    """Commands, their options and what stands where, as fish has them."""
    front = [*options_of_all(), *options_of_board()]
    words = [
        *(slot for each in commands for slot in slots_of(each) if not slot.place.startswith("-")),
        help_slot(),
    ]
    every = [*slots("", front), *(slot for each in commands for slot in slots_of(each))]
    lines = [
        "# Whether an option of a command takes a value.",
        "function __gztrack_takes_value",
        "    switch $argv[1]",
        f"        case ''\n            contains -- $argv[2] {_valued(front)}",
        *(
            f"        case {each.name}\n            contains -- $argv[2] {_valued(each.parser.options)}"
            for each in commands
        ),
        "        case '*'\n            false",
        "    end",
        "end",
        "",
        "# What there is to offer at a place of a command.",
        "function __gztrack_offers",
        "    switch $argv[1]/$argv[2]/$argv[3]",
        *(
            line
            for slot in [*every, help_slot()]
            if slot.lists or slot.words or slot.known == COMMAND
            for line in _case(slot)
        ),
        "    end",
        "end",
        "",
        "function __gztrack_commands",
        *(f"    {_PRINT} {each.name}\\t{_quoted(each.summary)}" for each in commands),
        "end",
        "",
        "complete -c gztrack -f",
        "complete -c gztrack -n '__gztrack_in \"\"' -a '(__gztrack_commands)'",
        *_options("", front),
        *(line for each in commands for line in _options(each.name, each.parser.options)),
        *(_word(slot) for slot in words),
    ]
    return "\n".join(lines) + "\n"


def _valued(options: Iterable[Declared]) -> str:
    return " ".join(name for option in options if option.metavar for name in option.names)


def _case(slot: Slot) -> Iterable[str]:
    yield f"        case {_quoted(_key(slot))}"
    if slot.known == COMMAND:
        yield "            __gztrack_commands"
    # Without a description of its own a word is shown with the option's.
    words = " ".join(f"{word}\\t{_quoted(said)}" for word, said in slot.words)
    if words:
        yield f"            {'__gztrack_many' if slot.many else _PRINT} {words}"
    if slot.lists:
        yield f"            __gztrack_ask {' '.join(slot.lists)}"


def _key(slot: Slot) -> str:
    return f"{slot.command}/{slot.place}/{slot.behind}"


def _options(command: str, options: Iterable[Declared]) -> Iterable[str]:
    there = {slot.place: slot for slot in slots(command, options)}
    condition = _quoted(f'__gztrack_in "{command}"')
    for option in options:
        long, *short = option.names
        line = f"complete -c gztrack -n {condition} -l {long[2:]}"
        line += "".join(f" -s {name[1:]}" for name in short)
        if option.metavar:
            line += f" {_value(there[long])}" if long in there else " -x"
        yield f"{line} -d {_quoted(option.about)}"


def _value(slot: Slot) -> str:
    if slot.known == FILES:
        return "-r -F"
    if slot.known == FOLDERS:
        return "-x -a '(__fish_complete_directories)'"
    return f"-x -a {_quoted(f'(__gztrack_offers {_arguments(slot)})')}"


def _word(slot: Slot) -> str:
    first, last = (1, _LAST) if slot.place == REST else (int(slot.place), int(slot.place))
    condition = f"__gztrack_at {slot.command} {first} {last}"
    if slot.behind:
        condition += f" {slot.behind}"
    line = f"complete -c gztrack -n {_quoted(condition)}"
    if slot.known == FILES:
        return f"{line} -F"
    if slot.known == KEYS:
        return f"{line} -a '(__gztrack_keys)'"
    if slot.known == FOLDERS:
        return f"{line} -a '(__fish_complete_directories)'"
    return f"{line} -a {_quoted(f'(__gztrack_offers {_arguments(slot)})')}"


def _arguments(slot: Slot) -> str:
    return f'"{slot.command}" {slot.place} "{slot.behind}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
