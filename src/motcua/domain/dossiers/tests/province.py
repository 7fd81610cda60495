"""A small province with an invented procedure as data: what every test of this room stands on."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from motcua.domain.catalog import commands as catalog
from motcua.domain.catalog.types import AgencyLevel, ReceptionChannel, SubjectKind
from motcua.domain.documents import commands as documents
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.types import Submission
from motcua.domain.forms import commands as forms
from motcua.domain.workflow import commands as workflow
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.identity.types import Party
from motcua.foundation.kernel.actor import Actor, system
from motcua.foundation.organisation.tests import factories as organisation
from motcua.foundation.organisation.types import Agency, AgencyKind, Role
from motcua.foundation.storage import commands as storage

# Friday 20/11/2026, 10:00 in Vietnam.
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LAW = "Luật Thú y 79/2015/QH13"
PROCEDURE = "9.000777"

FORM: dict[str, Any] = {
    "key": "kite",
    "title": "Tờ khai thả diều",
    "sections": [{"key": "kite", "title": "Diều", "pages": [
        {"key": "who", "heading": "Ai thả?", "items": [
            {"key": "who", "kind": "person", "label": "Người thả", "required": True, "source": "person"}]},
        {"key": "kite", "heading": "Diều nào?", "items": [
            {"key": "size", "kind": "number", "label": "Sải cánh (m)", "required": True, "minimum": 1, "maximum": 99}]},
    ]}],
}  # fmt: skip

EDITION: dict[str, Any] = {
    "procedure": PROCEDURE,
    "valid_from": "2026-07-01",
    "cases": [{"key": "big", "name": "Diều lớn", "condition": "size > 5"}, {"key": "small", "name": "Diều nhỏ"}],
    "components": [{"component": {"key": "picture", "name": "Ảnh con diều", "type_code": "ANH"}}],
    "channels": [{"way": "online", "level": "full"}, {"way": "direct", "level": "full"}],
    "limits": [{"law": {"amount": 5, "unit": "working_days", "ground": LAW}},
               {"case": "big", "law": {"amount": 10, "unit": "working_days", "ground": LAW}}],
    "results": [{"key": "card", "name": "Giấy phép thả diều"}],
    "places": [{"name": "competent", "kind": "receiving_agency"}, {"name": "desk", "kind": "receiving_agency"}],
    "grounds": [{"act": LAW}],
    "supplement": {"ground": LAW},
    "decisions": [
        {"kind": "announcement", "number": "1/QĐ", "issued_on": "2026-06-01", "effective_on": "2026-07-01"},
        {"kind": "process", "number": "2/QĐ", "issued_on": "2026-06-01", "effective_on": "2026-07-01"},
    ],
    "retention": {"years": 5, "ground": LAW},
}  # fmt: skip

FEE = {"key": "fee", "name": "Lệ phí", "kind": "charge", "amount": "20000", "ground": LAW}


def step(key: str, name: str, kind: str, role: str, *actions: str) -> str:
    chosen = 'chosenIn="assign"' if key == "appraise" else ""
    return (
        f'<userTask id="{key}" name="{name}"><extensionElements><m:step kind="{kind}" limit="60">'
        f'<m:who role="{role}" place="{"desk" if role == "desk_officer" else "competent"}" {chosen}/>{"".join(actions)}'
        "</m:step></extensionElements></userTask>"
    )


def action(key: str, **more: str) -> str:
    extra = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<m:action key="{key}" label="{key}"{extra}/>'


STEPS = [
    step("assign", "Phân công", "assign", "head", action("assign", needs="assignee", primary="true")),
    step(
        "appraise",
        "Thẩm định",
        "appraise",
        "appraiser",
        action("submit", primary="true"),
        action("draft", effect="draft_result"),
        action("supplement", effect="ask_supplement"),
    ),
    step(
        "sign",
        "Ký",
        "sign",
        "leader",
        action("sign", effect="sign", leaves="true"),
        action("back", to="appraise", needs="words"),
    ),
    step("number", "Lấy số", "issue", "clerk", action("number", effect="number", leaves="true")),
    step("seal", "Đóng dấu", "issue", "clerk", action("seal", effect="seal", leaves="true")),
    step("hand_back", "Trả kết quả", "return", "desk_officer", action("return", effect="return", leaves="true")),
]


def process() -> bytes:
    keys = ["start", "assign", "appraise", "sign", "number", "seal", "hand_back", "end"]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairwise(keys))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:process:1" id="d">
  <process id="kite" name="Thả diều" isExecutable="true">
    <extensionElements><m:process timed="true"><m:place name="competent"/><m:place name="desk"/></m:process></extensionElements>
    <startEvent id="start"/>{"".join(STEPS)}<endEvent id="end"/>{flows}
  </process>
</definitions>""".encode()


@dataclass
class Province:
    """The agency, its people, a citizen, and the published edition."""

    agency: Agency
    other: Agency
    desk: Actor
    head: Actor
    appraiser: Actor
    leader: Actor
    clerk: Actor
    stranger: Actor
    citizen: Party
    neighbour: Party
    edition: UUID

    @property
    def applicant(self) -> Actor:
        return people.citizen(self.citizen.id)

    @property
    def next_door(self) -> Actor:
        return people.citizen(self.neighbour.id)

    def draft(self, size: int = 2, *, with_picture: bool = True) -> UUID:
        dossier_id = commands.start_draft(
            edition_id=self.edition,
            channel=ReceptionChannel.OWN_PORTAL,
            desk_agency_id=self.agency.id,
            submitter_id=self.citizen.id,
            owner_id=self.citizen.id,
            actor=self.applicant,
            at=AT,
        )
        commands.save_answers(dossier_id=dossier_id, changes={"size": size}, expected=None, actor=self.applicant, at=AT)
        if with_picture:
            self.give_picture(dossier_id)
        return dossier_id

    def give_picture(self, dossier_id: UUID) -> None:
        commands.attach_file(
            dossier_id=dossier_id, component_key="picture", file_id=picture(), actor=self.applicant, at=AT
        )

    def submitted(self, size: int = 2) -> Submission:
        return commands.submit(dossier_id=self.draft(size), actor=self.applicant, at=AT)

    def received(self, at: datetime = AT, size: int = 2) -> UUID:
        dossier_id = self.submitted(size).dossier_id
        commands.receive(dossier_id=dossier_id, actor=self.desk, at=at)
        return dossier_id


def picture() -> UUID:
    kept = storage.keep(content=b"\x89PNG", name="dieu.png", media_type="image/png", actor=system("test"), at=AT)
    return kept.id


def build(**changes: Any) -> Province:
    """Make the province; ``changes`` replace parts of the edition."""
    boss = system("test")
    root = organisation.agency(kind=AgencyKind.PROVINCE, name="Tỉnh Mẫu")
    agency = organisation.agency(root, name="Ủy ban nhân dân xã Diều")
    other = organisation.agency(root, name="Ủy ban nhân dân xã Bên")
    catalog.name_field(code="TY", name="Thú vui", actor=boss, at=AT)
    catalog.name_topic(code="vui", name="Vui chơi", actor=boss, at=AT)
    catalog.state_ground(act=LAW, valid_from=date(2016, 7, 1), actor=boss, at=AT)
    documents.register_type(code="ANH", name="Ảnh", actor=boss, at=AT)
    catalog.register_procedure(
        code=PROCEDURE,
        name="Đăng ký thả diều",
        field="TY",
        topics=["vui"],
        agency_level=AgencyLevel.COMMUNE,
        subjects=(SubjectKind.CITIZEN,),
        agency_ids=[agency.id, other.id],
        actor=boss,
        at=AT,
    )
    edition = catalog.publish_edition(
        content=deepcopy(EDITION) | changes,
        form_version_id=forms.publish_form(key="kite", content=FORM, actor=boss, at=AT),
        process_version_id=workflow.publish_process(key="kite", bpmn=process(), actor=boss, at=AT),
        actor=boss,
        at=AT,
    )
    hold = organisation.somebody
    return Province(
        agency=agency,
        other=other,
        desk=hold(agency, Role.DESK_OFFICER, name="Lê Thu Hà"),
        head=hold(agency, Role.HEAD, name="Phạm Quốc Anh"),
        appraiser=hold(agency, Role.APPRAISER, name="Vũ Thanh Tùng"),
        leader=hold(agency, Role.LEADER, name="Đỗ Minh Khôi"),
        clerk=hold(agency, Role.CLERK, name="Ngô Bảo Châu"),
        stranger=hold(other, Role.DESK_OFFICER, name="Người Nơi Khác"),
        citizen=people.person(),
        neighbour=people.person("Hàng Xóm"),
        edition=edition,
    )
