"""Views as plain dicts for ``--json``: stable keys, numbers as numbers, dates ISO, null where refused.

Fractions are fractions (0.83). A figure reckoned from a bound is a bound: its qualifier stands
beside it. Words are those of the board. ``due`` is the last day that counts; ``due_label`` is
the due date as it was typed.
"""

from __future__ import annotations

import json
import math
from typing import Any

from gztrack.domain.assessment import Assessment, Projection
from gztrack.domain.grammar.numerals import Number
from gztrack.domain.points import Point
from gztrack.domain.reckoning.bounds import Figure
from gztrack.services.views import (
    Detail,
    MethodView,
    Origin,
    PartsView,
    ProRata,
    ReadingView,
    Row,
    ShareView,
    TargetView,
)

Item = dict[str, Any]


def status_item(row: Row) -> Item:
    """A row of the board, as ``status --json`` lists it."""
    found = row.assessment
    return {
        "id": row.id,
        "name": row.name,
        "name_zh": row.name_zh or None,
        "group": row.group or None,
        "unit": row.unit.text,
        "measure": row.measure,
        "direction": row.direction,
        "archived": row.archived,
        "reading": reading_form(row.reading) if row.reading else None,
        "target": _target(row.target) if row.target else None,
        "attainment": _value(found.attainment),
        "attainment_qualifier": _qualifier(found.attainment),
        "path": _value(found.path),
        "path_qualifier": _qualifier(found.path),
        "time": _number(found.time),
        "total": _number(found.total),
        "total_qualifier": None if found.total is None else found.qualifiers.get("total", "exact"),
        "status": row.status,
        "reason": row.reason or None,
        "method": found.method,
        "ratio": _value(found.ratio),
        "ratio_qualifier": _qualifier(found.ratio),
        "projection": _projection(found.projection),
        "reached_on": found.reached_on.isoformat() if found.reached_on else None,
    }


def reading_form(view: ReadingView) -> Item:
    """A reading, without what became of it."""
    return {
        "id": view.id,
        "handle": view.handle,
        "value": _number(view.value),
        "qualifier": view.qualifier,
        "period": view.period,
        "period_start": view.start.isoformat(),
        "period_end": view.end.isoformat(),
        "series": view.series or None,
        "provisional": view.provisional,
        "inferred": list(view.inferred),
        **_origin(view.origin),
        "note": view.note or None,
    }


def _target(view: TargetView) -> Item:
    return {
        "id": view.id,
        "handle": view.handle,
        "value": _number(view.value),
        "high": _number(view.high),
        "comparator": view.comparator,
        "due": view.due_end.isoformat() if view.due_end else None,
        "due_label": view.due,
        "over": view.over or None,
        "stated_on": view.stated_on or None,
        "stated_by": view.stated_by or None,
        "quote": view.quote or None,
        "inferred": list(view.inferred),
        **_origin(view.origin),
        "note": view.note or None,
    }


def _origin(origin: Origin) -> Item:
    return {
        "source": origin.source or None,
        "source_url": origin.url or None,
        "published": origin.published or None,
    }


def standing_form(view: ReadingView) -> Item:
    """A reading with whether and why it counts."""
    return {
        **reading_form(view),
        "standing": view.standing,
        "preferred": view.preferred or None,
        "pinned": view.pinned,
        "pin_reason": view.pin_reason or None,
        "author": view.author,
        "logged_at": view.logged_at,
    }


def history_item(view: ReadingView) -> Item:
    """A reading with what became of it, as ``history --json`` lists it."""
    return {
        **standing_form(view),
        "replaces": view.replaces or None,
        "reason": view.reason or None,
        "ended_by": view.ended_by or None,
    }


def target_form(view: TargetView) -> Item:
    """A target with its verdict, without what it is a target of."""
    return {
        **_target(view),
        "state": view.state,
        "verdict": view.verdict,
        "reason": view.reason or None,
        "evidence": view.evidence or None,
        "evidence_id": view.evidence_id or None,
        "evidence_value": _number(view.evidence_value),
        "evidence_qualifier": view.evidence_qualifier if view.evidence else None,
        "evidence_source": view.evidence_origin.source or None,
        "evidence_source_url": view.evidence_origin.url or None,
        "margin": _number(view.margin),
        "margin_qualifier": None if view.margin is None else view.margin_qualifier,
        "ended_on": view.ended_on or None,
        "replaced_by": view.replaced_by or None,
        "replaces": view.replaces or None,
        "change": view.change or None,
        "headline": view.headline,
        "pinned": view.pinned,
        "pin_reason": view.pin_reason or None,
        "author": view.author,
        "logged_at": view.logged_at,
    }


def target_item(view: TargetView) -> Item:
    """A target with its verdict, as ``targets --json`` lists it."""
    return {"id": view.id, "handle": view.handle, "indicator": view.indicator, **target_form(view)}


def detail_item(detail: Detail) -> Item:
    """Everything about one indicator, as ``show --json`` gives it."""
    found = detail.row.assessment
    paces = ("needed_from_baseline", "needed_from_now", "so_far", "expected")
    return {
        **status_item(detail.row),
        "facts": dict(detail.facts),
        **{name: _number(getattr(found, name)) for name in paces},
        "qualifiers": dict(sorted(found.qualifiers.items())),
        "buffer": _number(found.buffer),
        "buffer_qualifier": None if found.buffer is None else found.qualifiers.get("buffer", "exact"),
        "period_months": found.period_months,
        "baseline": _point(found.baseline),
        "refused": _refusals(found),
        "methods": {view.name: _method(view) for view in detail.methods},
        "pro_rata": _pro_rata(detail.pro_rata) if detail.pro_rata else None,
        "part_of": share_form(detail.whole) if detail.whole else None,
        "parts": _parts(detail.parts) if detail.parts else None,
        "notes": list(detail.notes),
        "readings": [standing_form(view) for view in detail.readings],
        "targets": [target_item(view) for view in detail.targets],
    }


def _method(view: MethodView) -> Item:
    return {
        "status": view.status,
        "reason": view.reason or None,
        "ratio": _value(view.ratio),
        "ratio_qualifier": _qualifier(view.ratio),
        "chosen": view.chosen,
    }


def _pro_rata(found: ProRata) -> Item:
    return {
        "period": found.period,
        "period_end": found.end.isoformat(),
        "value": _number(found.value),
        "qualifier": found.qualifier,
        "months": found.months,
        "target_months": found.of_months,
        "target": _number(found.target),
        "share": _value(found.share),
        "share_qualifier": _qualifier(found.share),
    }


def share_form(view: ShareView) -> Item:
    """A part beside its whole."""
    compared = view.value is not None
    return {
        "part": view.part,
        "whole": view.whole,
        "period": view.period or None,
        "value": _number(view.value),
        "qualifier": view.qualifier if compared else None,
        "whole_value": _number(view.whole_value),
        "whole_qualifier": view.whole_qualifier if compared else None,
        "share": _value(view.share),
        "share_qualifier": _qualifier(view.share),
        "reason": view.reason or None,
        "warning": view.warning or None,
    }


def _parts(found: PartsView) -> Item:
    return {
        "of": [share_form(share) for share in found.shares],
        "period": found.period or None,
        "total": _value(found.total),
        "total_qualifier": _qualifier(found.total),
        "rest": _value(found.rest),
        "rest_qualifier": _qualifier(found.rest),
        "warning": found.warning or None,
    }


def _refusals(found: Assessment) -> Item:
    return dict(sorted(found.refusals.items()))


def _point(point: Point | None) -> Item | None:
    if point is None:
        return None
    return {
        "value": _number(point.value),
        "qualifier": point.qualifier,
        "period": point.period,
        "period_end": point.end.isoformat(),
    }


def _projection(found: Projection | None) -> Item | None:
    if found is None:
        return None
    reached = (found.reached, found.reached_early, found.reached_late)
    names = ("reached", "reached_early", "reached_late")
    return {
        "value": _number(found.value),
        "low": _number(found.low),
        "high": _number(found.high),
        **{name: day.isoformat() if day else None for name, day in zip(names, reached, strict=True)},
        "readings": found.readings,
        "label": found.label or None,
        "reason": found.reason or None,
    }


def _value(figure: Figure | None) -> Number | None:
    return None if figure is None else _number(figure.value)


def _qualifier(figure: Figure | None) -> str | None:
    return None if figure is None else figure.qualifier


def _number(value: Number | None) -> Number | None:
    """The number; null for what JSON has no number for."""
    return value if value is None or math.isfinite(value) else None


def dumps(item: object) -> str:
    """UTF-8 JSON text in the order of the keys, two blanks a level, with a line end.

    Raises:
        ValueError: A number that JSON does not have; nothing that `status_item` and its like make.
    """
    return json.dumps(item, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
