"""What the tests sign with: a page, keys that behave like a service, trust services made of pyhanko's own clients."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, utils
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from motcua.domain.signing import fields, pades
from motcua.domain.signing.ports import DigestOrder, Later, Refused, RemoteCredential
from motcua.domain.signing.tests.pki import Pki
from motcua.domain.signing.types import AuthorisationMode, FieldLayout, FormLayout, Purpose
from motcua.foundation import typesetting
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.identifiers import new_id

SHA256_RSA = "1.2.840.113549.1.1.11"
PIN = "738251"
LAYOUT = FormLayout(
    number=FieldLayout(0, (90, 690, 240, 706)),
    issued_on=FieldLayout(0, (300, 690, 520, 706), align="right"),
    person=FieldLayout(0, (320, 180, 500, 250)),
    agency=FieldLayout(0, (210, 170, 330, 270)),
)
NUMBER_AND_DATE = {"number": "Số: 123/QĐ-UBND", "issued_on": "Tỉnh Mẫu, ngày 05 tháng 3 năm 2026"}
PAGE = """
#set page(paper: "a4")
#set text(font: "Tinos", lang: "vi")
= QUYẾT ĐỊNH
Cấp lại giấy chứng nhận cho ông Lò Văn Mạnh.
"""


def now() -> datetime:
    return datetime.now(UTC)


def prepared() -> bytes:
    return fields.prepare(typesetting.render(PAGE, {}), LAYOUT)


def officer(agency_id: UUID | None = None) -> Actor:
    return Actor(
        ActorKind.OFFICER,
        f"account:{new_id()}",
        Channel.DESK,
        str(new_id()),
        officer_id=new_id(),
        agency_id=agency_id or new_id(),
    )


def sign_raw(key: Any, digest: bytes) -> bytes:
    return key.sign(digest, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))


@cache
def stamper(url: str) -> HTTPTimeStamper:
    return HTTPTimeStamper(url, timeout=5)


class PyhankoTrust:
    """pyhanko's own HTTP clients, without a cache."""

    def __init__(self, pki: Pki) -> None:
        self.pki = pki

    def timestamper(self) -> HTTPTimeStamper:
        return stamper(self.pki.tsa_url)

    def fetchers(self, *, at: datetime) -> Any:
        return RequestsFetcherBackend().get_fetchers()


class Keys:
    """A signing service in memory. ``mood``: "", down, lost (signs, then the answer is lost), garbage."""

    def __init__(self, pki: Pki) -> None:
        self.pki, self.mood, self.orders = pki, "", list[DigestOrder]()
        self.signed: list[bytes] = []

    def credential(self, remote_id: str, mode: AuthorisationMode = AuthorisationMode.PIN) -> RemoteCredential:
        chain = tuple(item.dump() for item in self.pki.chain())
        certificate = self.pki.certificate(remote_id).dump()
        return RemoteCredential(remote_id, certificate, chain, (SHA256_RSA,), mode, True)

    def send_otp(self, remote_id: str) -> None:
        raise NotImplementedError

    def check_connection(self) -> str:
        return "keys in memory"

    def sign_digest(self, order: DigestOrder) -> bytes:
        self.orders.append(order)
        if self.mood == "down":
            raise Later("Dịch vụ ký số chưa trả lời.")
        if order.authorisation.pin != PIN:
            raise Refused("Mã PIN không đúng.", ask_again=True)
        signature = sign_raw(self.pki.key(order.remote_id), order.digest)
        self.signed.append(order.digest)
        if self.mood == "lost":
            raise Later("Dịch vụ ký số chưa trả lời.")
        return b"\x01" * len(signature) if self.mood == "garbage" else signature


def sign(pki: Pki, pdf: bytes, field: str, who: str, purpose: Purpose) -> bytes:
    """Sign at once with a key of the authority, without requests and workers."""
    trust, at = PyhankoTrust(pki), now()
    order = pades.Order(pdf, field, purpose, pki.certificate(who), pki.chain(), (SHA256_RSA,), at, reason="Phê duyệt")
    stamper = trust.timestamper()
    draft = pades.prepare(order, anchors=pki.anchors, timestamper=stamper, fetchers=trust.fetchers(at=at))
    return pades.finish(draft, order, sign_raw(pki.key(who), draft.digest), timestamper=stamper)


def pdfsig(pdf: bytes, folder: Path) -> list[str]:
    """What poppler says of each signature."""
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    return re.findall(r"Signature Validation: (.*)", done.stdout)


def qpdf_complains(pdf: bytes, folder: Path) -> str:
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def text_of(pdf: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def pyhanko_says(pdf: bytes, pki: Pki) -> dict[str, bool]:
    """The verdict of pyhanko's own validation and default difference analysis, by field."""
    reader = PdfFileReader(BytesIO(pdf))
    context = lambda: ValidationContext(trust_roots=list(pki.anchors))  # noqa: E731
    return {item.field_name: validate_pdf_signature(item, context()).bottom_line for item in reader.embedded_signatures}
