"""Messages of services as the board says them: without options, which only a command line has. Pure."""

from __future__ import annotations

import re

from gztrack.services.views import Done

_GUARD = re.compile(r"\s*--yes\b.*$")
_WITH_VALUE = re.compile(r"--[a-z]+(?:-[a-z]+)* (?=[^\s,;-])")
_TRAILING = re.compile(r"[:;,]?\s*(?:or )?--[a-z]+(?:-[a-z]+)*$")
_ALONE = re.compile(r"--([a-z]+(?:-[a-z]+)*)")
_RIGHT = " Is that right?"
_ID = re.compile(r"^[a-z0-9][a-z0-9._-]*: ")


def on_screen(message: str) -> str:
    """Return an error without options: "--for 2025" becomes "2025"."""
    message = _GUARD.sub("", message)
    message = _WITH_VALUE.sub("", message)
    message = _TRAILING.sub("", message)
    return _ALONE.sub(r"\1", message)


def question(message: str) -> str:
    """Return a guard's question without the id that it is about: the form names it already."""
    return _ID.sub("", on_screen(message))


def one_question(message: str) -> str:
    """Return several questions as one: "a. Is that right? b. Is that right?" becomes "a; b. Is that right?"."""
    *asked, after = message.split(_RIGHT)
    if len(asked) < 2:
        return message
    return "; ".join(each.strip().rstrip(".") for each in asked) + "." + _RIGHT + after


def told(done: Done) -> str:
    """Return what an action did; the keys that take it back are said apart."""
    if not done.lines:
        return "done"
    return done.lines[0].partition("; bring back: ")[0].partition("; take back: ")[0]


def counted(done: Done) -> str:
    """Return the counts of a dry run: "4 new, 25 revised, 0 same"."""
    return done.lines[0].rpartition(": ")[2] if done.lines else ""


def apart(status: str, reason: str) -> str:
    """Return a reason as it stands behind its status, which it need not say again."""
    if reason.startswith(status):
        return reason[len(status) :].removeprefix(" yet").lstrip(" ,;:")
    return reason
