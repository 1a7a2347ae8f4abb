"""Files as they come: encodings, delimiters, quoting, and what is no CSV at all."""

from __future__ import annotations

import gzip

import pytest

from books import seeded
from gztrack.errors import InputError
from gztrack.services.databases.seeding import followup_pack
from gztrack.services.importing.importer import import_text

ROW = "indicator,period,value,note\nnev-capacity,2022,1m,年底产能\n"


def imported(data: bytes | str) -> tuple[float, str]:
    """Value and note of the one reading that a file brings in."""
    tracker = seeded()
    import_text(tracker, data, name="x.csv")
    reading = tracker.detail("nev-capacity").row.reading
    assert reading is not None
    return reading.value, reading.note


@pytest.mark.parametrize(
    "data",
    [
        ROW.encode(),
        b"\xef\xbb\xbf" + ROW.encode(),
        ROW.replace("\n", "\r\n").encode(),
        ROW.replace("\n", "\r").encode(),
        ROW.replace(",", ";").encode(),
        ROW.replace(",", "\t").encode(),
        ROW.replace(",", "\t").encode("utf-16"),
        ROW.encode("gb18030"),
        ("sep=;\n" + ROW.replace(",", ";")).encode(),
        ROW.rstrip("\n").encode(),
        ("\n\n" + ROW + ",,,\n\n").encode(),
        ROW.upper().replace("NEV-CAPACITY", "nev-capacity").encode(),
    ],
    ids=[
        "plain",
        "bom",
        "crlf",
        "cr",
        "semicolon",
        "tab",
        "utf-16",
        "gb18030",
        "sep",
        "unended",
        "blank",
        "upper",
    ],
)
def test_the_same_table_is_read_in_every_clothing(data: bytes) -> None:
    assert imported(data) == (1_000_000, "年底产能")


def test_the_encoding_is_said_when_it_is_not_utf_8() -> None:
    done = import_text(seeded(), ROW.encode("gb18030"), dry_run=True)

    assert "read as GB18030" in done.lines


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.csv: empty; the first row names the columns: indicator,period,value,..."),
        (b" \r\n\t\n", "x.csv: empty; the first row names the columns: indicator,period,value,..."),
        (b"indicator,period,value\n", "x.csv: only the names of columns, no rows; nothing to import"),
        (b"indicator,period,value\n,,\n", "x.csv: only the names of columns, no rows; nothing to import"),
        (b'{"gztrack": "seed"}', "x.csv: JSON; this version imports CSV"),
        (b'[{"id": 1}]', "x.csv: JSON; this version imports CSV"),
        (b"indicator,period\nab\0c", "x.csv, line 2: a NUL byte"),
        (b"PK\x03\x04sheet", "x.csv: a workbook or a ZIP file; save the sheet as CSV first"),
        (gzip.compress(ROW.encode(), mtime=0), "x.csv: compressed; unpack it first"),
        (b"%PDF-1.7", "x.csv: a PDF; copy its table into a CSV file"),
        (b"\xff\xfeA", "x.csv: starts as UTF-16 and breaks off"),
        (
            ROW.replace("年底", "déjà").encode("latin-1", "replace"),
            "x.csv, line 2: neither UTF-8 nor GB18030",
        ),
        ("indicator,note\nx,廣州產業升級\n".encode("big5"), "x.csv, line 2: neither UTF-8 nor GB18030"),
        (b"\x80\x81\x82\x83", "x.csv, line 1: neither UTF-8 nor GB18030"),
        (b'"indicator,period\n', 'x.csv, line 1: a quote (") is opened here and never closed'),
    ],
)
def test_what_is_no_csv_is_refused_in_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as error:
        import_text(seeded(), data, name="x.csv")

    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_a_cell_may_hold_several_lines_and_its_row_has_the_number_of_the_first() -> None:
    text = 'indicator,period,value,note\nnev-capacity,2022,1m,"one\ntwo\nthree"\nnev-capacity,2023,x,\n'

    with pytest.raises(InputError) as error:
        import_text(seeded(), text)
    assert error.value.further[0].startswith("line 5, column 3: value: no number")
    assert imported(text.replace("2023,x,", ",,"))[1] == "one two three"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nev-capacity,2022,1m,"open\nnev-capacity,2023,2m,\n', 'line 2: a quote (") is opened here'),
        ('nev-capacity,2022,1m,"shut"s\nnev-capacity,2023,2m,\n', 'line 2: a quote (") ends in the middle'),
        ("nev-capacity,2022,1m,,,surplus\n", "line 2: 6 cells, but the first row names 4 columns"),
        ("nev-capacity,2022,1m,\nnev-capacity,20", "line 3: the file breaks off here, after 2 of 4 cells"),
        (f"nev-capacity,2022,1m,{'x' * 140_000}\n", "line 2: a cell is longer than 128 KiB"),
    ],
)
def test_a_row_that_cannot_be_cut_up_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        import_text(seeded(), "indicator,period,value,note\n" + text)

    assert said in "\n".join(error.value.further)


def test_a_short_row_that_is_ended_has_empty_cells_at_its_end() -> None:
    assert imported("indicator,period,value,note\nnev-capacity,2022,1m\n") == (1_000_000, "")


def test_the_follow_up_pack_needs_no_yes_on_a_fresh_seed() -> None:
    tracker = seeded()

    done = import_text(tracker, followup_pack().read_bytes(), name="guangzhou-followup.csv")

    assert done.lines[0] == "guangzhou-followup.csv: 24 new, 0 revised, 0 same"
    assert tracker.board().counts == (("cannot tell", 3), ("no target", 10))
    assert import_text(tracker, followup_pack().read_bytes()).lines[0].endswith("0 new, 0 revised, 24 same")
