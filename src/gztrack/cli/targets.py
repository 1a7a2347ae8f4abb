"""``targets``: the ledger, every target ever stated with its verdict."""

from __future__ import annotations

from datetime import date

from gztrack.cli.answer import Answer, Command
from gztrack.cli.clocks import clocks, clocks_options, group, groups, many_of, undated, under
from gztrack.cli.output import width
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.domain.periods import parse_period
from gztrack.domain.text import choices, clean
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.services.entering.references import known_indicator
from gztrack.services.naming import name_of
from gztrack.services.reader import Clocks, Reader
from gztrack.services.views import NO_VERDICT, TargetView

VERDICTS = (
    term("open"),
    term("met"),
    term("met late"),
    term("missed"),
    term("cannot tell"),
    term("superseded"),
    term("dropped"),
    term("no reading"),
    term("not assessable"),
    term("no verdict"),
)
"""What ``--verdict`` takes; ``no verdict`` is every target past its date of which none can be given."""


def parser() -> Parser:
    """The parser of ``targets``."""
    built = Parser(
        "targets",
        "[ID] [--verdict V] [--group G] [--due FROM..TO] [--all] [--as-of D] [--logged-by D] [--published-by D]",
        tr(
            "The ledger: every target ever stated, with who stated it, when, in what words and where, what replaced it,"
            " its verdict, the evidence and the margin."
        ),
        "targets --due 2020..2022 --verdict missed",
        glyphs=True,
    )
    built.word("ID", tr("the indicator; all unless told"), "?")
    built.option(
        "--verdict",
        "V",
        tr("one of {words}; or several parted by commas", words=choices(VERDICTS)),
    )
    built.option("--group", "G", tr("only those under this heading"))
    built.option("--due", "FROM..TO", tr("only those due then: 2020..2022, 2020, 2025.. or ..2019-06"))
    built.flag("--all", tr("those that were entry errors too"))
    clocks_options(built)
    return built


def run(found: Found, session: Session) -> Answer:
    """Show the ledger.

    Raises:
        InputError: An indicator, a group, a verdict or a date does not exist.
        StoreError: The database cannot be read.
    """
    verdicts = many_of("--verdict", found.verdict, VERDICTS) if found.verdict else set()
    if "no verdict" in verdicts:
        verdicts.update(NO_VERDICT)
    tracker = session.reading()
    when = clocks(found, tracker)
    span = under("--due", lambda: _span(found.due, tracker.today)) if found.due else None
    slugs = _under(found.group, tracker, when) if found.group else None
    every = tracker.ledger([found.id] if found.id else [], when, every=found.all)
    views = [
        view
        for view in every
        if (not verdicts or view.verdict in verdicts)
        and (slugs is None or view.indicator in slugs)
        and (span is None or _is_due(view, *span))
    ]
    notes = undated(tracker, when, _asked(found, slugs, tracker, when))
    if session.json:
        from gztrack.export.forms import dumps, target_item

        return Answer(dumps([target_item(view) for view in views]).encode(), notes)
    from gztrack.export.text import ledger_text

    facts = tracker.indicators(when, archived=True)
    text = ledger_text(
        views,
        units={fact["indicator"]: fact["unit"] for fact in facts},
        names={fact["indicator"]: name_of(fact) for fact in facts},
        related=every,
        width=width(),
        ascii=session.ascii,
    )
    return Answer(text, notes)


def _under(heading: str, tracker: Reader, when: Clocks) -> set[str]:
    facts = tracker.indicators(when, archived=True)
    wanted = group(heading, groups(facts))
    return {fact["indicator"] for fact in facts if clean(fact.get("group", "")) == wanted}


def _asked(found: Found, slugs: set[str] | None, tracker: Reader, when: Clocks) -> set[str]:
    """Ids of the indicators whose ledger was asked for."""
    moment = tracker.moment(when)
    named = [found.id] if found.id else tracker.register.slugs(moment)
    known = {known_indicator(tracker.register, text, moment)["indicator"] for text in named}
    return known if slugs is None else known & slugs


def _is_due(view: TargetView, first: date, last: date) -> bool:
    return view.due_end is not None and first <= view.due_end <= last


def _span(text: str, today: date) -> tuple[date, date]:
    """First and last day of ``FROM..TO``; either end may be open, and a period stands for itself.

    Raises:
        InputError: An end is no date or period, or they run backwards.
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots or (first and last):
        try:
            period = parse_period(text, today)
        except InputError:
            if not dots:
                raise
        else:
            return period.start, period.end
    start = parse_period(first, today).start if first else date.min
    end = parse_period(last, today).end if last else date.max
    if end < start:
        raise InputError(tr("it ends before it starts: write {first}..{last}", first=last, last=first))
    return start, end


COMMANDS = {"targets": Command(parser, run)}
