"""What a machine has to have for a test: what could be installed is proven on the build server, or it fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

FONTS = "/usr/share/fonts"


def forbidden(what: str) -> NoReturn:
    """Skip a test that this account or container may not run; nothing that is installed would help."""
    pytest.skip(f"NOT PROVEN HERE: {what}")


def missing(what: str) -> NoReturn:
    """Skip a test for want of something; on the build server, which has it or installs it, fail.

    Raises:
        AssertionError: This is the build server.
    """
    if os.environ.get("CI"):
        raise AssertionError(f"CI has to prove this: {what}")
    pytest.skip(f"NOT PROVEN HERE: {what}")


def tool(name: str, package: str = "", path: str | None = None) -> str:
    """Where a program is that a test cannot do without.

    Args:
        name: The program's.
        package: What Debian and Ubuntu install it with, if not its own name.
        path: Where to look, in place of PATH.
    """
    found = shutil.which(name, path=path)
    if found is None:
        missing(f"there is no {name} here: apt-get install {package or name}")
    return found


def fonts() -> str:
    """A Chinese and a Latin font, in a folder that has both.

    Returns:
        The folder.
    """
    for name, package in (
        ("NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
        ("DejaVuSans.ttf", "fonts-dejavu-core"),
    ):
        if not list(Path(FONTS).rglob(name)):
            missing(f"there is no {name} here: apt-get install {package}")
    return FONTS
