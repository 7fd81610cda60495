"""Telephone numbers, e-mail and postal addresses as people type them, brought into one form. Pure."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line


def check(*, address: str, phone: str, email: str) -> dict[str, str]:
    """Return the three in their normal form; raises Invalid with one problem per wrong one. Empty is fine."""
    problems: list[FieldProblem] = []
    phone = re.sub(r"[\s.\-()]", "", phone)
    phone = re.sub(r"^(\+84|0084)", "0", phone)
    email = email.strip()
    if phone and not re.fullmatch(r"0\d{8,10}|\+\d{8,15}", phone, re.ASCII):
        problems.append(FieldProblem("phone", _("Số điện thoại gồm 9 đến 11 chữ số, bắt đầu bằng 0.")))
    if email and not _is_email(email):
        problems.append(FieldProblem("email", _("Địa chỉ thư điện tử có dạng ten@vidu.vn.")))
    if problems:
        raise Invalid(tuple(problems))
    return {"address": one_line(address, 500), "phone": phone, "email": email}


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
