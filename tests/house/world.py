"""A small province in which everything an address may name exists, and everybody who may come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.test import Client

from motcua.channels.ui.tests import visitors
from motcua.domain.catalog.policy import POLICY
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands, handlers
from motcua.domain.dossiers.tests import province as made
from motcua.domain.dossiers.tests.province import AT, FEE, PROCEDURE, Province
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Assignee
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.tests import factories
from motcua.foundation.organisation.types import Role

PERSONAS = ("nobody", "owner", "other", "desk", "appraiser", "leader", "elsewhere", "administrator")
NOW = AT + timedelta(hours=2)


@dataclass
class World:
    """Dossiers of the owner in the states that addresses need; ``values`` are what their parameters name."""

    province: Province = field(init=False)

    def __post_init__(self) -> None:
        before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
        try:
            self.province = made.build(fees=[FEE])
        finally:
            POLICY.checked_grounds_only = before
        top = organisation.root(factories.TODAY)
        self.administrator = factories.somebody(top, Role.ADMINISTRATOR, name="Trần Quản Trị")
        self.draft = self.province.draft()
        self.discarded = self.province.draft()
        commands.discard_draft(dossier_id=self.discarded, actor=self.province.applicant, at=AT)
        self.waiting = self.province.submitted().dossier_id
        self.owing = self.province.received()
        self.counter = self._counter_draft()
        self.running = self._running()

    def browser(self, persona: str) -> Client:
        """A browser in which this persona has come in."""
        citizens = {"owner": self.province.applicant, "other": self.province.next_door}
        if persona == "nobody":
            return Client()
        if persona in citizens:
            return visitors.citizen(citizens[persona], NOW)
        return visitors.officer(self.officer(persona), NOW)

    def officer(self, persona: str) -> Actor:
        if persona == "administrator":
            return self.administrator
        found: Actor = getattr(self.province, {"elsewhere": "stranger"}.get(persona, persona))
        return found

    def values(self, name: str) -> dict[str, Any]:
        """What the parameters of the address of this name are filled with."""
        more = {
            "dossier_id": self.dossier_for(name),
            "token": self.token if name == "portal:verdict" else "khong-co",
            "code": "H00-000000-0000" if name.startswith("api:v1:dossier") else PROCEDURE,
        }
        return self.known | more | ({"name": "mail"} if name == "studio:system" else {})

    @cached_property
    def known(self) -> dict[str, Any]:
        """What parameters are filled with, wherever they stand."""
        (task,), (use,) = runs.open_tasks(self.running), documents.uses_of(self.running)
        return {
            "task_id": task.id,
            "use": documents.uses_of(self.draft)[0].id,
            "file_id": use.file_id,
            "paper_id": next(one.id for one in documents.papers_of(self.running) if one.kind == "receipt"),
            "receipt_id": self.receipt,
            "request_id": new_id(),
            "party_id": self.province.citizen.id,
            "reference": self.attempt,
            "page": "who",
            "answer": "who.name",
            "component": "picture",
            "provider": "vneid",
            "language": "en",
            "number": 1,
            "version_id": runs.processes()[0].id,
            "kind": "receipt",
            "calendar_id": deadlines.calendars()[0].id,
            "year": 2026,
            "agency_id": self.province.agency.id,
            "officer_id": self.province.clerk.officer_id,
            "message_id": new_id(),
        }

    @cached_property
    def token(self) -> str:
        return documents.papers_of(self.running)[0].token

    def dossier_for(self, name: str) -> UUID:
        """The dossier in the state in which the address has something to do."""
        page = name.split(":", 1)[1]
        if page in {"fill", "autosave", "dispute", "components", "attach", "detach", "review", "discard"}:
            return self.draft
        if page == "restore":
            return self.discarded
        if page.startswith("counter_"):
            return self.counter
        if page.startswith("reception_") or page == "withdraw":
            return self.waiting
        return self.owing if page == "pay" else self.running

    def _counter_draft(self) -> UUID:
        return commands.start_draft(
            edition_id=self.province.edition,
            channel=ReceptionChannel.COUNTER,
            desk_agency_id=self.province.agency.id,
            submitter_id=self.province.citizen.id,
            owner_id=self.province.citizen.id,
            actor=self.province.desk,
            at=AT,
        )

    def _running(self) -> UUID:
        """A dossier whose fee is paid and which lies with the appraiser."""
        found, province = self.province.received(), self.province
        (due,) = accounts.account_of(found).dues
        opened = payments.open_payment(
            subject_id=found, due_ids=[due.id], gateway="thu", actor=province.applicant, at=AT
        )
        self.attempt = opened.reference
        payments.fail_payment(reference=opened.reference, gateway="thu", reason="x", actor=province.applicant, at=AT)
        taken = commands.take_money(
            dossier_id=found, due_ids=[due.id], tendered=20_000, till="1", actor=province.desk, at=AT
        )
        self.receipt = taken.receipt.id
        handlers.money_came_in(next(one for one in journal.history(found) if one.kind == "payment.settled"))
        (task,) = runs.open_tasks(found)
        who = Assignee(province.appraiser.officer_id, province.appraiser.position_id)
        commands.finish(task_id=task.id, action="assign", assignee=who, actor=province.head, at=AT)
        return found
