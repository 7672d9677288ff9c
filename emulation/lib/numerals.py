"""Numbers in Vietnamese words, as official documents repeat them in brackets: "09 (chín) bản"."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """A number from 0 to 99 in words. Raises `ValueError` for any other."""
    if not 0 <= number <= 99:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return head
    tail = _DIGITS[ones]
    if ones == 5:
        tail = "lăm"
    elif ones == 1 and tens > 1:
        tail = "mốt"
    return f"{head} {tail}"


def with_words(number: int) -> str:
    """ "09 (chín)": two digits and the words."""
    return f"{number:02d} ({in_words(number)})"
