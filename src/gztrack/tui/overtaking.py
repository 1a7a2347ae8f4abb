"""Two people at one thing: an open form says at once what others did to its subject, and asks before it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.services.entering import meanwhile
from gztrack.services.views import Detail, News
from gztrack.storage.store import stamp
from gztrack.tui.dialogs.fields import called
from gztrack.tui.dialogs.renewing import Titles, concerns, renewed
from gztrack.tui.errands import Watch
from gztrack.tui.widgets.form import Form
from gztrack.tui.widgets.form_lines import Overtaken

if TYPE_CHECKING:
    from gztrack.tui.desk import Desk
    from gztrack.tui.drafts import Drafts

SEEN = term("save anyway")
"""What enter does once it was asked about what others did."""
LOOK = term("look again")
"""What escape does then."""


def watch(form: Form, *, agreed: bool) -> Watch:
    """Return what must not have changed for a form to be saved without a question.

    Args:
        form: The form.
        agreed: The person has answered the question about what was known when it was asked.
    """
    return Watch(*concerns(form.dialog), form.agreed if agreed else form.position)


async def noticed(desk: Desk, drafts: Drafts, form: Form) -> bool:
    """Look whether others changed what a form is about; form and draft then go on with what it has become.

    Returns:
        Whether there was anything that it did not know.
    """
    before = form.dialog.draft
    about = watch(form, agreed=False)
    if not about.indicator:
        return False
    found = await desk.call(_looked, desk, about, form.noticed, bool(form.overtaken.said))
    if found is None or found[1] <= form.noticed or not form.is_attached:
        return False
    news, position, subject = found
    form.noticed = position
    form.renew(
        renewed(form.dialog, subject) if subject is not None else None,
        Overtaken(meanwhile.said(news, stamp()) if news else ""),
    )
    if form.dialog.draft != before:
        drafts.drop(before)
        if not form.untouched:
            drafts.keep(form.dialog.draft, form.texts)
    return True


def _looked(
    desk: Desk, about: Watch, noticed: int, told: bool
) -> tuple[tuple[News, ...], int, Detail | Titles | None] | None:
    """In the desk's thread: what others did, how far that goes, and the indicator (or the titles) as it is now.

    Returns:
        None where nothing came that matters; no news where what was ``told`` has been taken back.
    """
    position = desk.book.position
    news = about.news(desk)
    if not Watch(about.indicator, about.tables, noticed).news(desk) or not (news or told):
        return None
    if about.indicator == meanwhile.WHOLE:
        return news, position, Titles(desk.book.title, desk.book.title_zh)
    try:
        return news, position, desk.detail(about.indicator)
    except InputError:  # taken back, and with it everything about it
        return news, position, None


def refusal(form: Form) -> str:
    """Return why a form cannot be saved any more, or empty."""
    if not form.overtaken.gone:
        return ""
    return tr(
        "{told}: nothing is left to {action}", told=form.overtaken.said, action=called(form.dialog.word)
    )


def ask(form: Form, guard: str) -> bool:
    """Ask about what others did meanwhile, and what the guard asks; whether there was anything to ask.

    Args:
        form: The form.
        guard: The guard's question, or empty.
    """
    if form.overtaken.said:
        form.agreed = form.noticed
        told = meanwhile.question(form.overtaken.said, form.overtaken.both)
        form.ask(tr("{slip} {more}", slip=guard, more=told) if guard else told, tr(SEEN), tr(LOOK))
    elif guard:
        form.ask(guard, form.dialog.agree)
    return bool(form.overtaken.said or guard)
