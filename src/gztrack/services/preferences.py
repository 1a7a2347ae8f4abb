"""A person's own settings: ``config.toml``, read when the board opens and by ``gztrack config``.

Nothing in it can keep the board shut. What cannot be understood stays as it comes, and one line
says where it is and what would be right.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean, listed, nearest
from gztrack.language import AUTO, LANGUAGES, term, tr
from gztrack.services import keymap
from gztrack.services.keymap import EVERYWHERE, Problem
from gztrack.services.personal import LARGEST, place

THEMES = ("auto", "dark", "light", "ansi", "mono")
NAMES = ("auto", "en", "zh", "both")
LANGS = (AUTO, *LANGUAGES)
_NO_TOML = (
    term("cannot overwrite a value"),
    term("expected '=' after a key in a key/value pair"),
    term("expected ']' at the end of a table declaration"),
    term("expected ']]' at the end of an array declaration"),
    term("expected newline or end of document after a statement"),
    term("invalid date or datetime"),
    term("invalid hex value"),
    term("invalid initial character for a key part"),
    term("invalid statement"),
    term("invalid value"),
    term("unclosed array"),
    term("unclosed inline table"),
    term("unescaped '\\' in a string"),
    term("unterminated string"),
)
"""What TOML's reader says where it names nothing of the file."""


@dataclass(frozen=True)
class Preferences:
    """What somebody set, and what is wrong with it.

    Attributes:
        path: Of the file, whether or not there is one.
        exists: There is one.
        theme: ``auto`` looks at the terminal.
        ascii: Whether marks are plain ASCII; None looks at the terminal.
        lang: ``en`` or ``zh``: the language people are answered in; ``auto`` goes by the environment.
        numbers: ``en`` or ``zh``: large numbers in thousands or in myriads; ``auto`` goes by the language.
        names: ``en``, ``zh`` or ``both``: which names the board begins with; ``auto`` goes by the language.
        keys: ``screen.action`` to keys separated by commas, where they are not those it comes with.
        problems: One line each: the place, what is wrong, what would be right.
    """

    path: str
    exists: bool = False
    theme: str = "auto"
    ascii: bool | None = None
    lang: str = AUTO
    numbers: str = AUTO
    names: str = AUTO
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def notice(self) -> tuple[str, str]:
        """The first problem for a board's one line, and what lists all of them; empty texts without any."""
        if not self.problems:
            return ("", "")
        more = len(self.problems) - 1
        command = "gztrack config --check"
        return self.problems[0], tr("{command} ({n} more)", command=command, n=more) if more else command


def preferences(environ: Mapping[str, str] = os.environ) -> Preferences:
    """Read the file, if there is one; whatever is wrong with it becomes a line."""
    path = place(environ)
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Preferences(path)
    except OSError as error:
        reason = reason_of(error).lower()
        return Preferences(path, True, problems=(tr("{place}: {problem}", place=path, problem=reason),))
    if len(data) > LARGEST:
        return Preferences(path, True, problems=(tr("{path}: is larger than any config file", path=path),))
    return understood(path, data)


def understood(path: str, data: bytes) -> Preferences:
    """Understand what a file holds.

    Args:
        path: For the lines about what is wrong, which name the file.
        data: The file.
    """
    import tomllib  # most accounts have no such file, and the first paint waits for every import

    name = os.path.basename(path)
    try:
        text = data.decode("utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        said = tr("{place}: is not UTF-8", place=_where(name, line))
        return Preferences(path, True, problems=(said,))
    except (ValueError, RecursionError) as error:  # a number of too many digits is no error of TOML's
        return Preferences(path, True, problems=(_broken(name, str(error), text),))
    given, problems = _settings(found)
    made = keymap.keymap(_sections(found.get("keys", {}), problems))
    lines = _lines(text)
    told = sorted(
        (lines.get((problem.section, problem.name), 0), problem) for problem in [*problems, *made.problems]
    )
    return Preferences(
        path,
        True,
        **given,
        keys=made.keys,
        problems=tuple(_told(name, line, problem) for line, problem in told),
    )


def _broken(name: str, error: str, text: str) -> str:
    """One line of a syntax error; TOML's reader says where in brackets at its end."""
    found = re.search(r"\s*\(at line (\d+), column \d+\)$", error)
    ended = error.endswith("(at end of document)")
    line = int(found[1]) if found else max(1, len(text.splitlines())) if ended else 0
    what = clean(error[: found.start()] if found else error.removesuffix("(at end of document)"))
    return tr(
        "{place}: no TOML: {problem}; a line is like {example}",
        place=_where(name, line),
        problem=tr(what[:1].lower() + what[1:]),
        example='theme = "light"',
    )


def _where(name: str, line: int) -> str:
    return tr("{file}, line {line}", file=name, line=line) if line else name


def _told(name: str, line: int, problem: Problem) -> str:
    what = ".".join(part for part in (problem.section, problem.name) if part)
    return tr(
        "{place}: {setting}: {problem}",
        place=_where(name, line),
        setting=clean(what),
        problem=clean(problem.text),
    )


def _settings(found: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return the settings that can be understood, and what is wrong with the others."""
    given: dict[str, Any] = {}
    problems = []
    for name, value in found.items():
        if name == "keys":
            continue
        check = _CHECKS.get(name)
        if check is None:
            near = nearest(clean(name), [*_CHECKS, "keys"])
            known = listed([*_CHECKS, "[keys]"])
            hint = tr("did you mean '{near}'?", near=near) if near else tr("there are {known}", known=known)
            problems.append(Problem("", name, tr("no such setting: {hint}", hint=hint)))
        elif problem := check(value):
            problems.append(Problem("", name, problem))
        else:
            given[name] = value
    return given, problems


def _one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value in words and isinstance(value, str):
            return ""
        return tr("has to be one of {words}", words=listed(f'"{word}"' for word in words))

    return check


def _yes_or_no(value: object) -> str:
    return "" if isinstance(value, bool) else tr("has to be true or false, without quotes")


_CHECKS: dict[str, Callable[[object], str]] = {
    "theme": _one_of(THEMES),
    "ascii": _yes_or_no,
    "lang": _one_of(LANGS),
    "numbers": _one_of(LANGS),
    "names": _one_of(NAMES),
}


def _sections(keys: object, problems: list[Problem]) -> dict[str, dict[str, object]]:
    """Return ``[keys]`` and ``[keys.detail]`` apart: screen to action to keys."""
    if not isinstance(keys, dict):
        said = tr("is a section: [keys], and below it lines like {example}", example='log = "L"')
        problems.append(Problem("", "keys", said))
        return {}
    sections: dict[str, dict[str, object]] = {EVERYWHERE: {}}
    for name, value in keys.items():
        if isinstance(value, dict):
            sections[name] = value
        else:
            sections[EVERYWHERE][name] = value
    return sections


_HEAD = re.compile(r"\s*\[\s*([\w.\s\"'-]+?)\s*\]")
_NAME = re.compile(r"\s*([\w.\s\"'-]+?)\s*=")


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each section and name, as far as they are written one to a line.

    TOML's reader does not tell; where a file is written otherwise, a problem names no line.
    """
    lines: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            section = _bare(head[1])
            lines.setdefault((section, ""), number)
            before, _, last = section.rpartition(".")
            lines.setdefault((before, last), number)
        elif name := _NAME.match(line):
            before, _, last = ".".join(part for part in (section, _bare(name[1])) if part).rpartition(".")
            lines.setdefault((before, last), number)
    return lines


def _bare(name: str) -> str:
    """A dotted name without quotes and blanks."""
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
