"""Eight writers that are killed at any moment and started anew, and a reader beside them.

It is a process of its own, because it forks: ``python -m faults.killing DIRECTORY KILLS SEED``
prints as JSON what was acknowledged and what the reader saw.
"""

from __future__ import annotations

import json
import os
import random
import re
import select
import signal
import sys
import time
from typing import NoReturn

from faults.operations import INDICATOR
from faults.watching import watch
from gztrack.services.entering.entries import LogEntry
from gztrack.services.quicklog import QuickLog

WRITERS = 8
EACH = 1_000_000
"""How many values one writer has to itself."""

SIZES = (1, 1, 1, 3, 1, 1, 1, 600)
"""Readings in one action; the last is a transaction of several lines."""

_HOLDER = re.compile(rb"pid (\d+)")


def write(directory: str, number: int, pipe: int) -> NoReturn:
    """Log one value after the other, and report what was acknowledged."""
    log = QuickLog(directory, author=f"writer {number}", login="tests")
    value = number * EACH
    turn = number
    while True:
        values = range(value, value + SIZES[turn % len(SIZES)])
        log.log([LogEntry(indicator=INDICATOR, value=str(each), period="2020", yes=True) for each in values])
        os.write(pipe, b"%d %d\n" % (values.start, values.stop))
        value, turn = values.stop, turn + 1


class Writers:
    """The writers that run, by process id, each with the pipe on which it reports."""

    def __init__(self, directory: str) -> None:
        self.acknowledged: list[tuple[int, int]] = []
        self._directory = directory
        self._number = 0
        self._running: dict[int, int] = {}
        self._begun: dict[int, bytes] = {}

    def start(self) -> None:
        """Start another one."""
        self._number += 1
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                write(self._directory, self._number, into)
            finally:
                os._exit(1)
        os.close(into)
        self._running[child], self._begun[out] = out, b""

    def victim(self, chance: random.Random, *, holder: bool) -> int:
        """One of them; if asked for and possible the one that holds the lock."""
        with open(os.path.join(self._directory, "lock"), "rb") as file:
            found = _HOLDER.search(file.read()) if holder else None
        named = int(found[1]) if found else 0
        return named if named in self._running else chance.choice(list(self._running))

    def kill(self, child: int) -> int:
        """Kill one; how it ended."""
        os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        pipe = self._running.pop(child)
        while self._take(pipe):
            pass
        os.close(pipe)
        del self._begun[pipe]
        return status

    def listen(self, seconds: float) -> None:
        """Take what they report for a time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for pipe in select.select(list(self._begun), [], [], left)[0]:
                if not self._take(pipe):
                    raise SystemExit("a writer ended by itself")

    def _take(self, pipe: int) -> int:
        data = os.read(pipe, 1 << 16)
        *whole, self._begun[pipe] = (self._begun[pipe] + data).split(b"\n")
        self.acknowledged += [(int(first), int(stop)) for first, stop in (line.split() for line in whole)]
        return len(data)

    def end(self) -> None:
        """Kill them all."""
        for child in list(self._running):
            self.kill(child)


def main(directory: str, kills: int, seed: int) -> None:
    """Let them write, kill one after the other, and say what came of it."""
    chance = random.Random(seed)
    until, stop = os.pipe()
    out, into = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(stop)
        os.write(into, json.dumps(watch(directory, until)).encode())
        os._exit(0)
    os.close(into)
    writers = Writers(directory)
    for _ in range(WRITERS):
        writers.start()
    killed = 0
    for number in range(kills):
        writers.listen(chance.uniform(0.01, 0.05))
        killed += writers.kill(writers.victim(chance, holder=number % 2 == 0)) == -signal.SIGKILL
        writers.start()
    writers.end()
    os.close(stop)
    with open(out, "rb") as report:
        seen = json.loads(report.read())
    os.waitpid(reader, 0)
    told = {"killed": killed, "acknowledged": writers.acknowledged, "reader": seen}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
