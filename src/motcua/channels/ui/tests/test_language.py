import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import gettext

from motcua.channels.ui.language import ChosenLanguage

pytestmark = pytest.mark.urls("motcua.channels.ui.tests.urls")


def _speaks(cookie: str, accept: str = "") -> str:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(gettext("Trang chủ"))

    request = RequestFactory().get("/", headers={"Accept-Language": accept})
    if cookie:
        request.COOKIES["motcua_language"] = cookie
    return ChosenLanguage(page)(request).content.decode()


def test_vietnamese_first_whatever_the_browser_prefers() -> None:
    assert _speaks("", accept="en-US,en;q=0.9") == "Trang chủ"
    assert _speaks("en") == "Home"
    assert _speaks("xx") == "Trang chủ"


def test_the_switch_remembers_and_goes_back_to_the_page(client: Client) -> None:
    answer = client.get("/ngon-ngu/en/", {"tiep": "/thanh-phan/?a=1"})
    assert answer.headers["Location"] == "/thanh-phan/?a=1"
    assert answer.cookies["motcua_language"].value == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_switch_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    assert client.get("/ngon-ngu/en/", {"tiep": elsewhere}).headers["Location"] == "/"


def test_an_unknown_language_is_not_remembered(client: Client) -> None:
    assert "motcua_language" not in client.get("/ngon-ngu/xx/").cookies


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("", "Không tìm thấy", "Không tìm thấy hồ sơ này."),
        ("en", "Not found", "This dossier could not be found."),
    ],
)
def test_a_problem_worded_when_the_program_started_speaks_the_language_of_the_page(
    client: Client, language: str, heading: str, sentence: str
) -> None:
    client.cookies["motcua_language"] = language
    page = client.get("/van-de/dossier/").content.decode()
    assert f">{heading}</h1>" in page
    assert sentence in page


def test_problems_of_a_form_speak_english_to_whoever_chose_it(client: Client) -> None:
    client.cookies["motcua_language"] = "en"
    answer = client.get("/lien-he/", {"phone": "12"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A telephone number has 9 to 11 digits and starts with 0." in page
    assert "Số điện thoại gồm" not in page
    told = client.get("/lien-he/", {"phone": "12"}, headers={"Accept": "application/json"}).json()
    assert told["problems"][0]["sentence"].startswith("A telephone number has")
