"""``init``: make a database."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.language import tr


def parser() -> Parser:
    """The parser of ``init``."""
    built = Parser(
        "init",
        "[--empty] [--pack FILE] [--title T] [--tz ZONE]",
        tr(
            "Make a database where --db or $GZTRACK_DB says, else in the user data folder. It starts"
            " with the figures of the article on Guangzhou's industry, with those of another pack (what"
            " export writes, a CSV, JSON or a seed), or empty. It keeps the time zone that today and due"
            " dates go by."
        ),
        "--db promises init --tz Asia/Shanghai\n--db running init --pack half-marathon.json",
    )
    built.flag("--empty", tr("without any facts"))
    built.option(
        "--pack",
        "FILE",
        tr("start with these facts in place of the article's; - reads standard input"),
        path=True,
    )
    built.option("--title", "T", tr("what the board is headed with; else what the pack says"))
    built.option("--tz", "ZONE", tr("the time zone; the pack's or the host's unless told"))
    return built


def run(found: Found, session: Session) -> Answer:
    """Make a database.

    Raises:
        InputError: There is one already, or the pack or the zone does not hold.
        StoreError: It cannot be made there.
    """
    from gztrack.services.databases.opening import initialise

    where = session.location
    lines = initialise(where, empty=found.empty, pack=found.pack, title=found.title, zone=found.tz)
    if session.json:
        return Answer(as_json({"path": where.path, "echo": list(lines)}), written=True)
    option = "" if where.is_default else f" --db {_quoted(where.path)}"
    first = "add ID --name T --unit U" if found.empty else "status"
    board = f"gztrack{option}"
    command = f"{board} {first}"
    then = tr("next: {command}, or {board} for the board", command=command, board=board)
    return Answer("\n".join((*lines, then)), written=True, echo=True)


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)


COMMANDS = {"init": Command(parser, run)}
