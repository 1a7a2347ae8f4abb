"""``show``, ``history`` and ``cite``: one indicator, its readings, and one figure as a footnote."""

from __future__ import annotations

from gztrack.cli.amend import EITHER
from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.clocks import clocks, clocks_options, method, method_option, undated
from gztrack.cli.output import UNCUT, width
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.language import tr
from gztrack.services.entering.references import find_either, known_indicator


def show_parser() -> Parser:
    """The parser of ``show``."""
    built = Parser(
        "show",
        "ID [--method M] [--as-of D] [--logged-by D] [--published-by D]",
        tr(
            "Everything about one indicator: status and why, figures, readings and targets with their sources."
        ),
        "show nev-capacity",
        glyphs=True,
    )
    built.word("ID", tr("the indicator"))
    method_option(built)
    clocks_options(built)
    return built


def show(found: Found, session: Session) -> Answer:
    """Show one indicator.

    Raises:
        InputError: There is none of that id, or a date or method does not exist.
        StoreError: The database cannot be read.
    """
    how = method(found)
    tracker = session.reading()
    when = clocks(found, tracker)
    detail = tracker.detail(found.id, when, how)
    notes = undated(tracker, when, [detail.row.id])
    if session.json:
        from gztrack.export.forms import detail_item, dumps

        return Answer(dumps(detail_item(detail)).encode(), notes)
    from gztrack.export.text import detail_text

    return Answer(detail_text(detail, width=width(), ascii=session.ascii), notes)


def history_parser() -> Parser:
    """The parser of ``history``."""
    built = Parser(
        "history",
        "ID [--as-of D] [--logged-by D] [--published-by D]",
        tr(
            "Every reading of an indicator in the order of logging, with who logged it, where it comes from, and what"
            " became of it. The short ids it prints name a reading for correct, retract, pin and cite. Lines end where"
            " the terminal or COLUMNS does; in a file or pipe nothing is cut."
        ),
        "history 5g-base-stations",
        glyphs=True,
    )
    built.word("ID", tr("the indicator"))
    clocks_options(built)
    return built


def history(found: Found, session: Session) -> Answer:
    """Show every reading of an indicator.

    Raises:
        InputError: There is none of that id, or a date does not exist.
        StoreError: The database cannot be read.
    """
    tracker = session.reading()
    when = clocks(found, tracker)
    indicator = known_indicator(tracker.register, found.id, tracker.moment(when))
    views = tracker.history(found.id, when)
    notes = undated(tracker, when, [indicator["indicator"]])
    if session.json:
        from gztrack.export.forms import dumps, history_item

        return Answer(dumps([history_item(view) for view in views]).encode(), notes)
    from gztrack.export.text import history_text

    return Answer(history_text(views, indicator["unit"], width=width(UNCUT), ascii=session.ascii), notes)


def cite_parser() -> Parser:
    """The parser of ``cite``."""
    built = Parser(
        "cite",
        "READING|TARGET [--as-of D] [--logged-by D] [--published-by D]",
        tr("One footnote line for a figure: figure, period, source, page, dates."),
        "cite nev-capacity@last",
    )
    built.word("READING", tr(EITHER))
    clocks_options(built)
    return built


def cite(found: Found, session: Session) -> Answer:
    """Show a figure's footnote.

    Raises:
        InputError: It names nothing, or several figures, or a date does not exist.
        StoreError: The database cannot be read.
    """
    tracker = session.reading()
    when = clocks(found, tracker)
    line = tracker.cite(found.reading, when)
    _, fact = find_either(tracker.register, found.reading, tracker.moment(when))
    notes = undated(tracker, when, [fact["indicator"]])
    return Answer(as_json({"citation": line}) if session.json else line, notes)


COMMANDS = {
    "show": Command(show_parser, show),
    "history": Command(history_parser, history),
    "cite": Command(cite_parser, cite),
}
