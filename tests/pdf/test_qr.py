"""QR codes."""

import base64
import io

import zxingcpp
from PIL import Image

from emulation.pdf.qr import qr_data_uri


def test_the_code_says_what_was_put_in():
    text = "https://thidua.example.vn/xac-minh/AbCdEfGhIjKlMnOpQrStUv?mã=Đồng-Hới"
    head, _, content = qr_data_uri(text).partition(",")
    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(content))) as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == text


def test_the_same_text_gives_the_same_code():
    assert qr_data_uri("a") == qr_data_uri("a")
