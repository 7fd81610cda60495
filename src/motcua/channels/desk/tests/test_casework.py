"""The dossier page and every act on it, through the browser: from assignment to the return of the result."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from motcua.channels.desk import casework_story
from motcua.channels.desk.tests.officers import HOUR, Clock, Desk, clock, give_key, signed_in_citizen
from motcua.domain.catalog.policy import POLICY
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.models import Inspection, Result
from motcua.domain.dossiers.tests import province as made
from motcua.domain.dossiers.tests.conftest import province
from motcua.domain.dossiers.tests.province import Province
from motcua.domain.dossiers.tests.test_offering import with_fee
from motcua.domain.dossiers.tests.test_processing import pretend_signed
from motcua.domain.dossiers.types import ResultStage
from motcua.domain.payments import queries as payments
from motcua.domain.workflow import queries as runs
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from motcua.foundation.journal import queries as journal
from motcua.foundation.journal import registry
from motcua.foundation.journal.models import ReadLog
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.organisation.tests import factories as organisation
from motcua.foundation.organisation.types import Role

__all__ = ["cheap_hashing", "clock", "expensive_hashing", "province", "with_fee"]


@pytest.fixture
def desk(province: Province, clock: Clock) -> Desk:
    return Desk(province, clock)


@pytest.fixture
def till(with_fee: Province, clock: Clock) -> Desk:
    return Desk(with_fee, clock)


def url(dossier_id: UUID, rest: str = "") -> str:
    return f"/can-bo/ho-so/{dossier_id}/{rest}"


def drafted(desk: Desk) -> UUID:
    dossier_id = desk.assigned()
    desk.act(desk.province.appraiser, desk.choice(dossier_id, "draft"), subtitle="Về việc thả diều")
    answer = desk.act(desk.province.appraiser, desk.choice(dossier_id, "submit"))
    assert answer.status_code == 302
    return dossier_id


def signed(desk: Desk, dossier_id: UUID, stage: ResultStage) -> None:
    """What the signing service's answer does."""
    who = desk.province.leader if stage is ResultStage.SIGNING else desk.province.clerk
    desk.clock.forward()
    pretend_signed(desk.province, dossier_id, who, stage, desk.clock.at)


@pytest.mark.requirement("TT11-15.2", "TT11-15.10", "TT11-15.11", "TT11-18.2", "TT11-18.4")
def test_from_assignment_to_return(desk: Desk) -> None:
    people = desk.province
    dossier_id = drafted(desk)
    assert "Ký" in desk.page(people.leader, dossier_id)
    signed(desk, dossier_id, ResultStage.SIGNING)
    answer = desk.act(people.clerk, desk.choice(dossier_id, "number"))
    assert answer.headers["Location"] == url(dossier_id)
    assert "Đã lấy số 01/" in desk.page(people.clerk, dossier_id)
    signed(desk, dossier_id, ResultStage.SEALING)
    assert desk.state(dossier_id) == "decided"
    assert "Đã xong lúc" in desk.page(people.desk, dossier_id)
    desk.act(
        people.desk,
        desk.choice(dossier_id, "return"),
        who="owner",
        name="Trần Thị Bưởi",
        identity="040185000001",
    )
    assert desk.state(dossier_id) == "returned"
    story = desk.page(people.desk, dossier_id, "dien-bien")
    for line in ("Tiếp nhận hồ sơ", "Hoàn thành bước: Thẩm định", "Lấy số văn bản", "Trả kết quả cho Trần Thị Bưởi"):
        assert line in story


@pytest.mark.requirement("TT11-8.1", "TT21-PL2-20.1")
def test_the_history_names_who_did_what_when(desk: Desk) -> None:
    dossier_id = desk.assigned()
    story = desk.page(desk.province.desk, dossier_id, "dien-bien")
    assert "Phạm Quốc Anh, Ủy ban nhân dân xã Diều" in story
    assert "20/11/2026 11:00:00" in story
    assert "Bắt đầu tính hạn" not in story
    full = desk.get(desk.province.desk, url(dossier_id, "?tab=dien-bien&day-du=1")).content.decode()
    assert "Bắt đầu tính hạn" in full


def test_every_event_of_a_dossier_has_its_words() -> None:
    elsewhere = ("account", "agency", "calendar", "shift", "form", "process.", "edition", "paper_template", "file.")
    rooms = {kind.partition(".")[0] for kind in casework_story.TELLS}
    kinds = {
        kind for kind in registry.all_kinds() if kind.partition(".")[0] in rooms and not kind.startswith(elsewhere)
    }
    of_others = {
        "signing.credential_registered",
        "signing.credential_disabled",
        "signing.anchor_added",
        "signing.anchor_withdrawn",
    }
    assert kinds - set(casework_story.TELLS) - of_others == set()


class TestThreePeople:
    def test_a_stranger_finds_nothing(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        (paper,) = documents.papers_of(dossier_id)
        task = desk.task(dossier_id).id
        for address in (
            url(dossier_id),
            url(dossier_id, "han/"),
            url(dossier_id, "phien-ban/"),
            url(dossier_id, f"viec/{task}/chon/submit/"),
            url(dossier_id, "lam/dung/"),
            f"/can-bo/tep/{paper.file_id}/",
        ):
            assert desk.get(desk.province.stranger, address).status_code == 404, address
        assert desk.browser(desk.province.stranger).post(url(dossier_id, f"in/{paper.id}/")).status_code == 404

    def test_a_citizen_has_no_business_at_the_desk(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        answer = signed_in_citizen(desk.province.applicant).get(url(dossier_id))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/can-bo/dang-nhap/")

    def test_a_colleague_sees_but_does_not_do(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        page = desk.page(desk.province.clerk, dossier_id)
        assert "Việc của tôi: " not in page
        assert desk.get(desk.province.clerk, desk.choice(dossier_id, "submit")).status_code == 403
        assert desk.browser(desk.province.clerk).post(desk.choice(dossier_id, "submit"), {}).status_code == 403

    def test_a_task_of_another_dossier_is_not_reached_through_this_one(self, desk: Desk) -> None:
        one, other = desk.assigned(), desk.assigned()
        address = url(one, f"viec/{desk.task(other).id}/chon/submit/")
        assert desk.get(desk.province.appraiser, address).status_code == 404

    def test_reading_is_logged_with_whose_data_and_why(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        before = ReadLog.objects.count()
        desk.page(desk.province.desk, dossier_id)
        row = ReadLog.objects.order_by("at", "id").last()
        assert ReadLog.objects.count() == before + 1
        assert (row.officer_id, row.subjects) == (desk.province.desk.officer_id, [dossier_id])
        assert desk.province.citizen.id in row.parties
        assert row.purpose


class TestAFormHappensOnce:
    def test_the_same_click_twice_acts_once(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        choice = desk.choice(dossier_id, "supplement")
        typed = {"content": "Ảnh mặt sau", "reason": "Thiếu", "guidance": "Chụp lại", "items": ["picture"]}
        sent = desk.form(desk.province.appraiser, choice) | typed
        browser = desk.browser(desk.province.appraiser)
        first, second = browser.post(choice, sent), browser.post(choice, sent)
        assert (first.status_code, second.status_code) == (302, 302)
        assert [one.kind for one in documents.papers_of(dossier_id)].count("supplement_request") == 1

    def test_leaving_a_step_twice_leaves_it_once(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        choice = desk.choice(dossier_id, "submit")
        sent = desk.form(desk.province.appraiser, choice)
        answers = [desk.browser(desk.province.appraiser).post(choice, sent) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 302]
        assert desk.task(dossier_id).node == "sign"

    def test_the_same_id_for_something_else_is_told(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        choice = desk.choice(dossier_id, "submit")
        sent = desk.form(desk.province.appraiser, choice)
        browser = desk.browser(desk.province.appraiser)
        browser.post(choice, sent)
        assert browser.post(choice, sent | {"words": "khác"}).status_code == 409

    def test_who_was_slower_is_told(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        choice = desk.choice(dossier_id, "submit")
        sent = desk.form(desk.province.appraiser, choice) | {"expected": "99"}
        assert desk.browser(desk.province.appraiser).post(choice, sent).status_code == 409


@pytest.mark.requirement("TT11-18.1")
class TestSigning:
    def test_without_a_key_the_page_says_what_to_do(self, desk: Desk) -> None:
        dossier_id = drafted(desk)
        page = desk.get(desk.province.leader, desk.choice(dossier_id, "sign")).content.decode()
        assert "Chưa có chứng thư số nào còn hiệu lực" in page

    def test_a_signature_is_asked_for_and_its_way_is_told(self, desk: Desk) -> None:
        leader, dossier_id = desk.province.leader, drafted(desk)
        key = give_key(leader, desk.clock.at)
        choice = desk.choice(dossier_id, "sign")
        form = desk.get(leader, choice).content.decode()
        assert "Còn hiệu lực đến" in form
        assert 'autocomplete="off"' in form
        refused = desk.act(leader, choice, credential=str(key), pin="")
        assert "Hãy nhập mã PIN" in refused.content.decode()
        answer = desk.act(leader, choice, credential=str(key), pin="738251")
        assert answer.status_code == 302
        on_its_way = answer.headers["Location"]
        assert "Đang chờ dịch vụ ký số" in desk.get(leader, on_its_way).content.decode()
        told = desk.browser(leader).get(on_its_way, headers={"Accept": "application/json"}).json()
        assert told["version"] == "waiting"
        assert desk.get(desk.province.stranger, on_its_way).status_code == 404

    def test_a_pin_is_asked_again_never_shown_again(self, desk: Desk) -> None:
        leader, dossier_id = desk.province.leader, drafted(desk)
        give_key(leader, desk.clock.at)
        answer = desk.act(leader, desk.choice(dossier_id, "sign"), credential=str(uuid4()), pin="738251")
        assert answer.status_code == 422
        assert "738251" not in answer.content.decode()

    def test_a_pin_is_no_part_of_what_is_kept_of_a_request(self, desk: Desk) -> None:
        leader, dossier_id = desk.province.leader, drafted(desk)
        key, choice = str(give_key(leader, desk.clock.at)), desk.choice(dossier_id, "sign")
        sent = desk.form(leader, choice) | {"credential": key, "pin": "738251"}
        first = desk.browser(leader).post(choice, sent)
        other_pin = desk.browser(leader).post(choice, sent | {"pin": "000000"})
        assert other_pin.headers["Location"] == first.headers["Location"]


class TestSupplement:
    def test_what_was_typed_is_kept_when_something_is_missing(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        answer = desk.act(desk.province.appraiser, desk.choice(dossier_id, "supplement"), content="Ảnh mặt sau")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Ảnh mặt sau" in page
        assert "Hãy ghi lý do phải bổ sung" in page

    @pytest.mark.requirement("TT11-19.2", "TT11-15.8")
    def test_asked_handed_in_and_confirmed(self, desk: Desk) -> None:
        people, dossier_id = desk.province, desk.assigned()
        form = desk.get(people.appraiser, desk.choice(dossier_id, "supplement")).content.decode()
        assert "7 ngày làm việc" in form
        assert "Ảnh con diều" in form
        typed = {"content": "Ảnh mặt sau", "reason": "Thiếu", "guidance": "Chụp lại", "items": ["picture"]}
        desk.act(people.appraiser, desk.choice(dossier_id, "supplement"), **typed)
        waiting = desk.page(people.appraiser, dossier_id)
        assert "Đang tạm dừng: Ảnh mặt sau" in waiting
        people.give_picture(dossier_id)
        commands.supplement(dossier_id=dossier_id, actor=people.applicant, at=desk.clock.at + HOUR)
        desk.clock.forward(2 * HOUR)
        assert "Xác nhận đã nhận đủ bổ sung" in desk.page(people.desk, dossier_id)
        assert "Ảnh mặt sau" in desk.get(people.desk, url(dossier_id, "lam/xac-nhan-bo-sung/")).content.decode()
        desk.act(people.desk, url(dossier_id, "lam/xac-nhan-bo-sung/"))
        assert desk.state(dossier_id) == "in_progress"

    def test_a_choice_that_is_not_possible_says_why(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        desk.clock.forward(timedelta(hours=7))
        desk.clock.forward(timedelta(days=12))
        page = desk.page(desk.province.appraiser, dossier_id)
        assert "Yêu cầu bổ sung" in page or "supplement" in page
        assert "Đã quá số lần hoặc quá thời hạn" in page
        form = desk.get(desk.province.appraiser, desk.choice(dossier_id, "supplement"))
        assert "Chưa làm được việc này" in form.content.decode()


@pytest.mark.requirement("TT11-16.1", "TT11-16.4")
def test_the_leader_sends_back_with_directions(desk: Desk) -> None:
    people, dossier_id = desk.province, drafted(desk)
    refused = desk.act(people.leader, desk.choice(dossier_id, "back"))
    assert refused.status_code == 422
    desk.act(people.leader, desk.choice(dossier_id, "back"), words="Sửa tên chủ diều")
    page = desk.page(people.appraiser, dossier_id)
    assert "Sửa tên chủ diều" in page
    assert "Đỗ Minh Khôi" in page


@pytest.mark.requirement("TT11-18.5", "TT11-18.6")
def test_somebody_else_needs_an_authority_and_originals_go_one_by_one(desk: Desk) -> None:
    people, dossier_id = desk.province, drafted(desk)
    signed(desk, dossier_id, ResultStage.SIGNING)
    desk.act(people.clerk, desk.choice(dossier_id, "number"))
    signed(desk, dossier_id, ResultStage.SEALING)
    choice = desk.choice(dossier_id, "return")
    son = {"who": "other", "name": "Trần Văn Con", "identity": "040200000009"}
    refused = desk.act(people.desk, choice, **son)
    assert refused.status_code == 422
    assert "Trần Văn Con" in refused.content.decode()
    wrong_owner = desk.act(people.desk, choice, who="owner", name="Trần Văn Con", identity="040200000009")
    assert "khác tên chủ hồ sơ" in wrong_owner.content.decode()
    desk.act(people.desk, choice, authority="Giấy ủy quyền số 12 ngày 01/11/2026", **son)
    assert desk.state(dossier_id) == "returned"


@pytest.mark.requirement("TT11-18.4", "TT11-19.1")
def test_money_is_taken_and_every_paper_is_printed(till: Desk) -> None:
    people = till.province
    dossier_id = people.received(at=till.clock.at)
    till.clock.forward()
    address = url(dossier_id, "lam/thu-tien/")
    (due,) = payments.account_of(dossier_id).dues
    little = till.act(people.desk, address, dues=str(due.id), tendered="5.000", till="1")
    assert little.status_code == 422
    assert 'value="5.000"' in little.content.decode()
    taken = till.act(people.desk, address, dues=str(due.id), tendered="50.000", till="1")
    page = till.get(people.desk, taken.headers["Location"]).content.decode()
    assert "Trả lại người nộp 30.000 đ" in page
    assert payments.account_of(dossier_id).owed == 0
    for paper in documents.papers_of(dossier_id):
        printed = till.browser(people.desk).post(url(dossier_id, f"in/{paper.id}/"))
        assert printed.headers["Location"] == f"/can-bo/tep/{paper.file_id}/"
    assert [event.kind for event in journal.history(dossier_id)].count("paper.reprinted") == 2
    assert till.get(people.appraiser, address).status_code in (403, 404)


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch, clock: Clock, db: None) -> Desk:
    """A province whose appraisers may also ask an opinion, inspect, and propose a refusal."""
    more = [
        made.action("opinion", effect="ask_opinion"),
        made.action("inspect", effect="inspect"),
        made.action("refuse", effect="draft_refusal"),
        made.action("submit", primary="true"),
    ]
    appraise = made.step("appraise", "Thẩm định", "appraise", "appraiser", *more)
    monkeypatch.setattr(made, "STEPS", [made.STEPS[0], appraise, *made.STEPS[2:]])
    monkeypatch.setattr(POLICY, "checked_grounds_only", False)
    return Desk(made.build(), clock)


class TestOpinions:
    ASKED = {"subject": "Xin ý kiến", "question": "Có vướng đường bay không?", "days": "2", "silence": "wait"}

    def ask(self, desk: Desk, **changes: str) -> tuple[UUID, Actor, Any]:
        neighbour = organisation.somebody(desk.province.other, Role.LEADER, name="Bùi Thị Xuân")
        dossier_id = desk.assigned()
        typed = self.ASKED | {"unit": str(desk.province.other.id)} | changes
        answer = desk.act(desk.province.appraiser, desk.choice(dossier_id, "opinion"), **typed)
        return dossier_id, neighbour, answer

    @pytest.mark.requirement("TT11-15.9a", "TT11-15.9b")
    def test_asked_by_letter_answered_in_words(self, busy: Desk) -> None:
        dossier_id, neighbour, answer = self.ask(busy)
        assert answer.status_code == 302
        assert "consultation_letter" in [paper.kind for paper in documents.papers_of(dossier_id)]
        assert "Đang chờ ý kiến của đơn vị khác" in busy.page(busy.province.appraiser, dossier_id)
        asked = next(one for one in runs.open_tasks(dossier_id) if one.asked_by_id)
        assert asked.due_at is not None
        page = busy.page(neighbour, dossier_id)
        assert "Có vướng đường bay không?" in page
        address = url(dossier_id, f"viec/{asked.id}/chon/answer/")
        undecided = busy.act(neighbour, address, words="Không vướng")
        assert undecided.status_code == 422
        assert "Không vướng" in undecided.content.decode()
        busy.act(neighbour, address, words="Không vướng", verdict="consent")
        mine = busy.page(busy.province.appraiser, dossier_id)
        assert "Ý kiến nhận được" in mine
        assert "Không vướng" in mine

    def test_silence_is_consent_only_with_its_ground(self, busy: Desk) -> None:
        _dossier_id, _neighbour, answer = self.ask(busy, silence="consent")
        assert answer.status_code == 422
        assert "Im lặng là đồng ý phải có căn cứ" in answer.content.decode()

    def test_somebody_must_be_asked(self, busy: Desk) -> None:
        _dossier_id, _neighbour, answer = self.ask(busy, unit="")
        assert answer.status_code == 422


class TestInspection:
    MINUTES = {
        "day": "20/11/2026", "began": "08:00", "ended": "9h30", "place": "Bãi thả diều", "passed": "no",
        "team-0-name": "Vũ Thanh Tùng", "team-0-title": "Chuyên viên", "team-0-role": "Trưởng đoàn",
        "findings-0-content": "Dây diều", "findings-0-passed": "no", "findings-0-note": "Sờn",
        "to_mend": "- Thay dây\n- Báo lại", "mend_until": "27/11/2026",
    }  # fmt: skip

    def test_minutes_are_issued_and_kept(self, busy: Desk) -> None:
        dossier_id = busy.assigned()
        busy.act(busy.province.appraiser, busy.choice(dossier_id, "inspect"), **self.MINUTES)
        (found,) = Inspection.objects.filter(dossier_id=dossier_id)
        assert (found.passed, found.to_mend) == (False, "Thay dây\nBáo lại")
        assert found.mend_until.isoformat() == "2026-11-27"
        assert "Thẩm định thực tế lần 1" in busy.page(busy.province.appraiser, dossier_id, "dien-bien")

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"passed": ""}, "Hãy chọn đạt hay không đạt"),
            ({"day": "32/11/2026"}, "Hãy ghi ngày"),
            ({"began": "25:00"}, "Hãy ghi giờ"),
            ({"ended": "07:00"}, "Giờ kết thúc phải sau"),
            ({"to_mend": ""}, "Không đạt thì phải ghi"),
            ({"team-0-name": ""}, "Hãy ghi thành phần đoàn"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_kept(self, busy: Desk, change: dict[str, str], said: str) -> None:
        dossier_id = busy.assigned()
        answer = busy.act(busy.province.appraiser, busy.choice(dossier_id, "inspect"), **(self.MINUTES | change))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Bãi thả diều" in answer.content.decode()


@pytest.mark.requirement("TT11-19.3")
def test_a_refusal_is_drafted_with_its_reasons(busy: Desk) -> None:
    people, dossier_id = busy.province, busy.assigned()
    choice = busy.choice(dossier_id, "refuse")
    assert busy.act(people.appraiser, choice, reasons=" ").status_code == 422
    busy.act(people.appraiser, choice, reasons="1. Diều quá to\n2. Gần sân bay")
    kept = Result.objects.get(dossier_id=dossier_id, replaced_at=None)
    assert kept.outcome == "refused"
    assert kept.data["reasons"] == ["Diều quá to", "Gần sân bay"]
    assert "Gần sân bay" in busy.get(people.appraiser, choice).content.decode()


def test_nothing_is_handed_over_before_there_is_a_result(desk: Desk) -> None:
    page = desk.get(desk.province.desk, url(desk.assigned(), "lam/tra-ket-qua/")).content.decode()
    assert "Chưa có kết quả để trả" in page
    assert "Ghi nhận đã trả" not in page


class TestStopping:
    def test_asked_for_declined_and_granted(self, desk: Desk) -> None:
        people, dossier_id = desk.province, desk.assigned()
        commands.ask_stop(dossier_id=dossier_id, reason="Bán diều rồi", actor=people.applicant, at=desk.clock.at)
        assert "Dừng giải quyết hồ sơ" in desk.page(people.leader, dossier_id)
        assert desk.get(people.appraiser, url(dossier_id, "lam/dung/")).status_code == 403
        desk.act(people.leader, url(dossier_id, "lam/khong-dung/"), reason="Sắp xong")
        assert desk.state(dossier_id) == "in_progress"
        commands.ask_stop(dossier_id=dossier_id, reason="Bán thật rồi", actor=people.applicant, at=desk.clock.at)
        assert desk.act(people.leader, url(dossier_id, "lam/dung/"), reason=" ").status_code == 422
        desk.act(people.leader, url(dossier_id, "lam/dung/"), reason="Theo đề nghị")
        assert desk.state(dossier_id) == "stopped"
        assert runs.open_tasks(dossier_id) == ()


class TestLedger:
    def test_says_why_line_by_line(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        page = desk.get(desk.province.desk, url(dossier_id, "han/")).content.decode()
        assert "Vì sao có ngày này?" in page
        assert "Hạn giải quyết" in page
        assert "5 ngày làm việc" in page

    def test_the_same_as_data(self, desk: Desk) -> None:
        dossier_id = desk.assigned()
        told = json.loads(desk.get(desk.province.desk, url(dossier_id, "han/?format=json")).content)
        resolving = told["clocks"][0]
        assert (resolving["kind"], resolving["state"]) == ("resolving", "running")
        assert resolving["lines"][-1]["due_at"] == resolving["due_at"]
        assert told["promised_at"]


@pytest.mark.parametrize("tab", ["to-khai", "thanh-phan", "giay-to", "tien", "dien-bien", "quy-trinh", "gi-do"])
@pytest.mark.requirement("TT11-15.2")
def test_every_part_of_the_file_opens(desk: Desk, tab: str) -> None:
    assert "Đăng ký thả diều" in desk.page(desk.province.appraiser, desk.assigned(), tab)


def test_the_page_knows_that_something_changed(desk: Desk) -> None:
    dossier_id = desk.assigned()
    before = desk.get(desk.province.desk, url(dossier_id, "phien-ban/")).json()["version"]
    desk.act(desk.province.appraiser, desk.choice(dossier_id, "submit"))
    assert desk.get(desk.province.desk, url(dossier_id, "phien-ban/")).json()["version"] > before


def test_a_result_can_be_drafted_again_until_it_is_signed(desk: Desk) -> None:
    dossier_id = desk.assigned()
    choice = desk.choice(dossier_id, "draft")
    answer = desk.act(desk.province.appraiser, choice, subtitle="Lần một")
    assert answer.headers["Location"] == choice
    again = desk.get(desk.province.appraiser, choice).content.decode()
    assert "/can-bo/tep/" in again
    assert 'value="Lần một"' in again
    desk.act(desk.province.appraiser, choice, subtitle="Lần hai", body="Đoạn một.\n\nĐoạn hai.")
    kept = Result.objects.get(dossier_id=dossier_id, replaced_at=None)
    assert kept.data["subtitle"] == "Lần hai"
    assert len(kept.data["body"]) == 2
