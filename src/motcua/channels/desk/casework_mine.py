"""The box of what is asked of me: my open tasks with one obvious act, and what else I may do with the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.channels.desk.casework_case import Case
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.offering import Offer, Work
from motcua.domain.payments import queries as payments
from motcua.domain.statuses.types import State
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Closing, Task
from motcua.foundation.organisation import queries as organisation

ICONS = {
    "draft_result": "edit",
    "draft_refusal": "edit",
    "ask_supplement": "undo",
    "ask_opinion": "users",
    "inspect": "search",
    "record_inspection": "search",
    "sign": "sign",
    "number": "list",
    "seal": "stamp",
    "issue_on_paper": "print",
    "return": "check",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One task of mine: its acts as ``action_bar`` draws them, and those that are not possible with the reason.

    ``direction``: why it came (back), by whom.
    """

    task: Task
    primary: dict[str, Any] | None
    others: list[dict[str, Any]]
    closed: list[dict[str, str]]
    hindrance: str
    direction: str
    directed_by: str
    answers: list[Task]


@dataclass(frozen=True, slots=True)
class Mine:
    """The tasks I may do, those I may give to somebody, and acts on the dossier itself."""

    boxes: list[Box]
    acts: list[dict[str, Any]]
    others: list[Work]


def mine(case: Case) -> Mine:
    """Return what is asked of this officer."""
    works = dossiers.work(case.id, actor=case.actor, at=case.at)
    boxes = [_box(case, work) for work in works if work.is_mine]
    others = [work for work in works if not work.is_mine and work.may_assign]
    return Mine(boxes, list(_acts(case)), others)


def _box(case: Case, work: Work) -> Box:
    possible = [offer for offer in work.offers if not offer.hindrance]
    first = next((offer for offer in possible if offer.choice.primary), None)
    if first is None and len(possible) == 1:
        first = possible[0]
    direction, who = _direction(work.task)
    return Box(
        task=work.task,
        primary=_act(case, work.task, first) if first else None,
        others=[_act(case, work.task, offer) for offer in possible if offer is not first] + _aside(case, work),
        closed=[{"words": o.choice.label, "why": o.hindrance} for o in work.offers if o.hindrance != work.hindrance],
        hindrance=work.hindrance,
        direction=direction,
        directed_by=who,
        answers=[one for one in runs.trace(case.id) if one.asked_by_id == work.task.id and not one.is_open],
    )


def _act(case: Case, task: Task, offer: Offer) -> dict[str, Any]:
    return {
        "words": offer.choice.label,
        "url": reverse("desk:choice", args=[case.id, task.id, offer.choice.key]),
        "method": "get",
        "icon": ICONS.get(offer.choice.effect, "send"),
    }


def _aside(case: Case, work: Work) -> list[dict[str, Any]]:
    """Take the task, or give it to somebody: beside its own choices."""
    names = [("nhan", _("Nhận việc về mình"), "user")] if work.may_claim else []
    names += [("giao", _("Giao cho cán bộ khác"), "users")] if work.may_assign else []
    return [
        {
            "words": words,
            "url": reverse("desk:on-task", args=[case.id, work.task.id, name]),
            "method": "get",
            "icon": sign,
        }
        for name, words, sign in names
    ]


def _direction(task: Task) -> tuple[str, str]:
    """What the task came with: directions of who sent it back, or the question of who asks an opinion."""
    if not task.reason:
        return "", ""
    before = [
        one for one in runs.trace(task.subject_id) if one.closing is Closing.RETURNED and one.words == task.reason
    ]
    who = before[-1].closed_by_id if before else None
    return task.reason, organisation.officer(who).name if who else ""


def _acts(case: Case) -> Iterator[dict[str, Any]]:
    """Acts on the dossier that have a place now; giving back has a step of its own while the process runs."""
    can = dossiers.verbs(case.id, actor=case.actor, on=case.on)
    state = case.dossier.state
    if "confirm_supplement" in can:
        yield _on_dossier(case, "xac-nhan-bo-sung", _("Xác nhận đã nhận đủ bổ sung"), "check")
    if "decline_stop" in can:
        yield _on_dossier(case, "khong-dung", _("Không dừng, tiếp tục giải quyết"), "next")
    if "stop" in can:
        yield _on_dossier(case, "dung", _("Dừng giải quyết hồ sơ"), "warning")
    if "take_money" in can and payments.account_of(case.id).owed:
        yield _on_dossier(case, "thu-tien", _("Thu tiền mặt"), "money")
    ended = {State.REFUSED, State.NOT_COMPETENT, State.STOPPED, State.WITHDRAWN}
    if "hand_back" in can and state in ended and not dossiers.returns(case.id, actor=case.actor, on=case.on):
        yield _on_dossier(case, "tra-ket-qua", _("Trả giấy tờ cho người nộp"), "check")


def _on_dossier(case: Case, name: str, words: str, sign: str) -> dict[str, Any]:
    return {"words": words, "url": reverse("desk:on-dossier", args=[case.id, name]), "method": "get", "icon": sign}
