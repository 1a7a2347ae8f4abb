"""The PNG snapshot: real pixels, fonts that are chosen, named and draw Chinese, and a hash in the file."""

from __future__ import annotations

import shutil
import struct
import sys
import zlib
from pathlib import Path

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from books import followed, states, stations
from gztrack.errors import InputError
from gztrack.export import svg
from gztrack.export.picture import page, typefaces
from gztrack.export.picture.chunks import SIGNATURE, chunks, texts_of, with_texts
from gztrack.export.picture.fontfile import drawn, faces
from gztrack.export.report import build
from gztrack.export.snapshot import render, write
from gztrack.language import speaking
from gztrack.services.entering.entries import IndicatorEntry
from needs import fonts as needed_fonts


@pytest.fixture(scope="module")
def folder() -> str:
    return needed_fonts()


def size(picture: bytes) -> tuple[int, int]:
    kind, data = next(chunks(picture))
    assert kind == b"IHDR"
    width, height = struct.unpack_from(">II", data)
    return width, height


def pixels(picture: bytes) -> bytes:
    """What is drawn, unpacked; filtered line by line as it is in the file."""
    return zlib.decompress(b"".join(data for kind, data in chunks(picture) if kind == b"IDAT"))


def test_it_is_a_whole_png_twice_as_fine_as_the_page(folder: str) -> None:
    made = render(stations("2020,5"), "png")
    picture = svg.render(build(stations("2020,5")))

    assert made.startswith(SIGNATURE)
    at = len(SIGNATURE)
    kinds = []
    while at < len(made):
        length, kind = struct.unpack_from(">I4s", made, at)
        data = made[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", made, at + 8 + length)[0] == zlib.crc32(kind + data)
        kinds.append(kind)
        at += 12 + length
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")
    assert kinds.count(b"pHYs") == 1
    width, height = size(made)
    assert f'width="{width // 2}" height="{height // 2}"'.encode() in picture
    # Eight bits of red, green, blue and alpha a pixel, and a byte of filter a line.
    assert len(pixels(made)) == height * (width * 4 + 1)


def test_the_same_report_gives_the_same_bytes(folder: str) -> None:
    assert render(stations("2020,5"), "png") == render(stations("2020,5"), "png")


def test_title_hash_version_and_fonts_are_in_the_file(folder: str) -> None:
    tracker = stations("2020,5")
    texts = texts_of(render(tracker, "png"))

    assert texts["Title"] == build(tracker).title
    assert f"content hash sha256:{build(tracker).digest}" in texts["Description"]
    assert texts["Software"].startswith("gztrack ")
    assert texts["Fonts"]
    assert "Comment" not in texts


def test_writing_says_which_fonts_were_used(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "a.png"

    done = write(stations("2020,5"), "png", str(path))

    assert done.lines[0].startswith(f"wrote {path}: 1 indicator as of 2026-11-24")
    assert done.lines[1] == f"drawn with {texts_of(path.read_bytes())['Fonts']}"


def test_where_there_is_chinese_a_chinese_font_sets_all_of_it(folder: str) -> None:
    tracker = stations("2020,5")
    tracker.add_indicator(IndicatorEntry("zh", "广州产业", "件"))

    made = texts_of(render(tracker, "png"))
    with speaking("zh"):
        spoken = texts_of(render(stations("2020,5"), "png"))

    assert made["Fonts"].split(", ")[0] in typefaces.CHINESE
    assert spoken["Fonts"].split(", ")[0] in typefaces.CHINESE


def _drawn(text: str, found: typefaces.Typefaces) -> bytes:
    families = ", ".join(f"'{name}'" for name in found.families)
    return pixels(
        resvg_py.svg_to_bytes(
            svg_string=(
                '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
                f'<text x="5" y="22">{text}</text></svg>'
            ),
            skip_system_fonts=True,
            font_files=list(found.files),
            style_sheet=f"svg {{ font-family: {families} }}",
        )
    )


@pytest.mark.parametrize("char", "广州产业升级骨直")
def test_a_chinese_character_is_drawn_and_is_no_box(char: str, folder: str) -> None:
    found = typefaces.chosen(f"{char}中", (folder,))

    box = _drawn("\U0010fffd", found)
    assert found.missing == ""
    assert len({_drawn(char, found), _drawn("中", found), box, _drawn("", found)}) == 4


def latin_only(folder: str, tmp_path: Path) -> str:
    there = tmp_path / "latin"
    there.mkdir()
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(next(Path(folder).rglob(name)), there)
    return str(there)


def test_without_a_chinese_font_one_line_says_which_package(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    latin = latin_only(folder, tmp_path)
    monkeypatch.setattr(typefaces, "usual_folders", lambda: (latin,))
    tracker = stations("2020,5")
    assert texts_of(render(tracker, "png"))["Fonts"] == "DejaVu Sans"
    tracker.add_indicator(IndicatorEntry("zh", "广州产业升级", "件"))

    with pytest.raises(InputError) as error:
        write(tracker, "png", str(tmp_path / "a.png"))

    assert str(error.value) == (
        "png: no font here draws 业 产 升 州 广 …: install one for Chinese, for example the package"
        " fonts-noto-cjk, or write svg"
    )
    assert not (tmp_path / "a.png").exists()


def test_without_any_font_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "usual_folders", lambda: (str(tmp_path),))

    with pytest.raises(InputError, match="png: no fonts are here: install some"):
        render(stations("2020,5"), "png")


def test_what_no_font_draws_is_told(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latin = latin_only(folder, tmp_path)
    monkeypatch.setattr(typefaces, "usual_folders", lambda: (latin,))
    tracker = stations("2020,5")
    tracker.add_indicator(IndicatorEntry("x", "\u12a0 syllables", "things"))

    made = render(tracker, "png")

    assert page.told(made) == ("drawn with DejaVu Sans", "no font here draws \u12a0: boxes stand there")


def test_a_tall_page_is_drawn_at_its_own_size_and_a_taller_one_is_refused(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = stations("2020,5")
    width, height = size(render(tracker, "png"))
    monkeypatch.setattr(page, "TALLEST", height // 2)
    assert size(render(tracker, "png")) == (width // 2, height // 2)

    monkeypatch.setattr(page, "TALLEST", height // 2 - 1)
    with pytest.raises(InputError, match=r"png: \d+ pixels are too tall, \d+ at most: choose fewer rows"):
        render(tracker, "png")


def test_hostile_texts_are_drawn(folder: str) -> None:
    made = render(states(), "png")

    assert size(made)[1] > 3000
    assert texts_of(made)["Title"] == '广州产业升级 <progress> & "targets"'


def test_without_the_package_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delitem(sys.modules, "gztrack.export.picture.page")
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    tracker = followed()
    monkeypatch.setattr(tracker, "board", None)  # nothing is reckoned first

    with pytest.raises(InputError) as error:
        write(tracker, "png", str(tmp_path / "a.png"))

    assert str(error.value) == "png needs resvg_py: pip install 'gztrack[png]'"


def test_a_font_says_which_characters_it_has(folder: str) -> None:
    latin = next(face for face in faces(str(next(Path(folder).rglob("DejaVuSans.ttf")))))
    chinese = {face.family: face for face in faces(str(next(Path(folder).rglob("NotoSansCJK-Regular.ttc"))))}

    assert (latin.family, latin.weight, latin.upright) == ("DejaVu Sans", 400, True)
    assert drawn(latin, map(ord, "Aé≥中")) == set(map(ord, "Aé≥"))
    assert drawn(chinese["Noto Sans CJK SC"], map(ord, "A中𠮷\u1401")) >= set(map(ord, "A中"))
    assert ord("\u1401") not in drawn(chinese["Noto Sans CJK SC"], map(ord, "A中\u1401"))


@given(st.binary(max_size=300), st.integers(0, 600))
def test_a_broken_font_is_none(noise: bytes, at: int) -> None:
    import tempfile

    head = b"\x00\x01\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00"
    with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
        file.write((head + noise) if at % 2 else noise)
        file.flush()
        for face in faces(file.name):
            drawn(face, {65})


@pytest.mark.parametrize("cut", [13, 400, 5000, 20_000])
def test_a_font_cut_short_draws_nothing_or_what_is_left_of_it(cut: int, folder: str, tmp_path: Path) -> None:
    whole = next(Path(folder).rglob("DejaVuSans.ttf")).read_bytes()
    (tmp_path / "cut.ttf").write_bytes(whole[:cut])

    assert typefaces.chosen("A", (str(tmp_path),)).files in ((), (str(tmp_path / "cut.ttf"),))


def test_texts_come_back_from_the_file(folder: str) -> None:
    plain = with_texts(
        SIGNATURE + b"".join(_chunk(kind) for kind in (b"IHDR", b"IEND")), {"Title": "广州", "Comment": ""}, 2
    )

    assert texts_of(plain) == {"Title": "广州"}
    assert [kind for kind, _ in chunks(plain)] == [b"IHDR", b"pHYs", b"iTXt", b"IEND"]


def _chunk(kind: bytes) -> bytes:
    return struct.pack(">I4sI", 0, kind, zlib.crc32(kind))
