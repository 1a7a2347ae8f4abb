"""Gathers every text for people from the source, brings the catalogues up to date and compiles them.

``make translations`` runs it. With ``--check`` nothing is written, and what is out of date is told.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from gztrack.language import LANGUAGES, LOCALE
from gztrack.services.screens import ANYWHERE, SCREENS

SOURCE = Path(__file__).parents[1] / "src" / "gztrack"
KEYWORDS = {"tr": None, "term": None, "ntr": (1, 2), "ptr": ((1, "c"), 2), "pterm": ((1, "c"), 2)}
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Catalogues carry no date of their own: the same texts give the same bytes."""


def gathered() -> Catalog:
    """Every text that the source has for people."""
    found = Catalog()
    for _, _, message, comments, context in extract_from_dir(
        str(SOURCE),
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        found.add(message, None, auto_comments=comments, context=context)
    for action in (action for actions in (*SCREENS.values(), ANYWHERE) for action in actions):
        for text in filter(None, (action.title, action.help, action.footer)):
            found.add(text)
    return found


def place(language: str) -> Path:
    """The catalogue of a language, as people edit it."""
    return Path(LOCALE) / language / "LC_MESSAGES" / "gztrack.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is."""
    with place(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with exactly the texts that the source has; new ones are empty."""
    known, made = catalogue(language), Catalog(locale=language)
    for message in gathered():
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        old = known.get(key, message.context)
        made.add(
            message.id,
            old.string if old is not None else None,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return made


def as_po(made: Catalog) -> bytes:
    """A catalogue as people edit it: in the order of its texts, without dates and places."""
    out = io.BytesIO()
    write_po(out, made, width=0, no_location=True, omit_header=True, sort_output=True)
    header = (
        f"# gztrack in {made.locale_identifier}: the text as the code has it, and what is said instead.\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {made.locale_identifier}\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n\n'
    )
    return header.encode() + out.getvalue()


def as_mo(made: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    made.project, made.version, made.revision_date = "gztrack", "", _NEVER
    made.creation_date, made.last_translator, made.language_team = _NEVER, "", ""
    out = io.BytesIO()
    write_mo(out, made)
    return out.getvalue()


def missing(made: Catalog) -> Iterator[Message]:
    """The texts that are not translated."""
    for message in made:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            yield message


def fields(text: str) -> set[tuple[str, str, str]]:
    """The values that a text has places for, each with its conversion and format."""
    parts = Formatter().parse(text)
    return {(name, kind or "", form or "") for _, name, form, kind in parts if name is not None}


def main() -> int:
    """Bring everything up to date, or tell what is not."""
    check, stale = "--check" in sys.argv[1:], 0
    for language in LANGUAGES[1:]:
        made = updated(language)
        for path, content in (
            (place(language), as_po(made)),
            (place(language).with_suffix(".mo"), as_mo(made)),
        ):
            if not path.exists() or path.read_bytes() != content:
                stale += 1
                if check:
                    sys.stdout.write(f"{path}: out of date: make translations\n")
                else:
                    path.write_bytes(content)
        untold = list(missing(made))
        count = sum(1 for message in made if message.id)
        sys.stdout.write(f"{language}: {count} texts, {len(untold)} without translation\n")
        sys.stdout.writelines(f"  {message.id}\n" for message in untold)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
