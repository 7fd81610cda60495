"""A door for wiring: what the connector does when something happened here, or came in from the portal.

`mirror` queues the messages of one event, whole dossier first, then the step; exchange keeps a dossier's messages in
order. `take_in` makes one of our drafts out of a pushed dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from motcua.channels.connectors.national_portal import gathering, messages, standing, taking_in
from motcua.channels.connectors.national_portal.settings import NAME
from motcua.channels.connectors.national_portal.standing import Standing
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.statuses import queries as statuses
from motcua.foundation.exchange import commands as exchange
from motcua.foundation.exchange import ports
from motcua.foundation.identity import queries as identity
from motcua.foundation.journal import queries as journal
from motcua.foundation.journal.types import Event
from motcua.foundation.kernel.actor import ActorKind, Channel, system
from motcua.foundation.kernel.clocks import local
from motcua.foundation.organisation import queries as organisation

WHOLE: Final = "DongBoHoSoMC"
STEP: Final = "CapNhatTienDoHoSoMC"
PUSHED: Final = "NoiHoSo"

# What the portal's trace says of an event; {…} are values of the event. Directions between officers are not among them.
WORDS: Final[Mapping[str, str]] = {
    "dossier.submitted": "Nộp hồ sơ",
    "dossier.registered": "Nộp hồ sơ tại Bộ phận Một cửa",
    "dossier.completion_asked": "Yêu cầu hoàn thiện hồ sơ: {content}",
    "dossier.completed": "Đã hoàn thiện hồ sơ theo yêu cầu",
    "dossier.refused": "Từ chối tiếp nhận: {reason}",
    "dossier.returned_as_not_competent": "Trả hồ sơ không thuộc thẩm quyền: {reason}",
    "dossier.withdrawn": "Người nộp rút hồ sơ",
    "dossier.received": "Tiếp nhận hồ sơ",
    "dossier.payment_demanded": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "dossier.payment_met": "Đã thực hiện nghĩa vụ tài chính",
    "dossier.forwarded": "Chuyển hồ sơ đến cơ quan giải quyết",
    "dossier.task_done": "Đã thực hiện bước: {name}",
    "dossier.assigned": "Phân công xử lý bước: {step_name}",
    "dossier.step_changed": "Đang thực hiện bước: {step_name}",
    "dossier.supplement_asked": "Yêu cầu bổ sung hồ sơ: {content}",
    "dossier.supplemented": "Đã bổ sung hồ sơ theo yêu cầu",
    "dossier.supplement_confirmed": "Xác nhận hồ sơ bổ sung đầy đủ",
    "dossier.opinion_asked": "Lấy ý kiến cơ quan, đơn vị liên quan",
    "dossier.opinion_given": "Cơ quan, đơn vị liên quan đã có ý kiến",
    "dossier.inspected": "Đã kiểm tra, thẩm định thực tế",
    "dossier.result_signed": "Đã ký kết quả giải quyết",
    "dossier.result_numbered": "Đã lấy số kết quả giải quyết",
    "dossier.result_sealed": "Đã đóng dấu kết quả giải quyết",
    "dossier.stop_asked": "Người nộp đề nghị dừng giải quyết",
    "dossier.stop_declined": "Không chấp thuận đề nghị dừng giải quyết: {reason}",
    "dossier.stopped": "Dừng giải quyết hồ sơ: {reason}",
    "dossier.decided": "Đã có kết quả giải quyết",
    "dossier.ready_for_collection": "Kết quả sẵn sàng để trả",
    "dossier.returned": "Đã trả kết quả",
    "dossier.ending_returned": "Đã trả lại hồ sơ, giấy tờ",
}
KINDS: Final = tuple(sorted(WORDS))
# Without a new status the portal still needs the whole dossier: the promised date moved.
ALWAYS_WHOLE: Final = frozenset({"dossier.supplement_confirmed"})
# Acts that are the applicant's even when the portal handed them on.
BY_APPLICANT: Final = frozenset({"dossier.submitted", "dossier.completed", "dossier.supplemented", "dossier.withdrawn"})


def mirror(event: Event) -> None:
    """Queue what the portal must learn of this event; a draft never goes."""
    if ports.adapter(NAME) is None:
        return
    found = dossiers.public_view(event.subject.id)
    stood = standing.after(journal.history(found.id), event.seq, statuses.current_catalogue())
    if not stood.status:
        return
    if stood.status != stood.before or event.kind in ALWAYS_WHOLE:
        actor = system(NAME, channel=Channel.CONNECTOR)
        picture = gathering.picture(found, actor=actor, on=local(event.recorded_at).date())
        known = bool(stood.before) or messages.is_from_portal(picture)
        _send(WHOLE, found, {"updating": known, "data": messages.dossier(picture, stood)}, event)
    _send(STEP, found, {"data": messages.progress(found.code, stood, _step(event, found, stood))}, event)


def take_in(event: Event) -> None:
    """Make a draft of a dossier that the portal pushed. Raises CannotTakeIn: the relay keeps it and shows its sentence."""
    data = event.data or {}
    if data.get("system") == NAME and data.get("kind") == PUSHED:
        taking_in.take_in(event.subject.id, at=event.recorded_at)


def _send(kind: str, found: DossierView, body: Mapping[str, Any], event: Event) -> None:
    exchange.send(system=NAME, kind=kind, subject_id=found.id, body=body, at=event.recorded_at)


def _step(event: Event, found: DossierView, stood: Standing) -> messages.Step:
    data = {"content": "", "reason": "", "name": "", "step_name": ""} | dict(event.data or {})
    words = WORDS[event.kind].format_map(data).rstrip(": ")
    if event.kind in {"dossier.step_changed", "dossier.assigned"}:
        unit = str(data.get("department") or data.get("agency") or "")
        handler = str(data.get("officer") or unit)
        due_at = datetime.fromisoformat(str(data["due_at"])) if data.get("due_at") else None
        return messages.Step(handler, "", unit, words, began_at=stood.at, due_at=due_at)
    if event.officer_id is not None:
        title, unit = _position(event, event.officer_id)
        return messages.Step(organisation.officer(event.officer_id).name, title, unit, words)
    if event.actor_kind == ActorKind.PERSON or event.kind in BY_APPLICANT:
        return messages.Step(identity.names([found.submitter_id])[found.submitter_id], "Người nộp hồ sơ", "", words)
    return messages.Step(messages.SYSTEM, "", "", words)


def _position(event: Event, officer_id: UUID) -> tuple[str, str]:
    """Title and unit of the position the officer acted in."""
    on = local(event.happened_at).date()
    for held in organisation.positions_of(officer_id, on):
        if held.position_id == event.position_id:
            return held.title, held.department_name or held.agency_name
    return "", organisation.agency(event.agency_id).name if event.agency_id else ""
