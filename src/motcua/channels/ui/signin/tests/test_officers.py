"""An officer activates, signs in with password and code, chooses a position, and sees the sessions."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from motcua.foundation.identity import totp
from motcua.foundation.kernel import clocks
from motcua.foundation.organisation import commands
from motcua.foundation.organisation.tests import factories as made
from motcua.foundation.organisation.types import Role

pytestmark = pytest.mark.django_db
PASSWORD = "con trâu đi trước cái cày"


class Officer:
    """An officer with a browser and a code application."""

    def __init__(self, client, roles=(Role.CLERK,)):
        self.client, self.agency = client, made.agency()
        self.new = commands.create_officer(
            agency_id=self.agency.id,
            username="lethibinh",
            name="Lê Thị Bình",
            employee_number="B1",
            actor=made.system(),
            at=clocks.now(),
        )
        self.positions = [made.position(self.agency, role) for role in roles]
        for position in self.positions:
            made.appoint(self.new.officer_id, position)
        self.steps = 0

    def activate(self):
        self.client.post("/can-bo/kich-hoat/", {"secret": self.new.invitation.secret})
        page = self.client.get("/can-bo/kich-hoat/thiet-lap/").content.decode()
        self.secret = re.search(r"\b[A-Z2-7]{32}\b", page).group()
        typed = {"password": PASSWORD, "again": PASSWORD, "code": self.code()}
        done = self.client.post("/can-bo/kich-hoat/thiet-lap/", typed).content.decode()
        self.recovery_codes = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", done)

    def code(self):
        """The present code the first time, then the next one: a code works once."""
        self.steps += 1
        return totp.code_at(self.secret, clocks.now() + timedelta(seconds=30 * (self.steps - 1)))

    def sign_in(self, client=None, code=""):
        client = client or self.client
        client.post("/can-bo/dang-nhap/", {"username": "lethibinh", "password": PASSWORD, "next": "/viec/"})
        return client.post("/can-bo/ma/", {"code": code or self.code()})


@pytest.fixture
def officer(client):
    return Officer(client)


@pytest.mark.requirement("TT11-1.2a")
def test_an_officer_activates_and_signs_in(officer):
    officer.activate()
    assert len(set(officer.recovery_codes)) == 10
    assert officer.sign_in().headers["Location"] == "/viec/"
    me = officer.client.get("/viec/").json()
    assert (me["kind"], me["name"], me["positions"]) == ("officer", "Lê Thị Bình", [["Văn thư", True]])
    assert "number" in me["may"]
    assert "sign" not in me["may"]


def test_a_wrong_invitation_and_unequal_passwords_are_one_sentence_each(officer):
    wrong = officer.client.post("/can-bo/kich-hoat/", {"secret": "SAI"})
    assert (wrong.status_code, "hết hạn" in wrong.content.decode()) == (422, True)
    officer.client.post("/can-bo/kich-hoat/", {"secret": officer.new.invitation.secret})
    typed = {"password": PASSWORD, "again": "khác", "code": "000000"}
    unequal = officer.client.post("/can-bo/kich-hoat/thiet-lap/", typed)
    assert "không giống nhau" in unequal.content.decode()


def test_the_password_alone_opens_nothing(officer):
    officer.activate()
    officer.client.post("/can-bo/dang-nhap/", {"username": "lethibinh", "password": PASSWORD})
    assert officer.client.get("/ai/").json()["kind"] == "anonymous"
    assert officer.client.get("/viec/").headers["Location"].startswith("/can-bo/dang-nhap/")


def test_a_code_without_a_password_leads_back_to_the_password(officer):
    assert officer.client.post("/can-bo/ma/", {"code": "123456"}).headers["Location"] == "/can-bo/dang-nhap/"


def test_five_minutes_after_the_password_it_is_asked_again(officer, monkeypatch):
    officer.activate()
    officer.client.post("/can-bo/dang-nhap/", {"username": "lethibinh", "password": PASSWORD})
    late = clocks.now() + timedelta(minutes=5)
    monkeypatch.setattr("motcua.channels.ui.signin.officers.now", lambda: late)
    assert officer.client.get("/can-bo/ma/").headers["Location"] == "/can-bo/dang-nhap/"


def test_the_same_sentence_for_a_wrong_name_and_a_wrong_password(officer):
    officer.activate()
    pages = [
        officer.client.post("/can-bo/dang-nhap/", {"username": name, "password": "sai"}).content.decode()
        for name in ("lethibinh", "khongcoai")
    ]
    words = [re.sub(r"(lethibinh|khongcoai|value=\"[A-Za-z0-9]{64}\")", "", page) for page in pages]
    assert words[0] == words[1]
    assert "không đúng" in words[0]


def test_whoever_guesses_too_often_is_told_when_to_come_back(officer):
    officer.activate()
    for _attempt in range(5):
        page = officer.client.post("/can-bo/dang-nhap/", {"username": "lethibinh", "password": "sai"}).content.decode()
    assert "Hãy thử lại sau" in page
    assert officer.sign_in().headers["Location"] == "/can-bo/dang-nhap/"


def test_who_holds_several_positions_chooses_one(client):
    officer = Officer(client, roles=(Role.CLERK, Role.LEADER))
    officer.activate()
    assert officer.sign_in().headers["Location"] == "/can-bo/chuc-danh/"
    assert client.get("/viec/").headers["Location"] == "/can-bo/chuc-danh/?next=%2Fviec%2F"
    assert "Lãnh đạo" in client.get("/can-bo/chuc-danh/").content.decode()
    client.post("/can-bo/chuc-danh/", {"position": str(officer.positions[1])})
    assert "sign" in client.get("/viec/").json()["may"]
    client.post("/can-bo/chuc-danh/", {"position": str(officer.positions[0])})
    assert "sign" not in client.get("/viec/").json()["may"]


def test_a_position_that_ended_falls_away_at_the_next_request(officer):
    officer.activate()
    officer.sign_in()
    on = clocks.local(clocks.now()).date()
    commands.relieve(
        officer_id=officer.new.officer_id,
        position_id=officer.positions[0],
        last_day=on - timedelta(days=1),
        actor=made.system(),
        at=clocks.now(),
    )
    assert officer.client.get("/ai/").json()["position"] is None
    assert officer.client.get("/viec/").headers["Location"].startswith("/can-bo/chuc-danh/")


@pytest.mark.requirement("TT21-PL6-16")
def test_sessions_are_seen_and_ended_from_another_device(officer):
    officer.activate()
    officer.sign_in()
    phone = Client(headers={"user-agent": "Điện thoại"})
    officer.sign_in(phone, code=officer.recovery_codes[0])
    page = officer.client.get("/phien/").content.decode()
    assert "Điện thoại" in page
    officer.client.post("/phien/ket-thuc/", {})
    assert phone.get("/ai/").json()["kind"] == "anonymous"
    assert officer.client.get("/ai/").json()["kind"] == "officer"


def test_a_locked_officer_is_out_at_once(officer):
    officer.activate()
    officer.sign_in()
    commands.lock_officer(officer_id=officer.new.officer_id, reason="x", actor=made.system(), at=clocks.now())
    assert officer.client.get("/ai/").json()["kind"] == "anonymous"


def test_the_password_is_changed_by_its_owner(officer):
    officer.activate()
    officer.sign_in()
    assert officer.client.post("/can-bo/mat-khau/", {"old": "sai", "password": "một mật khẩu mới"}).status_code == 422
    assert (
        officer.client.post("/can-bo/mat-khau/", {"old": PASSWORD, "password": "một mật khẩu mới"}).status_code == 302
    )
    assert officer.client.get("/ai/").json()["kind"] == "officer"


def test_a_citizens_door_is_not_an_officers(officer):
    officer.activate()
    officer.sign_in()
    assert officer.client.get("/cua-toi/").headers["Location"].startswith("/dang-nhap/")
