"""What people type, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.domain.forms import parsing, types
from motcua.domain.forms.printing import shown_number
from motcua.domain.forms.tests.example import EXAMPLE

FORM = types.from_json(EXAMPLE)


def read(page: str, **posted: Any) -> Any:
    return parsing.from_post(FORM, page, {name.replace("__", "-"): value for name, value in posted.items()})


@pytest.mark.parametrize(
    ("page", "name", "typed", "value"),
    [
        ("loss", "lost_on", "27/3/1985", "1985-03-27"),
        ("loss", "lost_on", "27-03-1985", "1985-03-27"),
        ("loss", "lost_on", "27031985", "1985-03-27"),
        ("loss", "lost_on", "1985-03-27", "1985-03-27"),
        ("land", "area", "1.250,5", 1250.5),
        ("land", "area", "125.5", 125.5),
        ("land", "area", "1.250", 1250.0),
        ("land", "area", "1250 m²", 1250.0),
        ("land", "price", "1.250.000 đ", 1_250_000),
        ("land", "price", "1 250 000 đồng", 1_250_000),
        ("land", "price", "", None),
        ("land", "reasons", ["", "a", "b"], ["a", "b"]),
        ("land", "reasons", [""], None),
        ("who", "phone", "+84 912.345.678", "0912345678"),
        ("who", "tax_code", "0100109106 001", "0100109106-001"),
        ("loss", "police", "  Công an\t xã  ", "Công an xã"),
        ("loss", "police", "To\u0302n", "Tôn"),
        ("land", "note", "dòng 1\r\ndòng 2 ", "dòng 1\ndòng 2"),
        ("loss", "lost", "yes", True),
        ("loss", "lost", "no", False),
    ],
)
def test_typed_text_becomes_a_value(page: str, name: str, typed: Any, value: Any) -> None:
    values, problems = parsing.from_post(FORM, page, {name: typed})
    assert problems == ()
    assert values == {name: value}


@pytest.mark.parametrize(
    ("page", "name", "typed", "sentence"),
    [
        ("loss", "lost_on", "31/02/2026", "Tháng 2 năm 2026 chỉ có 28 ngày. Hãy sửa ngày."),
        ("loss", "lost_on", "01/13/2026", "Tháng phải từ 1 đến 12. Hãy sửa tháng."),
        ("loss", "lost_on", "hôm qua", "Nhập ngày, tháng, năm bằng số, ví dụ 27/03/1985."),
        ("land", "price", "12,5", "Giá trị phải là số nguyên, chỉ gồm chữ số, ví dụ 1.250."),
        ("land", "area", "1.25.0", "Diện tích phải là số, ví dụ 125,5."),
        ("land", "area", "nhiều", "Diện tích phải là số, ví dụ 125,5."),
        ("loss", "police", "a\x00b", "Có ký tự không đọc được trong ô này. Hãy xóa và gõ lại."),
        ("loss", "police", "a\ud800", "Có ký tự không đọc được trong ô này. Hãy xóa và gõ lại."),
    ],
)
def test_what_cannot_be_read_is_said_and_not_kept(page: str, name: str, typed: str, sentence: str) -> None:
    values, problems = parsing.from_post(FORM, page, {name: typed})
    assert values == {}
    assert [(p.field, p.sentence) for p in problems] == [(name, sentence)]


def test_three_boxes_make_a_date() -> None:
    boxes = {"owner__birth_on__day": "1", "owner__birth_on__month": "2", "owner__birth_on__year": "1990"}
    assert read("who", **boxes)[0] == {"owner": {"birth_on": "1990-02-01"}}
    _values, problems = read("who", **(boxes | {"owner__birth_on__month": ""}))
    assert [(p.field, p.sentence) for p in problems] == [("owner-birth_on", "Nhập tháng bằng số, ví dụ 3.")]
    _values, problems = read("who", **(boxes | {"owner__birth_on__year": "90"}))
    assert problems[0].sentence == "Nhập năm đủ 4 chữ số, ví dụ 1985."


def test_what_is_not_on_the_page_stays_as_it_was_and_what_is_emptied_is_cleared() -> None:
    assert read("who", phone="")[0] == {"phone": None}
    assert read("who")[0] == {}


def test_items_are_renumbered_and_empty_ones_left_out() -> None:
    values, problems = parsing.from_post(
        FORM,
        "staff",
        {
            "members-0-member_name": "",
            "members-2-member_name": "An",
            "members-2-child": "no",
            "members-7-member_name": "Bình",
            "members-7-salary": "abc",
        },
    )
    assert values == {"members": [{"member_name": "An", "child": False}, {"member_name": "Bình"}]}
    assert [p.field for p in problems] == ["members-1-salary"]
    assert parsing.from_post(FORM, "staff", {"members": ""})[0] == {"members": None}


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_money_reads_back_as_it_is_written(amount: int) -> None:
    price = next(f for f in FORM.fields() if f.key == "price")
    assert parsing.from_post(FORM, "land", {"price": shown_number(price, amount)})[0] == {"price": amount}


@settings(deadline=None)
@given(st.integers(0, 10**9).map(lambda tenth: tenth / 10))
def test_a_number_reads_back_as_it_is_written(value: float) -> None:
    area = next(f for f in FORM.fields() if f.key == "area")
    assert parsing.from_post(FORM, "land", {"area": shown_number(area, value)})[0] == {"area": value}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["owner-birth_on", "phone", "email", "tax_code", "home-ward"]), st.text(max_size=20)
    )
)
def test_whatever_is_typed_is_read_or_told(posted: dict[str, str]) -> None:
    values, problems = parsing.from_post(FORM, "who", posted)
    told = {problem.field for problem in problems}
    for name, text in posted.items():
        head = name.split("-")[0]
        assert head in values or name in told, (name, text)
