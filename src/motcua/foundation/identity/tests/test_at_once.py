"""Two browsers at the same moment: one account, one person, one use of a code."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from motcua.foundation.identity import models
from motcua.foundation.identity.tests import factories as made
from motcua.foundation.identity.tests.test_claims import FIRM, PORTAL, sign_in


def at_once(*acts):
    """Run the acts in threads that start together, each on a connection of its own; return what came of them."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_first_sign_in_sent_twice_makes_one_person(committed_database):
    outcomes = at_once(*[lambda: sign_in(PORTAL)] * 4)
    assert len({outcome.party_id for outcome in outcomes}) == 1
    assert sum(outcome.first_time for outcome in outcomes) == 1
    assert models.Person.objects.count() == 1


def test_a_person_and_their_company_coming_at_once_are_one_person(committed_database):
    outcomes = at_once(lambda: sign_in(PORTAL), lambda: sign_in(FIRM), lambda: sign_in(PORTAL), lambda: sign_in(FIRM))
    assert len({outcome.party_id for outcome in outcomes}) == 1
    assert models.Party.objects.count() == 2


def test_a_code_sent_twice_at_once_opens_once(committed_database):
    officer, at = made.OfficerAccount(), made.later(minutes=2)
    code = officer.code(at)
    checks = at_once(*[lambda: officer.give_code(code, at)] * 4)
    assert sum(check.passed for check in checks) == 1


def test_guesses_sent_at_once_are_all_counted(committed_database):
    officer = made.OfficerAccount()
    at_once(*[lambda: officer.give_password("sai")] * 6)
    assert not officer.give_password().passed
