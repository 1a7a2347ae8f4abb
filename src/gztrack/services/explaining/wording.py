"""Words that the sums are told in: lists of things, and the symbols of formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gztrack.language import language, ptr, tr
from gztrack.services.explaining.views import Sum

_WORD = re.compile(r"median of |\d+ % quantile of | years(?!\()|[A-Za-z_][A-Za-z_0-9]*")


def together(texts: Iterable[str]) -> str:
    """Things that are said of together: ``y and y0``."""
    return ptr("between things", " and ").join(texts)


def clauses(texts: Iterable[str]) -> str:
    """Parts of a sentence in a row."""
    return ptr("between clauses", ", ").join(texts)


def parts(texts: Iterable[str]) -> str:
    """Sentences in a row, without full stops."""
    return ptr("between clauses", "; ").join(texts)


def label(one: Sum) -> str:
    """What people call a figure."""
    return ptr("a date", "reached") if one.label == "reached" else tr(one.label)


def told(formula: str) -> str:
    """A formula, or one with its numbers filled in, for people: its symbols that are English words are translated."""
    if language() == "en":
        return formula
    words = _symbols()
    return _WORD.sub(lambda found: words.get(found[0], found[0]), formula)


def _symbols() -> dict[str, str]:
    return {
        "years": ptr("in a formula", "years"),
        " years": ptr("in a formula, a unit", " years"),
        "months": ptr("in a formula", "months"),
        "abs": ptr("in a formula", "abs"),
        "total": ptr("in a formula", "total"),
        "path": ptr("in a formula", "path"),
        "expected": ptr("in a formula", "expected"),
        "slope": ptr("in a formula", "slope"),
        "slope_low": ptr("in a formula", "slope_low"),
        "slope_high": ptr("in a formula", "slope_high"),
        "CAGR_observed": ptr("in a formula", "CAGR_observed"),
        "CAGR_required": ptr("in a formula", "CAGR_required"),
        "value_at_due": ptr("in a formula", "value_at_due"),
        "median of ": ptr("in a formula", "median of "),
        "25 % quantile of ": ptr("in a formula", "25 % quantile of "),
        "75 % quantile of ": ptr("in a formula", "75 % quantile of "),
    }
