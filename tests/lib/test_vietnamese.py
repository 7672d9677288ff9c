"""Vietnamese text: composed form, unaccented names, and the order of the alphabet."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.lib import vietnamese

WORDS = ["Đồng Hới", "Lệ Thủy", "Quảng Trạch", "thị xã Ba Đồn", "ƯỚC", "nghĩa", "Tuyên Hóa", "Đặng Thị Yến"]
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]


def decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("word", WORDS)
def test_both_spellings_of_a_letter_are_one(word):
    assert decomposed(word) != word
    assert vietnamese.nfc(decomposed(word)) == word
    assert vietnamese.slug(decomposed(word)) == vietnamese.slug(word)
    assert vietnamese.search_key(decomposed(word)) == vietnamese.search_key(word)
    assert vietnamese.sort_key(decomposed(word)) == vietnamese.sort_key(word)
    assert vietnamese.name_sort_key(decomposed(word)) == vietnamese.name_sort_key(word)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Công an TP. Đồng Hới", "cong-an-tp-dong-hoi"),
        ("  Đ/c  Nguyễn Văn Ẩn! ", "d-c-nguyen-van-an"),
        ("Giao ước thi đua “Vì An ninh Tổ quốc” năm 2020", "giao-uoc-thi-dua-vi-an-ninh-to-quoc-nam-2020"),
        ("đĐưƯơƠ", "dduuoo"),
        ("…", ""),
        ("", ""),
    ],
)
def test_names_for_files(text, slug):
    assert vietnamese.slug(text) == slug


@pytest.mark.parametrize(
    ("typed", "stored"), [("dong hoi", "Công an TP. ĐỒNG  HỚI"), ("NGUYỄN", "Nguyễn Văn A"), ("uoc", "Phạm Thị Ước")]
)
def test_a_search_without_accents_finds(typed, stored):
    assert vietnamese.search_key(typed) in vietnamese.search_key(stored)


def test_letters_come_in_the_order_of_the_alphabet():
    alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    assert sorted(set(alphabet), key=vietnamese.sort_key) == list(alphabet)
    assert sorted(set(alphabet.upper()), key=vietnamese.sort_key) == list(alphabet.upper())


def test_tones_come_in_their_order_for_every_vowel():
    for vowel in VOWELS:
        spelled = [unicodedata.normalize("NFC", vowel + tone) for tone in TONES]
        assert sorted(set(spelled), key=vietnamese.sort_key) == spelled


@pytest.mark.parametrize(
    "ordered",
    [
        ["Da", "Dũng", "Đa", "Đăng", "Đâng", "E"],
        ["Bố Trạch", "Đồng Hới", "Lệ Thủy", "Minh Hóa", "Quảng Ninh", "Quảng Trạch", "Tuyên Hóa"],
        ["an", "án", "ân", "ấn", "ba"],
        ["hoa", "hoà", "hoá", "hòa bình"],
        ["xã 2", "xã 9", "xã A"],
    ],
)
def test_words_sort_as_in_a_dictionary(ordered):
    for shuffled in itertools.islice(itertools.permutations(ordered), 60):
        assert sorted(shuffled, key=vietnamese.sort_key) == ordered


def test_tones_count_only_when_all_letters_are_equal():
    assert vietnamese.sort_key("lá") < vietnamese.sort_key("lạc")
    assert vietnamese.sort_key("Quảng A") < vietnamese.sort_key("Quang B")


def test_capitals_do_not_matter():
    assert vietnamese.sort_key("ĐỒNG HỚI") == vietnamese.sort_key("đồng hới")


def test_people_are_listed_by_given_name():
    people = ["Trần Thị Bình", "Lê Văn An", "Nguyễn Văn Ước", "Nguyễn Văn An", "Đặng Văn Ân"]
    ordered = ["Lê Văn An", "Nguyễn Văn An", "Đặng Văn Ân", "Trần Thị Bình", "Nguyễn Văn Ước"]
    assert sorted(people, key=vietnamese.name_sort_key) == ordered
    assert vietnamese.name_sort_key("").strip() == ""


@given(st.text())
def test_any_text_has_keys(text):
    assert vietnamese.nfc(vietnamese.nfc(text)) == vietnamese.nfc(text)
    assert set(vietnamese.slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert vietnamese.sort_key(text).isascii()
