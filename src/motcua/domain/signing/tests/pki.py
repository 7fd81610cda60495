"""A certification authority for tests, over real HTTP on loopback: OCSP, CRL and an RFC 3161 time-stamp.

Certomancer builds the certificates; it knows nothing of motcua.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, KeyLabel
from certomancer.registry.issued.general import RevocationStatus
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from werkzeug.serving import make_server

PEOPLE = {
    "person": "Nguyễn Văn Ký",
    "agency": "Sở Tài nguyên và Môi trường tỉnh Mẫu",
    "second": "Trần Thị Thay",
    "expired": "Lê Hết Hạn",
}


@dataclass
class Pki:
    """The running authority. ``calls`` counts what was asked, by kind."""

    arch: Any
    base: str
    calls: dict[str, int] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    keys: dict[str, Any] = field(default_factory=dict)

    def certificate(self, label: str) -> x509.Certificate:
        return self.arch.get_cert(CertLabel(label))

    def key(self, label: str) -> Any:
        if label not in self.keys:
            info = self.arch.key_set.get_private_key(KeyLabel(label))
            self.keys[label] = serialization.load_der_private_key(info.dump(), None)
        return self.keys[label]

    @property
    def anchors(self) -> tuple[x509.Certificate, ...]:
        return (self.certificate("root"),)

    def chain(self) -> tuple[x509.Certificate, ...]:
        return (self.certificate("interm"), self.certificate("root"))

    @property
    def tsa_url(self) -> str:
        return f"{self.base}/pki/tsa/tsa"

    def revoke(self, label: str, at: datetime | None = None) -> None:
        spec = self.arch.get_cert_spec(CertLabel(label))
        object.__setattr__(spec, "revocation", RevocationStatus(revoked_since=at or datetime.now(UTC)))

    def restore(self, label: str) -> None:
        object.__setattr__(self.arch.get_cert_spec(CertLabel(label)), "revocation", None)


def _entity(name: str) -> dict[str, str]:
    return {"country-name": "VN", "organization-name": "UBND tỉnh Mẫu", "common-name": name}


def _new_key(label: str) -> Any:
    """People have RSA keys; the authorities have elliptic ones, which are quicker to load and sign with."""
    return rsa.generate_private_key(65537, 2048) if label in PEOPLE else ec.generate_private_key(ec.SECP256R1())


def usage(*names: str) -> dict[str, Any]:
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": list(names)}}


LIFE = {"valid-from": "2024-01-01T00:00:00+0000", "valid-to": "2029-01-01T00:00:00+0000"}
OVER = {**LIFE, "valid-to": "2025-01-01T00:00:00+0000"}
LONG_LIFE = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2045-01-01T00:00:00+0000"}
NAMES = {
    "root": "CA gốc thử nghiệm",
    "interm": "CA trung gian thử nghiệm",
    "tsa": "Dấu thời gian thử nghiệm",
    "ocsp": "OCSP",
    "root-ocsp": "OCSP gốc",
    **PEOPLE,
}


def _asks(responder: str) -> dict[str, Any]:
    value = {"schema": "aia-urls", "params": {"ocsp-responder-names": [responder]}}
    return {"id": "authority_information_access", "smart-value": value}


def _certificates() -> dict[str, Any]:
    ca = [
        {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
        usage("digital_signature", "key_cert_sign", "crl_sign"),
    ]
    purpose = lambda name: {"id": "extended_key_usage", "critical": True, "value": [name]}  # noqa: E731
    responder = [usage("digital_signature"), purpose("ocsp_signing"), {"id": "ocsp_no_check", "critical": False}]
    lists = {"schema": "crl-dist-url", "params": {"crl-repo-names": ["interm"]}}
    person = [
        usage("digital_signature", "non_repudiation"),
        _asks("interm"),
        {"id": "crl_distribution_points", "smart-value": lists},
    ]
    stamper = [usage("digital_signature"), purpose("time_stamping"), _asks("root")]
    made: dict[str, Any] = {
        "root": _certificate("root", "root", ca),
        "interm": _certificate("interm", "root", [*ca, _asks("root")]),
        "tsa": _certificate("tsa", "root", stamper),
        "ocsp": _certificate("ocsp", "interm", responder),
        "root-ocsp": _certificate("root-ocsp", "root", responder),
    }
    for label in PEOPLE:
        made[label] = _certificate(label, "interm", person, OVER if label == "expired" else LIFE)
    return made


def _certificate(subject: str, issuer: str, extensions: list[Any], validity: dict[str, str] = LONG_LIFE) -> Any:
    return {"subject": subject, "issuer": issuer, "validity": validity, "extensions": extensions}


def _configuration(keys: Path) -> dict[str, Any]:
    for label in NAMES:
        if not (keys / f"{label}.pem").exists():
            form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            (keys / f"{label}.pem").write_bytes(_new_key(label).private_bytes(*form))
    services = {
        "ocsp": {
            "interm": {"for-issuer": "interm", "responder-cert": "ocsp", "signing-key": "ocsp"},
            "root": {"for-issuer": "root", "responder-cert": "root-ocsp", "signing-key": "root-ocsp"},
        },
        "crl-repo": {"interm": {"for-issuer": "interm", "signing-key": "interm", "simulated-update-schedule": "P1D"}},
        "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
    }
    entities = {label: _entity(name) for label, name in NAMES.items()}
    pki = {"keyset": "keys", "entities": entities, "certs": _certificates(), "services": services}
    keyset = {"keys": {label: {"path": f"{label}.pem"} for label in NAMES}}
    return {"keysets": {"keys": keyset}, "pki-architectures": {"pki": pki}}


@contextmanager
def running(keys: Path) -> Iterator[Pki]:
    """Serve the authority on a free port of loopback."""
    keys.mkdir(parents=True, exist_ok=True)
    listener = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    base = f"http://127.0.0.1:{listener.server_port}"
    config = CertomancerConfig(_configuration(keys), key_search_dir=str(keys), external_url_prefix=base)
    pki = Pki(config.get_pki_arch(ArchLabel("pki")), base)
    animator = Animator(AnimatorArchStore({ArchLabel("pki"): pki.arch}), with_web_ui=False)

    def counting(environ: dict[str, Any], start: Any) -> Any:
        kind = environ["PATH_INFO"].split("/")[2]
        pki.calls[kind] = pki.calls.get(kind, 0) + 1
        if kind in pki.down:
            start("503 Service Unavailable", [])
            return [b""]
        return animator(environ, start)

    listener.app = counting
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield pki
    finally:
        listener.shutdown()
        thread.join()
