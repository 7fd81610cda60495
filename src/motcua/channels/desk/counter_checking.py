"""Ask the population database about the person at the counter: between two commands, never inside one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from motcua.channels.desk.casework_case import Case, case_of
from motcua.channels.desk.people import require_server
from motcua.channels.desk.visit import visit_of
from motcua.channels.ui import flash
from motcua.channels.ui.signin.needed import officer_needed
from motcua.foundation.exchange.asking import ask
from motcua.foundation.identity import commands as identity_commands
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.ports import POPULATION, VERIFY, PersonAnswer, PersonVerdict
from motcua.foundation.identity.types import IdentifierKind, Party
from motcua.foundation.kernel.errors import Invalid, Unavailable
from motcua.foundation.organisation import queries as organisation

PURPOSE = "Giải quyết thủ tục hành chính"


@require_POST
@officer_needed
def check(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Compare the person with the population database and keep what it says (TT 11/2025 12.1a)."""
    case = case_of(request, dossier_id)
    require_server(visit_of(request))
    case.log("desk:counter_check", gettext_noop("Đối chiếu với CSDL dân cư"))
    tone, sentence = _asked(case, identity.party(case.dossier.submitter_id))
    flash.say(request, sentence, tone="good" if tone else "bad")
    return redirect("desk:counter_draft", dossier_id)


def _asked(case: Case, party: Party) -> tuple[bool, str]:
    number = party.number(IdentifierKind.PERSONAL_NUMBER)
    if not number or party.birth_on is None:
        return False, _("Cần số định danh và ngày sinh để đối chiếu với cơ sở dữ liệu dân cư.")
    try:
        answer = _ask(case, party, number)
    except Unavailable as silent:
        return False, str(silent)
    except Invalid as refused:
        return False, str(refused.problems[0].sentence)
    if answer.verdict is PersonVerdict.MATCH:
        identity_commands.record_known(
            party_id=party.id, values=answer.values, source=answer.source, actor=case.actor, at=case.at
        )
        return True, _("Thông tin của %(name)s khớp với cơ sở dữ liệu dân cư.") % {"name": party.name}
    return False, {
        PersonVerdict.NO_MATCH: _("Họ tên, ngày sinh không khớp với số định danh này. Hãy xem lại thẻ căn cước."),
        PersonVerdict.UNKNOWN: _("Cơ sở dữ liệu dân cư không có số định danh này. Hãy xem lại thẻ căn cước."),
    }.get(answer.verdict, _("Cơ sở dữ liệu dân cư chưa xác định được. Hãy đối chiếu bằng giấy tờ."))


def _ask(case: Case, party: Party, number: str) -> PersonAnswer:
    assert case.actor.officer_id is not None  # noqa: S101 - officer_needed let only officers in
    officer = organisation.officer(case.actor.officer_id)
    answer = ask(
        POPULATION,
        VERIFY,
        about=case.id,
        name=party.name,
        number=number,
        birth_on=party.birth_on,
        birth_precision=party.birth_precision,
        purpose=PURPOSE,
        asked_by=officer.employee_number or officer.username,
        service=case.dossier.procedure_code,
    )
    assert isinstance(answer, PersonAnswer)  # noqa: S101 - the port's own shape
    return answer
