from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("motcua.channels.ui.tests.urls")


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("missing", 404, "Không có hồ sơ này."),
        ("not_allowed", 403, "Việc này do lãnh đạo làm."),
        ("stale", 409, "Trạng thái: Đang xử lý"),
        ("wrong_state", 409, "Hồ sơ đã đóng."),
        ("reused", 409, "Mã yêu cầu này đã dùng cho việc khác."),
        ("invalid", 422, "Hãy nhập số điện thoại."),
        ("unavailable", 503, "không có gì bị mất"),
    ],
)
def test_every_problem_is_worded(client: Client, name: str, status: int, said: str) -> None:
    answer = client.get(f"/van-de/{name}/")
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_script_gets_json(client: Client) -> None:
    answer = client.get("/van-de/invalid/", headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["problems"] == [{"field": "phone", "sentence": "Hãy nhập số điện thoại."}]


def test_not_there_and_broken_have_pages_of_their_own(client: Client) -> None:
    client.raise_request_exception = False
    assert "Không tìm thấy trang" in client.get("/khong-co/").content.decode()
    broken = client.get("/hong/")
    assert broken.status_code == 500
    assert "không phải do bạn" in broken.content.decode()
    assert "a defect" not in broken.content.decode()


def test_a_form_without_proof_of_origin_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/lap-lai/", {"a": "1"})
    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lại" in answer.content.decode()


def test_maintenance_needs_nothing(rf: Any) -> None:
    from motcua.channels.ui.views import maintenance

    answer = maintenance(rf.get("/"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "600"


def test_the_gallery_is_closed_in_production(client: Client, settings: Any) -> None:
    from types import SimpleNamespace

    assert client.get("/thanh-phan/").status_code == 200
    settings.MOTCUA = SimpleNamespace(mode=SimpleNamespace(value="production"), name="x")
    assert client.get("/thanh-phan/").status_code == 404
