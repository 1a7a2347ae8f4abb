"""The snapshot as a page: its structure, its links both ways, and nothing that it would load or run."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from books import empty, followed, states, stations
from gztrack import __version__, language
from gztrack.export.html import charts
from gztrack.export.html.themes import DARK
from gztrack.export.report import build
from gztrack.export.snapshot import render
from gztrack.export.svg_shapes import COLOURS
from gztrack.services.board.selecting import Selection
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.tui import themes

BOOKS: dict[str, Callable[[], Tracker]] = {"followup": followed, "states": states}


def page(tracker: Tracker) -> Element:
    return ElementTree.fromstring(render(tracker, "html"))


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def rows(root: Element, kind: str) -> list[Element]:
    found = next(table for table in root.iter("table") if table.get("class") == kind)
    return [row for row in found.iter("tr") if row.find("th[@scope='row']") is not None]


class Balanced(HTMLParser):
    """An HTML parser that knows which elements are open."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", BOOKS)
def test_html_and_xml_read_the_same_elements_out_of_it(name: str) -> None:
    made = render(BOOKS[name](), "html").decode()
    reader = Balanced()
    reader.feed(made)
    reader.close()

    assert not reader.open
    assert reader.found == [
        element.tag.rpartition("}")[2].lower() for element in ElementTree.fromstring(made).iter()
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_ids_are_unique_and_every_inner_link_leads_somewhere(name: str) -> None:
    root = page(BOOKS[name]())
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    links = {link.get("href", "") for link in root.iter("a")}
    named = {element.get("aria-labelledby") for element in root.iter() if element.get("aria-labelledby")}

    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert named <= set(ids)


@pytest.mark.parametrize("name", BOOKS)
def test_sources_are_linked_both_ways(name: str) -> None:
    root = page(BOOKS[name]())
    sources = next(part for part in root.iter("ol") if part.get("class") == "sources")
    cited = {link.get("href"): link.get("id") for sup in root.iter("sup") for link in sup.iter("a")}

    assert {f"#{source.get('id')}" for source in sources} == set(cited)
    for source in sources:
        back = [link.get("href", "") for link in source.iter("a") if link.get("href", "").startswith("#")]
        assert back
        for place in back:
            link = root.find(f".//a[@id='{place[1:]}']")
            assert link is not None
            assert link.get("href") == f"#{source.get('id')}"


def test_a_source_that_is_cited_often_leads_back_to_the_first_places() -> None:
    tracker = stations()
    for year in range(2000, 2020):
        tracker.log(LogEntry("stations", str(year), str(year), source="Bureau"))

    source = next(part for part in page(tracker).iter("li") if part.get("id") == "source-1")

    assert [text(link) for link in source.iter("a")] == [str(n) for n in range(1, 10)]
    assert text(source).endswith("9 …")


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    made = render(BOOKS[name](), "html").decode()
    root = ElementTree.fromstring(made)

    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base", "image", "use"} & {
        element.tag for element in root.iter()
    }
    for element in root.iter():
        assert not [name for name in element.keys() if name.startswith("on") or name == "src"]  # noqa: SIM118
        if (address := element.get("href", "#")).startswith("#"):
            continue
        assert element.tag == "a"
        assert re.match("https?://", address)
        assert element.get("rel") == "noreferrer noopener"
    assert "url(" not in made
    assert "@import" not in made


def test_the_head_says_what_may_load_before_anything_could() -> None:
    head = page(followed()).find("head")
    assert head is not None
    first, policy, *_ = head

    assert first.attrib == {"charset": "utf-8"}
    assert policy.get("http-equiv") == "Content-Security-Policy"
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'"
    assert {meta.get("name"): meta.get("content") for meta in head.iter("meta") if meta.get("name")} == {
        "viewport": "width=device-width, initial-scale=1",
        "referrer": "no-referrer",
        "color-scheme": "light dark",
        "generator": f"gztrack {__version__}",
    }


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.example",
        "x.example",
    ],
)
def test_only_pages_of_the_web_become_links(url: str) -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "5", "2020", source="Bureau"))
    report = build(tracker, charted=True)
    report.data["sources"][0]["source_url"] = url

    from gztrack.export.html.page import render as made

    root = ElementTree.fromstring(made(report))
    source = next(part for part in root.iter("li") if part.get("id") == "source-1")
    assert [link.get("href") for link in source.iter("a")] == ["#cite-1-1", "#cite-1-2"]
    assert url in text(source)


def test_an_address_with_quotes_stays_in_its_attribute() -> None:
    tracker = stations()
    url = "https://e.example/a'b\"onmouseover=x"
    tracker.log(LogEntry("stations", "5", "2020", url="https://e.example/"))
    report = build(tracker, charted=True)
    report.data["sources"][0]["source_url"] = url

    from gztrack.export.html.page import render as made

    links = [link for link in ElementTree.fromstring(made(report)).iter("a") if link.get("rel")]
    assert [(link.get("href"), sorted(link.keys())) for link in links] == [(url, ["href", "rel"])]


def test_every_indicator_has_a_row_under_the_columns_that_are_named() -> None:
    tracker = states()
    root = page(tracker)
    heads = [text(head) for head in next(root.iter("thead")).iter("th")]

    assert heads == [
        "indicator", "reading", "period", "target", "due", "progress", "attainment", "path", "trend", "status",
    ]  # fmt: skip
    found = rows(root, "board")
    assert [text(row).startswith(shown.name) for row, shown in zip(found, tracker.board().rows, strict=True)]
    assert {len(row) for row in found} == {len(heads)}


def test_a_row_says_everything_of_its_indicator() -> None:
    cells = {
        text(next(row.iter("bdi"))): [text(cell) for cell in row[1:]]
        for row in rows(page(followed()), "board")
    }

    assert cells["5G base stations built"] == [
        "91,7003stations", "2023", "≥80,0007stations", "2022-12-31", "", "114.6 %", "~116.0 %", "",
        "cannot tellmet by 2023-12-31",
    ]  # fmt: skip


def test_pictures_say_in_words_what_they_show() -> None:
    said = [
        element.get("aria-label")
        for row in rows(page(followed()), "board")
        for element in row.iter()
        if element.get("role") == "img"
    ]

    assert said == [
        ">50.0 % of the target, due date passed, cannot tell",
        "3 readings, from 114.7 % to 108 %",
        "72.0 % of the target, due date passed, cannot tell",
        "114.6 % of the target, ~116.0 % of the way from the baseline, due date passed, cannot tell",
        "4 readings, from 7,100 to 91,700",
    ]


def test_a_chart_stands_for_each_indicator_that_has_something_to_draw_and_its_readings_below() -> None:
    tracker = followed()
    root = page(tracker)
    articles = list(root.iter("article"))
    behind = {text(a.find("h3")): len(list(a.iter("tbody"))) and rows_of(a) for a in articles}  # type: ignore[arg-type]

    assert {name.split(" ")[0] for name in behind} == {"NEV", "UHD", "5G"}
    assert behind["5G base stations built5G基站数"] == [
        ["2023", "91,7003", "counts", ""],
        ["2020", "48,00010", "counts", "includes indoor and shared sites"],
        ["2019-Q3? inferred", ">10,0006", "counts", ""],
        ["2019-05", "~7,10014", "counts", ""],
        [
            "2020-08",
            "23,55515",
            "other series",
            "series provinceprovincial count; another definition than the city's",
        ],
    ]
    charted = {link.get("href") for row in rows(root, "board") for link in row[0].iter("a")}
    assert charted == {f"#{article.get('id')}" for article in articles}


def test_the_legend_of_the_charts_has_what_is_in_them_and_no_more() -> None:
    def said(tracker: Tracker) -> list[str]:
        lists = [each for each in page(tracker).iter("ul") if each.get("class") == "legend key"]
        return [text(item) for each in lists for item in each]

    assert said(stations("2020,5 2021,6")) == ["reading"]
    assert said(stations("2020,5")) == []
    assert said(followed()) == [
        "at least", "target, from stated to due", "another target", "reading", "provisional or about",
        "the line to the target",
    ]  # fmt: skip


def rows_of(article: Element) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in article.iter("tr") if row.find("td") is not None]


@pytest.mark.parametrize("name", BOOKS)
def test_every_reading_that_stands_is_on_the_page(name: str) -> None:
    tracker = BOOKS[name]()
    root = page(tracker)
    tables = [table for table in root.iter("table") if table.get("class", "").startswith("readings")]
    listed = sum(row.find("td") is not None for table in tables for row in table.iter("tr"))

    assert listed == sum(len(item["readings"]) for item in build(tracker).data["indicators"])


def test_of_many_readings_the_latest_are_listed_and_the_rest_counted() -> None:
    tracker = stations("\n".join(f"{year},{year}" for year in range(1900, 2000)))
    root = page(tracker)
    article = next(root.iter("article"))

    assert text(next(article.iter("summary"))) == "100 readings"
    found = rows_of(article)
    assert len(found) == charts.MOST + 1
    assert (found[0][0], found[-2][0]) == ("1999", "1940")
    assert found[-1] == ["40 more readings, in the JSON snapshot"]


def test_the_ledger_says_what_became_of_each_promise() -> None:
    tracker = stations("2020,5")
    tracker.set_target(
        GoalEntry("stations", "10", "2027", stated_on="2019", stated_by="City", quote="ten by 2027")
    )
    tracker.set_target(GoalEntry("stations", "10", "2030", replaces="stations@2027", reason="new plan"))
    old, new = ([text(cell) for cell in row] for row in rows(page(tracker), "ledger"))

    assert old[1:7] == ["≥10stations", "2027", "2019City", "ten by 2027", "superseded", ""]
    assert old[8].startswith("replaced")
    assert old[8].endswith("by ≥10 by 2030: same figure, three years later (new plan)")
    assert new[5] == "open"
    assert new[8] == "revises ≥10 by 2027: same figure, three years later (new plan)"


def test_the_whole_hash_is_on_the_page_to_be_copied() -> None:
    tracker = followed()

    assert [text(code) for code in page(tracker).iter("code")] == [f"sha256:{build(tracker).digest}"]


def test_names_in_the_other_language_are_marked() -> None:
    tracker = states()
    first = rows(page(tracker), "board")[0][0]
    assert [(e.get("lang"), text(e)) for e in first if e.tag in ("a", "small")] == [
        (None, "Enterprise technology centres"),
        ("zh-Hans", "企业技术中心"),
    ]
    language.use("zh")
    root = page(tracker)
    first = rows(root, "board")[0][0]

    assert root.get("lang") == "zh-Hans"
    assert [(e.get("lang"), text(e)) for e in first if e.tag == "small"] == [
        ("en", "Enterprise technology centres")
    ]


def test_marks_of_what_is_inferred_or_provisional_are_said_in_words() -> None:
    flags = {
        (text(flag), flag.get("aria-hidden"), text(after))
        for row in rows(page(states()), "board")
        for cell in row
        for flag, after in zip(list(cell), list(cell)[1:], strict=False)
        if flag.get("class") == "flag"
    }

    assert flags == {("p", "true", "provisional"), ("?", "true", "inferred")}


def test_the_dark_theme_is_that_of_the_board() -> None:
    assert {role: themes.DARK[role] for role in DARK if role in themes.DARK} | {
        "ground": themes.DARK_GROUNDS[""],
        "raised": themes.DARK_GROUNDS["raised"],
    } == DARK
    assert set(DARK) == set(COLOURS)


def test_an_empty_database_and_an_empty_choice_have_a_page_with_all_its_landmarks() -> None:
    for made in (
        render(empty("Nothing yet"), "html"),
        render(followed(), "html", only=Selection(statuses=frozenset({"missed"}))),
    ):
        root = ElementTree.fromstring(made)
        assert [len(list(root.iter(tag))) for tag in ("h1", "header", "nav", "main", "footer")] == [1] * 5
        assert "no targets" in text(root)


def test_a_very_long_name_and_a_deep_part_keep_to_their_places() -> None:
    tracker = stations("2020,5 2021,6")
    whole = "stations"
    for depth in range(9):
        slug = f"part-{depth}"
        tracker.add_indicator(IndicatorEntry(slug, "n" * 200, "stations", part_of=whole))
        whole = slug

    found = rows(page(tracker), "board")
    assert len(found) == 10
    assert {row[0].get("class") for row in found} <= {None, *(f"part d{depth}" for depth in range(1, 7))}
