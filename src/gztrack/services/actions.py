"""The registry of actions: what the board can do, with key, command, help and footer text.

Bindings, footer, help screen and command palette are all made from this one list, so that
none of them can promise a key that another one does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from gztrack.language import term, tr
from gztrack.light import NamedTuple


class Action(NamedTuple):
    """One thing a person can ask the board for; its texts are English, and said with `tr` where they are shown.

    Attributes:
        name: Stable name; ``config.toml`` remaps keys by it.
        command: The command line that does the same, or empty where only a screen has it.
        keys: Key names, the one to show first; empty means palette only.
        title: What it does, as the command palette and a man page say it.
        group: Heading on the help screen: ``move``, ``write``, ``look`` or ``files``; empty
            keeps it off that screen.
        help: Text of its line on the help screen; empty adds its keys to the line before.
        footer: Word in the footer; empty keeps it out.
        drop: When the footer is too narrow, actions with 1 go first, then 2, and so on;
            0 never goes.
        needs: What somebody behind a gate must be allowed, as ``gate --allow`` takes it; several
            words mean one of them. Empty where it only looks or moves: the board itself shows all.
    """

    name: str
    command: str
    keys: tuple[str, ...]
    title: str
    group: str
    help: str = ""
    footer: str = ""
    drop: int = 0
    needs: str = ""


FILES = "files"
"""Needed by what reads or writes files that are named on the board; no list has it, so no gate lets it through."""
WHOLE = ":*"
"""Behind a command that changes what is about no single indicator: whoever may do it for certain ones may not."""
ENTRIES = "log correct retract target pin add edit"
"""The commands of the forms that keep what was typed into them."""


NAMES = Action("names", "", ("N",), "names in Chinese or English", "look")
THEME = Action("theme", "", ("T",), "theme: dark, light, ansi, mono", "look")

BOARD: tuple[Action, ...] = (
    Action("down", "", ("j", "down"), "next row", "move", "one row"),
    Action("up", "", ("k", "up"), "previous row", "move"),
    Action("first", "", ("home",), "first row", "move", "first, last"),
    Action("last", "", ("end", "G"), "last row", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown",), "a page down", "move"),
    Action("log", "log", ("l",), "log a reading", "write", "log a reading, several", "log", needs="log"),
    Action("quick", "log -", ("L",), "log several readings in one go", "write", needs="log"),
    Action("goal", "target", ("g",), "set or revise a goal", "write", "set a goal", "goal", needs="target"),
    Action("detail", "show", ("enter",), "detail of the row", "look", "detail", "detail"),
    Action("filter", "status", ("/",), "filter by name", "look", "filter, clear it", "filter"),
    Action("clear", "status", ("escape",), "clear the filter", "look"),
    Action(
        "promises",
        "targets",
        ("p",),
        "promises: every target ever stated",
        "look",
        "promises, why, news",
        "ledger",
    ),
    Action("why", "why", ("w",), "why: the sums behind the status", "look", "", "why"),
    Action("news", "", ("r",), "recent news: what others wrote since the board was opened", "look"),
    Action(
        "off_track",
        "status --only",
        ("o",),
        "only what is off track",
        "look",
        "only off track; archived",
        "off track",
        3,
    ),
    Action("archived", "status --archived", ("a",), "archived indicators too, or not", "look"),
    Action(
        "sort",
        "",
        ("s",),
        "sort: worst, name, due, percent, reading",
        "look",
        "sort, reverse, group by",
        "sort",
        2,
    ),
    Action("reverse", "", ("S",), "sort the other way round", "look"),
    Action("group", "", ("v",), "group by group, status, due year, or not", "look"),
    Action("fold", "", ("z", "space"), "fold the group, or unfold it", "look", "fold group, all"),
    Action("fold_all", "", ("Z",), "fold every group, or unfold all", "look"),
    Action(
        "method",
        "status --method",
        ("m",),
        "method: linear, open-sdg, un-chart",
        "look",
        "method; names, theme",
        "method",
        4,
    ),
    NAMES,
    THEME,
    Action(
        "earlier",
        "status --as-of",
        ("[",),
        "one period back in time",
        "look",
        "step date, today",
        "travel",
        1,
    ),
    Action("later", "status --as-of", ("]",), "one period forward in time", "look"),
    Action("today", "status", ("t",), "back to today", "look"),
    Action(
        "correct",
        "correct",
        ("c",),
        "correct the latest reading",
        "write",
        "correct, retract",
        needs="correct",
    ),
    Action("retract", "retract", ("d",), "retract the latest reading", "write", needs="retract"),
    Action("new", "add", ("n",), "new indicator", "write", "new, edit, archive", needs="add"),
    Action("edit", "edit", ("e",), "edit the indicator", "write", needs="edit"),
    Action("archive", "archive", ("A",), "archive the indicator, or bring it back", "write", needs="archive"),
    Action(
        "own_method",
        "edit --method",
        ("M",),
        "method of the indicator, for good",
        "write",
        "method, title",
        needs="edit",
    ),
    Action(
        "settings",
        "edit --method",
        ("E",),
        "title and method of the whole database",
        "write",
        needs="edit" + WHOLE,
    ),
    Action(
        "snapshot",
        "snapshot",
        ("x",),
        "write a snapshot",
        "files",
        "snapshot, import",
        "snapshot",
        5,
        needs=FILES,
    ),
    Action("import", "import", ("i",), "import a file", "files", needs=FILES),
    Action("undo", "undo", ("u",), "undo your last action", "write", "undo, redo", "undo", 6, needs="undo"),
    Action("redo", "redo", ("U",), "redo what was undone", "write", needs="redo"),
    Action(
        "copy", "cite", ("y",), "copy a citation of the latest reading", "write", "copy a citation, drafts"
    ),
    Action("drafts", "", ("D",), "unfinished entries: take one up, or drop it", "write", needs=ENTRIES),
    Action("help", "help", ("?",), "help", "", footer="help"),
    Action("quit", "", ("q",), "quit", "files", "quit, repaint", "quit"),
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "files"),
)
"""What the board can do, in the order of its footer."""

DETAIL: tuple[Action, ...] = (
    Action("down", "", ("down", "j"), "next reading or target", "move", "one reading or target", "reading"),
    Action("up", "", ("up", "k"), "previous reading or target", "move"),
    Action("first", "", ("home",), "first reading", "move", "first, last"),
    Action("last", "", ("end", "G"), "last target", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown",), "a page down", "move"),
    Action(
        "correct",
        "correct",
        ("c",),
        "correct the marked reading or target",
        "write",
        "correct an entry error",
        "correct",
        needs="correct",
    ),
    Action(
        "retract",
        "retract",
        ("d",),
        "retract the marked reading or target",
        "write",
        "retract an entry error",
        "retract",
        needs="retract",
    ),
    Action(
        "drop",
        "target drop",
        ("D",),
        "drop the marked target: it no longer holds",
        "write",
        "drop a target",
        "drop",
        5,
        needs="target",
    ),
    Action(
        "pin",
        "pin",
        ("P",),
        "pin the marked reading or target: it counts",
        "write",
        "pin: it counts",
        needs="pin target",
    ),
    Action("log", "log", ("l",), "log a reading", "write", "log a reading", "log", needs="log"),
    Action(
        "goal",
        "target",
        ("g",),
        "set or revise a goal",
        "write",
        "set or revise a goal",
        "goal",
        needs="target",
    ),
    Action("chart", "", ("v",), "chart, or the lists alone", "look", "chart or lists", "chart"),
    Action("read_on", "", ("space",), "read on about the marked one", "look", "read on: a long note"),
    Action("why", "why", ("w",), "why: the sums behind the status", "look", "why: the sums", "why", 3),
    Action("promises", "targets", ("p",), "its promise in the ledger", "look", "the ledger", "ledger", 4),
    Action(
        "earlier",
        "show --as-of",
        ("[",),
        "one period back in time",
        "look",
        "step date, today",
        "travel",
        1,
    ),
    Action("later", "show --as-of", ("]",), "one period forward in time", "look"),
    Action("today", "show", ("t",), "back to today", "look"),
    Action(
        "method",
        "show --method",
        ("m",),
        "method: linear, open-sdg, un-chart",
        "look",
        "method; names, theme",
        "method",
        1,
    ),
    NAMES,
    THEME,
    Action(
        "copy",
        "cite",
        ("y",),
        "copy a citation of the marked reading or target",
        "files",
        "copy a citation",
        "cite",
        1,
    ),
    Action("undo", "undo", ("u",), "undo your last action", "write", "undo, redo", "undo", 2, needs="undo"),
    Action("redo", "redo", ("U",), "redo what was undone", "write", needs="redo"),
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("help", "help", ("?",), "help", "", footer="help"),
    Action("back", "", ("escape", "enter", "q"), "back", "files", "back", "back"),
)
"""What the detail of one indicator can do, in the order of its footer."""

LEDGER: tuple[Action, ...] = (
    Action("down", "", ("down", "j"), "next promise", "move", "one promise", "promise"),
    Action("up", "", ("up", "k"), "previous promise", "move"),
    Action("first", "", ("home",), "first promise", "move", "first, last"),
    Action("last", "", ("end", "G"), "last promise", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown",), "a page down", "move"),
    Action("detail", "show", ("enter",), "detail of its indicator", "look", "detail", "detail"),
    Action(
        "filter",
        "targets",
        ("/",),
        "filter by name or words",
        "look",
        "filter; escape clears it",
        "filter",
        8,
    ),
    Action("why", "why", ("w",), "why: the sums behind the status", "look", "why: the sums", "why", 5),
    Action(
        "revise",
        "target --replaces",
        ("g",),
        "revise the promise: it was moved",
        "write",
        "revise: it was moved",
        "revise",
        needs="target",
    ),
    Action(
        "drop",
        "target drop",
        ("D",),
        "drop the promise: it no longer holds",
        "write",
        "drop: it no longer holds",
        "drop",
        needs="target",
    ),
    Action(
        "correct",
        "correct",
        ("c",),
        "correct the promise, an entry error",
        "write",
        "correct an entry error",
        "correct",
        7,
        needs="correct",
    ),
    Action(
        "retract",
        "retract",
        ("d",),
        "retract the promise, an entry error",
        "write",
        "retract an entry error",
        "retract",
        6,
        needs="retract",
    ),
    Action("undo", "undo", ("u",), "undo your last action", "write", "undo, redo", "undo", 1, needs="undo"),
    Action("redo", "redo", ("U",), "redo what was undone", "write", needs="redo"),
    Action("copy", "cite", ("y",), "copy a citation of the promise", "files", "copy a citation", "cite", 1),
    Action("sort", "", ("s",), "sort: due date, worst first, indicator", "look", "sort", "sort", 4),
    Action(
        "every", "targets --all", ("a",), "entry errors too, or not", "look", "entry errors too", "errors", 2
    ),
    Action(
        "earlier",
        "targets --as-of",
        ("[",),
        "one period back in time",
        "look",
        "step date, today",
        "travel",
        3,
    ),
    Action("later", "targets --as-of", ("]",), "one period forward in time", "look"),
    Action("today", "targets", ("t",), "back to today", "look"),
    NAMES._replace(help="names, theme"),
    THEME,
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("help", "help", ("?",), "help", "", footer="help"),
    Action("back", "", ("escape", "q", "p"), "back", "files", "back", "back"),
)
"""What the ledger can do, in the order of its footer."""

WHY: tuple[Action, ...] = (
    Action("down", "", ("down", "j"), "a line down", "move", "one line", "scroll"),
    Action("up", "", ("up", "k"), "a line up", "move"),
    Action("first", "", ("home",), "to its beginning", "move", "beginning, end"),
    Action("last", "", ("end", "G"), "to its end", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown", "space"), "a page down", "move"),
    Action(
        "method",
        "why --method",
        ("m",),
        "method: linear, open-sdg, un-chart",
        "look",
        "method; names, theme",
        "method",
    ),
    NAMES,
    THEME,
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("help", "help", ("?",), "help", "", footer="help"),
    Action("back", "", ("escape", "q", "w"), "back", "files", "back", "back"),
)
"""What the sums behind a status can do, in the order of their footer."""

PREVIEW: tuple[Action, ...] = (
    Action("save", "", ("enter",), "do it: write the file, bring the rows in", "write", "do it", "do it"),
    Action("down", "", ("down", "j"), "a line down", "move", "one line", "scroll"),
    Action("up", "", ("up", "k"), "a line up", "move"),
    Action("first", "", ("home",), "to its beginning", "move", "beginning, end"),
    Action("last", "", ("end", "G"), "to its end", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown", "space"), "a page down", "move"),
    Action(
        "turn", "", ("v",), "the text of the file itself, or the page", "look", "the file itself", "file", 1
    ),
    THEME._replace(help="theme"),
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("help", "help", ("?",), "help", "", footer="help"),
    Action("back", "", ("escape", "q"), "back to the form", "files", "back to the form", "back"),
)
"""What can be done where one looks at something before it is done, in the order of its footer."""

QUICK: tuple[Action, ...] = (
    Action(
        "save", "log -", ("enter",), "save all as one action", "write", "save all", "save all", needs="log"
    ),
    Action("next", "", ("tab", "down"), "next row", "move", "one row", "next row"),
    Action("previous", "", ("shift+tab", "up"), "previous row", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown",), "a page down", "move"),
    Action(
        "more",
        "",
        ("ctrl+o",),
        "the row's own period and source",
        "move",
        "own period, source",
        "own period",
        1,
    ),
    Action("afresh", "", ("ctrl+r",), "throw a draft from before away", "write", "start afresh"),
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("back", "", ("escape",), "leave, the draft is kept", "files", "leave", "leave, keeps the draft"),
)
"""What the quick-entry screen can do beside typing, in the order of its footer."""

DRAFTS: tuple[Action, ...] = (
    Action("take_up", "", ("enter",), "take the entry up", "write", "take it up", "take it up"),
    Action("drop", "", ("d",), "drop the entry for good", "write", "drop it", "drop it"),
    Action("down", "", ("down", "j"), "next entry", "move", "one entry", "entry"),
    Action("up", "", ("up", "k"), "previous entry", "move"),
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("back", "", ("escape", "q"), "back", "files", "back", "back"),
)
"""What the list of unfinished entries can do, in the order of its footer."""

NEWS: tuple[Action, ...] = (
    Action("open", "", ("enter",), "go to its indicator", "look", "go to its indicator", "indicator"),
    Action("down", "", ("down", "j"), "the one before", "move", "one line", "line"),
    Action("up", "", ("up", "k"), "the one after", "move"),
    Action("first", "", ("home",), "the latest", "move", "latest, first"),
    Action("last", "", ("end", "G"), "the first", "move"),
    Action("page_up", "", ("pageup",), "a page up", "move", "a page"),
    Action("page_down", "", ("pagedown",), "a page down", "move"),
    Action("repaint", "", ("ctrl+l",), "repaint the screen", "look", "repaint"),
    Action("back", "", ("escape", "q", "r"), "back", "files", "back", "back"),
)
"""What the list of news can do, in the order of its footer."""

HELP_GROUPS = (term("move"), term("write"), term("look"), term("files"))

COUNT_HELP = ("5j", term("five rows"))
"""A count before a key is no action of its own; the help shows it with ``move``."""

PALETTE_HELP = ("ctrl+p", term("all commands"))
"""The palette's key is that of every screen; the help shows it with ``files``."""


def remapped(actions: Iterable[Action], keymap: Mapping[str, str], screen: str = "") -> tuple[Action, ...]:
    """Return the actions with keys as a person set them.

    Args:
        actions: A registry.
        keymap: ``screen.action``, or an action's name for every screen that has it, to keys separated
            by commas ("L,ctrl+g"); without keys an action is left to the palette.
        screen: Name of the screen.
    """
    made = []
    for action in actions:
        keys = keymap.get(f"{screen}.{action.name}", keymap.get(action.name))
        if keys is None:
            made.append(action)
        else:
            found = tuple(key.strip() for key in keys.split(",") if key.strip())
            made.append(action._replace(keys=found))
    return tuple(made)


class HelpLine(NamedTuple):
    """One line of the help screen: the keys that share it and, as people are answered, what they do."""

    keys: tuple[str, ...]
    text: str


def help_lines(actions: Iterable[Action], group: str) -> list[HelpLine]:
    """Return the help lines of a group; an action without help text joins the line before.

    An action without a key is left out, and so is its part of the text.
    """
    shared: list[list[Action]] = []
    for action in actions:
        if action.group == group and action.help:
            shared.append([action])
        elif action.group == group and shared:
            shared[-1].append(action)
    return [
        HelpLine(tuple(key for action in line for key in action.keys), _help_text(line))
        for line in shared
        if any(action.keys for action in line)
    ]


_BETWEEN = " ,;，；、"
_PART = re.compile(r"[^,;，；、]+(?:[,;，；、] ?)?")
"""A part of a help text with what sets it apart from the next; a translation has as many of them."""


def _help_text(line: Sequence[Action]) -> str:
    """The text of a line without the parts of actions that have no key.

    The last actions have the last parts ("step date, today"), one each; those before them share the first.
    """
    whole = tr(line[0].help)
    parts = _PART.findall(whole)
    before = len(line) - len(parts)
    if before < 0 or all(action.keys for action in line):
        return whole
    owners = [line[: before + 1], *([action] for action in line[before + 1 :])]
    kept = [at for at, owner in enumerate(owners) if any(action.keys for action in owner)]
    words = [parts[at] for at in kept]
    if kept[0] > 0:
        # "several" says nothing without the part before it: its title does.
        title = re.split("[:,：，]", tr(owners[kept[0]][0].title), maxsplit=1)[0]
        words[0] = title + words[0][len(words[0].rstrip(_BETWEEN)) :]
    return "".join(words).rstrip(_BETWEEN)
