"""The language people are answered in: English as the code has it, Chinese from a gettext catalogue.

A text for people is written in English where it arises, as ``tr("{n} readings of {name}", n=..., name=...)``,
and comes out in the language of the process. What programs read stays English whatever the language: keys,
JSON, files of data, what is kept in the journal, ids, commands and option names.

The catalogue is ``locale/zh/LC_MESSAGES/gztrack.po``; ``make translations`` gathers the texts and compiles it.
The language is chosen once, before anything is said (`use`), and holds for every thread.
"""

from __future__ import annotations

import os
from contextvars import ContextVar

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations
    from types import TracebackType

LANGUAGES = ("en", "zh")
"""Languages that there are, English first."""

AUTO = "auto"
"""Numbers as the language has them."""

LOCALE = os.path.join(os.path.dirname(__file__), "locale")
"""Where the catalogues are, as gettext lays them out."""


class _Tongue:
    """A language with its catalogue, its large numbers and its names; English has no catalogue."""

    def __init__(
        self, name: str, catalogue: NullTranslations | None, numbers: str, names: tuple[str, ...]
    ) -> None:
        self.name = name
        self.catalogue = catalogue
        self.numbers = numbers
        self.names = names


_ENGLISH = _Tongue("en", None, "en", ("en",))
_catalogues: dict[str, NullTranslations | None] = {"en": None}
_process = _ENGLISH
_REMEMBERED = 2_000
_english: dict[str, str] | None = None
_here: ContextVar[_Tongue | None] = ContextVar("language", default=None)


def use(language: str, numbers: str = AUTO, names: tuple[str, ...] = ()) -> None:
    """Answer in this language from now on, in every thread.

    Args:
        language: One of `LANGUAGES`.
        numbers: Whose large numbers: ``en`` counts in thousands (200 k), ``zh`` in myriads (20 万).
        names: In which languages indicators, groups and units are named, the first one first; empty for this one.

    Raises:
        ValueError: There is no such language.
    """
    global _process
    _process = _tongue(language, numbers, names)


class speaking:  # noqa: N801  # used as a function
    """Answer in another language for a while, in this thread or task alone: ``with speaking("en"): ...``.

    Args:
        language: One of `LANGUAGES`.

    Raises:
        ValueError: There is no such language.
    """

    def __init__(self, language: str) -> None:
        self._tongue = _tongue(language, AUTO, ())

    def __enter__(self) -> None:
        self._before = _here.set(self._tongue)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _here.reset(self._before)


def language() -> str:
    """The language that people are answered in."""
    return (_here.get() or _process).name


def numbers() -> str:
    """Whose large numbers figures are shown with: ``en`` or ``zh``."""
    return (_here.get() or _process).numbers


def names() -> tuple[str, ...]:
    """In which languages indicators are named, the first one first."""
    return (_here.get() or _process).names


def use_names(names: tuple[str, ...]) -> None:
    """Name indicators in these languages from now on, in every thread; empty for the language of every word."""
    use(_process.name, _process.numbers, names)


def spelled(setting: str) -> tuple[str, ...]:
    """The languages of the setting ``names``: ``auto``, ``both`` or one of `LANGUAGES`."""
    if setting == "both":
        return (_process.name, *(each for each in LANGUAGES if each != _process.name))
    return () if setting == AUTO else (setting,)


def named(name: str, name_zh: str) -> str:
    """A name in the languages that names are shown in; one that is there in one language only has that one."""
    there = {"en": name, "zh": name_zh}
    shown = [text for language in names() if (text := there[language])]
    return " ".join(dict.fromkeys(shown)) or name or name_zh


def manner() -> str:
    """Language, numbers and names in one word: what is worded in one manner is not to be shown in another."""
    tongue = _here.get() or _process
    return f"{tongue.name} {tongue.numbers} {'+'.join(tongue.names)}"


def tr(text: str, /, **values: object) -> str:
    """A text in the language people are answered in.

    Args:
        text: The English text, a literal, so that it can be gathered; ``{name}`` marks a value.
        values: What stands in it; texts among them are put in as they are.
    """
    catalogue = (_here.get() or _process).catalogue
    if catalogue is None or not text:  # the empty text is the catalogue's own head
        return text.format(**values) if values else text
    there = catalogue.gettext(text)
    told = there.format(**values) if values else there
    _remember(told, text, values)
    return told


def ntr(one: str, many: str, n: int, /, **values: object) -> str:
    """A text about a number of things: ``ntr("{n:,} fact", "{n:,} facts", 3)``.

    Args:
        one: The English text for one of them.
        many: The English text for any other number.
        n: How many; it stands in the text as ``{n}``.
        values: What else stands in it.
    """
    catalogue = (_here.get() or _process).catalogue
    english = one if n == 1 else many
    if catalogue is None:
        return english.format(n=n, **values)
    told = catalogue.ngettext(one, many, n).format(n=n, **values)
    _remember(told, english, {"n": n, **values})
    return told


def ptr(context: str, text: str, /, **values: object) -> str:
    """A text that is one in English and several in another language.

    Args:
        context: Tells them apart, for translators; never shown.
        text: As in `tr`.
        values: As in `tr`.
    """
    catalogue = (_here.get() or _process).catalogue
    if catalogue is not None:
        text = catalogue.pgettext(context, text)
    return text.format(**values) if values else text


def ways(text: str, *contexts: str) -> tuple[str, ...]:
    """A text in every language, English first: what people may type for it, whatever they are answered in.

    Args:
        text: As in `tr`.
        contexts: Where it is another word as well, as in `ptr`.
    """
    found = [text]
    for name in LANGUAGES:
        catalogue = _tongue(name, AUTO, ()).catalogue
        if catalogue is not None:
            found.append(catalogue.gettext(text))
            found += [catalogue.pgettext(context, text) for context in contexts]
    return tuple(dict.fromkeys(found))


def remember_english() -> None:
    """Remember from now on what each text is in English: for a log that whoever keeps it can search."""
    global _english
    _english = {}


def english(text: str) -> str:
    """What a text that `tr` gave is in English, where that is remembered; else the text itself."""
    return text if _english is None else _english.get(text, text)


def _remember(told: str, text: str, values: Mapping[str, object]) -> None:
    """Remember what a text is in English, if that is wanted: a board says many in its time, a log needs the last."""
    if _english is None:
        return
    if len(_english) >= _REMEMBERED:
        _english.clear()
    english = {name: _in_english(value) for name, value in values.items()}
    _english[told] = text.format(**english) if values else text


def _in_english(value: object) -> object:
    if isinstance(value, BaseException):
        value = str(value)
    return english(value) if isinstance(value, str) else value


def term(text: str, /) -> str:
    """Mark a literal for the catalogue where it is a key or stands in a table; `tr` says it later."""
    return text


def pterm(context: str, text: str, /) -> str:  # noqa: ARG001  # the catalogue has it
    """Mark a literal likewise that `ptr` says later, in this context."""
    return text


def _tongue(language: str, numbers: str, names: tuple[str, ...]) -> _Tongue:
    numbers, names = language if numbers == AUTO else numbers, names or (language,)
    for name in (language, numbers, *names):
        if name not in LANGUAGES:
            raise ValueError(f"no such language: {name}")
    if language not in _catalogues:
        from gettext import GNUTranslations

        with open(os.path.join(LOCALE, language, "LC_MESSAGES", "gztrack.mo"), "rb") as file:
            _catalogues[language] = GNUTranslations(file)
    return _Tongue(language, _catalogues[language], numbers, names)


def of_environment(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for.

    As gettext has it: the locale is the first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set; where it
    is one of a language, ``LANGUAGE`` may name others before it.
    """
    locale = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environ.get(name))), "")
    if spoken(locale) in ("", "c", "posix"):
        return "en"
    wanted = [*environ.get("LANGUAGE", "").split(":"), locale]
    return next((found for text in wanted if (found := spoken(text)) in LANGUAGES), "en")


def spoken(locale: str) -> str:
    """The language of a locale's name: ``zh`` of ``zh_CN.UTF-8``."""
    for end in "_.@-":
        locale = locale.partition(end)[0]
    return locale.lower()
