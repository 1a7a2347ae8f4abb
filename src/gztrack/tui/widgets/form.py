"""A form in the lower part of a screen: fields with live echoes, a preview, the guard's question.

It draws everything but the fields itself and knows nothing of the tracker: it says what was
typed and is told what was understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from gztrack.language import ntr, tr
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
from gztrack.tui.headlines import keys_line
from gztrack.tui.history import History
from gztrack.tui.keys import bindings
from gztrack.tui.widgets.field import Field
from gztrack.tui.widgets.form_fields import FRAME_ROWS, STATUS_ROWS, FormFields
from gztrack.tui.wording import on_screen, one_question

_CALLS = {
    "next": "next(1)",
    "previous": "next(-1)",
    "recall": "recall(1)",
    "later": "recall(-1)",
    "offer": "next_offer",
}


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


class Form(FormFields):
    """One open form."""

    DEFAULT_CSS = """
    Form { layer: form; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM, _CALLS)]

    @dataclass
    class Edited(Message):
        """Something was typed."""

        form: Form
        values: Mapping[str, str]

    @dataclass
    class Submitted(Message):
        """Enter was pressed; ``yes`` once it answered the question."""

        form: Form
        values: Mapping[str, str]
        yes: bool

    @dataclass
    class Left(Message):
        """Escape was pressed."""

        form: Form

    @dataclass
    class Resized(Message):
        """The form wants another height."""

        form: Form

    def __init__(
        self,
        dialog: Dialog,
        draft: Mapping[str, str] | None = None,
        history: History | None = None,
        *,
        position: int = 0,
    ) -> None:
        """Make a form.

        Args:
            dialog: What it asks.
            draft: Texts left from before; None starts afresh.
            history: What was typed into its fields before, for the page keys.
            position: The tracker's position up to which ``dialog`` knows what others wrote. From then on
                ``noticed`` is how far the form itself tells it, ``agreed`` how far a question told it.
        """
        super().__init__(dialog, draft, history)
        self.restored = draft is not None
        self.preview = Preview()
        self.question = ""
        self.agree = ""
        self.back = ""
        self.problem = ""
        self.position = self.noticed = self.agreed = position
        self.overtaken = Overtaken()
        self.working: Line = []
        self.insisted = False
        self.busy = False
        self.refusals: dict[str, str] = {}

    def on_mount(self) -> None:
        """Begin in the first field."""
        self._arrange()
        self._field(self.specs[0].name).focus()

    # What is shown

    @property
    def rows_wanted(self) -> int:
        """Rows it would like, its line of keys included."""
        return sum(map(self._rows_of, self.specs)) + FRAME_ROWS + self.further_rows

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

    def show_preview(self, preview: Preview) -> None:
        """Show what was understood."""
        self.preview = preview
        self._grow()

    def ask(self, question: str, agree: str = "", back: str = "") -> None:
        """Ask in place; the next enter answers yes, an edit or escape takes the question back.

        Args:
            question: What looks wrong, or what would happen.
            agree: What enter does then; to save anyway unless told.
            back: What escape does then; to change what is typed unless told.
        """
        self.question, self.agree = one_question(question), agree or tr("save anyway")
        self.back, self.busy = back, False
        self._grow()

    def refuse(self, problem: str = "") -> None:
        """Say why it was not saved; from now on empty fields show their errors too."""
        self.problem, self.question, self.busy, self.insisted = problem, "", False, True
        if not problem:
            self._go_to_error()
        self._grow()

    def _go_to_error(self) -> None:
        """Put the cursor into the first field that needs a look, unless it stands in one: typing goes there."""
        wrong = [spec for spec in self.dialog.fields if spec.name in self.preview.errors]
        if not wrong or self.focused_name in [spec.name for spec in wrong]:
            return
        if wrong[0].more and not self.more:
            self.action_more()
        field = self._field(wrong[0].name)
        field.display = True
        # At once, and not by a message: keys that wait for the answer are let go right after it.
        self.screen.set_focus(field)

    def show_work(self, line: Line) -> None:
        """Show how far saving is, in the place of the keys; nothing once it is done."""
        self.working = line
        self.refresh_changed()

    def warn(self, problem: str) -> None:
        """Say what went wrong beside the saving."""
        self.problem = problem
        self._grow()

    def renew(self, dialog: Dialog | None, overtaken: Overtaken) -> None:
        """Go on with what has become of the subject: fields nobody touched here follow it.

        Args:
            dialog: The form as it would open now; None where its subject is gone.
            overtaken: What others did.
        """
        both: list[str] = []
        if dialog is not None:
            before, self.dialog = self.dialog.initial, dialog
            for spec in dialog.fields:
                old, new = before.get(spec.name, ""), dialog.initial.get(spec.name, "")
                text = self.texts.setdefault(spec.name, old)
                if text == old:
                    self.texts[spec.name] = new
                elif new not in (old, text):
                    both.append(spec.label)
                self._follow(spec)
        self.overtaken = overtaken._replace(both=tuple(both), gone=dialog is None)
        self.post_message(self.Resized(self))
        self._arrange()

    def _follow(self, spec: FieldSpec) -> None:
        """Show a text that the form itself has set; a field that was not needed before comes with it."""
        text = self.texts[spec.name]
        there = [field for field in self.query(Field) if field.name == spec.name]
        if not there:
            self.mount(Field(text, name=spec.name, prose=spec.prose))
        elif there[0].value != text:
            there[0].value = text

    def line(self, y: int) -> Line:
        """Return a line of the form; the fields stand over it."""
        width, height = self.space
        glyphs = self.glyphs
        if y == 0:
            return heading(self.dialog, self.restored, width, glyphs)
        if y == height - 1:
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
        return rows[at] if 0 <= at < len(rows) else []

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

    # What is done

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the text in and say so."""
        event.stop()
        name = event.input.name or ""
        if self.texts.get(name) == event.value:
            return
        self.texts[name] = event.value
        self.refusals.pop(name, None)
        self.recall.edited(name, event.value)
        self.question = self.problem = ""
        self._grow()
        self.post_message(self.Edited(self, dict(self.texts)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, from any field; a second enter while saving is none."""
        event.stop()
        if self.busy:
            return
        self.busy = True
        self.post_message(self.Submitted(self, dict(self.texts), bool(self.question)))

    def on_field_refused(self, event: Field.Refused) -> None:
        """Say beside the field that a paste was refused."""
        event.stop()
        self.refusals[event.field.name or ""] = ntr(
            "{n} line pasted; it takes one", "{n} lines pasted; it takes one", event.lines
        )
        self.refresh_changed()

    def on_descendant_focus(self) -> None:
        """Show which field has the cursor."""
        self._grow()

    def _grow(self) -> None:
        """Give a text its rows; the screen is asked for more or less room only where that changes."""
        if not self.is_attached:  # left meanwhile
            return
        before, self._wanted = self._wanted, self.rows_wanted
        if self._wanted != before:
            self.post_message(self.Resized(self))
        self._arrange()

    _wanted = 0

    async def action_save(self) -> None:
        """Save, by another key than enter."""
        await self._field(self.focused_name).action_submit()

    def action_help(self) -> None:
        """Show what the keys do in a form, and what its fields understand."""
        from gztrack.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(FORM))

    def action_more(self) -> None:
        """Show or hide the further fields; what is in them stays."""
        if not self.has_more:
            return
        self.more = not self.more
        if self.focused_name not in [spec.name for spec in self.specs]:
            self._field(self.specs[0].name).focus()
        self.post_message(self.Resized(self))
        self._arrange()

    def action_afresh(self) -> None:
        """Throw the restored draft away."""
        if not self.restored:
            return
        self.restored = False
        for spec in self.dialog.fields:
            self._field(spec.name).value = self.dialog.initial.get(spec.name, "")

    def action_leave(self) -> None:
        """Take the question back, or leave the form."""
        if self.question:
            self.question = ""
            self._grow()
        elif not self.busy:
            # While it is being saved nobody can know yet whether there is a draft to keep.
            self.post_message(self.Left(self))
