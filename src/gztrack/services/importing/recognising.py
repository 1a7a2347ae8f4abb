"""What somebody wants to import, told by its content and not by its name: CSV, JSON rows, a pack or a seed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.databases.seeding import parse_seed
from gztrack.services.importing.encodings import decoded
from gztrack.services.importing.importer import import_text
from gztrack.services.packs.joining import join_in
from gztrack.services.packs.json_rows import ROWS, read_rows
from gztrack.services.packs.layout import PACK
from gztrack.services.packs.reading import Pack, Stated
from gztrack.services.packs.rows import import_rows
from gztrack.services.packs.sources import Source, opened
from gztrack.services.progress import Progress
from gztrack.services.tracker import Tracker
from gztrack.services.views import Done
from gztrack.storage.lines import prepare

CSV, JSON, SEED = "csv", "json", "seed"
"""Kinds of files beside packs."""

_KINDS = {PACK: PACK, SEED: SEED, ROWS: JSON}

_REFUSED = {
    "snapshot": term(
        "a snapshot, which states no facts: gztrack diff reads it; gztrack export -f pack moves facts"
    ),
    "backup": term("a backup: gztrack restore brings it back, gztrack merge brings it in"),
    "facts": term("the journal of a database: gztrack merge brings it in"),
}
"""What a file says that it is, and what is to be done with it instead."""


_OF_TINYDB = term("TinyDB's JSON, which is not read back: gztrack export -f pack moves facts")

_SAYS = r'\{\s*"gztrack"\s*:\s*"([^"]*)"'
_TINYDB = r'\{\s*"[^"]*"\s*:\s*\{\s*"[0-9]+"\s*:\s*\{'


class Imported(NamedTuple):
    """What came in.

    Attributes:
        done: What to tell the person; of transactions that others logged it names none.
        written: Something was written.
    """

    done: Done
    written: bool


def bring_in(
    tracker: Tracker,
    path: str,
    *,
    mapping: Mapping[str, str] | None = None,
    missing: tuple[str, ...] = (),
    wide: bool = False,
    partial: bool = False,
    dry_run: bool = False,
    yes: bool = False,
    encoding: str = "",
    delimiter: str = "",
    decimal: str = "",
    ignored: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Imported:
    """Import a file, or standard input where the name is ``-``.

    Rows are read and matched as `import_text` says, transactions joined as `join_in` says.

    Raises:
        RefusedError: Whoever came through a gate imports nothing.
        InputError: The file cannot be opened or read, or is of a kind that an option does not go with.
        GuardError: Rows are probably slips, or transactions have nothing in common with what is here.
        StoreError: It was not written.
    """
    tracker.may("import")  # before anything tells whether there is such a file
    with opened(path) as source:
        kind = kind_of(source)
        of_tables = {"--encoding": encoding, "--delimiter": delimiter, "--decimal": decimal}
        of_rows = {
            "--map": mapping,
            "--missing": missing,
            "--wide": wide,
            "--partial": partial,
            "--ignore": ignored,
        }
        if kind != CSV:
            foreign = of_tables if kind == JSON else of_tables | of_rows
            _refuse_options(source, kind, [option for option, value in foreign.items() if value])
        if kind in (CSV, JSON):
            tables = {"encoding": encoding, "delimiter": delimiter, "decimal": decimal}
            return _rows(
                tracker,
                source,
                kind,
                mapping=mapping or {},
                missing=missing,
                wide=wide,
                partial=partial,
                dry_run=dry_run,
                yes=yes,
                ignored=ignored,
                progress=progress,
                **(tables if kind == CSV else {}),
            )
        if kind == PACK:
            pack = Pack(source, progress)
            joined = join_in(tracker, pack.name, pack.title, pack.tz, iter(pack), dry_run=dry_run, yes=yes)
        else:
            seed = parse_seed(text_of(source), source.name)
            stated = seed.transaction
            whole = Stated(prepare(stated), stated.author, stated.at, len(stated.facts))
            joined = join_in(
                tracker,
                source.name,
                seed.title,
                seed.tz,
                [whole] if stated.facts else [],
                dry_run=dry_run,
                yes=yes,
            )
    return Imported(Done(joined.lines), joined.written)


def _refuse_options(source: Source, kind: str, given: Sequence[str]) -> None:
    """Refuse options that a file of this kind has no use for.

    Raises:
        InputError: There are some.
    """
    if not given:
        return
    said = {"name": source.name, "options": listed(given), "kind": kind}
    raise InputError(
        tr(
            "{name}: {options} is for tables, and this is {kind}, which needs no telling; leave it out",
            **said,
        )
        if kind == JSON
        else tr(
            "{name}: {options} is for rows, and this is a {kind}, which comes in as it is; leave it out",
            **said,
        )
    )


def _rows(
    tracker: Tracker, source: Source, kind: str, *, mapping: Mapping[str, str], **options: Any
) -> Imported:
    if kind == CSV:
        done = import_text(tracker, source.whole(), name=source.name, mapping=mapping, **options)
    else:
        rows = read_rows(text_of(source), source.name, mapping)
        done = import_rows(tracker, rows, name=source.name, mapping=mapping, **options)
    return Imported(done, bool(done.tx))


def text_of(source: Source) -> str:
    """All of a file of JSON.

    Raises:
        InputError: It cannot be read, or is no text.
    """
    return decoded(source.whole(), source.name)


def kind_of(source: Source) -> str:
    """What a file is: ``csv``, ``json`` (rows), ``pack`` or ``seed``.

    Raises:
        InputError: It is something else of JSON; the message says what to do with it.
    """
    encoding = "utf-16" if source.start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    start = source.start.decode(encoding, "replace").lstrip()
    if start[:1] not in ("{", "["):
        return CSV
    says = re.match(_SAYS, start)
    kind = says[1] if says else ROWS
    if kind in _KINDS:
        return _KINDS[kind] if not re.match(_TINYDB, start) else _refuse(source, _OF_TINYDB)
    if kind in _REFUSED:
        return _refuse(source, _REFUSED[kind])
    said = clean(kind)[:40]
    raise InputError(
        tr(
            "{name}: says that it is a '{kind}', which this version does not know",
            name=source.name,
            kind=said,
        )
    )


def _refuse(source: Source, problem: str) -> NoReturn:
    raise InputError(tr("{name}: {problem}", name=source.name, problem=tr(problem)))
