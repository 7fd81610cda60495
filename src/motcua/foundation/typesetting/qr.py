"""QR codes (TCVN 7322:2009, ISO/IEC 18004), as pictures for pages and screens."""

from io import BytesIO

import segno

from motcua.foundation.kernel.text import nfc

QUIET_ZONE = 2  # modules; on paper the white margin around the code gives the other two the standard asks for


def qr_svg(text: str) -> str:
    """Return the text as a QR code, one SVG element without size of its own, error correction M."""
    buffer = BytesIO()
    _code(text).save(buffer, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=True)
    return buffer.getvalue().decode()


def qr_png(text: str) -> bytes:
    """Return the text as a QR code, PNG, eight pixels a module, with the standard's full quiet zone."""
    buffer = BytesIO()
    _code(text).save(buffer, kind="png", scale=8, border=4)
    return buffer.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(nfc(text), error="m", boost_error=False, micro=False)
