"""The sample's procedures: they publish as they stand, and say what the law says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.domain.catalog import queries
from motcua.domain.catalog.policy import POLICY
from motcua.domain.catalog.types import CollectedAt, Edition, ReceiptPolicy, ServiceLevel
from motcua.domain.deadlines.types import Unit
from motcua.domain.forms import validation
from motcua.domain.forms.looking import look
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Invalid
from motcua.foundation.kernel.identifiers import new_id
from motcua.sample import procedures

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
OWNER = {"full_name": "Nguyễn Văn An", "birth_on": "1985-03-27", "personal_number": "045085000123", "sex": "male"}
HOME = {"province": "Tỉnh Mẫu", "ward": "Xã Đồng Xanh", "detail": "Thôn 3"}


@pytest.fixture
def published(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Edition]:
    monkeypatch.setattr(POLICY, "checked_grounds_only", False)
    found = procedures.publish_all(agency_id=lambda _code: new_id(), actor=system("sample"), at=AT)
    return {code: queries.edition(edition_id) for code, edition_id in found.items()}


def test_all_are_published_and_a_second_time_changes_nothing(
    published: dict[str, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    again = procedures.publish_all(agency_id=lambda _code: new_id(), actor=system("sample"), at=AT)
    assert again == {code: edition.id for code, edition in published.items()}


def test_a_production_installation_refuses_grounds_nobody_has_read(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(POLICY, "checked_grounds_only", True)
    with pytest.raises(Invalid, match="chưa đối chiếu"):
        procedures.publish_all(agency_id=lambda _code: new_id(), actor=system("sample"), at=AT)


def copies(*papers: tuple[int, int]) -> dict[str, Any]:
    return {"papers": [{"paper_name": "Bằng", "pages": pages, "copies": count} for pages, count in papers]}


@pytest.mark.parametrize(
    ("papers", "fee"),
    [
        ([(1, 1)], 2_000),
        ([(2, 1)], 4_000),
        ([(3, 1)], 5_000),
        ([(3, 4)], 20_000),
        ([(150, 1)], 152_000),
        ([(198, 1)], 200_000),
        ([(199, 1)], 200_000),
        ([(500, 3)], 600_000),
        ([(1, 2), (3, 1)], 9_000),
    ],
)
def test_the_fee_of_certified_copies(published: dict[str, Edition], papers: list[tuple[int, int]], fee: int) -> None:
    """TT 226/2016/TT-BTC Điều 4."""
    edition = published["2.000815"]
    [due] = edition.dues_for("same_day", "counter", copies(*papers))
    assert (due.amount, due.collected_at) == (fee, CollectedAt.RETURN)


def test_certified_copies_are_done_the_same_day_without_scan_or_receipt(published: dict[str, Edition]) -> None:
    edition = published["2.000815"]
    case = edition.case_for(copies((1, 1))).key
    limit = edition.limit_for(case, "counter").rule
    assert (limit.amount, limit.unit, str(limit.cut_off)) == (0, Unit.WORKING_DAYS, "15:00:00")
    assert edition.receipt_for(case) is ReceiptPolicy.ON_REQUEST
    assert not any(component.digitise for component in edition.components_for(case))
    many = edition.case_for({"many": True}).key
    assert edition.limit_for(many, "counter").rule.amount == 2
    assert edition.receipt_for(many) is ReceiptPolicy.ALWAYS
    assert edition.level is ServiceLevel.INFORMATION
    assert edition.channel("own_portal") is None


def land(reason: str, **more: Any) -> dict[str, Any]:
    return {
        "reason": reason, "owner": OWNER, "owner_address": HOME, "phone": "0912345678", "ownership": "alone",
        "serial": "CS 123456", "book_number": "CH 01", "certificate_issued_on": "2010-05-04", "mortgaged": False,
        "debt": False, "parcel_commune": "H99.31",
        "parcels": [{"parcel": {"parcel": "12", "map_sheet": "3", "area": 120.5, "location": "Thôn 3", "purpose": "ONT"}}],
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "law", "promised"),
    [
        ("damaged", 5, 3),
        ("new_form", 5, 3),
        ("split_parcels", 15, 15),
        ("remeasured", 15, 15),
        ("boundary_changed", 20, 20),
    ],
)
def test_land_certificates_have_limits_by_case_and_not_by_channel(
    published: dict[str, Edition], reason: str, law: int, promised: int
) -> None:
    edition = published["1.012783"]
    case = edition.case_for({"reason": reason}).key
    for channel in ("national_portal", "counter", "post"):
        limit = edition.limit_for(case, channel)
        assert (limit.law.amount, limit.rule.amount) == (law, promised)
    assert edition.process_data(case, "counter", {}) == {"boundary_changed": reason == "boundary_changed"}


def test_land_certificates_ask_for_what_the_case_needs(published: dict[str, Edition]) -> None:
    edition = published["1.012783"]
    plain = {c.key for c in edition.components_for("damaged", land("damaged"))}
    assert plain == {"application", "certificate", "authorisation"}
    boundary = land("boundary_changed", neighbours_agree=True, mortgaged=True)
    assert {c.key for c in edition.components_for("boundary_changed", boundary)} == plain | {
        "cadastral_extract",
        "boundary_record",
        "mortgage",
    }
    assert edition.agency_code_for("competent", boundary) == "H99.08.01.01"
    assert edition.agency_code_for("commune", boundary) == "H99.31"


def test_land_charges_are_cheaper_online_and_waived_for_the_poor(published: dict[str, Edition]) -> None:
    edition = published["1.012783"]

    def amounts(channel: str, **more: Any) -> list[int]:
        return [due.amount for due in edition.dues_for("damaged", channel, land("damaged", **more))]

    assert amounts("counter") == [25_000]
    assert amounts("counter", parcel_commune="H99.32") == [50_000]
    assert amounts("own_portal") == [12_500]
    assert amounts("counter", poor_household=True) == [0]


def test_a_land_form_filled_in_is_right_and_asks_more_when_the_boundary_changed(published: dict[str, Edition]) -> None:
    form = published["1.012783"].form
    assert validation.check(form, land("damaged"), on=date(2026, 11, 20)) == ()
    found = [problem.field for problem in validation.check(form, land("boundary_changed"), on=date(2026, 11, 20))]
    assert found == ["measured_area", "boundary_note", "neighbours_agree"]
    assert "measured" not in {page.key for page in look(form, land("damaged")).pages}
    assert 20 <= sum(1 for _field in form.fields()) <= 40


FOOD: dict[str, Any] = {
    "request": "first", "company_name": "Công ty TNHH Nông sản Mẫu", "tax_code": "0100109106", "head_office": HOME,
    "phone": "0912345678", "email": "lienhe@example.vn", "representative": OWNER, "representative_position": "Giám đốc",
    "site_is_office": True, "site_commune": "H99.31", "total_area": 500.0, "processing_area": 200.0,
    "water_source": "public", "waste": "Thu gom hằng ngày", "activities": ["processing"],
    "products": [{"product_name": "Chè khô", "material": "Chè tươi", "output": 12.5}],
    "staff_total": 3, "staff": [{"staff_name": "A", "staff_job": "Sao chè", "health_checked_on": "2026-05-01", "trained": True}],
    "quality_officer": "B", "traceability": "Ghi sổ theo lô",
}  # fmt: skip


def test_food_safety_is_for_a_company_costs_700_000_and_takes_15_days(published: dict[str, Edition]) -> None:
    edition = published["2.001827"]
    assert validation.check(edition.form, FOOD, on=date(2026, 11, 20)) == ()
    assert look(edition.form, FOOD).values["all_trained"] is True
    case = edition.case_for(FOOD).key
    limit = edition.limit_for(case, "own_portal").rule
    assert (limit.amount, limit.unit) == (15, Unit.CALENDAR_DAYS)
    [due] = edition.dues_for(case, "own_portal", FOOD)
    assert due.amount == 700_000
    assert [c.key for c in edition.components_for(case, FOOD)] == ["application", "description", "authorisation"]
    assert edition.results_for(case)[0].valid_months == 36


def test_all_can_be_read_in_english(published: dict[str, Edition]) -> None:
    for edition in published.values():
        english = edition.in_language("en")
        assert english.form.title != edition.form.title
        assert all(a.name != b.name for a, b in zip(english.content.cases, edition.content.cases, strict=True))
        assert english.content.summary != edition.content.summary


@settings(max_examples=30, deadline=None)
@given(pages=st.integers(1, 2000), copies_=st.integers(1, 100))
def test_the_fee_grows_with_pages_up_to_its_cap(pages: int, copies_: int) -> None:
    form = _form()
    amount = _amount(form, pages, copies_)
    per_copy = sum(2_000 if page <= 2 else 1_000 for page in range(1, pages + 1))
    assert amount == copies_ * min(per_copy, 200_000)


def _form() -> Any:
    from motcua.domain.forms import types  # noqa: PLC0415

    return types.from_json(procedures._read("2.000815/form.json"))


def _amount(form: Any, pages: int, count: int) -> int:
    from motcua.domain.catalog import scopes  # noqa: PLC0415

    rule = procedures._read("2.000815/edition.json")["fees"][0]
    return int(scopes.of_fee(form, rule["amount"], each="papers").evaluate({"pages": pages, "copies": count}))
