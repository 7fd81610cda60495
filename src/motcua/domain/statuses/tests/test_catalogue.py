"""What people read, which changes are allowed, what stops a publisher."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import ProgrammingError, transaction
from django.utils import translation

from motcua.domain.statuses import checks, commands, models, queries, ready
from motcua.domain.statuses.tests.lifecycle import MOVES
from motcua.domain.statuses.types import Arrow, Flow, Move, Rule, State, StepKind
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Invalid

CLERK = system("publisher")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "kind", "officer", "applicant", "portal_code"),
    [
        (State.SUBMITTED, None, "Mới đăng ký", "Mới đăng ký", 1),
        (State.SUBMITTED, StepKind.RECEIVE, "Đang chờ tiếp nhận", "Đang chờ tiếp nhận", 1),
        (State.RETURNED_FOR_COMPLETION, None, "Yêu cầu bổ sung giấy tờ", "Đang chờ bổ sung", 5),
        (State.COMPLETED, None, "Đã bổ sung hồ sơ", "Đã bổ sung hồ sơ", 1),
        (State.REFUSED, None, "Dừng xử lý", "Dừng xử lý", 3),
        (State.NOT_COMPETENT, None, "Yêu cầu bổ sung giấy tờ", "Yêu cầu bổ sung giấy tờ", 3),
        (State.WITHDRAWN, None, "Đã trả lại", "Đã thu hồi", 7),
        (State.RECEIVED, None, "Được tiếp nhận", "Được tiếp nhận", 2),
        (State.IN_PROGRESS, StepKind.FORWARD, "Đang xử lý", "Đang xử lý", 4),
        (State.IN_PROGRESS, StepKind.CONSULT, "Đang xử lý", "Đang xử lý", 4),
        (State.IN_PROGRESS, StepKind.PAY, "Yêu cầu thực hiện nghĩa vụ tài chính", None, 6),
        (State.SUPPLEMENT_ASKED, None, "Yêu cầu bổ sung giấy tờ", "Đang chờ bổ sung", 5),
        (State.SUPPLEMENTED, None, "Đã bổ sung hồ sơ", "Đã bổ sung hồ sơ", 4),
        (State.PAYMENT_DUE, None, "Yêu cầu thực hiện nghĩa vụ tài chính", None, 6),
        (State.STOP_ASKED, None, "Đang xử lý", "Đang xử lý", 4),
        (State.STOPPED, None, "Dừng xử lý", "Dừng xử lý", 8),
        (State.DECIDED, None, "Đã xử lý xong", "Đã xử lý xong", 9),
        (State.READY_FOR_COLLECTION, None, "Đã xử lý xong", "Chờ trả kết quả", 9),
        (State.RETURNED, None, "Đã xử lý xong", "Đã trả kết quả", 10),
    ],
)
def test_each_state_reads_as_the_circular_says(
    state: State, kind: StepKind | None, officer: str, applicant: str | None, portal_code: int
) -> None:
    found = queries.status_for(state, kind, language="vi")
    assert (found.officer_words, found.applicant_words) == (officer, applicant or officer)
    assert found.portal_code == portal_code


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.STOP_ASKED, "Yêu cầu rút hồ sơ"),
        (State.READY_FOR_COLLECTION, "Chờ trả kết quả"),
        (State.RETURNED, "Đã trả kết quả"),
    ],
)
def test_tt21_is_another_configuration_of_the_same_states(state: State, words: str) -> None:
    assert queries.status_for(state, catalogue=ready.TT21, language="vi").officer_words == words


@pytest.mark.requirement("TT21-PL2-4.1")
def test_every_wording_of_tt21_is_shown_by_some_state() -> None:
    listed = {
        "Mới đăng ký",
        "Đang chờ tiếp nhận",
        "Đang chờ bổ sung",
        "Đã bổ sung hồ sơ",
        "Yêu cầu rút hồ sơ",
        "Đã thu hồi",
        "Được tiếp nhận",
        "Yêu cầu bổ sung giấy tờ",
        "Đã trả lại",
        "Dừng xử lý",
        "Đang xử lý",
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Đã xử lý xong",
        "Chờ trả kết quả",
        "Đã trả kết quả",
    }
    shown: set[str] = set()
    for state in State:
        for kind in (None, *StepKind):
            found = queries.status_for(state, kind, ready.TT21, language="vi")
            shown |= {found.officer_words, found.applicant_words}
    assert shown == listed | {"Bản nháp"}


@pytest.mark.parametrize(
    ("state", "values", "handlers", "line"),
    [
        (
            State.RECEIVED,
            {"received_on": "15/8/2023", "promised_on": "25/8/2023"},
            [],
            "Ngày tiếp nhận: 15/8/2023; Ngày hẹn trả: 25/8/2023",
        ),
        (State.RECEIVED, {"received_on": "15/8/2023"}, [], "Ngày tiếp nhận: 15/8/2023"),
        (State.REFUSED, {"reason": "quá thời hiệu"}, [], "Lý do từ chối tiếp nhận: quá thời hiệu"),
        (
            State.IN_PROGRESS,
            {"agency": "Sở Y tế", "due_on": "15/8/2023", "late": "Quá hạn 3 ngày"},
            [
                {"position": "Chuyên viên", "department": "Phòng Nghiệp vụ", "handler": "Lê Thị Bình"},
                {"position": "Trưởng phòng", "department": "Phòng Thanh tra", "handler": "Trần An"},
            ],
            "Sở Y tế; Chuyên viên, Phòng Nghiệp vụ: Lê Thị Bình; Trưởng phòng, Phòng Thanh tra: Trần An; "
            "Hạn xử lý 15/8/2023 – Quá hạn 3 ngày",
        ),
        (State.DECIDED, {}, [], "Đang trả kết quả"),
    ],
)
def test_the_information_line(state: State, values: dict[str, str], handlers: list[dict[str, str]], line: str) -> None:
    status = queries.status_for(state, catalogue=ready.TT11, language="vi")
    assert queries.information(status, values, handlers) == line


def test_values_are_put_in_literally() -> None:
    status = queries.status_for(State.REFUSED, catalogue=ready.TT11, language="vi")
    assert queries.information(status, {"reason": "{handler} %(x)s"}) == "Lý do từ chối tiếp nhận: {handler} %(x)s"


def test_waiting_for_the_applicant_outranks_processing() -> None:
    steps = [(StepKind.APPRAISE, "chuyen_vien"), (StepKind.WAIT_FOR_APPLICANT, ""), (StepKind.CONSULT, "")]
    found = queries.status_for_steps(State.IN_PROGRESS, steps, ready.TT11)
    assert found.code == "awaiting_applicant"
    assert queries.status_for_steps(State.IN_PROGRESS, steps[::-1], ready.TT11).code == "awaiting_applicant"
    assert queries.status_for_steps(State.IN_PROGRESS, [*steps, (StepKind.PAY, "")], ready.TT11).code == "payment_due"
    assert queries.status_for_steps(State.RECEIVED, [], ready.TT11).code == "received"


def test_a_rule_for_a_position_stands_before_the_one_for_the_step() -> None:
    finer = Rule(State.IN_PROGRESS, "supplemented", StepKind.SUBMIT, "giam_doc")
    catalogue = replace(ready.TT11, rules=(*ready.TT11.rules, finer))
    assert queries.status_for(State.IN_PROGRESS, StepKind.SUBMIT, catalogue, position="giam_doc").code == "supplemented"
    assert queries.status_for(State.IN_PROGRESS, StepKind.SUBMIT, catalogue, position="khac").code == "in_progress"


def test_english_words_and_vietnamese_where_they_are_missing() -> None:
    with translation.override("en"):
        assert queries.status_for(State.RECEIVED, catalogue=ready.TT11).officer_words == "Received"
    only_vietnamese = replace(
        ready.TT11, statuses=tuple(replace(s, words={"vi": s.words["vi"]}) for s in ready.TT11.statuses)
    )
    with translation.override("en"):
        assert queries.status_for(State.RECEIVED, catalogue=only_vietnamese).officer_words == "Được tiếp nhận"


@pytest.mark.parametrize("catalogue", [ready.TT11, ready.TT21], ids=lambda c: c.name)
def test_the_ready_catalogues_agree_with_the_lifecycle(catalogue: ready.Catalogue) -> None:
    flows = [Flow("mẫu", a, b) for a in StepKind for b in StepKind]
    assert queries.contradictions(catalogue, MOVES, flows) == []
    assert all({"vi", "en"} <= status.words.keys() for status in catalogue.statuses)


@pytest.mark.django_db
def test_taking_an_arrow_away_stops_the_publisher_not_the_officer() -> None:
    without = replace(ready.TT11, arrows=tuple(a for a in ready.TT11.arrows if a != Arrow("received", "in_progress")))
    with pytest.raises(Invalid, match="“Chuyển xử lý” chuyển từ “Được tiếp nhận” sang “Đang xử lý”"):
        commands.publish_catalogue(catalogue=without, moves=MOVES, actor=CLERK, at=now())
    assert queries.current_version().version == 1
    rarely = [move for move in MOVES if (move.source, move.target) != (State.RECEIVED, State.IN_PROGRESS)]
    published = commands.publish_catalogue(catalogue=without, moves=rarely, actor=CLERK, at=now())
    assert published.version == 2
    assert not queries.is_allowed("received", "in_progress")
    commands.publish_catalogue(catalogue=ready.TT11, moves=MOVES, actor=CLERK, at=now())
    assert queries.is_allowed("received", "in_progress")


@pytest.mark.django_db
def test_what_was_published_comes_back_as_it_was_and_cannot_be_rewritten() -> None:
    commands.publish_catalogue(catalogue=ready.TT21, moves=MOVES, actor=CLERK, at=now())
    back = queries.current_catalogue()
    assert set(back.rules) == set(ready.TT21.rules)
    assert set(back.arrows) == set(ready.TT21.arrows)
    assert back.by_code == ready.TT21.by_code
    with pytest.raises(ProgrammingError), transaction.atomic():
        models.LegalStatus.objects.update(rank=1)


def test_a_flow_of_a_process_is_checked_too() -> None:
    finer = Rule(State.IN_PROGRESS, "decided", StepKind.SIGN)
    catalogue = replace(ready.TT11, rules=(*ready.TT11.rules, finer), arrows=ready.TT11.arrows[:0])
    (sentence,) = checks.contradictions(catalogue, [], [Flow("Cấp phép", StepKind.SUBMIT, StepKind.SIGN)])
    assert "“Cấp phép” chuyển từ “Đang xử lý” sang “Đã xử lý xong”" in sentence


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (replace(ready.TT11, rules=ready.TT11.rules[1:]), "Chưa có trạng thái hiển thị cho “draft”"),
        (replace(ready.TT11, rules=(*ready.TT11.rules, Rule(State.DRAFT, "draft"))), "hai trạng thái"),
        (replace(ready.TT11, arrows=(Arrow("received", "nowhere"),)), "danh mục không có"),
        (replace(ready.TT11, statuses=(*ready.TT11.statuses, ready.TT11.statuses[0])), "bị trùng"),
        (
            replace(ready.TT11, statuses=(replace(ready.TT11.statuses[0], portal_code=11), *ready.TT11.statuses[1:])),
            "từ 1 đến 10",
        ),
        (
            replace(
                ready.TT11,
                statuses=(
                    replace(
                        ready.TT11.statuses[0],
                        words={"vi": replace(ready.TT11.statuses[0].words["vi"], shows=("{secret}",))},
                    ),
                    *ready.TT11.statuses[1:],
                ),
            ),
            "{secret}",
        ),
        (
            replace(ready.TT11, statuses=(*ready.TT11.statuses, replace(ready.TT11.statuses[0], code="lonely"))),
            "không bao giờ hiển thị",
        ),
    ],
)
def test_what_is_wrong_inside_a_catalogue_is_said(broken: ready.Catalogue, sentence: str) -> None:
    found = queries.contradictions(broken, [Move("x", State.DRAFT, State.SUBMITTED)])
    assert any(sentence in each for each in found), found
