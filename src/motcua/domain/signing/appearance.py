"""What fields look like: small pages drawn by Typst with the embedded Tinos, taken into the PDF as appearances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AnnotAppearances
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStampStyle

from motcua.domain.signing.types import Purpose
from motcua.foundation import typesetting
from motcua.foundation.kernel.clocks import local

PAGE = """
#let d = json(bytes(sys.inputs.data))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 0pt, fill: none)
#set text(font: "Tinos", size: d.size * 1pt, lang: "vi", hyphenate: false)
"""
LINE = (
    PAGE
    + """
#let side = (left: left, center: center, right: right).at(d.align)
#context {
  let wide = measure(text(d.text)).width
  let room = d.width * 1pt
  let size = if wide > room { d.size * 1pt * (room / wide) } else { d.size * 1pt }
  align(horizon + side, text(size: size, d.text))
}
"""
)
STAMP = (
    PAGE
    + """
#set par(leading: 0.35em)
#set text(fill: rgb(d.colour))
#let words = stack(dir: ttb, spacing: 0.4em, ..d.lines.map(line => text(line)))
#context {
  let need = measure(words, width: d.width * 1pt - 8pt - (d.left + d.right) * 1pt)
  let ratio = calc.min(1, (d.height * 1pt - 8pt) / need.height)
  if d.picture != "" {
    align(center + horizon, image(d.picture, width: d.width * 1pt, height: d.height * 1pt, fit: "contain"))
  } else {
    place(dx: 1pt, dy: 1pt, rect(width: d.width * 1pt - 2pt, height: d.height * 1pt - 2pt,
      inset: (left: 3pt + d.left * 1pt, right: 3pt + d.right * 1pt, y: 3pt),
      stroke: 0.6pt + rgb(d.colour), align(horizon, text(size: d.size * 1pt * ratio, words))))
  }
}
"""
)
# The seal covers a part of the personal signature on its left (NĐ 30/2020): the words keep clear of the overlap.
OVERLAP_OF_PERSON, OVERLAP_OF_SEAL = 0.18, 0.27
BLUE, RED = "#1f3f94", "#c4161c"  # NĐ 30/2020 Phụ lục I: a person's picture is blue, the agency's seal red
PICTURE = "picture.png"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a visible signature says. ``picture``: PNG of the handwritten signature or of the seal, if there is one."""

    purpose: Purpose
    signer: str
    signing_at: datetime
    picture: bytes | None = None

    @property
    def lines(self) -> list[str]:
        moment = local(self.signing_at).strftime("%d/%m/%Y %H:%M:%S +07:00")
        return ["Ký bởi: " + self.signer, "Thời gian ký: " + moment]


def line(text: str, *, width: float, height: float, size: float, align: str) -> bytes:
    """Return a page with one line of text, made smaller where it would not fit. Sizes in points."""
    return _page(LINE, {"text": text, "width": width, "height": height, "size": size, "align": align})


def stamp(what: Stamp, *, width: float, height: float) -> bytes:
    """Return the page that a visible signature shows (NĐ 30/2020 Phụ lục I, Phần I, mục II.7–8)."""
    data = {
        "lines": what.lines,
        "colour": BLUE if what.purpose is Purpose.PERSON else RED,
        "width": width,
        "height": height,
        "size": 8.5,
        "left": width * OVERLAP_OF_PERSON if what.purpose is Purpose.PERSON else 0,
        "right": width * OVERLAP_OF_SEAL if what.purpose is Purpose.AGENCY else 0,
        "picture": PICTURE if what.picture else "",
    }
    return _page(STAMP, data, {PICTURE: what.picture} if what.picture else {})


def as_form(writer: BasePdfFileWriter, page: bytes) -> generic.IndirectObject:
    """Take the first page of a PDF into the writer as a form XObject."""
    form: generic.IndirectObject = writer.import_page_as_xobject(PdfFileReader(BytesIO(page)))
    return form


def empty_form(writer: BasePdfFileWriter, width: float, height: float) -> generic.IndirectObject:
    """Add an appearance that shows nothing: PDF/A wants one for every annotation."""
    box = generic.ArrayObject(map(generic.FloatObject, (0, 0, width, height)))
    entries = {"/Type": "/XObject", "/Subtype": "/Form"}
    dictionary: dict[Any, Any] = {generic.pdf_name(key): generic.pdf_name(value) for key, value in entries.items()}
    dictionary[generic.pdf_name("/BBox")] = box
    dictionary[generic.pdf_name("/Resources")] = generic.DictionaryObject()
    return writer.add_object(generic.StreamObject(dictionary, stream_data=b""))


class DrawnStyle(BaseStampStyle):
    """A stamp style for pyhanko that shows our own drawing (its text stamp mis-spaces 2048-unit fonts)."""

    def __init__(self, what: Stamp) -> None:
        super().__init__()
        object.__setattr__(self, "_what", what)

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, str]) -> Any:  # noqa: ARG002
        """Draw the stamp for the field's box."""
        what: Stamp = self._what  # type: ignore[attr-defined]  # set in __init__ of a frozen dataclass
        return _Drawn(as_form(writer, stamp(what, width=float(box.width), height=float(box.height))))


class _Drawn:
    def __init__(self, form: generic.IndirectObject) -> None:
        self.form = form

    def apply_appearance(self, annotation: generic.DictionaryObject) -> None:
        annotation["/AP"] = AnnotAppearances(normal=self.form).as_pdf_object()


def _page(source: str, data: Mapping[str, Any], assets: Mapping[str, bytes] | None = None) -> bytes:
    return typesetting.render(source, data, assets=assets or {}, standard="1.7")
