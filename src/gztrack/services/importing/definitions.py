"""The rows of a file that define indicators: they hold for all of it, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gztrack.domain.register import Fact
from gztrack.domain.text import clean
from gztrack.errors import FieldError, InputError
from gztrack.language import tr
from gztrack.services.board.circles import circle
from gztrack.services.importing.columns import COLUMNS, Place
from gztrack.services.importing.entries import Entry
from gztrack.services.importing.noted import Noted
from gztrack.services.importing.rows import Draft, definition


class Definitions:
    """The indicators that a file defines.

    Args:
        entries: The rows.
        known: Id to the indicator that is there.

    Attributes:
        drafts: What the rows state: of each indicator the first one, then those that say it again.
        unreadable: Id to the place of a row that should have defined it and could not be read.
        problems: What is wrong with which rows.
    """

    def __init__(self, entries: Iterable[Entry], known: Mapping[str, Fact]) -> None:
        self.unreadable: dict[str, Place] = {}
        self.problems = Noted()
        drafts: dict[str, Draft] = {}
        rows: dict[str, Entry] = {}
        again: list[Draft] = []
        for entry in entries:
            slug = clean(entry.get("indicator"))
            try:
                draft = definition(entry, known.get(slug))
                _refuse_another(draft, drafts.get(slug), known.get(slug))
            except InputError as error:
                self.problems.add(entry.at(error), str(error))
                self.unreadable.setdefault(slug, entry.where)
                continue
            rows.setdefault(slug, entry)
            if drafts.setdefault(slug, draft) is not draft:
                again.append(draft)
        left = -1
        while left != len(drafts):  # one that is refused may have been what others are part of
            left = len(drafts)
            for slug, draft in list(drafts.items()):
                try:
                    _check_whole_of(draft, drafts, known)
                except InputError as error:
                    self.problems.add(rows[slug].at(error), str(error))
                    self.unreadable[slug] = draft.where
                    del drafts[slug]
        self.problems.in_order()
        self.drafts = [*drafts.values()]
        self.drafts += [draft for draft in again if draft.record["indicator"] in drafts]


def _refuse_another(draft: Draft, earlier: Draft | None, there: Fact | None) -> None:
    """Refuse a definition that contradicts the one that is there, or an earlier row's.

    Raises:
        InputError: It does; a field is named.
    """
    slug = draft.record["indicator"]
    stated: list[tuple[Fact, Place | None]] = [(there, None)] if there else []
    stated += [(earlier.record, earlier.where)] if earlier else []
    new = draft.record
    for old, place in stated:
        # That an indicator was edited here makes it no other one: only targets have a column for it.
        fields = [f for f in (*new, *old) if f in COLUMNS and f != "replaces"]
        other = next((f for f in fields if new.get(f) != old.get(f)), "")
        if other:
            said = {"id": slug, "field": other, "old": old.get(other, ""), "new": new.get(other, "")}
            raise FieldError(
                other,
                tr(
                    "{id} is there with {field} '{old}', this row says '{new}';"
                    " gztrack edit changes an indicator",
                    **said,
                )
                if place is None
                else tr(
                    "{id} is in {place} with {field} '{old}', this row says '{new}';"
                    " gztrack edit changes an indicator",
                    **said,
                    place=place,
                ),
            )


def _check_whole_of(draft: Draft, drafts: Mapping[str, Draft], known: Mapping[str, Fact]) -> None:
    """Check that what an indicator is part of is known and no part of it; as it is there it is no matter of the file.

    Raises:
        InputError: It is not.
    """
    slug, whole = draft.record["indicator"], draft.record.get("part_of", "")
    if not whole or (slug in known and known[slug].get("part_of") == whole):
        return
    if whole not in drafts and whole not in known:
        raise FieldError("part_of", tr("part_of: no such indicator: '{id}'", id=whole))

    def whole_of(part: str) -> str:
        above = drafts[part].record if part in drafts else known.get(part, {})
        return str(above.get("part_of", ""))

    if ring := circle(slug, whole_of):
        raise FieldError(
            "part_of", tr("part_of: {id} would be part of itself through {part}", id=slug, part=ring[-1])
        )
