"""Files that are broken, hostile or no files: one clear error, in bounded memory and time."""

from __future__ import annotations

import io
import json
import os
import threading
import zipfile
from pathlib import Path

import pytest

from books import LEVEL, empty, seeded, stations
from gztrack.errors import InputError
from gztrack.services.importing.importer import import_text
from gztrack.services.importing.recognising import bring_in
from gztrack.services.packs import sources

HEAD = b"indicator,period,value,note\n"
GOOD = HEAD + b"stations,2020,5,\n"


def refusal(data: bytes | str) -> str:
    tracker = stations()
    with pytest.raises(InputError) as error:
        import_text(tracker, data, name="x.csv")
    assert tracker.history("stations") == ()
    said = "\n".join((str(error.value), *error.value.further))
    assert "\x1b" not in said
    return said


def zip_bomb() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return whole.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;</l>"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zip_bomb(), "x.csv: a workbook or a ZIP file; save the sheet as CSV first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.csv: an old Excel workbook; save the sheet as CSV"),
        (b"\x1f\x8b\x08" + bytes(90), "x.csv: compressed; unpack it first"),
        (LAUGHS, "x.csv: XML or HTML; save the table as CSV first"),
        (b"<html><table><tr><td>5</td></tr></table>", "x.csv: XML or HTML; save the table as CSV first"),
        (GOOD + b"\0", "x.csv, line 3: a NUL byte; this is no text"),
        (bytes(range(256)), "x.csv, line 1: a NUL byte"),
        (b"x" * 100_000_000, "x.csv, line 1: longer than 16 MiB; this is no table"),
        (GOOD + b"y" * 20_000_000 + b"\n", "x.csv, line 3: longer than 16 MiB; this is no table"),
        (b"\n" * 1_000_000, "x.csv: empty; the first row names the columns"),
        (HEAD + b",,,\n" * 200_000, "x.csv: only the names of columns, no rows; nothing to import"),
        (",".join(f"c{n}" for n in range(10_000)).encode(), "x.csv: no such column: 'c0', 'c1'"),
    ],
    ids=["zip bomb", "xls", "gzip", "xml", "html", "nul", "binary", "one line", "long line", "blank lines",
         "empty rows", "columns"],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_line(data: bytes, said: str) -> None:
    found = refusal(data)
    assert found.startswith(said)
    assert "\n" not in found
    assert len(found) < 1000


def test_a_quote_that_is_never_closed_costs_no_more_than_its_own_cell() -> None:
    text = GOOD + b'stations,2021,"6,\n' + b"stations,2022,7,\n" * 400_000

    first = refusal(text).splitlines()[1]

    assert first == ('line 3: a cell is longer than 128 KiB; is a quote (") opened there and never closed?')


def test_lines_that_end_with_cr_alone_are_lines() -> None:
    assert "line 3, column 3: value: no number in 'y'" in refusal(
        b"indicator,period,value\rstations,2020,5\rstations,2021,y\r"
    )


def test_rows_with_other_cells_than_the_first_one_are_named() -> None:
    said = refusal(HEAD + b"stations,2020,5,,surplus\nstations,2021\nstations,2022,5,,,\nstations,20")

    assert said.splitlines()[1:] == [
        "line 2: 5 cells, but the first row names 4 columns",
        "line 5: the file breaks off here, after 2 of 4 cells",
    ]


@pytest.mark.parametrize("cell", ["=cmd()", "=1+1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_formula_is_a_text_in_a_note_and_no_value(cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    tracker = stations()

    import_text(tracker, f"indicator,period,value,note\nstations,2020,5,{quoted}\n")

    assert tracker.history("stations")[0].note == cell
    assert "column 3: value: " in refusal(f"indicator,period,value,note\nstations,2020,{quoted},\n")


@pytest.mark.parametrize(
    ("cell", "note"),
    [("'=1+1", "=1+1"), ("'+5", "+5"), ("'-5", "-5"), ("'@x", "@x"), ("''=1", "'=1"), ("''", "'"),
     ("'quoted'", "'quoted'"), ("'", "'"), ("=1", "=1"), ("it's", "it's")],
)  # fmt: skip
def test_the_sign_that_keeps_a_spreadsheet_from_taking_a_text_for_a_formula_goes_again(
    cell: str, note: str
) -> None:
    tracker = empty()
    text = "kind,indicator,name,unit,period,value,note,source\n"
    text += f"indicator,a,{cell},units,,,,\nreading,a,,,2020,5,{cell},{cell}\n"

    import_text(tracker, text)

    (view,) = tracker.history("a")
    assert (view.note, view.origin.source, tracker.detail("a").row.name) == (note, note, note)


def test_that_sign_is_none_of_a_value_or_a_period() -> None:
    said = refusal("indicator,period,value\nstations,2020,'-5\nstations,'2021,5\n")
    assert "line 2, column 3: value: " in said
    assert "line 3, column 2: period: " in said


def test_escapes_and_markup_in_names_headers_and_cells_reach_no_terminal() -> None:
    bad = "\x1b]0;owned\x07\x1b[31m<b>\u202ex"
    assert "'<b>x'" in refusal(f"indicator,period,value,{bad}\nstations,2020,5,\n")
    assert "<b>" in refusal(f"indicator,period,value\nstations,2020,{bad}\n")
    assert "'<b>x'" in refusal(f"indicator,period,value\n{bad},2020,5\n")
    with pytest.raises(InputError) as error:
        import_text(stations(), "", name=bad)
    assert str(error.value).startswith("<b>x: empty")


@pytest.mark.parametrize("name", ["/", "/dev/zero", "../../etc/nothing/there.csv", "", "a\0b"])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(InputError) as error:
        stations().import_file(name)
    assert "\n" not in str(error.value)


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(GOOD))
    writer.start()

    done = stations().import_file(str(pipe))

    writer.join()
    assert done.lines[0] == "pipe.csv: 1 new, 0 revised, 0 same"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_FILE", 1 << 21)
    large, pipe = tmp_path / "large.csv", tmp_path / "pipe.csv"
    with large.open("wb") as file:
        file.truncate((1 << 21) + 1)
    with pytest.raises(InputError, match="larger than 512 MiB; import it in parts"):
        stations().import_file(str(large))
    os.mkfifo(pipe)

    def pour() -> None:
        with pipe.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"a,b\n" * 5000)
            except BrokenPipeError:
                return

    writer = threading.Thread(target=pour)
    writer.start()
    with pytest.raises(InputError, match="larger than 512 MiB; import it in parts"):
        stations().import_file(str(pipe))
    writer.join()


def test_a_file_that_grows_while_it_is_read_is_taken_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "grows.csv"
    path.write_bytes(GOOD + b"stations,2021,6,\n")
    grown: list[int] = []

    def grow(done: int, of: int, doing: str = "reading", unit: str = "") -> None:
        with path.open("ab") as file:
            grown.append(file.write(b"stations,2022,7,\n"))
        if len(grown) == 1:
            path.unlink()
            path.write_bytes(b"")

    done = stations().import_file(str(path), progress=grow)

    assert grown
    assert done.lines[0] == "grows.csv: 2 new, 0 revised, 0 same"


@pytest.mark.parametrize(
    ("encoding", "options", "said"),
    [
        ("utf-8-sig", {}, ""),
        ("utf-16", {}, "read as UTF-16"),
        ("gb18030", {}, "read as GB18030"),
        ("big5", {"encoding": "big5"}, "read as big5"),
        ("latin-1", {"encoding": "latin-1"}, "read as iso8859-1"),
        ("utf-16", {"encoding": "UTF-16"}, "read as utf-16"),
        ("utf-8", {"encoding": "utf-8"}, "read as utf-8"),
    ],
)
def test_an_encoding_is_found_and_said_or_asked_for(
    encoding: str, options: dict[str, str], said: str
) -> None:
    note = "d\u00e9j\u00e0" if encoding == "latin-1" else "年底"
    data = f"indicator,period,value,note\nnev-capacity,2022,1m,{note}\n".encode(encoding)
    tracker = seeded()

    done = import_text(tracker, data, **options)  # type: ignore[arg-type]

    assert tracker.history("nev-capacity")[-1].note == note
    assert said in done.lines or not said
    assert [line for line in done.lines if line.startswith("read as")] == ([said] if said else [])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"encoding": "klingon"}, "--encoding: no such encoding: 'klingon'"),
        ({"encoding": "rot13"}, "--encoding: no such encoding: 'rot13'"),
        ({"encoding": "idna"}, "--encoding: no such encoding: 'idna'"),
        ({"encoding": "ascii"}, "x.csv, line 3: not in ascii"),
        ({"delimiter": "xx"}, "--delimiter: no delimiter: 'xx'"),
        ({"delimiter": "\n"}, "--delimiter: no delimiter: ' '"),
        ({"decimal": "'"}, "--decimal: a comma or a point, not"),
    ],
)
def test_what_was_asked_for_has_to_fit(options: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as error:
        import_text(stations(), GOOD + "stations,2021,6,年\n".encode(), name="x.csv", **options)  # type: ignore[arg-type]
    assert str(error.value).startswith(said)


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_what_has_no_mark_at_its_start_is_not_in_utf_16(end: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.csv, line \d+: not in utf-16"):
        import_text(stations(), GOOD + end, name="x.csv", encoding="utf-16")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "~", ":"])
def test_a_delimiter_is_found_by_the_first_row_or_asked_for(sign: str) -> None:
    tracker = stations()
    text = GOOD.decode().replace(",", sign)

    done = import_text(tracker, text, delimiter="" if sign in ",;\t|" else sign)

    assert len(tracker.history("stations")) == 1
    found = [line for line in done.lines if line.startswith("read with")]
    shown = "tab" if sign == "\t" else sign
    assert found == ([f"read with {shown} between cells"] if sign in ";\t|" else [])


def test_a_column_is_placed_by_its_number_where_names_are_missing_or_doubled() -> None:
    tracker = stations()
    text = "What,Year,Amount,Amount\nstations,2020,5,\n"
    with pytest.raises(InputError, match="two columns 'Amount'; say which by its number: --map value='#3'"):
        import_text(tracker, text, mapping={"indicator": "What", "period": "Year", "value": "Amount"})

    mapping = {"indicator": "#1", "period": "Year", "value": "#3", "note": "#4"}
    import_text(tracker, text, mapping=mapping)

    assert tracker.history("stations")[0].value == 5
    with pytest.raises(InputError, match="the first row holds data"):
        import_text(tracker, "stations,2020,5\n", mapping={"indicator": "#1", "period": "#2", "value": "#3"})
    with pytest.raises(InputError, match="no column '#9'"):
        import_text(tracker, text, mapping=mapping | {"note": "#9"})


def test_headers_may_be_chinese() -> None:
    tracker = stations()
    import_text(
        tracker,
        "指标,年份,数值\nstations,2020年,1.2万\n",
        mapping={"indicator": "指标", "period": "年份", "value": "数值"},
    )
    assert tracker.history("stations")[0].value == 12_000


def test_objects_are_named_by_their_line_and_number(tmp_path: Path) -> None:
    rows = [
        {"indicator": "stations", "period": "2020", "value": "5"},
        {"indicator": "stations", "value": "y", "period": "2021", "note": "x"},
    ]
    path = tmp_path / "x.json"
    path.write_text(json.dumps(rows))
    tracker = stations()
    with pytest.raises(InputError) as error:
        tracker.import_file(str(path))
    assert error.value.further == (
        "line 1, item 2: value: no number in 'y': type digits, like 310000 or 310k",
    )
    found = bring_in(tracker, str(path), partial=True, dry_run=True).done.imported
    assert found is not None
    assert [(row["line"], row["item"]) for row in (*found.listed, *found.unread)] == [(1, 1), (1, 2)]
    rows[1]["value"] = "6"
    path.write_text(json.dumps(rows))
    assert tracker.import_file(str(path)).lines[0] == "x.json: 2 new, 0 revised, 0 same"


def test_a_dry_run_lists_what_each_row_would_do() -> None:
    tracker = stations("2019,80 2020,100")
    text = LEVEL.replace("measure", "measure,period,value,due").replace("level", "level,,,") + (
        "indicator,labs,Labs,labs,,,,\nreading,stations,,,,2020,101,\nreading,stations,,,,2019,80,\n"
        "reading,stations,,,,2021,about 7,\ntarget,stations,,,,,200,2030\nreading,stations,,,,2021,8,\n"
        "reading,stations,,,,2022,,\n"
    )

    done = import_text(tracker, text, name="x.csv", dry_run=True)

    assert done.imported is not None
    assert done.imported.rows == (
        "line 3: new indicator labs",
        "line 4: revised stations@2020 100 -> 101",
        "line 6: new stations@2021 ~7",
        "line 7: new stations@2030 at least 200",
        "line 8: revised stations@2021 ~7 -> 8",
    )
    assert done.lines[0] == "x.csv: 3 new, 2 revised, 2 same; 1 without a value, skipped"
    assert done.imported.listed[1] == {
        "line": 4,
        "item": None,
        "column": None,
        "outcome": "revised",
        "kind": "reading",
        "indicator": "stations",
        "period": "2020",
        "value": "101",
        "old": "100",
    }


def test_a_dry_run_of_many_rows_lists_a_thousand() -> None:
    rows = "".join(f"stations,{1900 + n // 12}-{n % 12 + 1:02},5\n" for n in range(1200))

    done = import_text(stations(), f"indicator,period,value\n{rows}", dry_run=True)

    assert done.imported is not None
    assert len(done.imported.rows) == 1001
    assert done.imported.rows[-1] == "and 200 more"
    assert len(done.imported.listed) == 1000
