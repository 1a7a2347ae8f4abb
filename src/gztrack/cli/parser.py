"""A command's parser: argparse, made to take negative figures and to say what would be right.

Three things differ from argparse as it comes. Words such as ``-3.2%``, ``-31万`` or ``- see
page 3`` are no options, since an option starts with a letter; they are shielded with a
private-use character before parsing and bared after it. Options may stand anywhere between the
words. And an error is one `InputError` that names what is wrong and what would be right.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from gztrack.cli.hints import instead
from gztrack.cli.output import width
from gztrack.errors import InputError

SHIELD = "\ue000"
"""Put in front of a word that argparse would take for an option."""

# -CNY5 and -US$5 are figures too; options have small letters.
_FIGURE = re.compile(r"-(?![a-zA-Z-])|-[A-Z]{2,3}\$?\s?[0-9.]|--(?![a-zA-Z])")


class Parser(argparse.ArgumentParser):
    """One command's parser.

    Args:
        command: Its name.
        usage: Its words and options, as help shows them behind the name; a line for each way to use it.
        about: What it does, one or two sentences.
        example: A command line that shows it, without the program's name.
        glyphs: It draws bars, and so takes ``--ascii``.
    """

    def __init__(self, command: str, usage: str, about: str, example: str, *, glyphs: bool = False) -> None:
        self.command = command
        self.example = f"gztrack {example}"
        columns = width()

        def formatter(prog: str) -> argparse.HelpFormatter:
            # argparse would load shutil just to learn the width.
            return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=columns - 2)

        super().__init__(
            prog=f"gztrack {command}",
            usage=_usage(command, usage, columns).replace("%", "%%"),
            description="\n".join(_folded(about, columns)),
            epilog="example:\n" + "\n".join(f"  gztrack {line}" for line in example.split("\n")),
            formatter_class=formatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.color = False  # newer versions of argparse colour their help unless told
        self._names: list[str] = []
        shared = self.add_argument_group("options of every command")
        self.option("--db", "DIR", "the database", group=shared)
        self.option("--as", "NAME", "who says so", dest="author", group=shared)
        self.option("--lang", "LANG", "en or zh; else as the locale has it", group=shared)
        self.flag("--json", "data as JSON", group=shared)
        if glyphs:
            self.flag("--ascii", "bars and glyphs in plain ASCII", group=shared)
        self.flag("--help", "this help", "-h", group=shared)

    def word(self, name: str, about: str, nargs: str | None = None) -> None:
        """Add a positional argument; an optional one is an empty list or text when it is missing."""
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
    ) -> None:
        """Add an option with a value; it is empty when it is not given, and so is a repeated one's list."""
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
            self._refuse(f"nothing takes '{_bared(surplus[0])}'")
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
        hint = instead(name, [known for known in self._names if known.startswith("--")]) or ";"
        raise InputError(
            f"no such option of {self.command}: '{name}'{hint} gztrack {self.command} --help lists them"
        )

    def error(self, message: str) -> NoReturn:
        """Say in one line what argparse found wrong.

        Raises:
            InputError: Always.
        """
        missing = message.partition("the following arguments are required: ")[2]
        if missing:
            self._refuse(f"{missing} is missing" if "," not in missing else f"{missing} are missing")
        found = re.fullmatch(r"argument (?:-\w/)?(\S+): (.*)", message, re.DOTALL)
        if found and "expected" in found[2]:
            self._refuse(f"{found[1]} needs a value, as in {found[1]}=VALUE")
        if found and "explicit argument" in found[2]:
            self._refuse(f"{found[1]} takes no value")
        self._refuse(message)

    def _refuse(self, what: str) -> NoReturn:
        raise InputError(f"{self.command}: {what}; for example: {self.example.splitlines()[0]}")


def _usage(command: str, usage: str, columns: int) -> str:
    """The usage as help shows it; argparse puts seven columns of its own before the first line."""
    margin, hang = " " * 7, " " * 11
    ways = [_folded(f"gztrack {command} {way}", columns - len(hang)) for way in usage.split("\n")]
    return f"\n{margin}".join(f"\n{hang}".join(way) for way in ways)


def _folded(text: str, columns: int) -> list[str]:
    """Text on lines that fit; what stands in brackets is not parted."""
    lines: list[str] = []
    for word in re.findall(r"(?:\[[^\]]*\]|[^\s\[])+", text):
        if lines and len(lines[-1]) + 1 + len(word) <= columns - 2:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


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
