"""Where a filter's words occur in a text, and the text with them marked. Pure.

What was found is underlined and bold, never only coloured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.tui.cells import Line

Range = tuple[int, int]
"""First character and the one after the last."""


def found_at(text: str, words: Iterable[str]) -> list[Range]:
    """Return where words occur in a text, capitals or not, in order and without overlap.

    Args:
        text: Any text.
        words: Case-folded words.
    """
    folded, origin = _folded(text)
    hit = [False] * len(text)
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            last = at + len(word) - 1
            hit[origin[at] if origin else at : (origin[last] if origin else last) + 1] = [True] * (
                (origin[last] - origin[at] if origin else last - at) + 1
            )
            at = folded.find(word, at + 1)
    return ranges(index for index, found in enumerate(hit) if found)


def ranges(places: Iterable[int]) -> list[Range]:
    """Return places in a text, ascending, as ranges."""
    found: list[Range] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """The text case-folded, and of which character each of its characters is; empty where they are the same."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded, []
    return folded, [index for index, each in enumerate(text) for _ in each.casefold()]


def with_marks(text: str, key: str, marks: Sequence[Range]) -> Line:
    """Return a text as spans, some of it marked.

    Args:
        text: The text.
        key: Role of what is not marked, with its ground; the marks stand on the same ground.
        marks: Ranges in order and without overlap.
    """
    if not marks:
        return [(text, key)]
    _, at, ground = key.partition("@")
    line: Line = []
    done = 0
    for start, end in marks:
        line += [(text[done:start], key)] if start > done else []
        line.append((text[start:end], f"match{at}{ground}"))
        done = end
    return [*line, (text[done:], key)] if done < len(text) else line
