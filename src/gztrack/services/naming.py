"""What an indicator's fact is called and counted in, for people: in the languages that names are shown in. Light."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.domain.units import NO_UNIT, Unit, parse_unit, typeset
from gztrack.errors import InputError
from gztrack.language import named, names, ptr
from gztrack.light import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Fact = Mapping[str, Any]


def name_of(indicator: Fact) -> str:
    """Its name."""
    return named(clean(indicator["name"]), clean(indicator.get("name_zh", "")))


def unit_of(indicator: Fact) -> str:
    """The unit that its figures are shown in."""
    chinese = _chinese(indicator).text if names()[0] == "zh" else ""
    return typeset(chinese or str(indicator["unit"]))


def typed_unit(indicator: Fact) -> Unit:
    """The unit that may stand behind a typed figure: in either language."""
    unit, chinese = parse_unit(indicator["unit"]), _chinese(indicator)
    return unit._replace(also=chinese.rest, shown=unit_of(indicator)) if chinese.text else unit


def _chinese(indicator: Fact) -> Unit:
    """Its unit in Chinese; of what came by a merge and cannot be understood none."""
    with suppress(InputError):
        return parse_unit(indicator.get("unit_zh", ""))
    return NO_UNIT


def change_in(unit: str, change: str) -> str:
    """A change of figures of a unit: of percentages it is one of points, in languages that say so."""
    return ptr("of percentages", "{change}", change=change) if parse_unit(unit).percent else change


def place_of(name: str) -> bytes:
    """Where a name stands among others: in Chinese by its sound, as the national code has the common characters."""
    return name.casefold().encode("gb18030" if names()[0] == "zh" else "utf-8", "replace")
