"""The national portal, driven as a one-stop system does, and its push towards one."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.sandbox.national_portal import checks, tables
from motcua.sandbox.tests.world import HTTP, Product, Sandbox


class OneStop:
    """A province's system, by hand."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.described = sandbox["national_portal"]
        self.head = {"dstcode": self.described["dstcode"]}
        login = {"username": self.described["username"], "password": self.described["password"]}
        self.session = HTTP.post(self.described["login_url"], json=login, headers=self.head).json()["session"]

    def call(self, service: str, **body: Any) -> dict[str, Any]:
        question = {"session": self.session, "madonvi": self.described["agency_code"], "service": service} | body
        answer: dict[str, Any] = HTTP.post(self.described["service_url"], json=question, headers=self.head).json()
        return answer

    def sync(self, *dossiers: dict[str, Any], updating: bool = False) -> dict[str, Any]:
        return self.call("DongBoHoSoMC", isUpdating=str(updating), data=list(dossiers))

    def progress(self, *steps: dict[str, Any]) -> dict[str, Any]:
        return self.call("CapNhatTienDoHoSoMC", data=list(steps))

    def look_up(self, code: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("TraCuuHoSo", mahoso=code)["result"]
        return found

    def send_new(self, status: str = "1") -> str:
        one = dossier(TrangThaiHoSo=status)
        assert self.sync(one)["error_code"] == "0"
        return str(one["MaHoSo"])


def dossier(**changes: Any) -> dict[str, Any]:
    return {
        "MaHoSo": f"H99.05-260801-{secrets.token_hex(4)}",
        "MaTTHC": "2.001827",
        "TenTTHC": "Cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
        "MaLinhVuc": "G10-ATTP",
        "TenLinhVuc": "An toàn thực phẩm",
        "KenhThucHien": "2",
        "ChuHoSo": "Công ty TNHH Thực phẩm Sạch Tỉnh Mẫu",
        "LoaiDoiTuong": "2",
        "MaDoiTuong": "",
        "Email": "giamdoc@thucphamsach.example.vn",
        "SoDienThoai": "0912000013",
        "TrichYeuHoSo": "Cấp Giấy chứng nhận an toàn thực phẩm",
        "NgayNopHoSo": "20260801080000",
        "NgayTiepNhan": "20260801090000",
        "NgayHenTra": "20260820170000",
        "TrangThaiHoSo": "1",
        "HinhThuc": "0",
        "DonViXuLy": "Sở Công Thương Tỉnh Mẫu",
        "NoiNopHoSo": "2",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "024075006653"}],
        "TaiLieuNop": [],
    } | changes


def step(code: str, status: str, at: str = "20260801091500", **changes: Any) -> dict[str, Any]:
    return {
        "MaHoSo": code,
        "NguoiXuLy": "Nguyễn Thị Thu Hà",
        "ChucDanh": "Chuyên viên",
        "ThoiDiemXuLy": at,
        "PhongBanXuLy": "Phòng Quản lý thương mại",
        "NoiDungXuLy": "Tiếp nhận hồ sơ",
        "TrangThai": status,
    } | changes


@pytest.fixture(scope="module")
def one_stop(sandbox: Sandbox) -> OneStop:
    return OneStop(sandbox)


def test_a_dossier_walks_to_its_end(one_stop: OneStop) -> None:
    code = one_stop.send_new()
    for minute, status in enumerate(["2", "4", "5", "4", "6", "4", "9", "10"]):
        assert one_stop.progress(step(code, status, f"202608011{minute}0000"))["error_code"] == "0"
    found = one_stop.look_up(code)[0]
    assert found["TrangThaiHoSo"] == "10"
    assert [item["TrangThai"] for item in found["DanhSachTienDo"]] == ["2", "4", "5", "4", "6", "4", "9", "10"]
    page = HTTP.get(f"{one_stop.described['url']}/ho-so/{code}").text
    assert "Nguyễn Thị Thu Hà" in page
    assert "Đã trả kết quả" in page


def test_login_and_session_are_checked(one_stop: OneStop, sandbox: Sandbox) -> None:
    wrong = {"username": "tinhmau", "password": "wrong"}
    answer = HTTP.post(one_stop.described["login_url"], json=wrong, headers=one_stop.head).json()
    assert answer["error_code"] == "-1"
    assert one_stop.call("TraCuuHoSo", mahoso="x", session="nothing")["error_code"] == "-1"
    assert one_stop.call("KhongCo")["error_code"] == "-2"
    assert HTTP.post(one_stop.described["service_url"], json={}).json()["error_code"] == "-2"


def test_a_known_dossier_wants_is_updating(one_stop: OneStop) -> None:
    one = dossier()
    assert one_stop.sync(one)["error_code"] == "0"
    again = one_stop.sync(one)
    assert again["error_code"] == "-3"
    assert "đã tồn tại" in again["message"]
    assert one_stop.sync(one | {"TrangThaiHoSo": "2"}, updating=True)["error_code"] == "0"
    assert one_stop.sync(dossier(), updating=True)["error_code"] == "-4"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"TrichYeuHoSo": "x" * 1001}, "TrichYeuHoSo"),
        ({"TrichYeuHoSo": ""}, "TrichYeuHoSo"),
        ({"KenhThucHien": "4"}, "KenhThucHien"),
        ({"KenhThucHien": 2}, "KenhThucHien"),
        ({"LoaiDoiTuong": "0"}, "LoaiDoiTuong"),
        ({"TrangThaiHoSo": "11"}, "TrangThaiHoSo"),
        ({"MaTTHC": "9.999999"}, "MaTTHC"),
        ({"MaTTHC": "2.009999"}, "MaTTHC"),
        ({"NgayTiepNhan": "2026-08-01T09:00:00"}, "NgayTiepNhan"),
        ({"NgayTiepNhan": "20260231090000"}, "NgayTiepNhan"),
        ({"NgayTiepNhan": "20260731090000"}, "NgayTiepNhan"),
        ({"NgayHenTra": "20260731090000"}, "NgayHenTra"),
        ({"TrangThaiHoSo": "2", "NgayTiepNhan": ""}, "NgayTiepNhan"),
        ({"Email": "không phải"}, "Email"),
        ({"NgayTaoMoi": "20260801090000"}, "NgayTaoMoi"),
        ({"TaiLieuNop": "không"}, "TaiLieuNop"),
        ({"TaiLieuNop": [{"TepDinhKemId": "1"}]}, "TaiLieuNop[0].TenTepDinhKem"),
        ({"DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "12"}]}, "DinhDanhCHS[0].SoDinhDanh"),
    ],
)
def test_wrong_dossiers_are_refused_with_the_field(one_stop: OneStop, changes: dict[str, Any], field: str) -> None:
    one = dossier(**changes)
    answer = one_stop.sync(one)
    assert answer["error_code"] == "-5"
    assert field in [item["Truong"] for item in answer["chitiet"]]
    assert one_stop.look_up(one["MaHoSo"]) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"NguoiXuLy": "x" * 51}, "NguoiXuLy"),
        ({"NguoiXuLy": ""}, "NguoiXuLy"),
        ({"TrangThai": "0"}, "TrangThai"),
        ({"TrangThai": 4}, "TrangThai"),
        ({"ThoiDiemXuLy": "20260801"}, "ThoiDiemXuLy"),
        ({"NoiDungXuLy": None}, "NoiDungXuLy"),
    ],
)
def test_wrong_progress_is_refused_with_the_field(one_stop: OneStop, changes: dict[str, Any], field: str) -> None:
    code = one_stop.send_new("2")
    answer = one_stop.progress(step(code, "4", **changes))
    assert answer["error_code"] == "-5"
    assert [item["Truong"] for item in answer["chitiet"]] == [field]


def test_fifty_and_a_thousand_letters_are_still_good(one_stop: OneStop) -> None:
    one = dossier(TrichYeuHoSo="ệ" * 1000, TrangThaiHoSo="2")
    assert one_stop.sync(one)["error_code"] == "0"
    assert one_stop.progress(step(one["MaHoSo"], "4", NguoiXuLy="ễ" * 50))["error_code"] == "0"


def test_progress_of_an_unknown_dossier_is_refused(one_stop: OneStop) -> None:
    assert one_stop.progress(step("H99.05-000", "4"))["error_code"] == "-4"


@pytest.mark.parametrize(("first", "then"), [("1", "4"), ("1", "9"), ("1", "10"), ("2", "1"), ("2", "3"), ("2", "10")])
def test_statuses_out_of_order_are_refused(one_stop: OneStop, first: str, then: str) -> None:
    code = one_stop.send_new(first)
    assert one_stop.progress(step(code, then))["error_code"] == "-6"
    assert one_stop.look_up(code)[0]["TrangThaiHoSo"] == first


def test_a_new_dossier_cannot_begin_in_the_middle(one_stop: OneStop) -> None:
    assert one_stop.sync(dossier(TrangThaiHoSo="4"))["error_code"] == "-6"


def test_steps_must_come_in_the_order_of_time(one_stop: OneStop) -> None:
    code = one_stop.send_new("2")
    assert one_stop.progress(step(code, "4", "20260802100000"))["error_code"] == "0"
    assert one_stop.progress(step(code, "4", "20260802095959"))["error_code"] == "-6"
    assert one_stop.progress(step(code, "9", "20260802100000"))["error_code"] == "0"


def test_a_batch_is_taken_whole_or_not_at_all(one_stop: OneStop) -> None:
    code = one_stop.send_new("2")
    assert one_stop.progress(step(code, "4"), step("H99.05-000", "4"))["error_code"] == "-4"
    assert one_stop.look_up(code)[0]["TrangThaiHoSo"] == "2"
    assert one_stop.progress(*[step(code, "4")] * 11)["error_code"] == "-5"


def test_a_procedure_of_ones_own_can_be_published(one_stop: OneStop) -> None:
    assert one_stop.call("LayThuTuc", maTTHC="1.999001")["result"] == []
    facts = {"code": "1.999001", "name": "Thủ tục thử", "field_code": "G09-X", "field": "Thử"}
    HTTP.post(f"{one_stop.described['url']}/sandbox/procedures", json=facts).raise_for_status()
    assert one_stop.call("LayThuTuc", maTTHC="1.999001")["result"][0]["TENTTHC"] == "Thủ tục thử"
    assert one_stop.sync(dossier(MaTTHC="1.999001"))["error_code"] == "0"


def test_it_refuses_in_its_own_words(one_stop: OneStop, sandbox: Sandbox) -> None:
    sandbox.set_mood("national_portal", "refuse")
    try:
        assert one_stop.sync(dossier())["error_code"] == "-99"
    finally:
        sandbox.set_mood("national_portal", "ok")


def test_a_hand_over_link_leads_to_the_product(one_stop: OneStop, product: Product) -> None:
    query = {"MaTTHCDP": "1.012783", "MaCoQuanThucHien": "H99.08", "MaDVC": "1.012783.01", "MDT": "t-1"}
    page = HTTP.get(f"{one_stop.described['url']}/chuyen-tiep", params=query).text
    expected = (
        f"{product.url}/nop-ho-so?MaTTHCDP=1.012783&MaCoQuanThucHien=H99.08&MaDVC=1.012783.01&MDT=t-1&vnconnect=1"
    )
    assert expected.replace("&", "&amp;") in page


def test_a_dossier_is_pushed_signed_with_files_and_can_be_pushed_again(one_stop: OneStop, product: Product) -> None:
    wish = {
        "MaTTHC": "1.012783",
        "MaDonViTiepNhan": "H99.08.01",
        "SoDinhDanh": "001085012345",
        "DuLieuBieuMau": {"so_to": "12", "so_thua": 345},
        "ThanhPhanHoSo": [{"Ma": "TP01", "Ten": "Đơn đăng ký biến động"}],
    }
    path = "/connectors/national-portal/dossiers"
    already = len([call for call in product.calls if call.path == path])
    outcome = HTTP.post(one_stop.described["push_url"], json=wish).json()
    assert outcome["accepted"]
    told = product.wait_for(path, already)
    stamp, message_id = told.headers["X-Sandbox-Timestamp"], told.headers["X-Sandbox-Message-Id"]
    signed = f"{stamp}\n{message_id}\n".encode() + told.body
    expected = hmac.new(one_stop.described["inbound_secret"].encode(), signed, hashlib.sha256).hexdigest()
    assert told.headers["X-Sandbox-Signature"] == f"sha256={expected}"
    assert abs(time.time() - int(stamp)) < 30
    sent = told.json["NoiHoSo"]
    assert sent["MaHoSo"] == outcome["MaHoSo"]
    assert sent["DuLieuBieuMau"] == wish["DuLieuBieuMau"]
    assert sent["ThongTinNguoiNop"]["ThongTinChiTiet"]["SoDinhDanh"] == "001085012345"
    paper = sent["ThanhPhanHoSo"][0]["GiayToDinhKem"][0]
    content = HTTP.get(paper["DuongDanTaiTepTin"]).content
    assert hashlib.sha256(content).hexdigest() == paper["HashTepTin"]
    assert content.startswith(b"%PDF")

    HTTP.post(f"{one_stop.described['push_url']}/{message_id}/again").raise_for_status()
    again = product.wait_for(path, already + 1)
    assert again.body == told.body
    assert again.headers["X-Sandbox-Message-Id"] == message_id

    known = one_stop.look_up(sent["MaHoSo"])[0]
    assert known["TrangThaiHoSo"] == "1"
    assert one_stop.sync(dossier(MaHoSo=sent["MaHoSo"], MaTTHC="1.012783"))["error_code"] == "-3"
    assert one_stop.progress(step(sent["MaHoSo"], "2"))["error_code"] == "0"


@pytest.mark.parametrize("wrong", [{"MaTTHC": "1.000000"}, {"SoDinhDanh": "1"}, {"MaDonViTiepNhan": "?"}])
def test_a_wrong_push_is_refused(one_stop: OneStop, wrong: dict[str, str]) -> None:
    wish = {"MaTTHC": "1.012783", "MaDonViTiepNhan": "H99", "SoDinhDanh": "001085012345"}
    assert HTTP.post(one_stop.described["push_url"], json=wish | wrong).status_code == 400


def test_pushing_by_hand(one_stop: OneStop, product: Product) -> None:
    form = {"procedure": "2.001827", "agency": "H99.05", "person": "024075006653", "components": "TP1 Đơn đề nghị"}
    files = {"file": ("don.pdf", b"%PDF-1.4 my own", "application/pdf")}
    page = HTTP.post(f"{one_stop.described['url']}/day-ho-so", data=form, files=files)
    assert "HTTP 200" in page.text
    told = [call for call in product.calls if call.path == "/connectors/national-portal/dossiers"][-1].json["NoiHoSo"]
    assert told["ChuHoSo"] == "Công ty TNHH Thực phẩm Sạch Tỉnh Mẫu"
    paper = told["ThanhPhanHoSo"][0]["GiayToDinhKem"][0]
    assert HTTP.get(paper["DuongDanTaiTepTin"]).content == b"%PDF-1.4 my own"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(tables.DOSSIER)), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_checks_find_fault_but_never_fall_over(data: Any) -> None:
    assert checks.item(data, tables.DOSSIER), "nothing so small is a whole dossier"


def test_every_status_can_be_reached_and_every_row_names_statuses() -> None:
    reachable = set(tables.FIRST_STATUSES)
    for diagram in (tables.NEXT_BEFORE_RECEPTION, tables.NEXT_AFTER_RECEPTION):
        for before, after in diagram.items():
            assert before in tables.STATUSES
            assert after <= set(tables.STATUSES)
            reachable |= after
    assert reachable == set(tables.STATUSES)
