"""The certification authority: certificates, OCSP, CRL, CA issuers and time stamps, served by certomancer.

A self-signed root, one issuing authority under it; the issuing authority certifies officers, agencies' seals, the OCSP
responder and the time-stamping authority. RSA 2048 with SHA-256. Everything is derived from the roster, so the same
roster gives the same certificates, byte for byte.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from asn1crypto import pem, tsp, x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture, ServiceLabel
from werkzeug.wrappers import Request

from motcua.sandbox.signing_service import quick_keys
from motcua.sandbox.signing_service.roster import Credential, Roster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ARCHITECTURE: Final = "motcua"
ORGANISATION: Final = "Tổ chức chứng thực mô phỏng Tỉnh Mẫu"
YEARS: Final = {"root": 20, "issuing": 15, "ocsp": 10, "tsa": 10, "credential": 5}

_CA_USAGE: Final = {
    "id": "key_usage",
    "critical": True,
    "smart-value": {"schema": "key-usage", "params": ["key_cert_sign", "crl_sign"]},
}


class WholeSeconds(Animator):
    """certomancer's web application, with times that carry no fraction of a second (RFC 5280 §4.1.2.5.2)."""

    def at_time(self, request: Request) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)


class Authority:
    """The authority over a roster, as a WSGI application; ``reload`` after the roster changed."""

    def __init__(self, roster: Roster) -> None:
        quick_keys.use()
        self._roster = roster
        self._lock = threading.Lock()
        self._architecture, self._animator = self._build()
        self._export()

    def reload(self) -> None:
        """Read the roster again and write every certificate as a PEM file."""
        with self._lock:
            self._architecture, self._animator = self._build()
            self._export()

    def certificate(self, name: str) -> x509.Certificate:
        """Return the certificate of ``root``, ``issuing``, ``ocsp``, ``tsa`` or a credential."""
        return self._architecture.get_cert(CertLabel(name))

    def timestamp(self, request: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Stamp a digest (RFC 3161)."""
        stamper = self._architecture.service_registry.summon_timestamper(
            ServiceLabel("tsa"), datetime.now(UTC).replace(microsecond=0)
        )
        return stamper.request_tsa_response(request)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._animator(environ, start_response)
        return answer

    def _build(self) -> tuple[PKIArchitecture, WholeSeconds]:
        config = CertomancerConfig(
            _configuration(self._roster), key_search_dir=str(self._roster.folder), lazy_load_keys=True
        )
        label = ArchLabel(ARCHITECTURE)
        architecture = config.get_pki_arch(label)
        store = AnimatorArchStore({label: architecture})
        return architecture, WholeSeconds(store, with_web_ui=False, allow_time_override=False)

    def _export(self) -> None:
        names = ["root", "issuing", "ocsp", "tsa", *(item.id for item in self._roster.all())]
        for name in names:
            path = self._roster.certificate_path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            data = pem.armor("CERTIFICATE", self.certificate(name).dump())
            if not path.exists() or path.read_bytes() != data:
                draft = path.with_suffix(".new")
                draft.write_bytes(data)
                draft.replace(path)


def _configuration(roster: Roster) -> dict[str, Any]:
    names = ["root", "issuing", "ocsp", "tsa", *(item.id for item in roster.all())]
    return {
        "external-url-prefix": roster.url,
        "keysets": {ARCHITECTURE: {"path-prefix": "keys", "keys": {name: {"path": f"{name}.pem"} for name in names}}},
        "pki-architectures": {
            ARCHITECTURE: {
                "keyset": ARCHITECTURE,
                "entity-defaults": {"country-name": "VN"},
                "entities": _entities(roster),
                "certs": _certificates(roster),
                "services": _services(),
            }
        },
    }


def _entities(roster: Roster) -> dict[str, Any]:
    def ours(name: str) -> dict[str, str]:
        return {"organization-name": ORGANISATION, "common-name": name}

    return {
        "root": ours("CA gốc mô phỏng"),
        "issuing": ours("CA cấp chứng thư mô phỏng"),
        "ocsp": ours("Máy trả lời OCSP mô phỏng"),
        "tsa": ours("Cơ quan cấp dấu thời gian mô phỏng"),
        **{item.id: _subject(item) for item in roster.all()},
    }


def _subject(item: Credential) -> dict[str, str]:
    """Return a subject's name: agencies as ETSI EN 319 412-3 (organizationIdentifier), persons as 412-2."""
    subject = {"organization-name": item.organisation, "common-name": item.name}
    if item.organisation_id:
        subject["organization-identifier"] = f"GOVVN-{item.organisation_id}"
    if item.title:
        subject["title"] = item.title
    if item.personal_number:
        subject["serial-number"] = f"PNOVN-{item.personal_number}"
    return subject


def _certificates(roster: Roster) -> dict[str, Any]:
    founded = roster.founded_at
    certificates = {
        "root": {
            "issuer": "root",
            "serial": 1,
            "validity": _validity(founded, YEARS["root"]),
            "extensions": [_basic_constraints(1), _CA_USAGE],
        },
        "issuing": {
            "issuer": "root",
            "serial": roster.serial(2),
            "validity": _validity(founded, YEARS["issuing"]),
            "extensions": [_basic_constraints(0), _CA_USAGE, *_whereabouts("root", has_ocsp=False)],
        },
        "ocsp": _special(roster, 3, "ocsp", "ocsp_signing", [{"id": "ocsp_no_check", "value": None}]),
        "tsa": _special(roster, 4, "tsa", "time_stamping", _whereabouts("issuing")),
    }
    for item in roster.all():
        certificates[item.id] = _signer(roster, item)
    return certificates


def _special(roster: Roster, number: int, name: str, purpose: str, extensions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "issuer": "issuing",
        "serial": roster.serial(number),
        "validity": _validity(roster.founded_at, YEARS[name]),
        "extensions": [
            _usage("digital_signature"),
            {"id": "extended_key_usage", "critical": True, "value": [purpose]},
            *extensions,
        ],
    }


def _signer(roster: Roster, item: Credential) -> dict[str, Any]:
    issued = datetime.fromisoformat(item.issued_at) - timedelta(hours=1)
    certificate: dict[str, Any] = {
        "issuer": "issuing",
        "serial": roster.serial(item.number),
        "validity": _validity(max(issued, roster.founded_at), YEARS["credential"]),
        "extensions": [_usage("digital_signature", "non_repudiation"), *_whereabouts("issuing")],
    }
    if item.revoked_at:
        certificate["revocation"] = {"revoked-since": item.revoked_at, "reason": "cessation_of_operation"}
    return certificate


def _basic_constraints(length: int) -> dict[str, Any]:
    return {"id": "basic_constraints", "critical": True, "value": {"ca": True, "path-len-constraint": length}}


def _usage(*usages: str) -> dict[str, Any]:
    smart = {"schema": "key-usage", "params": list(usages)}
    return {"id": "key_usage", "critical": True, "smart-value": smart}


def _whereabouts(issuer: str, *, has_ocsp: bool = True) -> list[dict[str, Any]]:
    """Say where the issuer's certificate, CRL and OCSP responder are found."""
    access: dict[str, Any] = {"ca-issuer-links": [{"repo": issuer}]}
    if has_ocsp:
        access["ocsp-responder-names"] = [issuer]
    return [
        {
            "id": "crl_distribution_points",
            "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [issuer]}},
        },
        {"id": "authority_information_access", "smart-value": {"schema": "aia-urls", "params": access}},
    ]


def _validity(start: datetime, years: int) -> dict[str, str]:
    end = start + timedelta(days=365 * years)
    return {"valid-from": start.isoformat(), "valid-to": end.isoformat()}


def _services() -> dict[str, Any]:
    return {
        "ocsp": {
            "issuing": {
                "for-issuer": "issuing",
                "responder-cert": "ocsp",
                "signing-key": "ocsp",
                "validity-period": {"hours": 1},
            }
        },
        "crl-repo": {
            "root": {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P7D"},
            "issuing": {"for-issuer": "issuing", "signing-key": "issuing", "simulated-update-schedule": "PT1H"},
        },
        "cert-repo": {
            "root": {"for-issuer": "root", "publish-issued-certs": True},
            "issuing": {"for-issuer": "issuing", "publish-issued-certs": True},
        },
        "time-stamping": {"tsa": {"signing-cert": "tsa", "signing-key": "tsa", "certs-to-embed": ["issuing"]}},
    }
