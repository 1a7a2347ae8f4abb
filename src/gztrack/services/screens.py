"""Every registry of actions under the name that ``config.toml`` has for it: screens, forms, the filter, the help."""

from __future__ import annotations

from collections.abc import Mapping

from gztrack.services.actions import (
    BOARD,
    DETAIL,
    DRAFTS,
    LEDGER,
    NEWS,
    PREVIEW,
    QUICK,
    WHY,
    Action,
    remapped,
)

FORM: tuple[Action, ...] = (
    Action("save", "", ("enter",), "save", "write", "save; say yes to a question", "save"),
    Action("next", "", ("tab", "down"), "next field", "move", "next field", "next"),
    Action("previous", "", ("shift+tab", "up"), "previous field", "move", "previous field"),
    Action(
        "leave", "", ("escape",), "leave, keeps the draft", "write", "leave; what you typed is kept", "leave"
    ),
    Action(
        "preview",
        "",
        ("ctrl+y",),
        "look at a snapshot or an import before it is done",
        "look",
        "see a file's content first",
        "preview",
    ),
    Action("more", "", ("ctrl+o",), "more fields", "look", "more fields, fewer", "more fields"),
    Action(
        "afresh",
        "",
        ("ctrl+r",),
        "start afresh, and once more to bring it back",
        "write",
        "clear what was typed",
    ),
    Action("take", "", ("ctrl+e", "ctrl+f"), "take what is offered", "look", "take what is offered"),
    Action("offer", "", ("ctrl+n",), "the next offer", "look", "another offer"),
    Action("recall", "", ("pageup",), "what was saved here before", "look", "saved before, later"),
    Action("later", "", ("pagedown",), "what was saved later, or the next offer", "look"),
    Action("help", "", ("ctrl+g",), "help", "look", "this help", "help"),
)
"""What an open form can do, in the order of its last line. Letters are text there, so none of its keys is one."""

FILTER: tuple[Action, ...] = (
    Action("keep", "", ("enter",), "keep the filter", "look", "keep the filter", "keep"),
    Action("leave", "", ("escape",), "clear the filter", "look", "clear the filter", "clear"),
    Action("up", "", ("up",), "previous row", "move", "previous row", "row"),
    Action("down", "", ("down",), "next row", "move", "next row"),
)
"""What the filter's field can do; letters are text there too."""

HELP: tuple[Action, ...] = (
    Action("down", "", ("j", "down"), "a line down", "move", "one line", "scroll"),
    Action("up", "", ("k", "up"), "a line up", "move"),
    Action("page_down", "", ("pagedown", "space"), "a page down", "move", "a page"),
    Action("page_up", "", ("pageup",), "a page up", "move"),
    Action("back", "", ("q", "escape"), "close", "files", "close", "closes"),
)
"""What the help can do; any other key closes it too."""

SCREENS: dict[str, tuple[Action, ...]] = {
    "board": BOARD,
    "detail": DETAIL,
    "ledger": LEDGER,
    "why": WHY,
    "preview": PREVIEW,
    "quick": QUICK,
    "drafts": DRAFTS,
    "news": NEWS,
    "form": FORM,
    "filter": FILTER,
    "help": HELP,
}
"""Registry of each screen by the name of its section: ``[keys.detail]``."""

TYPED = ("quick", "form", "filter")
"""Where letters are text: ``[keys]`` alone does not reach them, and no single character can be a key."""

ANYWHERE: tuple[Action, ...] = (
    Action("palette", "", ("ctrl+p",), "all commands", "files", "all commands"),
    Action("count", "", tuple("0123456789"), "a count before a key", "move", "five rows: 5j"),
    Action("suspend", "", ("ctrl+z",), "stop for a while; fg goes on", "files", "to the shell, fg goes on"),
    Action("leave_at_once", "", ("ctrl+q",), "quit from anywhere", "files", "quit from anywhere"),
    Action("say_how_to_quit", "", ("ctrl+c",), "say how to quit", "files", "says how to quit"),
)
"""What works on every screen and cannot be given another key: whoever is lost must find it where it always is."""


def screen_of(actions: tuple[Action, ...]) -> str:
    """Return the name of a registry's screen; empty for one that ``config.toml`` does not know."""
    return next((name for name, known in SCREENS.items() if known is actions), "")


def mapped(actions: tuple[Action, ...], keymap: Mapping[str, str]) -> tuple[Action, ...]:
    """Return a screen's actions with keys as a person set them.

    Args:
        actions: The registry of a screen.
        keymap: ``screen.action``, or an action's name for every screen that has it, to keys.
    """
    return remapped(actions, keymap, screen_of(actions))
