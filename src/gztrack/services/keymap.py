"""From the ``[keys]`` of a config file to a keymap without conflicts, and what is wrong with it. Pure.

A key that cannot be what somebody asks for is left as it was, and one line says why: the board
opens all the same, and no action is lost without a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gztrack.domain.text import clean, listed, nearest
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.actions import Action, remapped
from gztrack.services.screens import ANYWHERE, SCREENS, TYPED

EVERYWHERE = ""
"""The section ``[keys]``: every screen that has the action."""

ALIASES = {
    "esc": "escape", "return": "enter", "del": "delete", "pgup": "pageup", "pgdn": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "question_mark": "?", "slash": "/", "minus": "-",
    "plus": "+", "underscore": "_", "full_stop": ".", "period": ".", "colon": ":", "semicolon": ";",
    "left_square_bracket": "[", "right_square_bracket": "]", ",": "comma", " ": "space", "shift_tab": "shift+tab",
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace", "ctrl+[": "escape",
}  # fmt: skip
"""Other names of a key; the last five are one key for every terminal."""

NAMED = (
    "enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert", "home", "end", "pageup",
    "pagedown", "up", "down", "left", "right", "comma", *(f"f{number}" for number in range(1, 13)),
)  # fmt: skip
"""Keys with a name; besides there are ``ctrl+a`` to ``ctrl+z`` and every single character."""

FIXED = ("escape", "enter")
"""Keys that keep what they do wherever they do something: nobody may be locked in a form or a screen."""

EDITING = frozenset(
    {"backspace", "delete", "left", "right", "home", "end", "space", "comma"}
    | {f"ctrl+{letter}" for letter in "adefkuvwx"}
)
"""Keys that edit text, and so cannot do anything else where text is typed."""


class Problem(NamedTuple):
    """One thing that is wrong.

    Attributes:
        section: ``keys`` or ``keys.detail``.
        name: The action; empty for the section itself.
        text: What is wrong and what would be right, without the place.
    """

    section: str
    name: str
    text: str


class Keymap(NamedTuple):
    """What holds.

    Attributes:
        keys: ``screen.action`` to keys separated by commas, for what is not as it comes.
        problems: What was left as it was, and why.
    """

    keys: Mapping[str, str]
    problems: Sequence[Problem]


class _Wish(NamedTuple):
    section: str
    name: str
    keys: tuple[str, ...]


def key_of(text: str) -> str:
    """Return the one name of a key, as the registries write it; empty for what is no key.

    Args:
        text: As somebody types it: ``L``, ``ctrl+g``, ``Ctrl-G``, ``pgdn``.
    """
    if len(text) == 1:
        return ALIASES.get(text, text if text.isprintable() else "")
    name = text.strip().lower()
    if name.startswith(("ctrl-", "c-")):
        name = f"ctrl+{name.partition('-')[2]}"
    name = ALIASES.get(name, name)
    if len(name) == 1 or name in NAMED:
        return name
    return name if len(name) == 6 and name.startswith("ctrl+") and "a" <= name[5] <= "z" else ""


def keymap(sections: Mapping[str, Mapping[str, object]]) -> Keymap:
    """Return what holds of what somebody set.

    Args:
        sections: Screen (or `EVERYWHERE`) to action to key, or to a list of keys.
    """
    problems: list[Problem] = []
    wishes: list[_Wish] = []
    for section, actions in sections.items():
        if section and section not in SCREENS:
            said = tr("no such screen: {hint}", hint=_one_of(section, SCREENS))
            problems.append(Problem(_called(section), "", said))
            continue
        for name, given in actions.items():
            wish, problem = _understood(section, name, given)
            wishes += [wish] if wish else []
            problems += [Problem(_called(section), name, problem)] if problem else []
    while True:
        keys = _spread(wishes)
        clash = _clash(wishes, keys)
        if clash is None:
            return Keymap(keys, tuple(problems))
        wish, text = clash
        wishes.remove(wish)
        problems.append(Problem(_called(wish.section), wish.name, text))


def _understood(section: str, name: str, given: object) -> tuple[_Wish | None, str]:
    """Return what is meant by one line, or what is wrong with it."""
    screens = _reached(section)
    known = {action.name: action for screen in screens for action in SCREENS[screen]}
    if name not in known:
        hint = _one_of(name, known)
        if section:
            return None, tr("no such action on the {screen}: {hint}", screen=section, hint=hint)
        return None, tr("no such action on any screen: {hint}", hint=hint)
    given_keys: list[object] = given if isinstance(given, list) else [given]
    listed = [one for one in given_keys if isinstance(one, str)]
    if listed != given_keys:
        example = f'{name} = "ctrl+t"'
        return None, tr("a key is text, as in {example}, or a list of such; [] for none", example=example)
    texts = [part for one in listed for part in _parted(one)]
    keys: list[str] = []
    for text in texts:
        key = key_of(text)
        problem = _no_key(text) if not key else _reserved(key, name, screens)
        if problem:
            return None, problem
        keys += [key] if key not in keys else []
    return _Wish(section, name, tuple(keys)), ""


def _parted(text: str) -> list[str]:
    """The keys in one text: "L, ctrl+g"; a comma alone is a key."""
    if text.strip() == ",":
        return [","]
    return [text] if len(text) == 1 else [part.strip() for part in text.split(",") if part.strip()]


def _no_key(text: str) -> str:
    said = clean(text)
    if said.lower().startswith(("alt", "meta", "ctrl+shift", "shift", "super")) or "+" in said:
        return tr(
            "no terminal tells '{key}' from other keys for sure; a character, or ctrl with a letter", key=said
        )
    near = nearest(said.lower(), list(NAMED))
    if near:
        return tr("no such key: '{key}'; did you mean '{near}'?", key=said, near=near)
    return tr("no such key: '{key}'; a character, ctrl+a to ctrl+z, or one of home, tab, f2 ...", key=said)


def _reserved(key: str, name: str, screens: Sequence[str]) -> str:
    """Return why a key cannot be an action's, or nothing."""
    for action in ANYWHERE:
        if key in action.keys:
            return tr("'{key}' is the same on every screen: {title}", key=key, title=tr(action.title))
    if key in FIXED and not any(
        key in action.keys for screen in screens for action in SCREENS[screen] if action.name == name
    ):
        return tr("'{key}' leaves, opens or saves, and keeps doing that; choose another key", key=key)
    own = [s for s in screens if any(key in action.keys for action in SCREENS[s] if action.name == name)]
    typed = [screen for screen in screens if screen in TYPED and screen not in own]
    if typed and (len(key) == 1 or key in EDITING):
        return tr(
            "'{key}' is typed into the {screen}'s fields; ctrl with another letter would do",
            key=key,
            screen=typed[0],
        )
    return ""


def _spread(wishes: Sequence[_Wish]) -> dict[str, str]:
    """Return the keys by screen and action; what is said of one screen beats what is said of all."""
    keys: dict[str, str] = {}
    for wish in sorted(wishes, key=lambda wish: wish.section != EVERYWHERE):
        for screen in _reached(wish.section):
            for action in SCREENS[screen]:
                if action.name == wish.name:
                    kept = [key for key in action.keys if key in FIXED and key not in wish.keys]
                    keys[f"{screen}.{action.name}"] = ",".join([*wish.keys, *kept])
    every = [f"{screen}.{action.name}" for screen, actions in SCREENS.items() for action in actions]
    return {name: keys[name] for name in every if name in keys and keys[name] != ",".join(_action(name).keys)}


def _clash(wishes: Sequence[_Wish], keys: Mapping[str, str]) -> tuple[_Wish, str] | None:
    """Return the last line that gives a key which another action has on the same screen, and what to say."""
    for screen, actions in SCREENS.items():
        owners: dict[str, Action] = {}
        for action in remapped(actions, keys, screen):
            for key in action.keys:
                other = owners.setdefault(key, action)
                if other is action:
                    continue
                for wish in reversed(wishes):
                    if wish.name in (action.name, other.name) and screen in _reached(wish.section):
                        rest = other if wish.name == action.name else action
                        return wish, tr(
                            "'{key}' is the key of '{action}' on the {screen} already ({title});"
                            " choose another, or give '{action}' another one too",
                            key=key,
                            action=rest.name,
                            screen=screen,
                            title=tr(rest.title),
                        )
    return None


def _action(name: str) -> Action:
    screen, _, action = name.partition(".")
    return next(known for known in SCREENS[screen] if known.name == action)


def _reached(section: str) -> list[str]:
    """The screens that a section speaks of; ``[keys]`` leaves those out where letters are text."""
    return [section] if section else [name for name in SCREENS if name not in TYPED]


def _called(section: str) -> str:
    return f"keys.{section}" if section else "keys"


def _one_of(word: str, known: Mapping[str, object]) -> str:
    near = nearest(clean(word), list(known))
    return tr("did you mean '{near}'?", near=near) if near else tr("one of {known}", known=listed(known))
