"""A command's parser: what its words and options are, and what a line of them says. Light.

It is no argparse for three reasons. Words such as ``-3.2%``, ``-31万`` or ``- see page 3`` are
no options here, since an option starts with a letter. Options are never abbreviated, stand
anywhere between the words, and an error is one `InputError` that names what is wrong and what
would be right. And it costs a tenth of a start, which a reading logged over SSH would pay.
"""

from __future__ import annotations

from gztrack.errors import InputError
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, NoReturn

MANY = "*"
MAYBE = "?"


class Word(NamedTuple):
    """One of the words that a command takes beside its options.

    Attributes:
        name: As usage and help write it: ``VALUE``.
        about: What it says.
        nargs: `MANY`, `MAYBE` or empty for exactly one.
    """

    name: str
    about: str
    nargs: str = ""


class Option(NamedTuple):
    """One of a command's options.

    Attributes:
        names: ``--output``, and before it a short one where there is one.
        metavar: What stands for its value in help; empty for a flag, which has none.
        about: What it does.
        dest: The attribute that its value is found under.
        repeated: It may stand several times, and all of its values count.
        is_shared: Every command has it.
    """

    names: tuple[str, ...]
    metavar: str
    about: str
    dest: str
    repeated: bool = False
    is_shared: bool = False


class Found:
    """What a command line says: an attribute for every word and option.

    A word that may be missing is an empty text or list then, and so is an option; a flag is True or
    False, and of the options that every command has those with a value are None.
    """

    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Parser:
    """One command's parser.

    Args:
        command: Its name.
        usage: Its words and options, as help shows them behind the name; a line for each way to use it.
        about: What it does, one or two sentences.
        example: A command line that shows it, without the program's name; several on lines of their own.
        glyphs: It draws bars, and so takes ``--ascii``.

    Attributes:
        words: The words that it takes, in their order.
        options: Its options, its own before those that every command has.
    """

    def __init__(self, command: str, usage: str, about: str, example: str, *, glyphs: bool = False) -> None:
        self.command = command
        self.usage = usage
        self.about = about
        self.examples = [f"gztrack {line}" for line in example.split("\n")]
        self.words: list[Word] = []
        self._own: list[Option] = []
        self._shared = [
            Option(("--db",), "DIR", tr("the database"), "db", is_shared=True),
            Option(("--as",), "NAME", tr("who says so"), "author", is_shared=True),
            Option(
                ("--lang",),
                "LANG",
                tr("en or zh; else as config.toml or the locale has it"),
                "lang",
                is_shared=True,
            ),
            Option(("--json",), "", tr("data as JSON"), "json", is_shared=True),
            *([Option(("--ascii",), "", _plain(), "ascii", is_shared=True)] if glyphs else []),
            Option(("-h", "--help"), "", tr("this help"), "help", is_shared=True),
        ]

    @property
    def options(self) -> list[Option]:
        """Every option, as help lists them."""
        return [*self._own, *self._shared]

    def word(self, name: str, about: str, nargs: str = "") -> None:
        """Declare a word, or with `MANY` or `MAYBE` the last ones."""
        self.words.append(Word(name, about, nargs))

    def option(
        self, name: str, metavar: str, about: str, short: str = "", *, dest: str = "", repeated: bool = False
    ) -> None:
        """Declare an option with a value."""
        self._own.append(
            Option((short, name) if short else (name,), metavar, about, dest or _dest(name), repeated)
        )

    def flag(self, name: str, about: str, short: str = "") -> None:
        """Declare an option without a value."""
        self._own.append(Option((short, name) if short else (name,), "", about, _dest(name)))

    def understood(self, words: Sequence[str]) -> Found:
        """Understand a command line.

        Raises:
            InputError: It does not fit this command.
        """
        fields: dict[str, object] = {}
        for option in self.options:
            missing = False if not option.metavar else None if option.is_shared else ""
            fields[option.dest] = [] if option.repeated else missing
        plain: list[str] = []
        left = iter(words)
        for word in left:
            if word == "--":
                plain += left
            elif not self._is_option(word):
                plain.append(word)
            else:
                option, value = self._option(word, left)
                said = fields[option.dest]
                fields[option.dest] = [*said, value] if isinstance(said, list) else value
        return Found(**fields, **self._placed(plain))

    def _option(self, word: str, left: Iterator[str]) -> tuple[Option, str | bool]:
        """The option that a word names, and its value, which may be the next word.

        Raises:
            InputError: There is no such option, or it lacks its value, or has one that it does not take.
        """
        name, equals, value = word.partition("=")
        option = self._named(name)
        if option is None and not word.startswith("--"):
            option = self._named(word[:2])
            name, equals, value = word[:2], word[2:], word[2:]
        if option is None:
            self._refuse_option(word)
        if not option.metavar:
            if equals:
                self.refuse(tr("{option} takes no value", option=name))
            return option, True
        if not equals:
            value = next(left, "--")
            if value == "--" or self._is_option(value):
                if value != "--" and self._named(value.partition("=")[0]) is None:
                    self._refuse_option(value)
                self.refuse(tr("{option} needs a value, as in {option}=VALUE", option=option.names[-1]))
        return option, value

    def _placed(self, plain: list[str]) -> dict[str, object]:
        """Each word under its name.

        Raises:
            InputError: There are too few, or too many.
        """
        found: dict[str, object] = {}
        missing = []
        for word in self.words:
            key = word.name.lower()
            if word.nargs == MANY:
                found[key], plain = plain, []
            elif plain:
                found[key], *plain = plain
            elif word.nargs == MAYBE:
                found[key] = ""
            else:
                missing.append(word.name)
        if missing:
            names = ", ".join(missing)
            self.refuse(ntr("{names} is missing", "{names} are missing", len(missing), names=names))
        if plain:
            self.refuse(tr("nothing takes '{word}'", word=plain[0]))
        return found

    def _named(self, name: str) -> Option | None:
        for option in self.options:
            if name in option.names:
                return option
        return None

    def _is_option(self, word: str) -> bool:
        """Whether a word is meant as an option: no figure (``-3.2%``, ``-CNY5``), no dash, no sentence."""
        if not word.startswith("-") or word == "-" or _is_figure(word):
            return False
        name = word.partition("=")[0]
        return " " not in name or self._named(name) is not None or self._named(word[:2]) is not None

    def _refuse_option(self, word: str) -> NoReturn:
        from gztrack.cli.hints import meant

        name = word.partition("=")[0]
        near = meant(name, [known for option in self.options for known in option.names if known[:2] == "--"])
        if near:
            raise InputError(
                tr(
                    "no such option of {command}: '{name}'; did you mean '{near}'?"
                    " gztrack {command} --help lists them",
                    command=self.command,
                    name=name,
                    near=near,
                )
            )
        raise InputError(
            tr(
                "no such option of {command}: '{name}'; gztrack {command} --help lists them",
                command=self.command,
                name=name,
            )
        )

    def refuse(self, what: str) -> NoReturn:
        """Say what is wrong with a command line.

        Raises:
            InputError: Always.
        """
        raise InputError(
            tr(
                "{command}: {what}; for example: {example}",
                command=self.command,
                what=what,
                example=self.examples[0],
            )
        )

    def format_help(self) -> str:
        """Its help, as wide as stdout."""
        from gztrack.cli.helping import help_of

        return help_of(self)


def _dest(name: str) -> str:
    return name.strip("-").replace("-", "_")


def _plain() -> str:
    return tr("bars and glyphs in plain ASCII")


def _is_figure(word: str) -> bool:
    """Whether a word with a dash in front is a figure or a text: options have small letters."""
    name = word[2:] if word.startswith("--") else word[1:]
    if word.startswith("--"):
        return bool(name) and not _is_letter(name[0])
    if not _is_letter(name[0]):
        return True
    letters = len(name) - len(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    rest = name[letters:].removeprefix("$")
    rest = rest[1:] if rest[:1].isspace() else rest
    return letters in (2, 3) and rest[:1] in tuple("0123456789.")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
