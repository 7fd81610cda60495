"""Who an identity provider vouches for comes in as the person the law knows, and nobody else does."""

import pytest

from motcua.foundation.identity import commands, numbers, queries
from motcua.foundation.identity.tests import factories as made
from motcua.foundation.identity.types import (
    ClaimsProfile,
    Identifier,
    IdentifierKind,
    RepresentationKind,
    Sex,
    SignInMethod,
)
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing, NotAllowed

pytestmark = pytest.mark.django_db
ISSUER = "https://dinhdanh.example.vn"
PORTAL = {
    "sub": "tm-0001",
    "LoaiTaiKhoan": "1",
    "SoDinhDanh": "001085012345",
    "SoCMND": "012345678",
    "HoVaTen": "Nguyễn Văn An",
    "NgayThangNamSinh": "19850312",
    "GioiTinh": "Nam",
    "ThuongTru": "Thôn 2, Xã Đồng Xanh",
    "SoDienThoai": "0912000001",
    "TechID": "001000000001",
    "loAs": "2",
    "HoChieu": "",
}
FIRM = PORTAL | {
    "sub": "tm-0002",
    "LoaiTaiKhoan": "2",
    "MaSoThue": "2400987627",
    "TenDoanhNghiep": "Công ty TNHH Thực phẩm Sạch",
    "DiaChi": "Số 18",
    "TechID": "002000000002",
}


def sign_in(claims, profile=ClaimsProfile.NATIONAL_PORTAL, at=made.AT, **more):
    return commands.sign_in_with_claims(
        issuer=ISSUER, profile=profile, claims=claims, actor=made.anonymous(), at=at, **more
    )


@pytest.mark.requirement("TT11-1.1", "TT21-PL1-1.1")
def test_a_citizen_becomes_the_person_of_the_number_with_what_the_provider_knows():
    first, again = sign_in(PORTAL), sign_in(PORTAL, at=made.later(days=3))
    assert (first.account_id, first.first_time, again.first_time) == (again.account_id, True, False)
    person = queries.party(first.party_id)
    assert (person.name, person.sex, str(person.birth_on)) == ("Nguyễn Văn An", Sex.MALE, "1985-03-12")
    assert queries.find_party(Identifier(IdentifierKind.PERSONAL_NUMBER, "001085012345")).id == person.id
    assert {name: person.known[name].value for name in ("permanent_address", "tech_id", "birth_on")} == {
        "permanent_address": "Thôn 2, Xã Đồng Xanh",
        "tech_id": "001000000001",
        "birth_on": "1985-03-12",
    }
    assert person.known["tech_id"].source == "DVCQG"
    assert "SoDinhDanh" not in person.known


def test_somebody_met_at_the_counter_is_the_same_person_online():
    person = made.person("nguyen van an", Sex.MALE, numbers.card_date("12031985"), number="001085012345")
    assert sign_in(PORTAL).party_id == person.id
    assert queries.party(person.id).name == "nguyen van an", "declared stays declared"


def test_both_providers_lead_to_one_person_through_two_accounts():
    vneid = {key: PORTAL[key] for key in ("SoDinhDanh", "HoVaTen", "NgayThangNamSinh")} | {"sub": "v-1", "IAL": "IAL2"}
    one, other = sign_in(PORTAL), sign_in(vneid, ClaimsProfile.VNEID)
    assert one.party_id == other.party_id
    assert one.account_id != other.account_id


@pytest.mark.requirement("TT11-1.1", "TT21-PL1-1.1")
def test_a_companys_account_acts_for_the_company_as_its_legal_representative():
    signed_in = sign_in(FIRM)
    firm = queries.party(signed_in.acting_for_id)
    assert firm.number(IdentifierKind.TAX_CODE) == "2400987627"
    assert firm.known["tech_id"].value == "002000000002", "the account's key is the company's"
    (right,) = queries.represented_by(signed_in.party_id, local(made.AT).date())
    assert (right.party_id, right.kind) == (firm.id, RepresentationKind.LEGAL_REPRESENTATIVE)
    assert "tech_id" not in queries.party(signed_in.party_id).known


def test_what_a_companys_account_proved_must_be_proved_again():
    signed_in = sign_in(FIRM)
    assert queries.represented_by(signed_in.party_id, local(made.later(days=90)).date())
    assert queries.represented_by(signed_in.party_id, local(made.later(days=91)).date()) == []
    sign_in(FIRM, at=made.later(days=80))
    assert queries.represented_by(signed_in.party_id, local(made.later(days=91)).date())


def test_an_organisations_account_without_a_person_is_the_organisation():
    claims = {key: value for key, value in FIRM.items() if key not in {"SoDinhDanh", "HoVaTen"}} | {"LoaiTaiKhoan": "3"}
    signed_in = sign_in(claims)
    assert signed_in.party_id == signed_in.acting_for_id


def test_a_foreigner_signs_in_with_a_passport():
    claims = {"sub": "f-1", "HoChieu": "EH938475", "HoVaTen": "Marie Curie", "QuocTich": "Pháp", "loAs": "1"}
    first, again = sign_in(claims), sign_in(claims)
    assert queries.party(first.party_id).number(IdentifierKind.PASSPORT) == "EH938475"
    assert first.party_id == again.party_id
    compatriot_of_another_country = sign_in(claims | {"sub": "f-2", "HoVaTen": "Jan Kowalski"})
    assert compatriot_of_another_country.party_id != first.party_id, "passport numbers repeat between countries"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SoDinhDanh": ""}, "số định danh"),
        ({"SoDinhDanh": "123"}, "số định danh"),
        ({"sub": ""}, "số định danh"),
        ({"loAs": "1"}, "mức độ 2"),
        ({"loAs": ""}, "mức độ 2"),
        ({"LoaiTaiKhoan": "2", "SoDinhDanh": "", "MaSoThue": "2400987620"}, "mã số thuế"),
    ],
)
def test_claims_that_name_nobody_or_too_weakly_are_refused(changes, words):
    with pytest.raises(NotAllowed, match=words):
        sign_in(PORTAL | changes)
    assert queries.find_party(Identifier(IdentifierKind.PERSONAL_NUMBER, "001085012345")) is None


def test_a_subject_does_not_move_to_another_person():
    sign_in(PORTAL)
    with pytest.raises(NotAllowed, match="người khác"):
        sign_in(PORTAL | {"SoDinhDanh": "001085099999", "HoVaTen": "Kẻ Khác"})


def test_a_locked_citizen_stays_out():
    account = sign_in(PORTAL).account_id
    commands.lock_account(account_id=account, reason="yêu cầu", actor=made.system(), at=made.AT)
    with pytest.raises(NotAllowed, match="khóa"):
        sign_in(PORTAL)


def open_session(signed_in, **more):
    return commands.open_session(
        account_id=signed_in.account_id,
        method=SignInMethod.OPENID,
        address="1.1.1.1",
        device="t",
        actor=made.anonymous(),
        at=made.AT,
        **more,
    )


def test_one_acts_for_whom_one_represents_and_falls_back_to_oneself_when_it_ends():
    signed_in, firm = sign_in(PORTAL), sign_in(FIRM).acting_for_id
    session, me = open_session(signed_in), made.citizen(signed_in.party_id, signed_in.account_id)
    switched = commands.choose_acting_for(session_id=session.id, party_id=firm, actor=me, at=made.AT)
    assert switched.acting_for_id == firm
    (right,) = queries.represented_by(signed_in.party_id, local(made.AT).date())
    commands.end_representation(representation_id=right.id, reason="thôi", actor=made.system(), at=made.AT)
    assert queries.session(session.id, made.AT).acting_for_id == signed_in.party_id


def test_one_does_not_act_for_a_stranger_nor_in_anothers_session():
    signed_in, stranger = sign_in(PORTAL), made.person("Kẻ lạ")
    session, me = open_session(signed_in), made.citizen(signed_in.party_id, signed_in.account_id)
    with pytest.raises(Missing):
        commands.choose_acting_for(session_id=session.id, party_id=stranger.id, actor=me, at=made.AT)
    thief = made.citizen(stranger.id)
    with pytest.raises(Missing):
        commands.choose_acting_for(session_id=session.id, party_id=signed_in.party_id, actor=thief, at=made.AT)
    with pytest.raises(NotAllowed):
        open_session(signed_in, acting_for_id=stranger.id)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12031985", "1985-03-12"),
        ("19850312", "1985-03-12"),
        ("12/03/1985", "1985-03-12"),
        ("19850312000000", "1985-03-12"),
    ],
)
def test_both_ways_of_writing_a_date_are_read(text, day):
    assert str(numbers.claimed_date(text)) == day
