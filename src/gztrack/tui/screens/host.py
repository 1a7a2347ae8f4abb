"""What the board and the detail share: an open form, a message, counts before keys, writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.worker import Worker

from gztrack.domain.reasons import reason_of
from gztrack.errors import GuardError, GztrackError
from gztrack.language import term, tr
from gztrack.services.actions import Action
from gztrack.services.permitted import is_permitted, permitted, refusal
from gztrack.services.progress import Task
from gztrack.services.screens import mapped, screen_of
from gztrack.services.views import Done
from gztrack.tui import headlines
from gztrack.tui.desk import Desk
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.keys import bindings as bindings  # screens take it from here
from gztrack.tui.keys import textual_keys
from gztrack.tui.permission import form_refusal, permitted_drafts
from gztrack.tui.wording import counted, on_screen, question, told

if TYPE_CHECKING:
    from gztrack.services.permits import Permit
    from gztrack.services.views import News, Preview
    from gztrack.tui.app import GztrackApp
    from gztrack.tui.cells import Line
    from gztrack.tui.dialogs.fields import Dialog
    from gztrack.tui.dialogs.requests import Request
    from gztrack.tui.widgets.form import Form
    from gztrack.tui.widgets.lines import Lines

Answer = TypeVar("Answer")

SAVED_ELSEWHERE = term("Another board of yours has saved or left this draft meanwhile. Save it once more?")
"""Two boards of one account are offered one draft, for the first may hang on a line that has dropped."""

MOST = 9999
"""Largest count before a key."""


class Host(Screen[None]):
    """A screen that opens forms and hands what they ask for to the desk."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        """Make a screen without a form."""
        super().__init__()
        self.form: Form | None = None
        self.message = ("", "", "")
        self.working: Line = []
        self._telling: list[News] = []
        self._noticing: list[str] = []
        self._counted = 0
        self._count = 0
        self._expecting = False
        self._leaving = False

    # What a screen has to say of itself

    def lay_out(self) -> None:
        """Put everything where it belongs, the open form included."""
        raise NotImplementedError

    footer: Lines
    """The last line of the screen."""

    @property
    def travelling(self) -> bool:
        """It shows another day than today."""
        return False

    def show_footer(self) -> None:
        """Show keys, or the message in their place."""
        self.footer.show([self.foot_line()])

    def foot_line(self) -> Line:
        """The keys, or the message in their place."""
        cells = self.app.size.width
        if self.message[0]:
            return headlines.message_line(self.message, cells, self.glyphs)
        return headlines.footer(self.actions, cells, self.glyphs, travelling=self.travelling)

    async def catch_up(self, *, select: str = "", changed: frozenset[str] = frozenset()) -> None:
        """Show everything anew.

        Args:
            select: Indicator to put the cursor on; empty leaves it where it is.
            changed: Indicators that another session changed.
        """
        raise NotImplementedError

    def show_names(self) -> None:
        """Show names in the languages that are wanted now."""
        self.later(self.catch_up, "names")

    # Around it

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go back to where it was opened from; under another screen, once that one is gone.

        Textual takes the topmost screen away, whichever is asked: what another person wrote may leave
        the detail without its indicator while the help lies over it.
        """
        if self.app.screen is self:
            return super().dismiss(result)
        self._leaving = True
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Go now, where that could not be done before; else show what came in under another screen."""
        if self._leaving:
            self._leaving = False
            self.dismiss()
            return
        self.show_news()
        if self.form is not None:
            self.later(self.look_again, "watch", exclusive=True)

    @property
    def host_app(self) -> GztrackApp:
        """The app, by its own type."""
        from gztrack.tui.app import GztrackApp

        assert isinstance(self.app, GztrackApp)
        return self.app

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the person can do on the screen, with the keys as they are set."""
        return permitted(mapped(self.ACTIONS, self.host_app.keys_set), self.permit)

    @property
    def permit(self) -> Permit | None:
        """What the person may do; None for everything."""
        return self.host_app.permit

    def may(self, action: str) -> bool:
        """Whether the person may do what an action of this screen does, for some indicator at least."""
        if self.permit is None:
            return True
        known = next((each for each in self.ACTIONS if each.name == action), None)
        return known is None or is_permitted(known.needs, self.permit)

    @property
    def drafts(self) -> dict[str, dict[str, str]]:
        """The unfinished entries that can be taken up, the one begun last at the end."""
        return permitted_drafts(self.host_app.drafts.all(), self.permit)

    @property
    def desk(self) -> Desk:
        """Where the tracker is asked."""
        return self.host_app.desk

    @property
    def glyphs(self) -> Glyphs:
        """The characters that the terminal can show."""
        return self.host_app.glyphs

    @property
    def occupied(self) -> bool:
        """A field has the keys; only the form's own are answered."""
        return self.form is not None

    def say(self, text: str, role: str = "good", *, hint: str = "") -> None:
        """Show a message in the footer's place, until the next key.

        Args:
            text: What was done, or why it was not.
            role: Colour role: ``good``, ``error`` or ``muted``.
            hint: What can be done about it, at the right.
        """
        self._put_back()
        if role == "error" and self.permit is not None:
            text = self.host_app.without_path(text)
        self.message = (text, role, hint)
        self.show_footer()

    def _put_back(self) -> None:
        """What stands in the footer's place and gives way before a key was pressed comes once more."""
        self.host_app.unread[:0] = self._telling
        self._forget()

    def _forget(self) -> None:
        """Nothing stands in the footer's place any more."""
        self.message, self._telling, self._noticing = ("", "", ""), [], []

    def show_news(self) -> None:
        """Show what the store has to say or else what others wrote in the footer's place.

        It waits for another message to go, and for a form to be closed. Only for a hook that went wrong no
        word about what was done is left standing: it may be the last that this person looks at.
        """
        app, unread = self.host_app, self.host_app.unread
        if self.message[2] and any(each.own for each in unread):
            # What one undoes next was done in another session meanwhile: the hint would not be true.
            self.message = (*self.message[:2], "")
            self.show_footer()
        if self.occupied or not self._gives_way():
            return
        if notices := app.unheard:
            if notices != self._noticing:
                hint = self.message[2]
                self.say(tr("; ").join(map(app.without_path, notices)), "error", hint=hint)
                self._noticing = notices
        elif unread:
            from gztrack.tui.news import told

            found = [*self._telling, *unread]
            unread.clear()
            self._telling = []
            self.say(f"{self.glyphs.changed} {told(found)}", "text")
            self._telling = found

    def _gives_way(self) -> bool:
        """Whether what stands in the footer's place may go before a key was pressed."""
        if not self.message[0] or self._telling:
            return True
        return bool(self.host_app.failed_hooks) and (bool(self._noticing) or self.message[1] != "error")

    def hear_of_hooks(self, failures: list[str]) -> None:
        """Say at once which hooks went wrong: in an open form beside its keys, and again once it is closed."""
        if self.form is not None:
            self.form.mention(tr("; ").join(map(self.host_app.without_path, failures)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While a form is open, the screen's own keys rest; those of what is not allowed always do."""
        return self.may(action) and not (
            self.occupied and action != "repaint" and any(known.name == action for known in self.ACTIONS)
        )

    def on_key(self, event: events.Key) -> None:
        """Count digits before a key; any key takes the message away."""
        if self.message[0]:
            self.host_app.heard.update(self._noticing)
            self._forget()
            self._in_one_repaint()
            self.show_footer()
        self.show_news()
        if self.occupied:
            return
        if self.permit is not None:
            self._say_refused(event.key)
        counted = self._counted
        if event.key.isdigit() and (counted or event.key != "0"):
            event.stop()
            self._counted = min(counted * 10 + int(event.key), MOST)
        else:
            self._count, self._counted = counted, 0
        if counted != self._counted:
            self.show_footer()

    def _say_refused(self, key: str) -> None:
        """Say what a key would do that is not allowed here, and what is."""
        for action in mapped(self.ACTIONS, self.host_app.keys_set):
            if not is_permitted(action.needs, self.permit) and key in textual_keys(action.keys):
                self.say(refusal(action.needs, self.permit), "error")

    def _in_one_repaint(self) -> None:
        """Hold repaints back until the key has been answered: its action shares one with the footer.

        The key goes on to the app, behind what is put into the app's queue here; so that is gone through twice.
        """
        batch = self.app.batch_update()
        batch.__enter__()

        def done() -> None:
            batch.__exit__(None, None, None)
            self.check_idle()

        self.app.call_later(self.app.call_later, done)

    def count(self, default: int = 1) -> int:
        """Return the count typed before this key."""
        count, self._count = self._count, 0
        return count or default

    @property
    def counting(self) -> str:
        """The count as typed so far, for the footer."""
        return str(self._counted) if self._counted else ""

    def later(self, work: Callable[[], Awaitable[None]], group: str, *, exclusive: bool = False) -> None:
        """Do something that waits for the desk; errors become messages.

        The next key waits until it is done: what is typed ahead is meant for what comes then.
        Only where newer work takes the place of older work, keys go on.
        """
        app, holding = self.host_app, not exclusive

        async def careful() -> None:
            try:
                await work()
            except (GztrackError, OSError) as error:
                self.say(self.said(error), "error")
            finally:
                if holding:
                    app.release_keys()

        if holding:
            app.hold_keys()

        _: Worker[None] = self.run_worker(careful, group=group, exclusive=exclusive)

    async def work(self, what: Callable[[Task], Answer]) -> Answer:
        """Do something that may take long: it shows how far it is, and escape calls it off.

        Raises:
            Cancelled: It was called off; nothing was written.
            GztrackError: It was not done.
        """
        with self.host_app.at_work(Task()) as task:
            return await self.desk.call(what, task)

    def show_work(self, line: Line) -> None:
        """Show how far long work is, in the place of the form's or the screen's keys; nothing once it is done."""
        self.working = line
        if self.form is not None:
            self.form.show_work(line)
        else:
            self.show_footer()

    def action_repaint(self) -> None:
        """Send the whole screen again."""
        self.host_app.repaint()

    # Forms

    def open_form(self, dialog: Dialog) -> None:
        """Open a form, with the draft left from before if there is one."""
        # Imported here: the first paint needs no form, and a form needs half of Textual's widgets.
        from gztrack.tui.widgets.form import Form

        if self.form is not None:
            return
        if refused := form_refusal(dialog, self.permit):
            self.say(refused, "error")
            return
        self._put_back()
        draft, history = self.host_app.drafts.get(dialog.draft), self.host_app.history
        self.form = Form(dialog, draft, history, position=self.desk.seen)
        self.expect_focus()
        self.mount(self.form)
        self.lay_out()
        self._understand(self.form)
        self.later(partial(self._complete, self.form), "complete", exclusive=True)

    async def _complete(self, form: Form) -> None:
        """Let the fields offer what was used before; keys do not wait for it."""
        row = getattr(form.dialog, "row", None)
        known = await self.desk.call(self.desk.book.suggestions, row.id if row else "")
        if self.form is form:
            form.complete(known)

    def expect_focus(self) -> None:
        """Keep what is typed from now on for the field that is about to get the focus."""
        if not self._expecting:
            self._expecting = True
            self.host_app.hold_keys()

    def on_descendant_focus(self) -> None:
        """Let the keys go to the field that was waited for."""
        if self._expecting:
            self._expecting = False
            self.host_app.release_keys()

    def close_form(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.form.remove()
            self.form = None
            self.set_focus(None)
            self.lay_out()
            self.show_news()

    def _understand(self, form: Form) -> None:
        from gztrack.tui import errands
        from gztrack.tui.completing import paths

        request, path = form.dialog.request(form.texts), form.path

        async def work() -> None:
            preview = await self.desk.call(errands.preview, self.desk, request)
            if self.form is form:
                form.show_preview(preview)
            if path is not None:
                found = await self.desk.call(paths, path)
                if self.form is form:
                    form.complete_path(path, found)
            await self.look_ahead(form, request, preview)

        self.later(work, "preview", exclusive=True)

    async def look_ahead(self, form: Form, request: Request, preview: Preview) -> None:
        """Let an open form say more than was understood at once; keys do not wait for it."""

    def on_form_edited(self, event: Form.Edited) -> None:
        """Keep the draft, and show what was understood."""
        form = event.form
        if form is not self.form:
            return
        drafts, name = self.host_app.drafts, form.dialog.draft
        problem = drafts.drop(name) if form.untouched else drafts.keep(name, event.values)
        if problem:
            form.warn(problem)
        self._understand(form)

    def on_form_left(self) -> None:
        """Close the form; its draft stays."""
        self.close_form()

    def on_form_resized(self) -> None:
        """Give the form the room it wants."""
        self.lay_out()

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Save what the form asks for, or ask the guard's question."""
        form = event.form
        if form is self.form:
            self.later(partial(self._save, form, event.yes), "save")

    async def look_again(self) -> None:
        """Let an open form say what others did to its subject."""
        from gztrack.tui import overtaking

        form = self.form
        if form is not None and await overtaking.noticed(self.desk, self.host_app.drafts, form):
            self._understand(form)

    async def _save(self, form: Form, yes: bool) -> None:
        from gztrack.tui import errands, overtaking

        dialog = form.dialog
        request = dialog.request(form.texts, yes=yes)
        # A preview that was asked for before this key must not overwrite the answer to it.
        self.workers.cancel_group(self, "preview")
        try:
            preview = await self.desk.call(errands.preview, self.desk, request)
            form.show_preview(preview)
            if preview.errors or overtaking.refusal(form):
                form.refuse(overtaking.refusal(form))
                return
            if not yes and overtaking.ask(form, preview.guard):
                return
            if form.restored and not yes and self.host_app.drafts.get(dialog.draft) is None:
                form.ask(tr(SAVED_ELSEWHERE), dialog.agree)
                return
            watch = overtaking.watch(form, agreed=yes)
            if errands.takes_long(request):
                done = await self.work(partial(errands.carry_out, self.desk, request, watch))
            else:
                done = await self.desk.call(errands.carry_out, self.desk, request, watch)
        except errands.OvertakenError:
            await self.look_again()
            if not overtaking.ask(form, ""):
                form.refuse(tr("somebody else changed it meanwhile; look, and save again"))
        except GuardError as error:
            form.ask(question(str(error)), dialog.agree)
        except (GztrackError, OSError) as error:
            self.show_problem(form, error)
        else:
            await self._saved(form, done, yes)

    def show_problem(self, form: Form, error: GztrackError | OSError) -> None:
        """Let a form say why it was not saved."""
        form.refuse(self.said(error))

    async def show_outcome(self, form: Form, done: Done) -> None:
        """Tell what would come of a form that asks first."""
        form.ask(tr("{counts}. Bring them in?", counts=counted(done)), form.dialog.agree)

    async def _saved(self, form: Form, done: Done, yes: bool) -> None:
        from gztrack.tui.history import place

        if form.dialog.asks_first and not yes:
            await self.show_outcome(form, done)
            return
        self.host_app.drafts.drop(form.dialog.draft)
        self.host_app.history.add((place(form.dialog.word, name), text) for name, text in form.typed)
        self.close_form()
        await self.catch_up(select=done.indicator)
        self.say(told(done), hint=self.undo_hint if done.tx else "")

    # Undo and redo

    def action_undo(self) -> None:
        """Take back this author's latest actions."""
        self.later(partial(self._take_back, self.desk.book.undo, self.count()), "save")

    def action_redo(self) -> None:
        """Bring back what was undone."""
        self.later(partial(self._take_back, self.desk.book.redo, self.count()), "save")

    async def _take_back(self, what: Callable[[int], Done], times: int) -> None:
        done = await self.desk.call(what, times)
        await self.catch_up(select=done.indicator)
        back = tr("{key} brings it back", key=self.key_of("redo"))
        undone = what == self.desk.book.undo
        self.say(
            told(done), hint=(back if self.glyphs.may("board.redo") else "") if undone else self.undo_hint
        )

    @property
    def undo_hint(self) -> str:
        """How to take back what was just done; empty where that is not allowed."""
        if not self.glyphs.may("board.undo"):
            return ""
        return tr("{key} undoes it", key=self.key_of("undo"))

    def said(self, error: Exception) -> str:
        """One line of an error, as this person may read it."""
        return _said(error) if self.permit is None else self.host_app.without_path(_said(error))

    def key_of(self, action: str) -> str:
        """How the key of an action is written on this screen; the board's, where this one has no such action."""
        own = any(known.name == action for known in self.ACTIONS)
        return self.glyphs.key(f"{screen_of(self.ACTIONS) if own else 'board'}.{action}")


def _said(error: Exception) -> str:
    """One line of an error."""
    if isinstance(error, OSError):
        return tr("{file}: {why}", file=error.filename or tr("file"), why=reason_of(error))
    return on_screen(str(error))
