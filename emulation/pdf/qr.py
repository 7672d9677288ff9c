"""QR codes for the signature page."""

import base64
import io

import segno

# Pixels for one module: enough for a sharp edge at print size, and few bytes since the picture has one bit per pixel.
_SCALE = 8
_QUIET_MODULES = 4


def qr_data_uri(text: str) -> str:
    """A QR code of the text as a `data:` PNG that the renderer accepts.

    Medium error correction: it survives a stain or a fold, and stays coarse enough for a copy at 200 dpi.
    """
    picture = io.BytesIO()
    segno.make(text, error="m", boost_error=False, micro=False).save(picture, kind="png", scale=_SCALE, border=_QUIET_MODULES)
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode("ascii")
