"""Money adds up, whatever people do in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.domain.payments import commands, queries
from motcua.domain.payments.tests.people import CASHIER, CITIZEN, GATEWAY, HEAD, NOW, owe
from motcua.domain.payments.types import Account, Attempt, DueKind, DueSpec, RefundState, Resolution, Stage
from motcua.foundation.kernel.errors import Problem
from motcua.foundation.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db

AMOUNTS = st.sampled_from([0, 1, 20_000, 50_000, 700_000])


class Walk:
    """One dossier's money under a random sequence of acts; refused acts change nothing."""

    def __init__(self) -> None:
        self.subject, self.agency = new_id(), new_id()
        self.attempts: list[Attempt] = []
        self.transactions = 0
        self.money_in = 0
        self.money_out = 0
        self.data: st.DataObject

    @property
    def account(self) -> Account:
        return queries.account_of(self.subject)

    def pick(self, choices: list[UUID]) -> UUID:
        return self.data.draw(st.sampled_from(choices)) if choices else new_id()

    def due_ids(self) -> list[UUID]:
        return [due.id for due in self.account.dues]

    def state(self) -> None:
        key = self.data.draw(st.sampled_from(["a", "b", "c"]))
        spec = DueSpec(key, key, DueKind.FEE, self.data.draw(AMOUNTS), Stage.ACCEPTANCE)
        owe(spec, subject=self.subject, agency=self.agency)

    def exempt(self) -> None:
        commands.exempt_due(
            subject_id=self.subject,
            due_id=self.pick(self.due_ids()),
            amount=self.data.draw(AMOUNTS),
            ground="Điều 10",
            actor=HEAD,
            at=NOW,
        )

    def drop(self) -> None:
        commands.drop_dues(subject_id=self.subject, reason="rút", actor=CITIZEN, at=NOW)

    def open(self) -> None:
        self.attempts.append(
            commands.open_payment(
                subject_id=self.subject, due_ids=self.due_ids(), gateway="payplat", actor=CITIZEN, at=NOW
            )
        )

    def confirm(self) -> None:
        if not self.attempts:
            return
        attempt = self.data.draw(st.sampled_from(self.attempts))
        amount = attempt.amount + self.data.draw(st.sampled_from([0, 0, 0, 1]))
        number = self.data.draw(st.integers(1, 3))
        done = commands.confirm_payment(
            reference=attempt.reference,
            gateway="payplat",
            transaction=f"{attempt.reference}-{number}",
            amount=amount,
            paid_at=NOW + timedelta(minutes=self.data.draw(st.sampled_from([1, 1, 21]))),
            actor=GATEWAY,
            at=NOW,
        )
        self.money_in += done.amount if done.first_time else 0

    def resolve(self) -> None:
        mine = [each for each in queries.open_anomalies() if each.subject_id == self.subject]
        if mine:
            resolution = self.data.draw(st.sampled_from(Resolution))
            done = commands.resolve_anomaly(
                anomaly_id=mine[0].id, resolution=resolution, note="sao kê", actor=HEAD, at=NOW
            )
            self.money_in += done.amount if done else 0

    def cash(self) -> None:
        receipt = commands.take_cash(
            subject_id=self.subject,
            due_ids=[self.pick(self.due_ids())],
            tendered=500_000,
            till="1",
            actor=CASHIER,
            at=NOW,
        )
        self.money_in += 500_000 - receipt.change

    def transfer(self) -> None:
        self.transactions += 1
        done = commands.take_transfer(
            subject_id=self.subject,
            due_ids=self.due_ids(),
            amount=self.data.draw(AMOUNTS),
            transaction=f"{self.subject}-{self.transactions}",
            paid_at=NOW,
            actor=CASHIER,
            at=NOW,
        )
        self.money_in += done.amount

    def ask(self) -> None:
        commands.ask_refund(
            subject_id=self.subject,
            due_id=self.data.draw(st.sampled_from([None, *self.due_ids()])),
            amount=self.data.draw(AMOUNTS),
            reason="thừa",
            actor=CITIZEN,
            at=NOW,
        )

    def decide(self) -> None:
        refund = self.pick([each.id for each in self.account.refunds])
        approve = self.data.draw(st.booleans())
        commands.decide_refund(refund_id=refund, approve=approve, reason="x", document="y", actor=HEAD, at=NOW)

    def finish(self) -> None:
        refund = self.pick([each.id for each in self.account.refunds])
        self.money_out += commands.finish_refund(refund_id=refund, transaction="CK", actor=CASHIER, at=NOW).amount

    def void(self) -> None:
        receipt = self.pick([each.id for each in self.account.receipts])
        commands.void_receipt(receipt_id=receipt, reason="sai", payer_name="", actor=CASHIER, at=NOW)

    def check(self) -> None:
        account = self.account
        done = [refund for refund in account.refunds if refund.state is RefundState.DONE]
        assert sum(payment.amount for payment in account.payments) == self.money_in
        assert sum(refund.amount for refund in done) == self.money_out <= self.money_in
        for due in account.dues:
            assert due.owed >= 0
            assert due.amount >= due.paid + due.exempted
            assert due.refunded <= due.paid
        for payment in account.payments:
            assert payment.credit >= 0
            valid = [r.amount for r in account.receipts if r.payment_id == payment.id and not r.is_void]
            assert sum(valid) == payment.settled
        assert sum(payment.settled for payment in account.payments) == account.paid
        numbers = [receipt.number for receipt in account.receipts]
        assert numbers == list(range(1, len(numbers) + 1))


ACTS: list[Callable[[Walk], None]] = [
    Walk.state,
    Walk.exempt,
    Walk.drop,
    Walk.open,
    Walk.confirm,
    Walk.resolve,
    Walk.cash,
    Walk.transfer,
    Walk.ask,
    Walk.decide,
    Walk.finish,
    Walk.void,
]


@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=10), st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_money_adds_up(acts: list[Callable[[Walk], None]], data: st.DataObject) -> None:
    walk = Walk()
    walk.data = data
    for act in [Walk.state, Walk.state, *acts]:
        with suppress(Problem):
            act(walk)
        walk.check()
