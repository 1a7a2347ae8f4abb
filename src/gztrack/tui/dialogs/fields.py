"""What a form is made of: fields with their labels and hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from gztrack.language import pterm, ptr
from gztrack.light import NamedTuple
from gztrack.tui.dialogs.requests import Request


class FieldSpec(NamedTuple):
    """One line of a form.

    Attributes:
        name: Name of the entry's field that it fills, under which echoes and errors come back.
        label: What stands before it, at most eleven cells.
        hint: Muted words behind it while it is empty.
        blank: The hint says what it means to leave it empty; it stays beside an offer.
        more: Only shown after ``ctrl+o``.
        prose: Several pasted lines become one; other fields refuse them.
        completes: What is offered behind the cursor, see `gztrack.tui.completing.offers`; ``path``
            offers files. Empty for nothing.
    """

    name: str
    label: str
    hint: str = ""
    more: bool = False
    prose: bool = False
    completes: str = ""
    blank: bool = False


class Dialog(Protocol):
    """What a form asks and what comes of it. Dialogs call nothing: they return requests."""

    @property
    def word(self) -> str:
        """What is done, as a key: ``log``; `called` says it."""
        ...

    @property
    def subject(self) -> str:
        """What it is done to: the name of an indicator."""
        ...

    @property
    def note(self) -> str:
        """What to know of the subject, at the right of the form's rule."""
        ...

    @property
    def draft(self) -> str:
        """Name under which a draft is kept."""
        ...

    @property
    def agree(self) -> str:
        """What enter does once a question was asked: ``save anyway``."""
        ...

    @property
    def asks_first(self) -> bool:
        """The first enter only tells what would happen; the second does it."""
        ...

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields, in order."""
        ...

    @property
    def initial(self) -> Mapping[str, str]:
        """Texts that the fields start with."""
        ...

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return what to ask the tracker for.

        Args:
            values: Field name to text as typed.
            yes: The guard's question has been answered.
        """
        ...


FORMS = (
    pterm("form", "log"),
    pterm("form", "correct"),
    pterm("form", "retract"),
    pterm("form", "drop"),
    pterm("form", "goal"),
    pterm("form", "correct goal"),
    pterm("form", "revise"),
    pterm("form", "edit"),
    pterm("form", "new indicator"),
    pterm("form", "pin"),
    pterm("form", "method"),
    pterm("form", "database"),
    pterm("form", "snapshot"),
    pterm("form", "import"),
)
"""What forms do, and so what they and their drafts are called."""


def called(word: str) -> str:
    """Return what a form (or a draft) is called that does this."""
    return ptr("form", word)


def agreed(text: str) -> bool:
    """Return whether a yes-or-no field says yes."""
    return text.strip().casefold() in ("y", "yes", "true", "1", "x", "provisional", "是")
