"""The schema of ``why``: each figure as a sum with its operands. Light."""

from __future__ import annotations

from gztrack.domain.assessment import STATUSES
from gztrack.domain.records import METHODS
from gztrack.export.schemas.blocks import (
    DAY,
    FACT,
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
    whole,
)
from gztrack.export.schemas.shared import DUE_LABEL, GOAL, HANDLE, ORIGIN, POINT, ROW
from gztrack.services.explaining.figures import LABELS
from gztrack.services.explaining.inputs import OF_SPAN
from gztrack.services.views import STANDINGS

_OR_BASELINE = f"^{FACT}(/baseline)?$"

_NUMBER_OR_DAY: Schema = {"type": ["number", "string", "null"], "pattern": DAY}
"""Null also for what JSON has no number for."""

_CITED = {
    "id": text(
        "The fact's id; of a baseline that a target states, the target's with '/baseline'.",
        pattern=_OR_BASELINE,
    ),
    "handle": HANDLE,
}
_FLAGGED = {
    "flags": texts("'provisional', and which fields are inferred ('period inferred')."),
    "source": whole("Its number among the sources, or null.", null=True, least=1),
}
_CITED_READING = {
    **_CITED,
    "kind": one_of("A reading, or a baseline that a target states.", ("reading", "baseline")),
    **POINT,
    **_FLAGGED,
}
_CITED_TARGET = {
    **_CITED,
    "kind": one_of("A target.", ("target",)),
    **GOAL,
    "due": day("The last day that counts; null without a due date.", null=True),
    "due_label": DUE_LABEL,
    **_FLAGGED,
}

READING = thing("A reading, or a baseline that a target states.", _CITED_READING)
TARGET = thing("A target.", _CITED_TARGET)

_OPERAND = thing(
    "A number of a sum.",
    {
        "value": _NUMBER_OR_DAY
        | {"description": "The number, not rounded; of a time between two days its ends."},
        "qualifier": shared("qualifier"),
        "fact": text(
            "Id of the reading or target that states it; null for what was reckoned.",
            null=True,
            pattern=_OR_BASELINE,
        ),
    },
)

_SUM = thing(
    "One figure and how it comes about, or why there is none.",
    {
        "label": text("What people call it."),
        "formula": text("In symbols, or null.", null=True),
        "operands": table("What stands for the symbols; none for a figure that is refused.", _OPERAND),
        "filled": text("The formula with the numbers filled in; null where refused.", null=True),
        "value": _NUMBER_OR_DAY
        | {
            "description": "The result, not rounded, or a day; fractions are fractions (0.83); null where refused."
        },
        "qualifier": shared("qualifier", "From a bound it is a bound; null where refused.", null=True),
        "shown": text("The result as people read it, rounded; null where refused.", null=True),
        "refused": text("Why there is no result; null where there is one.", null=True),
        "note": text("One plain remark, or null.", null=True),
    },
)


def _input(about: str, cited: Schema, more: dict[str, Schema] | None = None) -> Schema:
    """A symbol that a fact stands for."""
    return thing(
        about,
        {
            "symbol": one_of("As formulas call it.", ("y0", "y", "T")),
            "date": day("Its day, or null.", null=True),
            "fact": or_null("The fact, or null without one.", cited),
            "how": text("Why it is this one, or who stated it; or null.", null=True),
            "refused": text("Why there is none; null where there is one.", null=True),
            **(more or {}),
        },
    )


_INPUTS = thing(
    "What goes into the sums.",
    {
        "baseline": _input("y0 at t0, what progress is reckoned from.", READING),
        "latest": _input("y at t, the latest reading that counts.", READING),
        "target": _input(
            "T due at tT, the headline target.",
            TARGET,
            {
                "aim": number(
                    "T as the latest reading sees it: of 'between' the nearer limit; or null.", null=True
                ),
                "limits": text("Which values meet a 'between' or an 'about', or null.", null=True),
            },
        ),
        "sense": one_of("d: 1 when higher is better, -1 when lower is.", (1, -1)),
        "sense_how": text("What decides it."),
        "sign": one_of(
            "s: -1 where the baseline is below zero, else 1; null where none is needed.", (1, -1, None)
        ),
        "coverage": text("Which length of period counts, in words; null for a level.", null=True),
        "series": text("The current series; null for the usual one.", null=True),
    },
)

_READINGS = thing(
    "Which readings count.",
    {
        "counted": whole("How many do."),
        "left_out": many(
            "The others, by reason.",
            thing(
                "Readings that do not count.",
                {
                    "reason": one_of("Why they do not.", (*STANDINGS[1:], *OF_SPAN)),
                    "count": whole("How many."),
                    "named": many("Some of them.", READING),
                },
            ),
        ),
    },
)

_METHOD = thing(
    "One method's sums and what they come to.",
    {
        "chosen": flag("The row goes by it."),
        "status": one_of("What it says, whatever else there is to be said of the row.", STATUSES),
        "class": one_of(
            "The same where it is one of the method's classes, else null.",
            ("on track", "behind", "off track", "moving away", None),
        ),
        "reason": text("Why, or null.", null=True),
        "ratio": number("What it reckoned, as a fraction; null where it could not.", null=True),
        "ratio_qualifier": shared(
            "qualifier", "From a bound it is a bound; null without a ratio.", null=True
        ),
        "cuts": table("Class and the least ratio that belongs to it, the best first.", {"type": "number"}),
        "below": text("The class below every cut."),
        "bounds": text("What the values that a bound allows come to; null without a bound.", null=True),
        "sums": table("Step by step; the last one is the ratio.", _SUM),
    },
)

_VERDICT = thing(
    "A verdict and how it comes about.",
    {
        "target": TARGET,
        "status": shared("verdict"),
        "reason": text("Why, or null.", null=True),
        "rule": text("The rule that gave it, in words."),
        "reporting_months": whole(
            "Months: of a level the reporting period that the rule went by; else null.", null=True, least=1
        ),
        "reporting_how": text("How that comes about, or null.", null=True),
        "looked_at": many(
            "The readings that were looked at, a dozen at most.",
            thing(
                "A reading held against the target.",
                {
                    **_CITED_READING,
                    "meets": flag("It meets the target; null where it proves neither way.", null=True),
                    "role": text("Why it was looked at."),
                },
            ),
        ),
        "passed_over": whole("How many readings were passed over, as they prove nothing."),
        "evidence": or_null("The reading that decides, or null.", READING),
        "margin": or_null("Evidence minus target, or null.", _SUM),
    },
)

_FORECAST = thing(
    "Where the readings lead if they go on as they did.",
    {
        "readings": whole("How many went in."),
        "how": text("What the slopes are the median of, or null.", null=True),
        "label": text("'two points' where there are no more; else null.", null=True),
        "reason": text("Why something is missing, or null.", null=True),
        "sums": table("Slope, value at the due date, day on which the target is reached.", _SUM),
    },
)

WHY = thing(
    "Every figure behind one indicator's row.",
    {
        **{name: ROW[name] for name in ("id", "name", "name_zh", "unit", "measure", "direction")},
        "as_of": day("D, the day as of which everything is reckoned."),
        "logged_by": day("Only what was logged up to then; null for all.", null=True),
        "published_by": day("Only readings published up to then; null for all.", null=True),
        **{name: ROW[name] for name in ("status", "reason")},
        "rule": whole("Which of the rules gave the status.", least=1),
        "rule_text": text("The same in words."),
        "method": shared("method"),
        "inputs": _INPUTS,
        "readings": _READINGS,
        "figures": table("Attainment, path, time and so on.", _SUM, LABELS),
        "methods": table("All methods.", _METHOD, METHODS),
        "methods_agree": flag(
            "The methods that give a class give the same one; null where fewer than two do.", null=True
        ),
        "agreement": text("The same in words."),
        "verdict": or_null("On the headline target; null without one.", _VERDICT),
        "other_verdicts": many("On the indicator's other targets.", _VERDICT),
        "forecast": _FORECAST,
        "sources": many(
            "What was cited, by number.",
            thing(
                "A source and what it states.",
                {
                    "number": whole("Its number, from 1.", least=1),
                    **ORIGIN,
                    "facts": texts("Short ids of what comes from it."),
                },
            ),
        ),
    },
)

SCHEMAS: dict[str, tuple[str, Schema]] = {"why": ("gztrack why --json", WHY)}
"""Command to a title and what it prints."""
