"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from gztrack import language

# A busy machine is no fault of what is tested: how long an example takes is not looked at.
settings.register_profile(
    "untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test that speaks another language does so alone."""
    yield
    language.use("en")
