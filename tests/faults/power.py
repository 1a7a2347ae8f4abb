"""A disk as a power cut may leave it, rebuilt from the calls that a program made.

What was synced is there. Of what was not, anything may be missing: writes never reached the disk,
or only the first or the last sectors of one did, or the file had grown already and the data had
not come; names that were made, changed or removed are there up to some point, in each directory
up to its own. A file under a new name holds only what of its data was synced.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_MOST_CUTS = 4

Tree = dict[str, bytes | None]
"""A disk's content: bytes of each file by its path, None for a directory."""


class Call(NamedTuple):
    """A system call that changed something."""

    what: str
    place: int
    path: str
    other: str
    data: bytes


def calls(trace: bytes, base: Path) -> Iterator[Call]:
    """The calls that the shim wrote down, with paths as seen from a directory."""
    at = 0
    while at < len(trace):
        end = trace.index(b"\n", at)
        what, place, size, path, other = trace[at:end].decode().split("\t")
        at = end + 1 + int(size)
        yield Call(what, int(place), _seen(path, base), _seen(other, base), trace[end + 1 : at])


def _seen(path: str, base: Path) -> str:
    return os.path.relpath(path, base) if path else ""


class _File:
    """The content of a file: what is surely on the disk, and the changes that may be."""

    def __init__(self, synced: bytes = b"") -> None:
        self.synced = synced
        self.pending: list[Call] = []

    def variants(self) -> list[bytes]:
        """Every content that the disk may hold, nothing new first and everything last."""
        found = {self.synced: None}
        states = [self.synced]
        for call in self.pending:
            found.update(dict.fromkeys(_torn(states[-1], call)))
            states.append(_done(states[-1], call))
        for dropped in range(len(self.pending)):
            rest = self.synced
            for call in self.pending[:dropped] + self.pending[dropped + 1 :]:
                rest = _done(rest, call)
            found[rest] = None
        found.update(dict.fromkeys(states))
        found.pop(states[-1])
        return [*found, states[-1]]


def _done(content: bytes, call: Call) -> bytes:
    if call.what == "cut":
        return content[: call.place].ljust(call.place, b"\0")
    return content.ljust(call.place, b"\0")[: call.place] + call.data + content[call.place + len(call.data) :]


def _torn(content: bytes, call: Call) -> Iterator[bytes]:
    """What a write leaves of which not every sector arrived."""
    if call.what == "cut":
        return
    whole = _done(content, call)
    unchanged = content.ljust(len(whole), b"\0")
    yield unchanged  # the file has its new length, and the data is still to come
    cuts = range((call.place // SECTOR + 1) * SECTOR, call.place + len(call.data), SECTOR)
    for cut in cuts[:: max(1, len(cuts) // _MOST_CUTS)]:
        yield whole[:cut] + unchanged[cut:]
        yield (whole[:cut] + unchanged[cut:])[: max(cut, len(content))]
        yield unchanged[:cut] + whole[cut:]


class _Change(NamedTuple):
    """A change of a directory: a name that goes, a name that comes, and what that stands for."""

    gone: str
    new: str
    file: _File | None


class Disk:
    """A disk on which calls are made, and every state that a power cut may leave it in.

    Args:
        base: The directory that it begins with; all of that is on the disk for sure.
    """

    def __init__(self, base: Path) -> None:
        self._names: dict[str, _File | None] = {
            os.path.relpath(path, base): None if path.is_dir() else _File(path.read_bytes())
            for path in sorted(base.rglob("*"))
        }
        self._synced = dict(self._names)
        self._changes: dict[str, list[_Change]] = {}

    def make(self, call: Call) -> None:
        """Make a call."""
        if call.what in ("write", "cut"):
            self._file(call.path).pending.append(call)
        elif call.what == "create":
            self._change(_Change("", call.path, _File()))
        elif call.what == "mkdir":
            self._change(_Change("", call.path, None))
        elif call.what == "link":
            self._change(_Change("", call.other, self._names[call.path]))
        elif call.what == "rename":
            assert os.path.dirname(call.path) == os.path.dirname(call.other)
            self._change(_Change(call.path, call.other, self._names[call.path]))
        elif call.what == "unlink":
            self._change(_Change(call.path, "", None))
        else:
            self._sync(call.path)

    def _file(self, path: str) -> _File:
        file = self._names[path]
        assert file is not None
        return file

    def _change(self, change: _Change) -> None:
        self._changes.setdefault(os.path.dirname(change.new or change.gone) or ".", []).append(change)
        _apply(self._names, [change])

    def _sync(self, path: str) -> None:
        if path == "." or self._names[path] is None:
            _apply(self._synced, self._changes.pop(path, []))
            return
        file = self._file(path)
        for call in file.pending:
            file.synced = _done(file.synced, call)
        file.pending = []

    def states(self) -> Iterator[Tree]:
        """Everything that may be on the disk when the power fails now."""
        for reached in product(*(range(len(changes) + 1) for changes in self._changes.values())):
            names = dict(self._synced)
            for changes, count in zip(self._changes.values(), reached, strict=True):
                _apply(names, changes[:count])
            yield from _filled({path: file for path, file in names.items() if _is_there(path, names)})


def _apply(names: dict[str, _File | None], changes: Iterable[_Change]) -> None:
    for change in changes:
        if change.gone:
            names.pop(change.gone, None)
        if change.new:
            names[change.new] = change.file


def _is_there(path: str, names: dict[str, _File | None]) -> bool:
    folder = os.path.dirname(path)
    return not folder or (folder in names and _is_there(folder, names))


def _filled(names: dict[str, _File | None]) -> Iterator[Tree]:
    """Every content of these files, two of them at a time; the others as old or as new as can be."""
    tree: Tree = {path: None for path, file in names.items() if file is None}
    variants = {path: file.variants() for path, file in names.items() if file is not None}
    open_ones = [path for path, found in variants.items() if len(found) > 1]
    for others in (0, -1):
        tree |= {path: found[others] for path, found in variants.items()}
        for pair in combinations(open_ones, min(2, len(open_ones))):
            for contents in product(*(variants[path] for path in pair)):
                yield tree | dict(zip(pair, contents, strict=True))
