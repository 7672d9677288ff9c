"""Lines of equal length."""

import pytest

from emulation.pdf.lines import balanced_lines, text_width

HEAD = "KHỐI THI ĐUA CÔNG AN CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ"


def lines(text, width, *, face="bold", size=13):
    return balanced_lines(text, face=face, size=size, width=width)


def test_a_short_text_stays_on_one_line():
    assert lines("CÔNG AN TỈNH", 500) == ["CÔNG AN TỈNH"]


def test_nothing_gives_no_line():
    assert lines("  ", 100) == []


def test_a_long_name_breaks_between_its_compounds():
    assert lines(HEAD, 187) == ["KHỐI THI ĐUA", "CÔNG AN CÁC HUYỆN,", "THỊ XÃ, THÀNH PHỐ"]


@pytest.mark.parametrize("width", [130, 187, 240, 400])
def test_no_line_is_wider_than_asked_and_nothing_is_lost(width):
    found = lines(HEAD, width)
    assert " ".join(found) == HEAD
    assert all(text_width(line, face="bold", size=13) <= width for line in found)


def test_no_line_is_left_with_a_single_short_word():
    found = lines("một hai ba bốn năm sáu bảy tám chín mười", 150, face="regular")
    widths = [text_width(line, face="regular", size=13) for line in found]
    assert max(widths) - min(widths) < 40


def test_a_word_wider_than_the_place_keeps_its_own_line():
    assert lines("a nghiêngnghiêngnghiêng b", 30) == ["a", "nghiêngnghiêngnghiêng", "b"]


def test_decomposed_text_has_the_width_of_composed_text():
    assert text_width("Vie\u0302\u0323t", face="bold", size=13) == text_width("Việt", face="bold", size=13)


def test_width_grows_with_the_size():
    assert text_width("Việt", face="regular", size=26) == pytest.approx(2 * text_width("Việt", face="regular", size=13))
