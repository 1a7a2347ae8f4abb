"""READING and TARGET references: ``ID@PERIOD``, ``ID@last``, ``ID@DUE``, or a short suffix of an id. Light."""

from __future__ import annotations

from datetime import date

from gztrack.domain.amounts import exact
from gztrack.domain.periods import parse_due, parse_period
from gztrack.domain.register import Fact, Moment, Register, order
from gztrack.domain.text import LONGEST_SLUG, clean, listed, nearest
from gztrack.errors import AmbiguousError, InputError, UnknownError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HANDLE = 6
"""Length of the suffix that is printed; 30 bits tell a million facts apart well enough."""

_LISTED = 12
"""Indicators that an error names where none is like the one asked for."""

SHORTEST = 4
"""Shortest suffix that is understood."""


def handle(fact_id: str) -> str:
    """The short suffix of an id that commands accept."""
    return fact_id[-HANDLE:]


def known_indicator(register: Register, text: str, moment: Moment) -> Fact:
    """Return the indicator of this id as it stands.

    Raises:
        UnknownError: There is none; the message suggests the nearest id.
        InputError: There was none at the time that is asked for.
    """
    slug = clean(text)
    found = register.indicator(slug, moment)
    if found:
        return found
    later = moment._replace(logged_by="")
    if moment.logged_by and register.indicator(slug, later):
        first = min(fact["at"] for fact in register.indicators[slug] if register.exists(fact, later))
        day = register.day_of(first)
        raise InputError(tr("'{id}' was first logged on {day}, after the day asked for", id=slug, day=day))
    every = register.slugs(moment)
    slugs = every if register.nameable is None else list(filter(register.nameable, every))
    if (
        len(slug) > LONGEST_SLUG
    ):  # to look for one like it would take minutes, and to repeat it fill the screen
        slug = f"{slug[:LONGEST_SLUG]}…"
        near = ""
    else:
        near = nearest(slug, slugs)
    if near:
        said = tr("no such indicator: '{id}'; did you mean '{near}'?", id=slug, near=near)
        raise UnknownError(said, said, slugs)
    briefly = tr("no such indicator: '{id}'", id=slug)
    if not slugs and every:
        raise UnknownError(briefly, briefly, slugs)
    if not slugs:
        said = tr("no such indicator: '{id}'; add one first: gztrack add", id=slug)
    else:
        said = tr("no such indicator: '{id}'; there are: {ids}", id=slug, ids=some_of(slugs))
    raise UnknownError(said, briefly, slugs)


def some_of(slugs: Sequence[str]) -> str:
    """The first ids of all, as an error lists them."""
    return listed([*slugs[:_LISTED], *(["…"] if len(slugs) > _LISTED else [])])


def find_reading(register: Register, reference: str, moment: Moment) -> Fact:
    """Return the reading that a reference names.

    Raises:
        InputError: None is named, or several are; the candidates are listed.
    """
    slug, at, where = clean(reference).rpartition("@")
    if not at:
        return _by_suffix(register, where, ("readings",), moment)
    indicator = known_indicator(register, slug, moment)
    slug = indicator["indicator"]
    if where.lower() == "last":
        return last_reading(register, slug, moment)
    period = parse_period(where, moment.day)
    span = (period.start.isoformat(), period.end.isoformat())
    standing = register.standing_readings(slug, moment)
    found = [f for f in standing if (f["start"], f["end"]) == span]
    if not found:
        labels = sorted({(f["end"], f["period"]) for f in standing})
        there = listed(label for _, label in labels[-8:])
        raise InputError(
            tr(
                "{id} has no reading for {period}; there are {periods}",
                id=slug,
                period=period.label,
                periods=there,
            )
            if labels
            else tr("{id} has no reading for {period}; it has none yet", id=slug, period=period.label)
        )
    return _only(found, reference)


def last_reading(register: Register, slug: str, moment: Moment) -> Fact:
    """Return the latest reading that counts, of the current series.

    Raises:
        InputError: There is none.
    """
    counting = register.counting(slug, moment)
    series = register.series(slug, moment, counting)
    found = [f for f in counting if f.get("series", "") == series]
    if not found:
        raise InputError(tr("{id} has no reading yet; log the first one: gztrack log {id} VALUE", id=slug))
    return found[-1]


def find_target(register: Register, reference: str, moment: Moment) -> Fact:
    """Return the target that a reference names.

    Raises:
        InputError: None is named, or several are; the candidates are listed.
    """
    slug, at, where = clean(reference).rpartition("@")
    if not at:
        return _by_suffix(register, where, ("targets",), moment)
    indicator = known_indicator(register, slug, moment)
    slug = indicator["indicator"]
    whole = moment._replace(day=date.max)
    stated = [
        f for f in register.stated_targets(slug, whole) if register.target_state(f, whole)[0] != "corrected"
    ]
    if where.lower() == "last":
        head = register.headline(slug, moment)
        if head is None:
            raise InputError(
                tr("{id} has no target yet; set one: gztrack target {id} VALUE --due DATE", id=slug)
            )
        return head
    due = parse_due(where, moment.day)
    wanted = due.end.isoformat() if due.end else None
    found = [f for f in stated if f.get("due_end") == wanted]
    if not found:
        dues = listed(sorted({f.get("due", "none") for f in stated}))
        raise InputError(
            tr("{id} has no target due {due}; there are {dues}", id=slug, due=due.label, dues=dues)
            if dues
            else tr("{id} has no target due {due}; it has none yet", id=slug, due=due.label)
        )
    current = [f for f in found if register.target_state(f, whole)[0] == "standing"]
    return _only(current or found, reference)


def find_either(register: Register, reference: str, moment: Moment) -> tuple[str, Fact]:
    """Return (table, fact) of a READING or, where no reading answers, a TARGET; ``ID@last`` is a reading.

    Raises:
        InputError: Neither answers, or several do.
    """
    text = clean(reference)
    if "@" not in text:
        fact = _by_suffix(register, text, ("readings", "targets"), moment)
        return _table(register, fact), fact
    if text.lower().endswith("@last"):  # never a target: what has no reading yet may still have promised
        return "readings", find_reading(register, text, moment)
    readings, refused = _candidates(lambda: find_reading(register, text, moment))
    targets, _ = _candidates(lambda: find_target(register, text, moment))
    if not readings and not targets and refused is not None:
        raise refused
    fact = _only([*readings, *targets], text)
    return _table(register, fact), fact


def _candidates(find: Callable[[], Fact]) -> tuple[list[Fact], InputError | None]:
    """What a reference names: one, several or none with the reason."""
    try:
        return [find()], None
    except AmbiguousError as several:
        return list(several.found), several
    except InputError as refused:
        return [], refused


def _table(register: Register, fact: Fact) -> str:
    known = register.get(fact["id"])
    return known[0] if known else ""


def _by_suffix(register: Register, text: str, tables: tuple[str, ...], moment: Moment) -> Fact:
    suffix = text.lower()
    if len(suffix) < SHORTEST:
        raise InputError(
            tr(
                "'{text}' names nothing; give ID@PERIOD, ID@last, ID@DUE or the short id that history prints",
                text=text,
            )
        )
    found: list[Fact] = []
    if "readings" in tables:
        for readings in register.readings.values():
            ids = enumerate(readings.column("id"))
            found += [readings[place] for place, fact_id in ids if fact_id.endswith(suffix)]
    if "targets" in tables:
        found += [f for targets in register.targets.values() for f in targets if f["id"].endswith(suffix)]
    found = [fact for fact in found if register.exists(fact, moment)]
    if not found:
        raise InputError(
            tr(
                "nothing has the short id '{text}'; gztrack history ID and gztrack targets ID print them",
                text=text,
            )
        )
    return _only(found, text)


def _only(found: list[Fact], reference: str) -> Fact:
    if len(found) == 1:
        return found[0]
    told_apart = len({handle(f["id"]) for f in found}) == len(found)
    candidates = listed(
        tr("{text} ({note})", text=handle(f["id"]) if told_apart else f["id"], note=_named(f))
        for f in sorted(found, key=order)
    )
    raise AmbiguousError(
        tr("'{text}' is ambiguous; name one of {candidates}", text=clean(reference), candidates=candidates),
        list(found),
    )


def _named(fact: Fact) -> str:
    """A fact as one of several: "310,000 2020-06, stats.gov.cn"."""
    figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
    when = fact.get("period") or tr("by {day}", day=fact.get("due", "none"))
    return listed(filter(None, (f"{figure} {when}", _host(fact))))


def _host(fact: Fact) -> str:
    page = str(fact.get("source_url", ""))
    return page.split("//", 1)[-1].split("/", 1)[0] or str(fact.get("source", ""))
