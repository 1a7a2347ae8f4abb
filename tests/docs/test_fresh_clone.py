"""`make run` in a fresh clone, with nothing installed, opens the board on a database of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from terminal import Terminal, bare_environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_make_run_opens_the_board_from_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    (tmp_path / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(clone)],
        check=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    python = shutil.which("python3") or "python3"
    settings = _package_settings()

    with Terminal(
        [shutil.which("make") or "make", "run", f"PYTHON={python}"], cwd=str(clone), env=settings
    ) as board:
        board.until("Start here", "NEV annual production", limit=300)
        board.press("q")
        assert board.ended() == 0

    assert (clone / "db" / "local" / "facts.jsonl").exists()
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""


def _package_settings() -> dict[str, str]:
    """The machine's own way to its package registry, which a bare environment would hide."""
    return {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "SSL_", "http", "HTTP"))}


def test_the_bare_environment_has_no_settings_of_ours() -> None:
    assert not [name for name in bare_environment() if name.startswith("GZTRACK")]
