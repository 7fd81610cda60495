"""A citizen pays, an officer takes cash, an accountant reconciles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from motcua.domain.payments import commands, models, queries
from motcua.domain.payments.tests.people import (
    AGENCY,
    CASHIER,
    CHARGE,
    CITIZEN,
    FEE,
    HEAD,
    LATER,
    NOW,
    TAX,
    confirm,
    owe,
    visit,
)
from motcua.domain.payments.types import (
    ExpiredAttempt,
    Method,
    RefundState,
    Resolution,
    Stage,
    UnknownReference,
    UsedTransaction,
    WrongAmount,
    WrongGateway,
)
from motcua.foundation.identity.commands import register_organisation
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed, Reused, WrongState
from motcua.foundation.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("TT21-PL1-9.1", "TT11-30.1")
def test_paying_online_settles_the_dues_with_a_numbered_receipt_and_the_reference() -> None:
    account = owe()
    attempt = visit(account)
    assert (attempt.amount, attempt.expires_at) == (750_000, NOW + timedelta(minutes=20))
    done = confirm(attempt, "GD-77")
    assert done.receipt is not None
    assert (done.settled, done.credit, done.receipt.code) == (750_000, 0, "26E-0000001")
    assert [(line.name, line.amount) for line in done.receipt.lines] == [
        ("Lệ phí cấp giấy", 50_000),
        ("Phí thẩm định", 700_000),
    ]
    after = queries.account_of(account.subject_id)
    assert (after.owed, after.paid, after.payments[0].transaction) == (0, 750_000, "GD-77")
    assert queries.attempt(attempt.reference).is_settled
    last = journal.history(account.subject_id)[-1]
    assert last.kind == "payment.settled"
    assert last.data is not None
    assert (last.data["receipt"], last.data["owed"]) == ("26E-0000001", 0)


def test_a_confirmation_said_twice_has_the_first_outcome() -> None:
    account = owe()
    attempt = visit(account)
    first, second = confirm(attempt), confirm(attempt)
    assert (first.first_time, second.first_time) == (True, False)
    assert replace(second, first_time=True) == first
    # even long after the page has closed
    assert confirm(attempt, paid_at=NOW + timedelta(days=3)).payment_id == first.payment_id
    assert len(queries.account_of(account.subject_id).receipts) == 1
    assert [e.kind for e in journal.history(account.subject_id)].count("payment.settled") == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"amount": 749_999}, WrongAmount),
        ({"amount": 750_001}, WrongAmount),
        ({"reference": "261112ZZZZZZZZZZ"}, UnknownReference),
        ({"gateway": "vnpay"}, WrongGateway),
        ({"paid_at": NOW + timedelta(minutes=20, seconds=1)}, ExpiredAttempt),
    ],
)
def test_what_cannot_be_settled_is_refused_and_kept_once_for_reconciliation(
    said: dict[str, object], error: type[Exception]
) -> None:
    account = owe()
    attempt = visit(account)
    for _time in range(2):
        with pytest.raises(error):
            confirm(attempt, "GD9", **said)  # type: ignore[arg-type]
    (anomaly,) = queries.open_anomalies()
    assert anomaly.transaction == "GD9"
    assert queries.account_of(account.subject_id).paid == 0


@pytest.mark.requirement("TT21-PL1-9.1")
def test_the_accountant_finds_the_money_and_it_settles_after_all() -> None:
    account = owe()
    attempt = visit(account)
    with pytest.raises(WrongAmount):
        confirm(attempt, amount=800_000)
    (anomaly,) = queries.open_anomalies()
    resolve = {"anomaly_id": anomaly.id, "actor": HEAD, "at": LATER}
    with pytest.raises(Invalid, match="đối soát"):
        commands.resolve_anomaly(**resolve, resolution=Resolution.TAKEN, note="")  # type: ignore[arg-type]
    done = commands.resolve_anomaly(**resolve, resolution=Resolution.TAKEN, note="sao kê 12/11")  # type: ignore[arg-type]
    assert done is not None
    assert (done.settled, done.credit) == (750_000, 50_000)
    assert queries.open_anomalies() == []
    with pytest.raises(WrongState):
        commands.resolve_anomaly(**resolve, resolution=Resolution.DISMISSED, note="nhầm")  # type: ignore[arg-type]


def test_money_for_a_dropped_due_is_a_credit_that_can_be_given_back() -> None:
    account = owe()
    attempt = visit(account)
    commands.drop_dues(subject_id=account.subject_id, reason="Rút hồ sơ", actor=CITIZEN, at=NOW)
    done = confirm(attempt)
    assert (done.settled, done.credit, done.receipt) == (0, 750_000, None)
    history = [event.kind for event in journal.history(account.subject_id)]
    assert history[-1] == "payment.credited"
    assert "payment.settled" not in history
    refund = commands.ask_refund(
        subject_id=account.subject_id, amount=750_000, reason="Đã rút hồ sơ", actor=CITIZEN, at=LATER
    )
    assert queries.account_of(account.subject_id).credit == 0
    commands.decide_refund(refund_id=refund.id, approve=True, document="QĐ 5", actor=HEAD, at=LATER)
    done_refund = commands.finish_refund(refund_id=refund.id, transaction="CK-1", actor=CASHIER, at=LATER)
    assert (done_refund.state, done_refund.document, done_refund.transaction) == (RefundState.DONE, "QĐ 5", "CK-1")


def test_paying_twice_on_two_pages_leaves_the_second_as_a_credit() -> None:
    account = owe()
    one, two = visit(account), visit(account)
    confirm(one, "GD1")
    assert confirm(two, "GD2").credit == 750_000
    assert queries.account_of(account.subject_id).paid == 750_000


def test_one_transaction_of_the_gateway_cannot_pay_two_references() -> None:
    one, two = visit(owe()), visit(owe())
    confirm(one, "GD1")
    with pytest.raises(UsedTransaction):
        confirm(two, "GD1")
    (anomaly,) = queries.open_anomalies()
    with pytest.raises(WrongState, match="đã được ghi nhận"):
        commands.resolve_anomaly(
            anomaly_id=anomaly.id, resolution=Resolution.TAKEN, note="sao kê", actor=HEAD, at=LATER
        )
    assert queries.account_of(two.subject_id).owed == 750_000


def test_cash_gives_change_and_lies_in_the_till() -> None:
    account = owe(FEE)
    take = {"subject_id": account.subject_id, "due_ids": [account.dues[0].id], "till": "Quầy 1", "actor": CASHIER}
    with pytest.raises(Invalid, match=r"cần 700\.000 đ"):
        commands.take_cash(**take, tendered=500_000, at=NOW)  # type: ignore[arg-type]
    receipt = commands.take_cash(**take, tendered=1_000_000, at=NOW)  # type: ignore[arg-type]
    assert (receipt.amount, receipt.change, receipt.payer_name) == (700_000, 300_000, "Trần Thị Bình")
    with pytest.raises(WrongState, match="Không còn khoản nào"):
        commands.take_cash(**take, tendered=1_000_000, at=NOW)  # type: ignore[arg-type]
    shift = queries.open_shift_of(AGENCY, "Quầy 1")
    assert shift is not None
    assert shift.expected == 700_000
    with pytest.raises(WrongState, match="ca mở"):
        commands.open_shift(agency_id=AGENCY, till="Quầy 1", opening=0, actor=CASHIER, at=NOW)
    with pytest.raises(Invalid, match="bị lệch"):
        commands.close_shift(shift_id=shift.id, counted=690_000, actor=CASHIER, at=LATER)
    closed = commands.close_shift(shift_id=shift.id, counted=690_000, note="thiếu 10.000", actor=CASHIER, at=LATER)
    assert closed.difference == -10_000
    with pytest.raises(WrongState, match="đã đóng"):
        commands.close_shift(shift_id=shift.id, counted=690_000, note="x", actor=CASHIER, at=LATER)


def test_a_cash_refund_leaves_the_till() -> None:
    commands.open_shift(agency_id=AGENCY, till="Quầy 2", opening=100_000, actor=CASHIER, at=NOW)
    account = owe(FEE)
    due = account.dues[0].id
    commands.take_cash(
        subject_id=account.subject_id, due_ids=[due], tendered=700_000, till="Quầy 2", actor=CASHIER, at=NOW
    )
    refund = commands.ask_refund(
        subject_id=account.subject_id, due_id=due, amount=200_000, reason="Thu thừa", actor=CASHIER, at=LATER
    )
    with pytest.raises(NotAllowed, match="không được tự duyệt"):
        commands.decide_refund(refund_id=refund.id, approve=True, document="QĐ 6", actor=CASHIER, at=LATER)
    with pytest.raises(WrongState):
        commands.finish_refund(refund_id=refund.id, till="Quầy 2", actor=CASHIER, at=LATER)
    commands.decide_refund(refund_id=refund.id, approve=True, document="QĐ 6", actor=HEAD, at=LATER)
    commands.finish_refund(refund_id=refund.id, till="Quầy 2", actor=CASHIER, at=LATER)
    shift = queries.open_shift_of(AGENCY, "Quầy 2")
    assert shift is not None
    assert (shift.opening, shift.expected) == (100_000, 600_000)
    after = queries.account_of(account.subject_id)
    assert (after.dues[0].refunded, after.owed) == (200_000, 0)


def test_no_more_is_given_back_than_came_in() -> None:
    account = owe(FEE)
    confirm(visit(account))
    ask = {"subject_id": account.subject_id, "due_id": account.dues[0].id, "actor": CITIZEN, "at": LATER}
    refused = commands.ask_refund(**ask, amount=700_000, reason="đổi ý")  # type: ignore[arg-type]
    with pytest.raises(WrongState, match="tối đa 0 đ"):
        commands.ask_refund(**ask, amount=1, reason="đổi ý")  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="lý do từ chối"):
        commands.decide_refund(refund_id=refused.id, approve=False, actor=HEAD, at=LATER)
    commands.decide_refund(refund_id=refused.id, approve=False, reason="Đã thẩm định", actor=HEAD, at=LATER)
    assert commands.ask_refund(**ask, amount=300_000, reason="một phần").state is RefundState.ASKED  # type: ignore[arg-type]


def test_an_exemption_needs_its_article_and_lowers_what_is_owed() -> None:
    account = owe(FEE)
    exempt = {"subject_id": account.subject_id, "due_id": account.dues[0].id, "actor": HEAD, "at": NOW}
    with pytest.raises(Invalid, match="điều luật"):
        commands.exempt_due(**exempt, amount=700_000, ground="")  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="còn phải nộp"):
        commands.exempt_due(**exempt, amount=700_001, ground="Điều 10")  # type: ignore[arg-type]
    half = commands.exempt_due(**exempt, amount=350_000, ground="Luật PLP Điều 10", document="Sổ hộ nghèo")  # type: ignore[arg-type]
    assert half.owed == 350_000
    assert confirm(visit(half)).settled == 350_000


def test_stating_again_changes_only_what_differs() -> None:
    account = owe(FEE, CHARGE)
    assert owe(FEE, CHARGE, subject=account.subject_id).dues == account.dues
    dearer = owe(replace(FEE, amount=900_000), subject=account.subject_id)
    assert dearer.owed == 950_000
    confirm(visit(dearer))
    more = owe(replace(FEE, amount=1_000_000), subject=account.subject_id)
    assert more.owed == 100_000
    with pytest.raises(WrongState, match="hoàn trả"):
        owe(replace(FEE, amount=100_000), subject=account.subject_id)
    with pytest.raises(Invalid, match="không âm"):
        owe(replace(FEE, amount=-1))
    with pytest.raises(Invalid, match="trùng mã"):
        owe(FEE, FEE)


@pytest.mark.requirement("TT11-18.3")
def test_what_is_owed_is_told_with_its_amount_and_last_day_and_free_procedures_owe_nothing() -> None:
    last_day = (NOW + timedelta(days=10)).date()
    account = owe(replace(FEE, pay_until_on=last_day), CHARGE)
    (due,) = account.owed_at(Stage.ACCEPTANCE)
    assert (due.owed, due.pay_until_on) == (700_000, last_day)
    assert [each.key for each in account.owed_at(Stage.ACCEPTANCE, Stage.RETURN)] == ["charge", "fee"]
    free = owe(replace(FEE, amount=0))
    assert (free.dues, free.owed) == ((), 0)
    assert queries.account_of(new_id()).owed == 0
    assert commands.drop_dues(subject_id=new_id(), reason="x", actor=CITIZEN, at=NOW) is None


def test_money_the_state_collects_elsewhere_has_no_till_and_no_receipt() -> None:
    account = owe(TAX)
    due = account.dues[0].id
    assert account.owed == 0
    with pytest.raises(Invalid, match="cơ quan khác"):
        commands.take_cash(
            subject_id=account.subject_id, due_ids=[due], tendered=9_000_000, till="Quầy 1", actor=CASHIER, at=NOW
        )
    proven = commands.prove_due(
        subject_id=account.subject_id, due_id=due, document="Giấy nộp tiền 123", actor=CASHIER, at=NOW
    )
    assert (proven.dues[0].proof, proven.receipts) == ("Giấy nộp tiền 123", ())
    fee = owe(FEE)
    with pytest.raises(WrongState, match="xuất biên lai"):
        commands.prove_due(subject_id=fee.subject_id, due_id=fee.dues[0].id, document="x", actor=CASHIER, at=NOW)


def test_a_transfer_pays_in_part_and_its_number_counts_once() -> None:
    account = owe(FEE)
    send = {
        "subject_id": account.subject_id,
        "due_ids": [account.dues[0].id],
        "transaction": "FT26316",
        "paid_at": NOW,
        "actor": CASHIER,
        "at": LATER,
    }
    part = commands.take_transfer(**send, amount=300_000)  # type: ignore[arg-type]
    assert (part.settled, queries.account_of(account.subject_id).owed) == (300_000, 400_000)
    assert not commands.take_transfer(**send, amount=300_000).first_time  # type: ignore[arg-type]
    with pytest.raises(Reused):
        commands.take_transfer(**send, amount=400_000)  # type: ignore[arg-type]
    send["transaction"] = "BĐ-9"
    rest = commands.take_transfer(**send, amount=500_000, method=Method.POST)  # type: ignore[arg-type]
    assert (rest.settled, rest.credit) == (400_000, 100_000)


def test_a_void_receipt_keeps_its_number_and_another_stands_in_its_place() -> None:
    account = owe(FEE)
    done = confirm(visit(account))
    assert done.receipt is not None
    new = commands.void_receipt(
        receipt_id=done.receipt.id, reason="Sai tên", payer_name="Trần Thị Bình An", actor=CASHIER, at=LATER
    )
    assert (new.number, new.amount, new.payer_name) == (2, 700_000, "Trần Thị Bình An")
    old, current = queries.account_of(account.subject_id).receipts
    assert (old.is_void, old.void_reason, current.is_void) == (True, "Sai tên", False)
    with pytest.raises(WrongState, match="đã hủy"):
        commands.void_receipt(receipt_id=old.id, reason="nữa", payer_name="", actor=CASHIER, at=LATER)


def test_a_receipt_names_the_payer_as_identity_knows_them() -> None:
    payer = register_organisation(name="Công ty TNHH Mẫu", actor=CASHIER, at=NOW)
    subject = new_id()
    account = commands.state_dues(
        subject_id=subject, agency_id=AGENCY, payer_id=payer.id, dues=[FEE], actor=CASHIER, at=NOW
    )
    receipt = confirm(visit(account)).receipt
    assert receipt is not None
    assert receipt.payer_name == "Công ty TNHH Mẫu"


def test_receipts_are_numbered_per_agency_and_year() -> None:
    other = new_id()
    numbers = [
        confirm(visit(owe(FEE, agency=agency)), f"GD{n}").receipt.code  # type: ignore[union-attr]
        for n, agency in enumerate([AGENCY, other, AGENCY])
    ]
    assert numbers == ["26E-0000001", "26E-0000001", "26E-0000002"]
    attempt = visit(owe(FEE), NOW + timedelta(days=100))
    assert confirm(attempt, "GD9", paid_at=NOW + timedelta(days=100)).receipt.code == "27E-0000001"  # type: ignore[union-attr]


def test_a_lost_call_back_is_found_by_the_sweep_and_a_failure_is_noted_once() -> None:
    waiting, paid, failed = visit(owe()), visit(owe()), visit(owe())
    confirm(paid)
    for _time in range(2):
        commands.fail_payment(
            reference=failed.reference, gateway="payplat", reason="Người nộp hủy", actor=CITIZEN, at=LATER
        )
    found = queries.unsettled_attempts(NOW - timedelta(hours=1), LATER)
    assert [attempt.reference for attempt in found] == [waiting.reference]
    assert queries.attempt(failed.reference).failure == "Người nộp hủy"
    # a bank that changes its mind is believed when the money comes
    assert confirm(failed, "GD8").settled == 750_000
    with pytest.raises(Missing):
        commands.fail_payment(reference="x", gateway="payplat", reason="x", actor=CITIZEN, at=LATER)


def test_dues_of_another_dossier_are_not_there() -> None:
    mine, theirs = owe(FEE), owe(FEE)
    with pytest.raises(Missing):
        commands.open_payment(
            subject_id=mine.subject_id, due_ids=[theirs.dues[0].id], gateway="payplat", actor=CITIZEN, at=NOW
        )


@pytest.mark.parametrize("table", [models.Payment, models.FeeReceipt, models.Due, models.Allocation])
def test_the_ledger_cannot_be_rewritten(table: type[models.Payment]) -> None:
    confirm(visit(owe()))
    with pytest.raises(ProgrammingError), transaction.atomic():
        table.objects.update(amount=1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        table.objects.all()._raw_delete("default")
