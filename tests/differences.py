"""Pairs of databases between which everything happens that a diff tells of."""

from __future__ import annotations

from typing import Any

from books import followed, seeded
from gztrack.export.diff import form, markdown, plain
from gztrack.export.diff.section import section
from gztrack.export.diff.views import Diff
from gztrack.export.report import build
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.reader import NOW, Clocks
from gztrack.services.tracker import Tracker

FORMS = {"txt": plain.render, "md": markdown.render, "json": form.render}
"""Formats of a diff, and who writes each."""


def data(tracker: Tracker, clocks: Clocks = NOW) -> dict[str, Any]:
    """What a snapshot of it holds."""
    return build(tracker, clocks).data


def handle(tracker: Tracker, slug: str, period: str, url: str = "") -> str:
    """The handle of a reading, of one source where there are several."""
    return next(
        view.handle
        for view in tracker.history(slug)
        if view.period == period and url in view.origin.url and view.standing not in ("replaced", "retracted")
    )


def promise(tracker: Tracker, slug: str, due: str) -> str:
    """The handle of a target."""
    return next(view.handle for view in tracker.ledger([slug]) if view.due == due)


def before() -> Tracker:
    """The article with its follow-up, and figures that are about to change."""
    tracker = followed()
    tracker.log(LogEntry("tech-centres", "510", "2024", provisional=True, source="City bureau"))
    tracker.log(LogEntry("nev-capacity", "1.9m", "2024", url="https://a.example/2024"))
    tracker.log(LogEntry("nev-capacity", "1.5m", "2023", url="https://a.example/2023"))
    tracker.set_target(GoalEntry("tech-centres", "600", "2027", stated_by="City", quote="600 by 2027"))
    return tracker


def stir(tracker: Tracker) -> None:
    """Everything that can happen to figures and promises."""
    tracker.log(LogEntry("nev-capacity", "~2.1m", "2025", url="https://b.example/25", note="a | table"))
    tracker.log(LogEntry("nev-capacity", "2m", "2024", url="https://b.example/24", provisional=True))
    tracker.log(LogEntry("nev-capacity", "1.6m", "2023", url="https://a.example/2023"))
    tracker.correct("5g-base-stations@2023", LogEntry("", "91,900", note="recount"), "a misprint")
    tracker.correct("tech-centres@2024", LogEntry("", provisional=False), "now final")
    tracker.correct("nev-output-growth@2020", LogEntry("", period="2021", yes=True), "the wrong year")
    tracker.retract("hightech-growth@2019", "another area")
    tracker.pin(handle(tracker, "uhd-output", "2019", "topper"), "the wider definition")
    tracker.set_target(
        GoalEntry("nev-capacity", ">2.5m", "2027", replaces="nev-capacity@2025-12-31", reason="new plan",
                  stated_on="2026-05-01", stated_by="City")
    )  # fmt: skip
    tracker.drop_target("tech-centres@2027", "left out of the new plan")
    tracker.set_target(
        GoalEntry("5g-base-stations", "81,000", "2022-12-31", correction=True,
                  replaces=promise(tracker, "5g-base-stations", "2022-12-31"), reason="a misprint")
    )  # fmt: skip
    tracker.retract(promise(tracker, "5g-base-stations", "2019-12-31"), "another city's")
    tracker.add_indicator(IndicatorEntry("parks", name="Parks *new*", name_zh="公园", unit="parks"))
    tracker.log(LogEntry("parks", "12", "2025", source="Parks office, <yearbook>"))
    tracker.set_target(GoalEntry("parks", "10", "2025", stated_on="2024", source="Plan"))
    tracker.archive("subsidies")


def tour() -> Diff:
    """From the article to what was published since."""
    return section(data(seeded()), data(followed()))


def stirred() -> Diff:
    """Everything that a diff tells of."""
    tracker = before()
    old = data(tracker)
    stir(tracker)
    return section(old, data(tracker))
