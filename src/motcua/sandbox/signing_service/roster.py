"""Who can sign: credentials of officers and seals of agencies, with their keys, in the state folder.

Keys are made once and stay; a certificate is made from the roster each time the authority loads, byte for byte the same.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

AUTHORITY_KEYS: Final = ("root", "issuing", "ocsp", "tsa")
IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,40}")
SERIALS_PER_GENERATION: Final = 100_000
FIRST_CREDENTIAL_SERIAL: Final = 100


class BadCredential(ValueError):
    """The description of a credential is wrong; the sentence says how."""


class CredentialExists(ValueError):
    """The identifier is taken by somebody else."""


@dataclass(frozen=True)
class Credential:
    """A key pair that signs for a person or an agency.

    ``otp_secret`` is empty when the PIN alone activates the key. ``serial`` counts within the issuing authority.
    """

    id: str
    kind: str
    name: str
    organisation: str
    pin: str
    number: int
    issued_at: str
    title: str = ""
    personal_number: str = ""
    organisation_id: str = ""
    otp_secret: str = ""
    revoked_at: str = ""

    @property
    def is_seal(self) -> bool:
        return self.kind == "agency"


@dataclass(frozen=True)
class Wanted:
    """What an enrolment asks for."""

    id: str
    kind: str
    name: str
    organisation: str
    title: str = ""
    personal_number: str = ""
    organisation_id: str = ""
    otp: bool = False

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Wanted:
        """Check an enrolment request. Raises BadCredential."""
        texts = {}
        for name in ("id", "kind", "name", "organisation", "title", "personal_number", "organisation_id"):
            texts[name] = data.get(name, "")
            if not isinstance(texts[name], str) or len(texts[name]) > 200:
                raise BadCredential(f"{name} phải là chữ, không quá 200 ký tự")
        if not IDENTIFIER.fullmatch(texts["id"]) or texts["id"] in AUTHORITY_KEYS:
            raise BadCredential("id gồm 3–41 chữ thường, chữ số, dấu gạch nối")
        if texts["kind"] not in {"person", "agency"}:
            raise BadCredential("kind là person hoặc agency")
        if not texts["name"] or not texts["organisation"]:
            raise BadCredential("Thiếu name hoặc organisation")
        if texts["kind"] == "agency" and not texts["organisation_id"]:
            raise BadCredential("Con dấu cơ quan cần organisation_id (mã định danh cơ quan)")
        return cls(**texts, otp=data.get("otp") is True)


PROVINCE: Final = "UBND Tỉnh Mẫu"
LAND_OFFICE: Final = "Văn phòng Đăng ký đất đai Tỉnh Mẫu"
INDUSTRY: Final = "Sở Công Thương Tỉnh Mẫu"
COMMUNE: Final = "UBND Xã Đồng Xanh"

FIRST_ROSTER: Final = (
    Wanted("leader-land-office", "person", "Nguyễn Thị Thu Hà", LAND_OFFICE, "Giám đốc", "024178001234"),
    Wanted("leader-industry", "person", "Trần Quốc Vượng", INDUSTRY, "Phó Giám đốc", "024071005678"),
    Wanted("leader-commune", "person", "Lò Văn Mạnh", COMMUNE, "Phó Chủ tịch", "024082009012"),
    Wanted("leader-province", "person", "Phạm Đình Nghị", PROVINCE, "Chủ tịch", "024066003456", otp=True),
    Wanted("seal-land-office", "agency", LAND_OFFICE, LAND_OFFICE, organisation_id="H99.08.01"),
    Wanted("seal-industry", "agency", INDUSTRY, INDUSTRY, organisation_id="H99.05"),
    Wanted("seal-commune", "agency", COMMUNE, COMMUNE, organisation_id="H99.31"),
    Wanted("seal-province", "agency", PROVINCE, PROVINCE, organisation_id="H99"),
)
"""Credentials that exist from the first start; others are enrolled over HTTP."""


class Roster:
    """The credentials and the authority's standing facts: when it was founded, under which address."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self._path = folder / "credentials.json"
        self._lock = threading.Lock()
        self._data = self._load(url)
        self._credentials = {item["id"]: Credential(**item) for item in self._data["credentials"]}
        for name in AUTHORITY_KEYS:
            ensure_key(self.key_path(name))
        for wanted in FIRST_ROSTER:
            self.enrol(wanted)

    @property
    def founded_at(self) -> datetime:
        return datetime.fromisoformat(self._data["founded_at"])

    @property
    def url(self) -> str:
        """The address written into certificates."""
        return str(self._data["url"])

    def serial(self, number: int) -> int:
        """Return a certificate's serial number; a new address of the authority starts a new generation of them."""
        return int(self._data["generation"]) * SERIALS_PER_GENERATION + number

    def all(self) -> list[Credential]:
        """Return every credential in order of enrolment."""
        return list(self._credentials.values())

    def find(self, credential_id: str) -> Credential | None:
        return self._credentials.get(credential_id)

    def key_path(self, name: str) -> Path:
        return self.folder / "keys" / f"{name}.pem"

    def certificate_path(self, name: str) -> Path:
        return self.folder / "certificates" / f"{name}.pem"

    def enrol(self, wanted: Wanted) -> tuple[Credential, bool]:
        """Give somebody a credential; asking again for the same one returns it. Raises CredentialExists."""
        with self._lock:
            if known := self._credentials.get(wanted.id):
                if (known.kind, known.name, known.organisation) != (wanted.kind, wanted.name, wanted.organisation):
                    raise CredentialExists(f"“{wanted.id}” đã cấp cho {known.name}")
                return known, False
            ensure_key(self.key_path(wanted.id))
            facts = {key: value for key, value in asdict(wanted).items() if key != "otp"}
            made = Credential(
                **facts,
                pin=f"{secrets.randbelow(10**6):06d}",
                number=FIRST_CREDENTIAL_SERIAL + len(self._credentials),
                issued_at=_now(),
                otp_secret=_base32_secret() if wanted.otp else "",
            )
            self._credentials[made.id] = made
            self._save()
            return made, True

    def revoke(self, credential_id: str) -> Credential | None:
        """Revoke from this moment on; None when there is no such credential."""
        with self._lock:
            known = self._credentials.get(credential_id)
            if known is None or known.revoked_at:
                return known
            self._credentials[credential_id] = replace(known, revoked_at=_now())
            self._save()
            return self._credentials[credential_id]

    def _load(self, url: str) -> dict[str, Any]:
        if not self._path.exists():
            return {"founded_at": _now(timedelta(hours=-1)), "url": url, "generation": 0, "credentials": []}
        data: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        if data["url"] != url:
            data |= {"url": url, "generation": data["generation"] + 1}
        return data

    def _save(self) -> None:
        self._data["credentials"] = [asdict(item) for item in self._credentials.values()]
        draft = self._path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(self._data, file, ensure_ascii=False, indent=2)
        draft.replace(self._path)


def ensure_key(path: Path) -> None:
    """Make an RSA-2048 key when the file is not there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _now(offset: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + offset).replace(microsecond=0).isoformat()


def _base32_secret() -> str:
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(32))
