"""What helps somebody behind a gate: who they are, what they may do and how that is typed, what they meant."""

from __future__ import annotations

from gztrack.cli.catalogue import COMMANDS
from gztrack.cli.hints import meant
from gztrack.cli.parser import Parser
from gztrack.errors import GztrackError, InputError, RefusedError
from gztrack.language import tr
from gztrack.services.permits import BOARD, LONGEST_SAID, WHOLE, Permit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.cli.gating.session import GatedSession

USELESS = ("--db", "--as", "--force")
"""Options that are the gate's own, or about a file that cannot be named."""

QUOTES = "“”„‘’«»＂"
"""What a phone or an input method types in the place of quotes."""

_SHOWN = ("log", "status", "show", "targets", "history", "why", "check", "snapshot", "undo")
"""Commands of which an example says most, the first one first."""


def of_gate(session: GatedSession) -> str:
    """The help of a gate: of what is allowed, as it is typed on one's own machine."""
    permit = session.terms.permit
    lines = [
        tr("You are {name}. On your own machine: ssh HOST COMMAND ...", name=session.author),
        "",
        tr("commands:"),
    ]
    named = {
        name: summary for name, (_, summary) in COMMANDS.items() if name != BOARD and permit.allows(name)
    }
    lines += [f"  {name:<14} {tr(summary)}" for name, summary in named.items()]
    if permit.allows(BOARD):
        lines.append(f"  {BOARD:<14} " + tr("the board, on a terminal and without a command: ssh -t HOST"))
    lines += ["", tr("allowed: {commands}", commands=permit.named())]
    if examples := _examples(session):
        lines += ["", tr("for example:"), *(f"  {example}" for example in examples)]
    lines += ["", tr("help of one of them: ssh HOST help COMMAND")]
    if permit.allows("log"):
        quoted = "ssh HOST \"log ID 310k --note 'two words'\""
        lines.append(tr("what has blanks in it needs quotes inside of quotes: {example}", example=quoted))
    return "\n".join(lines)


def of_command(parser: Parser) -> str:
    """The help of a command without what cannot be given behind a gate."""
    from gztrack.cli.helping import help_of

    return help_of(parser, [each for each in parser.options if each.path or each.name in USELESS])


def _examples(session: GatedSession) -> list[str]:
    """Two command lines that go through this gate."""
    permit = session.terms.permit
    found = []
    for name in _SHOWN:
        if not permit.allows(name):
            continue
        words = name
        if name not in WHOLE and (name not in ("status", "targets") or permit.is_limited(name)):
            words += f" {_indicator(name, session)}"
        if name == "log":
            words += " 310k --for 2020-06"
        elif name == "snapshot":
            words += " -f csv > report.csv"
        found.append(f"ssh HOST {words}")
    return found[:2]


def _indicator(command: str, session: GatedSession) -> str:
    """The first indicator that a command is allowed for."""
    try:
        there = [str(fact["indicator"]) for fact in session.reading().indicators()]
    except GztrackError:  # help helps without a database as well
        there = []
    return next((slug for slug in there if session.terms.permit.allows(command, slug)), "ID")


def check(permit: Permit, command: str) -> None:
    """See that a command is allowed.

    Raises:
        RefusedError: It is not; what was meant is named where it is.
    """
    if permit.allows(command) or command in COMMANDS or len(command) > LONGEST_SAID:
        permit.check(command)
        return
    commands = permit.named()
    if command.endswith("/gztrack"):
        raise RefusedError(
            tr(
                "a path in front of the command is not allowed here: write gztrack, or nothing; allowed: {commands}",
                commands=commands,
            ),
            "path-in-front",
        )
    near = meant(command.strip(QUOTES + "'\"` ").lower(), [each for each in COMMANDS if permit.allows(each)])
    if near:
        raise RefusedError(
            tr("{what} is not allowed here; did you mean {near}? allowed: {commands}",
               what=_shown(command), near=near, commands=commands),
            "not-allowed",
        )  # fmt: skip
    permit.check(command)


def explain(error: InputError, text: str) -> None:
    """Add to an error in the words of a command what may be behind it: quotes that are none."""
    signs = " ".join(sign for sign in QUOTES if sign in text)
    if signs:
        told = tr("{error}; {signs} are no quotes here: write ' or \"", error=error, signs=signs)
        error.args = (told, *error.args[1:])


def _shown(command: str) -> str:
    from gztrack.domain.text import clean

    return clean(command)
