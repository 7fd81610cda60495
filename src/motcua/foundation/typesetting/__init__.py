"""Typesetting: data in, bytes out. No tables, no law, no clock.

Typst turns a source and JSON data into PDF/A with the Tinos faces of this room and nothing of the machine;
``places`` says where the labelled places of a page are; ``qr`` draws QR codes; ``fonts`` knows the letters.
Data never becomes markup: whatever a person typed prints as it was typed.
"""

from motcua.foundation.typesetting import fonts
from motcua.foundation.typesetting.pdf import check, places, render
from motcua.foundation.typesetting.qr import qr_png, qr_svg
from motcua.foundation.typesetting.types import BadTemplate, Place

__all__ = ["BadTemplate", "Place", "check", "fonts", "places", "qr_png", "qr_svg", "render"]
