"""Messages of services as the board says them: without options, which only a command line has. Pure.

An option may stand before Chinese words and punctuation, so its end is told by what cannot be part of its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gztrack.language import ptr, tr
from gztrack.light import NamedTuple
from gztrack.services.views import Done

# Plain texts: `re` compiles one when it is first needed, which the first paint does not.
_GUARD = r"\s*(?:如无误，)?[加用]?\s*--yes(?![a-z-]).*$"
_WITH_VALUE = r"--[a-z]+(?:-[a-z]+)* (?=[^\s,;，；、。：（）\u4e00-\u9fff-])"
_TRAILING = r"(?:[:;,]?\s*(?:or )?|[：；，、]?\s*[或用与和]?\s*)--[a-z]+(?:-[a-z]+)*(?=。?$)"
_ALONE = r"--([a-z]+(?:-[a-z]+)*)"
_ID = r"^[a-z0-9][a-z0-9._-]*(?:: |：)"
_COUNTS = r": |："


def on_screen(message: str) -> str:
    """Return an error without options: "--for 2025" becomes "2025"."""
    message = re.sub(_GUARD, "", message)
    message = re.sub(_WITH_VALUE, "", message)
    message = re.sub(_TRAILING, "", message)
    return re.sub(_ALONE, r"\1", message)


def question(message: str) -> str:
    """Return a guard's question without the id that it is about: the form names it already."""
    return re.sub(_ID, "", on_screen(message))


def one_question(message: str) -> str:
    """Return several questions as one: "a. Is that right? b. Is that right?" becomes "a; b. Is that right?"."""
    *asked, after = message.split(tr("{slip}. Is that right?", slip=""))
    if len(asked) < 2:
        return message
    slips = asked[0].strip()
    for slip in asked[1:]:
        slips = tr("{slip}; {more}", slip=slips, more=slip.strip())
    return tr("{slip}. Is that right?", slip=slips) + after


def told(done: Done) -> str:
    """Return what an action did; the keys that take it back are said apart."""
    if not done.lines:
        return tr("done")
    line = done.lines[0]
    for behind in (tr("; bring back: {command}", command=""), tr("; take back: {command}", command="")):
        line = line.partition(behind)[0]
    return line


class Outcome(NamedTuple):
    """What a dry run tells.

    Attributes:
        counts: "4 new, 25 revised, 0 same", and what else was counted.
        whole: The line that the counts stand in, with the file's name.
        rows: What would become of each row, a line each.
        remarks: What there is to say besides.
    """

    counts: str
    whole: str
    rows: Sequence[str]
    remarks: Sequence[str]


def outcome(done: Done) -> Outcome:
    """Return what a dry run tells: rows, then counts, then remarks; without counts the first line is taken for them."""
    counts = re.sub(
        r"\d",
        r"[\\d,.]+",
        re.escape(tr("{new:,} new, {revised:,} revised, {same:,} same", new=1, revised=1, same=1)),
    )
    at = next((at for at, line in enumerate(done.lines) if re.search(counts, line)), 0)
    whole = done.lines[at] if done.lines else ""
    closing = tr("nothing was written: a dry run")  # the form asks whether it is to be
    remarks = [line for line in done.lines[at + 1 :] if line != closing]
    rows = (*done.imported.rows, *done.imported.refused) if done.imported else done.lines[:at]
    return Outcome(re.split(_COUNTS, whole)[-1], whole, rows, remarks)


def counted(done: Done) -> str:
    """Return the counts of a dry run: "4 new, 25 revised, 0 same"."""
    return outcome(done).counts


def apart(status: str, reason: str) -> str:
    """Return a reason as it stands behind its status, which it need not say again."""
    word = tr(status)
    if reason.startswith(word):
        return reason[len(word) :].removeprefix(" yet").lstrip(" ,;:，；：")
    return reason


def parted(headline: str) -> tuple[str, str]:
    """Return the share that a preview's headline begins with, else nothing, and the rest with what joins them."""
    share, of, goal = headline.partition(ptr("preview", "{share} of {goal}", share="", goal=""))
    return (share, of + goal) if of else ("", headline)
