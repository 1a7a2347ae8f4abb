"""What the zsh script knows, as specifications of ``_arguments`` and ``_describe``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gztrack.cli.declared import Described, options_of_all, options_of_board
from gztrack.cli.parser import MANY, MAYBE, Declared
from gztrack.cli.slots import COMMAND, FILES, FOLDERS, KEYS, REST, Slot, help_slot, slots, slots_of

_KNOWN = {
    FILES: "_files",
    FOLDERS: "_wanted directories expl directory _path_files -/",
    KEYS: "_gztrack_key",
    COMMAND: "_gztrack_command",
}


def tables(commands: Sequence[Described]) -> str:
    """Commands, their options and what stands where, as zsh functions."""
    front = [*options_of_all(), *options_of_board()]
    every = [*slots("", front), help_slot(), *(slot for each in commands for slot in slots_of(each))]
    lines = [
        "_gztrack_options=(",
        *(f"  {_quoted(spec)}" for spec in _options("front", front, slots("", front))),
        ")",
        "",
        "_gztrack_command() {",
        "  local -a offers=(",
        *(f"    {_quoted(f'{each.name}:{each.summary}')}" for each in commands),
        "  )",
        "  _describe -t commands command offers",
        "}",
        "",
        "_gztrack_rest() {",
        "  case $1 in",
        *(line for each in commands for line in _rest(each)),
        "    (help) _arguments '1:COMMAND: _gztrack_at help 1' ;;",
        "    (*) return 1 ;;",
        "  esac",
        "}",
        "",
        "# What there is to offer at a place of a command; line is what _arguments has found so far.",
        "_gztrack_at() {",
        "  local -a offers expl",
        "  local ret=1",
        "  case $1/$2/$line[1] in",
        # What holds behind a certain word comes first.
        *(line for slot in sorted(every, key=lambda slot: not slot.behind) for line in _arm(slot)),
        "  esac",
        "  return ret",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _rest(described: Described) -> Iterable[str]:
    yield f"    ({described.name})"
    yield "      _arguments -S \\"
    found = slots_of(described)
    for spec in _options(described.name, described.parser.options, found):
        yield f"        {_quoted(spec)} \\"
    *words, last = [""] + [
        _word(described.name, number, word, found) for number, word in enumerate(described.parser.words, 1)
    ]
    for word in filter(None, words):
        yield f"        {_quoted(word)} \\"
    yield f"        {_quoted(last)} ;;" if last else "        ;;"


def _options(command: str, options: Iterable[Declared], there: Sequence[Slot]) -> Iterable[str]:
    places = {slot.place for slot in there}
    for option in options:
        before = "*" if option.repeated else f"({' '.join(option.names)})"
        for name in option.names:
            spec = f"{before}{name}"
            about = re.sub(r"([\\\[\]])", r"\\\1", option.about)
            if not option.metavar:
                yield f"{spec}[{about}]"
                continue
            # A value may be one word with the option's name, or the next word.
            joined = "=" if name.startswith("--") else "+"
            action = f" _gztrack_at {command} {name}" if name in places else " "
            yield f"{spec}{joined}[{about}]:{_message(option.metavar)}:{action}"


def _word(command: str, number: int, word: Declared, there: Sequence[Slot]) -> str:
    place = REST if word.nargs == MANY else str(number)
    action = f" _gztrack_at {command} {place}" if place in {slot.place for slot in there} else " "
    start = "*" if place == REST else f"{number}:" if word.nargs == MAYBE else f"{number}"
    return f"{start}:{_message(word.names[0])}:{action}"


def _arm(slot: Slot) -> Iterable[str]:
    # An empty pattern part would be no word for `_arguments` to hand over.
    yield f"    ({slot.command or 'front'}/{slot.place}/{slot.behind or '*'})"
    about = _quoted(slot.about)
    for name in slot.lists:
        yield f"      _gztrack_list {name} {about} && ret=0"
    if slot.many:
        words = " ".join(_quoted(word + (f"[{_message(said)}]" if said else "")) for word, said in slot.words)
        yield f"      _values -s , {about} {words} && ret=0"
    elif slot.words:
        words = " ".join(_quoted(word + (f":{said}" if said else "")) for word, said in slot.words)
        yield f"      offers=({words})"
        yield f"      _describe -t words {about} offers && ret=0"
    if slot.known:
        yield f"      {_KNOWN[slot.known]} && ret=0"
    yield "      ;;"


def _message(text: str) -> str:
    return re.sub(r"([\\:\[\]])", r"\\\1", text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
