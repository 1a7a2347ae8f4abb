"""Tables that a screen reader can walk through and a phone can stack: heads in scope, captions, units apart."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.board_text import unit_text
from gztrack.export.html.markup import small, spoken
from gztrack.export.svg_shapes import xml
from gztrack.export.wording import listed, totalled
from gztrack.language import language, tr
from gztrack.services.views import TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    class Named(Protocol):
        """What has a name and perhaps a Chinese one."""

        @property
        def name(self) -> str:
            """Its name."""

        @property
        def name_zh(self) -> str:
            """Its Chinese name, or empty."""


def table(kind: str, caption: str, columns: Sequence[tuple[str, str]], bodies: Iterable[str]) -> str:
    """A table in a region that scrolls by itself where it is too wide.

    Args:
        kind: A class of ours.
        caption: What it holds; for who hears the page, a heading says it to who sees it.
        columns: (name, class) of each, the names as they are in the catalogue.
        bodies: Its ``tbody`` elements.
    """
    heads = "".join(f'<th scope="col"{_of(side)}>{xml(tr(name))}</th>' for name, side in columns)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{xml(caption)}">'
        f'<table class="{kind}"><caption class="heard">{xml(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead>\n" + "\n".join(bodies) + "</table></div>"
    )


def cell(text: str, of: str = "") -> str:
    """A cell of a table.

    Args:
        text: Markup.
        of: A class of ours.
    """
    return f"<td{_of(of)}>{text}</td>"


def _of(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def labels(kind: str, columns: Sequence[tuple[str, str]]) -> str:
    """Rules that put each column's name before its cells, for a screen where the heads have no room."""
    return "".join(
        f'.{kind} td:nth-child({number})::before{{content:"{tr(name)}"}}'
        for number, (name, _) in enumerate(columns, 1)
        if number > 1
    )


def names(what: Named, to: str = "") -> str:
    """An indicator's name, and below it its name in the other language.

    Args:
        what: The indicator.
        to: An anchor of ours that the name leads to.
    """
    both = (what.name_zh, what.name) if language() == "zh" else (what.name, what.name_zh)
    first, *rest = dict.fromkeys(name for name in map(clean, both) if name) or [""]
    second = f'<small class="other"{spoken(rest[0])}>{xml(rest[0])}</small>' if rest else ""
    said = f"<bdi{spoken(first)}>{xml(first)}</bdi>"
    return (f'<a href="#{to}">{said}</a>' if to else said) + second


def figure(value: float, unit: Unit, qualifier: str, decimals: int | None) -> str:
    """A figure in full, without the words of its unit, as text."""
    return exact(value, unit, qualifier, with_unit=unit.percent, decimals=decimals)


def goal(view: TargetView, unit: Unit, decimals: int | None, *, bare: bool, cited: str) -> str:
    """A target with its unit below it.

    Args:
        view: The target.
        unit: The indicator's.
        decimals: The indicator's.
        bare: The reading beside it names the currency.
        cited: The link to its source.
    """
    shown = unit._replace(currency="") if bare else unit
    said = exact_goal(
        view.value, view.high, view.comparator, shown, with_unit=unit.percent, decimals=decimals
    )
    over = totalled("", clean(view.over)).strip() if view.over else ""
    return f"{xml(said)}{cited}{small(xml(listed((unit_text(unit), over))))}"
