"""Paying online, and what the page says when it went well, badly, or nobody knows yet."""

from datetime import timedelta

import pytest

from motcua.channels.portal.tests.conftest import Citizen, text_of
from motcua.domain.dossiers import queries
from motcua.domain.dossiers.tests.province import AT
from motcua.domain.payments import commands as payments
from motcua.domain.payments import ports
from motcua.domain.payments import queries as accounts
from motcua.domain.payments.ports import Confirmation
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.kernel import clocks
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Unavailable

pytestmark = pytest.mark.django_db


class Gateway:
    """A gateway of the test's own."""

    name = "thu"

    def __init__(self):
        self.started, self.says, self.is_down = [], None, False

    def start(self, attempt, details, *, at):
        if self.is_down:
            raise Unavailable("Nền tảng thanh toán chưa trả lời.", retry=True)
        self.started.append((attempt, details))
        return f"https://pay.test/{attempt.reference}"

    def query(self, attempt, *, at):
        return self.says


@pytest.fixture
def gateway(monkeypatch):
    made = Gateway()
    monkeypatch.setattr(ports, "_gateways", {"thu": made})
    return made


@pytest.fixture
def owing(province_with_fee):
    """A received dossier that waits for 20.000 đ, and its owner's browser."""
    return province_with_fee, province_with_fee.received(), Citizen().sign_in(province_with_fee.citizen.id)


def start(owing, gateway):
    _province, dossier_id, citizen = owing
    away = citizen.send(f"/ho-so/{dossier_id}/nop-tien/", {"gateway": "thu"})
    attempt, details = gateway.started[-1]
    assert away["Location"] == f"https://pay.test/{attempt.reference}"
    return attempt, details


@pytest.mark.requirement("TT21-PL1-9.1", "TT21-PL2-4.1c-10")
def test_what_is_owed_is_paid_online_and_shown_with_its_receipt(owing, gateway):
    province, dossier_id, citizen = owing
    page = citizen.page(f"/ho-so/{dossier_id}/")
    assert "Yêu cầu thực hiện nghĩa vụ tài chính" in page
    assert "Nộp 20.000 đ" in page
    assert "20.000 đ" in citizen.page("/thanh-toan/")
    attempt, details = start(owing, gateway)
    assert (attempt.amount, details.payer_name) == (20000, province.citizen.name)
    assert details.dossier_code == queries.dossier(dossier_id, actor=province.applicant, on=local(AT).date()).code
    assert "Đang chờ cổng thanh toán" in citizen.page(f"/thanh-toan/{attempt.reference}")
    payments.confirm_payment(
        reference=attempt.reference, gateway="thu", transaction="T1", amount=20000, paid_at=clocks.now(),
        actor=people.system(), at=clocks.now(),
    )  # fmt: skip
    paid = citizen.page(f"/thanh-toan/{attempt.reference}")
    assert "Đã nhận 20.000 đ" in paid
    receipt = accounts.account_of(dossier_id).receipts[0]
    assert receipt.code in paid
    pdf = citizen.get(f"/ho-so/{dossier_id}/bien-lai/{receipt.id}.pdf", follow=True)
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert "không còn khoản nào phải nộp" in citizen.page(f"/ho-so/{dossier_id}/nop-tien/")


@pytest.mark.requirement("TT21-PL1-9.2")
def test_a_failed_payment_says_how_to_get_money_back_and_whom_to_ask(owing, gateway):
    _province, _dossier, citizen = owing
    attempt, _details = start(owing, gateway)
    at = clocks.now()
    payments.fail_payment(reference=attempt.reference, gateway="thu", reason="24", actor=people.system(), at=at)
    page = citizen.page(f"/thanh-toan/{attempt.reference}")
    assert "Thanh toán chưa thành công" in page
    assert "Nếu tài khoản của bạn đã bị trừ tiền" in page
    assert "đối soát" in page
    assert "Nộp lại" in page


def test_a_lost_call_back_is_found_by_asking_again(owing, gateway):
    _province, dossier_id, citizen = owing
    attempt, _details = start(owing, gateway)
    address = f"/thanh-toan/{attempt.reference}/hoi-lai/"
    citizen.send(address)
    assert "chưa ghi nhận giao dịch nào" in citizen.page(f"/thanh-toan/{attempt.reference}")
    gateway.says = Confirmation(attempt.reference, "T2", 20000, True, clocks.now())
    citizen.send(address)
    assert accounts.account_of(dossier_id).owed == 0
    assert "Đã nộp tiền" in citizen.page(f"/thanh-toan/{attempt.reference}")


@pytest.mark.requirement("TT21-PL1-9.2")
def test_money_paid_twice_is_asked_back_and_its_way_is_followed(owing, gateway):
    _province, dossier_id, citizen = owing
    first, _ = start(owing, gateway)
    second, _ = start(owing, gateway)
    for number, attempt in enumerate((first, second)):
        payments.confirm_payment(
            reference=attempt.reference, gateway="thu", transaction=f"D{number}", amount=20000, paid_at=clocks.now(),
            actor=people.system(), at=clocks.now(),
        )  # fmt: skip
    assert "Hoàn tiền nộp thừa" in citizen.page(f"/ho-so/{dossier_id}/")
    address = f"/ho-so/{dossier_id}/hoan-tien/"
    assert "nộp thừa 20.000 đ" in citizen.page(address)
    assert "Hãy ghi lý do" in text_of(citizen.send(address, {"reason": ""}, 422))
    citizen.send(address, {"reason": "Nộp hai lần"})
    assert "đang xem xét" in citizen.page(address)


def test_when_the_platform_is_down_the_page_says_so(owing, gateway):
    _province, dossier_id, citizen = owing
    gateway.is_down = True
    page = citizen.send(f"/ho-so/{dossier_id}/nop-tien/", {"gateway": "thu"}, 422)
    assert "chưa trả lời" in text_of(page)
    assert "tiền mặt" in text_of(page)


def test_somebody_elses_payment_is_not_there(owing, gateway):
    province, dossier_id, _citizen = owing
    attempt, _details = start(owing, gateway)
    stranger = Citizen().sign_in(province.neighbour.id)
    assert stranger.get(f"/thanh-toan/{attempt.reference}").status_code == 404
    assert stranger.post(f"/thanh-toan/{attempt.reference}/hoi-lai/").status_code == 404
    assert stranger.post(f"/ho-so/{dossier_id}/nop-tien/", {"gateway": "thu"}).status_code == 404
    assert stranger.get(f"/ho-so/{dossier_id}/hoan-tien/").status_code == 404
    assert stranger.get("/thanh-toan/khongco").status_code == 404


def test_an_attempt_runs_out(owing, gateway, monkeypatch):
    _province, _dossier, citizen = owing
    attempt, _details = start(owing, gateway)
    from motcua.channels.portal import paying

    monkeypatch.setattr(paying, "now", lambda: attempt.expires_at + timedelta(minutes=1))
    assert "đã hết hạn" in citizen.page(f"/thanh-toan/{attempt.reference}")
