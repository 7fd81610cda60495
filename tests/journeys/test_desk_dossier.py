"""Officers work on a dossier in the browser: every part of the file, every form, on a phone, a tablet and a screen.

``SHOTS=folder`` leaves a picture of each page there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page

from motcua.channels.desk.tests.officers import HOUR, Clock, Desk, clock, give_key, signed_in
from motcua.domain.catalog.policy import POLICY
from motcua.domain.documents import commands as documents
from motcua.domain.documents.types import Form
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.tests.province import AT, FEE, Province, build
from motcua.foundation import typesetting
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from motcua.foundation.kernel.actor import Actor, system
from motcua.foundation.storage import commands as storage
from tests.journeys.axe import assert_accessible
from tests.journeys.conftest import DESKTOP, PHONE, TABLET

__all__ = ["cheap_hashing", "clock", "expensive_hashing"]
SIZES = {"360": PHONE, "768": TABLET, "1440": DESKTOP}
TABS = ("to-khai", "thanh-phan", "giay-to", "tien", "dien-bien", "quy-trinh")


@pytest.fixture
def desk(committed_database: str, clock: Clock) -> Iterator[Desk]:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    fee = FEE | {"collected_at": "return"}
    yield Desk(build(fees=[fee]), clock)
    POLICY.checked_grounds_only = before


def filled(province: Province) -> UUID:
    """A dossier with a scanned document, an original on paper, and an answer that differs from what is known."""
    told = {"phone": "0912 345 678", "address": "Thôn 3, xã Diều, tỉnh Mẫu"}
    identity.update_contact(party_id=province.citizen.id, **told, actor=system("test"), at=AT)
    dossier_id = province.draft(with_picture=False)
    who = {"full_name": "Trần Thị Bưởi", "birth_on": "1985-03-14", "sex": "female", "nationality": "Việt Nam"}
    who["personal_number"] = province.citizen.identifiers[0].number
    commands.save_answers(dossier_id=dossier_id, changes={"who": who}, expected=None, actor=province.applicant, at=AT)
    pdf = typesetting.render('#set text(font: "Tinos", 30pt)\nẢnh con diều sáo, sải cánh 2 mét.', {})
    file = storage.keep(content=pdf, name="ảnh con diều.pdf", media_type="application/pdf", actor=system("t"), at=AT)
    commands.attach_file(
        dossier_id=dossier_id, component_key="picture", file_id=file.id, actor=province.applicant, at=AT
    )
    commands.submit(dossier_id=dossier_id, actor=province.applicant, at=AT)
    documents.hand_over_paper(
        subject_id=dossier_id, component_key="picture", type_code="ANH", form=Form.ORIGINAL,
        quantity=1, source="Nộp tại quầy", actor=province.desk, at=AT,
    )  # fmt: skip
    commands.receive(dossier_id=dossier_id, actor=province.desk, at=AT)
    return dossier_id


class Walk:
    """An officer's browser of one size; each page it opens is looked at by axe, and photographed when asked for."""

    def __init__(self, page: Page, address: str, size: str) -> None:
        self.page, self.address, self.size = page, address, size

    def see(self, path: str, name: str) -> None:
        self.page.goto(self.address + path)
        if folder := os.environ.get("SHOTS"):
            self.page.wait_for_timeout(1500)
            self.page.screenshot(path=Path(folder) / f"{name}-{self.size}.png", full_page=True)
        assert_accessible(self.page)


def walk(open_page: Any, address: str, actor: Actor, at: Any, size: str) -> Walk:
    page = open_page(size=SIZES[size])
    cookie = signed_in(actor, at).cookies["motcua_session"].value
    page.context.add_cookies([{"name": "motcua_session", "value": cookie, "url": address}])
    return Walk(page, address, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.requirement("TT11-15.2")
def test_the_file_and_its_forms_can_be_read_and_filled_by_everybody(
    desk: Desk, served: Any, open_page: Any, size: str, settings: Any
) -> None:
    address = served()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    people, dossier_id = desk.province, filled(desk.province)
    desk.clock.forward()
    desk.act(people.head, desk.choice(dossier_id, "assign"), assignee=desk.name(people.appraiser), words="Làm sớm")
    appraiser = walk(open_page, address, people.appraiser, desk.clock.at, size)
    for tab in TABS:
        appraiser.see(f"/can-bo/ho-so/{dossier_id}/?tab={tab}", tab)
    appraiser.see(f"/can-bo/ho-so/{dossier_id}/han/", "han")
    appraiser.see(desk.choice(dossier_id, "supplement"), "bo-sung")
    desk.act(people.appraiser, desk.choice(dossier_id, "draft"), subtitle="Về việc thả diều")
    appraiser.see(desk.choice(dossier_id, "draft"), "du-thao")
    desk.act(people.appraiser, desk.choice(dossier_id, "submit"))
    give_key(people.leader, desk.clock.at)
    leader = walk(open_page, address, people.leader, desk.clock.at, size)
    leader.see(f"/can-bo/ho-so/{dossier_id}/", "lanh-dao")
    leader.see(desk.choice(dossier_id, "sign"), "ky")
    leader.see(desk.choice(dossier_id, "back"), "tra-lai")
    officer = walk(open_page, address, people.desk, desk.clock.at + HOUR, size)
    officer.see(f"/can-bo/ho-so/{dossier_id}/lam/thu-tien/", "thu-tien")
    officer.see(f"/can-bo/ho-so/{dossier_id}/lam/tra-ket-qua/", "tra")
