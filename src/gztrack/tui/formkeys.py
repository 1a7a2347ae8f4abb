"""The last line of a form: as many of its keys as fit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.language import ptr, tr
from gztrack.services.actions import Action
from gztrack.tui.cells import line_width
from gztrack.tui.headlines import keys_line

Keys = list[tuple[str, str]]


def form_keys(
    actions: Sequence[Action],
    cells: int,
    *,
    agree: str,
    back: str = "",
    restored: bool,
    more: str,
    asks: bool = False,
    previews: bool = False,
) -> Keys:
    """Return keys and what they do; words are shortened before a key is left out.

    Args:
        actions: The registry of forms, as it is mapped.
        cells: Width of the form.
        agree: What enter does while a question is asked; empty without one.
        back: What escape does then; to change what is typed unless told.
        restored: A draft from before can be thrown away.
        asks: The first enter only tells what would happen, and so is a look at it.
        more: What the key of further fields does; empty where there are none.
        previews: What would be done can be looked at first.
    """
    key = {action.name: (action.keys or ("",))[0] for action in actions}
    look = [("preview", ptr("key", "preview"))] if previews else []
    if agree:
        return _with(key, ("save", agree), *look, ("leave", back or tr("change")))
    afresh = [("afresh", tr("start afresh"))] if restored else []
    save = ptr("a key that asks first", "look first") if asks else ptr("key", "save")
    start = [("save", save), *([] if asks else look), *afresh, ("next", ptr("key", "next"))]
    help_key = ("help", ptr("key", "help"))
    keeps, leave = tr("leave, keeps the draft"), ptr("key", "leave")
    short = more.partition(" ")[0]
    wordings = [
        [*start, ("leave", keeps), ("more", more), help_key],
        [*start, ("leave", keeps), ("more", short), help_key],
        [*start, ("leave", keeps), ("more", more)],
        [*start, ("leave", leave), ("more", short), help_key],
        [*start, ("leave", leave)],
    ]
    made = [_with(key, *wording) for wording in wordings]
    return next((keys for keys in made if line_width(keys_line(keys)) <= cells), made[-1])


def _with(key: dict[str, str], *shown: tuple[str, str]) -> Keys:
    return [(key[name], word) for name, word in shown if word and key.get(name)]
