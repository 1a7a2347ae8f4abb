"""What of the registries there is behind a gate: every action is harmless, or needs a command that is named."""

from __future__ import annotations

import pytest

from gztrack.cli.catalogue import COMMANDS
from gztrack.services.actions import BOARD, FILES, WHOLE, Action
from gztrack.services.permits import Permit, permit
from gztrack.services.permitted import is_permitted, permitted, refusal, without_keys
from gztrack.services.screens import ANYWHERE, SCREENS

HARMLESS = {
    "board": (
        "down up first last page_up page_down detail filter clear promises why news off_track archived sort"
        " reverse group fold fold_all method names theme earlier later today copy help quit repaint"
    ),
    "detail": (
        "down up first last page_up page_down chart read_on why promises earlier later today method names theme"
        " copy repaint help back"
    ),
    "ledger": (
        "down up first last page_up page_down detail filter why copy sort every earlier later today names theme"
        " repaint help back"
    ),
    "why": "down up first last page_up page_down method names theme repaint help back",
    # What a preview goes on with is what its form may do.
    "preview": "save down up first last page_up page_down turn theme repaint help back",
    "quick": "next previous page_up page_down more afresh repaint back",
    # What is taken up is looked at once more when its form opens; what is dropped was typed by oneself.
    "drafts": "take_up drop down up repaint back",
    "news": "open down up first last page_up page_down repaint back",
    # A form is there only where what it does is allowed.
    "form": "save next previous leave preview more afresh take offer recall later help",
    "filter": "keep leave up down",
    "help": "down up page_down page_up back",
}
"""Actions that only look, move, or change what the person alone sees."""

EVERY = [(screen, action) for screen, actions in SCREENS.items() for action in actions]


@pytest.mark.parametrize(("screen", "action"), EVERY, ids=[f"{s}.{a.name}" for s, a in EVERY])
def test_every_action_is_harmless_or_needs_a_command(screen: str, action: Action) -> None:
    harmless = action.name in HARMLESS[screen].split()
    assert harmless == (not action.needs)
    for needed in action.needs.split():
        assert needed == FILES or needed.removesuffix(WHOLE) in COMMANDS


def test_nothing_is_called_harmless_that_is_no_action() -> None:
    named = {f"{screen}.{name}" for screen, names in HARMLESS.items() for name in names.split()}
    assert named <= {f"{screen}.{action.name}" for screen, action in EVERY}


@pytest.mark.parametrize(("screen", "action"), EVERY, ids=[f"{s}.{a.name}" for s, a in EVERY])
def test_what_an_action_needs_is_its_command_line(screen: str, action: Action) -> None:
    if action.needs and action.needs != FILES and action.command:
        assert action.command.split()[0] in [word.removesuffix(WHOLE) for word in action.needs.split()]


def test_the_keys_of_every_screen_write_nothing() -> None:
    assert [action.name for action in ANYWHERE if action.needs] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_with_a_bare_list_only_the_harmless_is_there(screen: str) -> None:
    left = permitted(SCREENS[screen], permit(["board"]))
    assert {action.name for action in left} == set(HARMLESS[screen].split())
    assert [action.command for action in left if action.command] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_without_a_gate_the_registry_is_as_it_is(screen: str) -> None:
    assert permitted(SCREENS[screen], None) is SCREENS[screen]
    assert without_keys(SCREENS[screen], None) == SCREENS[screen]


@pytest.mark.parametrize(
    ("allowed", "there", "gone"),
    [
        ("log", "log quick drafts", "goal correct new edit archive undo snapshot import settings"),
        ("log:nev-*", "log quick drafts", "goal"),
        ("edit", "edit own_method settings drafts", "new log"),
        ("edit:nev-*", "edit own_method", "settings"),
        ("target", "goal", "log own_method"),
        ("undo", "undo redo", "drafts"),
        ("redo", "redo", "undo drafts"),
        ("add", "new", "edit"),
        ("snapshot,import,files", "", "snapshot import"),
    ],
)
def test_a_list_brings_its_actions_and_no_others(allowed: str, there: str, gone: str) -> None:
    names = {action.name for action in permitted(BOARD, permit(allowed.split(",")))}
    assert set(there.split()) <= names
    assert names.isdisjoint(gone.split())


def test_a_command_line_is_named_only_where_it_is_allowed() -> None:
    left = {action.name: action.command for action in permitted(BOARD, permit(["status", "log:nev-*"]))}
    assert left["off_track"] == "status --only"
    assert left["quick"] == "log -"
    assert left["why"] == ""


@pytest.mark.parametrize(
    ("needs", "allowed", "indicator", "said"),
    [
        ("", "board", "", ""),
        ("log", "log", "tech-centres", ""),
        ("log", "log:nev-*", "", ""),
        ("log", "log:nev-*", "nev-output", ""),
        (
            "log",
            "board,log:nev-*",
            "tech-centres",
            "log tech-centres is not allowed here; allowed: board, log:nev-*",
        ),
        ("target", "board,status", "nev-output", "target is not allowed here; allowed: board, status"),
        ("edit:*", "edit:nev-*", "", "edit:* is not allowed here; allowed: edit:nev-*"),
        ("edit:*", "board", "", "edit is not allowed here; allowed: board"),
        ("pin target", "target", "", ""),
        (FILES, "files,import", "", "files are neither read nor written here"),
    ],
)
def test_a_refusal_names_what_is_allowed(needs: str, allowed: str, indicator: str, said: str) -> None:
    listed: Permit = permit(allowed.split(","))
    assert refusal(needs, listed, indicator) == said
    assert is_permitted(needs, listed, indicator) == (not said)
    assert refusal(needs, None, indicator) == ""
