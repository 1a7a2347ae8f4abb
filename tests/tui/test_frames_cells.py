"""Bytes for cells: whatever updates come, the terminal shows what they say."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from gztrack.tui.frames import SentGrid, place
from gztrack.tui.frames_names import PrivateNames
from gztrack.tui.terminal_cells import ATTRIBUTES, PLAIN, CellMaker, Look, clusters, look_of, steady
from gztrack.tui.terminal_writer import TerminalWriter, changed, erases_in_colour
from tui.test_frames_terminal import Shown, Terminal

WIDTH, HEIGHT = 24, 4
NAMES = PrivateNames(CompositorUpdate, LayoutUpdate, ChopsUpdate)

styles = st.builds(
    Style,
    color=st.sampled_from([None, "default", "#ff0000", "#00ff00"]),
    bgcolor=st.sampled_from([None, "default", "#101010", "#202020"]),
    bold=st.sampled_from([None, True]),
    italic=st.sampled_from([None, True]),
    underline=st.sampled_from([None, None, True]),
    strike=st.sampled_from([None, None, True]),
    reverse=st.sampled_from([None, None, True]),
    link=st.sampled_from([None, None, "https://example.org/a"]),
)
few_styles = st.lists(styles, min_size=1, max_size=4)
texts = (
    st.text(alphabet="ab  ─█é中文😀", max_size=12)
    | st.integers(0, 20).map(" ".__mul__)
    | st.just("e\u0301中\u0301")
)


def filled(parts: Iterable[tuple[str, Style | None]], width: int) -> Strip:
    """Return a strip of exactly ``width`` cells."""
    return Strip(Segment(*part) for part in parts).adjust_cell_length(width, Style(bgcolor="#101010"))


@st.composite
def strips(draw: st.DrawFn, width: int, palette: list[Style]) -> Strip:
    return filled(draw(st.lists(st.tuples(texts, st.sampled_from([None, *palette])), max_size=5)), width)


@st.composite
def updates(draw: st.DrawFn, palette: list[Style]) -> Any:
    """An update as the compositor makes them: the whole screen, or parts of some rows."""
    if draw(st.booleans()):
        rows = [[draw(strips(WIDTH, palette))] for _ in range(HEIGHT)]
        return LayoutUpdate(list(rows), Region(0, 0, WIDTH, HEIGHT))
    cuts = [sorted({0, WIDTH, *draw(st.lists(st.integers(1, WIDTH - 1), max_size=3))}) for _ in range(HEIGHT)]
    chops: list[dict[int, Strip | None]] = []
    spans = []
    for y, row in enumerate(cuts):
        chops.append({x: draw(strips(end - x, palette)) for x, end in pairwise(row)})
        if draw(st.booleans()):
            first = draw(st.integers(0, len(row) - 2))
            last = draw(st.integers(first + 1, len(row) - 1))
            spans.append((y, row[first], row[last]))
    return ChopsUpdate(chops, spans or [(0, cuts[0][0], cuts[0][1])], [row[1:] for row in cuts])


class Model:
    """What the screen should show, kept the slow way: a list of characters with their styles."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, Style]]] = [[(" ", Style())] * WIDTH for _ in range(HEIGHT)]

    def apply(self, update: Any) -> None:
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips):
                self.paint(y, 0, line)
            return
        for y, x1, x2 in update.spans:
            for x, strip in update.chops[y].items():
                if strip is not None and x1 <= x < x2:
                    self.paint(y, x, [strip])

    def paint(self, y: int, x: int, line: Iterable[Strip]) -> None:
        row = self.rows[y]
        for strip in line:
            for text, style, _ in strip:
                for char in text:
                    x += self.put(row, x, char, style or Style())

    @staticmethod
    def put(row: list[tuple[str, Style]], x: int, char: str, style: Style) -> int:
        width = cell_len(char)
        if not width:
            head = x - 1 if row[x - 1][0] else x - 2
            row[head] = (row[head][0] + char, row[head][1])
            return 0
        if not row[x][0]:
            row[x - 1] = (" ", row[x - 1][1])
        if x + width < WIDTH and not row[x + width][0]:
            row[x + width] = (" ", row[x + width][1])
        row[x] = (char, style)
        if width == 2:
            row[x + 1] = ("", style)
        return width

    def shown(self) -> list[list[Shown]]:
        return [[seen(text, style) for text, style in row] for row in self.rows]


def colour(value: Any) -> str:
    return "default" if value is None or value.is_default else value.triplet.hex[1:]


def seen(text: str, style: Style) -> Shown:
    """Return a cell the way ``Glass.shown`` does."""
    back = colour(style.bgcolor)
    if text == " " and not (style.underline or style.strike or style.reverse):
        return (" ", back)
    attributes = (style.bold, style.italic, style.underline, style.strike, style.reverse, style.blink)
    return (text, colour(style.color), back, *map(bool, attributes))


def grid(*, coloured: bool = True) -> SentGrid:
    return SentGrid(CellMaker(lambda style: Strip.render_ansi(style, ColorSystem.TRUECOLOR)), colour=coloured)


def send(sent: SentGrid, update: Any) -> str:
    """Return the bytes for an update, and note that they were sent."""
    understood = NAMES.update(update)
    assert understood is not None
    frame = sent.frame(understood)
    sent.sent(frame)
    return frame.text


def blank_screen() -> LayoutUpdate:
    return LayoutUpdate([[Strip.blank(WIDTH)] for _ in range(HEIGHT)], Region(0, 0, WIDTH, HEIGHT))


@pytest.mark.parametrize("coloured", [True, False])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_terminal_shows_what_the_updates_say(coloured: bool, data: st.DataObject) -> None:
    palette = data.draw(few_styles)
    terminal = Terminal(WIDTH, HEIGHT, colour=coloured)
    sent, model = grid(coloured=coloured), Model()
    terminal.scribble()
    terminal.feed(send(sent, blank_screen()))
    for update in data.draw(st.lists(updates(palette), min_size=1, max_size=5)):
        if data.draw(st.booleans()):
            sent.forget()
            terminal.scribble()
            whole = LayoutUpdate([[row_strip(row)] for row in model.rows], Region(0, 0, WIDTH, HEIGHT))
            terminal.feed(send(sent, whole))
        terminal.feed(send(sent, update))
        model.apply(update)
        assert terminal.glass.shown() == model.shown()
        assert send(sent, update) == ""


def row_strip(row: list[tuple[str, Style]]) -> Strip:
    return Strip([Segment(text, style) for text, style in row if text])


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_the_screen_is_that_of_textuals_own_bytes(data: st.DataObject) -> None:
    from rich.console import Console

    console = Console(color_system="truecolor", force_terminal=True)
    palette = data.draw(few_styles)
    plain = Terminal(WIDTH, HEIGHT, strict=False)
    ours, sent = Terminal(WIDTH, HEIGHT), grid()
    for update in [blank_screen(), *data.draw(st.lists(updates(palette), min_size=1, max_size=4))]:
        plain.feed(update.render_segments(console))
        ours.feed(send(sent, update))
        assert ours.glass.shown() == plain.glass.shown()


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_cells_that_were_never_sent_are_left_alone(data: st.DataObject) -> None:
    """Before the first whole screen only what an update names is written, and nothing erased around it."""
    terminal, sent = Terminal(WIDTH, HEIGHT), grid()
    terminal.scribble()
    strip = filled([(data.draw(texts), Style(bgcolor="#202020"))], 10)
    chops: list[dict[int, Strip | None]] = [{0: None, 7: strip, 17: None} for _ in range(HEIGHT)]
    terminal.feed(send(sent, ChopsUpdate(chops, [(1, 7, 17)], [[7, 17, WIDTH]] * HEIGHT)))
    shown = terminal.glass.shown()
    assert {cell[0] for y in (0, 2, 3) for cell in shown[y]} == {"#"}
    assert {cell[0] for cell in shown[1][:7] + shown[1][17:]} == {"#"}
    assert "#" not in {cell[0] for cell in shown[1][7:17]}


@pytest.mark.parametrize("earlier", [False, True])
def test_the_first_whole_screen_is_erased_whatever_was_sent_before(earlier: bool) -> None:
    sent = grid()
    if earlier:
        send(sent, ChopsUpdate([{0: Strip.blank(WIDTH)}] * HEIGHT, [(1, 0, WIDTH)], [[WIDTH]] * HEIGHT))
    assert send(sent, blank_screen()) == "\x1b[H\x1b[J"


@pytest.mark.parametrize(("x", "left"), [(0, "x  "), (1, " x "), (2, "  x")])
def test_of_a_character_of_three_cells_nothing_is_left_when_one_is_hidden(x: int, left: str) -> None:
    row: list[Any] = [("﷽", PLAIN), ("", PLAIN), ("", PLAIN)]
    place(row, x, [("x", PLAIN)])
    assert [text for text, _ in row] == list(left)


def test_a_wide_character_that_runs_over_the_edge_is_a_blank() -> None:
    row: list[Any] = [("a", PLAIN), ("b", PLAIN)]
    place(row, 1, [("中", PLAIN), ("", PLAIN)])
    assert [text for text, _ in row] == ["a", " "]


looks = st.builds(
    Look,
    st.integers(0, (1 << len(ATTRIBUTES)) - 1),
    st.sampled_from(["", "31", "38;2;1;2;3"]),
    st.sampled_from(["", "100", "48;5;17"]),
    st.just(""),
)


def interpreted(look: Look, sequence: str) -> Look:
    """Return the look after an SGR sequence, by the meaning of each code on its own."""
    groups = {
        "22": "1 2",
        "23": "3",
        "24": "4 21",
        "25": "5 6",
        "27": "7",
        "28": "8",
        "29": "9",
        "54": "51 52",
        "55": "53",
    }
    bits, fore, back, _ = look
    codes = sequence.removeprefix("\x1b[").removesuffix("m").split(";") if sequence else []
    while codes:
        code = codes.pop(0) or "0"
        if code in groups:
            for name in groups[code].split():
                bits &= ~(1 << ATTRIBUTES.index(name))
        elif code in ("38", "48"):
            rest, codes = (codes[:4], codes[4:]) if codes[0] == "2" else (codes[:2], codes[2:])
            fore, back = (";".join([code, *rest]), back) if code == "38" else (fore, ";".join([code, *rest]))
        elif code == "0":
            bits, fore, back = 0, "", ""
        elif code in ATTRIBUTES:
            bits |= 1 << ATTRIBUTES.index(code)
        else:
            now = look_of(code)
            fore = now.fore if code in ("31", "39") else fore
            back = now.back if code in ("100", "49") else back
    return Look(bits, fore, back)


@given(looks, looks)
def test_the_difference_of_two_looks_leads_from_one_to_the_other(pen: Look, to: Look) -> None:
    assert interpreted(pen, changed(pen, to)) == to


@given(looks)
def test_a_look_reads_back_from_its_parameters(look: Look) -> None:
    codes = [code for bit, code in enumerate(ATTRIBUTES) if look.bits & 1 << bit]
    assert look_of(";".join([*codes, look.fore or "39", look.back or "49"])) == look


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("abcdef", "abXdef", "\x1b[1;3HX"),
        ("abcdef", "XbXdef", "\x1b[HXbX"),
        ("abcdefghijklmnop", "XbcdefghijklmnoX", "\x1b[HX\x1b[14CX"),
        ("abcdefghijklmnop", "a", "\x1b[1;2H\x1b[K"),
        ("abcdefghijklmnop", "a             no", "\x1b[1;2H\x1b[13X\x1b[13Cno"),
        ("a中b", "a文b", "\x1b[1;2H文"),
        ("a中b", "axyb", "\x1b[1;2Hxy"),
        ("abc", "abc", ""),
    ],
)
def test_the_shortest_bytes_for_a_change(before: str, after: str, sent: str) -> None:
    writer = TerminalWriter(WIDTH, colour=True)
    writer.row(0, cells(before), cells(after))
    assert writer.text() == sent


def cells(text: str) -> list[Any]:
    return CellMaker(lambda _: "").cells(Strip([Segment(text)]).adjust_cell_length(WIDTH))


@pytest.mark.parametrize(
    ("environ", "known"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "rxvt-unicode-256color"}, True),
        ({"TERM": "xterm-color"}, False),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen.xterm-256color"}, False),
        ({"TERM": "tmux-256color"}, False),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/x,1,0"}, False),
        ({"TERM": "vt100"}, False),
        ({}, False),
    ],
)
def test_only_known_terminals_erase_in_colour(environ: dict[str, str], known: bool) -> None:
    assert erases_in_colour(environ) is known


def test_an_unknown_terminal_gets_blanks_for_coloured_runs_and_no_ech() -> None:
    ground = Style(bgcolor="#101010")
    sent = grid(coloured=False)
    rows = [[Strip([Segment(" " * WIDTH, ground if y else None)])] for y in range(HEIGHT)]
    text = send(sent, LayoutUpdate(list(rows), Region(0, 0, WIDTH, HEIGHT)))
    assert text.count(" ") == WIDTH * (HEIGHT - 1)
    assert "X" not in text
    assert "K" not in text


@pytest.mark.parametrize("before", ["✓", "中", "✓ "])
@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0302\u0323", "\u0301\ufe0f"])
def test_marks_at_the_start_of_a_text_stand_on_what_is_before_in_its_colours(before: str, marks: str) -> None:
    terminal, update = (
        Terminal(WIDTH, HEIGHT),
        filled([(before, Style(color="#ff0000")), (f"{marks}b", Style(color="#00ff00"))], WIDTH),
    )
    terminal.feed(send(grid(), LayoutUpdate([[update]] * HEIGHT, Region(0, 0, WIDTH, HEIGHT))))
    shown = [cell for cell in terminal.glass.shown()[0] if cell[0]]
    assert [cell[:2] for cell in shown[len(before) - 1 :][:2]] == [
        (before[-1] + marks, "ff0000"),
        ("b", "00ff00"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a\x1b[31mb",
        "a\x07b",
        "a\x9bb",
        "a\nb",
        "a\tb",
        "a\u202eb",
        "a\u2066b",
        "a\u2028b",
        "a\ud800b",
        "a\x00b",
        "a\x7fb",
        "中\x1b]0;x\x07",
    ],
)
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    drawn = "".join(char for char, _ in CellMaker(lambda _: "").cells([Segment(text)]))
    assert drawn.isprintable()
    assert sum(width for _, width in clusters(text)) == cell_len(text)
    drawn.encode()


def test_a_link_that_a_terminal_might_obey_is_dropped() -> None:
    maker = CellMaker(lambda _: "")
    assert maker.look(Style(link="https://example.org/\x1b]52;c;x\x07")).link == ""
    assert maker.look(Style(link="https://example.org/?q=1")).link == "https://example.org/?q=1"


def test_nothing_old_shows_beside_a_wide_character_that_a_terminal_thinks_narrow() -> None:
    writer = TerminalWriter(WIDTH, colour=True)
    writer.row(0, cells("abbcd"), cells("a😀cd"))
    assert writer.text() == "\x1b[1;2H  \r\x1b[C😀\x1b[1;4Hc"


@pytest.mark.parametrize("text", ["😀", "e\u0301", "❤\ufe0f", "\u00ad", "👩\u200d🚀"])
def test_after_text_of_doubtful_width_the_cursor_is_put_and_the_next_cell_sent(text: str) -> None:
    assert not steady(text)
    same = "b" * cell_len(text)
    writer = TerminalWriter(WIDTH, colour=True)
    writer.row(0, cells(f"a{same}cd"), cells(f"a{text}cd"))
    assert writer.text().endswith(f"{text}\x1b[1;{2 + len(same)}Hc")
