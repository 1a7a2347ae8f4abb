"""Keys of the registries as Textual calls them: ``?`` is ``question_mark`` there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from gztrack.services.actions import Action
from gztrack.services.screens import SCREENS, mapped, screen_of

NO_KEY = "no-key"
"""A name that no key ever has: Textual takes an empty one for no change."""


def textual_keys(keys: Iterable[str]) -> list[str]:
    """Return keys as Textual names them when they are pressed."""
    return (
        [binding.key for binding in Binding.make_bindings([Binding(",".join(keys), "none")])] if keys else []
    )


def binding_id(actions: tuple[Action, ...], name: str) -> str:
    """Return the id under which a binding can be given another key."""
    screen = screen_of(actions)
    return f"{screen}.{name}" if screen else name


def bindings(actions: tuple[Action, ...], calls: Mapping[str, str] | None = None) -> list[Binding]:
    """Return Textual's bindings for a registry of actions.

    Args:
        actions: A registry.
        calls: What an action is called by Textual where that is not its name: ``next`` is ``next(1)``.
    """
    named = calls or {}
    return [
        Binding(
            ",".join(action.keys) or NO_KEY,
            named.get(action.name, action.name),
            action.title,
            show=False,
            id=binding_id(actions, action.name),
        )
        for action in actions
    ]


def textual_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return what Textual has to be told: the id of each binding that has other keys, to those.

    Args:
        keymap: ``screen.action``, or an action's name for every screen that has it, to keys.
    """
    told = {name: ",".join(textual_keys(_parted(keys))) or NO_KEY for name, keys in keymap.items()}
    for screen, actions in SCREENS.items():
        for before, after in zip(actions, mapped(actions, keymap), strict=True):
            if after.keys != before.keys:
                told[f"{screen}.{after.name}"] = ",".join(textual_keys(after.keys)) or NO_KEY
    return told


def _parted(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]
