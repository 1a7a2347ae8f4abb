"""A diff as JSON: stable keys, the words of the domain, numbers as numbers, null where there is nothing."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.export.diff.targets import days_later
from gztrack.export.diff.views import Reading, Target
from gztrack.export.forms import Item, dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.export.diff.views import (
        Correction,
        Diff,
        NewReading,
        Side,
        Standing,
        StatusChange,
        Subject,
        TargetChange,
        VerdictChange,
    )

VERSION = 1
"""Of the JSON form."""

NAMES = {"start": "period_start", "end": "period_end", "url": "source_url"}
"""Fields that the JSON form calls otherwise."""


def render(diff: Diff) -> bytes:
    """A diff as JSON in UTF-8."""
    return dumps(diff_form(diff)).encode("utf-8")


def diff_form(diff: Diff) -> Item:
    """A diff as a plain dict."""
    return {
        "gztrack": "diff",
        "version": VERSION,
        "old": _side(diff.old),
        "new": _side(diff.new),
        "empty": diff.empty,
        "readings": [_new_reading(each) for each in diff.readings],
        "corrections": [_correction(each) for each in diff.corrections],
        "targets": [_target_change(each) for each in diff.targets],
        "statuses": [_status_change(each) for each in diff.statuses],
        "verdicts": [_verdict_change(each) for each in diff.verdicts],
    }


def _side(side: Side) -> Item:
    return {
        "title": clean(side.title),
        "as_of": side.as_of,
        "logged_by": side.logged_by or None,
        "published_by": side.published_by or None,
        "method": side.method,
        "file": clean(side.file) or None,
        "hash": side.digest or None,
    }


def _subject(subject: Subject) -> Item:
    return {
        "indicator": subject.id,
        "name": clean(subject.name),
        "name_zh": clean(subject.name_zh) or None,
        "unit": clean(subject.unit.text),
    }


def _text(text: str | None) -> str | None:
    return clean(text) or None if text else None


def _new_reading(each: NewReading) -> Item:
    instead = _reading(each.instead) if each.instead else None
    return {**_subject(each.subject), "reading": _reading(each.reading), "instead_of": instead}


def _correction(each: Correction) -> Item:
    return {
        **_subject(each.subject),
        "what": "reading" if isinstance(each.old, Reading) else "target",
        "kind": each.kind,
        "old": _entry(each.old),
        "new": _entry(each.new) if each.new is not None else None,
        "changed": [NAMES.get(name, name) for name in each.changed],
    }


def _entry(entry: Reading | Target) -> Item:
    return _reading(entry) if isinstance(entry, Reading) else _target(entry)


def _target_change(each: TargetChange) -> Item:
    moved = each.old is not None and each.old.high is None and each.target.high is None
    return {
        **_subject(each.subject),
        "kind": each.kind,
        "target": _target(each.target),
        "replaces": _target(each.old) if each.old else None,
        "raised_by": round(each.target.value - each.old.value, 12) if each.old and moved else None,
        "days_later": days_later(each.old, each.target) if each.old else None,
        "reason": _text(each.target.dropped_why if each.kind == "dropped" else each.reason),
        "restated": each.restated,
    }


def _status_change(each: StatusChange) -> Item:
    old, new = (_standing(standing) if standing else None for standing in (each.old, each.new))
    return {**_subject(each.subject), "old": old, "new": new}


def _standing(standing: Standing) -> Item:
    return {
        "status": standing.status,
        "reason": _text(standing.reason),
        "attainment": standing.attainment,
        "attainment_qualifier": standing.attainment_qualifier,
        "method": standing.method,
    }


def _verdict_change(each: VerdictChange) -> Item:
    old = {"verdict": each.old.verdict, "reason": _text(each.old.reason)}
    return {**_subject(each.subject), "old": old, "new": _target(each.new)}


def _reading(reading: Reading) -> Item:
    return {
        "value": reading.value,
        "qualifier": reading.qualifier,
        "period": clean(reading.period),
        "period_start": reading.start,
        "period_end": reading.end,
        "series": _text(reading.series),
        "provisional": reading.provisional,
        "inferred": [clean(name) for name in reading.inferred],
        "source": _text(reading.source),
        "source_url": _text(reading.url),
        "published": reading.published,
        "note": _text(reading.note),
        "standing": reading.standing,
        "pinned": reading.pinned,
        "pin_reason": _text(reading.pin_reason),
    }


def _target(target: Target) -> Item:
    return {
        "value": target.value,
        "high": target.high,
        "comparator": target.comparator,
        "due": target.due,
        "due_label": clean(target.due_label),
        "over": _text(target.over),
        "stated_on": _text(target.stated_on),
        "stated_by": _text(target.stated_by),
        "quote": _text(target.quote),
        "inferred": [clean(name) for name in target.inferred],
        "source": _text(target.source),
        "source_url": _text(target.url),
        "published": target.published,
        "note": _text(target.note),
        "state": target.state,
        "verdict": target.verdict,
        "reason": _text(target.reason),
        "evidence": _text(target.evidence),
        "evidence_value": target.evidence_value,
        "evidence_qualifier": target.evidence_qualifier,
        "evidence_source": _text(target.evidence_source),
        "evidence_source_url": _text(target.evidence_url),
        "margin": target.margin,
        "margin_qualifier": target.margin_qualifier,
        "ended_on": _text(target.ended_on),
    }
