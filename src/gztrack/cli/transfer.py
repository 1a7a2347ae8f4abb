"""``import`` and ``export``: facts from a CSV file, and into one or into TinyDB's JSON."""

from __future__ import annotations

import os
from collections.abc import Iterable

from gztrack.cli.answer import Answer, Command, as_json, done
from gztrack.cli.parser import Found, Parser
from gztrack.cli.progress import watched
from gztrack.cli.session import Session
from gztrack.cli.snapshot import chosen_format
from gztrack.errors import InputError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.services.views import Done

FORMATS = ("csv", "tinydb")
LATER = ("pack",)


def import_parser() -> Parser:
    """The parser of ``import``."""
    built = Parser(
        "import",
        "FILE [--map field=column]... [--missing 'N/A,-,:'] [--wide] [--encoding NAME] [--delimiter SIGN]"
        " [--decimal SIGN] [--partial] [--dry-run] [--yes]",
        tr(
            "Bring in indicators, readings and targets from a CSV file, as one action. What is there"
            " already is skipped; another value for the same figure of the same source replaces it;"
            " another source stands beside it."
        ),
        "import figures.csv --map value=Amount --map period=Year --dry-run",
    )
    built.word(
        "FILE", tr("the file, or - for standard input; its columns are described in the README"), path=True
    )
    built.option(
        "--map",
        "FIELD=COLUMN",
        tr("the column that holds a field, by its name or as #3; may be given several times"),
        repeated=True,
    )
    built.option("--missing", "WORDS", tr("cells that mean that there is no figure, parted by commas"))
    built.flag("--wide", tr("one row an indicator, with periods as columns"))
    built.option(
        "--encoding", "NAME", tr("the file's encoding; else UTF-8, UTF-16 or GB18030, whichever it is")
    )
    built.option(
        "--delimiter", "SIGN", tr("what stands between cells; else , ; tab or | as the first row has it")
    )
    built.option(
        "--decimal",
        "SIGN",
        tr("what parts decimals, a comma or a point; else what the figures prove, or a point"),
    )
    built.flag("--partial", tr("bring in the good rows though there are bad ones; these are told on stderr"))
    built.flag("--dry-run", tr("only say what would happen, row by row"))
    built.flag("--yes", tr("bring it in though something looks like a slip"))
    return built


def bring_in(found: Found, session: Session) -> Answer:
    """Import a file.

    Raises:
        InputError: The file or a row cannot be understood; every bad row is named.
        GuardError: Rows look like slips, and ``--yes`` was not given.
        StoreError: Nothing was written.
    """
    from gztrack.services.importing.importer import import_file

    tracker = session.trying() if found.dry_run else session.writing()
    with watched(session.narrator) as progress:
        outcome = import_file(
            tracker,
            found.file,
            mapping=_mapping(found.map),
            missing=tuple(word.strip() for word in found.missing.split(",") if word.strip()),
            wide=found.wide,
            partial=found.partial,
            dry_run=found.dry_run,
            yes=found.yes,
            encoding=found.encoding,
            delimiter=found.delimiter,
            decimal=found.decimal,
            progress=progress,
        )
    return _told(outcome, session, dry_run=found.dry_run)


def _told(outcome: Done, session: Session, *, dry_run: bool) -> Answer:
    """What was done, or would be: row by row where it was only tried. Rows that did not go in are told on stderr."""
    imported = outcome.imported
    if imported is None:
        return done(outcome, session)._replace(echo=not dry_run)
    more = {
        "counts": dict(imported.counts),
        "rows": list(imported.listed),
        "refused": list(imported.unread),
    }
    answer = done(outcome, session, more)
    if session.json:
        return answer
    if dry_run:
        # What a dry run says is what was asked for.
        answer = answer._replace(data="\n".join((*imported.rows, *outcome.lines)), echo=False)
    return answer._replace(notes=imported.refused)


def _mapping(pairs: list[str]) -> dict[str, str]:
    """Fields and the columns that hold them.

    Raises:
        InputError: One is no pair, or a field is placed twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not (field and equals and column):
            raise InputError(tr("--map: no pair: '{pair}'; as in --map value=Amount", pair=pair))
        if field in mapping:
            raise InputError(
                tr(
                    "--map: {field} is placed twice: in '{first}' and in '{second}'",
                    field=field,
                    first=mapping[field],
                    second=column,
                )
            )
        mapping[field] = column
    return mapping


def export_parser() -> Parser:
    """The parser of ``export``."""
    built = Parser(
        "export",
        "[-f FORMAT] -o PATH [--force]",
        tr(
            "Write the facts that count now as CSV, in the columns that import reads, or every fact ever"
            " stated as a plain TinyDB JSON file; -o - writes to standard output."
        ),
        "export -f csv -o figures.csv\nexport -f tinydb -o facts.json",
    )
    built.option(
        "--format", "FORMAT", tr("csv or tinydb; else the name's ending says it"), "-f", choices=FORMATS
    )
    built.option("--output", "PATH", tr("the file to write, or - for standard output"), "-o", path=True)
    built.flag("--force", tr("replace the file if there is one"))
    return built


def export(found: Found, session: Session) -> Answer:
    """Write the facts that count, or all of them.

    Raises:
        InputError: The format is not known or not what --json asks for, no file was named, or it is there already.
        StoreError: The database cannot be read, or the file cannot be written.
    """
    if not found.output:
        raise InputError(tr("export: say where to: -o PATH, or -o - for standard output"))
    kind = chosen_format(found.format, found.output, FORMATS, LATER, "")
    if session.json and found.output == "-" and kind == "csv":
        raise InputError(
            tr("export: csv on standard output is no JSON: leave --json out, or -f tinydb prints JSON")
        )
    data, notes = _written_as(kind, session)
    if found.output == "-":
        return Answer(data if isinstance(data, bytes) else b"".join(data), notes)
    from gztrack.export.files import save

    size = os.stat(save(found.output, data, force=found.force)).st_size
    said = tr("wrote {path}  {n:,} bytes", path=found.output, n=size)
    if session.json:
        return Answer(as_json({"path": found.output, "bytes": size, "echo": [said]}), notes, written=True)
    return Answer(said, notes, written=True, echo=True)


def _written_as(kind: str, session: Session) -> tuple[bytes | Iterable[bytes], list[str]]:
    """The file, and what is to be said beside it."""
    if kind == "tinydb":
        from gztrack.export.tinydb_file import export_tinydb

        return export_tinydb(session.reading()), []
    from gztrack.export.csv_file import export_csv, left_out

    tracker = session.reading()
    lacking = left_out(tracker)
    return export_csv(tracker), [lacking] if lacking else []


COMMANDS = {"import": Command(import_parser, bring_in), "export": Command(export_parser, export)}
