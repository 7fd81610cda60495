"""The fields of a signed result: number and date as text fields, a person's and the agency's signature fields.

The text is frozen before anybody signs. The person's signature then allows exactly the number, the date and the
agency's signature to be added (DocMDP 2 and FieldMDP, ISO 32000-1 §12.8.2); the agency's locks everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
    enumerate_sig_fields,
)

from motcua.domain.signing import appearance
from motcua.domain.signing.revisions import Revision
from motcua.domain.signing.types import AGENCY, ISSUED_ON, NUMBER, PERSON, FieldLayout, FormLayout
from motcua.foundation.kernel.errors import Missing, WrongState
from motcua.foundation.kernel.text import nfc

ALPHABET = "0123456789 /-.,:ABCDEGHIKLMNOPQRSTUVXYĐƠƯ ngàythángăm"
QUADDING = {"left": 0, "center": 1, "right": 2}
ALIGNMENT = {value: key for key, value in QUADDING.items()}
READ_ONLY, PRINT = 1, 4
TOOLTIP = {
    NUMBER: "Số, ký hiệu văn bản",
    ISSUED_ON: "Thời gian ban hành văn bản",
    PERSON: "Chữ ký số của người có thẩm quyền",
    AGENCY: "Chữ ký số của cơ quan",
}


def prepare(pdf: bytes, layout: FormLayout) -> bytes:
    """Append the fields to a finished PDF/A and return the new file; its text and pictures stay as they are.

    Raises WrongState when the file has fields of these names already, Missing for a page it does not have.
    """
    writer = Revision.of(pdf)
    taken = set(_form_fields(writer.prev))
    if taken & {*layout.texts, *layout.signatures}:
        raise WrongState(_("Tệp này đã có sẵn trường ký. Hãy tạo lại văn bản rồi thử lại."))
    if any(place.page >= _pages(writer) for place in (*layout.texts.values(), *layout.signatures.values())):
        raise Missing(_("Vị trí ký nằm ngoài số trang của văn bản. Hãy sửa mẫu văn bản."))
    _ensure_form(writer)
    for name, place in layout.texts.items():
        _add_text_field(writer, name, place)
    for name, place in layout.signatures.items():
        _add_signature_field(writer, name, place, later=_filled_after(name, layout))
    return writer.finished()


def fill(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """Write values into text fields by an appended update, drawn with embedded letters.

    Raises Missing for a field that is not there, WrongState for one that has a value already: a number is given once.
    """
    writer = Revision.of(pdf)
    found = _form_fields(writer)
    for name, value in values.items():
        if name not in found:
            raise Missing(_("Văn bản không có trường “%(field)s”. Hãy tạo lại văn bản.") % {"field": name})
        field = found[name].get_object()
        if "/V" in field:
            raise WrongState(_("Văn bản đã có số hoặc ngày ban hành, không sửa được nữa."))
        _write_value(writer, field, nfc(value))
    return writer.finished()


def values(pdf: bytes) -> dict[str, str]:
    """Return the filled text fields by name."""
    found = _form_fields(PdfFileReader(BytesIO(pdf)))
    texts = {name: ref.get_object() for name, ref in found.items()}
    return {name: str(field["/V"]) for name, field in texts.items() if field.get("/FT") == "/Tx" and "/V" in field}


def empty_signatures(pdf: bytes) -> tuple[str, ...]:
    """Return the names of signature fields that nobody signed yet."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return tuple(name for name, _value, _ref in enumerate_sig_fields(reader, filled_status=False))
    except (PdfReadError, ValueError) as error:
        raise WrongState(_("Tệp này không phải là PDF đọc được, không ký được.")) from error


def _filled_after(name: str, layout: FormLayout) -> list[str]:
    """The fields that may still change once this signature is there."""
    if name == AGENCY:
        return []
    return [*layout.texts, *([AGENCY] if layout.agency else [])]


def _add_signature_field(writer: Revision, name: str, place: FieldLayout, *, later: list[str]) -> None:
    lock = FieldMDPSpec(FieldMDPAction.EXCLUDE, later) if later else FieldMDPSpec(FieldMDPAction.ALL)
    spec = SigFieldSpec(
        name,
        on_page=place.page,
        box=place.box,  # type: ignore[arg-type]  # points need not be whole
        field_mdp_spec=lock,
        doc_mdp_update_value=None if later else MDPPerm.NO_CHANGES,
        readable_field_name=TOOLTIP[name],
    )
    append_signature_field(writer, spec)


def _add_text_field(writer: Revision, name: str, place: FieldLayout) -> None:
    page = writer.find_page_for_modification(place.page)[0]  # type: ignore[no-untyped-call]  # pyhanko
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(TOOLTIP[name]),
            pdf_name("/F"): generic.NumberObject(PRINT),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/Q"): generic.NumberObject(QUADDING[place.align]),
            pdf_name("/DA"): pdf_string(f"/Tinos {place.size:g} Tf 0 g"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, place.box)),
            # Indirect: the difference analysis refuses a filled widget whose page stands inside it.
            pdf_name("/P"): generic.IndirectObject(page.idnum, page.generation, writer),
            pdf_name("/AP"): generic.DictionaryObject(
                {pdf_name("/N"): appearance.empty_form(writer, place.width, place.height)}
            ),
        }
    )
    reference = writer.add_object(field)
    writer.register_annotation(page, reference)  # type: ignore[no-untyped-call]  # pyhanko
    form = writer.root["/AcroForm"]
    form["/Fields"].append(reference)
    writer.update_container(form["/Fields"])


def _ensure_form(writer: Revision) -> None:
    """Give the document a form whose default resources hold the embedded face of the text fields."""
    if "/AcroForm" in writer.root:
        return
    page = appearance.line(ALPHABET, width=600, height=20, size=10, align="left")
    resources = appearance.as_form(writer, page).get_object()["/Resources"]
    face = next(iter(resources["/Font"].values()))
    fonts = generic.DictionaryObject({pdf_name("/Tinos"): face})
    form = generic.DictionaryObject(
        {
            pdf_name("/Fields"): generic.ArrayObject(),
            pdf_name("/DR"): generic.DictionaryObject({pdf_name("/Font"): fonts}),
        }
    )
    writer.root["/AcroForm"] = writer.add_object(form)
    writer.update_root()  # type: ignore[no-untyped-call]  # pyhanko


def _write_value(writer: Revision, field: generic.DictionaryObject, value: str) -> None:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    page = appearance.line(
        value,
        width=right - left,
        height=top - bottom,
        size=float(str(field["/DA"]).split()[1]),
        align=ALIGNMENT[int(field["/Q"])],
    )
    field[pdf_name("/V")] = pdf_string(value)
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): appearance.as_form(writer, page)})
    writer.update_container(field)


def _form_fields(handler: Any) -> dict[str, Any]:
    """Top-level fields of the document's form by name, as references."""
    try:
        entries = handler.root["/AcroForm"]["/Fields"]
    except KeyError:
        return {}
    return {str(ref.get_object().get("/T", "")): ref for ref in entries}


def _pages(writer: Revision) -> int:
    return int(writer.root["/Pages"]["/Count"])
