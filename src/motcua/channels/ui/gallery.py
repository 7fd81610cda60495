"""What the gallery of components shows: one invented dossier, said once, drawn by every macro."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from motcua.channels.ui.eform.sheet import Sheet
from motcua.channels.ui.flash import Flash
from motcua.domain.deadlines.types import ExplainedLine, LineCode
from motcua.domain.forms.knowing import Comparison
from motcua.domain.forms.types import Field, Form, Group, Kind, Option, Page, Repeat, Section
from motcua.foundation.kernel.errors import FieldProblem

NOW = datetime(2026, 11, 24, 2, 15, 7, tzinfo=UTC)
DATABASE = "CSDL quốc gia về dân cư"

FORM = Form(
    key="gallery",
    title="Đơn đề nghị cấp đổi Giấy chứng nhận",
    sections=(
        Section(
            "all",
            "Tất cả các loại câu hỏi",
            (
                Page(
                    "person",
                    "Thông tin của chủ hồ sơ",
                    (
                        Field("full_name", Kind.TEXT, "Họ, chữ đệm và tên", required=True, autocomplete="name"),
                        Field("number", Kind.PERSONAL_NUMBER, "Số định danh cá nhân", required=True),
                        Field("birth_on", Kind.DATE, "Ngày sinh", required=True),
                        Field("phone", Kind.PHONE, "Số điện thoại", hint="Chỉ dùng để báo tin về hồ sơ này."),
                        Field("email", Kind.EMAIL, "Thư điện tử"),
                        Field("home", Kind.ADDRESS, "Nơi thường trú", required=True),
                    ),
                    why="Chúng tôi hỏi để ghi đúng tên trên giấy chứng nhận mới.",
                ),
                Page(
                    "land",
                    "Thửa đất và lý do cấp đổi",
                    (
                        Field("note", Kind.INFORMATION, "Trước khi khai", body="Xem số thửa ở trang 2 của giấy cũ."),
                        Field("area", Kind.NUMBER, "Diện tích", required=True, decimals=1, unit="m²"),
                        Field("price", Kind.MONEY, "Giá trị khai báo"),
                        Field("owed", Kind.COMPUTED, "Lệ phí phải nộp", formula="area * 1.0"),
                        Field("mortgaged", Kind.BOOLEAN, "Thửa đất có đang thế chấp không?", required=True),
                        Field(
                            "why",
                            Kind.CHOICE,
                            "Lý do cấp đổi",
                            required=True,
                            options=(
                                Option("merge", "Dồn điền đổi thửa"),
                                Option("torn", "Giấy bị ố, rách, hỏng", hint="Nộp kèm giấy cũ."),
                            ),
                        ),
                        Field(
                            "ward",
                            Kind.CHOICE,
                            "Xã, phường nơi có đất",
                            required=True,
                            options=tuple(Option(str(n), f"Xã Mẫu {n}") for n in range(1, 10)),
                        ),
                        Field(
                            "papers",
                            Kind.CHOICES,
                            "Giấy tờ kèm theo",
                            options=(Option("old", "Giấy chứng nhận cũ"), Option("map", "Trích đo bản đồ")),
                        ),
                        Field("tax", Kind.TAX_CODE, "Mã số thuế"),
                        Field("more", Kind.LONG_TEXT, "Điều muốn nói thêm", max_length=2000),
                        Group(
                            "owners",
                            "Những người cùng sử dụng đất",
                            (
                                Field("name", Kind.TEXT, "Họ và tên", required=True),
                                Field("share", Kind.NUMBER, "Phần sử dụng", unit="%"),
                            ),
                            repeat=Repeat("Người", minimum=1, maximum=5),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
VALUES: dict[str, Any] = {
    "full_name": "Trần Thị Bưởi",
    "number": "038085001234",
    "birth_on": "1985-03-27",
    "home": {"province": "Tỉnh Mẫu", "ward": "Xã Hòa Bình", "detail": "Thôn 3"},
    "area": 1250.5,
    "price": 700_000_000,
    "mortgaged": False,
    "why": "merge",
    "papers": ["old"],
    "owners": [{"name": "Lê Văn Dũng", "share": 50}, {"name": "Trần Thị Bưởi", "share": 50}],
}


def sheet() -> Sheet:
    """Return the form of the gallery with sources, one difference and two problems."""
    return Sheet(
        FORM,
        VALUES,
        problems=(
            FieldProblem("phone", _("Hãy nhập số điện thoại gồm 10 chữ số, ví dụ 0912 345 678.")),
            FieldProblem("ward", _("Hãy chọn xã, phường nơi có đất.")),
        ),
        sources={"full_name": DATABASE, "number": DATABASE, "home": DATABASE},
        differences=(Comparison("birth_on", "Ngày sinh", "27/03/1985", "27/03/1986", DATABASE, same=False),),
        typed={"phone": "0912 345"},
        dispute_url="#bao-sai-{path}",
    )


def _explanation() -> SimpleNamespace:
    def line(words: str, at: Any, due: Any, ground: str = "", document: str = "") -> ExplainedLine:
        return ExplainedLine(LineCode.LIMIT, at, words, due, ground, document)

    due = datetime(2026, 11, 28, 10, tzinfo=UTC)
    return SimpleNamespace(
        lines=(
            line(
                "Tiếp nhận hồ sơ; 10 ngày làm việc",
                NOW - timedelta(days=12),
                due - timedelta(days=4),
                "NĐ 151/2025 Điều 24",
            ),
            line("Nghỉ cuối tuần, không tính", (NOW - timedelta(days=9)).date(), due - timedelta(days=2)),
            line("Tạm dừng: chờ bổ sung", NOW - timedelta(days=6), due, "NĐ 118/2025 Điều 19", "Phiếu 02 số 15/HDHS"),
            line("", NOW, due),
        ),
        sentence="Hạn 17:00 ngày 28/11/2026: 10 ngày làm việc từ 12/11, cộng 2 ngày chờ bổ sung (Phiếu 02 số 15/HDHS).",
    )


def _rows() -> list[dict[str, Any]]:
    return [
        {"code": "H15.50.05.13-261121-0042", "who": "Trần Thị Bưởi", "task": "Thẩm định", "state": "in_progress", "words": "Đang xử lý", "due": NOW - timedelta(days=3)},
        {"code": "H15.50.05.13-261122-0007", "who": "Công ty TNHH Bếp Việt", "task": "Kiểm tra thực tế", "state": "supplement_asked", "words": "Yêu cầu bổ sung giấy tờ", "due": NOW + timedelta(hours=3)},
        {"code": "H15.50.05.13-261123-0011", "who": "Nguyễn Thị Kim Ngân Hà", "task": "Trình lãnh đạo", "state": "received", "words": "Được tiếp nhận", "due": NOW + timedelta(days=5, hours=2)},
    ]  # fmt: skip


def _facts() -> list[dict[str, Any]]:
    return [
        {"label": "Số định danh", "value": "038085001234", "source": DATABASE},
        {"label": "Ngày sinh", "value": "27/03/1985", "source": DATABASE, "known": "27/03/1986", "differs": True},
        {"label": "Điện thoại", "value": "0912 345 678"},
    ]


def _checklist() -> list[dict[str, Any]]:
    return [
        {"state": "met", "name": "Đơn đăng ký biến động (Mẫu số 18)", "files": [{"name": "don.pdf", "size": 340_000, "url": "#don"}]},
        {"state": "missing", "name": "Giấy chứng nhận đã cấp", "form": "1 bản chính", "link": {"url": "#them", "words": "Thêm tệp"}},
        {"state": "unneeded", "name": "Sổ hộ khẩu", "note": "đã có dữ liệu trong CSDL dân cư – không cần nộp"},
        {"state": "optional", "name": "Văn bản ủy quyền", "note": "chỉ khi nộp thay"},
    ]  # fmt: skip


def context() -> dict[str, Any]:
    """Return everything the gallery's templates draw."""
    drawn = sheet()
    return {
        "now": NOW,
        "started": NOW - timedelta(days=14),
        "sheet": drawn,
        "explanation": _explanation(),
        "rows": _rows(),
        "facts": _facts(),
        "checklist_items": _checklist(),
        "dues": [{"name": "Lệ phí cấp giấy chứng nhận", "amount": 50_000}, {"name": "Phí thẩm định hồ sơ", "amount": 650_000, "note": "Nộp trực tuyến được giảm 50 %"}],
        "entries": [
            {"title": "Yêu cầu bổ sung", "at": NOW, "actor": "Lê Văn Dũng, Phòng Đăng ký đất đai", "text": "Thiếu trích đo bản đồ thửa đất.", "links": [{"url": "#phieu", "words": "Phiếu 02 số 15/HDHS"}]},
            {"title": "Tiếp nhận hồ sơ", "at": NOW - timedelta(days=12), "actor": "Nguyễn Thị Hoa, Bộ phận Một cửa"},
        ],
        "flash": [Flash("Đã tiếp nhận hồ sơ H15.50.05.13-261121-0042.", "good", "#in", "In giấy hẹn"), Flash("Chưa ký được: dịch vụ ký số chưa trả lời.", "bad"), Flash("Cổng bảo trì từ 22:00 đến 23:00 tối nay.", "news")],
        "crumbs": ((_("Trang chủ"), "/"), (_("Thành phần giao diện"), "")),
    }  # fmt: skip
