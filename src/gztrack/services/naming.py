"""What an indicator's fact is called and counted in, for people: in the languages that names are shown in. Light."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from gztrack.domain.text import clean
from gztrack.domain.units import NO_UNIT, Unit, parse_unit
from gztrack.errors import InputError
from gztrack.language import named, names

Fact = Mapping[str, Any]


def name_of(indicator: Fact) -> str:
    """Its name."""
    return named(clean(indicator["name"]), clean(indicator.get("name_zh", "")))


def unit_of(indicator: Fact) -> str:
    """The unit that its figures are shown in."""
    return (
        _chinese(indicator).text
        if names()[0] == "zh" and _chinese(indicator).text
        else str(indicator["unit"])
    )


def typed_unit(indicator: Fact) -> Unit:
    """The unit that may stand behind a typed figure: in either language."""
    return parse_unit(indicator["unit"])._replace(also=_chinese(indicator).rest)


def _chinese(indicator: Fact) -> Unit:
    """Its unit in Chinese; of what came by a merge and cannot be understood none."""
    with suppress(InputError):
        return parse_unit(indicator.get("unit_zh", ""))
    return NO_UNIT
