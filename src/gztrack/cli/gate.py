"""``gate``: the forced command of an SSH key, and what helps whoever sets one up."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.permits import ALLOWABLE, READING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.cli.gating.terms import Terms
    from gztrack.cli.main import BoardRequest

WRONG = 1
"""Exit code of ``--check`` that found something."""


def parser() -> Parser:
    """The parser of ``gate``."""
    built = Parser(
        "gate",
        "--as NAME [--db DIR] [--allow LIST] [--max-input SIZE] [--hooks]\n"
        "--print-key-line NAME KEYFILE [--db DIR] [--allow LIST] [--max-input SIZE] [--hooks]\n"
        "--check [FILE] [--json]",
        tr(
            "The forced command of a key in authorized_keys: does what SSH_ORIGINAL_COMMAND asks for if it is on the"
            " list, under that name and in that database, whatever the client says. No shell takes part, no option"
            " that names a path gets through, and refusals go to gate.log in the database. Without --allow people"
            " may read: {usual}. On a list stand commands, board for the board, and log:ID or log:nev-* for certain"
            " indicators only; undo brings redo with it.",
            usual=", ".join(READING),
        ),
        "gate --print-key-line ann ann.pub --db /srv/promises --allow log,undo,status,board\ngate --check",
    )
    built.word(
        "FILE",
        tr("the public key, or - for standard input; the authorized_keys to check"),
        "?",
        path=True,
        kind="KEYFILE",
    )
    built.option(
        "--allow",
        "LIST",
        tr("what is allowed, parted by commas: log:nev-*,undo,status,board"),
        choices=ALLOWABLE,
        many=True,
        repeated=True,
    )
    built.option("--max-input", "SIZE", tr("standard input that is taken at most: 500k, 4M; 1M unless told"))
    built.flag("--hooks", tr("what is written starts the database's hooks"))
    built.option("--print-key-line", "NAME", tr("print the line of authorized_keys that gives a key to NAME"))
    built.flag("--check", tr("look over the gates of this account; exit code 1 when something is wrong"))
    return built


def run(found: Found, session: Session) -> Answer | int | BoardRequest:
    """Let somebody through, or help whoever keeps the gate.

    Raises:
        InputError: The gate is not set up in a way to be understood.
        GztrackError: What somebody asked for is refused or failed.
    """
    if found.check:
        return _check(found, session)
    terms = _terms(found, session)
    if found.print_key_line:
        from gztrack.cli.gating.keyline import key_line

        if session.given.author is not None:
            raise InputError(tr("gate: --print-key-line has the name: leave --as out"))
        if not found.file:
            raise InputError(
                tr(
                    "gate: name the file of the public key, or - for standard input: --print-key-line NAME KEYFILE"
                )
            )
        line, notes = key_line(terms, allowed(found), found.max_input, found.file)
        if session.json:
            return Answer(as_json({"line": line}), notes)
        from gztrack.cli.gating.appending import lacks_line_break

        if lacks_line_break():
            notes.append(
                tr("the file that this is appended to had no line break at its end: one was put in front")
            )
            line = f"\n{line}"
        return Answer(line, notes)
    if found.file:
        raise InputError(tr("gate: nothing takes '{word}'", word=found.file))
    from gztrack.cli.gating.serving import serve

    session.discreet = True  # the options are the gate's own
    return serve(terms)


def allowed(found: Found) -> str:
    """The list that ``--allow`` writes out; empty where it does not stand there.

    Raises:
        InputError: It stands there twice, or empty, as a variable leaves it that is not set.
    """
    given: list[str] = found.allow
    if len(given) > 1:
        raise InputError(tr("--allow stands there twice: write one list, parted by commas"))
    if given and not given[0].strip(" ,"):
        raise InputError(tr("--allow is empty: write a list, or leave it out for reading alone"))
    return given[0] if given else ""


def _terms(found: Found, session: Session) -> Terms:
    """The terms that the command line sets.

    Raises:
        InputError: One of them cannot be understood.
    """
    from gztrack.cli.gating import terms

    name = found.print_key_line or session.given.author or ""
    return terms.Terms(
        terms.name(name),
        terms.understood(allowed(found)),
        session.given.db,
        terms.size(found.max_input or terms.USUAL_INPUT),
        found.hooks,
        found.lang or session.given.lang,
    )


def _check(found: Found, session: Session) -> Answer:
    """Look over the gates of this account.

    Raises:
        InputError: The file cannot be read, or options of another use were given.
    """
    from gztrack.cli.gating.checking import look_over

    for option, value in (("--allow", found.allow), ("--max-input", found.max_input), ("--hooks", found.hooks),
                          ("--print-key-line", found.print_key_line)):  # fmt: skip
        if value:
            raise InputError(tr("gate: --check looks at what is there: leave {option} out", option=option))
    report = look_over(found.file)
    code = WRONG if report.problems else 0
    return Answer(as_json(report.fields()) if session.json else report.text(), code=code)


COMMANDS = {"gate": Command(parser, run)}
