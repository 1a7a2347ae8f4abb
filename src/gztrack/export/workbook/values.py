"""How facts become cells: texts that stay texts, numbers with their format, dates that Excel has."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from gztrack.domain.grammar.numerals import Number, from_number, written
from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.light import NamedTuple

LONGEST = 32_767
"""UTF-16 units that a cell holds."""

LONGEST_LINK = 2_079
"""UTF-16 units of an address that a link may have, its signs escaped."""

FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a 29 February 1900 that never was, so other programs show another day."""

SHARE, WHOLE, DAY = "0.0%", "0", "yyyy-mm-dd"
"""Number formats of fractions, of numbers that name something, and of dates."""

LARGEST = 10**15
"""From here on spreadsheets keep fewer digits than a figure has, and columns have no room for them."""

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Text(NamedTuple):
    """A text as a cell holds it.

    Attributes:
        text: What it says.
        written: The same as XlsxWriter takes it.
        cut: Something of it did not fit.
        quoted: It begins like a formula; edited by hand it has to stay a text.
    """

    text: str
    written: str
    cut: bool
    quoted: bool


def text_cell(text: str) -> Text:
    """User text on one line, cut to what a cell holds."""
    text = _NO_XML.sub("", clean(text))
    whole = text
    if units(text) > LONGEST:
        text = text.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
    # XlsxWriter takes this very text for its own markup and would put it into the file as it stands.
    looks_marked = text.startswith("<r>") and text.endswith("</r>")
    marked = f"<r><t>{escape(text, quote=False)}</t></r>" if looks_marked else text
    return Text(text, marked, text != whole, text[:1] in tuple("=+-@"))


def units(text: str) -> int:
    """How many UTF-16 units a text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def linked(address: str) -> bool:
    """Whether an address may be a link: of the web, and short enough."""
    escaped = 2 * sum(address.count(sign) for sign in "%[]^`{}")
    return bool(_LINK.fullmatch(address)) and units(address) + escaped <= LONGEST_LINK


def number_cell(value: Number, decimals: int | None = None) -> tuple[Number, str, str]:
    """A figure: the number itself, its number format, and about what is shown.

    Args:
        value: Any finite number; a float goes by its 15 significant digits.
        decimals: Places filled up with zeros; more are shown where there are more.
    """
    number = from_number(value)
    if abs(value) >= LARGEST:
        return value, "0.##############E+0", f"{value:.14g}"
    places = max(number.decimals, decimals or 0)
    shown = written(number, places)
    if isinstance(value, float):
        value = float(f"{value:.15g}")
    return value, "#,##0" + ("." + "0" * places if places else ""), shown


def date_cell(day: date) -> date | str:
    """A day that Excel counts right; else as text."""
    return day if day >= FIRST_DAY else day.isoformat()


def dated(text: str) -> date | str:
    """A day as a date; a longer span of time ("2019-Q4"), and no date at all, as the text that it is."""
    try:
        return date.fromisoformat(text) if len(text) == len("2022-03-17") else text
    except ValueError:
        return text


def qualifier(word: str) -> str:
    """What a figure is, if it is not just that figure."""
    return "" if word == "exact" else tr(word)
