"""Finding a procedure, for anybody, without an account."""

import json

import pytest

from motcua.domain.dossiers.tests.province import PROCEDURE

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("TT21-PL6-3")
def test_a_service_is_three_clicks_from_home(province, anybody):
    home = anybody.get("/").content.decode()
    field = "/thu-tuc/?linh-vuc=TY&amp;doi-tuong=citizen"
    assert field in home
    listed = anybody.get(field.replace("&amp;", "&")).content.decode()
    assert f'href="/thu-tuc/{PROCEDURE}/"' in listed
    assert f'href="/thu-tuc/{PROCEDURE}/nop/"' in anybody.get(f"/thu-tuc/{PROCEDURE}/").content.decode()


def test_a_field_stands_only_in_the_column_of_those_it_is_for(province, anybody):
    home = anybody.page("/")
    citizens, businesses = home.split("Doanh nghiệp", 1)
    assert "Thú vui" in citizens.split("Công dân")[-1]
    assert "Thú vui" not in businesses


@pytest.mark.requirement("TT21-PL6-3")
def test_search_engines_find_every_procedure_and_nothing_of_anybody(province, anybody):
    assert f"/thu-tuc/{PROCEDURE}/</loc>" in anybody.get("/sitemap.xml").content.decode()
    robots = anybody.get("/robots.txt").content.decode()
    assert "Disallow: /ho-so/" in robots
    assert "/sitemap.xml" in robots


@pytest.mark.requirement("TT21-PL1-13.1", "TT21-PL1-13.2", "TT21-PL1-13.3", "TT21-PL1-13.4-1", "TT21-PL1-13.5")
@pytest.mark.parametrize(
    "query",
    ["tu-khoa=tha+dieu", "co-quan={agency}", "linh-vuc=TY", "muc-do=full", "doi-tuong=citizen", "chu-de=vui", ""],
)
def test_every_criterion_finds_it(province, anybody, query):
    assert PROCEDURE in anybody.page("/thu-tuc/?" + query.format(agency=province.agency.id))


@pytest.mark.requirement("TT21-PL1-13.1", "TT21-PL1-13.2", "TT21-PL1-13.3", "TT21-PL1-13.4-2", "TT21-PL1-13.5")
@pytest.mark.parametrize(
    "query",
    ["tu-khoa=khong+co", "co-quan={desk}", "linh-vuc=XX", "muc-do=partial", "doi-tuong=business", "chu-de=khac"],
)
def test_and_each_leaves_out_what_does_not_fit(province, anybody, query):
    page = anybody.page("/thu-tuc/?" + query.format(desk=province.citizen.id))
    assert PROCEDURE not in page
    assert "Không tìm thấy thủ tục nào" in page


@pytest.mark.parametrize("query", ["co-quan=x", "muc-do=x", "doi-tuong=x", "tu=-5", "tu=999999999999", "tu-khoa=%00"])
def test_addresses_somebody_made_up_do_no_harm(province, anybody, query):
    anybody.page("/thu-tuc/?" + query)


def test_the_procedure_page_says_everything(province, anybody):
    page = anybody.page(f"/thu-tuc/{PROCEDURE}/")
    for said in ("Diều lớn", "10 ngày làm việc", "5 ngày làm việc", "Ảnh con diều", "1 bản chính", "Luật Thú y"):
        assert said in page
    assert "chưa đối chiếu" in page
    assert {"Ủy ban nhân dân xã Diều", "Ủy ban nhân dân xã Bên"} <= {
        name for name in (province.agency.name, province.other.name) if name in page
    }


def test_the_form_can_be_printed_empty(province, anybody):
    answer = anybody.get(f"/thu-tuc/{PROCEDURE}/to-khai.pdf")
    assert answer.content.startswith(b"%PDF")


def test_an_unknown_procedure_is_not_found(province, anybody):
    anybody.page("/thu-tuc/0.000000/", 404)


def test_where_the_national_portal_is_the_door_home_leads_there(province, anybody, settings):
    from dataclasses import replace

    settings.MOTCUA = replace(settings.MOTCUA, own_home_page=False)
    page = anybody.get("/").content.decode()
    assert "dichvucong.gov.vn" in page
    assert 'href="/tra-cuu/"' in page


def test_home_says_how_far_the_sample_is(province, anybody, settings, tmp_path):
    from dataclasses import replace

    settings.MOTCUA = replace(settings.MOTCUA, home=tmp_path)
    file = tmp_path / "sample.progress.json"
    assert "đang được dựng" not in anybody.page("/")
    file.write_text(json.dumps({"done": 3, "total": 10, "what": "Nộp hồ sơ"}))
    assert "Nộp hồ sơ (3/10)" in anybody.page("/")
    for over in ('{"done": 10, "total": 10, "what": ""}', "{", '{"done": 1}'):
        file.write_text(over)
        assert "đang được dựng" not in anybody.page("/")


@pytest.mark.parametrize("address", ["/ho-tro/", "/bao-ve-du-lieu/", "/tro-nang/", "/dich-vu-cong/", "/xac-minh/"])
def test_every_page_of_the_menu_opens(province, anybody, address):
    anybody.page(address)
