"""The checklist says what is missing, in words a desk officer can read out."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.documents import checklist
from motcua.domain.documents.tests.factories import AT
from motcua.domain.documents.types import Component, Form, ItemState, Use, UseKind
from motcua.foundation.kernel.shapes import from_json, to_json

LAND = Component("gcn", "Giấy chứng nhận đã cấp", "GCN.QSDD", original=1, copies=2)


def a_use(form: Form, quantity: int = 1, *, key: str = "gcn", kind: UseKind | None = None) -> Use:
    usual = UseKind.FILE if form is Form.ELECTRONIC else UseKind.PAPER
    return Use(
        id=uuid4(),
        subject_id=uuid4(),
        component_key=key,
        kind=kind or usual,
        type_code="GCN.QSDD",
        name="Giấy chứng nhận",
        source="counter",
        given_at=AT,
        given_by="officer",
        form=form,
        quantity=quantity,
        note="",
        document_id=None,
        version_id=None,
        version=None,
        file_id=None,
    )


def only(component: Component, *uses: Use) -> tuple[ItemState, tuple[str, ...]]:
    (item,) = checklist.match([component], uses)
    return item.state, item.lacking


@pytest.mark.django_db
@pytest.mark.requirement("TT11-12.1c", "TT21-PL2-5.1")
def test_the_list_shows_every_component_in_the_order_asked_with_quantities() -> None:
    optional = replace(LAND, key="photo", name="Ảnh", required=False, condition_text="nếu có thay đổi")
    items = checklist.match([LAND, optional], [])
    assert [(item.component.key, item.state) for item in items] == [
        ("gcn", ItemState.MISSING),
        ("photo", ItemState.OPTIONAL),
    ]
    assert items[0].lacking == ("Chưa có: Giấy chứng nhận đã cấp (1 bản chính, 2 bản sao).",)
    assert not items[0].is_complete
    assert items[1].is_complete


def test_a_file_stands_for_all_quantities() -> None:
    assert only(LAND, a_use(Form.ELECTRONIC)) == (ItemState.GIVEN, ())


@pytest.mark.django_db
def test_papers_are_counted_by_kind() -> None:
    assert only(LAND, a_use(Form.ORIGINAL), a_use(Form.PHOTOCOPY, 2)) == (ItemState.GIVEN, ())
    assert only(LAND, a_use(Form.ORIGINAL, 3)) == (ItemState.GIVEN, ())  # a spare original is worth a copy
    assert only(LAND, a_use(Form.CERTIFIED, 3)) == (
        ItemState.MISSING,
        ("Giấy chứng nhận đã cấp: còn thiếu 1 bản chính.",),
    )
    assert only(LAND, a_use(Form.ORIGINAL), a_use(Form.PHOTOCOPY)) == (
        ItemState.MISSING,
        ("Giấy chứng nhận đã cấp: còn thiếu 1 bản sao.",),
    )


@pytest.mark.django_db
def test_a_form_that_is_not_accepted_does_not_count() -> None:
    strict = replace(LAND, copies=0, accepts=(Form.ORIGINAL,))
    state, lacking = only(strict, a_use(Form.PHOTOCOPY))
    assert state is ItemState.MISSING
    assert lacking[0] == "Giấy chứng nhận đã cấp: không nhận bản chụp."


def test_data_meets_a_component_before_any_paper() -> None:
    assert only(LAND, a_use(Form.ELECTRONIC, kind=UseKind.DATA)) == (ItemState.MET_BY_DATA, ())


def test_a_removed_use_and_a_use_of_another_component_do_not_count() -> None:
    gone = replace(a_use(Form.ELECTRONIC), removed_at=AT)
    other = a_use(Form.ELECTRONIC, key="photo")
    optional = replace(LAND, required=False)
    assert only(optional, gone, other) == (ItemState.OPTIONAL, ())


def test_a_paper_waits_for_the_scanner_until_there_is_a_file() -> None:
    paper, file = a_use(Form.ORIGINAL, 3), a_use(Form.ELECTRONIC)
    assert checklist.match([LAND], [paper])[0].awaits_digitisation
    assert not checklist.match([LAND], [paper, file])[0].awaits_digitisation
    assert not checklist.match([replace(LAND, digitise=False)], [paper])[0].awaits_digitisation


@pytest.mark.django_db
@given(
    st.integers(0, 3),
    st.integers(0, 3),
    st.lists(
        st.tuples(st.sampled_from([Form.ORIGINAL, Form.CERTIFIED, Form.PHOTOCOPY]), st.integers(1, 3)), max_size=4
    ),
)
def test_more_papers_never_make_a_complete_component_incomplete(
    original: int, copies: int, given_papers: list[tuple[Form, int]]
) -> None:
    component = replace(LAND, original=original, copies=copies)
    uses = [a_use(form, quantity) for form, quantity in given_papers]
    before = checklist.match([component], uses)[0]
    for form in (Form.ORIGINAL, Form.CERTIFIED, Form.PHOTOCOPY):
        after = checklist.match([component], [*uses, a_use(form)])[0]
        assert after.is_complete or not before.is_complete or not uses
    whole = [a_use(Form.ORIGINAL, original + copies + 1)]
    assert checklist.match([component], whole)[0].is_complete


def test_a_component_survives_json_as_editions_keep_it() -> None:
    component = replace(LAND, accepts=(Form.ORIGINAL,), media_types=("application/pdf",), ground="Điều 5")
    assert from_json(Component, to_json(component)) == component
