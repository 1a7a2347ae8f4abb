"""The progress line of a long import: only on a terminal, only after a while, and gone afterwards."""

from __future__ import annotations

import io

import pytest

from gztrack.cli import progress
from gztrack.cli.progress import Progress, watched


class Screen(io.StringIO):
    """A terminal's stderr."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress, "time", made)
    return made


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_nothing_is_shown_before_half_a_second(screen: Screen, clock: Clock) -> None:
    with watched(screen) as watch:
        assert watch is not None
        clock.now += 0.49
        watch(1000, 2000)
    assert screen.getvalue() == ""


def test_then_the_line_says_how_far_it_is_and_is_cleared_at_the_end(screen: Screen, clock: Clock) -> None:
    with watched(screen) as watch:
        assert watch is not None
        clock.now += 0.5
        watch(1000, 2000)
        clock.now += 0.01
        watch(1001, 2000)
    line = "[###############...............] 1,000 of 2,000 rows"
    assert screen.getvalue() == f"\r{line}\r{' ' * len(line)}\r"


def test_the_line_is_cleared_when_the_import_fails(screen: Screen, clock: Clock) -> None:
    def failing() -> None:
        with watched(screen) as watch:
            assert watch is not None
            clock.now += 1
            watch(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    assert screen.getvalue().endswith(" \r")


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_a_pipe_gets_no_progress(stream: io.StringIO | None) -> None:
    with watched(stream) as watch:
        assert watch is None


def test_a_file_without_rows_is_no_division_by_zero(screen: Screen, clock: Clock) -> None:
    watch = Progress(screen)
    clock.now += 1
    watch(0, 0)
    assert "0 of 0 rows" in screen.getvalue()
