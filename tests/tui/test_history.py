"""History: what was saved in a field comes back, newest first, private and bounded."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gztrack.tui.history import MOST, MOST_CHARACTERS, MOST_FIELDS, History, Recall, place
from gztrack.tui.smallfile import beside


def test_what_was_saved_comes_back_latest_first_and_once(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    for text in ("a", "b", "a"):
        History(path).add({"source": text})
    assert History(path).of("source") == ["a", "b"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_stays_small(tmp_path: Path) -> None:
    history = History(tmp_path / "history.json")
    history.add([("source", str(n)) for n in range(MOST + 10)])
    assert history.of("source")[0] == str(MOST + 9)
    assert len(history.of("source")) == MOST
    history.add([(f"field {n}", "x") for n in range(MOST_FIELDS)])
    assert history.of("source") == []
    history.add([(f"f{n} {k}", "y" * 1000) for n in range(10) for k in range(MOST)])
    assert (tmp_path / "history.json").stat().st_size < 2 * MOST_CHARACTERS


def test_empty_and_endless_texts_are_not_kept() -> None:
    history = History(None)
    history.add({"note": " ", "quote": "x" * 1001})
    assert (history.of("note"), history.of("quote")) == ([], [])


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"source": 1}', '{"source": [1]}', "\x00\xff", "[" * 100_000]
)
def test_a_damaged_file_is_no_history(tmp_path: Path, content: str) -> None:
    path = tmp_path / "history.json"
    path.write_text(content, encoding="latin-1")
    assert History(path).of("source") == []
    History(path).add({"source": "a"})
    assert History(path).of("source") == ["a"]


def test_a_folder_that_takes_nothing_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = History(tmp_path / "file" / "history.json")
    history.add({"source": "a"})
    assert history.of("source") == ["a"]


def test_it_lies_beside_the_drafts_of_its_database() -> None:
    assert beside(Path("/s/drafts-0a1b.json"), "history") == Path("/s/history-0a1b.json")


def test_some_fields_mean_the_same_in_every_form() -> None:
    assert place("log", "source") == place("goal", "source")
    assert place("log", "value") != place("goal", "value")


def test_going_back_and_forth_ends_at_what_was_typed() -> None:
    history = History(None)
    history.add([("log value", "1"), ("log value", "2")])
    recall = Recall(history, "log")
    assert recall.step("value", "typed", 1) == "2"
    assert recall.notes["value"] == "1 of 2 saved before; pgdn goes back"
    assert recall.step("value", "2", 1) == "1"
    assert recall.step("value", "1", 1) is None
    assert recall.notes["value"] == "nothing older was saved here"
    assert recall.step("value", "1", -1) == "2"
    assert recall.step("value", "2", -1) == "typed"
    assert not recall.recalling("value")


def test_an_edited_text_is_new_again() -> None:
    history = History(None)
    history.add({"log value": "1"})
    recall = Recall(history, "log")
    recall.step("value", "", 1)
    recall.edited("value", "1")
    assert recall.recalling("value")
    recall.edited("value", "12")
    assert not recall.recalling("value")


def test_what_a_foreign_file_says_is_made_safe(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text('{"source": ["a\\u001b[31mb\\u202e"]}')
    assert History(path).of("source") == ["ab"]
