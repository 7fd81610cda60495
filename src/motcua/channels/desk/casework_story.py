"""The history of a dossier in words: one line per kind of event (TT 11/2025 8.1, TT 21/2023 PL2-20).

``TELLS`` is the whole table: which sentence a kind is told by, which of its facts are added, and whether it is one of
the steps people follow or a detail that is shown when asked for. A sentence may name facts of the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from markupsafe import Markup

from motcua.foundation.identity import queries as identity
from motcua.foundation.journal.types import Event
from motcua.foundation.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class Tell:
    """How a kind of event is told. ``adds``: facts shown under it; ``detail``: only in the full history."""

    sentence: Any
    adds: tuple[str, ...] = ()
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history; ``paper_id`` opens the paper it made."""

    seq: int
    title: str
    at: datetime
    actor: str
    text: Markup
    paper_id: str = ""


def _detail(sentence: Any, *adds: str) -> Tell:
    return Tell(sentence, adds, detail=True)


TELLS: Final[Mapping[str, Tell]] = {
    "dossier.drafted": _detail(gettext_lazy("Bắt đầu soạn hồ sơ")),
    "dossier.case_chosen": _detail(gettext_lazy("Chọn trường hợp của thủ tục")),
    "dossier.draft_discarded": _detail(pgettext_lazy("history", "Hủy bản nháp")),
    "dossier.draft_restored": _detail(gettext_lazy("Khôi phục bản nháp")),
    "dossier.file_attached": _detail(gettext_lazy("Thêm tệp vào hồ sơ")),
    "dossier.file_detached": _detail(gettext_lazy("Bỏ tệp khỏi hồ sơ")),
    "dossier.submitted": Tell(pgettext_lazy("history", "Nộp hồ sơ")),
    "dossier.registered": Tell(gettext_lazy("Nộp hồ sơ tại quầy")),
    "dossier.completion_asked": Tell(
        pgettext_lazy("history", "Yêu cầu hoàn thiện hồ sơ"), ("content", "reason", "guidance")
    ),
    "dossier.completed": Tell(gettext_lazy("Nộp lại hồ sơ đã hoàn thiện")),
    "dossier.refused": Tell(pgettext_lazy("history", "Từ chối tiếp nhận"), ("reasons", "reason", "guidance")),
    "dossier.returned_as_not_competent": Tell(
        gettext_lazy("Trả lại vì không thuộc thẩm quyền"), ("reason", "right_agency")
    ),
    "dossier.withdrawn": Tell(gettext_lazy("Người nộp rút hồ sơ"), ("reason",)),
    "dossier.received": Tell(pgettext_lazy("history", "Tiếp nhận hồ sơ")),
    "dossier.payment_demanded": Tell(gettext_lazy("Yêu cầu nộp phí, lệ phí")),
    "dossier.payment_met": Tell(gettext_lazy("Đã nộp đủ khoản phải nộp")),
    "dossier.forwarded": Tell(gettext_lazy("Chuyển hồ sơ đi giải quyết")),
    "dossier.task_done": Tell(gettext_lazy("Hoàn thành bước: %(name)s"), ("words",)),
    "dossier.assigned": Tell(gettext_lazy("Giao việc “%(step_name)s” cho %(officer)s"), ("words",)),
    "dossier.supplement_asked": Tell(gettext_lazy("Yêu cầu bổ sung hồ sơ"), ("content", "reason", "guidance")),
    "dossier.supplemented": Tell(gettext_lazy("Nộp bổ sung"), ("words",)),
    "dossier.supplement_confirmed": Tell(pgettext_lazy("history", "Xác nhận đã nhận đủ bổ sung")),
    "dossier.opinion_asked": Tell(gettext_lazy("Lấy ý kiến đơn vị khác"), ("question",)),
    "dossier.opinion_given": Tell(pgettext_lazy("history", "Cho ý kiến"), ("opinion", "words")),
    "dossier.inspected": Tell(gettext_lazy("Thẩm định thực tế lần %(number)s"), ("to_mend",)),
    "dossier.result_drafted": Tell(gettext_lazy("Soạn dự thảo kết quả"), ("outcome",)),
    "dossier.signature_asked": _detail(gettext_lazy("Gửi yêu cầu ký số")),
    "dossier.result_signed": Tell(gettext_lazy("Ký số kết quả")),
    "dossier.signature_failed": Tell(pgettext_lazy("history", "Chưa ký số được"), ("why",)),
    "dossier.result_numbered": Tell(gettext_lazy("Lấy số văn bản: %(number)s")),
    "dossier.seal_asked": _detail(gettext_lazy("Gửi yêu cầu đóng dấu số")),
    "dossier.result_sealed": Tell(gettext_lazy("Đóng dấu số của cơ quan")),
    "dossier.stop_asked": Tell(gettext_lazy("Người nộp đề nghị dừng hồ sơ"), ("reason",)),
    "dossier.stop_declined": Tell(pgettext_lazy("history", "Không dừng, tiếp tục giải quyết"), ("reason",)),
    "dossier.stopped": Tell(pgettext_lazy("history", "Dừng giải quyết hồ sơ"), ("reason",)),
    "dossier.decided": Tell(gettext_lazy("Hoàn thành giải quyết"), ("outcome",)),
    "dossier.ready_for_collection": Tell(gettext_lazy("Kết quả sẵn sàng để trả")),
    "dossier.returned": Tell(gettext_lazy("Trả kết quả cho %(receiver)s"), ("way", "fee_receipt")),
    "dossier.ending_returned": Tell(gettext_lazy("Trả giấy tờ cho %(receiver)s"), ("way",)),
    "dossier.step_changed": Tell(gettext_lazy("Đến bước: %(step_name)s"), ("officer", "department", "agency")),
    "answers.frozen": _detail(gettext_lazy("Chốt tờ khai")),
    "answers.reopened": _detail(gettext_lazy("Mở lại tờ khai để sửa")),
    "document.attached": _detail(gettext_lazy("Nhận tệp")),
    "document.reused": _detail(gettext_lazy("Dùng lại giấy tờ đã có")),
    "document.handed_over": _detail(gettext_lazy("Nhận giấy tờ bản giấy")),
    "document.met_by_data": _detail(gettext_lazy("Dùng dữ liệu thay giấy tờ")),
    "document.detached": _detail(gettext_lazy("Bỏ giấy tờ"), "reason"),
    "paper.issued": _detail(gettext_lazy("Lập giấy tờ"), "title", "number"),
    "paper.drafted": _detail(gettext_lazy("Soạn văn bản"), "title"),
    "paper.numbered": _detail(gettext_lazy("Ghi số vào văn bản"), "number"),
    "paper.file_replaced": _detail(gettext_lazy("Thay bằng bản đã ký"), "reason"),
    "paper.reprinted": Tell(gettext_lazy("In lại giấy tờ"), ("reason",), detail=True),
    "paper.settled": _detail(gettext_lazy("Ghi nhận hiệu lực của văn bản")),
    "paper.voided": _detail(gettext_lazy("Hủy văn bản"), "reason"),
    "dues.stated": _detail(gettext_lazy("Xác định khoản phải nộp")),
    "dues.dropped": _detail(gettext_lazy("Bỏ khoản phải nộp"), "reason"),
    "due.exempted": Tell(gettext_lazy("Miễn, giảm phí, lệ phí"), ("reason",)),
    "due.proven": Tell(gettext_lazy("Ghi nhận chứng từ nộp ở cơ quan khác")),
    "payment.opened": _detail(gettext_lazy("Mở trang thanh toán")),
    "payment.failed": Tell(gettext_lazy("Thanh toán không thành công"), ("reason",)),
    "payment.settled": Tell(pgettext_lazy("history", "Nộp phí, lệ phí")),
    "payment.credited": Tell(gettext_lazy("Nộp thừa, chờ hoàn trả")),
    "payment.anomaly": _detail(gettext_lazy("Khoản thanh toán cần đối soát")),
    "payment.anomaly_resolved": _detail(gettext_lazy("Đã đối soát khoản thanh toán")),
    "receipt.voided": Tell(gettext_lazy("Hủy biên lai"), ("reason",)),
    "refund.asked": Tell(gettext_lazy("Đề nghị hoàn trả tiền"), ("reason",)),
    "refund.approved": Tell(gettext_lazy("Duyệt hoàn trả tiền")),
    "refund.refused": Tell(gettext_lazy("Không duyệt hoàn trả tiền"), ("reason",)),
    "refund.done": Tell(gettext_lazy("Đã hoàn trả tiền")),
    "clock.started": _detail(gettext_lazy("Bắt đầu tính hạn"), "note"),
    "clock.paused": _detail(gettext_lazy("Tạm dừng tính hạn"), "reason"),
    "clock.resumed": _detail(gettext_lazy("Tính hạn tiếp"), "reason"),
    "clock.restarted": _detail(gettext_lazy("Tính lại hạn từ đầu"), "reason"),
    "clock.extended": Tell(gettext_lazy("Gia hạn giải quyết"), ("reason", "ground")),
    "clock.stopped": _detail(gettext_lazy("Kết thúc tính hạn"), "reason"),
    "clock.moved": Tell(gettext_lazy("Hạn thay đổi theo lịch làm việc"), ("reason",)),
    "run.started": _detail(gettext_lazy("Bắt đầu quy trình")),
    "run.held": _detail(gettext_lazy("Quy trình tạm dừng"), "reason"),
    "run.released": _detail(gettext_lazy("Quy trình chạy tiếp")),
    "run.parked": _detail(gettext_lazy("Quy trình vướng, chờ quản trị viên"), "reason"),
    "run.retried": _detail(gettext_lazy("Chạy lại bước vướng")),
    "run.ended": _detail(gettext_lazy("Kết thúc quy trình"), "reason"),
    "task.opened": _detail(gettext_lazy("Mở việc: %(name)s")),
    "task.assigned": _detail(pgettext_lazy("history", "Giao việc")),
    "task.claimed": _detail(pgettext_lazy("history", "Nhận việc")),
    "task.handed_over": Tell(gettext_lazy("Bàn giao việc"), ("words",)),
    "task.completed": _detail(gettext_lazy("Xong việc: %(name)s")),
    "task.returned": Tell(gettext_lazy("Trả lại từ bước: %(name)s"), ("words",), detail=True),
    "task.withdrawn": _detail(gettext_lazy("Thu hồi việc: %(name)s")),
    "consultation.asked": _detail(gettext_lazy("Gửi đề nghị cho ý kiến"), "question"),
    "consultation.answered": _detail(gettext_lazy("Đã nhận ý kiến")),
    "consultation.silent": Tell(gettext_lazy("Quá hạn trả lời, được coi là đồng ý")),
    "signing.requested": _detail(gettext_lazy("Yêu cầu ký số")),
    "signing.completed": _detail(gettext_lazy("Đã ký số")),
    "signing.failed": _detail(gettext_lazy("Ký số không thành công"), "why"),
    "signing.cancelled": _detail(gettext_lazy("Hủy yêu cầu ký số")),
    "signing.authorised": _detail(gettext_lazy("Xác nhận lại yêu cầu ký số")),
    "signing.verified": _detail(gettext_lazy("Kiểm tra chữ ký số")),
    "journal.payloads_destroyed": Tell(gettext_lazy("Đã hủy nội dung theo thời hạn lưu trữ")),
}
OTHER: Final = _detail(gettext_lazy("Việc khác của hệ thống"))
FACTS: Final[Mapping[str, Any]] = {
    "content": gettext_lazy("Nội dung: %(it)s"),
    "reason": gettext_lazy("Lý do: %(it)s"),
    "reasons": gettext_lazy("Lý do: %(it)s"),
    "why": gettext_lazy("Lý do: %(it)s"),
    "guidance": gettext_lazy("Hướng dẫn: %(it)s"),
    "right_agency": gettext_lazy("Cơ quan có thẩm quyền: %(it)s"),
    "fee_receipt": gettext_lazy("Biên lai: %(it)s"),
    "ground": gettext_lazy("Căn cứ: %(it)s"),
    "to_mend": gettext_lazy("Cần khắc phục: %(it)s"),
    "number": gettext_lazy("Số: %(it)s"),
}
VALUES: Final[Mapping[tuple[str, str], Any]] = {
    ("outcome", "granted"): gettext_lazy("Đồng ý giải quyết"),
    ("outcome", "refused"): gettext_lazy("Không giải quyết"),
    ("opinion", "consent"): pgettext_lazy("history", "Đồng ý"),
    ("opinion", "objection"): pgettext_lazy("history", "Không đồng ý"),
    ("way", "online"): gettext_lazy("Nhận trực tuyến"),
    ("way", "in_person"): gettext_lazy("Nhận tại quầy"),
    ("way", "post"): gettext_lazy("Nhận qua bưu chính"),
}


class _Facts(dict[str, Any]):
    """Facts for a sentence; what the event does not know, or no longer knows, is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def entries(events: Iterable[Event], *, everything: bool) -> list[Entry]:
    """Return the history as lines, the newest first; with ``everything`` the details of the system too."""
    chosen = [event for event in events if everything or not TELLS.get(event.kind, OTHER).detail]
    names = _names(chosen)
    return [_entry(event, names) for event in reversed(chosen)]


def _entry(event: Event, names: Mapping[UUID, str]) -> Entry:
    tell, facts = TELLS.get(event.kind, OTHER), event.data or {}
    title = str(tell.sentence) % _Facts({key: value or "–" for key, value in facts.items()})
    lines = [line for name in tell.adds if (line := _fact(name, facts.get(name)))]
    paper = str(facts.get("paper") or "")
    return Entry(event.seq, title, event.happened_at, _actor(event, names), Markup("<br>").join(lines), paper)


def _fact(name: str, value: Any) -> str:
    if not value:
        return ""
    if isinstance(value, list):
        value = "; ".join(str(one) for one in value)
    text = str(VALUES.get((name, str(value)), value))
    return str(FACTS[name]) % {"it": text} if name in FACTS else text


def _actor(event: Event, names: Mapping[UUID, str]) -> str:
    """The name people know: the officer with their agency, else the person, else the system (for whoever began it)."""
    if event.officer_id:
        who = ", ".join(names[one] for one in (event.officer_id, event.agency_id) if one and one in names)
        return _("Hệ thống, theo yêu cầu của %(who)s") % {"who": who} if event.actor_kind == "system" else who
    if event.party_id:
        return names.get(event.party_id, _("Người nộp"))
    return {"partner": _("Cơ quan kết nối"), "anonymous": _("Khách")}.get(event.actor_kind, _("Hệ thống"))


def _names(events: list[Event]) -> dict[UUID, str]:
    officers = organisation.officers({event.officer_id for event in events if event.officer_id})
    agencies = organisation.agencies({event.agency_id for event in events if event.agency_id})
    parties = identity.names({event.party_id for event in events if event.party_id})
    found = {officer.id: officer.name for officer in officers.values()}
    return found | {agency.id: agency.name for agency in agencies.values()} | dict(parties)
