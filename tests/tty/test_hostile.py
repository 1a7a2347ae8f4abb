"""User text on every screen of the real program: the bytes sent hold nothing that the text itself caused.

The texts come by a journal that a foreign program wrote, so nothing was cleaned on the way in.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from gztrack.domain.ids import fact_ids, new_tx
from gztrack.storage.creation import create
from gztrack.storage.store import Transaction
from gztrack.storage.tinydb_store import TinyDBStore
from terminal import Terminal, bare_environment

from .conftest import GZTRACK
from .sent import culprits

MARK = "zqx"
"""Begins every hostile text, so that a screen that does not show it is noticed."""

HOSTILE = {
    "closing tag": "[/]",
    "colour": "[red]x[/]",
    "click": "[@click=app.quit]x[/]",
    "link": "[link=file:///x]x",
    "colour sequence": "a\x1b[31mred\x1b[0m\x1b[2J\x1b[1;1H",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07\x1b]52;c;ZXZpbA==\x1b\\",
    "title and hyperlink": "\x1b]0;evil\x07\x1b]8;;file:///x\x1b\\x\x1b]8;;\x1b\\\x1bP+q544e\x1b\\",
    "C1": "\x9b31mred\x9d52;c;ZXZpbA==\x9c\x90x\x9c\x85",
    "newlines": "one\r\ntwo\nthree\x0bfour\x0cfive\u2028six\u2029seven\tafter",
    "right to left": "\u202eevil\u202c\u2066x\u2069\u200f\u061c\u200e",
    "other controls": "\x00\x07\x08\x08\x0e\x0f\x18\x1a\x7f\u200b\ufeff",
    "very long": "long " * 2000,
}


class Foreign:
    """A database that holds texts in every place that takes one, an indicator for each text."""

    def __init__(self, path: Path, *texts: str) -> None:
        self.path = path
        self.text = MARK + texts[0]
        self.written = 0
        told: list[Transaction] = []
        for number, text in enumerate(texts):
            evil = f"{MARK}{number or ''}{text}"
            slug = f"evil{number or ''}"
            indicator = {
                "indicator": slug, "name": evil, "name_zh": evil, "unit": "things", "unit_zh": evil,
                "measure": "level", "direction": "up", "group": evil, "group_zh": evil, "definition": evil,
            }  # fmt: skip
            reading = {
                "indicator": slug, "value": 5, "period": "2020", "start": "2020-01-01", "end": "2020-12-31",
                "source": evil, "source_url": f"https://x/{evil}", "note": evil, "published": "2021",
            }  # fmt: skip
            target = {
                "indicator": slug, "value": 9, "comparator": "at least", "due": "2030", "due_end": "2030-12-31",
                "stated_on": "2020", "stated_on_start": "2020-01-01", "stated_by": evil, "quote": evil,
                "source": evil, "source_url": evil, "note": evil,
            }  # fmt: skip
            told += [
                self._written(indicator=indicator),
                self._written(readings=reading),
                self._written(
                    readings={**reading, "period": "2021", "start": "2021-01-01", "end": "2021-12-31"}
                ),
                self._written(targets=target),
            ]
        plain = {
            "indicator": "plain", "name": "Plain", "name_zh": "", "unit": "things", "measure": "level",
            "direction": "up", "group": "Plain", "definition": "",
        }  # fmt: skip
        told.append(self._written(indicator=plain))
        title = self.text[:900]
        told.append(self._written(settings={"name": "title_zh", "value": title}))
        create(str(path / "db"), title, "UTC", told)
        self.env = {
            "GZTRACK_DB": str(path / "db"),
            "GZTRACK_TODAY": "2026-11-24",
            "HOME": str(path),
        }

    def _written(self, **facts: Mapping[str, object]) -> Transaction:
        tx = new_tx()
        ids = fact_ids(tx, len(facts))
        named = (("indicators" if table == "indicator" else table, fact) for table, fact in facts.items())
        pairs = tuple((table, {"id": own, **fact}) for own, (table, fact) in zip(ids, named, strict=True))
        self.written += 1
        return Transaction(
            tx, f"2026-11-01T00:00:{self.written:02}.000000Z", self.text, self.text, "import", pairs
        )

    def write_on(self) -> None:
        """Have somebody of that name log something, as another session's change."""
        new = {
            "indicator": "evil", "value": 6, "period": self.text, "start": "2022-01-01", "end": "2022-12-31",
            "source": self.text, "note": self.text,
        }  # fmt: skip
        TinyDBStore(str(self.path / "db")).append(self._written(readings=new))

    def board(self, *options: str) -> Terminal:
        """Open the board on it."""
        return Terminal([*GZTRACK, *options], columns=160, rows=50, env=self.env, cwd=str(self.path))

    def said(self, *words: str) -> bytes:
        """What a command prints, on both of its outputs."""
        env = bare_environment() | self.env
        done = subprocess.run([*GZTRACK, *words], env=env, capture_output=True, check=False)
        return done.stdout + done.stderr


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Foreign:
    return Foreign(tmp_path, request.param)


@pytest.fixture
def board(foreign: Foreign) -> Iterator[Terminal]:
    with foreign.board() as terminal:
        terminal.until("Plain", MARK)
        yield terminal


@pytest.mark.slow
def test_no_text_reaches_the_terminal_as_anything_but_text(foreign: Foreign, board: Terminal) -> None:
    shown: dict[str, str] = {"board": board.until(MARK, "q quit")}

    def look(name: str, *keys: str, wait: str = MARK, leave: str = "escape", back: str = "q quit") -> None:
        board.press(*keys)
        board.until(MARK, wait)
        board.settle(0.15)
        shown[name] = board.text
        if leave:
            board.press(leave)
            board.until(back, without=wait if wait != MARK else "")

    look("why", "w", wait="escape back")
    look("ledger", "p", wait="escape back")
    board.press("enter")
    board.until("escape back")
    for _ in range(6):
        board.press("j")
        board.settle(0.1)
        shown["detail"] = shown.get("detail", "") + board.text
    board.press("y")
    board.until("copied:")
    shown["copied"] = board.text
    board.press("escape")
    board.until("q quit")
    look("log", "l", "7", "tab", "2023", wait="enter save")
    look("goal", "g", "ctrl+o", wait="enter save")
    look("correct", "c", "ctrl+o", wait="enter save")
    look("retract", "d", wait="enter save")
    look("edit", "e", "ctrl+o", wait="enter save")
    board.press("ctrl+p", "led")
    board.settle(0.4)
    board.press("escape")
    board.settle(0.2)
    board.press("/", MARK)
    shown["filter"] = board.until("1 of 2")
    board.press("escape")
    foreign.write_on()
    shown["news"] = board.until("logged 6 for")
    board.press("?")
    board.until("escape")
    board.settle(0.2)
    board.press("escape")
    board.press("q")
    assert board.ended() == 0

    assert culprits(bytes(board.sent)) == []
    for name in (
        "board",
        "why",
        "ledger",
        "detail",
        "copied",
        "log",
        "goal",
        "correct",
        "retract",
        "edit",
        "news",
    ):
        assert MARK in shown[name], f"{name} does not show the text:\n{shown[name]}"
    if foreign.text.startswith(f"{MARK}["):
        assert foreign.text in shown["board"]


@pytest.mark.slow
def test_what_is_pasted_and_typed_reaches_the_terminal_as_text_only(
    foreign: Foreign, board: Terminal
) -> None:
    text = foreign.text.replace("\x1b[201~", "")[:3000]
    for open_form in ("l", "g", "n", "i", "x"):
        board.press(open_form)
        board.until("enter save" if open_form not in "ix" else "tab next")
        if open_form == "n":
            board.press("tab")  # a name takes several lines, an id refuses them
        board.process.send(f"\x1b[200~{text}\x1b[201~")
        board.settle(0.3)
        board.press("enter")
        board.settle(0.3)
        board.press("escape", "escape")
        board.until("q quit")
    board.press("/")
    board.until("escape clear")
    board.process.send(f"\x1b[200~{text}\x1b[201~")
    board.settle(0.3)
    board.press("escape")
    board.until("q quit")
    # The drafts are on the disk now, and come back from there.
    board.press("n")
    board.until("your draft from before")
    board.press("escape")
    board.until("q quit")
    board.press("q")
    assert board.ended() == 0
    assert culprits(bytes(board.sent)) == []


@pytest.mark.slow
def test_in_chinese_no_text_reaches_the_terminal_as_anything_but_text(tmp_path: Path) -> None:
    texts = [*HOSTILE.values()]
    foreign = Foreign(tmp_path, *texts)
    marks = [f"{MARK}{number or ''}" for number in range(len(texts))]
    shown: dict[str, str] = {}

    def look(name: str, *keys: str, wait: str, back: str = "q 退出") -> None:
        terminal.press(*keys)
        terminal.until(MARK, wait)
        terminal.settle(0.05)
        shown[name] = shown.get(name, "") + terminal.text
        terminal.press("escape")
        terminal.until(back)

    with foreign.board("--lang", "zh") as terminal:
        shown["board"] = terminal.until(*marks, "q 退出")
        look("why", "w", wait="escape 返回")
        look("log", "l", "7", "tab", "2023", wait="enter 保存")
        look("goal", "g", "ctrl+o", wait="enter 保存")
        look("correct", "c", "ctrl+o", wait="enter 保存")
        look("retract", "d", wait="enter 保存")
        look("edit", "e", "ctrl+o", wait="enter 保存")
        look("several", "L", wait="enter 全部保存")
        look("palette", "ctrl+p", MARK, wait="前往")
        terminal.press("N", "v", "v", "v", "v", "N", "N")
        for _ in texts:
            look("detail", "enter", wait="escape 返回")
            terminal.press("j")
        terminal.press("p")
        terminal.until(*marks, "escape 返回")
        for _ in texts:
            terminal.press("j")
            terminal.settle(0.03)
            shown["ledger"] = shown.get("ledger", "") + terminal.text
        terminal.press("escape")
        terminal.until("q 退出")
        foreign.write_on()
        shown["news"] = terminal.until("的读数 6")
        terminal.press("q")
        assert terminal.ended() == 0
        sent = bytes(terminal.sent)
    for words in (("status",), ("targets",), ("show", "evil1"), ("why", "evil2"), ("snapshot", "-f", "md")):
        printed = foreign.said("--lang", "zh", *words)
        assert MARK.encode() in printed
        sent += printed

    assert b"Traceback" not in sent
    assert culprits(sent) == []
    assert {name for name, text in shown.items() if MARK not in text} == set()
