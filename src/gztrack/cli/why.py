"""``why``: the sums behind an indicator's status, with the numbers filled in."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command
from gztrack.cli.clocks import clocks, clocks_options, method, method_option, undated
from gztrack.cli.output import width
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.language import tr


def parser() -> Parser:
    """The parser of ``why``."""
    built = Parser(
        "why",
        "ID [--method M] [--as-of D] [--logged-by D] [--published-by D]",
        tr(
            "The sums behind a status: which readings and which target went in, every figure with its formula"
            " and the numbers filled in, all three methods, the verdict's rule, the forecast, and the sources."
        ),
        "why 5g-base-stations --method open-sdg",
        glyphs=True,
    )
    built.word("ID", tr("the indicator"))
    method_option(built)
    clocks_options(built)
    return built


def run(found: Found, session: Session) -> Answer:
    """Explain one indicator's row.

    Raises:
        InputError: There is none of that id, or a date or method does not exist.
        StoreError: The database cannot be read.
    """
    how = method(found)
    tracker = session.reading()
    when = clocks(found, tracker)
    explained = tracker.why(found.id, when, how)
    notes = undated(tracker, when, [explained.row.id])
    if session.json:
        from gztrack.export.forms import dumps
        from gztrack.export.why_form import why_item

        return Answer(dumps(why_item(explained)).encode(), notes)
    from gztrack.export.why_text import why_text

    return Answer(why_text(explained, width=width(), ascii=session.ascii), notes)


COMMANDS = {"why": Command(parser, run)}
