"""People and organisations: found by their numbers, reached by their contact, represented by right."""

from datetime import date

import pytest

from motcua.foundation.identity import commands, models, queries
from motcua.foundation.identity.tests import factories as made
from motcua.foundation.identity.types import Identifier, IdentifierKind, RepresentationKind, RepresentationSource, Sex
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = local(made.AT).date()
NUMBER = IdentifierKind.PERSONAL_NUMBER


def company(name="Công ty TNHH Hạt Gạo", **more):
    identifiers = [Identifier(IdentifierKind.TAX_CODE, made.tax_code())]
    return commands.register_organisation(name=name, identifiers=identifiers, actor=made.system(), at=made.AT, **more)


def test_a_person_is_found_by_the_number_which_is_not_readable_in_the_table():
    person = made.person()
    number = person.number(NUMBER)
    spaced = Identifier(NUMBER, f"{number[:3]} {number[3:]}")
    assert queries.find_party(spaced) == person
    assert queries.find_party(Identifier(NUMBER, made.personal_number())) is None
    row = models.PartyIdentifier.objects.get(party_id=person.id)
    assert number.encode() not in bytes(row.number_encrypted) + bytes(row.number_index)


def test_one_personal_number_names_one_person():
    number = made.person().number(NUMBER)
    with pytest.raises(Invalid, match="đã có"):
        made.person("Người khác", number=number)


def test_old_cards_may_name_several_people():
    old = Identifier(IdentifierKind.OLD_ID, "012345678")
    people = [made.person(f"Người {n}") for n in range(2)]
    for person in people:
        commands.add_identifier(party_id=person.id, identifier=old, source="counter", actor=made.system(), at=made.AT)
    assert queries.find_party(old) is None
    assert {found.id for found in queries.find_parties(old)} == {person.id for person in people}


def test_a_new_born_without_number_gets_it_from_the_result():
    child = commands.register_person(
        name="Trần Bé", birth_on=date(2026, 11, 1), sex=Sex.MALE, actor=made.system(), at=made.AT
    )
    wrong = Identifier(NUMBER, made.personal_number(Sex.FEMALE, 2026))
    with pytest.raises(Invalid, match="giới tính"):
        commands.add_identifier(party_id=child.id, identifier=wrong, source="result", actor=made.system(), at=made.AT)
    right = Identifier(NUMBER, made.personal_number(Sex.MALE, 2026))
    commands.add_identifier(party_id=child.id, identifier=right, source="result", actor=made.system(), at=made.AT)
    assert queries.find_party(right).id == child.id


def test_a_re_established_number_replaces_the_old_one_which_still_finds_the_person():
    person = made.person()
    old, new = person.identifiers[0], Identifier(NUMBER, made.personal_number(Sex.FEMALE, 1985))
    after = commands.add_identifier(party_id=person.id, identifier=new, source="db", actor=made.system(), at=made.AT)
    assert after.identifiers == (new,)
    assert queries.find_party(old).id == person.id


@pytest.mark.requirement("TT21-PL2-5.7")
def test_contact_is_searched_changed_and_what_it_was_is_remembered():
    person = made.person("Đặng Thị Ngọc Ánh", phone="0912 345 678", email="anh@example.vn")
    assert queries.search_parties("ngoc anh")[0].phone == "0912345678"
    assert queries.search_parties("0912 345 678")[0].id == person.id
    assert queries.search_parties(person.number(NUMBER))[0].id == person.id
    changed = commands.update_contact(
        party_id=person.id, phone="+84987654321", actor=made.OfficerAccount().actor(), at=made.AT
    )
    assert (changed.phone, changed.email) == ("0987654321", "anh@example.vn")
    event = journal.history(person.id)[-1]
    assert event.data == {"before": {"phone": "0912345678"}, "after": {"phone": "0987654321"}}


def test_contact_is_changed_by_oneself_or_a_representative_and_for_others_the_person_is_not_there():
    person, stranger = made.person(), made.person("Kẻ lạ")
    with pytest.raises(Missing):
        commands.update_contact(party_id=person.id, phone="0911111111", actor=made.citizen(stranger.id), at=made.AT)
    commands.update_contact(party_id=person.id, phone="0911111111", actor=made.citizen(person.id), at=made.AT)
    with pytest.raises(Invalid) as wrong:
        commands.update_contact(party_id=person.id, phone="12", email="x@", actor=made.citizen(person.id), at=made.AT)
    assert [problem.field for problem in wrong.value.problems] == ["phone", "email"]


def test_what_a_database_answered_is_kept_apart_from_what_was_declared():
    person = made.person("Tran Thi Buoi")
    say = {"party_id": person.id, "actor": made.system()}
    commands.record_known(values={"name": "Trần Thị Bưởi"}, source="VNeID", at=made.AT, **say)
    assert commands.record_known(values={"name": "Trần Thị Bưởi"}, source="VNeID", at=made.later(days=1), **say) == ()
    commands.record_known(
        values={"name": "Trần Thị Bưởi", "sex": "female"}, source="CSDLQGVDC", at=made.later(days=2), **say
    )
    found = queries.party(person.id)
    assert found.name == "Tran Thi Buoi"
    assert (found.known["name"].value, found.known["name"].source) == ("Trần Thị Bưởi", "CSDLQGVDC")


def represent(person, party, kind, source=RepresentationSource.OFFICER, **more):
    return commands.add_representation(
        person_id=person.id, party_id=party.id, kind=kind, source=source, actor=made.system(), at=made.AT, **more
    )


def test_a_legal_representative_acts_for_the_company_within_the_dates():
    boss, firm = made.person(), company()
    right = represent(
        boss, firm, RepresentationKind.LEGAL_REPRESENTATIVE, valid_from=TODAY, valid_to=date(2026, 12, 31)
    )
    assert [found.party_id for found in queries.represented_by(boss.id, date(2026, 12, 31))] == [firm.id]
    assert queries.represented_by(boss.id, date(2027, 1, 1)) == []
    assert queries.represented_by(boss.id, date(2026, 11, 1)) == []
    commands.end_representation(representation_id=right.id, reason="thôi chức", actor=made.system(), at=made.AT)
    assert queries.represented_by(boss.id, TODAY) == []


def test_the_represented_party_ends_the_right_and_a_stranger_cannot():
    boss, firm, stranger = made.person(), company(), made.person("Kẻ lạ")
    right = represent(boss, firm, RepresentationKind.LEGAL_REPRESENTATIVE)
    with pytest.raises(Missing):
        commands.end_representation(
            representation_id=right.id, reason="ghét", actor=made.citizen(stranger.id), at=made.AT
        )
    commands.end_representation(representation_id=right.id, reason="xong", actor=made.citizen(boss.id), at=made.AT)


def test_nobody_grants_themself_a_right_over_others():
    person, victim = made.person(), made.person("Nạn nhân")
    with pytest.raises(NotAllowed):
        commands.add_representation(
            person_id=person.id,
            party_id=victim.id,
            kind=RepresentationKind.GUARDIAN,
            source=RepresentationSource.OFFICER,
            actor=made.citizen(person.id),
            at=made.AT,
        )


def test_an_authorisation_needs_its_document():
    with pytest.raises(Invalid, match="ủy quyền"):
        represent(made.person(), made.person("Ủy quyền"), RepresentationKind.AUTHORISED)


def test_a_parent_declares_a_child_and_the_right_ends_when_the_child_comes_of_age():
    mother = made.person()
    right = commands.declare_child(
        name="Nguyễn Thị Na", birth_on=date(2020, 2, 29), sex=Sex.FEMALE, actor=made.citizen(mother.id), at=made.AT
    )
    assert not right.is_confirmed
    assert right.until == date(2038, 2, 28)
    child = queries.party(right.party_id)
    confirmed = represent(mother, child, RepresentationKind.PARENT)
    assert (confirmed.id, confirmed.is_confirmed, confirmed.until) == (right.id, True, date(2038, 2, 28))


def test_a_known_child_is_not_opened_by_a_mere_declaration():
    child = made.person("Cháu Bé", Sex.MALE, date(2019, 5, 5))
    with pytest.raises(Invalid, match="Bộ phận Một cửa"):
        commands.declare_child(
            name="Cháu Bé",
            birth_on=date(2019, 5, 5),
            sex=Sex.MALE,
            personal_number=child.number(NUMBER),
            actor=made.citizen(made.person().id),
            at=made.AT,
        )


def test_an_adult_is_nobodys_child():
    with pytest.raises(Invalid, match="18 tuổi"):
        commands.declare_child(
            name="Anh Lớn", birth_on=date(2008, 11, 20), sex=Sex.MALE, actor=made.citizen(made.person().id), at=made.AT
        )
