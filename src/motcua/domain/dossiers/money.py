"""What a dossier owes, from its edition; the ledger is ``payments``'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.types import CollectedAt
from motcua.domain.dossiers.models import Dossier
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.payments.types import DueSpec
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.money import dong

# What is due later (at the return, or after the decision) holds nothing up.
BEFORE_WORK = (CollectedAt.SUBMISSION, CollectedAt.ACCEPTANCE, CollectedAt.SUPPLEMENT)


def state(
    dossier: Dossier,
    edition: Edition,
    values: Mapping[str, Any],
    moments: Iterable[CollectedAt],
    *,
    actor: Actor,
    at: datetime,
) -> int:
    """State the dues that fall due at these moments; returns what must be paid before work goes on, in đồng."""
    wanted = set(moments)
    dues = [due for due in edition.dues_for(dossier.case_key, dossier.channel, values) if due.collected_at in wanted]
    if dues:
        payments.state_dues(
            subject_id=dossier.id,
            agency_id=dossier.desk_agency_id,
            payer_id=dossier.submitter_id,
            dues=[DueSpec(due.key, due.name, due.kind, due.amount, due.collected_at, due.ground) for due in dues],
            actor=actor,
            at=at,
        )
    return sum(due.owed for due in accounts.account_of(dossier.id).owed_at(*BEFORE_WORK))


def words(dossier: Dossier) -> str:
    """Return what a receipt says about money."""
    account = accounts.account_of(dossier.id)
    if not account.dues:
        return "Không thu phí, lệ phí"
    parts = [f"{due.name} {dong(due.amount)}" for due in account.dues]
    state = "đã nộp" if account.owed == 0 else f"còn phải nộp {dong(account.owed)}"
    return f"{'; '.join(parts)} ({state})"
