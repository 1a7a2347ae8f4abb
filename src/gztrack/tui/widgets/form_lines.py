"""What a form shows around its fields: its rule, what was understood, the guard's question, the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.services.screens import FORM, mapped
from gztrack.services.views import Preview
from gztrack.tui.cells import Line
from gztrack.tui.dialogs.fields import Dialog, FieldSpec
from gztrack.tui.formkeys import form_keys
from gztrack.tui.formtext import (
    ALL,
    FieldText,
    field_line,
    further_line,
    heading,
    notice_line,
    problem_lines,
    question_lines,
    status_lines,
)
from gztrack.tui.headlines import keys_line, message_line
from gztrack.tui.history import History
from gztrack.tui.widgets.form_fields import FRAME_ROWS, STATUS_ROWS, FormFields
from gztrack.tui.wording import on_screen

SHEET_HEIGHT = 32
"""Rows of a terminal from which on a form shows the beginning of what it would write."""


class Overtaken(NamedTuple):
    """What others did to the subject of a form since it was opened.

    Attributes:
        said: In words, or empty.
        both: Labels of the fields that they and the form changed, each in its own way.
        gone: There is nothing left that the form could be about.
    """

    said: str = ""
    both: tuple[str, ...] = ()
    gone: bool = False


class FormLines(FormFields):
    """The lines of a form; what is typed and what comes of it is its subclass's affair.

    Attributes:
        restored: It began with a draft from before.
        preview: What was understood.
        question: What is asked; ``agree`` is what enter does then, ``back`` what escape does.
        problem: Why it was not saved.
        overtaken: What others did to its subject.
        working: How far saving is.
        insisted: It was to be saved: empty fields show their errors too.
        busy: It is being saved.
        refusals: Pastes that were refused, by field.
        said: What was just done, in the place of the keys.
        sheet: The beginning of what would be written, below all else where there is room.
    """

    def __init__(self, dialog: Dialog, draft: Mapping[str, str] | None, history: History | None) -> None:
        """Begin with nothing understood."""
        super().__init__(dialog, draft, history)
        self.restored = draft is not None
        self.preview = Preview()
        self.question = ""
        self.agree = ""
        self.back = ""
        self.problem = ""
        self.overtaken = Overtaken()
        self.working: Line = []
        self.insisted = False
        self.busy = False
        self.refusals: dict[str, str] = {}
        self.said = ""
        self.sheet: Sequence[Line] = ()

    @property
    def rows_wanted(self) -> int:
        """Rows it would like, its line of keys included."""
        return sum(map(self._rows_of, self.specs)) + FRAME_ROWS + self.further_rows + self._sheet_rows

    @property
    def _sheet_rows(self) -> int:
        """Rows of what would be written: a third of a terminal that is high enough, set apart by a blank one."""
        high = self.app.size.height if self.is_attached else 0
        return min(len(self.sheet) + 1, high // 3) if self.sheet and high >= SHEET_HEIGHT else 0

    @property
    def previews(self) -> bool:
        """What would be done can be looked at first."""
        return bool(getattr(self.dialog, "previews", False))

    @property
    def further_rows(self) -> int:
        """Rows that a long question or problem takes beside the two of the preview."""
        return max(0, len(self._status(ALL)) - STATUS_ROWS)

    @property
    def untouched(self) -> bool:
        """Nothing has been typed yet."""
        return self.texts == {
            spec.name: self.dialog.initial.get(spec.name, "") for spec in self.dialog.fields
        }

    @property
    def has_more(self) -> bool:
        """There are further fields."""
        return any(spec.more for spec in self.dialog.fields)

    def line(self, y: int) -> Line:
        """Return a line of the form; the fields stand over it."""
        width, height = self.space
        glyphs = self.glyphs
        if y == 0:
            return heading(self.dialog, self.restored, width, glyphs)
        if y == height - 1:
            if self.said and not self.working:
                return message_line((self.said, "text", ""), width, glyphs)
            return self.working or keys_line(self._keys(width))
        if y <= self._shown:
            spec, row = self._tail[y - 1]
            if row:
                return further_line(self._rows_note(spec) if row == 1 else "")
            return field_line(self._text_of(spec), width, glyphs)
        # The blank line goes first where there is no room for it.
        blank = height - self._shown >= FRAME_ROWS + self.further_rows
        free = height - self._shown - 2 - blank
        at = y - self._shown - 1 - blank
        if self.overtaken.said and not self.question and at == (-1 if blank else max(1, free - 1)):
            return notice_line(self.overtaken.said, width, glyphs)
        rows = self._status(free)
        if 0 <= at < len(rows):
            return rows[at]
        below = at - max(STATUS_ROWS, len(rows)) - 1
        return self.sheet[below] if self._sheet_rows and 0 <= below < len(self.sheet) else []

    def _status(self, most: int) -> list[Line]:
        """What stands under the fields, in so many rows at most."""
        cells, glyphs = self.space[0], self.glyphs
        if self.working:
            return []
        if self.question:
            return question_lines(self.question, self.agree, cells, glyphs, most)
        if self.problem:
            return problem_lines(self.problem, cells, glyphs, most)
        texts = [self._text_of(spec) for spec in self.specs]
        return status_lines(self.preview, texts, self._still_needed(), cells, glyphs, most)

    def _still_needed(self) -> list[str]:
        """Labels of empty fields that saving needs, once something has been typed at all."""
        if self.insisted or self.untouched:
            return []
        return [s.label for s in self.specs if s.name in self.preview.errors and not self.texts[s.name]]

    def _keys(self, width: int) -> list[tuple[str, str]]:
        return form_keys(
            mapped(FORM, self.glyphs.keymap),
            width,
            agree=self.agree if self.question else "",
            back=self.back,
            restored=self.restored,
            asks=self.dialog.asks_first,
            previews=self.previews,
            more="" if not self.has_more else (tr("fewer fields") if self.more else tr("more fields")),
        )

    def error_of(self, name: str) -> str:
        """What is wrong with a field's text, a refused paste before all."""
        if not self.insisted and (not self.texts.get(name, "") or self.untouched):
            # Nobody needs to be told that a form begins empty, or that nothing is changed yet.
            return self.refusals.get(name, "")
        if not self.insisted and self.going_on(name):
            # A path that still goes on is no wrong one yet.
            return self.refusals.get(name, "")
        return self.refusals.get(name, "") or on_screen(self.preview.errors.get(name, ""))

    def _text_of(self, spec: FieldSpec) -> FieldText:
        text = self.texts.get(spec.name, "")
        error = self.error_of(spec.name)
        echo = self.preview.echoes.get(spec.name, "")
        return FieldText(
            label=spec.label,
            focused=spec.name == self.focused_name,
            error=error,
            echo=echo or self.recall.notes.get(spec.name, "") or self._hint(spec, text),
            understood=bool(echo and text),
        )
