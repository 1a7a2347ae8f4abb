"""Forms about files show what they would do: a few lines in the form, all of it on a screen of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from gztrack.errors import Cancelled, GztrackError
from gztrack.language import ntr, tr
from gztrack.services.progress import Task
from gztrack.services.views import Done, Preview
from gztrack.tui.screens.arranging import Arranging

if TYPE_CHECKING:
    from gztrack.tui.dialogs.fields import Dialog
    from gztrack.tui.dialogs.requests import Request
    from gztrack.tui.papers import Paper, Sheet
    from gztrack.tui.widgets.form import Form
    from gztrack.tui.wording import Outcome


AHEAD_MOST = 200
"""Indicators of a snapshot that is looked at while its form is being typed into."""


class Reviewing(Arranging):
    """A board whose snapshots and imports are looked at before they are done."""

    def __init__(self) -> None:
        """Begin without anything to look at."""
        super().__init__()
        self._outcome: Outcome | None = None

    def open_form(self, dialog: Dialog) -> None:
        """Open a form; one for a snapshot may be about the rows alone that a filter leaves."""
        if dialog.word == "snapshot":
            dialog = self._narrowed(dialog)
        if self.form is None:
            self._outcome = None
        super().open_form(dialog)

    def close_form(self) -> None:
        """Take the form away, and with it what it kept to look at: a large file's text."""
        self.desk.proof = None
        super().close_form()

    def _narrowed(self, dialog: Dialog) -> Dialog:
        from gztrack.tui.dialogs.files import SnapshotDialog

        if not isinstance(dialog, SnapshotDialog) or self.board is None:
            return dialog
        shown = self.chosen_rows() if self.words or self.off_track else ()
        return replace(dialog, shown=tuple(row.id for row in shown), total=len(self.board.rows))

    def on_form_edited(self, event: Form.Edited) -> None:
        """Let the proposed name of a file follow the format, before the draft is kept."""
        from gztrack.tui.dialogs.files import SnapshotDialog

        form = event.form
        if form is not self.form or not isinstance(form.dialog, SnapshotDialog):
            return
        path = form.dialog.followed(form.texts)
        if path != form.texts["path"].strip():
            form.follow("path", path)
            event.values = dict(form.texts)

    # In the form

    async def look_ahead(self, form: Form, request: Request, preview: Preview) -> None:
        """Say under a snapshot's fields what it would hold, and show its beginning where there is room."""
        from gztrack.tui import errands, previewtext
        from gztrack.tui.dialogs.requests import SHOWN, Snapshot

        if not isinstance(request, Snapshot):
            return
        if {"format", "rows"} & preview.errors.keys():
            form.show_sheet(())
            return
        count = len(request.shown) if request.rows == SHOWN else len(self.board.rows if self.board else ())
        if count > AHEAD_MOST:
            # Others wait for the desk meanwhile, the echo of the next letter among them.
            key = self.glyphs.key("form.preview")
            said = ntr("{n:,} indicator", "{n:,} indicators", count)
            remark = tr("{key} shows what it would hold", key=key)
            form.show_preview(preview if preview.headline else preview._replace(headline=said, remark=remark))
            form.show_sheet(())
            return
        task, cells = Task(), self.app.size.width
        paper = errands.Paper(max(20, cells - 2), self.glyphs.ascii)
        try:
            proof = await self.desk.call(errands.proof, self.desk, request, paper, task, pictures=False)
        except Cancelled:
            return
        except GztrackError as error:
            if self.form is form:
                form.show_sheet(())
                form.show_preview(preview._replace(errors={**preview.errors, "format": self.said(error)}))
            return
        finally:
            task.cancel()  # another key may have taken the place of this
        if self.form is form:
            form.show_preview(errands.with_proof(preview, proof))
            form.show_sheet(previewtext.page_lines(proof.page[: self.app.size.height], cells, self.glyphs))

    # On a screen of its own

    def on_form_previewed(self, event: Form.Previewed) -> None:
        """Show the whole snapshot, or what would come of the import."""
        form = event.form
        if form is not self.form:
            return
        if form.dialog.asks_first and not (form.question and self._outcome):
            form.submit()
        else:
            self.later(partial(self._look, form), "save")

    async def _look(self, form: Form) -> None:
        from gztrack.tui import errands, papers
        from gztrack.tui.dialogs.requests import Snapshot

        request = form.dialog.request(form.texts)
        if not isinstance(request, Snapshot):
            if self._outcome is not None:
                await self._show(form, papers.OutcomePaper(self._outcome))
            return
        self.workers.cancel_group(self, "preview")
        preview = await self.desk.call(errands.preview, self.desk, request)
        form.show_preview(preview)
        if {"format", "rows"} & preview.errors.keys():
            form.refuse()
            return
        paper = errands.Paper(max(20, self.app.size.width - 2), self.glyphs.ascii)
        try:
            await self.work(lambda task: errands.proof(self.desk, request, paper, task))
            await self._show(form, papers.SnapshotPaper(request))
        except GztrackError as error:
            form.refuse(self.said(error))

    async def show_outcome(self, form: Form, done: Done) -> None:
        """Ask whether it is to be done; where there is more to tell than counts, with all of it in sight."""
        from gztrack.tui import papers, wording

        await super().show_outcome(form, done)
        found = wording.outcome(done)
        self._outcome = found if found.rows or found.remarks else None
        if self._outcome is not None:
            await self._show(form, papers.OutcomePaper(self._outcome))

    def show_problem(self, form: Form, error: GztrackError | OSError) -> None:
        """Say what is wrong; where that has many lines, on a screen of its own as well."""
        from gztrack.tui import papers

        super().show_problem(form, error)
        further = error.further if isinstance(error, GztrackError) else ()
        if further:
            said = tuple(map(self.host_app.without_path, further)) if self.permit is not None else further
            paper = papers.ProblemPaper(self.said(error), said)
            self.later(partial(self._show, form, paper), "look")

    async def _show(self, form: Form, paper: Paper) -> None:
        from gztrack.tui.screens.preview import PreviewScreen

        cells = self.app.size.width
        sheet: Sheet = await self.desk.call(paper.sheet, self.desk, cells, self.glyphs, turned=False)
        screen = PreviewScreen(paper, sheet, cells)

        def back(_: None) -> None:
            if screen.agreed and self.form is form and not form.busy:
                # Whether a file may be overwritten is asked where its name stands.
                form.submit(yes=bool(form.question) and form.dialog.asks_first)

        self.app.push_screen(screen, back)
