"""``completion``: a script that lets a shell complete command lines, and the lists it asks for."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.errors import InputError
from gztrack.language import tr

SHELLS = ("bash", "zsh", "fish")
LISTS = ("ids", "groups", "readings", "targets")


def parser() -> Parser:
    """The parser of ``completion``."""
    built = Parser(
        "completion",
        "bash|zsh|fish\n--list ids|groups|readings|targets",
        tr(
            "A script for your shell that completes commands, options, fixed words, file names, and the indicators,"
            " groups, readings and targets of the database that the line is about. It starts gztrack only for those"
            " four: with --list, which prints a line for each, what may be typed and behind a tab what it is."
        ),
        "completion bash > ~/.local/share/bash-completion/completions/gztrack\n"
        "completion zsh > ~/.zfunc/_gztrack\n"
        "completion fish > ~/.config/fish/completions/gztrack.fish\n"
        "completion --list ids",
    )
    built.word("SHELL", tr("bash, zsh or fish"), "?", choices=SHELLS)
    built.option("--list", "WHAT", tr("ids, groups, readings or targets of the database"), choices=LISTS)
    return built


def run(found: Found, session: Session) -> Answer:
    """Print a script, or a list for one.

    Raises:
        InputError: There is no such shell or list, or both or neither was asked for.
        StoreError: A list was asked for, and the database cannot be read.
    """
    if bool(found.shell) == bool(found.list):
        raise InputError(
            tr("completion: name a shell, bash, zsh or fish; its script asks for what --list has")
        )
    if found.list:
        return _list(_one_of(found.list, LISTS, "--list"), session)
    from gztrack.cli.shells import script

    text = script(_one_of(found.shell, SHELLS, "completion"))
    if session.json:
        return Answer(as_json({"shell": found.shell, "script": text}))
    return Answer(text.encode())


def _one_of(text: str, words: tuple[str, ...], where: str) -> str:
    if text in words:
        return text
    from gztrack.cli.clocks import one_of

    return one_of(where, text, words)


def _list(name: str, session: Session) -> Answer:
    from gztrack.services import offering

    made = {
        "ids": offering.ids,
        "groups": offering.groups,
        "readings": offering.readings,
        "targets": offering.targets,
    }
    offers = list(made[name](offering.known(session.location)))
    if session.json:
        return Answer(as_json([{"offer": offer, "about": about} for offer, about in offers]))
    return Answer("".join(f"{offer}\t{about}\n" for offer, about in offers).encode("utf-8", "replace"))


COMMANDS = {"completion": Command(parser, run)}
