"""A process with the whole program imported, which forks a child for each command it is asked for.

A new interpreter for each of some thousand faults would take minutes; a fork takes milliseconds.
It is started by `faults.rig` with the shim loaded, speaks JSON lines over a socket, and the child
arms the shim, becomes another account or takes a terminal just before the command begins.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import importlib
import io
import json
import mmap
import os
import pkgutil
import resource
import signal
import socket
import sys
import tempfile
import termios
import traceback
from typing import Any, NoReturn

import gztrack
from gztrack.__main__ import main

_SEED = "indicator,period,value\nstations,2020,5\n"
_WARMING = (
    ("init", "--empty", "--tz", "UTC"),
    ("add", "stations", "--name", "Stations", "--unit", "stations"),
    ("log", "stations", "1", "--for", "2019"),
    ("log", "-"),
    ("import", "warm.csv", "--yes"),
    ("undo",),
    ("status",),
    ("history", "stations", "--json"),
    ("backup", "-o", "warm.jsonl"),
    ("restore", "warm.jsonl", "--yes"),
    ("merge", "warm.jsonl", "--yes"),
    ("doctor",),
    ("log", "nobody", "x"),
)


def _warm_up() -> None:
    """Run each command once, for what is only imported on the way; how each ends does not matter."""
    for module in pkgutil.walk_packages(gztrack.__path__, "gztrack."):
        if not module.name.startswith("gztrack.tui"):
            importlib.import_module(module.name)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have it ignored
    here = os.getcwd()
    streams = sys.stdin, sys.stdout, sys.stderr
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("warm.csv", "w", encoding="utf-8") as file:
            file.write(_SEED)
        try:
            for words in _WARMING:
                sys.stdin, sys.stdout, sys.stderr = (
                    io.StringIO("stations 2 2018\n"),
                    io.StringIO(),
                    io.StringIO(),
                )
                _command(["--db", os.path.join(folder, "db"), *words])
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            os.chdir(here)
    gc.collect()
    gc.freeze()


def _command(words: list[str]) -> int:
    sys.argv = ["gztrack", *words]
    try:
        return main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - ends as it would in a process of its own
        traceback.print_exc()
        return 1


def _child(case: dict[str, Any], shim: ctypes.CDLL, calls: int, streams: list[int]) -> NoReturn:
    if case["terminal"]:
        os.setsid()
        terminal = os.open(case["terminal"], os.O_RDWR)
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        streams = [terminal, terminal, terminal]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - they live as long as the process
        for number, mode in enumerate("rww")
    )
    if case["limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (case["limit"], case["limit"]))
    if case["account"]:
        user, group, groups, umask = case["account"]
        os.umask(umask)
        os.setgroups(groups)
        os.setresgid(group, group, group)
        os.setresuid(user, user, user)
    mode, at, error, kinds, base, trace = case["fault"]
    shim.fault_arm(mode, at, error, kinds, base.encode(), trace.encode(), ctypes.c_void_p(calls))
    code = _command(case["words"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _memory(text: str = "") -> int:
    fd = os.memfd_create("stream")
    os.write(fd, text.encode())
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _text(fd: int) -> str:
    return os.pread(fd, os.fstat(fd).st_size, 0).decode("utf-8", "replace")


def serve(channel: socket.socket, shim: ctypes.CDLL) -> None:
    """Answer until the other end goes away: one reply a command, and one before it when it is stopped."""
    shared = mmap.mmap(-1, mmap.PAGESIZE)
    calls = ctypes.c_long.from_buffer(shared)
    with channel.makefile("rwb") as lines:
        for line in lines:
            case = json.loads(line)
            streams = [_memory(case["stdin"]), _memory(), _memory()]
            calls.value = 0
            child = os.fork()
            if child == 0:
                _child(case, shim, ctypes.addressof(calls), streams)
            while os.WIFSTOPPED(status := os.waitpid(child, os.WUNTRACED)[1]):
                _reply(lines, stopped=child)
            code = os.waitstatus_to_exitcode(status)
            _reply(lines, code=code, calls=calls.value, out=_text(streams[1]), err=_text(streams[2]))
            for stream in streams:
                os.close(stream)


def _reply(lines: Any, **fields: object) -> None:
    lines.write(json.dumps(fields).encode() + b"\n")
    lines.flush()


if __name__ == "__main__":
    commands, library = socket.socket(fileno=int(sys.argv[1])), ctypes.CDLL(sys.argv[2])
    _warm_up()
    serve(commands, library)
