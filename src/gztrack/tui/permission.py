"""What forms and their drafts need where somebody is behind a gate. Pure.

Keys and the palette are held back by the registry (`gztrack.services.permitted`); a form is looked at once
more when it opens, for the indicator that it is about, however it was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gztrack.services.actions import FILES, WHOLE
from gztrack.services.permitted import is_permitted, refusal
from gztrack.services.views import TargetView
from gztrack.tui.quicksheet import DRAFT as QUICK

if TYPE_CHECKING:
    from gztrack.services.permits import Permit
    from gztrack.tui.dialogs.fields import Dialog

FORMS = {
    "log": "log",
    "correct": "correct",
    "retract": "retract",
    "drop": "target",
    "goal": "target",
    "correct goal": "correct",
    "revise": "target",
    "edit": "edit",
    "new indicator": "add",
    "pin": "pin target",
    "method": "edit",
    "database": "edit" + WHOLE,
    "snapshot": FILES,
    "import": FILES,
}
"""What a form needs, by what it does, as `gztrack.services.actions.Action.needs` has it."""

_DRAFTS = {**FORMS, "new": "add", "settings": FORMS["database"], QUICK: "log"}
"""The same by the first word of the name that a draft is kept under."""

_OF_INDICATORS = ("log", "goal", "edit", "method")
"""Drafts that are named by an indicator; those of readings and targets say so when they are taken up."""


def form_refusal(dialog: Dialog, permit: Permit | None) -> str:
    """Return why a form does not open, in one line; empty where it does."""
    row = getattr(dialog, "row", None)
    needs = FORMS[dialog.word]
    if dialog.word == "pin":
        needs = "target" if isinstance(getattr(dialog, "fact", None), TargetView) else "pin"
    return refusal(needs, permit, row.id if row else "")


def permitted_drafts(
    drafts: Mapping[str, dict[str, str]], permit: Permit | None
) -> dict[str, dict[str, str]]:
    """Return the drafts whose forms may be opened."""
    return {name: texts for name, texts in drafts.items() if _is_permitted(name, permit)}


def _is_permitted(draft: str, permit: Permit | None) -> bool:
    if permit is None:
        return True
    word, _, about = draft.partition(" ")
    needs = _DRAFTS.get(word, FILES)
    return is_permitted(needs, permit, about if word in _OF_INDICATORS else "")
