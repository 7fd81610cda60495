"""A dossier filed on the portal enters the same queue as any other, once; what cannot be taken is kept and explained."""

from __future__ import annotations

import json
import time
from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from motcua.channels.connectors.national_portal import reading, taking_in
from motcua.channels.connectors.national_portal.settings import NAME
from motcua.channels.connectors.national_portal.tests.conftest import PROCEDURE, Portal
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.queries import Filter
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.forms import queries as forms
from motcua.domain.notices import queries as notices
from motcua.domain.statuses.types import State
from motcua.foundation.exchange import queries as exchange
from motcua.foundation.exchange import worker
from motcua.foundation.exchange.types import MessageState
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.identity.types import Identifier, IdentifierKind, PartyKind
from motcua.foundation.journal import relay
from motcua.foundation.journal.models import Lane
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Invalid, Missing
from motcua.foundation.organisation.models import Agency
from motcua.foundation.storage import queries as storage
from motcua.sandbox.hosting.outward import signature
from motcua.sandbox.tests.world import HTTP, Product

pytestmark = pytest.mark.urls("motcua.channels.connectors.national_portal.tests.urls")
PATH = "/connectors/national-portal/dossiers"
AN = "001085012345"  # Nguyễn Văn An, a citizen of the sandbox
ANSWERS = {"size": 3, "who": {"full_name": "Nguyễn Văn An"}}


class Outside:
    """Files dossiers on the sandbox's portal and carries what it sends to our view."""

    def __init__(self, portal: Portal, product: Product, client: Client, province: Province) -> None:
        self.portal, self.product, self.client, self.province = portal, product, client, province

    def file(self, **changes: Any) -> dict[str, Any]:
        """File on the portal; returns the message it sent."""
        wish = {
            "MaTTHC": PROCEDURE,
            "MaDonViTiepNhan": self.province.agency.code,
            "SoDinhDanh": AN,
            "DuLieuBieuMau": ANSWERS,
            "ThanhPhanHoSo": [{"Ma": "picture", "Ten": "Ảnh con diều"}],
        } | changes
        answer = HTTP.post(self.portal.described["push_url"], json=wish)
        answer.raise_for_status()
        body: dict[str, Any] = self.product.wait_for(
            PATH, where=lambda told: told.json["MaThongDiep"] == answer.json()["message_id"]
        ).json
        return body

    def send(self, body: dict[str, Any], *, secret: str = "", stamp: int = 0) -> int:
        raw = json.dumps(body, ensure_ascii=False).encode()
        timestamp, message_id = str(stamp or int(time.time())), str(body.get("MaThongDiep", ""))
        key = secret or self.portal.described["inbound_secret"]
        headers = {
            "X-Sandbox-Timestamp": timestamp,
            "X-Sandbox-Message-Id": message_id,
            "X-Sandbox-Signature": signature(key, timestamp, message_id, raw),
        }
        return self.client.post(PATH, data=raw, content_type="application/json", headers=headers).status_code

    def push(self, **changes: Any) -> str:
        """File, send, and let everything happen; returns the code."""
        body = self.file(**changes)
        assert self.send(body) == 200
        settle()
        return str(body["NoiHoSo"]["MaHoSo"])


def settle() -> None:
    for _ in range(3):
        relay.drain()
        worker.drain()


def dossier_of(code: str) -> UUID:
    found = queries.by_remote(NAME, code)
    assert found is not None, [lane.why for lane in Lane.objects.all()]
    return found


@pytest.fixture
def outside(portal: Portal, product: Product, client: Client, province: Province) -> Outside:
    return Outside(portal, product, client, province)


@pytest.mark.requirement("TT11-12.2a", "TT11-12.2h", "TT21-PL2-5.4", "TT11-31.1")
def test_a_pushed_dossier_waits_in_the_desks_queue_and_the_desk_is_told(outside: Outside) -> None:
    desk, today = outside.province.desk, local(now()).date()
    outside.province.submitted()
    code = outside.push()
    found = queries.find_many(Filter(channels=("national_portal",)), actor=desk, at=now(), on=today)
    assert [(row.code, row.owner_name, row.state) for row in found.rows] == [(code, "Nguyễn Văn An", State.SUBMITTED)]
    assert found.rows[0].submitted_at is not None
    assert found.rows[0].channel is ReceptionChannel.NATIONAL_PORTAL
    assert any(notice.subject_id == dossier_of(code) for notice in notices.mine(desk))


def test_its_answers_files_and_person_are_ours_then(outside: Outside) -> None:
    code = outside.push()
    dossier_id = dossier_of(code)
    assert forms.answers(dossier_id).values["size"] == 3
    assert forms.answers(dossier_id).sources["size"] == "DVCQG"
    (use,) = documents.uses_of(dossier_id)
    assert use.file_id is not None
    assert storage.read(use.file_id).startswith(b"%PDF")
    owner = identity.party(queries.public_view(dossier_id).owner_id)
    assert (owner.number(IdentifierKind.PERSONAL_NUMBER), owner.known["name"].source) == (AN, "DVCQG")
    assert identity.find_party(Identifier(IdentifierKind.PERSONAL_NUMBER, AN)) == owner


@pytest.mark.requirement("TT11-31.2")
def test_the_portal_hears_of_its_own_dossier_from_then_on(outside: Outside) -> None:
    code = outside.push()
    commands.receive(dossier_id=dossier_of(code), actor=outside.province.desk, at=now())
    settle()
    found = outside.portal.dossier(code)
    assert found is not None
    assert (found["status"], found["data"]["NoiNopHoSo"]) == ("4", "1")


def test_a_message_sent_again_and_a_dossier_pushed_again_are_one(outside: Outside) -> None:
    body = outside.file()
    assert [outside.send(body) for _ in range(2)] == [200, 200]
    again = deepcopy(body) | {"MaThongDiep": "another-message"}
    assert outside.send(again) == 200
    settle()
    assert len(documents.uses_of(dossier_of(body["NoiHoSo"]["MaHoSo"]))) == 1
    shown = queries.find_many(Filter(), actor=outside.province.desk, at=now(), on=local(now()).date())
    assert len(shown.rows) == 1
    changed = deepcopy(body)
    changed["NoiHoSo"]["ChuHoSo"] = "Người Khác"
    assert outside.send(changed) == 409


@pytest.mark.requirement("TT11-31.1")
def test_a_forged_an_old_and_an_unreadable_message_are_refused(outside: Outside) -> None:
    body = outside.file()
    assert outside.send(body, secret="somebody else's") == 401
    assert outside.send(body, stamp=int(time.time()) - 3600) == 401
    assert outside.client.post(PATH, data=b"{}", content_type="application/json").status_code == 401
    assert outside.send({"service": "KhacHan", "MaThongDiep": "m"}) == 400
    assert outside.client.get(PATH).status_code == 405
    relay.drain()
    assert queries.by_remote(NAME, body["NoiHoSo"]["MaHoSo"]) is None


def test_an_installation_without_a_portal_takes_nothing(client: Client, db: None) -> None:
    assert NAME not in settings.MOTCUA.systems
    assert client.post(PATH, data=b"{}", content_type="application/json").status_code == 404


class TestWhatCannotBeTaken:
    """Nothing is lost: the message is kept as it came, and the sentence says what to mend."""

    def parked(self, outside: Outside, **changes: Any) -> str:
        body = outside.file(**changes)
        assert outside.send(body) == 200
        relay.drain()
        assert queries.by_remote(NAME, body["NoiHoSo"]["MaHoSo"]) is None
        (lane,) = Lane.objects.filter(handler="national_portal.take_in")
        assert body["NoiHoSo"]["MaHoSo"] in lane.why
        return lane.why

    def test_a_procedure_that_is_not_published(self, outside: Outside) -> None:
        why = self.parked(outside, MaTTHC="1.001193")
        assert "1.001193" in why
        assert "chưa được công bố" in why

    def test_an_agency_that_is_not_ours(self, outside: Outside) -> None:
        assert "không có cơ quan mang mã H78.99" in self.parked(outside, MaDonViTiepNhan="H78.99")

    def test_a_question_that_the_form_does_not_have(self, outside: Outside) -> None:
        assert "CannotTakeIn" in self.parked(outside, DuLieuBieuMau={"wingspan": 3})

    def test_a_component_that_is_not_asked(self, outside: Outside) -> None:
        assert "passport" in self.parked(outside, ThanhPhanHoSo=[{"Ma": "passport", "Ten": "Hộ chiếu"}])

    def test_a_number_that_is_somebody_elses(self, outside: Outside) -> None:
        people.person("Nguyễn Văn Khác", sex=people.Sex.MALE, number=AN, birth_on=people.date(1985, 3, 12))
        assert "tên khác" in self.parked(outside)

    def test_after_mending_it_is_taken(self, outside: Outside) -> None:
        body = outside.file(MaDonViTiepNhan="H78.01")
        outside.send(body)
        relay.drain()
        (lane,) = Lane.objects.filter(handler="national_portal.take_in")
        Agency.objects.filter(id=outside.province.agency.id).update(code="H78.01")
        Lane.objects.filter(handler=lane.handler).update(next_try_at=AT)
        settle()
        assert queries.public_view(dossier_of(body["NoiHoSo"]["MaHoSo"])).state is State.SUBMITTED

    def test_a_file_that_is_not_what_the_portal_said(self, outside: Outside) -> None:
        body = outside.file()
        paper = body["NoiHoSo"]["ThanhPhanHoSo"][0]["GiayToDinhKem"][0]
        paper["HashTepTin"] = "0" * 64
        assert "SHA-256" in self.lane_stops(outside, body)

    def test_a_file_longer_than_announced(self, outside: Outside) -> None:
        body = outside.file()
        body["NoiHoSo"]["ThanhPhanHoSo"][0]["GiayToDinhKem"][0]["KichThuoc"] = 10
        assert "10 byte" in self.lane_stops(outside, body)

    @pytest.mark.parametrize("url", ["http://127.0.0.1:9/etc", "file:///etc/passwd", "https://evil.example.vn/x"])
    def test_a_file_that_lies_elsewhere_is_never_fetched(self, outside: Outside, url: str) -> None:
        body = outside.file()
        body["NoiHoSo"]["ThanhPhanHoSo"][0]["GiayToDinhKem"][0]["DuongDanTaiTepTin"] = url
        assert "không phải máy chủ của Cổng" in self.lane_stops(outside, body)

    def test_a_dossier_that_lacks_a_component(self, outside: Outside) -> None:
        assert "Ảnh con diều" in self.lane_stops(outside, outside.file(ThanhPhanHoSo=[]))

    def lane_stops(self, outside: Outside, body: dict[str, Any]) -> str:
        assert outside.send(body) == 200
        settle()
        dossier_id = dossier_of(body["NoiHoSo"]["MaHoSo"])
        assert queries.public_view(dossier_id).state is State.DRAFT
        assert documents.uses_of(dossier_id) == []
        assert MessageState.PARKED in {state for _kind, state in exchange.sent_about(dossier_id, NAME)}
        return next(view.last_failure for view in exchange.systems() if view.system == NAME)


class TestReading:
    BODY: dict[str, Any] = {
        "NoiHoSo": {
            "MaHoSo": "000.00.00.H99-261120-9001",
            "MaTTHC": "2.000815.000.00.00.H99",
            "MaTruongHop": "",
            "ChuHoSo": "Công ty TNHH Thực phẩm Sạch",
            "LoaiDoiTuong": 1,
            "MaDonViTiepNhan": "000.00.15.H99",
            "DuLieuBieuMau": {},
            "ThanhPhanHoSo": [],
            "ThongTinNguoiNop": {
                "ThongTinChiTiet": {
                    "TenNguoiNop": "Nguyễn Văn An",
                    "SoDinhDanh": AN,
                    "NgaySinh": "19850312",
                    "SoDienThoai": "không có",
                    "MaSoThue": "2401315515",
                }
            },
        }
    }

    def test_codes_lose_their_suffixes_and_old_agency_codes_their_order(self) -> None:
        found = reading.read(self.BODY)
        assert (found.procedure, found.agency, found.is_organisation) == ("2.000815", "H99.15", True)
        assert found.applicant.phone == ""

    def test_everything_that_is_missing_is_told_at_once(self) -> None:
        body = deepcopy(self.BODY)
        del body["NoiHoSo"]["MaHoSo"]
        body["NoiHoSo"]["ThongTinNguoiNop"]["ThongTinChiTiet"] |= {"SoDinhDanh": 5, "NgaySinh": "12/03/1985"}
        with pytest.raises(Invalid) as refused:
            reading.read(body)
        assert [one.field for one in refused.value.problems] == ["MaHoSo", "SoDinhDanh", "NgaySinh"]

    @pytest.mark.parametrize("body", [{}, {"NoiHoSo": []}, {"NoiHoSo": {"ThanhPhanHoSo": [1], "DuLieuBieuMau": [2]}}])
    def test_nonsense_is_a_problem_and_never_a_crash(self, body: dict[str, Any]) -> None:
        with pytest.raises(Invalid):
            reading.read(body)

    def test_a_company_is_found_by_its_tax_code_or_registered(self, outside: Outside) -> None:
        code = outside.push(SoDinhDanh="024075006653")
        owner = identity.party(queries.public_view(dossier_of(code)).owner_id)
        assert owner.kind is PartyKind.ORGANISATION
        with pytest.raises(Missing):
            taking_in._agency(reading.read(self.BODY))
