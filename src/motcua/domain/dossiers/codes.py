"""The dossier's code and its look-up secret.

A code is ``{agency}-{yymmdd}-{seq}``, the sequence per agency and day without gap or twin: the counter row is locked in
the transaction that commits the code (domain.md, Identity of a dossier; NĐ 118/2025 Điều 17 khoản 3).
"""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from django.db import connection

from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.encryption import decrypt, encrypt
from motcua.foundation.kernel.identifiers import new_id, new_secret
from motcua.foundation.organisation import queries as organisation

PURPOSE = "look-up secret"
SECRET_LENGTH = 8
NEXT = """
INSERT INTO dossiers_codecounter (id, agency_id, day, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + 1 RETURNING last
"""


def issue_code(agency_id: UUID, at: datetime) -> str:
    """Return the next code of the agency's day. The counter is the last lock taken before the journal's."""
    agency, day = organisation.agency(agency_id), local(at).date()
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [new_id(), agency_id, day])
        number = cursor.fetchone()[0]
    return f"{agency.code}-{day:%y%m%d}-{number:04d}"


def new_lookup_secret(dossier_id: UUID) -> tuple[str, bytes]:
    """Return a fresh secret as people read it (``K7TM-2QXP``) and as it is kept."""
    plain = new_secret(SECRET_LENGTH)
    return f"{plain[:4]}-{plain[4:]}", encrypt(PURPOSE, plain.encode(), bound_to=dossier_id.bytes)


def read_secret(sealed: bytes | memoryview[int] | None, dossier_id: UUID) -> str:
    """Return the secret as people read it, empty when there is none."""
    if sealed is None:
        return ""
    plain = decrypt(PURPOSE, bytes(sealed), bound_to=dossier_id.bytes).decode()
    return f"{plain[:4]}-{plain[4:]}"


def secret_matches(sealed: bytes | memoryview[int] | None, dossier_id: UUID, given: str) -> bool:
    """Compare in constant time; hyphens, spaces and case do not matter."""
    known = read_secret(sealed, dossier_id).replace("-", "")
    typed = "".join(c for c in given.upper() if c.isalnum())
    return bool(known) and compare_digest(known.encode(), typed.encode())
