"""Two catalogues ready to be published: TT 11/2025/TT-BKHCN (in force) and TT 21/2023/TT-BTTTT.

Officers' words are the circular's own. TT 11 leaves the applicant's view to the system, so its
applicants read the words TT 21 gave them. Portal codes: TrangThai of DongBoHoSoMC.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.types import Arrow, Rule, Stage, State, Status, StepKind, Words

WHO: Final = ("{agency}", "{position}, {department}: {handler}", "Hạn xử lý {due_on} – {late}")
WHO_EN: Final = ("{agency}", "{position}, {department}: {handler}", "Due {due_on} – {late}")
SUPPLEMENT: Final = ("Lý do: {reason}", "Nội dung: {content}", "Hướng dẫn: {guidance}", "Hạn bổ sung: {until}")
SUPPLEMENT_EN: Final = ("Reason: {reason}", "Content: {content}", "Guidance: {guidance}", "Supply by: {until}")


def _status(code: str, stage: Stage, portal_code: int | None, rank: int, vi: Words, en: Words) -> Status:
    return Status(code, stage, portal_code, rank, {"vi": vi, "en": en})


def _same(words: str, *shows: str) -> Words:
    return Words(words, words, shows)


_RECEPTION: Final = (
    _status("draft", Stage.RECEPTION, None, 0, _same("Bản nháp"), _same("Draft")),
    _status("registered", Stage.RECEPTION, 1, 10, _same("Mới đăng ký"), _same("Newly registered")),
    _status("awaiting_reception", Stage.RECEPTION, 1, 11, _same("Đang chờ tiếp nhận"), _same("Awaiting reception")),
    _status(
        "completion_asked",
        Stage.RECEPTION,
        5,
        70,
        Words("Yêu cầu bổ sung giấy tờ", "Đang chờ bổ sung", SUPPLEMENT),
        Words("Supplement asked", "Awaiting your supplement", SUPPLEMENT_EN),
    ),
    _status("completed", Stage.RECEPTION, 1, 12, _same("Đã bổ sung hồ sơ"), _same("Supplemented")),
    _status(
        "refused",
        Stage.RECEPTION,
        3,
        90,
        _same("Dừng xử lý", "Lý do từ chối tiếp nhận: {reason}"),
        _same("Stopped", "Refused at reception: {reason}"),
    ),
    _status(
        "not_competent",
        Stage.RECEPTION,
        3,
        90,
        _same("Yêu cầu bổ sung giấy tờ", "Không thuộc thẩm quyền: {reason}", "Đề nghị gửi đến {right_agency}"),
        _same("Supplement asked", "Not within our competence: {reason}", "Please send it to {right_agency}"),
    ),
    _status(
        "withdrawn",
        Stage.RECEPTION,
        7,
        90,
        Words("Đã trả lại", "Đã thu hồi", ("Lý do: {reason}",)),
        Words("Given back", "Withdrawn", ("Reason: {reason}",)),
    ),
    _status(
        "received",
        Stage.RECEPTION,
        2,
        20,
        _same("Được tiếp nhận", "Ngày tiếp nhận: {received_on}", "Ngày hẹn trả: {promised_on}"),
        _same("Received", "Received on {received_on}", "Result promised for {promised_on}"),
    ),
)

_RESOLVING: Final = (
    _status("in_progress", Stage.RESOLVING, 4, 30, _same("Đang xử lý", *WHO), _same("In progress", *WHO_EN)),
    _status(
        "awaiting_applicant",
        Stage.RESOLVING,
        4,
        60,
        _same("Đang xử lý", "Chờ tổ chức, cá nhân: {content}", *WHO),
        _same("In progress", "Waiting for the applicant: {content}", *WHO_EN),
    ),
    _status(
        "supplement_asked",
        Stage.RESOLVING,
        5,
        70,
        Words("Yêu cầu bổ sung giấy tờ", "Đang chờ bổ sung", SUPPLEMENT),
        Words("Supplement asked", "Awaiting your supplement", SUPPLEMENT_EN),
    ),
    _status(
        "supplemented",
        Stage.RESOLVING,
        4,
        40,
        _same("Đã bổ sung hồ sơ", *WHO),
        _same("Supplemented", *WHO_EN),
    ),
    _status(
        "payment_due",
        Stage.RESOLVING,
        6,
        65,
        _same(
            "Yêu cầu thực hiện nghĩa vụ tài chính", "Số tiền: {amount}", "Hạn nộp: {until}", "Cách nộp: {how_to_pay}"
        ),
        _same("Payment due", "Amount: {amount}", "Pay by: {until}", "How to pay: {how_to_pay}"),
    ),
    _status(
        "stop_asked",
        Stage.RESOLVING,
        4,
        75,
        _same("Đang xử lý", "{asked_by} đề nghị dừng ngày {asked_on}", *WHO),
        _same("In progress", "{asked_by} asked to stop on {asked_on}", *WHO_EN),
    ),
    _status(
        "stopped",
        Stage.RESOLVING,
        8,
        90,
        _same("Dừng xử lý", "Lý do không giải quyết: {reason}"),
        _same("Stopped", "Reason: {reason}"),
    ),
)

_RETURN: Final = (
    _status(
        "decided", Stage.RETURN, 9, 80, _same("Đã xử lý xong", "Đang trả kết quả"), _same("Finished", "Being returned")
    ),
    _status(
        "ready_for_collection",
        Stage.RETURN,
        9,
        81,
        Words("Đã xử lý xong", "Chờ trả kết quả", ("Đang trả kết quả", "Nơi nhận: {place}", "Chưa trả: {not_yet}")),
        Words("Finished", "Ready for collection", ("Being returned", "Where: {place}", "Not yet: {not_yet}")),
    ),
    _status(
        "returned",
        Stage.RETURN,
        10,
        90,
        Words(
            "Đã xử lý xong",
            "Đã trả kết quả",
            (
                "Đã trả kết quả",
                "Ngày hẹn trả: {promised_on}",
                "Ngày trả: {returned_on}",
                "Người nhận: {receiver}",
            ),
        ),
        Words(
            "Finished",
            "Result returned",
            ("Returned", "Promised for: {promised_on}", "Returned on: {returned_on}", "Received by: {receiver}"),
        ),
    ),
)

RULES: Final = (
    Rule(State.DRAFT, "draft"),
    Rule(State.SUBMITTED, "registered"),
    Rule(State.SUBMITTED, "awaiting_reception", StepKind.RECEIVE),
    Rule(State.RETURNED_FOR_COMPLETION, "completion_asked"),
    Rule(State.COMPLETED, "completed"),
    Rule(State.REFUSED, "refused"),
    Rule(State.NOT_COMPETENT, "not_competent"),
    Rule(State.WITHDRAWN, "withdrawn"),
    Rule(State.RECEIVED, "received"),
    Rule(State.IN_PROGRESS, "in_progress"),
    Rule(State.IN_PROGRESS, "awaiting_applicant", StepKind.WAIT_FOR_APPLICANT),
    Rule(State.IN_PROGRESS, "payment_due", StepKind.PAY),
    Rule(State.SUPPLEMENT_ASKED, "supplement_asked"),
    Rule(State.SUPPLEMENTED, "supplemented"),
    Rule(State.PAYMENT_DUE, "payment_due"),
    Rule(State.STOP_ASKED, "stop_asked"),
    Rule(State.STOPPED, "stopped"),
    Rule(State.DECIDED, "decided"),
    Rule(State.READY_FOR_COLLECTION, "ready_for_collection"),
    Rule(State.RETURNED, "returned"),
)

_BEFORE_RECEPTION: Final = ("completion_asked", "refused", "not_competent", "withdrawn", "received")
_AT_WORK: Final = (
    "in_progress",
    "awaiting_applicant",
    "supplement_asked",
    "payment_due",
    "stop_asked",
    "stopped",
    "decided",
)

#: From each status, what may follow. Back from an ending leads only what the law knows: undoing within a
#: working day, a return as not competent that is transferred, reopening on a document.
_FOLLOWS: Final = {
    "draft": ("registered", "awaiting_reception", "received"),
    "registered": ("awaiting_reception", *_BEFORE_RECEPTION),
    "awaiting_reception": _BEFORE_RECEPTION,
    "completion_asked": ("completed", "refused", "not_competent", "withdrawn", "received"),
    "completed": _BEFORE_RECEPTION,
    "refused": ("registered", "awaiting_reception"),
    "not_competent": ("registered", "awaiting_reception"),
    "received": (*_AT_WORK, "ready_for_collection", "returned"),
    "in_progress": (*_AT_WORK, "ready_for_collection"),
    "awaiting_applicant": _AT_WORK,
    "supplement_asked": ("supplemented", "in_progress", "payment_due", "stop_asked", "stopped"),
    "supplemented": (*_AT_WORK, "ready_for_collection"),
    "payment_due": (*_AT_WORK, "received", "supplemented", "ready_for_collection", "returned"),
    "stop_asked": ("in_progress", "received", "supplement_asked", "supplemented", "payment_due", "stopped"),
    "stopped": ("in_progress",),
    "decided": ("ready_for_collection", "returned", "payment_due", "in_progress"),
    "ready_for_collection": ("returned", "decided", "payment_due", "in_progress"),
    "returned": ("in_progress",),
}

ARROWS: Final = tuple(
    Arrow(source, target) for source, targets in _FOLLOWS.items() for target in targets if source != target
)

TT11: Final = Catalogue("TT 11/2025/TT-BKHCN", (*_RECEPTION, *_RESOLVING, *_RETURN), RULES, ARROWS)


def _tt21(status: Status) -> Status:
    """TT 21 has statuses of their own where TT 11 has lines of information."""
    vi, en = status.words["vi"], status.words["en"]
    words = {
        "stop_asked": ("Yêu cầu rút hồ sơ", "Withdrawal asked"),
        "ready_for_collection": ("Chờ trả kết quả", "Ready for collection"),
        "returned": ("Đã trả kết quả", "Result returned"),
    }.get(status.code)
    if words is None:
        return status
    return replace(
        status,
        words={"vi": Words(words[0], words[0], vi.shows), "en": Words(words[1], words[1], en.shows)},
    )


TT21: Final = Catalogue("TT 21/2023/TT-BTTTT", tuple(_tt21(s) for s in TT11.statuses), RULES, ARROWS)
