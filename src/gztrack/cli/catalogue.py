"""Every command: where it lives and what it does in a few words. Light: the names cost no import."""

from __future__ import annotations

COMMANDS = {
    "log": ("log", "log a reading, or several from standard input"),
    "correct": ("amend", "replace a reading or a target that was entered wrongly"),
    "retract": ("amend", "withdraw a reading or a target as an entry error"),
    "pin": ("amend", "choose which of several readings for a period counts"),
    "target": ("target", "set, revise, drop or pin a target"),
    "add": ("manage", "add an indicator"),
    "edit": ("manage", "change what an indicator says of itself"),
    "archive": ("manage", "take an indicator off the board, or bring it back"),
    "status": ("status", "the board as text"),
    "show": ("show", "everything about one indicator"),
    "why": ("why", "the sums behind a status, with the numbers filled in"),
    "history": ("show", "every reading of an indicator, with its corrections"),
    "targets": ("targets", "the ledger: every target ever stated, with its verdict"),
    "cite": ("show", "one footnote line: figure, source, page, date"),
    "check": ("check", "one line per alarm, silent when all is well; for cron"),
    "undo": ("undo", "take back your last actions"),
    "redo": ("undo", "bring back what you have undone"),
    "snapshot": ("snapshot", "a progress report: md, csv, json, txt or svg"),
    "import": ("transfer", "bring in readings and targets from a CSV file"),
    "export": ("transfer", "write the facts that count as CSV, or all of them as TinyDB JSON"),
    "merge": ("merge", "bring in what another database or a backup holds beyond this one"),
    "init": ("init", "make a database"),
    "backup": ("keep", "copy the database into one file that tells whether it is whole"),
    "restore": ("keep", "put a backup in place; what was there is kept"),
    "doctor": ("keep", "check every line of the database, and repair what can be"),
    "config": ("config", "your settings: where they are, what they come to, what is wrong"),
}
"""Command to its module in this package and a summary, in the order of ``gztrack --help``."""

THEMES = ("dark", "light", "ansi", "mono", "auto")
"""What ``--theme`` of the board takes."""

HEAD = """\
usage: gztrack [options] [command] ...

A promise ledger in the terminal: official figures and targets, each with its source,
and a verdict when the date has come. Without a command the board opens.

commands:
"""

TAIL = """
options, before or after the command:
  --db DIR       the database; else $GZTRACK_DB, else the user data folder
  --as NAME      who says so; else the login account, which is kept beside it anyway
  --lang LANG    en or zh, with a comma names in both; else as config.toml or the locale has it
  --json         data as JSON
  --version      the version
  -h, --help     this help; after a command the help of that command

options of the board:
  --ascii        bars and glyphs in plain ASCII
  --theme NAME   dark, light, ansi (the terminal's own 16 colours), mono, or auto
  --plain-frames repaint whole regions, should a terminal lose track of changed cells

exit codes: 0 done, 1 check found an alarm, 2 the input or the command line is wrong,
3 a guard asks for --yes, 4 the store cannot serve

example:
  gztrack log nev-capacity 310k --for 2020-06 --source 'Guangzhou statistics bureau'
"""


def overview() -> str:
    """The text of ``gztrack --help``."""
    lines = "".join(f"  {name:<14} {summary}\n" for name, (_, summary) in COMMANDS.items())
    return f"{HEAD}{lines}{TAIL}"
