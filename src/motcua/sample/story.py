"""A dossier's story in verbs, each the command that a page would call, each a little later than the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.documents.types import Form
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.types import Originals, Outcome, Receiver, ResultStage
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.signing import queries as credentials
from motcua.domain.signing.types import Authorisation
from motcua.domain.statuses.types import State
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Assignee, Task
from motcua.foundation.kernel.actor import Actor, system
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Role
from motcua.sample.people import Citizen
from motcua.sample.stage import Stage

GATEWAY = "payplat"
TEAM = (
    commands.Member("Thạch Hoài Nam", "Trưởng phòng", "Trưởng đoàn"),
    commands.Member("Lục Thanh Hòa", "Chuyên viên", "Thành viên"),
)


class Story:
    """One dossier on its way; ``at`` is the moment of its next act."""

    def __init__(self, stage: Stage, procedure: str, desk: str, citizen: Citizen, at: datetime) -> None:
        self.stage, self.desk, self.citizen, self.at = stage, desk, citizen, at
        self.edition = catalog.edition(stage.province.editions[procedure])
        self.id = UUID(int=0)

    # What the applicant does.

    def draft(self, answers: Mapping[str, Any]) -> Story:
        """Fill the form on the own portal; what the case asks for is uploaded."""
        actor = self.applicant
        assert actor.party_id is not None  # noqa: S101 - a citizen who signed in is a party
        self._start(ReceptionChannel.OWN_PORTAL, actor.party_id, actor.acting_for_id or actor.party_id, actor)
        commands.save_answers(dossier_id=self.id, changes=answers, expected=None, actor=actor, at=self.at)
        for component in self._asked(answers):
            self.attach(component.key, component.name)
        return self.later(0.3)

    def attach(self, component: str, name: str) -> Story:
        """Upload one file for a component."""
        file_id = self.stage.file(name, self.citizen, self.at, self.applicant)
        commands.attach_file(
            dossier_id=self.id, component_key=component, file_id=file_id, actor=self.applicant, at=self.at
        )
        return self

    def submit(self) -> Story:
        commands.submit(dossier_id=self.id, actor=self.applicant, at=self.at)
        return self.later(1.5)

    def withdraw(self, reason: str) -> Story:
        commands.withdraw(dossier_id=self.id, reason=reason, actor=self.applicant, at=self.at)
        return self.later(1)

    def complete(self) -> Story:
        commands.complete(dossier_id=self.id, actor=self.applicant, at=self.at)
        return self.later(2)

    def supplement(self, component: str) -> Story:
        self.attach(component, "Giấy tờ bổ sung")
        commands.supplement(dossier_id=self.id, words="Đã chụp lại rõ nét.", actor=self.applicant, at=self.at)
        return self.later(2)

    def ask_stop(self, reason: str) -> Story:
        commands.ask_stop(dossier_id=self.id, reason=reason, actor=self.applicant, at=self.at)
        return self.later(1)

    def pay_online(self) -> Story:
        """Pay what is due through the gateway, as its notification would say."""
        owed = [due for due in accounts.account_of(self.id).dues if due.owed]
        attempt = payments.open_payment(
            subject_id=self.id, due_ids=[due.id for due in owed], gateway=GATEWAY, actor=self.applicant, at=self.at
        )
        paid_at = min(self.at + timedelta(minutes=2), now())
        payments.confirm_payment(
            reference=attempt.reference,
            gateway=GATEWAY,
            transaction=f"MAU{attempt.reference}",
            amount=attempt.amount,
            paid_at=paid_at,
            actor=system("sample"),
            at=paid_at,
        )
        self.stage.until(lambda: self.state is not State.PAYMENT_DUE, "money to come in")
        return self.later(0.5)

    # What the desk does.

    def register(self, answers: Mapping[str, Any], tendered: int | None = None, receipt: bool | None = None) -> Story:
        """Take everything in at the counter from somebody who stands there."""
        who, desk = self.applicant, self.at_desk
        assert who.party_id is not None  # noqa: S101
        self._start(ReceptionChannel.COUNTER, who.party_id, who.acting_for_id or who.party_id, desk)
        commands.save_answers(dossier_id=self.id, changes=answers, expected=None, actor=desk, at=self.at)
        for component in self._asked(answers):
            form = Form.ORIGINAL if component.original else Form.PHOTOCOPY
            count = component.original or component.copies or 1
            commands.hand_over_paper(
                dossier_id=self.id, component_key=component.key, form=form, quantity=count, actor=desk, at=self.at
            )
        commands.serve(dossier_id=self.id, tendered=tendered, with_receipt=receipt, actor=desk, at=self.at)
        return self.later(0.5)

    def receive(self) -> Story:
        commands.receive(dossier_id=self.id, actor=self.at_desk, at=self.at)
        return self.later(0.5)

    def ask_completion(self, items: tuple[str, ...]) -> Story:
        commands.ask_completion(
            dossier_id=self.id,
            content="Chụp lại Giấy chứng nhận, đủ bốn trang.",
            reason="Ảnh mờ, không đọc được số phát hành.",
            guidance="Đặt Giấy trên mặt phẳng, đủ ánh sáng, chụp từng trang rồi tải lên lại.",
            items=items,
            actor=self.at_desk,
            at=self.at,
        )
        return self.later(3)

    def refuse(self, reason: str) -> Story:
        commands.refuse_reception(
            dossier_id=self.id,
            reasons=[reason],
            guidance="Nộp lại khi đã có Giấy chứng nhận.",
            ground="Điều 17 Nghị định 118/2025/NĐ-CP",
            actor=self.at_desk,
            at=self.at,
        )
        return self.later(1)

    def not_competent(self, agency: str) -> Story:
        commands.return_as_not_competent(
            dossier_id=self.id,
            reason="Thửa đất không thuộc địa bàn Tỉnh Mẫu.",
            right_agency=agency,
            ground="Điều 17 Nghị định 118/2025/NĐ-CP",
            actor=self.at_desk,
            at=self.at,
        )
        return self.later(1)

    def confirm_supplement(self) -> Story:
        commands.confirm_supplement(dossier_id=self.id, actor=self.at_desk, at=self.at)
        return self.later(0.5)

    def take_money(self, tendered: int) -> Story:
        due_ids = [due.id for due in accounts.account_of(self.id).dues if due.owed]
        commands.take_money(
            dossier_id=self.id, due_ids=due_ids, tendered=tendered, till="1", actor=self.at_desk, at=self.at
        )
        return self

    def hand_back(self, *originals: str) -> Story:
        """The owner fetches the result, with their originals."""
        receiver = Receiver(self.citizen.name, self.citizen.number, is_owner=True)
        items = [Originals(name, handed_back=True) for name in originals]
        commands.return_in_person(
            dossier_id=self.id, receiver=receiver, originals=items, actor=self.at_desk, at=self.at
        )
        return self

    def download(self) -> Story:
        commands.return_online(dossier_id=self.id, actor=self.applicant, at=self.at)
        return self

    # What the agency does.

    def assign(self, username: str) -> Story:
        """The head gives the work to an officer of theirs."""
        task = self.task
        officer_id = self.stage.province.organisation.officers[username]
        held = organisation.positions_of(officer_id, local(self.at).date())
        position = next(one for one in held if one.role is Role.APPRAISER)
        return self.finish("assign", assignee=Assignee(officer_id, position.position_id), task=task)

    def finish(self, action: str, words: str = "", assignee: Assignee | None = None, task: Task | None = None) -> Story:
        """Finish the open task by an action that needs nothing more."""
        task = task or self.task
        commands.finish(
            task_id=task.id, action=action, words=words, assignee=assignee, actor=self._doer(task), at=self.at
        )
        return self.later(2)

    def ask_supplement(self, component: str) -> Story:
        commands.ask_supplement(
            task_id=self.task.id,
            content="Bản chụp Giấy chứng nhận, trang sơ đồ thửa đất.",
            reason="Trang sơ đồ bị mất góc, không đọc được kích thước cạnh.",
            guidance="Chụp lại trang sơ đồ và tải lên ở mục Giấy tờ.",
            items=[component],
            actor=self._doer(self.task),
            at=self.at,
        )
        return self.later(5)

    def give_opinion(self, words: str) -> Story:
        commands.give_opinion(task_id=self.task.id, words=words, agrees=True, actor=self._doer(self.task), at=self.at)
        return self.later(2)

    def inspect(self, *, passed: bool) -> Story:
        place = f"{self.citizen.company.street}, {self.citizen.company.ward}" if self.citizen.company else "Cơ sở"
        minutes = commands.Findings(
            inspected_at=self.at - timedelta(hours=2),
            ended_at=self.at - timedelta(minutes=20),
            place=place,
            decision_number="45/QĐ-SNNMT",
            team=TEAM,
            findings=(
                commands.Finding("Địa điểm, môi trường xung quanh", passed=True),
                commands.Finding("Bố trí một chiều từ nguyên liệu đến thành phẩm", passed=passed),
                commands.Finding("Sức khỏe, kiến thức của người trực tiếp sản xuất", passed=True),
            ),
            passed=passed,
            to_mend=() if passed else ("Ngăn riêng khu nguyên liệu và khu thành phẩm",),
            mend_until=None if passed else local(self.at + timedelta(days=20)).date(),
            host_name=self.citizen.name,
            host_title="Giám đốc",
            host_opinion="Nhất trí với biên bản.",
        )
        commands.record_inspection(task_id=self.task.id, minutes=minutes, actor=self._doer(self.task), at=self.at)
        return self.later(1)

    def draft_result(self, *reasons: str) -> Story:
        """Draft the result, or a refusal when reasons are given."""
        commands.draft_result(
            task_id=self.task.id,
            outcome=Outcome.REFUSED if reasons else Outcome.GRANTED,
            reasons=reasons,
            guidance="Có thể nộp lại khi đã khắc phục." if reasons else "",
            actor=self._doer(self.task),
            at=self.at,
        )
        return self.later(1)

    def issue_on_paper(self) -> Story:
        commands.issue_on_paper(task_id=self.task.id, action="issue", actor=self._doer(self.task), at=self.at)
        return self.later(0.5)

    def sign(self) -> Story:
        """The leader signs; the signing service and its authority answer with the present time."""
        self.at, task = now(), self.task
        leader = self._doer(task)
        assert leader.officer_id is not None  # noqa: S101
        names = {officer_id: name for name, officer_id in self.stage.province.organisation.officers.items()}
        pin = self.stage.province.pins[names[leader.officer_id]]
        key = credentials.credentials_for(at=self.at, officer_id=leader.officer_id)[0]
        commands.sign_result(
            task_id=task.id,
            action="sign",
            credential_id=key.id,
            authorisation=Authorisation(pin=pin),
            actor=leader,
            at=self.at,
        )
        self.stage.until(lambda: self.result_stage is ResultStage.SIGNED, "the leader's signature")
        return self.later(0)

    def number(self) -> Story:
        self.at = now()
        commands.number_result(task_id=self.task.id, action="number", actor=self._doer(self.task), at=self.at)
        return self

    def seal(self) -> Story:
        self.at, task = now(), self.task
        clerk = self._doer(task)
        assert clerk.agency_id is not None  # noqa: S101
        code = organisation.agency(clerk.agency_id).code
        key = credentials.credentials_for(at=self.at, agency_id=clerk.agency_id)[0]
        commands.seal_result(
            task_id=task.id,
            action="seal",
            credential_id=key.id,
            authorisation=Authorisation(pin=self.stage.province.pins[code]),
            actor=clerk,
            at=self.at,
        )
        self.stage.until(lambda: self.result_stage is ResultStage.SEALED, "the agency's seal")
        self.at = now()
        return self

    # Where the story stands.

    @property
    def applicant(self) -> Actor:
        return self.stage.citizen(self.citizen, self.at)

    @property
    def at_desk(self) -> Actor:
        return self.stage.officer(Role.DESK_OFFICER, self.desk, self.at)

    @property
    def task(self) -> Task:
        """The one task that is open."""
        (found,) = runs.open_tasks(self.id)
        return found

    @property
    def state(self) -> State:
        return queries.dossier(self.id, actor=system("sample"), on=local(self.at).date()).state

    @property
    def result_stage(self) -> ResultStage | None:
        found = queries.result(self.id, actor=system("sample"), on=local(self.at).date())
        return ResultStage(found.stage) if found else None

    def later(self, hours: float) -> Story:
        """Let time pass, over weekends, up to now."""
        self.at = self.stage.later(self.at, hours)
        return self

    def _doer(self, task: Task) -> Actor:
        return self.stage.doer(task, self.at)

    def _asked(self, answers: Mapping[str, Any]) -> list[Any]:
        case = self.edition.case_for(answers).key
        return [one for one in self.edition.components_for(case, answers) if one.required]

    def _start(self, channel: ReceptionChannel, submitter: UUID, owner: UUID, actor: Actor) -> None:
        self.id = commands.start_draft(
            edition_id=self.edition.id,
            channel=channel,
            desk_agency_id=self.stage.agencies[self.desk],
            submitter_id=submitter,
            owner_id=owner,
            actor=actor,
            at=self.at,
        )
