"""Filling in what is known, comparing, and the form on paper."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.domain.forms import knowing, linter, printing, schema, types
from motcua.domain.forms.knowing import KnownValue
from motcua.domain.forms.tests.example import EXAMPLE, OWNER, RIGHT
from motcua.domain.forms.types import Form

REGISTER = "Cơ sở dữ liệu quốc gia về dân cư"
KNOWN = {
    "person.full_name": KnownValue("NGUYỄN VĂN  AN", REGISTER),
    "person.birth_on": KnownValue(date(1985, 3, 27), REGISTER),
    "person.personal_number": KnownValue("045085000123", REGISTER),
    "person.sex": KnownValue("unknown", REGISTER),
    "person.phone": KnownValue("0987654321", "VNeID"),
}


def test_known_data_fill_what_is_still_empty_and_say_where_they_come_from(form: Form) -> None:
    values, sources = knowing.prefill(form, KNOWN, {"phone": "0911111111"})
    assert values == {
        "owner": {"full_name": "NGUYỄN VĂN  AN", "birth_on": "1985-03-27", "personal_number": "045085000123",
                  "phone": "0987654321"},
    }  # fmt: skip
    assert sources["owner-full_name"] == REGISTER
    assert "phone" not in sources


def test_declared_and_known_are_compared_without_regard_to_case(form: Form) -> None:
    found = {one.path: one for one in knowing.comparisons(form, RIGHT, KNOWN)}
    assert found["owner-full_name"].same
    assert not found["phone"].same
    assert [one.path for one in knowing.differences(form, RIGHT, KNOWN)] == ["owner-phone", "phone"]
    declared = RIGHT | {"owner": OWNER | {"birth_on": "1985-03-28"}}
    told = {one.path: one for one in knowing.differences(form, declared, KNOWN)}
    assert (told["owner-birth_on"].declared, told["owner-birth_on"].known) == ("28/03/1985", "27/03/1985")
    assert told["owner-birth_on"].source == REGISTER


def test_an_address_known_as_one_text_fills_its_parts(form: Form) -> None:
    known = {"person.address": KnownValue("Số 5, thôn 3, xã Đông Hà, tỉnh Mẫu", REGISTER)}
    values, sources = knowing.prefill(form, known)
    assert values["home"] == {"detail": "Số 5, thôn 3", "ward": "xã Đông Hà", "province": "tỉnh Mẫu"}
    assert sources["home-ward"] == REGISTER
    assert knowing.differences(form, {"home": {"ward": "xã Tây Sơn"}}, known)[1].known == "xã Đông Hà"


@pytest.mark.parametrize("text", ["thôn 3, xã Đông Hà, huyện Cũ, tỉnh Mẫu", "Hà Nội", "", ", ,"])
def test_an_address_that_says_nothing_certain_about_the_commune_fills_nothing(form: Form, text: str) -> None:
    assert knowing.prefill(form, {"person.address": KnownValue(text, REGISTER)}) == ({}, {})


@pytest.mark.requirement("TT11-5.1d")
def test_paper_has_the_paper_forms_words_order_and_tables(form: Form) -> None:
    paper = printing.sections(form, RIGHT | {"area": 1250.5, "reasons": ["a", "b"]})
    assert (paper["title"], paper["number"]) == ("ĐƠN THỬ", "Mẫu số 01")
    people, things = paper["sections"]
    assert people["rows"][0] == {"label": "Điện thoại liên hệ", "value": "0912345678"}
    assert people["rows"][1:3] == [
        {"label": "Chủ hồ sơ", "value": "Nguyễn Văn An"},
        {"label": "Ngày sinh", "value": "27/03/1985"},
    ]
    assert {"label": "Nơi ở", "value": ""} in people["rows"]  # asked and not answered: the line stays, empty
    rows = {row["label"]: row["value"] for row in things["rows"]}
    assert rows["Diện tích"] == "1.250,5 m²"
    assert rows["Lý do"] == "Rách; Mờ"
    assert rows["Mục đích"] == "Đất ở"
    assert things["tables"] == [
        {"title": "Thành viên", "columns": ["Họ tên", "Dưới 16 tuổi", "Người giám hộ", "Lương"],
         "rows": [["Trần B", "Không", "", "5.000.000 đ"]]}
    ]  # fmt: skip


def test_a_composite_in_a_repeated_group_has_a_column_per_part() -> None:
    form = types.from_json({
        "key": "f", "title": "F", "sections": [{"key": "s", "title": "S", "pages": [{"key": "p", "heading": "?", "items": [
            {"key": "parcels", "title": "Thửa đất", "repeat": {"item": "Thửa"}, "fields": [
                {"key": "parcel", "kind": "land_parcel", "label": "Thửa đất", "parts": {"purpose": "none"}},
                {"key": "house", "kind": "boolean", "label": "Có nhà không?"}]}]}]}],
    })  # fmt: skip
    values = {
        "parcels": [{"parcel": {"parcel": "12", "map_sheet": "3", "area": 120.5, "location": "Thôn 3"}, "house": True}]
    }
    [table] = printing.sections(form, values)["sections"][0]["tables"]
    assert table["columns"] == ["Thửa đất số", "Tờ bản đồ số", "Diện tích", "Địa chỉ thửa đất", "Có nhà không"]
    assert table["rows"] == [["12", "3", "120,5 m²", "Thôn 3", "Có"]]


def test_what_was_hidden_is_not_on_paper(form: Form) -> None:
    labels = [row["label"] for part in printing.sections(form, RIGHT)["sections"] for row in part["rows"]]
    assert "Ngày mất" not in labels


def test_the_schema_is_json_schema_and_refuses_unknown_questions(form: Form) -> None:
    made = schema.to_json_schema(form)
    assert made["$schema"] == schema.DRAFT
    assert made["properties"]["members"]["maxItems"] == 3
    assert not schema.problems_in(form, RIGHT)
    assert schema.problems_in(form, {"nobody_asked": 1})


def test_the_linter_says_everything_at_once() -> None:
    broken = {
        "key": "broken",
        "title": "Hỏng",
        "sections": [{"key": "s", "title": "S", "pages": [{"key": "p", "heading": "?", "items": [
            {"key": "a", "kind": "text", "label": "A", "visible_when": "later == 'x'"},
            {"key": "later", "kind": "choice", "label": "L"},
            {"key": "later", "kind": "text", "label": "L2", "pattern": "("},
            {"key": "Bad-Key", "kind": "number", "label": "N", "minimum": "2020-01-01"},
            {"key": "sum", "kind": "computed", "label": "S", "formula": "later + 1"},
            {"key": "p", "kind": "person", "label": "P", "parts": {"wings": "required"}},
        ]}]}],
    }  # fmt: skip
    found = [(p.field, str(p.sentence)) for p in linter.problems(types.from_json(broken))]
    assert {field for field, _ in found} == {"later", "Bad-Key", "a#visible_when", "sum#formula", "p"}
    assert len(found) == 8


def test_the_example_is_sound(form: Form) -> None:
    assert linter.problems(form) == ()
    assert EXAMPLE["key"] == form.key
