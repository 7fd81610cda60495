"""The history of a dossier as its applicant reads it: what happened, who did it, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from motcua.channels.ui import formats
from motcua.domain.catalog.types import Edition
from motcua.foundation.identity import queries as identity
from motcua.foundation.journal.types import Event, Read
from motcua.foundation.kernel.money import dong
from motcua.foundation.organisation import queries as organisation

# Kind of event → its sentence. What is not here is the office's own affair and stays out of the applicant's page.
TITLES: Final[Mapping[str, Any]] = {
    "dossier.submitted": gettext_lazy("Bạn đã nộp hồ sơ"),
    "dossier.registered": gettext_lazy("Nộp hồ sơ tại quầy"),
    "dossier.completion_asked": gettext_lazy("Đề nghị hoàn thiện hồ sơ"),
    "dossier.completed": gettext_lazy("Bạn đã gửi lại hồ sơ"),
    "dossier.refused": gettext_lazy("Không tiếp nhận hồ sơ"),
    "dossier.returned_as_not_competent": gettext_lazy("Trả lại vì không thuộc thẩm quyền"),
    "dossier.withdrawn": gettext_lazy("Bạn đã rút hồ sơ"),
    "dossier.received": gettext_lazy("Được tiếp nhận"),
    "dossier.payment_demanded": gettext_lazy("Yêu cầu thực hiện nghĩa vụ tài chính"),
    "dossier.payment_met": gettext_lazy("Đã nhận đủ tiền, hồ sơ được xử lý tiếp"),
    "dossier.forwarded": gettext_lazy("Chuyển đến cơ quan giải quyết"),
    "dossier.step_changed": "",
    "dossier.supplement_asked": gettext_lazy("Đề nghị bổ sung hồ sơ"),
    "dossier.supplemented": gettext_lazy("Bạn đã bổ sung hồ sơ"),
    "dossier.supplement_confirmed": gettext_lazy("Đã nhận đủ giấy tờ bổ sung"),
    "dossier.opinion_asked": gettext_lazy("Lấy ý kiến cơ quan liên quan"),
    "dossier.opinion_given": gettext_lazy("Cơ quan liên quan đã cho ý kiến"),
    "dossier.inspected": gettext_lazy("Đã kiểm tra thực tế"),
    "dossier.result_signed": gettext_lazy("Kết quả đã được ký"),
    "dossier.stop_asked": gettext_lazy("Bạn đề nghị dừng hồ sơ"),
    "dossier.stop_declined": gettext_lazy("Hồ sơ được giải quyết tiếp"),
    "dossier.stopped": pgettext_lazy("history", "Dừng giải quyết hồ sơ"),
    "dossier.decided": gettext_lazy("Đã có kết quả"),
    "dossier.ready_for_collection": gettext_lazy("Kết quả chờ bạn nhận"),
    "dossier.returned": gettext_lazy("Đã trả kết quả"),
    "dossier.ending_returned": gettext_lazy("Đã trả lại giấy tờ"),
    "payment.settled": gettext_lazy("Đã nộp tiền"),
    "payment.failed": gettext_lazy("Lần thanh toán không thành công"),
    "refund.asked": gettext_lazy("Bạn đề nghị hoàn tiền"),
    "refund.approved": gettext_lazy("Đồng ý hoàn tiền"),
    "refund.refused": gettext_lazy("Không đồng ý hoàn tiền"),
    "refund.done": gettext_lazy("Đã hoàn tiền"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline, as the component draws it."""

    title: str
    at: datetime
    actor: str
    text: str
    links: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading of the person's data."""

    at: datetime
    who: str
    where: str
    purpose: str


def entries(events: Sequence[Event], edition: Edition) -> list[Entry]:
    """Return the story, the newest first."""
    told = [event for event in events if event.kind in TITLES]
    people = identity.names(event.party_id for event in told if event.party_id)
    officers = organisation.officers(event.officer_id for event in told if event.officer_id)
    agencies = organisation.agencies(event.agency_id for event in told if event.agency_id)
    found: list[Entry] = []
    for event in told:
        data = event.data or {}
        title = str(TITLES[event.kind]) or edition.step_word(str(data.get("step", "")))
        if not title:
            continue
        who = people.get(event.party_id, "") if event.party_id else ""
        if event.officer_id in officers:
            agency = agencies.get(event.agency_id) if event.agency_id else None
            who = ", ".join(part for part in (officers[event.officer_id].name, agency.name if agency else "") if part)
        found.append(Entry(title, event.happened_at, who, "\n".join(_facts(event.kind, data))))
    return found[::-1]


def readings(reads: Sequence[Read]) -> list[Seen]:
    """Return who saw the data, by name and agency."""
    officers = organisation.officers(read.officer_id for read in reads if read.officer_id)
    agencies = organisation.agencies(read.agency_id for read in reads if read.agency_id)
    return [
        Seen(
            read.at,
            officers[read.officer_id].name if read.officer_id in officers else _("Người nộp hoặc người đại diện"),
            agencies[read.agency_id].name if read.agency_id in agencies else "",
            _(read.purpose) if read.purpose else "",
        )
        for read in reads
    ]


def _facts(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    for name, label in (("content", _("Nội dung")), ("reason", _("Lý do")), ("guidance", _("Hướng dẫn"))):
        if data.get(name):
            yield f"{label}: {data[name]}"
    if data.get("until"):
        yield _("Hạn: %(time)s") % {"time": formats.moment(datetime.fromisoformat(str(data["until"])))}
    if kind in {"dossier.received", "dossier.supplement_confirmed"} and data.get("due_at"):
        yield _("Hẹn trả kết quả: %(time)s") % {"time": formats.moment(datetime.fromisoformat(str(data["due_at"])))}
    if kind == "dossier.step_changed" and data.get("department"):
        yield f"{data['department']}, {data.get('agency', '')}"
    if isinstance(data.get("amount"), int):
        yield _("Số tiền: %(amount)s") % {"amount": dong(data["amount"])}
    if data.get("receiver"):
        yield _("Người nhận: %(name)s") % {"name": data["receiver"]}
