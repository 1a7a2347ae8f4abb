"""A snapshot before it is written: the very figures, hash and size of the file, and a page of any width."""

from __future__ import annotations

import pytest

import books
from gztrack.errors import Cancelled, InputError
from gztrack.export.cells import cells
from gztrack.export.proof import proof
from gztrack.export.report import build
from gztrack.export.snapshot import FORMATS, KINDS, Format, render
from gztrack.services.board.selecting import Selection
from gztrack.services.progress import Task

BINARY = Format("plain", binary=True)


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if not KINDS[kind].binary])
def test_it_is_what_would_be_written(kind: str) -> None:
    tracker = books.states()
    data, report = render(tracker, kind), build(tracker)
    found = proof(tracker, kind)
    assert found.size == len(data)
    assert found.written == data.decode("utf-8")
    assert found.digest == report.short_digest
    assert (found.rows, found.sources) == (len(report.board.rows), len(report.sources))
    assert (found.title, found.as_of, found.method) == (report.title, report.board.as_of, report.method)


def test_what_is_no_text_is_rendered_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "bin", BINARY)
    tracker = books.states()
    brief = proof(tracker, "bin", pictures=False)
    whole = proof(tracker, "bin")
    assert (brief.size, brief.written) == (None, None)
    assert (whole.size, whole.written) == (len(render(tracker, "bin")), None)
    assert brief.page == whole.page


def test_only_what_is_asked_for_is_counted() -> None:
    tracker = books.states()
    found = proof(tracker, "txt", only=Selection(slugs=frozenset({"stations"})))
    assert found.rows == 1
    assert 0 < found.promises < proof(tracker, "txt").promises


@pytest.mark.parametrize("width", [58, 78, 100, 198])
@pytest.mark.parametrize("plain_signs", [False, True])
def test_its_page_keeps_to_its_width(width: int, plain_signs: bool) -> None:
    page = proof(books.states(), "md", width=width, ascii=plain_signs).page
    assert max(map(cells, page)) <= width
    if plain_signs:
        drawn = set("━╸╍▸◂─│┃┊●◐○✓✗◌≥≤…")
        assert drawn.isdisjoint("".join(page))


def test_the_page_of_a_hundred_columns_is_the_text_snapshot() -> None:
    tracker = books.states()
    assert "\n".join(proof(tracker, "md").page) + "\n" == render(tracker, "txt").decode("utf-8")


def test_it_is_called_off_and_refused_as_writing_is() -> None:
    tracker, task = books.states(), Task()
    task.cancel()
    with pytest.raises(Cancelled):
        proof(tracker, "md", progress=task)
    with pytest.raises(InputError, match="no such snapshot format: 'doc'"):
        proof(tracker, "doc")
