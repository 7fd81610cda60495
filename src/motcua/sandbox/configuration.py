"""Writes ``sandbox.json``: every address, name and secret a product needs to talk to these systems.

Secrets are drawn once per state folder and kept in ``secrets.json``; the repository holds none.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from motcua.sandbox.addresses import CALLBACKS, HAND_OVER_PATH, PORTS
from motcua.sandbox.hosting.serving import HOST
from motcua.sandbox.hosting.settings import SYSTEMS_FILE, Settings
from motcua.sandbox.people import ACCOUNTS

SECRETS_FILE: Final = "secrets.json"
TOKENS: Final = (
    "vneid_client_secret",
    "dvcqg_client_secret",
    "population_api_key",
    "portal_password",
    "portal_inbound_secret",
    "payplat_secret",
    "csc_client_secret",
    "csc_enrolment_token",
    "smtp_password",
    "sms_token",
    "sms_report_secret",
)


def prepare(state: Path, *, base_port: int, product_url: str, callbacks: Mapping[str, str]) -> Settings:
    """Make the state folder ready and write ``sandbox.json``; what was drawn before stays as it is."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    product = product_url.rstrip("/")
    paths = {**CALLBACKS, **callbacks}
    systems = _describe(state, base_port, product, {name: product + path for name, path in paths.items()})
    write_private(state / SYSTEMS_FILE, json.dumps(systems, ensure_ascii=False, indent=2))
    return Settings(state=state, product_url=product, systems=systems)


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner alone."""
    draft = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def _secrets(state: Path) -> dict[str, str]:
    path = state / SECRETS_FILE
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    missing = {name: secrets.token_urlsafe(24) for name in TOKENS if name not in known}
    if missing:
        known |= missing
        write_private(path, json.dumps(known, indent=2))
    return known


def _describe(state: Path, base_port: int, product: str, callbacks: Mapping[str, str]) -> dict[str, Any]:
    urls = {name: f"http://{HOST}:{base_port + offset}" for name, offset in PORTS.items()}
    drawn = _secrets(state)
    return {
        "sandbox": True,
        "product_url": product,
        "state": str(state.resolve()),
        "index": {"url": urls["index"], "officers_file": str((state / "officers.json").resolve())},
        "identity_provider": _identity(urls["identity_provider"], drawn),
        "population": {
            "url": urls["population"],
            "endpoint": urls["population"] + "/dan-cu/xac-thuc-thong-tin",
            "api_key": drawn["population_api_key"],
        },
        "national_portal": _portal(urls["national_portal"], drawn, product, callbacks),
        "payment_gateway": {
            "url": urls["payment_gateway"],
            "endpoint": urls["payment_gateway"] + "/payplat/api",
            "partner_code": "MOTCUA-MAU",
            "secret": drawn["payplat_secret"],
            "version": "1.0.6",
            "ipn_url": callbacks["payment_gateway.ipn"],
            "return_url": callbacks["payment_gateway.return"],
        },
        "signing_service": _signing(urls["signing_service"], drawn, state),
        "pki": _pki(urls["pki"], state),
        "mail": _mail(urls["mail"], base_port, drawn),
        "sms": _sms(urls["sms"], drawn, callbacks),
    }


def _identity(url: str, drawn: Mapping[str, str]) -> dict[str, Any]:
    def provider(key: str) -> dict[str, str]:
        return {
            "issuer": f"{url}/{key}",
            "discovery_url": f"{url}/{key}/.well-known/openid-configuration",
            "client_id": "motcua",
            "client_secret": drawn[f"{key}_client_secret"],
        }

    accounts = [{"sub": person.sub, "name": person.name, "personal_number": person.number} for person in ACCOUNTS]
    return {"url": url, "vneid": provider("vneid"), "dvcqg": provider("dvcqg"), "accounts": accounts}


def _portal(url: str, drawn: Mapping[str, str], product: str, callbacks: Mapping[str, str]) -> dict[str, Any]:
    forward = f"{url}/XrdAdapter/RestService/forward/mapi"
    return {
        "url": url,
        "login_url": f"{forward}/login",
        "service_url": f"{forward}/g",
        "dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider",
        "username": "tinhmau",
        "password": drawn["portal_password"],
        "agency_code": "H99",
        "hand_over_url": product + HAND_OVER_PATH,
        "inbound_url": callbacks["national_portal.inbound"],
        "inbound_secret": drawn["portal_inbound_secret"],
        "push_url": f"{url}/sandbox/push",
    }


def _signing(url: str, drawn: Mapping[str, str], state: Path) -> dict[str, Any]:
    return {
        "url": url,
        "service_url": url,
        "token_url": f"{url}/oauth2/token",
        "client_id": "motcua",
        "client_secret": drawn["csc_client_secret"],
        "credentials_file": str(state.resolve() / "signing_service" / "credentials.json"),
        "enrolment_url": f"{url}/sandbox/credentials",
        "enrolment_token": drawn["csc_enrolment_token"],
    }


def _pki(url: str, state: Path) -> dict[str, Any]:
    root = state.resolve() / "signing_service" / "certificates" / "root.pem"
    base = f"{url}/motcua"
    return {
        "url": url,
        "trust_anchors": [str(root)],
        "root_certificate": str(root),
        "tsa_url": f"{base}/tsa/tsa",
        "ocsp_url": f"{base}/ocsp/issuing",
        "crl_urls": [f"{base}/crls/root/latest.crl", f"{base}/crls/issuing/latest.crl"],
    }


def _mail(url: str, base_port: int, drawn: Mapping[str, str]) -> dict[str, Any]:
    return {
        "url": url,
        "smtp_host": HOST,
        "smtp_port": base_port + PORTS["smtp"],
        "username": "motcua",
        "password": drawn["smtp_password"],
    }


def _sms(url: str, drawn: Mapping[str, str], callbacks: Mapping[str, str]) -> dict[str, Any]:
    return {
        "url": url,
        "endpoint": f"{url}/api/v1/messages",
        "token": drawn["sms_token"],
        "sender": "TINH MAU",
        "report_url": callbacks["sms.report"],
        "report_secret": drawn["sms_report_secret"],
    }
