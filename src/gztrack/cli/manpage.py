"""The manual page: commands from their parsers, keys from the registry of actions, and what neither says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gztrack import __version__
from gztrack.cli.catalogue import EXAMPLE
from gztrack.cli.declared import Described, commands, options_of_all, options_of_board
from gztrack.cli.parser import Declared
from gztrack.cli.roff import bold, example, italic, item, literal, prose, section, subsection, usage
from gztrack.cli.session import TODAY
from gztrack.cli.topics import TOPICS
from gztrack.language import pterm, ptr, term, tr
from gztrack.services.actions import BOARD, HELP_GROUPS, Action
from gztrack.services.hooks import ON_LOG, ON_TARGET
from gztrack.services.screens import ANYWHERE, SCREENS
from gztrack.storage.files import BACKUPS, DERIVED, FACTS, GATE_LOG, HOOKS, LOCK, OLD_GATE_LOG, QUARANTINE
from gztrack.storage.locations import IN_HOOK, VARIABLE

DATED = "2026-11-29"
"""When the page was last looked through: readers want a date, and the same program prints the same bytes."""

_SCREENS = {
    "detail": pterm("heading", "The detail of an indicator"),
    "ledger": pterm("heading", "The ledger"),
    "why": pterm("heading", "The sums behind a status"),
    "preview": pterm("heading", "A snapshot or an import before it is done"),
    "quick": pterm("heading", "Several readings in one go"),
    "drafts": pterm("heading", "Unfinished entries"),
    "news": pterm("heading", "News"),
    "form": pterm("heading", "A form"),
    "filter": pterm("heading", "The filter"),
    "help": pterm("heading", "The help"),
}
"""Headings of the screens behind the board, by their names in the registry."""

_TOPICS = {
    "hooks": pterm("heading", "HOOKS"),
    "host": pterm("heading", "A SHARED HOST"),
    "signals": pterm("heading", "SIGNALS"),
}
"""Headings of the topics, by their names."""

_FILES = (
    ("~/.local/share/gztrack/",
     term("the database, unless --db or $GZTRACK_DB names another; $XDG_DATA_HOME moves it."
          " On macOS it is ~/Library/Application Support/gztrack/")),
    (f"    {FACTS}", term("every fact, a line a transaction; nothing in it is ever changed")),
    (f"    {LOCK}", term("who writes, and where the facts end")),
    (f"    {', '.join(DERIVED)}", term("what was reckoned from the facts; deleting it loses nothing")),
    (f"    {BACKUPS}/, {QUARANTINE}/", term("what backup and restore kept, and what a repair put aside")),
    (f"    {HOOKS}/{ON_LOG}, {HOOKS}/{ON_TARGET}",
     term("programs of yours, told on standard input what was logged and promised, a JSON object a line")),
    (f"    {GATE_LOG}, {OLD_GATE_LOG}", term("what gates refused, and what failed behind them")),
    ("~/.config/gztrack/config.toml", term("your settings; $XDG_CONFIG_HOME moves it; see gztrack config")),
    ("~/.local/state/gztrack/", term("what was typed into forms and not saved; $XDG_STATE_HOME moves it")),
)  # fmt: skip
"""Where data lives."""

_ENVIRONMENT = (
    (VARIABLE, term("the database; --db comes before it")),
    (IN_HOOK, term("names the hook at work; where it is set no hook is run")),
    ("SSH_ORIGINAL_COMMAND", term("what gate is asked for; sshd sets it")),
    (TODAY, term("the date that is taken for today (2026-11-24), for reproducible reports;"
                 " never the time of logging")),
    ("NO_COLOR", term("set and not empty: a board without colours; a theme that was asked for is shown all the same")),
    ("COLUMNS", term("how wide text is where standard output is no terminal")),
    ("LC_ALL, LC_CTYPE, LC_MESSAGES, LANG, LANGUAGE",
     term("the language, unless --lang or config.toml says one, and whether a terminal takes UTF-8")),
    ("TERM, COLORTERM", term("what the terminal can do; on one that cannot move its cursor no board opens")),
    ("XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, HOME", term("where files are, see above")),
)  # fmt: skip
"""What is read from the environment; the author never is."""

_EXITS = (
    ("0", term("done")),
    ("1", term("check found an alarm, or gate --check something wrong")),
    ("2", term("the input or the command line is wrong, or is not allowed; config --check found something")),
    ("3", term("a guard asks for --yes")),
    ("4", term("the store cannot serve: busy, full, damaged, missing, newer, or not permitted")),
    ("129", term("the line dropped, or the terminal went away")),
    ("130", term("called off with ctrl+c")),
    ("143", term("ended by SIGTERM")),
)

_EXAMPLES = (
    (term("Log a reading, as it was published:"), EXAMPLE),
    (term("Log several, all of them or none:"),
     "printf '%s\\n' 'nev-capacity 310k 2020-06' 'tech-centres 512 2020 # with the new ones' | gztrack log -"),
    (term("See what is off track, and the sums behind one status:"),
     "gztrack status --only off-track,moving-away\ngztrack why 5g-base-stations"),
    (term("Move a promise; the old one stays in the ledger:"),
     "gztrack target nev-capacity --replaces nev-capacity@2027 --due 2030 --reason 'new plan'"),
    (term("A report, the same bytes from the same facts and date:"),
     "gztrack snapshot -o report.md --as-of 2020-12-31"),
    (term("Every morning a line per alarm, and silence when all is well:"),
     "0 7 * * * gztrack --db /srv/promises check"),
    (term("For a script:"), "gztrack status --json | jq -r '.[] | select(.status == \"off track\") | .id'"),
)  # fmt: skip


def page() -> str:
    """The page in the language of the process, with a line end."""
    every = commands()
    return (
        "\n".join(
            [*_head(), *_options(), *_commands(every), *_keys(), *_topics(), *_surroundings(), *_tail()]
        )
        + "\n"
    )


def _head() -> Iterator[str]:
    manual, purpose = tr("gztrack manual"), tr("a promise ledger in the terminal")
    options, command = italic(tr("options")), italic(ptr("heading", "command"))
    yield f'.TH GZTRACK 1 {DATED} "gztrack {__version__}" "{literal(manual)}"'
    # Filled lines would tear usages and Chinese apart, and hyphens what is copied; groff's macros switch
    # hyphenation on again after each example, to what HY says.
    yield ".nr HY 0\n.nh\n.ad l"
    yield section(ptr("heading", "NAME"))
    yield rf"gztrack \- {literal(purpose)}"
    yield section(ptr("heading", "SYNOPSIS"))
    yield f"{bold('gztrack')} [{options}]"
    yield ".br"
    yield f"{bold('gztrack')} [{options}] {command} [{italic('...')}]"
    yield section(ptr("heading", "DESCRIPTION"))
    yield prose(
        tr(
            "A promise ledger in the terminal: official figures and targets, each with its\n"
            "source, and a verdict when the date has come. Without a command the board opens."
        )
    )
    yield ".PP"
    yield prose(
        tr(
            "Facts are appended and never changed: what is corrected, retracted or undone stays in the history, and"
            " every view can be had as of another date. READING stands for ID@PERIOD, ID@last or a short id as history"
            " prints it, TARGET for ID@DUE, ID@none or a short id as targets prints it. Data goes to standard output,"
            " everything else to standard error."
        )
    )


def _options() -> Iterator[str]:
    yield section(ptr("heading", "OPTIONS"))
    yield prose(tr("They stand before the command or after it, and are never abbreviated."))
    yield from map(_option, options_of_all())
    yield subsection(ptr("heading", "Options of the board"))
    yield from map(_option, options_of_board())


def _option(option: Declared) -> str:
    long, *short = option.names
    names = ", ".join(bold(name) for name in (*short, long))
    return item(f"{names} {italic(option.metavar)}" if option.metavar else names, option.about)


def _commands(every: Iterable[Described]) -> Iterator[str]:
    yield section(ptr("heading", "COMMANDS"))
    yield prose(tr("Each also takes the options above and, with --help, says what it does."))
    shared = {option.names for option in options_of_all()}
    for name, summary, parser in every:
        yield subsection(f"{name} - {summary}")
        for way in parser.ways:
            yield ".HP 4"
            yield f"{bold(f'gztrack {name}')} {usage(way)}".rstrip()
        yield ".PP"
        yield prose(parser.about)
        yield from (item(italic(word.names[0]), word.about) for word in parser.words)
        own = [option for option in parser.options if option.names not in shared and not _is_shared(option)]
        yield from map(_option, own)
        yield example("\n".join(parser.examples))


def _is_shared(option: Declared) -> bool:
    return option.shared and option.names[0] != "--ascii"


def _keys() -> Iterator[str]:
    yield section(ptr("heading", "KEYS"))
    yield prose(
        tr(
            "Those of the board, as they come; config.toml gives other ones"
            " (gztrack config --example lists every name)."
        )
    )
    for group in HELP_GROUPS:
        yield subsection(tr("The board: {group}", group=tr(group)))
        yield from _key_items(each for each in BOARD if (each.group or HELP_GROUPS[-1]) == group)
    for name, actions in SCREENS.items():
        if name != "board":
            yield subsection(ptr("heading", _SCREENS[name]))
            yield from _key_items(actions)
    yield subsection(ptr("heading", "Everywhere"))
    yield from _key_items(ANYWHERE)


def _key_items(actions: Iterable[Action]) -> Iterator[str]:
    yield ".PD 0"
    for action in actions:
        if action.keys:
            digits = "".join(action.keys).isdigit()
            keys = [f"{action.keys[0]}-{action.keys[-1]}"] if digits else action.keys
            yield item(", ".join(map(bold, keys)), tr(action.title), width=14)
    yield ".PD"


def _topics() -> Iterator[str]:
    for heading, parts in TOPICS.items():
        yield section(ptr("heading", _TOPICS[heading]))
        for number, part in enumerate(parts):
            yield from [".PP"] if number and not part.typed else []
            yield example(part.text) if part.typed else prose(tr(part.text))


def _surroundings() -> Iterator[str]:
    yield section(ptr("heading", "FILES"))
    inside = False
    for path, about in _FILES:
        if path.startswith(" ") != inside:
            inside = not inside
            yield ".RS" if inside else ".RE"
        yield item(bold(path.strip()), tr(about))
    yield section(ptr("heading", "ENVIRONMENT"))
    yield from (item(bold(name), tr(about)) for name, about in _ENVIRONMENT)
    yield section(ptr("heading", "EXIT STATUS"))
    yield from (item(bold(code), tr(about)) for code, about in _EXITS)


def _tail() -> Iterator[str]:
    yield section(ptr("heading", "EXAMPLES"))
    for number, (about, lines) in enumerate(_EXAMPLES):
        yield from [".PP"] if number else []
        yield prose(tr(about))
        yield example(lines)
    yield section(ptr("heading", "SEE ALSO"))
    yield ",\n".join(rf"\fB{name}\fR({number})" for name, number in (("crontab", 5), ("jq", 1), ("ssh", 1)))
