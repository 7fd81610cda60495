"""The line beside a dossier's status: who has it, until when, what is waited for (TT 11/2025 Phụ lục, TT 21 PL2-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, ClockState
from motcua.domain.dossiers.models import Ask, Return
from motcua.domain.dossiers.types import DossierView
from motcua.domain.payments import queries as accounts
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Task
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.money import dong
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Role


def values(found: DossierView, at: datetime) -> dict[str, str]:
    """Return the texts that a status line may name (``statuses.information.KNOWN``); what is not known is absent."""
    desk = organisation.agency(found.desk_agency_id)
    told = {
        "received_on": _day(found.received_at),
        "promised_on": _day(found.promised_at),
        "agency": organisation.agency(found.competent_agency_id).name,
        "due_on": _moment(found.due_at),
        "late": _late(found, at),
        "reason": found.ended_reason,
        "place": ", ".join(part for part in (desk.name, desk.address) if part),
        "amount": _owed(found),
    }
    told |= _asked(found) | _returned(found)
    return {name: text for name, text in told.items() if text}


def handlers(found: DossierView) -> list[dict[str, str]]:
    """Return position, department and handler of each active step; who is not known leaves the piece out."""
    return [dict(_handler(task)) for task in runs.open_tasks(found.id)] if found.received_at else []


def _handler(task: Task) -> Iterator[tuple[str, str]]:
    if task.role:
        yield "position", Role(task.role).words
    if task.agency_id:
        unit = organisation.department(task.department_id).name if task.department_id else ""
        yield "department", unit or organisation.agency(task.agency_id).name
    yield "handler", organisation.officer(task.officer_id).name if task.officer_id else "–"


def _asked(found: DossierView) -> dict[str, str]:
    asked = Ask.objects.filter(dossier_id=found.id, answered_at__isnull=True).first()
    if asked is None:
        return {}
    return {
        "reason": asked.reason,
        "content": asked.content,
        "guidance": asked.guidance,
        "until": _moment(asked.window_due_at),
    }


def _returned(found: DossierView) -> dict[str, str]:
    row = Return.objects.filter(dossier_id=found.id).order_by("-returned_at").first()
    return {"returned_on": _day(row.returned_at), "receiver": row.receiver_name} if row else {}


def _late(found: DossierView, at: datetime) -> str:
    clock = clocks.clock_of(found.id, ClockKind.RESOLVING)
    if clock is None:
        return ""
    late = clocks.lateness_of(found.id, ClockKind.RESOLVING, at).words
    return late or ("tạm dừng" if clock.state is ClockState.PAUSED else "trong hạn")


def _owed(found: DossierView) -> str:
    owed = accounts.account_of(found.id).owed
    return dong(owed) if owed else ""


def _day(at: datetime | None) -> str:
    return local(at).strftime("%d/%m/%Y") if at else ""


def _moment(at: datetime | None) -> str:
    return local(at).strftime("%H:%M %d/%m/%Y") if at else ""
