"""Head and right column of the dossier page: where it stands, by when, who, the money, what lies here on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from motcua.channels.desk import words
from motcua.channels.desk.casework_case import Case
from motcua.channels.ui import formats
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, ClockState
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import Form, UseKind
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.payments import queries as payments
from motcua.domain.statuses.types import LegalStatus, State
from motcua.domain.workflow import queries as runs
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import Party, PartyKind
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.organisation import queries as organisation

BEFORE = frozenset({State.SUBMITTED, State.COMPLETED})


@dataclass(frozen=True, slots=True)
class Head:
    """Status in the law's words, the line beside it, and how much time is left of which clock."""

    status: LegalStatus
    line: str
    case_name: str
    channel: str
    due_at: datetime | None
    started_at: datetime | None
    late_by: timedelta
    is_paused: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Owner or submitter: facts with their sources, as ``person_card`` draws them."""

    name: str
    role: str
    is_organisation: bool
    facts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The right column."""

    rows: list[dict[str, Any]]
    people: list[Person]


def head(case: Case) -> Head:
    """Return what stands on top."""
    dossier = case.dossier
    status = dossiers.status(dossier)
    kind = ClockKind.RECEPTION if dossier.state in BEFORE else ClockKind.RESOLVING
    clock = clocks.clock_of(dossier.id, kind)
    late = clocks.ledger_of(dossier.id, kind).late_by(case.at) if clock else timedelta()
    return Head(
        status=status,
        line=dossiers.information(dossier, status, case.at),
        case_name=_case_name(catalog.edition(dossier.edition_id), dossier.case_key),
        channel=words.channel_words().get(dossier.channel, str(dossier.channel)),
        due_at=clock.due_at if clock else None,
        started_at=clock.started_at if clock else None,
        late_by=late,
        is_paused=clock is not None and clock.state is ClockState.PAUSED,
        is_over=clock is None or clock.state is ClockState.STOPPED or dossier.finished_at is not None,
    )


def facts(case: Case) -> Facts:
    """Return the right column."""
    dossier = case.dossier
    rows = [
        _fact(_("Hạn giải quyết"), formats.moment(dossier.due_at)),
        _fact(_("Hẹn trả"), formats.date(dossier.promised_at)),
        _fact(_("Đã xong lúc"), formats.moment(dossier.finished_at)),
        _fact(_("Đã trả lúc"), formats.moment(dossier.returned_at)),
        _fact(_("Đang ở"), "; ".join(_holders(case))),
        _fact(_("Phí, lệ phí"), _money(case)),
        _fact(_("Bản giấy đang giữ"), "; ".join(_paper(case))),
        _fact(_("Nơi tiếp nhận"), organisation.agency(dossier.desk_agency_id).name),
        _fact(_("Cơ quan giải quyết"), organisation.agency(dossier.competent_agency_id).name),
    ]
    return Facts([row for row in rows if row["value"]], _people(case))


def _fact(label: str, value: str) -> dict[str, Any]:
    return {"label": label, "value": value}


def _holders(case: Case) -> list[str]:
    tasks = runs.open_tasks(case.id) if case.dossier.received_at else ()
    pairs = zip(case.dossier.holders, tasks, strict=False)
    return [
        _("%(who)s (từ %(since)s)") % {"who": who, "since": formats.moment(task.opened_at)[:-3]} for who, task in pairs
    ]


def _money(case: Case) -> str:
    account = payments.account_of(case.id)
    if not account.dues:
        return _("Không thu")
    if account.owed:
        return _("Còn phải nộp %(owed)s") % {"owed": formats.dong(account.owed)}
    numbers = ", ".join(one.code for one in account.receipts if not one.is_void)
    paid = {"paid": formats.dong(account.paid), "numbers": numbers}
    return _("Đã nộp %(paid)s (biên lai %(numbers)s)") % paid if numbers else _("Không còn khoản phải nộp")


def _paper(case: Case) -> list[str]:
    """Originals that lie with the dossier, unless they were handed back."""
    returned = [one for row in dossiers.returns(case.id, actor=case.actor, on=case.on) for one in row.originals]
    gone = {one["name"] for one in returned if one["handed_back"]}
    uses = documents.uses_of(case.id)
    return [
        use.name for use in uses if use.kind is UseKind.PAPER and use.form is Form.ORIGINAL and use.name not in gone
    ]


def _people(case: Case) -> list[Person]:
    dossier = case.dossier
    owner = identity.party(dossier.owner_id)
    if dossier.owner_id == dossier.submitter_id:
        return [_person(owner, _("Chủ hồ sơ, tự nộp"))]
    return [_person(owner, _("Chủ hồ sơ")), _person(identity.party(dossier.submitter_id), _("Người nộp"))]


def _person(party: Party, role: str) -> Person:
    known = party.known
    told: list[tuple[str, str, str]] = [
        (_("Ngày sinh"), formats.date(party.birth_on), "birth_on"),
        (_("Địa chỉ"), str(party.address or ""), "address"),
        (_("Điện thoại"), party.phone, "phone"),
        (_("Thư điện tử"), party.email, "email"),
    ]
    numbers = [{"label": _("Số định danh"), "value": one.number} for one in party.identifiers]
    facts = [{"label": label, "value": value, **_source(known.get(key), value)} for label, value, key in told if value]
    return Person(party.name, role, party.kind is PartyKind.ORGANISATION, numbers + facts)


def _source(told: Any, value: str) -> dict[str, Any]:
    """✓ when a database says the same, ≠ with its words when it says something else."""
    if told is None:
        return {}
    theirs = formats.date(told.value) if "-" in str(told.value)[4:5] else str(told.value)
    return {"source": told.source} if theirs == value else {"source": told.source, "known": theirs, "differs": True}


def _case_name(edition: Edition, key: str) -> str:
    try:
        return edition.case(key).name if key else ""
    except Missing:
        return ""
