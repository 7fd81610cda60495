"""Identity numbers as the law makes them: shape, inner consistency, the QR of the identity card, masks.

Pure functions, no table and no clock. A ``check_…`` returns the number in its normal form or raises
``kernel.errors.Invalid`` with one sentence for the field named by ``field``.
Sources: NĐ 137/2015 Điều 13 and TT 59/2021/TT-BCA Điều 4 (personal number: no check digit), TT 07/2016/TT-BCA
(province codes), TT 86/2024/TT-BTC (tax codes; a person's tax code is the personal number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity.types import IdentifierKind, Sex
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line

# The 63 provinces of birth registration; numbers issued before the merger of 2025 keep them.
PROVINCES = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hòa Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh",
    "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "030": "Hải Dương",
    "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình",
    "045": "Quảng Trị", "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam",
    "051": "Quảng Ngãi", "052": "Bình Định", "054": "Phú Yên", "056": "Khánh Hòa",
    "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk",
    "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh",
    "074": "Bình Dương", "075": "Đồng Nai", "077": "Bà Rịa - Vũng Tàu", "079": "TP. Hồ Chí Minh",
    "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long",
    "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ",
    "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip
FIRST_COUNTRY_CODE = 100  # from here on the three digits name the country where the birth was registered
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_BETWEEN = re.compile(r"[\s.\-]+")
_VIETNAMESE_PASSPORT = re.compile(r"[A-Z]\d{7,8}", re.ASCII)
_FOREIGN_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")
_DATE = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
OLDEST = 1850  # no living person was born before
CARD_FIELDS = 6  # some readers leave out the seventh (date of issue), newer cards append more


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What the first six digits say; ``province`` is empty for a birth registered abroad."""

    number: str
    province: str
    sex: Sex
    birth_year: int


@dataclass(frozen=True, slots=True)
class CardQr:
    """What the QR of an identity card says. ``old_id`` may be empty, ``issued_on`` may be missing."""

    personal_number: str
    old_id: str
    name: str
    birth_on: date
    sex: Sex
    address: str
    issued_on: date | None


def read_personal_number(number: str) -> PersonalNumber | None:
    """Take the number apart, or return None when it cannot be one (12 digits, a known place of birth)."""
    if not re.fullmatch(r"\d{12}", number, re.ASCII):
        return None
    place = number[:3]
    if place not in PROVINCES and int(place) < FIRST_COUNTRY_CODE:
        return None
    century, parity = divmod(int(number[3]), 2)
    return PersonalNumber(
        number=number,
        province=PROVINCES.get(place, ""),
        sex=Sex.FEMALE if parity else Sex.MALE,
        birth_year=1900 + 100 * century + int(number[4:6]),
    )


def check_personal_number(
    text: str,
    *,
    birth_on: date | None = None,
    sex: Sex | None = None,
    field: str = "personal_number",
) -> str:
    """Return the 12 digits. With ``birth_on`` or ``sex`` given, the digits must say the same."""
    number = _BETWEEN.sub("", text)
    if not re.fullmatch(r"\d{12}", number, re.ASCII):
        _refuse(field, _("Số định danh cá nhân gồm đúng 12 chữ số. Hãy xem lại trên thẻ căn cước."))
    read = read_personal_number(number)
    if read is None:
        _refuse(field, _("Ba chữ số đầu không phải mã nơi đăng ký khai sinh. Hãy xem lại số trên thẻ."))
    if birth_on is not None and read.birth_year != birth_on.year:
        sentence = _("Số định danh ghi năm sinh %(in_number)s, khác năm sinh đã nhập %(given)s.")
        _refuse(field, sentence % {"in_number": read.birth_year, "given": birth_on.year})
    if sex in {Sex.MALE, Sex.FEMALE} and read.sex is not sex:
        _refuse(field, _("Số định danh ghi giới tính khác với giới tính đã nhập. Hãy xem lại."))
    return number


def check_old_id(text: str, *, field: str = "old_id") -> str:
    """Return the 9 digits of an old identity card (chứng minh nhân dân)."""
    number = _BETWEEN.sub("", text)
    if not re.fullmatch(r"\d{9}", number, re.ASCII):
        _refuse(field, _("Số chứng minh nhân dân gồm đúng 9 chữ số."))
    return number


def check_passport(text: str, *, nationality: str = "VN", field: str = "passport") -> str:
    """Return the passport number: a letter and 7–8 digits for Vietnam, 5–15 letters or digits elsewhere."""
    number = _BETWEEN.sub("", text).upper()
    if nationality == "VN" and not _VIETNAMESE_PASSPORT.fullmatch(number):
        _refuse(field, _("Số hộ chiếu Việt Nam gồm một chữ cái và 7 hoặc 8 chữ số, ví dụ C1234567."))
    if not _FOREIGN_PASSPORT.fullmatch(number):
        _refuse(field, _("Số hộ chiếu gồm từ 5 đến 15 chữ cái không dấu hoặc chữ số."))
    return number


def check_tax_code(text: str, *, field: str = "tax_code") -> str:
    """Return the tax code: 10 digits, ``XXXXXXXXXX-YYY`` of a dependent unit, or a person's 12 digits."""
    number = _BETWEEN.sub("", text)
    if re.fullmatch(r"\d{12}", number, re.ASCII):
        return check_personal_number(number, field=field)
    if not re.fullmatch(r"\d{10}(\d{3})?", number, re.ASCII):
        _refuse(field, _("Mã số thuế gồm 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc 12 chữ số (cá nhân)."))
    if tax_check_digit(number[:9]) != int(number[9]):
        _refuse(field, _("Mã số thuế không đúng: chữ số kiểm tra (số thứ 10) không khớp. Hãy xem lại."))
    return number if len(number) == 10 else f"{number[:10]}-{number[10:]}"


def check_enterprise_code(text: str, *, field: str = "enterprise_code") -> str:
    """Return the enterprise code: 10 digits, the same number as the tax code (Luật Doanh nghiệp Điều 29)."""
    number = _BETWEEN.sub("", text)
    if not re.fullmatch(r"\d{10}", number, re.ASCII) or tax_check_digit(number[:9]) != int(number[9]):
        _refuse(field, _("Mã số doanh nghiệp gồm 10 chữ số như trên giấy chứng nhận. Hãy xem lại."))
    return number


def tax_check_digit(first_nine: str) -> int:
    """Return the tenth digit; 10 means that no valid code begins with these nine."""
    weighted = sum(int(digit) * weight for digit, weight in zip(first_nine, TAX_WEIGHTS, strict=True))
    return 10 - weighted % 11


def check(kind: IdentifierKind, text: str, *, nationality: str = "VN") -> str:
    """Return the number of any kind in its normal form; the field of a problem is the kind."""
    match kind:
        case IdentifierKind.PERSONAL_NUMBER:
            return check_personal_number(text)
        case IdentifierKind.OLD_ID:
            return check_old_id(text)
        case IdentifierKind.PASSPORT:
            return check_passport(text, nationality=nationality)
        case IdentifierKind.TAX_CODE:
            return check_tax_code(text)
        case IdentifierKind.ENTERPRISE_CODE:
            return check_enterprise_code(text)


def parse_card_qr(text: str) -> CardQr:
    """Read the QR of an identity card as a scanner types it.

    Seven fields divided by ``|``: number, old number (may be empty), name, birth ddMMyyyy, sex, address, date of
    issue ddMMyyyy (some readers leave it out); anything after that is ignored (cards from 01/7/2024 may append).
    """
    parts = [one_line(part, 300) for part in text.strip("\ufeff\r\n\t ").split("|")]
    if len(parts) < CARD_FIELDS:
        _refuse("card_qr", _("Mã vừa quét không phải mã QR trên thẻ căn cước. Hãy quét lại hoặc nhập tay."))
    birth_on = card_date(parts[3])
    sex = Sex.read(parts[4])
    if birth_on is None or sex is Sex.UNKNOWN or not parts[2]:
        _refuse("card_qr", _("Mã QR đọc bị lỗi. Hãy quét lại, hoặc nhập tay theo thẻ căn cước."))
    return CardQr(
        personal_number=check_personal_number(parts[0], field="card_qr"),
        old_id=parts[1] if re.fullmatch(r"\d{9}", parts[1], re.ASCII) else "",
        name=parts[2],
        birth_on=birth_on,
        sex=sex,
        address=parts[5],
        issued_on=card_date(parts[6]) if len(parts) > CARD_FIELDS else None,
    )


def card_date(text: str) -> date | None:
    """Read ``ddMMyyyy`` (also with ``/`` or ``-`` between); None when it is no date."""
    found = _DATE.fullmatch(re.sub(r"[/\-. ]", "", text))
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def claimed_date(text: str) -> date | None:
    """Read a date as identity providers write it: ddMMyyyy or yyyyMMdd, with or without signs between, time ignored.

    No eight digits are a plausible date both ways: years begin with 18–23, and no month does.
    """
    digits = re.sub(r"\D", "", text)[:8]
    turned = digits[6:] + digits[4:6] + digits[:4]
    plausible = (found for found in map(card_date, (digits, turned)) if found is not None and found.year >= OLDEST)
    return next(plausible, None)


def mask_number(number: str) -> str:
    """Return the number with only its first and last three characters readable: ``012••••••901``."""
    if len(number) <= 6:
        return "•" * len(number)
    return number[:3] + "•" * (len(number) - 6) + number[-3:]


def mask_phone(phone: str) -> str:
    """Return the telephone number with only its last three digits readable."""
    return "•" * max(len(phone) - 3, 0) + phone[-3:] if len(phone) > 3 else "•" * len(phone)


def mask_email(email: str) -> str:
    """Return the address with only the first letter of its name readable: ``n•••@example.vn``."""
    name, at_sign, domain = email.partition("@")
    return f"{name[:1]}•••{at_sign}{domain}" if name else ""


def _refuse(field: str, sentence: Any) -> NoReturn:
    raise Invalid((FieldProblem(field, sentence),))
