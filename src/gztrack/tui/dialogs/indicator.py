"""The form for an indicator: a new one, or what an existing one says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gztrack.language import tr
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.views import Row
from gztrack.tui.dialogs.fields import FieldSpec
from gztrack.tui.dialogs.requests import Indicator, Request

_NAMES = (
    "name",
    "unit",
    "group",
    "measure",
    "direction",
    "name_zh",
    "unit_zh",
    "group_zh",
    "definition",
    "part_of",
    "decimals",
    "series",
    "method",
)


@dataclass(frozen=True)
class IndicatorDialog:
    """Add an indicator, or edit the one of a row.

    Attributes:
        row: The indicator to edit; None adds one.
        group: Group that a new one starts with: that of the row under the cursor.
        facts: What the edited one says of itself, by label, for fields that a row lacks.
    """

    row: Row | None = None
    group: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def word(self) -> str:
        """What is done."""
        return "edit" if self.row else "new indicator"

    @property
    def subject(self) -> str:
        """The indicator's name."""
        return self.row.shown_name if self.row else ""

    @property
    def note(self) -> str:
        """Its id."""
        return self.row.id if self.row else tr("id: small letters, digits, hyphens")

    @property
    def draft(self) -> str:
        """One draft for a new one, one for each that is edited."""
        return f"edit {self.row.id}" if self.row else "new"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """What every indicator needs first."""
        id_field = () if self.row else (FieldSpec("id", tr("id"), tr("like nev-exports")),)
        as_before = tr("as before") if self.row else ""
        return (
            *id_field,
            FieldSpec("name", tr("name"), as_before or tr("what people call it"), prose=True),
            FieldSpec("unit", tr("unit"), as_before or tr("like vehicles/year, %, CNY"), completes="unit"),
            FieldSpec("group", tr("group"), tr("optional"), completes="group"),
            FieldSpec(
                "measure", tr("measure"), as_before or tr("level, flow or rate"), more=self.row is not None
            ),
            FieldSpec("direction", tr("better"), as_before or tr("up or down; empty for up"), more=True),
            FieldSpec("name_zh", tr("name zh"), tr("name in Chinese"), more=True),
            FieldSpec("unit_zh", tr("unit zh"), tr("unit in Chinese"), more=True, completes="unit_zh"),
            FieldSpec("group_zh", tr("group zh"), tr("group in Chinese"), more=True, completes="group_zh"),
            FieldSpec("definition", tr("definition"), tr("what is counted"), more=True, prose=True),
            FieldSpec("part_of", tr("part of"), tr("id of the whole"), more=True, completes="indicator"),
            FieldSpec("decimals", tr("decimals"), tr("places always shown"), more=True),
            FieldSpec("series", tr("series"), tr("the one that counts"), more=True, completes="series"),
            FieldSpec("method", tr("method"), tr("linear, open-sdg, un-chart or usual"), more=True),
        )

    @property
    def initial(self) -> Mapping[str, str]:
        """What an edited one says now; a new one's group."""
        row = self.row
        if row is None:
            return {"group": self.group} if self.group else {}
        known = dict(self.facts)
        return {
            "name": row.name,
            "unit": row.unit.text,
            "group": row.group,
            "measure": row.measure,
            "direction": row.direction,
            "name_zh": row.name_zh,
            "unit_zh": row.unit_zh,
            "group_zh": row.group_zh,
            "definition": known.get("definition", ""),
            "decimals": "" if row.decimals is None else str(row.decimals),
            "series": known.get("series", ""),
        }

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return the entry; in an edit only what differs from before."""
        given = {name: values.get(name, "") for name in _NAMES}
        if self.row:
            before = self.initial
            given = {name: "" if text == before.get(name, "") else text for name, text in given.items()}
        return Indicator(
            IndicatorEntry(self.row.id if self.row else values.get("id", ""), **given, yes=yes),
            bool(self.row),
        )
