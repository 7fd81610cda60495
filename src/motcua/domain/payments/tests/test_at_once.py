"""Many at once: numbers without gaps, money counted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from motcua.domain.payments import queries
from motcua.domain.payments.tests.people import FEE, confirm, owe, visit
from motcua.domain.payments.types import Attempt, Settlement


def test_receipts_have_no_gap_and_a_repeated_confirmation_pays_once(committed_database: str) -> None:
    attempts = [visit(owe(FEE)) for _n in range(6)]
    said = [(attempt, f"GD{n}") for n, attempt in enumerate(attempts) for _time in range(3)]

    def work(one: tuple[Attempt, str]) -> Settlement:
        try:
            return confirm(*one)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(work, said))
    assert sum(each.first_time for each in done) == len(attempts)
    receipts = [receipt for attempt in attempts for receipt in queries.account_of(attempt.subject_id).receipts]
    assert sorted(receipt.number for receipt in receipts) == list(range(1, len(attempts) + 1))
