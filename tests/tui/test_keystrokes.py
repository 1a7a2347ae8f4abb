"""What a terminal sends, cut into keys: an escape is never glued to the key behind it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from gztrack.tui.keystrokes import KeyParser


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def named(parser: KeyParser, *packets: str, clock: Clock | None = None, pause: float = 0.0) -> list[str]:
    """Names of the keys that packets give, and of what is still held when nothing more comes."""
    found: list[str] = []
    clock = clock or Clock()
    for packet in packets:
        found += [_name(event) for event in parser.feed(packet)]
        clock.now += pause
        found += [_name(event) for event in parser.tick()]
    clock.now += 60
    return found + [_name(event) for event in parser.tick()]


def _name(event: object) -> str:
    if isinstance(event, events.Paste):
        return f"paste {event.text}"
    return event.key if isinstance(event, events.Key) else type(event).__name__


def keys(*packets: str, pause: float = 0.0) -> list[str]:
    clock = Clock()
    return named(KeyParser(clock=clock), *packets, clock=clock, pause=pause)


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        ("\x1b", ["escape"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1bj", ["escape", "j"]),
        ("\x1bjk", ["escape", "j", "k"]),
        ("\x1b5", ["escape", "5"]),
        ("\x1b\t", ["escape", "tab"]),
        ("\x1bf", ["escape", "f"]),
        ("\x1bG", ["escape", "G"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b\x1b\r", ["escape", "escape", "enter"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b]", ["escape", "right_square_bracket"]),
        ("\x1b[", ["escape", "left_square_bracket"]),
        ("\x1b[\r", ["escape", "left_square_bracket", "enter"]),
        ("\x1b[j", ["escape", "left_square_bracket", "j"]),
        ("\x1bO", ["escape", "O"]),
        ("\x1b\x7f", ["escape", "backspace"]),
        ("\x1b万", ["escape", "万"]),
        ("j\x1bk", ["j", "escape", "k"]),
        ("\x1b[A\x1b[B", ["up", "down"]),
        ("\x1bOA", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[[A", ["f1"]),
        ("\x1b[1;5C", ["ctrl+right"]),
        ("\x1b[5~", ["pageup"]),
        ("\x1b[Z", ["shift+tab"]),
        ("\x1b[27u\r", ["escape", "enter"]),
        ("^", ["circumflex_accent"]),
    ],
)
def test_keys_of_one_packet(packet: str, expected: list[str]) -> None:
    assert keys(packet) == expected


@pytest.mark.parametrize("packets", [("\x1b", "[A"), ("\x1b[", "A"), ("\x1b", "[", "A")])
def test_an_arrow_split_over_packets_of_a_slow_line_is_an_arrow(packets: tuple[str, ...]) -> None:
    assert keys(*packets, pause=0.05) == ["up"]


def test_an_escape_that_nothing_follows_is_answered_after_a_tenth_of_a_second() -> None:
    clock = Clock()
    parser = KeyParser(clock=clock)
    assert list(parser.feed("\x1b")) == []
    assert parser.patience == pytest.approx(0.1)
    clock.now = 0.099
    assert list(parser.tick()) == []
    clock.now = 0.1
    assert [_name(event) for event in parser.tick()] == ["escape"]
    assert parser.patience is None


def test_what_a_terminal_reports_of_itself_is_no_key() -> None:
    assert keys("\x1b[?1;2c\x1b[>41;354;0cj") == ["j"]
    assert keys("\x1b[I") == ["AppFocus"]
    assert keys("\x1b[?2026;2$y") == ["TerminalSupportsSynchronizedOutput"]


def test_a_paste_is_one_event_and_an_escape_in_it_gives_no_keys() -> None:
    assert keys("\x1b[200~one\x1bq two\r\x1b[2", "01~j") == ["paste one\x1bq two\r", "j"]


def test_a_paste_that_does_not_end_is_kept_to_a_bounded_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gztrack.tui.keystrokes.LONGEST_PASTE", 10)
    assert keys("\x1b[200~" + "x" * 500 + "\x1b[201~j") == ["paste " + "x" * 10, "j"]
    assert keys("\x1b[200~0123456789\x1b[201~j") == ["paste 0123456789", "j"]
    assert keys("\x1b[200~\x1b[201~j") == ["paste ", "j"]


@given(st.lists(st.sampled_from(["j", "\r", "5", "\t", "/", "\x1b[A", "\x1b[6~", "\x1b", "l"]), max_size=12))
def test_however_keys_are_bunched_they_are_the_same_keys(sent: list[str]) -> None:
    name = {"\r": "enter", "\t": "tab", "/": "slash", "\x1b[A": "up", "\x1b[6~": "pagedown", "\x1b": "escape"}
    assert keys("".join(sent)) == [name.get(key, key) for key in sent]
