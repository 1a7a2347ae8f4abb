"""What a form's help says beside its keys: what its fields understand. Pure."""

from __future__ import annotations

from gztrack.language import term, tr
from gztrack.tui.cells import Line, width

_FIELDS = (
    (term("value"), term("310k   1.5m   31万   2000亿   RMB 200 billion   ~66.7%   >10,000")),
    (term("target"), term(">=1.5m   at most 40   40..60   (without a sign: at least)")),
    (term("period, due"), term("2020  2020-Q2  2020-05  2019-01..2019-09  yesterday  2020年上半年")),
    (term("yes or no"), term("y   n   (also yes, no)")),
)
_ASCII_ONLY = {"31万   2000亿   ": "", "  2020年上半年": ""}
_SAID = (
    term("What was understood stands beside each field; nothing else is saved."),
    term("What you type is kept as a draft, through a dropped connection too."),
)


def lines(*, ascii: bool) -> list[Line]:  # noqa: A002
    """Return how values, targets and periods are written."""
    found: list[Line] = [[(" " + tr("what fields understand"), "group")]]
    for label, examples in ((tr(label), tr(examples)) for label, examples in _FIELDS):
        if ascii:
            for glyphs, plain in _ASCII_ONLY.items():
                examples = examples.replace(glyphs, plain)
        gap = " " * (13 - width(label))
        found.append([(f" {label}{gap}", "muted"), (examples, "text")])
    return [*found, [], *([(f" {tr(text)}", "text")] for text in _SAID)]
