"""What is allowed behind a gate: commands, and indicators of commands."""

from __future__ import annotations

import pytest

from gztrack.errors import RefusedError
from gztrack.services.permits import permit


@pytest.mark.parametrize(
    ("listed", "command", "indicator", "allowed"),
    [
        (["status", "log"], "log", "nev-capacity", True),
        (["status", "log"], "log", None, True),
        (["status"], "log", None, False),
        (["log:nev-capacity"], "log", "nev-capacity", True),
        (["log:nev-capacity"], "log", "nev-capacity-2", False),
        (["log:nev-capacity"], "log", None, True),
        (["log:nev-*"], "log", "nev-output", True),
        (["log:nev-*"], "log", "old-nev-output", False),
        (["log:*-output"], "log", "nev-output", True),
        (["log:*-output"], "log", "output", False),
        (["log:a*b*c"], "log", "a-b-c", True),
        (["log:a*b*c"], "log", "a-c-b", False),
        (["log:ab*ba"], "log", "aba", False),
        (["log:nev-?"], "log", "nev-x", False),
        (["log:nev-output", "log:tech-centres"], "log", "tech-centres", True),
        (["log:nev-output", "log"], "log", "tech-centres", True),
        (["log:nev-output"], "show", "nev-output", False),
    ],
)
def test_what_a_list_allows(listed: list[str], command: str, indicator: str | None, allowed: bool) -> None:
    found = permit(listed)
    assert found.allows(command, indicator) is allowed
    if allowed:
        found.check(command, indicator)
        return
    with pytest.raises(RefusedError, match="is not allowed here; allowed: "):
        found.check(command, indicator)


def test_a_refusal_names_what_was_asked_for_and_what_is_allowed() -> None:
    found = permit(["status", "log:nev-*"])
    with pytest.raises(RefusedError) as refused:
        found.check("log", "tech-centres")
    assert str(refused.value) == "log tech-centres is not allowed here; allowed: status, log:nev-*"
    with pytest.raises(RefusedError, match=r"^undo is not allowed here"):
        found.check("undo")
