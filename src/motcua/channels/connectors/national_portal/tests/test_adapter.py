"""The adapter over the wire: sessions, repeats, refusals."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from motcua.channels.connectors.national_portal import messages, standing
from motcua.channels.connectors.national_portal.adapter import NationalPortal
from motcua.channels.connectors.national_portal.handlers import STEP, WHOLE
from motcua.channels.connectors.national_portal.settings import NAME, Settings, WrongSettings
from motcua.channels.connectors.national_portal.tests.conftest import Portal
from motcua.channels.connectors.national_portal.tests.test_messages import AT, LIFE, paper, picture, use
from motcua.domain.statuses.ready import TT11
from motcua.foundation.exchange.ports import Later, Refused
from motcua.foundation.exchange.types import Outgoing

pytestmark = pytest.mark.urls("motcua.channels.connectors.national_portal.tests.urls")


def new_code() -> str:
    return f"H99.05-261120-{secrets.token_hex(4).upper()}"


def whole(code: str, seq: int = 2, *, updating: bool = False, attempt: int = 1, **shown: Any) -> Outgoing:
    data = messages.dossier(picture(code=code, **shown), standing.after(LIFE, seq, TT11))
    return outgoing(WHOLE, {"updating": updating, "data": data}, attempt)


def step(code: str, seq: int = 2, *, attempt: int = 1) -> Outgoing:
    act = messages.Step("Lê Thu Hà", "Chuyên viên", "Bộ phận Một cửa", f"Bước {seq}")
    return outgoing(STEP, {"data": messages.progress(code, standing.after(LIFE, seq, TT11), act)}, attempt)


def outgoing(kind: str, body: dict[str, Any], attempt: int) -> Outgoing:
    return Outgoing(uuid4(), NAME, kind, UUID(int=1), body, attempt, AT)


@pytest.mark.requirement("TT11-31.1")
def test_a_life_of_messages_is_taken_in_order_under_one_session(portal: Portal) -> None:
    code = new_code()
    for seq in range(2, 11):
        portal.adapter.deliver(whole(code, seq, updating=seq > 2, uses=(use(),), results=(paper(),)))
        portal.adapter.deliver(step(code, seq))
    told = portal.steps(code)
    assert [status for service, status in told if service == WHOLE] == ["1", "2", "4", "4", "5", "4", "4", "9", "10"]
    assert len(told) == 18
    found = portal.dossier(code)
    assert found is not None
    (result,) = found["data"]["DanhSachGiayToKetQua"]
    assert "/connectors/national-portal/files/" in result["DuongDanTepTinKetQua"]


def test_what_exists_already_is_updated_and_what_is_gone_is_created(portal: Portal) -> None:
    code = new_code()
    portal.adapter.deliver(whole(code))
    portal.adapter.deliver(whole(code))
    assert [status for _, status in portal.steps(code)] == ["1", "1"]
    other = new_code()
    portal.adapter.deliver(whole(other, updating=True))
    assert portal.dossier(other) is not None


def test_a_lost_answer_leaves_one_dossier_and_one_step(
    portal: Portal, portal_settings: Settings, flaky: Callable[[Settings, int], NationalPortal]
) -> None:
    code = new_code()
    first = flaky(portal_settings, 1)
    with pytest.raises(Later):
        first.deliver(whole(code))
    first.deliver(whole(code, attempt=2))
    second = flaky(portal_settings, 1)
    with pytest.raises(Later):
        second.deliver(step(code))
    assert second.deliver(step(code, attempt=2)).answer == "có từ lần gửi trước"
    assert [service for service, _ in portal.steps(code)].count(STEP) == 1


def test_a_session_that_ran_out_is_renewed(portal: Portal) -> None:
    portal.adapter._session = "ran-out"
    portal.adapter.deliver(whole(new_code()))
    assert portal.adapter._session != "ran-out"


def test_wrong_data_is_refused_with_every_finding_and_no_value(portal: Portal) -> None:
    wrong = whole(new_code())
    wrong.body["data"].update(TrichYeuHoSo="x" * 1001, ChuHoSo="")
    with pytest.raises(Refused, match=r"TrichYeuHoSo.*1001") as refused:
        portal.adapter.deliver(wrong)
    assert "ChuHoSo: bắt buộc" in str(refused.value)
    assert "xxx" not in str(refused.value)


def test_a_status_out_of_order_is_refused(portal: Portal) -> None:
    code = new_code()
    portal.adapter.deliver(whole(code))
    with pytest.raises(Refused, match=r"\[-6\]"):
        portal.adapter.deliver(whole(code, 9, updating=True))


def test_a_portal_out_of_service_is_tried_again_later(portal: Portal) -> None:
    portal.sandbox.set_mood(NAME, "refuse")
    try:
        with pytest.raises(Later):
            portal.adapter.deliver(whole(new_code()))
    finally:
        portal.sandbox.set_mood(NAME, "ok")


def test_nobody_at_home_and_a_wrong_password_are_tried_again_later(portal_settings: Settings) -> None:
    gone = replace(portal_settings, login_url="http://127.0.0.1:9/login")
    with pytest.raises(Later):
        NationalPortal(gone).deliver(step("X"))
    stranger = NationalPortal(replace(portal_settings, password="wrong"))
    with pytest.raises(Later, match="Sai tên đăng nhập") as refused:
        stranger.deliver(step("X"))
    assert refused.value.seconds == timedelta(minutes=5).seconds


def test_secrets_are_never_sent_in_clear_nor_shown(portal_settings: Settings) -> None:
    with pytest.raises(WrongSettings):
        replace(portal_settings, service_url="http://apigiaytocanhan.dichvucong.gov.vn/g")
    assert portal_settings.password not in repr(portal_settings)
