"""Drafts of forms, kept at each change so that a dropped connection loses nothing typed."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from gztrack.domain.reasons import reason_of
from gztrack.language import tr
from gztrack.tui import smallfile


class Drafts:
    """Texts of forms that were not saved, by form, in one small JSON file.

    Args:
        path: The file; None keeps drafts only as long as the program runs.

    Attributes:
        problem: Why they could not be kept the last time; empty where they could.
    """

    def __init__(self, path: Path | None) -> None:
        """Make the keeper; nothing is read before it is asked for."""
        self.path = path
        self.problem = ""
        self._kept: dict[str, dict[str, str]] | None = None

    def get(self, form: str) -> dict[str, str] | None:
        """Return the draft of a form, or None."""
        self._kept = self._read()
        return self._kept.get(form)

    def all(self) -> dict[str, dict[str, str]]:
        """Return every draft by form, the one begun last at the end."""
        self._kept = self._read()
        return dict(self._kept)

    def keep(self, form: str, texts: Mapping[str, str]) -> str:
        """Keep a draft; returns why that failed, or an empty text."""
        kept = self._read()
        if kept.get(form) == dict(texts) and not self.problem:
            return ""
        return self._write({**kept, form: dict(texts)})

    def drop(self, form: str) -> str:
        """Forget a draft; returns why that failed, or an empty text."""
        kept = self._read()
        if form not in kept:
            return ""
        return self._write({name: texts for name, texts in kept.items() if name != form})

    def _read(self) -> dict[str, dict[str, str]]:
        """Return what is in the file now: another session may have kept a draft meanwhile."""
        if self.path is None:
            return self._kept or {}
        try:
            found = smallfile.read(self.path)
        except (OSError, ValueError):
            # Missing, unreadable or torn: a draft is a convenience, never a reason to stop.
            return self._kept or {}
        if not isinstance(found, dict):
            return {}
        return {
            str(form): {str(name): text for name, text in texts.items() if isinstance(text, str)}
            for form, texts in found.items()
            if isinstance(texts, dict)
        }

    def _write(self, kept: dict[str, dict[str, str]]) -> str:
        """Put the file in place as a whole, readable by its owner only."""
        before, self._kept = self._kept, kept
        self.problem = ""
        if self.path is not None:
            try:
                smallfile.write(self.path, kept)
            except OSError as error:
                if error.errno == errno.EFBIG:
                    # Remembered, it would keep every other draft from being written as well.
                    self._kept = before
                self.problem = tr("the draft is not kept: {why}", why=reason_of(error))
        return self.problem
