"""The report's page as a PNG picture, twice as fine as the SVG where that is not too tall."""

from __future__ import annotations

import re

import resvg_py

from gztrack import __version__
from gztrack.errors import InputError
from gztrack.export import svg
from gztrack.export.picture import typefaces
from gztrack.export.picture.chunks import texts_of, with_texts
from gztrack.export.report import Report
from gztrack.export.wording import listed
from gztrack.language import tr

TALLEST = 16_384
"""Pixels from top to bottom; many programs show no taller pictures."""

_HEIGHT = re.compile(rb'<svg [^>]* height="(\d+)"')
_NAMED = 5
"""Characters that a message names."""


def render(report: Report) -> bytes:
    """The report as a PNG picture; the same report gives the same bytes wherever the same fonts are.

    Raises:
        InputError: It is too tall, or no font here draws its Chinese characters, or there are no fonts.
    """
    return _drawn(svg.render(report), report)


def render_chart(report: Report, slug: str) -> bytes:
    """The chart of one indicator of the report likewise.

    Raises:
        InputError: As `render`.
    """
    return _drawn(svg.render_chart(report, slug), report)


def _drawn(page: bytes, report: Report) -> bytes:
    scale = _scale(page)
    text = page.decode()
    fonts = typefaces.chosen(text, typefaces.usual_folders())
    _check(fonts)
    family = ", ".join(f"'{name}'" for name in fonts.families)
    picture = resvg_py.svg_to_bytes(
        svg_string=text,
        zoom=scale,
        skip_system_fonts=True,
        font_files=list(fonts.files),
        style_sheet=f"svg {{ font-family: {family} }}",
    )
    said = listed((tr("as of {date}", date=report.board.as_of), report.method, *report.clocks))
    texts = {
        "Title": report.title,
        "Description": tr("{said}; content hash sha256:{hash}", said=said, hash=report.digest),
        "Software": f"gztrack {__version__}",
        "Fonts": ", ".join(fonts.families),
        "Comment": _boxes(fonts),
    }
    return with_texts(picture, texts, scale)


def told(picture: bytes) -> tuple[str, ...]:
    """How a picture was made, for the person: its fonts, and what they lack."""
    texts = texts_of(picture)
    return tuple(filter(None, (tr("drawn with {fonts}", fonts=texts["Fonts"]), texts.get("Comment", ""))))


def _scale(page: bytes) -> int:
    """Pixels of the picture for a pixel of the page: 2, or 1 where that is too tall.

    Raises:
        InputError: That is too tall as well.
    """
    found = _HEIGHT.search(page)
    height = int(found[1]) if found else TALLEST
    if height > TALLEST:
        raise InputError(
            tr(
                "png: {height:,} pixels are too tall, {most:,} at most: choose fewer rows (--only, --group),"
                " or write svg or html",
                height=height,
                most=TALLEST,
            )
        )
    return 2 if 2 * height <= TALLEST else 1


def _check(fonts: typefaces.Typefaces) -> None:
    """Refuse a picture of boxes.

    Raises:
        InputError: No font here draws what has to be drawn.
    """
    if not fonts.families:
        raise InputError(
            tr(
                "png: no fonts are here: install some, for example the package fonts-dejavu-core, or write svg"
            )
        )
    if chinese := fonts.missing_chinese:
        raise InputError(
            tr(
                "png: no font here draws {characters}: install one for Chinese, for example the package"
                " fonts-noto-cjk, or write svg",
                characters=_some(chinese),
            )
        )


def _boxes(fonts: typefaces.Typefaces) -> str:
    if not fonts.missing:
        return ""
    return tr("no font here draws {characters}: boxes stand there", characters=_some(fonts.missing))


def _some(characters: str) -> str:
    """A few of the characters, each apart."""
    return " ".join(characters[:_NAMED]) + (" …" if len(characters) > _NAMED else "")
