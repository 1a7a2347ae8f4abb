"""What goes over the wire when somebody logs, or works on the board, over SSH: bytes, round trips, waiting.

A server of our own runs on the loopback address, and the client reaches it through a wire that counts.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ssh.conftest import SSHD, Server, started
from terminal import Terminal

from . import commands
from .pairs import Row, ratio, row

PIECE = 1 << 16
KEYS = ("j", "j", "j", "k", "enter", "escape", "p", "escape", "l", "2", "5", "0", "escape", "q")
"""A session on the board: look around, open a detail and the ledger, begin an entry, leave."""


class Counted(NamedTuple):
    """What went over a wire.

    Attributes:
        up: Bytes from the client.
        down: Bytes from the server.
        turns: How often the client had to wait for an answer: the server spoke after the client had.
    """

    up: int
    down: int
    turns: int

    @property
    def total(self) -> int:
        """Bytes in both directions."""
        return self.up + self.down


class Wire:
    """A port that hands on what comes to another one, and counts it."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self.clear()
        threading.Thread(target=self._accept, daemon=True).start()

    def clear(self) -> None:
        """Count from nothing."""
        with self._lock:
            self._bytes = {"up": 0, "down": 0}
            self._turns, self._last = 0, ""

    def counted(self) -> Counted:
        """What was counted since."""
        with self._lock:
            return Counted(self._bytes["up"], self._bytes["down"], self._turns)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                server = socket.create_connection(("127.0.0.1", self._to))
                for way, source, sink in (("up", client, server), ("down", server, client)):
                    threading.Thread(target=self._pump, args=(way, source, sink), daemon=True).start()

    def _pump(self, way: str, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(PIECE):
                with self._lock:
                    self._bytes[way] += len(data)
                    self._turns += way == "down" and self._last == "up"
                    self._last = way
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


def over_ssh(folder: str) -> list[Row]:
    """A log and a session on the board over SSH, beside ``ssh host true``."""
    if SSHD is None:
        return [Row("over SSH", "no sshd on this machine", "-", "-")]
    path = commands.database(folder, "wire")
    place = Path(folder) / "sshd"
    place.mkdir()
    settings = f"SetEnv PATH={Path(sys.executable).parent}:/usr/bin:/bin LANG=C.UTF-8"
    with started(place, settings) as server:
        wire = Wire(server.port)
        reached = Server(server.folder, wire.port)
        rows = [*_bytes(wire, reached, path), *_sessions(wire, reached, path)]
        log = partial(_waited, reached.command(*_typed(path)))
        rows.append(
            row(
                "`ssh host gztrack log`: time on the clock",
                "`ssh host true`",
                ratio(log, partial(_waited, reached.command("true"))),
            )
        )
        with _kept(reached, folder) as again:
            quick = partial(_waited, reached.command(*_typed(path), options=again))
            bare = partial(_waited, reached.command("true", options=again))
            sent = _counted(wire, reached.command(*_typed(path), options=again))
            rows.append(
                Row(
                    "bytes of `ssh host gztrack log` over a connection that is kept",
                    f"round trips: {sent.turns}",
                    f"{sent.total:,}",
                    "-",
                )
            )
            rows.append(
                row(
                    "`ssh host gztrack log` over a connection that is kept",
                    "`ssh host true` over it",
                    ratio(quick, bare),
                )
            )
    return rows


def _typed(path: str) -> list[str]:
    return ["gztrack", "--db", path, "log", "5g-enterprises", "61", "--for", "2020"]


def _bytes(wire: Wire, server: Server, path: str) -> Iterator[Row]:
    """What a log sends and waits for, with and without compression."""
    for name, options in (("", ()), (", `ssh -C`", ("-C",))):
        bare = _counted(wire, server.command("true", options=options))
        log = _counted(wire, server.command(*_typed(path), options=options))
        yield Row(
            f"bytes of `ssh host gztrack log`{name}",
            f"`ssh host true`: {bare.total:,}",
            f"{log.total:,}",
            f"{log.total / bare.total:.3f}",
        )
        yield Row(f"round trips of it{name}", f"`ssh host true`: {bare.turns}", str(log.turns), "-")


def _sessions(wire: Wire, server: Server, path: str) -> Iterator[Row]:
    """What a session on the board sends, in changed cells and Textual's own way, with and without compression."""
    for name, options in (("", ()), (", `ssh -C`", ("-C",))):
        bare = _counted(wire, server.command("true", options=options))
        ours = _session(wire, server.command(f"gztrack --db {path}", terminal=True, options=options))
        plain = _session(
            wire, server.command(f"gztrack --plain-frames --db {path}", terminal=True, options=options)
        )
        yield Row(
            f"bytes of a session of {len(KEYS)} keys on the board, 120x40{name}",
            f"Textual's own way: {plain.total - bare.total:,}",
            f"{ours.total - bare.total:,}",
            f"{(ours.total - bare.total) / (plain.total - bare.total):.3f}",
        )
        yield Row(f"round trips of it{name}", f"keys: {len(KEYS)}", str(ours.turns - bare.turns), "-")


def _counted(wire: Wire, command: Sequence[str]) -> Counted:
    wire.clear()
    subprocess.run(command, check=True, capture_output=True)
    time.sleep(0.2)  # the last bytes are counted after the client has gone
    return wire.counted()


def _session(wire: Wire, command: Sequence[str]) -> Counted:
    wire.clear()
    with Terminal(command, columns=120, rows=40) as terminal:
        terminal.until("5G base stations")
        for key in KEYS:
            terminal.settle(0.3)
            terminal.press(key)
        terminal.ended()
    time.sleep(0.2)
    return wire.counted()


def _waited(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


@contextmanager
def _kept(server: Server, folder: str) -> Iterator[tuple[str, ...]]:
    """Options that go over one connection that stays open."""
    options = ("-o", f"ControlPath={os.path.join(folder, 'kept')}")
    master = subprocess.Popen(server.command("-N", options=(*options, "-M")), stdin=subprocess.DEVNULL)
    try:
        while not os.path.exists(os.path.join(folder, "kept")):
            time.sleep(0.05)
        yield options
    finally:
        master.terminate()
        master.wait(10)
