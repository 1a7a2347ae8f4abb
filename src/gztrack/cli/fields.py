"""Options that several commands share, and how they fill the entries of the services. Light."""

from __future__ import annotations

from datetime import date

from gztrack.cli.parser import Found, Parser
from gztrack.domain.amounts import parse_amount, parse_change, parse_goal
from gztrack.domain.periods import parse_day, parse_due, parse_period
from gztrack.language import ptr, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypedDict

    from gztrack.services.entering.entries import GoalEntry, LogEntry

    Words = list[tuple[str, str, Callable[[str], object]]]
    """What each text of an entry is called, the text, and how it is understood by itself."""

    class Origin(TypedDict):
        """Where a figure comes from, as typed."""

        source: str
        url: str
        published: str
        note: str

    class Goal(TypedDict):
        """What only a target has, as typed."""

        due: str
        over: str
        comparator: str
        stated_on: str
        stated_by: str
        quote: str
        baseline: str
        baseline_for: str


ANY_DAY = date(2020, 1, 1)
"""Whether a text is a period at all does not depend on which day is today."""


def origin_options(parser: Parser) -> None:
    """Add the options that say where a figure comes from."""
    parser.option("--source", "T", tr("who published it"))
    parser.option("--url", "U", tr("the page it was seen on"))
    parser.option("--published", "D", tr("when it was published"))
    parser.option("--note", "T", tr("anything a reader should know"))


def origin(found: Found) -> Origin:
    """What those options say."""
    return {"source": found.source, "url": found.url, "published": found.published, "note": found.note}


def reading_options(parser: Parser) -> None:
    """Add the options of a reading."""
    parser.option(
        "--for", "PERIOD", tr("2020, 2020-H1, 2019-Q3, 2020-05, 2020-05-17, 2019-01..2019-09, yesterday")
    )
    parser.option("--by", "CHANGE", tr("a change of the latest reading: +5000, -5k"))
    parser.option("--series", "S", tr("another definition or source family, kept apart"))
    parser.flag("--provisional", tr("to be revised by its publisher"))
    origin_options(parser)


def key_option(parser: Parser) -> None:
    """Add ``--key``, by which a retry is told from a second reading; a script's unset variable is no key."""
    parser.option(
        "--key",
        "K",
        tr("a retry with the same key adds nothing"),
        filled=tr("a retry could not be told from a second reading; give a key, or leave it out"),
    )


def goal_options(parser: Parser) -> None:
    """Add the options that only a target has."""
    from gztrack.domain.records import COMPARATORS

    parser.option("--due", "D", tr("a date, a period (its end counts), or none"), choices=("none",))
    parser.option("--over", "SPAN", tr("the total of a flow over a span: 2021..2025"))
    parser.option(
        "--comparator",
        "C",
        tr("at-least, more-than, at-most, less-than, between, about"),
        choices=COMPARATORS,
    )
    parser.option(
        "--stated-on", "D", tr("when it was stated, or unknown; today unless told"), choices=("unknown",)
    )
    parser.option("--stated-by", "T", tr("who stated it"))
    parser.option("--quote", "T", tr("in what words"))
    parser.option("--baseline", "VALUE", tr("where the line to the target starts"))
    parser.option("--baseline-for", "PERIOD", tr("the period that the baseline stands for"))


def goal(found: Found) -> Goal:
    """What those options say."""
    return {
        "due": found.due,
        "over": found.over,
        "comparator": found.comparator,
        "stated_on": found.stated_on,
        "stated_by": found.stated_by,
        "quote": found.quote,
        "baseline": found.baseline,
        "baseline_for": found.baseline_for,
    }


def reading_words(entry: LogEntry) -> Words:
    """The texts of a reading that may not be understood."""
    return [
        (ptr("field", "value"), entry.value, parse_amount),
        (ptr("field", "change"), entry.by, lambda text: parse_change(text, "")),
        (ptr("field", "period"), entry.period, lambda text: parse_period(text, ANY_DAY)),
        (ptr("field", "published"), entry.published, lambda text: parse_day(text, ANY_DAY)),
    ]


def goal_words(entry: GoalEntry) -> Words:
    """The texts of a target that may not be understood."""
    return [
        (ptr("field", "value"), entry.value, lambda text: parse_goal(text, "")),
        (ptr("field", "due"), entry.due, lambda text: parse_due(text, ANY_DAY)),
        (ptr("field", "over"), entry.over, lambda text: parse_period(text, ANY_DAY)),
        (ptr("field", "stated-on"), entry.stated_on, lambda text: parse_period(text, ANY_DAY)),
        (ptr("field", "baseline"), entry.baseline, parse_amount),
        (ptr("field", "baseline-for"), entry.baseline_for, lambda text: parse_period(text, ANY_DAY)),
        (ptr("field", "published"), entry.published, lambda text: parse_day(text, ANY_DAY)),
    ]
