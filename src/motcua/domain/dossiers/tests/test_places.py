"""Which agency stands behind a place."""

from __future__ import annotations

from dataclasses import replace

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import PlaceKind, PlaceRule
from motcua.domain.dossiers import paperwork, places
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.foundation.organisation.tests import factories as organisation
from motcua.foundation.organisation.types import AgencyKind, SigningForm


def test_a_centre_receives_for_the_authority_above_it_and_others_for_themselves(province: Province) -> None:
    centre = organisation.agency(province.agency, kind=AgencyKind.CENTRE, name="Trung tâm xã Diều")
    edition = catalog.edition(province.edition)
    rules = (PlaceRule("competent", PlaceKind.DESK_AUTHORITY), PlaceRule("desk", PlaceKind.RECEIVING_AGENCY))
    edition = replace(edition, content=replace(edition.content, places=rules))
    at_centre = places.resolve(edition, {}, centre.id, AT.date())
    assert (at_centre["competent"].agency_id, at_centre["desk"].agency_id) == (province.agency.id, centre.id)
    itself = places.resolve(edition, {}, province.agency.id, AT.date())
    assert itself["competent"].agency_id == province.agency.id
    assert edition.agency_code_for("competent", {}) == ""


def test_a_deputy_signs_for_the_head() -> None:
    """NĐ 30/2020 Điều 13, Phụ lục I."""
    assert paperwork.title_lines(SigningForm.DEPUTY, "Phó Chủ tịch") == ["KT. Chủ tịch", "Phó Chủ tịch"]
    assert paperwork.title_lines(SigningForm.HEAD, "Giám đốc") == ["Giám đốc"]
    assert paperwork.title_lines(SigningForm.BY_ORDER, "Chánh Văn phòng") == ["TL. Chánh Văn phòng"]
