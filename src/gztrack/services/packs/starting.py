"""What a new database begins with, out of a file of any kind that `import` takes.

A pack makes the database that it was made of. Rows, as a CSV or as JSON, and seeds are nobody's action, and
their ids come from the content: two databases that begin with the same file hold the same facts, and merge
without a conflict.
"""

from __future__ import annotations

import os

from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.databases.seeding import FirstFacts, parse_seed, shipped
from gztrack.services.days import checked_zone
from gztrack.services.importing.encodings import decoded
from gztrack.services.importing.recognising import CSV, SEED, kind_of
from gztrack.services.packs.beginning import begin, nobodys
from gztrack.services.packs.json_rows import read_rows
from gztrack.services.packs.layout import PACK
from gztrack.services.packs.reading import Pack
from gztrack.services.packs.sources import STDIN, Source, opened

EXAMPLES = ("half-marathon.json",)
"""Packs of other kinds that come with the program, to look at and to begin from."""


def read_first_facts(path: str) -> FirstFacts:
    """Read a file that a database is to begin with.

    Args:
        path: The file, or ``-`` for standard input; where there is none of an example's name, the example.

    Raises:
        InputError: It cannot be read, or states what does not hold; file and line are named.
    """
    if path in EXAMPLES and not os.path.lexists(path):
        path = str(shipped(path))
    with opened(path) as source:
        kind = kind_of(source)
        found = _pack(source) if kind == PACK else _facts(source, kind, path)
    if found.tz:
        try:
            checked_zone(found.tz)
        except InputError as error:
            raise InputError(tr("{name}: {problem}", name=source.name, problem=error)) from None
    return found


def _pack(source: Source) -> FirstFacts:
    pack = Pack(source)
    stated = list(pack)
    facts = sum(each.facts for each in stated)
    return FirstFacts(pack.title, "", pack.tz, [each.encoded for each in stated], facts, is_whole=True)


def _facts(source: Source, kind: str, path: str) -> FirstFacts:
    content = source.whole()
    if kind == SEED:
        seed = parse_seed(decoded(content, source.name), source.name)
        transactions = (seed.transaction,) if seed.transaction.facts else ()
        return FirstFacts(seed.title, seed.title_zh, seed.tz, transactions, len(seed.transaction.facts))
    head: dict[str, str] = {}
    if kind == CSV:
        beginning = begin(content, head, name=source.name)
    else:
        rows = read_rows(decoded(content, source.name), source.name, {})
        head = rows.head
        beginning = begin(rows.sheet, head, name=source.name)
    first = nobodys(content, head, beginning.facts)
    title = head.get("title") or ("" if path == STDIN else os.path.splitext(clean(os.path.basename(path)))[0])
    return FirstFacts(title, head.get("title_zh", ""), head.get("tz", ""), (first,), len(first.facts))
