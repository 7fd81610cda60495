"""State what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.payments import models, reckoning
from motcua.domain.payments.settling import report
from motcua.domain.payments.types import LARGEST, Account, Due, DueSpec
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState


@transaction.atomic
def state_dues(
    *,
    subject_id: UUID,
    agency_id: UUID,
    payer_id: UUID | None,
    dues: Sequence[DueSpec],
    actor: Actor,
    at: datetime,
    payer_name: str = "",
) -> Account:
    """State dues as the edition works them out; stating the same again changes nothing.

    A key with another amount replaces the old due when nothing was paid on it; when something was, the difference
    becomes a further due. Amounts of 0 are not owed. Receipts print `payer_name`, by default the party's name. Keys that are not named stay as they are.

    Raises Invalid for amounts nobody can mean, WrongState when less is owed than was already paid (refund it).
    """
    _check(dues)
    models.Account.objects.get_or_create(
        subject_id=subject_id, defaults={"payer_id": payer_id, "payer_name": payer_name or _name(payer_id)}
    )
    row = reckoning.lock(subject_id)
    account = reckoning.account_of(row)
    stated = [due for spec in dues if (due := _state(row, account, spec, agency_id, at))]
    if stated:
        data = {"dues": [{"key": due.key, "name": due.name, "amount": due.amount} for due in stated]}
        report("dues.stated", subject_id, data, actor=actor, at=at)
    return reckoning.account_of(row)


def _name(payer_id: UUID | None) -> str:
    """The payer's name as receipts print it; it stays as it was when the first due was stated."""
    found = identity.parties([payer_id]) if payer_id else []
    return found[0].name if found else ""


def _check(dues: Sequence[DueSpec]) -> None:
    if any(not 0 <= spec.amount <= LARGEST for spec in dues):
        raise Invalid((FieldProblem("dues", _("Số tiền phải là số đồng, không âm.")),))
    if len({spec.key for spec in dues}) < len(dues):
        raise Invalid((FieldProblem("dues", _("Có hai khoản trùng mã.")),))


def _state(row: models.Account, account: Account, spec: DueSpec, agency_id: UUID, at: datetime) -> models.Due | None:
    going = [due for due in account.dues if due.key == spec.key and not due.is_dropped]
    before = sum(due.amount for due in going)
    if spec.amount == before:
        return None
    amount = spec.amount
    if any(due.paid or due.exempted for due in going):
        amount -= before
        if amount < 0:
            raise WrongState(_("Khoản này đã nộp nhiều hơn số phải nộp mới. Hãy làm thủ tục hoàn trả."))
    else:
        _replace(going, at)
    if not amount:
        return None
    return models.Due.objects.create(
        account=row,
        agency_id=agency_id,
        key=spec.key,
        round=sum(due.key == spec.key for due in account.dues) + 1,
        name=spec.name,
        kind=spec.kind,
        amount=amount,
        collected_at=spec.collected_at,
        ground=spec.ground,
        pay_until_on=spec.pay_until_on,
        stated_at=at,
    )


def _replace(going: Sequence[Due], at: datetime) -> None:
    models.Drop.objects.bulk_create(
        models.Drop(due_id=due.id, reason=gettext_noop("Thay bằng số tiền mới."), at=at) for due in going
    )
