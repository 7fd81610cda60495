"""Tell the people concerned when something happened to a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.notices import words as built_in
from motcua.domain.notices.models import Notice, Wording
from motcua.domain.payments import queries as accounts
from motcua.domain.workflow import queries as runs
from motcua.foundation.exchange import commands as exchange
from motcua.foundation.exchange import ports
from motcua.foundation.identity import queries as identity
from motcua.foundation.journal.types import Event
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.money import dong
from motcua.foundation.kernel.text import search_key
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Role

KINDS = tuple(sorted({*built_in.TO_APPLICANT, *built_in.TO_OFFICERS}))
DESK = frozenset(
    {"dossier.submitted", "dossier.completed", "dossier.supplemented", "dossier.withdrawn", "dossier.decided"}
)
HEADS = frozenset({"dossier.stop_asked"})


def tell(event: Event) -> None:
    """Write the notices of one event and queue its messages."""
    dossier = dossiers.public_view(event.subject.id)
    values = _values(event, dossier)
    if event.kind in built_in.TO_APPLICANT:
        _tell_applicant(event, dossier, values)
    if event.kind in built_in.TO_OFFICERS:
        _tell_officers(event, dossier, values)


def _tell_applicant(event: Event, dossier: DossierView, values: Mapping[str, str]) -> None:
    words = _words(event.kind, built_in.TO_APPLICANT[event.kind])
    title, body = words.title % values, words.body % values
    told = False
    for party_id in dict.fromkeys((dossier.submitter_id, dossier.owner_id)):
        _row, fresh = Notice.objects.get_or_create(
            subject_id=dossier.id,
            seq=event.seq,
            party_id=party_id,
            defaults={"kind": event.kind, "title": title[:300], "body": body, "written_at": event.recorded_at},
        )
        told = told or fresh
    if told:  # a delivery that is repeated writes no second letter
        _send_out(event, dossier, words, title, body, values)


def _send_out(
    event: Event, dossier: DossierView, words: built_in.Words, title: str, body: str, values: Mapping[str, str]
) -> None:
    submitter = identity.party(dossier.submitter_id)
    link = f"{settings.MOTCUA.public_url}/ho-so/{dossier.id}/"
    if submitter.reached_at_email and ports.adapter("mail"):
        mail = {"to": submitter.reached_at_email, "subject": title, "text": f"{body}\n\n{link}\n"}
        _send("mail", event, dossier, mail)
    if words.sms and submitter.reached_at_phone and ports.adapter("sms"):
        _send("sms", event, dossier, {"to": submitter.reached_at_phone, "text": search_text(words.sms % values)})


def _tell_officers(event: Event, dossier: DossierView, values: Mapping[str, str]) -> None:
    words = _words(f"officer:{event.kind}", built_in.TO_OFFICERS[event.kind])
    for officer_id in dict.fromkeys(_officers(event, dossier)):
        Notice.objects.get_or_create(
            subject_id=dossier.id,
            seq=event.seq,
            officer_id=officer_id,
            defaults={
                "kind": event.kind,
                "title": (words.title % values)[:300],
                "body": words.body % values,
                "written_at": event.recorded_at,
            },
        )


def _officers(event: Event, dossier: DossierView) -> Iterable[UUID]:
    on = local(event.happened_at).date()
    if event.kind == "dossier.signature_failed":
        return [event.officer_id] if event.officer_id else []
    if event.kind in HEADS:
        return (
            held.officer_id for held in organisation.holders(Role.LEADER, agency_id=dossier.competent_agency_id, on=on)
        )
    if event.kind in DESK:
        return (
            held.officer_id for held in organisation.holders(Role.DESK_OFFICER, agency_id=dossier.desk_agency_id, on=on)
        )
    return _of_task(str((event.data or {}).get("task", "")), on)


def _of_task(task_id: str, on: Any) -> Iterable[UUID]:
    try:
        task = runs.task(UUID(task_id))
    except (ValueError, Missing):
        return []
    if task.officer_id is not None:
        return [task.officer_id]
    if task.agency_id is None or not task.role:
        return []
    held = organisation.holders(Role(task.role), agency_id=task.agency_id, department_id=task.department_id, on=on)
    return (one.officer_id for one in held)


def _send(system: str, event: Event, dossier: DossierView, body: Mapping[str, str]) -> None:
    exchange.send(system=system, kind=event.kind, subject_id=dossier.id, body=body, at=event.recorded_at)


def search_text(text: str) -> str:
    """Return an SMS's text without marks, case kept: every telephone shows it, and it stays one part."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    key = search_key(char)
    return char if not key or len(key) != 1 else key.upper() if char.isupper() else key


def _words(kind: str, otherwise: built_in.Words) -> built_in.Words:
    own = Wording.objects.filter(kind=kind).first()
    return built_in.Words(own.title, own.body, own.sms) if own else otherwise


def _values(event: Event, dossier: DossierView) -> dict[str, str]:
    data = event.data or {}
    place = organisation.agency(dossier.desk_agency_id).name
    return {
        "code": dossier.code,
        "what": dossier.summary,
        "reason": str(data.get("reason", dossier.ended_reason)),
        "content": str(data.get("content", "")),
        "guidance": str(data.get("guidance", "")),
        "until": _when(data.get("until")),
        "promised": _moment(dossier.promised_at),
        "place": place,
        "place_plain": search_text(place),
        "amount": dong(accounts.account_of(dossier.id).owed),
        "receiver": str(data.get("receiver", "")),
        "step": str(data.get("step_name", "")),
        "why": str(data.get("why", "")),
    }


def _when(text: object) -> str:
    return _moment(datetime.fromisoformat(str(text))) if text else ""


def _moment(at: datetime | None) -> str:
    return local(at).strftime("%H:%M:%S ngày %d/%m/%Y") if at else ""
