"""The registry: every key does something, everywhere it is promised."""

from __future__ import annotations

import pytest
from textual import events

from gztrack.services.actions import (
    BOARD,
    DETAIL,
    DRAFTS,
    HELP_GROUPS,
    LEDGER,
    NEWS,
    PREVIEW,
    QUICK,
    WHY,
    Action,
    help_lines,
    remapped,
)
from gztrack.tui.cells import plain
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.helptext import help_text
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from gztrack.tui.screens.drafts import DraftsScreen
from gztrack.tui.screens.ledger import LedgerScreen
from gztrack.tui.screens.news import NewsScreen
from gztrack.tui.screens.preview import PreviewScreen
from gztrack.tui.screens.quickentry import QuickEntryScreen
from gztrack.tui.screens.why import WhyScreen
from tui.conftest import Started


@pytest.mark.parametrize("actions", [BOARD, DETAIL, LEDGER, WHY, PREVIEW, QUICK, DRAFTS, NEWS])
def test_no_key_is_given_twice(actions: tuple[Action, ...]) -> None:
    keys = [key for action in actions for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("screen", "actions"),
    [
        (BoardScreen, BOARD),
        (DetailScreen, DETAIL),
        (LedgerScreen, LEDGER),
        (WhyScreen, WHY),
        (PreviewScreen, PREVIEW),
        (QuickEntryScreen, QUICK),
        (DraftsScreen, DRAFTS),
        (NewsScreen, NEWS),
    ],
)
def test_every_action_is_carried_out(screen: type, actions: tuple[Action, ...]) -> None:
    missing = [action.name for action in actions if not hasattr(screen, f"action_{action.name}")]
    assert missing == []


def test_every_key_is_in_the_help_or_the_footer() -> None:
    shown = {key for group in HELP_GROUPS for line in help_lines(BOARD, group) for key in line.keys}
    shown |= {key for action in BOARD if action.footer for key in action.keys}
    assert {key for action in BOARD for key in action.keys} <= shown


@pytest.mark.parametrize("actions", [DETAIL, LEDGER])
def test_every_key_of_the_other_screens_is_in_their_help(actions: tuple[Action, ...]) -> None:
    text = "\n".join(map(plain, help_text(actions, 80, 24, ASCII, remappable=False)))
    assert "any key closes" in text
    for action in actions:
        assert action.name == "help" or any(ASCII.written(key) in text.split() for key in action.keys)


def test_an_action_without_help_joins_the_line_before() -> None:
    lines = {line.text: line.keys for line in help_lines(BOARD, "write")}
    assert lines["undo, redo"] == ("u", "U")
    assert lines["new, edit, archive"] == ("n", "e", "A")


@pytest.mark.parametrize(
    ("group", "removed", "keys", "text"),
    [
        ("write", "archive", ("n", "e"), "new, edit"),
        ("write", "edit", ("n", "A"), "new, archive"),
        ("write", "new", ("e", "A"), "edit the indicator, archive"),
        ("write", "quick", ("l",), "log a reading"),
        ("write", "log", ("L",), "log several readings in one go"),
        ("look", "theme", ("m", "N"), "method; names"),
        ("look", "later", ("[", "t"), "step date, today"),
        ("look", "today", ("[", "]"), "step date"),
        ("look", "archived", ("o",), "only off track"),
    ],
)
def test_the_help_leaves_out_the_words_of_an_action_without_a_key(
    group: str, removed: str, keys: tuple[str, ...], text: str
) -> None:
    actions = remapped(BOARD, {removed: ""})
    lines = {line.keys: line.text for line in help_lines(actions, group)}
    assert lines[keys] == text
    shown = "\n".join(map(plain, help_text(actions, 80, 24, UNICODE, remappable=True)))
    assert text[:24] in shown


def test_an_action_alone_on_its_line_goes_with_its_key() -> None:
    lines = [line.text for line in help_lines(remapped(BOARD, {"goal": ""}), "write")]
    assert "set a goal" not in lines
    assert "log a reading, several" in lines


def test_keys_can_be_set() -> None:
    changed = {action.name: action.keys for action in remapped(BOARD, {"log": "L, ctrl+g"})}
    assert changed["log"] == ("L", "ctrl+g")
    assert changed["goal"] == ("g",)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_help_fits_80x24(glyphs: object) -> None:
    lines = help_text(BOARD, 80, 24, glyphs, remappable=True)  # type: ignore[arg-type]
    assert len(lines) == 24
    assert plain(lines[-1]).strip() == "any key closes"
    text = "\n".join(map(plain, lines))
    for word in (
        "log a reading",
        "undo, redo",
        "step date, today",
        "config.toml",
        "provisional",
        "moving away",
    ):
        assert word in text


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize(
    ("actions", "said", "left_out"),
    [
        (BOARD, ["how to read a row", "beyond the target", "changed by another session"], []),
        (
            LEDGER,
            [
                "how to read the ledger",
                "met, met late",
                "superseded",
                "inferred date",
                "margin",
                "changed by",
            ],
            ["how to read a row", "beyond the target", "p provisional"],
        ),
        (WHY, ["status", "moving away", "no target"], ["how to read a row", "beyond the target"]),
        (DETAIL, ["how to read the chart"], ["how to read a row", "beyond the target"]),
    ],
)
def test_the_help_explains_what_its_screen_shows_and_nothing_else(
    actions: tuple[Action, ...], said: list[str], left_out: list[str], glyphs: Glyphs
) -> None:
    lines = help_text(actions, 80, 24, glyphs, remappable=True)
    assert len(lines) == 24
    text = "\n".join(map(plain, lines))
    assert [words for words in said if words not in text] == []
    assert [words for words in left_out if words in text] == []
    if actions in (BOARD, LEDGER):
        assert f"{glyphs.changed} changed by another session" in text


def test_the_help_has_no_heading_without_keys() -> None:
    heads = {plain([span]).strip() for line in help_text(WHY, 80, 24, UNICODE, remappable=True) for span in line
             if span[1] == "group"}  # fmt: skip
    assert heads == {"move", "look", "files", "status"}


def test_no_width_cuts_a_status_of_the_help() -> None:
    for cells in range(80, 160):
        text = "\n".join(map(plain, help_text(BOARD, cells, 40, UNICODE, remappable=True)))
        assert "no target" in text
        assert "…" not in text


def test_the_help_shows_keys_as_they_are_set() -> None:
    text = "\n".join(map(plain, help_text(remapped(BOARD, {"log": "B"}), 80, 24, UNICODE, remappable=True)))
    assert " B L         log a reading" in text


async def test_a_page_key_right_behind_the_palettes_own_does_not_bring_it_down(board: Started) -> None:
    async with board() as b:
        b.app.post_message(events.Key("ctrl+p", None))
        for _ in range(6):
            b.app.post_message(events.Key("pagedown", None))
            b.app.post_message(events.Key("a", "a"))
        await b.settle()
        await b.press("escape")
        assert "q quit" in b.text
