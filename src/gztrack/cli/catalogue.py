"""Every command: where it lives and what it does in a few words. Light: the names cost no import."""

from __future__ import annotations

from gztrack.language import term, tr

COMMANDS = {
    "log": ("log", term("log a reading, or several from standard input")),
    "correct": ("amend", term("replace a reading or a target that was entered wrongly")),
    "retract": ("amend", term("withdraw a reading or a target as an entry error")),
    "pin": ("amend", term("choose which of several readings for a period counts")),
    "target": ("target", term("set, revise, drop or pin a target")),
    "add": ("manage", term("add an indicator")),
    "edit": ("manage", term("change what an indicator says of itself")),
    "archive": ("manage", term("take an indicator off the board, or bring it back")),
    "board": ("board", term("open the board, as gztrack alone does on a terminal")),
    "status": ("status", term("the board as text")),
    "show": ("show", term("everything about one indicator")),
    "why": ("why", term("the sums behind a status, with the numbers filled in")),
    "history": ("show", term("every reading of an indicator, with its corrections")),
    "targets": ("targets", term("the ledger: every target ever stated, with its verdict")),
    "cite": ("show", term("one footnote line: figure, source, page, date")),
    "check": ("check", term("one line per alarm, silent when all is well; for cron")),
    "undo": ("undo", term("take back your last actions")),
    "redo": ("undo", term("bring back what you have undone")),
    "snapshot": ("snapshot", term("a progress report: md, html, csv, json, txt, svg, xlsx or png")),
    "diff": ("diff", term("what is new between two dates or two snapshots, nothing else")),
    "import": ("transfer", term("bring in readings and targets: CSV, JSON or a pack")),
    "export": (
        "transfer",
        term("write everything as a pack; what counts as CSV, JSON; TinyDB"),
    ),
    "merge": ("merge", term("bring in what another database or backup holds beyond this one")),
    "init": ("init", term("make a database")),
    "backup": ("keep", term("copy the database into one file that tells whether it is whole")),
    "restore": ("keep", term("put a backup in place; what was there is kept")),
    "doctor": ("keep", term("check every line of the database, and repair what can be")),
    "gate": ("gate", term("the forced command of an SSH key: what is listed, in one name")),
    "config": ("config", term("your settings: where they are, what they come to, what is wrong")),
    "schema": ("schema", term("the JSON Schema of what a command prints with --json")),
    "completion": ("completion", term("a script for bash, zsh or fish that completes command lines")),
    "man": ("man", term("the manual page")),
}
"""Command to its module in this package and a summary, in the order of ``gztrack --help``."""

THEMES = ("dark", "light", "ansi", "mono", "auto")
"""What ``--theme`` of the board takes."""

OPTIONS = (
    ("--db DIR", term("the database; else $GZTRACK_DB, else the user data folder")),
    ("--as NAME", term("who says so, else the login account, which is kept anyway")),
    ("--lang LANG", term("en, zh, or en,zh: names in both; else config.toml or the locale")),
    ("--json", term("data as JSON")),
    ("-q, --quiet", term("only data, errors and guards: no echo, no notices; for cron")),
    ("--version", term("the version")),
    ("-h, --help", term("this help; after a command the help of that command")),
)
"""Options that stand before the command or after it, and what they do."""

BOARD_OPTIONS = (
    ("--ascii", term("bars and glyphs in plain ASCII")),
    ("--theme NAME", term("dark, light, ansi (the terminal's 16 colours), mono, or auto")),
    ("--plain-frames", term("repaint whole regions where a terminal loses track of cells")),
)
"""Options of the board, and what they do."""

TOPICS = {
    "hooks": term("programs of yours that are told what was written"),
    "host": term("a shared host: one account, many keys, one database"),
    "signals": term("what ctrl+c, a dropped line and SIGTERM leave"),
}
"""What ``gztrack help`` and the man page tell of beside the commands, and what that is about."""

EXAMPLE = "gztrack log nev-capacity 310k --for 2020-06 --source 'Guangzhou statistics bureau'"
_FOLDED = EXAMPLE.replace(" --source", " \\\n      --source")
"""The example in 80 columns."""


def overview() -> str:
    """The text of ``gztrack --help``."""
    commands = "".join(f"  {name:<14} {tr(summary)}\n" for name, (_, summary) in COMMANDS.items())
    parts = (
        tr("usage: gztrack [options] [command] ..."),
        "",
        tr(
            "A promise ledger in the terminal: official figures and targets, each with its\n"
            "source, and a verdict when the date has come. Without a command the board opens."
        ),
        "",
        tr("commands:"),
        f"{commands}",
        tr("gztrack help tells about each of them, and about these topics:"),
        _listed(tuple(TOPICS.items())),
        tr("options, before or after the command:"),
        _listed(OPTIONS),
        tr("options of the board:"),
        _listed(BOARD_OPTIONS),
        tr(
            "exit codes: 0 done, 1 check or gate --check found something, 2 the input is\n"
            "wrong or not allowed, 3 a guard asks for --yes, 4 the store cannot serve;\n"
            "129, 130, 143 ended by a dropped line, ctrl+c, SIGTERM"
        ),
        "",
        tr("example:"),
        f"  {_FOLDED}\n",
    )
    return "\n".join(parts)


def _listed(options: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"  {name:<14} {tr(about)}\n" for name, about in options)
