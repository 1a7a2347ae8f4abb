"""Messages for somebody behind a gate, on the board and on the command line alike: no path of the host is in them."""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Before a path stands nothing, a blank or a mark; behind a Chinese character it has two parts at least,
# for there a unit (per year) looks the same. The second slash of an address does not begin one.
_BEGINS = r"(?<![^\s'\"`(\[{<|（“「『:：，；;,=])(?:~[\w-]*|\.{1,2})?/(?!/)|(?<=[\u4e00-\u9fff])/(?=[^\s/]+/)"
_PATH = rf"(?:{_BEGINS})[^\s'\"`，。；：、（）()\[\]{{}}<>|”」』:,;]+"

_ENDS = r"(?![A-Za-z0-9_-]|\.\w)"
"""Behind a directory's whole name: another one may only begin like it."""


def without_paths(text: str, places: Iterable[str]) -> str:
    """Return a message in which of every path only the last name is left.

    Args:
        text: The message.
        places: Directories that may be named in it, whatever characters theirs have.
    """
    for place in sorted(filter(None, places), key=len, reverse=True):
        if len(place) > 1:
            last = os.path.basename(place).replace("\\", r"\\")
            text = re.sub(re.escape(place) + _ENDS, last, text.replace(f"{place}{os.sep}", ""))
    return re.sub(_PATH, lambda found: os.path.basename(found[0].rstrip("/")), text)
