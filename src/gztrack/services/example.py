"""A config file to begin with: every setting and every key as it comes, made from the registries."""

from __future__ import annotations

from gztrack.language import term, tr
from gztrack.services.actions import Action
from gztrack.services.screens import SCREENS, TYPED

_HEAD = (
    (
        term(
            "Settings of gztrack's board. A line that begins with # says what holds anyway: take the # away to\n"
            "change it. gztrack config --check tells whether all of it can be understood."
        ),
        "",
    ),
    (
        term(
            '"auto" looks at the terminal: its own colours ("ansi") where there are 16 or fewer, none ("mono") where\n'
            'there are none or NO_COLOR is set, else "dark", or "light" on a terminal that says its ground is light.'
        ),
        'theme = "auto"',
    ),
    (
        term("true: marks in plain ASCII; false: never; left out: as terminal and locale can."),
        "ascii = false",
    ),
    (
        term(
            '"en" or "zh": the language of every word; "auto" goes by the locale (LC_ALL, LC_MESSAGES, LANG).'
        ),
        'lang = "auto"',
    ),
    (
        term('"en" or "zh": large numbers as 200 k or as 20 万; "auto" goes by the language.'),
        'numbers = "auto"',
    ),
    (
        term('"en", "zh" or "both": which names the board begins with; "auto" goes by the language.'),
        'names = "auto"',
    ),
    (
        term(
            'A key is a character ("L", "?"), ctrl with a letter ("ctrl+t"), or a name: enter, escape, tab, '
            "space, home,\n"
            "end, pageup, pagedown, up, down, left, right, insert, delete, backspace, "
            "comma, f1 to f12. Several stand in a list;\n"
            "[] leaves an action to the palette (ctrl+p). Digits are counts; ctrl+p, ctrl+c, ctrl+q, ctrl+z stay\n"
            "what they are, and enter and escape keep what they do. [keys] holds on every screen that has the action\n"
            "(forms and the filter have sections of their own), [keys.detail] only there."
        ),
        "",
    ),
)
"""What is said of the settings, each with the setting as it comes."""


def example() -> str:
    """Return the text of the file."""
    parts = ["\n".join(_commented(tr(said)) + _commented(setting) for said, setting in _HEAD)]
    log = tr("log a reading, on the board and in the detail")
    parts += ["[keys]\n", f'# log = ["l"]  # {log}\n']
    for screen, actions in SCREENS.items():
        note = "  # " + tr("letters are typed here") if screen in TYPED else ""
        parts.append(f"\n[keys.{screen}]{note}\n")
        parts += [f"# {action.name} = {_listed(action)}  # {tr(action.title)}\n" for action in actions]
    return "".join(parts)


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def _listed(action: Action) -> str:
    return "[" + ", ".join(f'"{key}"' for key in action.keys) + "]"
