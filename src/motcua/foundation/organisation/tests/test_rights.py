"""Who may do what, where: through role, position, group and by name; the same on a list as on one object."""

from datetime import date
from uuid import uuid4

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed
from motcua.foundation.organisation import access, commands, models
from motcua.foundation.organisation.tests import factories as made
from motcua.foundation.organisation.types import Capability, HolderKind, Role, ScopeKind

pytestmark = pytest.mark.django_db
TODAY = made.TODAY


def can(actor, capability, agency=None, **marks):
    return access.can(actor, capability, agency_id=agency.id if agency else None, on=marks.pop("on", TODAY), **marks)


def grant(kind, holder, capability, scope=ScopeKind.AGENCY, by=None, **more):
    return commands.grant(
        holder_kind=kind,
        holder=holder,
        capability=capability,
        scope=scope,
        valid_from=more.pop("valid_from", made.SINCE),
        actor=by or made.system(),
        at=made.AT,
        **more,
    )


@pytest.mark.requirement("TT11-1.2b")
def test_a_role_brings_its_rights_where_the_position_stands():
    province = made.agency()
    commune, other = made.agency(province), made.agency(province)
    desk = made.somebody(commune, Role.DESK_OFFICER)
    assert can(desk, Capability.RECEIVE, commune)
    assert not can(desk, Capability.RECEIVE, other)
    assert not can(desk, Capability.RECEIVE, province)
    assert not can(desk, Capability.SIGN)
    assert Capability.RECEIVE in access.capabilities(desk, TODAY)
    assert Capability.SIGN not in access.capabilities(desk, TODAY)


def test_an_administrator_reaches_everything_below_and_sees_no_dossier():
    province = made.agency()
    branch = made.agency(made.agency(province))
    admin, local = made.somebody(province, Role.ADMINISTRATOR), made.somebody(branch, Role.ADMINISTRATOR)
    assert can(admin, Capability.ADMINISTER_ACCOUNTS, branch)
    assert not can(local, Capability.ADMINISTER_ACCOUNTS, province)
    assert not can(admin, Capability.SEE_DOSSIERS)


def test_a_head_sees_the_department_and_a_head_without_department_the_whole_agency():
    agency = made.agency()
    one, other = made.department(agency), made.department(agency)
    head, chief = made.somebody(agency, Role.HEAD, one), made.somebody(agency, Role.HEAD)
    assert can(head, Capability.ASSIGN, agency, department_id=one)
    assert not can(head, Capability.ASSIGN, agency, department_id=other)
    assert not can(head, Capability.ASSIGN, agency)
    assert can(chief, Capability.ASSIGN, agency, department_id=other)


def test_ones_own_work_is_ones_own_wherever_the_dossier_lies():
    agency, elsewhere = made.agency(), made.agency()
    appraiser = made.somebody(agency, Role.APPRAISER, made.department(agency))
    assert can(appraiser, Capability.APPRAISE, agency, own=True)
    assert can(appraiser, Capability.GIVE_OPINION, elsewhere, own=True)
    assert not can(appraiser, Capability.APPRAISE, agency)


@pytest.mark.requirement("TT11-1.2c")
@pytest.mark.parametrize("kind", [HolderKind.GROUP, HolderKind.OFFICER, HolderKind.POSITION])
def test_a_right_for_one_procedure_is_held_by_group_by_name_or_by_position(kind):
    agency = made.agency()
    mine, other = made.somebody(agency, Role.APPRAISER), made.somebody(agency, Role.APPRAISER)
    group = commands.create_group(agency_id=agency.id, name="Tổ đất đai", actor=made.system(), at=made.AT)
    commands.join_group(
        group_id=group, officer_id=mine.officer_id, valid_from=made.SINCE, actor=made.system(), at=made.AT
    )
    holder = {"group": group, "officer": mine.officer_id, "position": mine.position_id}[kind]
    grant(kind, holder, Capability.APPROVE, procedures=["1.012783"])
    assert can(mine, Capability.APPROVE, agency, procedure="1.012783")
    assert not can(mine, Capability.APPROVE, agency, procedure="2.000815")
    assert not can(mine, Capability.APPROVE, made.agency(), procedure="1.012783")
    assert not can(other, Capability.APPROVE, agency, procedure="1.012783")


@pytest.mark.requirement("TT11-1.2b")
def test_leaving_a_group_ends_its_rights_the_day_after():
    agency = made.agency()
    who = made.somebody(agency, Role.CLERK)
    group = commands.create_group(agency_id=agency.id, name="Tổ phí", actor=made.system(), at=made.AT)
    member = {"group_id": group, "officer_id": who.officer_id, "actor": made.system(), "at": made.AT}
    commands.join_group(valid_from=made.SINCE, **member)
    grant(HolderKind.GROUP, group, Capability.TAKE_MONEY)
    commands.leave_group(last_day=TODAY, **member)
    assert can(who, Capability.TAKE_MONEY, agency)
    assert not can(who, Capability.TAKE_MONEY, agency, on=made.TOMORROW)


def test_rights_end_with_the_holding_and_the_grant():
    agency = made.agency()
    who = made.somebody(agency, Role.LEADER)
    right = grant(HolderKind.OFFICER, who.officer_id, Capability.OPERATE)
    commands.revoke(grant_id=right, last_day=TODAY, actor=made.system(), at=made.AT)
    assert can(who, Capability.OPERATE, agency)
    assert not can(who, Capability.OPERATE, agency, on=made.TOMORROW)
    place = {"officer_id": who.officer_id, "position_id": who.position_id}
    commands.relieve(**place, last_day=made.YESTERDAY, actor=made.system(), at=made.AT)
    assert not can(who, Capability.SIGN, agency), "whatever the actor still says about itself"
    assert can(who, Capability.SIGN, agency, on=made.YESTERDAY)


def test_an_actor_that_claims_a_position_it_does_not_hold_may_nothing():
    agency = made.agency()
    clerk, leader = made.somebody(agency, Role.CLERK), made.somebody(agency, Role.LEADER)
    forged = Actor(
        ActorKind.OFFICER,
        "account:x",
        Channel.DESK,
        "request-1",
        officer_id=clerk.officer_id,
        position_id=leader.position_id,
        agency_id=agency.id,
    )
    assert not can(forged, Capability.SIGN, agency)


@pytest.mark.parametrize("kind", [ActorKind.PERSON, ActorKind.ANONYMOUS, ActorKind.PARTNER])
def test_who_is_no_officer_holds_no_office(kind):
    who = Actor(kind, "somebody", Channel.PORTAL, "request-1", officer_id=uuid4(), position_id=uuid4())
    assert access.capabilities(who, TODAY) == frozenset()
    assert not can(who, Capability.SEE_DOSSIERS)


def test_a_successor_reaches_what_a_closed_agency_left():
    province = made.agency()
    old, new = made.agency(province), made.agency(province)
    desk = made.somebody(new, Role.DESK_OFFICER)
    commands.close_agency(agency_id=old.id, last_day=TODAY, successor_id=new.id, actor=made.system(), at=made.AT)
    assert not can(desk, Capability.SEE_DOSSIERS, old)
    assert can(desk, Capability.SEE_DOSSIERS, old, on=made.TOMORROW)


def test_nobody_gives_rights_beyond_where_they_administer():
    province = made.agency()
    commune, other = made.agency(province), made.agency(province)
    admin = made.somebody(commune, Role.ADMINISTRATOR)
    mine, theirs = made.officer(commune), made.officer(other)
    grant(HolderKind.OFFICER, mine, Capability.SIGN, by=admin)
    for forbidden in (
        {"kind": HolderKind.OFFICER, "holder": theirs},
        {"kind": HolderKind.OFFICER, "holder": mine, "agency_id": other.id},
        {"kind": HolderKind.ROLE, "holder": Role.CLERK},
    ):
        with pytest.raises(NotAllowed):
            grant(**forbidden, capability=Capability.SIGN, by=admin)


def test_a_department_elsewhere_must_be_named():
    agency = made.agency()
    with pytest.raises(Invalid):
        grant(HolderKind.OFFICER, made.officer(agency), Capability.SIGN, ScopeKind.DEPARTMENT, agency_id=agency.id)
    with pytest.raises(Invalid):
        grant(
            HolderKind.OFFICER,
            made.officer(agency),
            Capability.SIGN,
            ScopeKind.DEPARTMENT,
            agency_id=agency.id,
            department_id=made.department(made.agency()),
        )
    with pytest.raises(Missing):
        grant(HolderKind.GROUP, uuid4(), Capability.SIGN)


PROCEDURES = ("1.012783", "2.000815", "2.001827")
GRANTS = st.lists(
    st.tuples(
        st.sampled_from(list(ScopeKind)),
        st.sampled_from([HolderKind.ROLE, HolderKind.POSITION, HolderKind.GROUP, HolderKind.OFFICER]),
        st.none() | st.integers(0, 4),  # the agency the right names
        st.booleans(),  # whether it names a department there
        st.none() | st.sets(st.sampled_from(PROCEDURES), max_size=2),
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=st.lists(st.integers(0, 3), min_size=4, max_size=4), home=st.integers(0, 4), rights=GRANTS)
def test_a_list_shows_exactly_what_the_detail_page_opens(parents, home, rights):
    """Over random trees and rights: ``scope`` as a condition on rows equals ``can`` asked row by row."""
    models.Grant.objects.filter(role=Role.CLERK).delete()
    agencies = [made.agency()]
    for index, parent in enumerate(parents):
        agencies.append(made.agency(agencies[min(parent, index)]))
    departments = {agency.id: [made.department(agency), made.department(agency)] for agency in agencies}
    me = made.somebody(agencies[home], Role.CLERK, departments[agencies[home].id][0])
    group = commands.create_group(agency_id=agencies[home].id, name="N", actor=made.system(), at=made.AT)
    commands.join_group(
        group_id=group, officer_id=me.officer_id, valid_from=made.SINCE, actor=made.system(), at=made.AT
    )
    holders = {"role": Role.CLERK, "position": me.position_id, "group": group, "officer": me.officer_id}
    for scope, kind, named, with_department, procedures in rights:
        agency = agencies[named] if named is not None else None
        fits = scope is ScopeKind.DEPARTMENT and agency is not None
        grant(
            kind,
            holders[kind],
            Capability.SEE_REPORTS,
            scope if fits or scope is not ScopeKind.DEPARTMENT or agency is None else ScopeKind.AGENCY,
            agency_id=agency.id if agency else None,
            department_id=departments[agency.id][int(with_department)] if fits else None,
            procedures=procedures,
        )
    for agency in agencies:  # the rows of the list: positions, half of them called "own"
        for department in (None, *departments[agency.id]):
            for title in ("own", "other"):
                made.position(agency, Role.APPRAISER, department, title)
    rows = models.Position.objects.filter(agency__in=[agency.id for agency in agencies])
    where = access.scope(me, Capability.SEE_REPORTS, TODAY)
    for procedure in PROCEDURES:
        condition = where.condition(
            agency="agency_id", department="department_id", procedure="procedure", own=Q(title="own")
        )
        listed = set(_with_procedure(rows, procedure).filter(condition).values_list("id", flat=True))
        opened = {
            row.id
            for row in rows
            if where.covers(
                agency_id=row.agency_id, department_id=row.department_id, procedure=procedure, own=row.title == "own"
            )
        }
        assert listed == opened


def _with_procedure(rows, procedure):
    from django.db.models import CharField, Value

    return rows.annotate(procedure=Value(procedure, output_field=CharField()))


def test_a_list_that_cannot_tell_departments_shows_nothing_by_a_departments_right():
    agency = made.agency()
    head = made.somebody(agency, Role.HEAD, made.department(agency))
    where = access.scope(head, Capability.ASSIGN, TODAY)
    assert not models.Position.objects.filter(where.condition(agency="agency_id")).exists()
    assert models.Position.objects.filter(where.condition(agency="agency_id", department="department_id")).exists()


def test_default_rights_stand_in_the_database():
    assert models.Grant.objects.filter(role=Role.LEADER, capability=Capability.SIGN).exists()
    assert not models.Grant.objects.filter(role=Role.ADMINISTRATOR, capability=Capability.SEE_DOSSIERS).exists()
    assert date(2025, 1, 1) == models.Grant.objects.filter(role=Role.CLERK).first().valid_from
