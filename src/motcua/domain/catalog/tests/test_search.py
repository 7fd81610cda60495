"""Finding a procedure."""

from __future__ import annotations

from copy import deepcopy

import pytest

from motcua.domain.catalog import commands, queries
from motcua.domain.catalog.tests.conftest import Registry
from motcua.domain.catalog.tests.example import EDITION
from motcua.domain.catalog.types import ServiceLevel, SubjectKind
from motcua.foundation.kernel.identifiers import new_id

NAMES = {
    "9.000001": "Đăng ký nuôi chó",
    "9.000002": "Cấp đổi Giấy chứng nhận quyền sử dụng đất",
    "9.000003": "Chứng thực bản sao từ bản chính",
}


@pytest.fixture
def catalogue(registry_: Registry) -> Registry:
    commands.name_field(code="DD", name="Đất đai", actor=registry_.actor, at=registry_.at)
    registry_.register("9.000002", NAMES["9.000002"], subjects=(SubjectKind.CITIZEN, SubjectKind.BUSINESS), field="DD")
    registry_.register("9.000003", NAMES["9.000003"], subjects=(SubjectKind.ORGANISATION,))
    registry_.publish()
    registry_.publish(procedure="9.000002")
    registry_.publish(procedure="9.000003", channels=[{"way": "direct", "level": "information"}],
                      limits=deepcopy(EDITION["limits"])[:2], fees=[])  # fmt: skip
    return registry_


def codes(text: str = "", **criteria: object) -> list[str]:
    return [found.code for found in queries.search(text, **criteria)]  # type: ignore[arg-type]  # criteria by name


@pytest.mark.requirement("TT21-PL1-13.1")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nuoi cho", ["9.000001"]),
        ("NUÔI CHÓ", ["9.000001"]),
        ("giấy đất", ["9.000002"]),
        ("dat giay chung nhan", ["9.000002"]),
        ("chung", ["9.000003", "9.000002"]),
        ("9.000002", ["9.000002"]),
        ("chứng thực bản sao bằng tốt nghiệp", ["9.000003"]),
        ("đá banh", []),
        ("100% _", []),
    ],
)
def test_words_are_found_without_marks_and_in_any_order(catalogue: Registry, text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.requirement("TT21-PL1-13.2")
def test_by_agency(catalogue: Registry) -> None:
    assert len(codes(agency_id=catalogue.agency_id)) == 3
    assert codes(agency_id=new_id()) == []


@pytest.mark.requirement("TT21-PL1-13.3")
def test_by_field_and_topic(catalogue: Registry) -> None:
    assert codes(field="DD") == ["9.000002"]
    assert len(codes(topic="thu-nuoi")) == 3
    assert [field.code for field in queries.fields()] == ["DD", "TY"]


@pytest.mark.requirement("TT21-PL1-13.4-1", "TT21-PL1-13.4-2", "TT21-PL1-13.4-3")
def test_by_level(catalogue: Registry) -> None:
    catalogue.publish(
        procedure="9.000001",
        channels=[{"way": "online", "level": "partial"}, {"way": "direct", "level": "information"}],
    )
    assert codes(level=ServiceLevel.INFORMATION) == ["9.000003"]
    assert codes(level=ServiceLevel.PARTIAL) == ["9.000001"]
    assert codes(level="full") == ["9.000002"]


@pytest.mark.requirement("TT21-PL1-13.4-4")
def test_other_services_are_offered_only_when_there_are_any(catalogue: Registry) -> None:
    assert queries.levels() == [ServiceLevel.FULL, ServiceLevel.INFORMATION]
    catalogue.publish(procedure="9.000001", channels=[{"way": "direct", "level": "other"}],
                      limits=deepcopy(EDITION["limits"])[:2], fees=[])  # fmt: skip
    assert queries.levels() == [ServiceLevel.FULL, ServiceLevel.INFORMATION, ServiceLevel.OTHER]
    assert codes(level=ServiceLevel.OTHER) == ["9.000001"]


@pytest.mark.requirement("TT21-PL1-13.5")
def test_by_subject(catalogue: Registry) -> None:
    assert codes(subject=SubjectKind.ORGANISATION) == ["9.000003"]
    assert codes(subject="business") == ["9.000002"]


def test_what_is_not_published_or_out_of_use_is_not_found(catalogue: Registry) -> None:
    catalogue.register("9.000004", "Đăng ký nuôi chó săn", subjects=(SubjectKind.CITIZEN,))
    assert codes("nuoi cho") == ["9.000001"]
    commands.change_procedure(code="9.000001", is_active=False, reason="bãi bỏ", actor=catalogue.actor, at=catalogue.at)
    assert codes("nuoi cho") == []
