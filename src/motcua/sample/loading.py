"""Make the sample province: agencies and officers, procedures, keys and seals of its signers, all through commands.

Everything is safe to repeat: what exists stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings

from motcua.domain.documents import commands as documents
from motcua.domain.signing import commands as signing
from motcua.domain.signing import ports as signers
from motcua.domain.signing import queries as credentials
from motcua.foundation.kernel.actor import Actor, system
from motcua.foundation.kernel.clocks import local
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Role
from motcua.sample import papers, procedures
from motcua.sample.offices import AGENCIES
from motcua.sample.organisation import SampleOrganisation, create_organisation

TYPES = Path(__file__).parent / "procedures" / "types.json"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Province:
    """What the player needs: who, where, which editions, and the PINs of the signing service."""

    organisation: SampleOrganisation
    editions: dict[str, UUID]
    pins: dict[str, str]


def load(*, accounts_file: Path, at: datetime, progress: Progress) -> Province:
    """Create what is missing and return it."""
    actor = system("sample")
    progress("Tạo cơ quan, phòng ban, cán bộ")
    found = create_organisation(accounts_file=accounts_file, at=at)
    progress("Công bố thủ tục, biểu mẫu, quy trình")
    for one in json.loads(TYPES.read_text(encoding="utf-8")):
        documents.register_type(code=one["code"], name=one["name"], actor=actor, at=at)
    papers.register_all(actor=actor, at=at)
    editions = procedures.publish_all(agency_id=lambda code: organisation.agency_by_code(code).id, actor=actor, at=at)
    progress("Cấp chứng thư số cho người ký và cơ quan")
    pins = _enrol_everybody(found, actor, at)
    return Province(found, editions, pins)


def _enrol_everybody(found: SampleOrganisation, actor: Actor, at: datetime) -> dict[str, str]:
    """Ask the signing service for a key per leader and a seal per agency that issues results."""
    systems = settings.MOTCUA.systems
    if "signing_service" not in systems:
        return {}
    for anchor in () if credentials.anchors(at) else systems["pki"]["trust_anchors"]:
        signing.add_trust_anchor(
            pem=Path(anchor).read_bytes(), name="", source="Tệp cấu hình của tỉnh mẫu", actor=actor, at=at
        )
    pins: dict[str, str] = {}
    on = local(at).date()
    with httpx.Client(timeout=30.0, trust_env=False) as http:
        for (username, agency_code, role), _position in found.positions.items():
            if role is Role.LEADER:
                pins[username] = _person(http, username, found.officers[username], agency_code, actor, at)
        for seed in AGENCIES:
            agency_id = found.agencies[seed.code]
            if organisation.holders(Role.CLERK, agency_id=agency_id, on=on):
                pins[seed.code] = _seal(http, seed.code, agency_id, actor, at)
    return pins


def _person(http: httpx.Client, username: str, officer_id: UUID, agency_code: str, actor: Actor, at: datetime) -> str:
    officer = organisation.officer(officer_id)
    answer = _enrol(
        http,
        {
            "id": username.replace(".", "-"),
            "kind": "person",
            "name": officer.name,
            "organisation": organisation.agency_by_code(agency_code).name,
        },
    )
    if not credentials.credentials_for(at=at, officer_id=officer_id):
        remote = signers.signer("csc").credential(answer["id"])
        signing.register_credential(service="csc", remote=remote, officer_id=officer_id, actor=actor, at=at)
    return str(answer["pin"])


def _seal(http: httpx.Client, code: str, agency_id: UUID, actor: Actor, at: datetime) -> str:
    name = organisation.agency(agency_id).name
    wanted = {
        "id": "seal-" + code.lower().replace(".", "-"),
        "kind": "agency",
        "name": name,
        "organisation": name,
        "organisation_id": code,
    }
    answer = _enrol(http, wanted)
    if not credentials.credentials_for(at=at, agency_id=agency_id):
        remote = signers.signer("csc").credential(answer["id"])
        signing.register_credential(service="csc", remote=remote, agency_id=agency_id, actor=actor, at=at)
    return str(answer["pin"])


def _enrol(http: httpx.Client, wanted: dict[str, Any]) -> dict[str, Any]:
    service = settings.MOTCUA.system("signing_service")
    answer = http.post(
        service["enrolment_url"], json=wanted, headers={"Authorization": f"Bearer {service['enrolment_token']}"}
    )
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
