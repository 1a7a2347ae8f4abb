"""The schema of what ``diff`` prints with ``--json``. Light."""

from __future__ import annotations

from gztrack.domain.records import METHODS
from gztrack.export.schemas.blocks import (
    Schema,
    day,
    flag,
    many,
    number,
    one_of,
    or_null,
    shared,
    text,
    texts,
    thing,
    without,
)
from gztrack.export.schemas.shared import JUDGED_TARGET, READING, SLUG, STANDING_READING
from gztrack.export.schemas.written import SAVED

_ENTRY = ("id", "handle", "evidence_id", "replaced_by", "replaces", "author", "logged_at")
"""What snapshots leave out, so that a diff has none of it."""

_READING = thing(
    "A reading.",
    {
        **without(READING, *_ENTRY),
        **{name: STANDING_READING[name] for name in ("standing", "pinned", "pin_reason")},
    },
)

_TARGET = thing("A target.", without(JUDGED_TARGET, *_ENTRY, "change", "headline", "pinned", "pin_reason"))

_SUBJECT = {
    "indicator": SLUG,
    "name": text("Its name; the id where neither snapshot has it on the board."),
    "name_zh": text("Its Chinese name, or null.", null=True),
    "unit": text("The unit of its figures; empty where neither snapshot has it on the board."),
}

_SIDE = thing(
    "One side.",
    {
        "title": text("The database's title."),
        "as_of": day("The day as of which it was reckoned."),
        "logged_by": day("Only what was logged up to then; null for all.", null=True),
        "published_by": day("Only readings published up to then; null for all.", null=True),
        "method": one_of("The method asked for, else the database's.", METHODS),
        "file": text("The file it was read from; null of a date.", null=True),
        "hash": text(
            "The content hash of the snapshot; null of the one that tells this itself.",
            null=True,
            pattern="^sha256:[0-9a-f]{64}$",
        ),
    },
)

_STANDING = thing(
    "How an indicator stands.",
    {
        "status": shared("status"),
        "reason": text("Why, in one plain line, or null.", null=True),
        "attainment": number("The reading over the target, as a fraction; null where refused.", null=True),
        "attainment_qualifier": shared("qualifier", "From a bound it is a bound.", null=True),
        "method": shared("method"),
    },
)

DIFF = thing(
    "What is new from one side to the other, and nothing else: -f json.",
    {
        "gztrack": one_of("What this is.", ("diff",)),
        "version": one_of("Of this form.", (1,)),
        "old": _SIDE,
        "new": _SIDE,
        "empty": flag("Nothing is new."),
        "readings": many(
            "New readings.",
            thing(
                "A reading that was not there, or whose period was still to come.",
                {
                    **_SUBJECT,
                    "reading": _READING,
                    "instead_of": or_null(
                        "What counted of its period before and still stands, or null.", _READING
                    ),
                },
            ),
        ),
        "corrections": many(
            "Figures that say something else now.",
            thing(
                "A correction; of a target it is that of an entry error, and no broken promise.",
                {
                    **_SUBJECT,
                    "what": one_of("What was corrected.", ("reading", "target")),
                    "kind": one_of(
                        "'counts' where only another one of a period counts.",
                        ("corrected", "withdrawn", "counts"),
                    ),
                    "old": {"description": "As it was.", "anyOf": [_READING, _TARGET]},
                    "new": {
                        "description": "As it is; null where it was withdrawn.",
                        "anyOf": [_READING, _TARGET, {"type": "null"}],
                    },
                    "changed": texts("Names of the keys that differ."),
                },
            ),
        ),
        "targets": many(
            "Targets that are new, moved or dropped.",
            thing(
                "A target.",
                {
                    **_SUBJECT,
                    "kind": one_of("What became of it.", ("new", "moved", "dropped")),
                    "target": _TARGET,
                    "replaces": or_null("Whose place it took; null unless it moved.", _TARGET),
                    "raised_by": number(
                        "By how much, in the unit; null unless both are one figure.", null=True
                    ),
                    "days_later": number(
                        "By how many days the due date lies later; null unless both have one.", null=True
                    ),
                    "reason": text("Why it was moved or dropped, if somebody said; else null.", null=True),
                    "restated": flag("The same promise stood before, by another source."),
                },
            ),
        ),
        "statuses": many(
            "Indicators with another status.",
            thing(
                "An indicator.",
                {
                    **_SUBJECT,
                    "old": or_null("How it stood; null of one that was not there.", _STANDING),
                    "new": or_null("How it stands; null of one that is not there any more.", _STANDING),
                },
            ),
        ),
        "verdicts": many(
            "Promises of which something else has become.",
            thing(
                "A promise.",
                {
                    **_SUBJECT,
                    "old": thing(
                        "What had become of it.",
                        {"verdict": shared("verdict"), "reason": text("Why, or null.", null=True)},
                    ),
                    "new": _TARGET,
                },
            ),
        ),
    },
)

SCHEMAS: dict[str, tuple[str, Schema]] = {
    "diff": (
        "gztrack diff -f json",
        {"description": "A diff, or with --json and -o what was written.", "anyOf": [DIFF, SAVED]},
    )
}
"""Command to a title and what it prints."""
