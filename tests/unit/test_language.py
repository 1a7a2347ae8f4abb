"""In which language people are answered, and that every text is there in each."""

from __future__ import annotations

import threading

import pytest

import translations
import untold
from gztrack import language
from gztrack.language import ntr, of_environment, ptr, speaking, tr


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh:en"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, "zh"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "POSIX", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "no such thing \x00"}, "en"),
    ],
)
def test_the_environment_chooses_as_gettext_has_it(environ: dict[str, str], spoken: str) -> None:
    assert of_environment(environ) == spoken


def test_english_needs_no_catalogue() -> None:
    assert tr("{who} says {what}", who="a", what="{b}") == "a says {b}"
    assert tr("{braces} stay where there are no values") == "{braces} stay where there are no values"
    assert ntr("{n:,} fact", "{n:,} facts", 1) == "1 fact"
    assert ntr("{n:,} fact of {where}", "{n:,} facts of {where}", 1234, where="x") == "1,234 facts of x"
    assert ptr("of a door", "open") == "open"


def test_chinese_holds_for_every_thread_and_a_while_for_one() -> None:
    language.use("zh")
    said: list[str] = []
    with speaking("en"):
        assert tr("quit") == "quit"
        thread = threading.Thread(target=lambda: said.append(tr("quit")))
        thread.start()
        thread.join()
    assert tr("quit") == said[0] != "quit"
    assert tr("") == ""
    assert tr("no such text {n}", n=1) == "no such text 1"


def test_there_is_no_other_language() -> None:
    with pytest.raises(ValueError, match="no such language: fr"):
        language.use("fr")
    with pytest.raises(ValueError, match="no such language"):
        speaking("fr")


@pytest.mark.parametrize("tongue", language.LANGUAGES[1:])
def test_a_translation_has_the_places_of_its_text(tongue: str) -> None:
    for message in translations.catalogue(tongue):
        if not message.id:
            continue
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = {field for text in texts for field in translations.fields(str(text))}
        for text in filter(None, told):
            assert translations.fields(str(text)) == asked, message.id
            assert "\n" not in str(text) or "\n" in texts[0], message.id


@pytest.mark.parametrize("tongue", language.LANGUAGES[1:])
def test_what_gettext_reads_is_what_people_edit(tongue: str) -> None:
    compiled = translations.place(tongue).with_suffix(".mo").read_bytes()
    assert compiled == translations.as_mo(translations.catalogue(tongue))


@pytest.mark.parametrize("tongue", language.LANGUAGES[1:])
def test_every_text_of_the_source_is_there_and_translated(tongue: str) -> None:
    made = translations.updated(tongue)
    assert [message.id for message in translations.missing(made)] == []
    assert translations.as_po(made) == translations.place(tongue).read_bytes(), "make translations"


def test_no_text_escapes_the_catalogue() -> None:
    assert untold.unlisted() == [], (
        "tell it by tr(), ntr(), ptr() or term(); tests/untold.txt lists what is no text"
    )


def test_what_may_stay_untold_is_still_there() -> None:
    there = {f"{one.path}: {one.text!r}" for one in untold.found()}
    assert set(untold.LIST.read_text(encoding="utf-8").splitlines()) <= there
