"""What may be asked of the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import checklist as checking
from motcua.domain.documents import kinds, models, papers, templates_of, views
from motcua.domain.documents.types import (
    ChecklistItem,
    Component,
    Paper,
    PaperState,
    PaperVerdict,
    Standing,
    TemplateView,
    TypeView,
    Use,
)
from motcua.foundation.kernel.errors import Missing


def checklist(subject_id: UUID, components: Iterable[Component]) -> list[ChecklistItem]:
    """Return how each component stands, in the order asked (TT 11/2025/TT-BKHCN 12.1c)."""
    return checking.match(components, uses_of(subject_id))


def uses_of(subject_id: UUID, *, also_removed: bool = False) -> list[Use]:
    """Return what was given for the subject, oldest first; with ``also_removed`` what was taken back, too."""
    rows = _uses().filter(subject_id=subject_id)
    if not also_removed:
        rows = rows.filter(removal__isnull=True)
    return [views.use(row) for row in rows.order_by("given_at", "component_key", "id")]


def use(use_id: UUID) -> Use:
    """Return one use. Raises Missing."""
    row = _uses().filter(id=use_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy giấy tờ này trong hồ sơ."))
    return views.use(row)


def use_of_file(file_id: UUID) -> list[Use]:
    """Return the uses of a file: who asks for the file must have a right to one of their subjects."""
    return [views.use(row) for row in _uses().filter(version__file_id=file_id)]


def documents_of(owner_id: UUID, *, type_code: str = "") -> list[Use]:
    """Return the owner's documents as their latest uses, newest first: what may be reused instead of asked again."""
    rows = _uses().filter(version__document__owner_id=owner_id, removal__isnull=True)
    if type_code:
        rows = rows.filter(type__code=type_code)
    latest: dict[UUID, Use] = {}
    for row in rows.order_by("-version__version", "-given_at"):
        found = views.use(row)
        if found.document_id:
            latest.setdefault(found.document_id, found)
    return sorted(latest.values(), key=lambda one: one.given_at, reverse=True)


def paper(paper_id: UUID) -> Paper:
    """Return one paper. Raises Missing."""
    row = models.Paper.objects.select_related("template").filter(id=paper_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy giấy tờ này."))
    return views.paper(row)


def papers_of(subject_id: UUID, *, kind: str = "") -> list[Paper]:
    """Return the subject's papers, oldest first, drafts and void ones included."""
    rows = models.Paper.objects.select_related("template").filter(subject_id=subject_id)
    if kind:
        rows = rows.filter(kind=kind)
    return [views.paper(row) for row in rows.order_by("drafted_at", "id")]


def paper_of_file(file_id: UUID) -> Paper | None:
    """Return the paper whose present bytes this file is."""
    row = models.Paper.objects.select_related("template").filter(file_id=file_id).first()
    return views.paper(row) if row else None


def paper_by_token(token: str, *, on: date | None = None) -> PaperVerdict:
    """Say whether the paper with this token is genuine and in force; nothing about any person.

    A draft is not a paper yet: unknown. ``on`` is the day on which a term of validity is judged.
    """
    row = models.Paper.objects.select_related("replaced_by").filter(token=token.strip().upper()).first()
    if row is None or row.state == PaperState.DRAFT:
        return PaperVerdict(Standing.UNKNOWN)
    instead = row.replaced_by
    return PaperVerdict(
        standing=_standing(row, on),
        kind=row.kind,
        title=row.title,
        number=row.number_text,
        issued_on=row.issued_on,
        agency_id=row.agency_id,
        valid_until=row.valid_until,
        scope=row.scope,
        replaced_by_number=instead.number_text if instead else "",
        replaced_by_on=instead.issued_on if instead else None,
    )


def subject_of_token(token: str) -> UUID | None:
    """Return of which subject the paper with this token is; the caller asks whether that may be shown."""
    return models.Paper.objects.filter(token=token.strip().upper()).values_list("subject_id", flat=True).first()


def numbers_of(agency_id: UUID, year: int, book: str) -> list[Paper]:
    """Return a number book line by line, void numbers with their explanation."""
    rows = models.Paper.objects.select_related("template")
    found = rows.filter(book__agency_id=agency_id, book__year=year, book__key=book)
    return [views.paper(row) for row in found.order_by("number")]


def last_numbers(agency_id: UUID, year: int) -> Mapping[str, int]:
    """Return the last number of each book of the agency in the year."""
    rows = models.NumberBook.objects.filter(agency_id=agency_id, year=year)
    return dict(rows.values_list("key", "last"))


def templates(*, kind: str = "") -> list[TemplateView]:
    """Return the versions of templates, newest first within a kind."""
    rows = models.PaperTemplate.objects.order_by("kind", F("version").desc())
    return [views.template(row) for row in (rows.filter(kind=kind) if kind else rows)]


def preview(kind: str, *, at: datetime, data: Mapping[str, Any] | None = None, source: str = "") -> bytes:
    """Return a PDF of the kind with the given or sample data, without number or code: nothing is issued.

    ``source`` shows a template that is still being written. Raises Missing, BadTemplate.
    """
    row = templates_of.current(kind, at=at)
    face = papers.Face(row.title, kind)
    return papers.typeset(source or row.source, papers.composed(data or row.sample, face, at=at), at=at)


def print_form(content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return an e-form as its paper form, PDF/A: headings, fields and order as on paper (TT 11/2025/TT-BKHCN 5.1d).

    ``content`` is what ``forms.printing.sections`` returns, with ``place``, ``applicant`` and ``submitted_text`` if
    they are to be printed; the day is that of ``at`` unless ``content`` brings ``date_text``.
    """
    return preview("form", at=at, data=content)


def document_types(*, active_only: bool = True) -> list[TypeView]:
    """Return the document types by code."""
    rows = models.DocumentType.objects.order_by("code")
    return [
        TypeView(row.code, row.name, row.is_active) for row in (rows.filter(is_active=True) if active_only else rows)
    ]


def unknown_types(codes: Iterable[str]) -> set[str]:
    """Return those of the codes that no document type has: an edition that names one cannot be published."""
    asked = set(codes)
    return asked - set(models.DocumentType.objects.filter(code__in=asked).values_list("code", flat=True))


def built_in_kinds() -> list[str]:
    """Return the kinds of paper that come with the product."""
    return list(kinds.KINDS)


def _uses() -> QuerySet[models.Use]:
    return models.Use.objects.select_related("type", "version", "removal")


def _standing(row: models.Paper, on: date | None) -> Standing:
    if row.state == PaperState.VOID:
        return Standing.VOID
    if row.validity == Standing.IN_FORCE and on is not None and row.valid_until is not None and row.valid_until < on:
        return Standing.EXPIRED
    return Standing(row.validity)
