"""Judging one text, and the sentences that say what to do about it.

A sentence speaks of what the person typed ("Số này có 11 chữ số") and of what to do, never of formats or codes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.domain.forms.types import Field, Kind
from motcua.foundation.identity import numbers
from motcua.foundation.kernel.errors import Invalid

FIRST_YEAR, LAST_YEAR = 1800, 2200
PERSONAL_NUMBER_DIGITS = 12
_EMAIL = re.compile(r"[^@\s\"<>,;:()\[\]\\]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_PHONE = re.compile(r"0(?:[35789]\d{8}|2\d{8,9}|[14-9]\d{8})|\+(?!84)[1-9]\d{6,14}|1[89]00\d{4,6}")


def is_date(text: str) -> bool:
    """Whether the text is a date ``yyyy-mm-dd`` that exists."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) is not None and _exists(text)


def is_personal_number(text: str) -> bool:
    """Whether the text is a personal number in its normal form (12 digits)."""
    return _normal(numbers.check_personal_number, text)


def is_tax_code(text: str) -> bool:
    """Whether the text is a tax code in its normal form."""
    return _normal(numbers.check_tax_code, text)


def is_phone(text: str) -> bool:
    """Whether the text is a Vietnamese telephone number ``0…``, or a foreign one ``+…``."""
    return _PHONE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether the text can be an e-mail address."""
    return len(text) <= 254 and ".." not in text and _EMAIL.fullmatch(text) is not None


def in_sentence(label: str) -> str:
    """The label as it reads inside a sentence: ``Họ và tên`` → ``họ và tên``, but ``CCCD`` stays."""
    label = label.rstrip(" ?:.*")
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def missing(asked: Field) -> str:
    """What to do about a required field left empty."""
    label = in_sentence(asked.label)
    if asked.kind is Kind.CHOICE:
        return _("Chọn một câu trả lời: %(label)s.") % {"label": label}
    if asked.kind is Kind.BOOLEAN:
        return _("Chọn “Có” hoặc “Không”: %(label)s.") % {"label": label}
    if asked.kind is Kind.CHOICES:
        return _("Chọn ít nhất một mục: %(label)s.") % {"label": label}
    return _("Nhập %(label)s.") % {"label": label}


def malformed(asked: Field, value: Any) -> str:
    """What to do about a value whose format is wrong."""
    text = str(value)
    judge = _BY_KIND.get(asked.kind)
    if judge is None:
        return _("Câu trả lời cho “%(label)s” không đọc được. Hãy nhập lại.") % {"label": asked.label}
    return judge(text)


def no_such_date(month: int, year: int) -> str:
    """Why that date does not exist, and what to do."""
    if not 1 <= month <= 12:
        return _("Tháng phải từ 1 đến 12. Hãy sửa tháng.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _("Nhập năm đủ 4 chữ số, ví dụ 1985.")
    last = monthrange(year, month)[1]
    return _("Tháng %(month)s năm %(year)s chỉ có %(last)s ngày. Hãy sửa ngày.") % {
        "month": month, "year": year, "last": last,
    }  # fmt: skip


def box_missing(box: str) -> str:
    """Which of the three boxes of a date still needs a number."""
    if box == "day":
        return _("Nhập ngày bằng số, ví dụ 27.")
    return _("Nhập tháng bằng số, ví dụ 3.") if box == "month" else _("Nhập năm đủ 4 chữ số, ví dụ 1985.")


def too_long(asked: Field, length: int, most: int) -> str:
    """By how many characters the answer is too long."""
    return _("%(label)s dài quá %(over)s ký tự. Hãy rút ngắn còn nhiều nhất %(most)s ký tự.") % {
        "label": asked.label.rstrip("?"), "over": length - most, "most": most,
    }  # fmt: skip


def too_short(asked: Field, length: int, least: int) -> str:
    """How many characters are still missing."""
    return _("%(label)s cần ít nhất %(least)s ký tự, còn thiếu %(short)s.") % {
        "label": asked.label.rstrip("?"), "least": least, "short": least - length,
    }  # fmt: skip


def too_small(asked: Field, least: str) -> str:
    """The least that may be entered."""
    if asked.kind is Kind.DATE:
        return _("%(label)s phải từ ngày %(least)s trở đi.") % {"label": asked.label, "least": least}
    return _("%(label)s phải từ %(least)s trở lên.") % {"label": asked.label, "least": least}


def too_great(asked: Field, most: str, *, today: bool = False) -> str:
    """The most that may be entered."""
    if today:
        return _("%(label)s không được sau ngày hôm nay.") % {"label": asked.label}
    if asked.kind is Kind.DATE:
        return _("%(label)s không được sau ngày %(most)s.") % {"label": asked.label, "most": most}
    return _("%(label)s không được quá %(most)s.") % {"label": asked.label, "most": most}


def not_listed(asked: Field) -> str:
    """An answer that is not among the choices."""
    return _("Chọn một trong các câu trả lời có sẵn: %(label)s.") % {"label": in_sentence(asked.label)}


def not_as_asked(asked: Field) -> str:
    """A text that does not match the field's own pattern."""
    if asked.pattern_hint:
        return _("%(label)s chưa đúng. %(hint)s") % {"label": asked.label, "hint": asked.pattern_hint}
    return _("%(label)s chưa đúng dạng. Hãy xem lại và nhập như ví dụ.") % {"label": asked.label}


def not_a_number(asked: Field) -> str:
    """A text where a number is asked."""
    if asked.decimals:
        return _("%(label)s phải là số, ví dụ 125,5.") % {"label": asked.label}
    return _("%(label)s phải là số nguyên, chỉ gồm chữ số, ví dụ 1.250.") % {"label": asked.label}


def too_fine(asked: Field) -> str:
    """More decimals than the field keeps."""
    if not asked.decimals:
        return not_a_number(asked)
    return _("%(label)s chỉ lấy %(decimals)s chữ số sau dấu phẩy.") % {
        "label": asked.label, "decimals": asked.decimals,
    }  # fmt: skip


def too_few_items(item: str, least: int) -> str:
    """A repeated group with fewer items than it must have."""
    return _("Thêm ít nhất %(least)s mục “%(item)s”.") % {"least": least, "item": item}


def too_many_items(item: str, count: int, most: int) -> str:
    """A repeated group with more items than it may have."""
    return _("Đang có %(count)s mục “%(item)s”, nhiều nhất là %(most)s. Hãy bỏ bớt %(over)s mục.") % {
        "count": count, "item": item, "most": most, "over": count - most,
    }  # fmt: skip


def unreadable() -> str:
    """A character that cannot be kept (NUL, half of a surrogate pair)."""
    return _("Có ký tự không đọc được trong ô này. Hãy xóa và gõ lại.")


def _personal_number(text: str) -> str:
    digits = sum(char.isdigit() for char in text)
    if digits != len(text.strip()):
        return _("Số định danh cá nhân chỉ gồm chữ số. Hãy xóa chữ cái và dấu.")
    if digits != PERSONAL_NUMBER_DIGITS:
        return _("Số định danh cá nhân gồm 12 chữ số; số vừa nhập có %(digits)s chữ số.") % {"digits": digits}
    return _first_sentence(numbers.check_personal_number, text)


def _tax_code(text: str) -> str:
    digits = sum(char.isdigit() for char in text)
    if digits not in (10, 12, 13):
        return _("Mã số thuế gồm 10, 12 hoặc 13 chữ số; số vừa nhập có %(digits)s chữ số.") % {"digits": digits}
    return _first_sentence(numbers.check_tax_code, text)


def _phone(text: str) -> str:
    digits = sum(char.isdigit() for char in text)
    if text.startswith("0") and digits == len(text) and digits not in (10, 11):
        return _("Số điện thoại gồm 10 chữ số; số vừa nhập có %(digits)s chữ số.") % {"digits": digits}
    return _("Nhập số điện thoại bắt đầu bằng 0, ví dụ 0912 345 678.")


def _email(text: str) -> str:
    if "@" not in text:
        return _("Địa chỉ thư điện tử thiếu dấu @. Hãy nhập đủ, ví dụ ten@example.vn.")
    return _("Nhập địa chỉ thư điện tử đủ phần trước và sau dấu @, ví dụ ten@example.vn.")


def _date(text: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    if found is None:
        return _("Nhập ngày, tháng, năm bằng số, ví dụ 27/03/1985.")
    return no_such_date(int(found[2]), int(found[1]))


_BY_KIND: dict[Kind, Callable[[str], str]] = {
    Kind.PERSONAL_NUMBER: _personal_number,
    Kind.TAX_CODE: _tax_code,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.DATE: _date,
}


def _first_sentence(check: Callable[[str], str], text: str) -> str:
    try:
        check(text)
    except Invalid as invalid:
        return str(invalid.problems[0].sentence)
    return _("Hãy nhập lại, không có dấu cách.")


def _normal(check: Callable[[str], str], text: str) -> bool:
    try:
        return check(text) == text
    except Invalid:
        return False


def _exists(text: str) -> bool:
    try:
        return FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False
