"""Kinds made of parts: address, person, land parcel. A part is an ordinary field with a default demand.

A form asks fewer or more parts through ``Field.parts`` (part → required | optional | none). Addresses have two
levels since 01/7/2025: province and commune; the codes beside the names are for systems and are asked of nobody.
"""

from dataclasses import replace
from functools import lru_cache

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_noop as _

from motcua.domain.forms.types import DataClass, Field, Kind, Option

REQUIRED, OPTIONAL, NONE = "required", "optional", "none"

_SEXES = (Option("male", _("Nam")), Option("female", _("Nữ")))


def _part(key: str, kind: Kind, label: str, **more: object) -> Field:
    return Field(key=key, kind=kind, label=label, data_class=DataClass.BASIC, **more)  # type: ignore[arg-type]  # the keywords are Field's own


_PARTS: dict[Kind, tuple[tuple[Field, str], ...]] = {
    Kind.ADDRESS: (
        (_part("province", Kind.TEXT, _("Tỉnh, thành phố"), max_length=100, width="20"), REQUIRED),
        (_part("ward", Kind.TEXT, _("Xã, phường, đặc khu"), max_length=100, width="20"), REQUIRED),
        (
            _part(
                "detail",
                Kind.TEXT,
                _("Số nhà, đường, thôn, tổ dân phố"),
                max_length=250,
                autocomplete="street-address",
            ),
            REQUIRED,
        ),
        (_part("province_code", Kind.TEXT, _("Mã tỉnh"), pattern=r"^\d{2}$", printed=False), NONE),
        (_part("ward_code", Kind.TEXT, _("Mã xã"), pattern=r"^\d{5}$", printed=False), NONE),
    ),
    Kind.PERSON: (
        (
            _part("full_name", Kind.TEXT, _("Họ, chữ đệm và tên"), max_length=120, autocomplete="name"),
            REQUIRED,
        ),
        (_part("birth_on", Kind.DATE, _("Ngày sinh"), minimum="1890-01-01", maximum="today"), REQUIRED),
        (_part("sex", Kind.CHOICE, _("Giới tính"), options=_SEXES), OPTIONAL),
        (_part("personal_number", Kind.PERSONAL_NUMBER, _("Số định danh cá nhân")), REQUIRED),
        (_part("nationality", Kind.TEXT, _("Quốc tịch"), max_length=60), NONE),
        (_part("phone", Kind.PHONE, _("Số điện thoại"), autocomplete="tel"), NONE),
        (_part("email", Kind.EMAIL, _("Thư điện tử"), autocomplete="email"), NONE),
    ),
    Kind.LAND_PARCEL: (
        (_part("parcel", Kind.TEXT, _("Thửa đất số"), max_length=20, width="5"), REQUIRED),
        (_part("map_sheet", Kind.TEXT, _("Tờ bản đồ số"), max_length=20, width="5"), REQUIRED),
        (
            _part("area", Kind.NUMBER, _("Diện tích"), minimum=0.1, maximum=99_999_999, decimals=1, unit="m²"),
            REQUIRED,
        ),
        (_part("location", Kind.TEXT, _("Địa chỉ thửa đất"), max_length=250), REQUIRED),
        (_part("purpose", Kind.TEXT, _("Mục đích sử dụng"), max_length=120), OPTIONAL),
        (_part("term", Kind.TEXT, _("Thời hạn sử dụng"), max_length=120), NONE),
        (_part("origin", Kind.TEXT, _("Nguồn gốc sử dụng"), max_length=250), NONE),
    ),
}


@lru_cache(maxsize=8)
def all_parts(kind: Kind) -> tuple[Field, ...]:
    """Every part a composite kind may have, asked or not."""
    return tuple(part for part, _demand in _PARTS[kind])


def demand(field: Field, part: str) -> str:
    """Return required, optional or none: what the form asks of that part."""
    default = next(demanded for known, demanded in _PARTS[field.kind] if known.key == part)
    return field.parts.get(part, default)


def asked_parts(field: Field) -> tuple[Field, ...]:
    """The parts the form asks for, in their order on the page, in the language of the reader."""
    parts = _in_language(field.kind, get_language() or "vi")
    return tuple(part for part in parts if demand(field, part.key) != NONE)


@lru_cache(maxsize=32)
def _in_language(kind: Kind, language: str) -> tuple[Field, ...]:
    """Labels of parts belong to the product, not to a form: they are translated with it."""
    with override(language):
        return tuple(
            replace(
                part,
                label=gettext(part.label),
                options=tuple(replace(option, label=gettext(option.label)) for option in part.options),
            )
            for part in all_parts(kind)
        )
