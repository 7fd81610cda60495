"""PIN and OTP between the officer's screen and the signing service: sealed, bound to one request, gone in minutes."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.signing.types import Authorisation, AuthorisationMode
from motcua.foundation.kernel.encryption import decrypt, encrypt
from motcua.foundation.kernel.errors import FieldProblem, Invalid

LIFE = timedelta(minutes=10)
PURPOSE = "signing authorisation"
LONGEST = 64


def seal(request_id: UUID, authorisation: Authorisation) -> bytes:
    """Return the ciphertext that only this request opens."""
    plain = json.dumps([authorisation.pin, authorisation.otp]).encode()
    return encrypt(PURPOSE, plain, bound_to=request_id.bytes)


def unseal(request_id: UUID, sealed: bytes) -> Authorisation:
    """Open what ``seal`` closed. Raises InvalidTag for another request's."""
    pin, otp = json.loads(decrypt(PURPOSE, bytes(sealed), bound_to=request_id.bytes))
    return Authorisation(pin, otp)


def check(mode: AuthorisationMode, given: Authorisation) -> None:
    """Raise Invalid unless exactly what the service asks for was typed."""
    problems = []
    if mode in {AuthorisationMode.PIN, AuthorisationMode.PIN_AND_OTP} and not 0 < len(given.pin) <= LONGEST:
        problems.append(FieldProblem("pin", _("Hãy nhập mã PIN của chữ ký số.")))
    if mode in {AuthorisationMode.OTP, AuthorisationMode.PIN_AND_OTP} and not 0 < len(given.otp) <= LONGEST:
        problems.append(FieldProblem("otp", _("Hãy nhập mã OTP mà dịch vụ ký số cấp cho lần ký này.")))
    if problems:
        raise Invalid(tuple(problems))
