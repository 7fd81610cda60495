"""What a person is told about what they filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.domain.forms import types, validation
from motcua.domain.forms.looking import look
from motcua.domain.forms.tests.example import EXAMPLE, OWNER, RIGHT
from motcua.domain.forms.types import Form

FORM = types.from_json(EXAMPLE)
TODAY = date(2026, 11, 20)


def told(values: dict[str, Any], page: str | None = None) -> dict[str, str]:
    return {p.field: str(p.sentence) for p in validation.check(FORM, values, page=page, on=TODAY)}


def test_right_answers_are_right() -> None:
    assert told(RIGHT) == {}


@pytest.mark.requirement("TT11-12.1d", "TT21-PL2-5.2")
def test_nothing_answered_names_every_required_field_in_order() -> None:
    assert list(told({})) == [
        "owner-full_name",
        "owner-birth_on",
        "owner-personal_number",
        "phone",
        "lost",
        "members",
    ]
    assert told({})["owner-full_name"] == "Nhập họ, chữ đệm và tên."
    assert told({})["members"] == "Thêm ít nhất 1 mục “Thành viên”."


@pytest.mark.requirement("TT11-12.1d", "TT21-PL2-5.2")
@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"owner": OWNER | {"personal_number": "04508500012"}}, "owner-personal_number",
         "Số định danh cá nhân gồm 12 chữ số; số vừa nhập có 11 chữ số."),
        ({"owner": OWNER | {"personal_number": "04508500012A"}}, "owner-personal_number",
         "Số định danh cá nhân chỉ gồm chữ số. Hãy xóa chữ cái và dấu."),
        ({"owner": OWNER | {"birth_on": "1986-03-27"}}, "owner-personal_number",
         "Số định danh ghi năm sinh 1985, khác năm sinh đã nhập 1986."),
        ({"owner": OWNER | {"birth_on": "1985-02-31"}}, "owner-birth_on",
         "Tháng 2 năm 1985 chỉ có 28 ngày. Hãy sửa ngày."),
        ({"owner": OWNER | {"birth_on": "2027-01-01", "personal_number": ""}}, "owner-birth_on",
         "Ngày sinh không được sau ngày hôm nay."),
        ({"phone": "091234567"}, "phone", "Số điện thoại gồm 10 chữ số; số vừa nhập có 9 chữ số."),
        ({"email": "an.example.vn"}, "email",
         "Địa chỉ thư điện tử thiếu dấu @. Hãy nhập đủ, ví dụ ten@example.vn."),
        ({"tax_code": "0100109107"}, "tax_code",
         "Mã số thuế không đúng: chữ số kiểm tra (số thứ 10) không khớp. Hãy xem lại."),
        ({"note": "x" * 27}, "note", "Ghi chú dài quá 7 ký tự. Hãy rút ngắn còn nhiều nhất 20 ký tự."),
        ({"note": "ab"}, "note", "Ghi chú cần ít nhất 3 ký tự, còn thiếu 1."),
        ({"serial": "A 12"}, "serial",
         "Số phát hành chưa đúng. Gồm 2 chữ cái và 6 chữ số, ví dụ AB 123456."),
        ({"area": 6000.0}, "area", "Diện tích không được quá 5.000 m²."),
        ({"area": 0.5}, "area", "Diện tích phải từ 1 m² trở lên."),
        ({"area": 1.25}, "area", "Diện tích chỉ lấy 1 chữ số sau dấu phẩy."),
        ({"price": -1}, "price", "Giá trị phải từ 0 đ trở lên."),
        ({"use": "sea"}, "use", "Chọn một trong các câu trả lời có sẵn: mục đích."),
        ({"reasons": ["a", "z"]}, "reasons", "Chọn một trong các câu trả lời có sẵn: lý do."),
        ({"home": {"province": "Hà Nội"}}, "home-ward", "Nhập xã, phường, đặc khu."),
        ({"members": [{"member_name": "A", "child": False}]}, "members-0-salary", "Nhập lương."),
        ({"members": [RIGHT["members"][0]] * 5}, "members",
         "Đang có 5 mục “Thành viên”, nhiều nhất là 3. Hãy bỏ bớt 2 mục."),
    ],
)  # fmt: skip
def test_each_mistake_has_its_sentence(change: dict[str, Any], field: str, sentence: str) -> None:
    assert told(RIGHT | change)[field] == sentence


def test_only_the_page_asked_about_is_judged() -> None:
    assert list(told({}, page="loss")) == ["lost"]


def test_hidden_questions_are_neither_required_nor_judged() -> None:
    hidden = RIGHT | {"lost_on": "not a date at all", "police": "x" * 900}
    assert told(hidden) == {}
    lost = {**RIGHT, "lost": True, "use": "sea"}
    assert list(told(lost)) == ["lost_on"]
    assert "use" not in look(FORM, lost).values


def test_required_when_looks_at_other_answers() -> None:
    lost = RIGHT | {"lost": True, "lost_on": "2019-05-01"}
    assert told(lost)["police"] == "Nhập nơi đã trình báo."
    assert told(lost | {"lost_on": "2021-05-01"}) == {}


def test_conditions_inside_a_repeat_see_their_own_item() -> None:
    members = [{"member_name": "A", "child": True}, {"member_name": "B", "child": False}]
    assert list(told(RIGHT | {"members": members})) == ["members-0-guardian", "members-1-salary"]
    view = look(FORM, RIGHT | {"members": members})
    assert "members-1-guardian" not in {one.path for one in view.shown}
    assert view.values["headcount"] == 2.0


def test_the_persons_own_mistake_while_typing_comes_before_what_it_causes() -> None:
    already = (types_problem("phone", "Gõ sai"),)
    found = validation.check(FORM, {**RIGHT, "phone": None}, already=already, on=TODAY)
    assert [(p.field, p.sentence) for p in found] == [("phone", "Gõ sai")]


def types_problem(field: str, sentence: str) -> Any:
    from motcua.foundation.kernel.errors import FieldProblem  # noqa: PLC0415

    return FieldProblem(field, sentence)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
_KEYS = sorted({field.key for field in FORM.fields()} | {"members"})


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=6))
def test_no_answers_whatever_break_the_check(values: dict[str, Any]) -> None:
    found = validation.check(FORM, RIGHT | values, on=TODAY)
    assert all(problem.field and problem.sentence for problem in found)


@settings(deadline=None)
@given(
    name=st.text(st.characters(categories=["L", "Zs"], codec="utf-8"), min_size=1, max_size=60).filter(str.strip),
    area=st.integers(10, 50_000).map(lambda tenth: tenth / 10),
    price=st.integers(0, 10**12),
    reasons=st.sets(st.sampled_from(["a", "b"])).map(sorted),
    lost=st.booleans(),
)
def test_what_is_valid_stays_valid_when_looked_at_again(
    name: str, area: float, price: int, reasons: list[str], lost: bool
) -> None:
    values = RIGHT | {"area": area, "price": price, "reasons": reasons, "lost": lost, "lost_on": "2025-01-02"}
    values["members"] = [{"member_name": name, "child": True, "guardian": name}]
    assert told(values) == {}
    once = dict(look(FORM, values).values)
    assert told(once) == {}
    assert dict(look(FORM, once).values) == once


def test_a_form_survives_json_and_keeps_its_digest(form: Form) -> None:
    again = types.from_json(types.to_json(form))
    assert again == form
    assert types.digest(again) == types.digest(form)


def test_translation_changes_what_people_read_and_nothing_else(form: Form) -> None:
    english = types.translate(form, "en")
    assert english.title == "Test application"
    assert [f.label for f in english.fields() if f.key == "area"] == ["Area"]
    assert [f.key for f in english.fields()] == [f.key for f in form.fields()]
    assert types.translate(form, "fr") == form
