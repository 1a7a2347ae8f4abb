"""The fields of a form: where each stands, what is offered in it, what was typed into it before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from gztrack.language import tr
from gztrack.tui.cells import width
from gztrack.tui.completing import Offer, asks_path, files_for, key_hint, offers
from gztrack.tui.dialogs.fields import Dialog, FieldSpec
from gztrack.tui.formtext import FIELD_AT, field_width
from gztrack.tui.history import History, Recall
from gztrack.tui.prose import MOST_ROWS
from gztrack.tui.widgets.field import Field
from gztrack.tui.widgets.lines import Canvas

if TYPE_CHECKING:
    from gztrack.services.entering.suggestions import Suggestions

FRAME_ROWS = 5
"""Rows of a form beside its fields: rule, blank, preview, bar, keys."""
STATUS_ROWS = 2
"""Of these the ones that say what was understood, or what is wrong."""
FIELDS_LEAST = 3
"""Fields that stay in view where a long question finds no other room."""


class FormFields(Canvas):
    """The fields, one below the other; a long text grows while the cursor is in it."""

    def __init__(self, dialog: Dialog, draft: Mapping[str, str] | None, history: History | None) -> None:
        """Make the fields.

        Args:
            dialog: What the form asks.
            draft: Texts left from before; None starts afresh.
            history: What was typed into its fields before, for the page keys.
        """
        super().__init__(id="form")
        self.dialog = dialog
        self.texts: dict[str, str] = {spec.name: "" for spec in dialog.fields}
        self.texts.update(draft if draft is not None else dialog.initial)
        # A draft that filled one of the further fields opens with them in view.
        self.more = draft is not None and any(
            spec.more and self.texts[spec.name] != dialog.initial.get(spec.name, "") for spec in dialog.fields
        )
        self.recall = Recall(history or History(None), dialog.word)
        self.space = (80, FRAME_ROWS + 4)
        self._filled: dict[str, str] = {}
        self._tail: list[tuple[FieldSpec, int]] = []
        self._first = 0
        self._shown = 0

    def compose(self) -> ComposeResult:
        """Make the fields; everything else is drawn."""
        for spec in self.dialog.fields:
            yield Field(self.texts[spec.name], name=spec.name, prose=spec.prose)

    def error_of(self, name: str) -> str:
        """What is wrong with a field's text; it needs the place beside the field."""
        raise NotImplementedError

    @property
    def further_rows(self) -> int:
        """Rows that what is said under the fields takes beside `STATUS_ROWS`."""
        raise NotImplementedError

    @property
    def specs(self) -> list[FieldSpec]:
        """The fields that can be reached now."""
        return [spec for spec in self.dialog.fields if self.more or not spec.more]

    def fit(self, width: int, height: int) -> None:
        """Take this much room."""
        if (width, height) != self.space:
            self.space = (width, height)
            if self.is_mounted:
                self._arrange()

    def _rows_of(self, spec: FieldSpec) -> int:
        """Rows of a field: a long text grows while the cursor is in it."""
        if not (spec.prose and self.is_mounted and spec.name == self.focused_name):
            return 1
        return min(MOST_ROWS, self._field(spec.name).rows_at(self._width_of(spec)))

    def _width_of(self, spec: FieldSpec) -> int:
        """Cells of a field: a long text takes the place of its echo, which prose has none of."""
        narrow = field_width(self.space[0])
        long = spec.prose and spec.name == self.focused_name and width(self.texts[spec.name]) > narrow - 3
        return self.space[0] - FIELD_AT - 1 if long and not self.error_of(spec.name) else narrow

    def _arrange(self) -> None:
        """Put the fields where their lines are; those that find no room are hidden."""
        height = self.space[1]
        room = max(1, height - FRAME_ROWS if height > FRAME_ROWS else height - 2)
        room = max(min(room, FIELDS_LEAST), room - self.further_rows)
        rows = [(spec, row) for spec in self.specs for row in range(min(room, self._rows_of(spec)))]
        room = min(room, len(rows))
        here = [at for at, (spec, _) in enumerate(rows) if spec.name == self.focused_name] or [0]
        self._first = max(0, min(self._first, here[0], len(rows) - room))
        self._first = max(self._first, here[-1] - room + 1)
        self._tail = rows[self._first : self._first + room]
        shown = [spec.name for spec, _ in self._tail]
        widths = {spec.name: self._width_of(spec) for spec, _ in self._tail}
        for field in self.query(Field):
            name = field.name or ""
            field.display = name in shown
            if field.display:
                field.styles.offset = (FIELD_AT, 1 + shown.index(name))
                field.styles.width = widths[name]
                field.styles.height = shown.count(name)
        self._shown = room
        self.refresh_changed()

    @property
    def focused_name(self) -> str:
        """Name of the field that has the cursor."""
        focused = self.screen.focused if self.is_mounted else None
        return focused.name or "" if isinstance(focused, Field) else self.specs[0].name

    def action_next(self, by: int) -> None:
        """Go to the next or previous field, around the ends."""
        names = [spec.name for spec in self.specs]
        at = names.index(self.focused_name) if self.focused_name in names else 0
        field = self._field(names[(at + by) % len(names)])
        field.display = True
        field.focus()

    def _field(self, name: str) -> Field:
        return next(field for field in self.query(Field) if field.name == name)

    def _hint(self, spec: FieldSpec, text: str) -> str:
        """What is offered to complete and how to take it, else what may be typed."""
        field = self._field(spec.name) if self.is_mounted and spec.name == self.focused_name else None
        empty = "" if text else spec.hint
        if field is None or field.offer is None:
            return empty
        following = self.glyphs.key("form.later")
        hint = key_hint(field.choice, len(field.fits), self.glyphs.right, following)
        return tr("{a}; {b}", a=empty, b=hint) if empty and spec.blank else hint

    def _rows_note(self, spec: FieldSpec) -> str:
        """Which rows of a long text are in view, where that is not all of it: "2-4 of 9"."""
        field = self._field(spec.name)
        pieces, shown = field.pieces, field.content_size.height
        if len(pieces) <= shown:
            return ""
        first = field.first_row(pieces, shown)
        return tr("{first}-{last} of {count}", first=first + 1, last=first + shown, count=len(pieces))

    # Offers and what was typed before

    def complete(self, known: Suggestions) -> None:
        """Offer what was used before, behind the cursor of the fields that can be completed."""
        for spec in self.dialog.fields:
            if spec.completes and not asks_path(spec.completes):
                self._field(spec.name).offer_from(offers(spec.completes, known))

    @property
    def path(self) -> str | None:
        """The path typed so far, where the form asks for one."""
        return next((self.texts[s.name] for s in self.dialog.fields if asks_path(s.completes)), None)

    def going_on(self, name: str) -> bool:
        """Whether a path is being typed that a file begins with."""
        spec = next((spec for spec in self.dialog.fields if spec.name == name), None)
        if spec is None or not asks_path(spec.completes) or not self.is_mounted or name != self.focused_name:
            return False
        offer = self._field(name).offer
        return offer is not None and offer.text.startswith(self.texts[name])

    def complete_path(self, typed: str, found: Sequence[Offer]) -> None:
        """Offer files that a path could go on with, unless it goes on otherwise by now."""
        for spec in self.dialog.fields:
            if asks_path(spec.completes) and self.texts[spec.name] == typed:
                self._field(spec.name).offer_from(files_for(spec.completes, self.texts, found))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody put into the fields, for the history: (field, text)."""
        initial = self.dialog.initial
        return [(name, text) for name, text in self.texts.items() if text != initial.get(name, "")]

    def on_field_shown(self, event: Field.Shown) -> None:
        """Say how the offer behind the cursor is taken, and which rows are in view."""
        event.stop()
        self.refresh_changed()

    def on_field_took(self, event: Field.Took) -> None:
        """Fill what goes with the offer, where nobody has typed anything else."""
        event.stop()
        for name, text in event.offer.fills:
            if name in self.texts and self.texts[name] in ("", self._filled.get(name, "")):
                self._filled[name] = text
                self._field(name).value = text

    def action_next_offer(self) -> None:
        """Offer the next one."""
        self._field(self.focused_name).next_offer()

    def action_recall(self, by: int) -> None:
        """Bring back what was saved in this field before; past the latest, go through what is offered."""
        name = self.focused_name
        field = self._field(name)
        if by < 0 and not self.recall.recalling(name):
            field.next_offer()
            return
        found = self.recall.step(name, field.value, by)
        if found is not None:
            field.value = found
            field.cursor_position = len(found)
        self.refresh_changed()
