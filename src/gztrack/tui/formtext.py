"""What the lines of a form say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gztrack.domain.text import clean
from gztrack.export.bars import segments
from gztrack.export.glyphs import role_of
from gztrack.services.views import Preview
from gztrack.tui.cells import Line, cut, cut_line, right, width, wrap
from gztrack.tui.dialogs.fields import Dialog
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import rule

LABEL = 11
"""Cells of a label."""
FIELD_AT = 13
"""Where fields, preview and bar begin."""
BAR_CELLS = 8


class FieldText(NamedTuple):
    """One field as it stands.

    Attributes:
        echo: What was understood, or a hint while it is empty.
        understood: The echo is an echo; a hint is muted.
    """

    label: str
    focused: bool
    error: str
    echo: str
    understood: bool


def field_width(cells: int) -> int:
    """Return the cells of a field in a form of this width: 26 at 80, 34 at 120."""
    if cells < 80:
        return max(8, cells // 3)
    return min(48, 26 + (cells - 80) // 5)


def echo_at(cells: int) -> int:
    """Return where echoes begin."""
    return FIELD_AT + field_width(cells) + 2


def heading(dialog: Dialog, restored: bool, cells: int, glyphs: Glyphs) -> Line:
    """Return the rule over a form: what is done to what, and what to know of it."""
    note = "your draft from before" if restored else dialog.note
    room = max(8, cells - width(dialog.word) - 8)
    start: Line = [(dialog.word, "strong")]
    if clean(dialog.subject):
        start += [("  ", "text"), (cut(dialog.subject, room, glyphs.ellipsis), "strong")]
    return rule(start, glyphs.signs(note), cells, glyphs)


def field_line(text: FieldText, cells: int, glyphs: Glyphs) -> Line:
    """Return label and echo (or error) of one field."""
    at = echo_at(cells)
    line: Line = [(right(text.label, LABEL), "strong" if text.focused else "muted")]
    line.append((" " * (at - LABEL), "text"))
    room = cells - at - 1
    if text.error:
        line.append((cut(f"{glyphs.error} {glyphs.signs(text.error)}", room, glyphs.ellipsis), "error"))
    else:
        role = "text" if text.understood else "muted"
        line.append((cut(glyphs.signs(text.echo), room, glyphs.ellipsis), role))
    return line


def further_line(note: str) -> Line:
    """Return what stands before the further rows of a long text."""
    return [(right(note, LABEL), "muted")]


def question_lines(question: str, agree: str, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the guard's question in the preview's place, and what the keys do with it."""
    lead = (" " * FIELD_AT, "text")
    first, *rest = wrap(glyphs.signs(question), cells - FIELD_AT - 3, 2)
    answer = rest[0] if rest else f"enter: {agree}; escape goes back"
    return [[lead, (f"! {first}", "guard")], [lead, (answer, "guard" if rest else "text")]]


def notice_line(said: str, cells: int, glyphs: Glyphs) -> Line:
    """Return what others did to the form's subject since it was opened."""
    text = glyphs.signs(f"{glyphs.changed} {said}")
    return [(" " * FIELD_AT, "text"), (cut(text, cells - FIELD_AT - 1, glyphs.ellipsis), "guard")]


def problem_lines(problem: str, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return why it was not saved."""
    lead = (" " * FIELD_AT, "text")
    return [
        [lead, (text, "error")]
        for text in wrap(f"{glyphs.error} {glyphs.signs(problem)}", cells - FIELD_AT - 1, 2)
    ]


def status_lines(
    preview: Preview, fields: Sequence[FieldText], needed: Sequence[str], cells: int, glyphs: Glyphs
) -> list[Line]:
    """Return the two lines under the fields: what the row would say, or what is wrong.

    Args:
        preview: What was understood.
        fields: The fields as they stand; their errors are counted.
        needed: Labels of empty fields that saving needs.
        cells: Width of the form.
        glyphs: Which characters the terminal can show.
    """
    room = cells - FIELD_AT - 1
    lead = (" " * FIELD_AT, "text")
    wrong = [field for field in fields if field.error]
    if wrong:
        count = f"{len(wrong)} fields need a look" if len(wrong) > 1 else "1 field needs a look"
        lines: list[Line] = [[lead, (f"nothing can be saved yet: {count}", "error")]]
        return lines + _in_full(wrong, cells, glyphs)
    if needed:
        return [[lead, (f"still needed: {', '.join(needed)}", "muted")]]
    return [_headline(preview, lead, glyphs), _bar_line(preview, lead, room, glyphs)]


def _in_full(wrong: Sequence[FieldText], cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the error that found no room beside its field, that of the focused one first."""
    room = cells - echo_at(cells) - 1
    for field in sorted(wrong, key=lambda field: not field.focused):
        if width(f"{glyphs.error} {field.error}") > room:
            text = f"{field.label}: {glyphs.signs(field.error)}"
            return [[(" " * FIELD_AT, "text"), (cut(text, cells - FIELD_AT - 1, glyphs.ellipsis), "error")]]
    return []


def _headline(preview: Preview, lead: tuple[str, str], glyphs: Glyphs) -> Line:
    if not preview.status:
        return [lead, (glyphs.signs(clean(preview.headline)), "text")]
    role = role_of(preview.status)
    line: Line = [lead, (f"{glyphs.status(preview.status)} ", role)]
    line.append((preview.status, "behind-word" if role == "behind" else role))
    share, of, goal = glyphs.signs(clean(preview.headline)).partition(" of ")
    line.append(("   ", "text"))
    return [*line, (share, "strong"), (of + goal, "text")] if of else [*line, (share, "text")]


def _bar_line(preview: Preview, lead: tuple[str, str], room: int, glyphs: Glyphs) -> Line:
    line: Line = [lead]
    if preview.bar:
        line += segments(preview.bar, BAR_CELLS, role_of(preview.status), ascii=glyphs.ascii)
        line.append((" ", "text"))
    line.append((glyphs.signs(clean(preview.remark)), "muted"))
    return cut_line(line, FIELD_AT + room, glyphs.ellipsis)
