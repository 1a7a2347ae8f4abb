"""In which language a command line is answered: asked for, set, or as the locale has it. Light.

It is settled before anything is said, help and errors included. What programs read is English: ``--json``
anywhere makes everything so.
"""

from __future__ import annotations

import sys

from gztrack import language
from gztrack.cli.output import as_started, is_terminal, speaks_utf8
from gztrack.errors import InputError
from gztrack.language import AUTO, LANGUAGES, tr

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def choose(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
    """Answer from now on in the language that the command line, the settings or the locale ask for.

    Raises:
        InputError: ``--lang`` names a language that there is not.
    """
    from gztrack.services.personal import speech

    environ = as_started() if environ is None else environ
    asked = _asked(argv)
    if asked is None:
        language.use("en")
        return
    lang, numbers = speech(environ)
    if lang == AUTO:
        lang = language.of_environment(environ) if _shows_chinese(environ) else "en"
    language.use(lang, numbers)  # also the answer to an option that names no language
    if asked:
        languages = understood(asked)
        language.use(languages[0], numbers, languages)


def understood(text: str) -> tuple[str, ...]:
    """The languages of ``--lang``: that of every word, and another one whose names are shown too.

    Raises:
        InputError: There is no such language, or one is named twice.
    """
    # zh_CN and zh-Hans name the same language as zh does.
    found = tuple(language.spoken(part.strip()) for part in text.split(","))
    unknown = [part for part in found if part not in LANGUAGES]
    if unknown:
        raise InputError(
            tr("--lang: no such language: '{name}'; en, zh, or en,zh for names in both", name=unknown[0])
        )
    if len(set(found)) < len(found):
        raise InputError(tr("--lang: the same language twice; en, zh, or en,zh for names in both"))
    return found


def _asked(argv: Sequence[str]) -> str | None:
    """What ``--lang`` says, empty where it is not there; None where the answer is for a program.

    No value of another option looks like this: the parsers refuse that.
    """
    found = ""
    for place, word in enumerate(argv):
        if word == "--":
            break
        if word == "--json":
            return None
        if word == "--lang" and place + 1 < len(argv):
            found = argv[place + 1]
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def _shows_chinese(environ: Mapping[str, str]) -> bool:
    """Whether whoever reads this can: the encoding has the characters, and the terminal is no bare console."""
    if is_terminal(sys.stdout) and environ.get("TERM", "") == "linux":
        return False
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    try:
        "中".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    # Python writes UTF-8 as well where it does not know the locale.
    return encoding != "utf-8" or speaks_utf8(environ)
