"""Paying what is owed now, seeing what became of a payment, and asking money back (TT 21/2023 PL1-9)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.channels.portal.seeing import dossier_of
from motcua.channels.ui import flash
from motcua.channels.ui.signin.coming import visit_of
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.payments import commands, ports
from motcua.domain.payments import queries as accounts
from motcua.domain.payments.types import Account, Attempt, ReceiptLine
from motcua.domain.statuses.types import State
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import IdentifierKind
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Invalid, Missing, Problem, Unavailable
from motcua.foundation.organisation import queries as organisation

OWING = (
    State.SUBMITTED,
    State.COMPLETED,
    State.PAYMENT_DUE,
    State.IN_PROGRESS,
    State.DECIDED,
    State.READY_FOR_COLLECTION,
)
NUMBERS = (
    IdentifierKind.PERSONAL_NUMBER,
    IdentifierKind.TAX_CODE,
    IdentifierKind.ENTERPRISE_CODE,
    IdentifierKind.PASSPORT,
)


@require_safe
@never_cache
@person_needed
def payments(request: HttpRequest) -> HttpResponse:
    """List the dossiers on which something is owed now."""
    at, actor = now(), actor_of(request)
    page = dossiers.find_many(
        dossiers.Filter(states=OWING, order="newest"), actor=actor, at=at, on=local(at).date(), count=100
    )
    owing = [(row, owed) for row in page.rows if (owed := accounts.account_of(row.id).owed)]
    return render(request, "portal/payments.html", {"owing": owing})


@require_http_methods(["GET", "POST"])
@never_cache
@person_needed
def pay(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show what is owed and the ways to pay; then go to the payment page of the chosen gateway."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="nop-tien")
    account = accounts.account_of(found.id)
    if request.method == "GET" or not account.owed:
        return _shown(request, found, account)
    name = request.POST.get("gateway", "")
    if name not in ports.gateway_names():
        return _shown(request, found, account, _("Hãy chọn cách nộp tiền."))
    due_ids = [due.id for due in account.dues if due.owed]
    attempt = commands.open_payment(subject_id=found.id, due_ids=due_ids, gateway=name, actor=actor_of(request), at=at)
    try:
        return redirect(ports.gateway(name).start(attempt, _details(request, found, account), at=at))
    except Unavailable as problem:
        return _shown(request, found, account, str(problem))


@require_safe
@never_cache
@person_needed
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what became of a payment, and what to do when it went wrong."""
    at = now()
    attempt = accounts.attempt(reference)
    found = dossier_of(request, attempt.subject_id, at=at, page="thanh-toan")
    account = accounts.account_of(found.id)
    context = {
        "dossier": found,
        "attempt": attempt,
        "standing": _standing(attempt, at),
        "account": account,
        "receipts": [one for one in account.receipts if not one.is_void],
    }
    return render(request, "portal/payment.html", context)


@require_POST
@person_needed
def ask_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the gateway how the payment ended: a call-back may be late or lost."""
    at, actor = now(), actor_of(request)
    attempt = accounts.attempt(reference)
    dossier_of(request, attempt.subject_id, at=at, page="thanh-toan")
    try:
        said = ports.gateway(attempt.gateway).query(attempt, at=at)
        if said is None:
            flash.say(request, _("Cổng thanh toán chưa ghi nhận giao dịch nào. Hãy hỏi lại sau ít phút."), tone="news")
        elif said.is_paid:
            commands.confirm_payment(
                reference=reference,
                gateway=attempt.gateway,
                transaction=said.transaction,
                amount=said.amount,
                paid_at=said.paid_at,
                actor=actor,
                at=at,
            )
        else:
            commands.fail_payment(reference=reference, gateway=attempt.gateway, reason=said.message, actor=actor, at=at)
    except Problem as problem:
        flash.say(request, problem.sentence, tone="bad")
    return redirect("portal:payment", reference)


@require_http_methods(["GET", "POST"])
@never_cache
@person_needed
def refund(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Ask back money that nothing is owed for; show every request and how it stands."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="hoan-tien")
    account = accounts.account_of(found.id)
    context: dict[str, Any] = {"dossier": found, "account": account, "reason": "", "wrong": ""}
    if request.method == "GET":
        return render(request, "portal/refund.html", context)
    reason = request.POST.get("reason", "").strip()[:1000]
    payment = max((one for one in account.payments if one.credit), key=lambda one: one.credit, default=None)
    if payment is None:
        raise Missing(_("Hồ sơ không có khoản nộp thừa nào để hoàn."))
    try:
        commands.ask_refund(
            subject_id=found.id,
            amount=payment.credit,
            reason=reason,
            payment_id=payment.id,
            actor=actor_of(request),
            at=at,
        )
    except Invalid as wrong:
        return render(request, "portal/refund.html", context | {"wrong": str(wrong)}, status=422)
    flash.say(request, _("Đã gửi đề nghị hoàn tiền. Kết quả được báo trong tài khoản này."))
    return redirect("portal:refund", dossier_id)


def _shown(request: HttpRequest, found: DossierView, account: Account, wrong: str = "") -> HttpResponse:
    context = {
        "dossier": found,
        "account": account,
        "gateways": ports.gateway_names(),
        "desk": organisation.agency(found.desk_agency_id).name,
        "wrong": wrong,
    }
    return render(request, "portal/pay.html", context, status=422 if wrong else 200)


def _details(request: HttpRequest, found: DossierView, account: Account) -> ports.Details:
    agency, payer = organisation.agency(found.desk_agency_id), identity.party(found.submitter_id)
    return ports.Details(
        summary=_("Phí, lệ phí hồ sơ %(code)s") % {"code": found.code},
        lines=tuple(ReceiptLine(due.name, due.kind, due.owed) for due in account.dues if due.owed),
        dossier_code=found.code,
        procedure_code=found.procedure_code,
        procedure_name=found.procedure_name,
        agency_code=agency.code,
        agency_name=agency.name,
        payer_name=payer.name,
        payer_number=next((number for kind in NUMBERS if (number := payer.number(kind))), ""),
        payer_address=payer.address,
        payer_ip=visit_of(request).address or "127.0.0.1",
        language=(get_language() or "vi")[:2],
    )


def _standing(attempt: Attempt, at: Any) -> str:
    if attempt.is_settled:
        return "paid"
    if attempt.failure:
        return "failed"
    return "expired" if at > attempt.expires_at else "waiting"
