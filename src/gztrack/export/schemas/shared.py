"""What several schemas speak of: the words of the domain, a reading, a target, a row. Light."""

from __future__ import annotations

from gztrack.domain.records import COMPARATORS, DIRECTIONS, MEASURES, METHODS, QUALIFIERS
from gztrack.export.schemas.blocks import (
    Schema,
    day,
    fact,
    flag,
    many,
    number,
    one_of,
    shared,
    text,
    texts,
    thing,
    time,
    whole,
)
from gztrack.services.views import STANDINGS, STATES, STATUS_ORDER, VERDICTS


def definitions() -> dict[str, Schema]:
    """Every shared definition by name."""
    return {
        "qualifier": one_of(
            "How a figure is meant: 'exact', a bound ('at least', 'more than', 'at most', 'less than') or 'about'.",
            QUALIFIERS,
        ),
        "comparator": one_of(
            "What a target asks for; 'between' has an upper limit beside its lower one.", COMPARATORS
        ),
        "measure": one_of(
            "What the indicator measures: a 'level' at a point in time, a 'flow' over a period, or a 'rate' of change.",
            MEASURES,
        ),
        "direction": one_of("Which way is better: 'up' is higher, 'down' is lower.", DIRECTIONS),
        "method": one_of("How a status is reckoned.", METHODS),
        "status": one_of("How an indicator stands against its headline target.", STATUS_ORDER),
        "verdict": one_of(
            "What became of a target: 'open' until it is due; 'corrected' for an entry error, which is no promise.",
            VERDICTS,
        ),
        "state": one_of("What a target is, whatever became of it.", STATES),
        "standing": one_of("'counts', or why a reading does not count.", STANDINGS),
        "reading": thing("A reading.", READING),
        "standing_reading": thing("A reading, and whether and why it counts.", STANDING_READING),
        "target": thing("A target.", TARGET),
        "judged_target": thing("A target with its verdict.", JUDGED_TARGET),
        "projection": thing("Where the readings lead if they go on as they did.", PROJECTION),
        "share": thing("A part beside its whole.", SHARE),
        "point": thing("A figure and when it was so.", POINT),
    }


ORIGIN = {
    "source": text("Who published it, in words; null where nobody is named.", null=True),
    "source_url": text("The page it was seen on; null where none is given.", null=True),
    "published": day("When it was published; null where that is not known.", null=True),
}

HANDLE = text("The short end of the id, which commands take for the fact.")
INFERRED = texts("Names of the fields that the source does not state itself.")
AUTHOR = text("Who logged it.")
LOGGED_AT = time("When it was logged, in UTC.")

READING = {
    "id": fact("The fact's id."),
    "handle": HANDLE,
    "value": number("The figure, in the indicator's unit."),
    "qualifier": shared("qualifier"),
    "period": text("The period as it was typed: '2020', '2019-Q3', '2020-05', '2020-05-17'."),
    "period_start": day("Its first day."),
    "period_end": day("Its last day."),
    "series": text("The series it belongs to; null for the usual one.", null=True),
    "provisional": flag("The source calls it provisional."),
    "inferred": INFERRED,
    **ORIGIN,
    "note": text("What was noted beside it, or null.", null=True),
}

STANDING_READING = {
    **READING,
    "standing": shared("standing"),
    "preferred": text(
        "Why it counts and not the others of its period; null where there are no others.", null=True
    ),
    "pinned": flag("Somebody said that it is the one of its period that counts."),
    "pin_reason": text("Why, or null.", null=True),
    "author": AUTHOR,
    "logged_at": LOGGED_AT,
}

HISTORY_READING = {
    **STANDING_READING,
    "replaces": fact("Id of the reading that it corrects, or null.", null=True),
    "reason": text("Why it was replaced or retracted, or null.", null=True),
    "ended_by": text("Who corrected or retracted it; null while it stands.", null=True),
}

GOAL = {
    "value": number("The figure, in the indicator's unit; of 'between' the lower limit."),
    "high": number("Of 'between' the upper limit, in the indicator's unit; else null.", null=True),
    "comparator": shared("comparator"),
}
DUE_LABEL = text("The due date as it was typed: '2025', '2020-12-31'; or 'none'.")

TARGET = {
    "id": fact("The fact's id."),
    "handle": HANDLE,
    **GOAL,
    "due": day("The last day that counts; null without a due date.", null=True),
    "due_label": DUE_LABEL,
    "over": text("The span whose total is promised, as it was typed ('2021..2025'); else null.", null=True),
    "stated_on": text(
        "The day or period in which it was stated, as it was typed; null where that is not known.", null=True
    ),
    "stated_by": text("Who stated it, or null.", null=True),
    "quote": text("In what words, or null.", null=True),
    "inferred": INFERRED,
    **ORIGIN,
    "note": text("What was noted beside it, or null.", null=True),
}

JUDGED_TARGET = {
    **TARGET,
    "state": shared("state"),
    "verdict": shared("verdict"),
    "reason": text("Why, in one plain line; null where the verdict says it all.", null=True),
    "evidence": text(
        "Period of the reading that decides or that the reason names; null without one.", null=True
    ),
    "evidence_id": fact("Id of that reading, or null.", null=True),
    "evidence_value": number(
        "What it says, in the indicator's unit; null without one, and for a span's total, which has several.",
        null=True,
    ),
    "evidence_qualifier": shared("qualifier", "How that is meant; null without evidence.", null=True),
    "evidence_source": text("Who published it, or null.", null=True),
    "evidence_source_url": text("The page it was seen on, or null.", null=True),
    "margin": number(
        "Evidence minus target, in the indicator's unit; of 'between' the distance from the nearer limit,"
        " 0 inside; null without evidence.",
        null=True,
    ),
    "margin_qualifier": shared("qualifier", "From a bound it is a bound; null without a margin.", null=True),
    "ended_on": text(
        "The day or period in which it was replaced or withdrawn; null while it stands, or where that is not known.",
        null=True,
    ),
    "replaced_by": fact("Id of the target that took its place, or null.", null=True),
    "replaces": fact(
        "Id of the target whose place it took, or of the entry that it puts right, or null.", null=True
    ),
    "change": text("In one line what the revision changed, or null.", null=True),
    "headline": flag("It is the one that the indicator's row shows."),
    "pinned": flag("Somebody said that it is."),
    "pin_reason": text("Why, or null.", null=True),
    "author": AUTHOR,
    "logged_at": LOGGED_AT,
}

SLUG = text("The indicator's id, as commands take it.")

PROJECTION = {
    "value": number("Expected at the due date, in the indicator's unit; null where refused.", null=True),
    "low": number("Lower end of the range at the due date, in the indicator's unit.", null=True),
    "high": number("Upper end of it.", null=True),
    "reached": day("When the target is expected to be reached; null where it never is.", null=True),
    "reached_early": day("The same with the better end of the range.", null=True),
    "reached_late": day("The same with the worse end.", null=True),
    "readings": whole("How many readings went in."),
    "label": text("'two points' where there are no more; else null.", null=True),
    "reason": text("Why something is missing, or null.", null=True),
}

SHARE = {
    "part": text("Id of the part."),
    "whole": text("Id of the whole."),
    "period": text("The latest period of which both say something, as typed; null without one.", null=True),
    "value": number("What the part's reading says, in its unit.", null=True),
    "qualifier": shared("qualifier", "How that is meant; null without a common period.", null=True),
    "whole_value": number("What the whole's reading says, in its unit.", null=True),
    "whole_qualifier": shared("qualifier", "How that is meant; null without a common period.", null=True),
    "share": number("Their quotient as a fraction (0.83); null where refused.", null=True),
    "share_qualifier": shared("qualifier", "From a bound it is a bound; null where refused.", null=True),
    "reason": text("Why there is no share; null where there is one.", null=True),
    "warning": text("What cannot be right ('more than the whole'), or null.", null=True),
}

POINT = {
    "value": number("The figure, in the indicator's unit."),
    "qualifier": shared("qualifier"),
    "period": text("The period as it was typed."),
    "period_end": day("Its last day."),
}

FIGURE = "as a fraction (0.83), not clamped; null where refused"

ROW = {
    "id": SLUG,
    "name": text("Its name."),
    "name_zh": text("Its Chinese name, or null.", null=True),
    "group": text("The heading that it stands under, or null.", null=True),
    "unit": text("The unit of its figures."),
    "measure": shared("measure"),
    "direction": shared("direction"),
    "archived": flag("It is off the board."),
    "reading": shared("reading", "The latest reading that counts, or null.", null=True),
    "target": shared("target", "The headline target, or null.", null=True),
    "attainment": number(f"The reading over the target, {FIGURE}.", null=True),
    "attainment_qualifier": shared("qualifier", "From a bound it is a bound; null where refused.", null=True),
    "path": number(f"How far the reading is from baseline to target, {FIGURE}.", null=True),
    "path_qualifier": shared("qualifier", "From a bound it is a bound; null where refused.", null=True),
    "time": number(
        f"Share of the time from baseline to due date gone by at the latest reading, {FIGURE}.", null=True
    ),
    "total": number("Of a target over a span the sum so far, in the unit; else null.", null=True),
    "total_qualifier": shared("qualifier", "A gap makes the sum a bound; null without one.", null=True),
    "status": shared("status"),
    "reason": text("Why, in one plain line; null where the status says it all.", null=True),
    "method": shared("method"),
    "ratio": number(
        "What the method reckoned: pace over the pace needed; without a target growth a year, as a fraction;"
        " null where refused.",
        null=True,
    ),
    "ratio_qualifier": shared("qualifier", "From a bound it is a bound; null where refused.", null=True),
    "projection": shared(
        "projection", "Where the readings lead; null where nothing is projected.", null=True
    ),
    "reached_on": day("End of the first period that meets the target, or null.", null=True),
}

SOURCES = many(
    "What was cited, by number.",
    thing("A source.", {"number": whole("Its number, from 1.", least=1), **ORIGIN}),
)

ECHO = texts("What people are told without --json, a line each; in English, and not to be parsed.")
