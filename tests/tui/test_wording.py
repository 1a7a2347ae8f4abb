"""Messages of services, as the board says them."""

from __future__ import annotations

import pytest

from gztrack.services.views import Done
from gztrack.tui.wording import apart, counted, on_screen, one_question, question, told


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("ambiguous: write 1.23 or 123", "ambiguous: write 1.23 or 123"),
        (
            "a flow needs the period that it covers: --for 2025, or --for 2026-Q3",
            "a flow needs the period that it covers: 2025, or 2026-Q3",
        ),
        (
            "no due date was given: --due 2027-12-31, --due 2027, or --due none",
            "no due date was given: 2027-12-31, 2027, or none",
        ),
        ("a moved target needs its reason: --reason", "a moved target needs its reason"),
        ("'+' marks a change (--by): write 5", "'+' marks a change (by): write 5"),
    ],
)
def test_options_are_for_the_command_line(message: str, said: str) -> None:
    assert on_screen(message) == said


def test_a_question_names_no_id() -> None:
    message = "nev-output: 13 times the last value (91,700). Is that right? --yes logs it as it is"
    assert question(message) == "13 times the last value (91,700). Is that right?"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("a. Is that right?", "a. Is that right?"),
        ("a. Is that right? b. Is that right?", "a; b. Is that right?"),
        (
            "a. Is that right? b. Is that right? mei changed it. Save?",
            "a; b. Is that right? mei changed it. Save?",
        ),
        ("Overwrite it?", "Overwrite it?"),
        ("", ""),
    ],
)
def test_several_questions_end_as_one(message: str, said: str) -> None:
    assert one_question(message) == said


def test_what_was_done_names_no_command() -> None:
    assert told(Done(("undid log x; bring back: gztrack redo",))) == "undid log x"
    assert told(Done(())) == "done"


def test_counts_name_no_file() -> None:
    assert counted(Done(("pack.csv: 4 new, 25 revised, 0 same",))) == "4 new, 25 revised, 0 same"


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("cannot tell", "cannot tell at the due date; met by 2023", "at the due date; met by 2023"),
        ("behind", "pace is 0.69 of what is needed", "pace is 0.69 of what is needed"),
    ],
)
def test_a_reason_does_not_repeat_its_status(status: str, reason: str, said: str) -> None:
    assert apart(status, reason) == said


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("no target", "no target yet: g sets one", "g sets one"),
        ("no reading", "no reading yet: l logs one", "l logs one"),
        ("cannot tell", "cannot tell at the due date; met by 2023", "at the due date; met by 2023"),
        ("behind", "pace is 0.69", "pace is 0.69"),
    ],
)
def test_a_reason_behind_its_status_does_not_say_that_again(status: str, reason: str, said: str) -> None:
    assert apart(status, reason) == said
