"""``why --json``: the sums as plain dicts, with stable keys, numbers as numbers and null where refused.

A sum has its formula, its operands by name (each with its value, its qualifier and the id of the fact
that states it), the formula with the numbers filled in, and the result. Fractions are fractions.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from gztrack.domain.amounts import Number
from gztrack.services.explaining.views import (
    Cited,
    ForecastSums,
    Input,
    Inputs,
    MethodSums,
    Operand,
    Sum,
    VerdictSums,
    Why,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

Item = dict[str, Any]


def why_item(why: Why) -> Item:
    """Every figure behind one row."""
    row = why.row
    return {
        "id": row.id,
        "name": row.name,
        "name_zh": row.name_zh or None,
        "unit": row.unit.text,
        "measure": row.measure,
        "direction": row.direction,
        "as_of": why.as_of.isoformat(),
        "logged_by": why.logged_by or None,
        "published_by": why.published_by or None,
        "status": row.status,
        "reason": row.reason or None,
        "rule": why.rule,
        "rule_text": why.rule_text,
        "method": row.assessment.method,
        "inputs": _inputs(why.inputs),
        "readings": _readings(why.inputs),
        "figures": _sums(why.figures),
        "methods": {each.name: _method(each) for each in why.methods},
        "methods_agree": why.agree,
        "agreement": why.agreement,
        "verdict": _verdict(why.verdict) if why.verdict else None,
        "other_verdicts": [_verdict(each) for each in why.others],
        "forecast": _forecast(why.forecast),
        "sources": [
            {
                "number": each.number,
                "source": each.origin.source or None,
                "source_url": each.origin.url or None,
                "published": each.origin.published or None,
                "facts": list(each.facts),
            }
            for each in why.sources
        ],
    }


def _inputs(given: Inputs) -> Item:
    return {
        "baseline": _input(given.baseline),
        "latest": _input(given.latest),
        "target": {**_input(given.target), "aim": _number(given.aim), "limits": given.limits or None},
        "sense": given.sense,
        "sense_how": given.sense_how,
        "sign": given.sign,
        "coverage": given.coverage or None,
        "series": given.series or None,
    }


def _input(one: Input) -> Item:
    fact = _cited(one.cited) if one.cited else None
    return {
        "symbol": one.symbol,
        "date": _day(one.day),
        "fact": fact,
        "how": one.how or None,
        "refused": one.absent or None,
    }


def _cited(found: Cited) -> Item:
    """A reading, a target, or the baseline that a target states."""
    item: Item = {
        "id": found.id,
        "handle": found.handle,
        "kind": found.kind,
        "value": _number(found.value),
    }
    if found.kind == "target":
        item |= {"high": _number(found.high), "comparator": found.qualifier, "due": _day(found.end)}
        item["due_label"] = found.period
    else:
        item |= {"qualifier": found.qualifier, "period": found.period, "period_end": _day(found.end)}
    return {**item, "flags": list(found.flags), "source": found.source or None}


def _readings(given: Inputs) -> Item:
    return {
        "counted": given.counted,
        "left_out": [
            {"reason": group.reason, "count": group.count, "named": [_cited(each) for each in group.named]}
            for group in given.left_out
        ],
    }


def _sums(sums: Iterable[Sum]) -> Item:
    return {each.name: _sum(each) for each in sums}


def _sum(one: Sum) -> Item:
    refused = one.value is None
    return {
        "label": one.label,
        "formula": one.formula or None,
        "operands": {operand.name: _operand(operand) for operand in one.operands},
        "filled": one.filled or None,
        "value": one.value.isoformat() if isinstance(one.value, date) else _number(one.value),
        "qualifier": None if refused else one.qualifier,
        "shown": one.shown or None,
        "refused": one.refused or None,
        "note": one.note or None,
    }


def _operand(found: Operand) -> Item:
    value = found.value
    number = value.isoformat() if isinstance(value, date) else _number(value)
    return {"value": number, "qualifier": found.qualifier, "fact": found.fact or None}


def _method(found: MethodSums) -> Item:
    return {
        "chosen": found.chosen,
        "status": found.status,
        "class": found.status if found.status in (*dict(found.cuts), found.worst) else None,
        "reason": found.reason or None,
        "ratio": _number(found.ratio),
        "ratio_qualifier": None if found.ratio is None else found.qualifier,
        "cuts": dict(found.cuts),
        "below": found.worst,
        "bounds": found.bounds or None,
        "sums": _sums(found.sums),
    }


def _verdict(found: VerdictSums) -> Item:
    return {
        "target": _cited(found.cited),
        "status": found.status,
        "reason": found.reason or None,
        "rule": found.rule,
        "reporting_months": found.period_months,
        "reporting_how": found.period_how or None,
        "looked_at": [
            {**_cited(each.cited), "meets": each.meets, "role": each.role} for each in found.weighed
        ],
        "passed_over": found.silent,
        "evidence": _cited(found.evidence) if found.evidence else None,
        "margin": _sum(found.margin) if found.margin else None,
    }


def _forecast(found: ForecastSums) -> Item:
    return {
        "readings": found.readings,
        "how": found.how or None,
        "label": found.label or None,
        "reason": found.reason or None,
        "sums": _sums(found.sums),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Number | None) -> Number | None:
    """The number; null for what JSON has no number for."""
    return value if value is None or math.isfinite(value) else None
