"""Schemas of commands about whole databases and a person's settings. Light."""

from __future__ import annotations

from gztrack.export.schemas.blocks import (
    DIALECT,
    Schema,
    fact,
    flag,
    many,
    one_of,
    table,
    text,
    texts,
    thing,
    time,
    whole,
)
from gztrack.export.schemas.shared import ECHO
from gztrack.services.preferences import LANGS, NAMES, THEMES
from gztrack.storage.health.findings import DAMAGE, NOTE, WARNING

_PATH = text("The file, as it was named.")
_HELD = {
    "facts": whole("How many facts are in it."),
    "transactions": whole("In how many transactions."),
    "last": time("When the last of them was logged, in UTC; null where there is none.", null=True),
    "echo": ECHO,
}

_CONFLICT = thing(
    "Facts of both sides of which only one can be meant; all of them are kept.",
    {
        "about": text("What they are about, as commands name it."),
        "kind": text("What stands against what: 'two corrections', 'correction against retraction'."),
        "sides": many(
            "The facts, in the order of logging.",
            thing(
                "One of them.",
                {
                    "id": fact("The fact's id."),
                    "says": text("What it says, in words."),
                    "author": text("Who says so."),
                    "logged_at": time("When it was logged, in UTC."),
                    "counts": flag("It is the one that counts now."),
                },
            ),
        ),
        "settle": text("What a person can do about it."),
    },
)

MERGED = thing(
    "What was brought in.",
    {
        "transactions": whole("How many were new here."),
        "facts": whole("How many facts were in them."),
        "authors": texts("Who wrote those."),
        "conflicts": many("What contradicts each other.", _CONFLICT),
        "written": flag("They were written; false for a dry run, and where nothing was new."),
        "echo": ECHO,
    },
)

_FINDING = thing(
    "One thing found.",
    {
        "weight": one_of("How grave it is; only damage makes a database unsound.", (DAMAGE, WARNING, NOTE)),
        "file": text("The file in the database's directory; empty for the directory itself."),
        "line": whole("Its line, from 1; 0 where that does not apply."),
        "what": text("What is so."),
        "advice": text("What would be right."),
    },
)

EXAMINED = thing(
    "What a look at the database found.",
    {
        "path": text("The database's directory."),
        "sound": flag("No damage is left; the exit code is 0, else 4."),
        "facts": whole("How many facts are in it."),
        "transactions": whole("In how many transactions."),
        "lost": flag("Something that was acknowledged could not be kept by the repair."),
        "findings": many("The gravest first.", _FINDING),
        "done": texts("What was put right, a line each."),
    },
)

SETTINGS = thing(
    "A person's settings, and what is wrong with them.",
    {
        "path": text("The file, whether or not it is there."),
        "exists": flag("It is there."),
        "theme": one_of("The board's colours.", THEMES),
        "ascii": flag("Marks in plain ASCII; null looks at the terminal.", null=True),
        "lang": one_of("Language of answers.", LANGS),
        "numbers": one_of("Large numbers in thousands or in myriads.", LANGS),
        "names": one_of("Which names are shown.", NAMES),
        "keys": table(
            "Actions whose keys were changed, and those keys.", {"type": "array", "items": {"type": "string"}}
        ),
        "problems": texts("What is wrong, a line each."),
    },
)

_GATE = thing(
    "One line that lets somebody through.",
    {
        "line": whole("Its number, from 1."),
        "name": text("Who comes through."),
        "allowed": text("What is allowed, as --allow has it."),
        "database": text("Its directory."),
        "key": text("The key's fingerprint."),
        "comment": text("The key's comment; empty where it has none."),
        "pty": flag("The key may ask for a terminal."),
        "hooks": flag("What is written starts the database's hooks."),
        "max_input": text("Standard input that is taken, as --max-input has it; empty for the usual 1M."),
        "lang": text("Language of answers, as --lang has it; empty where it does not stand there."),
        "problems": texts("What is wrong with it."),
    },
)

GATES = thing(
    "What a look over the keys of this account found (--check).",
    {
        "file": text("The file that was looked at."),
        "gates": many("The lines that let somebody through, in their order.", _GATE),
        "around": texts("What is wrong around them."),
        "notes": texts("What could not be looked at, and where that is no fault."),
    },
)

KEY_LINE = thing(
    "A line for authorized_keys (--print-key-line).", {"line": text("The line, as it has to stand there.")}
)

SCRIPT = thing(
    "What a shell loads.",
    {"shell": one_of("Which one.", ("bash", "zsh", "fish")), "script": text("The script.")},
)

OFFERS = many(
    "What can be typed (--list).",
    thing("One offer.", {"offer": text("The word."), "about": text("What it is, for people.")}),
)

SCHEMAS: dict[str, tuple[str, Schema]] = {
    "export": (
        "gztrack export --json",
        thing("What was written.", {"path": _PATH, "bytes": whole("Its length in bytes."), "echo": ECHO}),
    ),
    "merge": ("gztrack merge --json", MERGED),
    "init": (
        "gztrack init --json",
        thing("The database that was made.", {"path": text("Its directory."), "echo": ECHO}),
    ),
    "backup": (
        "gztrack backup --json",
        thing("The backup.", {"path": text("The file."), "bytes": whole("Its length in bytes."), **_HELD}),
    ),
    "restore": (
        "gztrack restore --json",
        thing(
            "The database as it is now.",
            {
                "path": text("Its directory."),
                "kept": text("The file that keeps what was there before; null where nothing was.", null=True),
                **_HELD,
            },
        ),
    ),
    "doctor": ("gztrack doctor --json", EXAMINED),
    "config": ("gztrack config --json", SETTINGS),
    "gate": (
        "gztrack gate --print-key-line NAME KEYFILE --json, and gztrack gate --check --json",
        {"anyOf": [KEY_LINE, GATES]},
    ),
    "schema": (
        "gztrack schema --json",
        table(
            "Every schema, by the command whose output, or the hook whose input it describes.",
            {"$ref": DIALECT},
        ),
    ),
    "completion": (
        "gztrack completion SHELL --json, and gztrack completion --list WHAT --json",
        {"anyOf": [SCRIPT, OFFERS]},
    ),
    "man": (
        "gztrack man --json",
        thing("The manual.", {"page": text("The page, as man(7) reads it.")}),
    ),
}
"""Command to a title and what it prints."""
