"""``add``, ``edit`` and ``archive``: the indicators themselves."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, done
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.domain.records import METHODS
from gztrack.domain.text import listed
from gztrack.errors import InputError
from gztrack.language import ntr, tr
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.entering.indicators import NOTHING, USUAL
from gztrack.services.entering.settings import SettingsEntry

_FIELDS = (
    "[--group G] [--measure level|flow|rate] [--direction up|down] [--name-zh T] [--unit-zh U]"
    " [--group-zh G] [--definition T] [--part-of ID] [--decimals N]"
)

_EXAMPLE = "add nev-output --name 'NEV output' --unit vehicles --measure flow"


def _describing(parser: Parser) -> None:
    """Add the options that describe an indicator."""
    parser.option("--name", "T", tr("what it is called"))
    parser.option("--unit", "U", tr("vehicles/year, CNY/year, %, stations, CNY (cumulative)"))
    parser.option("--group", "G", tr("the heading it stands under"))
    parser.option("--measure", "M", tr("level (how much there is), flow (how much came), rate (growth)"))
    parser.option("--direction", "D", tr("up (more is better) or down"))
    parser.option("--name-zh", "T", tr("its name in Chinese"))
    parser.option("--unit-zh", "U", tr("its unit in Chinese"))
    parser.option("--group-zh", "G", tr("its heading in Chinese"))
    parser.option("--definition", "T", tr("what exactly is counted"))
    parser.option(
        "--part-of", "ID", tr("the indicator that it is a part of; {nothing} for none", nothing=NOTHING)
    )
    parser.option("--decimals", "N", tr("decimals shown at least"))


def _entry(found: Found) -> IndicatorEntry:
    return IndicatorEntry(
        found.id,
        name=found.name,
        unit=found.unit,
        group=found.group,
        measure=found.measure,
        direction=found.direction,
        name_zh=found.name_zh,
        unit_zh=found.unit_zh,
        group_zh=found.group_zh,
        definition=found.definition,
        part_of=found.part_of,
        decimals=found.decimals,
    )


def add_parser() -> Parser:
    """The parser of ``add``."""
    built = Parser(
        "add",
        f"ID --name T --unit U {_FIELDS}",
        tr(
            "Add an indicator. Its id is what the other commands call it: small letters, digits and hyphens."
            " A level unless --measure says otherwise, and more is better unless --direction does."
        ),
        _EXAMPLE,
    )
    built.word("ID", tr("its id, for example nev-output"))
    _describing(built)
    return built


def add(found: Found, session: Session) -> Answer:
    """Add an indicator.

    Raises:
        InputError: A field does not fit, or the id is taken.
    """
    missing = [
        option for option, text in (("--name", found.name), ("--unit", found.unit)) if not text.strip()
    ]
    if missing:
        raise InputError(
            ntr(
                "add: {names} is missing; for example: {example}",
                "add: {names} are missing; for example: {example}",
                len(missing),
                names=tr(" and ").join(missing),
                example=f"gztrack {_EXAMPLE}",
            )
        )
    return done(session.writing().add_indicator(_entry(found)), session)


def edit_parser() -> Parser:
    """The parser of ``edit``."""
    built = Parser(
        "edit",
        f"[ID] [--name T] [--unit U] {_FIELDS} [--series S] [--method M] [--title T] [--title-zh T] [--yes]",
        tr(
            "Change what an indicator says of itself; what is not given stays. Changing unit, measure or direction of"
            " one that has readings changes what they say, and asks for --yes. Without an ID the whole database: its"
            " title, and the method that every indicator goes by that has none of its own."
        ),
        "edit nev-output --definition 'Vehicles that left the plants in the city'",
    )
    built.word("ID", tr("the indicator; without one the database"), "?")
    _describing(built)
    built.option(
        "--series", "S", tr("the series that its row shows; {usual} for the unnamed one", usual=USUAL)
    )
    built.option(
        "--method",
        "M",
        tr(
            "how its status is reckoned: {methods}; {usual} for the database's method",
            methods=listed(METHODS),
            usual=USUAL,
        ),
    )
    built.option("--title", "T", tr("without an ID: the database's title"))
    built.option("--title-zh", "T", tr("without an ID: its title in Chinese"))
    built.flag("--yes", tr("though it changes what its readings say"))
    return built


def edit(found: Found, session: Session) -> Answer:
    """Change an indicator.

    Raises:
        InputError: A field does not fit, or nothing would change.
        GuardError: Its readings would then say something else.
    """
    if not found.id:
        return _edit_database(found, session)
    if found.title or found.title_zh:
        option, own = ("--title", "--name") if found.title else ("--title-zh", "--name-zh")
        raise InputError(
            tr(
                "edit: {option} is the database's, which is edited without an ID; an indicator has {own}",
                option=option,
                own=own,
            )
        )
    entry = _entry(found)._replace(series=found.series, method=found.method, yes=found.yes)
    return done(session.writing().edit_indicator(entry), session)


def _edit_database(found: Found, session: Session) -> Answer:
    entry = _entry(found)._replace(id="", series=found.series)
    others = [f"--{name.replace('_', '-')}" for name, text in entry._asdict().items() if text]
    if others:
        raise InputError(
            tr(
                "edit: whose {names}? name the indicator: gztrack edit ID {first} ...; without an ID"
                " there are --title and --method, of the whole database",
                names=tr(" and ").join(others),
                first=others[0],
            )
        )
    entry_of_all = SettingsEntry(found.title, found.title_zh, found.method)
    return done(session.writing().edit_database(entry_of_all), session)


def archive_parser() -> Parser:
    """The parser of ``archive``."""
    built = Parser(
        "archive",
        "ID [--undo]",
        tr("Take an indicator off the board; nothing is lost, and --undo brings it back."),
        "archive subsidies",
    )
    built.word("ID", tr("the indicator"))
    built.flag("--undo", tr("bring it back"))
    return built


def archive(found: Found, session: Session) -> Answer:
    """Archive an indicator, or bring it back.

    Raises:
        InputError: There is none, or it is there already.
    """
    return done(session.writing().archive(found.id, undo=found.undo), session)


COMMANDS = {
    "add": Command(add_parser, add),
    "edit": Command(edit_parser, edit),
    "archive": Command(archive_parser, archive),
}
