"""What an edition means for given answers."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.domain.catalog import queries
from motcua.domain.catalog.tests.conftest import Registry
from motcua.domain.catalog.types import Edition, ReceptionChannel, ServiceLevel, Way, way_of
from motcua.foundation.kernel.errors import Invalid, Missing

DOGS: list[dict[str, Any]] = [{"name": "Mực", "weight": 25}, {"name": "Vàng", "weight": 8}]


@pytest.fixture
def edition(registry_: Registry) -> Edition:
    return queries.edition(registry_.publish())


def test_answers_lead_to_a_case(edition: Edition) -> None:
    assert edition.case_for({"breeder": True}).key == "breeder"
    assert edition.case_for({"breeder": False}).key == "pet"
    assert edition.case_for({}).key == "pet"
    with pytest.raises(Missing):
        edition.case("cat")


@pytest.mark.requirement("TT11-12.1c", "TT21-PL2-5.1")
def test_the_checklist_depends_on_case_and_answers(edition: Edition) -> None:
    def keys(*args: Any) -> list[str]:
        return [component.key for component in edition.components_for(*args)]

    assert keys("pet") == ["form", "vaccination"]  # nobody answered yet: everything that may be asked
    assert keys("pet", {"dogs": DOGS}) == ["form", "vaccination"]
    assert keys("pet", {"dogs": DOGS[:1]}) == ["form"]
    assert keys("breeder", {}) == ["form", "licence"]
    assert [one.citation for one in queries.grounds_of(edition, edition.content.valid_from)] == [
        "Luật Thú y 79/2015/QH13",
        "Điều 2 Nghị quyết 1/2026/NQ-HĐND",
    ]


def test_the_most_specific_limit_counts_and_the_shortened_one_is_promised(edition: Edition) -> None:
    assert edition.limit_for("pet", "counter").rule.amount == 3
    assert edition.limit_for("pet", "counter").law.amount == 5
    assert edition.limit_for("breeder", "counter").rule.amount == 10
    assert edition.limit_for("breeder", "national_portal").rule.amount == 8
    assert edition.limit_for("breeder", Way.ONLINE).rule.amount == 8


def test_dues_follow_case_channel_answers_and_exemptions(edition: Edition) -> None:
    def dues(case: str, channel: str, **answers: Any) -> list[tuple[str, int, int]]:
        return [(due.key, due.amount, due.full_amount) for due in edition.dues_for(case, channel, answers)]

    assert dues("pet", "counter", dogs=DOGS) == [("tag", 30_000, 30_000)]
    assert dues("pet", "counter", dogs=DOGS, poor=True) == [("tag", 15_000, 30_000)]
    assert dues("pet", "own_portal", dogs=DOGS, poor=True) == [("tag", 10_000, 10_000)]
    assert dues("breeder", "counter", dogs=DOGS) == [("tag", 30_000, 30_000), ("visit", 100_000, 100_000)]
    assert dues("pet", "counter") == []
    with pytest.raises(Invalid) as caught:
        dues("pet", "counter", dogs=[{"name": "Mực"}])
    assert "Lệ phí thẻ" in str(caught.value)


def test_channels_places_and_process_data(edition: Edition) -> None:
    assert edition.level is ServiceLevel.FULL
    assert edition.channel("post") is None
    assert edition.channel("kiosk") is not None
    assert {way_of(channel) for channel in ReceptionChannel} == set(Way)
    assert edition.process_data("pet", "counter", {"dogs": DOGS}) == {"many": False}
    assert edition.agency_code_for("competent", {"commune": "H90.32"}) == "H90.32"
    assert edition.agency_code_for("vet", {"commune": "H90.32"}) == "H90.9"
    assert edition.agency_code_for("vet", {}) == ""


def test_an_edition_can_be_read_in_another_language(edition: Edition) -> None:
    english = edition.in_language("en")
    assert english.case("pet").name == "Pet"
    assert english.components_for("pet")[0].name == "Form"
    assert english.step_word("look") == "Looking at the dog"
    assert english.case_for({"breeder": True}).key == "breeder"
    assert edition.step_word("look") == "Đang xem chó"


def test_the_national_record_has_time_and_fee_per_channel(edition: Edition) -> None:
    record = queries.national_record(edition)
    assert (record["MATTHC"], record["TENTTHC"]) == ("9.000001", "Đăng ký nuôi chó")
    online, direct = record["CACHTHUCTHUCHIEN"]
    assert (online["KENH"], direct["KENH"]) == ("Trực tuyến", "Trực tiếp")
    assert [line["THOIGIANGIAIQUYET"] for line in online["THOIGIAN"]] == [3, 10, 8]
    assert [line["THOIGIANGIAIQUYET"] for line in direct["THOIGIAN"]] == [3, 10]
    breeder = direct["THOIGIAN"][1]
    assert breeder["DONVITINH"] == "Ngày làm việc"
    assert [fee["SOTIEN"] for fee in breeder["PHILEPHI"]] == [None, 100_000]
    assert [group["TRUONGHOP"] for group in record["THANHPHANHOSO"]] == ["Nuôi để bán", "Nuôi trong nhà"]
