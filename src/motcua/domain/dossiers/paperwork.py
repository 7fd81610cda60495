"""What the papers of a dossier say: data for the templates of ``documents``, composed here because only here is
everything known. Dates and moments are written as papers write them (``17:00:00 ngày 28/11/2026``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from motcua.domain.catalog.editions import Edition
from motcua.domain.deadlines import wording
from motcua.domain.deadlines.types import LimitRule
from motcua.domain.documents.types import ChecklistItem, UseKind
from motcua.domain.dossiers.models import Dossier
from motcua.domain.payments.types import FeeReceipt, Method, Payment
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import IdentifierKind, Party
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.money import dong, in_words
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import SigningForm

NUMBERS = (
    IdentifierKind.PERSONAL_NUMBER,
    IdentifierKind.ENTERPRISE_CODE,
    IdentifierKind.TAX_CODE,
    IdentifierKind.OLD_ID,
    IdentifierKind.PASSPORT,
)


def moment(at: datetime | None) -> str:
    """Return ``17:00:00 ngày 28/11/2026``, empty for none."""
    return local(at).strftime("%H:%M:%S ngày %d/%m/%Y") if at else ""


def day(at: datetime | None) -> str:
    """Return ``28/11/2026``, empty for none."""
    return local(at).strftime("%d/%m/%Y") if at else ""


def identifier_of(party: Party) -> str:
    """Return the number by which the law knows the party first, empty when it has none."""
    by_kind = {identifier.kind: identifier.number for identifier in party.identifiers}
    return next((by_kind[kind] for kind in NUMBERS if kind in by_kind), "")


def limit(rule: LimitRule) -> str:
    """Return a limit in words: ``10 ngày làm việc``. A paper speaks Vietnamese, whatever language its maker reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return wording.quantity(rule.amount, rule.unit)


def person(party: Party) -> dict[str, str]:
    """Return a party as papers name it: what they told us, else what a database or the identity provider answered."""
    return {
        "name": party.name,
        "identifier": identifier_of(party),
        "address": party.lives_at,
        "phone": party.reached_at_phone,
        "email": party.reached_at_email,
    }


def common(dossier: Dossier, edition: Edition, agency_id: UUID, actor: Actor) -> dict[str, Any]:
    """Return what every paper of this dossier carries; ``agency_id`` is the agency that issues it."""
    agency, desk = organisation.agency(agency_id), organisation.agency(dossier.desk_agency_id)
    parent = organisation.agency(agency.parent_id).name if agency.parent_id else ""
    owner, submitter = identity.party(dossier.owner_id), identity.party(dossier.submitter_id)
    officer = organisation.officer(actor.officer_id).name if actor.officer_id else ""
    return {
        "agency_lines": [line for line in (parent, agency.name) if line],
        "agency_name": agency.name,
        "place": _place_of(organisation.root(local(dossier.created_at).date()).name),
        "desk": desk.name,
        "dossier_code": dossier.code or "",
        "procedure": {"code": edition.procedure.code, "name": edition.procedure.name},
        "applicant": person(submitter),
        "owner": owner.name,
        "submitter": submitter.name,
        "officer": officer,
        "received_on": day(dossier.received_at),
        "qr": {
            "dossier_code": dossier.code or "",
            "procedure_code": edition.procedure.code,
            "owner_identifier": identifier_of(owner),
        },
    }


def _place_of(authority: str) -> str:
    """Return the place by which papers are dated: the area, not the authority of it."""
    for prefix in ("UBND ", "Ủy ban nhân dân "):
        if authority.startswith(prefix):
            area = authority.removeprefix(prefix)
            return area[:1].upper() + area[1:]
    return authority


def receipt(
    dossier: Dossier, edition: Edition, *, components: list[dict[str, Any]], fees: str, secret: str, look_up: str
) -> dict[str, Any]:
    """Return what paper 01 says beyond the common: what was handed in, by when, where, how to look it up."""
    offer = edition.limit_for(dossier.case_key, dossier.channel)
    desk = organisation.agency(dossier.desk_agency_id)
    return {
        "components": components,
        "sets": "01",
        "legal_limit": limit(offer.law),
        "promised_limit": limit(offer.rule),
        "received_at": moment(dossier.received_at),
        "promised_at": moment(dossier.promised_at),
        "return_at": f"{desk.name}, {desk.address}".strip(", "),
        "fees": fees,
        "look_up": {"address": look_up, "secret": secret},
        "hotline": desk.phone,
    }


def components(checklist: Iterable[ChecklistItem]) -> list[dict[str, Any]]:
    """Return the lines of a receipt's table from a checklist: what was given in which form, or which data met it."""
    lines: list[dict[str, Any]] = []
    for item in checklist:
        line: dict[str, Any] = {"name": item.component.name}
        for use in item.uses:
            if use.kind is UseKind.DATA:
                line["met_by"] = use.source
            else:
                line[use.form.value] = line.get(use.form.value, 0) + use.quantity
        if item.uses:
            lines.append(line)
    return lines


def signer(actor: Actor, on: datetime) -> Mapping[str, Any]:
    """Return title lines and name of the officer who will sign, with the form of signing (KT., TL., TUQ.)."""
    return signer_of(actor.officer_id, actor.position_id, on)


def signer_of(officer_id: UUID | None, position_id: UUID | None, on: datetime) -> Mapping[str, Any]:
    """Return title lines and name of an officer in a position of theirs; without one, in the first they hold."""
    if officer_id is None:
        return {"title_lines": [], "name": ""}
    held = organisation.positions_of(officer_id, local(on).date())
    position = next((one for one in held if one.position_id == position_id), held[0] if held else None)
    if position is None:
        return {"title_lines": [], "name": organisation.officer(officer_id).name}
    return {"title_lines": title_lines(position.signing_form, position.title), "name": position.officer_name}


def title_lines(form: SigningForm, title: str) -> list[str]:
    """Return the lines above a signature: a deputy signs ``KT. CHỦ TỊCH``, then ``PHÓ CHỦ TỊCH`` (NĐ 30/2020)."""
    head = title.removeprefix("Phó ")
    if form is SigningForm.DEPUTY and head != title:
        return [f"{form} {head}", title]
    return [f"{form} {title}".strip()]


METHODS = {
    Method.CASH: "Tiền mặt",
    Method.ONLINE: "Thanh toán trực tuyến",
    Method.TRANSFER: "Chuyển khoản",
    Method.POST: "Qua bưu chính",
}


def payer(dossier: Dossier, name: str) -> dict[str, str]:
    """Return who paid, as a fee receipt names them: the submitter's particulars when it was the submitter."""
    submitter = identity.party(dossier.submitter_id)
    return person(submitter) if not name or name == submitter.name else {"name": name}


def fee_receipt(receipt: FeeReceipt, payment: Payment, paid_by: Mapping[str, str]) -> dict[str, Any]:
    """Return what a fee receipt says beyond the common."""
    return {
        "book": f"{receipt.series}, số {receipt.number:07d}",
        "copy": "Liên 2: giao người nộp",
        "payer": dict(paid_by),
        "lines": [{"name": line.name, "quantity": 1, "amount": dong(line.amount)} for line in receipt.lines],
        "total": dong(receipt.amount),
        "total_in_words": in_words(receipt.amount),
        "method": METHODS[payment.method],
        "transaction": payment.transaction,
        "paid_at": moment(payment.paid_at),
    }


# What an appraiser may write on a result beside its data, and how a text becomes paragraphs.
RESULT_WORDS = ("title", "subtitle", "authority_line", "proposal", "decides")


def result_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the appraiser's words as the template reads them; ``body`` is a text, a blank line parts paragraphs."""
    told: dict[str, Any] = {name: str(facts[name]).strip() for name in RESULT_WORDS if str(facts.get(name, "")).strip()}
    body = str(facts.get("body", "")).replace("\r\n", "\n").strip()
    if body:
        told["body"] = [{"kind": "paragraph", "text": part.strip()} for part in body.split("\n\n") if part.strip()]
    return told
