"""The document font: four small subsets, made once, and what they cannot print."""

import pytest
from django.test import override_settings
from fontTools.ttLib import TTFont

from emulation.pdf import fonts


def test_four_faces_are_made_small():
    folder = fonts.ensure_subsets()
    sizes = [(folder / f"{face}.ttf").stat().st_size for face in fonts.FACES]
    assert len(sizes) == 4
    assert max(sizes) < 60_000


def test_a_second_call_makes_nothing_anew():
    folder = fonts.ensure_subsets()
    before = [file.stat().st_mtime_ns for file in sorted(folder.iterdir())]
    fonts.ensure_subsets()
    assert [file.stat().st_mtime_ns for file in sorted(folder.iterdir())] == before


def test_two_machines_make_the_same_files(tmp_path):
    made = []
    for name in ("one", "two"):
        with override_settings(VAR_DIR=tmp_path / name):
            made.append([fonts.face_path(face).read_bytes() for face in fonts.FACES])
    assert made[0] == made[1]


def test_a_lost_face_is_made_again(tmp_path):
    with override_settings(VAR_DIR=tmp_path):
        folder = fonts.ensure_subsets()
        (folder / "recipe.json").unlink()
        (folder / "bold.ttf").unlink()
        fonts.ensure_subsets()
        assert (folder / "bold.ttf").is_file()


def test_every_vietnamese_letter_can_be_printed():
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = [letter + mark for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in marks]
    assert fonts.missing_characters("".join(letters) + "đĐ") == []


def test_decomposed_text_is_composed_first():
    assert fonts.missing_characters("Vie\u0302\u0323t Nam") == []


@pytest.mark.parametrize("text", ["≥ 80 % – “đúng” … ≤ 5", "1 × 2 ÷ 3 ± ½ m² №", "40.000 ₫ • → −3", "dòng một\ndòng hai\tcột"])
def test_punctuation_mathematics_and_layout_can_be_printed(text):
    assert fonts.missing_characters(text) == []


@pytest.mark.parametrize(
    ("text", "at_fault"),
    [
        ("Thi đua 😀 và 😀", ["😀"]),
        ("không\u200bkhoảng", ["\u200b"]),
        ("gạch\u00admềm", ["\u00ad"]),
        ("chuông\x07", ["\x07"]),
        ("\ufeffđầu tệp", ["\ufeff"]),
        ("ơ\u0306", ["\u0306"]),
        ("汉字", ["汉", "字"]),
        ("\ue000", ["\ue000"]),
    ],
)
def test_what_cannot_be_printed_is_named_once(text, at_fault):
    assert fonts.missing_characters(text) == at_fault


def test_what_cannot_be_seen_is_described_by_its_code():
    assert fonts.describe("😀") == "“😀” (U+1F600)"
    assert fonts.describe("\u200b") == "U+200B"


def test_an_office_brings_its_own_font(tmp_path):
    own = tmp_path / "licensed"
    own.mkdir()
    for face, name in zip(fonts.FACES, ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"), strict=True):
        (own / name).write_bytes(fonts.face_path(face).read_bytes())
    with override_settings(VAR_DIR=tmp_path / "var", DOCUMENT_FONT_DIR=str(own)):
        with TTFont(fonts.face_path("bold")) as font:
            assert 0x1EA1 in font.getBestCmap()
        assert str(own) in (fonts.ensure_subsets() / "recipe.json").read_text()


def test_without_a_font_the_health_page_says_so(tmp_path):
    with override_settings(VAR_DIR=tmp_path / "var", DOCUMENT_FONT_DIR=str(tmp_path)):
        assert not fonts.is_ready()
        with pytest.raises(fonts.FontMissing, match=r"times\.ttf"):
            fonts.ensure_subsets()


def test_with_a_font_the_health_page_is_content():
    assert fonts.is_ready()
