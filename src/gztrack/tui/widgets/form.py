"""A form in the lower part of a screen: fields with live echoes, a preview, the guard's question.

It knows nothing of the tracker: it says what was typed and is told what was understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from gztrack.language import ntr, tr
from gztrack.services.screens import FORM
from gztrack.services.views import Preview
from gztrack.tui.cells import Line
from gztrack.tui.dialogs.fields import Dialog, FieldSpec
from gztrack.tui.history import History
from gztrack.tui.keys import bindings
from gztrack.tui.widgets.field import Field
from gztrack.tui.widgets.form_lines import FormLines, Overtaken
from gztrack.tui.wording import one_question

_CALLS = {
    "next": "next(1)",
    "previous": "next(-1)",
    "recall": "recall(1)",
    "later": "recall(-1)",
    "offer": "next_offer",
}


class Form(FormLines):
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
    class Previewed(Message):
        """What would be done is to be looked at first."""

        form: Form

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
        self.position = self.noticed = self.agreed = position
        self._cleared: dict[str, str] = {}
        self._cleared_draft = False

    def on_mount(self) -> None:
        """Begin in the first field."""
        self._arrange()
        self._field(self.specs[0].name).focus()

    # What it is told

    def show_preview(self, preview: Preview) -> None:
        """Show what was understood."""
        self.preview = preview
        self._grow()

    def show_sheet(self, sheet: Sequence[Line]) -> None:
        """Show the beginning of what would be written."""
        self.sheet = sheet
        self._grow()

    def follow(self, name: str, text: str) -> None:
        """Put a text into a field that follows another one."""
        self.texts[name] = text
        self._follow(next(spec for spec in self.dialog.fields if spec.name == name))

    def submit(self, *, yes: bool = False) -> None:
        """Save; ``yes`` once the question was answered."""
        self.busy = True
        self.post_message(self.Submitted(self, dict(self.texts), yes))

    def ask(self, question: str, agree: str = "", back: str = "") -> None:
        """Ask in place; the next enter answers yes, an edit or escape takes the question back.

        Args:
            question: What looks wrong, or what would happen.
            agree: What enter does then; to save anyway unless told.
            back: What escape does then; to change what is typed unless told.
        """
        self.question, self.agree = one_question(question), agree or tr("save anyway")
        self.back, self.busy, self.said = back, False, ""
        self._grow()

    def refuse(self, problem: str = "") -> None:
        """Say why it was not saved; from now on empty fields show their errors too."""
        self.problem, self.question, self.busy, self.insisted = problem, "", False, True
        self.said = ""
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

    def mention(self, what: str) -> None:
        """Say what has nothing to do with what is typed, in the place of the keys."""
        self.said = what
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

    # What is done

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the text in and say so."""
        event.stop()
        # What it says by now: the form may have changed it since.
        name, text = event.input.name or "", event.input.value
        if self.texts.get(name) == text:
            return
        self.texts[name] = text
        self.refusals.pop(name, None)
        self.recall.edited(name, text)
        self.question = self.problem = self.said = ""
        self._cleared = {}
        self._grow()
        self.post_message(self.Edited(self, dict(self.texts)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, from any field; a second enter while saving is none."""
        event.stop()
        if not self.busy:
            self.submit(yes=bool(self.question))

    def on_field_refused(self, event: Field.Refused) -> None:
        """Say beside the field that a paste was refused."""
        event.stop()
        self.refusals[event.field.name or ""] = ntr(
            "{n} line pasted; it takes one", "{n} lines pasted; it takes one", event.lines
        )
        self.refresh_changed()

    def on_descendant_focus(self) -> None:
        """Show which field has the cursor."""
        self.said = ""
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

    def action_preview(self) -> None:
        """Look at what would be done."""
        if self.previews and not self.busy:
            self.post_message(self.Previewed(self))

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
        """Clear what was typed, and its draft; once more brings it back where nothing was typed since."""
        if self.busy:
            return
        initial, key = self.dialog.initial, self.glyphs.key("form.afresh")
        typed = {field.name or "": field.value for field in self.query(Field)}
        typed = {name: text for name, text in typed.items() if text != initial.get(name, "")}
        back = not typed
        if typed or self.restored:
            self._cleared, self._cleared_draft, self.restored = typed, self.restored, False
            said = tr("what you typed and its draft are cleared; {key} brings them back", key=key)
        elif self._cleared:
            typed, self._cleared, self.restored = self._cleared, {}, self._cleared_draft
            said = tr("what you had typed is back; {key} clears it", key=key)
        else:
            said = tr("nothing to clear: the form is as it began")
        for name in typed:
            self.texts[name] = text = typed[name] if back else initial.get(name, "")
            field = self._field(name)
            field.value, field.cursor_position = text, len(text)
            self.recall.edited(name, text)
        self.refusals.clear()
        self.question = self.problem = ""
        self.said, self.insisted = said, False
        self._grow()
        self.post_message(self.Edited(self, dict(self.texts)))

    def action_leave(self) -> None:
        """Take the question back, or leave the form."""
        if self.question:
            self.question = ""
            self._grow()
        elif not self.busy:
            # While it is being saved nobody can know yet whether there is a draft to keep.
            self.post_message(self.Left(self))
