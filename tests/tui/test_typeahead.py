"""Keys that come all at once, as from a slow line or fast fingers, go where they were meant to go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events
from textual.pilot import Pilot

from gztrack.services.tracker import Tracker
from gztrack.tui.app import GztrackApp, build
from tui.fake import FakeTracker, first_run


def board() -> GztrackApp:
    return build(cast("Tracker", FakeTracker(first_run(), first_run=True)))


async def at_once(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Put keys into the app's queue without waiting for any of them."""
    for key in keys:
        name = {"/": "slash"}.get(key, key)
        pilot.app.post_message(events.Key(name, key if len(key) == 1 else None))
    for _ in range(200):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        app = cast("GztrackApp", pilot.app)
        if not app.typed_ahead or app._holds:
            break
    await pilot.pause()


def texts(app: GztrackApp) -> dict[str, str]:
    form = getattr(app.screen, "form", None)
    return {} if form is None else {name: text for name, text in form.texts.items() if text}


async def test_a_key_that_opens_a_form_and_what_is_typed_into_it() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, ["l", *"250k", "tab", *"2020-Q2"])
        assert texts(app) == {"value": "250k", "period": "2020-Q2"}


async def test_digits_before_a_key_are_a_count_and_after_it_a_figure() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, ["2", "j", "g", *"5k"])
        assert texts(app)["value"] == "5k"
        assert app.screen.form.dialog.row.id == first_run()[2].id  # type: ignore[attr-defined]


async def test_what_follows_a_saving_enter_is_for_the_board_again() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, ["l", *"250k", "tab", *"2020", "enter", "g", *"300k"])
        tracker = cast("FakeTracker", app.desk.book)
        assert [name for name, _ in tracker.asked] == ["log"]
        assert texts(app)["value"] == "300k"


async def test_a_filter_takes_what_is_typed_after_its_key() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, ["/", *"nev"])
        assert app.screen.words == "nev"  # type: ignore[attr-defined]


async def test_a_paste_keeps_its_place_among_the_keys() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Key("l", "l"))
        app.post_message(events.Paste("31万"))
        await at_once(pilot, ["tab", *"2020"])
        assert texts(app) == {"value": "31万", "period": "2020"}


async def test_a_key_that_nobody_finishes_does_not_stop_the_next_for_ever() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        app.hold_keys()
        await at_once(pilot, ["l"])
        assert texts(app) == {}
        assert getattr(app.screen, "form", None) is None
        app._since -= 60
        await at_once(pilot, ["l"])
        assert getattr(app.screen, "form", None) is not None


async def test_a_circumflex_that_is_typed_stays_one() -> None:
    app = board()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, ["l", "1"])
        app.post_message(events.Key("circumflex_accent", "^"))
        await pilot.pause(0.1)
        assert texts(app)["value"] == "1^"
