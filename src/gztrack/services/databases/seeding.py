"""The facts a database starts with: a seed file, read strictly, as one transaction of nobody's.

A seed is JSON Lines: a head (``{"gztrack": "seed", "title", "tz", "logged"}``), then one fact a
line with its ``table``. Ids come from the content, so two databases that start from the same
seed hold the same facts and merge without a conflict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import gztrack
from gztrack.domain.ids import fact_ids, keyed
from gztrack.domain.reasons import reason_of
from gztrack.domain.records import SEED_AUTHOR as SEED_AUTHOR
from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.packs.layout import is_logging_time
from gztrack.storage.store import Encoded, Fact, Transaction

ARTICLE_DEFINES = "nev-capacity"
"""An indicator that a database made from the article has."""

PACK_DEFINES = "nev-output"
"""An indicator that only the follow-up pack defines: while it is missing, the pack was not brought in."""

_DATES = ("start", "end", "published", "due_start", "due_end", "over_start", "over_end", "stated_start", "stated_end",
          "baseline_start", "baseline_end", "on")  # fmt: skip


LONG_AGO = "1970-01-01T00:00:00.000000Z"
"""When a seed was logged that does not say it."""


_LINE_END = re.compile(r"\r\n?|\n")
"""Nothing else ends a line: a text of JSON may hold other signs that break lines."""


class Seed(NamedTuple):
    """What a seed file says."""

    title: str
    title_zh: str
    tz: str
    transaction: Transaction


class FirstFacts(NamedTuple):
    """What a database begins with.

    Attributes:
        title: What it is called; empty where the file does not say.
        title_zh: The same in Chinese, or empty.
        tz: The zone that its days go by, or empty.
        transactions: Its first transactions.
        facts: How many facts are in them.
        is_whole: They are all that another database held, which is made again.
    """

    title: str
    title_zh: str
    tz: str
    transactions: Sequence[Transaction | Encoded]
    facts: int
    is_whole: bool = False


def shipped(name: str) -> Path:
    """A data file that comes with the program: beside the package in a wheel, in ``db/`` in a checkout."""
    package = Path(gztrack.__file__).resolve().parent
    inside = package / "data" / name
    return inside if inside.exists() else package.parent.parent / "db" / name


def article_seed() -> Path:
    """The seed made from the article."""
    return shipped("guangzhou.jsonl")


def followup_pack() -> Path:
    """What was published since the article."""
    return shipped("guangzhou-followup.csv")


def read_seed(path: Path) -> Seed:
    """Read a seed file.

    Raises:
        InputError: It is no seed, or a line breaks a rule; file and line are named.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else tr("not UTF-8")
        raise InputError(tr("{path}: cannot be read as a seed: {reason}", path=path, reason=reason)) from None
    return parse_seed(text, str(path))


def parse_seed(text: str, name: str) -> Seed:
    """Understand a seed.

    Args:
        text: The file.
        name: What to call it in messages.

    Raises:
        InputError: It is no seed, or a line breaks a rule; file and line are named.
    """
    lines = [(number, line) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]
    head = _object(name, *lines[0]) if lines else {}
    if head.get("gztrack") != "seed":
        first = '{"gztrack": "seed", "title": ..., "tz": ...}'
        raise InputError(tr("{path}: no seed; its first line is {line}", path=name, line=first))
    facts = [_fact(name, number, line) for number, line in lines[1:]]
    tx = keyed(SEED_AUTHOR, text)
    ids = fact_ids(tx, len(facts))
    stated = tuple((table, {"id": ids[i], **record}) for i, (table, record) in enumerate(facts))
    logged = str(head.get("logged", LONG_AGO))
    if not is_logging_time(logged):
        said = tr(
            "logged: '{text}' is no logging time; one is like {example}",
            text=clean(logged)[:40],
            example=LONG_AGO,
        )
        raise InputError(tr("{path}, line {line}: {error}", path=name, line=lines[0][0], error=said))
    transaction = Transaction(tx, logged, SEED_AUTHOR, SEED_AUTHOR, "seed", stated)
    return Seed(str(head.get("title", "")), _title_zh(facts), str(head.get("tz", "")), transaction)


def is_articles(fact: Fact) -> bool:
    """Whether a fact is one that a database made from the article begins with, and no other pack's."""
    if fact["author"] != SEED_AUTHOR:
        return False
    return bool(fact["tx"] == keyed(SEED_AUTHOR, article_seed().read_text("utf-8")))


def _title_zh(facts: list[tuple[str, dict[str, Any]]]) -> str:
    """The title in Chinese, which is a setting among the facts."""
    stated = (record for table, record in facts if table == "settings" and record["name"] == "title_zh")
    return next((str(record["value"]) for record in stated), "")


def _object(path: str, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputError(tr("{path}, line {line}: no JSON object", path=path, line=number))
    return found


def _fact(path: str, number: int, line: str) -> tuple[str, dict[str, Any]]:
    from gztrack.domain import model

    data = _object(path, number, line)
    table = str(data.pop("table", ""))
    kinds: dict[str, type[model.Fact]] = {
        "indicators": model.Indicator,
        "readings": model.Reading,
        "targets": model.Target,
        "settings": model.Setting,
    }
    if table not in kinds:
        raise InputError(
            tr(
                "{path}, line {line}: no such table: '{table}'; one of {known}",
                path=path,
                line=number,
                table=clean(table)[:40],
                known=listed(kinds),
            )
        )
    try:
        for name in _DATES:
            if name in data:
                data[name] = date.fromisoformat(data[name])
        if "inferred" in data:
            data["inferred"] = tuple(data["inferred"])
        return table, kinds[table].read(data).record
    except (ValueError, TypeError, InputError) as error:
        raise InputError(tr("{path}, line {line}: {error}", path=path, line=number, error=error)) from None
