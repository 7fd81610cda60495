"""Officers' passwords: Argon2id, rules for a new one, and the same time for a name that does not exist."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import nfc

# OWASP's first choice for Argon2id: 46 MiB, one pass, one lane (about 40 ms on one core).
HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
SHORTEST, LONGEST = 12, 128


def check_new(password: str, *, username: str) -> str:
    """Return the password in NFC; raises Invalid when it is short, common or the officer's own name."""
    password = nfc(password)
    if not SHORTEST <= len(password) <= LONGEST:
        _refuse(_("Mật khẩu cần ít nhất 12 ký tự. Một câu ngắn dễ nhớ là mật khẩu tốt."))
    if username.lower() in password.lower():
        _refuse(_("Mật khẩu không được chứa tên đăng nhập."))
    try:
        _common().validate(password)
    except ValidationError:
        _refuse(_("Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác."))
    return password


def digest(password: str) -> str:
    """Return the Argon2id digest in PHC form."""
    return HASHER.hash(nfc(password))


def matches(stored: str, password: str) -> bool:
    """Say whether the password is right. An empty ``stored`` costs the same time and is never right."""
    try:
        return HASHER.verify(stored or _nobody(), password) and bool(stored)
    except VerificationError:
        return False


def is_outdated(stored: str) -> bool:
    """Say whether the digest was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return HASHER.hash("nobody has this password")


@cache
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def _refuse(sentence: object) -> None:
    raise Invalid((FieldProblem("password", sentence),))
