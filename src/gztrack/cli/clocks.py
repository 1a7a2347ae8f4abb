"""Options that say as of when something is reckoned, by which method, and which words select rows."""

from __future__ import annotations

from gztrack.cli.parser import Found, Parser
from gztrack.domain.periods import parse_day
from gztrack.domain.records import METHODS
from gztrack.domain.register import Fact
from gztrack.domain.text import choices, clean, listed, meant, nearest, spaced
from gztrack.errors import InputError
from gztrack.language import named, ntr, tr
from gztrack.services.reader import Clocks, Reader
from gztrack.services.views import NO_VERDICT, STATUS_ORDER, SUMMARY_FOLD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import TypeVar

    Understood = TypeVar("Understood")


FOLDED = {
    "reached": tuple(status for status, word in SUMMARY_FOLD.items() if word == "reached"),
    "no verdict": NO_VERDICT,
}
"""Words of summaries that stand for several statuses."""


def as_of_option(parser: Parser) -> None:
    """Add ``--as-of``."""
    parser.option("--as-of", "D", tr("reckon as of this date; it may lie in the past or the future"))


def clocks_options(parser: Parser) -> None:
    """Add the three clocks: ``--as-of``, ``--logged-by`` and ``--published-by``."""
    as_of_option(parser)
    parser.option("--logged-by", "D", tr("only what was logged up to this day"))
    parser.option("--published-by", "D", tr("only readings published up to this day"))


def method_option(parser: Parser) -> None:
    """Add ``--method``."""
    parser.option(
        "--method",
        "M",
        tr(
            "how a status is reckoned: {methods}; else by each one's own or the database's",
            methods=listed(METHODS),
        ),
        choices=METHODS,
    )


def choosing_options(parser: Parser) -> None:
    """Add the ids, ``--group`` and ``--only``."""
    parser.word("ID", tr("indicators; all unless told"), "*")
    parser.option("--group", "G", tr("only those under this heading"), kind="GROUP")
    parser.option(
        "--only",
        "STATUS",
        tr("only those with this status, or several parted by commas; reached, no verdict"),
        choices=(*STATUS_ORDER, *FOLDED),
        many=True,
    )


def clocks(found: Found, tracker: Reader) -> Clocks:
    """The clocks that ``--as-of``, ``--logged-by`` and ``--published-by`` set.

    Raises:
        InputError: One of them is no date; its option is named.
    """
    return Clocks(
        day_of("--as-of", found.as_of, tracker.today),
        day_of("--logged-by", getattr(found, "logged_by", ""), tracker.today),
        day_of("--published-by", getattr(found, "published_by", ""), tracker.today),
    )


def day_of(option: str, text: str, today: date) -> date | None:
    """The day that an option names; None where it was not given.

    Raises:
        InputError: It is no date; the option is named.
    """
    return under(option, lambda: parse_day(text, today)) if text else None


def undated(tracker: Reader, when: Clocks, slugs: Iterable[str]) -> list[str]:
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
    return [
        ntr(
            "{n:,} reading has no publication date and so does not count here",
            "{n:,} readings have no publication date and so do not count here",
            count,
        )
    ]


def under(option: str, how: Callable[[], Understood]) -> Understood:
    """Understand an option's value.

    Raises:
        InputError: It cannot be understood; the option is named first.
    """
    try:
        return how()
    except InputError as error:
        raise InputError(tr("{name}: {error}", name=option, error=error)) from None


def method(found: Found) -> str:
    """The method asked for; empty for each indicator's own.

    Raises:
        InputError: There is none of that name.
    """
    return one_of("--method", found.method, METHODS) if found.method else ""


def one_of(option: str, text: str, words: Sequence[str]) -> str:
    """One of the given words in any language, hyphens and blanks alike.

    Raises:
        InputError: It is none of them.
    """
    if found := meant(text, words):
        return found
    said, names = clean(text), choices(words)
    known = {spaced(shown): shown for shown in (words if said.isascii() else map(tr, words))}
    if near := known.get(nearest(spaced(text), list(known))):
        raise InputError(
            tr(
                "{option}: no such word: '{text}'; did you mean '{near}'? one of {names}",
                option=option,
                text=said,
                near=near,
                names=names,
            )
        )
    raise InputError(
        tr("{option}: no such word: '{text}'; one of {names}", option=option, text=said, names=names)
    )


def many_of(option: str, text: str, words: Sequence[str]) -> set[str]:
    """Some of the given words, parted by commas.

    Raises:
        InputError: One is none of them.
    """
    return {one_of(option, part, words) for part in text.replace("，", ",").replace("、", ",").split(",")}


def group(text: str, groups: Iterable[tuple[str, str]]) -> str:
    """The group that a text names, in any case, in English, in Chinese or as it is shown.

    Args:
        text: As typed.
        groups: What each indicator's group is called in English and in Chinese.

    Raises:
        InputError: There is none such.
    """
    wanted = clean(text).casefold()
    there: dict[str, str] = {}
    for english, chinese in groups:  # one indicator may say the Chinese name for all of a group
        if english:
            there[english] = there.get(english) or chinese
    shown = {name: named(name, chinese) for name, chinese in there.items()}
    called = {
        known.casefold(): name
        for name, chinese in reversed(there.items())
        for known in filter(None, (chinese, shown[name], name))
    }
    if wanted in called:
        return called[wanted]
    holding = {group for name, group in called.items() if wanted and wanted in name}
    if len(holding) == 1:
        return holding.pop()
    if there:
        names = listed(dict.fromkeys(shown.values()))
        raise InputError(
            tr("--group: no such group: '{text}'; there are: {names}", text=clean(text), names=names)
        )
    raise InputError(tr("--group: no such group: '{text}'; no indicator stands in one", text=clean(text)))


def groups(indicators: Iterable[Fact]) -> list[tuple[str, str]]:
    """What the groups of indicators are called in English and in Chinese."""
    return [(clean(fact.get("group", "")), clean(fact.get("group_zh", ""))) for fact in indicators]
