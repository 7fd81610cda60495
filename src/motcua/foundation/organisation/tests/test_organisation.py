"""The tree, its officers and their positions, through the doors."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.foundation.identity import commands as identity
from motcua.foundation.identity import queries as accounts
from motcua.foundation.identity.types import AccountState, SignInMethod
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from motcua.foundation.organisation import commands, models, queries
from motcua.foundation.organisation.tests import factories as made
from motcua.foundation.organisation.types import AgencyKind, Role, SigningForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["h15 50", "H15..05", ".H15", "H15-05", "H" * 36, "Đ15"])
def test_a_code_that_is_not_of_the_law_is_refused(code):
    with pytest.raises(Invalid) as refused:
        commands.create_agency(
            code=code,
            name="X",
            kind=AgencyKind.PROVINCE,
            parent_id=None,
            valid_from=made.SINCE,
            actor=made.system(),
            at=made.AT,
        )
    assert refused.value.problems[0].field == "code"
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Agency.objects.filter(id=made.agency().id).update(code="h.15")


def test_the_tree_is_read_from_the_top_and_knows_its_days():
    province = made.agency(kind=AgencyKind.PROVINCE, name="Tỉnh")
    beta, alpha = made.agency(province, name="Xã Ba"), made.agency(province, name="Xã An")
    branch = made.agency(beta, name="Chi nhánh")
    assert [found.id for found in queries.subtree(province.id, made.TODAY)] == [
        province.id,
        alpha.id,
        beta.id,
        branch.id,
    ]
    assert queries.subtree(province.id, made.SINCE - timedelta(days=1)) == []
    assert queries.agency_by_code(branch.code.lower()).id == branch.id


def test_an_agency_with_living_children_is_not_closed_and_a_closed_one_stays_known():
    province = made.agency()
    parent = made.agency(province)
    child = made.agency(parent)
    close = {"successor_id": province.id, "actor": made.system(), "at": made.AT, "last_day": made.TODAY}
    with pytest.raises(WrongState):
        commands.close_agency(agency_id=parent.id, **close)
    commands.close_agency(agency_id=child.id, **close)
    assert child.id not in {found.id for found in queries.subtree(province.id, made.TOMORROW)}
    assert queries.agency(child.id).successor_id == province.id
    with pytest.raises(WrongState):
        commands.close_agency(agency_id=child.id, **close)


@pytest.mark.requirement("TT11-1.2a", "TT11-1.2b")
def test_an_administrator_creates_edits_finds_and_locks_an_officer():
    commune = made.agency(name="Xã Đồng Xanh")
    admin = made.somebody(commune, Role.ADMINISTRATOR, name="Quản Trị")
    new = commands.create_officer(
        agency_id=commune.id,
        username="Lethibinh",
        name="Lê Thị Bình",
        employee_number="CB-77",
        phone="0912",
        email="b@x.vn",
        actor=admin,
        at=made.AT,
    )
    assert queries.officer(new.officer_id).state is AccountState.INVITED
    place = made.position(commune, Role.CLERK, made.department(commune, "Văn phòng"), "Văn thư")
    commands.appoint(officer_id=new.officer_id, position_id=place, valid_from=made.SINCE, actor=admin, at=made.AT)
    for text in ("le thi binh", "LETHIB", "cb-77"):
        (row,) = queries.search_officers(on=made.TODAY, within=commune.id, text=text)
        assert (row.officer.id, row.agency_name) == (new.officer_id, "Xã Đồng Xanh")
        assert [(held.title, held.department_name) for held in row.positions] == [("Văn thư", "Văn phòng")]
    commands.edit_officer(
        officer_id=new.officer_id, name="Lê Thị Thanh Bình", phone="", email="", actor=admin, at=made.AT
    )
    commands.lock_officer(officer_id=new.officer_id, reason="nghỉ thai sản", actor=admin, at=made.AT)
    (locked,) = queries.search_officers(on=made.TODAY, state=AccountState.LOCKED, within=commune.id)
    assert locked.officer.name == "Lê Thị Thanh Bình"
    assert queries.holders(Role.CLERK, commune.id, on=made.TODAY) == []
    commands.unlock_officer(officer_id=new.officer_id, reason="trở lại", actor=admin, at=made.AT)
    kinds = [event.kind for event in journal.history(new.officer_id)]
    assert kinds == ["officer.created", "officer.appointed", "officer.edited", "officer.locked", "officer.unlocked"]


def test_another_agencys_administrator_and_a_clerk_do_none_of_it():
    province = made.agency()
    commune, other = made.agency(province), made.agency(province)
    officer = made.officer(commune)
    for actor in (made.somebody(other, Role.ADMINISTRATOR), made.somebody(commune, Role.CLERK)):
        with pytest.raises(NotAllowed):
            commands.lock_officer(officer_id=officer, reason="x", actor=actor, at=made.AT)
        with pytest.raises(NotAllowed):
            commands.create_officer(
                agency_id=commune.id, username="moi", name="Mới", employee_number="9", actor=actor, at=made.AT
            )
        with pytest.raises(NotAllowed):
            commands.create_department(agency_id=commune.id, name="P", valid_from=made.SINCE, actor=actor, at=made.AT)


def test_a_user_name_and_an_employee_number_belong_to_one_officer():
    agency = made.agency()
    made.officer(agency, username="trungten")
    with pytest.raises(Invalid) as refused:
        made.officer(agency, username="TrungTen")
    assert refused.value.problems[0].field == "username"


def test_one_officer_holds_several_positions_each_for_its_time():
    agency = made.agency()
    who = made.officer(agency)
    clerk, leader = made.position(agency, Role.CLERK), made.position(agency, Role.LEADER)
    made.appoint(who, clerk)
    made.appoint(who, leader, valid_from=made.TOMORROW)
    assert [held.role for held in queries.positions_of(who, made.TODAY)] == [Role.CLERK]
    assert {held.role for held in queries.positions_of(who, made.TOMORROW)} == {Role.CLERK, Role.LEADER}
    assert [held.officer_id for held in queries.holders(Role.LEADER, agency.id, on=made.TOMORROW)] == [who]
    with pytest.raises(Invalid):
        made.appoint(who, clerk)
    with pytest.raises(Missing):
        made.acting(who, leader)


def test_signing_by_order_needs_the_document():
    agency = made.agency()
    who, place = made.officer(agency), made.position(agency, Role.LEADER)
    appoint = {"officer_id": who, "position_id": place, "valid_from": made.SINCE, "actor": made.system(), "at": made.AT}
    with pytest.raises(Invalid):
        commands.appoint(**appoint, signing_form=SigningForm.BY_ORDER)
    commands.appoint(**appoint, signing_form=SigningForm.BY_ORDER, delegation="QĐ 12/QĐ-UBND ngày 02/01/2026")
    (held,) = queries.positions_of(who, made.TODAY)
    assert (held.signing_form, held.delegation) == (SigningForm.BY_ORDER, "QĐ 12/QĐ-UBND ngày 02/01/2026")


def test_one_acts_in_a_position_one_holds_and_in_no_other():
    agency = made.agency()
    new = commands.create_officer(
        agency_id=agency.id, username="haichucdanh", name="Hai", employee_number="H2", actor=made.system(), at=made.AT
    )
    mine, theirs = made.position(agency, Role.CLERK), made.position(agency, Role.LEADER)
    made.appoint(new.officer_id, mine)
    models_account = new.invitation.account_id
    _activate(new.invitation.secret)
    me = Actor(ActorKind.OFFICER, f"account:{models_account}", Channel.DESK, "request-1", account_id=models_account)
    session = identity.open_session(
        account_id=models_account, method=SignInMethod.CODE, address="1", device="t", actor=me, at=made.AT
    )
    chosen = commands.act_in(session_id=session.id, position_id=mine, actor=me, at=made.AT)
    assert chosen.position_id == mine
    with pytest.raises(Missing):
        commands.act_in(session_id=session.id, position_id=theirs, actor=me, at=made.AT)
    actor = queries.actor_of_account(models_account, mine, Channel.DESK, "request-2", on=made.TODAY)
    assert (actor.position_id, actor.agency_id) == (mine, agency.id)
    fallen = queries.actor_of_account(models_account, theirs, Channel.DESK, "request-3", on=made.TODAY)
    assert fallen.position_id is None


def test_a_desk_tells_where_and_when():
    agency = made.agency(name="Trung tâm Xã An")
    commands.open_desk(
        agency_id=agency.id,
        name="Bộ phận Một cửa",
        address="Số 1",
        hours="7:00–17:00",
        valid_from=made.SINCE,
        actor=made.system(),
        at=made.AT,
    )
    (desk,) = queries.desks(made.TODAY, agency.id)
    assert (desk.agency_name, desk.hours) == ("Trung tâm Xã An", "7:00–17:00")


def _activate(secret):
    from motcua.foundation.identity import totp

    enrolment = identity.begin_activation(secret=secret, installation="x", at=made.AT)
    identity.activate_account(
        secret=secret,
        password="con trâu đi trước cái cày",
        code=totp.code_at(enrolment.secret, made.AT),
        actor=made.system(),
        at=made.AT,
    )
    assert accounts.account(enrolment.account_id).state is AccountState.ACTIVE
