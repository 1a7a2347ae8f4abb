"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gztrack import language


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test that speaks another language does so alone."""
    yield
    language.use("en")
