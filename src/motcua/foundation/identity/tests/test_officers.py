"""Officers come in with a password and a code, and nobody else does."""

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.identity import commands, lockout, models, queries, totp
from motcua.foundation.identity.tests import factories as made
from motcua.foundation.identity.types import AccountState, SessionRules, SignInMethod
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed, WrongState

pytestmark = pytest.mark.django_db


def open_session(account_id, at=made.AT, **more):
    return commands.open_session(
        account_id=account_id,
        method=SignInMethod.CODE,
        address="10.0.0.1",
        device="t",
        actor=made.anonymous(),
        at=at,
        **more,
    )


@pytest.mark.requirement("TT11-1.2a")
def test_an_account_cannot_be_used_until_its_owner_activates_it():
    officer = made.OfficerAccount(activate=False)
    assert not officer.give_password().passed
    assert queries.account(officer.id).state is AccountState.INVITED
    officer.activate()
    assert officer.give_password(at=made.later(minutes=5)).account_id == officer.id
    assert queries.account(officer.id).state is AccountState.ACTIVE
    with pytest.raises(Missing):  # an invitation works once
        commands.begin_activation(secret=officer.invitation.secret, installation="x", at=made.AT)


def test_an_invitation_dies_after_seven_days():
    invited = made.OfficerAccount(activate=False).invitation
    typed = f" {invited.secret[:8].lower()}-{invited.secret[8:]}"
    assert commands.begin_activation(secret=typed, installation="x", at=made.later(days=6)).username == "nguyenvana"
    with pytest.raises(Missing):
        commands.begin_activation(secret=invited.secret, installation="x", at=made.later(days=7))


@pytest.mark.parametrize("password", ["ngắn quá", "password1234", "nguyenvana-2026", "1234567890123"])
def test_a_weak_password_is_refused(password):
    officer = made.OfficerAccount(activate=False)
    enrolment = commands.begin_activation(secret=officer.invitation.secret, installation="x", at=made.AT)
    with pytest.raises(Invalid) as refused:
        commands.activate_account(
            secret=officer.invitation.secret,
            password=password,
            code=totp.code_at(enrolment.secret, made.AT),
            actor=made.anonymous(),
            at=made.AT,
        )
    assert [problem.field for problem in refused.value.problems] == ["password"]


def test_a_code_is_right_once_and_never_again():
    officer = made.OfficerAccount()
    at = made.later(minutes=2)
    code = officer.code(at)
    assert officer.give_code(code, at).passed
    assert not officer.give_code(code, at).passed
    assert not officer.give_code(officer.code(at - timedelta(seconds=30)), at).passed, "nor an older one"
    assert officer.give_code(officer.code(at + timedelta(seconds=30)), at + timedelta(seconds=30)).passed


@given(st.integers(0, 2**40), st.integers(-3, 3))
def test_codes_of_the_neighbouring_steps_count_and_no_others(second, shift):
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(second % 4_000_000_000, UTC)
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    code = totp.code_at(secret, datetime.fromtimestamp(max(at.timestamp() + shift * 30, 0), UTC))
    accepted = {totp.code_at(secret, datetime.fromtimestamp(max(at.timestamp() + s * 30, 0), UTC)) for s in (-1, 0, 1)}
    assert (totp.matching_step(secret, code, at, after=-1) is not None) == (code in accepted)


def test_the_codes_of_rfc_6238():
    from datetime import UTC, datetime

    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"
    for second, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert totp.code_at(secret, datetime.fromtimestamp(second, UTC)) == code


def test_a_recovery_code_opens_once_and_leaves_a_trace():
    officer = made.OfficerAccount()
    code = officer.recovery_codes[0]
    assert officer.give_code(code.lower(), made.AT).passed
    assert not officer.give_code(code, made.AT).passed
    assert "account.recovery_code_used" in [event.kind for event in journal.history(officer.id)]


def test_wrong_attempts_make_the_next_one_wait_longer_and_longer():
    officer, at = made.OfficerAccount(), made.AT
    for _attempt in range(4):
        assert officer.give_password("sai", at).wait_until is None
    waits = []
    for _attempt in range(3):
        check = officer.give_password("sai", at)
        waits.append(check.wait_until - at)
        assert not officer.give_password(at=at).passed, "even the right password waits"
        at = check.wait_until
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert officer.give_password(at=at).passed
    assert officer.give_code(officer.code(at), at).passed
    assert officer.give_password("sai", at).wait_until is None, "who came in starts afresh"


def test_wrong_codes_count_with_wrong_passwords():
    officer, at = made.OfficerAccount(), made.later(minutes=2)
    for _attempt in range(5):
        assert officer.give_password(at=at).passed
        last = officer.give_code("000000", at)
    assert last.wait_until is not None
    assert not officer.give_password(at=at).passed
    assert not officer.give_code(officer.code(at), at).passed


def test_an_unknown_name_is_answered_like_a_known_one():
    officer = made.OfficerAccount()
    nobody = made.OfficerAccount.__new__(made.OfficerAccount)
    nobody.username = "khong-co-ai"
    answers = [
        [who.give_password("sai", address=f"10.0.0.{n}") for _ in range(5)] for n, who in ((2, officer), (3, nobody))
    ]
    assert answers[0] == answers[1]


def test_an_unknown_name_costs_the_same_time(expensive_hashing):
    officer = made.OfficerAccount()
    nobody = made.OfficerAccount.__new__(made.OfficerAccount)
    nobody.username = "khong-co-ai"

    def spent(who, address):
        began = time.process_time()
        for n in range(3):
            who.give_password("sai", address=f"{address}.{n}")
        return time.process_time() - began

    spent(nobody, "10.9.9")  # the digest of nobody is made once
    known, unknown = spent(officer, "10.1.1"), spent(nobody, "10.1.2")
    assert 0.5 < known / unknown < 2


def test_an_address_that_tries_many_names_waits_too():
    checks = []
    for number in range(31):
        who = made.OfficerAccount.__new__(made.OfficerAccount)
        who.username = f"ten{number}"
        checks.append(who.give_password("sai", address="10.6.6.6"))
    assert checks[29].wait_until is None
    assert checks[30].wait_until is not None
    officer = made.OfficerAccount()
    assert not officer.give_password(address="10.6.6.6").passed
    assert officer.give_password(address="10.7.7.7").passed, "others are not punished"


@given(st.integers(0, 10_000), st.sampled_from([lockout.ACCOUNT, lockout.ADDRESS]))
def test_a_wait_grows_and_ends(failures, patience):
    wait = lockout.wait_after(failures, patience)
    assert wait <= lockout.wait_after(failures + 1, patience) <= patience.longest
    assert (wait == timedelta(0)) == (failures <= patience.free)


@pytest.mark.requirement("TT11-1.2a")
def test_a_locked_account_is_shut_at_once_and_opens_again():
    officer = made.OfficerAccount()
    session = open_session(officer.id)
    commands.lock_account(account_id=officer.id, reason="nghỉ việc", actor=made.system(), at=made.AT)
    assert queries.session(session.id, made.AT) is None
    assert not officer.give_password().passed
    with pytest.raises(NotAllowed):
        open_session(officer.id)
    with pytest.raises(WrongState):
        commands.lock_account(account_id=officer.id, reason="lại", actor=made.system(), at=made.AT)
    commands.unlock_account(account_id=officer.id, reason="trở lại", actor=made.system(), at=made.AT)
    assert officer.give_password(at=made.later(hours=2)).passed


def test_a_lost_telephone_ends_every_old_secret():
    officer = made.OfficerAccount()
    session, old_code = open_session(officer.id), officer.recovery_codes[1]
    again = commands.invite_again(account_id=officer.id, reason="mất máy", actor=made.system(), at=made.AT)
    assert queries.session(session.id, made.AT) is None
    assert not officer.give_password().passed
    assert not officer.give_code(old_code, made.AT).passed
    assert again.secret != officer.invitation.secret


def test_a_session_ends_after_its_fixed_life_and_after_idleness():
    officer = made.OfficerAccount()
    rules = SessionRules(fixed=timedelta(hours=2), idle=timedelta(minutes=30), at_most=2)
    session = open_session(officer.id, rules=rules)
    assert queries.session(session.id, made.later(minutes=29)) is not None
    assert queries.session(session.id, made.later(minutes=30)) is None, "idle"
    session = open_session(officer.id, rules=rules)
    for minutes in range(0, 120, 20):
        found = queries.session(session.id, made.later(minutes=minutes))
        assert found is not None, "busy"
        commands.touch_session(session=found, at=made.later(minutes=minutes))
    assert queries.session(session.id, made.later(hours=2)) is None, "however busy"


@pytest.mark.requirement("TT21-PL6-16")
def test_one_more_session_than_allowed_ends_the_oldest():
    officer = made.OfficerAccount()
    first, second, third = (open_session(officer.id, made.later(minutes=n)) for n in range(3))
    at = made.later(minutes=4)
    assert queries.session(first.id, at) is None
    assert [session.id for session in queries.sessions_of(officer.id, at)] == [third.id, second.id]


def test_sessions_end_one_by_one_and_all_at_once_but_only_ones_own():
    officer, other = made.OfficerAccount(), made.OfficerAccount("tranthib")
    one, two = open_session(officer.id), open_session(officer.id)
    with pytest.raises(Missing):
        commands.end_session(session_id=one.id, actor=other.actor(), at=made.AT)
    commands.end_session(session_id=one.id, actor=officer.actor(), at=made.AT)
    assert queries.session(one.id, made.AT) is None
    assert commands.end_sessions(account_id=officer.id, why="all", actor=officer.actor(), at=made.AT) == 1
    assert queries.session(two.id, made.AT) is None


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions():
    officer = made.OfficerAccount()
    kept, other = open_session(officer.id), open_session(officer.id)
    new = "nước chảy đá mòn 2026"
    change = {"account_id": officer.id, "new": new, "keep_session_id": kept.id, "actor": officer.actor(), "at": made.AT}
    with pytest.raises(Invalid):
        commands.change_password(old="sai", **change)
    commands.change_password(old=made.PASSWORD, **change)
    assert queries.session(other.id, made.AT) is None
    assert queries.session(kept.id, made.AT) is not None
    assert officer.give_password(new).passed
    assert not officer.give_password().passed


def test_secrets_lie_encrypted_in_the_database():
    officer = made.OfficerAccount()
    row = models.Credential.objects.get(account_id=officer.id)
    assert officer.secret.encode() not in bytes(row.totp_secret)
    assert row.password_hash.startswith("$argon2id$")
