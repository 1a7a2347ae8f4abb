"""Schemas of what the board and the ledger say: rows, one indicator, readings, targets, alarms. Light."""

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
    table,
    text,
    texts,
    thing,
    time,
    whole,
)
from gztrack.export.schemas.shared import HISTORY_READING, JUDGED_TARGET, ROW, SLUG
from gztrack.services.board.alarms import KINDS
from gztrack.services.board.details import LABELS
from gztrack.services.views import STATUS_ORDER, VERDICTS

FIGURES = (
    "attainment",
    "path",
    "time",
    "ratio",
    "total",
    "needed_from_baseline",
    "needed_from_now",
    "so_far",
    "expected",
    "marker",
    "buffer",
)
"""Names of figures that may be refused or may be bounds."""

_PACE = "in the unit a year; null where refused"

_METHOD = thing(
    "What one method says.",
    {
        "status": shared("status", "The status that the row would show by it."),
        "reason": text("Why, or null.", null=True),
        "ratio": number("What it reckoned, as a fraction; null where it could not.", null=True),
        "ratio_qualifier": shared(
            "qualifier", "From a bound it is a bound; null without a ratio.", null=True
        ),
        "chosen": flag("The row goes by it."),
    },
)

_PRO_RATA = thing(
    "A flow of another length than the target's, beside as much of the target; never a status.",
    {
        "period": text("Of the reading, as it was typed."),
        "period_end": day("Its last day."),
        "value": number("What it says, in the unit."),
        "qualifier": shared("qualifier"),
        "months": whole("Months that it covers.", least=1),
        "target_months": whole("Months that the target covers.", least=1),
        "target": number("As much of the target as falls to those months, in the unit."),
        "share": number("The value as a fraction of that.", null=True),
        "share_qualifier": shared("qualifier", "From a bound it is a bound.", null=True),
    },
)

_PARTS = thing(
    "The parts of a whole, and their sum beside it.",
    {
        "of": many("Each part on its own.", shared("share")),
        "period": text("The latest period that all of them share, as typed; null without one.", null=True),
        "total": number("Sum of the parts, in the unit; null without such a period.", null=True),
        "total_qualifier": shared("qualifier", "From a bound it is a bound; null without a sum.", null=True),
        "rest": number("The whole minus that, in the unit.", null=True),
        "rest_qualifier": shared("qualifier", "From a bound it is a bound; null without a rest.", null=True),
        "warning": text("What cannot be right of the sum, or null.", null=True),
    },
)

LEDGER_TARGET = thing("A target with its verdict.", {"indicator": SLUG, **JUDGED_TARGET})

DETAIL = thing(
    "Everything about one indicator.",
    {
        **ROW,
        "facts": table(
            "What the indicator is, as lines for people by their label.", {"type": "string"}, LABELS
        ),
        "needed_from_baseline": number(f"Pace that the line from the baseline needs, {_PACE}.", null=True),
        "needed_from_now": number(f"Pace needed from the latest reading on, {_PACE}.", null=True),
        "so_far": number(f"Pace since the baseline, {_PACE}.", null=True),
        "expected": number(
            "Where the line from baseline to target is on the day, in the unit; null where refused.",
            null=True,
        ),
        "qualifiers": table(
            "Figures that are bounds: their name, and as what they are meant.", shared("qualifier"), FIGURES
        ),
        "buffer": number(
            "Reporting periods that the readings are ahead of the line to the target, negative where behind it;"
            " null where refused.",
            null=True,
        ),
        "buffer_qualifier": shared(
            "qualifier", "From a bound it is a bound; null without a buffer.", null=True
        ),
        "period_months": whole("Months of such a period, or null.", null=True, least=1),
        "baseline": shared("point", "What progress is reckoned from, or null.", null=True),
        "refused": table("Figures that are refused: their name, and why.", {"type": "string"}, FIGURES),
        "methods": table("What each method says.", _METHOD, METHODS),
        "pro_rata": or_null(
            "A flow of another length, where it is later than what counts; else null.", _PRO_RATA
        ),
        "part_of": shared("share", "How much of its whole it is; null where it is part of none.", null=True),
        "parts": or_null("Its own parts; null where it has none.", _PARTS),
        "notes": texts("What cannot be right, in plain lines."),
        "readings": many("Readings that stand, the latest period first.", shared("standing_reading")),
        "targets": many("Every target that is no entry error, the headline first.", LEDGER_TARGET),
    },
)

ALARM = thing(
    "One thing that wants attention.",
    {
        "alarm": one_of("What kind of thing.", KINDS),
        "indicator": SLUG,
        "name": text("The indicator's name."),
        "group": text("The heading that it stands under, or null.", null=True),
        "unit": text("The unit of its figures."),
        "status": one_of(
            "The indicator's status; of an alarm about a verdict that verdict.",
            dict.fromkeys((*STATUS_ORDER, *VERDICTS)),
        ),
        "reason": text("What is the matter, in one plain line, or null.", null=True),
        "target": shared("judged_target", "The target that it is about."),
        "since": day(
            "End of the latest reading's period, the due date, or the day from which silence counts."
        ),
        "last_logged": time("When a reading was logged last, in UTC; null where none was.", null=True),
    },
)

SCHEMAS: dict[str, tuple[str, Schema]] = {
    "status": (
        "gztrack status --json",
        many("Indicators in the order of the board.", thing("An indicator as its row shows it.", ROW)),
    ),
    "show": ("gztrack show --json", DETAIL),
    "history": (
        "gztrack history --json",
        many(
            "Every reading ever logged of an indicator, in the order of logging; undone ones are left out.",
            thing("A reading, and what became of it.", HISTORY_READING),
        ),
    ),
    "targets": (
        "gztrack targets --json",
        many("Targets by due date, the earliest first; those without one come last.", LEDGER_TARGET),
    ),
    "cite": (
        "gztrack cite --json",
        thing("A footnote.", {"citation": text("One line: figure, period, source, page, dates, short id.")}),
    ),
    "check": ("gztrack check --json", many("Alarms, the worst kind first; none when all is well.", ALARM)),
}
"""Command to a title and what it prints."""
