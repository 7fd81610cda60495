"""What the sample province did in the last weeks: every state of a dossier somewhere, told in commands.

A story is a function of the stage; its name is its key, so that a story told once is not told again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.sample import answers, people
from motcua.sample.offices import CENTRE, DONG_XANH_CENTRE, NUI_CAO_CENTRE, TRUNG_TAM_CENTRE
from motcua.sample.people import Citizen
from motcua.sample.stage import Stage
from motcua.sample.story import Story

COPIES, LAND, FOOD = "2.000815", "1.012783", "2.001827"
DIPLOMA, RECORD = ("Bằng tốt nghiệp đại học", 1, 3), ("Bảng điểm toàn khóa", 4, 3)


def _copies(stage: Stage, desk: str, who: Citizen, days: int, hour: int, minute: int = 10) -> Story:
    return Story(stage, COPIES, desk, who, stage.moment(days, hour, minute))


def _land(stage: Stage, who: Citizen, days: int, hour: int = 8, minute: int = 20, desk: str = CENTRE) -> Story:
    return Story(stage, LAND, desk, who, stage.moment(days, hour, minute))


def _food(stage: Stage, who: Citizen, days: int, hour: int = 8, minute: int = 40) -> Story:
    return Story(stage, FOOD, CENTRE, who, stage.moment(days, hour, minute))


def copies_returned_long_ago(stage: Stage) -> Story:
    story = _copies(stage, TRUNG_TAM_CENTRE, people.DUNG, 23, 8).register(answers.copies(people.DUNG, DIPLOMA, RECORD))
    story.finish("submit").later(-1.5).finish("approve").later(-1.5).issue_on_paper()
    return story.take_money(50_000).hand_back("Bằng tốt nghiệp đại học", "Bảng điểm toàn khóa")


def copies_returned(stage: Stage) -> Story:
    story = _copies(stage, DONG_XANH_CENTRE, people.DUC, 9, 9)
    story.register(answers.copies(people.DUC, ("Giấy khai sinh", 1, 2)), receipt=True)
    story.finish("submit").later(-1).finish("approve").later(-1).issue_on_paper()
    return story.take_money(10_000).hand_back("Giấy khai sinh")


def copies_refused(stage: Stage) -> Story:
    story = _copies(stage, NUI_CAO_CENTRE, people.MAI, 6, 8).register(
        answers.copies(people.MAI, ("Giấy mua bán", 2, 1))
    )
    story.draft_result("Bản chính bị tẩy xóa, sửa chữa (khoản 2 Điều 22 Nghị định 23/2015/NĐ-CP).")
    story.finish("refuse", words="Bản chính bị tẩy xóa.").later(-1).finish("approve").later(-1).issue_on_paper()
    return story.hand_back("Giấy mua bán")


def copies_to_be_signed(stage: Stage) -> Story:
    story = _copies(stage, TRUNG_TAM_CENTRE, people.HANH, 0, 7, 35)
    return story.register(answers.copies(people.HANH, ("Quyết định nghỉ hưu", 2, 2))).finish("submit")


def copies_ready(stage: Stage) -> Story:
    story = _copies(stage, DONG_XANH_CENTRE, people.BINH, 1, 14).register(answers.copies(people.BINH, DIPLOMA))
    return story.finish("submit").later(-1.5).finish("approve").later(-1.5).issue_on_paper()


def copies_many(stage: Stage) -> Story:
    papers = tuple((f"Hợp đồng số {number}", 12, 5) for number in range(1, 7))
    return _copies(stage, TRUNG_TAM_CENTRE, people.QUANG, 1, 15).register(
        answers.copies(people.QUANG, *papers, many=True)
    )


def land_draft(stage: Stage) -> Story:
    return _land(stage, people.AN, 1, 10).draft(answers.land(people.AN, "damaged", "CS 120451"))


def land_waiting(stage: Stage) -> Story:
    return _land(stage, people.LINH, 0, 7).draft(answers.land(people.LINH, "new_form", "CĐ 305512")).submit()


def land_waiting_too_long(stage: Stage) -> Story:
    return _land(stage, people.LONG, 5, 14).draft(answers.land(people.LONG, "damaged", "BK 774102")).submit()


def land_completion_asked(stage: Stage) -> Story:
    story = _land(stage, people.CUONG, 3).draft(answers.land(people.CUONG, "damaged", "AP 220318")).submit()
    return story.ask_completion(("certificate",))


def land_completed(stage: Stage) -> Story:
    story = _land(stage, people.HUY, 4).draft(answers.land(people.HUY, "damaged", "BA 610277")).submit()
    return story.ask_completion(("certificate",)).later(20).complete()


def land_refused(stage: Stage) -> Story:
    story = _land(stage, people.YWANG, 12).draft(answers.land(people.YWANG, "new_form", "AC 100904")).submit()
    return story.refuse("Thửa đất chưa được cấp Giấy chứng nhận; giấy đã nộp là giấy mua bán viết tay.")


def land_not_competent(stage: Stage) -> Story:
    story = _land(stage, people.DUNG, 11).draft(answers.land(people.DUNG, "damaged", "AM 900118")).submit()
    return story.not_competent("Văn phòng Đăng ký đất đai tỉnh nơi có đất")


def land_withdrawn(stage: Stage) -> Story:
    story = _land(stage, people.LINH, 8).draft(answers.land(people.LINH, "damaged", "CĐ 305511")).submit()
    return story.withdraw("Nộp nhầm thủ tục.")


def land_payment_due(stage: Stage) -> Story:
    return _land(stage, people.AN, 2).draft(answers.land(people.AN, "new_form", "CS 120452")).submit().receive()


def land_assigned(stage: Stage) -> Story:
    story = _land(stage, people.BINH, 2, 9).draft(answers.land(people.BINH, "damaged", "CS 118003")).submit()
    return story.receive().pay_online().assign("quach.dung")


def land_supplement_asked(stage: Stage) -> Story:
    story = _land(stage, people.CUONG, 3, 7).draft(answers.land(people.CUONG, "remeasured", "AP 220319", **_measured()))
    return story.submit().receive().pay_online().assign("quach.dung").ask_supplement("certificate")


def land_supplemented(stage: Stage) -> Story:
    story = _land(stage, people.DUC, 5).draft(answers.land(people.DUC, "damaged", "BN 431976")).submit().receive()
    story.pay_online().assign("khuat.xuan").ask_supplement("certificate")
    return story.later(15).supplement("certificate")


def land_consulting(stage: Stage) -> Story:
    story = _land(stage, people.AN, 6).draft(answers.moved_boundary(people.AN, "CS 120460")).submit().receive()
    return story.pay_online().assign("quach.dung").finish("submit")


def land_answered_by_commune(stage: Stage) -> Story:
    story = _land(stage, people.MAI, 15).draft(answers.moved_boundary(people.MAI, "CL 552301")).submit().receive()
    story.pay_online().assign("khuat.xuan").finish("submit").later(48)
    return story.give_opinion("Ranh giới đúng hiện trạng, không có tranh chấp; thống nhất cấp đổi.")


def land_overdue(stage: Stage) -> Story:
    story = _land(stage, people.HANH, 13, desk=TRUNG_TAM_CENTRE)
    story.register(answers.land(people.HANH, "damaged", "AK 087455"), tendered=50_000)
    return story.assign("quach.dung")


def land_stop_asked(stage: Stage) -> Story:
    story = _land(stage, people.LONG, 2, 8).draft(answers.land(people.LONG, "split_parcels", "BK 774103", **_split()))
    story.submit().receive().pay_online().assign("khuat.xuan")
    return story.ask_stop("Đang làm thủ tục chuyển nhượng, xin dừng cấp đổi.")


def land_refused_in_the_end(stage: Stage) -> Story:
    story = _land(stage, people.HUY, 10).draft(answers.land(people.HUY, "new_form", "BA 610278")).submit().receive()
    story.pay_online().assign("khuat.xuan").draft_result("Thửa đất đang có tranh chấp do Tòa án thụ lý.")
    story.finish("refuse", words="Có văn bản thụ lý của Tòa án.").finish("submit")
    return story.sign().number().seal()


def land_to_be_signed(stage: Stage) -> Story:
    story = _land(stage, people.DUNG, 2, 7).draft(answers.land(people.DUNG, "damaged", "AM 900120")).submit().receive()
    story.pay_online().assign("quach.dung").draft_result()
    return story.finish("submit").finish("submit")


def land_numbered(stage: Stage) -> Story:
    story = _land(stage, people.DUC, 3, 7).draft(answers.land(people.DUC, "new_form", "BN 431980")).submit().receive()
    story.pay_online().assign("quach.dung").draft_result().finish("submit").finish("submit")
    return story.sign().number()


def land_decided(stage: Stage) -> Story:
    story = _land(stage, people.AN, 3, 9).draft(answers.land(people.AN, "damaged", "CS 120470")).submit().receive()
    story.pay_online().assign("khuat.xuan").draft_result().finish("submit").finish("submit")
    return story.sign().number().seal()


def land_returned(stage: Stage) -> Story:
    story = _land(stage, people.BINH, 3, 8, desk=DONG_XANH_CENTRE)
    story.register(answers.land(people.BINH, "damaged", "CS 118010"), tendered=100_000)
    story.assign("quach.dung").draft_result().finish("submit").finish("submit")
    return story.sign().number().seal().hand_back()


def food_waiting(stage: Stage) -> Story:
    form = answers.food(people.QUANG, people.CLEAN_FOOD, "Chả cá", "Cá biển")
    return _food(stage, people.QUANG, 0, 7).draft(form).submit()


def food_being_mended(stage: Stage) -> Story:
    form = answers.food(people.SEN, people.BUILDER, "Cơm hộp cho công nhân", "Gạo, thịt, rau")
    story = _food(stage, people.SEN, 12).draft(form).submit().receive().pay_online().assign("luc.hoa")
    story.finish("submit").finish("approve").later(24).inspect(passed=False)
    return story.finish("mend")


def food_with_the_leader(stage: Stage) -> Story:
    form = answers.food(people.QUANG, people.CLEAN_FOOD, "Rau sơ chế", "Rau tươi")
    story = _food(stage, people.QUANG, 4).draft(form).submit().receive().pay_online().assign("bach.duong")
    return story.finish("submit")


def food_returned(stage: Stage) -> Story:
    form = answers.food(people.QUANG, people.CLEAN_FOOD)
    story = _food(stage, people.QUANG, 9).draft(form).submit().receive().pay_online().assign("bach.duong")
    story.finish("submit").finish("approve").later(24).inspect(passed=True).draft_result()
    return story.finish("pass").finish("submit").sign().number().seal().download()


def _measured() -> dict[str, Any]:
    return {"measured_area": 121.2, "measured_on": "2026-09-20", "measured_by": "Công ty Đo đạc Mẫu"}


def _split() -> dict[str, Any]:
    return {"one_per_parcel": True}


STORIES: tuple[Callable[[Stage], Story], ...] = (
    land_decided,
    land_waiting,
    copies_returned_long_ago,
    land_supplement_asked,
    land_draft,
    food_returned,
    land_consulting,
    land_payment_due,
    land_to_be_signed,
    land_waiting_too_long,
    land_completion_asked,
    land_completed,
    land_refused,
    land_not_competent,
    land_withdrawn,
    land_assigned,
    land_supplemented,
    land_answered_by_commune,
    land_overdue,
    land_stop_asked,
    land_refused_in_the_end,
    land_numbered,
    land_returned,
    food_waiting,
    food_being_mended,
    food_with_the_leader,
    copies_returned,
    copies_ready,
    copies_refused,
    copies_to_be_signed,
    copies_many,
)
