"""The facts as Pydantic models: strict, frozen, with the rules of `gztrack.domain.records`.

Used where data comes from outside: forms, imports, the seed and published schemas. The models
hold what the grammars already parsed (numbers, dates), never raw text that Pydantic would
have to guess at. Pydantic checks the types; each model then builds its record with the very
function of the short path, so a broken rule raises the same `InputError` in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

from gztrack.domain import records
from gztrack.domain.text import field_name, listed
from gztrack.errors import FieldError
from gztrack.language import term, tr

Qualifier = Literal["exact", "at least", "more than", "about", "at most", "less than"]
Comparator = Literal["at least", "more than", "at most", "less than", "between", "about"]
Day = Annotated[date, Field(ge=records.FIRST_DAY, le=records.LAST_DAY)]
Figure = Annotated[int | float, Field(allow_inf_nan=False, gt=-records.LARGEST, lt=records.LARGEST)]


_WRONG = {
    "missing": term("field required"),
    "extra_forbidden": term("extra inputs are not permitted"),
    "string_type": term("input should be a valid string"),
    "int_type": term("input should be a valid integer"),
    "float_type": term("input should be a valid number"),
    "bool_type": term("input should be a valid boolean"),
    "date_type": term("input should be a valid date"),
    "tuple_type": term("input should be a valid tuple"),
    "literal_error": term("input should be {expected}"),
    "greater_than": term("input should be greater than {gt}"),
    "greater_than_equal": term("input should be greater than or equal to {ge}"),
    "less_than": term("input should be less than {lt}"),
    "less_than_equal": term("input should be less than or equal to {le}"),
}
"""What Pydantic says of a field, by its kind of error."""


class Fact(BaseModel):
    """What every fact has in common: strict types, no unknown fields, one plain record."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    table: ClassVar[str]
    _record: records.Record = PrivateAttr()

    @property
    def record(self) -> records.Record:
        """The checked plain record, as the journal keeps it (without id and envelope)."""
        return self._record

    def model_post_init(self, _context: Any) -> None:
        """Build the record with the rules of the short path.

        Raises:
            InputError: A field breaks its rule.
        """
        build = getattr(records, type(self).__name__.lower())
        self._record = build(**{name: getattr(self, name) for name in type(self).model_fields})

    @classmethod
    def read(cls, data: Mapping[str, object]) -> Self:
        """Return the fact that the mapping states.

        Raises:
            InputError: One line for the first field that has the wrong type, is missing or unknown.
        """
        try:
            return cls(**data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"][:1]) or cls.__name__.lower()
            raise FieldError(
                place, tr("{field}: {problem}", field=field_name(place), problem=_said(first))
            ) from None


def _said(error: ErrorDetails) -> str:
    """What Pydantic says of a field; of a kind of error that no field of ours has, as it says it."""
    template = _WRONG.get(error["type"])
    if template is None:
        return error["msg"].lower()
    values = dict(error.get("ctx", {}))
    some, _, last = str(values.get("expected", "")).rpartition(" or ")
    if some:
        values["expected"] = tr("{some} or {last}", some=listed(some.split(", ")), last=last)
    return tr(template, **values)


class Indicator(Fact):
    """Something that is measured: what it is called, in which unit, and which way is better."""

    table = "indicators"
    indicator: str
    name: str
    unit: str
    measure: Literal["level", "flow", "rate"] = "level"
    direction: Literal["up", "down"] = "up"
    group: str = ""
    name_zh: str = ""
    group_zh: str = ""
    unit_zh: str = ""
    definition: str = ""
    part_of: str = ""
    decimals: Annotated[int, Field(ge=0, le=9)] | None = None
    series: str = ""
    method: Literal["", "linear", "open-sdg", "un-chart"] = ""
    archived: bool = False
    inferred: tuple[str, ...] = ()
    replaces: str = ""


class Source(Fact):
    """Where a figure comes from: who published it, on which page, when."""

    source: str = ""
    source_url: str = ""
    published: Day | None = None
    note: str = ""


class Reading(Source):
    """A figure for a period, as somebody published it."""

    table = "readings"
    indicator: str
    value: Figure
    period: str
    start: Day
    end: Day
    qualifier: Qualifier = "exact"
    series: str = ""
    status: Literal["final", "provisional"] = "final"
    inferred: tuple[str, ...] = ()
    replaces: str = ""
    reason: str = ""


class Target(Source):
    """A goal and its due date, as somebody stated them."""

    table = "targets"
    indicator: str
    value: Figure
    comparator: Comparator
    high: Figure | None = None
    due: str = ""
    due_start: Day | None = None
    due_end: Day | None = None
    over: str = ""
    over_start: Day | None = None
    over_end: Day | None = None
    stated_on: str = ""
    stated_start: Day | None = None
    stated_end: Day | None = None
    stated_by: str = ""
    quote: str = ""
    baseline: Figure | None = None
    baseline_period: str = ""
    baseline_start: Day | None = None
    baseline_end: Day | None = None
    inferred: tuple[str, ...] = ()
    replaces: str = ""
    how: Literal["", "revision", "correction"] = ""
    reason: str = ""


class Retraction(Fact):
    """A withdrawal: an entry error, or a target that was dropped."""

    table = "retractions"
    of: str
    what: Literal["readings", "targets"]
    how: Literal["retracted", "dropped"]
    on: Day
    reason: str


class Pin(Fact):
    """One of several readings for a period, or of several targets, is the one that counts."""

    table = "pins"
    of: str
    what: Literal["readings", "targets"]
    reason: str = ""


class Setting(Fact):
    """What holds for the whole database: its title, also in Chinese, or the method that its indicators go by."""

    table = "settings"
    name: Literal["title", "title_zh", "method"]
    value: str
