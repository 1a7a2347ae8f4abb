"""A command's parser: what its words and options are, and what a line of them says. Light.

It is no argparse for three reasons. Words such as ``-3.2%``, ``-31万`` or ``- see page 3`` are
no options here, since an option starts with a letter. Options are never abbreviated, stand
anywhere between the words, and an error is one `InputError` that names what is wrong and what
would be right. And it costs a tenth of a start, which a reading logged over SSH would pay.
"""

from __future__ import annotations

from gztrack.errors import InputError
from gztrack.language import LANGUAGES, ntr, tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, NoReturn

MANY = "*"
MAYBE = "?"

_SHELL = frozenset(("|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>&1"))
"""Words that only a shell understands."""


class Declared(NamedTuple):
    """A word or an option as it was declared: what is parsed, helped, completed, gated and printed on the man page.

    Attributes:
        names: How it is written: the name of a word (``VALUE``), or an option's names, the long one first.
        about: What it is, as help says it.
        metavar: What stands for an option's value; empty for a flag, which has none, and for a word.
        dest: The attribute that it is found under.
        nargs: How many words: empty for one, `MAYBE` or `MANY`.
        repeated: The option may stand several times, and all of its values count.
        shared: The option is every command's.
        path: It names a file or directory of the host, which nobody behind a gate may do.
        kind: What it names, where metavar or name do not say it: ``ID``, ``FILE``, ``DIR`` ...
        choices: Fixed words that it takes, in English; for completion, since what is typed is checked elsewhere.
        many: Several of them at once, parted by commas.
        behind: What the word names instead behind certain first words, by those.
        filled: Why its value may not be empty, as an error says it; empty where it may.
    """

    names: tuple[str, ...]
    about: str
    dest: str
    metavar: str = ""
    nargs: str = ""
    repeated: bool = False
    shared: bool = False
    path: bool = False
    kind: str = ""
    choices: Sequence[str] = ()
    many: bool = False
    behind: Mapping[str, str] = {}
    filled: str = ""

    @property
    def name(self) -> str:
        """How it is written in full."""
        return self.names[0]


class Trail(NamedTuple):
    """The words right behind an option and its value: whoever forgot quotes meant them as a part of it.

    Attributes:
        option: As it was typed.
        value: Its value.
        words: What came behind, up to the next option.
    """

    option: str
    value: str
    words: list[str]


class Found:
    """What a command line says: an attribute for every word and option.

    A word that may be missing is an empty text or list then, and so is an option; a flag is True or
    False, and of the options that every command has those with a value are None.

    Attributes:
        trails: What came right behind options, for errors.
    """

    trails: Sequence[Trail] = ()

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
        ways: Its words and options, as help shows them; one for each way to use it.
        examples: Command lines that show it.
        words: The words that it takes, in their order.
    """

    def __init__(self, command: str, usage: str, about: str, example: str, *, glyphs: bool = False) -> None:
        self.command = command
        self.ways = usage.split("\n")
        self.about = about
        self.examples = [f"gztrack {line}" for line in example.split("\n")]
        self.words: list[Declared] = []
        self._own: list[Declared] = []
        self._shared = _shared(glyphs=glyphs)

    @property
    def options(self) -> list[Declared]:
        """Its options, flags included, and those that every command has behind its own."""
        return [*self._own, *self._shared]

    @property
    def declared(self) -> list[Declared]:
        """Every word, and every option that takes a value."""
        return [*self.words, *(option for option in self.options if option.metavar)]

    def word(
        self,
        name: str,
        about: str,
        nargs: str = "",
        *,
        path: bool = False,
        kind: str = "",
        choices: Sequence[str] = (),
        behind: Mapping[str, str] | None = None,
    ) -> None:
        """Declare a word, or with `MANY` or `MAYBE` the last ones; the rest is as in `Declared`."""
        self.words.append(
            Declared(
                (name,), about, name.lower(), nargs=nargs, path=path, kind=kind or name, choices=choices,
                behind=behind or {},
            )
        )  # fmt: skip

    def option(
        self,
        name: str,
        metavar: str,
        about: str,
        short: str = "",
        *,
        dest: str = "",
        repeated: bool = False,
        path: bool = False,
        kind: str = "",
        choices: Sequence[str] = (),
        many: bool = False,
        filled: str = "",
    ) -> None:
        """Declare an option with a value; the rest is as in `Declared`."""
        names = (name, short) if short else (name,)
        self._own.append(
            Declared(
                names, about, dest or _dest(name), metavar, repeated=repeated, path=path, kind=kind or metavar,
                choices=choices, many=many, filled=filled,
            )
        )  # fmt: skip

    def flag(self, name: str, about: str, short: str = "") -> None:
        """Declare an option without a value."""
        self._own.append(Declared((name, short) if short else (name,), about, _dest(name), kind=name))

    def understood(self, words: Sequence[str]) -> Found:
        """Understand a command line.

        Raises:
            InputError: It does not fit this command.
        """
        fields: dict[str, object] = {}
        for option in self.options:
            missing = False if not option.metavar else None if option.shared else ""
            fields[option.dest] = [] if option.repeated else missing
        plain: list[str] = []
        trails: list[Trail] = []
        behind: list[str] = []
        left = iter(words)
        for word in left:
            if word == "--":
                self._see_meant(plain)
                return Found(**fields, **self._placed([*plain, *left], trails), trails=trails)
            if not self._is_option(word):
                plain.append(word)
                behind.append(word)
            else:
                option, value = self._option(word, left)
                said = fields[option.dest]
                fields[option.dest] = [*said, value] if isinstance(said, list) else value
                behind = []
                if isinstance(value, str):
                    trails.append(Trail(option.name, value, behind))
        self._see_meant(plain)
        return Found(**fields, **self._placed(plain, trails), trails=trails)

    def _see_meant(self, plain: list[str]) -> None:
        """See that no word is a shell's sign or an option behind a long dash.

        Raises:
            InputError: One is.
        """
        if all(word.isascii() and word not in _SHELL for word in plain):
            return
        from gztrack.cli.slips import odd

        said = odd(plain, figures=any(word.name == "VALUE" for word in self.words), surely=True)
        if said:
            self.refuse(said)

    def _option(self, word: str, left: Iterator[str]) -> tuple[Declared, str | bool]:
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
                self.refuse(tr("{option} needs a value, as in {option}=VALUE", option=option.name))
        if option.filled and not value.strip():
            self.refuse(tr("{option} is empty: {why}", option=option.name, why=option.filled))
        return option, value

    def _placed(self, plain: list[str], trails: Sequence[Trail]) -> dict[str, object]:
        """Each word under its name.

        Raises:
            InputError: There are too few, or too many.
        """
        found: dict[str, object] = {}
        missing = []
        for word in self.words:
            key = word.dest
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
            from gztrack.cli.slips import left_over

            self.refuse(left_over(plain, trails, none=not self.words))
        return found

    def _named(self, name: str) -> Declared | None:
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


def _shared(*, glyphs: bool) -> list[Declared]:
    """The options of every command."""
    lang = tr("en or zh; else as config.toml or the locale has it")
    quiet = tr("no echo, no notices; data and errors stay")
    languages = (*LANGUAGES, ",".join(LANGUAGES))
    found = [
        Declared(("--db",), tr("the database"), "db", "DIR", shared=True, path=True, kind="DIR"),
        Declared(("--as",), tr("who says so"), "author", "NAME", shared=True, kind="NAME"),
        Declared(("--lang",), lang, "lang", "LANG", shared=True, kind="LANG", choices=languages),
        Declared(("--json",), tr("data as JSON"), "json", shared=True, kind="--json"),
        Declared(
            ("--quiet", "-q"),
            quiet,
            "quiet",
            shared=True,
            kind="--quiet",
        ),
        Declared(("--ascii",), tr("bars and glyphs in plain ASCII"), "ascii", shared=True, kind="--ascii"),
        Declared(("--help", "-h"), tr("this help"), "help", shared=True, kind="--help"),
    ]
    return [option for option in found if glyphs or option.name != "--ascii"]


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
