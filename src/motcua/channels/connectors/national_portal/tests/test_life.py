"""Whole lives of dossiers, every message of which the portal takes, in order."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from motcua.channels.connectors.national_portal import links
from motcua.channels.connectors.national_portal.handlers import STEP, WHOLE
from motcua.channels.connectors.national_portal.settings import NAME
from motcua.channels.connectors.national_portal.tests.conftest import Portal
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import Form
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests import test_processing as life
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.dossiers.types import Outcome, Receiver
from motcua.foundation.exchange import queries as exchange
from motcua.foundation.exchange import worker
from motcua.foundation.exchange.models import Lane
from motcua.foundation.exchange.types import MessageState
from motcua.foundation.journal import queries as journal
from motcua.foundation.journal import relay
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.storage import queries as storage

pytestmark = pytest.mark.urls("motcua.channels.connectors.national_portal.tests.urls")
HOUR = timedelta(hours=1)


def told(portal: Portal, dossier_id: UUID) -> list[str]:
    """Deliver everything; the statuses of the whole dossiers that the portal took. Nothing may be left behind."""
    relay.drain()
    worker.drain()
    assert {state for _kind, state in exchange.sent_about(dossier_id, NAME)} <= {MessageState.SENT}, problems()
    found = queries.public_view(dossier_id)
    return [status for service, status in portal.steps(found.code) if service == WHOLE]


def problems() -> str:
    return "; ".join(view.last_failure for view in exchange.systems())


def latest(portal: Portal, dossier_id: UUID) -> dict[str, object]:
    found = portal.dossier(queries.public_view(dossier_id).code)
    assert found is not None
    sent = [step["data"] for step in found["steps"] if step["service"] == WHOLE]
    return sent[-1]


@pytest.mark.requirement("TT11-31.1", "TT11-31.2", "TT11-18.10")
def test_from_submission_to_the_returned_result(portal: Portal, province: Province, client: Client) -> None:
    dossier_id = life.sealed(province)
    receiver = Receiver("Trần Thị Bưởi", "040185000001", is_owner=True)
    at = AT + 5 * HOUR
    commands.return_in_person(dossier_id=dossier_id, receiver=receiver, originals=(), actor=province.desk, at=at)
    assert told(portal, dossier_id) == ["1", "2", "4", "9", "10"]
    whole = latest(portal, dossier_id)
    assert (whole["NgayNopHoSo"], whole["NgayTra"]) == ("20261120100000", "20261120150000")
    (result,) = whole["DanhSachGiayToKetQua"]  # type: ignore[misc]
    paper = documents.paper(UUID(result["GiayToId"]))
    answer = client.get(result["DuongDanTepTinKetQua"])
    assert b"".join(answer) == storage.read(paper.file_id)
    (picture,) = whole["TaiLieuNop"]  # type: ignore[misc]
    assert b"".join(client.get(picture["DuongDanTaiTepTin"])) == b"\x89PNG"


@pytest.mark.requirement("TT11-31.2")
def test_the_trace_names_who_did_what_and_who_holds_it_now(portal: Portal, province: Province) -> None:
    dossier_id = life.drafted(province)
    told(portal, dossier_id)
    found = portal.dossier(queries.public_view(dossier_id).code)
    assert found is not None
    steps = [one["data"] for one in found["steps"] if one["service"] == STEP]
    said = [(one["NguoiXuLy"], one["NoiDungXuLy"]) for one in steps]
    assert said[0] == ("Trần Thị Bưởi", "Nộp hồ sơ")
    assert ("Lê Thu Hà", "Tiếp nhận hồ sơ") in said
    assert ("Vũ Thanh Tùng", "Đang thực hiện bước: Thẩm định") in said
    assert ("Vũ Thanh Tùng", "Đã thực hiện bước: Thẩm định") in said
    moments = [one["ThoiDiemXuLy"] for one in steps]
    assert moments == sorted(moments)


@pytest.mark.requirement("TT11-12.2d", "TT11-31.2")
def test_completion_before_reception_is_5_then_1_then_2(portal: Portal, province: Province) -> None:
    dossier_id = province.submitted().dossier_id
    words = {"content": "Ảnh rõ hơn", "reason": "Ảnh mờ", "guidance": "Chụp ban ngày"}
    commands.ask_completion(dossier_id=dossier_id, actor=province.desk, at=AT, **words)
    commands.complete(dossier_id=dossier_id, actor=province.applicant, at=AT + HOUR)
    commands.receive(dossier_id=dossier_id, actor=province.desk, at=AT + 2 * HOUR)
    assert told(portal, dossier_id) == ["1", "5", "1", "2", "4"]
    (asked,) = latest(portal, dossier_id)["DanhSachHoSoBoSung"]  # type: ignore[misc]
    assert (asked["NguoiYeuCauBoSung"], asked["TrangThaiBoSung"]) == ("Lê Thu Hà", "1")


def test_a_supplement_tells_the_new_promised_date(portal: Portal, province: Province) -> None:
    dossier_id = life.assigned(province)
    life.TestSupplement().ask(province, dossier_id)
    at = AT + timedelta(days=3)
    commands.supplement(dossier_id=dossier_id, actor=province.applicant, at=at)
    commands.confirm_supplement(dossier_id=dossier_id, actor=province.desk, at=at + HOUR)
    assert told(portal, dossier_id) == ["1", "2", "4", "5", "4", "4"]
    whole = latest(portal, dossier_id)
    (asked,) = whole["DanhSachHoSoBoSung"]  # type: ignore[misc]
    assert asked["NgayHenTraTruoc"] < asked["NgayHenTraMoi"] == whole["NgayHenTra"]


@pytest.mark.requirement("TT11-12.2c", "TT11-31.2")
def test_refusal_withdrawal_and_not_competent(portal: Portal, province: Province) -> None:
    refused, withdrawn, elsewhere = (province.submitted().dossier_id for _ in range(3))
    more = {"guidance": "", "ground": "Điều 17", "actor": province.desk, "at": AT}
    commands.refuse_reception(dossier_id=refused, reasons=["Diều quá to"], **more)  # type: ignore[arg-type]
    commands.withdraw(dossier_id=withdrawn, reason="Đổi ý", actor=province.applicant, at=AT)
    commands.return_as_not_competent(
        dossier_id=elsewhere, reason="Ở xã khác", right_agency="UBND xã Bên", ground="", actor=province.desk, at=AT
    )
    assert [told(portal, one)[-1] for one in (refused, withdrawn, elsewhere)] == ["3", "7", "3"]
    assert latest(portal, refused)["GhiChu"] == "Diều quá to"


def test_a_stop_asked_declined_and_asked_again(portal: Portal, province: Province) -> None:
    dossier_id = life.assigned(province)
    commands.ask_stop(dossier_id=dossier_id, reason="Bán diều", actor=province.applicant, at=AT)
    commands.decline_stop(dossier_id=dossier_id, reason="Sắp xong", actor=province.leader, at=AT + HOUR)
    commands.ask_stop(dossier_id=dossier_id, reason="Bán thật", actor=province.applicant, at=AT + HOUR)
    commands.stop(dossier_id=dossier_id, reason="Theo đề nghị", actor=province.leader, at=AT + 2 * HOUR)
    assert told(portal, dossier_id) == ["1", "2", "4", "8"]


def test_a_refusing_result_and_its_return(portal: Portal, province: Province) -> None:
    dossier_id = life.sealed(province, Outcome.REFUSED)
    receiver = Receiver("Trần Thị Bưởi", "040185000001", is_owner=True)
    commands.return_in_person(
        dossier_id=dossier_id, receiver=receiver, originals=(), actor=province.desk, at=AT + 6 * HOUR
    )
    assert told(portal, dossier_id) == ["1", "2", "4", "8"]


def test_a_dossier_registered_at_the_counter(portal: Portal, province: Province) -> None:
    dossier_id = commands.start_draft(
        edition_id=province.edition,
        channel=ReceptionChannel.COUNTER,
        desk_agency_id=province.agency.id,
        submitter_id=province.citizen.id,
        owner_id=province.citizen.id,
        actor=province.desk,
        at=AT,
    )
    commands.save_answers(dossier_id=dossier_id, changes={"size": 2}, expected=None, actor=province.desk, at=AT)
    commands.hand_over_paper(
        dossier_id=dossier_id, component_key="picture", form=Form.ORIGINAL, quantity=1, actor=province.desk, at=AT
    )
    commands.register(dossier_id=dossier_id, actor=province.desk, at=AT)
    assert told(portal, dossier_id) == ["1", "2", "4"]
    whole = latest(portal, dossier_id)
    assert whole["KenhThucHien"] == "1"
    assert whole["DanhSachTepDinhKemKhac"] == [{"TenGiayTo": "Ảnh", "SoLuong": "1", "LoaiGiayTo": "Bản chính"}]


def test_a_draft_never_goes(portal: Portal, province: Province) -> None:
    dossier_id = province.draft()
    relay.drain()
    assert exchange.sent_about(dossier_id, NAME) == []


def test_without_a_portal_nothing_is_queued(province: Province) -> None:
    dossier_id = province.submitted().dossier_id
    relay.drain()
    assert exchange.sent_about(dossier_id, NAME) == []


def test_messages_that_wait_are_sent_after_the_portal_is_back(portal: Portal, province: Province) -> None:
    dossier_id = province.received()
    portal.sandbox.set_mood(NAME, "refuse")
    relay.drain()
    worker.drain()
    portal.sandbox.set_mood(NAME, "ok")
    assert {state for _kind, state in exchange.sent_about(dossier_id, NAME)} == {MessageState.WAITING}
    Lane.objects.update(next_try_at=AT)
    assert told(portal, dossier_id) == ["1", "2", "4"]


def test_a_download_is_logged_and_an_altered_or_old_address_opens_nothing(
    portal: Portal, province: Province, client: Client
) -> None:
    dossier_id = province.submitted().dossier_id
    (use,) = documents.uses_of(dossier_id)
    assert use.file_id is not None
    good = links.address(use.file_id, at=now())
    assert client.get(good).status_code == 200
    (read,) = journal.reads_of(province.citizen.id)
    assert (read.actor_kind, read.page) == ("partner", "/connectors/national-portal/files/")
    token = good.rsplit("/", 1)[1]
    for wrong in (token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), token[:20], "khong-phai"):
        with pytest.raises(Missing):
            links.file_of(wrong, at=now())
    with pytest.raises(Missing):
        links.file_of(token, at=now() + timedelta(days=8))
