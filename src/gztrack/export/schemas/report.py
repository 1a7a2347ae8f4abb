"""The schema of a snapshot as JSON, and of what is said when one is written to a file. Light."""

from __future__ import annotations

from gztrack.domain.records import METHODS
from gztrack.export.schemas.blocks import (
    Schema,
    day,
    many,
    one_of,
    or_null,
    table,
    text,
    thing,
    whole,
    without,
)
from gztrack.export.schemas.diff import DIFF
from gztrack.export.schemas.shared import (
    DUE_LABEL,
    GOAL,
    JUDGED_TARGET,
    READING,
    ROW,
    SLUG,
    SOURCES,
    STANDING_READING,
    TARGET,
)
from gztrack.export.schemas.written import SAVED
from gztrack.services.board.ledger import COUNTED
from gztrack.services.board.rows import SUMMARY_ORDER
from gztrack.services.views import STATUS_ORDER

_ENTRY = ("id", "handle", "evidence_id", "replaced_by", "replaces", "author", "logged_at")
"""How and by whom facts were entered, which a snapshot leaves out: the same facts give the same bytes."""

_CITED = {"source_number": whole("Number of its source, or null.", null=True, least=1)}

_NAMED = thing("A target as another one's story names it.", {**GOAL, "due_label": DUE_LABEL})

_STANDING = {name: STANDING_READING[name] for name in ("standing", "pinned", "pin_reason")}

_INDICATOR = thing(
    "An indicator with its readings.",
    {
        **ROW,
        "unit_zh": text("Its unit in Chinese, or null.", null=True),
        "group_zh": text("Its heading in Chinese, or null.", null=True),
        "reading": or_null(
            "The latest reading that counts, or null.",
            thing("A reading.", {**without(READING, *_ENTRY), **_CITED}),
        ),
        "target": or_null(
            "The headline target, or null.", thing("A target.", {**without(TARGET, *_ENTRY), **_CITED})
        ),
        "readings": many(
            "Readings that stand, the latest period first.",
            thing("A reading, and whether it counts.", {**without(READING, *_ENTRY), **_STANDING, **_CITED}),
        ),
    },
)

_PROMISE = thing(
    "A target with its verdict.",
    {
        "indicator": SLUG,
        "name": text("The indicator's name."),
        "name_zh": text("Its Chinese name, or null.", null=True),
        "unit": text("The unit of its figures."),
        "unit_zh": text("The same in Chinese, or null.", null=True),
        **without(JUDGED_TARGET, *_ENTRY),
        **_CITED,
        "evidence_source_number": whole("Number of the evidence's source, or null.", null=True, least=1),
        "replaced_by": or_null("What took its place, or null.", _NAMED),
        "replaces": or_null("Whose place it took, or null.", _NAMED),
        "dropped_on": text("The day on which it was withdrawn; null while it stands.", null=True),
        "dropped_why": text("Why, or null.", null=True),
    },
)

_ONLY = thing(
    "What was asked for; what is empty or null asks for everything.",
    {
        "indicators": many("Ids.", SLUG),
        "group": text("The group.", null=True),
        "statuses": many("Statuses.", one_of("A status.", STATUS_ORDER)),
    },
)

_COUNT = {"type": "integer", "minimum": 1}

REPORT = thing(
    "A progress report: -f json. The same facts and date give the same bytes.",
    {
        "gztrack": one_of("What this is.", ("snapshot",)),
        "version": one_of("Of this form.", (1,)),
        "title": text("The database's title."),
        "as_of": day("The day as of which everything is reckoned."),
        "logged_by": day("Only what was logged up to then; null for all.", null=True),
        "published_by": day("Only readings published up to then; null for all.", null=True),
        "method": one_of("The method asked for, else the database's; a row's own is beside it.", METHODS),
        "only": or_null("Which rows were asked for; null for all.", _ONLY),
        "counts": table("How many rows of each status, zeros left out.", _COUNT, SUMMARY_ORDER),
        "indicators": many("In the order of the board.", _INDICATOR),
        "ledger_counts": table("How many promises came to what, zeros left out.", _COUNT, COUNTED),
        "ledger_no_verdict": table("Why promises past their date have no verdict, and how many.", _COUNT),
        "ledger": many("Every promise, by due date.", _PROMISE),
        "sources": SOURCES,
        "since": or_null("What is new since a day; null where nobody asked for that.", DIFF),
        "hash": text(
            "Of all the rest, as JSON with sorted keys and no blanks.", pattern="^sha256:[0-9a-f]{64}$"
        ),
    },
)

SCHEMAS: dict[str, tuple[str, Schema]] = {
    "snapshot": (
        "gztrack snapshot -f json",
        {"description": "A report, or with --json and -o what was written.", "anyOf": [REPORT, SAVED]},
    )
}
"""Command to a title and what it prints."""
