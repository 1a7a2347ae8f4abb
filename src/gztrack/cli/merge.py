"""``merge``: the union of two databases."""

from __future__ import annotations

import sys

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.keep import standard_input
from gztrack.cli.parser import Found, Parser
from gztrack.cli.progress import watched
from gztrack.cli.session import Session
from gztrack.language import term, tr


def parser() -> Parser:
    """The parser of ``merge``."""
    built = Parser(
        "merge",
        "OTHER [--dry-run] [--yes]",
        tr(
            "Bring in what another database holds beyond this one: its directory, a backup of it, or -"
            " for a backup from standard input. Nothing is overwritten; what contradicts each other is"
            " listed, both sides are kept, and each entry stays its author's. Merging the same again"
            " adds nothing."
        ),
        "merge ../copy --dry-run\nmerge promises.jsonl",
    )
    built.word("OTHER", tr("the other database"))
    built.flag("--dry-run", tr("only say what would happen"))
    built.flag("--yes", tr("bring it in though the two have nothing in common"))
    return built


def run(found: Found, session: Session) -> Answer:
    """Merge another database into this one.

    Raises:
        InputError: There is nothing of that name, or it is this database itself.
        GuardError: The two have nothing in common, and ``--yes`` was not given.
        StoreError: The other one is damaged or newer, or this one cannot be written.
    """
    from gztrack.services.merging.merger import merge

    tracker = session.trying() if found.dry_run else session.writing()
    with watched(sys.stderr, term("bytes")) as watch:
        merged = merge(
            tracker, found.other, standard_input(), dry_run=found.dry_run, yes=found.yes, watch=watch
        )
    written = bool(merged.transactions) and not found.dry_run
    if not session.json:
        return Answer("\n".join(merged.lines), merged.notices, written)
    data = {
        "transactions": merged.transactions,
        "facts": merged.facts,
        "authors": list(merged.authors),
        "conflicts": [clash.fields() for clash in merged.conflicts],
        "written": written,
        "echo": list(merged.lines),
    }
    return Answer(as_json(data), merged.notices, written)


COMMANDS = {"merge": Command(parser, run)}
