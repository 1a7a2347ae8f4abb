"""Forms for what counts: a pinned reading or target, the method of one indicator, title and method of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.records import METHODS
from gztrack.domain.text import clean
from gztrack.language import named, tr
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.views import ReadingView, Row, TargetView
from gztrack.tui.dialogs.fields import FieldSpec
from gztrack.tui.dialogs.requests import Indicator, Pin, Request, Settings

_ALL_METHODS = ", ".join(METHODS)


@dataclass(frozen=True)
class PinDialog:
    """Make one of several readings of a period, or one of several targets, the one that counts."""

    row: Row
    fact: ReadingView | TargetView

    word = "pin"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("pin it")

    @property
    def subject(self) -> str:
        """What is pinned, in words."""
        fact = self.fact
        if isinstance(fact, ReadingView):
            value = exact(fact.value, self.row.shown_unit, fact.qualifier)
            return tr("{name}, {value} in {period}", name=self.row.name, value=value, period=fact.period)
        text = exact_goal(fact.value, fact.high, fact.comparator, self.row.shown_unit, with_unit=False)
        return tr("{name}, target {goal} by {due}", name=self.row.name, goal=text, due=fact.due)

    @property
    def note(self) -> str:
        """What it comes to."""
        return (
            tr("it counts for its period")
            if isinstance(self.fact, ReadingView)
            else tr("it becomes the headline target")
        )

    @property
    def draft(self) -> str:
        """One draft for each fact."""
        return f"pin {self.fact.id}"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Only the reason, which the detail and ``show`` tell beside it."""
        return (FieldSpec("reason", tr("reason"), tr("optional: why this one counts"), prose=True),)

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:  # noqa: ARG002
        """Return which fact and why."""
        return Pin(self.fact.id, values.get("reason", ""), isinstance(self.fact, TargetView))


@dataclass(frozen=True)
class MethodDialog:
    """The method that one indicator goes by for good, whatever the database's is."""

    row: Row

    word = "method"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def subject(self) -> str:
        """The indicator's name."""
        return self.row.name

    @property
    def note(self) -> str:
        """The one it goes by now."""
        return tr("now {value}", value=self.row.assessment.method)

    @property
    def draft(self) -> str:
        """One draft for each indicator."""
        return f"method {self.row.id}"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Only the method."""
        hint = tr("{methods}; usual: the database's", methods=_ALL_METHODS)
        return (FieldSpec("method", tr("method"), hint),)

    @property
    def initial(self) -> Mapping[str, str]:
        """Nothing: what it goes by now may be the database's."""
        return {}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:
        """Return the edit."""
        return Indicator(IndicatorEntry(self.row.id, method=values.get("method", ""), yes=yes), editing=True)


@dataclass(frozen=True)
class SettingsDialog:
    """What holds for the whole database."""

    title: str
    title_zh: str = ""

    word = "database"
    draft = "settings"
    asks_first = False

    @property
    def agree(self) -> str:
        """What enter does once a question was asked."""
        return tr("save anyway")

    @property
    def subject(self) -> str:
        """Its title, in the languages that names are shown in."""
        return named(clean(self.title), clean(self.title_zh))

    @property
    def note(self) -> str:
        """Whom it concerns."""
        return tr("holds for everybody")

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Title and method, and the title in Chinese."""
        return (
            FieldSpec("title", tr("title"), tr("as before"), prose=True),
            FieldSpec("method", tr("method"), tr("as before; {methods}", methods=_ALL_METHODS)),
            FieldSpec("title_zh", tr("title zh"), tr("title in Chinese"), more=True, prose=True),
        )

    @property
    def initial(self) -> Mapping[str, str]:
        """The title as it is."""
        return {"title": clean(self.title), "title_zh": clean(self.title_zh)}

    def request(self, values: Mapping[str, str], *, yes: bool = False) -> Request:  # noqa: ARG002
        """Return what differs from before."""
        before = self.initial
        given = {name: values.get(name, "") for name in before}
        given = {name: "" if text == before[name] else text for name, text in given.items()}
        return Settings(SettingsEntry(**given, method=values.get("method", "").strip()))
