"""Random codes: unguessable in addresses, unmistakable when typed."""

import re

from emulation.lib import codes


def test_a_token_is_long_and_fits_into_an_address():
    tokens = {codes.token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{27}", token) for token in tokens)


def test_a_typing_code_has_no_letters_that_look_alike():
    found = {codes.typing_code() for _ in range(500)}
    assert len(found) == 500
    assert {len(code) for code in found} == {10}
    assert not set("".join(found)) & set("01ILO")
    assert len(codes.typing_code(8)) == 8


def test_a_typed_code_is_read_however_it_was_grouped():
    code = codes.typing_code()
    assert codes.read_typed(code) == code
    assert codes.read_typed(f" {code[:5].lower()} {code[5:].lower()} ") == code
    assert codes.read_typed(f"{code[:5]}-{code[5:]}\n") == code
    assert codes.read_typed("") == ""
