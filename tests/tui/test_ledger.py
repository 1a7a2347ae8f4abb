"""The ledger on a screen of its own: every promise, its story, and how one moves about."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import books
from gztrack.domain.amounts import parse_amount
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.units import parse_unit
from gztrack.services.board.ledger import ledger_counts
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker
from gztrack.services.views import NO_VERDICT, TargetView
from gztrack.tui import ledgerpane, ledgertext
from gztrack.tui.cells import line_width, plain, width
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.ledgercolumns import Columns, Needs, columns
from gztrack.tui.ledgercounts import counts_line
from gztrack.tui.ledgertext import Ledger
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from gztrack.tui.screens.ledger import LedgerScreen
from tui.conftest import Board, Started
from tui.fake import FakeTracker, row, target

STATES = books.states()


def screen(b: Board) -> LedgerScreen:
    """The screen on top."""
    found = b.app.screen
    assert isinstance(found, LedgerScreen)
    return found


def marked(b: Board) -> TargetView:
    """The promise under the cursor."""
    found = screen(b).list.promise
    assert found
    return found


def dues(b: Board) -> list[str]:
    """The first word of every line of the list, glyphs left out."""
    height = screen(b).list.space[1]
    top = b.app.size.height - 1 - height - screen(b).pane.size.height
    return [line[3:].split()[0] for line in b.lines[top : top + height] if line.strip()]


def made(*views: TargetView, **about: Any) -> Ledger:
    """A ledger of hand-made targets of one indicator."""
    found = row(
        "x", about.pop("name", "Stations"), "G", about.pop("unit", "stations"), status="behind", **about
    )
    targets = tuple(view._replace(indicator="x") for view in views)
    return Ledger("t", targets, {"x": found}, date(2026, 1, 1), travelling=False)


def ledger_of_states(*, every: bool = False) -> Ledger:
    """The ledger of the made-up database with every status."""
    found = STATES.board(archived=True)
    rows = {each.id: each for each in found.rows}
    return Ledger(found.title, STATES.ledger(every=every), rows, found.as_of, found.travelling)


# What it shows


async def test_it_shows_every_promise_with_verdict_evidence_and_margin(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p")
        assert b.lines[0].split() == ["promises", "?", "7", "no", "verdict", "2026-11-24"]
        assert b.lines[1].split() == ["due", "indicator", "target", "verdict", "evidence", "margin"]
        assert b.lines[2].split()[:2] == ["▌?", "2019-12-31"]
        assert b.lines[2].split()[-6:] == ["≥14,600", "cannot", "tell", "2020", "+33.4", "k"]
        days = [due.rstrip("?") for due in dues(b)]
        assert days == sorted(days)
        assert len(dues(b)) == 8
        assert b.lines[23].startswith(
            " ↓ ↑ promise  enter detail  / filter  g revise  D drop  ? help  escape back"
        )


async def test_a_margin_from_a_bound_is_shown_as_one(board: Started) -> None:
    async with board(books.followed(), size=(120, 40)) as b:
        await b.press("p", "j")
        assert b.line("NEV annual").split()[-2:] == ["2022", ">+700,000"]
        assert "evidence >1,000,000 in 2022, margin >+700,000, from tv.jdgod.com" in b.text


async def test_the_marked_promise_is_told_with_its_words_and_its_source(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p", "j")
        assert b.line("─ NEV annual production capacity ─")
        assert " promise  ≥300,000 vehicles/yr by 2020-12-31, date inferred" in b.lines
        assert " stated   2019-Q4, date inferred: “next year”" in b.lines
        assert b.line(" source").startswith(" source   Industrial upgrading clicks in Guangzhou")
        assert "https://greaterbayinsight.com" in b.text
        assert b.line(" verdict  ?").split() == ["verdict", "?", "cannot", "tell", "met", "by", "2022-12-31"]


async def test_a_wide_terminal_says_who_stated_it_and_why_the_verdict_is_so(board: Started) -> None:
    async with board(books.states(), size=(160, 50)) as b:
        await b.press("p")
        assert b.lines[0].startswith(" gztrack  promises: 广州产业升级")
        assert "as of" not in b.lines[0]
        assert b.lines[2].split()[3:5] == ["stated", "by"]
        assert b.line("≥80,000").split()[-3:] == ["met", "by", "2023-12-31"]


async def test_counts_stand_worst_first(board: Started) -> None:
    async with board(books.states(), size=(120, 40)) as b:
        await b.press("p")
        words = b.lines[1].replace("   ", "|").strip().split("|")
        assert words == [
            "✗ 1 missed", "✓ 1 met late", "✓ 1 met", "? 2 no verdict", "11 open", "– 1 superseded",
        ]  # fmt: skip


async def test_an_open_promise_shows_how_it_stands(board: Started) -> None:
    async with board(books.states()) as b:
        await b.press("p")
        assert b.line("≤20.0 %").split()[0] == "◂"
        assert b.line("≤20.0 %").split()[-1] == "open"
        screen(b).find("coal")
        await b.settle()
        assert " verdict  ◂ open  moving away: " in b.text


async def test_a_moved_promise_and_its_successor_tell_of_each_other(board: Started) -> None:
    async with board(books.states()) as b:
        await b.press("p", "2", "j")
        assert marked(b).verdict == "superseded"
        told = " ".join(b.text.split())
        assert (
            "history replaced in 2023 by ≥300 by 2027-12-31: raised by 180, three years later (moved" in told
        )
        successor = next(view for view in screen(b).list.ledger.targets if view.replaces == marked(b).id)  # type: ignore[union-attr]
        screen(b).list.find(successor.id)
        await b.settle()
        assert "revises ≥120 by 2024-12-31: raised by 180, three years later (moved" in b.text


async def test_a_restated_promise_says_that_it_counts_once(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p", "2", "j")
        assert "stated in big5.cri.cn too, counted once" in b.text


async def test_chinese_names_keep_the_columns_aligned(board: Started) -> None:
    async with board(books.states()) as b:
        cast("BoardScreen", b.app.screen).action_names()
        await b.press("p")
        lines = [plain(screen(b).list.line(y)) for y in range(14)]
        assert any("企业技" in line for line in lines)
        assert {width(line) for line in lines} == {width(lines[0])}


async def test_ascii_shows_nothing_else_but_names(board: Started) -> None:
    async with board(books.followed(), ascii=True) as b:
        await b.press("p", "j")
        assert b.text.isascii()
        assert 'stated   2019-Q4, date inferred: "next year"' in b.text


async def test_text_of_users_is_no_markup_and_obeyed_by_no_terminal(board: Started) -> None:
    evil = "[bold]x[/] \x1b]0;gone\x07\u202e<b>"
    tracker = FakeTracker()
    view = target(5, "2027")._replace(quote=evil, stated_by=evil, note=evil)
    tracker.rows = (tracker.rows[0]._replace(target=view, name=evil),)
    async with board(tracker, size=(120, 40)) as b:
        await b.press("p")
        assert "[bold]x[/] <b>" in b.text
        assert not {"\x1b", "\x07", "\u202e"} & set(b.text)


async def test_an_empty_ledger_invites(board: Started) -> None:
    async with board(books.empty()) as b:
        await b.press("p")
        assert b.lines[0].split() == ["promises", "2026-11-24"]
        assert " no promise has been recorded yet: g on the board sets a goal" in b.lines
        await b.press("j", "end", "enter", "w", "y", "s")
        assert isinstance(b.app.screen, LedgerScreen)
        await b.press("y")
        assert "✗ there is no promise to cite" in b.lines[23]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 16), (60, 50), (200, 16)])
async def test_it_fits_every_size(board: Started, size: tuple[int, int]) -> None:
    async with board(books.states(), size=size) as b:
        await b.press("p", "end")
        assert marked(b)
        assert any(line.startswith("▌") for line in b.lines)
        assert all(width(line) <= size[0] for line in b.lines)


# Moving


async def test_keys_move_the_cursor_and_the_story_follows(board: Started) -> None:
    async with board(books.states()) as b:
        await b.press("p", "3", "j")
        assert screen(b).list.cursor == 3
        assert "─ Provincial key laboratories ─" in b.text
        await b.press("k", "down", "down", "up", "pagedown", "pageup", "G")
        assert screen(b).list.cursor == 16
        await b.press("home")
        assert screen(b).list.cursor == 0
        assert "─ National key laboratories ─" in b.text


async def test_sorting_goes_round_and_keeps_the_promise(board: Started) -> None:
    async with board(books.states()) as b:
        await b.press("p", "3", "j")
        assert marked(b).verdict == "missed"
        await b.press("s")
        assert "sorted: worst first" in b.lines[23]
        assert marked(b).verdict == "missed"
        await b.press("home")
        assert [line.split()[0] for line in b.lines[2:5]] == ["▌✗", "○", "◂"]
        await b.press("s")
        assert "sorted: indicator" in b.lines[23]
        await b.press("s")
        assert "sorted: due date" in b.lines[23]
        assert dues(b)[:3] == ["2020-12-31?", "2022-12-31", "2024-12-31"]


async def test_enter_opens_the_detail_and_comes_back(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p", "j", "enter")
        assert isinstance(b.app.screen, DetailScreen)
        assert b.app.screen.indicator == "nev-capacity"
        await b.press("escape")
        assert marked(b).indicator == "nev-capacity"


@pytest.mark.parametrize("key", ["escape", "q", "p"])
async def test_it_goes_back_to_the_board(board: Started, key: str) -> None:
    async with board() as b:
        await b.press("p", key)
        assert isinstance(b.app.screen, BoardScreen)


async def test_from_the_detail_it_opens_on_the_headline_target(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("/")
        await b.type("base stations")
        await b.press("enter", "enter", "p")
        assert (marked(b).indicator, marked(b).due, marked(b).headline) == (
            "5g-base-stations",
            "2022-12-31",
            True,
        )
        await b.press("escape")
        assert isinstance(b.app.screen, DetailScreen)


async def test_from_the_detail_of_an_indicator_without_a_target_it_says_so(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("end", "enter", "p")
        assert isinstance(b.app.screen, LedgerScreen)
        assert "it has no promise yet" in b.lines[23]


async def test_the_ledger_is_not_stacked_on_itself(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p", "enter", "p")
        assert marked(b).due == "2022-12-31"
        assert len(b.app.screen_stack) == 2


async def test_a_click_marks_a_promise(board: Started) -> None:
    async with board(books.states()) as b:
        await b.press("p")
        await b.pilot.click("#promises", offset=(10, 3))
        await b.settle()
        assert screen(b).list.cursor == 3
        assert "─ Provincial key laboratories ─" in b.text


# Other dates, other sessions


async def test_time_travel_leaves_out_what_was_not_stated_yet(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p")
        for _ in range(40):
            if "2021-12-31" in b.lines[0]:
                break
            await b.press("[")
        assert "as of 2021-12-31" in b.lines[0]
        # Stated in March 2022.
        assert "2025-12-31" not in dues(b)
        # Due on this very day, and so not passed.
        today = [view for view in screen(b).list.ledger.targets if view.due == "2021-12-31"]  # type: ignore[union-attr]
        assert [view.state for view in today] == ["open"]
        assert b.lines[23].count("t today")
        await b.press("t")
        assert "as of" not in b.lines[0]
        assert "2025-12-31" in dues(b)


async def test_the_date_is_the_boards(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("[", "p")
        day = b.lines[0].split()[-1]
        assert "as of" in b.lines[0]
        await b.press("[", "escape")
        assert "as of" in b.lines[0]
        assert b.lines[0].split()[-1] < day


async def test_another_sessions_change_appears_and_the_cursor_stays(board: Started) -> None:
    async with board(FakeTracker()) as b:
        await b.press("p", "4", "j")
        before = marked(b).id
        first = target(9, "2018-12-31", id="t-new-one")._replace(state="due passed", verdict="met")
        b.tracker.rows = (
            b.tracker.rows[0]._replace(id="early", name="Earliest", target=first),
            *b.tracker.rows,
        )
        b.tracker.news = frozenset({"early"})
        await b.until(lambda: b.lines[2].split()[2:] and b.lines[2].split()[2] == "Earliest")
        assert b.lines[2].split()[:3] == ["•✓", "2018-12-31", "Earliest"]
        assert marked(b).id == before
        assert screen(b).list.cursor == 5


async def test_a_promise_that_is_gone_leaves_the_cursor_near(board: Started) -> None:
    async with board(FakeTracker()) as b:
        await b.press("p", "end")
        count = len(screen(b).list.items)
        b.tracker.rows = tuple(each for each in b.tracker.rows if each.id != marked(b).indicator)
        b.tracker.news = frozenset({"nev-output"})
        await b.until(lambda: len(screen(b).list.items) < count)
        assert marked(b)


async def test_entry_errors_are_shown_when_asked_for_and_never_counted(board: Started) -> None:
    tracker = books.followed()
    entry = GoalEntry(
        "nev-capacity",
        "2500000",
        "2025-12-31",
        replaces="nev-capacity@2025-12-31",
        correction=True,
        reason="typo",
    )
    tracker.set_target(entry)
    async with board(tracker) as b:
        await b.press("p")
        assert len(dues(b)) == 8
        counts = b.lines[0]
        await b.press("a")
        assert "1 entry error shown" in b.lines[23]
        assert b.line(" corrected").split()[0] == "–"
        assert len(dues(b)) == 9
        assert b.lines[0] == counts
        await b.press("a")
        assert len(dues(b)) == 8


async def test_a_citation_of_the_marked_promise(board: Started) -> None:
    async with board(FakeTracker()) as b:
        await b.press("p", "y")
        assert marked(b).id in b.app.clipboard
        assert "✓ copied: " in b.lines[23]


async def test_the_citation_names_figure_words_and_source(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("p", "j", "y")
        for words in ("at least 300,000 vehicles/year", "2020-12-31", "next year", "greaterbayinsight.com"):
            assert words in b.app.clipboard


async def test_a_fresh_seed_has_its_two_promises(board: Started) -> None:
    async with board(books.seeded()) as b:
        await b.press("p")
        assert dues(b) == ["2020-12-31?", "2020-12-31?"]
        assert "? 2 no verdict" in b.lines[0]


# The lines themselves


@pytest.mark.parametrize("cells", range(38, 240, 7))
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_every_line_is_as_wide_as_its_columns(cells: int, glyphs: Any) -> None:
    ledger = ledger_of_states()
    columns = ledgertext.laid_out(cells, ledger, glyphs)
    assert columns.used <= max(cells, 48)
    for view in ledger.targets:
        text = ledgertext.texts(view, ledger, cells, glyphs)
        assert line_width(ledgertext.promise_line(text, columns, glyphs)) == columns.used - 1
    assert line_width(ledgertext.heads_line(columns, "due date", glyphs)) == columns.used - 1


def test_columns_go_in_one_order_and_some_never() -> None:
    ledger = ledger_of_states()
    gone: list[str] = []
    for cells in range(160, 40, -1):
        columns = ledgertext.laid_out(cells, ledger, UNICODE)
        assert columns.due
        assert columns.target
        assert columns.verdict
        missing = [name for name in Columns._fields if not getattr(columns, name)]
        gone += [name for name in missing if name not in gone]
    assert gone == ["why", "who", "evidence", "margin", "name"]


def test_the_ledger_leaves_no_cell_free_while_a_name_is_cut() -> None:
    needs = Needs(due=10, name=60, target=13, who=20, verdict=12, evidence=8, margin=12, why=30)
    for cells in range(50, 261):
        found = columns(cells, needs)
        assert found.used <= cells, cells
        assert found.name == 60 or found.used == cells or found.name == 26, cells
    assert (columns(220, needs).name, columns(220, needs).why) == (60, 30)


def test_only_the_missed_word_and_its_glyph_are_coloured_and_bold() -> None:
    ledger = ledger_of_states()
    view = next(view for view in ledger.targets if view.verdict == "missed")
    columns = ledgertext.laid_out(120, ledger, UNICODE)
    text = ledgertext.texts(view, ledger, 120, UNICODE)
    line = ledgertext.promise_line(text, columns, UNICODE)
    assert [
        (span.strip(), role) for span, role in line if role not in ("text", "muted", "warn", "accent")
    ] == [
        ("✗", "off"),
        ("missed", "off"),
    ]


def test_a_rounded_margin_says_so_once() -> None:
    view = target(1, "2020")._replace(evidence="2021", margin=-1_234_567, margin_qualifier="about")
    ledger = made(view)
    text = ledgertext.texts(ledger.targets[0], ledger, 80, UNICODE)
    assert text.margin == "~-1.23 m"


@given(
    st.integers(-(10**13), 10**13) | st.decimals(-1000, 1000, places=3).map(float),
    st.sampled_from(["more than", "at least", "less than", "at most"]),
    st.sampled_from([80, 120]),
)
def test_a_margin_from_a_bound_stays_true_when_it_is_rounded(
    value: float, qualifier: str, cells: int
) -> None:
    view = target(1, "2020")._replace(evidence="2021", margin=value, margin_qualifier=qualifier)
    ledger = made(view)
    text = ledgertext.texts(ledger.targets[0], ledger, cells, ASCII).margin
    amount = parse_amount(text.lstrip("~<>=").removeprefix("+"), "")
    if qualifier in ("more than", "at least"):
        assert amount.value <= value
    else:
        assert amount.value >= value
    assert text.lstrip("~")[: len(sign_of(qualifier, ascii=True))] == sign_of(qualifier, ascii=True)


def test_words_of_the_counts_go_before_bad_news_does() -> None:
    views = [
        target(n, f"20{20 + n}")._replace(state="due passed", verdict=verdict)
        for n, verdict in enumerate(("missed", "met late", "met", "cannot tell", "superseded", "dropped"))
    ]
    for cells in range(52, 90):
        text = plain(counts_line(made(*views).targets, "promises", [("2026-01-01", "text")], cells, UNICODE))
        assert width(text) == cells
        assert "✗ 1 missed" in text
        assert text.endswith("2026-01-01 ")


def test_a_long_quote_is_broken_anywhere_and_cut_at_the_end() -> None:
    quote = "到二零二五年形成二百万辆新能源汽车产能" * 30
    view = target(2_000_000, "2025")._replace(quote=quote, stated_by="市政府")
    ledger = made(view, unit="vehicles")
    lines = ledgerpane.story(ledger.targets[0], ledger, 80, 9, UNICODE)
    assert len(lines) == 9
    assert all(line_width(line) <= 80 for line in lines)
    text = [plain(line) for line in lines]
    assert text[3].startswith(" stated   2019-Q4 by 市政府: “到二零二五年")
    assert text[4].startswith("          ")
    assert sum("…" in line for line in text) == 1
    # What else there is keeps its line; who logged it gives way.
    assert [line[1:9].strip() for line in text[1:] if line[1:9].strip()] == [
        "promise",
        "verdict",
        "stated",
        "source",
    ]


def test_a_total_over_a_span_names_it() -> None:
    ledger = ledger_of_states()
    view = next(view for view in ledger.targets if view.over)
    text = "\n".join(plain(line) for line in ledgerpane.story(view, ledger, 100, 12, UNICODE))
    assert "≥3,000,000 vehicles over 2021..2025 by 2025-12-31" in text


def test_a_promise_without_a_due_date_says_so() -> None:
    ledger = made(target(5, "none")._replace(due="none", due_end=None))
    text = ledgertext.texts(ledger.targets[0], ledger, 80, UNICODE)
    assert text.due == "no date"
    told = ledgerpane.parts(ledger.targets[0], ledger.rows["x"], ledger.known, UNICODE)
    assert "without a due date" in told[0].text


def test_a_currency_stands_before_the_figure() -> None:
    ledger = made(target(200e9, "2020"), unit="CNY/year")
    assert parse_unit("CNY/year").currency == "CNY"
    assert ledgertext.texts(ledger.targets[0], ledger, 120, UNICODE).target == "≥CNY 200 bn"


# What became of a promise, told in full


def broken() -> Tracker:
    """Stations with a promise kept, one moved, one lowered after that, and one dropped."""
    tracker = books.stations("2020-12-31,5000 2021-12-31,5200 2025-12-31,5300")
    asked = "the budget committee asked for more time"
    for entry in (
        GoalEntry("stations", "5200", "2025-06-30"),
        GoalEntry("stations", "9000", "2030"),
        GoalEntry("stations", "9000", "2032", replaces="stations@2030", reason=asked),
        GoalEntry("stations", "7000", "2033", replaces="stations@2032", reason="new coalition"),
        GoalEntry("stations", "8000", "2040"),
    ):
        tracker.set_target(entry._replace(stated_on="2026-01-15", source="plan"))
    tracker.drop_target("stations@2040", "leaflet withdrawn after the flood")
    return tracker


def told(b: Board) -> str:
    """The text of the pane, in one line."""
    return " ".join(plain(line) for line in screen(b).pane.lines)


def flat(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())


def test_the_word_of_a_row_is_what_the_counts_count() -> None:
    for ledger in (ledger_of_states(), _ledger(broken()), _ledger(books.followed(), date(2020, 6, 30))):
        words = {view.id: ledger.judged(view, UNICODE).word for view in ledger.targets}
        found = ledger_counts(ledger.targets)
        assert set(found) == {"no verdict" if word in NO_VERDICT else word for word in words.values()}
        assert all(words[view.id] == "open" for view in ledger.targets if view.state == "open")


def _ledger(tracker: Tracker, day: date | None = None) -> Ledger:
    clocks = Clocks(as_of=day)
    found = tracker.board(clocks, archived=True)
    rows = {each.id: each for each in found.rows}
    return Ledger(found.title, tracker.ledger((), clocks), rows, found.as_of, found.travelling)


def test_an_open_promise_has_the_glyph_and_the_colour_of_its_rows_status() -> None:
    ledger = _ledger(broken())
    view = next(view for view in ledger.targets if view.headline)
    found = ledger.judged(view, UNICODE)
    assert (found.word, found.status) == ("open", "off track")
    assert found.why.startswith("off track: pace is 0.")
    assert found.why.endswith("; lowered by 2,000, one year later (new coalition)")
    line = ledgertext.promise_line(
        ledgertext.texts(view, ledger, 120, UNICODE), ledgertext.laid_out(120, ledger, UNICODE), UNICODE
    )
    assert ("○ ", "off") in line
    assert next(role for text, role in line if text.strip() == "open") == "off"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_the_pane_tells_all_of_a_moved_and_of_a_dropped_promise(
    board: Started, size: tuple[int, int]
) -> None:
    async with board(broken(), size=size) as b:
        await b.press("p", "j", "j")
        assert marked(b).due == "2032"
        text = flat(told(b))
        assert "– superseded" in text
        assert (
            "replaced on 2026-01-15 by ≥7,000 by 2033-12-31: lowered by 2,000, one year later (new coalition);"
            " revises ≥9,000 by 2030-12-31: same figure, two years later (the budget committee asked for more"
            " time)" in text
        )
        await b.press("end")
        assert "– dropped" in flat(told(b))
        assert "withdrawn on 2026-11-24: leaflet withdrawn after the flood" in flat(told(b))
        assert "…" not in told(b)


async def test_the_pane_grows_to_half_of_the_screen_and_stays_so(board: Started) -> None:
    tracker = books.states()
    tracker.set_target(GoalEntry("coal", "1", "2050", quote="we will " * 200))
    async with board(tracker) as b:
        await b.press("p")
        assert screen(b).pane.size.height == 7
        await b.press("end", "k")
        assert marked(b).due == "2050"
        assert screen(b).pane.size.height == 12
        assert any(line.startswith("▌") for line in b.lines)
        await b.press("home")
        assert screen(b).pane.size.height == 12


async def test_the_detail_tells_the_same_of_the_marked_promise(board: Started) -> None:
    async with board(broken()) as b:
        await b.press("p", "j", "j", "enter", "end", "k", "k")
        assert isinstance(b.app.screen, DetailScreen)
        text = flat(b.text)
        assert "replaced on 2026-01-15 by ≥7,000 by 2033-12-31: lowered by 2,000, one year later" in text


async def test_the_ledger_says_by_which_method_open_promises_are_reckoned(board: Started) -> None:
    tracker = broken()
    tracker.edit_database(SettingsEntry(method="un-chart"))
    async with board(tracker, size=(120, 40)) as b:
        await b.press("p")
        assert b.lines[0].endswith("un-chart")


# Writing


async def test_a_promise_is_dropped_with_its_reason(board: Started) -> None:
    tracker = broken()
    async with board(tracker) as b:
        await b.press("p", "3", "j", "D")
        assert "─ drop  Stations, ≥7,000 by 2033-12-31 ─" in b.text
        await b.press("enter")
        assert "a dropped target needs its reason" in b.text
        await b.type("no money")
        await b.press("enter")
        assert "dropped target stations at least 7,000" in b.lines[23]
        assert (marked(b).due, marked(b).state, marked(b).dropped_why) == ("2033", "dropped", "no money")
        await b.press("u")
        assert marked(b).state == "open"


async def test_what_is_over_is_neither_dropped_nor_revised(board: Started) -> None:
    async with board(broken()) as b:
        await b.press("p", "j")
        for key in ("D", "g"):
            await b.press(key)
            assert "✗ it was replaced already" in b.lines[23]
        await b.press("end", "g")
        assert "✗ it was dropped already" in b.lines[23]


async def test_g_revises_the_marked_promise_and_not_the_headline(board: Started) -> None:
    tracker = broken()
    tracker.set_target(GoalEntry("stations", "99000", "2060"))
    async with board(tracker) as b:
        await b.press("p", "end", "g")
        assert "revises ≥99,000 by 2060-12-31" in b.text
        await b.type("98000")
        await b.press("enter")
        assert screen(b).form
        # The reason is what is missing, and so what is typed next.
        await b.type("too dear")
        await b.press("enter")
        assert screen(b).form is None
        new = next(view for view in tracker.ledger() if view.value == 98_000)
        assert new.change == "lowered by 1,000, same date (too dear)"
        assert marked(b).state == "superseded"


async def test_c_corrects_and_d_retracts_the_marked_promise(board: Started) -> None:
    tracker = broken()
    async with board(tracker) as b:
        await b.press("p", "3", "j", "c")
        assert "─ correct goal  Stations ─" in b.text
        await b.type("7100")
        await b.press("enter")
        assert [view.value for view in tracker.ledger() if view.state == "open"] == [7100]
        await b.press("d")
        await b.type("wrong row")
        await b.press("enter")
        assert 7100 not in [view.value for view in tracker.ledger()]
        await b.press("u")
        assert 7100 in [view.value for view in tracker.ledger()]


async def test_an_entry_error_is_left_alone(board: Started) -> None:
    tracker = broken()
    tracker.retract("stations@2033", "wrong")
    async with board(tracker) as b:
        await b.press("p", "a", "3", "j")
        assert marked(b).state == "retracted"
        for key in ("c", "d", "g", "D"):
            await b.press(key)
            assert "✗ it is an entry error" in b.lines[23]


async def test_the_help_of_the_ledger_is_its_own(board: Started) -> None:
    async with board(broken(), keymap={"drop": "X"}) as b:
        await b.press("p", "question_mark")
        assert " X           drop: it no longer holds" in b.text
        await b.press("escape")
        assert isinstance(b.app.screen, LedgerScreen)
