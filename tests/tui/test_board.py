"""The board under somebody's fingers."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from textual.geometry import Size

from gztrack.errors import InputError, StoreDamaged
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.help import HelpScreen
from gztrack.tui.widgets.board_list import BoardList
from tui.conftest import Board, Started
from tui.fake import FakeTracker, first_run, many, states


def here(b: Board) -> str:
    """Id of the row under the cursor."""
    screen = b.app.screen
    assert isinstance(screen, BoardScreen)
    assert screen.row
    return screen.row.id


async def test_the_first_screen_answers_what_is_wrong(board: Started) -> None:
    async with board() as b:
        assert b.lines[0].startswith(" ○ 2 off track ✗ 1 ◐ 1 behind ● 1 on track ✓ 3 ? 4 · 1 no target")
        assert b.lines[0].endswith("2026-11-24")
        assert b.lines[1].split() == ["indicator", "reading", "target", "progress", "status"]
        assert b.lines[23].startswith(" l log  g goal  enter detail  / filter")
        assert sum(" % " in line for line in b.lines) >= 12


async def test_the_pane_says_what_the_row_could_not(board: Started) -> None:
    async with board() as b:
        await b.press("j")
        assert b.lines[21] == " NEV output  780,000 vehicles/yr in 2025, provisional"
        assert b.lines[22].startswith(" target ≥1,500,000 by 2027-12-31   pace is 0.69")


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["j"], 1),
        (["down", "down", "k"], 1),
        (["up"], 0),
        (["5", "j"], 5),
        (["1", "0", "j"], 10),
        (["9", "9", "j"], 12),
        (["G"], 12),
        (["end", "home"], 0),
        (["3", "G"], 2),
        (["end", "pageup"], 0),
        (["5", "x_unknown", "j"], 1),
    ],
)
async def test_keys_move_the_cursor(board: Started, keys: list[str], row: int) -> None:
    async with board() as b:
        await b.press(*keys)
        assert here(b) == states()[row].id


async def test_a_count_is_shown_until_it_is_used(board: Started) -> None:
    async with board() as b:
        await b.press("1", "2")
        assert b.lines[23].endswith(" 12")
        await b.press("j")
        assert not b.lines[23].endswith(" 12")


async def test_moving_is_told_with_a_message(board: Started) -> None:
    async with board() as b:
        await b.press("3", "j")
        told = [
            message.row.id for message in b.messages if isinstance(message, BoardList.Moved) and message.row
        ]
        assert told[-1] == "uhd-output"


async def test_a_long_list_scrolls_with_its_cursor(board: Started) -> None:
    async with board(FakeTracker(many(500))) as b:
        await b.press("end")
        assert here(b) == "i-499"
        assert any(line.startswith("▌") for line in b.lines)
        await b.press("pageup", "pageup", "home")
        assert "Group 0" in b.text


async def test_the_filter_narrows_while_it_is_typed(board: Started) -> None:
    async with board() as b:
        await b.press("slash")
        await b.type("nev")
        assert b.lines[0].startswith(" / nev")
        assert "3 of 13" in b.lines[0]
        assert "5G base stations" not in b.text
        await b.press("enter", "j")
        assert here(b) == "nev-output"
        assert "3 of 13" in b.lines[0]
        await b.press("escape")
        assert "5G base stations" in b.text


async def test_escape_gives_the_filter_up(board: Started) -> None:
    async with board() as b:
        await b.press("j", "slash")
        await b.type("zzz")
        assert "no name matches" in b.text
        await b.press("escape")
        assert "off track" in b.lines[0]
        assert here(b) == "nev-output"


async def test_the_cursor_stays_on_its_indicator_while_filtering(board: Started) -> None:
    async with board() as b:
        await b.press("2", "j", "slash")
        await b.type("growth")
        assert here(b) == "nev-output-growth"


async def test_only_off_track_and_everything_again(board: Started) -> None:
    async with board() as b:
        await b.press("o")
        assert "only off track  3 of 13" in b.lines[0]
        assert "achieved" not in b.text
        await b.press("o")
        assert "achieved" in b.text


async def test_sort_goes_round_and_is_said(board: Started) -> None:
    async with board() as b:
        await b.press("s")
        assert "sorted: worst first" in b.lines[23]
        assert "worst first" in b.lines[1]
        assert b.lines[2].strip() == "Manufacturing"
        assert "off track" in b.lines[3]
        await b.press("s", "s", "s", "s", "s")
        assert b.lines[2].strip() == "New energy vehicles"
        assert "worst first" not in b.text


async def test_another_method_is_asked_for_and_named(board: Started) -> None:
    async with board() as b:
        await b.press("m")
        assert "open-sdg" in b.lines[0]


async def test_time_travel_and_back(board: Started) -> None:
    async with board() as b:
        await b.press("left_square_bracket")
        assert b.lines[0].endswith("as of 2026-08-26")
        assert "t today" in b.lines[23]
        await b.press("t")
        assert b.lines[0].endswith(" 2026-11-24")
        await b.press("right_square_bracket")
        assert "this is today" in b.lines[23]


async def test_another_sessions_change_appears_and_the_cursor_stays(board: Started) -> None:
    async with board() as b:
        await b.press("5", "j")
        b.tracker.rows = tuple(
            row._replace(percent="99.9 %") if row.id == "nev-output" else row for row in b.tracker.rows[1:]
        )
        b.tracker.news = frozenset({"nev-output"})
        await b.until(lambda: b.line("NEV output ").startswith("•◐ NEV output"))
        assert "99.9 %" in b.line("NEV output ")
        assert here(b) == "5g-base-stations"
        await b.until(lambda: b.line("NEV output ").startswith(" ◐ NEV output"))


async def test_a_store_that_fails_is_said_once_and_the_board_goes_on(board: Started) -> None:
    async with board() as b:

        def damaged() -> bool:
            raise StoreDamaged("facts.jsonl:7: bad checksum; run gztrack doctor")

        b.tracker.changed = damaged
        await b.until(lambda: "✗ facts.jsonl:7: bad checksum" in b.lines[23])
        await b.press("j")
        assert here(b) == "nev-output"
        await b.pilot.pause(0.6)
        assert "l log" in b.lines[23]


async def test_nothing_is_painted_while_nothing_happens(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.pilot.pause(0.3)
        painted: list[object] = []
        display = b.app._display

        def spy(screen: object, renderable: object) -> None:
            painted.append(renderable)
            display(screen, renderable)

        b.app._display = spy
        await asyncio.sleep(1.6)
        assert [each for each in painted if each is not None] == []


async def test_midnight_moves_the_board(board: Started) -> None:
    async with board() as b:
        b.tracker.today = date(2026, 11, 25)
        await b.until(lambda: b.lines[0].endswith(" 2026-11-25"))


async def test_the_first_run_line_goes_with_the_first_entry(board: Started) -> None:
    async with board(FakeTracker(first_run(), first_run=True)) as b:
        assert b.lines[1].startswith(" Start here: l logs a reading")
        await b.press("l")
        await b.type("310k")
        await b.press("enter")
        assert "Start here" not in b.text


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 5), (40, 10), (59, 9), (60, 10), (200, 8), (300, 100)])
async def test_no_size_is_too_small_or_too_large(board: Started, size: tuple[int, int]) -> None:
    async with board(size=size) as b:
        await b.press(
            "j", "l", "escape", "g", "ctrl+o", "tab", "escape", "enter", "escape", "question_mark", "x"
        )
        assert b.app.is_running
        assert ("gztrack needs" in b.text) == (size[0] >= 14 and (size[0] < 60 or size[1] < 16))


async def test_a_resize_arranges_everything_anew(board: Started) -> None:
    async with board(size=(80, 24)) as b:
        await b.press("j")
        await b.pilot.resize_terminal(200, 50)
        await b.settle()
        assert "gztrack  Guangzhou industrial upgrading" in b.lines[0]
        assert "readings" in b.text
        assert "stats.gz.gov.cn, provisional" in b.text
        await b.pilot.resize_terminal(80, 24)
        await b.settle()
        assert b.lines[21].startswith(" NEV output")


HOSTILE = "\x1b[31mred\x1b]52;c;AAAA\x07 [bold]x[/] \u202eevil\nsecond \x9b2J"


async def test_hostile_text_is_never_markup_and_never_raw(board: Started) -> None:
    bad = tuple(
        row._replace(name=HOSTILE, group=HOSTILE, reason=HOSTILE, name_zh=HOSTILE) for row in states()[:3]
    )
    async with board(FakeTracker(bad), size=(120, 40)) as b:
        assert "red [bold]x[/]" in b.text
        for _ in range(2):
            assert not any(set(line) & set("\x1b\x9b\x07\u202e") for line in b.lines)
            await b.press("enter")
        await b.press("escape", "l", "escape", "g", "escape", "c", "escape", "e", "escape")
        assert not any(set(line) & set("\x1b\x9b\x07\u202e") for line in b.lines)


async def test_chinese_names_keep_the_columns_straight(board: Started) -> None:
    async with board(size=(100, 24)) as b:
        await b.press("N")
        assert "新能源汽车产量" in b.text
        rows = [
            line for line in b.app.screen._compositor.render_strips() if "%" in line.text and "│" in line.text
        ]
        posts = {_cells_before(strip.text, "│") for strip in rows}
        assert len(posts) == 1


def _cells_before(text: str, mark: str) -> int:
    from rich.cells import cell_len

    return cell_len(text[: text.index(mark)])


async def test_ascii_boards_are_ascii(board: Started) -> None:
    async with board(size=(160, 50), ascii=True, theme="ansi") as b:
        for keys in ("j", "enter", "escape", "l", "escape", "question_mark"):
            assert b.text.isascii(), keys
            await b.press(keys)
        assert b.text.isascii()


async def test_copying_shows_what_is_copied(board: Started) -> None:
    async with board() as b:
        await b.press("j", "y")
        assert "copied: NEV output: 780,000 vehicles/year" in b.lines[23]
        assert b.app.clipboard.startswith("NEV output: 780,000")


async def test_copying_without_a_reading_is_said(board: Started) -> None:
    async with board(FakeTracker(first_run())) as b:
        await b.press("y")
        assert "✗ there is no reading to cite" in b.lines[23]


async def test_undo_takes_counts_and_says_the_way_back(board: Started) -> None:
    async with board() as b:
        await b.press("3", "u")
        assert b.tracker.asked == [("undo", (3,))]
        assert "undid log nev-output@2025" in b.lines[23]
        assert "U brings it back" in b.lines[23]


async def test_nothing_to_undo_is_one_line(board: Started) -> None:
    async with board() as b:
        b.tracker.refuse = InputError("there is nothing to undo")
        await b.press("u")
        assert "✗ there is nothing to undo" in b.lines[23]


async def test_a_message_goes_with_the_next_key(board: Started) -> None:
    async with board() as b:
        await b.press("u", "j")
        assert "l log" in b.lines[23]


async def test_help_and_any_key(board: Started) -> None:
    async with board() as b:
        await b.press("question_mark")
        assert isinstance(b.app.screen, HelpScreen)
        assert "log a reading" in b.text
        await b.press("l")
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.form is None


async def test_the_palette_runs_actions(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+p", *"archive", "enter")
        assert b.tracker.asked == [("archive", ("nev-capacity",))]


async def test_ctrl_c_explains_itself(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+c")
        assert b.app.is_running
        assert "q quits" in b.lines[23]


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting(board: Started, key: str) -> None:
    async with board() as b:
        await b.pilot.press(key)
        await b.pilot.pause()
        assert not b.app._running or b.app._exit


async def test_repaint_sends_everything(board: Started) -> None:
    async with board() as b:
        before = b.lines
        await b.press("ctrl+l")
        assert b.lines == before


async def test_themes_go_round(board: Started) -> None:
    async with board() as b:
        names = []
        for _ in range(4):
            await b.press("T")
            names.append(b.app.palette.name)
            assert f'theme: {names[-1]} (theme = "{names[-1]}" in config.toml keeps it)' in b.lines[23]
        assert names == ["light", "ansi", "mono", "dark"]


async def test_keys_can_be_remapped(board: Started) -> None:
    async with board(keymap={"log": "B"}) as b:
        assert b.lines[23].startswith(" B log")
        await b.press("l")
        assert "─ log" not in b.text
        await b.press("B")
        assert "─ log" in b.text


async def test_a_click_moves_and_a_second_opens(board: Started) -> None:
    async with board() as b:
        await b.pilot.click(BoardList, offset=(10, 3))
        await b.settle()
        assert here(b) == "nev-output"
        await b.pilot.click(BoardList, offset=(10, 3))
        await b.settle()
        assert "readings" in b.text


async def test_an_empty_board_says_what_to_do(board: Started) -> None:
    async with board(FakeTracker([])) as b:
        assert "nothing is tracked yet: n adds an indicator" in b.text
        await b.press("j", "l", "g", "c", "d", "e", "y", "enter")
        assert b.app.is_running


async def test_an_unknown_slow_first_board_comes_when_it_comes(
    board: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    from time import sleep

    class Slow(FakeTracker):
        def board(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
            sleep(0.2)
            return FakeTracker.board(self)

    async with board(Slow()) as b:
        await b.settle()
        assert "NEV output" in b.text


async def test_what_the_store_noticed_is_said_at_the_start(board: Started) -> None:
    tracker = FakeTracker()
    tracker.notices = ["a torn line was put aside in quarantine/"]
    async with board(tracker) as b:
        assert "✗ a torn line was put aside in quarantine/" in b.lines[23]
        await b.press("j")
        assert "l log" in b.lines[23]


# The chart in the pane


async def test_the_pane_below_has_the_chart_at_the_left_and_readings_over_targets(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j")
        assert (
            b.lines[28].endswith("pace is 0.69 of what the line from 2020 needs") or "below it" in b.lines[28]
        )
        readings, targets = b.line(" readings"), b.line(" targets")
        assert readings.index("readings") == targets.index("targets") > 50
        assert b.lines.index(readings) < b.lines.index(targets)
        assert "┤" in readings[:10] or "│" in readings[:10]
        assert b.line("today ┊")


async def test_the_pane_at_the_right_has_the_chart_over_the_figures(board: Started) -> None:
    async with board(size=(200, 60)) as b:
        await b.press("j")
        drawn, figures = b.line("today ┊"), b.line("attainment")
        assert b.lines.index(drawn) < b.lines.index(figures) < b.lines.index(b.line(" readings"))


async def test_charts_are_made_only_of_rows_that_are_shown(board: Started) -> None:
    tracker = FakeTracker(many(1000))
    async with board(tracker, size=(120, 40)) as b:
        await b.press("j", "j", "k", "j")
        assert tracker.charted == ["i-0", "i-1", "i-2"]


async def test_a_row_that_changed_has_a_new_chart(board: Started) -> None:
    tracker = FakeTracker()
    async with board(tracker, size=(120, 40)) as b:
        await b.press("j", "left_square_bracket")
        assert tracker.charted == ["nev-capacity", "nev-output", "nev-output"]
        assert b.line("as of ┊")


async def test_an_ascii_chart_is_ascii(board: Started) -> None:
    async with board(size=(120, 40), ascii=True, theme="ansi") as b:
        await b.press("j")
        assert b.line("today |")
        assert all(line.isascii() for line in b.lines)


async def test_an_open_promise_is_told_by_how_it_stands(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j")
        assert b.line("2027-12-31  ≥1,500,000  ◐ behind  open")


async def test_a_row_without_a_target_offers_the_key(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("end")
        assert b.line(" · no target  g sets one")
        assert "yet: g sets one" not in b.text.replace("none yet", "")


async def test_the_first_screen_is_arranged_once(board: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[Size] = []
    arrange = BoardScreen.lay_out

    def counted(screen: BoardScreen) -> None:
        sizes.append(screen.app.size)
        arrange(screen)

    monkeypatch.setattr(BoardScreen, "lay_out", counted)
    async with board(size=(120, 40)) as b:
        assert sizes == [(120, 40)]
        await b.pilot.resize_terminal(100, 30)
        await b.settle()
        assert sizes[-1] == (100, 30)
