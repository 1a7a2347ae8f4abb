"""The places of a command line where something can be offered, and what: the same for every shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gztrack.cli.catalogue import TOPICS
from gztrack.cli.declared import Described
from gztrack.cli.parser import MANY, Declared
from gztrack.language import tr
from gztrack.light import NamedTuple

LISTS = {
    "ID": ("ids",),
    "GROUP": ("groups",),
    "READING": ("readings",),
    "TARGET": ("targets",),
    "EITHER": ("readings", "targets"),
}
"""What a value names, to the lists of the database that hold it."""

FILES, FOLDERS, KEYS, COMMAND = "files", "folders", "keys", "commands"

PLACES = {
    "FILE": FILES,
    "PATH": FILES,
    "KEYFILE": KEYS,
    "OTHER": FILES,
    "DIR": FOLDERS,
    "COMMAND": COMMAND,
}
"""What a value names, to what a shell knows itself; keys are public ones where --print-key-line asks for one,
else any file."""


REST = "rest"
"""The place of every word that no number stands for."""


class Slot(NamedTuple):
    """One place where something can be offered.

    Attributes:
        command: The command; empty before it.
        place: An option, a word's number from 1 on, or `REST`.
        behind: Only where this is the command's first word; empty for any.
        about: What stands there, in a word.
        lists: What the database holds: ``ids``, ``groups``, ``readings``, ``targets``.
        known: `FILES`, `FOLDERS`, `KEYS`, `COMMAND` or nothing.
        words: Fixed words, each with what it says in the language of the process, or nothing.
        many: Several of the words, parted by commas.
    """

    command: str
    place: str
    behind: str
    about: str
    lists: tuple[str, ...]
    known: str
    words: tuple[tuple[str, str], ...]
    many: bool

    @property
    def offers(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self.lists or self.known or self.words)


def help_slot() -> Slot:
    """``gztrack help COMMAND``, which no parser declares."""
    topics = tuple((name, tr(about)) for name, about in TOPICS.items())
    return Slot("help", "1", "", "COMMAND", (), COMMAND, topics, many=False)


def slots(command: str, options: Iterable[Declared], words: Iterable[Declared] = ()) -> list[Slot]:
    """The places of a command that have something to offer."""
    found = [
        _slot(command, name, "", option, option.kind)
        for option in options
        if option.metavar
        for name in option.names
    ]
    for number, word in enumerate(words, 1):
        place = REST if word.nargs == MANY else str(number)
        found += [_slot(command, place, first, word, kind) for first, kind in word.behind.items()]
        found.append(_slot(command, place, "", word, word.kind))
    return [slot for slot in found if slot.offers]


def slots_of(described: Described) -> list[Slot]:
    """The places of one command."""
    return slots(described.name, described.parser.options, described.parser.words)


def _slot(command: str, place: str, behind: str, declared: Declared, kind: str) -> Slot:
    words = () if behind else tuple(_words(declared.choices))
    about = declared.metavar or declared.names[0]
    return Slot(
        command, place, behind, about, LISTS.get(kind, ()), PLACES.get(kind, ""), words, declared.many
    )


def _words(choices: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word as it is typed without quotes, and what it means where that is not the same."""
    for word in choices:
        said = tr(word)
        yield word.replace(" ", "-"), "" if said == word else said
