"""What the lines of a form say. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gztrack.domain.text import clean
from gztrack.export.bars import segments
from gztrack.export.cells import pieces
from gztrack.export.glyphs import role_of
from gztrack.language import ntr, ptr, tr
from gztrack.light import NamedTuple
from gztrack.services.views import Preview
from gztrack.tui.cells import Line, cut, cut_line, right, width
from gztrack.tui.dialogs.fields import Dialog, called
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import rule
from gztrack.tui.wording import parted

LABEL = 11
"""Cells of a label."""
FIELD_AT = 13
"""Where fields, preview and bar begin."""
BAR_CELLS = 8
ALL = 1000
"""More rows than a form ever has: what it would take to say everything."""

_ROW = re.compile(r"(?:[;:] |[；：] ?)(?=line \d+[^:;]*: |第 ?\d+ ?行[^:：；]*(?:: |：))")
"""Where a row of a file begins in a problem, in any language."""
_FURTHER = re.compile(r"(?:; |；) ?(?:and|另有|还有|以及另外|及其他) ?([\d,]+) ?[^\s;；\d]*$")


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
    note = tr("your draft from before") if restored else dialog.note
    word = called(dialog.word)
    room = max(8, cells - width(word) - 8)
    start: Line = [(word, "strong")]
    if clean(dialog.subject):
        start += [("  ", "text"), (cut(dialog.subject, room, glyphs.ellipsis), "strong")]
    return rule(start, glyphs.signs(note), cells, glyphs)


def field_line(text: FieldText, cells: int, glyphs: Glyphs) -> Line:
    """Return label and echo (or error) of one field."""
    at = echo_at(cells)
    line: Line = [(right(text.label, LABEL, glyphs.ellipsis), "strong" if text.focused else "muted")]
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


def wrapped(text: str, cells: int) -> list[str]:
    """Return the whole text broken at blanks and between Chinese characters, and in a word longer than a line."""
    found: list[str] = []
    line = ""
    for gap, piece in pieces(clean(text)):
        if line and width(line) + width(gap) + width(piece) <= cells:
            line += gap + piece
            continue
        if line:
            found.append(line)
        line = ""
        for sign in piece:
            if line and width(line + sign) > cells:
                found.append(line)
                line = ""
            line += sign
    return [*found, line]


def fitted(texts: Sequence[str], cells: int, most: int, glyphs: Glyphs) -> list[str]:
    """Return at most so many of the lines; where there are more the last one shows that it was cut."""
    if len(texts) <= most:
        return list(texts)
    return [*texts[: most - 1], cut(" ".join(texts[most - 1 :]), cells, glyphs.ellipsis)] if most > 0 else []


def question_lines(question: str, agree: str, cells: int, glyphs: Glyphs, most: int = ALL) -> list[Line]:
    """Return the guard's question in the preview's place, and what the keys do with it.

    Args:
        question: What is asked.
        agree: What enter does then.
        cells: Width of the form.
        glyphs: Which characters the terminal can show.
        most: Rows there are; a longer question is cut in the last of them.
    """
    lead = (" " * FIELD_AT, "text")
    room = cells - FIELD_AT - 3
    first, *rest = fitted(wrapped(glyphs.signs(question), room), room, max(1, most), glyphs)
    lines: list[Line] = [[lead, (f"! {first}", "guard")]]
    if not rest:
        save, leave = glyphs.key("form.save"), glyphs.key("form.leave")
        answers = tr("{save}: {agree}; {leave} goes back", save=save, agree=agree, leave=leave)
        return [*lines, [lead, (answers, "text")]]
    return lines + [[lead, (text, "guard")] for text in rest]


def notice_line(said: str, cells: int, glyphs: Glyphs) -> Line:
    """Return what others did to the form's subject since it was opened."""
    text = glyphs.signs(f"{glyphs.changed} {said}")
    return [(" " * FIELD_AT, "text"), (cut(text, cells - FIELD_AT - 1, glyphs.ellipsis), "guard")]


def problem_lines(problem: str, cells: int, glyphs: Glyphs, most: int = ALL) -> list[Line]:
    """Return why it was not saved; of a file's rows each has a line of its own, as many as fit, then a count.

    Args:
        problem: What is wrong, as the services say it.
        cells: Width of the form.
        glyphs: Which characters the terminal can show.
        most: Rows there are.
    """
    lead = (" " * FIELD_AT, "text")
    room = cells - FIELD_AT - 1
    said = f"{glyphs.error} {glyphs.signs(problem)}"
    texts = _row_by_row(said, room, most) or fitted(wrapped(said, room), room, most, glyphs)
    return [[lead, (text, "error")] for text in texts]


def _row_by_row(said: str, cells: int, most: int) -> list[str]:
    """Return a problem with several rows of a file, row by row; nothing where it is none, or not one fits."""
    further = _FURTHER.search(said)
    head, *rows = _ROW.split(said[: further.start()] if further else said)
    if len(rows) < 2:
        return []
    left = int(further[1].replace(",", "")) if further else 0
    texts = wrapped(head, cells)
    blocks = [[f"  {text}" for text in wrapped(row, cells - 2)] for row in rows]
    if len(texts) + sum(map(len, blocks)) + bool(left) <= most:
        kept = len(blocks)
    else:
        kept, used = 0, len(texts) + 1
        while kept < len(blocks) and used + len(blocks[kept]) <= most:
            used += len(blocks[kept])
            kept += 1
        if not kept:
            return []
    texts += [text for block in blocks[:kept] for text in block]
    left += len(blocks) - kept
    return [*texts, "  " + tr("and {n:,} more", n=left)] if left else texts


def status_lines(
    preview: Preview,
    fields: Sequence[FieldText],
    needed: Sequence[str],
    cells: int,
    glyphs: Glyphs,
    most: int = ALL,
) -> list[Line]:
    """Return the lines under the fields: in two what the row would say, or what is wrong, as long as that is.

    Args:
        preview: What was understood.
        fields: The fields as they stand; their errors are counted.
        needed: Labels of empty fields that saving needs.
        cells: Width of the form.
        glyphs: Which characters the terminal can show.
        most: Rows there are.
    """
    room = cells - FIELD_AT - 1
    lead = (" " * FIELD_AT, "text")
    wrong = [field for field in fields if field.error]
    if wrong:
        count = ntr(
            "nothing can be saved yet: {n} field needs a look",
            "nothing can be saved yet: {n} fields need a look",
            len(wrong),
        )
        lines: list[Line] = [[lead, (count, "error")]]
        return lines + _in_full(wrong, cells, glyphs, most - 1)
    if needed:
        labels = needed[0]
        for label in needed[1:]:
            labels = ptr("list", "{a}, {b}", a=labels, b=label)
        return [[lead, (tr("still needed: {fields}", fields=labels), "muted")]]
    return [_headline(preview, lead, glyphs), _bar_line(preview, lead, room, glyphs)]


def _in_full(wrong: Sequence[FieldText], cells: int, glyphs: Glyphs, most: int) -> list[Line]:
    """Return the error that found no room beside its field, that of the focused one first."""
    room = cells - echo_at(cells) - 1
    for field in sorted(wrong, key=lambda field: not field.focused):
        if width(f"{glyphs.error} {glyphs.signs(field.error)}") > room:
            whole = cells - FIELD_AT - 1
            problem = tr("{field}: {problem}", field=field.label, problem=glyphs.signs(field.error))
            texts = fitted(wrapped(problem, whole), whole, most, glyphs)
            return [[(" " * FIELD_AT, "text"), (text, "error")] for text in texts]
    return []


def _headline(preview: Preview, lead: tuple[str, str], glyphs: Glyphs) -> Line:
    if not preview.status:
        return [lead, (glyphs.signs(clean(preview.headline)), "text")]
    role = role_of(preview.status)
    line: Line = [lead, (f"{glyphs.status(preview.status)} ", role)]
    line.append((tr(preview.status), "behind-word" if role == "behind" else role))
    share, rest = parted(glyphs.signs(clean(preview.headline)))
    line.append(("   ", "text"))
    return [*line, (share, "strong"), (rest, "text")] if share else [*line, (rest, "text")]


def _bar_line(preview: Preview, lead: tuple[str, str], room: int, glyphs: Glyphs) -> Line:
    line: Line = [lead]
    if preview.bar:
        line += segments(preview.bar, BAR_CELLS, role_of(preview.status), ascii=glyphs.ascii)
        line.append((" ", "text"))
    line.append((glyphs.signs(clean(preview.remark)), "muted"))
    return cut_line(line, FIELD_AT + room, glyphs.ellipsis)
