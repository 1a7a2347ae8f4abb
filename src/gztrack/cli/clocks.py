"""Options that say as of when something is reckoned, by which method, and which words select rows."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from gztrack.cli.parser import Parser
from gztrack.domain.periods import parse_day
from gztrack.domain.records import METHODS
from gztrack.domain.text import clean, nearest
from gztrack.errors import InputError
from gztrack.services.tracker import Clocks, Tracker

Understood = TypeVar("Understood")


def as_of_option(parser: Parser) -> None:
    """Add ``--as-of``."""
    parser.option("--as-of", "D", "reckon as of this date; it may lie in the past or the future")


def clocks_options(parser: Parser) -> None:
    """Add the three clocks: ``--as-of``, ``--logged-by`` and ``--published-by``."""
    as_of_option(parser)
    parser.option("--logged-by", "D", "only what was logged up to this day")
    parser.option("--published-by", "D", "only readings published up to this day")


def method_option(parser: Parser) -> None:
    """Add ``--method``."""
    parser.option(
        "--method",
        "M",
        f"how a status is reckoned: {', '.join(METHODS)}; else by each one's own or the database's",
    )


def clocks(found: Namespace, tracker: Tracker) -> Clocks:
    """The clocks that ``--as-of``, ``--logged-by`` and ``--published-by`` set.

    Raises:
        InputError: One of them is no date; its option is named.
    """
    return Clocks(
        _day("--as-of", found.as_of, tracker.today),
        _day("--logged-by", getattr(found, "logged_by", ""), tracker.today),
        _day("--published-by", getattr(found, "published_by", ""), tracker.today),
    )


def _day(option: str, text: str, today: date) -> date | None:
    return under(option, lambda: parse_day(text, today)) if text else None


def undated(tracker: Tracker, when: Clocks, slugs: Iterable[str]) -> list[str]:
    """How many readings ``--published-by`` leaves out because nobody knows when they were published.

    Args:
        tracker: Whose readings.
        when: The clocks.
        slugs: Only those of these indicators.

    Returns:
        A line to say beside the data; none where nothing is left out so.
    """
    if when.published_by is None:
        return []
    moment = tracker.moment(when)._replace(published_by="")
    count = sum(
        not published
        for slug in slugs
        for published in tracker.register.standing_readings(slug, moment).column("published")
    )
    if not count:
        return []
    have, do = ("1 reading has", "does") if count == 1 else (f"{count:,} readings have", "do")
    return [f"{have} no publication date and so {do} not count here"]


def under(option: str, how: Callable[[], Understood]) -> Understood:
    """Understand an option's value.

    Raises:
        InputError: It cannot be understood; the option is named first.
    """
    try:
        return how()
    except InputError as error:
        raise InputError(f"{option}: {error}") from None


def method(found: Namespace) -> str:
    """The method asked for; empty for each indicator's own.

    Raises:
        InputError: There is none of that name.
    """
    return one_of("--method", found.method, METHODS) if found.method else ""


def one_of(option: str, text: str, words: Sequence[str]) -> str:
    """One of the given words, hyphens and blanks alike.

    Raises:
        InputError: It is none of them.
    """
    wanted = _plain(text)
    for word in words:
        if _plain(word) == wanted:
            return word
    near = nearest(wanted, [_plain(word) for word in words])
    hint = f"did you mean '{near}'? " if near else ""
    raise InputError(f"{option}: no such word: '{clean(text)}'; {hint}one of {', '.join(words)}")


def many_of(option: str, text: str, words: Sequence[str]) -> set[str]:
    """Some of the given words, parted by commas.

    Raises:
        InputError: One is none of them.
    """
    return {one_of(option, part, words) for part in text.split(",")}


def group(text: str, groups: Sequence[str]) -> str:
    """The group that a text names, in any case.

    Raises:
        InputError: There is none such.
    """
    wanted = clean(text).casefold()
    there = list(dict.fromkeys(name for name in groups if name))
    for name in there:
        if name.casefold() == wanted:
            return name
    holding = [name for name in there if wanted and wanted in name.casefold()]
    if len(holding) == 1:
        return holding[0]
    listed = f"there are: {', '.join(there)}" if there else "no indicator stands in one"
    raise InputError(f"--group: no such group: '{clean(text)}'; {listed}")


def _plain(word: str) -> str:
    return clean(word).lower().replace("-", " ").replace("_", " ")
