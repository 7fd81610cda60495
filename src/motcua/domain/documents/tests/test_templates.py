"""Every built-in paper, as it leaves the printer."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from motcua.domain.documents import commands, kinds, papers, queries
from motcua.domain.documents.tests import factories
from motcua.domain.documents.tests.factories import AT, CLERK, issued, pages_of, printed, qr_codes_of, words_of
from motcua.domain.documents.types import PaperSize
from motcua.foundation.kernel.errors import Invalid
from motcua.foundation.storage import queries as files
from motcua.foundation.typesetting import BadTemplate

pytestmark = pytest.mark.django_db
WORDS = {
    "receipt": (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "17:00:00 ngày 22/10/2026",
        "Giấy chứng nhận quyền sử dụng đất đã cấp 1",
        "K7TM-2QXP",
    ),
    "receipt_updated": ("(Cập nhật)", "Thay cho giấy số: 0123/TNHS ngày 08/10/2026", "17:00:00 ngày 29/10/2026"),
    "supplement_request": ("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Không tìm thấy dữ liệu", "NGƯỜI HƯỚNG DẪN"),
    "reception_refusal": ("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Giấy chứng nhận đang bị kê biên", "Lê Thu Hà"),
    "not_competent_notice": ("không thuộc thẩm quyền", "Văn phòng Đăng ký đất đai tỉnh Bên Cạnh", "0242 765 432"),
    "resolution_refusal": ("PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH", "35,2 m²", "KT. GIÁM ĐỐC"),
    "stop_notice": ("Dừng giải quyết hồ sơ", "Theo đề nghị của người nộp hồ sơ", "Nơi nhận:"),
    "consultation_letter": ("V/v lấy ý kiến", "Kính gửi: Ủy ban nhân dân phường Mẫu Sơn", "coi như đồng ý"),
    "appraisal_minutes": ("BIÊN BẢN", "Nắp hố ga khu sơ chế bị vỡ", "Chờ hoàn thiện, thẩm định lại", "Vũ Thanh Tùng"),
    "fee_receipt": ("BIÊN LAI THU PHÍ, LỆ PHÍ", "700.000 đ", "Bảy trăm nghìn đồng", "Liên 2: giao người nộp"),
    "control_slip": ("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "1. Giao: Bộ phận Một cửa", "Trước hạn", "Quá hạn"),
    "result": ("QUYẾT ĐỊNH", "Điều 1. Cấp đổi", "Đất ở tại đô thị", "Phạm vi hiệu lực: Toàn quốc"),
    "form": ("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG", "Số định danh cá nhân: 079190001234", "Đã ký giáp ranh"),
}
HOSTILE = r'#let x = "1" $a^2$ *b* _c_ \d <e> @f `g` // h /* i */ = j'


def test_every_built_in_kind_is_looked_at() -> None:
    assert set(WORDS) == set(kinds.KINDS)


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.requirement("TT11-19.1", "TT11-19.2", "TT11-19.3")
def test_a_paper_prints_what_the_law_asks_for(kind: str, tmp_path: Path) -> None:
    _paper, pdf = printed(kind)
    told = words_of(pdf)
    for words in (*WORDS[kind], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        assert words in told
    if kind != "form":
        assert f"01/{kinds.KINDS[kind].symbol}" in told
        assert "ngày 08 tháng 10 năm 2026" in told
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    size = "148 x 210" if kinds.KINDS[kind].size is PaperSize.A5 else "210 x 297"
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    points = [float(part) for part in info.split("Page size:")[1].split("pts")[0].split(" x ")]
    assert " x ".join(f"{part / 72 * 25.4:.0f}" for part in points) == size


@pytest.mark.parametrize("kind", sorted(set(WORDS) - {"form"}))
def test_every_dossier_paper_carries_its_code_top_left(kind: str, tmp_path: Path) -> None:
    paper, pdf = printed(kind)
    (code,) = qr_codes_of(pdf, tmp_path)
    lines = dict(line.split(": ", 1) for line in code.splitlines())
    assert lines["Mã hồ sơ"] == "H15.50.05.13-261008-0975"
    assert lines["Mã TTHC"].count(".") == 1
    assert lines["Định danh"] == "079190001234"
    assert lines["Giấy tờ"] == paper.title
    assert lines["Hệ thống"]
    assert lines["Xuất bản"] == "08:30:15 ngày 08/10/2026"
    assert lines["Kiểm tra"].endswith("/xac-minh/" + paper.token)
    assert ("Hẹn trả" in lines) == kind.startswith("receipt")
    assert ("Phạm vi" in lines) == (kind == "result")


def test_the_receipt_and_its_update_fit_one_page() -> None:
    for kind in ("receipt", "receipt_updated"):
        assert pages_of(printed(kind)[1]) == 1


@pytest.mark.parametrize("kind", WORDS)
def test_no_template_warns_about_anything(kind: str) -> None:
    built_in = kinds.KINDS[kind]
    papers.check(built_in.source, built_in.sample, papers.Face(built_in.title, kind, built_in.symbol), at=AT)


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_and_endless_words_print_as_words_inside_the_page(kind: str) -> None:
    endless = "n" * 90 + "@" + "v" * 90 + ".vn"
    data = _everywhere(kinds.KINDS[kind].sample, HOSTILE, endless)
    pdf = files.read(issued(kind, data=data, numbered=False).file_id)
    assert HOSTILE.replace(" ", "") in words_of(pdf).replace(" ", "")
    assert _rightmost(pdf) <= _width(pdf) - 20


def test_a_slip_that_is_long_goes_on_with_numbered_pages() -> None:
    handovers = factories.sample("control_slip")["handovers"] * 12
    pdf = files.read(issued("control_slip", data=factories.sample("control_slip", handovers=handovers)).file_id)
    assert pages_of(pdf) > 3
    assert words_of(pdf).count("Tên cơ quan, bộ phận") == pages_of(pdf)


@pytest.mark.requirement("TT11-5.1d")
def test_an_e_form_prints_like_the_paper_form() -> None:
    content = factories.sample("form")
    told = words_of(queries.print_form(content, at=AT))
    order = ["Mẫu số 18", "ĐƠN ĐĂNG KÝ", "Kính gửi:", "I. Người sử dụng đất", "1. Họ và tên", "4. Địa chỉ thường trú"]
    order += ["5. Fax", "II. Nội dung biến động", "Các thửa đất liền kề", "Tôi cam đoan", "NGƯỜI VIẾT ĐƠN"]
    found = [told.index(part) for part in order]
    assert found == sorted(found)


def test_an_administrator_replaces_a_template_and_new_papers_follow() -> None:
    before = issued("receipt")
    source = kinds.KINDS["receipt"].source.replace("Người tiếp nhận hồ sơ", "Công chức tiếp nhận")
    view = commands.replace_template(kind="receipt", source=source, actor=CLERK, at=AT, note="Theo mẫu của tỉnh")
    assert (view.version, view.is_built_in) == (2, False)
    after = issued("receipt")
    assert after.template_version == 2
    assert "CÔNG CHỨC TIẾP NHẬN" in words_of(files.read(after.file_id))
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in words_of(files.read(before.file_id))
    commands.sync_templates(at=AT)  # the next release does not overrule the administrator
    assert issued("receipt").template_version == 2


def test_a_template_that_does_not_print_is_refused() -> None:
    for source in (
        '#import "nd30.typ": *\n#show: paper\n#data.no-such-thing',
        "#broken(",
        '#import "@preview/x:1.0.0"',
    ):
        with pytest.raises(BadTemplate):
            commands.replace_template(kind="receipt", source=source, actor=CLERK, at=AT)
    assert issued("receipt").template_version == 1


def test_a_new_kind_of_paper_is_data_not_code() -> None:
    source = '#import "nd30.typ": *\n#show: paper.with(size: "a5")\n#heading(small: true)\n#title("Phiếu đánh giá", small: true)\n#data.text'
    with pytest.raises(Invalid):
        commands.replace_template(kind="rating_slip", source=source, actor=CLERK, at=AT, sample={"text": "Tốt"})
    commands.replace_template(
        kind="rating_slip",
        source=source,
        actor=CLERK,
        at=AT,
        title="Phiếu đánh giá",
        symbol="ĐG",
        size=PaperSize.A5,
        sample={"text": "Tốt"},
    )
    paper = issued("rating_slip", data={"text": "Rất hài lòng", "agency_lines": ["Sở Tư pháp"], "place": "Tỉnh Mẫu"})
    assert paper.number == "01/ĐG"
    assert "Rất hài lòng" in words_of(files.read(paper.file_id))


def test_a_warm_receipt_is_typeset_in_milliseconds() -> None:
    built_in = kinds.KINDS["receipt"]
    taken = []
    for number in range(6):
        face = papers.Face(built_in.title, "receipt", built_in.symbol, f"{number}/TNHS", AT.date(), f"TOKEN{number}")
        start = time.process_time()
        papers.typeset(built_in.source, papers.composed(built_in.sample, face, at=AT), at=AT)
        taken.append(time.process_time() - start)
    assert sorted(taken)[2] < 0.15


def _everywhere(value: Any, hostile: str, endless: str) -> Any:
    """The sample with every plain text of a person replaced by bad words."""
    if isinstance(value, dict):
        fixed = {"kind", "qr", "widths", "columns"}
        return {key: item if key in fixed else _everywhere(item, hostile, endless) for key, item in value.items()}
    if isinstance(value, list):
        return [_everywhere(item, hostile, endless) for item in value]
    return f"{hostile} {endless}" if isinstance(value, str) and len(value) > 12 else value


def _boxes(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def _rightmost(pdf: bytes) -> float:
    return max(float(part.split('"')[0]) for part in _boxes(pdf).split('xMax="')[1:])


def _width(pdf: bytes) -> float:
    return float(_boxes(pdf).split('page width="')[1].split('"')[0])


LEAST: dict[str, dict[str, Any]] = {
    "receipt": {"components": []},
    "receipt_updated": {"components": []},
    "supplement_request": {"items": [{"content": "Bản vẽ", "reason": "Mờ"}]},
    "reception_refusal": {"reasons": ["Sai mẫu"]},
    "not_competent_notice": {"reason": "Khác tỉnh", "right_agency": {"name": "Sở Tư pháp"}},
    "resolution_refusal": {"reasons": ["Không đủ điều kiện"]},
    "stop_notice": {"reason": "Theo đề nghị"},
    "consultation_letter": {
        "subject": "lấy ý kiến",
        "addressee": "Sở Y tế",
        "questions": ["?"],
        "answer_by": "08/10/2026",
    },
    "appraisal_minutes": {"subject": "Thẩm định", "team": [], "findings": [], "conclusion": "Đạt"},
    "control_slip": {"handovers": []},
    "fee_receipt": {"payer": {"name": "Lê A"}, "lines": [{"name": "Lệ phí", "amount": "5.000 đ"}], "total": "5.000 đ"},
    "result": {"sections": [{"title": "Chung", "rows": [{"label": "Tên", "value": "Lê A"}], "tables": []}]},
    "form": {"title": "Đơn", "sections": []},
}


@pytest.mark.parametrize("kind", WORDS)
def test_the_least_a_caller_knows_is_enough(kind: str) -> None:
    common = {
        "agency_lines": ["Sở Tư pháp"],
        "place": "Tỉnh Mẫu",
        "dossier_code": "H15-261008-0001",
        "procedure": {"code": "1.000001", "name": "Cấp bản sao"},
        "applicant": {"name": "Lê A"},
    }
    assert "SỞ TƯ PHÁP" in words_of(files.read(issued(kind, data=common | LEAST[kind]).file_id)) or kind == "form"


def test_only_the_updated_receipt_says_so() -> None:
    assert "(Cập nhật)" not in words_of(printed("receipt")[1])
    bare = {key: value for key, value in factories.sample("receipt_updated").items() if key != "replaces"}
    assert "(Cập nhật)" in words_of(files.read(issued("receipt_updated", data=bare).file_id))
