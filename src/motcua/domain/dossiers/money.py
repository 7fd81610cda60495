"""What a dossier owes, from its edition; the ledger is ``payments``'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.types import CollectedAt, Due
from motcua.domain.catalog.types import DueKind as Informational
from motcua.domain.dossiers.models import Dossier
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.payments.types import DueKind, DueSpec, Stage
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.money import dong


def state(
    dossier: Dossier,
    edition: Edition,
    values: Mapping[str, Any],
    moments: Iterable[CollectedAt],
    *,
    actor: Actor,
    at: datetime,
) -> int:
    """State the dues that fall due at these moments; returns what is owed now, in đồng."""
    wanted = set(moments)
    dues = [due for due in edition.dues_for(dossier.case_key, dossier.channel, values) if due.collected_at in wanted]
    if dues:
        payments.state_dues(
            subject_id=dossier.id,
            agency_id=dossier.desk_agency_id,
            payer_id=dossier.submitter_id,
            dues=[_spec(due) for due in dues],
            actor=actor,
            at=at,
        )
    return accounts.account_of(dossier.id).owed


def _spec(due: Due) -> DueSpec:
    """An informational due of the edition is, to the ledger, money that the state collects elsewhere."""
    kind = DueKind.ELSEWHERE if due.kind is Informational.INFORMATIONAL else DueKind(due.kind.value)
    return DueSpec(due.key, due.name, kind, due.amount, Stage(due.collected_at.value), due.ground)


def words(dossier: Dossier) -> str:
    """Return what a receipt says about money."""
    account = accounts.account_of(dossier.id)
    if not account.dues:
        return "Không thu phí, lệ phí"
    parts = [f"{due.name} {dong(due.amount)}" for due in account.dues]
    state = "đã nộp" if account.owed == 0 else f"còn phải nộp {dong(account.owed)}"
    return f"{'; '.join(parts)} ({state})"
