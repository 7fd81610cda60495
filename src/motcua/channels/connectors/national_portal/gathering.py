"""Gather from the rooms what the portal shows of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from motcua.channels.connectors.national_portal.messages import Picture
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import Paper, PaperState
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.payments import queries as payments
from motcua.domain.payments.types import Method
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.storage import queries as storage


def picture(found: DossierView, *, actor: Actor, on: date) -> Picture:
    """Return the dossier as the portal shows it; ``actor`` is the system."""
    edition = catalog.edition(found.edition_id)
    uses = tuple(documents.uses_of(found.id, also_removed=True))
    account = payments.account_of(found.id)
    asks = tuple(dossiers.asks(found.id, actor=actor, on=on))
    results = _results(found, actor, on)
    return Picture(
        code=found.code,
        procedure_code=found.procedure_code,
        procedure_name=found.procedure_name,
        field_code=edition.procedure.field.code,
        field_name=edition.procedure.field.name,
        channel=found.channel,
        owner=identity.party(found.owner_id),
        agency=organisation.agency(found.competent_agency_id).name,
        summary=found.summary,
        note=found.ended_reason,
        online_payment=any(payment.method is Method.ONLINE for payment in account.payments),
        uses=uses,
        dues=account.dues,
        asks=asks,
        results=results,
        names={file.id: file.name for file in storage.files(use.file_id for use in uses if use.file_id).values()},
        askers=_askers(ask.asked_by for ask in asks if ask.asked_by),
        due_codes={fee.key: fee.code for fee in edition.content.fees if fee.code},
        result_codes=_result_codes(edition, found.case_key, results),
    )


def _results(found: DossierView, actor: Actor, on: date) -> tuple[Paper, ...]:
    result = dossiers.result(found.id, actor=actor, on=on)
    paper = documents.paper(result.paper_id) if result else None
    return (paper,) if paper and paper.state is PaperState.ISSUED else ()


def _askers(officer_ids: Iterable[UUID]) -> dict[UUID, str]:
    return {officer_id: officer.name for officer_id, officer in organisation.officers(officer_ids).items()}


def _result_codes(edition: Edition, case: str, papers: tuple[Paper, ...]) -> dict[UUID, str]:
    by_kind = {result.paper: result.code for result in reversed(edition.results_for(case))}
    return {paper.id: by_kind.get(paper.kind, "") for paper in papers}
