"""Random codes for addresses and for typing by hand."""

import secrets

# No 0/O, 1/I/L, so that a code survives handwriting and reading aloud.
_TYPING = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def token() -> str:
    """An unguessable token for an address: 160 bits in 27 URL-safe characters."""
    return secrets.token_urlsafe(20)


def typing_code(length: int = 10) -> str:
    """A code for typing, about 4.95 bits a character."""
    return "".join(secrets.choice(_TYPING) for _ in range(length))


def read_typed(text: str) -> str:
    """A typed code as it was issued: capitals, without spaces and hyphens."""
    return "".join(char for char in text.upper() if char.isalnum())
