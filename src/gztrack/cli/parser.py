"""A command's parser: argparse, made to take negative figures and to say what would be right.

Three things differ from argparse as it comes. Words such as ``-3.2%``, ``-31万`` or ``- see
page 3`` are no options, since an option starts with a letter; they are shielded with a
private-use character before parsing and bared after it. Options may stand anywhere between the
words. And an error is one `InputError` that names what is wrong and what would be right.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from gztrack.cli.hints import meant
from gztrack.cli.output import width
from gztrack.errors import InputError
from gztrack.language import LANGUAGES, language, ntr, tr

SHIELD = "\ue000"
"""Put in front of a word that argparse would take for an option."""

# -CNY5 and -US$5 are figures too; options have small letters.
_FIGURE = re.compile(r"-(?![a-zA-Z-])|-[A-Z]{2,3}\$?\s?[0-9.]|--(?![a-zA-Z])")

_PIECES = re.compile(r"(?:\[[^\]]*\]|[^\s\[])+")
"""What stands between blanks; what stands in brackets is not parted."""


class Declared:
    """A word or an option as it was declared: what completion and the man page are made from.

    Args:
        names: How it is written: the name of a word, or an option's names, the long one first.
        about: What it is, as help says it.
        metavar: What stands for an option's value; empty for one without.
        count: How many words: empty for one, ``?``, ``*`` or ``+`` as regular expressions have it.
        repeated: The option may be given several times.
        shared: The option is every command's.
        kind: What a value names, where the metavar or the word's name does not say it: ``ID``, ``FILE``, ``DIR`` ...
        choices: Fixed words that it takes, in English.
        many: Several of them at once, parted by commas.
        behind: What the word names instead behind certain first words, by those.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        about: str,
        *,
        metavar: str = "",
        count: str = "",
        repeated: bool = False,
        shared: bool = False,
        kind: str = "",
        choices: Sequence[str] = (),
        many: bool = False,
        behind: Mapping[str, str] | None = None,
    ) -> None:
        self.names = names
        self.about = about
        self.metavar = metavar
        self.count = count
        self.repeated = repeated
        self.shared = shared
        self.kind = kind or metavar or names[0]
        self.choices = choices
        self.many = many
        self.behind = behind or {}


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help in the language of the process; the texts of options are folded by cells."""

    def __init__(self, prog: str, *, width: int) -> None:
        super().__init__(prog, max_help_position=26, width=width)
        self._headings: list[str] = []

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading)
        self._headings += [heading] if heading else []

    def format_help(self) -> str:
        found = super().format_help()
        for heading in self._headings:
            found = found.replace(f"\n{heading}:\n", "\n" + tr("{heading}:", heading=heading) + "\n", 1)
        return found

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _heading() if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if text.isascii() else _folded(text, width + 2)


class Parser(argparse.ArgumentParser):
    """One command's parser.

    Args:
        command: Its name.
        usage: Its words and options, as help shows them behind the name; a line for each way to use it.
        about: What it does, one or two sentences.
        example: A command line that shows it, without the program's name.
        glyphs: It draws bars, and so takes ``--ascii``.

    Attributes:
        ways: Its words and options, as help shows them behind the name; one for each way to use it.
        about: What it does.
        example: Command lines that show it, one a line.
        words: The words that it takes, in their order.
        options: Its options, flags included, every command's too.
    """

    def __init__(self, command: str, usage: str, about: str, example: str, *, glyphs: bool = False) -> None:
        self.command = command
        self.example = f"gztrack {example}"
        self.ways = tuple(usage.split("\n"))
        self.about = about
        self.words: list[Declared] = []
        self.options: list[Declared] = []
        columns = width()

        def formatter(prog: str) -> argparse.HelpFormatter:
            # argparse would load shutil just to learn the width.
            return _Formatter(prog, width=columns - 2)

        super().__init__(
            prog=f"gztrack {command}",
            usage=_usage(command, usage, columns).replace("%", "%%"),
            description="\n".join(_folded(about, columns)),
            epilog="\n".join([tr("example:"), *(f"  gztrack {line}" for line in example.split("\n"))]),
            formatter_class=formatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.color = False  # newer versions of argparse colour their help unless told
        self._positionals.title = tr("positional arguments")
        self._optionals.title = tr("options")
        self._names: list[str] = []
        shared = self.add_argument_group(tr("options of every command"))
        self.option("--db", "DIR", tr("the database"), group=shared)
        self.option("--as", "NAME", tr("who says so"), dest="author", group=shared)
        self.option("--lang", "LANG", tr("en or zh; else as config.toml or the locale has it"), group=shared,
                    choices=(*LANGUAGES, ",".join(LANGUAGES)))  # fmt: skip
        self.flag("--json", tr("data as JSON"), group=shared)
        if glyphs:
            self.flag("--ascii", tr("bars and glyphs in plain ASCII"), group=shared)
        self.flag("--help", tr("this help"), "-h", group=shared)

    def word(
        self,
        name: str,
        about: str,
        nargs: str | None = None,
        *,
        kind: str = "",
        choices: Sequence[str] = (),
        behind: Mapping[str, str] | None = None,
    ) -> None:
        """Add a positional argument; an optional one is an empty list or text when it is missing."""
        self.words.append(
            Declared((name,), about, count=nargs or "", kind=kind, choices=choices, behind=behind)
        )
        if nargs in ("*", "+"):
            self.add_argument(name.lower(), metavar=name, help=about, nargs=nargs, default=[])
        elif nargs == "?":
            self.add_argument(name.lower(), metavar=name, help=about, nargs=nargs, default="")
        else:
            self.add_argument(name.lower(), metavar=name, help=about)

    def option(
        self,
        name: str,
        metavar: str,
        about: str,
        short: str = "",
        *,
        dest: str = "",
        repeated: bool = False,
        group: argparse._ArgumentGroup | None = None,
        kind: str = "",
        choices: Sequence[str] = (),
        many: bool = False,
    ) -> None:
        """Add an option with a value; it is empty when it is not given, and so is a repeated one's list.

        ``kind``, ``choices`` and ``many`` are for completion, see `Declared`; what is typed is checked elsewhere.
        """
        names = (name, short) if short else (name,)
        self.options.append(
            Declared(names, about, metavar=metavar, repeated=repeated, shared=group is not None, kind=kind,
                     choices=choices, many=many)
        )  # fmt: skip
        self._names += [name, short] if short else [name]
        (group or self).add_argument(
            *([short, name] if short else [name]),
            metavar=metavar,
            help=about.replace("%", "%%"),
            dest=dest or name.strip("-").replace("-", "_"),
            default=[] if repeated else None if group else "",
            action="append" if repeated else "store",
        )

    def flag(
        self, name: str, about: str, short: str = "", *, group: argparse._ArgumentGroup | None = None
    ) -> None:
        """Add an option without a value."""
        own = (name, short) if short else (name,)
        self.options.append(Declared(own, about, shared=group is not None))
        self._names += [name, short] if short else [name]
        names = [short, name] if short else [name]
        (group or self).add_argument(*names, action="store_true", help=about.replace("%", "%%"))

    def understood(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse a command line.

        Raises:
            InputError: It does not fit this command.
        """
        shielded = list(_shielded(words))
        for word in shielded:
            self._check_option(word)
        found, surplus = self.parse_known_intermixed_args(shielded)
        if surplus:
            self._refuse(tr("nothing takes '{word}'", word=_bared(surplus[0])))
        for name, value in vars(found).items():
            if isinstance(value, str):
                setattr(found, name, _bared(value))
            elif isinstance(value, list):
                setattr(found, name, [_bared(one) for one in value])
        return found

    def _check_option(self, word: str) -> None:
        """Refuse an option that does not exist before a missing word is complained about."""
        if not word.startswith("-") or word == "-":
            return
        name = word.partition("=")[0]
        short = "" if word.startswith("--") else word[:2]
        if name in self._names or short in self._names or " " in name:
            return
        near = meant(name, [known for known in self._names if known.startswith("--")])
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

    def error(self, message: str) -> NoReturn:
        """Say in one line what argparse found wrong.

        Raises:
            InputError: Always.
        """
        missing = message.partition("the following arguments are required: ")[2]
        if missing:
            many = missing.count(",") + 1
            self._refuse(ntr("{names} is missing", "{names} are missing", many, names=missing))
        found = re.fullmatch(r"argument (?:-\w/)?(\S+): (.*)", message, re.DOTALL)
        if found and "expected" in found[2]:
            self._refuse(tr("{option} needs a value, as in {option}=VALUE", option=found[1]))
        if found and "explicit argument" in found[2]:
            self._refuse(tr("{option} takes no value", option=found[1]))
        self._refuse(message)

    def _refuse(self, what: str) -> NoReturn:
        raise InputError(
            tr(
                "{command}: {what}; for example: {example}",
                command=self.command,
                what=what,
                example=self.example.splitlines()[0],
            )
        )


def _heading() -> str:
    """What stands before the first way to use a command."""
    return tr("usage: ")


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from gztrack.export.cells import cells

    return cells(text)


def _usage(command: str, usage: str, columns: int) -> str:
    """The usage as help shows it; argparse puts a heading of its own before the first line."""
    margin = " " * _cells(_heading())
    hang = margin + " " * 4
    ways = [_folded(f"gztrack {command} {way}", columns - len(hang)) for way in usage.split("\n")]
    return f"\n{margin}".join(f"\n{hang}".join(way) for way in ways)


def _folded(text: str, columns: int) -> list[str]:
    """Text on lines that fit; what stands in brackets is not parted, Chinese between any two characters."""
    lines: list[str] = []
    for word in _PIECES.findall(text):
        for gap, piece in _parted(word):
            if lines and _cells(lines[-1] + gap + piece) <= columns - 2:
                lines[-1] += gap + piece
            else:
                lines.append(piece)
    return lines


def _parted(word: str) -> Iterable[tuple[str, str]]:
    if word.isascii():
        return [(" ", word)]
    from gztrack.export.cells import pieces

    return pieces(word, inside=language() == "zh")


def _shielded(words: Sequence[str]) -> Iterable[str]:
    """The words with everything shielded that is no option; the first ``--`` ends the options."""
    ended = False
    for word in words:
        if word == "--" and not ended:
            ended = True
        elif (ended or word.startswith(SHIELD) or _FIGURE.match(word)) and word != "-":
            yield SHIELD + word
        elif word.startswith("-") and word.partition("=")[2] == "--":
            yield f"{word[:-2]}{SHIELD}--"  # argparse drops every word that is only that, a value too
        else:
            yield word


def _bared(word: str) -> str:
    return word.removeprefix(SHIELD)
