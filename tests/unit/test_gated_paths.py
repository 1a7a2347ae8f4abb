"""Messages without paths, for people behind a gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.cli.gating.session import GatedSession
from gztrack.cli.gating.terms import Terms
from gztrack.cli.session import Session
from gztrack.cli.words import Globals
from gztrack.services.masking import without_paths
from gztrack.services.permits import permit
from gztrack.tui.dialogs.fields import FORMS
from gztrack.tui.permission import FORMS as NEEDS


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/srv/figures/journal.jsonl:3: damaged", "journal.jsonl:3: damaged"),
        ("cannot write '/home/track/x y.json'", "cannot write 'x y.json'"),
        ("~/figures and ../up/there are not", "figures and there are not"),
        ("in /srv/my base/journal.jsonl", "in journal.jsonl"),
        ("the place /srv/my base is full", "the place my base is full"),
        ("full: /srv/my base.", "full: my base."),
        ("位于/srv/my base，已满", "位于my base，已满"),
        ("/home/tracker/a, /home/track.old/b, /home/track-2/c", "a, b, c"),
        ("无法写入 /srv/figures/a.jsonl：磁盘已满", "无法写入 a.jsonl：磁盘已满"),
        ("位于/srv/figures/a.jsonl。", "位于a.jsonl。"),
        ("vehicles/year, 辆/年, 1/2 and/or", "vehicles/year, 辆/年, 1/2 and/or"),
        ("5 %/year, 3 °/h, 2 kg/(m²)/a and / too", "5 %/year, 3 °/h, 2 kg/(m²)/a and / too"),
        ("see /etc/passwd: no", "see passwd: no"),
        ("'~/x', (/y/z), [/a/b], </c/d> and `/e/f`", "'x', (z), [b], <d> and `f`"),
        ("seen on https://www.example.org/a/b", "seen on https://www.example.org/a/b"),
    ],
)
def test_of_a_path_only_the_last_name_is_left(text: str, left: str) -> None:
    assert without_paths(text, ("/srv/my base", "/home/track", "")) == left


def test_every_form_needs_something_that_is_named() -> None:
    assert set(NEEDS) == set(FORMS)


def test_people_behind_one_account_keep_drafts_of_their_own(tmp_path: Path) -> None:
    def drafts(author: str, *, gated: bool) -> str:
        if gated:
            return GatedSession(
                Terms(author, permit(["board"]), str(tmp_path), 1, False, None), "", {}
            ).drafts
        return Session(Globals(db=str(tmp_path), author=author), {}).drafts

    assert drafts("mei", gated=False) == drafts("lin", gated=False)
    assert len({drafts("mei", gated=True), drafts("lin", gated=True), drafts("mei", gated=False)}) == 3
