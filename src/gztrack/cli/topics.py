"""What no single command's help tells: hooks, a shared host, signals; for ``gztrack help`` and the man page."""

from __future__ import annotations

from gztrack.language import term, tr
from gztrack.light import NamedTuple


class Part(NamedTuple):
    """A paragraph, or lines to be typed.

    Attributes:
        text: In English; what is typed is the same in every language.
        typed: It is to be typed as it stands.
    """

    text: str
    typed: bool = False


TOPICS = {
    "hooks": (
        Part(term(
            "An executable file in the hooks folder of the database is told what was just written: on-log of readings"
            " that log, log - and correct wrote or that were logged on the board, on-target of targets that were set,"
            " revised, corrected or dropped. Each action is one run; its records stand on standard input, one JSON"
            " object a line, with the keys of history --json or targets --json and who did it."
        )),
        Part("mkdir -p -m 700 ~/figures/hooks\n"
             "printf '%s\\n' '#!/bin/sh' 'cat >> ../../logged.jsonl' > ~/figures/hooks/on-log\n"
             "chmod 755 ~/figures/hooks/on-log", typed=True),
        Part(term(
            "A hook runs in its folder as whoever logs, after the reading is on the disk. One that fails or takes"
            " longer than 10 seconds is one line on standard error, and the exit code stays 0. A file or folder that"
            " others may write, or that belongs to another account than the database's owner, this one or root, is"
            " not run. GZTRACK_HOOK=off before a command leaves hooks out; behind a gate they run only with --hooks."
            " undo, redo, retract, pin, import and merge tell none."
        )),
    ),
    "host": (
        Part(term(
            "Several people share one account by keys of their own: each line of authorized_keys has a forced command,"
            " gztrack gate, that does what is on that key's list, under that name, in that database. Print such a"
            " line for each public key, then have all of them looked over:"
        )),
        Part("gztrack gate --print-key-line ann ann.pub --db ~/figures --allow log,undo,status,board"
             " >> ~/.ssh/authorized_keys\n"
             "gztrack gate --check", typed=True),
        Part(term("What they type, and what they may do:")),
        Part("ssh track@host log nev-capacity 310k --for 2020-06\n"
             "ssh -t track@host\n"
             "ssh track@host help", typed=True),
        Part(term(
            "No shell takes part, no option that names a path gets through, and refusals go to gate.log in the"
            " database. A key without a gate in the same file can do everything. To take a key away, delete its line;"
            " whoever is logged in with it stays so until that process ends."
        )),
    ),
    "signals": (
        Part(term(
            "Ctrl+c, SIGTERM and a dropped line end any command at once. It says whether anything is saved: the last"
            " steps of a write are finished first, and no lock and no half file is left. The program dies by the"
            " signal, so that a shell sees 130, 143 or 129; through ssh it arrives as 255, for ssh has no other"
            " code for a signal. The board finishes a save, keeps what was typed as a draft and gives the terminal"
            " back."
        )),
        Part(term(
            "Whoever does not know whether a reading arrived logs it again with the same --key, which adds nothing"
            " if it did:"
        )),
        Part("gztrack log nev-capacity 310k --for 2020-06 --key 2020-06-report", typed=True),
    ),
}  # fmt: skip
"""Each topic's parts, by its name in `gztrack.cli.catalogue.TOPICS`."""


def told(name: str) -> str:
    """A topic as ``gztrack help`` prints it, as wide as stdout."""
    from gztrack.cli.helping import MARGIN, folded
    from gztrack.cli.output import width
    from gztrack.cli.pasting import pasteable

    columns = width()
    parts = []
    for part in TOPICS[name]:
        if part.typed:
            commands = part.text.split("\n")
            lines = [line for each in commands for line in pasteable(each, columns - 2 - MARGIN)]
            parts.append("\n".join(" " * MARGIN + line for line in lines))
        else:
            parts.append("\n".join(folded(tr(part.text), columns)))
    return "\n\n".join(parts) + "\n"
