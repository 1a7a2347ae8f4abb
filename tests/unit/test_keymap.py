"""Keys as a person sets them: what holds, and one line for everything that cannot."""

from __future__ import annotations

import pytest

from gztrack.services.keymap import key_of, keymap
from gztrack.services.screens import ANYWHERE, FILTER, FORM, SCREENS, mapped


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("B", "B"),
        ("?", "?"),
        ("question_mark", "?"),
        ("ctrl+g", "ctrl+g"),
        ("Ctrl-G", "ctrl+g"),
        ("PgDn", "pagedown"),
        ("esc", "escape"),
        (",", "comma"),
        (" ", "space"),
        ("F2", "f2"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("编", "编"),
        ("ctrl+enter", ""),
        ("alt+x", ""),
        ("ctrl+1", ""),
        ("\x1b", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_a_key_has_one_name_however_it_is_typed(typed: str, key: str) -> None:
    assert key_of(typed) == key


def test_every_key_that_comes_with_the_program_is_one_that_can_be_set() -> None:
    for actions in SCREENS.values():
        assert all(key_of(key) == key for action in actions for key in action.keys)


def test_every_key_written_out_as_it_comes_changes_nothing() -> None:
    made = keymap({screen: {a.name: list(a.keys) for a in actions} for screen, actions in SCREENS.items()})
    assert (dict(made.keys), list(made.problems)) == ({}, [])


def test_a_key_for_all_screens_reaches_those_that_have_the_action_and_no_field() -> None:
    made = keymap({"": {"log": "B", "help": "ctrl+t"}})
    assert made.problems == ()
    assert made.keys["board.log"] == made.keys["detail.log"] == "B"
    assert "ledger.log" not in made.keys
    assert "form.help" not in made.keys


def test_what_is_said_of_one_screen_beats_what_is_said_of_all() -> None:
    made = keymap({"detail": {"log": "b"}, "": {"log": "B"}})
    assert (made.keys["board.log"], made.keys["detail.log"]) == ("B", "b")


def test_two_actions_can_change_places() -> None:
    made = keymap({"board": {"log": "g", "goal": "l"}})
    assert made.problems == ()
    assert (made.keys["board.log"], made.keys["board.goal"]) == ("g", "l")


@pytest.mark.parametrize("given", [[], "", ["", ""]])
def test_an_action_without_a_key_is_left_to_the_palette(given: object) -> None:
    made = keymap({"board": {"archive": given}})
    assert (made.keys["board.archive"], made.problems) == ("", ())


def test_escape_and_enter_keep_what_they_do_beside_a_new_key() -> None:
    made = keymap({"detail": {"back": "b"}, "form": {"save": "ctrl+s"}})
    assert made.keys["detail.back"] == "b,escape,enter"
    assert made.keys["form.save"] == "ctrl+s,enter"


@pytest.mark.parametrize(
    ("sections", "place", "said"),
    [
        ({"": {"lgo": "B"}}, ("keys", "lgo"), "no such action on any screen: did you mean 'log'?"),
        (
            {"why": {"log": "B"}},
            ("keys.why", "log"),
            "no such action on the why: one of down, up, first, last",
        ),
        ({"leger": {"sort": "b"}}, ("keys.leger", ""), "no such screen: did you mean 'ledger'?"),
        ({"": {"log": "pagedwn"}}, ("keys", "log"), "no such key: 'pagedwn'; did you mean 'pagedown'?"),
        ({"": {"log": "alt+l"}}, ("keys", "log"), "no terminal tells 'alt+l' from other keys for sure"),
        ({"": {"log": "ctrl+enter"}}, ("keys", "log"), "no terminal tells 'ctrl+enter' from other keys"),
        ({"": {"log": 7}}, ("keys", "log"), 'a key is text, as in log = "ctrl+t"'),
        ({"": {"log": "5"}}, ("keys", "log"), "'5' is the same on every screen: a count before a key"),
        ({"": {"log": "ctrl+c"}}, ("keys", "log"), "'ctrl+c' is the same on every screen: say how to quit"),
        ({"": {"log": "escape"}}, ("keys", "log"), "'escape' leaves, opens or saves, and keeps doing that"),
        ({"": {"log": "ctrl+m"}}, ("keys", "log"), "'enter' leaves, opens or saves"),
        ({"form": {"more": "m"}}, ("keys.form", "more"), "'m' is typed into the form's fields"),
        ({"form": {"more": "ctrl+a"}}, ("keys.form", "more"), "'ctrl+a' is typed into the form's fields"),
        (
            {"board": {"log": "g"}},
            ("keys.board", "log"),
            "'g' is the key of 'goal' on the board already (set or revise a goal); choose another, or give 'goal'",
        ),
        ({"": {"log": "x"}}, ("keys", "log"), "'x' is the key of 'snapshot' on the board already"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(
    sections: dict[str, dict[str, object]], place: tuple[str, str], said: str
) -> None:
    made = keymap(sections)
    (problem,) = made.problems
    assert (problem.section, problem.name) == place
    assert said in problem.text
    assert dict(made.keys) == {}


def test_of_two_that_want_one_key_the_first_has_it() -> None:
    made = keymap({"board": {"log": "b", "goal": "b"}})
    assert dict(made.keys) == {"board.log": "b"}
    assert [problem.name for problem in made.problems] == ["goal"]


def test_a_key_taken_back_clashes_with_nothing_that_was_counting_on_it() -> None:
    # `goal` would have made room for `log`, but wants a key that there is not: both stay.
    made = keymap({"board": {"log": "g", "goal": "no-such-key"}})
    assert dict(made.keys) == {}
    assert {problem.name for problem in made.problems} == {"log", "goal"}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_has_a_key_twice_or_one_that_works_everywhere(screen: str) -> None:
    keys = [key for action in SCREENS[screen] for key in action.keys]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {key for action in ANYWHERE for key in action.keys}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_has_a_key_and_a_title(screen: str) -> None:
    assert [action.name for action in SCREENS[screen] if not action.keys or not action.title] == []


@pytest.mark.parametrize("actions", [FORM, FILTER])
def test_where_letters_are_text_no_key_is_a_letter(actions: object) -> None:
    for action in actions:  # type: ignore[attr-defined]
        assert all(len(key) > 1 for key in action.keys)


def test_a_name_alone_holds_for_every_screen() -> None:
    changed = {action.name: action.keys for action in mapped(SCREENS["detail"], {"log": "B, b"})}
    assert changed["log"] == ("B", "b")
    assert changed["goal"] == ("g",)
