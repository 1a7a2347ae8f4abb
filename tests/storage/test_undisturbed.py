"""The last steps of a write: what would end the process waits until they are done."""

from __future__ import annotations

import signal
from types import FrameType

import pytest

from gztrack.storage.files import undisturbed


class HeardError(Exception):
    """A signal was heard."""


def _last_steps(number: signal.Signals, steps: list[str]) -> None:
    with undisturbed():
        signal.raise_signal(number)  # to this thread: a worker of the tests has others, which take it too
        steps.append("after the signal")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM])
def test_a_signal_waits_until_the_last_steps_are_done(number: signal.Signals) -> None:
    def hear(_: int, __: FrameType | None) -> None:
        raise HeardError

    before = signal.signal(number, hear)
    steps: list[str] = []
    try:
        with pytest.raises(HeardError):
            _last_steps(number, steps)
    finally:
        signal.signal(number, before)
    assert steps == ["after the signal"]
