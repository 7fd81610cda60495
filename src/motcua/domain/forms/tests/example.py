"""A form with every kind of field, and answers that are right."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "key": "example",
    "title": "Đơn thử",
    "paper": {"title": "ĐƠN THỬ", "number": "Mẫu số 01", "pledge": "Tôi cam đoan lời khai là đúng."},
    "translations": {"en": {"Đơn thử": "Test application", "Diện tích": "Area", "Nam": "Male"}},
    "sections": [
        {
            "key": "people",
            "title": "Người nộp",
            "pages": [
                {
                    "key": "who",
                    "heading": "Bạn là ai?",
                    "why": "Để biết trả kết quả cho ai.",
                    "items": [
                        {"key": "owner", "kind": "person", "label": "Chủ hồ sơ", "required": True,
                         "source": "person", "parts": {"phone": "optional"}},
                        {"key": "home", "kind": "address", "label": "Nơi ở", "source": "person.address"},
                        {"key": "phone", "kind": "phone", "label": "Số điện thoại", "required": True,
                         "source": "person.phone", "paper_order": 1, "on_paper": "Điện thoại liên hệ"},
                        {"key": "email", "kind": "email", "label": "Thư điện tử"},
                        {"key": "tax_code", "kind": "tax_code", "label": "Mã số thuế"},
                    ],
                },
                {
                    "key": "loss",
                    "heading": "Giấy cũ còn không?",
                    "items": [
                        {"key": "lost", "kind": "boolean", "label": "Giấy cũ bị mất", "required": True},
                        {"key": "lost_on", "kind": "date", "label": "Ngày mất", "required": True,
                         "visible_when": "lost", "maximum": "today", "minimum": "1990-01-01"},
                        {"key": "police", "kind": "text", "label": "Nơi đã trình báo",
                         "visible_when": "lost", "required_when": "lost_on < date('2020-01-01')"},
                    ],
                },
            ],
        },
        {
            "key": "things",
            "title": "Nội dung",
            "pages": [
                {
                    "key": "land",
                    "heading": "Thửa đất nào?",
                    "visible_when": "!lost",
                    "items": [
                        {"key": "intro", "kind": "information", "label": "Lưu ý", "body": "Xem trên Giấy chứng nhận."},
                        {"key": "parcel", "kind": "land_parcel", "label": "Thửa đất"},
                        {"key": "area", "kind": "number", "label": "Diện tích", "decimals": 1, "unit": "m²",
                         "minimum": 1, "maximum": 5000},
                        {"key": "price", "kind": "money", "label": "Giá trị"},
                        {"key": "use", "kind": "choice", "label": "Mục đích", "required": True,
                         "options": [{"value": "home", "label": "Đất ở"}, {"value": "farm", "label": "Đất trồng cây"}]},
                        {"key": "reasons", "kind": "choices", "label": "Lý do",
                         "options": [{"value": "a", "label": "Rách"}, {"value": "b", "label": "Mờ"}]},
                        {"key": "note", "kind": "long_text", "label": "Ghi chú", "max_length": 20, "min_length": 3},
                        {"key": "serial", "kind": "text", "label": "Số phát hành",
                         "pattern": "^[A-Z]{2} \\d{6}$", "pattern_hint": "Gồm 2 chữ cái và 6 chữ số, ví dụ AB 123456."},
                    ],
                },
                {
                    "key": "staff",
                    "heading": "Những ai làm việc?",
                    "items": [
                        {"key": "members", "title": "Thành viên",
                         "repeat": {"item": "Thành viên", "minimum": 1, "maximum": 3},
                         "fields": [
                            {"key": "member_name", "kind": "text", "label": "Họ tên", "required": True},
                            {"key": "child", "kind": "boolean", "label": "Dưới 16 tuổi", "required": True},
                            {"key": "guardian", "kind": "text", "label": "Người giám hộ",
                             "visible_when": "child", "required": True},
                            {"key": "salary", "kind": "money", "label": "Lương", "required_when": "!child"},
                         ]},
                        {"key": "headcount", "kind": "computed", "label": "Số người", "computed_as": "number",
                         "formula": "double(size(members))"},
                    ],
                },
            ],
        },
    ],
}  # fmt: skip

OWNER = {"full_name": "Nguyễn Văn An", "birth_on": "1985-03-27", "personal_number": "045085000123", "sex": "male"}
RIGHT: dict[str, Any] = {
    "owner": OWNER,
    "phone": "0912345678",
    "lost": False,
    "use": "home",
    "members": [{"member_name": "Trần B", "child": False, "salary": 5_000_000}],
}
