"""Offers: which fit, what stands behind the cursor, and paths."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gztrack.services.entering.suggestions import Suggestions
from gztrack.tui.completing import Offer, files_for, fitting, ghost, key_hint, offers, paths

KNOWN = Suggestions(
    sources=(("City bureau", "https://a.cn"), ("Yearbook", ""), ("City bureau", "https://b.cn"), ("", "https://c.cn")),
    indicators=(("nev-output", "NEV output", "新能源汽车产量"),),
    periods=("2025",),
)  # fmt: skip


def test_a_source_is_offered_once_with_the_page_it_was_named_with_last() -> None:
    assert offers("source", KNOWN) == (
        Offer("City bureau", "https://a.cn", (("url", "https://a.cn"),)),
        Offer("Yearbook"),
    )


def test_pages_without_a_source_are_offered_as_pages() -> None:
    assert [offer.text for offer in offers("url", KNOWN)] == ["https://a.cn", "https://b.cn", "https://c.cn"]


def test_a_field_that_completes_nothing_is_offered_nothing() -> None:
    assert offers("", KNOWN) == ()


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("", ["City bureau", "Yearbook"]),
        ("ci", ["City bureau"]),
        ("BUREAU city", ["City bureau"]),
        ("City bureau", []),
        ("nothing", []),
    ],
)
def test_what_begins_with_the_text_or_holds_its_words_fits(typed: str, fits: list[str]) -> None:
    assert [offer.text for offer in fitting(offers("source", KNOWN), typed)] == fits


def test_what_begins_with_the_text_comes_before_what_holds_it() -> None:
    known = (Offer("the yearbook"), Offer("yearbook"))
    assert [offer.text for offer in fitting(known, "year")] == ["yearbook", "the yearbook"]


@pytest.mark.parametrize("typed", ["nev out", "NEV", "汽车"])
def test_an_id_is_found_by_either_name(typed: str) -> None:
    assert [offer.text for offer in fitting(offers("indicator", KNOWN), typed)] == ["nev-output"]


@pytest.mark.parametrize(("typed", "behind"), [("", "Yearbook"), ("year", "book"), ("book", " -> Yearbook")])
def test_the_rest_of_an_offer_stands_behind_the_text_or_all_of_it_behind_an_arrow(
    typed: str, behind: str
) -> None:
    assert ghost(Offer("Yearbook"), typed, "->") == behind


def test_the_hint_counts_only_where_there_is_a_choice() -> None:
    assert key_hint(0, 1, "right", "pgdn") == "right takes it"
    assert key_hint(1, 3, "right", "f6") == "right takes it; f6: 2 of 3"


def test_paths_go_on_with_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures.csv").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "esc\x1b[31m").touch()
    monkeypatch.chdir(tmp_path)
    assert [offer.text for offer in paths("")] == ["figures.csv", "figures/"]
    assert [offer.text for offer in paths("figures.")] == ["figures.csv"]
    assert [offer.text for offer in paths(".h")] == [".hidden"]
    assert [offer.text for offer in paths(os.fspath(tmp_path / "figures"))] == [
        f"{tmp_path}/figures.csv",
        f"{tmp_path}/figures/",
    ]


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("path", ["a.csv", "b.CSV", "c.md", "csv", "d/"]),
        ("path:.csv", ["a.csv", "b.CSV", "d/"]),
        ("path:format", ["c.md", "d/"]),
    ],
)
def test_files_of_the_kind_that_is_asked_for_are_offered_and_folders(kind: str, fits: list[str]) -> None:
    found = [Offer(name) for name in ("a.csv", "b.CSV", "c.md", "csv", "d/")]
    assert [offer.text for offer in files_for(kind, {"format": " MD"}, found)] == fits


def test_files_of_a_kind_are_found_behind_many_others(tmp_path: Path) -> None:
    for n in range(80):
        (tmp_path / f"a{n}.md").touch()
    (tmp_path / "z.csv").touch()
    offered = files_for("path:.csv", {}, paths(f"{tmp_path}/"))
    assert [offer.text for offer in offered] == [f"{tmp_path}/z.csv"]


@pytest.mark.parametrize("typed", ["/no/such/folder/x", "a\x00b/c", "~nobody-here/x"])
def test_where_there_is_no_folder_nothing_is_offered(typed: str) -> None:
    assert paths(typed) == ()
