"""Vietnamese text: one composed form, search without accents, the order of the alphabet, and unaccented names for files.

The same letters reach us composed (NFC) or decomposed (NFD, from some computers); they look alike and compare unequal. All text
is therefore normalised where it enters. Sorting follows the Vietnamese alphabet, in which Đ is a letter of its own after D, and
tones count only after all letters are equal.
"""

import re
import unicodedata

_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}


def nfc(text: str) -> str:
    """The text in composed form."""
    return unicodedata.normalize("NFC", text)


def unaccented(text: str) -> str:
    """The text without any accent; đ becomes d."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search_key(text: str) -> str:
    """What a search compares: lower case, without accents, single spaces. Databases fold ASCII only."""
    return " ".join(unaccented(text).lower().split())


def slug(text: str) -> str:
    """A name for files and addresses: "Công an TP. Đồng Hới" gives "cong-an-tp-dong-hoi"."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")


def sort_key(text: str) -> str:
    """A key that sorts by the Vietnamese alphabet when compared character by character (also by a database with "C" collation)."""
    letters: list[str] = []
    tones: list[str] = []
    for char in nfc(text).lower():
        letter, tone = _letter_and_tone(char)
        place = _ALPHABET.find(letter)
        letters.append(f"{place:02d}" if place >= 0 else "--")
        tones.append(str(tone))
    return "".join(letters) + " " + "".join(tones)


def name_sort_key(full_name: str) -> str:
    """People are listed by given name, which is the last word, then by the whole name."""
    words = full_name.split()
    return sort_key(words[-1] if words else "") + " " + sort_key(full_name)


def _letter_and_tone(char: str) -> tuple[str, int]:
    """Split "ế" into the letter "ê" and its tone."""
    tone = 0
    kept = []
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        elif not unicodedata.combining(part) or part in _LETTER_MARKS:
            kept.append(part)
    return nfc("".join(kept)), tone
