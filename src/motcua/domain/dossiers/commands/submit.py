"""Hand in: the draft becomes a dossier with a code, a secret and a reception clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.types import CollectedAt
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import access, codes, money, places
from motcua.domain.dossiers.lifecycle import move
from motcua.domain.dossiers.models import Dossier
from motcua.domain.dossiers.types import Submission
from motcua.domain.forms import commands as forms
from motcua.domain.forms import queries as answers_of
from motcua.domain.forms.validation import check
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel import requests
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line, search_key
from motcua.foundation.organisation import queries as organisation

ASKED = _("Thiếu “%(name)s”. Hãy tải tệp lên hoặc nộp giấy tại quầy.")


def submit(*, dossier_id: UUID, actor: Actor, at: datetime) -> Submission:
    """Hand the draft in; the same request id twice gives the same dossier.

    Raises Invalid with every problem of the form and every missing component, WrongState, Missing.
    """
    with requests.once(actor=actor, verb="submit", body={"dossier": str(dossier_id)}, at=at) as once:
        if once.first_outcome is None:
            dossier = access.lock(dossier_id, actor=actor, at=at, to="submit")
            hand_in(dossier, "submit", actor=actor, at=at)
            once.finish(str(dossier.id))
        else:
            dossier = Dossier.objects.get(id=once.first_outcome)
        return Submission(dossier.id, dossier.code or "", codes.read_secret(dossier.sealed_secret, dossier.id))


@transaction.atomic
def hand_in(dossier: Dossier, verb: str, *, actor: Actor, at: datetime) -> Edition:
    """Check, freeze, state dues, start the reception clock, issue the code; ``dossier`` is locked."""
    edition = catalog.edition(dossier.edition_id)
    check_complete(dossier, edition, at)
    values = forms.freeze_answers(subject_id=dossier.id, actor=actor, at=at).values
    on = local(at).date()
    dossier.case_key = edition.case_for(values).key
    dossier.competent_agency_id = places.resolve(edition, values, dossier.desk_agency_id, on)["competent"].agency_id
    dossier.submitted_at = at
    dossier.summary = summary_of(dossier, edition)
    money.state(dossier, edition, values, (CollectedAt.SUBMISSION,), actor=actor, at=at)
    deadlines.start_clock(
        subject_id=dossier.id,
        kind=ClockKind.RECEPTION,
        rule=edition.content.reception_limit,
        agency_id=dossier.desk_agency_id,
        at=at,
        actor=actor,
    )
    _secret, dossier.sealed_secret = codes.new_lookup_secret(dossier.id)
    if dossier.code is None:
        dossier.code = codes.issue_code(dossier.desk_agency_id, at)
    dossier.search_key = search_text(dossier)
    move(dossier, verb, actor=actor, at=at, data={"code": dossier.code, "case": dossier.case_key})
    return edition


def check_complete(dossier: Dossier, edition: Edition, at: datetime) -> None:
    """Raise Invalid with everything that is missing or wrong, form first, then components."""
    values = answers_of.answers(dossier.id).values
    problems = list(check(edition.form, values, on=local(at).date()))
    if not problems:
        asked = edition.components_for(edition.case_for(values).key, values)
        problems += [
            FieldProblem(f"component:{item.component.key}", ASKED % {"name": item.component.name})
            for item in documents.checklist(dossier.id, asked)
            if not item.is_complete
        ]
    if problems:
        raise Invalid(tuple(problems))


def summary_of(dossier: Dossier, edition: Edition) -> str:
    """Return the line that lists show (TrichYeuHoSo, at most 1000 characters)."""
    case = edition.case(dossier.case_key)
    name = edition.procedure.name if len(edition.content.cases) == 1 else f"{edition.procedure.name} – {case.name}"
    return one_line(name, 1000)


def search_text(dossier: Dossier) -> str:
    """Return what a keyword finds a dossier by: code, owner, submitter, what, where."""
    submitter = identity.names([dossier.submitter_id])[dossier.submitter_id]
    agency = organisation.agency(dossier.competent_agency_id).name
    return search_key(" ".join([dossier.code or "", dossier.owner_name, submitter, dossier.summary, agency]))
