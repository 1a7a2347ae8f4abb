"""What a machine has to have for a test here."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def forbidden(what: str) -> NoReturn:
    """Skip a test that this account or container may not run; nothing that is installed would help."""
    pytest.skip(f"NOT PROVEN HERE: {what}")


def missing(what: str) -> NoReturn:
    """Skip a test for want of a package; on the build server, which installs it, fail.

    Raises:
        AssertionError: This is the build server.
    """
    if os.environ.get("CI"):
        raise AssertionError(f"CI has to prove this: {what}")
    pytest.skip(f"NOT PROVEN HERE: {what}")
