"""Counting wrong passwords and codes, and the log of sign-ins; inside the room only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.identity import lockout, models, secrets
from motcua.foundation.identity.types import SignInMethod
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: on which name, from where, by which means."""

    username: str
    address: str
    device: str
    method: SignInMethod
    at: datetime


def waiting_until(attempt: Attempt) -> datetime | None:
    """Return until when this name or this address must wait; its counters are locked from here on."""
    waits = [row.wait_until for row, _ in _counters(attempt) if row.wait_until and row.wait_until > attempt.at]
    return max(waits) if waits else None


def failed(attempt: Attempt, account: models.Account | None, *, actor: Actor) -> datetime | None:
    """Count a wrong attempt and return until when the next one must wait, if it must."""
    waits: list[datetime] = []
    for row, patience in _counters(attempt):
        row.failures = lockout.count_after(row.failures, row.last_failed_at, attempt.at, patience)
        row.last_failed_at = attempt.at
        wait = lockout.wait_after(row.failures, patience)
        row.wait_until = attempt.at + wait if wait else None
        row.save(update_fields=["failures", "last_failed_at", "wait_until"])
        if row.wait_until is not None:
            waits.append(row.wait_until)
    log(attempt, account, passed=False)
    if waits and account is not None:
        data = {"until": max(waits).isoformat(), "method": str(attempt.method)}
        subject = Subject("account", account.id)
        journal.record(kind="account.delayed", subject=subject, actor=actor, at=attempt.at, data=data)
    return max(waits) if waits else None


def forgive(attempt: Attempt) -> None:
    """The officer came in: the name's count ends. The address's stays, or one good account would wash all others."""
    models.Patience.objects.filter(key=secrets.name_index(attempt.username)).update(failures=0, wait_until=None)


def log(attempt: Attempt, account: models.Account | None, *, passed: bool) -> None:
    """Write one line of the log of sign-ins."""
    models.SignInLog.objects.create(
        account=account,
        name_index=secrets.name_index(attempt.username) if attempt.username else None,
        method=attempt.method,
        passed=passed,
        at=attempt.at,
        address=attempt.address[:60],
        device=attempt.device[:200],
    )


def _counters(attempt: Attempt) -> list[tuple[models.Patience, lockout.Patience]]:
    keys = {
        secrets.name_index(attempt.username): lockout.ACCOUNT,
        secrets.address_index(attempt.address): lockout.ADDRESS,
    }
    models.Patience.objects.bulk_create((models.Patience(key=key) for key in sorted(keys)), ignore_conflicts=True)
    rows = models.Patience.objects.select_for_update().filter(key__in=list(keys)).order_by("key")
    return [(row, keys[bytes(row.key)]) for row in rows]
