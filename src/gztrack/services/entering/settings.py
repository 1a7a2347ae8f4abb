"""From what was typed for the whole database to checked records: its title and its usual method. Light."""

from __future__ import annotations

from gztrack.domain import records
from gztrack.domain.register import Moment, Register
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple


class SettingsEntry(NamedTuple):
    """What shall hold for the whole database, as typed; an empty field stays as it was.

    Attributes:
        title: What the board and every snapshot are headed with.
        title_zh: The same in Chinese.
        method: How the status of an indicator without a method of its own is reckoned.
    """

    title: str = ""
    title_zh: str = ""
    method: str = ""


def plan_settings(
    entry: SettingsEntry, title: str, register: Register, moment: Moment
) -> list[records.Record]:
    """Understand what shall hold from now on.

    Args:
        title: The title as it is.

    Raises:
        InputError: A field does not fit, or nothing changes.
    """
    before = {
        "title": title,
        "title_zh": register.setting("title_zh", moment),
        "method": register.usual_method(moment),
    }
    given = {name: text for name, text in entry._asdict().items() if clean(text)}
    if not given:
        raise InputError(
            tr("nothing to change was given; for the whole database there are --title and --method")
        )
    found = [records.setting(name=name, value=text) for name, text in given.items()]
    changed = [record for record in found if record["value"] != before[record["name"]]]
    if not changed:
        raise InputError(tr("the database says so already; nothing to change"))
    return changed
