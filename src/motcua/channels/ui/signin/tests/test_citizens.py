"""A citizen comes in through a real identity provider in another process, and acts in the open."""

from urllib.parse import urlsplit

import httpx
import pytest

from motcua.foundation.identity import queries
from motcua.foundation.identity.types import Identifier, IdentifierKind

pytestmark = pytest.mark.django_db


def choose_account(address, name, accounts, **form):
    """Do in the provider's page what a person does; return the address the browser is sent back to."""
    sub = next(account["sub"] for account in accounts if account["name"] == name)
    answer = httpx.post(address, data=form or {"sub": sub})
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def sign_in(client, providers, name="Nguyễn Văn An", provider="dvcqg", then="/ai/"):
    away = client.get(f"/dang-nhap/{provider}/", {"next": then})
    assert away.status_code == 302
    return client.get(choose_account(away.headers["Location"], name, providers["accounts"]))


@pytest.mark.requirement("TT11-1.1", "TT21-PL1-1.1")
def test_a_citizen_signs_in_and_comes_back_to_the_page_that_asked(client, providers):
    door = client.get("/cua-toi/?muc=1")
    assert door.headers["Location"] == "/dang-nhap/?next=%2Fcua-toi%2F%3Fmuc%3D1"
    page = client.get(door.headers["Location"]).content.decode()
    assert "/dang-nhap/vneid/?next=/cua-toi/%3Fmuc%3D1" in page
    assert "password" not in page, "there is no account of our own"
    back = sign_in(client, providers, then="/cua-toi/?muc=1")
    assert back.headers["Location"] == "/cua-toi/?muc=1"
    me = client.get("/cua-toi/").json()
    assert (me["kind"], me["name"], me["for"]) == ("person", "Nguyễn Văn An", "")
    assert me["party"] == me["acting_for"]
    assert me["principal"].startswith("account:")


@pytest.mark.parametrize("provider", ["vneid", "dvcqg"])
def test_both_providers_know_the_same_person(client, providers, provider):
    sign_in(client, providers, provider=provider)
    person = queries.find_party(Identifier(IdentifierKind.PERSONAL_NUMBER, "001085012345"))
    assert client.get("/ai/").json()["party"] == str(person.id)
    assert str(person.birth_on) == "1985-03-12"


@pytest.mark.requirement("TT11-1.1", "TT21-PL1-1.1")
def test_a_companys_account_acts_for_the_company_on_every_page_and_can_step_back(client, providers):
    name = company_person(providers)
    sign_in(client, providers, name)
    me = client.get("/ai/").json()
    assert me["name"] == name
    assert me["for"].startswith("Công ty")
    assert me["for"] in client.get("/thay-mat/").content.decode()
    client.post("/thay-mat/chon/", {"party": me["party"]})
    assert client.get("/ai/").json()["for"] == ""
    stranger = client.post("/thay-mat/chon/", {"party": "01900000-0000-7000-8000-000000000000"})
    assert stranger.status_code == 404


def company_person(providers):
    from motcua.sandbox.people import ACCOUNTS

    return next(person.name for person in ACCOUNTS if person.company)


def test_a_parent_adds_a_child_and_acts_for_it(client, providers):
    sign_in(client, providers)
    typed = {"name": "Nguyễn Bảo Ngọc", "day": "31", "month": "2", "year": "2019", "sex": "female"}
    wrong = client.post("/thay-mat/con/", typed)
    assert wrong.status_code == 422
    assert "Nguyễn Bảo Ngọc" in wrong.content.decode(), "nothing typed is lost"
    assert client.post("/thay-mat/con/", typed | {"day": "28"}).status_code == 302
    (child,) = queries.search_parties("bao ngoc")
    client.post("/thay-mat/chon/", {"party": str(child.id)})
    assert client.get("/ai/").json()["for"] == "Nguyễn Bảo Ngọc"


def test_an_answer_nobody_asked_for_lets_nobody_in(client, providers):
    away = client.get("/dang-nhap/vneid/").headers["Location"]
    back = choose_account(away, "Nguyễn Văn An", providers["accounts"])
    thief = client.__class__()
    assert thief.get(back).headers["Location"] == "/dang-nhap/"
    assert thief.get("/ai/").json()["kind"] == "anonymous"
    client.get(back.replace("state=", "state=x"))
    assert client.get("/ai/").json()["kind"] == "anonymous"
    client.get(back)
    assert client.get("/ai/").json()["kind"] == "anonymous", "a request is answered once"


def test_who_declines_is_told_so(client, providers):
    away = client.get("/dang-nhap/vneid/").headers["Location"]
    back = choose_account(away, "Nguyễn Văn An", providers["accounts"], deny="1")
    page = client.get(back, follow=True).content.decode()
    assert "Chưa đăng nhập được" in page


def test_a_provider_that_is_down_is_one_sentence(client, providers, monkeypatch):
    def refused(*_args, **_kwargs):
        raise httpx.ConnectError("down")

    monkeypatch.setattr(httpx.Client, "request", refused)
    from motcua.channels.connectors import openid
    from motcua.foundation.exchange import ports as exchange

    down = openid.OpenIdClient(openid.client.Issuer("https://a.vn", "https://a.vn/x", "m", "s"))
    monkeypatch.setitem(exchange._answerers, ("vneid", "sign_in.begin"), down.begin)
    page = client.get("/dang-nhap/vneid/", follow=True)
    assert "chưa trả lời" in page.content.decode()


@pytest.mark.parametrize(
    "evil", ["https://ke-gian.example/", "//ke-gian.example", "/\\ke-gian.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_away_after_signing_in(client, providers, evil):
    assert sign_in(client, providers, then=evil).headers["Location"] == "/"


def test_the_cookie_changes_at_sign_in_and_is_dead_after_signing_out(client, providers):
    client.get("/dang-nhap/vneid/")
    before = client.cookies["motcua_session"].value
    sign_in(client, providers)
    during = client.cookies["motcua_session"].value
    assert before != during
    assert client.get("/dang-xuat/").status_code == 405, "signing out is a post"
    client.post("/dang-xuat/")
    assert client.get("/ai/").json()["kind"] == "anonymous"
    client.cookies["motcua_session"] = during
    assert client.get("/ai/").json()["kind"] == "anonymous"


def test_a_form_keeps_its_request_id_and_rubbish_does_not(client, providers):
    sign_in(client, providers)
    client.handler.enforce_csrf_checks = False
    assert client.post("/ai/", {"request_id": "0190aaaa-bbbb"}).json()["request"] == "0190aaaa-bbbb"
    assert client.post("/ai/", {"request_id": "x y"}).json()["request"] != "x y"
    assert client.get("/ai/").json()["request"] != client.get("/ai/").json()["request"]
