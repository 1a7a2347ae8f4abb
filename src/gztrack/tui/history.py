"""What was typed into fields and saved, so that it can be called back: kept beside the drafts, under the same rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.tui import smallfile

MOST = 40
"""Texts that are kept of one field."""
MOST_FIELDS = 60
MOST_CHARACTERS = 150_000
"""Of all fields together, so that the file stays one that is believed when it is read."""
LONGEST = 1000
"""Characters of a text that is kept; nobody looks for a longer one here."""

SHARED = frozenset({"source", "url", "stated_by", "group", "unit", "group_zh", "unit_zh", "path"})
"""Fields that mean the same in every form; of others each form remembers its own."""


def place(word: str, field: str) -> str:
    """Return under which name a form's field is remembered."""
    return field if field in SHARED else f"{word} {field}"


class History:
    """Saved texts by field, latest last, in one small JSON file.

    Args:
        path: The file; None remembers only as long as the program runs.
        back: How the key is written that goes back to later texts.
    """

    def __init__(self, path: Path | None, *, back: str = "pgdn") -> None:
        """Make the keeper; nothing is read before it is asked for."""
        self.path = path
        self.back = back
        self._kept: dict[str, list[str]] = {}

    def of(self, name: str) -> list[str]:
        """Return what was saved in a field, latest first, each text once."""
        return list(reversed(self._read().get(name, ())))

    def add(self, texts: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        """Remember saved texts by field; one that cannot be kept is no reason to speak up."""
        kept = self._read()
        for name, typed in texts.items() if isinstance(texts, Mapping) else texts:
            text = clean(typed)
            if text and len(text) <= LONGEST:
                known = kept.pop(name, [])
                # Popped and put back: the field used last stands last, and the first one goes.
                kept[name] = [*(each for each in known if each != text), text][-MOST:]
        while len(kept) > MOST_FIELDS or sum(map(len, chain(*kept.values()))) > MOST_CHARACTERS:
            del kept[next(iter(kept))]
        self._kept = kept
        if self.path is not None:
            try:
                smallfile.write(self.path, kept)
            except OSError:
                return

    def _read(self) -> dict[str, list[str]]:
        """Return what is in the file now: another session may have saved something meanwhile."""
        if self.path is None:
            return self._kept
        try:
            found = smallfile.read(self.path)
        except (OSError, ValueError):
            return self._kept
        if not isinstance(found, dict):
            return {}
        return {
            str(name): [clean(text) for text in texts if isinstance(text, str)]
            for name, texts in found.items()
            if isinstance(texts, list)
        }


class Recall:
    """Goes back and forth through what was saved in the fields of one form.

    Args:
        history: What was saved.
        word: What the form does.

    Attributes:
        notes: What to say beside a field, by its name.
    """

    def __init__(self, history: History, word: str) -> None:
        """Stand at what is being typed, in every field."""
        self.history = history
        self.word = word
        self.notes: dict[str, str] = {}
        self._known: dict[str, list[str]] = {}
        self._at: dict[str, int] = {}

    def recalling(self, name: str) -> bool:
        """Whether a field shows an earlier text and not what was typed into it."""
        return self._at.get(name, 0) > 0

    def step(self, name: str, text: str, by: int) -> str | None:
        """Go to an older (1) or a newer (-1) text; None where there is none.

        Args:
            name: The field.
            text: What stands in it now, and comes back at the end.
            by: How far.
        """
        at = self._at.get(name, 0)
        if at == 0:
            older = [each for each in self.history.of(place(self.word, name)) if each != text]
            self._known[name] = [text, *older]
        known = self._known[name]
        if at + by >= len(known):
            self.notes[name] = (
                tr("nothing older was saved here") if at else tr("nothing was saved here before")
            )
            return None
        self._at[name] = at = at + by
        self.notes[name] = (
            tr(
                "{at} of {count} saved before; {key} goes back",
                at=at,
                count=len(known) - 1,
                key=self.history.back,
            )
            if at
            else ""
        )
        return known[at]

    def edited(self, name: str, text: str) -> None:
        """What is typed over an earlier text is new again."""
        at = self._at.get(name, 0)
        if at == 0 or self._known[name][at] != text:
            self._at.pop(name, None)
            self.notes.pop(name, None)
