"""Photographs are known by their content and drawn anew: nothing of the camera stays, and no bomb goes off."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from emulation.lib import photographs
from emulation.lib.photographs import NotAPhotograph, redraw


def stored(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[2] = (17.0, 28.0, 0.0)
    found = redraw(stored(Image.new("RGB", (60, 30), "teal"), exif=exif, comment=b"secret"))
    drawn = opened(found.large)
    assert drawn.size == (30, 60) == (found.width, found.height)
    assert not drawn.getexif()
    assert b"Maker" not in found.large
    assert b"secret" not in found.large


def test_large_ones_are_bounded():
    found = redraw(stored(Image.new("RGB", (5000, 2500), "teal")))
    assert (opened(found.large).size, opened(found.small).size) == ((2000, 1000), (480, 240))


def test_transparency_becomes_white():
    found = redraw(stored(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert opened(found.large).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_formats_are_refused_whatever_they_are_called(kind):
    with pytest.raises(NotAPhotograph):
        redraw(stored(Image.new("RGB", (20, 20)), kind))


@pytest.mark.parametrize("size", [(60_000, 60_000), (6_000, 5_000)])
def test_a_bomb_is_refused_before_it_is_unfolded(size):
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    with pytest.raises(NotAPhotograph, match="pixels"):
        redraw(bomb)


def test_too_many_bytes_are_not_even_looked_at():
    with pytest.raises(NotAPhotograph, match="bytes"):
        redraw(b"\xff\xd8" + b"\0" * photographs.MOST_BYTES)


@given(st.integers(0, 400), st.binary(max_size=40))
def test_a_broken_picture_is_refused_or_drawn_and_nothing_else(place, noise):
    whole = stored(Image.effect_noise((40, 30), 80))
    data = whole[:place] + noise + whole[place + len(noise) :]
    try:
        found = redraw(data)
    except NotAPhotograph:
        return
    assert found.large.startswith(b"\xff\xd8")
